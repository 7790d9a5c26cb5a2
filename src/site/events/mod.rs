//! When events take place, and whose they are.

mod changes;
mod lists;
mod timing;

pub use lists::{EventList, EventLists, Inputs, Scope, collect};

use super::visibility::{Changes, Clock};
use super::{Page, PageId};
use crate::calendar::{self, Schedule, Zones};
use crate::config::Config;
use crate::content::{Details, Event, Kind, Status};
use crate::diagnostic::Diagnostic;
use crate::ical::Written;
use crate::source::FileRef;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::OnceLock;
use uuid::Uuid;

/// Coming occurrences that one event keeps at the most, and past ones.
const MOST_OCCURRENCES: usize = 750;
/// Dates that are kept of a series that lies wholly outside what is expanded.
const FAR_DATES: usize = 3;
/// How long an event without a stated end counts as going on, in hours.
const UNSTATED_HOURS: i64 = 2;
/// The dates that the page of a series shows, coming and past.
const SHOWN_COMING: usize = 24;
const SHOWN_PAST: usize = 12;

/// The times of one event.
#[derive(Debug)]
pub struct EventTimes {
    pub schedule: Schedule,
    /// The name of the zone.
    pub timezone: String,
    /// By start; those within the window.
    pub occurrences: Vec<OccurrenceView>,
    /// Whether it repeats.
    pub recurring: bool,
    /// Whether it has occurrences beyond those that are kept.
    pub goes_on: bool,
    /// What calendars say of it: written when the first of them wants it, the same in all.
    pub written: OnceLock<Box<Written>>,
    /// Which occurrences its changes name, by the local time that the rule gave.
    changes: Vec<(DateTime, usize)>,
}

/// One occurrence, with its own change applied.
#[derive(Debug, Clone)]
pub struct OccurrenceView {
    pub start: Zoned,
    pub end: Zoned,
    /// The local time that the rule gave.
    pub original: DateTime,
    pub all_day: bool,
    /// When it was to begin before it was moved.
    pub previous: Option<Zoned>,
    pub status: Status,
    /// The number of the change that applies to it.
    pub change: Option<usize>,
    /// Whether the event's own page shows it.
    pub shown: bool,
}

impl OccurrenceView {
    /// The moment from which it is past.
    pub fn over(&self) -> Timestamp {
        if self.end > self.start {
            return self.end.timestamp();
        }
        self.start.timestamp().checked_add(UNSTATED_HOURS.hours()).unwrap_or(Timestamp::MAX)
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
    pub start: Timestamp,
    pub page: PageId,
    /// Its number in the event's own list.
    pub index: u32,
}

/// The id for calendars of an event that has none of its own: a UUID of version 5 (RFC 9562) of the site's id and the
/// event's.
pub fn made_uid(site_id: &str, event: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{site_id}/event/{event}").as_bytes()).to_string()
}

/// The span of time whose occurrences are listed: whole months of the site's zone, so that it moves once a month.
#[derive(Debug, Clone, Copy)]
struct Window {
    from: Timestamp,
    now: Timestamp,
    to: Timestamp,
    /// When it next moves, and where it begins then.
    moves: Timestamp,
    from_then: Timestamp,
}

impl Window {
    fn new(config: &Config, clock: &Clock) -> Self {
        let this_month = config.timezone.to_datetime(clock.now).date().first_of_month();
        let month = |months: i64| {
            let date = this_month.checked_add(months.months());
            let limit = if months < 0 { Date::MIN } else { Date::MAX };
            midnight(date.unwrap_or(limit), &config.timezone)
        };
        let (back, ahead) = (i64::from(config.events.history_months), i64::from(config.events.horizon_months));
        Self { from: month(-back), now: clock.now, to: month(ahead + 1), moves: month(1), from_then: month(1 - back) }
    }
}

/// From when and up to when occurrences are listed.
pub fn listed_window(config: &Config, clock: &Clock) -> (Timestamp, Timestamp) {
    let window = Window::new(config, clock);
    (window.from, window.to)
}

fn midnight(date: Date, zone: &TimeZone) -> Timestamp {
    let limit = if date.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    zone.to_timestamp(date.to_datetime(Time::midnight())).unwrap_or(limit)
}

/// The occurrences of every event within the window.
pub fn expand(
    pages: &[Page],
    config: &Config,
    clock: &Clock,
    changes: &mut Changes,
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<PageId, EventTimes> {
    let zones = Zones::new();
    let window = Window::new(config, clock);
    let found: Vec<_> = pages
        .par_iter()
        .enumerate()
        .filter_map(|(at, page)| {
            let Details::Event(event) = &page.document.details else { return None };
            let mut mistakes = Vec::new();
            let times = event_times(event, &page.document.file, config, &zones, window, &mut mistakes);
            Some((PageId(at as u32), times, mistakes))
        })
        .collect();
    let mut all = HashMap::with_capacity(found.len());
    for (id, times, mistakes) in found {
        diagnostics.extend(mistakes);
        let Some(times) = times else { continue };
        if let Some(next) = times.upcoming(clock.now).map(OccurrenceView::over).min() {
            changes.add(next);
        }
        let drops_out = |occurrence: &OccurrenceView| occurrence.end.timestamp() <= window.from_then;
        if times.goes_on || times.recurring && times.occurrences.iter().any(drops_out) {
            changes.add(window.moves);
        }
        all.insert(id, times);
    }
    all
}

fn event_times(
    event: &Event,
    file: &FileRef,
    config: &Config,
    zones: &Zones,
    window: Window,
    mistakes: &mut Vec<Diagnostic>,
) -> Option<EventTimes> {
    let (zone, timezone) = timing::zone_of(event, file, config, zones, mistakes);
    let schedule = timing::schedule(event, file, zone, mistakes)?;
    if !timing::check(event, &schedule, file, mistakes) {
        return None;
    }
    let changes = changes::resolve(event, &schedule, file, mistakes);
    let recurring = schedule.is_series();
    let written = OnceLock::new();
    let mut times =
        EventTimes { schedule, timezone, occurrences: Vec::new(), recurring, goes_on: false, written, changes };
    times.occurrences = if recurring {
        series(&mut times, event, window)
    } else {
        times.changed(event, times.schedule.first().into_iter().collect())
    };
    mark_shown(&mut times.occurrences, window.now);
    Some(times)
}

/// The occurrences of a series that are kept.
fn series(times: &mut EventTimes, event: &Event, window: Window) -> Vec<OccurrenceView> {
    let schedule = &times.schedule;
    let mut list = past(schedule, window);
    let coming = schedule.occurrences_in(window.now, window.to, MOST_OCCURRENCES);
    let beyond = coming.cut || !schedule.occurrences_in(window.to, Timestamp::MAX, 1).list.is_empty();
    let goes_on = schedule.is_endless() || beyond;
    // What is going on is both past and coming.
    let latest = list.last().map(|occurrence| occurrence.original);
    list.extend(coming.list.into_iter().filter(|occurrence| latest.is_none_or(|latest| occurrence.original > latest)));
    let mut views = times.changed(event, list);
    // What an author changed by hand is shown however far away it went.
    let by_hand = |view: &OccurrenceView| view.change.is_some() && !view.is_past(window.now);
    views.retain(|view| view.overlaps(window.from, window.to) || by_hand(view));
    if views.is_empty() {
        views = times.changed(event, far_dates(&times.schedule, window));
    }
    times.goes_on = goes_on;
    views
}

/// What has begun and lies within the window; of a great many the latest.
fn past(schedule: &Schedule, window: Window) -> Vec<calendar::Occurrence> {
    let found = schedule.occurrences_in(window.from, window.now, MOST_OCCURRENCES);
    if !found.cut {
        return found.list;
    }
    latest(schedule, window.from, window.now, MOST_OCCURRENCES)
}

/// The latest occurrences before `to`, looked for in growing steps back to `from`.
fn latest(schedule: &Schedule, from: Timestamp, to: Timestamp, count: usize) -> Vec<calendar::Occurrence> {
    let mut back = SignedDuration::from_hours(1);
    loop {
        let begin = to.checked_sub(back).unwrap_or(Timestamp::MIN).max(from);
        let mut list = schedule.occurrences_in(begin, to, usize::MAX).list;
        if list.len() >= count || begin == from {
            list.drain(..list.len().saturating_sub(count));
            return list;
        }
        back = back.saturating_mul(4);
    }
}

/// The first dates of a series that begins beyond the window, or the last of one that ended long ago.
fn far_dates(schedule: &Schedule, window: Window) -> Vec<calendar::Occurrence> {
    if schedule.first().is_some_and(|first| first.start.timestamp() >= window.to) {
        return schedule.occurrences().take(FAR_DATES).collect();
    }
    latest(schedule, Timestamp::MIN, window.from, FAR_DATES)
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
        let mut all: Vec<OccurrenceRef> = events
            .iter()
            .flat_map(|page| {
                let occurrences = times.get(page).map(|times| times.occurrences.as_slice()).unwrap_or_default();
                occurrences.iter().enumerate().map(|(index, occurrence)| OccurrenceRef {
                    start: occurrence.start.timestamp(),
                    page: *page,
                    index: index as u32,
                })
            })
            .collect();
        all.sort_by(|a, b| {
            let stem = |found: &OccurrenceRef| &pages[found.page.0 as usize].document.path.stem;
            (a.start, stem(a), a.index).cmp(&(b.start, stem(b), b.index))
        });
        all
    };
    by_kind.iter().map(of_language).collect()
}
