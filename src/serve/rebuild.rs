//! The newest site, made anew after each change.

use super::watch::Changes;
use crate::build::{self, BuildError, Loaded, SharedWorld, Stopwatch};
use crate::site::Clock;
use crate::source::DiskWorld;
use std::path::PathBuf;
use std::sync::Arc;

/// The sources and what was made of each: makes the newest site.
#[derive(Debug)]
pub struct Rebuilder {
    root: PathBuf,
    options: build::Options,
}

impl Rebuilder {
    /// `root` is the site's folder. Nothing is read before the first [`Rebuilder::rebuild`].
    pub fn new(root: PathBuf, options: build::Options) -> Self {
        Self { root, options }
    }

    /// Reads what changed (the first time everything) and links anew, by the clock given.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub fn rebuild(&mut self, _: Changes, clock: Clock) -> Result<Loaded, BuildError> {
        let read = |error| BuildError::Read { what: self.root.display().to_string(), error };
        let world: SharedWorld = Arc::new(DiskWorld::new(&self.root).map_err(read)?);
        self.options.clock = clock;
        build::load(&world, &self.options, &mut Stopwatch::new())
    }
}
