//! A series that changes from one date on (RANGE=THISANDFUTURE, RFC 5545 section 3.2.13) is two.

use super::changes::Override;
use super::report::Reporter;
use super::rule::RuleText;
use super::series::Plan;
use super::when::{Clock, When};
use crate::calendar::{Moment, Schedule, Timing, weekday_code};
use crate::diagnostic::codes;
use crate::ical::read::Component;
use jiff::SignedDuration;
use jiff::civil::DateTime;

/// What begins on the date from which a series is another.
pub struct Tail<'t, 'c> {
    pub component: &'c Component<'t>,
    pub plan: Plan<'t, 'c>,
    pub overrides: Vec<Override<'t, 'c>>,
    /// Sets its id apart from that of the series before.
    pub suffix: String,
}

/// Divides a series at a date. `start` is the date's own. What cannot be divided is reported, and stays whole.
pub fn divide<'t, 'c>(
    plan: &mut Plan<'t, 'c>,
    overrides: &mut Vec<Override<'t, 'c>>,
    at: Override<'t, 'c>,
    start: Moment,
    when: &When,
    clock: &Clock,
    report: &mut Reporter<'_>,
) -> Option<Tail<'t, 'c>> {
    let span = at.component.get("RECURRENCE-ID").map_or(at.component.span, |id| id.span);
    let mut fail = || {
        report.not_carried_over(
            "from this date on the series is another, and its rule does not say how",
            span,
            "the change was written for this date alone; divide the event into two where it goes on",
        );
        None
    };
    let Some((rule, property)) = plan.rule.clone() else { return fail() };
    let timing = Timing {
        start: when.start,
        length: when.length,
        zone: clock.zone.zone.clone(),
        repeat: rule.parse().ok(),
        except: Vec::new(),
        also: Vec::new(),
    };
    let Ok(schedule) = Schedule::new(timing) else { return fail() };
    let Some(first) = schedule.occurrence_at(at.date).map(|first| first.original) else { return fail() };
    let before: Vec<DateTime> =
        schedule.occurrences().map(|found| found.original).take_while(|found| *found < first).collect();
    let Some(last) = before.last() else { return fail() };
    let by = first.duration_until(civil(start));
    let Some(later) = later_rule(&rule, first, civil(start), before.len(), by) else { return fail() };
    // The head ends with its last date.
    let mut head = rule;
    head.remove("COUNT");
    let is_day = matches!(when.start, Moment::Date(_));
    head.set("UNTIL", last.strftime(if is_day { "%Y%m%d" } else { "%Y%m%dT%H%M%S" }).to_string());
    let mut tail = Plan::of_rule(later, property);
    let (except, later_except): (Vec<_>, Vec<_>) = plan.except.drain(..).partition(|(date, _)| civil(*date) < first);
    let (also, later_also): (Vec<_>, Vec<_>) = plan.also.drain(..).partition(|(date, ..)| civil(*date) < first);
    plan.rule = Some((head, property));
    (plan.except, plan.also) = (except, also);
    tail.except = later_except.into_iter().map(|(date, span)| (moved(date, by), span)).collect();
    tail.also = later_also
        .into_iter()
        .map(|(date, end, span)| (moved(date, by), end.map(|end| moved(end, by)), span))
        .collect();
    let (earlier, later): (Vec<_>, Vec<_>) = overrides.drain(..).partition(|own| civil(own.date) < first);
    *overrides = earlier;
    let later = later.into_iter().filter(|own| !std::ptr::eq(own.component, at.component));
    let later = later.map(|own| Override { date: moved(own.date, by), ..own }).collect();
    report.at(
        &codes::SERIES_DIVIDED,
        "from this date on the series is another",
        span,
        "it was written as two events: one up to the date before, and one from here on",
    );
    let suffix = first.strftime(if is_day { "%Y%m%d" } else { "%Y%m%dT%H%M%S" }).to_string();
    Some(Tail { component: at.component, plan: tail, overrides: later, suffix })
}

fn civil(at: Moment) -> DateTime {
    match at {
        Moment::Date(date) => date.at(0, 0, 0, 0),
        Moment::DateTime(at) => at,
    }
}

fn moved(at: Moment, by: SignedDuration) -> Moment {
    match at {
        Moment::Date(date) => Moment::Date(date.checked_add(by).unwrap_or(date)),
        Moment::DateTime(at) => Moment::DateTime(at.checked_add(by).unwrap_or(at)),
    }
}

/// The rule from a date on, which begins at another time now.
fn later_rule(
    rule: &RuleText,
    first: DateTime,
    start: DateTime,
    before: usize,
    by: SignedDuration,
) -> Option<RuleText> {
    let mut later = rule.clone();
    if let Some(count) = rule.count() {
        later.set("COUNT", count.checked_sub(u32::try_from(before).ok()?)?.to_string());
    }
    if let Some(until) = rule.get("UNTIL") {
        let until = match crate::ical::read::moment(until)? {
            crate::ical::read::Stamp::Date(date) => {
                Some(civil(moved(Moment::Date(date), by)).strftime("%Y%m%d").to_string())
            }
            crate::ical::read::Stamp::Local(at) => {
                Some(civil(moved(Moment::DateTime(at), by)).strftime("%Y%m%dT%H%M%S").to_string())
            }
            crate::ical::read::Stamp::Utc(at) => {
                let at = at.checked_add(by).ok()?;
                Some(jiff::tz::TimeZone::UTC.to_datetime(at).strftime("%Y%m%dT%H%M%SZ").to_string())
            }
        };
        later.set("UNTIL", until?);
    }
    if first.date() == start.date() {
        return (first.time() == start.time() || !rule.names_hours()).then_some(later);
    }
    let names = |part: &str| rule.get(part).is_some();
    // On another day the rule names that one, where it named the old one alone.
    if names("BYDAY") && rule.get("BYDAY").is_some_and(|days| days.eq_ignore_ascii_case(weekday_code(first.weekday())))
    {
        let is_weekly = rule.get("FREQ").is_some_and(|frequency| frequency.eq_ignore_ascii_case("WEEKLY"));
        later.set("BYDAY", weekday_code(start.weekday()));
        return is_weekly.then_some(later);
    }
    let is_plain =
        ["BYDAY", "BYMONTHDAY", "BYMONTH", "BYYEARDAY", "BYWEEKNO", "BYHOUR"].iter().all(|part| !names(part));
    is_plain.then_some(later)
}
