//! The moments of an event as its calendar writes them, and the zones that a calendar needs for them.

use super::{Clock, Span};
use crate::calendar;
use crate::decode;
use crate::ical::{Day, Lines, Local};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::fmt::Write;

/// The zones to which the times of a calendar refer, each with the time for which its clock is told.
#[derive(Default)]
pub struct Times<'s> {
    pub zones: Vec<(&'s Clock, Span)>,
    /// Whether some event's times are in UTC.
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

impl<'s> Times<'s> {
    /// Remembers that a calendar holds local times of a zone between two instants.
    pub fn note(&mut self, form: &Form<'s>, from: Timestamp, to: Option<Timestamp>) {
        if form.all_day {
            return;
        }
        let Some(clock) = form.clock else {
            self.in_utc = true;
            return;
        };
        let span = Span { from, to };
        match self.zones.iter_mut().find(|(known, _)| known.name() == clock.name()) {
            Some((_, known)) => *known = known.with(span),
            None => self.zones.push((clock, span)),
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
pub fn write_moment<'s>(name: &str, written: decode::Moment, form: Form<'s>, times: &mut Times<'s>, lines: &mut Lines) {
    let form = Form { all_day: written.is_date(), ..form };
    let local = written.civil(form.zone);
    if let Some((at, _)) = calendar::resolve(form.zone, local) {
        times.note(&form, at.timestamp(), Some(at.timestamp()));
        form.write(name, &[local], lines);
    }
}
