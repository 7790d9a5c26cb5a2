//! Which occurrences of a series are listed, and when that will next change.
//!
//! What is listed depends on the clock in two ways only: by the month in which it stands, and by what is over.

use super::{EventTimes, OccurrenceView, UNSTATED_HOURS, mark_shown, over};
use crate::calendar::{self, Schedule};
use crate::config::Config;
use crate::content::Event;
use crate::site::visibility::Clock;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Coming occurrences that one event keeps at the most, and past ones.
pub const MOST_OCCURRENCES: usize = 750;
/// Of a series with more than that: occurrences that may go on at one time.
const MOST_AT_ONCE: usize = 250;
/// Dates from outside the window: the next where nothing is coming within it, the last where there is nothing in it.
const FAR_DATES: usize = 3;
/// Months looked at that change nothing before a series is taken to change no more.
const FRUITLESS_MONTHS: usize = 100;

/// The span of time whose occurrences are listed: whole months of the site's zone, so that it moves once a month.
#[derive(Debug, Clone)]
pub(super) struct Window<'c> {
    config: &'c Config,
    pub now: Timestamp,
    pub from: Timestamp,
    pub to: Timestamp,
}

impl<'c> Window<'c> {
    pub fn new(config: &'c Config, now: Timestamp) -> Self {
        let zone = &config.timezone;
        let this_month = zone.to_datetime(now).date().first_of_month();
        let (back, ahead) = (i64::from(config.events.history_months), i64::from(config.events.horizon_months));
        let (from, to) = (month(this_month, -back), month(this_month, ahead + 1));
        Self { config, now, from: midnight(from, zone), to: midnight(to, zone) }
    }

    /// When an occurrence from beyond the window comes into it.
    fn comes_in(&self, start: Timestamp) -> Option<Timestamp> {
        let zone = &self.config.timezone;
        let own = zone.to_datetime(start).date().first_of_month();
        let at = midnight(month(own, -i64::from(self.config.events.horizon_months)), zone);
        (start >= self.to).then_some(at)
    }

    /// When an occurrence of the window, or of beyond, leaves it behind.
    fn drops_out(&self, start: Timestamp, end: Timestamp) -> Option<Timestamp> {
        let zone = &self.config.timezone;
        let own = zone.to_datetime(end).date().first_of_month();
        let begins_a_month = midnight(own, zone) == end && end > start;
        let months = i64::from(self.config.events.history_months) + i64::from(!begins_a_month);
        (end > self.from || start >= self.from).then(|| midnight(month(own, months), zone))
    }
}

/// From when and up to when occurrences are listed.
pub fn listed_window(config: &Config, clock: &Clock) -> (Timestamp, Timestamp) {
    let window = Window::new(config, clock.now);
    (window.from, window.to)
}

/// The first day of a month, so many months later.
fn month(first: Date, later: i64) -> Date {
    first.checked_add(later.months()).unwrap_or(if later < 0 { Date::MIN } else { Date::MAX })
}

pub fn midnight(date: Date, zone: &TimeZone) -> Timestamp {
    let limit = if date.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    zone.to_timestamp(date.to_datetime(Time::midnight())).unwrap_or(limit)
}

impl EventTimes {
    /// The occurrences of a series that are listed, and whether it goes on beyond them.
    pub(super) fn listed(&self, event: &Event, window: &Window<'_>) -> (Vec<OccurrenceView>, bool) {
        let schedule = &self.schedule;
        let (list, cut) = given(schedule, window);
        let mut beyond = beginning_from(schedule, window.to, FAR_DATES + 1);
        let mut views = self.changed(event, list);
        // What an author changed by hand is shown however far away it went.
        let by_hand = |view: &OccurrenceView| view.change.is_some() && !view.is_past(window.now);
        views.retain(|view| view.overlaps(window.from, window.to) || by_hand(view));
        if views.iter().all(|view| view.is_past(window.now)) {
            let left = beyond.split_off(beyond.len().min(FAR_DATES));
            self.add(&mut views, event, std::mem::replace(&mut beyond, left));
        }
        if views.is_empty() {
            self.add(&mut views, event, latest(schedule, Timestamp::MIN, window.from, FAR_DATES));
        }
        (views, cut || schedule.is_endless() || !beyond.is_empty())
    }

    /// The last of its dates that is listed, where there are more before `to` than lists have.
    pub fn last_of_many(&self, to: Timestamp) -> Option<&OccurrenceView> {
        let last = self.occurrences.last().filter(|last| last.start.timestamp() < to)?;
        let after = last.start.timestamp().checked_add(SignedDuration::from_secs(1)).ok()?;
        let left = beginning_from(&self.schedule, after, 1);
        left.first().is_some_and(|left| left.start.timestamp() < to).then_some(last)
    }

    /// Adds occurrences from outside the window with their changes.
    fn add(&self, views: &mut Vec<OccurrenceView>, event: &Event, list: Vec<calendar::Occurrence>) {
        let wanted: Vec<DateTime> = list.iter().map(|given| given.original).collect();
        let mut more = self.changed(event, list);
        more.retain(|view| {
            wanted.contains(&view.original) && views.iter().all(|known| known.original != view.original)
        });
        views.extend(more);
        views.sort_by(|a, b| (&a.start, &a.original).cmp(&(&b.start, &b.original)));
    }

    /// The next beginning of a month at which other occurrences of the series are listed, if it is before `limit`.
    pub(super) fn next_move(&self, event: &Event, window: &Window<'_>, limit: Option<Timestamp>) -> Option<Timestamp> {
        let mut window = window.clone();
        for _ in 0..FRUITLESS_MONTHS {
            let next = self.next_candidate(event, &window).filter(|next| limit.is_none_or(|limit| *next < limit))?;
            window = Window::new(window.config, next);
            let (mut occurrences, goes_on) = self.listed(event, &window);
            mark_shown(&mut occurrences, next);
            if occurrences != self.occurrences || goes_on != self.goes_on {
                return Some(next);
            }
        }
        None
    }

    /// The next beginning of a month at which anything comes into the window or drops out of it.
    fn next_candidate(&self, event: &Event, window: &Window<'_>) -> Option<Timestamp> {
        let instants = |start: &jiff::Zoned, end: &jiff::Zoned| (start.timestamp(), end.timestamp());
        let beyond = beginning_from(&self.schedule, window.to, 1);
        let first = self.schedule.occurrences_in(window.from, Timestamp::MAX, 1).list.pop();
        let given = beyond.into_iter().chain(first).map(|given| instants(&given.start, &given.end));
        let moved = self.changed(event, Vec::new()).into_iter().map(|view| instants(&view.start, &view.end));
        let moves = given.chain(moved).flat_map(|(start, end)| [window.comes_in(start), window.drops_out(start, end)]);
        moves.flatten().filter(|at| *at > window.now).min()
    }
}

/// The first occurrences that begin at or after a moment.
fn beginning_from(schedule: &Schedule, from: Timestamp, count: usize) -> Vec<calendar::Occurrence> {
    let found = |limit| {
        let mut found = schedule.occurrences_in(from, Timestamp::MAX, limit);
        found.list.retain(|given| given.start.timestamp() >= from);
        found.list.truncate(count);
        found
    };
    // Few begin before and still go on.
    let first = found(count + 1);
    if first.list.len() < count && first.cut { found(count + MOST_AT_ONCE).list } else { first.list }
}

/// The occurrences that a series gives within the window; of a great many those nearest to now, and true.
fn given(schedule: &Schedule, window: &Window<'_>) -> (Vec<calendar::Occurrence>, bool) {
    let all = schedule.occurrences_in(window.from, window.to, 2 * MOST_OCCURRENCES);
    if !all.cut {
        return (all.list, false);
    }
    // Past is what is over, so that the lists change when an occurrence ends and at no other time.
    let is_past = |given: &calendar::Occurrence| over(&given.start, &given.end) <= window.now;
    let most = MOST_OCCURRENCES + MOST_AT_ONCE;
    let mut list = latest(schedule, window.from, window.now, most);
    list.retain(is_past);
    list.drain(..list.len().saturating_sub(MOST_OCCURRENCES));
    let since = window.now.checked_sub(UNSTATED_HOURS.hours()).unwrap_or(Timestamp::MIN);
    let coming = schedule.occurrences_in(since, window.to, most);
    let kept = list.len() + MOST_OCCURRENCES;
    list.extend(coming.list.into_iter().filter(|given| !is_past(given)));
    list.truncate(kept);
    (list, true)
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
