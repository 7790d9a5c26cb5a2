//! What somebody looked at, so that it can be told later whether they would see the same again.

use super::{Entry, Fingerprint, Listing, World};
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// A world that takes down all that is asked of it.
pub struct RecordingWorld<'w> {
    world: &'w dyn World,
    seen: Mutex<Vec<Observation>>,
}

/// A question to a world, and what it answered.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Observation {
    /// None when the file could not be read.
    Read(Box<str>, Option<Fingerprint>),
    Listed(Box<str>, Option<Fingerprint>),
    Exists(Box<str>, bool),
}

/// Everything that was asked of a world.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observations(Vec<Observation>);

impl<'w> RecordingWorld<'w> {
    pub fn new(world: &'w dyn World) -> Self {
        Self { world, seen: Mutex::default() }
    }

    pub fn finish(self) -> Observations {
        Observations(self.seen.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, observation: Observation) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(observation);
    }
}

impl Observations {
    /// Whether the world would answer all of it the same now.
    pub fn hold_in(&self, world: &dyn World) -> bool {
        self.0.iter().all(|observation| match observation {
            Observation::Read(path, seen) => {
                let now = world.unchanged(path).or_else(|| world.read(path).ok().map(|bytes| Fingerprint::of(&bytes)));
                now == *seen
            }
            Observation::Listed(folder, seen) => of_listing(&world.list(folder)) == *seen,
            Observation::Exists(path, seen) => world.exists(path) == *seen,
        })
    }
}

fn of_listing(listing: &io::Result<Listing>) -> Option<Fingerprint> {
    let listing = listing.as_ref().ok()?;
    let files = listing.files.iter().map(|Entry { path }| &**path);
    let skipped = listing.skipped.iter().flat_map(|(path, reason)| [path.as_str(), reason.as_str()]);
    Some(Fingerprint::of_all(files.chain([""]).chain(skipped)))
}

impl World for RecordingWorld<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let read = self.world.read(path);
        self.note(Observation::Read(path.into(), read.as_ref().ok().map(|bytes| Fingerprint::of(bytes))));
        read
    }

    fn list(&self, folder: &str) -> io::Result<Listing> {
        let listing = self.world.list(folder);
        self.note(Observation::Listed(folder.into(), of_listing(&listing)));
        listing
    }

    fn disk_path(&self, path: &str) -> Option<PathBuf> {
        self.world.disk_path(path)
    }

    fn exists(&self, path: &str) -> bool {
        let exists = self.world.exists(path);
        self.note(Observation::Exists(path.into(), exists));
        exists
    }

    fn unchanged(&self, path: &str) -> Option<Fingerprint> {
        self.world.unchanged(path)
    }
}
