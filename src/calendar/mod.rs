//! Recurrence, time zones, occurrences. Pure; knows no site.
//!
//! A [`Schedule`] is what an author wrote about an event's time: a local start, a length, a zone, a [`Repeat`] rule and
//! its exceptions. From it come [`Occurrence`]s, lazily and in order. Rules are expanded in wall-clock time and each
//! result is then placed in the zone, so that a meeting at 19:00 stays at 19:00 through every clock change.

mod days;
mod length;
mod names;
mod repeat;
mod rrule;
mod saying;
mod schedule;
mod walk;
mod words;
mod zones;

#[cfg(test)]
mod tests;

pub use length::{Length, LengthError};
pub use names::{MONTHS, weekday_code, weekday_name, weekday_named};
pub use repeat::{DayRule, End, Frequency, Part, Repeat, RuleError, Until};
pub use saying::{DaySort, MonthDay, Rhythm, Saying};
pub use schedule::{
    Clock, ClockNote, Moment, Occurrence, Occurrences, Schedule, ScheduleError, Timing, Written, resolve,
};
pub use words::Words;
pub use zones::Zones;
