//! Gathers changes until they are told together.

use super::Changes;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// How long nothing more may happen before a batch is told.
const QUIET: Duration = Duration::from_millis(10);

/// The longest that a change waits.
const LONGEST: Duration = Duration::from_millis(100);

/// More files than this are told as everything.
const MOST_FILES: usize = 50_000;

/// Changes that have not been told yet.
#[derive(Debug, Default)]
pub(super) struct Batch {
    files: BTreeSet<String>,
    /// Files that are being written: they are waited for, so that no half of one is read.
    unfinished: BTreeSet<String>,
    everything: bool,
    /// When the first and the last change came; none while there is nothing to tell.
    span: Option<(Instant, Instant)>,
    /// Whether to wait for nothing more.
    settled: bool,
}

impl Batch {
    /// A file or folder has changed.
    pub fn add(&mut self, path: String, at: Instant) {
        self.files.insert(path);
        if self.files.len() > MOST_FILES {
            self.everything = true;
        }
        self.span = Some((self.span.map_or(at, |(first, _)| first), at));
    }

    /// A file has changed, and its writer will say when it is finished.
    pub fn add_unfinished(&mut self, path: String, at: Instant) {
        self.unfinished.insert(path.clone());
        self.add(path, at);
    }

    /// The writer of a file is finished.
    pub fn add_finished(&mut self, path: String, at: Instant) {
        self.unfinished.remove(&path);
        self.add(path, at);
    }

    /// A file has changed, and was found at rest.
    pub fn add_settled(&mut self, path: String, at: Instant) {
        self.settled = true;
        self.add(path, at);
    }

    pub fn add_everything(&mut self, at: Instant) {
        self.everything = true;
        self.span = Some((self.span.map_or(at, |(first, _)| first), at));
    }

    /// When to tell; none while there is nothing to tell.
    pub fn due(&self) -> Option<Instant> {
        let (first, last) = self.span?;
        let latest = first + LONGEST;
        Some(match (self.settled, self.unfinished.is_empty()) {
            (true, _) => first,
            (false, true) => latest.min(last + QUIET),
            (false, false) => latest,
        })
    }

    /// What is to be told now; then the batch is empty.
    pub fn take_due(&mut self, now: Instant) -> Option<Changes> {
        self.due().filter(|due| *due <= now)?;
        let Self { files, everything, .. } = std::mem::take(self);
        Some(if everything { Changes::Everything } else { Changes::Files(files.into_iter().collect()) })
    }
}
