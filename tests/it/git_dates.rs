//! Dates from Git.
#![allow(clippy::disallowed_methods)]

use handbill::build::{self, Loaded, Options, SharedWorld, Stopwatch};
use handbill::config::Overrides;
use handbill::site::Clock;
use handbill::source::DiskWorld;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

const CONFIG: &str = "title = \"T\"\nbase_url = \"https://example.org/\"\nupdated_from_git = true\n";

fn write(root: &Path, path: &str, text: &str) {
    std::fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
    std::fs::write(root.join(path), text).unwrap();
}

fn git(root: &Path, at: &str, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(root)
        .args([
            "-c",
            "user.name=N",
            "-c",
            "user.email=n@example.org",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .env("GIT_AUTHOR_DATE", at)
        .env("GIT_COMMITTER_DATE", at)
        .output()
        .expect("git is needed for this test");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with two commits, and the site in a folder of it.
fn repository() -> tempfile::TempDir {
    let top = tempfile::tempdir().unwrap();
    let root = top.path();
    git(root, "", &["init", "--quiet", "."]);
    write(root, "site/handbill.toml", CONFIG);
    write(root, "site/content/a.md", "+++\ntitle = \"A\"\n+++\n");
    write(root, "site/content/caf\u{e9} \"x\".md", "+++\ntitle = \"B\"\n+++\n");
    write(root, "site/content/own.md", "+++\ntitle = \"C\"\nupdated = 2020-01-01\n+++\n");
    git(root, "2026-01-01T12:00:00Z", &["add", "-A"]);
    git(root, "2026-01-01T12:00:00Z", &["commit", "--quiet", "-m", "one"]);
    write(root, "site/content/a.md", "+++\ntitle = \"A\"\n+++\nMore.\n");
    git(root, "2026-02-01T12:00:00+02:00", &["commit", "--quiet", "-am", "two"]);
    write(root, "site/content/new.md", "+++\ntitle = \"D\"\n+++\n");
    top
}

fn load(root: &Path) -> Loaded {
    let world: SharedWorld = Arc::new(DiskWorld::new(root).unwrap());
    let clock = Clock { now: "2026-11-23T12:00:00Z".parse().unwrap(), drafts: false, future: false };
    let options = Options { config: "handbill.toml".to_owned(), overrides: Overrides::default(), clock };
    build::load(&world, &options, &mut Stopwatch::new()).unwrap()
}

fn updated(loaded: &Loaded, title: &str) -> Option<String> {
    let site = loaded.site().unwrap();
    let page = site.pages.iter().find(|page| page.title() == title).unwrap();
    let updated = page.document.common.updated.as_ref()?;
    Some(updated.value.timestamp(&site.config.timezone).to_string())
}

fn codes(loaded: &Loaded) -> Vec<&str> {
    loaded.diagnostics.iter().map(|problem| problem.code.id).collect()
}

#[test]
fn pages_are_dated_by_the_last_commit_that_changed_them() {
    let top = repository();
    let loaded = load(&top.path().join("site"));
    assert_eq!(codes(&loaded), Vec::<&str>::new(), "{:?}", loaded.diagnostics);
    assert_eq!(updated(&loaded, "A").as_deref(), Some("2026-02-01T10:00:00Z"));
    assert_eq!(updated(&loaded, "B").as_deref(), Some("2026-01-01T12:00:00Z"));
    assert_eq!(updated(&loaded, "C").as_deref(), Some("2020-01-01T00:00:00Z"), "what an author writes counts");
    assert_eq!(updated(&loaded, "D"), None, "what was never committed has no date");
}

#[test]
fn nothing_is_taken_that_was_not_asked_for() {
    let top = repository();
    write(top.path(), "site/handbill.toml", &CONFIG.replace("true", "false"));
    assert_eq!(updated(&load(&top.path().join("site")), "A"), None);
}

#[test]
fn a_history_that_is_cut_off_gives_no_false_dates() {
    let top = repository();
    let from = format!("file://{}", top.path().display());
    git(top.path(), "", &["clone", "--quiet", "--depth", "1", &from, "shallow"]);
    let root = top.path().join("shallow/site");
    let loaded = load(&root);
    assert_eq!(codes(&loaded), ["HB1108"]);
    assert!(loaded.diagnostics[0].message.contains("cut off"), "{:?}", loaded.diagnostics);
    assert_eq!(updated(&loaded, "B"), None);
    assert!(!loaded.has_errors());
}

#[test]
fn a_folder_that_is_in_no_repository_is_told() {
    let top = tempfile::tempdir().unwrap();
    write(top.path(), "handbill.toml", CONFIG);
    write(top.path(), "content/a.md", "+++\ntitle = \"A\"\n+++\n");
    let loaded = load(top.path());
    assert_eq!(codes(&loaded), ["HB1108"]);
    assert!(loaded.diagnostics[0].message.contains("no repository"), "{:?}", loaded.diagnostics);
}
