//! Files with several names (hard links). Who writes such a file under a name outside the site's folder causes no event
//! in it, so these files are looked at again and again.
#![allow(clippy::disallowed_methods)]

use super::poll::{Signature, signature};
use super::{Changes, Message, Place};
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use walkdir::WalkDir;

/// Searching for such files takes at most this part of the time.
const SHARE: u32 = 200;

/// How long after a search the next one begins at the earliest.
const SHORTEST: Duration = Duration::from_secs(10);

/// File systems take the time from a clock that lags behind by so much.
const LAG: Duration = Duration::from_millis(20);

/// The files with several names that are known, and what they were when they were last told.
#[derive(Debug)]
pub(super) struct Names {
    seen: BTreeMap<String, Option<Signature>>,
    /// What was written later is told when its file is found.
    since: SystemTime,
    /// When to search next; none while somebody searches.
    next: Option<Instant>,
}

/// What a search found.
#[derive(Debug)]
pub(super) struct Found {
    files: Vec<(String, Signature)>,
    began: SystemTime,
    took: Duration,
}

impl Names {
    pub fn new() -> Self {
        Self { seen: BTreeMap::new(), since: SystemTime::now(), next: Some(Instant::now()) }
    }

    /// The known files that have changed since they were told; begins a search when it is time.
    pub fn look(&mut self, place: &Place, hear: &Sender<Message>, now: Instant) -> Vec<String> {
        if cfg!(unix) && self.next.is_some_and(|at| at <= now) {
            self.search(place, hear);
        }
        let mut changed = Vec::new();
        for (path, seen) in &mut self.seen {
            let now = state(place, path);
            if now != *seen {
                *seen = now;
                changed.push(path.clone());
            }
        }
        changed
    }

    /// In a thread of its own: a large site has many files to look at.
    fn search(&mut self, place: &Place, hear: &Sender<Message>) {
        let (place, hear) = (place.clone(), hear.clone());
        let searches = thread::Builder::new().name("names".to_owned()).spawn(move || {
            let (began, clock) = (SystemTime::now(), Instant::now());
            let files = find(&place);
            _ = hear.send(Message::Names(Found { files, began, took: clock.elapsed() }));
        });
        self.next = searches.is_err().then(|| Instant::now() + SHORTEST);
    }

    /// Takes in what a search found; the files among it that were written before anybody looked at them.
    pub fn take(&mut self, found: Found) -> Vec<String> {
        let since = self.since.checked_sub(LAG).unwrap_or(self.since);
        let is_late = |signature: &Signature| signature.modified.is_some_and(|at| at > since);
        let mut known = std::mem::take(&mut self.seen);
        let mut late = Vec::new();
        for (path, signature) in found.files {
            let seen = known.remove(&path).unwrap_or_else(|| {
                if is_late(&signature) {
                    late.push(path.clone());
                }
                Some(signature)
            });
            self.seen.insert(path, seen);
        }
        self.since = found.began;
        self.next = Some(Instant::now() + SHORTEST.max(found.took * SHARE));
        late
    }

    /// A file has been made, which may be another name of one that is there.
    pub fn welcome(&mut self, path: &Path, place: &Place) {
        let several = path.symlink_metadata().ok().filter(has_several);
        if let Some((data, relative)) = several.zip(place.relative(path)) {
            self.seen.insert(relative, Some(signature(&data)));
        }
    }

    /// Changes are told now: what they hold need not be told again. Call it before they are told.
    pub fn tell(&mut self, changes: &Changes, place: &Place) {
        match changes {
            Changes::Everything => self.seen.iter_mut().for_each(|(path, seen)| *seen = state(place, path)),
            Changes::Files(files) if !self.seen.is_empty() => {
                for path in files {
                    if let Some(seen) = self.seen.get_mut(path) {
                        *seen = state(place, path);
                    }
                }
            }
            Changes::Files(_) => {}
        }
    }
}

fn state(place: &Place, path: &str) -> Option<Signature> {
    place.root.join(path).symlink_metadata().ok().map(|data| signature(&data))
}

fn find(place: &Place) -> Vec<(String, Signature)> {
    let mut walk = WalkDir::new(&place.root).into_iter();
    let mut found = Vec::new();
    while let Some(entry) = walk.next() {
        // What cannot be looked at cannot be written either.
        let Ok(entry) = entry else { continue };
        let is_folder = entry.file_type().is_dir();
        match place.relative(entry.path()) {
            Some(path) if entry.file_type().is_file() => {
                let several = entry.metadata().ok().filter(has_several);
                found.extend(several.map(|data| (path, signature(&data))));
            }
            None if is_folder => walk.skip_current_dir(),
            _ => {}
        }
    }
    found
}

#[cfg(unix)]
fn has_several(data: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    data.is_file() && data.nlink() > 1
}

#[cfg(not(unix))]
fn has_several(_: &Metadata) -> bool {
    false
}
