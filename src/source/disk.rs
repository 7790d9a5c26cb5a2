use super::{Entry, Listing, World};
use std::io;
use std::path::{Component, Path, PathBuf};

/// A site's folder on disk. Links are followed only while they stay inside the site's root.
#[derive(Debug, Clone)]
pub struct DiskWorld {
    root: PathBuf,
}

impl DiskWorld {
    /// `root` must exist; it is made absolute, with its links resolved.
    pub fn new(root: &Path) -> io::Result<Self> {
        Ok(Self { root: root.canonicalize()? })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file's real place, refused when it lies outside the root.
    fn inside(&self, path: &str) -> io::Result<PathBuf> {
        let relative = Path::new(path);
        if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the path leaves the site's folder"));
        }
        let joined = self.root.join(relative);
        let real = joined.canonicalize()?;
        if real.starts_with(&self.root) {
            Ok(real)
        } else {
            Err(io::Error::new(io::ErrorKind::PermissionDenied, "the link leaves the site's folder"))
        }
    }
}

impl World for DiskWorld {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.inside(path)?)
    }

    fn list(&self, folder: &str) -> io::Result<Listing> {
        let mut listing = Listing::default();
        let top = self.root.join(folder);
        if !top.exists() {
            return Ok(listing);
        }
        for entry in walkdir::WalkDir::new(&top).follow_links(true).sort_by_file_name() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(&top);
                    let shown = path.strip_prefix(&self.root).unwrap_or(path).display().to_string();
                    listing.skipped.push((shown, error.to_string()));
                    continue;
                }
            };
            if entry.file_type().is_dir() {
                continue;
            }
            let relative = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
            let Some(path) = relative.to_str() else {
                listing.skipped.push((relative.display().to_string(), "its name is not UTF-8".to_owned()));
                continue;
            };
            if entry.path_is_symlink() && self.inside(path).is_err() {
                listing.skipped.push((path.to_owned(), "it is a link to a place outside the site's folder".to_owned()));
                continue;
            }
            let size = entry.metadata().map(|data| data.len()).unwrap_or(0);
            let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
            listing.files.push(Entry { path: path.into(), size });
        }
        listing.files.sort();
        Ok(listing)
    }

    fn disk_path(&self, path: &str) -> Option<PathBuf> {
        self.inside(path).ok()
    }

    fn exists(&self, path: &str) -> bool {
        self.inside(path).is_ok_and(|real| real.is_file())
    }
}
