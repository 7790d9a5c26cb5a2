use super::*;

fn ends(made: &Schedule, count: usize) -> Vec<String> {
    made.occurrences().take(count).map(|occurrence| occurrence.end.strftime("%Y-%m-%d %H:%M %:z").to_string()).collect()
}

fn lasting(start: &str, length: Length, rule: &str) -> Schedule {
    schedule(Timing { length, ..with_rule(start, "Europe/London", rule) })
}

#[test]
fn hours_are_exact_and_days_follow_the_calendar() {
    // The clocks go back at 02:00 on 25 October 2026.
    let hours = lasting("2026-10-24T20:00", Length::Lasts(600), "FREQ=DAILY");
    assert_eq!(ends(&hours, 2), ["2026-10-25 05:00 +00:00", "2026-10-26 06:00 +00:00"]);
    let days = lasting("2026-10-24T20:00", Length::Days(1), "FREQ=DAILY");
    assert_eq!(ends(&days, 2), ["2026-10-25 20:00 +00:00", "2026-10-26 20:00 +00:00"]);
}

#[test]
fn a_local_end_gives_every_occurrence_the_same_exact_length() {
    let made = lasting("2026-10-23T20:00", Length::Until(moment("2026-10-24T06:00")), "FREQ=DAILY");
    assert_eq!(ends(&made, 3), ["2026-10-24 06:00 +01:00", "2026-10-25 05:00 +00:00", "2026-10-26 06:00 +00:00"]);
}

#[test]
fn all_day_events_end_with_the_start_of_the_next_day() {
    let camp = lasting("2026-10-24", Length::Until(moment("2026-10-26")), "FREQ=YEARLY");
    assert_eq!(ends(&camp, 2), ["2026-10-27 00:00 +00:00", "2027-10-27 00:00 +01:00"]);
    let days: Vec<String> = camp.occurrences().take(2).map(|occurrence| occurrence.last_day().to_string()).collect();
    assert_eq!(days, ["2026-10-26", "2027-10-26"]);
    assert_eq!(ends(&schedule(timing("2026-10-25", "Europe/London")), 1), ["2026-10-26 00:00 +00:00"]);
    assert_eq!(ends(&lasting("2026-10-24", Length::Days(2), "FREQ=YEARLY"), 1), ["2026-10-26 00:00 +00:00"]);
}

#[test]
fn an_evening_until_midnight_ends_that_day() {
    let made = schedule(Timing { length: Length::Lasts(300), ..timing("2026-12-31T19:00", "Europe/London") });
    assert_eq!(made.first().map(|occurrence| occurrence.last_day().to_string()).as_deref(), Some("2026-12-31"));
    let moment_only = schedule(timing("2026-12-31T00:00", "Europe/London"));
    assert_eq!(moment_only.first().map(|occurrence| occurrence.last_day().to_string()).as_deref(), Some("2026-12-31"));
}

#[test]
fn lengths_that_cannot_be_are_errors() {
    let check = |start: &str, length: Length, expected: &[ScheduleError]| {
        let errors = Schedule::new(Timing { length, ..timing(start, "Europe/London") }).expect_err("no schedule");
        assert_eq!(errors, expected, "{start} {length:?}");
    };
    let until = |text: &str| Length::Until(moment(text));
    check("2026-12-03T19:00", until("2026-12-03T18:00"), &[ScheduleError::EndsBeforeStart]);
    check("2026-12-03T19:00", until("2026-12-03T19:00"), &[ScheduleError::ZeroLength]);
    check("2026-12-03T19:00", Length::Lasts(0), &[ScheduleError::ZeroLength]);
    check("2026-12-03T19:00", Length::Days(0), &[ScheduleError::ZeroLength]);
    check("2026-12-03T19:00", until("2026-12-03"), &[ScheduleError::EndNeedsTime]);
    check("2026-12-03", until("2026-12-03T21:00"), &[ScheduleError::EndHasTime]);
    check("2026-12-03", until("2026-12-02"), &[ScheduleError::EndsBeforeStart]);
    check("2026-12-03", Length::Lasts(60), &[ScheduleError::LengthNeedsTime]);
    let hourly = with_rule("2026-12-03", "Europe/London", "FREQ=HOURLY");
    let hourly = Timing { also: vec![moment("2026-12-05T10:00")], ..hourly };
    let errors = Schedule::new(hourly).expect_err("no schedule");
    assert_eq!(errors, [ScheduleError::RepeatNeedsTime, ScheduleError::AlsoHasTime(0)]);
}

#[test]
fn an_hour_across_the_end_of_summer_time_is_no_mistake() {
    // From 01:30 (the first) to 01:15 of the second pass cannot be said, and an hour later by the clock is two hours.
    let made = schedule(Timing {
        length: Length::Until(moment("2026-10-25T02:30")),
        ..timing("2026-10-25T01:30", "Europe/London")
    });
    assert_eq!(ends(&made, 1), ["2026-10-25 02:30 +00:00"]);
}

fn months() -> Timing {
    with_rule("2026-12-03T19:00", "Europe/London", "FREQ=MONTHLY;BYDAY=1TH;UNTIL=20270630")
}

#[test]
fn exceptions_and_further_dates() {
    let made = schedule(Timing {
        except: vec![
            moment("2027-01-07"),
            moment("2027-02-04T19:00"),
            moment("2027-03-05"),
            moment("2027-03-04T18:00"),
        ],
        also: vec![moment("2027-01-14"), moment("2026-11-30T12:00"), moment("2027-04-01T19:00")],
        ..months()
    });
    let starts: Vec<String> =
        local_starts(made.occurrences()).iter().map(|at| at.strftime("%m-%d %H:%M").to_string()).collect();
    assert_eq!(
        starts,
        ["11-30 12:00", "12-03 19:00", "01-14 19:00", "03-04 19:00", "04-01 19:00", "05-06 19:00", "06-03 19:00"]
    );
    assert_eq!(made.unused_exceptions(), [2, 3]);
    let text = |list: Vec<jiff::civil::DateTime>| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(text(made.exception_dates()), ["2027-01-07T19:00:00", "2027-02-04T19:00:00"]);
    assert_eq!(text(made.further_dates()), ["2026-11-30T12:00:00", "2027-01-14T19:00:00", "2027-04-01T19:00:00"]);
}

#[test]
fn one_occurrence_is_found_by_its_day_or_its_time() {
    let made = schedule(Timing { except: vec![moment("2027-01-07")], ..months() });
    let original = |text: &str| made.occurrence_at(moment(text)).map(|found| found.original.to_string());
    assert_eq!(original("2027-02-04").as_deref(), Some("2027-02-04T19:00:00"));
    assert_eq!(original("2027-02-04T19:00").as_deref(), Some("2027-02-04T19:00:00"));
    assert_eq!(original("2027-01-07").as_deref(), Some("2027-01-07T19:00:00"));
    assert_eq!(original("2027-02-04T20:00"), None);
    assert_eq!(original("2027-02-05"), None);
    assert_eq!(original("2027-07-01"), None);
}

#[test]
fn a_window_has_what_overlaps_it() {
    let made = schedule(Timing {
        length: Length::Lasts(120),
        ..with_rule("2010-01-07T19:00", "Europe/London", "FREQ=WEEKLY")
    });
    let window = |from: &str, to: &str, limit: usize| {
        let found = made.occurrences_in(instant(from), instant(to), limit);
        let starts: Vec<String> = found.list.iter().map(|each| each.start.date().to_string()).collect();
        (starts, found.cut)
    };
    let days = |days: &[&str]| days.iter().map(ToString::to_string).collect::<Vec<_>>();
    // One in progress counts; one that ends as the window begins, or begins as it ends, does not.
    assert_eq!(window("2026-12-03T20:59:59Z", "2026-12-17T19:00:00Z", 9), (days(&["2026-12-03", "2026-12-10"]), false));
    assert_eq!(window("2026-12-03T21:00:00Z", "2026-12-17T19:00:01Z", 9), (days(&["2026-12-10", "2026-12-17"]), false));
    assert_eq!(window("2026-12-01T00:00:00Z", "2027-12-01T00:00:00Z", 2), (days(&["2026-12-03", "2026-12-10"]), true));
    assert_eq!(window("2000-12-01T00:00:00Z", "2009-12-01T00:00:00Z", 2), (days(&[]), false));
    assert_eq!(window("2010-01-01T00:00:00Z", "2010-01-08T00:00:00Z", 1), (days(&["2010-01-07"]), false));
}

#[test]
fn a_long_event_that_began_before_the_window_is_in_it() {
    let made = schedule(Timing { length: Length::Days(20), ..with_rule("2020-06-01", "Europe/London", "FREQ=YEARLY") });
    let found = made.occurrences_in(instant("2026-06-15T00:00:00Z"), instant("2026-06-16T00:00:00Z"), 5);
    assert_eq!(found.list.iter().map(|each| each.start.date().to_string()).collect::<Vec<_>>(), ["2026-06-01"]);
}

#[test]
fn a_window_of_a_counted_rule_counts_from_its_start() {
    let made = schedule(with_rule("2026-01-01T10:00", "Europe/London", "FREQ=WEEKLY;COUNT=10"));
    let found = made.occurrences_in(instant("2026-03-01T00:00:00Z"), Timestamp::MAX, 50);
    assert_eq!(found.list.len(), 1);
    assert!(!found.cut);
}

#[test]
fn a_series_begins_where_its_rule_does() {
    // 1 December 2026 is a Tuesday.
    let made = schedule(with_rule("2026-12-01T19:00", "Europe/London", "FREQ=MONTHLY;BYDAY=1TH;COUNT=2"));
    assert!(!made.start_fits_rule());
    assert_eq!(made.anchor().to_string(), "2026-12-03T19:00:00");
    assert_eq!(made.occurrences().count(), 2);
    assert!(schedule(months()).start_fits_rule());
    assert!(schedule(timing("2026-12-01T19:00", "Europe/London")).start_fits_rule());
    // An excepted first occurrence is still where the rule begins.
    let excepted = schedule(Timing { except: vec![moment("2026-12-03")], ..months() });
    assert_eq!(excepted.anchor().to_string(), "2026-12-03T19:00:00");
    assert_eq!(excepted.first().map(|first| first.original.to_string()).as_deref(), Some("2027-01-07T19:00:00"));
}

#[test]
fn an_event_without_a_rule_takes_place_once() {
    let made = schedule(timing("2026-12-03T19:00", "Europe/London"));
    assert_eq!(made.occurrences().count(), 1);
    assert!(!made.is_series() && !made.is_endless() && made.rrule().is_none());
    let later = made.occurrences_in(instant("2026-12-03T19:00:01Z"), Timestamp::MAX, 5);
    assert!(later.list.is_empty());
}

#[test]
fn the_ends_of_time_are_no_trouble() {
    let made = schedule(with_rule("9999-12-01T10:00", "Europe/London", "FREQ=WEEKLY"));
    assert_eq!(made.occurrences().count(), 5);
    assert_eq!(made.occurrences_in(Timestamp::MIN, Timestamp::MAX, 100).list.len(), 5);
    let first = schedule(Timing {
        length: Length::Lasts(52_000_000),
        ..with_rule("0001-01-01T00:00", "Asia/Tokyo", "FREQ=YEARLY")
    });
    assert_eq!(first.occurrences_in(Timestamp::MIN, Timestamp::MAX, 1).list.len(), 1);
    let errors = Schedule::new(timing("0000-06-01", "UTC")).expect_err("no schedule");
    assert_eq!(errors, [ScheduleError::OutOfRange]);
}
