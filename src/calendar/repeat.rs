//! A recurrence rule (RFC 5545 section 3.3.10) and its canonical text.

use std::fmt::Write;
use std::num::NonZeroU32;
use std::ops::Range;

use super::names::weekday_code;
use jiff::civil::{self, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::DateTime};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

impl Frequency {
    pub(super) const NAMES: [(&'static str, Self); 7] = [
        ("SECONDLY", Self::Secondly),
        ("MINUTELY", Self::Minutely),
        ("HOURLY", Self::Hourly),
        ("DAILY", Self::Daily),
        ("WEEKLY", Self::Weekly),
        ("MONTHLY", Self::Monthly),
        ("YEARLY", Self::Yearly),
    ];

    /// For those shorter than a day.
    pub(super) fn seconds_of_unit(self) -> Option<i64> {
        match self {
            Self::Secondly => Some(1),
            Self::Minutely => Some(60),
            Self::Hourly => Some(3_600),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, frequency)| *frequency == self).map_or("", |(name, _)| name)
    }
}

/// When a rule ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Never,
    /// After so many occurrences, excepted ones included.
    Count(u32),
    Until(Until),
}

/// The last time a rule may give, itself included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// The whole of a day in the event's zone.
    Date(civil::Date),
    /// In the event's zone.
    Local(DateTime),
    Utc(Timestamp),
}

/// A weekday, or the first, second, last... of them in the month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRule {
    /// Counted from one; from the end when negative.
    pub ordinal: Option<i16>,
    pub weekday: Weekday,
}

/// A recurrence rule. Made by [`Repeat::parse_rrule`] or [`Repeat::from_words`], so its parts fit one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    pub(super) frequency: Frequency,
    pub(super) interval: NonZeroU32,
    pub(super) end: End,
    pub(super) months: Vec<u8>,
    pub(super) weeks: Vec<i16>,
    pub(super) year_days: Vec<i16>,
    pub(super) month_days: Vec<i16>,
    pub(super) days: Vec<DayRule>,
    pub(super) hours: Vec<u8>,
    pub(super) minutes: Vec<u8>,
    pub(super) seconds: Vec<u8>,
    pub(super) positions: Vec<i16>,
    pub(super) week_start: Weekday,
}

/// Which of the author's values an error is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The text of a raw rule.
    Rule,
    Every,
    /// One of the entries of `on`, counted from zero.
    On(usize),
    Until,
    Count,
}

/// Something in a rule that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError {
    pub part: Part,
    /// Bytes of that value's text.
    pub range: Range<usize>,
    /// What is wrong, in plain words.
    pub message: String,
    /// What would be accepted.
    pub help: String,
}

impl Repeat {
    pub(super) fn new(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: NonZeroU32::MIN,
            end: End::Never,
            months: Vec::new(),
            weeks: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            seconds: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
        }
    }

    pub fn frequency(&self) -> Frequency {
        self.frequency
    }

    pub fn interval(&self) -> u32 {
        self.interval.get()
    }

    pub fn end(&self) -> End {
        self.end
    }

    /// The same rule with another end.
    pub fn ending(&self, end: End) -> Self {
        Self { end, ..self.clone() }
    }

    /// BYDAY: empty when the rule leaves the weekday to the start.
    pub fn days(&self) -> &[DayRule] {
        &self.days
    }

    /// BYMONTHDAY.
    pub fn month_days(&self) -> &[i16] {
        &self.month_days
    }

    /// BYMONTH.
    pub fn months(&self) -> &[u8] {
        &self.months
    }

    /// The rule as RFC 5545 writes it, always the same text for the same rule: defaults left out, lists in order.
    /// UNTIL takes the value type that the start requires: a date for an all-day event, otherwise a time in UTC.
    pub fn to_rrule(&self, zone: &TimeZone, all_day: bool) -> String {
        let mut text = format!("FREQ={}", self.frequency.name());
        // Writing to a String cannot fail.
        let _ = match self.end {
            End::Never => Ok(()),
            End::Count(count) => write!(text, ";COUNT={count}"),
            End::Until(until) if all_day => write!(text, ";UNTIL={}", until.date(zone).strftime("%Y%m%d")),
            End::Until(until) => match until.timestamp(zone) {
                Some(until) => write!(text, ";UNTIL={}", until.strftime("%Y%m%dT%H%M%SZ")),
                None => Ok(()),
            },
        };
        if self.interval.get() > 1 {
            let _ = write!(text, ";INTERVAL={}", self.interval);
        }
        list(&mut text, "BYMONTH", &self.months);
        list(&mut text, "BYWEEKNO", &self.weeks);
        list(&mut text, "BYYEARDAY", &self.year_days);
        list(&mut text, "BYMONTHDAY", &self.month_days);
        let days = self.days.iter().map(|day| {
            let ordinal = day.ordinal.map_or(String::new(), |ordinal| ordinal.to_string());
            format!("{ordinal}{}", weekday_code(day.weekday))
        });
        list(&mut text, "BYDAY", &days.collect::<Vec<_>>());
        list(&mut text, "BYHOUR", &self.hours);
        list(&mut text, "BYMINUTE", &self.minutes);
        list(&mut text, "BYSECOND", &self.seconds);
        list(&mut text, "BYSETPOS", &self.positions);
        if self.week_start != Weekday::Monday {
            let _ = write!(text, ";WKST={}", weekday_code(self.week_start));
        }
        text
    }

    /// Lists in order and without doubles: counted from the front first, then from the back.
    pub(super) fn canonical(mut self) -> Self {
        fn tidy<T: Copy + Ord>(list: &mut Vec<T>) {
            list.sort_unstable();
            list.dedup();
        }
        fn tidy_signed(list: &mut Vec<i16>) {
            list.sort_unstable_by_key(|n| (*n < 0, *n));
            list.dedup();
        }
        tidy(&mut self.months);
        tidy(&mut self.hours);
        tidy(&mut self.minutes);
        tidy(&mut self.seconds);
        for list in [&mut self.weeks, &mut self.year_days, &mut self.month_days, &mut self.positions] {
            tidy_signed(list);
        }
        let order = |day: &DayRule| {
            let ordinal = day.ordinal.unwrap_or(0);
            (ordinal < 0, ordinal, day.weekday.to_monday_zero_offset())
        };
        self.days.sort_unstable_by_key(order);
        self.days.dedup();
        self
    }
}

impl Until {
    /// The last moment allowed, in an event's zone; none when it is out of the range of time.
    pub(super) fn timestamp(self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Utc(at) => Some(at),
            Self::Local(at) => zone.to_timestamp(at).ok(),
            Self::Date(date) => zone.to_timestamp(date.at(23, 59, 59, 0)).ok(),
        }
    }

    /// The last time allowed as a clock in the event's zone shows it.
    pub fn local(self, zone: &TimeZone) -> DateTime {
        match self {
            Self::Utc(at) => zone.to_datetime(at),
            Self::Local(at) => at,
            Self::Date(date) => date.at(23, 59, 59, 0),
        }
    }

    fn date(self, zone: &TimeZone) -> civil::Date {
        self.local(zone).date()
    }
}

fn list<T: ToString>(text: &mut String, name: &str, values: &[T]) {
    if !values.is_empty() {
        let values: Vec<String> = values.iter().map(T::to_string).collect();
        let _ = write!(text, ";{name}={}", values.join(","));
    }
}
