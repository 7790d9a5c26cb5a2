use super::batch::Batch;
use super::{Changes, Place};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn after(begin: Instant, milliseconds: u64) -> Instant {
    begin + Duration::from_millis(milliseconds)
}

fn files(paths: &[&str]) -> Option<Changes> {
    Some(Changes::Files(paths.iter().map(|path| (*path).to_owned()).collect()))
}

/// Adds a change to a batch.
type Add = fn(&mut Batch, Instant);

/// Adds each change at its time in milliseconds, and expects to be told at another time, and not before.
fn check(changes: &[(u64, Add)], due: u64, expected: Option<Changes>) {
    let begin = Instant::now();
    let mut batch = Batch::default();
    for (at, add) in changes {
        assert_eq!(batch.take_due(after(begin, *at)), None, "told while something more was to come at {at}");
        add(&mut batch, after(begin, *at));
    }
    assert_eq!(batch.take_due(after(begin, due - 1)), None);
    assert_eq!(batch.take_due(after(begin, due)), expected);
    assert_eq!(batch.due(), None, "what was told is not told again");
}

#[test]
fn a_batch_is_told_when_all_is_quiet() {
    let a = |batch: &mut Batch, at| batch.add("a".to_owned(), at);
    let b = |batch: &mut Batch, at| batch.add("b".to_owned(), at);
    check(&[(0, a)], 10, files(&["a"]));
    check(&[(0, b), (5, a), (9, b)], 19, files(&["a", "b"]));
}

#[test]
fn a_storm_is_told_after_a_tenth_of_a_second() {
    let a = |batch: &mut Batch, at| batch.add("a".to_owned(), at);
    let times: Vec<(u64, Add)> = (0..20).map(|n| (n * 5, a as Add)).collect();
    check(&times, 100, files(&["a"]));
}

#[test]
fn a_file_that_is_being_written_is_waited_for() {
    let begun = |batch: &mut Batch, at| batch.add_unfinished("a".to_owned(), at);
    let finished = |batch: &mut Batch, at| batch.add_finished("a".to_owned(), at);
    check(&[(0, begun), (40, begun), (60, finished)], 70, files(&["a"]));
    // But not for ever.
    check(&[(0, begun), (40, begun)], 100, files(&["a"]));
}

#[test]
fn everything_stands_for_each_file() {
    let all = |batch: &mut Batch, at| batch.add_everything(at);
    let a = |batch: &mut Batch, at| batch.add("a".to_owned(), at);
    check(&[(0, a), (3, all), (6, a)], 16, Some(Changes::Everything));
}

#[test]
fn what_polling_found_is_told_at_once() {
    let mut batch = Batch::default();
    let now = Instant::now();
    batch.add_settled("a".to_owned(), now);
    assert_eq!(batch.take_due(now), files(&["a"]));
}

#[test]
fn paths_are_told_relative_to_the_root_but_for_those_that_no_site_is_made_from() {
    let place = Place { root: PathBuf::from("/site"), ignored: vec![PathBuf::from("/site/out")] };
    let check = |path: &str, expected: Option<&str>| {
        assert_eq!(place.relative(Path::new(path)).as_deref(), expected, "{path}");
    };
    check("/site", Some(""));
    check("/site/content/a.md", Some("content/a.md"));
    check("/site/handbill.toml", Some("handbill.toml"));
    check("/site/outer/a.csv", Some("outer/a.csv"));
    check("/site/static/.well-known/security.txt", Some("static/.well-known/security.txt"));
    check("/site/static/.nojekyll", Some("static/.nojekyll"));
    check("/elsewhere/a.md", None);
    check("/site/out/index.html", None);
    check("/site/.git/index", None);
    check("/site/target/debug/x", None);
    check("/site/.public.handbill-stage/index.html", None);
    check("/site/.public.handbill-stage", None);
    check("/site/content/.a.md.swp", None);
    check("/site/content/.#a.md", None);
    check("/site/content/a.md~", None);
}
