//! Dates and times in plain words: "Thursday 4 June 2026, 19:00".

use crate::decode::Moment;
use crate::site::OccurrenceView;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

pub fn day(date: Date) -> String {
    date.strftime("%A %-d %B %Y").to_string()
}

fn clock(at: &Zoned) -> String {
    at.strftime("%H:%M").to_string()
}

/// A moment with the zone that its clock shows.
pub fn instant(at: Timestamp, zone: &TimeZone, zone_name: &str) -> String {
    let local = at.to_zoned(zone.clone());
    format!("{}, {} ({zone_name})", day(local.date()), clock(&local))
}

/// What an author wrote as a date stays a date.
pub fn moment(moment: Moment, zone: &TimeZone, zone_name: &str) -> String {
    match moment {
        Moment::Date(date) => day(date),
        other => instant(other.timestamp(zone), zone, zone_name),
    }
}

/// `UTC+01:00`.
fn offset(at: &Zoned) -> String {
    let seconds = at.offset().seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// From when to when: "Thursday 4 June 2026, 19:00 to 21:00".
pub fn span(occurrence: &OccurrenceView) -> String {
    let (start, end) = (&occurrence.start, &occurrence.end);
    if occurrence.all_day {
        let last = occurrence.last_day();
        return if last > start.date() {
            format!("{} to {}, whole days", day(start.date()), day(last))
        } else {
            format!("{}, the whole day", day(start.date()))
        };
    }
    let from = format!("{}, {}", day(start.date()), clock(start));
    match end {
        end if end <= start => from,
        end if end.date() == start.date() => format!("{from} to {}", clock(end)),
        end => format!("{from} to {}, {}", day(end.date()), clock(end)),
    }
}

/// The same with its offset and in UTC, which is what people compare when a time is wrong by an hour.
pub fn span_with_utc(occurrence: &OccurrenceView) -> String {
    let (start, end) = (&occurrence.start, &occurrence.end);
    if occurrence.all_day {
        return span(occurrence);
    }
    let utc = |at: &Zoned| at.timestamp().to_zoned(TimeZone::UTC);
    let (from, to) = (utc(start), utc(end));
    let short = |at: &Zoned| at.strftime("%-d %B").to_string();
    let mut shown = clock(&from);
    if from.date() != start.date() {
        shown = format!("{} {shown}", short(&from));
    }
    if end > start {
        let day = if to.date() == from.date() { String::new() } else { format!("{} ", short(&to)) };
        shown = format!("{shown} to {day}{}", clock(&to));
    }
    format!("{} ({}; {shown} UTC)", span(occurrence), offset(start))
}
