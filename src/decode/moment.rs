use super::guess::Guess;
use super::scalars::wrong_type;
use super::{Context, Decode, Node, Value, cell};
use crate::diagnostic::codes;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

/// A date, or a date with a time, as an author writes it: `2026-12-01`, `2026-12-01T19:00`, `2026-12-01 19:00:00`,
/// or with an offset, `2026-12-01T19:00:00Z`; as native TOML or quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    Date(Date),
    DateTime(DateTime),
    /// A time with an offset: one instant, whatever the zone.
    Instant(Timestamp),
}

impl Default for Moment {
    fn default() -> Self {
        Self::Date(Date::default())
    }
}

impl Moment {
    /// The instant meant, reading a local time in `zone`. A date means its first moment.
    pub fn timestamp(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Instant(instant) => instant,
            // Only the first and last days of the calendar have no instant: what is meant is "always" or "never".
            local => zone.to_timestamp(local.civil(zone)).unwrap_or(match local.civil(zone).year() {
                year if year > 0 => Timestamp::MAX,
                _ => Timestamp::MIN,
            }),
        }
    }

    /// The instant at which it is over: a date lasts until its end, a time is over at once.
    pub fn end(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::Date(date) => {
                let next = date.tomorrow().unwrap_or(date);
                zone.to_timestamp(next.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX)
            }
            other => other.timestamp(zone),
        }
    }

    /// The local date and time in `zone`.
    pub fn civil(self, zone: &TimeZone) -> DateTime {
        match self {
            Self::Date(date) => date.to_datetime(Time::midnight()),
            Self::DateTime(datetime) => datetime,
            Self::Instant(instant) => zone.to_datetime(instant),
        }
    }

    pub fn is_date(self) -> bool {
        matches!(self, Self::Date(_))
    }

    /// Reads the text forms.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() == 10 {
            return text.parse().ok().map(Self::Date);
        }
        let (date, rest) = (text.get(..10)?, text.get(10..)?);
        let date: Date = date.parse().ok()?;
        let rest = rest.trim_start_matches(['T', 't', ' ']);
        let offset_at = rest.find(['Z', 'z', '+', '-']);
        let (time, offset) = rest.split_at(offset_at.unwrap_or(rest.len()));
        let datetime = date.to_datetime(parse_time(time.trim())?);
        if offset.is_empty() {
            return Some(Self::DateTime(datetime));
        }
        let offset = parse_offset(offset)?;
        offset.to_timestamp(datetime).ok().map(Self::Instant)
    }

    fn from_toml(moment: &toml::value::Datetime) -> Option<Self> {
        let date = moment.date?;
        let date = Date::new(i16::try_from(date.year).ok()?, date.month as i8, date.day as i8).ok()?;
        let Some(time) = moment.time else {
            return Some(Self::Date(date));
        };
        let second = time.second.unwrap_or(0).min(59) as i8;
        let datetime = date.to_datetime(Time::new(time.hour as i8, time.minute as i8, second, 0).ok()?);
        match moment.offset {
            None => Some(Self::DateTime(datetime)),
            Some(toml::value::Offset::Z) => Offset::UTC.to_timestamp(datetime).ok().map(Self::Instant),
            Some(toml::value::Offset::Custom { minutes }) => {
                let offset = Offset::from_seconds(i32::from(minutes) * 60).ok()?;
                offset.to_timestamp(datetime).ok().map(Self::Instant)
            }
        }
    }
}

fn parse_time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let hour = parts.next()?;
    let minute = parts.next()?;
    let second = parts.next().unwrap_or("0").split('.').next()?;
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || !digits(hour) || minute.len() != 2 || !digits(minute) || !digits(second) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, second.parse::<i8>().ok()?.min(59), 0).ok()
}

fn parse_offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text.get(1..)?.chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits.get(..2)?.parse().ok()?, digits.get(2..)?.parse().ok()?);
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

/// What is wrong with a text that is no date, and what to write instead.
pub(super) fn mistake(written: &str) -> (String, String) {
    const FORM: &str = "write the year first: 2026-12-01, or with a time: 2026-12-01T19:00:00";
    const CLOCK: &str = "use the 24-hour clock, with the day before it: 2026-12-01T19:00:00";
    let guess = Guess::read(written);
    match (guess.date, guess.time) {
        (Some(None), _) => (
            format!("\"{written}\" is not a date that exists"),
            "write a day that exists, the year first: 2026-12-01, or with a time: 2026-12-01T19:00:00".to_owned(),
        ),
        (Some(Some(date)), Some(None)) => {
            (format!("\"{written}\" has a time that does not exist"), format!("use the 24-hour clock: {date}T19:00:00"))
        }
        (Some(Some(date)), Some(Some(time))) => (
            format!("\"{written}\" is not in the form of a date with a time"),
            format!("write the year first, and use the 24-hour clock: {date}T{time}"),
        ),
        (Some(Some(date)), None) => {
            (format!("\"{written}\" is not in the form of a date"), format!("write the year first: {date}"))
        }
        (None, Some(Some(time))) => (
            format!("\"{written}\" is a time without its day"),
            format!("use the 24-hour clock, with the day before it: 2026-12-01T{time}"),
        ),
        (None, Some(None)) => (format!("\"{written}\" is not a time that exists"), CLOCK.to_owned()),
        (None, None) => (format!("\"{written}\" is not a date"), FORM.to_owned()),
    }
}

impl Decode for Moment {
    const EXPECTS: &'static str = "a date or a date with a time";
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let (moment, written) = match &node.value {
            // What the TOML parser could not read has been reported.
            Value::Datetime(moment) if moment.date.is_none() && moment.time.is_none() => return None,
            Value::Datetime(moment) => (Self::from_toml(moment), moment.to_string()),
            Value::String(text) => (Self::parse(text), text.as_ref().to_owned()),
            Value::Cell(text) => return cell::moment(text, node.span, cx),
            // 19.30 without quotation marks is a number to TOML and a time to its author.
            Value::Float(number) if matches!(Guess::read(&format!("{number:.2}")).time, Some(Some(_))) => {
                (None, format!("{number:.2}"))
            }
            _ => {
                wrong_type(node, Self::EXPECTS, None, cx);
                return None;
            }
        };
        if moment.is_none() {
            let (message, help) = mistake(&written);
            cx.report(&codes::BAD_VALUE, node.span, message).help = Some(help);
        }
        moment
    }
}
