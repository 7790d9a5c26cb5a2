//! When an event takes place, as it was understood, and which lists show it.

use super::{ChangedDate, Desk, EventTimes, GivenDate, Occurrence, dates};
use crate::calendar;
use crate::content::{Change, Event, Status, Venue};
use crate::decode::Moment;
use crate::site::{self, OccurrenceView, PageId, occurrence_anchor};
use crate::theme::view::zoned;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// The coming dates that are told.
const MOST_NEXT: usize = 5;

/// None when its times could not be understood, which is a mistake.
pub fn times(desk: &Desk<'_>, id: PageId, event: &Event, fragment: Option<&str>) -> Option<EventTimes> {
    let times = desk.site.event_times.get(&id)?;
    let schedule = &times.schedule;
    let now = desk.site.clock.now;
    let upcoming: Vec<&OccurrenceView> = times.upcoming(now).take(MOST_NEXT).collect();
    let going_on = upcoming.iter().any(|occurrence| occurrence.start.timestamp() <= now);
    let (all_day, told) = (schedule.all_day(), |found: &OccurrenceView| occurrence(times, found, event));
    let given = |at: DateTime| GivenDate { start: local(at, all_day), words: local_in_words(at, all_day) };
    let first = || times.between(event, Timestamp::MIN, Timestamp::MAX, 1).into_iter().next();
    Some(EventTimes {
        timezone: times.timezone.clone(),
        all_day,
        status: event.status.word(),
        recurring: times.recurring,
        repeats: repeats(event, schedule),
        rrule: schedule.rrule(),
        state: match (upcoming.is_empty(), going_on) {
            (true, _) => "past",
            (false, true) => "going-on",
            (false, false) => "upcoming",
        },
        first: if times.recurring { first().as_ref().map(told) } else { None },
        last: if upcoming.is_empty() { times.past(now).next().map(told) } else { None },
        next: upcoming.into_iter().map(told).collect(),
        except: schedule.exception_dates().into_iter().map(given).collect(),
        also: schedule.further_dates().into_iter().map(given).collect(),
        changed: event.change.iter().map(|change| changed(change, schedule)).collect(),
        venue: event.venue.as_ref().and_then(venue),
        asked_for: fragment.and_then(|fragment| {
            let mut all = times.occurrences.iter();
            all.find(|found| occurrence_anchor(&times.occurrence_id(found)) == fragment).map(told)
        }),
    })
}

/// A local time as text; of whole days the date.
fn local(at: DateTime, all_day: bool) -> String {
    if all_day { at.date().to_string() } else { at.to_string() }
}

fn local_in_words(at: DateTime, all_day: bool) -> String {
    let clock = if all_day { String::new() } else { format!(", {}", at.strftime("%H:%M")) };
    format!("{}{clock}", dates::day(at.date()))
}

fn utc(at: &Zoned) -> String {
    zoned(&at.timestamp().to_zoned(TimeZone::UTC))
}

/// One time that an event takes place.
pub fn occurrence(times: &site::EventTimes, found: &OccurrenceView, event: &Event) -> Occurrence {
    let has_end = found.end > found.start;
    let shown = |at: &Zoned| if found.all_day { at.date().to_string() } else { zoned(at) };
    let last = || if found.all_day { found.last_day().to_string() } else { zoned(&found.end) };
    let mut words = dates::span_with_utc(found);
    if found.status != Status::Scheduled {
        words = format!("{words}: {}", in_words(found.status));
    }
    if let Some(previous) = &found.previous {
        words = format!("{words}, before that {}", local_in_words(previous.datetime(), found.all_day));
    }
    let change = found.change.and_then(|change| event.change.get(change));
    if let Some(title) = change.and_then(|change| change.title.as_ref()) {
        words = format!("{words}, called \"{title}\"");
    }
    Occurrence {
        id: times.occurrence_id(found),
        start: shown(&found.start),
        end: has_end.then(last),
        start_utc: utc(&found.start),
        end_utc: has_end.then(|| utc(&found.end)),
        status: found.status.word(),
        changed: found.change.is_some(),
        words,
    }
}

pub fn in_words(status: Status) -> &'static str {
    match status {
        Status::MovedOnline => "moved online",
        other => other.word(),
    }
}

/// `every month, on first thursday, until Wednesday 30 June 2027`.
fn repeats(event: &Event, schedule: &calendar::Schedule) -> Option<String> {
    let end = if schedule.is_endless() { ", without an end" } else { "" };
    let Some(written) = &event.repeat else {
        let rule = event.rrule.as_ref()?;
        return Some(format!("by the rule {}{end}", rule.value.trim()));
    };
    let words = &written.value;
    let on: Vec<String> = words.on.0.iter().map(|on| on.value.trim().to_owned()).collect();
    let mut text = format!("every {}", words.every.value.trim());
    if !on.is_empty() {
        text = format!("{text}, on {}", super::listed(&on));
    }
    if let Some(until) = &words.until {
        text = format!("{text}, until {}", dates::day(until.value.civil(schedule.zone()).date()));
    }
    if let Some(times) = &words.count {
        text = format!("{text}, {} in all", super::count(times.value as usize, "time"));
    }
    Some(format!("{text}{end}"))
}

fn written(moment: Moment) -> String {
    match moment {
        Moment::Date(date) => date.to_string(),
        Moment::DateTime(at) => at.to_string(),
        Moment::Instant(at) => at.to_string(),
    }
}

fn changed(change: &Change, schedule: &calendar::Schedule) -> ChangedDate {
    let (zone, all_day) = (schedule.zone(), schedule.all_day());
    let meant = match change.date.value {
        Moment::Date(date) => calendar::Moment::Date(date),
        other => calendar::Moment::DateTime(other.civil(zone)),
    };
    let date = written(change.date.value);
    let Some(given) = schedule.occurrence_at(meant) else {
        let words = format!("{date}: the event does not take place on this date, so the change does nothing");
        return ChangedDate { date, applies_to: None, words };
    };
    // The clock alone, where the day is the same.
    let on = |at: DateTime, day: DateTime| match at.date() == day.date() && !all_day {
        true => at.strftime("%H:%M").to_string(),
        false => local_in_words(at, all_day),
    };
    let mut what = Vec::new();
    let mut day = given.original;
    if let Some(start) = &change.start {
        let at = match start.value {
            Moment::Date(date) => date.to_datetime(given.original.time()),
            other => other.civil(zone),
        };
        what.push(format!("moved to {}", on(at, given.original)));
        day = at;
    }
    what.extend(change.end.as_ref().map(|end| format!("until {}", on(end.value.civil(zone), day))));
    what.extend(change.status.map(|status| in_words(status).to_owned()));
    what.extend(change.title.as_ref().map(|title| format!("called \"{title}\"")));
    what.extend(change.venue.as_ref().and_then(venue).map(|venue| format!("at {venue}")));
    what.extend(change.note.as_ref().map(|note| format!("\"{note}\"")));
    if what.is_empty() {
        what.push("nothing differs".to_owned());
    }
    let words = format!("{}: {}", local_in_words(given.original, all_day), what.join(", "));
    ChangedDate { date, applies_to: Some(local(given.original, all_day)), words }
}

/// A venue in one line, as far as it is published.
pub fn venue(venue: &Venue) -> Option<String> {
    if venue.private {
        let area = venue.area.as_deref().map(str::trim).filter(|area| !area.is_empty());
        return Some(match area {
            Some(area) => format!("{area} (a private venue: only this is published)"),
            None => "a private venue, of which nothing is published".to_owned(),
        });
    }
    let parts = [&venue.name, &venue.address, &venue.postcode];
    let parts: Vec<&str> =
        parts.into_iter().flatten().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What time alone will change.
pub fn changes(desk: &Desk<'_>, id: PageId) -> Vec<(Timestamp, String)> {
    let Some(times) = desk.site.event_times.get(&id) else { return Vec::new() };
    let (zone, now) = (times.schedule.zone(), desk.site.clock.now);
    let when = |at: Timestamp| dates::instant(at, zone, &times.timezone);
    let mut found = Vec::new();
    if times.recurring {
        if let Some(next) = times.upcoming(now).map(OccurrenceView::over).min() {
            found.push((next, format!("Its next date is shown as past from {}.", when(next))));
        }
    } else if let Some(last) = times.last_end() {
        found.push((last, format!("It is shown as past from {}.", when(last))));
    }
    found
}
