//! The dates of an event: its rule, exceptions and further dates, put together.

use super::draft::{Change, Lasts, Repeats};
use super::report::Reporter;
use super::rule::{RuleText, in_words, same_dates};
use super::when::{Clock, Context, When};
use crate::calendar::{Length, Moment, Repeat, Schedule, Timing};
use crate::diagnostic::codes;
use crate::ical::read::{self, Component, Property, Stamp};
use crate::source::Span;
use jiff::civil::DateTime;

/// Dates that a second rule, or a rule of exceptions, may add up to.
const MOST_LISTED: usize = 400;

/// What a component says of its dates, in the event's own zone.
#[derive(Clone, Default)]
pub struct Plan<'t, 'c> {
    pub rule: Option<(RuleText, &'c Property<'t>)>,
    /// Further rules, which are listed date by date.
    more_rules: Vec<(RuleText, &'c Property<'t>)>,
    except_rules: Vec<(RuleText, &'c Property<'t>)>,
    pub except: Vec<(Moment, Span)>,
    /// Each with its own end, where it has one.
    pub also: Vec<(Moment, Option<Moment>, Span)>,
}

/// The dates of an event.
pub struct Series {
    pub when: When,
    pub repeats: Repeats,
    pub except: Vec<Moment>,
    pub also: Vec<Moment>,
    /// Dates that last otherwise than the others.
    pub lengths: Vec<Change>,
    pub schedule: Schedule,
}

impl<'t, 'c> Plan<'t, 'c> {
    /// A plan of a rule alone; `property` is where it was written.
    pub fn of_rule(rule: RuleText, property: &'c Property<'t>) -> Self {
        Self { rule: Some((rule, property)), ..Self::default() }
    }

    pub fn read(event: &'c Component<'t>, clock: &Clock, cx: &mut Context<'_>) -> Self {
        let mut plan = Self::default();
        for property in &event.properties {
            match property.name.as_str() {
                "RRULE" | "EXRULE" => {
                    let mut rule = RuleText::new(&property.value);
                    localise_end(&mut rule, clock);
                    match (property.name.as_str(), &plan.rule) {
                        ("EXRULE", _) => plan.except_rules.push((rule, property)),
                        (_, None) => plan.rule = Some((rule, property)),
                        (_, Some(_)) => plan.more_rules.push((rule, property)),
                    }
                }
                "EXDATE" => {
                    for (written, range) in read::pieces(&property.value, ',') {
                        match clock.read(property, written, cx) {
                            Some(at) => plan.except.push((at, property.place(range))),
                            None if written.trim().is_empty() => {}
                            None => cx.report.bad_value(property, "a list of dates", "what is no date was passed over"),
                        }
                    }
                }
                "RDATE" => plan.read_further(property, clock, cx),
                _ => {}
            }
        }
        plan
    }

    /// Whether an exception names a date.
    pub fn excepts(&self, date: Moment) -> bool {
        let is_whole_day = |at: Moment| is_date(at) || is_date(date);
        self.except.iter().any(|(at, _)| *at == date || is_whole_day(*at) && at.date() == date.date())
    }

    fn read_further(&mut self, property: &'c Property<'t>, clock: &Clock, cx: &mut Context<'_>) {
        for (written, range) in read::pieces(&property.value, ',') {
            let found = read::moment_or_period(written);
            let start = found.and_then(|(start, _)| clock.place(start, property, cx));
            let (Some((_, period)), Some(start)) = (found, start) else {
                if !written.trim().is_empty() {
                    cx.report.bad_value(property, "a list of dates", "what is no date was passed over");
                }
                continue;
            };
            let end = match (period, start) {
                (Some(read::Period::Until(end)), _) => clock.place(end, property, cx),
                (Some(read::Period::Lasts(length)), Moment::DateTime(at)) => {
                    length.after_in(at, &clock.zone.zone).map(Moment::DateTime)
                }
                _ => None,
            };
            self.also.push((start, end, property.place(range)));
        }
    }

    /// The dates of the plan. `changed` are dates that are told apart, and so take place whatever excepts them. None when
    /// all dates are excepted.
    pub fn series(
        mut self,
        when: When,
        changed: &[Moment],
        clock: &Clock,
        report: &mut Reporter<'_>,
    ) -> Option<Series> {
        let mut when = when;
        let mut rule = self.checked_rule(&when, clock, report);
        if let Some((timing, text)) = &mut rule {
            self.move_start_into_rule(&mut when, timing, text, report);
        }
        let mut timing = rule.as_ref().map_or_else(|| timing(&when, clock), |(timing, _)| timing.clone());
        let repeats = match &rule {
            None => Repeats::Never,
            Some((timing, text)) => match (in_words(timing, text), &timing.repeat) {
                (Some(words), _) => Repeats::InWords(words),
                (None, Some(repeat)) => Repeats::ByRule(repeat.to_rrule(&timing.zone, is_date(when.start))),
                (None, None) => Repeats::Never,
            },
        };
        let given = Schedule::new(timing.clone()).ok()?;
        self.list_further_rules(&when, clock, report);
        timing.also = self.further_dates(&when, &given);
        let all = Schedule::new(timing.clone()).ok()?;
        let hourly = rule.as_ref().is_some_and(|(_, text)| text.names_hours());
        self.list_except_rules(&when, &all, clock, report);
        timing.except = self.exceptions(&all, changed, hourly, report);
        let lengths = self.lengths(&all, clock, hourly);
        let schedule = Schedule::new(timing.clone()).ok()?;
        schedule.first()?;
        Some(Series { when, repeats, except: timing.except, also: timing.also, lengths, schedule })
    }

    /// The rule of a series that ends before it begins, and so gives no date. Programs that divide a series leave its first
    /// part so.
    pub fn is_over_before_it_begins(&self, when: &When, clock: &Clock) -> Option<&'c Property<'t>> {
        let (text, property) = self.rule.as_ref()?;
        text.get("UNTIL").filter(|_| self.more_rules.is_empty() && self.also.is_empty())?;
        let gives_dates = |text: &RuleText| {
            let repeat = Some(text.parse().ok()?);
            Some(Schedule::new(Timing { repeat, ..timing(when, clock) }).ok()?.first().is_some())
        };
        let mut endless = text.clone();
        endless.remove("UNTIL");
        (gives_dates(text) == Some(false) && gives_dates(&endless) == Some(true)).then_some(*property)
    }

    /// The rule with its timing; one that cannot be read, or gives no date, is reported.
    fn checked_rule(&self, when: &When, clock: &Clock, report: &mut Reporter<'_>) -> Option<(Timing, RuleText)> {
        let (text, property) = self.rule.as_ref()?;
        let mut fail = |message: String, span: Span, help: String| {
            let help = format!("{help}; the event was written as one that takes place once");
            report.at(&codes::RULE_NOT_READ, message, span, help);
        };
        let repeat = match text.parse() {
            Ok(repeat) => repeat,
            Err(errors) => {
                // The places are those in the text as it was written.
                let written = Repeat::parse_rrule(&property.value).err().unwrap_or(errors);
                if let Some(error) = written.into_iter().next() {
                    fail(error.message, property.place(error.range), error.help);
                }
                return None;
            }
        };
        let timing = Timing { repeat: Some(repeat), ..timing(when, clock) };
        let problem = match Schedule::new(timing.clone()) {
            Ok(schedule) if schedule.first().is_some() => return Some((timing, text.clone())),
            Ok(_) => "this rule gives no date".to_owned(),
            Err(errors) => errors.first().map(ToString::to_string).unwrap_or_default(),
        };
        fail(problem, property.whole_value(), "check it in the calendar".to_owned());
        None
    }

    /// A start that its rule does not give is the first date all the same, and counts (RFC 5545 section 3.8.5.3). The
    /// series then begins with the first date of the rule, and the start is one more.
    fn move_start_into_rule(
        &mut self,
        when: &mut When,
        timing: &mut Timing,
        text: &mut RuleText,
        report: &mut Reporter<'_>,
    ) {
        let Ok(schedule) = Schedule::new(timing.clone()) else { return };
        let Some((_, property)) = self.rule.as_ref().filter(|_| !schedule.start_fits_rule()) else { return };
        let span = property.whole_value();
        let written = when.start;
        let mut later = text.clone();
        match text.count() {
            Some(0 | 1) => return,
            Some(count) => later.set("COUNT", (count - 1).to_string()),
            None => {}
        }
        let first = match written {
            Moment::Date(_) => Moment::Date(schedule.anchor().date()),
            Moment::DateTime(_) => Moment::DateTime(schedule.anchor()),
        };
        let moved = moved(when, first);
        let (Some(moved), Ok(repeat)) = (moved, later.parse()) else { return };
        let from_first = Timing { start: moved.start, length: moved.length, repeat: Some(repeat), ..timing.clone() };
        // Every second week may be another one when it is counted from another day.
        let endless = |timing: &Timing, text: &RuleText| {
            let mut text = text.clone();
            text.remove("COUNT");
            text.parse().map(|repeat| Timing { repeat: Some(repeat), ..timing.clone() })
        };
        let same = match (endless(timing, text), endless(&from_first, &later)) {
            (Ok(one), Ok(other)) => same_dates(&one, &other),
            _ => false,
        };
        if same {
            (*when, *timing, *text) = (moved, from_first, later);
        }
        self.also.push((written, None, span));
        report.at(
            &codes::EVENT_GUESSED,
            "the event begins on a day that its own rule does not give",
            span,
            "that day was written as a further date, under `also`; remove it there if it is a mistake",
        );
    }

    /// Lists the dates of further rules among the further dates.
    fn list_further_rules(&mut self, when: &When, clock: &Clock, report: &mut Reporter<'_>) {
        for (text, property) in std::mem::take(&mut self.more_rules) {
            match listed(&text, when, clock) {
                Some(dates) => self.also.extend(dates.into_iter().map(|date| (date, None, property.whole_value()))),
                None => report.not_carried_over(
                    "an event has one rule, and this is another one without an end",
                    property.whole_value(),
                    "write another event for its dates",
                ),
            }
        }
    }

    /// Lists the dates that rules of exceptions (RFC 2445 section 4.8.5.2) take away.
    fn list_except_rules(&mut self, when: &When, all: &Schedule, clock: &Clock, report: &mut Reporter<'_>) {
        for (text, property) in std::mem::take(&mut self.except_rules) {
            let dates = listed(&text, when, clock).or_else(|| {
                let repeat = text.parse().ok().filter(|_| !all.is_endless())?;
                let rule = Schedule::new(Timing { repeat: Some(repeat), ..timing(when, clock) }).ok()?;
                let last = all.occurrences().take(MOST_LISTED).last()?.original;
                let inside = rule.occurrences().map(|found| found.original).take_while(|at| *at <= last);
                Some(inside.take(MOST_LISTED).map(|at| as_written(at, when)).collect())
            });
            match dates {
                Some(dates) => self.except.extend(dates.into_iter().map(|date| (date, property.whole_value()))),
                None => report.not_carried_over(
                    "this rule takes away dates without an end",
                    property.whole_value(),
                    "list the next of them under `except`",
                ),
            }
        }
    }

    /// Further dates that the rule does not give by itself, in order.
    fn further_dates(&self, when: &When, given: &Schedule) -> Vec<Moment> {
        let mut found: Vec<Moment> = Vec::new();
        for (at, ..) in &self.also {
            let at = match (at, when.start) {
                (at, Moment::Date(_)) => Moment::Date(at.date()),
                (Moment::Date(date), Moment::DateTime(start)) => Moment::DateTime(date.to_datetime(start.time())),
                (at, _) => *at,
            };
            if given.occurrence_at(at).is_none() {
                found.push(at);
            }
        }
        found.sort_unstable_by_key(|at| instant(*at));
        found.dedup();
        found
    }

    /// Exceptions that take a date away, as plainly as they can be written, in order.
    fn exceptions(&self, all: &Schedule, changed: &[Moment], hourly: bool, report: &mut Reporter<'_>) -> Vec<Moment> {
        let changed: Vec<DateTime> = changed.iter().filter_map(|at| Some(all.occurrence_at(*at)?.original)).collect();
        let mut found: Vec<Moment> = Vec::new();
        for (at, span) in &self.except {
            match all.occurrence_at(*at) {
                Some(taken) if changed.contains(&taken.original) => {}
                Some(taken) => found.push(self.named(taken.original, all, hourly)),
                None if all.occurrence_at(Moment::Date(at.date())).is_some() => report.at(
                    &codes::CALENDAR_VALUE,
                    format!(
                        "this exception names {}, at which the event does not begin on that day",
                        super::write::moment(*at)
                    ),
                    *span,
                    "nothing was excepted; add the date under `except` if it is meant",
                ),
                // What would not take place anyway: nothing is lost.
                None => {}
            }
        }
        found.sort_unstable_by_key(|at| instant(*at));
        found.dedup();
        found
    }

    /// A date of the series as plainly as it can be named: by its day when that has no other.
    pub fn named(&self, original: DateTime, all: &Schedule, hourly: bool) -> Moment {
        if all.all_day() {
            return Moment::Date(original.date());
        }
        let others = self.also.iter().filter(|(at, ..)| at.date() == original.date()).count();
        let is_also = self.also.iter().any(|(at, ..)| *at == Moment::DateTime(original));
        let is_only = !hourly
            && (others == 0
                || others == 1 && is_also && self.rule.is_none() && all.timing().start.date() != original.date());
        if is_only { Moment::Date(original.date()) } else { Moment::DateTime(original) }
    }

    /// Dates whose own end is another one than the series gives them.
    fn lengths(&self, all: &Schedule, clock: &Clock, hourly: bool) -> Vec<Change> {
        let change = |(at, end, _): &(Moment, Option<Moment>, Span)| {
            let given = all.occurrence_at(*at)?;
            let Moment::DateTime(end) = (*end)? else { return None };
            let is_other =
                clock.instant(end)? != given.end.timestamp() && clock.instant(end)? > given.start.timestamp();
            let date = self.named(given.original, all, hourly);
            (is_other && !all.all_day()).then(|| Change { end: Some(Moment::DateTime(end)), ..Change::new(date) })
        };
        self.also.iter().filter_map(change).collect()
    }
}

fn timing(when: &When, clock: &Clock) -> Timing {
    Timing {
        start: when.start,
        length: when.length,
        zone: clock.zone.zone.clone(),
        repeat: None,
        except: Vec::new(),
        also: Vec::new(),
    }
}

fn is_date(at: Moment) -> bool {
    matches!(at, Moment::Date(_))
}

/// For sorting.
fn instant(at: Moment) -> DateTime {
    match at {
        Moment::Date(date) => date.at(0, 0, 0, 0),
        Moment::DateTime(at) => at,
    }
}

/// A local time in the form of an event's start.
fn as_written(at: DateTime, when: &When) -> Moment {
    if is_date(when.start) { Moment::Date(at.date()) } else { Moment::DateTime(at) }
}

/// The dates of a rule that ends, if they are not too many.
fn listed(text: &RuleText, when: &When, clock: &Clock) -> Option<Vec<Moment>> {
    let schedule = Schedule::new(Timing { repeat: Some(text.parse().ok()?), ..timing(when, clock) }).ok()?;
    if schedule.is_endless() {
        return None;
    }
    let found: Vec<Moment> =
        schedule.occurrences().take(MOST_LISTED + 1).map(|found| as_written(found.original, when)).collect();
    (found.len() <= MOST_LISTED).then_some(found)
}

/// The same event with another start, as long as before.
pub fn moved(when: &When, start: Moment) -> Option<When> {
    let by = instant(when.start).duration_until(instant(start));
    let later = |end: Moment| match end {
        Moment::Date(date) => date.checked_add(by).ok().map(Moment::Date),
        Moment::DateTime(at) => at.checked_add(by).ok().map(Moment::DateTime),
    };
    let length = match when.length {
        Length::Until(end) => Length::Until(later(end)?),
        other => other,
    };
    let lasts = match &when.lasts {
        Lasts::Until(end) => Lasts::Until(later(*end)?),
        other => other.clone(),
    };
    Some(When { start, length, lasts })
}

/// In a series that is read with one offset all the year round, the end in UTC is read so too; of whole days it is a day.
fn localise_end(rule: &mut RuleText, clock: &Clock) {
    let form = match (clock.is_of_days(), clock.is_shifted()) {
        (true, _) => "%Y%m%d",
        (false, true) => "%Y%m%dT%H%M%S",
        (false, false) => return,
    };
    if let Some(Stamp::Utc(at)) = rule.get("UNTIL").and_then(read::moment) {
        rule.set("UNTIL", clock.utc_as_local(at).strftime(form).to_string());
    }
}
