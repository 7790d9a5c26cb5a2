use super::clash::folders_of;
use super::earlier::{Stamp, open_no_follow};
use super::error::PublishError;
use super::manifest::Hash;
use super::path::OutputPath;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Writes files below a folder that nobody else writes to. Folders are made when first needed, and once only.
#[derive(Debug)]
pub(super) struct Writer {
    root: PathBuf,
    /// The folders that are there, relative to the root; the root itself is the empty path.
    made: Mutex<HashSet<String>>,
}

impl Writer {
    /// `root` need not exist yet.
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root, made: Mutex::default() }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let (mut file, at) = self.create(path)?;
        file.write_all(bytes).map_err(PublishError::io("write", &at))
    }

    /// Copies what `from` yields, and tells its hash and size. `from_path` is for messages.
    pub(super) fn stream(&self, path: &str, from: File, from_path: &Path) -> Result<(Hash, u64), PublishError> {
        let (mut file, at) = self.create(path)?;
        hash_stream(from, from_path, |part| file.write_all(part).map_err(PublishError::io("write", &at)))
    }

    /// Gives the file `from` a second place here: by a hard link, or by a copy with the same time of change where the
    /// file system has no hard links.
    pub(super) fn link(&self, path: &OutputPath, from: &Path) -> Result<(), PublishError> {
        self.make_folder(path.folder())?;
        if fs::hard_link(from, self.root.join(path.as_str())).is_ok() {
            return Ok(());
        }
        self.copy_with_time(path, from)
    }

    pub(super) fn copy_with_time(&self, path: &OutputPath, from: &Path) -> Result<(), PublishError> {
        let read = || PublishError::io("read", from);
        let mut source = open_no_follow(from).map_err(read())?;
        let time = source.metadata().and_then(|data| data.modified()).map_err(read())?;
        let (mut file, at) = self.create(path.as_str())?;
        io::copy(&mut source, &mut file).map_err(PublishError::io("write", &at))?;
        file.set_modified(time).map_err(PublishError::io("write", &at))
    }

    /// Makes a folder and those around it; none means the root.
    pub(super) fn make_folder(&self, folder: Option<&str>) -> Result<(), PublishError> {
        if self.is_made(folder.unwrap_or("")) {
            return Ok(());
        }
        let folder = folder.unwrap_or("");
        for part in [""].into_iter().chain(folders_of(folder)).chain([folder]) {
            if self.is_made(part) {
                continue;
            }
            let at = self.root.join(part);
            match fs::create_dir(&at) {
                Ok(()) => mend_mode(&at, at.metadata(), 0o755)?,
                // By another thread, or by the file of a path that clashes: writing will tell.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed("make the folder", &at, error)),
            }
            self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(part.to_owned());
        }
        Ok(())
    }

    fn is_made(&self, folder: &str) -> bool {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).contains(folder)
    }

    /// Creates a file that must not be there yet.
    fn create(&self, path: &str) -> Result<(File, PathBuf), PublishError> {
        self.make_folder(path.rsplit_once('/').map(|(folder, _)| folder))?;
        let at = self.root.join(path);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o644);
        let file = options.open(&at).map_err(|error| failed("write", &at, error))?;
        mend_mode(&at, file.metadata(), 0o644)?;
        Ok((file, at))
    }
}

/// Reads a stream to its end, giving each part to `each`; tells the hash and the size of it all.
pub(super) fn hash_stream(
    mut from: File,
    from_path: &Path,
    mut each: impl FnMut(&[u8]) -> Result<(), PublishError>,
) -> Result<(Hash, u64), PublishError> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok((hasher.finalize().into(), size)),
            Ok(count) => {
                hasher.update(&buffer[..count]);
                each(&buffer[..count])?;
                size += count as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(PublishError::io("read", from_path)(error)),
        }
    }
}

/// Checks that a file is still the one that was looked at.
pub(super) fn check_same(path: &Path, stamp: Stamp) -> Result<(), PublishError> {
    match path.symlink_metadata() {
        Ok(data) if data.is_file() && Stamp::of(&data) == stamp => Ok(()),
        _ => Err(PublishError::Changed(path.to_owned())),
    }
}

/// A failure in a folder where only our own files stand: if one is in another's way, two paths clash.
fn failed(doing: &'static str, at: &Path, error: io::Error) -> PublishError {
    use io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory};
    if matches!(error.kind(), AlreadyExists | IsADirectory | NotADirectory) {
        return PublishError::Internal(format!("two files of the output want the place `{}`", at.display()));
    }
    PublishError::io(doing, at)(error)
}

/// Hosts must be able to read what was made, whatever the process's umask leaves of the modes asked for.
#[cfg(unix)]
fn mend_mode(at: &Path, data: io::Result<fs::Metadata>, wanted: u32) -> Result<(), PublishError> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = data.map_err(PublishError::io("look at", at))?.permissions();
    if permissions.mode() & 0o777 == wanted {
        return Ok(());
    }
    permissions.set_mode(permissions.mode() & !0o777 | wanted);
    fs::set_permissions(at, permissions).map_err(PublishError::io("write", at))
}

#[cfg(not(unix))]
fn mend_mode(_: &Path, _: io::Result<fs::Metadata>, _: u32) -> Result<(), PublishError> {
    Ok(())
}
