//! The system's own events.
#![allow(clippy::disallowed_methods)]

use super::batch::Batch;
use super::{Message, Place, links};
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Instant;

/// Whether writers are seen to finish; and whether a new folder is watched only after its files may have been made.
const IS_INOTIFY: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// A watch over a site's folder.
#[derive(Debug)]
pub(super) struct Events {
    watcher: RecommendedWatcher,
    /// Which folder the root was when the watch began; none once that is gone.
    root: Option<Identity>,
    /// Files and folders that links of the site lead to and that are not watched otherwise.
    linked: Vec<PathBuf>,
}

impl Events {
    /// Begins to watch.
    pub fn open(place: &Place, hear: &Sender<Message>) -> notify::Result<Self> {
        let hear = hear.clone();
        // A hearer that is gone needs no events.
        let tell = move |event| _ = hear.send(Message::Event(event));
        // Links are followed by ourselves: two paths to one folder would have one watch, and events under one of them.
        let watcher = RecommendedWatcher::new(tell, Config::default().with_follow_symlinks(false))?;
        let mut events = Self { watcher, root: identity(&place.root), linked: Vec::new() };
        events.watch_all(place)?;
        Ok(events)
    }

    /// Whether the folder that is watched is still the root.
    pub fn watches(&self, root: &Path) -> bool {
        self.root.is_some() && identity(root) == self.root
    }

    /// Takes in an event. An error means that the system watches no more.
    pub fn note(&mut self, event: &Event, place: &Place, batch: &mut Batch, now: Instant) -> notify::Result<()> {
        if event.need_rescan() {
            // Folders may have been made that nobody was told of.
            self.watch_all(place)?;
            batch.add_everything(now);
            return Ok(());
        }
        let finished = matches!(event.kind, EventKind::Access(AccessKind::Close(AccessMode::Write)));
        if event.kind.is_access() && !finished {
            return Ok(());
        }
        for path in &event.paths {
            if self.linked.iter().any(|linked| path.starts_with(linked)) {
                batch.add_everything(now);
            }
            if *path == place.root
                && matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
            {
                // One that is made in its place may have the same number.
                self.root = None;
            }
            let Some(relative) = place.relative(path).filter(|relative| !relative.is_empty()) else { continue };
            match event.kind {
                _ if finished => batch.add_finished(relative, now),
                EventKind::Modify(ModifyKind::Data(_)) | EventKind::Create(CreateKind::File) if IS_INOTIFY => {
                    // A link is made in one step.
                    self.welcome(path, place)?;
                    batch.add_unfinished(relative, now);
                }
                EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) | EventKind::Any => {
                    self.welcome(path, place)?;
                    batch.add(relative, now);
                }
                _ => batch.add(relative, now),
            }
        }
        Ok(())
    }

    fn watch_all(&mut self, place: &Place) -> notify::Result<()> {
        self.watcher.watch(&place.root, RecursiveMode::NonRecursive)?;
        let entries = place.root.read_dir()?.filter_map(Result::ok);
        for path in entries.map(|entry| entry.path()).filter(|path| place.relative(path).is_some()) {
            self.welcome(&path, place)?;
        }
        Ok(())
    }

    /// Watches what is at a path now, before anyone is told of it: files made in a new folder are then either seen by
    /// who looks, or told later.
    fn welcome(&mut self, path: &Path, place: &Place) -> notify::Result<()> {
        // What is gone already is told of, too.
        let Ok(found) = path.symlink_metadata() else { return Ok(()) };
        if found.is_dir() {
            let is_top = path.parent() == Some(&*place.root);
            if IS_INOTIFY || is_top {
                unless_gone(self.watcher.watch(path, RecursiveMode::Recursive))?;
            }
            for link in links::below(path) {
                self.follow(&link, place)?;
            }
        } else if found.is_symlink() {
            self.follow(path, place)?;
        }
        Ok(())
    }

    /// Watches what a link leads to, where that is in the site and not watched otherwise.
    fn follow(&mut self, link: &Path, place: &Place) -> notify::Result<()> {
        let Some(real) = links::unwatched_target(link, place) else { return Ok(()) };
        if self.linked.contains(&real) {
            return Ok(());
        }
        let (folder, mode) = match real.parent() {
            Some(parent) if !real.is_dir() => (parent, RecursiveMode::NonRecursive),
            _ => (&*real, RecursiveMode::Recursive),
        };
        unless_gone(self.watcher.watch(folder, mode))?;
        self.linked.push(real);
        Ok(())
    }
}

/// A folder that vanished before it was watched is no failure: its going is an event of its own.
fn unless_gone(watched: notify::Result<()>) -> notify::Result<()> {
    match watched {
        Err(notify::Error { kind: notify::ErrorKind::PathNotFound, .. }) => Ok(()),
        Err(notify::Error { kind: notify::ErrorKind::Io(error), .. })
            if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) =>
        {
            Ok(())
        }
        other => other,
    }
}

/// What tells a folder from another of the same path.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let found = folder.metadata().ok()?;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<Identity> {
    folder.is_dir().then_some((0, 0))
}
