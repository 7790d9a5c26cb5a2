//! Patterns of an author's own: `%A %-d %B %Y`.

use std::ops::Range;

use jiff::Zoned;

use super::dates::DateFormatter;

/// A letter after `%` that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a date pattern has no `{written}`")]
pub struct PatternError {
    /// Bytes of the pattern.
    pub range: Range<usize>,
    pub written: String,
}

impl DateFormatter {
    /// Writes a date by a pattern of `strftime`'s letters, with the language's names for months (`%B`, `%b`), weekdays
    /// (`%A`, `%a`) and halves of the day (`%p`, `%P`). Numbers take no leading zero after `%-`. A month stands in the
    /// form that goes with a day where the pattern has one.
    pub fn pattern(&self, at: &Zoned, pattern: &str) -> Result<String, PatternError> {
        let with_day = ["%d", "%-d", "%e", "%o"].iter().any(|day| pattern.contains(day));
        let names = &self.names;
        let (months, months_short) = if with_day {
            (&names.months, &names.months_short)
        } else {
            (&names.months_alone, &names.months_short_alone)
        };
        let name =
            |list: &[String], index: i8| list.get(usize::try_from(index).unwrap_or(0)).cloned().unwrap_or_default();
        let mut out = String::with_capacity(pattern.len() * 2);
        let mut rest = pattern;
        while let Some(percent) = rest.find('%') {
            out.push_str(&rest[..percent]);
            let from = pattern.len() - rest.len() + percent;
            let spec = &rest[percent + 1..];
            let (unpadded, spec) = spec.strip_prefix('-').map_or((false, spec), |spec| (true, spec));
            let letter = spec.chars().next();
            let weekday = at.weekday().to_monday_zero_offset();
            match letter {
                Some('%') => out.push('%'),
                Some('A') => out.push_str(&name(&names.weekdays, weekday)),
                Some('a') => out.push_str(&name(&names.weekdays_short, weekday)),
                Some('B') => out.push_str(&name(months, at.month() - 1)),
                Some('b' | 'h') => out.push_str(&name(months_short, at.month() - 1)),
                Some('p') => out.push_str(&self.day_period(at.hour())),
                Some('P') => out.push_str(&self.day_period(at.hour()).to_lowercase()),
                // The rest is digits, the same in every language. The list is closed, so that no letter can fail.
                Some(
                    letter @ ('C' | 'd' | 'D' | 'e' | 'F' | 'g' | 'G' | 'H' | 'I' | 'j' | 'k' | 'l' | 'm' | 'M' | 'n'
                    | 'R' | 's' | 'S' | 't' | 'T' | 'u' | 'U' | 'V' | 'w' | 'W' | 'y' | 'Y' | 'z' | 'Z'),
                ) => {
                    let flag = if unpadded { "-" } else { "" };
                    out.push_str(&at.strftime(&format!("%{flag}{letter}")).to_string());
                }
                other => {
                    let to = from + 1 + usize::from(unpadded) + other.map_or(0, char::len_utf8);
                    return Err(PatternError { range: from..to, written: pattern[from..to].to_owned() });
                }
            }
            rest = &spec[letter.map_or(0, char::len_utf8)..];
        }
        out.push_str(rest);
        Ok(out)
    }

    /// The language's own mark, or the usual one where it writes 24 hours.
    fn day_period(&self, hour: i8) -> String {
        let own = self.names.day_periods.get(usize::try_from(hour).unwrap_or(0)).filter(|name| !name.is_empty());
        own.cloned().unwrap_or_else(|| if hour < 12 { "AM" } else { "PM" }.to_owned())
    }
}
