//! Raw rules: `FREQ=MONTHLY;BYDAY=1TH` (RFC 5545 section 3.3.10).

use std::num::NonZeroU32;
use std::ops::Range;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use super::repeat::{DayRule, End, Frequency, Part, Repeat, RuleError, Until};

const PARTS: [&str; 14] = [
    "FREQ",
    "UNTIL",
    "COUNT",
    "INTERVAL",
    "BYSECOND",
    "BYMINUTE",
    "BYHOUR",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
    "WKST",
];

impl Repeat {
    /// Reads a raw rule. A leading `RRULE:` is passed over; upper and lower case count alike. Every mistake is
    /// reported, each with the bytes of its part.
    pub fn parse_rrule(text: &str) -> Result<Self, Vec<RuleError>> {
        let mut reader = Reader { rule: Repeat::new(Frequency::Daily), errors: Vec::new(), seen: Vec::new() };
        let mut at = text.len() - text.trim_start().len();
        let trimmed = text.trim();
        if trimmed.get(..6).is_some_and(|prefix| prefix.eq_ignore_ascii_case("RRULE:")) {
            at += 6;
        }
        let body = &text[at..text.trim_end().len().max(at)];
        for piece in body.split(';') {
            if !piece.is_empty() {
                reader.part(piece, at);
            }
            at += piece.len() + 1;
        }
        reader.finish(text)
    }
}

struct Reader {
    rule: Repeat,
    errors: Vec<RuleError>,
    /// Each part's name with its bytes.
    seen: Vec<(&'static str, Range<usize>)>,
}

/// A piece of the rule's text and where it begins.
#[derive(Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    at: usize,
}

impl Piece<'_> {
    fn range(self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }
}

impl Reader {
    fn error(&mut self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.errors.push(RuleError { part: Part::Rule, range, message: message.into(), help: help.into() });
    }

    fn part(&mut self, text: &str, at: usize) {
        let whole = at..at + text.len();
        let Some((written, value)) = text.split_once('=') else {
            self.error(
                whole,
                format!("`{text}` is no part of a rule"),
                "write each part as NAME=VALUE, such as FREQ=WEEKLY",
            );
            return;
        };
        let value = Piece { text: value, at: at + written.len() + 1 };
        let Some(name) = PARTS.into_iter().find(|name| name.eq_ignore_ascii_case(written.trim())) else {
            self.error(
                at..at + written.len(),
                format!("a rule has no part `{written}`"),
                format!("the parts are {}", PARTS.join(", ")),
            );
            return;
        };
        if self.seen.iter().any(|(seen, _)| *seen == name) {
            self.error(whole, format!("{name} is given twice"), "keep one of the two");
            return;
        }
        self.seen.push((name, whole));
        match name {
            "FREQ" => self.frequency(value),
            "UNTIL" => self.until(value),
            "COUNT" => {
                if let Some(count) = self.positive(value, "COUNT") {
                    self.rule.end = End::Count(count.get());
                }
            }
            "INTERVAL" => {
                if let Some(interval) = self.positive(value, "INTERVAL") {
                    self.rule.interval = interval;
                }
            }
            "WKST" => match weekday(value.text) {
                Some(weekday) => self.rule.week_start = weekday,
                None => self.error(value.range(), format!("`{}` is no weekday", value.text), WEEKDAY_HELP),
            },
            "BYDAY" => self.days(value),
            "BYSECOND" => self.rule.seconds = self.unsigned(value, name, 0..=60),
            "BYMINUTE" => self.rule.minutes = self.unsigned(value, name, 0..=59),
            "BYHOUR" => self.rule.hours = self.unsigned(value, name, 0..=23),
            "BYMONTH" => self.rule.months = self.unsigned(value, name, 1..=12),
            "BYMONTHDAY" => self.rule.month_days = self.signed(value, name, 31),
            "BYYEARDAY" => self.rule.year_days = self.signed(value, name, 366),
            "BYWEEKNO" => self.rule.weeks = self.signed(value, name, 53),
            _ => self.rule.positions = self.signed(value, name, 366),
        }
    }

    fn frequency(&mut self, value: Piece) {
        let wanted = value.text.trim();
        match Frequency::NAMES.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)) {
            Some((_, frequency)) => self.rule.frequency = frequency,
            None => {
                let names: Vec<_> = Frequency::NAMES.iter().rev().map(|(name, _)| *name).collect();
                self.error(
                    value.range(),
                    format!("`{wanted}` is no frequency"),
                    format!("write one of {}", names.join(", ")),
                );
            }
        }
    }

    fn until(&mut self, value: Piece) {
        let text = value.text.trim();
        let parsed = if let Some(text) = text.strip_suffix(['Z', 'z']) {
            datetime(text).and_then(|at| TimeZone::UTC.to_timestamp(at).ok()).map(Until::Utc)
        } else if text.len() == 8 {
            date(text).map(Until::Date)
        } else {
            datetime(text).map(Until::Local)
        };
        match parsed {
            Some(until) => self.rule.end = End::Until(until),
            None => self.error(
                value.range(),
                format!("`{text}` is no date or time of a rule"),
                "write UNTIL=20271231 for a whole day, UNTIL=20271231T190000 for a local time or \
                 UNTIL=20271231T190000Z for a time in UTC",
            ),
        }
    }

    fn positive(&mut self, value: Piece, name: &str) -> Option<NonZeroU32> {
        let number = number(value.text).and_then(|n| u32::try_from(n).ok()).and_then(NonZeroU32::new);
        if number.is_none() {
            let message = format!("{name} cannot be `{}`", value.text);
            self.error(value.range(), message, format!("{name} is a whole number from 1"));
        }
        number
    }

    fn unsigned(&mut self, value: Piece, name: &str, allowed: std::ops::RangeInclusive<u8>) -> Vec<u8> {
        let read = |text: &str| number(text).and_then(|n| u8::try_from(n).ok()).filter(|n| allowed.contains(n));
        self.list(value, name, read, &format!("{} to {}", allowed.start(), allowed.end()))
    }

    fn signed(&mut self, value: Piece, name: &str, top: i16) -> Vec<i16> {
        let read = |text: &str| {
            let n = number(text).and_then(|n| i16::try_from(n).ok())?;
            (n != 0 && n.abs() <= top).then_some(n)
        };
        self.list(value, name, read, &format!("1 to {top}, or -1 to -{top} to count from the end"))
    }

    fn list<T>(&mut self, value: Piece, name: &str, read: impl Fn(&str) -> Option<T>, allowed: &str) -> Vec<T> {
        let mut list = Vec::new();
        let mut at = value.at;
        for text in value.text.split(',') {
            match read(text) {
                Some(item) => list.push(item),
                None => {
                    let help = format!("{name} takes numbers with commas between them, each {allowed}");
                    self.error(at..at + text.len(), format!("{name} cannot contain `{text}`"), help);
                }
            }
            at += text.len() + 1;
        }
        list
    }

    fn days(&mut self, value: Piece) {
        let mut at = value.at;
        for text in value.text.split(',') {
            match day_rule(text.trim()) {
                Some(day) => self.rule.days.push(day),
                None => self.error(at..at + text.len(), format!("BYDAY cannot contain `{text}`"), WEEKDAY_HELP),
            }
            at += text.len() + 1;
        }
    }

    fn finish(mut self, text: &str) -> Result<Repeat, Vec<RuleError>> {
        if !self.seen.iter().any(|(name, _)| *name == "FREQ") {
            self.error(
                0..text.len(),
                "the rule does not say how often: it has no FREQ",
                "begin it with FREQ=WEEKLY, for example",
            );
        } else if self.errors.is_empty() {
            self.check_combinations();
        }
        if self.errors.is_empty() { Ok(self.rule.canonical()) } else { Err(self.errors) }
    }

    /// What RFC 5545 section 3.3.10 forbids of parts together.
    fn check_combinations(&mut self) {
        use Frequency::{Daily, Monthly, Weekly, Yearly};
        let frequency = self.rule.frequency;
        let has = |reader: &Self, name: &str| reader.seen.iter().any(|(seen, _)| *seen == name);
        let ordinal = self.rule.days.iter().any(|day| day.ordinal.is_some());
        let other_by = self.seen.iter().any(|(name, _)| name.starts_with("BY") && *name != "BYSETPOS");
        let forbidden = [
            (has(self, "COUNT"), "UNTIL", "a rule ends by UNTIL or by COUNT, not by both"),
            (frequency != Yearly, "BYWEEKNO", "BYWEEKNO goes with FREQ=YEARLY only"),
            (
                matches!(frequency, Daily | Weekly | Monthly),
                "BYYEARDAY",
                "BYYEARDAY does not go with FREQ=DAILY, WEEKLY or MONTHLY",
            ),
            (frequency == Weekly, "BYMONTHDAY", "BYMONTHDAY does not go with FREQ=WEEKLY"),
            (
                ordinal && !matches!(frequency, Monthly | Yearly),
                "BYDAY",
                "a weekday with a number, such as 1TH, goes with FREQ=MONTHLY or YEARLY only",
            ),
            (
                ordinal && has(self, "BYWEEKNO"),
                "BYDAY",
                "a weekday with a number, such as 1TH, does not go with BYWEEKNO",
            ),
            (!other_by, "BYSETPOS", "BYSETPOS chooses from what another BY part gives, and there is none"),
        ];
        for (wrong, name, message) in forbidden {
            let place = self.seen.iter().find(|(seen, _)| *seen == name).map(|(_, range)| range.clone());
            if let Some(range) = place.filter(|_| wrong) {
                self.error(range, message, format!("remove {name}, or change the part it conflicts with"));
            }
        }
    }
}

const WEEKDAY_HELP: &str = "weekdays are MO, TU, WE, TH, FR, SA and SU; in BYDAY of a monthly or yearly rule a number \
                            may stand before, such as 1TH for the first Thursday and -1FR for the last Friday";

/// Digits with a sign or without; nothing else, as RFC 5545 has it.
fn number(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = !digits.is_empty() && digits.len() <= 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn weekday(text: &str) -> Option<Weekday> {
    const CODES: [(&str, Weekday); 7] = [
        ("MO", Weekday::Monday),
        ("TU", Weekday::Tuesday),
        ("WE", Weekday::Wednesday),
        ("TH", Weekday::Thursday),
        ("FR", Weekday::Friday),
        ("SA", Weekday::Saturday),
        ("SU", Weekday::Sunday),
    ];
    CODES.into_iter().find(|(code, _)| code.eq_ignore_ascii_case(text.trim())).map(|(_, weekday)| weekday)
}

fn day_rule(text: &str) -> Option<DayRule> {
    let (ordinal, code) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = weekday(code).filter(|_| code.trim().len() == 2)?;
    if ordinal.is_empty() {
        return Some(DayRule { ordinal: None, weekday });
    }
    let ordinal = number(ordinal).and_then(|n| i16::try_from(n).ok()).filter(|n| *n != 0 && n.abs() <= 53)?;
    Some(DayRule { ordinal: Some(ordinal), weekday })
}

/// `20271231`.
fn date(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let field = |range: Range<usize>| text.get(range)?.parse::<i16>().ok();
    let (month, day) = (field(4..6)?, field(6..8)?);
    Date::new(field(0..4)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `20271231T190000`; the seconds may be 60.
fn datetime(text: &str) -> Option<DateTime> {
    let (day, time) = text.split_once(['T', 't'])?;
    if time.len() != 6 || !time.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let field = |range: Range<usize>| time.get(range)?.parse::<i8>().ok();
    let time = jiff::civil::Time::new(field(0..2)?, field(2..4)?, field(4..6)?.min(59), 0).ok()?;
    Some(date(day)?.to_datetime(time))
}
