//! The text of a rule, part by part, so that parts can be changed.

use crate::calendar::{Repeat, RuleError};
use std::fmt;

/// A rule's parts in their order: names in capitals, values as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleText {
    parts: Vec<(String, String)>,
}

impl RuleText {
    /// Takes a rule apart. Parts that say what is so anyway (RFC 7529: the Gregorian calendar, dates that do not exist
    /// left out) are dropped.
    pub fn new(rule: &str) -> Self {
        // Programs escape the semicolons, as if the rule were a text.
        let rule = rule.trim().replace('\\', "");
        let rule = rule.as_str();
        let rule = rule.get(..6).filter(|name| name.eq_ignore_ascii_case("RRULE:")).map_or(rule, |_| &rule[6..]);
        let part = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (name.trim().to_ascii_uppercase(), value.trim().to_owned())
        };
        let needless = |(name, value): &(String, String)| {
            let says = |meant: &str| value.eq_ignore_ascii_case(meant);
            name.is_empty() || name == "RSCALE" && says("GREGORIAN") || name == "SKIP" && says("OMIT")
        };
        Self { parts: rule.split(';').map(part).filter(|part| !needless(part)).collect() }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.parts.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.remove(name);
        self.parts.push((name.to_owned(), value.into()));
    }

    pub fn remove(&mut self, name: &str) {
        self.parts.retain(|(known, _)| known != name);
    }

    pub fn count(&self) -> Option<u32> {
        self.get("COUNT")?.parse().ok()
    }

    /// Whether it has no other parts than these.
    pub fn has_only(&self, names: &[&str]) -> bool {
        self.parts.iter().all(|(name, _)| names.contains(&name.as_str()))
    }

    /// Whether which days it gives depends on the day of its start, or on days it names.
    pub fn names_days(&self) -> bool {
        let is_daily = self.get("FREQ").is_some_and(|frequency| frequency.eq_ignore_ascii_case("DAILY"));
        let by_day =
            ["BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"].iter().any(|name| self.get(name).is_some());
        by_day || !is_daily && !self.names_hours()
    }

    /// Whether it repeats within days.
    pub fn names_hours(&self) -> bool {
        let within =
            |frequency: &str| ["HOURLY", "MINUTELY", "SECONDLY"].iter().any(|f| frequency.eq_ignore_ascii_case(f));
        self.get("FREQ").is_some_and(within)
            || ["BYHOUR", "BYMINUTE", "BYSECOND"].iter().any(|name| self.get(name).is_some())
    }

    pub fn parse(&self) -> Result<Repeat, Vec<RuleError>> {
        Repeat::parse_rrule(&self.to_string())
    }
}

impl fmt::Display for RuleText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (name, value)) in self.parts.iter().enumerate() {
            let separator = if at == 0 { "" } else { ";" };
            // A part without a value stays one, to be found and reported.
            let equals = if value.is_empty() { "" } else { "=" };
            write!(f, "{separator}{name}{equals}{value}")?;
        }
        Ok(())
    }
}
