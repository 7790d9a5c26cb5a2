//! Every time at which events take place in a window, as the site understands it.

use super::occurrence;
use crate::content::{Change, Details, Kind, Venue};
use crate::site::{EventTimes, LanguageId, OccurrenceView, PageId, Site};
use crate::theme::view::event::Attendance;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use std::collections::BTreeSet;

/// One occurrence of an event. Its fields keep their names and meanings; new ones may come.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    /// The event's id: its file's path below `content/` without language and ending; the same in all languages.
    pub event: String,
    /// The occurrence's own title where it has one.
    pub title: String,
    pub file: String,
    /// The path of its address.
    pub url: String,
    /// The event's in calendars.
    pub uid: String,
    /// The occurrence's name, which stays when it is moved.
    pub id: String,
    /// Of a series: the local start that the rule gave, as RECURRENCE-ID has it.
    pub recurrence_id: Option<String>,
    /// RFC 3339 with the local offset; for whole days the first day.
    pub start: String,
    /// The same of the end; for whole days the last day; none when it is not known.
    pub end: Option<String>,
    /// In UTC; for whole days the moment in the event's zone at which the first begins.
    pub start_utc: String,
    /// In UTC; for whole days the moment at which the last is over.
    pub end_utc: Option<String>,
    pub timezone: String,
    pub all_day: bool,
    pub status: &'static str,
    pub recurring: bool,
    /// Whether a `[[change]]` applies to it.
    pub changed: bool,
    pub attendance: &'static str,
    pub groups: Vec<Holder>,
    pub venue: Option<Location>,
    pub language: String,
}

/// A group that holds an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holder {
    pub id: String,
    pub title: String,
}

/// Where an event takes place; of a private venue only its area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Location {
    pub name: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub area: Option<String>,
    pub private: bool,
}

/// The events of a language's lists; without one every event once, in the site's own language where it has it.
pub fn events(site: &Site, language: Option<LanguageId>) -> Vec<PageId> {
    if let Some(language) = language {
        return site.by_kind[language.0 as usize].get(&Kind::Event).cloned().unwrap_or_default();
    }
    let mut seen = BTreeSet::new();
    // Pages stand by stem and then by language, the site's own first.
    let is_first = |id: &PageId| seen.insert(site.page(*id).document.path.stem.as_str());
    site.ids().filter(|id| site.page(*id).kind() == Kind::Event).filter(is_first).collect()
}

/// What takes place from `from` (inclusive) to `to` (exclusive), by start and then by file: of a great many the first
/// `most`, and whether there are more. What overlaps the window's edges belongs to it.
pub fn occurrences(site: &Site, events: &[PageId], from: Timestamp, to: Timestamp, most: usize) -> (Vec<Listed>, bool) {
    let (found, cut) = collect(site, events, from, to, most);
    (found.iter().filter_map(|(id, occurrence)| listed(site, *id, occurrence)).collect(), cut)
}

fn collect(
    site: &Site,
    events: &[PageId],
    from: Timestamp,
    mut to: Timestamp,
    most: usize,
) -> (Vec<(PageId, OccurrenceView)>, bool) {
    let mut found: Vec<(PageId, OccurrenceView)> = Vec::new();
    let order = |(id, occurrence): &(PageId, OccurrenceView)| {
        (occurrence.start.timestamp(), &**site.page(*id).document.own_path(), occurrence.original)
    };
    for id in events {
        let (Details::Event(event), Some(times)) = (&site.page(*id).document.details, site.event_times.get(id)) else {
            continue;
        };
        let own = times.between(event, from, to, most.saturating_add(1));
        found.extend(own.into_iter().map(|occurrence| (*id, occurrence)));
        if found.len() > most.saturating_mul(2) {
            found.sort_by(|a, b| order(a).cmp(&order(b)));
            found.truncate(most.saturating_add(1));
            // Nothing that begins later can still be among the first.
            let last = found.last().and_then(|(_, last)| last.start.timestamp().checked_add(1.second()).ok());
            to = last.map_or(to, |last| last.min(to));
        }
    }
    found.sort_by(|a, b| order(a).cmp(&order(b)));
    let cut = found.len() > most;
    found.truncate(most);
    (found, cut)
}

fn listed(site: &Site, id: PageId, view: &OccurrenceView) -> Option<Listed> {
    let page = site.page(id);
    let Details::Event(event) = &page.document.details else { return None };
    let times = site.event_times.get(&id)?;
    let change: Option<&Change> = view.change.and_then(|change| event.change.get(change));
    let own_title = change.and_then(|change| change.title.clone());
    let known = occurrence(times, view, event);
    let groups = site.event_groups(id).iter().map(|group| site.page(*group));
    Some(Listed {
        event: page.document.path.stem.clone(),
        title: own_title.unwrap_or_else(|| page.title().to_owned()),
        file: page.document.written_in(),
        url: url(site, id, times, view),
        uid: site.event_uid(id),
        id: known.id,
        recurrence_id: times.recurring.then(|| original(view)),
        start: known.start,
        end: known.end,
        start_utc: known.start_utc,
        end_utc: known.end_utc,
        timezone: times.timezone.clone(),
        all_day: view.all_day,
        status: known.status,
        recurring: times.recurring,
        changed: known.changed,
        attendance: Attendance::of(view.status, event.venue.as_ref(), event.online.as_ref()).word(),
        groups: groups
            .map(|group| Holder { id: group.document.path.stem.clone(), title: group.title().to_owned() })
            .collect(),
        venue: change.and_then(|change| change.venue.as_ref()).or(event.venue.as_ref()).map(location),
        language: site.language(page.language).code.clone(),
    })
}

fn original(occurrence: &OccurrenceView) -> String {
    if occurrence.all_day { occurrence.original.date().to_string() } else { occurrence.original.to_string() }
}

/// The occurrence's own address where it has one; those far from now have that of their event.
fn url(site: &Site, id: PageId, times: &EventTimes, occurrence: &OccurrenceView) -> String {
    let place = |found: &OccurrenceView| (found.start.timestamp(), found.original);
    match times.occurrences.binary_search_by_key(&place(occurrence), place) {
        Ok(at) => site.occurrence_url(id, at),
        Err(_) => site.page(id).route.url.clone(),
    }
}

fn location(venue: &Venue) -> Location {
    let shown = |text: &Option<String>| text.clone().filter(|_| !venue.private);
    Location {
        name: shown(&venue.name),
        address: shown(&venue.address),
        postcode: shown(&venue.postcode),
        lat: venue.lat.filter(|_| !venue.private).map(|lat| lat.value.0),
        lon: venue.lon.filter(|_| !venue.private).map(|lon| lon.value.0),
        area: venue.area.clone(),
        private: venue.private,
    }
}

impl Location {
    /// In one line.
    pub fn line(&self) -> String {
        let parts = [&self.name, &self.address, &self.postcode];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        let area = self.area.as_deref().unwrap_or_default();
        match (self.private, parts.is_empty()) {
            (true, _) => format!("{area} (private)").trim_start().to_owned(),
            (false, true) => area.to_owned(),
            (false, false) => parts.join(", "),
        }
    }
}
