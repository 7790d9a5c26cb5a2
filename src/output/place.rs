use super::error::PublishError;
use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The folders around a build, which no output may replace or disturb. Your home folder is one without being named.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The site's root: the output may lie in it, but may be neither it nor around it.
    pub site: &'a Path,
    /// What the site is made from (content, themes, static files): the output may not lie in these either.
    pub sources: &'a [&'a Path],
}

/// An output folder that may be written: its real path, and whether there is a folder yet.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) target: PathBuf,
    pub(super) parent: PathBuf,
    pub(super) name: OsString,
    pub(super) exists: bool,
}

impl Place {
    /// Finds the real path of `target` and refuses what could do harm.
    pub(super) fn find(target: &Path, around: &Surroundings<'_>) -> Result<Self, PublishError> {
        let look = PublishError::io("look at", target);
        // Collected from its parts, a path has no `/` at its end, which would make the system follow a link.
        let plain: PathBuf = match std::path::absolute(target) {
            Ok(absolute) => absolute.components().collect(),
            Err(error) => return Err(look(error)),
        };
        let exists = match plain.symlink_metadata() {
            Ok(data) if data.is_symlink() => return Err(PublishError::TargetIsLink(plain)),
            Ok(data) if !data.is_dir() => return Err(PublishError::TargetIsFile(plain)),
            Ok(_) => true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(look(error)),
        };
        let target = real_path(&plain).map_err(look)?;
        let home = std::env::home_dir().filter(|home| home.is_dir());
        let surrounding = std::iter::once(around.site).chain(home.as_deref()).map(|folder| (folder, false));
        for (folder, is_source) in surrounding.chain(around.sources.iter().map(|source| (*source, true))) {
            let folder = real_path(folder).map_err(PublishError::io("look at", folder))?;
            if folder.starts_with(&target) {
                return Err(PublishError::TargetHolds { target, holds: folder });
            }
            if is_source && target.starts_with(&folder) {
                return Err(PublishError::TargetInside { target, folder });
            }
        }
        match (target.parent(), target.file_name()) {
            (Some(parent), Some(name)) => Ok(Self { parent: parent.to_owned(), name: name.to_owned(), exists, target }),
            // A disk's root.
            _ => Err(PublishError::TargetHolds { holds: target.clone(), target }),
        }
    }
}

/// The path with its links resolved; of the part that does not exist yet, the names as they are.
fn real_path(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut existing = absolute.as_path();
    loop {
        match existing.canonicalize() {
            Ok(real) => {
                let rest = absolute.strip_prefix(existing).unwrap_or(Path::new(""));
                if rest.components().any(|part| part == Component::ParentDir) {
                    return Err(io::Error::new(io::ErrorKind::NotFound, "a folder before `..` does not exist"));
                }
                return Ok(real.join(rest).components().collect());
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => match existing.parent() {
                Some(parent) => existing = parent,
                None => return Err(error),
            },
            Err(error) => return Err(error),
        }
    }
}
