mod events;
mod files;
mod groups;
mod producers;
mod properties;
mod series;
mod times;

use super::{Action, Imported, Known, LeftOut, Options, Outcome, Settings, Zone, place, read, text};
use crate::calendar;
use crate::diagnostic::Diagnostic;
use crate::source::{FileRef, LineIndex, MemoryWorld};
use std::borrow::Cow;

/// What came of a calendar.
struct Brought {
    files: Vec<Outcome>,
    left_out: LeftOut,
    /// `line CODE ‹text› message | help`, by place.
    told: Vec<String>,
}

fn zone(name: &str) -> Zone {
    Zone { name: name.to_owned(), zone: calendar::Zones::new().get(name).unwrap() }
}

fn options(known: &Known) -> Options<'_> {
    Options {
        zone: zone("Europe/London"),
        language: "en-GB",
        now: "2026-11-23T12:00:00Z".parse().unwrap(),
        from: None,
        private: false,
        draft: false,
        group: None,
        known,
    }
}

fn brought(bytes: &[u8], change: impl FnOnce(&mut Options<'_>)) -> Brought {
    let known = Known::default();
    let mut options = options(&known);
    change(&mut options);
    let file: FileRef = "a.ics".into();
    let mut found = Vec::new();
    let calendar: Cow<'_, str> = text(bytes, &file, &mut found);
    let imported: Imported = read(&calendar, &file, &options, &mut found);
    let settings = Settings { folder: "events", language: "en-GB", suffix: "", update: false };
    let files = place(&imported.events, &known, &MemoryWorld::new(), &settings, &file, &mut found);
    assert!(files.iter().all(|file| file.action == Action::Written));
    found.sort_by_key(|problem| problem.span);
    let index = LineIndex::new(&calendar);
    let told = found.iter().map(|problem| shown(problem, &index, &calendar)).collect();
    Brought { files, left_out: imported.left_out, told }
}

fn shown(problem: &Diagnostic, index: &LineIndex<'_>, calendar: &str) -> String {
    let span = problem.span.unwrap_or_default();
    let help = problem.help.as_deref().unwrap_or_default();
    let under = calendar.get(span.range()).expect("a place in the file");
    format!("{} {} ‹{under}› {} | {help}", index.position(span.start).line, problem.code.id, problem.message)
}

/// A calendar with these lines in it.
fn calendar(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{lines}\nEND:VCALENDAR\n")
}

/// An event of these lines, with an id and a title.
fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\nUID:u\nSUMMARY:E\n{lines}\nEND:VEVENT"))
}

/// The front matter and text of the one event of a calendar, without what every file has.
fn only(calendar: &str) -> String {
    let brought = brought(calendar.as_bytes(), |_| {});
    assert_eq!(brought.files.len(), 1, "{:?}", brought.told);
    bare(&brought.files[0].text)
}

fn bare(text: &str) -> String {
    let text = text.strip_prefix("+++\n").unwrap();
    let (_, text) = text.split_once('\n').unwrap();
    text.replace("title = \"E\"\n", "").replace("uid = \"u\"\n", "").replacen("+++\n", "", 1).trim().to_owned()
}

/// The lines of an event come to this, and nothing is said of them.
#[track_caller]
fn check(lines: &str, expected: &str) {
    let brought = brought(event(lines).as_bytes(), |_| {});
    assert_eq!(brought.told, [""; 0], "{lines}");
    assert_eq!(brought.files.iter().map(|file| bare(&file.text)).collect::<Vec<_>>().join("\n"), expected, "{lines}");
}

/// The lines of an event come to this, and this is said of them, piece by piece with `…` between.
#[track_caller]
fn check_told(lines: &str, expected: &str, told: &[&str]) {
    let brought = brought(event(lines).as_bytes(), |_| {});
    assert_eq!(brought.files.iter().map(|file| bare(&file.text)).collect::<Vec<_>>().join("\n"), expected, "{lines}");
    assert_told(&brought, told);
}

#[track_caller]
fn assert_told(brought: &Brought, told: &[&str]) {
    assert_eq!(brought.told.len(), told.len(), "{:#?}", brought.told);
    for (said, wanted) in brought.told.iter().zip(told) {
        let mut rest = said.as_str();
        for piece in wanted.split('…').map(str::trim) {
            match rest.split_once(piece) {
                Some((_, after)) => rest = after,
                None => panic!("no {piece:?} in {said:?}"),
            }
        }
    }
}
