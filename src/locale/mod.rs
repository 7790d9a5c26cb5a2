//! What depends on a language: dates in words, weeks, plurals, numbers, text direction, slugs, order.
//!
//! Dates, numbers and plurals are those of the Unicode CLDR. Dates are of the Gregorian calendar in every language, as
//! a site's archives are.

mod collation;
mod dates;
mod languages;
mod leaf;
mod letters;
mod numbers;
mod parts;
mod pattern;
mod ranges;
mod slug;
mod sorting;
mod tag;
mod week;

#[cfg(test)]
mod tests;

pub use collation::Collation;
pub use dates::{DateFormatter, DateStyle, MissingDates};
pub use leaf::DatePiece;
pub use numbers::{Numbers, Plural};
pub use pattern::PatternError;
pub use slug::{Alphabet, slug, slug_in};
pub use sorting::sort_key;
pub use tag::{Direction, Locale, LocaleError, NUMERALS};
pub use week::{HourCycle, NameLength};
