//! From one date or time to another, in words.
//!
//! What both ends share is written once: `3–5 December 2026`, `30 November – 2 December 2026`, `7:00–9:00 PM`. The
//! place of the shared parts comes from the language's own patterns.

use icu_datetime::parts;
use jiff::civil::{Date, DateTime, Time};

use super::dates::{DateFormatter, DateStyle};
use super::parts::{Marked, is_numeric};

impl DateFormatter {
    /// From one day to another, the last included: `3–5 December 2026`. The same day twice is written once.
    pub fn date_range(&self, first: Date, last: Date, style: DateStyle) -> String {
        let from = self.marked_date(first, style);
        let to = self.marked_date(last, style);
        if from.text == to.text {
            return to.text;
        }
        let shared = (first.year() == last.year()).then(|| {
            let same_month = first.month() == last.month();
            same_month.then(|| self.within_month(&from, &to)).flatten().or_else(|| self.within_year(&from, &to))
        });
        shared.flatten().unwrap_or_else(|| self.joined(&from.text, &to.text))
    }

    /// `3–5 December 2026`; none where weekdays or mere numbers stand in the way.
    fn within_month(&self, from: &Marked, to: &Marked) -> Option<String> {
        if to.find(parts::WEEKDAY).is_some() {
            return None;
        }
        let (early, late) = (from.part(parts::DAY), to.find(parts::DAY)?);
        let after = &to.text[late.end..];
        // A mark that belongs to the day goes with both: "3.–5. Dezember", "3日～5日".
        let own = after.chars().next().filter(|c| matches!(c, '.' | '日' | '일')).map_or(0, char::len_utf8);
        if own == 0 && is_numeric(to.part(parts::MONTH)) {
            return None;
        }
        let (before, own, late) = (&to.text[..late.start], &after[..own], &to.text[late.start..]);
        Some(format!("{before}{early}{own}{}{late}", self.tight_dash()))
    }

    /// `30 November – 2 December 2026`; none where the year is not at an end or the month is a mere number.
    fn within_year(&self, from: &Marked, to: &Marked) -> Option<String> {
        let rest = |marked: &Marked| {
            let others = [parts::DAY, parts::MONTH, parts::WEEKDAY].map(|part| marked.find(part));
            let ranges = others.into_iter().flatten();
            ranges.reduce(|all, range| all.start.min(range.start)..all.end.max(range.end))
        };
        let (early, late, year) = (rest(from)?, rest(to)?, to.find(parts::YEAR)?);
        let month = to.find(parts::MONTH)?;
        let mark_follows = to.text[month.end..].starts_with(['月', '월']);
        if is_numeric(&to.text[month]) && !mark_follows {
            return None;
        }
        if year.start >= late.end {
            Some(self.joined(&from.text[..early.end], &to.text))
        } else if year.end <= late.start {
            Some(self.joined(&from.text, &to.text[late.start..]))
        } else {
            None
        }
    }

    /// From one time to another of the same day: `19:00–21:00`, `7:00–9:00 PM`.
    pub fn time_range(&self, from: Time, to: Time) -> String {
        let (early, late) = (self.marked_time(from), self.marked_time(to));
        if early.text == late.text {
            return late.text;
        }
        let half = late.find(parts::DAY_PERIOD);
        if half.is_some() && early.part(parts::DAY_PERIOD) == late.part(parts::DAY_PERIOD) {
            let period = early.find(parts::DAY_PERIOD).unwrap_or_default();
            return if period.start == 0 {
                let rest = &late.text[half.unwrap_or_default().end..];
                format!("{}{}{}", early.text, self.tight_dash(), rest.trim_start())
            } else {
                format!("{}{}{}", early.text[..period.start].trim_end(), self.tight_dash(), late.text)
            };
        }
        if half.is_some() {
            self.joined(&early.text, &late.text)
        } else {
            format!("{}{}{}", early.text, self.tight_dash(), late.text)
        }
    }

    /// From one time to another: on the same day the date stands once.
    pub fn date_time_range(&self, from: DateTime, to: DateTime, style: DateStyle) -> String {
        let early = self.date_time(from, style);
        if from.date() != to.date() {
            let late = self.date_time(to, style);
            return if early == late { late } else { self.joined(&early, &late) };
        }
        let time = self.time(from.time());
        match early.rfind(&time) {
            Some(at) => {
                let range = self.time_range(from.time(), to.time());
                format!("{}{range}{}", &early[..at], &early[at + time.len()..])
            }
            None => early,
        }
    }

    /// Between numbers.
    pub(super) fn tight_dash(&self) -> &'static str {
        match self.language.as_str() {
            "ja" => "～",
            "zh" => "至",
            "ko" => "~",
            _ => "–",
        }
    }

    fn joined(&self, from: &str, to: &str) -> String {
        match self.language.as_str() {
            "ja" | "zh" => format!("{from}{}{to}", self.tight_dash()),
            "ko" => format!("{from} ~ {to}"),
            _ => format!("{from} – {to}"),
        }
    }
}
