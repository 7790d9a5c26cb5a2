//! The iCalendar format (RFC 5545, with RFC 6868, 7986 and 9073): its lines, components and values. Knows no event of
//! a site.

mod line;
mod moment;
pub mod read;
mod timezone;
mod written;

pub use line::{Line, Lines, encoded_uri};
pub use moment::{Day, Local, Utc};
pub use timezone::{Clock, Clocks, Span};
pub use written::Written;
