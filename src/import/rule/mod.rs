//! Rules, exceptions and further dates of a series.

mod text;
mod words;

#[cfg(test)]
mod tests;

pub use text::RuleText;
pub use words::in_words;

use crate::calendar::{Occurrence, Schedule, Timing};
use jiff::civil::DateTime;

/// Occurrences that are compared to find two rules alike: of a rule without an end, more than it takes to differ.
const ENOUGH: usize = 800;
/// The same for a rule with an end.
const ALL: usize = 5_000;

/// Whether two ways of saying it give the same dates.
pub fn same_dates(one: &Timing, other: &Timing) -> bool {
    let (Ok(one), Ok(other)) = (Schedule::new(one.clone()), Schedule::new(other.clone())) else { return false };
    let enough = if one.is_endless() && other.is_endless() { ENOUGH } else { ALL };
    let originals = |schedule: &Schedule| -> Vec<DateTime> {
        schedule.occurrences().take(enough).map(|occurrence: Occurrence| occurrence.original).collect()
    };
    one.is_endless() == other.is_endless() && originals(&one) == originals(&other)
}
