//! Tells which files may have changed on disk, as soon as they did.
//!
//! The system's own events are used; where it gives none, the files are looked at again and again. What is told is a
//! hint: whoever is told looks at the files.
#![allow(clippy::disallowed_methods)]

mod batch;
mod events;
mod links;
mod names;
mod poll;

use self::batch::Batch;
use self::events::Events;
use self::names::{Found, Names};
use self::poll::Poll;
use crate::output::STAGE;
use notify::EventKind;
use notify::event::ModifyKind;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// How often the site's folder itself is looked for: it may be removed and made again.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// The same once it is gone.
const LOOK_FOR: Duration = Duration::from_millis(100);

/// What may have changed on disk. Paths are relative to the site's root, with `/` between their parts; a folder's path
/// means all that is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// These files and folders: changed, made or gone. Sorted, each once.
    Files(Vec<String>),
    /// Anything.
    Everything,
}

/// Why a folder cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    #[error("cannot watch {}: {error}", folder.display())]
    Folder { folder: PathBuf, error: io::Error },
}

/// Watches a site's folder until it is dropped.
#[derive(Debug)]
pub struct Watcher {
    stop: Sender<Message>,
    polls: bool,
}

/// What the watching thread hears.
#[derive(Debug)]
enum Message {
    Event(notify::Result<notify::Event>),
    /// The files with several names.
    Names(Found),
    Stop,
}

impl Watcher {
    /// Watches by the system's events, or by polling where it gives none. Every change after this call is told, in
    /// batches: some milliseconds after the last of them, and at the latest a tenth of a second after the first.
    ///
    /// `ignored` are the folders that the site is written to, absolute or relative to `root`. `told` is called from a
    /// thread of the watcher, one call at a time; what changes meanwhile is told in the next.
    ///
    /// # Errors
    /// When `root` is no folder that can be read.
    pub fn start(
        root: &Path,
        ignored: Vec<PathBuf>,
        told: impl Fn(Changes) + Send + 'static,
    ) -> Result<Self, WatchError> {
        Self::watching(root, ignored, told, false)
    }

    /// Watches by looking at the files again and again, for file systems that give no events although the system does
    /// (network disks, some virtual machines).
    ///
    /// # Errors
    /// When `root` is no folder that can be read.
    pub fn polling(
        root: &Path,
        ignored: Vec<PathBuf>,
        told: impl Fn(Changes) + Send + 'static,
    ) -> Result<Self, WatchError> {
        Self::watching(root, ignored, told, true)
    }

    /// Whether files are looked at again and again, because there are no events.
    pub fn polls(&self) -> bool {
        self.polls
    }

    fn watching(
        root: &Path,
        ignored: Vec<PathBuf>,
        told: impl Fn(Changes) + Send + 'static,
        only_poll: bool,
    ) -> Result<Self, WatchError> {
        let failed = |error| WatchError::Folder { folder: root.to_owned(), error };
        let place = Place::new(root, ignored).map_err(failed)?;
        place.root.read_dir().map_err(failed)?;
        let (stop, heard) = mpsc::channel();
        let means = if only_poll { Means::Poll(Poll::new(&place)) } else { means(&place, &stop) };
        let polls = matches!(means, Means::Poll(_));
        let names = Names::new();
        let mut thread = Thread { place, heard, hear: stop.clone(), told, means, names, next_look: Instant::now() };
        thread::Builder::new().name("watcher".to_owned()).spawn(move || thread.run()).map_err(failed)?;
        Ok(Self { stop, polls })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        // The thread may have ended already.
        _ = self.stop.send(Message::Stop);
    }
}

/// The site's folder, and what of it is not watched.
#[derive(Debug, Clone)]
struct Place {
    /// Absolute, with its links resolved.
    root: PathBuf,
    ignored: Vec<PathBuf>,
}

impl Place {
    fn new(root: &Path, ignored: Vec<PathBuf>) -> io::Result<Self> {
        let root = root.canonicalize()?;
        let ignored = ignored.into_iter().map(|folder| {
            let folder = root.join(folder);
            // The folder need not be there yet.
            let real = folder.canonicalize().ok();
            let above = || Some(folder.parent()?.canonicalize().ok()?.join(folder.file_name()?));
            real.or_else(above).unwrap_or(folder)
        });
        Ok(Self { ignored: ignored.collect(), root })
    }

    /// The path relative to the root of a file that may matter. The root's own path is empty.
    fn relative(&self, path: &Path) -> Option<String> {
        if self.ignored.iter().any(|folder| path.starts_with(folder)) {
            return None;
        }
        let mut relative = String::new();
        for part in path.strip_prefix(&self.root).ok()?.components() {
            let Component::Normal(part) = part else { return None };
            if !relative.is_empty() {
                relative.push('/');
            }
            // The part of a name that is not UTF-8 only has to differ from before: the folder is looked at.
            relative.push_str(&part.to_string_lossy());
        }
        (!is_elsewhere(&relative) && !is_scratch(&relative)).then_some(relative)
    }
}

/// Whether a path lies in a folder right below the root that holds no sources: of version control, or of other tools.
fn is_elsewhere(relative: &str) -> bool {
    let (top, below) = relative.split_once('/').unwrap_or((relative, ""));
    let of_a_build = top.starts_with('.') && top.ends_with(STAGE);
    matches!(top, "target" | "node_modules" | ".git") || of_a_build || (top.starts_with('.') && !below.is_empty())
}

/// Whether a name is one that editors and systems give to files of their own, which no site is made from.
fn is_scratch(relative: &str) -> bool {
    let name = relative.rsplit('/').next().unwrap_or(relative);
    let hidden = name.strip_prefix('.').unwrap_or("");
    name.ends_with('~')
        || hidden.starts_with(['#', '~'])
        || hidden.starts_with("goutputstream-")
        || [".swp", ".swo", ".swx", ".swpx", ".tmp"].iter().any(|ending| hidden.ends_with(ending))
        || hidden == "DS_Store"
}

#[derive(Debug)]
enum Means {
    Events(Events),
    Poll(Poll),
    /// The site's folder is gone; it may come again.
    Wait,
}

struct Thread<T> {
    place: Place,
    heard: Receiver<Message>,
    hear: Sender<Message>,
    told: T,
    means: Means,
    names: Names,
    next_look: Instant,
}

impl<T: Fn(Changes)> Thread<T> {
    fn run(&mut self) {
        let mut batch = Batch::default();
        loop {
            let now = Instant::now();
            if let Some(changes) = batch.take_due(now) {
                self.names.tell(&changes, &self.place);
                (self.told)(changes);
                continue;
            }
            if batch.due().is_none() && self.next_look <= now {
                self.look(&mut batch);
                self.next_look = Instant::now() + self.idle();
                continue;
            }
            let next = batch.due().unwrap_or(self.next_look);
            match self.heard.recv_timeout(next.saturating_duration_since(now)) {
                Ok(Message::Event(event)) => self.note(event, &mut batch),
                Ok(Message::Names(found)) => {
                    self.names.take(found).into_iter().for_each(|path| batch.add(path, Instant::now()));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// How long to wait between two looks.
    fn idle(&self) -> Duration {
        match &self.means {
            Means::Events(_) => HEARTBEAT,
            Means::Poll(poll) => poll.interval(),
            Means::Wait => LOOK_FOR,
        }
    }

    /// Takes in one event of the system.
    fn note(&mut self, event: notify::Result<notify::Event>, batch: &mut Batch) {
        // What comes in after the change to polling is of no use.
        let Means::Events(events) = &mut self.means else { return };
        let now = Instant::now();
        if let Ok(event) = &event
            && matches!(event.kind, EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)))
        {
            event.paths.iter().for_each(|path| self.names.welcome(path, &self.place));
        }
        let watched = event.and_then(|event| events.note(&event, &self.place, batch, now));
        if watched.is_err() {
            // There are more folders than the system watches, or it watches no more.
            self.means = Means::Poll(Poll::new(&self.place));
            batch.add_everything(now);
        }
    }

    /// Looks whether all is well while nothing happens; when polling, for what changed.
    fn look(&mut self, batch: &mut Batch) {
        let now = Instant::now();
        match &mut self.means {
            Means::Events(events) if events.watches(&self.place.root) => {
                let changed = self.names.look(&self.place, &self.hear, now);
                changed.into_iter().for_each(|path| batch.add(path, now));
            }
            Means::Events(_) => {
                self.means = Means::Wait;
                batch.add_everything(now);
            }
            Means::Wait if self.place.root.is_dir() => {
                self.means = means(&self.place, &self.hear);
                batch.add_everything(now);
            }
            Means::Wait => {}
            Means::Poll(poll) => poll.look(&self.place).into_iter().for_each(|path| batch.add_settled(path, now)),
        }
    }
}

/// The system's events where it gives them.
fn means(place: &Place, hear: &Sender<Message>) -> Means {
    let events = if poll::gives_no_events(&place.root) { None } else { Events::open(place, hear).ok() };
    events.map_or_else(|| Means::Poll(Poll::new(place)), Means::Events)
}

#[cfg(test)]
mod tests;
