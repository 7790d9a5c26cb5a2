//! Looking at the files again and again, where the system gives no events.
#![allow(clippy::disallowed_methods)]

use super::Place;
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};
use walkdir::WalkDir;

/// Polling takes at most this part of the time, so that large sites don't keep the machine busy.
const SHARE: u32 = 20;

const SHORTEST: Duration = Duration::from_millis(250);

/// What was seen when the files were last looked at.
#[derive(Debug)]
pub(super) struct Poll {
    seen: BTreeMap<String, Option<Signature>>,
    interval: Duration,
}

/// What differs when a file was written, or another has taken its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signature {
    length: u64,
    pub modified: Option<SystemTime>,
    /// When anything of the file was last changed, and its number: a file moved here keeps its time of writing.
    changed: (i64, i64, u64),
}

impl Poll {
    /// Looks for the first time.
    pub fn new(place: &Place) -> Self {
        let mut poll = Self { seen: BTreeMap::new(), interval: SHORTEST };
        poll.look(place);
        poll
    }

    /// How long to wait before looking again.
    pub fn interval(&self) -> Duration {
        self.interval
    }

    /// The paths of what has changed since the last look.
    pub fn look(&mut self, place: &Place) -> Vec<String> {
        let began = Instant::now();
        let now = signatures(place);
        let mut changed: Vec<String> = now
            .iter()
            .filter(|(path, signature)| self.seen.get(*path) != Some(signature))
            .map(|(path, _)| path.clone())
            .collect();
        changed.extend(self.seen.keys().filter(|path| !now.contains_key(*path)).cloned());
        self.seen = now;
        self.interval = SHORTEST.max(began.elapsed() * SHARE);
        changed
    }
}

/// All files that may matter; none for what cannot be read, such as a link to nothing.
fn signatures(place: &Place) -> BTreeMap<String, Option<Signature>> {
    let mut walk = WalkDir::new(&place.root).follow_links(true).into_iter();
    let mut found = BTreeMap::new();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.extend(error.path().and_then(|path| place.relative(path)).map(|path| (path, None)));
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        match place.relative(entry.path()) {
            Some(path) if !is_folder => _ = found.insert(path, entry.metadata().ok().map(|data| signature(&data))),
            Some(_) => {}
            None if is_folder => walk.skip_current_dir(),
            None => {}
        }
    }
    found
}

pub(super) fn signature(data: &Metadata) -> Signature {
    Signature { length: data.len(), modified: data.modified().ok(), changed: changed(data) }
}

#[cfg(unix)]
fn changed(data: &Metadata) -> (i64, i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (data.ctime(), data.ctime_nsec(), data.ino())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> (i64, i64, u64) {
    (0, 0, 0)
}

/// Whether a folder lies on a file system that others change without this system's knowing: network disks, and disks
/// shared with a virtual machine.
#[cfg(target_os = "linux")]
pub(super) fn gives_no_events(folder: &Path) -> bool {
    /// NFS, SMB, CIFS, SMB 2, 9P, FUSE, VirtualBox, AFS, Ceph, as statfs(2) tells them.
    const SHARED: &[u32] =
        &[0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, 0x0102_1997, 0x6573_5546, 0x786f_4256, 0x5346_414f, 0x00c3_6400];
    // The numbers have 32 bits, whatever the width of the field.
    rustix::fs::statfs(folder).is_ok_and(|found| SHARED.contains(&(found.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn gives_no_events(_: &Path) -> bool {
    false
}
