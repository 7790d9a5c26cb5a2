use super::{Entry, Listing, World};
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// Files in memory: for tests and for what the binary carries.
#[derive(Debug, Clone, Default)]
pub struct MemoryWorld {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryWorld {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.into(), bytes.into());
    }

    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, folder: &str) -> io::Result<Listing> {
        let prefix = format!("{}/", folder.trim_end_matches('/'));
        let inside = self.files.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        let files = inside.map(|(path, _)| Entry { path: path.as_str().into() }).collect();
        Ok(Listing { files, ..Listing::default() })
    }

    fn disk_path(&self, _: &str) -> Option<PathBuf> {
        None
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }
}
