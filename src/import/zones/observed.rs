//! The offsets that a VTIMEZONE describes (RFC 5545 section 3.6.5).

use super::Period;
use crate::calendar::{Length, Moment, Repeat, Schedule, Timing};
use crate::ical::read::{Component, Stamp, moment, pieces, utc_offset};
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

/// Changes that one rule may give: more than the years of the calendar have use for.
const MOST_CHANGES: usize = 2_000;

/// When the clocks of a zone change, and what they show before and after.
#[derive(Debug)]
pub struct Observed {
    before: Offset,
    /// Ascending; each with the offset from then on.
    changes: Vec<(Timestamp, Offset)>,
}

impl Observed {
    /// Reads a VTIMEZONE; none when nothing of it can be read.
    pub fn read(zone: &Component<'_>) -> Option<Self> {
        let mut changes: Vec<(Timestamp, Offset, Offset)> = Vec::new();
        for part in zone.components.iter().filter(|part| matches!(&*part.name, "STANDARD" | "DAYLIGHT")) {
            let offset = |name: &str| utc_offset(&part.get(name)?.value);
            let Some(to) = offset("TZOFFSETTO") else { continue };
            let from = offset("TZOFFSETFROM").unwrap_or(to);
            for at in onsets(part, from) {
                changes.push((at, from, to));
            }
        }
        changes.sort_by_key(|(at, ..)| *at);
        let before = changes.first()?.1;
        Some(Self { before, changes: changes.into_iter().map(|(at, _, to)| (at, to)).collect() })
    }

    pub fn offset(&self, at: Timestamp) -> Offset {
        let next = self.changes.partition_point(|(change, _)| *change <= at);
        next.checked_sub(1).and_then(|last| self.changes.get(last)).map_or(self.before, |(_, offset)| *offset)
    }

    /// The moment of a local time; of two the first one, as RFC 5545 section 3.3.5 says.
    pub fn instant(&self, local: DateTime) -> Option<Timestamp> {
        let guess = self.before.to_timestamp(local).ok()?;
        let near = [guess.checked_sub(26.hours()).unwrap_or(guess), guess.checked_add(26.hours()).unwrap_or(guess)];
        let at = |offset: Offset| offset.to_timestamp(local).ok();
        let [early, late] = near.map(|near| self.offset(near));
        [early, late]
            .into_iter()
            .find_map(|offset| at(offset).filter(|found| self.offset(*found) == offset))
            .or(at(early))
    }

    /// Offsets that tell zones apart: each month's, and those about each change, but for the hours next to it.
    pub fn samples(&self, period: Period, astray: i64) -> Vec<(Timestamp, Offset)> {
        let inside = self.changes.iter().filter(|(at, _)| (period.from..period.to).contains(at));
        let before = |at: Timestamp| at.checked_sub(astray.hours()).and_then(|at| at.checked_sub(1.second()));
        let about =
            inside.flat_map(|(at, _)| [before(*at).unwrap_or(*at), at.checked_add(astray.hours()).unwrap_or(*at)]);
        period.months().chain(about).map(|at| (at, self.offset(at))).collect()
    }
}

/// When one of a zone's rules takes hold.
fn onsets(part: &Component<'_>, from: Offset) -> Vec<Timestamp> {
    let local = |value: &str| match moment(value)? {
        Stamp::Local(at) => Some(at),
        Stamp::Date(date) => Some(date.at(0, 0, 0, 0)),
        Stamp::Utc(at) => Some(from.to_datetime(at)),
    };
    let Some(start) = part.get("DTSTART").and_then(|start| local(&start.value)) else { return Vec::new() };
    let dates = part.all("RDATE").flat_map(|dates| pieces(&dates.value, ',')).filter_map(|(date, _)| local(date));
    let timing = Timing {
        start: Moment::DateTime(start),
        length: Length::Unstated,
        // Local times are those before the change.
        zone: TimeZone::fixed(from),
        repeat: part.get("RRULE").and_then(|rule| Repeat::parse_rrule(&rule.value).ok()),
        except: Vec::new(),
        also: dates.map(Moment::DateTime).collect(),
    };
    let Ok(schedule) = Schedule::new(timing) else { return Vec::new() };
    // A first change that its own rule does not give takes place all the same.
    let first = from.to_timestamp(start).ok();
    let given = schedule.occurrences().take(MOST_CHANGES).map(|occurrence| occurrence.start.timestamp());
    let mut found: Vec<Timestamp> = first.into_iter().chain(given).collect();
    found.sort_unstable();
    found.dedup();
    found
}
