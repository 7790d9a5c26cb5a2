//! What holds for every file.

use super::{brought, calendar};
use crate::content;
use crate::diagnostic::Diagnostic;
use proptest::prelude::*;

/// Lines of events, right and wrong.
const LINES: &[&str] = &[
    "DTSTART:20261203T190000Z",
    "DTSTART:20261203T190000",
    "DTSTART;TZID=Europe/Paris:20261203T190000",
    "DTSTART;VALUE=DATE:20261203",
    "DTSTART:00010101",
    "DTSTART:99991231T235959Z",
    "DTSTART:x",
    "DTEND:20261203T200000Z",
    "DTEND:20261203",
    "DTEND;VALUE=DATE:20261205",
    "DTEND:99991231T235959",
    "DURATION:PT1H",
    "DURATION:P100D",
    "DURATION:P1DT1S",
    "DURATION:PT3155760000S",
    "RRULE:FREQ=DAILY",
    "RRULE:FREQ=WEEKLY;COUNT=3",
    "RRULE:FREQ=MONTHLY;BYDAY=1TH;UNTIL=20270101",
    "RRULE:FREQ=SECONDLY",
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "RRULE:FREQ=DAILY;INTERVAL=4000000000",
    "RRULE:x",
    "RRULE:FREQ=WEEKLY;UNTIL=19990101T000000Z",
    "EXDATE:20261203T190000Z,20261204T190000Z,x",
    "EXDATE;VALUE=DATE:20261203",
    "EXRULE:FREQ=WEEKLY",
    "RDATE:20261224T190000Z",
    "RDATE;VALUE=PERIOD:20261224T190000Z/PT3H,x/y",
    "RECURRENCE-ID:20261204T190000Z",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20261210T190000",
    "RECURRENCE-ID;VALUE=DATE:20261204",
    "STATUS:CANCELLED",
    "STATUS:x",
    "SUMMARY:A\\, b",
    "SUMMARY:",
    "SUMMARY:\"\"\"\\\\",
    "UID:a",
    "UID:b",
    "UID:",
    "SEQUENCE:3",
    "SEQUENCE:-1",
    "CREATED:20260101T000000Z",
    "LAST-MODIFIED:99991231T000000Z",
    "DESCRIPTION:+++\\n:::\\n# a\\n[x](y)",
    "DESCRIPTION:<p>a<br>*b*<ul><li>c",
    "LOCATION:Hall\\, 1 Lane\\, LS1 3AD",
    "LOCATION:https://zoom.us/j/1",
    "GEO:51;0",
    "GEO:x",
    "CATEGORIES:a,b,,a",
    "ORGANIZER;CN=\"A\":mailto:a@b.example",
    "CONFERENCE:x",
    "URL:https://example.org/",
    "ATTACH:x",
    "CLASS:PRIVATE",
    "COMMENT:c",
    "X-HANDBILL-STATUS:postponed",
    "X-HANDBILL-CAPACITY:x",
    "X-HANDBILL-RSVP-UNTIL:x",
    "END:VEVENT\nBEGIN:VEVENT",
    "BEGIN:VALARM",
    "END:VALARM",
    "END:VEVENT\nX-WR-TIMEZONE:Asia/Tokyo\nBEGIN:VEVENT",
    "METHOD:CANCEL",
    "x",
    " folded",
    "é",
];

/// The mistakes of a written file, as a build finds them when it reads it.
fn mistakes(file: &str, text: &str) -> Vec<Diagnostic> {
    let mut world = crate::source::MemoryWorld::new();
    let site =
        "title = \"T\"\nbase_url = \"https://example.org/\"\ntimezone = \"Europe/London\"\nlanguage = \"en-GB\"\n";
    world.insert("handbill.toml", site);
    let mut found = Vec::new();
    let config = crate::config::load(&world, "handbill.toml", &Default::default(), &mut found).unwrap().unwrap();
    content::parse(&file.into(), text.as_bytes(), &world, &config, &mut found);
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_can_be_read(lines in prop::collection::vec(prop::sample::select(LINES), 0..14)) {
        let calendar = calendar(&format!("BEGIN:VEVENT\nSUMMARY:E\nDTSTART:20261203T190000Z\n{}\nEND:VEVENT", lines.join("\n")));
        for file in brought(calendar.as_bytes(), |options| options.private = true).files {
            let found = mistakes(&file.file, &file.text);
            prop_assert!(found.is_empty(), "{}\nbecame\n{}\nwith {:?}", calendar, file.text, found);
        }
    }

    #[test]
    fn broken_calendars_are_survived(at in 0usize..2_000, byte in any::<u8>(), cut in 0usize..2_000) {
        let mut bytes = super::producers::GOOGLE.as_bytes().to_vec();
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - cut % length);
        brought(&bytes, |_| {});
    }
}

#[test]
fn what_is_no_calendar_is_said_to_be_none() {
    let told = |bytes: &[u8]| brought(bytes, |_| {}).told.join("\n");
    assert!(told(b"").contains("HB0801") && told(b"").contains("it is empty"));
    assert!(told(b"\xef\xbb\xbf<!DOCTYPE html>\n<p>").contains("it is a web page"));
    assert!(told(b"BEGIN:VCARD\nEND:VCARD\n").contains("1 HB0801 ‹BEGIN:VCARD›"));
    // A calendar without events is one.
    assert_eq!(told(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n"), "");
}

#[test]
fn other_encodings_are_read_and_told() {
    let calendar = calendar("BEGIN:VEVENT\nUID:u\nSUMMARY:Caf\u{1}\nDTSTART:20261203\nEND:VEVENT");
    let bytes: Vec<u8> = calendar.bytes().map(|byte| if byte == 1 { 0xe9 } else { byte }).collect();
    let brought = brought(&bytes, |_| {});
    assert_eq!(brought.files[0].title, "Café");
    super::assert_told(&brought, &["5 HB0108 ‹SUMMARY:Café› … Windows-1252"]);
}

#[test]
fn a_calendar_of_many_events_is_read() {
    let event = |at: usize| {
        format!(
            "BEGIN:VEVENT\nUID:{at}\nSUMMARY:Event {}\nDTSTART:20261203T190000Z\nRRULE:FREQ=WEEKLY;COUNT=9\nEND:VEVENT\n",
            at % 50
        )
    };
    let all: String = (0..2_000).map(event).collect();
    let brought = brought(calendar(&all).as_bytes(), |_| {});
    let mut names: Vec<String> = brought.files.into_iter().map(|file| file.file).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 2_000);
}
