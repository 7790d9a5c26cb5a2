//! Values of properties (RFC 5545 section 3.3), read as tolerantly as their meaning stays sure.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use std::ops::Range;

/// A text with its escapes resolved. What is no escape stays as it is.
pub fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.chars().next() {
            Some('n' | 'N') => out.push('\n'),
            // The colon and the quotation mark need none, and some programs escape them all the same.
            Some(c @ ('\\' | ';' | ',' | ':' | '"')) => out.push(c),
            _ => {
                out.push('\\');
                continue;
            }
        }
        rest = &rest[1..];
    }
    out.push_str(rest);
    // Real line ends come from lines that were not folded.
    out.replace("\r\n", "\n")
}

/// The parts of a value between separators that are not escaped, each with its place in the value.
pub fn pieces(value: &str, separator: char) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let (mut start, mut is_escaped) = (0, false);
    for (at, c) in value.char_indices() {
        if c == separator && !is_escaped {
            found.push((&value[start..at], start..at));
            start = at + c.len_utf8();
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    found.push((&value[start..], start..value.len()));
    found
}

/// The texts of a list with commas, without empty ones.
pub fn texts(value: &str) -> Vec<String> {
    let all = pieces(value, ',').into_iter().map(|(piece, _)| text(piece).trim().to_owned());
    all.filter(|text| !text.is_empty()).collect()
}

/// A date or a time as it is written, in no zone yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    Date(Date),
    /// Local: in the zone of TZID, or floating.
    Local(DateTime),
    Utc(Timestamp),
}

/// Reads a DATE or DATE-TIME; also with the hyphens and colons of ISO 8601, without seconds, and with an offset.
pub fn moment(value: &str) -> Option<Stamp> {
    let value = value.trim();
    let split = value.find(['T', 't', ' ']);
    let (day, rest) = split.map_or((value, None), |at| (&value[..at], value.get(at + 1..)));
    let day = date(day)?;
    let Some(rest) = rest else { return Some(Stamp::Date(day)) };
    let offset_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (clock, offset) = rest.split_at(offset_at);
    let local = time(day, clock)?;
    if offset.is_empty() {
        return Some(Stamp::Local(local));
    }
    let offset = if offset.eq_ignore_ascii_case("z") { Offset::UTC } else { utc_offset(offset)? };
    offset.to_timestamp(local).ok().map(Stamp::Utc)
}

/// `20271231` or `2027-12-31`.
fn date(text: &str) -> Option<Date> {
    let digits: String = match text.len() {
        8 => text.to_owned(),
        10 if text.get(4..5) == Some("-") && text.get(7..8) == Some("-") => text.replace('-', ""),
        _ => return None,
    };
    let [year, month, day] = numbers(&digits, [4, 2, 2])?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (date.year() >= 1).then_some(date)
}

fn time(day: Date, text: &str) -> Option<DateTime> {
    let digits: String = text.split('.').next()?.chars().filter(|c| *c != ':').collect();
    let [hour, minute, second] = match digits.len() {
        4 => numbers(&digits, [2, 2, 0])?,
        _ => numbers(&digits, [2, 2, 2])?,
    };
    if (hour, minute, second) == (24, 0, 0) {
        return Some(day.tomorrow().ok()?.to_datetime(Time::midnight()));
    }
    // A leap second is the last one of its minute.
    let second = if second == 60 { 59 } else { second };
    let part = |n: i16| i8::try_from(n).ok();
    Some(day.to_datetime(Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()?))
}

/// Digits in groups of these lengths, and nothing else.
fn numbers(digits: &str, lengths: [usize; 3]) -> Option<[i16; 3]> {
    if digits.len() != lengths.iter().sum::<usize>() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut at = 0;
    let mut found = [0; 3];
    for (number, length) in found.iter_mut().zip(lengths) {
        let group = digits.get(at..at + length)?;
        *number = if group.is_empty() { 0 } else { group.parse().ok()? };
        at += length;
    }
    Some(found)
}

/// `+0100`, `-053000`, `+01:00`.
pub fn utc_offset(value: &str) -> Option<Offset> {
    let value = value.trim();
    let sign = match value.chars().next()? {
        '-' => -1,
        '+' => 1,
        _ => return None,
    };
    let digits: String = value[1..].chars().filter(|c| *c != ':').collect();
    let [hours, minutes, seconds] = match digits.len() {
        4 => numbers(&digits, [2, 2, 0])?,
        _ => numbers(&digits, [2, 2, 2])?,
    };
    let total = i32::from(hours) * 3_600 + i32::from(minutes) * 60 + i32::from(seconds);
    Offset::from_seconds(sign * total).ok()
}

/// A length of time: days by the calendar, and seconds by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Duration {
    pub days: i64,
    pub seconds: i64,
}

impl Duration {
    pub fn is_zero(self) -> bool {
        self == Self::default()
    }

    /// The local time so much later; days first.
    pub fn after(self, start: DateTime) -> Option<DateTime> {
        start.checked_add(self.days.days()).ok()?.checked_add(self.seconds.seconds()).ok()
    }

    /// The moment so much later in a zone: days by its calendar, then seconds by the clock.
    pub fn after_in(self, start: DateTime, zone: &TimeZone) -> Option<DateTime> {
        let day = start.checked_add(self.days.days()).ok()?;
        let (at, _) = crate::calendar::resolve(zone, day)?;
        Some(at.checked_add(self.seconds.seconds()).ok()?.datetime())
    }
}

/// Reads a DURATION such as `PT1H30M`, `P2D` or `P1W`. A negative one is none.
pub fn duration(value: &str) -> Option<Duration> {
    /// A hundred years in seconds.
    const MOST: i64 = 3_155_760_000;
    let value = value.trim();
    let mut rest = value.strip_prefix('+').unwrap_or(value).strip_prefix(['P', 'p'])?;
    let mut length = Duration::default();
    let mut in_time = false;
    while let Some(c) = rest.chars().next() {
        if matches!(c, 'T' | 't') && !in_time {
            (in_time, rest) = (true, &rest[1..]);
            continue;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = rest[..digits].parse().ok().filter(|n| *n <= MOST)?;
        let unit = rest[digits..].chars().next()?;
        match (unit.to_ascii_uppercase(), in_time) {
            ('W', false) => length.days += number * 7,
            ('D', false) => length.days += number,
            ('H', true) => length.seconds += number * 3_600,
            ('M', true) => length.seconds += number * 60,
            ('S', true) => length.seconds += number,
            _ => return None,
        }
        rest = &rest[digits + 1..];
    }
    (length.days <= MOST / 86_400 && length.seconds <= MOST).then_some(length)
}

/// A PERIOD: a start with an end or a length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Until(Stamp),
    Lasts(Duration),
}

/// Reads an entry of RDATE: a date, a time or a period.
pub fn moment_or_period(value: &str) -> Option<(Stamp, Option<Period>)> {
    let Some((start, rest)) = value.split_once('/') else { return moment(value).map(|start| (start, None)) };
    let end = moment(rest).map(Period::Until).or_else(|| duration(rest).map(Period::Lasts))?;
    Some((moment(start)?, Some(end)))
}

/// Latitude and longitude in degrees: `51.5;-0.1`, also with a comma. 0;0, which programs write for "nowhere", is none.
pub fn geo(value: &str) -> Option<(f64, f64)> {
    let value = value.trim().trim_start_matches("geo:").replace('\\', "");
    let value = value.split('?').next().unwrap_or_default();
    let (lat, lon) = value.split_once([';', ','])?;
    let lon = lon.split([';', ',']).next()?;
    let degrees = |text: &str, most: f64| text.trim().parse::<f64>().ok().filter(|n| n.is_finite() && n.abs() <= most);
    let (lat, lon) = (degrees(lat, 90.0)?, degrees(lon, 180.0)?);
    (lat != 0.0 || lon != 0.0).then_some((lat, lon))
}
