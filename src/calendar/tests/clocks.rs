//! Days on which the clocks change, and zones that do it in their own way.

use super::*;

/// A rule's first times in a zone, each with what its clock does: `+` for a gap, `*` for a fold.
fn check(start: &str, zone_name: &str, rule: &str, expected: &[&str]) {
    let made = schedule(with_rule(start, zone_name, rule));
    let show = |occurrence: Occurrence| {
        let mark = match occurrence.clock {
            Clock::Plain => "",
            Clock::Gap => "+",
            Clock::Fold => "*",
        };
        format!("{}{mark}", occurrence.start.strftime("%Y-%m-%d %H:%M %:z"))
    };
    let found: Vec<String> = made.occurrences().take(expected.len()).map(show).collect();
    assert_eq!(found, expected, "{start} {zone_name} {rule}");
}

#[test]
fn a_weekly_meeting_keeps_its_clock_time_through_clock_changes() {
    check("2026-10-22T19:00", "Europe/London", "FREQ=WEEKLY", &["2026-10-22 19:00 +01:00", "2026-10-29 19:00 +00:00"]);
    check("2027-03-24T19:00", "Europe/Dublin", "FREQ=WEEKLY", &["2027-03-24 19:00 +00:00", "2027-03-31 19:00 +01:00"]);
    check(
        "2026-03-05T19:00",
        "America/New_York",
        "FREQ=WEEKLY",
        &["2026-03-05 19:00 -05:00", "2026-03-12 19:00 -04:00"],
    );
}

#[test]
fn a_time_that_the_clocks_jump_over_is_read_with_the_offset_before() {
    check(
        "2026-03-28T01:30",
        "Europe/London",
        "FREQ=DAILY",
        &["2026-03-28 01:30 +00:00", "2026-03-29 02:30 +01:00+", "2026-03-30 01:30 +01:00"],
    );
    check(
        "2026-03-28T01:30",
        "Europe/Dublin",
        "FREQ=DAILY",
        &["2026-03-28 01:30 +00:00", "2026-03-29 02:30 +01:00+", "2026-03-30 01:30 +01:00"],
    );
    check(
        "2026-03-07T02:30",
        "America/New_York",
        "FREQ=DAILY",
        &["2026-03-07 02:30 -05:00", "2026-03-08 03:30 -04:00+", "2026-03-09 02:30 -04:00"],
    );
    check(
        "2026-10-03T02:15",
        "Australia/Lord_Howe",
        "FREQ=DAILY",
        &["2026-10-03 02:15 +10:30", "2026-10-04 02:45 +11:00+", "2026-10-05 02:15 +11:00"],
    );
}

#[test]
fn a_time_that_comes_twice_is_the_first() {
    check(
        "2026-10-24T01:30",
        "Europe/London",
        "FREQ=DAILY",
        &["2026-10-24 01:30 +01:00", "2026-10-25 01:30 +01:00*", "2026-10-26 01:30 +00:00"],
    );
    check(
        "2026-11-01T01:30",
        "America/New_York",
        "FREQ=DAILY",
        &["2026-11-01 01:30 -04:00*", "2026-11-02 01:30 -05:00"],
    );
    check(
        "2026-04-05T01:45",
        "Australia/Lord_Howe",
        "FREQ=DAILY",
        &["2026-04-05 01:45 +11:00*", "2026-04-06 01:45 +10:30"],
    );
}

#[test]
fn samoa_left_out_a_day() {
    check(
        "2011-12-29T19:00",
        "Pacific/Apia",
        "FREQ=DAILY",
        // 30 December's meeting falls on the moment of the next day's, and one is enough.
        &["2011-12-29 19:00 -10:00", "2011-12-31 19:00 +14:00", "2012-01-01 19:00 +14:00"],
    );
    let all_day = schedule(with_rule("2011-12-30", "Pacific/Apia", "FREQ=WEEKLY;COUNT=1"));
    assert_eq!(all_day.first().map(|occurrence| occurrence.clock), Some(Clock::Gap));
}

#[test]
fn casablanca_changes_its_clocks_for_ramadan() {
    check(
        "2026-02-12T20:00",
        "Africa/Casablanca",
        "FREQ=WEEKLY",
        &["2026-02-12 20:00 +01:00", "2026-02-19 20:00 +00:00"],
    );
}

#[test]
fn all_day_events_have_no_clock_even_where_midnight_does_not_exist() {
    // Clocks in Cairo went from 00:00 to 01:00 on 24 April 2026.
    let made = schedule(timing("2026-04-24", "Africa/Cairo"));
    let only = made.first().expect("one occurrence");
    assert_eq!((only.clock, only.start.date().to_string()), (Clock::Plain, "2026-04-24".to_owned()));
    assert_eq!(only.last_day().to_string(), "2026-04-24");
}

#[test]
fn an_hourly_rule_stays_in_order_through_a_gap() {
    check(
        "2026-03-29T00:30",
        "Europe/London",
        "FREQ=MINUTELY;INTERVAL=30",
        &["2026-03-29 00:30 +00:00", "2026-03-29 02:00 +01:00", "2026-03-29 02:30 +01:00", "2026-03-29 03:00 +01:00"],
    );
}

#[test]
fn what_the_author_wrote_in_a_gap_or_a_fold_is_noted() {
    let show = |timing: Timing| -> Vec<String> {
        let notes = schedule(timing).check();
        notes
            .iter()
            .map(|note| format!("{:?} {:?} {}", note.written, note.clock, note.read_as.strftime("%H:%M %:z")))
            .collect()
    };
    let none: [&str; 0] = [];
    assert_eq!(show(timing("2026-03-29T01:30", "Europe/London")), ["Start Gap 02:30 +01:00"]);
    assert_eq!(show(timing("2026-10-25T01:30", "Europe/Dublin")), ["Start Fold 01:30 +01:00"]);
    assert_eq!(show(timing("2026-03-29T19:00", "Europe/London")), none);
    assert_eq!(show(timing("2026-03-29", "Europe/London")), none);
    let night = Timing {
        length: Length::Until(moment("2026-10-25T01:15")),
        also: vec![moment("2026-11-07T20:00"), moment("2027-03-28T01:00")],
        ..timing("2026-10-24T20:00", "Europe/London")
    };
    assert_eq!(show(night), ["End Fold 01:15 +01:00", "Also(1) Gap 02:00 +01:00"]);
}

#[test]
fn until_in_utc_tells_the_two_passes_of_a_fold_apart() {
    let count = |until: &str| {
        let rule = format!("FREQ=DAILY;UNTIL={until}");
        schedule(with_rule("2026-10-24T01:30", "Europe/London", &rule)).occurrences().count()
    };
    assert_eq!(count("20261025T003000Z"), 2);
    assert_eq!(count("20261025T002959Z"), 1);
    assert_eq!(count("20261025T011000Z"), 2);
}

#[test]
fn zones_are_found_and_misspelt_ones_guessed() {
    let zones = Zones::new();
    let name = |asked: &str| zones.get(asked).and_then(|zone| zone.iana_name().map(str::to_owned));
    assert_eq!(name("europe/london").as_deref(), Some("Europe/London"));
    assert_eq!(name("Europe/Lundon"), None);
    assert_eq!(zones.nearest("Europe/Lundon").as_deref(), Some("Europe/London"));
    assert_eq!(zones.nearest("London").as_deref(), Some("Europe/London"));
    assert_eq!(zones.nearest("new york").as_deref(), Some("America/New_York"));
    assert_eq!(zones.nearest("zzzzzzzz"), None);
    assert!(zones.names().iter().any(|name| name == "Australia/Lord_Howe"));
}
