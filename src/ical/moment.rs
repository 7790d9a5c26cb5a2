//! Dates and times as values (RFC 5545 sections 3.3.4 and 3.3.5).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use std::fmt;

/// A DATE: `20261025`.
#[derive(Debug, Clone, Copy)]
pub struct Day(pub Date);

/// A DATE-TIME in no zone of its own: `20261025T020000`.
#[derive(Debug, Clone, Copy)]
pub struct Local(pub DateTime);

/// A DATE-TIME in UTC: `20261025T010000Z`.
#[derive(Debug, Clone, Copy)]
pub struct Utc(pub Timestamp);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The calendar's years have four digits; those before the first are no author's.
        write!(f, "{:04}{:02}{:02}", self.0.year().max(0), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.0.time();
        write!(f, "{}T{:02}{:02}{:02}", Day(self.0.date()), time.hour(), time.minute(), time.second())
    }
}

impl fmt::Display for Utc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Z", Local(Offset::UTC.to_datetime(self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Local, Utc};
    use jiff::civil::date;

    #[test]
    fn moments_are_digits() {
        let at = date(987, 6, 5).at(4, 3, 2, 0);
        assert_eq!(Day(at.date()).to_string(), "09870605");
        assert_eq!(Local(at).to_string(), "09870605T040302");
        assert_eq!(Utc("2026-12-01T19:30:00+01:00".parse().unwrap()).to_string(), "20261201T183000Z");
    }
}
