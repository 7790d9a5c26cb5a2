//! Which zone of the world a calendar means: by its name, by what Windows calls it, or by the offsets it describes.

mod observed;

#[cfg(test)]
mod tests;

use crate::calendar;
use crate::ical::read::{Component, Property};
use crate::locale::Locale;
use icu_locale_core::subtags::Region;
use icu_time::zone::WindowsParser;
use icu_time::zone::iana::IanaParserExtended;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
pub use observed::Observed;
use std::collections::HashMap;
use std::rc::Rc;

/// A zone with its name in the front matter.
#[derive(Debug, Clone)]
pub struct Zone {
    pub name: String,
    pub zone: TimeZone,
}

/// What a TZID comes to.
#[derive(Debug, Clone)]
pub enum Meant {
    Zone(Zone),
    /// UTC, under this or another name.
    Utc,
    /// No zone of the world is called so, but one has the offsets that the calendar describes, or its city is named.
    Like(Zone),
    /// No zone of the world has the offsets that the calendar describes.
    Own(Rc<Observed>),
    Unknown,
}

/// The time for which a zone is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Period {
    /// A year before and after, as far as there is time.
    fn wider(self) -> Self {
        let year = (366 * 24).hours();
        Self {
            from: self.from.checked_sub(year).unwrap_or(self.from),
            to: self.to.checked_add(year).unwrap_or(self.to),
        }
    }

    /// Moments a month apart, the last one among them. A hundred years at the most.
    fn months(self) -> impl Iterator<Item = Timestamp> {
        let steps = (0..1_200).map_while(move |n| self.from.checked_add((n * 730).hours()).ok());
        steps.take_while(move |at| *at < self.to).chain([self.to])
    }
}

/// Of zones with the same offsets the best known is taken.
const BEST_KNOWN: [&str; 44] = [
    "Europe/London",
    "Europe/Berlin",
    "Europe/Athens",
    "Europe/Moscow",
    "Europe/Istanbul",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Halifax",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "America/Bogota",
    "America/Santiago",
    "America/Mexico_City",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Jerusalem",
    "Asia/Dubai",
    "Asia/Tehran",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Australia/Perth",
    "Australia/Brisbane",
    "Australia/Sydney",
    "Australia/Adelaide",
    "Australia/Darwin",
    "Pacific/Auckland",
    "Pacific/Honolulu",
    "Atlantic/Reykjavik",
    "Atlantic/Azores",
];

const UTC_NAMES: [&str; 12] = [
    "UTC",
    "UCT",
    "GMT",
    "Z",
    "Zulu",
    "Greenwich",
    "Etc/UTC",
    "Etc/UCT",
    "Etc/GMT",
    "Etc/Zulu",
    "Coordinated Universal Time",
    "tzone://Microsoft/Utc",
];

/// Properties of a VTIMEZONE that may tell its name in the world.
const NAMING: [&str; 4] = ["X-LIC-LOCATION", "TZID-ALIAS-OF", "X-TZ-LOCATION", "TZURL"];

/// By how many hours a change of the clocks may be misplaced, and still be meant.
const HOURS_ASTRAY: i64 = 3;

/// Finds zones, and keeps what it found.
pub struct Finder {
    database: calendar::Zones,
    site: Zone,
    /// The country of the site's language, for Windows names that mean other cities in other countries.
    region: Option<Region>,
    names: Vec<String>,
    found: HashMap<(usize, String, Period), Meant>,
    observed: HashMap<(usize, String), Option<Rc<Observed>>>,
}

impl Finder {
    pub fn new(site: Zone, language: &str) -> Self {
        let database = calendar::Zones::new();
        let tag = Locale::parse(language).map(|locale| locale.tag().to_owned()).unwrap_or_default();
        let region = tag.split('-').skip(1).find_map(|part| part.parse::<Region>().ok());
        let best = BEST_KNOWN.iter().map(|name| (*name).to_owned());
        let names = best.chain(database.names().into_iter().filter(|name| is_of_a_place(name))).collect();
        Self { database, site, region, names, found: HashMap::new(), observed: HashMap::new() }
    }

    pub fn site(&self) -> &Zone {
        &self.site
    }

    /// The zone of a name alone, such as that of X-WR-TIMEZONE; none for UTC.
    pub fn named(&self, name: &str) -> Option<Zone> {
        let name = clean(name);
        if is_utc(name) {
            return None;
        }
        self.by_name(name).or_else(|| self.windows(name)).map(|zone| self.as_the_site_says(zone))
    }

    /// What a TZID means in a calendar, for the time of an event.
    pub fn find(&mut self, calendar: usize, own: &[&Component<'_>], tzid: &str, period: Period) -> Meant {
        let key = (calendar, tzid.to_owned(), period);
        if let Some(found) = self.found.get(&key) {
            return found.clone();
        }
        let meant = self.look(calendar, own, tzid, period);
        self.found.insert(key, meant.clone());
        meant
    }

    fn look(&mut self, calendar: usize, own: &[&Component<'_>], tzid: &str, period: Period) -> Meant {
        let name = clean(tzid);
        if is_utc(name) {
            return Meant::Utc;
        }
        if let Some(zone) = self.by_name(name) {
            return Meant::Zone(self.as_the_site_says(zone));
        }
        let described = own.iter().find(|zone| zone.get("TZID").is_some_and(|id| clean(&id.value) == name));
        let told = described.iter().flat_map(|zone| NAMING.iter().filter_map(|name| zone.get(name)));
        let told = told.map(|property: &Property<'_>| clean(&property.value)).find_map(|name| self.by_name(name));
        if let Some(zone) = told {
            return Meant::Zone(self.as_the_site_says(zone));
        }
        if let Some(zone) = self.windows(name) {
            let same = same_clock(&zone.zone, &self.site.zone, period.wider());
            return Meant::Zone(if same { self.site.clone() } else { zone });
        }
        let read = || described.and_then(|zone| Observed::read(zone)).map(Rc::new);
        let observed = self.observed.entry((calendar, tzid.to_owned())).or_insert_with(read).clone();
        let Some(observed) = observed else { return self.by_city(name).map_or(Meant::Unknown, Meant::Like) };
        // Programs err about the hour at which the clocks change; and about other years, which do not matter.
        let attempts = [(period.wider(), 0), (period.wider(), HOURS_ASTRAY), (period, 0), (period, HOURS_ASTRAY)];
        let found = attempts.into_iter().find_map(|(period, astray)| self.like(&observed, name, period, astray));
        found.map_or(Meant::Own(observed), Meant::Like)
    }

    /// A name of the zone database, which may have something before it: `/mozilla.org/20050126_1/Europe/London`.
    fn by_name(&self, name: &str) -> Option<Zone> {
        let starts = std::iter::once(0).chain(name.match_indices('/').map(|(at, _)| at + 1));
        starts.filter_map(|at| Some((at, name.get(at..)?))).find_map(|(at, name)| {
            // Behind something else, two letters are no zone.
            let is_whole = at == 0 || name.len() > 3;
            let zone = self.database.get(&name.replace(' ', "_")).filter(|_| is_whole)?;
            // The database's own capitals.
            let name = zone.iana_name().unwrap_or(name).to_owned();
            Some(Zone { name, zone })
        })
    }

    /// A zone by the name that Windows gives it, such as `GMT Standard Time`.
    fn windows(&self, name: &str) -> Option<Zone> {
        let parser = WindowsParser::new();
        let id = parser.parse(name, self.region).or_else(|| parser.parse(name, None))?;
        let iana = IanaParserExtended::new();
        let iana = iana.iter().find(|known| known.time_zone == id)?.canonical;
        Some(Zone { name: iana.to_owned(), zone: self.database.get(iana)? })
    }

    /// `London`, or the first known city of `(GMT+01:00) Amsterdam, Berlin, Bern`.
    fn by_city(&self, name: &str) -> Option<Zone> {
        let mut cities = name.split([',', '/', ';', '(', ')']).map(|city| city.trim().replace(' ', "_"));
        let known = cities.find_map(|wanted| {
            let is_it =
                |known: &&String| known.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&wanted));
            self.names.iter().find(is_it)
        })?;
        Some(Zone { name: known.clone(), zone: self.database.get(known)? })
    }

    /// The site's zone where a name is another one for it.
    fn as_the_site_says(&self, zone: Zone) -> Zone {
        let parser = IanaParserExtended::new();
        let (own, sites) = (parser.parse(&zone.name), parser.parse(&self.site.name));
        let same = zone.name.eq_ignore_ascii_case(&self.site.name)
            || own.canonical == sites.canonical && own.canonical != "Etc/Unknown";
        if same { self.site.clone() } else { zone }
    }

    /// A zone with the same offsets: the site's, one whose city the name tells, or the best known.
    fn like(&self, observed: &Observed, name: &str, period: Period, astray: i64) -> Option<Zone> {
        let samples = observed.samples(period, astray);
        let fits = |zone: &TimeZone| samples.iter().all(|(at, offset)| zone.to_offset(*at) == *offset);
        if fits(&self.site.zone) {
            return Some(self.site.clone());
        }
        let lowered = name.to_lowercase();
        let is_told = |known: &&String| {
            let city = known.rsplit('/').next().unwrap_or_default().replace('_', " ").to_lowercase();
            lowered.contains(&city)
        };
        let told = self.names.iter().filter(is_told);
        told.chain(&self.names).find_map(|known| {
            let zone = self.database.get(known).filter(|zone| fits(zone))?;
            Some(Zone { name: known.clone(), zone })
        })
    }
}

/// Without white space and quotation marks.
fn clean(name: &str) -> &str {
    name.trim().trim_matches(['"', '\'']).trim()
}

fn is_utc(name: &str) -> bool {
    UTC_NAMES.iter().any(|utc| utc.eq_ignore_ascii_case(name))
}

fn is_of_a_place(name: &str) -> bool {
    name.contains('/') && !["Etc/", "SystemV/", "US/", "Canada/", "Brazil/"].iter().any(|other| name.starts_with(other))
}

/// Whether two zones' clocks agree.
pub fn same_clock(one: &TimeZone, other: &TimeZone, period: Period) -> bool {
    period.months().all(|at| one.to_offset(at) == other.to_offset(at))
}
