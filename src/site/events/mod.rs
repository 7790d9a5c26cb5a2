//! When events take place, and whose they are.

mod changes;
mod lists;
mod oddities;
mod timing;
mod window;

pub use lists::{EventList, EventLists, Inputs, Scope, collect};
pub use window::MOST_OCCURRENCES;
pub use window::listed_window;

use window::Window;

use super::visibility::{Changes, Clock};
use super::{Page, PageId};
use crate::calendar::{self, Schedule, Zones};
use crate::config::Config;
use crate::content::{Details, Event, Kind, Status};
use crate::diagnostic::Diagnostic;
use crate::source::FileRef;
use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, ToSpan, Zoned};
use rayon::prelude::*;
use std::collections::HashMap;
use uuid::Uuid;

/// How long an event without a stated end counts as going on, in hours.
const UNSTATED_HOURS: i64 = 2;
/// The dates that the page of a series shows, coming and past.
const SHOWN_COMING: usize = 24;
const SHOWN_PAST: usize = 12;

/// The times of one event.
#[derive(Debug)]
pub struct EventTimes {
    pub schedule: Box<Schedule>,
    /// The name of the zone.
    pub timezone: String,
    /// By start; those within the window.
    pub occurrences: Vec<OccurrenceView>,
    /// Whether it repeats.
    pub recurring: bool,
    /// Whether it has occurrences beyond those that are kept.
    pub goes_on: bool,
    /// Which occurrences its changes name, by the local time that the rule gave.
    changes: Vec<(DateTime, usize)>,
}

/// One occurrence, with its own change applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccurrenceView {
    pub start: Zoned,
    pub end: Zoned,
    /// The local time that the rule gave.
    pub original: DateTime,
    pub all_day: bool,
    /// When it was to begin before it was moved.
    pub previous: Option<Box<Zoned>>,
    pub status: Status,
    /// The number of the change that applies to it.
    pub change: Option<usize>,
    /// Whether the event's own page shows it.
    pub shown: bool,
}

impl OccurrenceView {
    /// The moment from which it is past.
    pub fn over(&self) -> Timestamp {
        over(&self.start, &self.end)
    }

    pub fn is_past(&self, now: Timestamp) -> bool {
        self.over() <= now
    }

    /// The last day on which it takes place. An evening that ends at midnight ends on the day before.
    pub fn last_day(&self) -> Date {
        let end = self.end.datetime();
        let at_midnight = end.time() == Time::midnight() && self.end > self.start;
        if at_midnight { end.date().yesterday().unwrap_or(end.date()) } else { end.date() }
    }

    fn overlaps(&self, from: Timestamp, to: Timestamp) -> bool {
        let (start, end) = (self.start.timestamp(), self.end.timestamp());
        start < to && (end > from || start >= from)
    }

    /// Whether it takes place as far as is known.
    pub fn takes_place(&self) -> bool {
        !matches!(self.status, Status::Cancelled | Status::Postponed)
    }
}

/// The moment from which what has this start and end is past.
fn over(start: &Zoned, end: &Zoned) -> Timestamp {
    if end > start {
        return end.timestamp();
    }
    start.timestamp().checked_add(UNSTATED_HOURS.hours()).unwrap_or(Timestamp::MAX)
}

impl EventTimes {
    /// What is going on or coming, cancelled ones among it.
    pub fn upcoming(&self, now: Timestamp) -> impl Iterator<Item = &OccurrenceView> {
        self.occurrences.iter().filter(move |occurrence| !occurrence.is_past(now))
    }

    /// What is over, latest first.
    pub fn past(&self, now: Timestamp) -> impl Iterator<Item = &OccurrenceView> {
        self.occurrences.iter().rev().filter(move |occurrence| occurrence.is_past(now))
    }

    /// The next time that it takes place; when all that is coming is cancelled, the first of that.
    pub fn next(&self, now: Timestamp) -> Option<&OccurrenceView> {
        self.upcoming(now).find(|occurrence| occurrence.takes_place()).or_else(|| self.upcoming(now).next())
    }

    pub fn last_end(&self) -> Option<Timestamp> {
        self.occurrences.iter().map(OccurrenceView::over).max()
    }

    /// The number of the occurrence of a name.
    pub fn occurrence_named(&self, id: &str) -> Option<usize> {
        self.occurrences.iter().position(|occurrence| self.occurrence_id(occurrence) == id)
    }

    /// The name of an occurrence in addresses, which stays when it is moved: its date by the rule, `2026-12-03`, with the
    /// time, `2026-12-03-1930`, where that is not the time at which the series begins.
    pub fn occurrence_id(&self, occurrence: &OccurrenceView) -> String {
        let (date, time) = (occurrence.original.date(), occurrence.original.time());
        let usual = match self.schedule.timing().start {
            calendar::Moment::Date(_) => Time::midnight(),
            calendar::Moment::DateTime(at) => at.time(),
        };
        match (time == usual, time.second()) {
            (true, _) => date.to_string(),
            (false, 0) => format!("{date}-{:02}{:02}", time.hour(), time.minute()),
            (false, second) => format!("{date}-{:02}{:02}{second:02}", time.hour(), time.minute()),
        }
    }
}

/// An occurrence among those of all events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OccurrenceRef {
    pub page: PageId,
    /// Its number in the event's own list.
    pub index: u32,
}

/// The id for calendars of an event that has none of its own: a UUID of version 5 (RFC 9562) of the site's id and the
/// event's.
pub fn made_uid(site_id: &str, event: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{site_id}/event/{event}").as_bytes()).to_string()
}

/// The occurrences of every event within the window; and the changes that are known before, with those of the events.
pub fn expand(
    pages: &[Page],
    config: &Config,
    clock: &Clock,
    mut changes: Changes,
    diagnostics: &mut Vec<Diagnostic>,
) -> (HashMap<PageId, EventTimes>, Changes) {
    let zones = Zones::new();
    let window = Window::new(config, clock.now);
    let found: Vec<_> = pages
        .par_iter()
        .enumerate()
        .filter_map(|(at, page)| {
            let Details::Event(event) = &page.document.details else { return None };
            let mut mistakes = Vec::new();
            let times = event_times(event, &page.document.file, config, &zones, &window, &mut mistakes);
            Some((event, PageId(at as u32), times, mistakes))
        })
        .collect();
    let mut all = HashMap::with_capacity(found.len());
    let mut series: Vec<(&Event, PageId)> = Vec::new();
    for (event, id, times, mistakes) in found {
        diagnostics.extend(mistakes);
        let Some(times) = times else { continue };
        announce(event, &times, config, clock.now, &mut changes);
        if times.recurring {
            series.push((event, id));
        }
        all.insert(id, times);
    }
    // Last, for mostly something else changes before a new month begins.
    for (event, id) in series {
        let next = all.get(&id).and_then(|times| times.next_move(event, &window, changes.earliest()));
        next.into_iter().for_each(|at| changes.add(at));
    }
    (all, changes)
}

/// Says when the pages of an event will next differ: when an occurrence is over or runs into another month, or when
/// replies close.
fn announce(event: &Event, times: &EventTimes, config: &Config, now: Timestamp, changes: &mut Changes) {
    let Some(over) = times.upcoming(now).map(OccurrenceView::over).min() else { return };
    changes.add(over);
    // While something goes on, lists show it in the month that it is.
    for going_on in times.upcoming(now).take_while(|found| found.start.timestamp() <= now) {
        let next_month = config.timezone.to_datetime(now).date().last_of_month().tomorrow();
        let begins = next_month.map_or(Timestamp::MAX, |date| window::midnight(date, &config.timezone));
        if begins < going_on.over() {
            changes.add(begins);
        }
    }
    let only = times.occurrences.first().filter(|_| !times.recurring);
    let cancelled = only.map_or(event.status, |only| only.status) == Status::Cancelled;
    if let Some(until) = event.rsvp.as_ref().and_then(|rsvp| rsvp.0.until).filter(|_| !cancelled) {
        changes.add(until.end(times.schedule.zone()));
    }
}

fn event_times(
    event: &Event,
    file: &FileRef,
    config: &Config,
    zones: &Zones,
    window: &Window<'_>,
    mistakes: &mut Vec<Diagnostic>,
) -> Option<EventTimes> {
    let (zone, timezone) = timing::zone_of(event, file, config, zones, mistakes);
    let schedule = Box::new(timing::schedule(event, file, zone, mistakes)?);
    if !timing::check(event, &schedule, file, mistakes) {
        return None;
    }
    let changes = changes::resolve(event, &schedule, file, mistakes);
    let recurring = schedule.is_series();
    let mut times = EventTimes { schedule, timezone, occurrences: Vec::new(), recurring, goes_on: false, changes };
    if recurring {
        (times.occurrences, times.goes_on) = times.listed(event, window);
    } else {
        times.occurrences = times.changed(event, times.schedule.first().into_iter().collect());
    }
    times.occurrences.shrink_to_fit();
    mark_shown(&mut times.occurrences, window.now);
    timing::note_moved(event, &times, window.now, file, mistakes);
    oddities::note(event, &times, file, mistakes);
    Some(times)
}

/// Tells the occurrences which of them their event's page shows.
fn mark_shown(occurrences: &mut [OccurrenceView], now: Timestamp) {
    let (mut coming, mut past) = (0, 0);
    for occurrence in occurrences.iter_mut().filter(|occurrence| !occurrence.is_past(now)) {
        occurrence.shown = coming < SHOWN_COMING;
        coming += 1;
    }
    for occurrence in occurrences.iter_mut().rev().filter(|occurrence| occurrence.is_past(now)) {
        occurrence.shown = past < SHOWN_PAST;
        past += 1;
    }
}

/// The occurrences of all events that each language's lists show, by start.
pub fn merge(
    pages: &[Page],
    by_kind: &[HashMap<Kind, Vec<PageId>>],
    times: &HashMap<PageId, EventTimes>,
) -> Vec<Vec<OccurrenceRef>> {
    let of_language = |kinds: &HashMap<Kind, Vec<PageId>>| {
        let events = kinds.get(&Kind::Event).map(Vec::as_slice).unwrap_or_default();
        let mut all: Vec<(Timestamp, OccurrenceRef)> = Vec::new();
        for page in events {
            let occurrences = times.get(page).map(|times| times.occurrences.as_slice()).unwrap_or_default();
            let found = occurrences.iter().enumerate();
            all.extend(found.map(|(index, occurrence)| {
                (occurrence.start.timestamp(), OccurrenceRef { page: *page, index: index as u32 })
            }));
        }
        all.sort_by(|(a_start, a), (b_start, b)| {
            let stem = |found: &OccurrenceRef| &pages[found.page.0 as usize].document.path.stem;
            a_start.cmp(b_start).then_with(|| (stem(a), a.index).cmp(&(stem(b), b.index)))
        });
        all.into_iter().map(|(_, found)| found).collect::<Vec<_>>()
    };
    by_kind.iter().map(of_language).collect()
}
