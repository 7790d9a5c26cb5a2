//! Live reload: each open page listens to a stream of events (server-sent events, WHATWG HTML section 9.2), and is told
//! when what it shows has changed, and nothing else.
//!
//! | event | says |
//! |---|---|
//! | `page` | the page has other bytes: `{version}` |
//! | `styles` | its stylesheets alone have other addresses: `{version, hrefs}` |
//! | `files` | files have changed; the page knows whether it uses them: `{seen, paths}` |
//! | `problems` | all that is wrong, or nothing |
//! | `moved` | the page stands at another path: `{url}` |
//! | `show` | a page was saved, and this tab is to open it: `{url}` |
//! | `rest` | close the stream until somebody looks: browsers allow six connections to a server |

use super::body::Answer;
use super::live::{Live, State};
use super::look::{Look, Page};
use super::styles;
use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc::Sender;
use tokio::sync::{Notify, watch};

/// After so much silence something is said, so that both ends notice when the other is gone.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How many streams stay open at once; of the six connections that browsers have, two are left for pages.
const MOST_AWAKE: usize = 4;

/// The most streams at all.
const MOST_STREAMS: usize = 100;

/// The streams that are open, by number: the later a tab connected, the higher.
#[derive(Debug, Default)]
pub struct Streams {
    open: Mutex<BTreeMap<u64, Stream>>,
}

#[derive(Debug)]
struct Stream {
    rest: Arc<Notify>,
    is_resting: bool,
    /// It shows a page of the site, and not the page for editors.
    is_of_site: bool,
    path: String,
}

impl Streams {
    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, Stream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a stream, and lets the oldest rest where there are too many. None when there are too many altogether.
    fn add(&self, number: u64, path: &str) -> Option<Arc<Notify>> {
        let mut open = self.lock();
        if open.len() >= MOST_STREAMS {
            return None;
        }
        let rest = Arc::new(Notify::new());
        let is_of_site = !path.starts_with(super::start_page::PATH);
        let path = path.strip_suffix("index.html").unwrap_or(path).to_owned();
        open.insert(number, Stream { rest: Arc::clone(&rest), is_resting: false, is_of_site, path });
        let awake = open.values().filter(|stream| !stream.is_resting).count();
        let oldest = open.values_mut().filter(|stream| !stream.is_resting).take(awake.saturating_sub(MOST_AWAKE));
        for stream in oldest {
            stream.is_resting = true;
            stream.rest.notify_one();
        }
        Some(rest)
    }

    /// Whether it is this stream's tab that opens a page that was saved: the newest one, unless another shows it already.
    fn opens(&self, number: u64, url: &str) -> bool {
        let open = self.lock();
        let of_site = || open.iter().filter(|(_, stream)| stream.is_of_site);
        let is_shown = of_site().any(|(_, stream)| stream.path == url);
        !is_shown && of_site().next_back().is_some_and(|(newest, _)| *newest == number)
    }
}

/// What a tab says when it connects.
#[derive(Debug, Default)]
pub struct Tab {
    /// The path of the page that it shows, as in its address.
    pub path: String,
    /// What the page was when it was loaded.
    pub version: String,
    pub seen: String,
}

/// Opens a stream for a tab; none when there are too many.
pub fn open(
    live: &Arc<Live>,
    streams: &Arc<Streams>,
    tab: Tab,
    stop: watch::Receiver<bool>,
) -> Option<Response<Answer>> {
    let number = live.next_tab();
    let rest = streams.add(number, &tab.path)?;
    let (sender, body) = Answer::pieces(None);
    let talk = Talk {
        live: Arc::clone(live),
        streams: Arc::clone(streams),
        number,
        seen: None,
        said_seen: tab.seen,
        version: tab.version,
        path: tab.path,
        shown: None,
        problems: String::new(),
        sender,
    };
    tokio::spawn(talk.go_on(rest, stop));
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Some(response)
}

/// One stream, and what its tab knows.
struct Talk {
    live: Arc<Live>,
    streams: Arc<Streams>,
    number: u64,
    path: String,
    version: String,
    said_seen: String,
    /// The number of the state up to which the tab knows of changed files.
    seen: Option<u64>,
    /// The page as the tab shows it.
    shown: Option<Arc<Page>>,
    problems: String,
    sender: Sender<io::Result<Bytes>>,
}

/// What is to be said about a state.
struct Findings {
    page: Option<Arc<Page>>,
    /// Another path at which it stands.
    moved: Option<String>,
    problems: String,
}

impl Talk {
    async fn go_on(mut self, rest: Arc<Notify>, mut stop: watch::Receiver<bool>) {
        let mut states = self.live.subscribe();
        // The browser waits so long before it connects again.
        let mut is_open = self.say("retry: 1000\n\n".to_owned()).await;
        while is_open && !*stop.borrow() {
            let state = states.borrow_and_update().clone();
            is_open = self.tell(&state).await;
            if !is_open {
                break;
            }
            is_open = loop {
                tokio::select! {
                    changed = states.changed() => break changed.is_ok(),
                    _ = stop.changed() => break false,
                    () = self.sender.closed() => break false,
                    () = rest.notified() => {
                        if !self.event("rest", &json!({})).await {
                            break false;
                        }
                    }
                    () = tokio::time::sleep(KEEP_ALIVE) => {
                        if !self.say(": still here\n\n".to_owned()).await {
                            break false;
                        }
                    }
                }
            };
        }
        self.streams.lock().remove(&self.number);
    }

    /// Says what is new in a state. False when nobody listens any more.
    async fn tell(&mut self, state: &State) -> bool {
        let seen = *self.seen.get_or_insert_with(|| self.live.number_seen(&self.said_seen, state));
        let (live, path, now) = (Arc::clone(&self.live), self.path.clone(), state.clone());
        let Ok(found) = tokio::task::spawn_blocking(move || look(&live, &path, &now)).await else { return true };
        if found.problems != self.problems {
            self.problems = found.problems;
            if !self.say(format!("event: problems\ndata: {}\n\n", self.problems)).await {
                return false;
            }
        }
        if let Some(url) = found.moved
            && !self.event("moved", &json!({ "url": url })).await
        {
            return false;
        }
        let changed: Vec<&String> = state.files.iter().filter(|(_, at)| **at > seen).map(|(path, _)| path).collect();
        let mut is_open = true;
        if let Some(page) = found.page {
            if page.version != self.version {
                let both = self.shown.as_ref().filter(|shown| shown.version == self.version);
                let hrefs = both.and_then(|shown| styles::changed(text(&shown.bytes)?, text(&page.bytes)?));
                self.version.clone_from(&page.version);
                is_open = match hrefs {
                    Some(hrefs) => self.event("styles", &json!({ "version": page.version, "hrefs": hrefs })).await,
                    None => self.event("page", &json!({ "version": page.version })).await,
                };
            }
            self.shown = Some(page);
        }
        if is_open && !changed.is_empty() {
            let seen = self.live.seen(state);
            is_open = self.event("files", &json!({ "seen": seen, "paths": changed })).await;
        }
        self.seen = Some(state.number);
        is_open && self.open_saved(state, seen).await
    }

    /// Has the tab open the page that was saved, if it is this one's turn.
    async fn open_saved(&self, state: &State, seen: u64) -> bool {
        let Some(saved) = state.saved.as_ref().filter(|saved| self.live.navigate && saved.number > seen) else {
            return true;
        };
        if !self.streams.opens(self.number, &saved.url) || saved.opened.swap(true, Ordering::Relaxed) {
            return true;
        }
        self.event("show", &json!({ "url": saved.url })).await
    }

    async fn event(&self, name: &str, data: &serde_json::Value) -> bool {
        self.say(format!("event: {name}\ndata: {data}\n\n")).await
    }

    async fn say(&self, text: String) -> bool {
        self.sender.send(Ok(text.into())).await.is_ok()
    }
}

fn look(live: &Live, path: &str, state: &State) -> Findings {
    let (page, moved) = match live.look(state, path) {
        Look::Page(page) => (Some(page), None),
        Look::Elsewhere { to, .. } => (None, Some(to).filter(|to| to.starts_with('/') && !to.starts_with("//"))),
        Look::File(..) => (None, None),
    };
    let own = page.as_ref().map_or(&[][..], |page| &page.mistakes);
    Findings { problems: state.problems.with(own, &*live.world), page, moved }
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::Streams;

    #[test]
    fn the_newest_tab_of_the_site_opens_what_was_saved() {
        let streams = Streams::default();
        for (number, path) in [(1, "/a/index.html"), (2, "/b/"), (3, "/_handbill/")] {
            assert!(streams.add(number, path).is_some());
        }
        let opens = |url| -> Vec<u64> { (1..=3).filter(|number| streams.opens(*number, url)).collect() };
        assert_eq!(opens("/c/"), [2]);
        assert_eq!(opens("/a/"), [0; 0], "it is open");
    }

    #[test]
    fn the_oldest_tabs_rest_so_that_a_browser_has_connections_left() {
        let streams = Streams::default();
        for number in 1..=6 {
            assert!(streams.add(number, "/").is_some());
        }
        let resting: Vec<u64> =
            streams.lock().iter().filter(|(_, stream)| stream.is_resting).map(|(number, _)| *number).collect();
        assert_eq!(resting, [1, 2]);
    }
}
