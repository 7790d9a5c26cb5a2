//! Single occurrences that differ from their series.

use super::timing::{END_BEFORE_START, local};
use super::{EventTimes, OccurrenceView};
use crate::calendar::{self, Occurrence, Schedule};
use crate::content::{Change, Event, Status};
use crate::decode::Moment;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::FileRef;
use jiff::civil::DateTime;
use jiff::{Timestamp, ToSpan, Zoned};

/// Which occurrences the changes of an event name: the local time that the rule gave, and the number of the change.
/// What names none, or one twice, is reported.
pub fn resolve(
    event: &Event,
    schedule: &Schedule,
    file: &FileRef,
    mistakes: &mut Vec<Diagnostic>,
) -> Vec<(DateTime, usize)> {
    let mut found: Vec<(DateTime, usize)> = Vec::new();
    for (number, change) in event.change.iter().enumerate() {
        let given = schedule.occurrence_at(local(change.date.value, schedule.zone()));
        let (message, help) = match given {
            None => (
                "the event does not take place on this date",
                "write the date on which it would have taken place without the change",
            ),
            Some(given) if schedule.excepts(given.original) => (
                "this date is excepted, so that nothing is left to change",
                "remove it from `except`, or remove this [[change]]; a date that is off but shown has status = \"cancelled\"",
            ),
            Some(given) if found.iter().any(|(original, _)| *original == given.original) => {
                mistakes.push(
                    Diagnostic::new(&codes::BAD_EVENT_TIME, "this date is changed twice")
                        .at(file, change.date.span)
                        .help("put both into one [[change]]"),
                );
                continue;
            }
            Some(given) => {
                found.push((given.original, number));
                check(change, &given, schedule, file, mistakes);
                continue;
            }
        };
        mistakes.push(Diagnostic::new(&codes::NO_SUCH_OCCURRENCE, message).at(file, change.date.span).help(help));
    }
    found
}

/// Reports an end before the start, and times of day in an event of whole days.
fn check(change: &Change, given: &Occurrence, schedule: &Schedule, file: &FileRef, mistakes: &mut Vec<Diagnostic>) {
    if schedule.all_day() {
        for written in [&change.start, &change.end].into_iter().flatten().filter(|at| !at.value.is_date()) {
            mistakes.push(
                Diagnostic::new(&codes::BAD_EVENT_TIME, "an event of whole days has no times of day")
                    .at(file, written.span)
                    .help("write only the date"),
            );
        }
    }
    for written in [&change.start, &change.end].into_iter().flatten() {
        if let Moment::DateTime(local) = written.value {
            mistakes
                .extend(super::timing::clock_change(schedule.zone(), local).map(|note| note.at(file, written.span)));
        }
    }
    let (start, end) = times(change, given, schedule);
    if let Some(written) = change.end.as_ref().filter(|_| end < start) {
        mistakes.push(
            Diagnostic::new(&codes::BAD_EVENT_TIME, "the end is before the start")
                .at(file, written.span)
                .help(END_BEFORE_START),
        );
    }
}

/// When a changed occurrence begins and ends.
fn times(change: &Change, given: &Occurrence, schedule: &Schedule) -> (Zoned, Zoned) {
    let zone = schedule.zone();
    let resolved = |moment: Moment, otherwise: &Zoned| {
        let civil = match moment {
            Moment::Date(date) => date.to_datetime(otherwise.time()),
            other => other.civil(zone),
        };
        calendar::resolve(zone, civil).map(|(zoned, _)| zoned)
    };
    let (mut start, mut end) = (given.start.clone(), given.end.clone());
    if let Some(moved) = change.start.as_ref().and_then(|written| resolved(written.value, &start)) {
        end = moved_end(given, &moved);
        start = moved;
    }
    if let Some(written) = change.end.as_ref().and_then(|written| resolved(written.value, &end)) {
        // Of whole days the last one is written, and the day after it ends the occurrence.
        end = if given.all_day { written.tomorrow().unwrap_or(written) } else { written };
    }
    (start, end)
}

/// The end of an occurrence whose start moves: it lasts as long as before, whole days as many days.
fn moved_end(given: &Occurrence, start: &Zoned) -> Zoned {
    let end = if given.all_day {
        let days = given.start.date().duration_until(given.end.date()).as_hours() / 24;
        start.checked_add(days.days())
    } else {
        start.checked_add(given.start.timestamp().duration_until(given.end.timestamp()))
    };
    end.unwrap_or_else(|_| start.clone())
}

impl EventTimes {
    /// The occurrences that overlap the time from `from` (inclusive) to `to` (exclusive), by start, with their changes:
    /// one that was moved counts where it takes place now. Those that the series gives there are at most `limit`.
    pub fn between(&self, event: &Event, from: Timestamp, to: Timestamp, limit: usize) -> Vec<OccurrenceView> {
        let list = self.schedule.occurrences_in(from, to, limit).list;
        let mut views = self.changed(event, list);
        views.retain(|view| view.overlaps(from, to));
        views
    }

    /// The occurrences that have a change of their own, wherever they lie, in the order of the changes.
    pub fn differing(&self, event: &Event) -> Vec<OccurrenceView> {
        let view = |(original, number): &(DateTime, usize)| {
            let given = self.schedule.occurrence_at(calendar::Moment::DateTime(*original))?;
            Some(self.view(event, &given, Some(*number)))
        };
        self.changes.iter().filter_map(view).collect()
    }

    /// Occurrences with their changes, and those besides that a change has moved or lengthened, by start.
    pub(super) fn changed(&self, event: &Event, list: Vec<Occurrence>) -> Vec<OccurrenceView> {
        let change_of =
            |original: DateTime| self.changes.iter().find(|(changed, _)| *changed == original).map(|(_, at)| *at);
        let mut views: Vec<OccurrenceView> =
            list.into_iter().map(|given| self.view(event, &given, change_of(given.original))).collect();
        for (original, number) in &self.changes {
            let change = &event.change[*number];
            // A later end alone may reach further, too.
            let moved = change.start.is_some() || change.end.is_some();
            if moved && !views.iter().any(|view| view.original == *original) {
                let given = self.schedule.occurrence_at(calendar::Moment::DateTime(*original));
                views.extend(given.map(|given| self.view(event, &given, Some(*number))));
            }
        }
        if !self.changes.is_empty() {
            views.sort_by(|a, b| (&a.start, &a.original).cmp(&(&b.start, &b.original)));
        }
        views
    }

    fn view(&self, event: &Event, given: &Occurrence, number: Option<usize>) -> OccurrenceView {
        let change = number.map(|number| &event.change[number]);
        let (start, end) = match change {
            Some(change) => times(change, given, &self.schedule),
            None => (given.start.clone(), given.end.clone()),
        };
        let moved = start != given.start;
        let previous = if moved {
            Some(given.start.clone())
        } else {
            // The whole event was moved; a series says so once.
            let written = event.previous_start.filter(|_| !self.recurring);
            written.map(|moment| moment.timestamp(self.schedule.zone()).to_zoned(self.schedule.zone().clone()))
        };
        let status = match change.and_then(|change| change.status) {
            Some(status) => status,
            None if moved && event.status == Status::Scheduled => Status::Rescheduled,
            None => event.status,
        };
        OccurrenceView {
            start,
            end,
            original: given.original,
            all_day: given.all_day,
            previous: previous.map(Box::new),
            status,
            change: number,
            shown: false,
        }
    }
}
