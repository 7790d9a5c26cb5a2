//! Every way in which files change on disk is told, and nothing else is.
#![allow(clippy::disallowed_methods)]

use handbill::serve::watch::{Changes, Watcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The longest that a change may take to be told: far more than it needs.
const PATIENCE: Duration = Duration::from_secs(20);

/// A site's folder that is watched.
struct Watched {
    folder: TempDir,
    told: Receiver<Changes>,
    watcher: Option<Watcher>,
}

impl Watched {
    /// Prepares the folder, then watches it as `handbill serve` does, or by polling.
    fn new(prepare: impl FnOnce(&Path), polling: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        for path in ["content/news", "content/groups", "templates", "themes/own/templates", "static", "public"] {
            fs::create_dir_all(root.join(path)).unwrap();
        }
        fs::write(root.join("handbill.toml"), "title = \"Test\"\n").unwrap();
        fs::write(root.join("content/news/one.md"), "one\n").unwrap();
        fs::write(root.join("content/news/two.md"), "two\n").unwrap();
        prepare(&root);
        let mut watched = Self { folder, told: mpsc::channel().1, watcher: None };
        watched.watch(&root, polling);
        watched
    }

    fn watch(&mut self, root: &Path, polling: bool) {
        let (tell, told) = mpsc::channel();
        let tell = move |changes| drop(tell.send(changes));
        let start = if polling { Watcher::polling } else { Watcher::start };
        let watcher = start(root, vec![PathBuf::from("public")], tell).unwrap();
        self.told = told;
        self.watcher = Some(watcher);
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Waits until all these were told, and returns all that was told. A folder stands for what is in it.
    fn expect(&self, paths: &[&str]) -> Vec<String> {
        let until = Instant::now() + PATIENCE;
        let mut told: Vec<String> = Vec::new();
        let mut missing: Vec<&str> = paths.to_vec();
        while !missing.is_empty() {
            match self.told.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Changes::Everything) => return vec!["everything".to_owned()],
                Ok(Changes::Files(files)) => told.extend(files),
                Err(_) => panic!("{missing:?} was not told; told was {told:?}"),
            }
            missing.retain(|path| !told.iter().any(|told| Path::new(path).starts_with(told)));
        }
        told
    }
}

/// Does something to a watched site, by events and by polling, and expects these paths to be told.
fn check(prepare: fn(&Path), action: fn(&Path), expected: &[&str]) {
    for polling in [false, true] {
        let watched = Watched::new(prepare, polling);
        action(&watched.root());
        watched.expect(expected);
    }
}

fn nothing(_: &Path) {}

#[test]
fn saves_of_all_kinds_are_told() {
    let one = &["content/news/one.md"];
    check(nothing, |root| fs::write(root.join("content/news/one.md"), "changed\n").unwrap(), one);
    // Written beside it, then moved over it.
    let beside = |root: &Path| {
        fs::write(root.join("content/news/.one.md.swp"), "changed\n").unwrap();
        fs::rename(root.join("content/news/.one.md.swp"), root.join("content/news/one.md")).unwrap();
    };
    check(nothing, beside, one);
    // The old one moved away, a new one written, the old one deleted.
    let moved_away = |root: &Path| {
        fs::rename(root.join("content/news/one.md"), root.join("content/news/one.md~")).unwrap();
        fs::write(root.join("content/news/one.md"), "changed\n").unwrap();
        fs::remove_file(root.join("content/news/one.md~")).unwrap();
    };
    check(nothing, moved_away, one);
    // Written elsewhere, with the time of writing of the old one.
    let kept_time = |root: &Path| {
        let file = root.join("content/news/one.md");
        let before = file.metadata().unwrap().modified().unwrap();
        fs::write(root.join("away"), "eno\n").unwrap();
        fs::File::options().write(true).open(root.join("away")).unwrap().set_modified(before).unwrap();
        fs::rename(root.join("away"), file).unwrap();
    };
    check(nothing, kept_time, one);
    check(nothing, |root| fs::remove_file(root.join("content/news/one.md")).unwrap(), one);
    check(nothing, |root| fs::write(root.join("handbill.toml"), "title = \"New\"\n").unwrap(), &["handbill.toml"]);
    check(nothing, |root| fs::write(root.join("static/new.css"), "a {}\n").unwrap(), &["static/new.css"]);
    let template = |root: &Path| fs::write(root.join("themes/own/templates/page.html"), "new").unwrap();
    check(nothing, template, &["themes/own/templates/page.html"]);
}

#[test]
fn many_files_at_once_are_told() {
    let names: Vec<String> = (0..300).map(|n| format!("content/groups/g{n}.md")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let checkout = |root: &Path| {
        for n in 0..300 {
            fs::write(root.join(format!("content/groups/g{n}.md")), "text\n").unwrap();
        }
    };
    check(nothing, checkout, &names);
}

#[test]
fn folders_are_told_with_what_is_in_them() {
    let new = |root: &Path| {
        fs::create_dir_all(root.join("content/a/b/c/d")).unwrap();
        fs::write(root.join("content/a/b/c/d/deep.md"), "text\n").unwrap();
    };
    check(nothing, new, &["content/a/b/c/d/deep.md"]);
    let renamed = |root: &Path| fs::rename(root.join("content/news"), root.join("content/posts")).unwrap();
    check(nothing, renamed, &["content/news/one.md", "content/posts/one.md"]);
    let moved_out = |root: &Path| fs::rename(root.join("content/news"), root.join("../news")).unwrap();
    check(nothing, moved_out, &["content/news/one.md"]);
    let deleted = |root: &Path| fs::remove_dir_all(root.join("content/news")).unwrap();
    check(nothing, deleted, &["content/news/two.md"]);
    // A folder of sources that was not there.
    let data = |root: &Path| {
        fs::create_dir(root.join("data")).unwrap();
        fs::write(root.join("data/numbers.toml"), "count = 1\n").unwrap();
    };
    check(nothing, data, &["data/numbers.toml"]);
}

#[test]
fn what_happens_in_new_and_moved_folders_afterwards_is_told() {
    for polling in [false, true] {
        let watched = Watched::new(nothing, polling);
        let root = watched.root();
        fs::create_dir_all(root.join("content/a/b")).unwrap();
        fs::write(root.join("content/a/b/one.md"), "one\n").unwrap();
        watched.expect(&["content/a/b/one.md"]);
        fs::write(root.join("content/a/b/two.md"), "two\n").unwrap();
        watched.expect(&["content/a/b/two.md"]);
        fs::rename(root.join("content/a"), root.join("content/z")).unwrap();
        watched.expect(&["content/a/b/two.md", "content/z/b/two.md"]);
        fs::write(root.join("content/z/b/two.md"), "changed\n").unwrap();
        watched.expect(&["content/z/b/two.md"]);
        // The name comes back, with other content.
        fs::create_dir_all(root.join("content/a/b")).unwrap();
        fs::write(root.join("content/a/b/three.md"), "three\n").unwrap();
        watched.expect(&["content/a/b/three.md"]);
        // A folder of sources is deleted and made again.
        fs::remove_dir_all(root.join("content")).unwrap();
        watched.expect(&["content/news/one.md"]);
        fs::create_dir_all(root.join("content/news")).unwrap();
        fs::write(root.join("content/news/one.md"), "again\n").unwrap();
        watched.expect(&["content/news/one.md"]);
        fs::write(root.join("content/news/one.md"), "and again\n").unwrap();
        watched.expect(&["content/news/one.md"]);
    }
}

#[test]
fn a_site_that_is_deleted_and_made_again_is_watched_again() {
    for polling in [false, true] {
        let watched = Watched::new(nothing, polling);
        let root = watched.root();
        fs::remove_dir_all(&root).unwrap();
        watched.expect(&["content/news/one.md"]);
        fs::create_dir_all(root.join("content/news")).unwrap();
        let until = Instant::now() + PATIENCE;
        // What was made while nobody watched may be told as everything.
        for n in 0.. {
            fs::write(root.join("content/news/one.md"), format!("{n}\n")).unwrap();
            match watched.told.recv_timeout(Duration::from_millis(300)) {
                Ok(Changes::Files(files)) if files.iter().any(|path| path == "content/news/one.md") => break,
                _ => assert!(Instant::now() < until, "it is not watched again"),
            }
        }
    }
}

#[test]
fn only_what_can_matter_is_told() {
    let watched = Watched::new(|root| fs::create_dir(root.join(".git")).unwrap(), false);
    let root = watched.root();
    for _ in 0..3 {
        fs::read(root.join("content/news/one.md")).unwrap();
        fs::read_dir(root.join("content")).unwrap().for_each(drop);
        fs::write(root.join("public/index.html"), "made").unwrap();
        fs::write(root.join(".git/index"), "made").unwrap();
        fs::write(root.join("content/news/.one.md.swp"), "scratch").unwrap();
        fs::write(root.join("content/news/one.md~"), "scratch").unwrap();
    }
    // What comes first is told first: when this is told, all before it would have been.
    fs::write(root.join("static/last.txt"), "last").unwrap();
    assert_eq!(watched.expect(&["static/last.txt"]), ["static/last.txt"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_what_changes() {
    use std::os::unix::fs::symlink;
    // To a folder that is not watched for itself, and to a file there.
    let prepare = |root: &Path| {
        fs::create_dir_all(root.join(".kept/theme/templates")).unwrap();
        fs::write(root.join(".kept/note.md"), "note\n").unwrap();
        symlink("../.kept/theme", root.join("themes/linked")).unwrap();
        symlink("../.kept/note.md", root.join("content/note.md")).unwrap();
    };
    check(
        prepare,
        |root| fs::write(root.join("themes/linked/templates/page.html"), "new").unwrap(),
        &["themes/linked/templates/page.html"],
    );
    check(prepare, |root| fs::write(root.join(".kept/note.md"), "changed\n").unwrap(), &["content/note.md"]);
    // Made later.
    let later = |root: &Path| {
        symlink("../.kept/theme", root.join("content/theme")).unwrap();
        fs::write(root.join(".kept/theme/page.md"), "new").unwrap();
    };
    check(prepare, later, &["content/theme/page.md"]);
}

#[cfg(unix)]
#[test]
fn files_are_told_that_are_written_under_another_name() {
    let write = |root: &Path| fs::write(root.join("../elsewhere.md"), "changed\n").unwrap();
    // There from the beginning.
    let linked = |root: &Path| fs::hard_link(root.join("content/news/one.md"), root.join("../elsewhere.md")).unwrap();
    check(linked, write, &["content/news/one.md"]);
    // And again, once it has been told.
    let watched = Watched::new(linked, false);
    write(&watched.root());
    watched.expect(&["content/news/one.md"]);
    fs::write(watched.root().join("../elsewhere.md"), "changed again\n").unwrap();
    watched.expect(&["content/news/one.md"]);
    // Two names in one site.
    let both =
        |root: &Path| fs::hard_link(root.join("content/news/one.md"), root.join("content/groups/one.md")).unwrap();
    let one = |root: &Path| fs::write(root.join("content/news/one.md"), "changed\n").unwrap();
    check(both, one, &["content/news/one.md", "content/groups/one.md"]);
    // Linked into the site later.
    let watched = Watched::new(|root| fs::write(root.join("../elsewhere.md"), "text\n").unwrap(), false);
    fs::hard_link(watched.root().join("../elsewhere.md"), watched.root().join("content/news/new.md")).unwrap();
    watched.expect(&["content/news/new.md"]);
    write(&watched.root());
    watched.expect(&["content/news/new.md"]);
    // A name given to a file outside the site makes no event either: it is found by searching, with what was written.
    let watched = Watched::new(nothing, false);
    linked(&watched.root());
    write(&watched.root());
    watched.expect(&["content/news/one.md"]);
}

#[cfg(unix)]
#[test]
fn a_root_that_is_a_link_is_watched() {
    for polling in [false, true] {
        let mut watched = Watched::new(nothing, polling);
        let link = watched.folder.path().join("link");
        std::os::unix::fs::symlink(watched.root(), &link).unwrap();
        watched.watch(&link, polling);
        fs::write(link.join("content/news/one.md"), "changed\n").unwrap();
        watched.expect(&["content/news/one.md"]);
        fs::write(watched.root().join("public/index.html"), "made").unwrap();
        fs::write(watched.root().join("static/last.txt"), "last").unwrap();
        assert!(!watched.expect(&["static/last.txt"]).iter().any(|path| path.starts_with("public")));
    }
}

#[test]
fn there_must_be_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Watcher::start(&folder.path().join("nothing"), Vec::new(), drop).is_err());
    fs::write(folder.path().join("file"), "text").unwrap();
    assert!(Watcher::start(&folder.path().join("file"), Vec::new(), drop).is_err());
}
