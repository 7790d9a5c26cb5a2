use super::publish::{DRY, FORCE, Site};
use crate::output::switch::in_two_steps;
use crate::output::*;
use std::fs;

const STAGE: &str = ".public.handbill-stage";

/// A site whose output was just switched when the build was killed: the earlier output lies in the hidden folder, with
/// what is not Handbill's.
fn killed_after_the_switch() -> Site {
    let site = Site::new();
    site.publish(&[("index.html", "1"), ("old/page.html", "1")]).unwrap();
    site.write("public/.git/HEAD", "ref");
    site.write("public/old/notes.txt", "notes");
    fs::create_dir(site.path(STAGE)).unwrap();
    fs::rename(site.public(), site.path(STAGE).join("ready")).unwrap();
    site.publish_beside(&[("index.html", "2")]);
    site.write(&format!("{STAGE}/lock"), "");
    site
}

impl Site {
    /// Publishes without regard to the hidden folder.
    fn publish_beside(&self, files: &[(&str, &str)]) {
        fs::rename(self.path(STAGE), self.path("aside")).unwrap();
        self.publish(files).unwrap();
        fs::rename(self.path("aside"), self.path(STAGE)).unwrap();
    }
}

#[test]
fn what_is_not_handbills_is_brought_back_from_a_killed_switch() {
    let site = killed_after_the_switch();
    let published = site.publish(&[("index.html", "2")]).unwrap();
    assert_eq!(published.kept, ["old/"]);
    assert_eq!(site.files(), [".git/HEAD", ".handbill", "index.html", "old/notes.txt"]);
    assert!(!site.path(STAGE).exists());
}

#[test]
fn nothing_is_deleted_when_the_place_of_a_kept_file_was_taken_meanwhile() {
    let site = killed_after_the_switch();
    site.write("public/old/notes.txt", "newer notes");
    let error = site.publish(&[("index.html", "2")]).unwrap_err();
    assert!(matches!(&error, PublishError::LeftOver(path) if path.ends_with("old/notes.txt")), "{error}");
    assert_eq!(site.read("public/old/notes.txt"), "newer notes");
    assert_eq!(site.read(&format!("{STAGE}/ready/old/notes.txt")), "notes");
    site.publish_with(FORCE, &[("index.html", "2")]).unwrap();
    assert_eq!(site.files(), [".git/HEAD", ".handbill", "index.html", "old/notes.txt"]);
    assert!(!site.path(STAGE).exists());
}

#[test]
#[cfg(unix)]
fn what_is_brought_back_goes_through_no_link() {
    let site = killed_after_the_switch();
    fs::create_dir(site.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", site.path("public/old")).unwrap();
    assert!(matches!(site.open(), Err(PublishError::LeftOver(_))));
    assert_eq!(fs::read_dir(site.path("elsewhere")).unwrap().count(), 0);
}

#[test]
fn an_unfinished_output_of_a_killed_build_goes() {
    let site = Site::new();
    site.publish(&[("index.html", "1")]).unwrap();
    let before = site.tree();
    site.write(&format!("{STAGE}/new/half/page.html"), "2");
    site.write(&format!("{STAGE}/lock"), "");
    drop(site.open().unwrap());
    assert_eq!(site.tree(), before);
}

#[test]
fn a_switch_in_two_steps_cut_in_the_middle_is_taken_back() {
    let site = Site::new();
    site.publish(&[("index.html", "1")]).unwrap();
    site.write("public/.git/HEAD", "ref");
    let before = site.tree();
    // The new output stands ready, the earlier one is moved away, nothing is in its place.
    let other = Site::new();
    other.publish(&[("index.html", "2"), ("new.html", "2")]).unwrap();
    fs::create_dir(site.path(STAGE)).unwrap();
    fs::rename(site.public(), site.path(STAGE).join("old")).unwrap();
    for (path, text) in other.tree() {
        if let Some(path) = path.strip_prefix("public/") {
            site.write(&format!("{STAGE}/ready/{path}"), &text);
        }
    }
    drop(site.open().unwrap());
    assert_eq!(site.tree(), before);
}

#[test]
fn two_steps_end_as_one_would_and_a_failed_second_step_takes_back_the_first() {
    let site = Site::new();
    site.write("public/a", "1");
    site.write("ready/a", "2");
    in_two_steps(&site.path("ready"), &site.public(), &site.path("old")).unwrap();
    assert_eq!((site.read("public/a"), site.read("old/a")), ("2".to_owned(), "1".to_owned()));
    fs::remove_dir_all(site.path("old")).unwrap();
    let before = site.tree();
    assert!(in_two_steps(&site.path("nothing"), &site.public(), &site.path("old")).is_err());
    assert_eq!(site.tree(), before);
}

#[test]
fn something_else_in_the_hidden_folders_place_is_not_touched() {
    let site = Site::new();
    site.write(STAGE, "mine");
    assert!(matches!(site.open(), Err(PublishError::InTheWay(_))));
    assert_eq!(site.read(STAGE), "mine");
    #[cfg(unix)]
    {
        fs::remove_file(site.path(STAGE)).unwrap();
        site.write("elsewhere/new/precious", "p");
        std::os::unix::fs::symlink("elsewhere", site.path(STAGE)).unwrap();
        assert!(matches!(site.open(), Err(PublishError::InTheWay(_))));
        assert_eq!(site.read("elsewhere/new/precious"), "p");
    }
}

#[test]
fn a_dry_run_leaves_the_rests_of_a_killed_build_alone() {
    let site = killed_after_the_switch();
    let before = site.tree();
    site.publish_with(DRY, &[("index.html", "3")]).unwrap();
    assert_eq!(site.tree(), before);
}

#[test]
fn where_there_are_no_hard_links_a_copy_keeps_the_time() {
    let site = Site::new();
    site.write("from/a.txt", "a");
    let from = site.path("from/a.txt");
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&from).unwrap().set_modified(long_ago).unwrap();
    let writer = write::Writer::new(site.path("to"));
    writer.copy_with_time(&OutputPath::new("b/a.txt").unwrap(), &from).unwrap();
    let copy = site.path("to/b/a.txt");
    assert_eq!(site.read("to/b/a.txt"), "a");
    assert_eq!(copy.metadata().unwrap().modified().unwrap(), long_ago);
}
