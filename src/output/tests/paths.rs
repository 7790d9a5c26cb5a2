use crate::output::manifest::{self, FileRecord, Hash, Unreadable};
use crate::output::{BadPath, Clash, OutputPath, clashes};
use proptest::prelude::*;

fn path(text: &str) -> OutputPath {
    OutputPath::new(text).unwrap()
}

#[test]
fn good_paths_are_kept_as_they_are() {
    for good in [
        "index.html",
        "groups/leeds/index.html",
        ".well-known/security.txt",
        ".nojekyll",
        "files/a b (1) & c.pdf",
        "gŵyl/ŵ.html",
        "com10/console.html",
        "sub/.handbill",
        "a..b/c...d",
    ] {
        assert_eq!(OutputPath::new(good).as_ref().map(OutputPath::as_str), Ok(good));
    }
}

#[test]
fn bad_paths_are_refused_with_the_reason() {
    let check = |text: &str, expected: BadPath| assert_eq!(OutputPath::new(text), Err(expected), "{text:?}");
    check("", BadPath::Empty);
    check("/etc/passwd", BadPath::Absolute);
    check("a//b", BadPath::EmptyPart);
    check("a/", BadPath::EmptyPart);
    check(".", BadPath::DotPart(".".into()));
    check("a/../b", BadPath::DotPart("..".into()));
    check("..", BadPath::DotPart("..".into()));
    check("a\\b", BadPath::Character('\\'));
    check("c:/x", BadPath::Character(':'));
    check("what?.html", BadPath::Character('?'));
    check("a\0b", BadPath::Control('\0'));
    check("a\nb", BadPath::Control('\n'));
    check("CON", BadPath::Reserved("CON".into()));
    check("groups/nul/index.html", BadPath::Reserved("nul".into()));
    check("aux.txt", BadPath::Reserved("aux.txt".into()));
    check("Com1.tar.gz", BadPath::Reserved("Com1.tar.gz".into()));
    check("lpt³", BadPath::Reserved("lpt³".into()));
    check("nul .txt", BadPath::Reserved("nul .txt".into()));
    check("a./b", BadPath::DotOrSpaceAtEnd("a.".into()));
    check("a ", BadPath::DotOrSpaceAtEnd("a ".into()));
    check(".git/config", BadPath::VersionControl(".git".into()));
    check("sub/.GIT", BadPath::VersionControl(".GIT".into()));
    check(".handbill", BadPath::Manifest(".handbill".into()));
    check(".Handbill", BadPath::Manifest(".Handbill".into()));
    check(&"é".repeat(128), BadPath::TooLong { start: "é".repeat(24), bytes: 256 });
    assert!(OutputPath::new(&"x".repeat(255)).is_ok());
    assert_eq!(BadPath::Control('\u{7}').to_string(), "it contains an invisible control character (U+0007)");
}

#[test]
fn characters_are_composed() {
    assert_eq!(path("cafe\u{301}/index.html").as_str(), "café/index.html");
}

#[test]
fn paths_that_some_disk_takes_for_one_share_their_key() {
    for (one, other) in [
        ("Groups/Leeds.html", "groups/leeds.html"),
        ("ÉCOLE", "e\u{301}cole"),
        ("straße", "STRASSE"),
        ("σας", "ΣΑΣ"),
        ("İ", "i\u{307}"),
    ] {
        assert_eq!(path(one).collision_key(), path(other).collision_key(), "{one} {other}");
    }
    for (one, other) in [("leeds", "leeds2"), ("kız", "kiz"), ("a/b", "a-b")] {
        assert_ne!(path(one).collision_key(), path(other).collision_key(), "{one} {other}");
    }
}

#[test]
fn addresses_leave_index_away_and_are_percent_encoded() {
    let check = |text: &str, expected: &str| assert_eq!(path(text).url_path(), expected);
    check("index.html", "/");
    check("groups/leeds/index.html", "/groups/leeds/");
    check("404.html", "/404.html");
    check("myindex.html", "/myindex.html");
    check("a b/100%#.pdf", "/a%20b/100%25%23.pdf");
    check("gŵyl/index.html", "/g%C5%B5yl/");
    check("it's/(a),b;c=d@e+f!.txt", "/it's/(a),b;c=d@e+f!.txt");
}

#[test]
fn clashes_name_both_paths() {
    let check = |texts: &[&str], expected: &[Clash]| {
        let paths: Vec<OutputPath> = texts.iter().map(|text| path(text)).collect();
        assert_eq!(clashes(&paths), expected, "{texts:?}");
    };
    check(&["a", "b", "ab/c", "a-b"], &[]);
    check(&["a", "b", "A", "a"], &[Clash::Same { first: 0, second: 2 }, Clash::Same { first: 0, second: 3 }]);
    check(&["x/y/z", "X"], &[Clash::FileForFolder { file: 1, inside: 0 }]);
    check(&["x/index.html", "X/other.html"], &[]);
}

#[test]
fn a_manifest_reads_back_and_a_changed_one_is_damaged() {
    let record = FileRecord { hash: Hash::of(b"x"), size: 1 };
    let files: manifest::Manifest = [(path("b c.txt"), record), (path("a/é.txt"), record)].into();
    let text = manifest::write(&files);
    assert_eq!(manifest::read(text.as_bytes()), Ok(files));
    assert_eq!(text.lines().count(), 3);
    assert!(text.lines().nth(1).is_some_and(|line| line.ends_with(" 1 a/é.txt")), "{text}");
    let damaged = |text: &str| assert_eq!(manifest::read(text.as_bytes()), Err(Unreadable::Damaged), "{text}");
    damaged(text.trim_end());
    damaged(&text.replace("Handbill 1", "Handbill 2"));
    damaged(&text.replace("a/é.txt", "../é.txt"));
    damaged(&text.replace(" 1 ", " -1 "));
    damaged(&text.replace(" 1 ", " "));
    damaged(&format!("{text}\n"));
    assert_eq!(manifest::read(b"my own notes\n"), Err(Unreadable::NotOurs));
    assert_eq!(manifest::read(b""), Err(Unreadable::NotOurs));
}

proptest! {
    #[test]
    fn any_accepted_path_stays_below_the_output_and_is_accepted_again(text in "\\PC{0,12}(/\\PC{1,8}){0,3}") {
        if let Ok(path) = OutputPath::new(&text) {
            let as_path = std::path::Path::new(path.as_str());
            prop_assert!(as_path.components().all(|part| matches!(part, std::path::Component::Normal(_))));
            prop_assert_eq!(OutputPath::new(path.as_str()), Ok(path.clone()));
            prop_assert!(path.url_path().is_ascii());
        }
    }

    #[test]
    fn no_bytes_make_the_manifest_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut text = b"Handbill 1: the files of this folder that Handbill wrote. Please do not edit.\n".to_vec();
        text.extend(&bytes);
        let _ = manifest::read(&text);
        prop_assert!(manifest::read(&bytes).is_err());
    }
}
