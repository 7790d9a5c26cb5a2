//! The moments of an event as calendars write them.

use super::{Clock, Span};
use crate::calendar;
use crate::decode;
use crate::ical::{Day, Lines, Local};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::fmt::Write;

/// What local times an event has.
#[derive(Default)]
pub struct Noted {
    pub span: Option<Span>,
    /// Whether it has times in UTC.
    pub in_utc: bool,
}

/// The form that all moments of an event take: that of its DTSTART (RFC 5545 section 3.8.2.4).
#[derive(Clone, Copy)]
pub struct Form<'s> {
    pub zone: &'s TimeZone,
    /// None for UTC.
    pub clock: Option<&'s Clock>,
    pub all_day: bool,
}

impl Noted {
    /// Remembers that there are times between two instants.
    pub fn note(&mut self, form: &Form<'_>, from: Timestamp, to: Option<Timestamp>) {
        match form.clock {
            _ if form.all_day => {}
            None => self.in_utc = true,
            Some(_) => {
                let span = Span { from, to };
                self.span = Some(self.span.map_or(span, |known| known.with(span)));
            }
        }
    }
}

impl Form<'_> {
    /// A property with one or more moments, by their local times.
    pub fn write(&self, name: &str, moments: &[DateTime], lines: &mut Lines) {
        if moments.is_empty() {
            return;
        }
        let mut list = String::new();
        for moment in moments {
            if !list.is_empty() {
                list.push(',');
            }
            // Writing to a string cannot fail.
            let _ = match (self.all_day, self.clock) {
                (true, _) => write!(list, "{}", Day(moment.date())),
                (false, Some(_)) => write!(list, "{}", Local(*moment)),
                (false, None) => write!(list, "{}Z", Local(*moment)),
            };
        }
        let line = lines.line(name);
        match (self.all_day, self.clock) {
            (true, _) => line.param("VALUE", "DATE").value(list),
            (false, Some(clock)) => line.param("TZID", clock.name()).value(list),
            (false, None) => line.value(list),
        }
    }

    /// Whether a zoned time is what its own local time means: the second of two passes over a clock time is not.
    pub fn says(&self, at: &Zoned) -> bool {
        calendar::resolve(self.zone, at.datetime()).is_some_and(|(read, _)| read == *at)
    }
}

/// A property with a moment that an author wrote, which need not be of the event's own form.
pub fn write_moment(name: &str, written: decode::Moment, form: Form<'_>, noted: &mut Noted, lines: &mut Lines) {
    let form = Form { all_day: written.is_date(), ..form };
    let local = written.civil(form.zone);
    if let Some((at, _)) = calendar::resolve(form.zone, local) {
        noted.note(&form, at.timestamp(), Some(at.timestamp()));
        form.write(name, &[local], lines);
    }
}
