//! What is right by itself, and perhaps not what was meant.

use super::{EventTimes, OccurrenceView};
use crate::calendar::{self, End, Frequency, MONTHS, Repeat};
use crate::content::{Event, Venue};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};
use jiff::ToSpan;
use jiff::civil::Date;

/// Months looked at for days that they lack: a leap year is among them.
const MONTHS_LOOKED_AT: i64 = 8 * 12;

pub fn note(event: &Event, times: &EventTimes, file: &FileRef, mistakes: &mut Vec<Diagnostic>) {
    mistakes.extend(skipped_dates(event, times).map(|problem| problem.0.at(file, problem.1)));
    same_times(event, times, file, mistakes);
    let own = event.change.iter().filter_map(|change| change.venue.as_ref());
    for venue in event.venue.iter().chain(own) {
        mistakes.extend(half_a_position(venue).map(|(problem, span)| problem.at(file, span)));
    }
}

/// A place needs both its numbers.
fn half_a_position(venue: &Venue) -> Option<(Diagnostic, Span)> {
    let (has, lacks, span) = match (venue.lat, venue.lon) {
        (Some(lat), None) => ("lat", "lon", lat.span),
        (None, Some(lon)) => ("lon", "lat", lon.span),
        _ => return None,
    };
    let message = format!("`{has}` says nothing without `{lacks}`");
    let help = format!("write both, such as lat = 53.8, lon = -1.55, or remove `{has}`");
    Some((Diagnostic::new(&codes::BAD_VALUE, message).help(help), span))
}

/// Days of a month that not every month has, in a series that is written in words.
fn skipped_dates(event: &Event, times: &EventTimes) -> Option<(Diagnostic, Span)> {
    let words = event.repeat.as_ref()?;
    let repeat = times.schedule.timing().repeat.as_ref()?;
    let start = times.schedule.anchor().date();
    let (day, span) = day_of_month(event, repeat, start)?;
    let step = match repeat.frequency() {
        Frequency::Monthly => i64::from(repeat.interval()),
        Frequency::Yearly => 12 * i64::from(repeat.interval()),
        _ => return None,
    };
    let named = |month: &Date| repeat.months().is_empty() || repeat.months().contains(&month.month().unsigned_abs());
    // A yearly rule that names months takes place in each of them.
    let step = if repeat.months().is_empty() { step } else { 1 };
    let last = match (repeat.end(), times.schedule.is_endless()) {
        (End::Never, _) | (_, true) => Date::MAX,
        (_, false) => times.schedule.occurrences().last().map_or(start, |last| last.original.date()),
    };
    let first = start.first_of_month();
    let months = (0..=MONTHS_LOOKED_AT / step.max(1)).filter_map(|at| first.checked_add((at * step).months()).ok());
    let mut lacking: Vec<i8> = months
        .take_while(|month| *month <= last)
        .filter(|month| named(month) && i16::from(month.days_in_month()) < day)
        .map(|month| month.month())
        .collect();
    lacking.sort_unstable();
    lacking.dedup();
    let yearly = repeat.frequency() == Frequency::Yearly;
    let names: Vec<String> = lacking.into_iter().map(month_name).collect();
    let (others, end) = match names.as_slice() {
        [] => return None,
        [one] => (String::new(), one),
        [others @ .., end] => (format!("{} and ", others.join(", ")), end),
    };
    let leap = if day == 29 { ", but for leap years" } else { "" };
    let message = format!("there is no {} of {others}{end}{leap}: the event does not take place then", ordinal(day));
    let meant = if yearly { "last day of february" } else { "last day" };
    let every = words.value.every.value.trim();
    let rule = repeat.ending(End::Never).to_rrule(times.schedule.zone(), times.schedule.all_day());
    let rule = if rule.contains("BYMONTHDAY") {
        rule
    } else if yearly {
        format!("{rule};BYMONTH=2;BYMONTHDAY={day}")
    } else {
        format!("{rule};BYMONTHDAY={day}")
    };
    let help = format!(
        "write repeat = {{ every = \"{every}\", on = \"{meant}\" }} if it is to be on the last day then; rrule = \"{rule}\" says that it is meant as it is"
    );
    Some((Diagnostic::new(&codes::SKIPPED_DATES, message).help(help), span))
}

/// The late day of a month on which a series takes place, and where it is written.
fn day_of_month(event: &Event, repeat: &Repeat, start: Date) -> Option<(i16, Span)> {
    let is_late = |day: &i16| (29..=31).contains(day);
    if !repeat.days().is_empty() {
        return None;
    }
    if repeat.month_days().is_empty() {
        let by_start = repeat.months().is_empty() && (repeat.frequency() != Frequency::Yearly || start.month() == 2);
        let day = i16::from(start.day());
        return (by_start && is_late(&day)).then_some((day, event.start.span));
    }
    // Who names several days of a month has one in each.
    let [day] = repeat.month_days() else { return None };
    let words = event.repeat.as_ref()?;
    let span = words.value.on.0.first().map_or(words.span, |on| on.span);
    is_late(day).then_some((*day, span))
}

fn month_name(month: i8) -> String {
    let name = MONTHS.get(usize::from(month.unsigned_abs()).wrapping_sub(1)).copied().unwrap_or_default();
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

fn ordinal(day: i16) -> String {
    format!("{day}{}", if day == 31 { "st" } else { "th" })
}

/// Notes the changes that put a date where another one of the series is.
fn same_times(event: &Event, times: &EventTimes, file: &FileRef, mistakes: &mut Vec<Diagnostic>) {
    if !times.recurring {
        return;
    }
    let moved: Vec<OccurrenceView> = times.differing(event);
    let takes_place = |view: &&OccurrenceView| view.takes_place();
    for (at, view) in moved.iter().enumerate().filter(|(_, view)| view.previous.is_some() && view.takes_place()) {
        let Some(change) = view.change.and_then(|number| event.change.get(number)) else { continue };
        let local = view.start.datetime();
        let given = times.schedule.occurrence_at(calendar::Moment::DateTime(local));
        let is_other = |original| original != view.original && moved.iter().all(|other| other.original != original);
        let other = given.map(|given| given.original).filter(|original| is_other(*original));
        let earlier = moved.iter().take(at).filter(takes_place).find(|other| other.start == view.start);
        let stays = moved
            .iter()
            .skip(at + 1)
            .filter(takes_place)
            .find(|other| other.start == view.start && other.previous.is_none());
        let Some(other) = other.or(earlier.or(stays).map(|other| other.original)) else { continue };
        let span = change.start.as_ref().map_or(change.date.span, |start| start.span);
        let message = format!("the date of {} begins at this time, too", other.date());
        mistakes.push(Diagnostic::new(&codes::SAME_TIME, message).at(file, span).help(
            "if one of them does not take place, cancel it: [[change]] with its date and status = \"cancelled\"",
        ));
    }
}
