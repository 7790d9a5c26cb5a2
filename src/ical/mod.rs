//! The text format of calendars: iCalendar (RFC 5545, with RFC 6868 and RFC 7986). Knows no site.

mod line;
mod timezone;

pub use line::{Line, Lines};
pub use timezone::{Clock, Span};
