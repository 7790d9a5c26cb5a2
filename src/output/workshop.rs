use super::error::PublishError;
use super::place::Place;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// How the name ends of the hidden folder beside the output in which builds prepare it.
pub const STAGE: &str = ".handbill-stage";

/// How often a lock is tried anew because an ending build took its folder away meanwhile.
const TRIES: usize = 100;

/// The hidden folder beside the output in which one build at a time prepares a new output.
///
/// It holds `lock`, and at times one or two of: `new`, an output being written; `ready`, the whole new output just
/// before the switch and the earlier one just after; `old`, the earlier output where the switch takes two steps. What a
/// killed build leaves is told apart by these names. The lock is the system's, so it goes with its process.
#[derive(Debug)]
pub(super) struct Workshop {
    folder: PathBuf,
    _lock: File,
    /// Folders made around the output, the innermost last; they go again if they stay empty.
    made: Vec<PathBuf>,
}

impl Workshop {
    /// Makes the folder and takes the lock.
    pub(super) fn open(place: &Place) -> Result<Self, PublishError> {
        let mut name = std::ffi::OsString::from(".");
        name.push(&place.name);
        name.push(STAGE);
        let folder = place.parent.join(name);
        let made = make_around(&place.parent)?;
        for _ in 0..TRIES {
            make_folder(&folder)?;
            let path = folder.join("lock");
            let lock = match open_lock(&path) {
                Ok(lock) => lock,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(PublishError::io("open", &path)(error)),
            };
            match lock.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(PublishError::Busy(place.target.clone())),
                Err(TryLockError::Error(error)) => return Err(PublishError::io("lock", &path)(error)),
            }
            // The build that held the lock may have removed the file since it was opened here.
            if is_file_at(&lock, &path) {
                return Ok(Self { folder, _lock: lock, made });
            }
        }
        Err(PublishError::Busy(place.target.clone()))
    }

    pub(super) fn new_output(&self) -> PathBuf {
        self.folder.join("new")
    }

    pub(super) fn ready(&self) -> PathBuf {
        self.folder.join("ready")
    }

    pub(super) fn old(&self) -> PathBuf {
        self.folder.join("old")
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // Removing the lock while it is held lets a waiting build see that its handle is out of date. A folder that
        // is not empty stays: it then holds something that the next build must bring back.
        if !self.ready().exists() && !self.old().exists() {
            let _ = fs::remove_file(self.folder.join("lock"));
            let _ = fs::remove_dir(&self.folder);
        }
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Makes the folders that lead to `parent`, and tells which.
fn make_around(parent: &Path) -> Result<Vec<PathBuf>, PublishError> {
    let missing: Vec<&Path> = parent.ancestors().take_while(|folder| !folder.exists()).collect();
    let mut made = Vec::with_capacity(missing.len());
    for folder in missing.into_iter().rev() {
        match fs::create_dir(folder) {
            Ok(()) => made.push(folder.to_owned()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(PublishError::io("make the folder", folder)(error)),
        }
    }
    Ok(made)
}

fn make_folder(folder: &Path) -> Result<(), PublishError> {
    match fs::create_dir(folder) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match folder.symlink_metadata() {
            Ok(data) if !data.is_dir() => Err(PublishError::InTheWay(folder.to_owned())),
            // Gone again: opening the lock will say so.
            _ => Ok(()),
        },
        Err(error) => Err(PublishError::io("make the folder", folder)(error)),
    }
}

fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o644).custom_flags(super::earlier::NO_FOLLOW);
    }
    options.open(path)
}

#[cfg(unix)]
fn is_file_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), path.symlink_metadata()) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_file_at(_: &File, path: &Path) -> bool {
    path.exists()
}
