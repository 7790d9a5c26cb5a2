use super::*;

fn read(every: &str, on: &[&str]) -> Result<Repeat, Vec<RuleError>> {
    Repeat::from_words(&Words { every, on, until: None, count: None })
}

fn check(every: &str, on: &[&str], expected: &str) {
    match read(every, on) {
        Ok(rule) => assert_eq!(rule.to_rrule(&zone("UTC"), false), expected, "{every} {on:?}"),
        Err(errors) => panic!("{every} {on:?}: {errors:?}"),
    }
}

/// Words that are not understood, and where: the part and the text at fault.
fn wrong(every: &str, on: &[&str], expected: (Part, &str)) {
    let errors = read(every, on).expect_err(every);
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    let text = match error.part {
        Part::On(index) => on[index],
        _ => every,
    };
    assert_eq!((error.part, &text[error.range.clone()]), expected, "{every} {on:?}: {}", error.message);
    assert!(!error.message.is_empty() && !error.help.is_empty());
}

#[test]
fn how_often() {
    check("day", &[], "FREQ=DAILY");
    check("every day", &[], "FREQ=DAILY");
    check("3 days", &[], "FREQ=DAILY;INTERVAL=3");
    check("weekday", &[], "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
    check("weekend", &[], "FREQ=WEEKLY;BYDAY=SA,SU");
    check("week", &[], "FREQ=WEEKLY");
    check(" Other  Week ", &[], "FREQ=WEEKLY;INTERVAL=2");
    check("2 weeks", &[], "FREQ=WEEKLY;INTERVAL=2");
    check("two weeks", &[], "FREQ=WEEKLY;INTERVAL=2");
    check("fortnight", &[], "FREQ=WEEKLY;INTERVAL=2");
    check("monthly", &[], "FREQ=MONTHLY");
    check("third month", &[], "FREQ=MONTHLY;INTERVAL=3");
    check("quarter", &[], "FREQ=MONTHLY;INTERVAL=3");
    check("year", &[], "FREQ=YEARLY");
    check("Tuesday", &[], "FREQ=WEEKLY;BYDAY=TU");
    check("tuesdays and thursdays", &[], "FREQ=WEEKLY;BYDAY=TU,TH");
}

#[test]
fn days_of_the_week() {
    check("week", &["thursday"], "FREQ=WEEKLY;BYDAY=TH");
    check("2 weeks", &["tue", "thu"], "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH");
    check("week", &["Mondays, Wed. and FRI"], "FREQ=WEEKLY;BYDAY=MO,WE,FR");
}

#[test]
fn days_of_the_month() {
    check("month", &["first thursday"], "FREQ=MONTHLY;BYDAY=1TH");
    check("month", &["last friday"], "FREQ=MONTHLY;BYDAY=-1FR");
    check("month", &["the second last Sunday of the month"], "FREQ=MONTHLY;BYDAY=-2SU");
    check("month", &["penultimate sun"], "FREQ=MONTHLY;BYDAY=-2SU");
    check("month", &["1st tue", "3rd tue"], "FREQ=MONTHLY;BYDAY=1TU,3TU");
    check("month", &["first monday and third monday"], "FREQ=MONTHLY;BYDAY=1MO,3MO");
    check("month", &["first and third monday"], "FREQ=MONTHLY;BYDAY=1MO,3MO");
    check("month", &["1st and 3rd monday"], "FREQ=MONTHLY;BYDAY=1MO,3MO");
    check("month", &["15"], "FREQ=MONTHLY;BYMONTHDAY=15");
    check("month", &["1st and 15th"], "FREQ=MONTHLY;BYMONTHDAY=1,15");
    check("month", &["last day"], "FREQ=MONTHLY;BYMONTHDAY=-1");
    check("month", &["day 3"], "FREQ=MONTHLY;BYMONTHDAY=3");
    check("month", &["last weekday"], "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1");
    check("month", &["first and last working day"], "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1");
}

#[test]
fn days_of_the_year() {
    check("year", &["1 may"], "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1");
    check("year", &["May 1st"], "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1");
    check("year", &["first monday of may"], "FREQ=YEARLY;BYMONTH=5;BYDAY=1MO");
    check("year", &["last day of february"], "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1");
    check("year", &["1 may", "1 november"], "FREQ=YEARLY;BYMONTH=5,11;BYMONTHDAY=1");
}

#[test]
fn a_yearly_rule_means_the_weekday_of_that_month() {
    let repeat = read("year", &["first monday of may"]).ok();
    let made = schedule(Timing { repeat, ..timing("2026-05-04T11:00", "Europe/London") });
    let days: Vec<String> = local_starts(made.occurrences().take(3)).iter().map(|at| at.date().to_string()).collect();
    assert_eq!(days, ["2026-05-04", "2027-05-03", "2028-05-01"]);
}

#[test]
fn what_is_not_understood_is_shown() {
    wrong("", &[], (Part::Every, ""));
    wrong("moon", &[], (Part::Every, "moon"));
    wrong("2 moons", &[], (Part::Every, "moons"));
    wrong("0 weeks", &[], (Part::Every, "0"));
    wrong("2", &[], (Part::Every, "2"));
    wrong("99999999999 weeks", &[], (Part::Every, "99999999999"));
    wrong("week on tuesday", &[], (Part::Every, "on tuesday"));
    wrong("2 weekdays", &[], (Part::Every, "2 weekdays"));
    wrong("tuesday", &["thursday"], (Part::Every, "tuesday"));
    wrong("month", &["first", "third monday"], (Part::On(0), "first"));
    wrong("month", &["frist thursday"], (Part::On(0), "frist"));
    wrong("month", &["last friday", "the 32nd"], (Part::On(1), "32nd"));
    wrong("month", &["sixth monday"], (Part::On(0), "sixth"));
    wrong("month", &["6th monday"], (Part::On(0), "6th monday"));
    wrong("month", &["thursday"], (Part::On(0), "thursday"));
    wrong("month", &["first monday", "15"], (Part::On(1), "15"));
    wrong("month", &["1 may"], (Part::On(0), "1 may"));
    wrong("month", &[""], (Part::On(0), ""));
    wrong("week", &["first thursday"], (Part::On(0), "first thursday"));
    wrong("week", &["15"], (Part::On(0), "15"));
    wrong("day", &["monday"], (Part::On(0), "monday"));
    wrong("year", &["first monday"], (Part::On(0), "first monday"));
    wrong("year", &["1 may", "25 december"], (Part::On(0), "1 may"));
    wrong("week", &["Ŵythnos 🚌"], (Part::On(0), "Ŵythnos"));
}

#[test]
fn mistakes_of_all_parts_come_together() {
    let words = Words { every: "moon", on: &["tue", "thx"], until: None, count: Some(0) };
    let parts: Vec<Part> = Repeat::from_words(&words).expect_err("mistakes").iter().map(|error| error.part).collect();
    assert_eq!(parts, [Part::Every, Part::On(1), Part::Count]);
    let both = Words { every: "week", on: &[], until: Some(moment("2027-01-01")), count: Some(3) };
    assert_eq!(Repeat::from_words(&both).expect_err("both ends")[0].part, Part::Count);
}

#[test]
fn the_last_day_is_included() {
    let words = Words { every: "week", on: &[], until: Some(moment("2026-12-17")), count: None };
    let made =
        schedule(Timing { repeat: Repeat::from_words(&words).ok(), ..timing("2026-12-03T19:00", "Europe/London") });
    assert_eq!(made.occurrences().count(), 3);
    assert_eq!(made.rrule().as_deref(), Some("FREQ=WEEKLY;UNTIL=20261217T235959Z"));
}

#[test]
fn parts_of_an_hour_are_whole_minutes() {
    let minutes = |text: &str| Length::parse(text).ok();
    assert_eq!(minutes("1.5 hours"), Length::parse("90 min").ok());
    assert_eq!(minutes("0,25h"), Length::parse("15 min").ok());
    for wrong in ["1.5", "1.5 days", "1.333 hours", "1. hours", ".5 hours", "1.5.5 hours"] {
        let error = Length::parse(wrong).unwrap_err();
        assert!(error.message.starts_with('`'), "{wrong}: {}", error.message);
    }
    assert_eq!(Length::parse("1.5").unwrap_err().message, "`1.5` is no length of time");
}

#[test]
fn lengths_in_words() {
    for (text, expected) in [
        ("2 hours", Length::Lasts(120)),
        ("90 minutes", Length::Lasts(90)),
        ("1 hour 30 minutes", Length::Lasts(90)),
        ("1 hour and 30 min", Length::Lasts(90)),
        ("1h30m", Length::Lasts(90)),
        (" 1:30 ", Length::Lasts(90)),
        ("PT1H30M", Length::Lasts(90)),
        ("3 days", Length::Days(3)),
        ("P1W", Length::Days(7)),
        ("1 week, 1 day", Length::Days(8)),
    ] {
        assert_eq!(Length::parse(text), Ok(expected), "{text}");
    }
    for (text, place) in [
        ("", ""),
        ("two hours", "two hours"),
        ("2 parsecs", "2 parsecs"),
        ("2 hours ŵ", "ŵ"),
        ("0 minutes", "0 minutes"),
        ("1:75", "1:75"),
        ("1 day 2 hours", "1 day 2 hours"),
        ("99999999999999999999 hours", "99999999999999999999 hours"),
        ("36526 days", "36526 days"),
        ("P", "P"),
    ] {
        let error = Length::parse(text).expect_err(text);
        assert_eq!(&text[error.range.clone()], place, "{text}: {}", error.message);
    }
}

/// Words that authors use, in any order, and others between.
fn word_salad() -> impl proptest::strategy::Strategy<Value = String> {
    let words = [
        "first", "last", "second", "2", "15th", "and", ",", "of", "the", "month", "monday", "tue", "day", "weekday",
        "may", "week", "weeks", "year", "every", "other", "ŵ", "🚌", "hours", "30", "minutes", "1:30", "P", "T", "-1",
    ];
    let word = proptest::sample::select(words.to_vec());
    proptest::strategy::Strategy::prop_map(proptest::collection::vec(word, 0..7), |words| words.join(" "))
}

proptest::proptest! {
    #[test]
    fn no_words_are_too_strange(every in word_salad(), on in word_salad(), any in ".{0,30}") {
        for (every, on) in [(&every, &on), (&any, &on), (&every, &any)] {
            for error in read(every, &[on]).err().into_iter().flatten() {
                let text = if error.part == Part::Every { every } else { on };
                proptest::prop_assert!(text.get(error.range.clone()).is_some(), "{error:?}");
            }
        }
        for text in [&every, &any] {
            if let Err(error) = Length::parse(text) {
                proptest::prop_assert!(text.get(error.range.clone()).is_some(), "{error:?}");
            }
        }
    }

    #[test]
    fn no_raw_rule_is_too_strange(
        rule in "(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY|HOURLY))?(;?(BYDAY|BYMONTH|BYSETPOS|UNTIL|COUNT|BYHOUR|INTERVAL|ŵ)=?[-,0-9MOTUZŵ]{0,9}){0,4}",
    ) {
        match Repeat::parse_rrule(&rule) {
            Ok(repeat) => {
                let made = schedule(Timing { repeat: Some(repeat), ..timing("2026-12-03T19:00", "Europe/London") });
                let starts: Vec<_> = made.occurrences().take(5).map(|each| each.start).collect();
                proptest::prop_assert!(starts.is_sorted());
            }
            Err(errors) => {
                for error in errors {
                    proptest::prop_assert!(rule.get(error.range.clone()).is_some(), "{error:?}");
                }
            }
        }
    }
}
