//! Reading: files, their text, places in a text.
//!
//! Everything that Handbill reads comes through a [`World`]: the disk, or a set of files in memory. Later stages see
//! only what a world gave them, so they can be tested without a disk.

mod disk;
mod fingerprint;
mod git;
mod memory;
mod recording;
mod text;
mod watched;

pub use disk::DiskWorld;
pub use fingerprint::Fingerprint;
pub use git::{Gap, History};
pub use memory::MemoryWorld;
pub use recording::{Observations, RecordingWorld};
pub use text::{LineIndex, Position, Span};
pub use watched::WatchedWorld;

use std::io;
use std::sync::Arc;

/// A file's path relative to the site's root, with `/` between its parts.
pub type FileRef = Arc<str>;

/// A file that a [`World`] lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub path: FileRef,
}

/// What a listing found: the files, and entries that were passed over with the reason.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Sorted by path.
    pub files: Vec<Entry>,
    /// Entries not listed (a link that leaves the site, a name that is not UTF-8), each with the reason.
    pub skipped: Vec<(String, String)>,
    /// Whether links were met on the way: a file may then change under another path than its own.
    pub has_links: bool,
}

/// Where a site's files come from.
pub trait World: Sync {
    /// The bytes of one file. `path` is relative to the site's root.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// All files below `folder`, sorted by path; empty when there is no such folder.
    fn list(&self, folder: &str) -> io::Result<Listing>;

    /// The file's place on disk, for those outputs that copy it without reading it into memory.
    fn disk_path(&self, path: &str) -> Option<std::path::PathBuf>;

    /// Whether there is a file of this path.
    fn exists(&self, path: &str) -> bool;

    /// Whether a file can be read, for those who only pass it on.
    ///
    /// # Errors
    /// Why it cannot.
    fn can_read(&self, path: &str) -> io::Result<()> {
        self.read(path).map(drop)
    }

    /// When the content's files were last changed, as Git remembers it. Asked for only where the configuration wants it.
    fn history(&self) -> Option<&History> {
        None
    }

    /// The fingerprint of a file's bytes, where it is known without reading the file that they are those last read.
    fn unchanged(&self, _path: &str) -> Option<Fingerprint> {
        None
    }
}
