//! The site's folder, found anew each time: somebody may move it away and put another in its place.

use crate::source::{DiskWorld, Listing, World};
use std::io;
use std::path::PathBuf;

/// A folder on disk by its path.
#[derive(Debug)]
pub struct Anew {
    root: PathBuf,
}

impl Anew {
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn disk(&self) -> io::Result<DiskWorld> {
        DiskWorld::new(&self.root)
    }
}

impl World for Anew {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.disk()?.read(path)
    }

    fn list(&self, folder: &str) -> io::Result<Listing> {
        self.disk()?.list(folder)
    }

    fn disk_path(&self, path: &str) -> Option<PathBuf> {
        self.disk().ok()?.disk_path(path)
    }

    fn can_read(&self, path: &str) -> io::Result<()> {
        self.disk()?.can_read(path)
    }

    fn exists(&self, path: &str) -> bool {
        self.disk().is_ok_and(|disk| disk.exists(path))
    }
}
