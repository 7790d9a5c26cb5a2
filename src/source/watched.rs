#![allow(clippy::disallowed_methods)]

use super::{DiskWorld, Fingerprint, History, Listing, World};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::Metadata;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError, RwLock};

/// A site's folder on disk, of which somebody tells what changes: what has not changed is not looked at again.
#[derive(Debug)]
pub struct WatchedWorld {
    disk: DiskWorld,
    listings: Mutex<BTreeMap<String, Listing>>,
    read: RwLock<Read>,
}

/// What was last read.
#[derive(Debug, Default)]
struct Read {
    files: HashMap<String, Fingerprint>,
    /// All folders above the files.
    folders: HashSet<String>,
}

impl WatchedWorld {
    pub fn new(disk: DiskWorld) -> Self {
        Self { disk, listings: Mutex::default(), read: RwLock::default() }
    }

    /// Forgets what is known of files that may have changed, been made or gone; a folder means all that is in it.
    pub fn forget<'p>(&mut self, changed: impl IntoIterator<Item = &'p str>) {
        let listings = self.listings.get_mut().unwrap_or_else(PoisonError::into_inner);
        let read = self.read.get_mut().unwrap_or_else(PoisonError::into_inner);
        if listings.values().any(|listing| listing.has_links) {
            // What is at one path may be at another.
            listings.clear();
            *read = Read::default();
            return;
        }
        let mut folders = HashSet::new();
        for path in changed {
            read.files.remove(path);
            if read.folders.contains(path) {
                folders.insert(path);
            }
            let there = self.disk.root().join(path).symlink_metadata();
            listings.retain(|folder, listing| {
                !is_below(folder, path) && (!is_below(path, folder) || still_lists(listing, path, &there))
            });
        }
        if !folders.is_empty() {
            read.files.retain(|path, _| !above(path).any(|folder| folders.contains(folder)));
        }
    }
}

impl Read {
    fn note(&mut self, path: &str, print: Fingerprint) {
        self.files.insert(path.to_owned(), print);
        for folder in above(path) {
            if self.folders.contains(folder) {
                break;
            }
            self.folders.insert(folder.to_owned());
        }
    }
}

/// Whether `path` is `folder` or lies in it.
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The folders above a path, the nearest first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// Whether a listing is as it was after something happened at a path in it: a file of it was written, or one came that
/// has gone already.
fn still_lists(listing: &Listing, path: &str, there: &io::Result<Metadata>) -> bool {
    // What was passed over may be listed now; a name that is not UTF-8 is told inexactly.
    if !listing.skipped.is_empty() || path.contains(char::REPLACEMENT_CHARACTER) {
        return false;
    }
    let at = listing.files.partition_point(|entry| &*entry.path < path);
    // Other names may stand between a folder's and those of its files.
    let below = listing.files[at..].iter().take_while(|entry| entry.path.starts_with(path));
    let mut known = below.filter(|entry| is_below(&entry.path, path)).peekable();
    match (known.peek(), there) {
        (Some(entry), Ok(there)) => *entry.path == *path && there.is_file(),
        (None, Err(error)) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

impl World for WatchedWorld {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let (bytes, by_links) = self.disk.read_by_links(path)?;
        // What a link leads to changes under another path.
        if !by_links {
            self.read.write().unwrap_or_else(PoisonError::into_inner).note(path, Fingerprint::of(&bytes));
        }
        Ok(bytes)
    }

    fn list(&self, folder: &str) -> io::Result<Listing> {
        let known = self.listings.lock().unwrap_or_else(PoisonError::into_inner).get(folder).cloned();
        match known {
            Some(listing) => Ok(listing),
            None => {
                let listing = self.disk.list(folder)?;
                let mut listings = self.listings.lock().unwrap_or_else(PoisonError::into_inner);
                listings.insert(folder.to_owned(), listing.clone());
                Ok(listing)
            }
        }
    }

    fn disk_path(&self, path: &str) -> Option<PathBuf> {
        self.disk.disk_path(path)
    }

    fn history(&self) -> Option<&History> {
        self.disk.history()
    }

    fn exists(&self, path: &str) -> bool {
        self.disk.exists(path)
    }

    fn unchanged(&self, path: &str) -> Option<Fingerprint> {
        self.read.read().unwrap_or_else(PoisonError::into_inner).files.get(path).copied()
    }
}
