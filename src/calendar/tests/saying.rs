//! What is said of a rule must be what the rule does.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::{SignedDuration, ToSpan};

use super::*;

fn saying(start: &str, rule: &str) -> Option<Saying> {
    let all_day = !start.contains('T');
    let start = moment(start);
    let local = match start {
        Moment::Date(date) => date.at(0, 0, 0, 0),
        Moment::DateTime(at) => at,
    };
    Repeat::parse_rrule(rule).expect("a rule").saying(local, all_day)
}

#[test]
fn rules_that_mean_the_same_are_said_alike() {
    let check = |start: &str, rules: &[&str]| {
        let first = saying(start, rules[0]);
        assert!(first.is_some(), "{}", rules[0]);
        for rule in rules {
            assert_eq!(saying(start, rule), first, "{rule}");
        }
    };
    // A Thursday, the first of its month.
    let start = "2026-12-03T19:00";
    check(
        start,
        &[
            "FREQ=WEEKLY",
            "FREQ=WEEKLY;BYDAY=TH",
            "FREQ=DAILY;BYDAY=TH",
            "FREQ=MONTHLY;BYDAY=TH",
            "FREQ=YEARLY;BYDAY=TH",
        ],
    );
    check(start, &["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "FREQ=DAILY;BYHOUR=19;BYMINUTE=0"]);
    check(
        start,
        &[
            "FREQ=MONTHLY;BYDAY=1TH",
            "FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1",
            "FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=1TH",
        ],
    );
    check(start, &["FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=3", "FREQ=YEARLY;BYMONTHDAY=3", "FREQ=DAILY;BYMONTHDAY=3"]);
    check(
        start,
        &["FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=12", "FREQ=MONTHLY;BYMONTH=12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=3"],
    );
    check(start, &["FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-1"]);
    check(start, &["FREQ=WEEKLY;BYMONTH=6;BYDAY=TH", "FREQ=YEARLY;BYMONTH=6;BYDAY=TH"]);
    check("2026-12-03", &["FREQ=DAILY", "FREQ=DAILY;BYHOUR=9,12"]);
}

#[test]
fn what_nobody_would_say_is_left_unsaid() {
    for rule in [
        "FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYDAY=TH,1FR",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=TH",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTH=1,7",
        "FREQ=MONTHLY;BYMONTHDAY=1,3,5,7,9,11,13,15",
        "FREQ=MONTHLY;BYMONTHDAY=-15",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYYEARDAY=100",
        "FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=1,2;BYDAY=MO;BYSETPOS=1",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
        "FREQ=DAILY;BYSETPOS=1;BYHOUR=9,10",
        "FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0,30",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9",
        "FREQ=HOURLY;BYDAY=MO",
        "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11",
        "FREQ=SECONDLY",
    ] {
        assert_eq!(saying("2026-12-03T19:00", rule), None, "{rule}");
    }
}

/// Whether a saying counts in a day, by looking at nothing but the day.
fn takes_place(saying: &Saying, day: Date, start: Date, week_start: Weekday) -> bool {
    let months_between = |from: Date, to: Date| {
        (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month())
    };
    let nth = |days: &[MonthDay]| {
        days.iter().any(|wanted| {
            let (position, sort) = match wanted {
                MonthDay::Number(number) => return day.day() == *number as i8,
                MonthDay::Nth(position, sort) => (*position, *sort),
            };
            let all: Vec<Date> = day.first_of_month().series(1.day()).take(day.days_in_month() as usize).collect();
            let of_sort = all.into_iter().filter(|day| match sort {
                DaySort::Any => true,
                DaySort::Working => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
                DaySort::Weekday(weekday) => day.weekday() == weekday,
            });
            let of_sort: Vec<Date> = of_sort.collect();
            let at =
                if position > 0 { position as usize - 1 } else { of_sort.len() - position.unsigned_abs() as usize };
            of_sort.get(at) == Some(&day)
        })
    };
    let in_months = |months: &[u8]| months.is_empty() || months.contains(&(day.month() as u8));
    let days_between = |from: Date, to: Date| i64::from(from.until(to).unwrap().get_days());
    in_months(&saying.months)
        && match &saying.rhythm {
            Rhythm::Days(interval) => days_between(start, day) % i64::from(*interval) == 0,
            Rhythm::Weeks { interval, weekdays } => {
                let since = i64::from(start.weekday().since(week_start));
                let weeks = (days_between(start, day) + since) / 7;
                weekdays.contains(&day.weekday()) && weeks % i64::from(*interval) == 0
            }
            Rhythm::Months { interval, days } => months_between(start, day) % i64::from(*interval) == 0 && nth(days),
            Rhythm::Years { interval, months, days } => {
                i64::from(day.year() - start.year()) % i64::from(*interval) == 0 && in_months(months) && nth(days)
            }
            Rhythm::Minutes(_) | Rhythm::Hours(_) => unreachable!("not a matter of days"),
        }
}

/// The next times that a saying promises, as many as are wanted.
fn promised(saying: &Saying, start: DateTime, week_start: Weekday, wanted: &[DateTime]) -> Vec<DateTime> {
    let step = match saying.rhythm {
        Rhythm::Minutes(minutes) => Some(SignedDuration::from_mins(minutes.into())),
        Rhythm::Hours(hours) => Some(SignedDuration::from_hours(hours.into())),
        _ => None,
    };
    if let Some(step) = step {
        return (0..wanted.len()).map(|n| start + step * n as i32).collect();
    }
    let last = wanted.last().map_or(start.date(), |last| last.date());
    let days = start.date().series(1.day()).take_while(|day| *day <= last);
    let days = days.filter(|day| takes_place(saying, *day, start.date(), week_start));
    // A single time of day is not part of what is said.
    let own = [wanted.first().map_or(start.time(), |first| first.time())];
    let times = if saying.times.is_empty() { &own[..] } else { &saying.times[..] };
    let all = days.flat_map(|day| times.iter().map(move |time| day.to_datetime(*time)));
    all.filter(|at| *at >= start).take(wanted.len()).collect()
}

#[test]
fn a_saying_promises_exactly_the_times_of_its_rule() {
    let data = include_str!("../../../tests/data/recurrence/dateutil.json");
    let rows: Vec<(String, String, String)> = serde_json::from_str(data).expect("rows of three texts");
    let mut said = 0;
    for (start, rule, times) in &rows {
        let compact = |text: &str| DateTime::strptime("%Y%m%dT%H%M%S", text).expect("a compact time");
        let start = compact(start);
        let repeat = Repeat::parse_rrule(rule).expect("a rule");
        let Some(saying) = repeat.saying(start, false) else { continue };
        let expected: Vec<DateTime> = times.split_whitespace().map(compact).collect();
        assert_eq!(promised(&saying, start, repeat.week_start, &expected), expected, "{start} {rule}: {saying:?}");
        said += 1;
    }
    assert!(said > 100, "only {said} of {} rules are said", rows.len());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(600))]
    #[test]
    fn so_do_those_of_any_rule(
        frequency in "(DAILY|WEEKLY|MONTHLY|YEARLY)",
        interval in 1..4u32,
        parts in proptest::sample::subsequence(vec![
            "BYMONTH=3", "BYMONTH=1,6,12", "BYMONTHDAY=15", "BYMONTHDAY=1,-1", "BYMONTHDAY=31", "BYDAY=MO", "BYDAY=TU,TH,SU",
            "BYDAY=MO,TU,WE,TH,FR", "BYDAY=1MO,3MO", "BYDAY=-1FR", "BYDAY=5SA", "BYSETPOS=1", "BYSETPOS=2,-1", "BYHOUR=9",
            "BYHOUR=9,21", "BYMINUTE=0,30", "WKST=SU",
        ], 0..4),
        day in 0..800i32,
    ) {
        let rule = format!("FREQ={frequency};INTERVAL={interval};{}", parts.join(";"));
        let start = jiff::civil::date(2026, 1, 1).at(19, 0, 0, 0) + day.days();
        if let Ok(repeat) = Repeat::parse_rrule(&rule)
            && let Some(saying) = repeat.saying(start, false)
        {
            let made = schedule(with_rule(&start.to_string(), "UTC", &rule));
            let expected: Vec<DateTime> = local_starts(made.occurrences().take(10));
            proptest::prop_assert_eq!(promised(&saying, start, repeat.week_start, &expected), expected, "{} {:?}", rule, saying);
        }
    }
}
