//! The newest site, made anew after each change.

use super::watch::Changes;
use crate::build::{self, BuildError, Loaded, Memo, SharedWorld, Stopwatch};
use crate::site::Clock;
use crate::source::{DiskWorld, WatchedWorld};
use std::path::PathBuf;
use std::sync::Arc;

/// How often reading begins again when files vanish while they are read.
const TRIES: usize = 5;

/// What is known of the sources, and what was made of each: makes the newest site.
///
/// A change costs the parse of what changed and the linking of everything, in memory. The result is the same as that of
/// [`build::load`] at any time.
#[derive(Debug)]
pub struct Rebuilder {
    root: PathBuf,
    options: build::Options,
    memo: Memo,
    /// None when nothing is known, because nothing was read yet or reading failed.
    world: Option<WatchedWorld>,
}

impl Rebuilder {
    /// `root` is the site's folder. Nothing is read before the first [`Rebuilder::rebuild`].
    pub fn new(root: PathBuf, options: build::Options) -> Self {
        Self { root, options, memo: Memo::new(), world: None }
    }

    /// Reads what changed (the first time everything) and links anew, by the clock given.
    ///
    /// # Errors
    /// When a file is there and cannot be read. The next call reads everything again.
    pub fn rebuild(&mut self, changes: Changes, clock: Clock) -> Result<Loaded, BuildError> {
        self.rebuild_timed(changes, clock, &mut Stopwatch::new())
    }

    /// Like [`Rebuilder::rebuild`], with the time that each stage took.
    ///
    /// # Errors
    /// The same.
    pub fn rebuild_timed(
        &mut self,
        changes: Changes,
        clock: Clock,
        watch: &mut Stopwatch,
    ) -> Result<Loaded, BuildError> {
        self.options.clock = clock;
        match (&mut self.world, &changes) {
            (Some(world), Changes::Files(files)) => world.forget(files.iter().map(String::as_str)),
            (world, _) => *world = None,
        }
        let mut tries = 1..TRIES;
        loop {
            let loaded = self.load(watch);
            if loaded.is_ok() || tries.next().is_none() {
                return loaded;
            }
        }
    }

    fn load(&mut self, watch: &mut Stopwatch) -> Result<Loaded, BuildError> {
        let failed = |error| BuildError::Read { what: self.root.display().to_string(), error };
        // The folder may have been made anew: what renders later reads it where it is now.
        let later: SharedWorld = Arc::new(DiskWorld::new(&self.root).map_err(failed)?);
        let world = match self.world.take() {
            Some(world) => world,
            None => WatchedWorld::new(DiskWorld::new(&self.root).map_err(failed)?),
        };
        let loaded = build::load_with(&world, &later, &mut self.memo, &self.options, watch)?;
        self.world = Some(world);
        Ok(loaded)
    }
}
