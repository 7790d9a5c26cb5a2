//! Whatever happens to the files, the site that is made anew after each change is the one that a clean build makes.
#![allow(clippy::disallowed_methods)]

mod texts;

use handbill::build::{self, Loaded, Options, SharedWorld, Stopwatch};
use handbill::config::Overrides;
use handbill::diagnostic::Diagnostic;
use handbill::emit::{self, Content};
use handbill::serve::rebuild::Rebuilder;
use handbill::serve::watch::{Changes, Watcher};
use handbill::site::{Clock, Job};
use handbill::source::{DiskWorld, World};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// The longest that the watcher may take until the site is as it should be: far more than it needs.
const PATIENCE: Duration = Duration::from_secs(30);

fn clock() -> Clock {
    Clock { now: "2026-11-23T12:00:00Z".parse().unwrap(), drafts: false, future: false }
}

fn options() -> Options {
    options_at(clock())
}

fn options_at(clock: Clock) -> Options {
    Options { config: "handbill.toml".to_owned(), overrides: Overrides::default(), clock }
}

/// All that a site shows: what reading and linking noticed, and each of its files, or why it could not be rendered. No
/// files where there is no theme to render them with.
type Shown = (Vec<Diagnostic>, Vec<(String, Result<Vec<u8>, Vec<Diagnostic>>)>);

fn shown(loaded: &Loaded, root: &Path) -> Shown {
    let world = DiskWorld::new(root).unwrap();
    let files = loaded.engine.as_ref().map(|engine| {
        let rendered = |job: &Job| match emit::render(engine, job)? {
            Content::Bytes(bytes) => Ok(bytes.into_owned()),
            Content::File(file) => Ok(world.read(file).unwrap()),
        };
        let jobs = engine.site().jobs.par_iter();
        jobs.map(|job| (job.output.as_str().to_owned(), rendered(job))).collect()
    });
    (loaded.diagnostics.clone(), files.unwrap_or_default())
}

fn clean_build(root: &Path) -> Loaded {
    clean_build_at(root, clock())
}

fn clean_build_at(root: &Path, clock: Clock) -> Loaded {
    let world: SharedWorld = Arc::new(DiskWorld::new(root).unwrap());
    build::load(&world, &options_at(clock), &mut Stopwatch::new()).unwrap()
}

/// Fails with what differs, in short.
fn assert_same(ours: &Shown, clean: &Shown, when: &str) {
    if let Some(difference) = difference(ours, clean) {
        panic!("{when}: {difference}");
    }
}

fn difference(ours: &Shown, clean: &Shown) -> Option<String> {
    let only = |these: &[Diagnostic], those: &[Diagnostic]| -> Vec<String> {
        let only = these.iter().filter(|one| !those.contains(one));
        only.map(|one| format!("{:?}: {}", one.file, one.message)).collect()
    };
    if ours.0 != clean.0 {
        let (more, fewer) = (only(&ours.0, &clean.0), only(&clean.0, &ours.0));
        return Some(format!("only ours: {more:#?}; only of the clean build: {fewer:#?}"));
    }
    let paths = |shown: &Shown| shown.1.iter().map(|(path, _)| path.clone()).collect::<BTreeSet<_>>();
    if paths(ours) != paths(clean) {
        return Some(format!("other files: {:?}", paths(ours).symmetric_difference(&paths(clean)).collect::<Vec<_>>()));
    }
    let unlike: Vec<_> =
        ours.1.iter().zip(&clean.1).filter(|(one, other)| one != other).map(|(one, _)| &one.0).collect();
    (!unlike.is_empty()).then(|| format!("files that differ: {unlike:?}"))
}

/// Numbers that look random and are the same each time (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

const FOLDERS: &[&str] = &["news", "groups", "events", "aims", "statements", "actions", "team", "news/2026", "about"];
const NAMES: &[&str] = &["one", "two", "three", "four", "index", "_index", "one.cy", "two.cy"];

const CONFIGS: &[&str] = &[
    "title = \"Buses\"\nbase_url = \"https://buses.example/\"\nlanguage = \"en-GB\"\ntimezone = \"Europe/London\"\n",
    "title = \"Better Buses\"\nbase_url = \"https://buses.example/x/\"\nlanguage = \"en-GB\"\ntimezone = \"Europe/London\"\ntheme = \"own\"\n[languages.cy]\ntitle = \"Bysiau\"\n",
    "title = \"Buses\"\nbase_url = \"https://buses.example/\"\nlanguage = \"en-GB\"\ntimezone = \"Europe/London\"\ntheme = \"own\"\n",
    "title = \"Buses\nbase_url",
];

const TEMPLATES: &[&str] = &[
    "{% extends \"base.html\" %}\n{% block main %}<h1>{{ page.title }}</h1>{{ page.content | safe }}{% endblock %}\n",
    "<p>{{ page.title }} {{ load_data(path=\"data/numbers.toml\").count }}</p>\n",
    "<p>{{ page.title }}</p><link href=\"{{ asset(path=\"style.css\") }}\">\n",
    "<p>{{ page.nothing.of.it }}</p>\n",
];

/// Does things to a folder as editors, version control and file managers do them, and knows what it touched.
struct Storm {
    root: PathBuf,
    random: Random,
    touched: BTreeSet<String>,
}

impl Storm {
    fn new(root: &Path, seed: u64) -> Self {
        let mut storm = Self { root: root.to_owned(), random: Random(seed), touched: BTreeSet::new() };
        storm.write("handbill.toml", CONFIGS[0].as_bytes());
        storm.write("data/numbers.toml", b"count = 1\n");
        storm.write("static/style.css", b"a {}\n");
        for _ in 0..25 {
            storm.write_document();
        }
        storm
    }

    fn touch(&mut self, path: &str) -> PathBuf {
        self.touched.insert(path.to_owned());
        self.root.join(path)
    }

    /// Writes a file and the folders it needs. What stands in the way stays.
    fn write(&mut self, path: &str, bytes: &[u8]) {
        let mut above = path;
        while let Some((folder, _)) = above.rsplit_once('/') {
            if !self.root.join(folder).exists() {
                self.touch(folder);
            }
            above = folder;
        }
        let file = self.touch(path);
        let _ = file.parent().map(fs::create_dir_all);
        let _ = match self.random.below(3) {
            // Beside it, then moved over it.
            0 => {
                let beside = self.touch(&format!("{path}.new"));
                fs::write(&beside, bytes)
                    .and_then(|()| fs::rename(&beside, &file))
                    .or_else(|_| fs::remove_file(&beside))
            }
            // The old one moved away first.
            1 if file.is_file() => {
                let old = self.touch(&format!("{path}~"));
                let _ = fs::rename(&file, &old);
                let _ = fs::write(&file, bytes);
                fs::remove_file(&old)
            }
            _ => fs::write(&file, bytes),
        };
    }

    fn document_path(&mut self) -> String {
        let folder = self.random.pick(FOLDERS);
        let name = self.random.pick(NAMES);
        match self.random.below(12) {
            0 => "content/_index.md".to_owned(),
            1 => format!("content/{name}.md"),
            2 => format!("content/{folder}/bundle/index.md"),
            _ => format!("content/{folder}/{name}.md"),
        }
    }

    fn write_document(&mut self) {
        let path = self.document_path();
        let number = self.random.below(1_000);
        let other = self.document_path();
        let link = other.strip_prefix("content/").unwrap_or(&other);
        let front = match self.random.below(14) {
            0 => "draft = true\n".to_owned(),
            1 => "this is no TOML\n".to_owned(),
            2 => format!("slug = \"same\"\nweight = {number}\n"),
            3 => format!("aliases = [\"/old/{number}/\"]\n"),
            4 => "kind = \"event\"\nstart = 2026-12-01T19:00:00\ngroups = [\"one\"]\naims = [\"two\"]\n".to_owned(),
            5 => "kind = \"statement\"\nsignatories = \"names.csv\"\n".to_owned(),
            6 => "kind = \"group\"\nplace = \"Leeds\"\nparent = \"two\"\n".to_owned(),
            7 => format!("date = 2026-{:02}-01\n", number % 12 + 1),
            8 => "[[menu]]\nmenu = \"main\"\n".to_owned(),
            _ => format!("tags = [\"tag {}\", \"fares\"]\n", number % 7),
        };
        let body = match self.random.below(4) {
            0 => format!("[there](@/{link})\n"),
            1 => "![a picture](picture.png) and [a file](/style.css)\n".to_owned(),
            2 => "## A heading\n\n{{< button url=\"/\" >}}\n".to_owned(),
            _ => format!("Text number {number}.\n"),
        };
        let text = format!("+++\ntitle = \"Title {number}\"\n{front}+++\n{body}");
        let mut bytes = text.into_bytes();
        if self.random.below(40) == 0 {
            bytes.push(0xff);
        }
        self.write(&path, &bytes);
    }

    /// The path of something that is there, below one of the folders with sources.
    fn something(&mut self, folders: bool) -> Option<String> {
        let tops = ["content", "content", "content", "static", "templates", "themes", "data", "i18n"];
        let top = self.root.join(self.random.pick(&tops));
        let found = walkdir::WalkDir::new(&top).sort_by_file_name().into_iter().filter_map(Result::ok);
        let fits = |entry: &walkdir::DirEntry| entry.file_type().is_dir() == folders;
        let paths: Vec<PathBuf> = found.filter(fits).map(|entry| entry.into_path()).collect();
        let path = paths.get(self.random.below(paths.len().max(1)))?;
        Some(path.strip_prefix(&self.root).unwrap().to_str().unwrap().to_owned())
    }

    fn step(&mut self) {
        let number = self.random.below(1_000);
        match self.random.below(40) {
            0..=17 => self.write_document(),
            18..=20 => {
                if let Some(path) = self.something(false) {
                    let _ = fs::remove_file(self.touch(&path));
                }
            }
            21..=23 => {
                if let Some(from) = self.something(false) {
                    let to = self.document_path();
                    let (old, new) = (self.touch(&from), self.touch(&to));
                    let _ = fs::rename(old, new);
                }
            }
            24 | 25 => self.move_folder(),
            26 => {
                if let Some(path) = self.something(true).filter(|path| path.contains('/')) {
                    let _ = fs::remove_dir_all(self.touch(&path));
                }
            }
            27 => {
                let text = self.random.pick(CONFIGS);
                self.write("handbill.toml", text.as_bytes());
            }
            // Back to one that works, so that there mostly is a site.
            28 | 29 => self.write("handbill.toml", CONFIGS[1].as_bytes()),
            30 | 31 => {
                // What does not even parse leaves no pages to compare: it is put in less often.
                let text = if number.is_multiple_of(5) { "{% if %}\n" } else { self.random.pick(TEMPLATES) };
                let path = self.random.pick(&["templates/page.html", "themes/own/templates/post.html"]);
                self.write(path, text.as_bytes());
            }
            32 => {
                let _ = fs::remove_dir_all(self.touch("templates"));
            }
            33 => {
                let text = match number % 5 {
                    0 => "name =",
                    1 | 2 => "name = \"own\"\n",
                    _ => "name = \"own\"\nextends = \"default\"\n",
                };
                self.write("themes/own/theme.toml", text.as_bytes());
            }
            34 => self.write("data/numbers.toml", format!("count = {number}\n").as_bytes()),
            35 => {
                let path = self.random.pick(&["static/style.css", "static/a/b.txt", "static/robots.txt"]);
                self.write(path, format!("/* {number} */\n").as_bytes());
            }
            36 => {
                let path = self.random.pick(&["content/news/bundle/picture.png", "content/statements/names.csv"]);
                self.write(path, format!("name,consent\nAnn {number},yes\nBob,no\n").as_bytes());
            }
            37 => self.write("i18n/en.toml", format!("read_more = \"More {number}\"\n").as_bytes()),
            38 => self.link(),
            _ => {
                if let Some(path) = self.something(false) {
                    // Written in place, and the time of writing put back: only the bytes tell.
                    let file = self.touch(&path);
                    let before = file.metadata().and_then(|data| data.modified());
                    if let (Ok(bytes), Ok(before)) = (fs::read(&file), before) {
                        let bytes: Vec<u8> =
                            bytes.iter().map(|byte| if *byte == b'1' { b'2' } else { *byte }).collect();
                        let _ = fs::write(&file, bytes);
                        let _ = fs::File::options().write(true).open(&file).and_then(|file| file.set_modified(before));
                    }
                }
            }
        }
    }

    fn move_folder(&mut self) {
        let Some(from) = self.something(true).filter(|path| path.contains('/')) else { return };
        let to = format!("content/{}", self.random.pick(&["moved", "groups", "news", "team/inner", "events"]));
        let (old, new) = (self.touch(&from), self.touch(&to));
        let _ = fs::rename(old, new);
    }

    #[cfg(unix)]
    fn link(&mut self) {
        let path = self.random.pick(&["content/linked.md", "content/linked", "content/news/away.md"]);
        let to = self.random.pick(&["news/one.md", "groups", "/etc/hostname", "nothing.md", "../aims/two.md"]);
        let link = self.touch(path);
        if fs::remove_file(&link).is_err() {
            let _ = std::os::unix::fs::symlink(to, link);
        }
    }

    #[cfg(not(unix))]
    fn link(&mut self) {}

    /// The paths touched since this was last asked.
    fn told(&mut self) -> Vec<String> {
        std::mem::take(&mut self.touched).into_iter().collect()
    }
}

#[test]
fn a_storm_of_changes_ends_in_the_site_of_a_clean_build() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let mut storm = Storm::new(&root, 0x5eed_0001);
    let mut rebuilder = Rebuilder::new(root.clone(), options());
    rebuilder.rebuild(Changes::Everything, clock()).unwrap();
    storm.told();
    let mut rendered = 0;
    for round in 0..ROUNDS {
        for _ in 0..=storm.random.below(2 * EDITS_IN_A_ROUND) {
            storm.step();
        }
        let loaded = rebuilder.rebuild(Changes::Files(storm.told()), clock()).unwrap();
        let clean = clean_build(&root);
        if round % 4 == 0 {
            let ours = shown(&loaded, &root);
            rendered += ours.1.iter().filter(|(_, file)| file.is_ok()).count();
            assert_same(&ours, &shown(&clean, &root), &format!("round {round}"));
        } else {
            let noticed = |loaded: Loaded| (loaded.diagnostics, Vec::new());
            assert_same(&noticed(loaded), &noticed(clean), &format!("round {round}"));
        }
    }
    assert!(rendered > 500, "a storm that leaves no site to look at tests nothing: {rendered} files");
}

/// So many edits a round on average.
const EDITS_IN_A_ROUND: usize = 30;
const ROUNDS: usize = 80;

#[test]
fn the_watcher_misses_nothing_of_a_storm() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let mut storm = Storm::new(&root, 0x5eed_0002);
    let (tell, told) = mpsc::channel();
    let _watcher = Watcher::start(&root, vec!["public".into()], move |changes| drop(tell.send(changes))).unwrap();
    let mut rebuilder = Rebuilder::new(root.clone(), options());
    rebuilder.rebuild(Changes::Everything, clock()).unwrap();
    for _ in 0..4 {
        for edit in 0..400 {
            storm.step();
            // What is read while files still change may be half of it; it must not be the last word.
            if edit % 40 == 0
                && let Ok(changes) = told.try_recv()
            {
                let _ = rebuilder.rebuild(changes, clock());
            }
        }
        let clean = shown(&clean_build(&root), &root);
        let patient_until = Instant::now() + PATIENCE;
        loop {
            let Ok(changes) = told.recv_timeout(patient_until.saturating_duration_since(Instant::now())) else {
                panic!("nothing more is told, and the site is not as it should be");
            };
            let ours = rebuilder.rebuild(changes, clock()).map(|loaded| shown(&loaded, &root));
            let difference = ours.map_or_else(|error| Some(error.to_string()), |ours| difference(&ours, &clean));
            match difference {
                None => break,
                Some(difference) => assert!(Instant::now() < patient_until, "{difference}"),
            }
        }
    }
}

#[test]
fn what_cannot_be_read_is_read_again_when_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let mut rebuilder = Rebuilder::new(root.clone(), options());
    assert!(rebuilder.rebuild(Changes::Everything, clock()).is_err(), "there is no folder");
    fs::create_dir_all(root.join("content")).unwrap();
    fs::write(root.join("handbill.toml"), CONFIGS[0]).unwrap();
    let loaded = rebuilder.rebuild(Changes::Files(Vec::new()), clock()).unwrap();
    assert!(loaded.site().is_some() && !loaded.has_errors());
    fs::remove_dir_all(&root).unwrap();
    assert!(rebuilder.rebuild(Changes::Everything, clock()).is_err());
    fs::create_dir_all(root.join("content/news")).unwrap();
    fs::write(root.join("handbill.toml"), CONFIGS[0]).unwrap();
    fs::write(root.join("content/news/one.md"), "+++\ntitle = \"One\"\n+++\n").unwrap();
    let loaded = rebuilder.rebuild(Changes::Everything, clock()).unwrap();
    assert_eq!(loaded.documents, 1);
}

#[test]
fn the_clock_moves_on_without_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    fs::create_dir_all(root.join("content/news")).unwrap();
    fs::write(root.join("handbill.toml"), CONFIGS[0]).unwrap();
    let text = "+++\ntitle = \"One\"\npublish_from = 2026-12-01\n+++\n";
    fs::write(root.join("content/news/one.md"), text).unwrap();
    let mut rebuilder = Rebuilder::new(root, options());
    let mut pages = |now: &str| {
        let clock = Clock { now: now.parse().unwrap(), ..clock() };
        let loaded = rebuilder.rebuild(Changes::Files(Vec::new()), clock).unwrap();
        loaded.site().unwrap().jobs.iter().filter(|job| job.url == "/news/one/").count()
    };
    assert_eq!(pages("2026-11-30T00:00:00Z"), 0);
    assert_eq!(pages("2026-12-02T00:00:00Z"), 1);
}
