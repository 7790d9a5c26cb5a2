use super::publish::{DRY, FORCE, Site};
use crate::output::*;
use std::fs;
use std::path::Path;

/// The error of opening an output folder, having checked that nothing changed.
#[track_caller]
fn refused(site: &Site, target: &Path) -> PublishError {
    let before = site.tree();
    for options in [PublishOptions::default(), DRY] {
        assert!(site.open_at(target, options).is_err());
    }
    let error = site.open_at(target, PublishOptions::default()).unwrap_err();
    assert_eq!(site.tree(), before);
    assert!(!error.help().is_empty());
    error
}

#[test]
fn a_folder_that_handbill_did_not_make_is_refused_unless_forced() {
    let site = Site::new();
    site.write("public/holiday.jpg", "photo");
    site.write("public/index.html", "mine");
    assert!(matches!(refused(&site, &site.public()), PublishError::NotOurs(_)));
    let published = site.publish_with(FORCE, &[("index.html", "ours"), ("a/b", "b")]).unwrap();
    assert_eq!(published.kept, ["holiday.jpg"]);
    assert_eq!(site.files(), [".handbill", "a/b", "holiday.jpg", "index.html"]);
    assert_eq!(site.read("public/index.html"), "ours");
}

#[test]
fn an_empty_folder_or_a_fresh_repository_is_taken() {
    let site = Site::new();
    fs::create_dir(site.public()).unwrap();
    site.publish(&[("a", "a")]).unwrap();
    let site = Site::new();
    site.write("public/.git/HEAD", "ref");
    site.publish(&[("a", "a")]).unwrap();
    assert_eq!(site.files(), [".git/HEAD", ".handbill", "a"]);
}

#[test]
fn somebody_elses_dot_handbill_is_no_manifest() {
    let site = Site::new();
    site.write("public/.handbill", "my notes");
    assert!(matches!(refused(&site, &site.public()), PublishError::NotOurs(_)));
}

#[test]
fn a_damaged_manifest_is_refused_unless_forced() {
    let site = Site::new();
    site.publish(&[("a.html", "a"), ("b/c.html", "c")]).unwrap();
    let text = site.read("public/.handbill");
    site.write("public/.handbill", &text[..text.len() - 5]);
    assert!(matches!(refused(&site, &site.public()), PublishError::ManifestDamaged(_)));
    let published = site.publish_with(FORCE, &[("a.html", "2")]).unwrap();
    assert_eq!(published.kept, ["b/"]);
    assert_eq!(site.read("public/a.html"), "2");
    assert!(site.publish(&[("a.html", "2")]).unwrap().written.is_empty());
}

#[test]
fn files_and_links_are_refused_as_output_folders() {
    let site = Site::new();
    site.write("file", "x");
    assert!(matches!(refused(&site, &site.path("file")), PublishError::TargetIsFile(_)));
    #[cfg(unix)]
    {
        site.write("elsewhere/precious.txt", "p");
        for (name, to) in [("public", "elsewhere"), ("dangling", "nowhere")] {
            std::os::unix::fs::symlink(to, site.path(name)).unwrap();
            assert!(matches!(refused(&site, &site.path(name)), PublishError::TargetIsLink(_)));
            assert!(matches!(refused(&site, &site.path(&format!("{name}/"))), PublishError::TargetIsLink(_)));
        }
    }
}

#[test]
fn an_output_that_would_harm_the_site_or_the_home_folder_is_refused() {
    let site = Site::new();
    for target in [".", "", "content/..", "content", "static", "nothere/../content"] {
        let target = site.path(target);
        if target.to_str().is_some_and(|text| text.contains("nothere")) {
            assert!(matches!(refused(&site, &target), PublishError::Io { .. }));
        } else {
            assert!(matches!(refused(&site, &target), PublishError::TargetHolds { .. }), "{}", target.display());
        }
    }
    for target in ["content/public", "static/a/b/../c"] {
        let error = refused(&site, &site.path(target));
        let expected = matches!(error, PublishError::TargetInside { .. } | PublishError::Io { .. });
        assert!(expected, "{target}: {error}");
    }
    assert!(matches!(refused(&site, site.root().parent().unwrap()), PublishError::TargetHolds { .. }));
    assert!(matches!(refused(&site, Path::new("/")), PublishError::TargetHolds { .. }));
    if let Some(home) = std::env::home_dir().filter(|home| home.is_dir()) {
        assert!(matches!(refused(&site, &home), PublishError::TargetHolds { .. }));
    }
    // Force is for foreign files, not for this.
    assert!(matches!(site.open_at(site.root(), FORCE), Err(PublishError::TargetHolds { .. })));
}

#[test]
#[cfg(unix)]
fn a_way_through_a_link_does_not_lead_around_the_refusal() {
    let site = Site::new();
    std::os::unix::fs::symlink(".", site.path("loop")).unwrap();
    assert!(matches!(refused(&site, &site.path("loop/content/public")), PublishError::TargetInside { .. }));
    assert!(matches!(refused(&site, &site.path("loop/content")), PublishError::TargetHolds { .. }));
}

#[test]
fn foreign_files_and_repositories_are_carried_over() {
    let site = Site::new();
    site.publish(&[("index.html", "1"), ("groups/leeds/index.html", "l"), ("gone/index.html", "g")]).unwrap();
    site.write("public/.git/objects/ab/cdef", "blob");
    site.write("public/groups/leeds/notes.txt", "notes");
    site.write("public/gone/photo.jpg", "photo");
    site.write("public/own/deep/file.txt", "own");
    fs::create_dir(site.path("public/empty")).unwrap();
    let published = site.publish(&[("index.html", "2"), ("groups/leeds/index.html", "l"), ("own/x", "x")]).unwrap();
    assert_eq!(published.kept, ["empty/", "gone/photo.jpg", "groups/leeds/notes.txt", "own/deep/"]);
    assert_eq!(
        site.files(),
        [
            ".git/objects/ab/cdef",
            ".handbill",
            "gone/photo.jpg",
            "groups/leeds/index.html",
            "groups/leeds/notes.txt",
            "index.html",
            "own/deep/file.txt",
            "own/x",
        ]
    );
    assert!(site.path("public/empty").is_dir());
    assert_eq!(fs::read_dir(site.root()).unwrap().count(), 3);
}

#[test]
fn a_foreign_file_in_our_place_is_an_error_unless_forced() {
    let site = Site::new();
    site.publish(&[("index.html", "1")]).unwrap();
    site.write("public/new.html", "mine");
    site.write("public/groups", "a file");
    site.write("public/page/notes.txt", "in a folder");
    let files = [("index.html", "2"), ("new.html", "ours"), ("groups/leeds", "l"), ("page", "a file of ours")];
    let before = site.tree();
    match site.publish(&files) {
        Err(PublishError::InOurPlace(paths)) => assert_eq!(paths, ["groups", "new.html", "page/"]),
        other => panic!("{other:?}"),
    }
    assert_eq!(site.tree(), before);
    let published = site.publish_with(FORCE, &files).unwrap();
    assert!(published.kept.is_empty());
    assert_eq!(site.files(), [".handbill", "groups/leeds", "index.html", "new.html", "page"]);
    assert_eq!(fs::read_dir(site.root()).unwrap().count(), 3);
}

#[test]
fn a_foreign_file_with_the_very_bytes_of_ours_becomes_ours() {
    let site = Site::new();
    site.publish(&[("index.html", "1")]).unwrap();
    site.write("public/CNAME", "buses.example");
    let published = site.publish(&[("index.html", "1"), ("CNAME", "buses.example")]).unwrap();
    assert!(published.kept.is_empty());
    assert_eq!(site.files(), [".handbill", "CNAME", "index.html"]);
    assert_eq!(site.publish(&[("index.html", "1")]).unwrap().removed.len(), 1);
}

#[test]
#[cfg(unix)]
fn links_planted_in_the_output_are_never_followed() {
    use std::os::unix::fs::symlink;
    let site = Site::new();
    let files = [("groups/leeds/index.html", "l"), ("groups/york.html", "y"), ("about.html", "a"), ("index.html", "1")];
    site.publish(&files).unwrap();
    site.write("precious/leeds/index.html", "l");
    site.write("precious/york.html", "y");
    site.write("precious/about.html", "a");
    let precious = || site.tree().into_iter().filter(|(path, _)| path.starts_with("precious")).collect::<Vec<_>>();
    let before = precious();
    fs::remove_dir_all(site.path("public/groups")).unwrap();
    symlink("../precious", site.path("public/groups")).unwrap();
    fs::remove_file(site.path("public/about.html")).unwrap();
    symlink("../precious/about.html", site.path("public/about.html")).unwrap();
    // The link stands where a folder of ours belongs.
    let mut changed = files;
    changed[3].1 = "2";
    assert!(matches!(site.publish(&changed), Err(PublishError::InOurPlace(paths)) if paths == ["groups"]));
    site.publish_with(FORCE, &changed).unwrap();
    assert_eq!(precious(), before);
    assert!(site.path("public/groups").symlink_metadata().unwrap().is_dir());
    assert!(site.path("public/about.html").symlink_metadata().unwrap().is_file());
    // Stale entries that are links by now: the links go, what they lead to stays.
    fs::remove_file(site.path("public/about.html")).unwrap();
    symlink("../precious/about.html", site.path("public/about.html")).unwrap();
    site.publish(&[("index.html", "3")]).unwrap();
    assert_eq!(precious(), before);
    assert_eq!(site.files(), [".handbill", "index.html"]);
}

#[test]
#[cfg(unix)]
fn a_link_planted_while_a_build_runs_stops_it() {
    let site = Site::new();
    site.publish(&[("g/a.html", "a"), ("index.html", "1")]).unwrap();
    let stage = site.open().unwrap();
    stage.put(&OutputPath::new("g/a.html").unwrap(), b"a").unwrap();
    stage.put(&OutputPath::new("index.html").unwrap(), b"2").unwrap();
    fs::rename(site.path("public/g"), site.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", site.path("public/g")).unwrap();
    let before = site.tree();
    assert!(matches!(stage.finish(), Err(PublishError::Changed(_))));
    let mut after = site.tree();
    after.retain(|path, _| before.contains_key(path));
    assert_eq!(after["public/index.html"], "1");
    assert_eq!(site.read("elsewhere/a.html"), "a");
}

#[test]
fn a_file_that_appears_while_a_build_runs_is_kept() {
    let site = Site::new();
    site.publish(&[("g/a.html", "a"), ("index.html", "1")]).unwrap();
    let stage = site.open().unwrap();
    stage.put(&OutputPath::new("index.html").unwrap(), b"2").unwrap();
    site.write("public/g/late.txt", "late");
    stage.finish().unwrap();
    assert_eq!(site.files(), [".handbill", "g/late.txt", "index.html"]);
}

#[test]
fn two_builds_at_once_are_refused_and_one_after_the_other_are_not() {
    let site = Site::new();
    let first = site.open().unwrap();
    first.put(&OutputPath::new("a").unwrap(), b"a").unwrap();
    let error = site.open().unwrap_err();
    assert!(matches!(error, PublishError::Busy(_)));
    assert!(error.to_string().starts_with("another build is writing to the output folder"), "{error}");
    first.finish().unwrap();
    site.publish(&[("a", "b")]).unwrap();
    assert_eq!(site.read("public/a"), "b");
}

#[test]
fn a_missing_source_is_told_with_its_path() {
    let site = Site::new();
    let stage = site.open().unwrap();
    let path = OutputPath::new("x").unwrap();
    let error = stage.copy(&path, &site.path("static/none.txt")).unwrap_err();
    assert!(error.to_string().contains("none.txt"), "{error}");
    assert!(matches!(stage.copy(&path, &site.path("static")), Err(PublishError::NotAFile(_))));
}

#[test]
fn a_late_file_whose_place_is_taken_is_not_lost_and_the_new_output_stands() {
    let site = Site::new();
    site.publish(&[("index.html", "1")]).unwrap();
    let stage = site.open().unwrap();
    stage.put(&OutputPath::new("index.html").unwrap(), b"2").unwrap();
    stage.put(&OutputPath::new("new.html").unwrap(), b"ours").unwrap();
    site.write("public/new.html", "theirs");
    let error = stage.finish().unwrap_err();
    assert!(error.to_string().starts_with("the new output is in its place, but"), "{error}");
    assert_eq!((site.read("public/index.html"), site.read("public/new.html")), ("2".to_owned(), "ours".to_owned()));
    assert!(
        matches!(error, PublishError::AfterSwitch(inner) if matches!(&*inner, PublishError::LeftOver(path) if fs::read(path).unwrap() == b"theirs"))
    );
}
