//! Time zone components (RFC 5545 section 3.6.5), from a zone's own clock changes.

mod rules;

use super::{Lines, Local};
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use rules::{Regular, Rule};
use std::collections::HashMap;

/// The time for which a zone's clock is told: every local time in it is read as the zone itself reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: Timestamp,
    /// None for a time without end.
    pub to: Option<Timestamp>,
}

impl Span {
    /// The shortest span that holds both.
    pub fn with(self, other: Self) -> Self {
        Self { from: self.from.min(other.from), to: self.to.zip(other.to).map(|(a, b)| a.max(b)) }
    }
}

/// A zone's clock: every change of it, as calendars tell them.
#[derive(Debug, Clone)]
pub struct Clock {
    name: String,
    utc: bool,
    /// By time; never empty: the first is of the beginning of time. When it is regular, into the first years in which
    /// no table holds any more.
    onsets: Vec<Onset>,
    regular: Option<Regular>,
}

/// The clocks of several zones, each made once.
#[derive(Debug, Default)]
pub struct Clocks {
    by_name: HashMap<String, Clock>,
}

/// One change of a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Onset {
    at: Timestamp,
    /// The time that the clock shows when it changes.
    local: DateTime,
    from: Offset,
    to: Offset,
    /// Whether the clock goes forward into summer. By the offsets: Irish law calls the winter's time the exception.
    daylight: bool,
    name: Box<str>,
}

/// Local times that lie so near to the ends of a span that clocks may differ over them.
const MARGIN_HOURS: i64 = 26;
/// The start of a clock that never changed.
const EVER_SINCE: DateTime = jiff::civil::datetime(1970, 1, 1, 0, 0, 0, 0);

impl Clocks {
    pub fn of<'z>(zones: impl IntoIterator<Item = &'z TimeZone>) -> Self {
        let mut clocks = Self::default();
        for zone in zones {
            if clocks.get(zone).is_none() {
                clocks.by_name.insert(name_of(zone).to_owned(), Clock::new(zone));
            }
        }
        clocks
    }

    /// None for a zone for which no clock was made.
    pub fn get(&self, zone: &TimeZone) -> Option<&Clock> {
        self.by_name.get(name_of(zone))
    }
}

fn name_of(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

impl Clock {
    /// Takes some hundred steps through the zone's history: to be made once for a zone.
    pub fn new(zone: &TimeZone) -> Self {
        let name = name_of(zone).to_owned();
        let utc_names = ["UTC", "Etc/UTC", "Etc/UCT", "UCT", "Etc/Universal", "Universal", "Etc/Zulu", "Zulu"];
        let utc = *zone == TimeZone::UTC || utc_names.contains(&name.as_str());
        let onsets = rules::onsets(zone);
        Self { name, utc, regular: Regular::of(&onsets), onsets }
    }

    /// The name by which times refer to the zone's component.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is UTC, whose times are written with a `Z` and need no component.
    pub fn is_utc(&self) -> bool {
        self.utc
    }

    /// Writes the zone's component with the clock changes that a span needs. Changes that come every year by a rule are
    /// written as that rule, which is what programs understand that keep no history of zones.
    pub fn write(&self, span: Span, lines: &mut Lines) {
        lines.begin("VTIMEZONE");
        lines.text("TZID", &self.name);
        let onsets = self.needed(span);
        let is_single = |onset: &Onset| self.regular.as_ref().is_none_or(|regular| onset.at < regular.since);
        let (single, by_rule) = onsets.split_at(onsets.partition_point(is_single));
        let winter = self.missing_winter(onsets);
        let single: Vec<&Onset> = winter.into_iter().chain(single).collect();
        let mut written = vec![false; single.len()];
        for (at, first) in single.iter().enumerate() {
            if written[at] {
                continue;
            }
            let mut dates = Vec::new();
            for (at, other) in single.iter().enumerate().skip(at).filter(|(_, other)| first.is_like(other)) {
                written[at] = true;
                dates.push(other.local);
            }
            write_observance(first, &Repeated::On(&dates), lines);
        }
        let mut rules: Vec<(&Onset, &Rule)> = Vec::new();
        for onset in by_rule {
            let new = |rule: &&Rule| rule.gives(onset) && !rules.iter().any(|(_, known)| known == rule);
            rules.extend(self.rules().iter().find(new).map(|rule| (onset, rule)));
        }
        for (first, rule) in rules {
            write_observance(first, &Repeated::By(rule), lines);
        }
        lines.end("VTIMEZONE");
    }

    fn rules(&self) -> &[Rule] {
        self.regular.as_ref().map(|regular| regular.rules.as_slice()).unwrap_or_default()
    }

    /// The clock changes that say every local time of a span: the one in force when it begins and those in it.
    fn needed(&self, span: Span) -> &[Onset] {
        let from = span.from.checked_sub(MARGIN_HOURS.hours()).unwrap_or(Timestamp::MIN);
        let first = self.onsets.partition_point(|onset| onset.at <= from).saturating_sub(1);
        let end = match span.to {
            Some(to) => {
                let to = to.checked_add(MARGIN_HOURS.hours()).unwrap_or(Timestamp::MAX);
                self.onsets.partition_point(|onset| onset.at <= to)
            }
            None => self.onsets.len(),
        };
        // What ends before it begins still has a time at which it begins.
        let end = end.max(first + 1);
        let Some(regular) = &self.regular else { return &self.onsets[first..end] };
        // What lies beyond all tables follows the rules as they stand at their end.
        let first = first.min(self.onsets.partition_point(|onset| onset.at < regular.sure));
        // A rule is one of a pair, and readers want both.
        let pair = if self.onsets[first].at >= regular.since { first + 2 } else { end };
        &self.onsets[first..end.max(pair).min(self.onsets.len())]
    }

    /// Some readers, Outlook among them, take no zone without a winter's time: the last one before those needed.
    fn missing_winter(&self, needed: &[Onset]) -> Option<&Onset> {
        let first = needed.first().filter(|_| needed.iter().all(|onset| onset.daylight))?;
        self.onsets.iter().rfind(|onset| onset.at < first.at && !onset.daylight)
    }
}

impl Onset {
    /// Whether both are one kind of change.
    fn is_like(&self, other: &Self) -> bool {
        (self.from, self.to, self.daylight, &self.name) == (other.from, other.to, other.daylight, &other.name)
    }
}

/// When a clock change comes.
enum Repeated<'r> {
    /// The first among them: ical.js looks at no DTSTART beside RDATE.
    On(&'r [DateTime]),
    By(&'r Rule),
}

fn write_observance(first: &Onset, repeated: &Repeated<'_>, lines: &mut Lines) {
    let component = if first.daylight { "DAYLIGHT" } else { "STANDARD" };
    lines.begin(component);
    lines.value("DTSTART", Local(first.local));
    lines.value("TZOFFSETFROM", utc_offset(first.from));
    lines.value("TZOFFSETTO", utc_offset(first.to));
    match repeated {
        Repeated::On([] | [_]) => {}
        Repeated::On(dates) => {
            // One by one: of several in a line ical.js reads the first.
            for date in *dates {
                lines.value("RDATE", Local(*date));
            }
        }
        Repeated::By(rule) => lines.value("RRULE", rule),
    }
    if !first.name.is_empty() {
        lines.text("TZNAME", &first.name);
    }
    lines.end(component);
}

/// `+0100`, with seconds where there are any (section 3.3.14).
fn utc_offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, size) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let mut text = format!("{sign}{:02}{:02}", size / 3600, size / 60 % 60);
    if size % 60 != 0 {
        text.push_str(&format!("{:02}", size % 60));
    }
    text
}

#[cfg(test)]
mod tests;
