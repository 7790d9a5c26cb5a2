//! A rule in plain words, where words can say it exactly.

use super::{RuleText, same_dates};
use crate::calendar::{DayRule, End, Frequency, MONTHS, Moment, Repeat, Timing, Until, Words, weekday_name};
use crate::import::draft::InWords;
use jiff::civil::Weekday;

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// Parts that words may have an answer to.
const KNOWN: [&str; 9] = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"];

/// The rule of a timing in words; none where no words give the same dates. The timing has neither exceptions nor further
/// dates.
pub fn in_words(timing: &Timing, text: &RuleText) -> Option<InWords> {
    let rule = timing.repeat.as_ref()?;
    if !text.has_only(&KNOWN) {
        return None;
    }
    let positions = match text.get("BYSETPOS") {
        Some(list) => list.split(',').map(|n| n.trim().parse().ok()).collect::<Option<Vec<i16>>>()?,
        None => Vec::new(),
    };
    let (every, on) = days(rule, &positions, timing.start)?;
    let mut words = InWords { every, on, until: None, count: None };
    match rule.end() {
        End::Never => says_the_same(&words, timing).then_some(words),
        End::Count(count) => {
            words.count = Some(count);
            says_the_same(&words, timing).then_some(words)
        }
        End::Until(until) => ends(until, timing).into_iter().find_map(|until| {
            let words = InWords { until: Some(until), ..words.clone() };
            says_the_same(&words, timing).then_some(words)
        }),
    }
}

/// Ways of writing the end, the plainest first.
fn ends(until: Until, timing: &Timing) -> Vec<Moment> {
    let last = match until {
        Until::Date(date) => return vec![Moment::Date(date)],
        Until::Local(at) => at,
        Until::Utc(at) => timing.zone.to_datetime(at),
    };
    let day_before = last.date().yesterday().ok().map(Moment::Date);
    [Some(Moment::Date(last.date())), day_before, Some(Moment::DateTime(last))].into_iter().flatten().collect()
}

fn says_the_same(words: &InWords, timing: &Timing) -> bool {
    let on: Vec<&str> = words.on.iter().map(String::as_str).collect();
    let read = Repeat::from_words(&Words { every: &words.every, on: &on, until: words.until, count: words.count });
    let Ok(repeat) = read else { return false };
    timing.repeat.as_ref() == Some(&repeat) || same_dates(&Timing { repeat: Some(repeat), ..timing.clone() }, timing)
}

/// `every` and `on`, as the form of the rule suggests; whether it is so is for others to check.
fn days(rule: &Repeat, positions: &[i16], start: Moment) -> Option<(String, Vec<String>)> {
    let every = |unit: &str| match rule.interval() {
        1 => unit.to_owned(),
        n => format!("{n} {unit}s"),
    };
    let weekdays = plain_days(rule.days());
    let has_days = !rule.days().is_empty();
    let working_week = weekdays.as_deref().is_some_and(|days| days == &WEEK[..5]);
    let names = || weekdays.iter().flatten().map(|day| weekday_name(*day).to_owned()).collect::<Vec<_>>();
    match rule.frequency() {
        Frequency::Daily | Frequency::Weekly if !positions.is_empty() || !rule.months().is_empty() => None,
        Frequency::Daily | Frequency::Weekly if !rule.month_days().is_empty() => None,
        Frequency::Daily | Frequency::Weekly if working_week && rule.interval() == 1 => {
            Some(("weekday".to_owned(), Vec::new()))
        }
        Frequency::Daily if !has_days => Some((every("day"), Vec::new())),
        Frequency::Daily | Frequency::Weekly => Some((every("week"), names())),
        // Each Thursday of each month is each Thursday.
        Frequency::Monthly if weekdays.as_ref().is_some_and(|days| !days.is_empty()) && positions.is_empty() => {
            Some((every("week"), names()))
        }
        Frequency::Monthly => {
            let on = if has_days || !rule.month_days().is_empty() { of_month(rule, positions)? } else { Vec::new() };
            rule.months().is_empty().then(|| (every("month"), on))
        }
        Frequency::Yearly => {
            let days = match (has_days || !rule.month_days().is_empty(), start) {
                (true, _) => of_month(rule, positions)?,
                (false, start) if !rule.months().is_empty() => vec![start.date().day().to_string()],
                (false, _) => return Some((every("year"), Vec::new())),
            };
            let dated = |month: &u8| {
                let month = MONTHS.get(usize::from(*month).checked_sub(1)?)?;
                let is_number = |day: &String| day.bytes().all(|byte| byte.is_ascii_digit());
                let of =
                    |day: &String| if is_number(day) { format!("{day} {month}") } else { format!("{day} of {month}") };
                Some(days.iter().map(of).collect::<Vec<_>>())
            };
            let on: Option<Vec<Vec<String>>> = rule.months().iter().map(dated).collect();
            on.filter(|on| !on.is_empty()).map(|on| (every("year"), on.concat()))
        }
        _ => None,
    }
}

/// The days of a month that a rule names.
fn of_month(rule: &Repeat, positions: &[i16]) -> Option<Vec<String>> {
    let weekdays = plain_days(rule.days());
    match (rule.days(), rule.month_days(), positions) {
        ([], days, []) => days.iter().map(|day| month_day(*day)).collect(),
        (days, [], []) => {
            days.iter().map(|day| Some(format!("{} {}", ordinal(day.ordinal?)?, weekday_name(day.weekday)))).collect()
        }
        (_, [], positions) => {
            let noun = match weekdays.as_deref()? {
                [one] => weekday_name(*one),
                days if days == &WEEK[..5] => "weekday",
                days if days == WEEK => return positions.iter().map(|day| month_day(*day)).collect(),
                _ => return None,
            };
            positions.iter().map(|position| Some(format!("{} {noun}", ordinal(*position)?))).collect()
        }
        _ => None,
    }
}

/// Weekdays without numbers, from Monday on; none when one has a number.
fn plain_days(days: &[DayRule]) -> Option<Vec<Weekday>> {
    let plain: Option<Vec<Weekday>> =
        days.iter().map(|day| if day.ordinal.is_none() { Some(day.weekday) } else { None }).collect();
    let mut plain = plain?;
    plain.sort_unstable_by_key(|day| day.to_monday_zero_offset());
    Some(plain)
}

/// `15`, `last day`, `second last day`.
fn month_day(day: i16) -> Option<String> {
    if day > 0 { Some(day.to_string()) } else { Some(format!("{} day", ordinal(day)?)) }
}

fn ordinal(n: i16) -> Option<String> {
    const NAMES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    let name = |n: i16| usize::try_from(n).ok()?.checked_sub(1).and_then(|at| NAMES.get(at)).copied();
    match n {
        1.. => name(n).map(str::to_owned),
        -1 => Some("last".to_owned()),
        _ => name(n.checked_neg()?).map(|name| format!("{name} last")),
    }
}
