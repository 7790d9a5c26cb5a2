//! What cannot be read any more stays as it last was, and comes back by itself.

use super::client::Site;
use std::fs;
use std::path::Path;

/// A page that was shown, one that was not, and the list of both, while their files are away.
#[track_caller]
fn check_stays_while_away(away: impl FnOnce(&Site), back: impl FnOnce(&Site), told: &str) {
    let site = Site::new("https://example.org/").served();
    let mut tab = site.tab("/news/first/");
    assert_eq!(tab.next_of("problems")["errors"], 0);
    away(&site);
    let said = tab.mistakes(1, "HB0901");
    assert!(said.contains(told), "{said}");
    for (path, words) in [("/news/first/", "Old words"), ("/about/", "About us."), ("/news/", "Second")] {
        let page = site.get(path);
        assert!(page.status == 200 && page.has(words), "{path}: {} {}", page.status, page.text());
    }
    let editors = site.get("/_handbill/");
    assert!(editors.has("HB0901") && editors.has("content/about.md"), "{}", editors.text());
    back(&site);
    tab.mistakes(0, "");
    site.replace("content/news/first.md", "Old words", "New words");
    site.wait_for("/news/first/", |page| page.has("New words"));
}

fn beside(folder: &Path) -> std::path::PathBuf {
    folder.with_extension("away")
}

#[test]
fn pages_stay_while_the_content_is_away() {
    let content = |site: &Site| site.path("content");
    check_stays_while_away(
        |site| fs::rename(content(site), beside(&content(site))).unwrap(),
        |site| fs::rename(beside(&content(site)), content(site)).unwrap(),
        "content",
    );
}

#[test]
fn pages_stay_while_the_whole_folder_is_away() {
    check_stays_while_away(
        |site| fs::rename(site.root(), beside(site.root())).unwrap(),
        |site| fs::rename(beside(site.root()), site.root()).unwrap(),
        "cannot read",
    );
}

#[test]
fn pages_stay_while_version_control_puts_others_in_their_place() {
    let site = Site::new("https://example.org/");
    fs::create_dir(site.path(".git")).unwrap();
    let site = site.served();
    assert_eq!(site.get("/about/").status, 200);
    site.write(".git/index.lock", "");
    fs::remove_dir_all(site.path("content/news")).unwrap();
    site.replace("content/about.md", "About us", "Half of it");
    // Far longer than a change is otherwise waited for.
    std::thread::sleep(std::time::Duration::from_millis(600));
    assert!(site.get("/about/").has("About us"));
    assert_eq!(site.get("/news/first/").status, 200);
    site.replace("content/about.md", "Half of it", "All of it");
    fs::remove_file(site.path(".git/index.lock")).unwrap();
    site.wait_for("/about/", |page| page.has("All of it"));
    assert_eq!(site.get("/news/first/").status, 404);
}

#[test]
fn a_site_that_never_had_content_is_shown_without() {
    let site = Site::new("https://example.org/");
    fs::remove_dir_all(site.path("content")).unwrap();
    let site = site.served();
    assert_eq!(site.get("/").status, 200);
    site.write("content/about.md", "+++\ntitle = \"About\"\n+++\nAbout us.\n");
    site.wait_for("/about/", |page| page.has("About us."));
}

/// Takes a file's permissions away, where they hold: not for a system's administrator.
#[cfg(unix)]
fn made_unreadable(file: &Path, mode: u32) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
    mode != 0 || fs::read_dir(file).is_err() && fs::read(file).is_err()
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told() {
    let site = Site::new("https://example.org/").served();
    let mut tab = site.tab("/about/");
    assert_eq!(tab.next_of("problems")["errors"], 0);
    assert_eq!(site.get("/notes.txt").status, 200);
    if !made_unreadable(&site.path("static/notes.txt"), 0) {
        return;
    }
    let said = tab.mistakes(1, "static/notes.txt");
    assert!(said.contains("HB0902") && said.contains("Permission denied"), "{said}");
    let reply = site.get("/notes.txt");
    assert!(reply.status == 500 && reply.has("static/notes.txt") && reply.has("HB0902"), "{}", reply.text());
    assert!(site.get("/about/").has("About us."));
    made_unreadable(&site.path("static/notes.txt"), 0o644);
    tab.mistakes(0, "");
    assert_eq!(site.get("/notes.txt").text(), "0123456789");
}

#[cfg(unix)]
#[test]
fn content_and_templates_that_may_not_be_read_are_named() {
    for (path, text) in [
        ("templates/page.html", "<!doctype html><title>x</title>{{ page.content | safe }}"),
        ("content/about.md", "+++\ntitle = \"About\"\n+++\nAbout us.\n"),
        ("content", ""),
    ] {
        let site = Site::new("https://example.org/");
        if !text.is_empty() {
            site.write(path, text);
        }
        let site = site.served();
        let mut tab = site.tab("/about/");
        assert_eq!(tab.next_of("problems")["errors"], 0);
        if !made_unreadable(&site.path(path), 0) {
            return;
        }
        let said = tab.mistakes(1, "HB0901");
        assert!(said.contains(&format!("cannot read {path}")), "{said}");
        assert!(site.get("/about/").has("About us."), "{path}");
        made_unreadable(&site.path(path), 0o755);
        tab.mistakes(0, "");
        assert!(site.get("/about/").has("About us."), "{path}");
    }
}
