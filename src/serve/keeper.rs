//! Keeps the newest site: waits for changes, makes the site anew, and has its pages checked. One thread does it, another
//! checks.
#![allow(clippy::disallowed_methods)]

use super::check::{self, Checked};
use super::checkout::Checkout;
use super::edition::Edition;
use super::live::{Live, Saved};
use super::place::Place;
use super::problems::{Problems, is_same};
use super::rebuild::Rebuilder;
use super::watch::Changes;
use super::{Because, Teller, Told};
use crate::build::{BuildError, Loaded, Options};
use crate::content;
use crate::diagnostic::{Diagnostic, codes};
use crate::site::Clock;
use crate::source::{DiskWorld, World};
use jiff::Timestamp;
use rayon::ThreadPool;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The longest time that the clock is not looked at: a computer that slept has another time when it wakes.
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// When the site is read again after it could not be: a file may have been in the middle of being replaced.
const RETRY: Duration = Duration::from_millis(500);

/// How often version control that is at work is looked at.
const CHECKOUT_LOOK: Duration = Duration::from_millis(20);

/// Trying again takes at most this part of the time, so that large sites don't keep the machine busy.
const RETRY_SHARE: u32 = 20;

/// What the keeper hears.
#[derive(Debug)]
pub enum Note {
    Changed(Changes),
    Stop,
}

/// Makes the site whenever it changes.
pub struct Keeper {
    pub live: Arc<Live>,
    pub root: PathBuf,
    pub options: Options,
    /// The time never changes: the one of the options.
    pub fixed: bool,
    pub tell: Teller,
    rebuilder: Rebuilder,
    checking: Checking,
    /// When something changes by itself.
    next_change: Option<Timestamp>,
    retry: Option<Retry>,
    /// Where the site stands.
    place: Place,
    checkout: Checkout,
    /// Its content was there when it was last read.
    had_content: bool,
}

/// The site could not be read.
struct Retry {
    /// Why not, as it was told.
    failure: String,
    after: Duration,
}

/// The check that is under way, and what the last one found.
#[derive(Default)]
struct Checking {
    stopped: Arc<AtomicBool>,
    thread: Option<thread::JoinHandle<()>>,
    pool: Option<Arc<ThreadPool>>,
    findings: Arc<Mutex<Findings>>,
}

#[derive(Default)]
struct Findings {
    /// From reading and linking the newest state.
    loaded: Vec<Diagnostic>,
    /// From rendering: of the newest state as far as it was checked, else of the one before.
    rendered: Checked,
    /// What was told last.
    told: Vec<Diagnostic>,
}

impl Keeper {
    pub fn new(live: Arc<Live>, options: &super::Options, place: Place, tell: Teller) -> Self {
        let (root, fixed, options) = (options.root.clone(), options.fixed, options.build.clone());
        let checkout = Checkout::around(&root);
        let rebuilder = Rebuilder::new(root.clone(), options.clone());
        let threads = thread::available_parallelism().map_or(1, |count| count.get().div_ceil(2));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok().map(Arc::new);
        let checking = Checking { pool, ..Checking::default() };
        Self {
            live,
            root,
            options,
            fixed,
            tell,
            rebuilder,
            checking,
            next_change: None,
            retry: None,
            place,
            checkout,
            had_content: false,
        }
    }

    /// Makes the site for the first time.
    pub fn begin(&mut self) {
        self.make(Changes::Everything, Because::Begun);
    }

    /// Where the site stands.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Makes it anew after each note, until told to stop or nobody can tell any more.
    pub fn run(mut self, notes: &Receiver<Note>) {
        loop {
            let noted = match notes.recv_timeout(self.wait()) {
                Ok(Note::Changed(changes)) => Some(changes),
                Ok(Note::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => None,
            };
            match noted {
                Some(changes) => match with_waiting(changes, notes, &self.checkout) {
                    Some(changes) => {
                        let because = Because::of(&changes);
                        self.make(changes, because);
                    }
                    None => break,
                },
                None if self.retry.is_some() => self.make(Changes::Everything, Because::Retried),
                None if self.next_change.is_some_and(|at| !self.fixed && Timestamp::now() >= at) => {
                    self.make(Changes::Files(Vec::new()), Because::TimeCame);
                }
                None => {}
            }
        }
        self.stop_checking();
    }

    fn wait(&self) -> Duration {
        if let Some(retry) = &self.retry {
            return retry.after;
        }
        let Some(at) = self.next_change.filter(|_| !self.fixed) else { return LONGEST_WAIT };
        let left = Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or(Duration::ZERO);
        left.clamp(Duration::from_millis(5), LONGEST_WAIT)
    }

    fn clock(&self) -> Clock {
        let now = Timestamp::from_second(Timestamp::now().as_second()).unwrap_or(Timestamp::UNIX_EPOCH);
        Clock { now: if self.fixed { self.options.clock.now } else { now }, ..self.options.clock.clone() }
    }

    fn stop_checking(&mut self) {
        self.checking.stopped.store(true, Ordering::Relaxed);
        if let Some(thread) = self.checking.thread.take() {
            let _ = thread.join();
        }
    }

    fn make(&mut self, changes: Changes, because: Because) {
        let began = Instant::now();
        self.stop_checking();
        let saved = match &changes {
            Changes::Files(files) => files.clone(),
            Changes::Everything => Vec::new(),
        };
        let clock = self.clock();
        let made = catch_unwind(AssertUnwindSafe(|| self.read(changes, clock)));
        let failure = match made {
            Ok(Ok(loaded)) => {
                self.retry = None;
                self.show(loaded, &saved, &because, began);
                return;
            }
            Ok(Err(failure)) => *failure,
            Err(_) => {
                // What it had in memory may be half made.
                self.rebuilder = Rebuilder::new(self.root.clone(), self.options.clone());
                Diagnostic::new(&codes::SITE_UNREADABLE, "Handbill itself failed while it read the site")
                    .help("it is tried again by itself; please report this, with what you changed last")
            }
        };
        let is_new = self.retry.as_ref().is_none_or(|retry| retry.failure != failure.message);
        let after = RETRY.max(began.elapsed() * RETRY_SHARE);
        self.retry = Some(Retry { failure: failure.message.clone(), after });
        if is_new {
            let problems = self.note(vec![failure], false);
            self.live.change(|state| {
                state.number += 1;
                state.problems = problems;
            });
            (self.tell)(Told::Made { because: &because, took: began.elapsed(), loaded: None });
            self.tell_problems(true);
        }
    }

    /// Reads the site. A folder that was there and is gone is no site without content: somebody has moved it, or is
    /// just putting another in its place.
    fn read(&mut self, changes: Changes, clock: Clock) -> Result<Loaded, Box<Diagnostic>> {
        let has_content = || self.root.join(content::FOLDER).is_dir();
        let is_gone = || {
            Diagnostic::new(&codes::SITE_UNREADABLE, format!("the folder {}/ is gone", content::FOLDER)).help(
                "what is shown is as it was; put the folder back, and it goes on by itself. If the site is to be without \
                 content, start `handbill serve` again",
            )
        };
        if self.root.is_dir() && self.had_content && !has_content() {
            return Err(Box::new(is_gone()));
        }
        let loaded = self.rebuilder.rebuild(changes, clock).map_err(|error| {
            let problem = Diagnostic::new(&codes::SITE_UNREADABLE, error.to_string())
                .help("it is tried again by itself; check that it is there and that you may read it");
            Box::new(match error {
                BuildError::Read { what, .. } if self.live.world.exists(&what) => problem.in_file(&what.into()),
                _ => problem,
            })
        })?;
        // It may have gone while it was read.
        let has_content = has_content();
        if self.had_content && !has_content {
            return Err(Box::new(is_gone()));
        }
        self.had_content = has_content;
        Ok(loaded)
    }

    fn show(&mut self, mut loaded: Loaded, saved: &[String], because: &Because, began: Instant) {
        // A configuration that is half read gives a site that nobody wants.
        let engine = loaded.engine.take().filter(|_| !has_broken_configuration(&loaded));
        let edition = engine.map(|engine| Arc::new(Edition::new(engine)));
        self.next_change = loaded.site().and_then(|site| site.next_change);
        let url = edition.as_ref().and_then(|edition| saved_page(edition, saved));
        let mut diagnostics = std::mem::take(&mut loaded.diagnostics);
        if diagnostics
            .iter()
            .any(|problem| problem.code.id == codes::TOML_SYNTAX.id && is_of_configuration(&loaded, problem))
        {
            // Without the languages and folders that it would name, every page is wrong: that is not what to mend.
            diagnostics.retain(|problem| is_of_configuration(&loaded, problem));
        }
        let problems = self.note(diagnostics, edition.is_some());
        // Nobody else changes the state now: the check has been stopped.
        let mut state = self.live.state();
        let before = state.edition.clone();
        state.number += 1;
        state.problems = problems;
        if let Some(edition) = edition.as_ref().filter(|_| *because == Because::Begun) {
            self.place.begins(edition.base());
        }
        let has_moved = edition.as_ref().is_some_and(|edition| self.place.moves(edition.base()));
        if let Some(edition) = &edition {
            state.edition = Some(Arc::clone(edition));
            state.former = self.place.former();
        }
        let changed = self.live.changed_files(&state);
        if !changed.is_empty() {
            let files = Arc::make_mut(&mut state.files);
            files.extend(changed.into_iter().map(|path| (path, state.number)));
        }
        if let Some(url) = url {
            state.saved = Some(Saved { number: state.number, url, opened: Arc::default() });
        }
        self.live.change(|now| *now = state);
        (self.tell)(Told::Made { because, took: began.elapsed(), loaded: Some(&loaded) });
        if has_moved {
            let (url, shared) = (self.place.url(), self.place.shared());
            (self.tell)(Told::Moved { url: &url, shared: shared.as_deref() });
        }
        let has_edition = edition.is_some();
        self.tell_problems(!has_edition);
        match edition {
            Some(edition) => self.start_check(edition, before, loaded),
            None => drop(before),
        }
    }

    /// Notes what was found in reading; what rendering found before holds until it is checked again, if it will be.
    fn note(&self, loaded: Vec<Diagnostic>, is_checked: bool) -> Arc<Problems> {
        let mut findings = self.checking.findings.lock().unwrap_or_else(PoisonError::into_inner);
        findings.loaded = loaded;
        if !is_checked {
            findings.rendered = Checked::default();
        }
        Arc::new(Problems::new(findings.all(), &*self.live.world))
    }

    fn tell_problems(&self, complete: bool) {
        self.checking.findings.lock().unwrap_or_else(PoisonError::into_inner).tell(&self.tell, complete);
    }

    /// Renders all in a thread of its own. What is no longer needed is taken apart there, too: it takes time.
    fn start_check(&mut self, edition: Arc<Edition>, before: Option<Arc<Edition>>, rest: Loaded) {
        let Some(pool) = self.checking.pool.clone() else { return };
        let stopped = Arc::new(AtomicBool::new(false));
        self.checking.stopped = Arc::clone(&stopped);
        let findings = Arc::clone(&self.checking.findings);
        let (live, tell, root) = (Arc::clone(&self.live), Arc::clone(&self.tell), self.root.clone());
        let check = move || {
            // The next change need not wait for that.
            thread::spawn(move || drop((before, rest)));
            // The folder is opened once: there may be many files to look at.
            let disk = DiskWorld::new(&root);
            let world = disk.as_ref().map_or(&*live.world as &dyn World, |disk| disk);
            let failing = findings.lock().unwrap_or_else(PoisonError::into_inner).rendered.failing.clone();
            let note = |checked: Checked, complete: bool| {
                let mut findings = findings.lock().unwrap_or_else(PoisonError::into_inner);
                findings.rendered = checked;
                findings.show(&live);
                findings.tell(&tell, complete);
            };
            // First those that failed before: whether they are mended is what somebody waits for.
            if !failing.is_empty() {
                match check::check(&edition, world, Some(&failing), &stopped, &pool) {
                    Some(checked) => note(checked, false),
                    None => return,
                }
            }
            if let Some(checked) = check::check(&edition, world, None, &stopped, &pool) {
                note(checked, true);
            }
        };
        self.checking.thread = thread::Builder::new()
            .name("check".to_owned())
            .spawn(move || {
                let _ = catch_unwind(AssertUnwindSafe(check));
            })
            .ok();
    }
}

impl Findings {
    fn all(&self) -> Vec<Diagnostic> {
        [self.loaded.as_slice(), &self.rendered.mistakes].concat()
    }

    fn show(&self, live: &Live) {
        let problems = Problems::new(self.all(), &*live.world);
        if problems.list != live.state().problems.list || problems.panel != live.state().problems.panel {
            live.change(|state| state.problems = Arc::new(problems));
        }
    }

    /// Tells what is new; and how much is left, once all is known.
    fn tell(&mut self, tell: &Teller, complete: bool) {
        let all = self.all();
        let is_in = |list: &[Diagnostic], problem: &Diagnostic| list.iter().any(|known| is_same(known, problem));
        let fresh: Vec<Diagnostic> = all.iter().filter(|problem| !is_in(&self.told, problem)).cloned().collect();
        let gone = self.told.iter().any(|problem| !is_in(&all, problem));
        if !fresh.is_empty() || (gone && complete) {
            tell(Told::Problems { new: &fresh, all: &all });
        }
        if complete {
            self.told = all;
        } else {
            self.told.extend(fresh);
        }
    }
}

/// Whether the configuration itself has mistakes. That it names a page that is not there is none of these.
fn has_broken_configuration(loaded: &Loaded) -> bool {
    loaded.config.is_none()
        || loaded.diagnostics.iter().any(|problem| {
            let is_link = problem.code.id.starts_with("HB04");
            problem.is_error() && !is_link && is_of_configuration(loaded, problem)
        })
}

/// Whether a problem is in the configuration's file, or in one laid over it. Always where there is none.
fn is_of_configuration(loaded: &Loaded, problem: &Diagnostic) -> bool {
    let Some(config) = &loaded.config else { return true };
    let Some(file) = problem.file.as_deref() else { return false };
    let overlay = || file.strip_prefix(config.file.strip_suffix(".toml")?)?.strip_prefix('.')?.strip_suffix(".toml");
    *file == *config.file || overlay().is_some()
}

/// The address of the page whose file was saved last among these.
fn saved_page(edition: &Edition, saved: &[String]) -> Option<String> {
    let site = edition.site();
    let is_saved = |file: &str| saved.iter().any(|path| path == file);
    if !saved.iter().any(|path| [".md", ".csv", ".tsv", ".toml"].iter().any(|ending| path.ends_with(ending))) {
        return None;
    }
    site.pages.iter().find(|page| !page.synthesised && is_saved(&page.document.file)).map(|page| page.route.url.clone())
}

/// The changes with all that are waiting, once no more are on their way; none when told to stop.
fn with_waiting(mut changes: Changes, notes: &Receiver<Note>, checkout: &Checkout) -> Option<Changes> {
    loop {
        let note = match notes.try_recv() {
            Ok(note) => note,
            Err(_) if checkout.is_under_way() => match notes.recv_timeout(CHECKOUT_LOOK) {
                Ok(note) => note,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => return None,
            },
            Err(_) => return Some(changes),
        };
        match (note, &mut changes) {
            (Note::Stop, _) => return None,
            (Note::Changed(Changes::Everything), _) => changes = Changes::Everything,
            (Note::Changed(Changes::Files(more)), Changes::Files(files)) => {
                files.extend(more);
                files.sort();
                files.dedup();
            }
            (Note::Changed(_), Changes::Everything) => {}
        }
    }
}

/// A sender of changes that never minds whether anybody listens.
pub fn told_by(notes: Sender<Note>) -> impl Fn(Changes) + Send + 'static {
    move |changes| {
        let _ = notes.send(Note::Changed(changes));
    }
}
