//! What is not Handbill's in an output folder: it is kept, and carried over to the new output.

use super::clash::{Held, Places};
use super::earlier::{hash_of, is_repository, joined, known_folders, read_manifest};
use super::error::PublishError;
use super::manifest::{self, MANIFEST_NAME, Manifest};
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What will become of the foreign entries of an output folder.
#[derive(Debug, Default)]
pub(super) struct Outlook {
    /// Kept; relative to the folder, with `/` between the parts and at the end of a folder's path. Without version
    /// control's own.
    pub(super) kept: Vec<String>,
    /// In the place of a file or a folder of the new output.
    pub(super) in_our_place: Vec<String>,
}

/// Looks at the foreign entries before the switch, when nothing has been changed yet.
pub(super) fn look_ahead(root: &Path, foreign: &[PathBuf], new: &Places<'_>) -> Result<Outlook, PublishError> {
    let mut outlook = Outlook::default();
    let mut waiting: Vec<PathBuf> = foreign.iter().rev().cloned().collect();
    while let Some(entry) = waiting.pop() {
        let at = root.join(&entry);
        let look = || PublishError::io("look at", &at);
        let data = match at.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            other => other.map_err(look())?,
        };
        if !same_disk(root, &data) {
            return Err(PublishError::OtherDisk(at));
        }
        let Shown { path, shown } = Shown::of(&entry, data.is_dir());
        match new.at(&path) {
            Held::ByFolder if data.is_dir() => {
                let mut inner: Vec<PathBuf> = fs::read_dir(&at)
                    .and_then(|entries| entries.map(|inner| Ok(entry.join(inner?.file_name()))).collect())
                    .map_err(look())?;
                inner.sort_unstable_by(|a, b| b.cmp(a));
                waiting.extend(inner);
            }
            Held::ByFolder | Held::ByFile => outlook.in_our_place.push(shown),
            Held::Free if is_repository(&entry) => {}
            Held::Free => outlook.kept.push(shown),
        }
    }
    outlook.kept.sort_unstable();
    outlook.in_our_place.sort_unstable();
    Ok(outlook)
}

struct Shown {
    path: String,
    shown: String,
}

impl Shown {
    fn of(entry: &Path, is_folder: bool) -> Self {
        let parts: Vec<_> = entry.iter().map(|part| part.to_string_lossy()).collect();
        let path = parts.join("/");
        let shown = if is_folder { format!("{path}/") } else { path.clone() };
        // Handbill's own paths are composed.
        let path = unicode_normalization::UnicodeNormalization::nfc(path.as_str()).collect();
        Self { path, shown }
    }
}

#[cfg(unix)]
fn same_disk(root: &Path, data: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    root.metadata().is_ok_and(|root| root.dev() == data.dev())
}

#[cfg(not(unix))]
fn same_disk(_: &Path, _: &fs::Metadata) -> bool {
    true
}

/// Takes an earlier output apart: deletes the files that its manifest lists, moves everything else into `target`, and
/// removes the folders. What cannot be moved, since its place is taken, is deleted if `force` and is an error if not.
///
/// This can be cut short at any moment and begun again: the manifest goes last.
pub(super) fn take_apart(earlier: &Path, target: &Path, force: bool) -> Result<(), PublishError> {
    let manifest_path = earlier.join(MANIFEST_NAME);
    let listed = match read_manifest(&manifest_path)? {
        Some((bytes, _)) => manifest::read(&bytes).unwrap_or_default(),
        None => Manifest::new(),
    };
    let removal = Removal { earlier, target, folders: known_folders(&listed), listed: &listed, force };
    removal.empty(Path::new(""), "")?;
    remove(fs::remove_file(&manifest_path), &manifest_path)?;
    remove(fs::remove_dir(earlier), earlier)
}

struct Removal<'r> {
    earlier: &'r Path,
    target: &'r Path,
    listed: &'r Manifest,
    folders: HashSet<&'r str>,
    force: bool,
}

impl Removal<'_> {
    /// Empties a folder, which is known to be one and no link. `path` is `folder` as text.
    fn empty(&self, folder: &Path, path: &str) -> Result<(), PublishError> {
        let at = self.earlier.join(folder);
        let fail = || PublishError::io("delete", &at);
        let mut inner = Vec::new();
        // All are read before the first is deleted, which would confuse some file systems.
        let entries: io::Result<Vec<fs::DirEntry>> = fs::read_dir(&at).and_then(Iterator::collect);
        for entry in entries.map_err(fail())? {
            let kind = entry.file_type().map_err(fail())?;
            let name = entry.file_name();
            let relative = folder.join(&name);
            let text = joined(path, &name);
            let known = text.as_deref().unwrap_or("");
            if known == MANIFEST_NAME && !kind.is_dir() {
                continue;
            } else if kind.is_dir() && self.folders.contains(known) {
                inner.push((relative, known.to_owned()));
            } else if !kind.is_dir() && self.listed.contains_key(known) {
                remove(fs::remove_file(entry.path()), &entry.path())?;
            } else {
                self.carry(&relative, kind.is_dir())?;
            }
        }
        inner.par_iter().try_for_each(|(folder, path)| {
            self.empty(folder, path)?;
            let at = self.earlier.join(folder);
            remove(fs::remove_dir(&at), &at)
        })
    }

    /// Moves a foreign entry to its place in the target; of a folder that the target has too, its entries.
    fn carry(&self, entry: &Path, is_folder: bool) -> Result<(), PublishError> {
        let from = self.earlier.join(entry);
        let to = self.target.join(entry);
        let leads_there = self.make_way(entry)?;
        match to.symlink_metadata() {
            Err(error) if leads_there && error.kind() == io::ErrorKind::NotFound => {
                return fs::rename(&from, &to).map_err(|error| match error.kind() {
                    io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy => PublishError::OtherDisk(from),
                    _ => PublishError::io("keep", &from)(error),
                });
            }
            Ok(data) if leads_there && is_folder && data.is_dir() => {
                let inner: io::Result<Vec<fs::DirEntry>> = fs::read_dir(&from).and_then(Iterator::collect);
                for inner in inner.map_err(PublishError::io("keep", &from))? {
                    let is_folder = inner.file_type().is_ok_and(|kind| kind.is_dir());
                    self.carry(&entry.join(inner.file_name()), is_folder)?;
                }
                return remove(fs::remove_dir(&from), &from);
            }
            // A file that the new output took over as its own.
            Ok(data) if leads_there && data.is_file() && !is_folder && have_equal_bytes(&from, &to) => {}
            _ if !self.force => return Err(PublishError::LeftOver(from)),
            _ => {}
        }
        let removed = if is_folder { fs::remove_dir_all(&from) } else { fs::remove_file(&from) };
        remove(removed, &from)
    }

    /// Makes the folders around an entry's place in the target; false if something else than a folder is in the way.
    fn make_way(&self, entry: &Path) -> Result<bool, PublishError> {
        let around: Vec<&Path> = entry.ancestors().skip(1).collect();
        for folder in around.into_iter().rev() {
            let at = self.target.join(folder);
            match at.symlink_metadata() {
                Ok(data) if data.is_dir() => {}
                Ok(_) => return Ok(false),
                Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::create_dir(&at) {
                    Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                        return Err(PublishError::io("make the folder", &at)(error));
                    }
                    _ => {}
                },
                Err(error) => return Err(PublishError::io("look at", &at)(error)),
            }
        }
        Ok(true)
    }
}

/// Whether two files can be read, without following a link, and hold the same.
fn have_equal_bytes(one: &Path, other: &Path) -> bool {
    matches!((hash_of(one), hash_of(other)), (Ok(one), Ok(other)) if one == other)
}

/// The outcome of a removal; that there was nothing to remove is fine.
fn remove(outcome: io::Result<()>, path: &Path) -> Result<(), PublishError> {
    match outcome {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(PublishError::io("delete", path)(error)),
        _ => Ok(()),
    }
}
