//! Seeing the site while it is written: watching, the newest site in memory, HTTP, live reload.
//!
//! [`start`] reads the site, listens, and keeps both going until it is stopped. A page is rendered when a browser asks
//! for it, by the job that `build` runs, and gets one script element added; nothing is written.
//!
//! # Addresses
//!
//! A page links to others by paths, below the path of the configured `base_url` or relative to itself. So pages work at
//! any origin, and the site is served under that path with the configuration as it is: a page's whole addresses
//! (canonical links, feeds, what calendars and previews name) stay those that will be published, and what is served is
//! byte for byte what `build` writes. A `base_url` of this server instead would change all of them, and would put
//! `http://127.0.0.1` into calendar files and structured data that somebody looks at here to check them.
//!
//! # Who changes what
//!
//! One thread, the keeper's, makes a new state at each change and replaces the one before. Requests and
//! streams of events look at the newest one and never wait for the next.

mod anew;
mod bind;
mod body;
mod check;
mod checkout;
mod content_type;
mod edition;
mod error_page;
mod find;
mod host;
mod host_files;
mod http;
mod keeper;
mod live;
mod look;
mod place;
mod problems;
mod qr;
mod range;
pub mod rebuild;
mod reload;
mod respond;
mod snippet;
mod start_page;
mod styles;
mod unreadable;
pub mod watch;

pub use bind::{BindError, DEFAULT_PORT};
pub use qr::code as qr_code;

use crate::build::{self, Loaded, SharedWorld};
use crate::diagnostic::Diagnostic;
use anew::Anew;
use http::Server;
use keeper::{Keeper, Note};
use live::Live;
use place::Place;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tokio::sync::watch as signal;
use watch::{Changes, WatchError, Watcher};

/// What to serve, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    pub build: build::Options,
    /// The time is the one of the build's options for ever, and not the machine's.
    pub fixed: bool,
    /// An address or a name of this computer; none for one that only it can reach.
    pub host: Option<String>,
    /// None for a free one.
    pub port: Option<u16>,
    /// The page that was saved opens in the tab that was opened last.
    pub navigate: bool,
    /// Files are looked at again and again, for the system does not tell of their changes.
    pub poll: bool,
    /// Ends when the system or somebody at the terminal asks the program to end.
    pub until_interrupted: bool,
}

/// Why the site was made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    Begun,
    Files(Vec<String>),
    Everything,
    /// Something changes by itself at this time.
    TimeCame,
    /// It could not be read before.
    Retried,
}

impl Because {
    fn of(changes: &Changes) -> Self {
        match changes {
            Changes::Files(files) => Self::Files(files.clone()),
            Changes::Everything => Self::Everything,
        }
    }
}

/// What is told while the site is served.
#[derive(Debug)]
pub enum Told<'t> {
    /// It was made; none when it could not be read.
    Made { because: &'t Because, took: Duration, loaded: Option<&'t Loaded> },
    /// What is wrong has changed: what is new in it, and all.
    Problems { new: &'t [Diagnostic], all: &'t [Diagnostic] },
    /// The path of the configured `base_url` has changed: where the site's first page is now, for this computer and for
    /// others in the network.
    Moved { url: &'t str, shared: Option<&'t str> },
}

/// Who is told.
pub type Teller = Arc<dyn Fn(Told<'_>) + Send + Sync>;

/// Why a site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(transparent)]
    Bind(#[from] BindError),
    #[error(transparent)]
    Watch(#[from] WatchError),
    #[error("cannot start the server: {0}")]
    Start(#[from] io::Error),
}

impl ServeError {
    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Bind(error) => Some(error.help()),
            Self::Watch(_) | Self::Start(_) => None,
        }
    }
}

/// A site that is being served. It ends when this value does.
#[derive(Debug)]
pub struct Serving {
    /// What to open on this computer: the site's first page.
    pub url: String,
    /// The page for editors.
    pub start_page: String,
    /// The site's first page for others in the network.
    pub shared: Option<String>,
    /// Whether others in the network can reach it.
    pub is_shared: bool,
    /// The port that was wanted and taken.
    pub instead_of: Option<u16>,
    pub port: u16,
    stop: signal::Sender<bool>,
    notes: Sender<Note>,
    server: Option<JoinHandle<()>>,
    keeper: Option<JoinHandle<()>>,
    _watcher: Watcher,
}

/// Reads a site and begins to serve it.
///
/// # Errors
/// When it cannot listen, or the folder cannot be watched. Mistakes in the site are none: they are shown.
pub fn start(options: &Options, tell: Teller) -> Result<Serving, ServeError> {
    let bound = bind::bind(options.host.as_deref(), options.port)?;
    let world: SharedWorld = Arc::new(Anew::new(options.root.clone()));
    let live = Arc::new(Live::new(Arc::clone(&world), options.navigate));
    let (notes, heard) = mpsc::channel();
    // Watched before it is read: no change goes by in between.
    let ignored = ignored(options, &world);
    let told = keeper::told_by(notes.clone());
    let watcher = if options.poll {
        Watcher::polling(&options.root, ignored, told)
    } else {
        Watcher::start(&options.root, ignored, told)
    }?;
    let place = Place::new(bound.local.clone(), bound.shared);
    let mut keeper = Keeper::new(Arc::clone(&live), options, place, tell);
    keeper.begin();
    let (url, shared) = (keeper.place().url(), keeper.place().shared());
    let (stop, stopped) = signal::channel(false);
    let server = Server::new(live, bound.names, bound.local.clone(), stopped.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(16).build()?;
    let listeners = {
        let _inside = runtime.enter();
        let ready = |listener: std::net::TcpListener| {
            listener.set_nonblocking(true)?;
            tokio::net::TcpListener::from_std(listener)
        };
        bound.listeners.into_iter().map(ready).collect::<io::Result<Vec<_>>>()?
    };
    let (interrupted, by_itself) = (options.until_interrupted, stop.clone());
    let server = thread::Builder::new().name("serve".to_owned()).spawn(move || {
        runtime.block_on(async move {
            if interrupted {
                tokio::spawn(async move {
                    interruption().await;
                    let _ = by_itself.send(true);
                });
            }
            server.run(listeners).await;
        });
        // A page that is being rendered for nobody need not be finished.
        runtime.shutdown_background();
    })?;
    let keeper = thread::Builder::new().name("keep".to_owned()).spawn(move || keeper.run(&heard))?;
    Ok(Serving {
        url,
        start_page: format!("{}{}", bound.local, start_page::PATH),
        shared,
        is_shared: bound.is_shared,
        instead_of: bound.instead_of,
        port: bound.port,
        stop,
        notes,
        server: Some(server),
        keeper: Some(keeper),
        _watcher: watcher,
    })
}

impl Serving {
    /// Waits until it is interrupted; see [`Options::until_interrupted`].
    pub fn wait(mut self) {
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        let _ = self.notes.send(Note::Stop);
        for thread in [self.server.take(), self.keeper.take()].into_iter().flatten() {
            let _ = thread.join();
        }
    }
}

/// The folders that builds write to.
fn ignored(options: &Options, world: &SharedWorld) -> Vec<PathBuf> {
    let mut mistakes = Vec::new();
    let config = crate::config::load(&**world, &options.build.config, &options.build.overrides, &mut mistakes);
    let output = config.ok().flatten().map(|config| config.output);
    vec![PathBuf::from(output.unwrap_or_else(|| "public".to_owned()))]
}

/// Ctrl-C, or what asks a program to end.
async fn interruption() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut end), Ok(mut hang_up)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = end.recv() => {}
                _ = hang_up.recv() => {}
            }
            return;
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
