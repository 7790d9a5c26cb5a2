//! The schedule that an event's front matter gives, every mistake reported.

use super::{EventTimes, OccurrenceView};
use crate::calendar::{
    self, Frequency, Length, Part, Repeat, RuleError, Schedule, ScheduleError, Timing, Words, Written, Zones,
};
use crate::config::Config;
use crate::content::Event;
use crate::decode::{At, Moment};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// What to do about an end before the start.
pub const END_BEFORE_START: &str = "check the two dates; an evening that goes past midnight ends on the next day";

/// The zone of an event, with its name.
pub fn zone_of(
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
pub fn schedule(event: &Event, file: &FileRef, zone: TimeZone, mistakes: &mut Vec<Diagnostic>) -> Option<Schedule> {
    let before = mistakes.len();
    let mut report = |span: Span, message: String, help: String| {
        mistakes.push(Diagnostic::new(&codes::BAD_EVENT_TIME, message).at(file, span).help(help));
    };
    let start = match event.start.value {
        Moment::DateTime(_) | Moment::Instant(_) if event.all_day.is_some_and(|all_day| all_day.value) => {
            report(
                event.start.span,
                "an event of whole days starts on a date, without a time of day".to_owned(),
                "write start = 2026-12-01, or leave all_day out".to_owned(),
            );
            return None;
        }
        Moment::Date(date) if event.all_day.is_some_and(|all_day| !all_day.value) => {
            report(
                event.start.span,
                "an event that does not last whole days needs the time at which it begins".to_owned(),
                format!("write start = {date}T19:00:00, or leave all_day out: a date alone means the whole day"),
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

pub fn error_help(error: ScheduleError) -> &'static str {
    match error {
        ScheduleError::EndsBeforeStart => END_BEFORE_START,
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

pub fn local(moment: Moment, zone: &TimeZone) -> calendar::Moment {
    match moment {
        Moment::Date(date) => calendar::Moment::Date(date),
        other => calendar::Moment::DateTime(other.civil(zone)),
    }
}

/// What is odd about a local time that the clocks jump over or that comes twice.
pub fn clock_change(zone: &TimeZone, local: DateTime) -> Option<Diagnostic> {
    let (read_as, clock) = calendar::resolve(zone, local)?;
    let what = match clock {
        calendar::Clock::Plain => return None,
        calendar::Clock::Gap => "does not exist: the clocks go forward over it",
        calendar::Clock::Fold => "comes twice: the clocks go back",
    };
    let problem = Diagnostic::new(&codes::CLOCK_CHANGE, format!("the local time {local} {what}"));
    Some(problem.help(format!("it is read as {read_as}; choose another time if you mean another")))
}

/// Reports what is odd about an event's times: clock changes, exceptions without effect, a start off the rule. Says
/// whether it takes place at all.
pub fn check(event: &Event, schedule: &Schedule, file: &FileRef, mistakes: &mut Vec<Diagnostic>) -> bool {
    for note in schedule.check() {
        let span = match note.written {
            Written::Start => None,
            Written::End => event.end.as_ref().map(|end| end.span),
            Written::Also(at) => event.also.get(at).map(|also| also.span),
        };
        let problem = clock_change(schedule.zone(), note.local);
        mistakes.extend(problem.map(|problem| problem.at(file, span.unwrap_or(event.start.span))));
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
                .help(format!("the series begins on {}; set `start` to that", begins(schedule))),
        );
    }
    for early in event.also.iter().filter(|also| is_before_series(also.value, schedule)) {
        mistakes.push(
            Diagnostic::new(&codes::START_OFF_RULE, "this further date lies before the series begins")
                .at(file, early.span)
                .help("calendar programs may pass it over: make it an event of its own, or the `start` of the series"),
        );
    }
    let takes_place = schedule.first().is_some();
    let too_early = |until: &&At<Moment>| local(until.value, schedule.zone()).date() < schedule.anchor().date();
    let limit = event.repeat.as_ref().and_then(|words| words.value.until.as_ref()).filter(too_early);
    if !takes_place {
        mistakes.push(
            Diagnostic::new(&codes::BAD_EVENT_TIME, "this event never takes place")
                .at(file, limit.map_or(event.start.span, |until| until.span))
                .help("its repetition ends before it begins, gives no date, or every date is excepted"),
        );
    }
    takes_place
}

/// When a series begins: the day, with the time where that is not the one that its start has.
fn begins(schedule: &Schedule) -> String {
    let anchor = schedule.anchor();
    if anchor.date() == schedule.timing().start.date() { anchor.to_string() } else { anchor.date().to_string() }
}

fn is_before_series(also: Moment, schedule: &Schedule) -> bool {
    let anchor = schedule.anchor();
    schedule.timing().repeat.is_some()
        && match local(also, schedule.zone()) {
            calendar::Moment::Date(date) => date < anchor.date(),
            calendar::Moment::DateTime(at) => at < anchor,
        }
}

/// Notes the first coming date of a series that the clocks move, for its time does not exist on that day.
pub fn note_moved(event: &Event, times: &EventTimes, now: Timestamp, file: &FileRef, mistakes: &mut Vec<Diagnostic>) {
    let moved =
        |found: &&OccurrenceView| !found.all_day && found.change.is_none() && found.start.datetime() != found.original;
    let by_hours = times.schedule.timing().repeat.as_ref().is_some_and(|repeat| repeat.frequency() < Frequency::Daily);
    if let Some(found) = times.upcoming(now).find(moved).filter(|_| times.recurring && !by_hours) {
        let message = format!("on {} the clocks go forward over the time of this series", found.original.date());
        mistakes.push(Diagnostic::new(&codes::CLOCK_CHANGE, message).at(file, event.start.span).help(format!(
            "that date begins at {} instead; give it a time of its own with [[change]] if you mean another",
            found.start.strftime("%H:%M")
        )));
    }
}
