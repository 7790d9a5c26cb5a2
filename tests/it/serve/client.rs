//! A site's folder that is served, and a browser as plain as can be.

use handbill::build;
use handbill::config::Overrides;
use handbill::serve::{self, Because, Options, Serving, Told};
use handbill::site::Clock;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long anything is waited for.
pub const PATIENCE: Duration = Duration::from_secs(20);

const NOW: &str = "2026-11-23T12:00:00Z";

/// A site on disk, and its server.
pub struct Site {
    // Dropped first: the server ends before its folder goes.
    serving: Option<Serving>,
    folder: TempDir,
    pub told: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// A small campaign at this base URL.
    pub fn new(base_url: &str) -> Self {
        let site = Self { serving: None, folder: tempfile::tempdir().unwrap(), told: Arc::new(Mutex::new(Vec::new())) };
        site.write("handbill.toml", format!("title = \"Test\"\nbase_url = \"{base_url}\"\n"));
        site.write("content/news/first.md", "+++\ntitle = \"First\"\ndate = 2026-01-01\n+++\nOld words.\n");
        site.write("content/news/second.md", "+++\ntitle = \"Second\"\ndate = 2026-01-02\n+++\nOther words.\n");
        site.write("content/about.md", "+++\ntitle = \"About\"\n+++\nAbout us.\n");
        site.write("static/notes.txt", "0123456789");
        site
    }

    pub fn served(self) -> Self {
        self.served_with(|_| {})
    }

    pub fn served_with(mut self, change: impl FnOnce(&mut Options)) -> Self {
        let clock = Clock { now: NOW.parse().unwrap(), drafts: false, future: false };
        let mut options = Options {
            root: self.root().canonicalize().unwrap(),
            build: build::Options { config: "handbill.toml".to_owned(), overrides: Overrides::default(), clock },
            fixed: true,
            host: None,
            port: Some(0),
            navigate: false,
            poll: false,
            until_interrupted: false,
        };
        change(&mut options);
        let told = Arc::clone(&self.told);
        let tell = move |news: Told<'_>| {
            let line = match news {
                Told::Made { because: Because::Files(files), .. } => format!("made because of {}", files.join(", ")),
                Told::Made { because, .. } => format!("made because {because:?}"),
                Told::Problems { new, all } => format!("{} new of {} problems", new.len(), all.len()),
                Told::Moved { url, .. } => format!("moved to {url}"),
            };
            told.lock().unwrap().push(line);
        };
        self.serving = Some(serve::start(&options, Arc::new(tell)).unwrap());
        self
    }

    pub fn stop(&mut self) {
        self.serving = None;
    }

    pub fn serving(&self) -> &Serving {
        self.serving.as_ref().unwrap()
    }

    pub fn port(&self) -> u16 {
        self.serving().port
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[track_caller]
    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, text.replace(from, to));
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[])
    }

    #[track_caller]
    pub fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Reply {
        let host = format!("Host: 127.0.0.1:{}", self.port());
        self.raw(method, path, &[&[&*host], headers].concat())
    }

    /// A request with these headers and no others.
    #[track_caller]
    pub fn raw(&self, method: &str, path: &str, headers: &[&str]) -> Reply {
        let mut stream = self.connect();
        let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        write!(stream, "{method} {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        Reply::parse(&bytes)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port())).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Asks again until the answer is what is waited for.
    #[track_caller]
    pub fn wait_for(&self, path: &str, is_there: impl Fn(&Reply) -> bool) -> Reply {
        let began = Instant::now();
        loop {
            let reply = self.get(path);
            if is_there(&reply) {
                return reply;
            }
            assert!(began.elapsed() < PATIENCE, "{path} stays {} {}", reply.status, reply.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until something is told that has these words: it is told after it is shown.
    #[track_caller]
    pub fn wait_told(&self, words: &str) {
        let began = Instant::now();
        while !self.told.lock().unwrap().iter().any(|line| line.contains(words)) {
            assert!(began.elapsed() < PATIENCE, "{words:?} is not told: {:?}", self.told.lock().unwrap());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// A tab that shows a page: it loads it, and listens.
    #[track_caller]
    pub fn tab(&self, path: &str) -> Tab {
        let page = self.get(path);
        self.tab_of(path, &page.attribute("data-handbill-version"), &page.attribute("data-handbill-seen"))
    }

    /// A tab with a page that was loaded before.
    pub fn tab_of(&self, path: &str, version: &str, seen: &str) -> Tab {
        let mut stream = self.connect();
        let host = self.port();
        write!(
            stream,
            "GET /_handbill/events?page={path}&version={version}&seen={seen} HTTP/1.1\r\nHost: 127.0.0.1:{host}\r\n\r\n"
        )
        .unwrap();
        Tab { lines: BufReader::new(stream) }
    }
}

/// An open page's stream of events.
pub struct Tab {
    lines: BufReader<TcpStream>,
}

impl Tab {
    /// The next event, with its data; none when the stream has ended.
    pub fn next(&mut self) -> Option<(String, serde_json::Value)> {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if let Some(found) = line.strip_prefix("event: ") {
                name = found.trim().to_owned();
            } else if let Some(data) = line.strip_prefix("data: ") {
                return Some((name, serde_json::from_str(data.trim()).unwrap()));
            }
        }
    }

    /// What is wrong, once it is told with so many mistakes. A file that is being written may be told of half-way.
    #[track_caller]
    pub fn mistakes(&mut self, count: u64, wanted: &str) -> String {
        loop {
            let problems = self.next_of("problems");
            let texts = problems["items"].as_array().unwrap().iter().filter_map(|item| item["text"].as_str());
            let told = texts.collect::<Vec<_>>().join("\n");
            if problems["errors"] == count && told.contains(wanted) {
                return told;
            }
        }
    }

    /// The data of the next event of this name; others are passed over.
    #[track_caller]
    pub fn next_of(&mut self, wanted: &str) -> serde_json::Value {
        loop {
            match self.next() {
                Some((name, data)) if name == wanted => return data,
                Some(_) => {}
                None => panic!("the stream ended before `{wanted}`"),
            }
        }
    }
}

/// What was answered.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Self { status, headers, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn has(&self, piece: &str) -> bool {
        self.text().contains(piece)
    }

    /// The value of an attribute of the script that is added to pages.
    #[track_caller]
    pub fn attribute(&self, name: &str) -> String {
        let text = self.text();
        let value = text.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        value.map(|(value, _)| value.to_owned()).unwrap_or_else(|| panic!("no {name} in {text}"))
    }

    /// The body without the script that is added to pages.
    pub fn published(&self) -> Vec<u8> {
        let text = self.text();
        let Some(at) = text.rfind("<script src=\"/_handbill/live.js\"") else { return self.body.clone() };
        let end = at + text[at..].find("</script>").unwrap() + "</script>".len();
        format!("{}{}", &text[..at], &text[end..]).into_bytes()
    }
}
