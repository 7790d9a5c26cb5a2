use super::{RuleText, in_words};
use crate::calendar::{Length, Moment, Timing, Zones};

/// The rule in words, of an event that begins so; `-` where no words say it.
fn words(start: &str, rule: &str) -> String {
    let start = match start.parse() {
        Ok(at) => Moment::DateTime(at),
        Err(_) => Moment::Date(start.parse().unwrap()),
    };
    let text = RuleText::new(rule);
    let timing = Timing {
        start,
        length: Length::Unstated,
        zone: Zones::new().get("Europe/London").unwrap(),
        repeat: Some(text.parse().unwrap()),
        except: Vec::new(),
        also: Vec::new(),
    };
    let Some(words) = in_words(&timing, &text) else { return "-".to_owned() };
    let mut shown = words.every;
    if !words.on.is_empty() {
        shown.push_str(&format!(": {}", words.on.join(", ")));
    }
    match words.until {
        Some(Moment::Date(date)) => shown.push_str(&format!(" until {date}")),
        Some(Moment::DateTime(at)) => shown.push_str(&format!(" until {at}")),
        None => {}
    }
    if let Some(count) = words.count {
        shown.push_str(&format!(" {count} times"));
    }
    shown
}

#[test]
fn rules_are_said_in_words_where_words_say_the_same() {
    #[track_caller]
    fn check(rule: &str, expected: &str) {
        // A Thursday, the first of its month.
        assert_eq!(words("2026-12-03T19:00:00", rule), expected, "{rule}");
    }
    check("FREQ=DAILY", "day");
    check("FREQ=DAILY;INTERVAL=3;COUNT=4", "3 days 4 times");
    check("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "weekday");
    check("FREQ=WEEKLY", "week");
    check("freq=weekly;wkst=su;byday=th", "week: thursday");
    check("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,TU", "2 weeks: tuesday, thursday");
    check("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=10", "weekday 10 times");
    check("FREQ=MONTHLY", "month");
    check("FREQ=MONTHLY;BYDAY=1TH", "month: first thursday");
    check("FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1", "month: first thursday");
    check("FREQ=MONTHLY;BYDAY=1TH,3TH", "month: first thursday, third thursday");
    check("FREQ=MONTHLY;BYMONTHDAY=3", "month: 3");
    check("FREQ=YEARLY", "year");
    check("FREQ=YEARLY;BYMONTH=12", "year: 3 december");
    check("FREQ=YEARLY;BYMONTH=12;BYDAY=1TH", "year: first thursday of december");
    check("FREQ=YEARLY;BYMONTH=3,12;BYMONTHDAY=3", "year: 3 march, 3 december");
    check("RSCALE=GREGORIAN;FREQ=WEEKLY;SKIP=OMIT", "week");
    check("FREQ=MONTHLY;BYDAY=TH", "week: thursday");
    // What no words say.
    check("FREQ=HOURLY;COUNT=3", "-");
    check("FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=3", "-");
    check("FREQ=DAILY;BYMONTH=12", "-");
    check("FREQ=YEARLY;BYDAY=1TH", "-");
    check("FREQ=YEARLY;BYWEEKNO=49;BYDAY=TH", "-");
    check("FREQ=WEEKLY;BYHOUR=19", "-");
}

#[test]
fn days_at_the_end_of_a_month_are_said_in_words() {
    assert_eq!(words("2026-12-31", "FREQ=MONTHLY;BYMONTHDAY=-1"), "month: last day");
    assert_eq!(words("2026-12-31", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-1"), "month: last day");
    assert_eq!(words("2026-12-31", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"), "month: last weekday");
    assert_eq!(words("2026-12-24", "FREQ=MONTHLY;BYDAY=-2TH"), "month: second last thursday");
    assert_eq!(words("2027-02-28", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"), "year: last day of february");
}

#[test]
fn the_last_date_is_a_day_where_that_says_the_same() {
    #[track_caller]
    fn check(until: &str, expected: &str) {
        let rule = format!("FREQ=WEEKLY;UNTIL={until}");
        assert_eq!(words("2027-06-03T19:00:00", &rule), format!("week until {expected}"), "{until}");
    }
    check("20270630T225959Z", "2027-06-30");
    check("20270630", "2027-06-30");
    // 19:00 in summer is 18:00 in UTC.
    check("20270624T180000Z", "2027-06-24");
    check("20270624T170000Z", "2027-06-23");
    check("20270624T000000", "2027-06-23");
    assert_eq!(words("2027-06-03", "FREQ=WEEKLY;UNTIL=20270624"), "week until 2027-06-24");
}

#[test]
fn the_first_day_of_the_week_is_told_where_it_matters() {
    // On a Tuesday and a Sunday of every second week, with Sunday as the first day or the last.
    let rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=4";
    assert_eq!(words("2026-12-01T19:00:00", &format!("{rule};WKST=MO")), "2 weeks: tuesday, sunday 4 times");
    assert_eq!(words("2026-12-01T19:00:00", &format!("{rule};WKST=SU")), "-");
}
