use crate::diagnostic::terminal::{Look, render, summary};
use crate::diagnostic::{Diagnostic, codes, from_world};
use crate::source::{FileRef, MemoryWorld, Span};
use insta::assert_snapshot;
use proptest::prelude::*;

/// A diagnostic at the place marked by `[` and `]` in the text, and the world with the text.
fn marked(text: &str) -> (Diagnostic, MemoryWorld) {
    let start = text.find('[').unwrap();
    let text = text.replacen('[', "", 1);
    let end = text.find(']').unwrap();
    let text = text.replacen(']', "", 1);
    let mut world = MemoryWorld::new();
    world.insert("content/a.md", text);
    let diagnostic = Diagnostic::new(&codes::UNKNOWN_KEY, "an event has no key `tiem`")
        .at(&FileRef::from("content/a.md"), Span::new(start, end))
        .label("not a key");
    (diagnostic, world)
}

fn shown(diagnostic: Diagnostic, world: &MemoryWorld, width: usize) -> String {
    render(&[diagnostic], &from_world(world), Look { colour: false, width })
}

fn show(text: &str) -> String {
    let (diagnostic, world) = marked(text);
    shown(diagnostic, &world, 80)
}

#[test]
fn the_place_the_line_and_the_help() {
    let (diagnostic, world) = marked("+++\ntitle = \"Meeting\"\n[tiem] = \"19:00\"\n+++\n");
    assert_snapshot!(shown(diagnostic.help("did you mean `time`?"), &world, 80), @r#"
    error[HB0101]: an event has no key `tiem`
     --> content/a.md:3:1
      |
    3 | tiem = "19:00"
      | ^^^^ not a key
      |
      = help: did you mean `time`?
    "#);
}

#[test]
fn other_places_in_the_same_and_in_other_files() {
    let (diagnostic, mut world) = marked("one = 1\ntwo = 2\n3 = 3\n4 = 4\n5 = 5\n6 = 6\n7 = 7\n[one] = 2\n");
    world.insert("content/b.md", "id = \"leeds\"\n");
    let (a, b) = (FileRef::from("content/a.md"), FileRef::from("content/b.md"));
    let diagnostic = diagnostic.other(&a, Span::new(0, 3), "first here").other(&b, Span::new(6, 11), "and here").other(
        &"gone.md".into(),
        Span::new(6, 11),
        "and in a file that cannot be read",
    );
    assert_snapshot!(shown(diagnostic, &world, 80), @r#"
    error[HB0101]: an event has no key `tiem`
     --> content/a.md:8:1
      |
    1 | one = 1
      | --- first here
    ...
    8 | one = 2
      | ^^^ not a key
      |
     ::: content/b.md:1:7
      |
    1 | id = "leeds"
      |       ----- and here
     ::: gone.md
      = note: and in a file that cannot be read
    "#);
}

#[test]
fn without_a_place_the_file_is_named() {
    let world = MemoryWorld::new();
    let diagnostic = Diagnostic::new(&codes::EMPTY_FILE, "the file is empty").in_file(&"content/a.md".into());
    assert_snapshot!(shown(diagnostic.help("write something"), &world, 80), @r#"
    error[HB0109]: the file is empty
    --> content/a.md
     = help: write something
    "#);
    assert_snapshot!(shown(Diagnostic::new(&codes::SKIPPED_ENTRY, "nothing to do"), &world, 80), @"warning[HB0110]: nothing to do");
}

#[test]
fn tabs_wide_characters_and_line_ends_of_windows() {
    assert_snapshot!(show("\t\ta = [b]\n"), @r#"
    error[HB0101]: an event has no key `tiem`
     --> content/a.md:1:7
      |
    1 |         a = b
      |             ^ not a key
    "#);
    assert_snapshot!(show("title = \"日本 👍🏽\" [x] = 1\n"), @r#"
    error[HB0101]: an event has no key `tiem`
     --> content/a.md:1:17
      |
    1 | title = "日本 👍🏽" x = 1
      |                     ^ not a key
    "#);
    assert_snapshot!(show("\u{feff}[a] = 1\r\nb = 2\r\n"), @r#"
    error[HB0101]: an event has no key `tiem`
     --> content/a.md:1:1
      |
    1 | a = 1
      | ^ not a key
    "#);
    assert_snapshot!(show("a = 1\r\nb = [2]\r\nc = 3\r\n"), @r#"
    error[HB0101]: an event has no key `tiem`
     --> content/a.md:2:5
      |
    2 | b = 2
      |     ^ not a key
    "#);
    assert_snapshot!(show("a = [1\r\nb = 2\r\nc = ]3\r\n"), @r#"
    error[HB0101]: an event has no key `tiem`
     --> content/a.md:1:5
      |
    1 | a = 1
      |     ^ not a key
    "#);
    assert_snapshot!(show("a = 1[]"), @r#"
    error[HB0101]: an event has no key `tiem`
     --> content/a.md:1:6
      |
    1 | a = 1
      |      ^ not a key
    "#);
    assert_snapshot!(show("a = 1\n[]"), @r#"
    error[HB0101]: an event has no key `tiem`
     --> content/a.md:2:1
      |
    2 |
      | ^ not a key
    "#);
}

#[test]
fn a_very_long_line_is_cut_around_the_caret() {
    let long = format!("{} [here] {}", "before ".repeat(400), "after ".repeat(400));
    let text = show(&long);
    assert!(text.lines().all(|line| line.chars().count() <= 90), "{text}");
    assert!(text.contains(":1:2802"), "{text}");
    assert_snapshot!(text, @r#"
    error[HB0101]: an event has no key `tiem`
     --> content/a.md:1:2802
      |
    1 | ...efore before before before  here after after after after after after a...
      |                                ^^^^ not a key
    "#);
    let wide = format!("{}[何]{}", "日本".repeat(3000), "語".repeat(3000));
    let text = show(&wide);
    assert!(text.lines().all(|line| line.chars().count() <= 90), "{text}");
}

#[test]
fn a_file_that_is_not_utf8_is_shown_up_to_the_bad_byte() {
    let mut world = MemoryWorld::new();
    world.insert("content/a.md", b"good line\nbad \xff byte\n".to_vec());
    let diagnostic =
        Diagnostic::new(&codes::NOT_UTF8, "not UTF-8").at(&"content/a.md".into(), Span::new(14, 15)).label("here");
    assert_snapshot!(shown(diagnostic, &world, 80), @r#"
    error[HB0108]: not UTF-8
     --> content/a.md:2:5
      |
    2 | bad 
      |     ^ here
    "#);
}

#[test]
fn no_escape_sequence_of_a_file_reaches_the_terminal() {
    let (mut diagnostic, mut world) = marked("a = \"\u{1b}[31m\u{1b}]0;evil\u{7}\"] = 1\n");
    diagnostic.message = "bad \u{1b}[2J".into();
    diagnostic.label = "label \u{1b}[2J".into();
    diagnostic.help = Some("help \u{1b}[2J".into());
    world.insert("x\u{1b}[2J.md", "text");
    let diagnostic = diagnostic.other(&"x\u{1b}[2J.md".into(), Span::new(0, 1), "o\u{1b}").other(
        &"y\u{1b}[2J.md".into(),
        Span::new(0, 1),
        "o\u{1b}",
    );
    let text = shown(diagnostic, &world, 80);
    assert!(!text.contains(['\u{1b}', '\u{7}']), "{text}");
}

#[test]
fn colours_only_when_asked_for() {
    let (diagnostic, world) = marked("[a] = 1\n");
    let text = |colour| render(std::slice::from_ref(&diagnostic), &from_world(&world), Look { colour, width: 80 });
    assert!(!text(false).contains('\u{1b}'));
    assert!(text(true).contains("\u{1b}["));
}

#[test]
fn the_summary_counts() {
    let error = |file: &str| Diagnostic::new(&codes::BAD_VALUE, "x").in_file(&file.into());
    let warning = || Diagnostic::new(&codes::SKIPPED_ENTRY, "x");
    let check = |diagnostics: &[Diagnostic], expected: Option<&str>| {
        assert_eq!(summary(diagnostics).as_deref(), expected);
    };
    check(&[], None);
    check(&[error("a")], Some("1 mistake in 1 file"));
    check(&[warning()], Some("1 warning"));
    check(&[error("a"), error("b"), error("a"), warning()], Some("3 mistakes and 1 warning in 2 files"));
    let mut note = warning();
    note.severity = crate::diagnostic::Severity::Note;
    check(&[error("a"), warning(), warning(), note], Some("1 mistake, 2 warnings and 1 note in 1 file"));
}

proptest! {
    #[test]
    fn no_text_and_no_span_make_it_panic(
        text in "([a-z \t\r\n=]|日|é|\u{301}|👍|\u{200b}|\u{7}|\u{feff}|.){0,60}",
        repeat in prop_oneof![Just(1usize), Just(30)],
        spans in proptest::collection::vec((0usize..2000, 0usize..40), 1..4),
        width in prop_oneof![Just(0usize), Just(80), Just(100_000)],
    ) {
        let mut world = MemoryWorld::new();
        world.insert("a.md", text.repeat(repeat));
        let file: FileRef = "a.md".into();
        let mut diagnostic = Diagnostic::new(&codes::BAD_VALUE, text.clone()).label(text.clone()).help(text.clone());
        for (at, (start, length)) in spans.into_iter().enumerate() {
            let span = Span::new(start, start + length);
            diagnostic = if at == 0 { diagnostic.at(&file, span) } else { diagnostic.other(&file, span, text.clone()) };
        }
        let shown = render(&[diagnostic], &from_world(&world), Look { colour: false, width });
        prop_assert!(shown.starts_with("error[HB0103]"));
    }
}
