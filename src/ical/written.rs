//! What has been written once and stands in many calendars.

use super::Span;
use jiff::Timestamp;

/// The components of one event, as text, and what a calendar that has them must have besides.
#[derive(Debug, Default)]
pub struct Written {
    pub text: String,
    /// The time of which the zone of its times is to be told.
    pub span: Option<Span>,
    /// Whether it has times in UTC.
    pub in_utc: bool,
    /// When it was last changed, as far as that is known.
    pub revised: Option<Timestamp>,
}
