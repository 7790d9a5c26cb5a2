//! A whole site in one string, built in memory.
//!
//! ```text
//! === content/news/first.md
//! +++
//! titel = "First" #~ HB0101 ‹titel› … did you mean `title`
//! +++
//! ```
//!
//! A line `=== PATH` begins a file. What follows ` #~ ` on a line is no part of the file: it names a diagnostic that is
//! expected there, by its code and, after it, pieces of its text with `…` between them (the text under the caret stands
//! in ‹›, then message and help). A mark on the header line means the file as a whole.

mod built;
mod crawl;
mod marks;
mod vocabulary;

pub use built::Built;
pub use crawl::{attributes, broken_links};
pub use vocabulary::{nodes, structured_data, vocabulary};

use handbill::build::{self, Options, SharedWorld, Stopwatch};
use handbill::config::Overrides;
use handbill::explain::Answer;
use handbill::site::Clock;
use handbill::source::{FileRef, Listing, MemoryWorld, World};
use marks::Mark;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

const CONFIG: &str = "title = \"Test Campaign\"
base_url = \"https://example.org/\"
language = \"en-GB\"
timezone = \"Europe/London\"
";

/// The build's time where a test does not say another.
const NOW: &str = "2026-11-23T12:00:00Z";

/// A site about to be built.
#[derive(Clone)]
pub struct SiteText {
    files: BTreeMap<String, Vec<u8>>,
    marks: Vec<Mark>,
    now: String,
    drafts: bool,
    future: bool,
    backwards: bool,
    overrides: Overrides,
}

/// Reads a site's text.
pub fn site(text: &str) -> SiteText {
    let mut site = SiteText {
        files: BTreeMap::new(),
        marks: Vec::new(),
        now: NOW.to_owned(),
        drafts: false,
        future: false,
        backwards: false,
        overrides: Overrides::default(),
    };
    let mut path: Option<String> = None;
    let mut line_number = 0;
    for line in text.lines() {
        let (line, marks) = marks::split(line);
        if let Some(header) = line.strip_prefix("=== ") {
            site.files.insert(header.trim().to_owned(), Vec::new());
            path = Some(header.trim().to_owned());
            line_number = 0;
        } else if let Some(bytes) = path.as_ref().and_then(|path| site.files.get_mut(path)) {
            line_number += 1;
            bytes.extend_from_slice(line.as_bytes());
            bytes.push(b'\n');
        } else {
            assert!(line.trim().is_empty(), "text before the first file: {line}");
        }
        site.marks.extend(marks.into_iter().map(|text| Mark::new(path.as_deref(), line_number, text)));
    }
    site.files.entry("handbill.toml".to_owned()).or_insert_with(|| CONFIG.as_bytes().to_vec());
    site
}

/// A page's file with a title and nothing else in its front matter.
pub fn page(path: &str, body: &str) -> SiteText {
    site(&format!("=== {path}\n+++\ntitle = \"Here\"\n+++\n{body}"))
}

impl SiteText {
    pub fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }

    /// Adds to the configuration.
    pub fn config(mut self, text: &str) -> Self {
        let bytes = self.files.entry("handbill.toml".to_owned()).or_default();
        bytes.extend_from_slice(text.as_bytes());
        bytes.push(b'\n');
        self
    }

    /// The build's time: a date means its first moment in UTC.
    pub fn now(mut self, now: &str) -> Self {
        self.now = if now.len() == 10 { format!("{now}T00:00:00Z") } else { now.to_owned() };
        self
    }

    pub fn drafts(mut self) -> Self {
        self.drafts = true;
        self
    }

    pub fn future(mut self) -> Self {
        self.future = true;
        self
    }

    pub fn base_url(mut self, url: &str) -> Self {
        self.overrides.base_url = Some(url.to_owned());
        self
    }

    pub fn environment(mut self, name: &str) -> Self {
        self.overrides.environment = Some(name.to_owned());
        self
    }

    /// Lists every folder's files in the opposite order.
    pub fn backwards(mut self) -> Self {
        self.backwards = true;
        self
    }

    /// The site's files as a world, and how it is built.
    fn opened(&self) -> (SharedWorld, Options) {
        let mut world = MemoryWorld::new();
        for (path, bytes) in &self.files {
            world.insert(path.as_str(), bytes.as_slice());
        }
        let world: SharedWorld = Arc::new(Ordered { world, backwards: self.backwards });
        let clock = Clock { now: self.now.parse().expect("a time"), drafts: self.drafts, future: self.future };
        (world, Options { config: "handbill.toml".to_owned(), overrides: self.overrides.clone(), clock })
    }

    pub fn build(&self) -> Built {
        let (world, options) = self.opened();
        let loaded = build::load(&world, &options, &mut Stopwatch::new()).expect("files in memory can be read");
        let rendered = loaded.engine.as_ref().map(|engine| build::render_all(engine, &*world));
        Built::new(loaded, rendered, self.files.clone())
    }

    /// What `handbill explain` answers.
    pub fn explain(&self, asked: &str) -> Answer {
        let (world, options) = self.opened();
        let explained = handbill::explain::explain(&world, &options, asked).expect("files in memory can be read");
        explained.answer.expect("a configuration")
    }

    /// Builds, and holds what was reported against the marks: neither more nor less.
    #[track_caller]
    pub fn check(&self) -> Built {
        let built = self.build();
        marks::compare(&self.marks, &built.reported());
        built
    }
}

/// Builds a site and holds what was reported against its marks.
#[track_caller]
pub fn check(text: &str) -> Built {
    site(text).check()
}

/// A world that can list its files in either order, as disks do.
struct Ordered {
    world: MemoryWorld,
    backwards: bool,
}

impl World for Ordered {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.world.read(path)
    }

    fn list(&self, folder: &str) -> io::Result<Listing> {
        let mut listing = self.world.list(folder)?;
        if self.backwards {
            listing.files.reverse();
        }
        Ok(listing)
    }

    fn disk_path(&self, _: &str) -> Option<PathBuf> {
        None
    }

    fn exists(&self, path: &str) -> bool {
        self.world.exists(path)
    }
}

/// A diagnostic as tests see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// None for a mistake of the whole site.
    pub file: Option<FileRef>,
    /// 0 for a mistake of the whole file.
    pub line: u32,
    pub column: u32,
    pub code: &'static str,
    /// ‹what is under the caret›, message and help.
    pub text: String,
}
