//! Single dates that differ from their series: components with RECURRENCE-ID.

use super::details::Details;
use super::draft::Change;
use super::report::Reporter;
use super::series::{Plan, Series};
use super::when::{Clock, Context, When, when};
use crate::calendar::{Moment, Occurrence};
use crate::content::Status;
use crate::ical::read::{self, Component};
use jiff::ToSpan;

/// The longest text that fits a note on one date.
const LONGEST_NOTE: usize = 300;

/// A component for one date, with the date in the series' own zone.
#[derive(Clone, Copy)]
pub struct Override<'t, 'c> {
    pub component: &'c Component<'t>,
    /// The start that the series gives it.
    pub date: Moment,
}

/// What became of it.
pub enum Told {
    /// A `[[change]]`; none when it says nothing new.
    Change(Option<Box<Change>>),
    /// It fits no date of the series, or cannot be told as a change: it is an event of its own.
    Apart,
}

/// Reads what one date has of its own.
pub fn change(
    own: Override<'_, '_>,
    series: &Series,
    plan: &Plan<'_, '_>,
    master: &Details,
    clock: &Clock,
    cx: &mut Context<'_>,
) -> Told {
    let Some(given) = series.schedule.occurrence_at(own.date) else { return Told::Apart };
    let hourly = plan.rule.as_ref().is_some_and(|(rule, _)| rule.names_hours());
    let mut change = Change::new(plan.named(given.original, &series.schedule, hourly));
    let details = Details::read(own.component, cx);
    let start = own.component.get("DTSTART");
    let start = start.and_then(|start| clock.read(start, &start.value, cx));
    if let Some(start) = start {
        let time = when(own.component, start, clock, cx);
        let is_day = matches!(time.start, Moment::Date(_));
        if is_day != given.all_day {
            return Told::Apart;
        }
        move_times(&mut change, &time, &given, clock);
    }
    change.title = details.title.clone().filter(|title| Some(title) != master.title.as_ref());
    change.status = status(&details, master, change.start.is_some());
    change.venue = details.venue.clone().filter(|venue| Some(venue) != master.venue.as_ref());
    change.note = note(own.component, &details, master, &mut cx.report);
    report_rest(own.component, &details, master, &mut cx.report);
    Told::Change((!change.is_empty()).then(|| Box::new(change)))
}

/// A start and an end that the series would not give.
fn move_times(change: &mut Change, time: &When, given: &Occurrence, clock: &Clock) {
    let original = if given.all_day { Moment::Date(given.original.date()) } else { Moment::DateTime(given.original) };
    if time.start != original {
        change.start = Some(time.start);
    }
    match (time.start, time.length) {
        (Moment::Date(first), length) => {
            let last = match length {
                crate::calendar::Length::Until(end) => end.date(),
                _ => first,
            };
            let days = given.start.date().duration_until(given.end.date()).as_hours() / 24;
            let expected = first.checked_add((days - 1).days()).unwrap_or(first);
            if last != expected {
                change.end = Some(Moment::Date(last));
            }
        }
        (Moment::DateTime(start), length) => {
            let timing = crate::calendar::Timing {
                start: time.start,
                length,
                zone: clock.zone.zone.clone(),
                repeat: None,
                except: Vec::new(),
                also: Vec::new(),
            };
            let Some(own) = crate::calendar::Schedule::new(timing).ok().and_then(|schedule| schedule.first()) else {
                return;
            };
            let lasts = |from: &jiff::Zoned, to: &jiff::Zoned| from.timestamp().duration_until(to.timestamp());
            // What has no end of its own may have lost it on the way.
            let has_end = length != crate::calendar::Length::Unstated;
            if has_end && lasts(&own.start, &own.end) != lasts(&given.start, &given.end) {
                change.end = Some(Moment::DateTime(own.end.datetime().max(start)));
            }
        }
    }
}

/// A status that differs from the one the date would have.
fn status(details: &Details, master: &Details, is_moved: bool) -> Option<Status> {
    let own = details.status.unwrap_or_default();
    let usual = if is_moved { Status::Rescheduled } else { master.status.unwrap_or_default() };
    match own {
        // A moved date is as planned, at its new time.
        Status::Scheduled if is_moved => None,
        own if own == usual => None,
        own => Some(own),
    }
}

/// A word on why: the calendar's comment, or what the date's own description says beyond that of the series.
fn note(component: &Component<'_>, details: &Details, master: &Details, report: &mut Reporter<'_>) -> Option<String> {
    let comment = component.text("COMMENT").map(|comment| one_paragraph(&comment));
    if let Some(comment) = comment.filter(|comment| !comment.is_empty()) {
        return Some(comment);
    }
    if details.body == master.body || details.body.is_empty() {
        return None;
    }
    let property = component.get("DESCRIPTION")?;
    let text = read::text(&property.value);
    let note = one_paragraph(&text);
    if note.chars().count() <= LONGEST_NOTE && !note.is_empty() && !super::text::looks_like_html(&text) {
        return Some(note);
    }
    report.not_carried_over(
        "this date of a series has a description of its own, which is too long for a note",
        property.whole_value(),
        "the text of the series stays; write what is different as the `note` of its [[change]]",
    );
    None
}

fn one_paragraph(text: &str) -> String {
    super::text::one_line(text)
}

/// Reports what a change has no place for.
fn report_rest(component: &Component<'_>, details: &Details, master: &Details, report: &mut Reporter<'_>) {
    let url = |details: &Details| details.online.as_ref().and_then(|online| online.url.clone());
    let span = |name: &str| component.get(name).map_or(component.span, |property| property.span);
    if let Some(own) = url(details).filter(|own| Some(own) != url(master).as_ref()) {
        report.not_carried_over(
            format!("this date of a series is to be joined at an address of its own, {own}"),
            span("LOCATION"),
            "the address of the series stays; write the other one into the `note` of its [[change]]",
        );
    }
    if master.venue.is_some() && details.venue.is_none() && component.get("LOCATION").is_none() {
        let is_online = matches!(details.status, Some(Status::MovedOnline | Status::Cancelled | Status::Postponed));
        if !is_online {
            report.not_carried_over(
                "this date of a series has no place",
                component.span,
                "the place of the series stays; give its [[change]] another `venue`, or `status = \"moved-online\"`",
            );
        }
    }
}
