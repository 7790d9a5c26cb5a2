#![allow(clippy::disallowed_methods)]

use super::{Entry, History, Listing, World};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

/// A site's folder on disk. Links are followed only while they stay inside the site's root; that is checked each time a
/// file is opened.
#[derive(Debug)]
pub struct DiskWorld {
    root: PathBuf,
    /// Read when it is first asked for.
    history: OnceLock<History>,
    /// The root's own handle, from which files are opened where the system can.
    #[cfg(target_os = "linux")]
    folder: File,
}

impl DiskWorld {
    /// `root` must exist; it is made absolute, with its links resolved.
    pub fn new(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        Ok(Self {
            #[cfg(target_os = "linux")]
            folder: File::open(&root)?,
            history: OnceLock::new(),
            root,
        })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file's real place, refused when it lies outside the root.
    fn inside(&self, path: &str) -> io::Result<PathBuf> {
        let refuse = |why: &str| Err(io::Error::new(io::ErrorKind::PermissionDenied, why.to_owned()));
        let relative = Path::new(path);
        if !relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return refuse("the path leaves the site's folder");
        }
        let real = self.root.join(relative).canonicalize()?;
        if real.starts_with(&self.root) { Ok(real) } else { refuse("the link leaves the site's folder") }
    }

    /// The bytes of a file, and whether links lead to it.
    pub(super) fn read_by_links(&self, path: &str) -> io::Result<(Vec<u8>, bool)> {
        let (mut file, by_links) = self.open(path)?;
        let mut bytes = Vec::with_capacity(4 << 10);
        file.read_to_end(&mut bytes)?;
        Ok((bytes, by_links))
    }

    #[cfg(not(target_os = "linux"))]
    fn open(&self, path: &str) -> io::Result<(File, bool)> {
        let real = self.inside(path)?;
        Ok((File::open(&real)?, real != self.root.join(path)))
    }

    /// Opens a file in one call that never leaves the folder, and says whether links lead to it.
    #[cfg(target_os = "linux")]
    fn open(&self, path: &str) -> io::Result<(File, bool)> {
        use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOCTTY | OFlags::NONBLOCK;
        let open = |more| openat2(&self.folder, path, flags, Mode::empty(), ResolveFlags::BENEATH | more);
        match open(ResolveFlags::NO_SYMLINKS) {
            Ok(file) => Ok((file.into(), false)),
            Err(rustix::io::Errno::NOENT) => Err(io::ErrorKind::NotFound.into()),
            Err(_) => match open(ResolveFlags::empty()) {
                Ok(file) => Ok((file.into(), true)),
                Err(rustix::io::Errno::NOENT) => Err(io::ErrorKind::NotFound.into()),
                // Old kernels lack the call; and a link with a whole path may still lead inside.
                Err(_) => {
                    let real = self.inside(path)?;
                    Ok((File::open(&real)?, real != self.root.join(path)))
                }
            },
        }
    }
}

impl World for DiskWorld {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        Ok(self.read_by_links(path)?.0)
    }

    fn list(&self, folder: &str) -> io::Result<Listing> {
        let mut listing = Listing::default();
        let top = self.root.join(folder);
        match top.metadata() {
            Ok(found) if found.is_dir() => {}
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Err(error),
            _ => return Ok(listing),
        }
        listing.has_links = top.canonicalize().is_ok_and(|real| real != top);
        let shown = |path: &Path| path.strip_prefix(&self.root).unwrap_or(path).display().to_string();
        let mut walk = walkdir::WalkDir::new(&top).follow_links(true).into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                // Without the folder itself nothing is known: that is another thing than a folder with nothing in it.
                Err(error) if error.depth() == 0 && error.io_error().is_some() => {
                    return Err(error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()));
                }
                Err(error) => {
                    let path = error.path().unwrap_or(&top);
                    // Some editors mark a file that is being edited with a link to nothing.
                    if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".#")) {
                        continue;
                    }
                    listing.has_links = true;
                    listing.skipped.push((shown(path), reason(&error)));
                    continue;
                }
            };
            let relative = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
            let Some(path) = relative.to_str() else {
                listing.skipped.push((shown(entry.path()), "its name is not UTF-8".to_owned()));
                continue;
            };
            listing.has_links |= entry.path_is_symlink();
            if entry.path_is_symlink() && self.inside(path).is_err() {
                listing.skipped.push((path.to_owned(), "it is a link to a place outside the site's folder".to_owned()));
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            if entry.file_type().is_file() {
                let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
                listing.files.push(Entry { path: path.into() });
            } else if !entry.file_type().is_dir() {
                listing.skipped.push((path.to_owned(), "it is neither a file nor a folder".to_owned()));
            }
        }
        listing.files.sort();
        listing.skipped.sort();
        Ok(listing)
    }

    fn disk_path(&self, path: &str) -> Option<PathBuf> {
        self.inside(path).ok()
    }

    fn can_read(&self, path: &str) -> io::Result<()> {
        self.open(path).map(drop)
    }

    fn history(&self) -> Option<&History> {
        Some(self.history.get_or_init(|| History::read(&self.root, "content")))
    }

    fn exists(&self, path: &str) -> bool {
        self.inside(path).is_ok_and(|real| real.is_file())
    }
}

fn reason(error: &walkdir::Error) -> String {
    if error.loop_ancestor().is_some() {
        return "it is a link to a folder that it lies in".to_owned();
    }
    match error.io_error() {
        Some(error) if error.kind() == io::ErrorKind::NotFound => "it is a link to nothing".to_owned(),
        Some(error) => error.to_string(),
        None => error.to_string(),
    }
}
