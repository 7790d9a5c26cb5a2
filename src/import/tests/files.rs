//! Names of files, and files that are there already.

use super::{calendar, options};
use crate::import::{Action, Known, KnownEvent, Outcome, Settings, place, read};
use crate::source::MemoryWorld;

fn events(titles: &[(&str, &str)]) -> String {
    let event = |(at, (title, start)): (usize, &(&str, &str))| {
        format!("BEGIN:VEVENT\nUID:u{at}\nSUMMARY:{title}\nDTSTART:{start}T190000\nEND:VEVENT\n")
    };
    calendar(&titles.iter().enumerate().map(event).collect::<String>())
}

fn placed(calendar: &str, known: &Known, world: &MemoryWorld, settings: &Settings<'_>) -> (Vec<Outcome>, usize) {
    let mut found = Vec::new();
    let imported = read(calendar, &"a.ics".into(), &options(known), &mut found);
    let files = place(&imported.events, known, world, settings, &"a.ics".into(), &mut found);
    (files, found.len())
}

const SETTINGS: Settings<'static> = Settings { folder: "events", language: "en-GB", suffix: "", update: false };

#[test]
fn files_are_named_after_titles() {
    #[track_caller]
    fn check(titles: &[(&str, &str)], taken: &[&str], settings: &Settings<'_>, expected: &[&str]) {
        let known = Known { stems: taken.iter().map(|stem| (*stem).to_owned()).collect(), ..Known::default() };
        let (files, _) = placed(&events(titles), &known, &MemoryWorld::new(), settings);
        assert_eq!(files.into_iter().map(|file| file.file).collect::<Vec<_>>(), expected);
    }
    let one = [("Public meeting", "20261203")];
    check(&one, &[], &SETTINGS, &["content/events/public-meeting.md"]);
    check(&one, &["events/public-meeting"], &SETTINGS, &["content/events/public-meeting-2026-12-03.md"]);
    check(
        &one,
        &["events/public-meeting", "events/public-meeting-2026-12-03"],
        &SETTINGS,
        &["content/events/public-meeting-2026-12-03-2.md"],
    );
    check(
        &[("A", "20261210"), ("a!", "20261203"), ("A", "20261203")],
        &[],
        &SETTINGS,
        &["content/events/a-2026-12-03.md", "content/events/a-2026-12-03-2.md", "content/events/a-2026-12-10.md"],
    );
    let welsh = Settings { folder: "campaign/x", suffix: ".cy", ..SETTINGS };
    check(&one, &[], &welsh, &["content/campaign/x/public-meeting.cy.md"]);
    // Names that mean something else.
    check(&[("2027", "20261203")], &[], &SETTINGS, &["content/events/2027-2026-12-03.md"]);
    check(&[("Index", "20261203")], &[], &SETTINGS, &["content/events/index-2026-12-03.md"]);
    check(&[("CON", "20261203")], &[], &SETTINGS, &["content/events/con-2026-12-03.md"]);
    check(&[("?!", "20261203")], &[], &SETTINGS, &["content/events/event-2026-12-03.md"]);
    let long = "word ".repeat(40);
    check(
        &[(&long, "20261203")],
        &[],
        &SETTINGS,
        &["content/events/word-word-word-word-word-word-word-word-word-word-word-word.md"],
    );
}

#[test]
fn the_kind_is_told_where_the_folder_does_not_tell_it() {
    let text = |folder| {
        let settings = Settings { folder, ..SETTINGS };
        placed(&events(&[("A", "20261203")]), &Known::default(), &MemoryWorld::new(), &settings).0.remove(0).text
    };
    assert!(!text("events/2026").contains("kind"));
    assert!(text("campaign").contains("\nkind = \"event\"\n"));
}

/// What happens to an event whose file is there with this text.
fn again(old: &str, update: bool, sequence: u32) -> (Action, usize) {
    let mut world = MemoryWorld::new();
    world.insert("content/events/old.md", old);
    let present = KnownEvent { file: "content/events/old.md".to_owned(), language: "en-GB".to_owned(), sequence };
    let known = Known { events: [("u0".to_owned(), vec![present])].into(), ..Known::default() };
    let (mut files, told) = placed(&events(&[("A", "20261203")]), &known, &world, &Settings { update, ..SETTINGS });
    assert_eq!(files[0].file, "content/events/old.md");
    (files.remove(0).action, told)
}

#[test]
fn files_are_brought_up_to_date_as_long_as_nobody_changed_them() {
    let written = |calendar: &str| placed(calendar, &Known::default(), &MemoryWorld::new(), &SETTINGS).0.remove(0).text;
    let same = written(&events(&[("A", "20261203")]));
    let earlier = written(&events(&[("A", "20261202")]));
    let by_hand = earlier.replace("\"A\"", "\"Another\"");
    assert_eq!(again(&same, false, 0), (Action::Unchanged, 0));
    assert_eq!(again(&same.replace('\n', "\r\n"), true, 0), (Action::Unchanged, 0));
    assert_eq!(again(&earlier, false, 0), (Action::Kept, 0));
    assert_eq!(again(&earlier, true, 0), (Action::Updated, 0));
    assert_eq!(again(&earlier.replace('\n', "\r\n"), true, 0), (Action::Updated, 0));
    // The calendar is the older of the two.
    assert_eq!(again(&earlier, true, 3), (Action::Kept, 0));
    assert_eq!(again(&by_hand, true, 0), (Action::Kept, 1));
    assert_eq!(again(&format!("{earlier}More.\n"), true, 0), (Action::Kept, 1));
    assert_eq!(again("+++\ntitle = \"A\"\nstart = 2026-12-03\nuid = \"u0\"\n+++\n", true, 0), (Action::Kept, 1));
}

#[test]
fn an_event_without_an_id_gets_one_that_stays() {
    let id = |start: &str| {
        let calendar = calendar(&format!("BEGIN:VEVENT\nSUMMARY:A\nDTSTART:{start}\nEND:VEVENT"));
        placed(&calendar, &Known::default(), &MemoryWorld::new(), &SETTINGS).0.remove(0).uid
    };
    assert_eq!(id("20261203T190000"), id("20261203T190000"));
    assert_ne!(id("20261203T190000"), id("20261204T190000"));
}
