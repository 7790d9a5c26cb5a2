//! Time zones by their IANA names.

use jiff::tz::{TimeZone, TimeZoneDatabase};

/// The zone database that Handbill carries: every machine computes the same times, whatever its own data says.
#[derive(Debug, Clone)]
pub struct Zones {
    database: TimeZoneDatabase,
}

impl Default for Zones {
    fn default() -> Self {
        Self::new()
    }
}

impl Zones {
    pub fn new() -> Self {
        Self { database: TimeZoneDatabase::bundled() }
    }

    /// The zone of an IANA name such as `Europe/London`; upper and lower case count alike.
    pub fn get(&self, name: &str) -> Option<TimeZone> {
        self.database.get(name).ok()
    }

    /// Every name of the database, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.database.available().map(|name| name.to_string()).collect();
        names.sort_unstable();
        names
    }

    /// The name most like a misspelt one, always that of a place. A city alone ("London") finds its zone; an offset
    /// ("GMT+1") finds none, for it is no zone of a place, and the signs of the names in `Etc/` are the other way round.
    pub fn nearest(&self, name: &str) -> Option<String> {
        let wanted = name.trim().replace(' ', "_").to_ascii_lowercase();
        if ["gmt", "utc", "etc/", "+", "-"].iter().any(|offset| wanted.starts_with(offset)) {
            return None;
        }
        let names = self.names().into_iter().filter(|name| name.contains('/') && !name.starts_with("Etc/"));
        let likeness = |candidate: &String| {
            let candidate = candidate.to_ascii_lowercase();
            let city = candidate.rsplit('/').next().unwrap_or_default();
            strsim::jaro_winkler(&wanted, &candidate).max(strsim::jaro_winkler(&wanted, city) * 0.99)
        };
        let scored = names.map(|candidate| (likeness(&candidate), candidate));
        // Names are sorted, and only a better one replaces: the answer does not depend on chance.
        let best = scored.fold(None::<(f64, String)>, |best, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
        best.filter(|(likeness, _)| *likeness > 0.8).map(|(_, name)| name)
    }
}
