//! The examples of RFC 5545 section 3.8.5.3: rules and the dates that the standard gives for them.

use jiff::civil::DateTime;

use super::*;

/// A rule from 2 September 1997 (unless a start is given), 09:00 in New York, and its first dates. An ending
/// `...` means that the rule goes on.
fn check(rule: &str, expected: &str) {
    check_from("1997-09-02T09:00", rule, expected);
}

fn check_from(start: &str, rule: &str, expected: &str) {
    let (expected, goes_on) = expected.strip_suffix("...").map_or((expected, false), |expected| (expected, true));
    let expected = dates(expected);
    let made = schedule(with_rule(start, "America/New_York", rule));
    let mut found = local_starts(made.occurrences().take(expected.len() + 1));
    assert_eq!(found.len() > expected.len(), goes_on, "{rule}: {found:?}");
    found.truncate(expected.len());
    assert_eq!(found, expected, "{rule}");
}

/// `1997-09-02,03,10 10-01 1998-01-01`: a year, a month and days, the first two left out where they stay, and a time
/// after `T` that holds from there on.
fn dates(text: &str) -> Vec<DateTime> {
    let (mut year, mut month, mut time) = (0i16, 0i8, "09:00".to_owned());
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        let (day, own_time) = word.split_once('T').map_or((word, None), |(day, time)| (day, Some(time)));
        time = own_time.map_or(time, str::to_owned);
        let fields: Vec<&str> = day.split('-').collect();
        let days = match fields.as_slice() {
            [y, m, days] => {
                (year, month) = (y.parse().expect("a year"), m.parse().expect("a month"));
                days
            }
            [m, days] => {
                month = m.parse().expect("a month");
                days
            }
            [days] => days,
            _ => panic!("{word}"),
        };
        for day in days.split(',') {
            let text = format!("{year:04}-{month:02}-{:02}T{time}", day.parse::<i8>().expect("a day"));
            found.push(text.parse().expect("a local time"));
        }
    }
    found
}

#[test]
fn daily() {
    check("FREQ=DAILY;COUNT=10", "1997-09-2,3,4,5,6,7,8,9,10,11");
    let until_christmas =
        schedule(with_rule("1997-09-02T09:00", "America/New_York", "FREQ=DAILY;UNTIL=19971224T000000Z"));
    assert_eq!(until_christmas.occurrences().count(), 113);
    check("FREQ=DAILY;INTERVAL=2", "1997-09-2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 10-2,4,6...");
    check("FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-2,12,22 10-2,12");
    for rule in [
        "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
        "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1",
    ] {
        let made = schedule(with_rule("1998-01-01T09:00", "America/New_York", rule));
        let found = local_starts(made.occurrences());
        assert_eq!(found.len(), 93, "{rule}");
        assert_eq!(found.last(), dates("2000-01-31").first(), "{rule}");
    }
}

#[test]
fn weekly() {
    check("FREQ=WEEKLY;COUNT=10", "1997-09-2,9,16,23,30 10-7,14,21,28 11-4");
    check("FREQ=WEEKLY;UNTIL=19971224T000000Z", "1997-09-2,9,16,23,30 10-7,14,21,28 11-4,11,18,25 12-2,9,16,23");
    check("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-2,16,30 10-14,28 11-11,25 12-9,23 1998-01-6,20 02-3...");
    for rule in ["FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH"] {
        check(rule, "1997-09-2,4,9,11,16,18,23,25,30 10-2");
    }
    check_from(
        "1997-09-01T09:00",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        "1997-09-1,3,5,15,17,19,29 10-1,3,13,15,17,27,29,31 11-10,12,14,24,26,28 12-8,10,12,22",
    );
    check("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-2,4,16,18,30 10-2,14,16");
}

#[test]
fn the_first_day_of_the_week_matters_every_other_week() {
    check_from("1997-08-05T09:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-5,10,19,24");
    check_from("1997-08-05T09:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-5,17,19,31");
}

#[test]
fn monthly() {
    check_from(
        "1997-09-05T09:00",
        "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        "1997-09-5 10-3 11-7 12-5 1998-01-2 02-6 03-6 04-3 05-1 06-5",
    );
    check_from("1997-09-05T09:00", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997-09-5 10-3 11-7 12-5");
    check_from(
        "1997-09-07T09:00",
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "1997-09-7,28 11-2,30 1998-01-4,25 03-1,29 05-3,31",
    );
    check_from("1997-09-22T09:00", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22 10-20 11-17 12-22 1998-01-19 02-16");
    check_from("1997-09-28T09:00", "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28 10-29 11-28 12-29 1998-01-29 02-26...");
    check("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "1997-09-2,15 10-2,15 11-2,15 12-2,15 1998-01-2,15");
    check_from(
        "1997-09-30T09:00",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        "1997-09-30 10-1,31 11-1,30 12-1,31 1998-01-1,31 02-1",
    );
    check_from(
        "1997-09-10T09:00",
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "1997-09-10,11,12,13,14,15 1999-03-10,11,12,13",
    );
    check(
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
        "1997-09-2,9,16,23,30 11-4,11,18,25 1998-01-6,13,20,27 03-3,10,17,24,31...",
    );
    check_from(
        "1997-09-13T09:00",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "1997-09-13 10-11 11-8 12-13 1998-01-10 02-7 03-7 04-11 05-9 06-13...",
    );
    check_from("1997-09-04T09:00", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-4 10-7 11-6");
    check_from(
        "1997-09-29T09:00",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "1997-09-29 10-30 11-27 12-30 1998-01-29 02-26 03-30...",
    );
    check_from("2007-01-15T09:00", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15,30 02-15 03-15,30");
}

#[test]
fn friday_the_thirteenth_begins_with_the_first_that_is_one() {
    // The standard's start, 2 September, is none and is excepted there.
    let rule = with_rule("1997-09-02T09:00", "America/New_York", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13");
    let made = schedule(Timing { except: vec![moment("1997-09-02T09:00")], ..rule });
    assert_eq!(local_starts(made.occurrences().take(5)), dates("1998-02-13 03-13 11-13 1999-08-13 2000-10-13"));
}

#[test]
fn yearly() {
    check_from(
        "1997-06-10T09:00",
        "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        "1997-06-10 07-10 1998-06-10 07-10 1999-06-10 07-10 2000-06-10 07-10 2001-06-10 07-10",
    );
    check_from(
        "1997-03-10T09:00",
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        "1997-03-10 1999-01-10 02-10 03-10 2001-01-10 02-10 03-10 2003-01-10 02-10 03-10",
    );
    check_from(
        "1997-01-01T09:00",
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "1997-01-1 04-10 07-19 2000-01-1 04-9 07-18 2003-01-1 04-10 07-19 2006-01-1",
    );
    check_from("1997-05-19T09:00", "FREQ=YEARLY;BYDAY=20MO", "1997-05-19 1998-05-18 1999-05-17...");
    check_from("1997-05-12T09:00", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12 1998-05-11 1999-05-17...");
    check_from(
        "1997-03-13T09:00",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        "1997-03-13,20,27 1998-03-5,12,19,26 1999-03-4,11,18,25...",
    );
    check_from(
        "1997-06-05T09:00",
        "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
        "1997-06-5,12,19,26 07-3,10,17,24,31 08-7,14,21,28 1998-06-4,11,18,25 07-2,9,16,23,30 08-6,13,20,27...",
    );
    check_from(
        "1996-11-05T09:00",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "1996-11-5 2000-11-7 2004-11-2...",
    );
}

#[test]
fn within_the_day() {
    check("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z", "1997-09-2T09:00 2T12:00 2T15:00");
    check("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "1997-09-2T09:00 2T09:15 2T09:30 2T09:45 2T10:00 2T10:15");
    check("FREQ=MINUTELY;INTERVAL=90;COUNT=4", "1997-09-2T09:00 2T10:30 2T12:00 2T13:30");
    for rule in [
        "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
        "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
    ] {
        let found =
            local_starts(schedule(with_rule("1997-09-02T09:00", "America/New_York", rule)).occurrences().take(25));
        let of = |at: usize| found[at].to_string();
        assert_eq!(
            (of(0), of(1), of(23), of(24)),
            (
                "1997-09-02T09:00:00".into(),
                "1997-09-02T09:20:00".into(),
                "1997-09-02T16:40:00".into(),
                "1997-09-03T09:00:00".into(),
            )
        );
    }
}
