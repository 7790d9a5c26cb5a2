use super::clash::folders_of;
use super::error::PublishError;
use super::manifest::{self, FileRecord, Hash, MANIFEST_NAME, Manifest, Unreadable};
use super::path::{OutputPath, is_version_control};
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use unicode_normalization::UnicodeNormalization;

/// The flag that makes opening a link fail.
#[cfg(unix)]
pub(super) const NO_FOLLOW: i32 = rustix::fs::OFlags::NOFOLLOW.bits() as i32;

/// Seconds and nanoseconds since 1970.
type Moment = (i64, i64);

/// What is in the output folder before a build.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    pub(super) root: PathBuf,
    /// What the manifest lists.
    pub(super) listed: Manifest,
    pub(super) manifest_text: Option<Vec<u8>>,
    /// Listed files that are there, reached through no link.
    present: HashSet<OutputPath>,
    /// Entries that are not Handbill's, relative to the root, sorted. Of a folder that holds none of Handbill's files
    /// only the folder itself.
    pub(super) foreign: Vec<PathBuf>,
    /// Files last changed before this moment are as the manifest says.
    trusted_before: Option<Moment>,
}

/// When a file was last changed and which it is: to see whether it is still the same later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    changed: Moment,
    size: u64,
    inode: u64,
}

impl Earlier {
    /// Reads the folder, which must exist. Links are seen, never followed.
    pub(super) fn read(root: &Path, force: bool) -> Result<Self, PublishError> {
        let path = root.join(MANIFEST_NAME);
        let mut earlier = Self { root: root.to_owned(), ..Self::default() };
        let mut has_manifest = false;
        let mut damaged = false;
        if let Some((bytes, written)) = read_manifest(&path)? {
            match manifest::read(&bytes) {
                Ok(listed) => {
                    earlier.listed = listed;
                    has_manifest = true;
                    // A clock that was set back makes every comparison with it worthless.
                    earlier.trusted_before = (written <= now()).then_some(written);
                }
                Err(Unreadable::Damaged) => damaged = true,
                Err(Unreadable::NotOurs) => {}
            }
            earlier.manifest_text = Some(bytes);
        }
        let folders = known_folders(&earlier.listed);
        let found = scan(root, "", &earlier.listed, &folders).map_err(PublishError::io("read the folder", root))?;
        earlier.present = found.present.into_iter().collect();
        earlier.foreign = found.foreign;
        earlier.foreign.sort_unstable();
        if !has_manifest && !force {
            if damaged {
                return Err(PublishError::ManifestDamaged(path));
            }
            let only_version_control = earlier.foreign.iter().all(|entry| is_repository(entry));
            if earlier.manifest_text.is_some() || !only_version_control {
                return Err(PublishError::NotOurs(root.to_owned()));
            }
        }
        Ok(earlier)
    }

    /// Whether a listed file is there.
    pub(super) fn is_present(&self, path: &OutputPath) -> bool {
        self.present.contains(path)
    }

    /// The size of the earlier file of this path, if its bytes might serve again.
    pub(super) fn size_of(&self, path: &OutputPath) -> Option<u64> {
        if self.present.contains(path) {
            return self.listed.get(path).map(|record| record.size);
        }
        let foreign = self.foreign.binary_search_by(|entry| entry.as_path().cmp(Path::new(path.as_str()))).is_ok();
        let data = foreign.then(|| self.root.join(path.as_str()).symlink_metadata().ok()).flatten()?;
        data.is_file().then_some(data.len())
    }

    /// The stamp of the earlier file of this path if it holds the bytes of `record` already. A listed file that was
    /// touched after the manifest was written is read again, as is one that only happens to stand there.
    pub(super) fn unchanged(&self, path: &OutputPath, record: FileRecord) -> Option<Stamp> {
        if self.size_of(path)? != record.size {
            return None;
        }
        let is_listed = self.present.contains(path);
        if is_listed && self.listed.get(path) != Some(&record) {
            return None;
        }
        let file = self.root.join(path.as_str());
        let data = file.symlink_metadata().ok()?;
        if !data.is_file() || data.len() != record.size || !is_public(&data) {
            return None;
        }
        let stamp = Stamp::of(&data);
        let trusted = is_listed && self.trusted_before.is_some_and(|moment| stamp.changed < moment);
        (trusted || hash_of(&file).ok()? == record.hash).then_some(stamp)
    }
}

impl Stamp {
    /// The later of the times at which the bytes and the file's other data changed: the first can be set at will.
    #[cfg(unix)]
    pub(super) fn of(data: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let changed = (data.mtime(), data.mtime_nsec()).max((data.ctime(), data.ctime_nsec()));
        Self { changed, size: data.len(), inode: data.ino() }
    }

    #[cfg(not(unix))]
    pub(super) fn of(data: &Metadata) -> Self {
        let changed = data.modified().map_or((i64::MAX, 0), moment);
        Self { changed, size: data.len(), inode: 0 }
    }
}

/// Whether the path, relative to the output, is a version control's own.
pub(super) fn is_repository(entry: &Path) -> bool {
    entry.file_name().and_then(|name| name.to_str()).is_some_and(is_version_control)
}

/// The folders that hold the files of a manifest.
pub(super) fn known_folders(listed: &Manifest) -> HashSet<&str> {
    listed.keys().flat_map(|path| folders_of(path.as_str())).collect()
}

/// A path below the output as text, composed as [`OutputPath`] has it; none if it is no Unicode.
pub(super) fn joined(folder: &str, name: &std::ffi::OsStr) -> Option<String> {
    let name = name.to_str()?;
    let mut path = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    if name.is_ascii() {
        path.push_str(name)
    } else {
        path.extend(name.nfc())
    }
    Some(path)
}

/// The hash of a file that is no link.
pub(super) fn hash_of(path: &Path) -> io::Result<Hash> {
    let mut file = open_no_follow(path)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finalize().into()),
            Ok(count) => {
                hasher.update(&buffer[..count]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Opens a file for reading; fails if it is a link.
pub(super) fn open_no_follow(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, NO_FOLLOW);
    options.open(path)
}

/// The manifest's bytes and the moment it was last written; none if there is no ordinary file in its place.
pub(super) fn read_manifest(path: &Path) -> Result<Option<(Vec<u8>, Moment)>, PublishError> {
    match path.symlink_metadata() {
        Ok(data) if data.is_file() => {
            let written = data.modified().map_or((i64::MIN, 0), moment);
            let bytes = fs::read(path).map_err(PublishError::io("read", path))?;
            Ok(Some((bytes, written)))
        }
        Ok(_) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(PublishError::io("read", path)(error)),
    }
}

fn moment(time: SystemTime) -> Moment {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), i64::from(since.subsec_nanos())),
        Err(_) => (i64::MIN, 0),
    }
}

fn now() -> Moment {
    moment(SystemTime::now())
}

#[cfg(unix)]
fn is_public(data: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    data.mode() & 0o777 == 0o644
}

#[cfg(not(unix))]
fn is_public(_: &Metadata) -> bool {
    true
}

#[derive(Default)]
struct Found {
    present: Vec<OutputPath>,
    foreign: Vec<PathBuf>,
}

/// Sorts what is in a folder into listed files and other entries. Only folders that hold listed files are entered.
fn scan(at: &Path, folder: &str, listed: &Manifest, folders: &HashSet<&str>) -> io::Result<Found> {
    let mut found = Found::default();
    let mut inner = Vec::new();
    for entry in fs::read_dir(at)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = entry.file_name();
        let path = joined(folder, &name);
        let listed_as = path.as_deref().and_then(|path| listed.get_key_value(path)).map(|(path, _)| path.clone());
        match (path, listed_as) {
            (Some(path), _) if path == MANIFEST_NAME && kind.is_file() => {}
            (Some(path), _) if kind.is_dir() && folders.contains(path.as_str()) => inner.push((at.join(&name), path)),
            // Anything else than an ordinary file in a listed place is neither trusted nor kept.
            (_, Some(path)) if !kind.is_dir() => {
                if kind.is_file() {
                    found.present.push(path);
                }
            }
            _ => found.foreign.push(Path::new(folder).join(&name)),
        }
    }
    let inner: Vec<Found> =
        inner.par_iter().map(|(at, path)| scan(at, path, listed, folders)).collect::<io::Result<_>>()?;
    for part in inner {
        found.present.extend(part.present);
        found.foreign.extend(part.foreign);
    }
    Ok(found)
}
