//! Rules, exceptions, further dates, single dates that differ.

use super::{assert_told, brought, calendar, check, check_told};

const WEEKLY: &str = "DTSTART;TZID=Europe/London:20261203T190000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5";
const OF_WEEKLY: &str = "start = 2026-12-03T19:00:00\nduration = \"1h\"\nrepeat = { every = \"week\", count = 5 }";

/// The weekly series with a date of its own.
fn with(lines: &str) -> String {
    format!("{WEEKLY}\nEND:VEVENT\nBEGIN:VEVENT\nUID:u\nSUMMARY:E\nDURATION:PT1H\n{lines}")
}

const SECOND: &str = "RECURRENCE-ID;TZID=Europe/London:20261210T190000";

#[test]
fn rules_are_words_or_rules() {
    check(WEEKLY, OF_WEEKLY);
    check(
        "DTSTART;TZID=Europe/London:20261203T190000\nRRULE:FREQ=MONTHLY;BYDAY=1TH;UNTIL=20270630T225959Z",
        "start = 2026-12-03T19:00:00\nrepeat = { every = \"month\", on = \"first thursday\", until = 2027-06-30 }",
    );
    check(
        "DTSTART;TZID=Europe/London:20261203T190000\nRRULE:FREQ=YEARLY;BYWEEKNO=49;BYDAY=TH",
        "start = 2026-12-03T19:00:00\nrrule = \"FREQ=YEARLY;BYWEEKNO=49;BYDAY=TH\"",
    );
    check(
        "DTSTART;VALUE=DATE:20261203\nRRULE:FREQ=DAILY;UNTIL=20261205",
        "start = 2026-12-03\nrepeat = { every = \"day\", until = 2026-12-05 }",
    );
    // Apple ends whole days with the last second of the day, in UTC.
    check(
        "DTSTART;VALUE=DATE:20260919\nRRULE:FREQ=YEARLY;UNTIL=20280918T235959Z",
        "start = 2026-09-19\nrepeat = { every = \"year\", until = 2028-09-18 }",
    );
    // Some programs escape what needs no escape.
    check(
        "DTSTART:20261203T190000\nRRULE:FREQ=DAILY\\;COUNT=2",
        "start = 2026-12-03T19:00:00\nrepeat = { every = \"day\", count = 2 }",
    );
}

#[test]
fn rules_that_cannot_be_read_leave_one_date() {
    let start = "DTSTART:20261203T190000";
    check_told(
        &format!("{start}\nRRULE:FREQ=WEEKLY;BYDAY=XX"),
        "start = 2026-12-03T19:00:00",
        &["7 HB0809 ‹XX› BYDAY cannot contain `XX` … takes place once"],
    );
    check_told(
        &format!("{start}\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        "start = 2026-12-03T19:00:00",
        &["HB0809 … this rule gives no date"],
    );
    check_told("DTSTART;VALUE=DATE:20261203\nRRULE:FREQ=HOURLY", "start = 2026-12-03", &["HB0809 … repeats by hours"]);
}

#[test]
fn exceptions_and_further_dates_are_listed() {
    check(
        &format!("{WEEKLY}\nEXDATE;TZID=Europe/London:20261210T190000,20261217T190000"),
        &format!("{OF_WEEKLY}\nexcept = [2026-12-10, 2026-12-17]"),
    );
    check(
        &format!("{WEEKLY}\nEXDATE:20261210T190000Z\nEXDATE;VALUE=DATE:20261217"),
        &format!("{OF_WEEKLY}\nexcept = [2026-12-10, 2026-12-17]"),
    );
    check(
        &format!("{WEEKLY}\nRDATE;TZID=Europe/London:20261211T180000"),
        &format!("{OF_WEEKLY}\nalso = [2026-12-11T18:00:00]"),
    );
    // What the rule has anyway, and what it would not have anyway, says nothing.
    check(&format!("{WEEKLY}\nRDATE:20261210T190000Z\nEXDATE:20280101T190000Z"), OF_WEEKLY);
    check(
        &format!("{WEEKLY}\nRDATE;VALUE=PERIOD:20261211T180000Z/PT3H,20261212T180000Z/20261212T190000Z"),
        &format!(
            "{OF_WEEKLY}\nalso = [2026-12-11T18:00:00, 2026-12-12T18:00:00]\n\n[[change]]\ndate = 2026-12-11T18:00:00\nend = 2026-12-11T21:00:00"
        ),
    );
    check(
        "DTSTART;VALUE=DATE:20261203\nRDATE;VALUE=DATE:20261224,20261210",
        "start = 2026-12-03\nalso = [2026-12-10, 2026-12-24]",
    );
    check_told(
        &format!("{WEEKLY}\nEXDATE:20261210T183000Z"),
        OF_WEEKLY,
        &["9 HB0803 ‹20261210T183000Z› … names 2026-12-10T18:30:00"],
    );
    check(
        "DTSTART:20261203T190000\nRRULE:FREQ=WEEKLY;COUNT=9\nEXRULE:FREQ=WEEKLY;INTERVAL=4",
        "start = 2026-12-03T19:00:00\nrepeat = { every = \"week\", count = 9 }\nexcept = [2026-12-03, 2026-12-31, 2027-01-28]",
    );
}

#[test]
fn an_event_whose_every_date_is_excepted_is_left_out() {
    check_told("DTSTART:20261203T190000\nEXDATE:20261203T190000", "", &["HB0808 … never takes place"]);
}

#[test]
fn a_start_off_the_rule_is_a_further_date() {
    check_told(
        "DTSTART:20261201T190000\nDTEND:20261201T200000\nRRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=3",
        "start = 2026-12-03T19:00:00\nend = 2026-12-03T20:00:00\nrepeat = { every = \"week\", on = \"thursday\", count = 2 }\nalso = [2026-12-01T19:00:00]",
        &["8 HB0805 … a day that its own rule does not give"],
    );
}

#[test]
fn a_series_in_utc_is_local_and_told() {
    check_told(
        "DTSTART:20261203T190000Z\nRRULE:FREQ=WEEKLY;UNTIL=20270701T190000Z\nEXDATE:20270603T190000Z",
        "start = 2026-12-03T19:00:00\nrepeat = { every = \"week\", until = 2027-07-01 }\nexcept = [2027-06-03]",
        &["6 HB0807 ‹20261203T190000Z› … written as 19:00 in Europe/London"],
    );
    // The night of another day: what day is it then?
    let tokyo = "X-WR-TIMEZONE:America/New_York\nBEGIN:VEVENT\nUID:u\nSUMMARY:E\nDTSTART:20261204T010000Z\nRRULE:FREQ=WEEKLY;BYDAY=FR\nEND:VEVENT";
    let brought = brought(calendar(tokyo).as_bytes(), |_| {});
    assert_told(&brought, &["HB0807 … stays in UTC"]);
    assert!(
        brought.files[0].text.contains("start = 2026-12-04T01:00:00\ntimezone = \"UTC\""),
        "{}",
        brought.files[0].text
    );
}

#[test]
fn single_dates_are_changes() {
    check(
        &with(&format!("{SECOND}\nDTSTART;TZID=Europe/London:20261211T180000\nCOMMENT:Because of the fair")),
        &format!(
            "{OF_WEEKLY}\n\n[[change]]\ndate = 2026-12-10\nstart = 2026-12-11T18:00:00\nnote = \"Because of the fair\""
        ),
    );
    check(
        &with(&format!("{SECOND}\nDTSTART;TZID=Europe/London:20261210T190000\nSTATUS:CANCELLED")),
        &format!("{OF_WEEKLY}\n\n[[change]]\ndate = 2026-12-10\nstatus = \"cancelled\""),
    );
    check(
        &with(&format!(
            "{SECOND}\nDTSTART;TZID=Europe/London:20261210T190000\nLOCATION:Library\nDESCRIPTION:Upstairs."
        )),
        &format!(
            "{OF_WEEKLY}\n\n[[change]]\ndate = 2026-12-10\nvenue = {{ name = \"Library\" }}\nnote = \"Upstairs.\""
        ),
    );
    // A date excepted and told anew takes place.
    check(
        &format!(
            "{WEEKLY}\nEXDATE:20261210T190000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:u\nSUMMARY:F\n{SECOND}\nDTSTART:20261210T190000Z"
        ),
        &format!("{OF_WEEKLY}\n\n[[change]]\ndate = 2026-12-10\ntitle = \"F\""),
    );
    // What is the same says nothing.
    check(&with(&format!("{SECOND}\nDTSTART;TZID=Europe/London:20261210T190000")), OF_WEEKLY);
    // Exchange names the day of whole days by a midnight of its own.
    check(
        "DTSTART;VALUE=DATE:20260219\nRRULE:FREQ=WEEKLY;UNTIL=20260817T220000Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:u\nSUMMARY:E\nRECURRENCE-ID;TZID=W. Europe Standard Time:20260226T000000\nDTSTART;VALUE=DATE:20260227",
        "start = 2026-02-19\nrepeat = { every = \"week\", until = 2026-08-17 }\n\n[[change]]\ndate = 2026-02-26\nstart = 2026-02-27",
    );
}

#[test]
fn what_is_no_change_is_an_event_of_its_own() {
    let day = with(&format!("{SECOND}\nDTSTART;VALUE=DATE:20261210")).replace("DURATION:PT1H\nRECURR", "RECURR");
    check(&day, &format!("{OF_WEEKLY}\nexcept = [2026-12-10]\nstart = 2026-12-10\nuid = \"u-20261210T190000\""));
    // A date that no series has.
    check("RECURRENCE-ID:20261210T190000Z\nDTSTART:20261210T190000Z\nRRULE:FREQ=DAILY", "start = 2026-12-10T19:00:00");
}

#[test]
fn a_change_from_one_date_on_makes_two_events() {
    check_told(
        &with(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20261217T190000\nDTSTART;TZID=Europe/London:20261218T200000",
        ),
        "start = 2026-12-03T19:00:00\nduration = \"1h\"\nrepeat = { every = \"week\", until = 2026-12-10 }\n\
         start = 2026-12-18T20:00:00\nduration = \"1h\"\nrepeat = { every = \"week\", count = 3 }\nuid = \"u-20261217T190000\"",
        &["HB0810 … RANGE=THISANDFUTURE"],
    );
}

#[test]
fn later_versions_take_the_place_of_earlier_ones() {
    let version = |sequence: u32, start: &str| {
        format!("BEGIN:VEVENT\nUID:u\nSUMMARY:E\nSEQUENCE:{sequence}\nDTSTART:{start}\nEND:VEVENT\n")
    };
    let both = calendar(&(version(3, "20261204T190000") + &version(1, "20261203T190000")));
    let brought = brought(both.as_bytes(), |_| {});
    assert_eq!((brought.files.len(), brought.left_out.older), (1, 1));
    assert!(brought.files[0].text.contains("start = 2026-12-04T19:00:00"));
    // One id for all is a mistake of the program's.
    let same = calendar(&(version(0, "20261204T190000") + &version(0, "20261203T190000")));
    assert_eq!(super::brought(same.as_bytes(), |_| {}).files.len(), 2);
}
