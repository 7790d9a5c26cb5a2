//! What everybody sees: the newest state of the site, replaced as a whole at each change.
#![allow(clippy::disallowed_methods)]

use super::edition::Edition;
use super::look::{Look, Page};
use super::problems::Problems;
use crate::build::SharedWorld;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// How many good pages are kept to be shown while they have mistakes.
const MOST_GOOD: usize = 256;

/// How many addresses of files are remembered that browsers have asked for.
const MOST_FILES: usize = 4096;

/// The newest state. Cheap to copy.
#[derive(Clone, Default)]
pub struct State {
    /// How many times the site was made.
    pub number: u64,
    /// The newest that could be linked and has a theme; none when there never was one.
    pub edition: Option<Arc<Edition>>,
    pub problems: Arc<Problems>,
    /// The files that changed since browsers first asked for them, by their addresses: in which state.
    pub files: Arc<BTreeMap<String, u64>>,
    /// The page that was saved last.
    pub saved: Option<Saved>,
    /// The paths below which the site stood before, the latest first.
    pub former: Arc<Vec<String>>,
}

/// A page that an editor has just saved.
#[derive(Clone)]
pub struct Saved {
    pub number: u64,
    pub url: String,
    /// Set by the tab that opens it.
    pub opened: Arc<AtomicBool>,
}

/// The state, and what must outlive it.
pub struct Live {
    pub world: SharedWorld,
    state: watch::Sender<State>,
    /// Pages that were shown without mistakes, the latest first, by their paths.
    good: Mutex<VecDeque<(String, Arc<Page>)>>,
    /// Files that browsers asked for: what their states were.
    asked_for: Mutex<HashMap<String, Option<Stamp>>>,
    /// Tells this server from the one before.
    pub boot: String,
    /// Whether a tab opens the page that was saved.
    pub navigate: bool,
    /// Counts connections of tabs, so that the newest can be told.
    pub tabs: AtomicU64,
}

/// Tells two states of a file apart without reading it.
pub type Stamp = (u64, Option<SystemTime>);

impl Live {
    pub fn new(world: SharedWorld, navigate: bool) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seed = format!("{} {}", now.as_nanos(), std::process::id());
        Self {
            world,
            state: watch::Sender::new(State::default()),
            good: Mutex::default(),
            asked_for: Mutex::default(),
            boot: blake3::hash(seed.as_bytes()).to_hex()[..10].to_owned(),
            navigate,
            tabs: AtomicU64::new(0),
        }
    }

    pub fn state(&self) -> State {
        self.state.borrow().clone()
    }

    pub fn subscribe(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// Replaces the state.
    pub fn change(&self, change: impl FnOnce(&mut State)) {
        self.state.send_modify(change);
    }

    /// What a page tells its script of the state that it was made from.
    pub fn seen(&self, state: &State) -> String {
        format!("{}-{}", self.boot, state.number)
    }

    /// The number of the state that a page was made from; of another server's page that of the newest.
    pub fn number_seen(&self, seen: &str, state: &State) -> u64 {
        let own = seen.strip_prefix(&self.boot).and_then(|rest| rest.strip_prefix('-'));
        own.and_then(|number| number.parse().ok()).unwrap_or(state.number)
    }

    pub fn last_good(&self, path: &str) -> Option<Arc<Page>> {
        let good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        good.iter().find(|(known, _)| known == path).map(|(_, page)| Arc::clone(page))
    }

    pub fn remember(&self, path: &str, page: &Arc<Page>) {
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = good.iter().position(|(known, _)| known == path) {
            good.remove(at);
        }
        good.push_front((path.to_owned(), Arc::clone(page)));
        good.truncate(MOST_GOOD);
    }

    /// Notes that a browser uses a file, so that it is told when it changes.
    pub fn note_file(&self, path: &str, stamp: Option<Stamp>) {
        let mut known = self.asked_for.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_FILES {
            known.clear();
        }
        known.insert(path.to_owned(), stamp);
    }

    /// The addresses of the files that are no longer what browsers were given.
    pub fn changed_files(&self, state: &State) -> Vec<String> {
        let known: Vec<(String, Option<Stamp>)> = {
            let known = self.asked_for.lock().unwrap_or_else(PoisonError::into_inner);
            known.iter().map(|(path, stamp)| (path.clone(), *stamp)).collect()
        };
        let mut changed = Vec::new();
        for (path, before) in known {
            let now = match self.look(state, &path) {
                Look::File(file, _) => self.world.disk_path(&file).and_then(|place| stamp(&place)),
                _ => None,
            };
            if now != before {
                self.note_file(&path, now);
                changed.push(path);
            }
        }
        changed
    }

    /// A number for a new tab: the later, the higher.
    pub fn next_tab(&self) -> u64 {
        self.tabs.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// The state of a file on disk; none when it is not there.
pub fn stamp(place: &std::path::Path) -> Option<Stamp> {
    let meta = place.metadata().ok().filter(std::fs::Metadata::is_file)?;
    Some((meta.len(), meta.modified().ok()))
}
