use super::carry::{self, Outlook};
use super::clash::{Places, folders_of};
use super::earlier::{Earlier, Stamp};
use super::error::PublishError;
use super::manifest::{self, FileRecord, Hash, MANIFEST_NAME, Manifest};
use super::path::OutputPath;
use super::place::{Place, Surroundings};
use super::switch;
use super::workshop::Workshop;
use super::write::{Writer, check_same, hash_stream};
use rayon::prelude::*;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How to publish.
#[derive(Debug, Clone, Copy, Default)]
pub struct PublishOptions {
    /// Publish into a folder that Handbill did not make, and replace foreign files that stand in the way.
    pub force: bool,
    /// Account for everything, but change nothing on the disk.
    pub dry_run: bool,
}

/// What a publish did, or in a dry run would have done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// New or changed files, sorted.
    pub written: Vec<OutputPath>,
    /// How many files were as they should be, and keep their time stamps.
    pub unchanged: usize,
    /// Files of the earlier output that went, sorted.
    pub removed: Vec<OutputPath>,
    /// Entries that are not Handbill's and were kept, sorted; a folder's path ends with `/`. Version control's own
    /// folders are kept without being named.
    pub kept: Vec<String>,
    /// The size of all files of the output together.
    pub bytes: u64,
    /// Every file of the output but the manifest itself.
    pub manifest: BTreeMap<OutputPath, FileRecord>,
}

/// A new output in the making. Files may be put into it from several threads.
///
/// Until [`Stage::finish`] the earlier output is not touched; a stage that is dropped leaves no trace.
#[derive(Debug)]
pub struct Stage {
    target: PathBuf,
    options: PublishOptions,
    earlier: Earlier,
    /// None in a dry run.
    writing: Option<Writing>,
    files: Mutex<BTreeMap<OutputPath, Put>>,
}

/// The folder of preparation and what writes into it.
#[derive(Debug)]
struct Writing {
    writer: Writer,
    workshop: Workshop,
}

/// A file that was put.
#[derive(Debug, Clone, Copy)]
struct Put {
    record: FileRecord,
    /// Of the earlier file, which holds these bytes already; none for a file that is new.
    unchanged: Option<Stamp>,
}

impl Stage {
    /// Checks the output folder `target`, which need not exist, waits for nobody, and reads what is in it.
    ///
    /// Reading the earlier output takes time in proportion to its folders, so a build does it beside reading its
    /// content.
    pub fn open(target: &Path, around: &Surroundings<'_>, options: PublishOptions) -> Result<Self, PublishError> {
        let place = Place::find(target, around)?;
        let mut exists = place.exists;
        let writing = if options.dry_run {
            None
        } else {
            let workshop = Workshop::open(&place)?;
            recover(&workshop, &place.target, options.force)?;
            exists = place.target.exists();
            Some(Writing { writer: Writer::new(workshop.new_output()), workshop })
        };
        let earlier = if exists { Earlier::read(&place.target, options.force)? } else { Earlier::default() };
        Ok(Self { target: place.target, options, earlier, writing, files: Mutex::default() })
    }

    /// Puts a file of these bytes.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), PublishError> {
        let record = FileRecord { hash: Hash::of(bytes), size: bytes.len() as u64 };
        let unchanged = self.earlier.unchanged(path, record);
        if let (None, Some(writing)) = (unchanged, &self.writing) {
            writing.writer.write(path.as_str(), bytes)?;
        }
        self.note(path, Put { record, unchanged })
    }

    /// Puts a copy of the file `from`, which is read in parts. A link is followed; the copy is a file of its own.
    pub fn copy(&self, path: &OutputPath, from: &Path) -> Result<(), PublishError> {
        let read = || PublishError::io("read", from);
        let data = from.metadata().map_err(read())?;
        if !data.is_file() {
            return Err(PublishError::NotAFile(from.to_owned()));
        }
        let open = || File::open(from).map_err(read());
        if self.writing.is_none() || self.earlier.size_of(path) == Some(data.len()) {
            let (hash, size) = hash_stream(open()?, from, |_| Ok(()))?;
            let record = FileRecord { hash, size };
            let unchanged = self.earlier.unchanged(path, record);
            if unchanged.is_some() || self.writing.is_none() {
                return self.note(path, Put { record, unchanged });
            }
        }
        let Some(writing) = &self.writing else { return Ok(()) };
        let (hash, size) = writing.writer.stream(path.as_str(), open()?, from)?;
        self.note(path, Put { record: FileRecord { hash, size }, unchanged: None })
    }

    fn note(&self, path: &OutputPath, put: Put) -> Result<(), PublishError> {
        match self.files.lock().unwrap_or_else(PoisonError::into_inner).entry(path.clone()) {
            Entry::Vacant(place) => {
                place.insert(put);
                Ok(())
            }
            Entry::Occupied(_) => Err(PublishError::Internal(format!("`{path}` was put into the output twice"))),
        }
    }

    /// Switches to the new output, unless it is the same as the earlier one, and removes the earlier one.
    pub fn finish(mut self) -> Result<Published, PublishError> {
        let files = std::mem::take(&mut *self.files.lock().unwrap_or_else(PoisonError::into_inner));
        let outlook = self.foreign(&files)?;
        let manifest: Manifest = files.iter().map(|(path, put)| (path.clone(), put.record)).collect();
        let written: Vec<OutputPath> =
            files.iter().filter(|(_, put)| put.unchanged.is_none()).map(|(path, _)| path.clone()).collect();
        let gone =
            self.earlier.listed.keys().filter(|path| self.earlier.is_present(path) && !files.contains_key(*path));
        let removed: Vec<OutputPath> = gone.cloned().collect();
        let text = manifest::write(&manifest);
        let is_same = written.is_empty() && self.earlier.manifest_text.as_deref() == Some(text.as_bytes());
        if let (Some(writing), false) = (self.writing.take(), is_same) {
            self.stage_rest(&writing, &files, &text)?;
            self.publish(&writing)?;
        }
        Ok(Published {
            unchanged: files.len() - written.len(),
            written,
            removed,
            kept: outlook.kept,
            bytes: manifest.values().map(|record| record.size).sum(),
            manifest,
        })
    }

    /// What becomes of foreign entries; those in our way are refused here, before anything is done.
    fn foreign(&self, files: &BTreeMap<OutputPath, Put>) -> Result<Outlook, PublishError> {
        // A foreign file that happens to hold our bytes becomes ours.
        let stays =
            |entry: &PathBuf| entry.to_str().and_then(|path| files.get(path)).is_none_or(|put| put.unchanged.is_none());
        let foreign: Vec<PathBuf> = self.earlier.foreign.iter().filter(|entry| stays(entry)).cloned().collect();
        if foreign.is_empty() {
            return Ok(Outlook::default());
        }
        let outlook = carry::look_ahead(&self.target, &foreign, &Places::of(files.keys()))?;
        if outlook.in_our_place.is_empty() || self.options.force {
            Ok(outlook)
        } else {
            Err(PublishError::InOurPlace(outlook.in_our_place))
        }
    }

    /// Completes the new output by the unchanged files and the manifest.
    fn stage_rest(&self, writing: &Writing, files: &BTreeMap<OutputPath, Put>, text: &str) -> Result<(), PublishError> {
        let unchanged: Vec<(&OutputPath, Stamp)> =
            files.iter().filter_map(|(path, put)| Some((path, put.unchanged?))).collect();
        // A folder that was exchanged for a link since it was read would lead elsewhere.
        let folders: HashSet<&str> = unchanged.iter().flat_map(|(path, _)| folders_of(path.as_str())).collect();
        folders.into_par_iter().try_for_each(|folder| {
            let at = self.target.join(folder);
            let is_folder = at.symlink_metadata().is_ok_and(|data| data.is_dir());
            if is_folder { Ok(()) } else { Err(PublishError::Changed(at)) }
        })?;
        unchanged.par_iter().try_for_each(|(path, stamp)| {
            let from = self.target.join(path.as_str());
            check_same(&from, *stamp)?;
            writing.writer.link(path, &from)
        })?;
        writing.writer.write(MANIFEST_NAME, text.as_bytes())
    }

    fn publish(&self, writing: &Writing) -> Result<(), PublishError> {
        let ready = writing.workshop.ready();
        fs::rename(writing.writer.root(), &ready).map_err(PublishError::io("prepare", &ready))?;
        let earlier = switch::switch(&ready, &self.target, &writing.workshop.old()).inspect_err(|_| {
            // Not switched, so what is ready is the new output, which holds nothing but our own files.
            let _ = fs::rename(&ready, writing.writer.root());
        })?;
        let clear_up = || {
            if let Some(earlier) = earlier {
                carry::take_apart(&earlier, &self.target, self.options.force)?;
            }
            switch::stamp_manifest(&self.target)
        };
        clear_up().map_err(|error| PublishError::AfterSwitch(Box::new(error)))
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // Gone already if it was published.
        let _ = fs::remove_dir_all(self.writer.root());
    }
}

/// Clears up after a build that was killed: its unfinished output goes; of an output that it had switched away, what is
/// not Handbill's is brought back.
fn recover(workshop: &Workshop, target: &Path, force: bool) -> Result<(), PublishError> {
    let (new, ready, old) = (workshop.new_output(), workshop.ready(), workshop.old());
    let is_there = |path: &Path| path.symlink_metadata().is_ok();
    if is_there(&old) && !is_there(target) {
        fs::rename(&old, target).map_err(PublishError::io("bring back the earlier output to", target))?;
    }
    if is_there(&new) {
        fs::remove_dir_all(&new).map_err(PublishError::io("delete", &new))?;
    }
    for left in [ready, old] {
        if is_there(&left) {
            carry::take_apart(&left, target, force)?;
        }
    }
    Ok(())
}
