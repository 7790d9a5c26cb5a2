//! How long an event lasts.

use std::ops::Range;

use super::schedule::Moment;

/// How long an event lasts, as an author may say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Nothing said: a moment, or one whole day.
    Unstated,
    /// A local end. For an all-day event the last of its days. In a series every occurrence lasts exactly as long as
    /// the first (RFC 5545 section 3.8.5.3).
    Until(Moment),
    /// An exact number of minutes, through clock changes too.
    Lasts(u32),
    /// Days by the calendar: ends at the same clock time so many days later.
    Days(u32),
}

/// A length that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LengthError {
    /// Bytes of the text.
    pub range: Range<usize>,
    pub message: String,
    pub help: String,
}

const HELP: &str = "write, for example, \"2 hours\", \"90 minutes\", \"1 hour 30 minutes\", \"1h 30m\", \"1:30\", \
                    \"3 days\" or \"PT1H30M\"";

/// The longest stretch in minutes and in days: a hundred years.
const MOST_MINUTES: u64 = 52_596_000;
const MOST_DAYS: u64 = 36_525;

/// How many bytes a point and the digits behind it have.
fn fraction_length(text: &str) -> usize {
    let Some(behind) = text.strip_prefix(['.', ',']) else { return 0 };
    match behind.bytes().take_while(u8::is_ascii_digit).count() {
        0 => 0,
        digits => 1 + digits,
    }
}

/// The minutes of a part of an hour, such as `.5`; none where they are not whole.
fn minutes_of(fraction: &str) -> Option<u64> {
    let digits = fraction.get(1..).unwrap_or_default();
    let parts = 10_u64.checked_pow(u32::try_from(digits.len()).ok()?)?;
    let minutes = digits.parse::<u64>().unwrap_or(0).checked_mul(60)?;
    minutes.is_multiple_of(parts).then_some(minutes / parts)
}

impl Length {
    /// Reads a duration: plain words (`2 hours`, `1.5 hours`, `1h 30m`, `90 minutes`, `3 days`, `1 week`), `1:30`, or
    /// ISO 8601 (`PT1H30M`, `P2D`, `P1W`). Days do not mix with hours, since the one follows the calendar and the other the clock.
    pub fn parse(text: &str) -> Result<Self, LengthError> {
        let fail = |range: Range<usize>, message: String| LengthError { range, message, help: HELP.to_owned() };
        let lead = text.len() - text.trim_start().len();
        let whole = lead..text.trim_end().len().max(lead);
        let body = text.trim();
        if let Some((hours, minutes)) = body.split_once(':') {
            let part = |text: &str| text.parse::<u64>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
            return match (part(hours), part(minutes)) {
                (Some(hours), Some(minutes)) if minutes < 60 => Self::made(0, hours.saturating_mul(60) + minutes),
                _ => None,
            }
            .ok_or_else(|| fail(whole, format!("`{body}` is no length of time")));
        }
        let iso = body.starts_with(['P', 'p'])
            && body.get(1..2).is_some_and(|c| c.contains(['T', 't']) || c.bytes().all(|b| b.is_ascii_digit()));
        let (mut days, mut minutes, mut parts) = (0u64, 0u64, 0);
        let mut at = lead + usize::from(iso);
        while let Some(rest) = text.get(at..whole.end).filter(|rest| !rest.is_empty()) {
            let skipped = rest.len()
                - rest
                    .trim_start_matches(|c: char| c.is_whitespace() || c == ',' || iso && matches!(c, 'T' | 't'))
                    .len();
            if skipped > 0 {
                at += skipped;
                continue;
            }
            if let Some(and) = rest.strip_prefix("and ").filter(|_| parts > 0) {
                at += rest.len() - and.len();
                continue;
            }
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let fraction = fraction_length(&rest[digits..]);
            let (whole_part, fraction) = (digits, &rest[digits..digits + fraction]);
            let digits = digits + fraction.len();
            let unit_part = rest[digits..].trim_start();
            let unit: String = unit_part.chars().take_while(|c| c.is_alphabetic()).collect();
            let end = at + rest.len() - unit_part.len() + unit.len();
            let number = rest[..whole_part].parse::<u64>().ok().filter(|n| *n <= MOST_MINUTES);
            let (Some(number), true) = (number, end > at) else {
                return Err(fail(at..whole.end, format!("`{rest}` is no length of time")));
            };
            let unit = unit.to_lowercase();
            match (unit.as_str(), iso) {
                ("h" | "hr" | "hrs" | "hour" | "hours", _) => {
                    let Some(rest) = minutes_of(fraction) else {
                        return Err(fail(at..end, format!("`{}` is no whole number of minutes", &text[at..end])));
                    };
                    minutes += number * 60 + rest;
                }
                _ if !fraction.is_empty() => {
                    return Err(fail(at..end, format!("`{}` is no length of time", &text[at..end])));
                }
                ("m" | "min" | "mins" | "minute" | "minutes", _) => minutes += number,
                ("d" | "day" | "days", _) => days += number,
                ("w" | "week" | "weeks", _) => days += number * 7,
                _ => return Err(fail(at..end, format!("`{}` is no length of time", &text[at..end]))),
            }
            parts += 1;
            at = end;
        }
        if days > 0 && minutes > 0 {
            return Err(fail(whole, "days and hours in one length".to_owned()));
        }
        Self::made(days, minutes).filter(|_| parts > 0).ok_or_else(|| match parts {
            0 => fail(whole, "the length is empty".to_owned()),
            _ => fail(whole, "the length is nothing, or longer than a hundred years".to_owned()),
        })
    }

    fn made(days: u64, minutes: u64) -> Option<Self> {
        match (days, minutes) {
            (1..=MOST_DAYS, 0) => Some(Self::Days(days as u32)),
            (0, 1..=MOST_MINUTES) => Some(Self::Lasts(minutes as u32)),
            _ => None,
        }
    }
}
