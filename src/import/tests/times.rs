//! Starts, ends, zones.

use super::{brought, calendar, check, check_told, event, only};

const DAY: &str = "DTSTART;VALUE=DATE:20261203";
const EVENING: &str = "DTSTART;TZID=Europe/London:20261203T190000";

#[test]
fn starts_and_ends_are_local() {
    check(EVENING, "start = 2026-12-03T19:00:00");
    check(
        &format!("{EVENING}\nDTEND;TZID=Europe/London:20261203T210000"),
        "start = 2026-12-03T19:00:00\nend = 2026-12-03T21:00:00",
    );
    check(
        &format!("{EVENING}\nDTEND;TZID=Europe/Paris:20261203T230000"),
        "start = 2026-12-03T19:00:00\nend = 2026-12-03T22:00:00",
    );
    check(&format!("{EVENING}\nDTEND:20261203T210000Z"), "start = 2026-12-03T19:00:00\nend = 2026-12-03T21:00:00");
    check(&format!("{EVENING}\nDTEND;TZID=Europe/London:20261203T190000"), "start = 2026-12-03T19:00:00");
    check("DTSTART:20260703T180000Z", "start = 2026-07-03T19:00:00");
    check("DTSTART:20260703T180000", "start = 2026-07-03T18:00:00");
    check("DTSTART;TZID=UTC:20260703T180000", "start = 2026-07-03T19:00:00");
    check("DTSTART:18880301T100000", "start = 1888-03-01T10:00:00");
}

#[test]
fn lengths_are_said_as_editors_say_them() {
    for (length, said) in
        [("PT2H", "2h"), ("PT90M", "1h 30m"), ("PT45M", "45 min"), ("P1D", "1 day"), ("P1W", "7 days")]
    {
        check(&format!("{EVENING}\nDURATION:{length}"), &format!("start = 2026-12-03T19:00:00\nduration = \"{said}\""));
    }
    check(&format!("{EVENING}\nDURATION:P1DT2H"), "start = 2026-12-03T19:00:00\nend = 2026-12-04T21:00:00");
    check(&format!("{EVENING}\nDURATION:PT0S"), "start = 2026-12-03T19:00:00");
}

#[test]
fn whole_days_end_on_their_last_day() {
    check(DAY, "start = 2026-12-03");
    check(&format!("{DAY}\nDTEND;VALUE=DATE:20261204"), "start = 2026-12-03");
    check(&format!("{DAY}\nDTEND;VALUE=DATE:20261203"), "start = 2026-12-03");
    check(&format!("{DAY}\nDTEND;VALUE=DATE:20261206"), "start = 2026-12-03\nend = 2026-12-05");
    check(&format!("{DAY}\nDURATION:P3D"), "start = 2026-12-03\nend = 2026-12-05");
    check(&format!("{DAY}\nDURATION:PT24H"), "start = 2026-12-03");
    // Outlook's, with clock times, and Google's, without VALUE.
    check(
        "DTSTART;TZID=Europe/Paris:20261203T000000\nDTEND;TZID=Europe/Paris:20261205T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        "start = 2026-12-03\nend = 2026-12-04\ntimezone = \"Europe/Paris\"",
    );
    check("DTSTART;TZID=America/New_York:20261203", "start = 2026-12-03");
    check(
        "DTSTART;VALUE=DATE:20261203\nX-HANDBILL-TIMEZONE:Asia/Tokyo",
        "start = 2026-12-03\ntimezone = \"Asia/Tokyo\"",
    );
}

#[test]
fn ends_that_cannot_be_are_left_out_and_told() {
    check_told(
        &format!("{EVENING}\nDTEND;TZID=Europe/London:20261203T180000"),
        "start = 2026-12-03T19:00:00",
        &["7 HB0803 ‹20261203T180000› the DTEND … is not after the start"],
    );
    check_told(
        &format!("{EVENING}\nDTEND:later"),
        "start = 2026-12-03T19:00:00",
        &["HB0803 ‹later› … not a date or time"],
    );
    check_told(
        &format!("{EVENING}\nDURATION:-PT1H"),
        "start = 2026-12-03T19:00:00",
        &["HB0803 ‹-PT1H› … length of time"],
    );
}

#[test]
fn a_zone_of_its_own_is_written() {
    check("DTSTART;TZID=Europe/Paris:20261203T190000", "start = 2026-12-03T19:00:00\ntimezone = \"Europe/Paris\"");
    let of = |zone: &str, start: &str| {
        let event = format!("X-WR-TIMEZONE:{zone}\nBEGIN:VEVENT\nUID:u\nSUMMARY:E\n{start}\nEND:VEVENT");
        only(&calendar(&event))
    };
    assert_eq!(of("Asia/Tokyo", "DTSTART:20261203T190000"), "start = 2026-12-03T19:00:00\ntimezone = \"Asia/Tokyo\"");
    assert_eq!(of("Asia/Tokyo", "DTSTART:20261203T190000Z"), "start = 2026-12-04T04:00:00\ntimezone = \"Asia/Tokyo\"");
    assert_eq!(of("UTC", "DTSTART:20260703T190000Z"), "start = 2026-07-03T20:00:00");
    assert_eq!(of("Asia/Tokyo", "DTSTART;VALUE=DATE:20261203"), "start = 2026-12-03");
}

#[test]
fn zones_that_are_none_are_told_once() {
    let unknown = "BEGIN:VEVENT\nUID:1\nSUMMARY:A\nDTSTART;TZID=Nowhere:20261203T190000\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:2\nSUMMARY:B\nDTSTART;TZID=Nowhere:20261203T190000\nEND:VEVENT";
    let brought = brought(calendar(unknown).as_bytes(), |_| {});
    super::assert_told(
        &brought,
        &["6 HB0806 … nothing is known of the time zone \"Nowhere\" … read as those of Europe/London"],
    );
    assert_eq!(brought.files.len(), 2);
    // Offsets that no zone has give the right moment all the same.
    let own = "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0137\nTZOFFSETTO:+0137\n\
        END:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:u\nSUMMARY:E\nDTSTART;TZID=X:20261203T190000\nDTEND;TZID=X:20261203T200000\nEND:VEVENT";
    assert_eq!(only(&calendar(own)), "start = 2026-12-03T17:23:00\nend = 2026-12-03T18:23:00");
}

#[test]
fn a_start_that_cannot_be_read_leaves_the_event_out() {
    let told = |lines: &str| brought(event(lines).as_bytes(), |_| {}).told.join("\n");
    assert!(told("").starts_with("3 HB0804 ‹VEVENT› this event has no start"), "{}", told(""));
    assert!(told("DTSTART:soon").starts_with("6 HB0804 ‹soon›"), "{}", told("DTSTART:soon"));
}

#[test]
fn the_hour_that_comes_twice_keeps_its_moment_and_its_length() {
    // Half past one by winter time.
    check_told(
        "DTSTART:20271031T013000Z\nDTEND:20271031T023000Z",
        "start = 2027-10-31T01:30:00\nend = 2027-10-31T02:30:00\ntimezone = \"UTC\"",
        &["comes twice in Europe/London"],
    );
    check("DTSTART:20271031T003000Z\nDTEND:20271031T013000Z", "start = 2027-10-31T01:30:00\nduration = \"1h\"");
    check(
        "DTSTART;TZID=Europe/London:20271031T003000\nDTEND:20271031T013000Z",
        "start = 2027-10-31T00:30:00\nduration = \"2h\"",
    );
}
