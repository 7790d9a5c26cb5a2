//! The rules by which a zone changes its clock year after year.

use super::{EVER_SINCE, Onset};
use crate::calendar::weekday_code;
use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday, date};
use jiff::tz::{Offset, TimeZone};
use std::fmt;

/// A year in which every zone follows its rules: tables of clock changes that no rule gives end before it. Seven years
/// follow that are no leap years, so that a weekday of some week falls on each of its seven dates.
const TABLES_END: i16 = 2097;
const YEARS: i16 = 7;
/// More than lies between a change and the same of the year after.
const LONGEST_YEAR_HOURS: i64 = 24 * 380;

/// A clock change of every year, or of those years in which its weekday falls into its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    from: Offset,
    to: Offset,
    time: Time,
    month: i8,
    days: Days,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Days {
    /// The same day of the month.
    Fixed(i8),
    /// The weekday among these days of the month.
    Weekday { weekday: Weekday, first: i8, last: i8 },
}

impl Rule {
    pub fn gives(&self, onset: &Onset) -> bool {
        let day = onset.local.date();
        (self.from, self.to, self.time, self.month) == (onset.from, onset.to, onset.local.time(), day.month())
            && match self.days {
                Days::Fixed(fixed) => day.day() == fixed,
                Days::Weekday { weekday, first, last } => {
                    day.weekday() == weekday && (first..=last).contains(&day.day())
                }
            }
    }
}

/// As a recurrence rule.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FREQ=YEARLY;BYMONTH={}", self.month)?;
        match self.days {
            Days::Fixed(day) => write!(f, ";BYMONTHDAY={day}"),
            Days::Weekday { weekday, first, last } => {
                let code = weekday_code(weekday);
                let longest_month = date(2024, self.month, 1).last_of_month().day();
                match (last - first, first) {
                    (6, 1 | 8 | 15 | 22) => write!(f, ";BYDAY={}{code}", first / 7 + 1),
                    (6, _) if last == longest_month && self.month != 2 => write!(f, ";BYDAY=-1{code}"),
                    _ => {
                        let days: Vec<String> = (first..=last).map(|day| day.to_string()).collect();
                        write!(f, ";BYMONTHDAY={};BYDAY={code}", days.join(","))
                    }
                }
            }
        }
    }
}

/// How a clock changes from some time on.
#[derive(Debug, Clone)]
pub struct Regular {
    pub rules: Vec<Rule>,
    /// The first change from which on the rules give every change.
    pub since: Timestamp,
    /// From here on no zone's table says anything else.
    pub sure: Timestamp,
}

impl Regular {
    /// None when the clock changes for ever by no rule that is understood, or not at all.
    pub fn of(onsets: &[Onset]) -> Option<Self> {
        let sure = new_year(TABLES_END);
        let (tables, seen) = onsets.split_at(onsets.partition_point(|onset| onset.at < sure));
        let mut kinds: Vec<Vec<&Onset>> = Vec::new();
        for onset in seen {
            let time = |onset: &Onset| onset.local.time();
            match kinds.iter_mut().find(|kind| kind[0].is_like(onset) && time(kind[0]) == time(onset)) {
                Some(kind) => kind.push(onset),
                None => kinds.push(vec![onset]),
            }
        }
        let mut rules = Vec::new();
        for kind in &kinds {
            let dates: Vec<Date> = kind.iter().map(|onset| onset.local.date()).collect();
            let (from, to, time) = (kind[0].from, kind[0].to, kind[0].local.time());
            rules.extend(days_of(&dates)?.into_iter().map(|(month, days)| Rule { from, to, time, month, days }));
        }
        // A year without its changes is none of the rules' either.
        let by_rule = |at: usize| {
            let year_later = onsets.get(at + kinds.len())?;
            let in_turn = onsets[at].at.duration_until(year_later.at).as_hours() < LONGEST_YEAR_HOURS;
            (in_turn && rules.iter().any(|rule| rule.gives(&onsets[at]))).then_some(at)
        };
        let first = (0..tables.len()).rev().map_while(by_rule).last().unwrap_or(tables.len());
        Some(Self { since: onsets.get(first)?.at, rules, sure })
    }
}

/// Every change of a zone's clock, by time: to the end of the years from which its rules are taken. The first one says
/// how the clock was at the beginning of time.
pub fn onsets(zone: &TimeZone) -> Vec<Onset> {
    let end = new_year(TABLES_END + YEARS);
    let at_first = zone.to_offset_info(Timestamp::MIN);
    let (mut from, mut dst) = (at_first.offset(), at_first.dst());
    let name = at_first.abbreviation().into();
    let mut found = vec![Onset { at: Timestamp::MIN, local: EVER_SINCE, from, to: from, daylight: false, name }];
    for change in zone.following(Timestamp::MIN).take_while(|change| change.timestamp() < end) {
        let (at, to) = (change.timestamp(), change.offset());
        // What changes only the name of a time changes no clock.
        if from != to {
            let daylight = if dst == change.dst() { dst.is_dst() } else { to > from };
            let (local, name) = (from.to_datetime(at), change.abbreviation().into());
            found.push(Onset { at, local, from, to, daylight, name });
        }
        (from, dst) = (to, change.dst());
    }
    if let Some(second) = found.get(1) {
        found[0].local = found[0].local.min(second.local.date().first_of_year().at(0, 0, 0, 0));
    }
    found
}

fn new_year(year: i16) -> Timestamp {
    TimeZone::UTC.to_timestamp(date(year, 1, 1).at(0, 0, 0, 0)).unwrap_or(Timestamp::MAX)
}

/// The days of the year that give one date in each year: by month, for a week may lie in two.
fn days_of(dates: &[Date]) -> Option<Vec<(i8, Days)>> {
    let first = *dates.first()?;
    if dates.len() != YEARS as usize {
        return None;
    }
    if dates.iter().all(|date| (date.month(), date.day()) == (first.month(), first.day())) {
        return Some(vec![(first.month(), Days::Fixed(first.day()))]);
    }
    let weekday = first.weekday();
    // All as days of one year that is no leap year.
    let in_one_year = |date: &Date| Date::new(2023, date.month(), date.day()).ok();
    let days: Vec<Date> = dates.iter().map(in_one_year).collect::<Option<_>>()?;
    let (earliest, latest) = (*days.iter().min()?, *days.iter().max()?);
    let is_week = earliest.duration_until(latest).as_hours() == 6 * 24;
    if !is_week || dates.iter().any(|date| date.weekday() != weekday) {
        return None;
    }
    let piece =
        |first: Date, last: Date| (first.month(), Days::Weekday { weekday, first: first.day(), last: last.day() });
    if earliest.month() == latest.month() {
        return Some(vec![piece(earliest, latest)]);
    }
    // The end of February is another day in a leap year.
    (earliest.month() != 2)
        .then(|| vec![piece(earliest, earliest.last_of_month()), piece(latest.first_of_month(), latest)])
}
