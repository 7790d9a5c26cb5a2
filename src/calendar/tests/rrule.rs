use super::*;

/// A raw rule and its canonical text, in New York.
fn canonical(rule: &str, expected: &str) {
    let found = Repeat::parse_rrule(rule).expect("a rule").to_rrule(&zone("America/New_York"), false);
    assert_eq!(found, expected, "{rule}");
}

/// A rule and, for each mistake, the text of its place and a part of its message.
fn wrong(rule: &str, expected: &[(&str, &str)]) {
    let errors = Repeat::parse_rrule(rule).expect_err(rule);
    let places: Vec<&str> = errors.iter().map(|error| &rule[error.range.clone()]).collect();
    assert_eq!(places, expected.iter().map(|(place, _)| *place).collect::<Vec<_>>(), "{rule}");
    for (error, (_, message)) in errors.iter().zip(expected) {
        assert!(error.message.contains(message), "{rule}: {}", error.message);
        assert!(!error.help.is_empty());
    }
}

#[test]
fn a_rule_has_one_canonical_text() {
    canonical("FREQ=MONTHLY;BYDAY=1TH", "FREQ=MONTHLY;BYDAY=1TH");
    canonical(" rrule:byday=th,+1mo,TU,-1FR,TU;freq=monthly;interval=1;wkst=MO ", "FREQ=MONTHLY;BYDAY=TU,TH,1MO,-1FR");
    canonical(
        "BYMONTH=12,1;FREQ=YEARLY;WKST=SU;INTERVAL=2;COUNT=3;",
        "FREQ=YEARLY;COUNT=3;INTERVAL=2;BYMONTH=1,12;WKST=SU",
    );
    canonical("FREQ=YEARLY;BYMONTHDAY=-1,31,1;BYSETPOS=-1", "FREQ=YEARLY;BYMONTHDAY=1,31,-1;BYSETPOS=-1");
}

#[test]
fn the_end_is_written_as_the_start_requires() {
    // RFC 5545 section 3.3.10: in UTC when the start has a zone, a date when the start is one.
    canonical("FREQ=DAILY;UNTIL=20270630", "FREQ=DAILY;UNTIL=20270701T035959Z");
    canonical("FREQ=DAILY;UNTIL=20270630T190000", "FREQ=DAILY;UNTIL=20270630T230000Z");
    canonical("FREQ=DAILY;UNTIL=20270630T190000Z", "FREQ=DAILY;UNTIL=20270630T190000Z");
    let all_day = |rule| Repeat::parse_rrule(rule).expect("a rule").to_rrule(&zone("America/New_York"), true);
    assert_eq!(all_day("FREQ=DAILY;UNTIL=20270630"), "FREQ=DAILY;UNTIL=20270630");
    assert_eq!(all_day("FREQ=DAILY;UNTIL=20270630T020000Z"), "FREQ=DAILY;UNTIL=20270629");
}

#[test]
fn every_mistake_is_reported_at_its_place() {
    wrong("", &[("", "no FREQ")]);
    wrong("BYDAY=MO", &[("BYDAY=MO", "no FREQ")]);
    wrong(
        "FREQ=MONTLY;BYDAY=1XX,TU,0FR;BYMONTH=13",
        &[("MONTLY", "no frequency"), ("1XX", "BYDAY"), ("0FR", "BYDAY"), ("13", "BYMONTH")],
    );
    wrong("FREQ=DAILY;INTERVAL=0;COUNT=-3", &[("0", "INTERVAL"), ("-3", "COUNT")]);
    wrong("FREQ=DAILY;INTERVAL=99999999999999999999", &[("99999999999999999999", "INTERVAL")]);
    wrong("FREQ=DAILY;FREQ=WEEKLY", &[("FREQ=WEEKLY", "twice")]);
    wrong("FREQ=DAILY;BYEASTER=0;weekly", &[("BYEASTER", "no part"), ("weekly", "no part of a rule")]);
    wrong("FREQ=DAILY;UNTIL=20270231", &[("20270231", "no date")]);
    wrong("FREQ=DAILY;UNTIL=2027-02-01", &[("2027-02-01", "no date")]);
    wrong("FREQ=DAILY;BYHOUR=25;BYMINUTE=;BYMONTHDAY=0", &[("25", "BYHOUR"), ("", "BYMINUTE"), ("0", "BYMONTHDAY")]);
    wrong("FREQ=WEEKLY;BYDAY=MÖ;WKST=ŵ", &[("MÖ", "BYDAY"), ("ŵ", "weekday")]);
}

#[test]
fn parts_that_do_not_go_together_are_reported() {
    wrong("FREQ=DAILY;COUNT=3;UNTIL=20270101", &[("UNTIL=20270101", "not by both")]);
    wrong("FREQ=MONTHLY;BYWEEKNO=3", &[("BYWEEKNO=3", "YEARLY only")]);
    wrong("FREQ=MONTHLY;BYYEARDAY=3", &[("BYYEARDAY=3", "does not go")]);
    wrong("FREQ=WEEKLY;BYMONTHDAY=3", &[("BYMONTHDAY=3", "does not go")]);
    wrong("FREQ=WEEKLY;BYDAY=1MO", &[("BYDAY=1MO", "MONTHLY or YEARLY only")]);
    wrong("FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO", &[("BYDAY=1MO", "BYWEEKNO")]);
    wrong("FREQ=MONTHLY;BYSETPOS=1", &[("BYSETPOS=1", "another BY part")]);
}

#[test]
fn weekdays_with_and_without_a_number_add_up() {
    let made = schedule(with_rule("2026-12-04T10:00", "UTC", "FREQ=MONTHLY;BYDAY=FR,1MO;COUNT=6"));
    let days: Vec<String> = local_starts(made.occurrences()).iter().map(|at| at.date().to_string()).collect();
    assert_eq!(days, ["2026-12-04", "2026-12-07", "2026-12-11", "2026-12-18", "2026-12-25", "2027-01-01"]);
}

#[test]
fn a_week_of_the_year_takes_its_weekday_from_the_start() {
    let made = schedule(with_rule("2026-01-08T10:00", "UTC", "FREQ=YEARLY;BYWEEKNO=2"));
    let days: Vec<String> = local_starts(made.occurrences().take(3)).iter().map(|at| at.date().to_string()).collect();
    assert_eq!(days, ["2026-01-08", "2027-01-14", "2028-01-13"]);
}

#[test]
fn hostile_rules_end() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1",
        "FREQ=HOURLY;INTERVAL=4294967295;BYMONTHDAY=31;BYMONTH=6",
        "FREQ=YEARLY;INTERVAL=4294967295;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYSETPOS=366;BYHOUR=1",
    ] {
        let made = schedule(with_rule("2026-01-01T00:00", "Europe/London", rule));
        assert_eq!(made.first(), None, "{rule}");
        let found = made.occurrences_in(instant("2030-01-01T00:00:00Z"), instant("2031-01-01T00:00:00Z"), 10);
        assert!(found.list.is_empty(), "{rule}");
    }
}

#[test]
fn a_second_by_second_rule_costs_only_its_window() {
    let made = schedule(with_rule("1997-01-01T00:00", "Europe/London", "FREQ=SECONDLY"));
    let found = made.occurrences_in(instant("2026-07-01T12:00:00Z"), instant("2026-07-02T00:00:00Z"), 5);
    assert!(found.cut);
    assert_eq!(
        found.list.first().map(|first| first.start.to_string()).as_deref(),
        Some("2026-07-01T13:00:00+01:00[Europe/London]")
    );
    assert_eq!(found.list.len(), 5);
    // A count this high cannot be walked through: the list says that it may lack some.
    let counted = schedule(with_rule("1997-01-01T00:00", "Europe/London", "FREQ=SECONDLY;COUNT=4000000000"));
    let found = counted.occurrences_in(instant("2026-07-01T12:00:00Z"), instant("2026-07-02T00:00:00Z"), 5);
    assert!(found.cut && found.list.is_empty());
}
