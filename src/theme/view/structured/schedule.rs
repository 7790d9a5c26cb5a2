//! How an event repeats, as schema.org's Schedule says it.

use super::{Node, term};
use crate::calendar::{self, End, Frequency, Length, Occurrence, Repeat, Schedule, Until};
use crate::content::{Event, Status};
use crate::decode::Moment;
use crate::site::EventTimes;
use crate::theme::view::zoned;
use jiff::civil::{DateTime, Weekday};
use tera::Value;

/// Parts of a rule for which a Schedule has no property.
const INEXPRESSIBLE: &[&str] = &["BYSETPOS=", "BYWEEKNO=", "BYYEARDAY=", "BYHOUR=", "BYMINUTE=", "BYSECOND=", "WKST="];

/// The dates that are counted through to find the last one.
const MOST_COUNTED: u32 = 1_000;

/// The schedules of a series: one for its rule, and one for each further date. None when the rule says more than a
/// Schedule can.
pub fn schedules(times: &EventTimes, event: &Event) -> Vec<Value> {
    let schedule = &times.schedule;
    let Some(first) = schedule.first() else { return Vec::new() };
    let exceptions = exceptions(schedule, event);
    let mut found = Vec::new();
    match &schedule.timing().repeat {
        Some(repeat) => match of_rule(times, repeat, &first, &exceptions) {
            Some(node) => found.push(Value::from(node)),
            None => return Vec::new(),
        },
        None if exceptions.contains(&schedule.anchor()) => {}
        None => found.push(Value::from(single(times, &first, schedule.anchor()))),
    }
    let further = schedule.further_dates().into_iter().filter(|date| !exceptions.contains(date));
    found.extend(further.map(|date| Value::from(single(times, &first, date))));
    found
}

/// What every schedule of an event has: zone, times of day, length.
fn common(times: &EventTimes, first: &Occurrence, from: DateTime) -> Node {
    let node = Node::new("Schedule").with("startDate", from.date().to_string());
    let node = node.with("scheduleTimezone", times.timezone.as_str());
    let length = duration(times, first);
    if first.all_day {
        return node.maybe("duration", length);
    }
    let clock = |at: DateTime| at.time().strftime("%H:%M:%S").to_string();
    let end = from.checked_add(first.start.datetime().duration_until(first.end.datetime())).ok();
    node.with("startTime", clock(from))
        .maybe("endTime", end.filter(|_| length.is_some()).map(clock))
        .maybe("duration", length)
}

fn single(times: &EventTimes, first: &Occurrence, date: DateTime) -> Node {
    common(times, first, date).with("endDate", date.date().to_string()).with("repeatCount", 1)
}

/// The length of an occurrence as an ISO 8601 duration.
fn duration(times: &EventTimes, first: &Occurrence) -> Option<String> {
    if let Length::Days(days) = times.schedule.timing().length {
        return Some(format!("P{days}D"));
    }
    if first.all_day {
        let days = first.start.date().duration_until(first.end.date()).as_hours() / 24;
        return Some(format!("P{days}D"));
    }
    let minutes = first.start.duration_until(&first.end).as_mins();
    let part = |number: i64, unit: char| if number > 0 { format!("{number}{unit}") } else { String::new() };
    (minutes > 0).then(|| format!("PT{}{}", part(minutes / 60, 'H'), part(minutes % 60, 'M')))
}

/// The local times at which the rule would have it take place and it does not: what the author excepted, cancelled,
/// postponed or moved. Ascending.
fn exceptions(schedule: &Schedule, event: &Event) -> Vec<DateTime> {
    let zone = schedule.zone();
    let off = event.change.iter().filter_map(|change| {
        let named = match change.date.value {
            Moment::Date(date) => calendar::Moment::Date(date),
            other => calendar::Moment::DateTime(other.civil(zone)),
        };
        let given = schedule.occurrence_at(named)?.original;
        let moved = change.start.as_ref().is_some_and(|start| match start.value {
            Moment::Date(date) => date != given.date(),
            other => other.civil(zone) != given,
        });
        let off = moved || matches!(change.status, Some(Status::Cancelled | Status::Postponed));
        off.then_some(given)
    });
    let mut found = schedule.exception_dates();
    found.extend(off);
    found.sort_unstable();
    found.dedup();
    found
}

fn of_rule(times: &EventTimes, repeat: &Repeat, first: &Occurrence, exceptions: &[DateTime]) -> Option<Node> {
    let schedule = &times.schedule;
    let rule = schedule.rrule()?;
    let unit = match repeat.frequency() {
        Frequency::Daily => 'D',
        Frequency::Weekly => 'W',
        Frequency::Monthly => 'M',
        Frequency::Yearly => 'Y',
        Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => return None,
    };
    // Days of a month are counted from its first only, and those of a year not at all.
    let backwards = repeat.month_days().iter().any(|day| *day < 0);
    let of_year = unit == 'Y' && repeat.months().is_empty() && !repeat.days().is_empty();
    if backwards || of_year || INEXPRESSIBLE.iter().any(|part| rule.contains(part)) {
        return None;
    }
    let anchor = schedule.anchor();
    let node = common(times, first, anchor).with("repeatFrequency", format!("P{}{unit}", repeat.interval()));
    let node = ended(on_days(node, repeat, anchor), times, repeat, exceptions)?;
    let excepted = exceptions.iter().filter_map(|at| {
        if first.all_day {
            return Some(at.date().to_string());
        }
        calendar::resolve(schedule.zone(), *at).map(|(at, _)| zoned(&at))
    });
    Some(node.all("exceptDate", excepted))
}

/// The days of a rule; those it leaves to its start are spelt out.
fn on_days(node: Node, repeat: &Repeat, anchor: DateTime) -> Node {
    let free = repeat.days().is_empty() && repeat.month_days().is_empty();
    let days: Vec<String> = match repeat.frequency() {
        Frequency::Weekly if free => vec![term(weekday(anchor.weekday()).0)],
        _ => repeat.days().iter().map(by_day).collect(),
    };
    let mut months: Vec<i32> = repeat.months().iter().map(|month| i32::from(*month)).collect();
    let mut month_days: Vec<i32> = repeat.month_days().iter().map(|day| i32::from(*day)).collect();
    if free && matches!(repeat.frequency(), Frequency::Monthly | Frequency::Yearly) {
        month_days.push(i32::from(anchor.day()));
        if repeat.frequency() == Frequency::Yearly && months.is_empty() {
            months.push(i32::from(anchor.month()));
        }
    }
    node.all("byDay", days).all("byMonth", months).all("byMonthDay", month_days)
}

/// A weekday by the vocabulary's own name; the first, last and so on of a month as iCalendar writes them.
fn by_day(day: &calendar::DayRule) -> String {
    let (name, code) = weekday(day.weekday);
    match day.ordinal {
        None => term(name),
        Some(ordinal) => format!("{ordinal}{code}"),
    }
}

fn weekday(weekday: Weekday) -> (&'static str, &'static str) {
    match weekday {
        Weekday::Monday => ("Monday", "MO"),
        Weekday::Tuesday => ("Tuesday", "TU"),
        Weekday::Wednesday => ("Wednesday", "WE"),
        Weekday::Thursday => ("Thursday", "TH"),
        Weekday::Friday => ("Friday", "FR"),
        Weekday::Saturday => ("Saturday", "SA"),
        Weekday::Sunday => ("Sunday", "SU"),
    }
}

/// When a rule ends. Whether a count counts dates on which the event does not take place is left open by the
/// vocabulary, so the last date is told where there are such. None when it is too far to find.
fn ended(node: Node, times: &EventTimes, repeat: &Repeat, exceptions: &[DateTime]) -> Option<Node> {
    let schedule = &times.schedule;
    let last = match repeat.end() {
        End::Never => return Some(node),
        End::Count(count) if exceptions.is_empty() => return Some(node.with("repeatCount", count)),
        End::Count(count) if count > MOST_COUNTED => return None,
        End::Count(_) => {
            let further = schedule.further_dates();
            let of_rule = schedule.occurrences().filter(|occurrence| !further.contains(&occurrence.original));
            of_rule.last()?.original.date()
        }
        End::Until(Until::Date(date)) => date,
        End::Until(until) => {
            let last = until.local(schedule.zone());
            // The day itself is out when the event would begin after the moment.
            let too_late = !schedule.all_day() && last.time() < schedule.anchor().time();
            if too_late { last.date().yesterday().ok()? } else { last.date() }
        }
    };
    Some(node.with("endDate", last.to_string()))
}
