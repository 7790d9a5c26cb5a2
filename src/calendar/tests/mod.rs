mod clocks;
mod dateutil;
mod rfc5545;
mod rrule;
mod saying;
mod schedule;
mod words;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::*;

fn zone(name: &str) -> jiff::tz::TimeZone {
    Zones::new().get(name).expect("a zone of the database")
}

/// `2026-12-03` or `2026-12-03T19:00`.
fn moment(text: &str) -> Moment {
    match text.contains('T') {
        true => Moment::DateTime(text.parse().expect("a local time")),
        false => Moment::Date(text.parse().expect("a date")),
    }
}

/// A timing with nothing but a start in a zone.
fn timing(start: &str, zone_name: &str) -> Timing {
    Timing {
        start: moment(start),
        length: Length::Unstated,
        zone: zone(zone_name),
        repeat: None,
        except: Vec::new(),
        also: Vec::new(),
    }
}

fn with_rule(start: &str, zone_name: &str, rule: &str) -> Timing {
    Timing { repeat: Some(Repeat::parse_rrule(rule).expect("a rule")), ..timing(start, zone_name) }
}

fn schedule(timing: Timing) -> Schedule {
    Schedule::new(timing).expect("a schedule")
}

/// Local times, as the zone's clocks show them.
fn local_starts(occurrences: impl IntoIterator<Item = Occurrence>) -> Vec<DateTime> {
    occurrences.into_iter().map(|occurrence| occurrence.start.datetime()).collect()
}

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}
