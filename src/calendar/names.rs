//! The names of days and months: English ones, as authors write them, and RFC 5545's letters.

use jiff::civil::Weekday;

/// The days of the week from Monday on: the day, its name, and its letters in recurrence rules.
const WEEKDAYS: [(Weekday, &str, &str); 7] = [
    (Weekday::Monday, "monday", "MO"),
    (Weekday::Tuesday, "tuesday", "TU"),
    (Weekday::Wednesday, "wednesday", "WE"),
    (Weekday::Thursday, "thursday", "TH"),
    (Weekday::Friday, "friday", "FR"),
    (Weekday::Saturday, "saturday", "SA"),
    (Weekday::Sunday, "sunday", "SU"),
];

/// The months from January on.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// RFC 5545's two letters of a day.
pub fn weekday_code(weekday: Weekday) -> &'static str {
    entry(weekday).2
}

/// The name of a day, in small letters.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    entry(weekday).1
}

/// The day of a whole name in small letters.
pub fn weekday_named(name: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(_, known, _)| *known == name).map(|(weekday, ..)| *weekday)
}

fn entry(weekday: Weekday) -> (Weekday, &'static str, &'static str) {
    WEEKDAYS[usize::from(weekday.to_monday_zero_offset().unsigned_abs())]
}
