use super::{Clock, Span};
use crate::calendar::{Length, Moment, Repeat, Schedule, Timing, Zones};
use crate::ical::Lines;
use jiff::civil::{DateTime, date};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

fn span(from: &str, to: Option<&str>) -> Span {
    let at = |text: &str| format!("{text}T12:00:00Z").parse::<Timestamp>().unwrap();
    Span { from: at(from), to: to.map(at) }
}

fn written(zone: &str, span: Span) -> String {
    let mut lines = Lines::new();
    Clock::new(&Zones::new().get(zone).unwrap()).write(span, &mut lines);
    lines.as_str().replace("\r\n ", "").replace("\r\n", "\n")
}

#[track_caller]
fn check(zone: &str, from: &str, to: Option<&str>, expected: &str) {
    let expected = format!("BEGIN:VTIMEZONE\nTZID:{zone}\n{expected}END:VTIMEZONE\n");
    assert_eq!(written(zone, span(from, to)), expected);
}

#[test]
fn clock_changes_of_every_year_are_rules() {
    let london = "BEGIN:DAYLIGHT\nDTSTART:20260329T010000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\n\
                  RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nTZNAME:BST\nEND:DAYLIGHT\n\
                  BEGIN:STANDARD\nDTSTART:20261025T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0000\n\
                  RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZNAME:GMT\nEND:STANDARD\n";
    check("Europe/London", "2026-07-01", None, london);
    check("Europe/London", "2026-07-01", Some("2026-07-01"), london);
    check("Europe/London", "2026-07-01", Some("2031-07-01"), london);
}

#[test]
fn summer_is_the_time_with_the_larger_offset_also_where_the_law_says_otherwise() {
    let text = written("Europe/Dublin", span("2026-07-01", None));
    assert!(text.contains("BEGIN:DAYLIGHT\nDTSTART:20260329T010000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\n"), "{text}");
    assert!(text.contains("BEGIN:STANDARD\nDTSTART:20261025T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0000\n"), "{text}");
}

#[test]
fn a_clock_that_never_changes_has_one_observance() {
    check(
        "Etc/GMT+5",
        "2026-07-01",
        None,
        "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0500\nTZNAME:-05\nEND:STANDARD\n",
    );
    check(
        "Asia/Kolkata",
        "2026-07-01",
        None,
        "BEGIN:STANDARD\nDTSTART:19451015T000000\nTZOFFSETFROM:+0630\nTZOFFSETTO:+0530\nTZNAME:IST\nEND:STANDARD\n",
    );
}

#[test]
fn a_week_that_lies_in_two_months_is_two_rules() {
    // The clocks of Cairo go back when the last Thursday of October ends.
    let text = written("Africa/Cairo", span("2026-07-01", None));
    let wanted = [
        "DTSTART:20260424T000000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0300\nRRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=-1FR\n",
        "DTSTART:20261030T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0200\n\
         RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=26,27,28,29,30,31;BYDAY=FR\n",
        "DTSTART:20301101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0200\n\
         RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1;BYDAY=FR\n",
    ];
    for piece in wanted {
        assert!(text.contains(piece), "{piece}\n{text}");
    }
}

#[test]
fn changes_without_a_rule_are_listed() {
    // Morocco's clock followed the moon.
    let text = written("Africa/Casablanca", span("2023-07-01", Some("2025-07-01")));
    assert!(!text.contains("RRULE"), "{text}");
    assert_eq!(text.matches("TZOFFSETTO:+0000").count(), 1, "{text}");
    assert!(text.contains("\nRDATE:20240310T030000\nRDATE:20250223T030000\n"), "{text}");
}

#[test]
fn every_zone_has_a_winter() {
    for zone in Zones::new().names() {
        for day in ["2026-01-15", "2026-07-15", "2299-07-15"] {
            let text = written(&zone, span(day, Some(day)));
            assert!(text.contains("BEGIN:STANDARD"), "{text}");
        }
    }
}

#[test]
fn a_time_that_ends_before_it_begins_is_none_to_fail_at() {
    for zone in ["Europe/London", "Africa/Casablanca", "Asia/Kolkata"] {
        let text = written(zone, span("2026-07-01", Some("1950-01-01")));
        assert!(text.contains("BEGIN:STANDARD") && text.ends_with("END:VTIMEZONE\n"), "{text}");
    }
}

/// What a program reads from a component.
struct Observance {
    onsets: Vec<DateTime>,
    to: Offset,
}

fn values<'t>(text: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    text.lines().filter_map(move |line| line.strip_prefix(name)?.strip_prefix(':'))
}

fn value<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    values(text, name).next()
}

fn local(text: &str) -> DateTime {
    DateTime::strptime("%Y%m%dT%H%M%S", text).unwrap()
}

fn offset(text: &str) -> Offset {
    let digits = |at: usize| text.get(at..at + 2).map_or(0, |digits| digits.parse().unwrap());
    let seconds: i32 = digits(1) * 3600 + digits(3) * 60 + digits(5);
    Offset::from_seconds(if text.starts_with('-') { -seconds } else { seconds }).unwrap()
}

/// Reads a component by RFC 5545 alone.
fn read(text: &str, until: Timestamp) -> Vec<Observance> {
    let observances = text.split("BEGIN:").skip(2);
    let read = |observance: &str| {
        let start = local(value(observance, "DTSTART").unwrap());
        let mut onsets = vec![start];
        onsets.extend(values(observance, "RDATE").map(local));
        if let Some(rule) = value(observance, "RRULE") {
            let timing = Timing {
                start: Moment::DateTime(start),
                length: Length::Unstated,
                zone: TimeZone::UTC,
                repeat: Some(Repeat::parse_rrule(rule).unwrap()),
                except: Vec::new(),
                also: Vec::new(),
            };
            let schedule = Schedule::new(timing).unwrap();
            assert!(schedule.start_fits_rule(), "{observance}");
            let times = schedule.occurrences().map(|found| found.start);
            onsets.extend(times.take_while(|start| start.timestamp() <= until).map(|start| start.datetime()));
        }
        Observance { onsets, to: offset(value(observance, "TZOFFSETTO").unwrap()) }
    };
    observances.map(read).collect()
}

/// The offset at a local time: of the observance that began last.
fn offset_at(observances: &[Observance], at: DateTime) -> Option<Offset> {
    let begins = |observance: &Observance| observance.onsets.iter().filter(|onset| **onset <= at).max().copied();
    let found = observances.iter().filter_map(|observance| Some((begins(observance)?, observance.to)));
    found.max_by_key(|(begins, _)| *begins).map(|(_, to)| to)
}

/// Local times that try a zone: around its clock changes, and through the years between them.
fn trials(zone: &TimeZone, from: Timestamp, to: Timestamp) -> Vec<DateTime> {
    let mut instants = vec![from, to];
    let mut at = from;
    while at < to {
        instants.push(at);
        at = at.checked_add((24 * 17 + 5).hours()).unwrap();
    }
    let changes = zone.following(from).map(|change| change.timestamp()).take_while(|at| *at < to);
    for change in changes {
        instants
            .extend([-181, -121, -61, -31, -1, 0, 1, 31, 61, 121, 181].map(|minutes: i64| change + minutes.minutes()));
    }
    instants.into_iter().filter(|at| (from..=to).contains(at)).map(|at| zone.to_datetime(at)).collect()
}

#[track_caller]
fn agrees(name: &str, zone: &TimeZone, written_for: Span, tried_to: Timestamp) {
    let text = written(name, written_for);
    let observances = read(&text, tried_to);
    for at in trials(zone, written_for.from, tried_to) {
        let expected = match zone.to_ambiguous_zoned(at).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset,
            // Of a time that comes twice the first is meant. (Where a change of the zone's law moves no clock, jiff tells
            // of a first time that never was.)
            AmbiguousOffset::Fold { before, after } => {
                let is_real = zone.to_offset(before.to_timestamp(at).unwrap()) == before;
                if is_real { before } else { after }
            }
            // Programs read a time that does not exist each in their own way.
            AmbiguousOffset::Gap { .. } => continue,
        };
        assert_eq!(offset_at(&observances, at), Some(expected), "{name} at {at}\n{text}");
    }
}

#[test]
fn every_zone_reads_as_its_own_clock() {
    let zones = Zones::new();
    let names = zones.names();
    assert!(names.len() > 400, "{}", names.len());
    for name in names {
        let zone = zones.get(&name).unwrap();
        for (from, to) in [("1985-02-03", "1999-06-01"), ("2005-01-31", "2008-12-01"), ("2019-05-05", "2027-03-31")] {
            let span = span(from, Some(to));
            agrees(&name, &zone, span, span.to.unwrap());
        }
        let summer = span("2026-07-01", Some("2026-07-02"));
        agrees(&name, &zone, summer, summer.to.unwrap());
    }
}

#[test]
fn the_times_of_an_endless_series_stay_right_for_decades() {
    let zones = Zones::new();
    let nasty = [
        "Europe/Dublin",
        "Europe/London",
        "Europe/Moscow",
        "Europe/Chisinau",
        "America/Sao_Paulo",
        "America/New_York",
        "America/Nuuk",
        "America/Scoresbysund",
        "America/Santiago",
        "America/Asuncion",
        "America/Havana",
        "America/St_Johns",
        "America/Mexico_City",
        "America/Miquelon",
        "Africa/Casablanca",
        "Africa/El_Aaiun",
        "Africa/Cairo",
        "Africa/Windhoek",
        "Asia/Kolkata",
        "Asia/Tehran",
        "Asia/Gaza",
        "Asia/Hebron",
        "Asia/Jerusalem",
        "Asia/Beirut",
        "Asia/Damascus",
        "Asia/Kathmandu",
        "Asia/Tokyo",
        "Australia/Lord_Howe",
        "Australia/Sydney",
        "Australia/Darwin",
        "Australia/Eucla",
        "Antarctica/Troll",
        "Antarctica/Macquarie",
        "Atlantic/Azores",
        "Pacific/Auckland",
        "Pacific/Chatham",
        "Pacific/Norfolk",
        "Pacific/Easter",
        "Pacific/Apia",
        "Pacific/Fiji",
        "Etc/GMT-3",
        "EST5EDT",
    ];
    let until = TimeZone::UTC.to_timestamp(date(2075, 1, 1).at(0, 0, 0, 0)).unwrap();
    for name in nasty {
        let zone = zones.get(name).unwrap();
        agrees(name, &zone, span("2018-07-01", None), until);
    }
}
