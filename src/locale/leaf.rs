//! A date in pieces, as on the leaf of a calendar.

use icu_datetime::parts;
use jiff::civil::Date;

use super::dates::{DateFormatter, DateStyle};

/// A piece of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePiece {
    Weekday,
    Day,
    Month,
    Year,
}

impl DateFormatter {
    /// The pieces of a date with short names, in the order in which the language writes them: `Thu`, `3`, `Dec`, `2026`;
    /// in American English `Thu`, `Dec`, `3`, `2026`. Several days of one month have the first and the last.
    pub fn leaf(&self, first: Date, last: Date) -> [(DatePiece, String); 4] {
        let (from, to) = (self.marked_date(first, DateStyle::Full), self.marked_date(last, DateStyle::Full));
        let several = first != last && first.first_of_month() == last.first_of_month();
        let both = |early: &str, late: &str| {
            if several { format!("{early}{}{late}", self.tight_dash()) } else { early.to_owned() }
        };
        let weekday = |date: Date| self.weekday(date.weekday(), super::NameLength::Short);
        let month = usize::from(first.month().unsigned_abs()).saturating_sub(1);
        let mut pieces = [
            (DatePiece::Weekday, parts::WEEKDAY, both(weekday(first), weekday(last))),
            (DatePiece::Day, parts::DAY, both(from.part(parts::DAY), to.part(parts::DAY))),
            (DatePiece::Month, parts::MONTH, self.names.months_short_alone.get(month).cloned().unwrap_or_default()),
            (DatePiece::Year, parts::YEAR, from.part(parts::YEAR).to_owned()),
        ];
        pieces.sort_by_key(|(_, part, _)| from.find(*part).map_or(usize::MAX, |range| range.start));
        pieces.map(|(piece, _, text)| (piece, text))
    }
}
