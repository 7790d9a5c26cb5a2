//! When events take place.

use super::visibility::{Changes, Clock};
use super::{Page, PageId};
use crate::calendar::{self, Length, Part, Repeat, RuleError, Schedule, ScheduleError, Timing, Words, Written, Zones};
use crate::config::Config;
use crate::content::{Change, Details, Event, Kind, Status};
use crate::decode::{At, Moment};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use rayon::prelude::*;
use std::collections::HashMap;

/// Occurrences that one event keeps at the most.
const MOST_OCCURRENCES: usize = 400;
/// How far back a series keeps what is over, in days.
const DAYS_KEPT: i64 = 366;
/// Dates that are kept of a series that lies wholly outside what is expanded.
const FAR_DATES: usize = 3;
/// How long an event without a stated end counts as going on, in hours.
const UNSTATED_HOURS: i64 = 2;

/// The times of one event.
#[derive(Debug)]
pub struct EventTimes {
    pub schedule: Schedule,
    pub timezone: String,
    /// By start; those within the horizon.
    pub occurrences: Vec<OccurrenceView>,
    /// Whether it repeats.
    pub recurring: bool,
    /// Whether it has occurrences beyond the horizon.
    goes_on: bool,
}

/// One occurrence, with its own change applied.
#[derive(Debug, Clone)]
pub struct OccurrenceView {
    pub start: Zoned,
    pub end: Zoned,
    /// The local time that the rule gave.
    pub original: DateTime,
    pub all_day: bool,
    pub status: Status,
    /// The number of the change that applies to it.
    pub change: Option<usize>,
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
        let takes_place = |status| !matches!(status, Status::Cancelled | Status::Postponed);
        self.upcoming(now).find(|occurrence| takes_place(occurrence.status)).or_else(|| self.upcoming(now).next())
    }

    pub fn last_end(&self) -> Option<Timestamp> {
        self.occurrences.iter().map(OccurrenceView::over).max()
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

/// The occurrences of every event within the horizon.
pub fn expand(
    pages: &[Page],
    config: &Config,
    clock: &Clock,
    changes: &mut Changes,
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<PageId, EventTimes> {
    let zones = Zones::new();
    let horizon = horizon(config, clock);
    let found: Vec<_> = pages
        .par_iter()
        .enumerate()
        .filter_map(|(at, page)| {
            let Details::Event(event) = &page.document.details else { return None };
            let mut mistakes = Vec::new();
            let times = event_times(event, &page.document.file, config, &zones, clock, horizon, &mut mistakes);
            Some((PageId(at as u32), times, mistakes))
        })
        .collect();
    let mut all = HashMap::with_capacity(found.len());
    let mut endless = false;
    for (id, times, mistakes) in found {
        diagnostics.extend(mistakes);
        let Some(times) = times else { continue };
        endless |= times.goes_on;
        if let Some(next) = times.upcoming(clock.now).map(OccurrenceView::over).min() {
            changes.add(next);
        }
        all.insert(id, times);
    }
    if endless {
        // With a new month the horizon moves on, and new occurrences come into sight.
        let local = config.timezone.to_datetime(clock.now);
        let next_month = local.date().first_of_month().checked_add(1.month());
        if let Ok(at) =
            next_month.map(|date| config.timezone.to_timestamp(date.to_datetime(jiff::civil::Time::midnight())))
            && let Ok(at) = at
        {
            changes.add(at);
        }
    }
    all
}

/// The moment up to which rules without an end are expanded: whole months, so that it moves once a month.
fn horizon(config: &Config, clock: &Clock) -> Timestamp {
    let local = config.timezone.to_datetime(clock.now);
    let months = i64::from(config.horizon_months) + 1;
    let date = local.date().first_of_month().checked_add(months.months()).unwrap_or(jiff::civil::Date::MAX);
    config.timezone.to_timestamp(date.to_datetime(jiff::civil::Time::midnight())).unwrap_or(Timestamp::MAX)
}

#[allow(clippy::too_many_arguments)]
fn event_times(
    event: &Event,
    file: &FileRef,
    config: &Config,
    zones: &Zones,
    clock: &Clock,
    horizon: Timestamp,
    mistakes: &mut Vec<Diagnostic>,
) -> Option<EventTimes> {
    let (zone, timezone) = zone_of(event, file, config, zones, mistakes);
    let schedule = schedule(event, file, zone, mistakes)?;
    for note in schedule.check() {
        let span = if note.written == Written::End { event.end.as_ref().map(|end| end.span) } else { None };
        let what = match note.clock {
            calendar::Clock::Gap => "does not exist: the clocks go forward over it",
            _ => "comes twice: the clocks go back",
        };
        mistakes.push(
            Diagnostic::new(&codes::CLOCK_CHANGE, format!("the local time {} {what}", note.local))
                .at(file, span.unwrap_or(event.start.span))
                .help(format!("it is read as {}; choose another time if you mean another", note.read_as)),
        );
    }
    for unused in schedule.unused_exceptions() {
        let words = event.repeat.as_ref().map(|words| words.value.except.as_slice()).unwrap_or_default();
        if let Some(written) = event.except.iter().chain(words).nth(unused) {
            mistakes.push(
                Diagnostic::new(&codes::UNUSED_EXCEPTION, "the event would not take place on this date anyway")
                    .at(file, written.span)
                    .help("name a date of the series, or remove this one"),
            );
        }
    }
    if !schedule.start_fits_rule() {
        mistakes.push(
            Diagnostic::new(&codes::START_OFF_RULE, "this is not one of the dates of the repetition")
                .at(file, event.start.span)
                .help(format!("the series begins on {}; set `start` to its first date", schedule.anchor().date())),
        );
    }
    if schedule.first().is_none() {
        mistakes.push(
            Diagnostic::new(&codes::BAD_EVENT_TIME, "this event never takes place")
                .at(file, event.start.span)
                .help("its repetition ends before it begins, gives no date, or every date is excepted"),
        );
        return None;
    }
    let from = clock.now.checked_sub((24 * DAYS_KEPT).hours()).unwrap_or(Timestamp::MIN);
    let recurring = schedule.is_series();
    let mut list = if recurring {
        schedule.occurrences_in(from, horizon, MOST_OCCURRENCES).list
    } else {
        schedule.first().into_iter().collect()
    };
    if list.is_empty() {
        list = far_dates(&schedule, from, horizon);
    }
    let mut occurrences: Vec<OccurrenceView> = list
        .into_iter()
        .map(|occurrence| OccurrenceView {
            start: occurrence.start,
            end: occurrence.end,
            original: occurrence.original,
            all_day: occurrence.all_day,
            status: event.status,
            change: None,
        })
        .collect();
    for (number, change) in event.change.iter().enumerate() {
        check_change(&event.change[..number], change, &schedule, file, mistakes);
        apply_change(number, change, &schedule, &mut occurrences, file, mistakes);
    }
    occurrences.sort_by(|a, b| (&a.start, &a.original).cmp(&(&b.start, &b.original)));
    let goes_on =
        schedule.is_endless() || recurring && !schedule.occurrences_in(horizon, Timestamp::MAX, 1).list.is_empty();
    Some(EventTimes { schedule, timezone, occurrences, recurring, goes_on })
}

/// The first dates of a series that begins beyond the horizon, or the last of one that ended long ago.
fn far_dates(schedule: &Schedule, from: Timestamp, horizon: Timestamp) -> Vec<calendar::Occurrence> {
    if schedule.first().is_some_and(|first| first.start.timestamp() >= horizon) {
        return schedule.occurrences().take(FAR_DATES).collect();
    }
    let mut days = DAYS_KEPT;
    loop {
        let begin = from.checked_sub((24 * days).hours()).unwrap_or(Timestamp::MIN);
        let mut list = schedule.occurrences_in(begin, from, usize::MAX).list;
        if !list.is_empty() || begin == Timestamp::MIN {
            list.drain(..list.len().saturating_sub(FAR_DATES));
            return list;
        }
        days *= 2;
    }
}

fn zone_of(
    event: &Event,
    file: &FileRef,
    config: &Config,
    zones: &Zones,
    mistakes: &mut Vec<Diagnostic>,
) -> (TimeZone, String) {
    let Some(written) = &event.timezone else {
        return (config.timezone.clone(), config.timezone_name.clone());
    };
    if let Some(zone) = zones.get(&written.value) {
        return (zone, written.value.clone());
    }
    let help = match zones.nearest(&written.value) {
        Some(meant) => format!("did you mean \"{meant}\"?"),
        None => "use the name of a city's zone, such as Europe/London".to_owned(),
    };
    mistakes.push(
        Diagnostic::new(&codes::BAD_VALUE, format!("there is no time zone \"{}\"", written.value))
            .at(file, written.span)
            .help(help),
    );
    (config.timezone.clone(), config.timezone_name.clone())
}

/// The schedule an event's front matter gives, every mistake reported.
fn schedule(event: &Event, file: &FileRef, zone: TimeZone, mistakes: &mut Vec<Diagnostic>) -> Option<Schedule> {
    let before = mistakes.len();
    let mut report = |span: Span, message: String, help: String| {
        mistakes.push(Diagnostic::new(&codes::BAD_EVENT_TIME, message).at(file, span).help(help));
    };
    let start = match event.start.value {
        Moment::DateTime(_) | Moment::Instant(_) if event.all_day => {
            report(
                event.start.span,
                "an event of whole days starts on a date, without a time of day".to_owned(),
                "write start = 2026-12-01, or leave all_day out".to_owned(),
            );
            return None;
        }
        moment => local(moment, &zone),
    };
    let length = match (&event.end, &event.duration) {
        (Some(end), Some(duration)) => {
            report(duration.span, "`end` and `duration` cannot both be given".to_owned(), "remove one".to_owned());
            Length::Until(local(end.value, &zone))
        }
        (Some(end), None) => Length::Until(local(end.value, &zone)),
        (None, Some(duration)) => Length::parse(&duration.value).unwrap_or_else(|error| {
            report(inner(duration, error.range), error.message, error.help);
            Length::Unstated
        }),
        (None, None) => Length::Unstated,
    };
    let mut except: Vec<calendar::Moment> = event.except.iter().map(|at| local(at.value, &zone)).collect();
    let repeat = match (&event.repeat, &event.rrule) {
        (Some(_), Some(rrule)) => {
            report(rrule.span, "`repeat` and `rrule` cannot both be given".to_owned(), "remove one".to_owned());
            None
        }
        (None, Some(rrule)) => Repeat::parse_rrule(&rrule.value)
            .map_err(|errors| {
                for error in errors {
                    report(inner(rrule, error.range), error.message, error.help);
                }
            })
            .ok(),
        (Some(words), None) => {
            except.extend(words.value.except.iter().map(|at| local(at.value, &zone)));
            let on: Vec<&str> = words.value.on.0.iter().map(|on| on.value.as_str()).collect();
            let written = Words {
                every: &words.value.every.value,
                on: &on,
                until: words.value.until.as_ref().map(|at| local(at.value, &zone)),
                count: words.value.count.as_ref().map(|at| at.value),
            };
            Repeat::from_words(&written)
                .map_err(|errors| {
                    for error in errors {
                        report(words_span(&words.value, words.span, &error), error.message, error.help);
                    }
                })
                .ok()
        }
        (None, None) => None,
    };
    let also = event.also.iter().map(|at| local(at.value, &zone)).collect();
    let made = Schedule::new(Timing { start, length, zone, repeat, except, also });
    let schedule = made.map_err(|errors| {
        for error in errors {
            let span = error_span(event, error);
            report(span, error.to_string(), error_help(error).to_owned());
        }
    });
    if mistakes.len() > before { None } else { schedule.ok() }
}

fn error_span(event: &Event, error: ScheduleError) -> Span {
    let end = event.end.as_ref().map(|end| end.span).or(event.duration.as_ref().map(|duration| duration.span));
    match error {
        ScheduleError::EndsBeforeStart
        | ScheduleError::ZeroLength
        | ScheduleError::EndNeedsTime
        | ScheduleError::EndHasTime
        | ScheduleError::LengthNeedsTime => end.unwrap_or(event.start.span),
        ScheduleError::AlsoHasTime(at) => event.also.get(at).map_or(event.start.span, |also| also.span),
        ScheduleError::RepeatNeedsTime | ScheduleError::OutOfRange => event.start.span,
    }
}

fn error_help(error: ScheduleError) -> &'static str {
    match error {
        ScheduleError::EndsBeforeStart => {
            "check the two dates; an evening that goes past midnight ends on the next day"
        }
        ScheduleError::ZeroLength => "leave `end` out when it is not known",
        ScheduleError::EndNeedsTime => "write the end with its time: 2026-12-01T21:00:00",
        ScheduleError::EndHasTime | ScheduleError::LengthNeedsTime | ScheduleError::RepeatNeedsTime => {
            "give the start a time: 2026-12-01T19:00:00"
        }
        ScheduleError::AlsoHasTime(_) => "write only the date",
        ScheduleError::OutOfRange => "check the year",
    }
}

/// The place of a part of a quoted value.
fn inner(value: &At<String>, range: std::ops::Range<usize>) -> Span {
    let plain = value.span.end.saturating_sub(value.span.start) as usize == value.value.len() + 2;
    if plain && range.end <= value.value.len() && range.end > range.start {
        Span::from(range).shifted(value.span.start + 1)
    } else {
        value.span
    }
}

fn words_span(words: &crate::content::RepeatWords, whole: Span, error: &RuleError) -> Span {
    match error.part {
        Part::Every => inner(&words.every, error.range.clone()),
        Part::On(at) => words.on.0.get(at).map_or(whole, |on| inner(on, error.range.clone())),
        Part::Until => words.until.as_ref().map_or(whole, |until| until.span),
        Part::Count => words.count.as_ref().map_or(whole, |count| count.span),
        Part::Rule => whole,
    }
}

fn local(moment: Moment, zone: &TimeZone) -> calendar::Moment {
    match moment {
        Moment::Date(date) => calendar::Moment::Date(date),
        other => calendar::Moment::DateTime(other.civil(zone)),
    }
}

fn apply_change(
    number: usize,
    change: &Change,
    schedule: &Schedule,
    occurrences: &mut [OccurrenceView],
    file: &FileRef,
    mistakes: &mut Vec<Diagnostic>,
) {
    let zone = schedule.zone();
    let Some(given) = schedule.occurrence_at(local(change.date.value, zone)) else {
        mistakes.push(
            Diagnostic::new(&codes::NO_SUCH_OCCURRENCE, "the event does not take place on this date")
                .at(file, change.date.span)
                .help("write the date on which it would have taken place without the change"),
        );
        return;
    };
    let Some(occurrence) = occurrences.iter_mut().find(|occurrence| occurrence.original == given.original) else {
        return;
    };
    let resolved = |moment: Moment, otherwise: &Zoned| {
        let civil = match moment {
            Moment::Date(date) => date.to_datetime(otherwise.time()),
            other => other.civil(zone),
        };
        calendar::resolve(zone, civil).map(|(zoned, _)| zoned)
    };
    if let Some(start) = change.start.as_ref().and_then(|start| resolved(start.value, &occurrence.start)) {
        occurrence.end = moved_end(occurrence, &start);
        occurrence.start = start;
        occurrence.status = Status::Rescheduled;
    }
    if let Some(written) = &change.end
        && let Some(end) = resolved(written.value, &occurrence.end)
    {
        // Of whole days the last one is written, and the day after it ends the occurrence.
        let end = if occurrence.all_day { end.tomorrow().unwrap_or(end) } else { end };
        if end < occurrence.start {
            mistakes.push(
                Diagnostic::new(&codes::BAD_EVENT_TIME, "the end is before the start")
                    .at(file, written.span)
                    .help(error_help(ScheduleError::EndsBeforeStart)),
            );
        }
        occurrence.end = end;
    }
    if let Some(status) = change.status {
        occurrence.status = status;
    }
    occurrence.change = Some(number);
}

/// The end of an occurrence whose start moves: it lasts as long as before, whole days as many days.
fn moved_end(occurrence: &OccurrenceView, start: &Zoned) -> Zoned {
    let (old_start, old_end) = (&occurrence.start, &occurrence.end);
    let end = if occurrence.all_day {
        let days = old_start.date().duration_until(old_end.date()).as_hours() / 24;
        start.checked_add(days.days())
    } else {
        start.checked_add(old_start.timestamp().duration_until(old_end.timestamp()))
    };
    end.unwrap_or_else(|_| start.clone())
}

/// Reports a change that another one undoes, and times of day in an event of whole days.
fn check_change(
    earlier: &[Change],
    change: &Change,
    schedule: &Schedule,
    file: &FileRef,
    mistakes: &mut Vec<Diagnostic>,
) {
    let original = |change: &Change| {
        let given = schedule.occurrence_at(local(change.date.value, schedule.zone()))?;
        Some(given.original)
    };
    let own = original(change);
    if own.is_some() && earlier.iter().any(|other| original(other) == own) {
        mistakes.push(
            Diagnostic::new(&codes::BAD_EVENT_TIME, "this date is changed twice")
                .at(file, change.date.span)
                .help("put both into one [[change]]"),
        );
    }
    if schedule.all_day() {
        for written in [&change.start, &change.end].into_iter().flatten().filter(|at| !at.value.is_date()) {
            mistakes.push(
                Diagnostic::new(&codes::BAD_EVENT_TIME, "an event of whole days has no times of day")
                    .at(file, written.span)
                    .help("write only the date"),
            );
        }
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
