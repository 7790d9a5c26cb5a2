//! When an event takes place: its zone, its start, its length.

use super::calendars::Calendar;
use super::draft::Lasts;
use super::report::Reporter;
use super::rule::RuleText;
use super::zones::{Finder, Meant, Observed, Period, Zone, same_clock};
use crate::calendar::{Length, Moment};
use crate::diagnostic::codes;
use crate::ical::read::{self, Component, Duration, Property, Stamp};
use crate::source::Span;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use std::collections::HashSet;
use std::rc::Rc;

/// Reads the times of one event, each in the event's own zone.
#[derive(Debug, Clone)]
pub struct Clock {
    pub zone: Zone,
    /// The TZID of the start, whose times stand as they are.
    tzid: Option<String>,
    /// The offsets of a TZID that is no zone of the world: times of it are converted.
    own: Option<Rc<Observed>>,
    /// Of whole days: the zone whose days they are, for times in UTC that stand for days.
    days_of: Option<TimeZone>,
    /// Of a series in UTC that is meant to be local: UTC is read with the start's offset all the year round.
    shift: Option<Offset>,
}

/// A start with a length.
#[derive(Debug, Clone)]
pub struct When {
    pub start: Moment,
    pub length: Length,
    pub lasts: Lasts,
}

/// Zones, and what has been said of them.
pub struct Zones {
    pub finder: Finder,
    told: HashSet<(usize, String)>,
}

impl Zones {
    pub fn new(finder: Finder) -> Self {
        Self { finder, told: HashSet::new() }
    }
}

/// What reading an event needs beside the event.
pub struct Context<'r> {
    pub calendar: &'r Calendar<'r, 'r>,
    pub zones: &'r mut Zones,
    pub report: Reporter<'r>,
}

impl Context<'_> {
    /// The zone of times that name none.
    fn fallback(&self) -> Zone {
        self.calendar.zone.clone().unwrap_or_else(|| self.zones.finder.site().clone())
    }

    /// The zone of the calendar's days: its own, or the only one that it describes.
    fn days_of(&mut self) -> TimeZone {
        let mut described = self.calendar.zones.iter().filter_map(|zone| zone.text("TZID"));
        let mut found = described.by_ref().filter_map(|name| self.zones.finder.named(&name));
        let (first, second) = (found.next(), found.next());
        let only = first.filter(|_| second.is_none());
        self.calendar.zone.clone().or(only).unwrap_or_else(|| self.zones.finder.site().clone()).zone
    }

    /// What a TZID means, told once for each calendar when that is not plain.
    fn meant(&mut self, property: &Property<'_>, tzid: &str) -> Meant {
        let Self { calendar, zones, report } = self;
        let meant = zones.finder.find(calendar.number, &calendar.zones, tzid, period(property));
        let site = zones.finder.site();
        let fallback = calendar.zone.as_ref().unwrap_or(site);
        let (message, help) = match &meant {
            Meant::Zone(_) | Meant::Utc => return meant,
            Meant::Like(zone) if zone.name == site.name => return meant,
            Meant::Like(zone) => (
                format!("\"{tzid}\" is no time zone of the world; it was taken for {}", zone.name),
                "write another one as `timezone` where that is wrong".to_owned(),
            ),
            Meant::Own(_) => (
                format!("\"{tzid}\" is no time zone of the world, and none has its clocks"),
                format!("the times were converted to {}", fallback.name),
            ),
            Meant::Unknown => (
                format!("nothing is known of the time zone \"{tzid}\""),
                format!("its times were read as those of {}", fallback.name),
            ),
        };
        if zones.told.insert((calendar.number, tzid.to_owned())) {
            report.at(&codes::FOREIGN_ZONE, message, property.span, help);
        }
        meant
    }
}

/// The years of a property's times: what a zone is compared over.
fn period(property: &Property<'_>) -> Period {
    let year = match read::moment(property.value.split([',', '/']).next().unwrap_or_default()) {
        Some(Stamp::Date(date)) => date.year(),
        Some(Stamp::Local(at)) => at.year(),
        Some(Stamp::Utc(at)) => TimeZone::UTC.to_datetime(at).year(),
        None => 2000,
    };
    let first_of = |year: i16| {
        let date = Date::new(year, 1, 1).unwrap_or(Date::MAX);
        TimeZone::UTC.to_timestamp(date.to_datetime(Time::midnight())).unwrap_or(Timestamp::MAX)
    };
    Period { from: first_of(year), to: first_of(year.saturating_add(1)) }
}

impl Clock {
    /// The clock of an event, with its start. None when the start cannot be read, which the caller reports.
    pub fn of(event: &Component<'_>, cx: &mut Context<'_>) -> Option<(Self, Moment)> {
        let property = event.get("DTSTART")?;
        let stamp = stamp(property, &property.value)?;
        let fallback = cx.fallback();
        let plain = |zone: Zone| Self { zone, tzid: None, own: None, days_of: None, shift: None };
        match stamp {
            Stamp::Date(date) => {
                // A day is a day everywhere; only its ends are a zone's.
                let own = event.text("X-HANDBILL-TIMEZONE").and_then(|name| cx.zones.finder.named(&name));
                let zone = own.unwrap_or_else(|| cx.zones.finder.site().clone());
                Some((Self { days_of: Some(cx.days_of()), ..plain(zone) }, Moment::Date(date)))
            }
            Stamp::Local(at) => {
                let Some(tzid) = property.parameter("TZID") else {
                    return Some((plain(fallback), Moment::DateTime(at)));
                };
                let clock = |zone: Zone| Self { tzid: Some(tzid.clone()), ..plain(zone) };
                match cx.meant(property, &tzid) {
                    Meant::Zone(zone) | Meant::Like(zone) => Some((clock(zone), Moment::DateTime(at))),
                    Meant::Unknown => Some((clock(fallback), Moment::DateTime(at))),
                    Meant::Own(own) => {
                        let local = fallback.zone.to_datetime(own.instant(at)?);
                        Some((Self { own: Some(own), ..clock(fallback) }, Moment::DateTime(local)))
                    }
                    Meant::Utc => {
                        let at = TimeZone::UTC.to_timestamp(at).ok()?;
                        Some(Self::in_utc(at, event, clock(fallback), property.whole_value(), cx))
                    }
                }
            }
            Stamp::Utc(at) => Some(Self::in_utc(at, event, plain(fallback), property.whole_value(), cx)),
        }
    }

    /// The clock of an event whose start is in UTC.
    fn in_utc(at: Timestamp, event: &Component<'_>, clock: Self, place: Span, cx: &mut Context<'_>) -> (Self, Moment) {
        let utc = Zone { name: "UTC".to_owned(), zone: TimeZone::UTC };
        let stay = |clock: Self| (Self { zone: utc, ..clock }, Moment::DateTime(TimeZone::UTC.to_datetime(at)));
        if cx.calendar.is_ours {
            // Handbill writes UTC for events that are to be in it, and for no others.
            return stay(clock);
        }
        let offset = clock.zone.zone.to_offset(at);
        let local = offset.to_datetime(at);
        let is_single = event.get("RECURRENCE-ID").is_some();
        let rule = event.get("RRULE").filter(|_| !is_single);
        let Some(rule) = rule.map(|rule| RuleText::new(&rule.value)) else {
            if !is_single && clock.instant(local) != Some(at) {
                cx.report.at(
                    &codes::EVENT_GUESSED,
                    format!(
                        "this time comes twice in {}, where the clocks go back, and the second is meant",
                        clock.zone.name
                    ),
                    place,
                    "it was written in UTC, which tells the two apart",
                );
                return stay(clock);
            }
            return (clock, Moment::DateTime(local));
        };
        let to = at.checked_add((5 * 366 * 24).hours()).unwrap_or(at);
        let fixed = TimeZone::fixed(offset);
        let never_changes = same_clock(&clock.zone.zone, &fixed, Period { from: at, to });
        let other_day = local.date() != TimeZone::UTC.to_datetime(at).date();
        if rule.names_hours() || (other_day && rule.names_days()) {
            if !never_changes || other_day {
                cx.report.at(
                    &codes::SERIES_IN_UTC,
                    "this series is in UTC, and its rule gives other days or hours than it would in local time",
                    place,
                    format!(
                        "it stays in UTC; write `timezone = \"{}\"` and its local times if they are meant",
                        clock.zone.name
                    ),
                );
            }
            return stay(clock);
        }
        if !never_changes {
            cx.report.at(
                &codes::SERIES_IN_UTC,
                "this series is in UTC: its clock time would change with summer time",
                place,
                format!(
                    "it was written as {} in {}, all the year round; write `timezone = \"UTC\"` and its times in UTC if those are meant",
                    local.strftime("%H:%M"),
                    clock.zone.name
                ),
            );
        }
        (Self { shift: Some(offset), ..clock }, Moment::DateTime(local))
    }

    /// Whether the event lasts whole days.
    pub fn is_of_days(&self) -> bool {
        self.days_of.is_some()
    }

    /// Whether times in UTC are read with one offset all the year round.
    pub fn is_shifted(&self) -> bool {
        self.shift.is_some()
    }

    /// A moment in UTC as the event's clock shows it.
    pub fn utc_as_local(&self, at: Timestamp) -> DateTime {
        match (self.shift, &self.days_of) {
            (Some(offset), _) => offset.to_datetime(at),
            // A day is written as its first or last moment: Google's and Apple's in UTC, Exchange's in the calendar's zone.
            (None, Some(zone)) => match TimeZone::UTC.to_datetime(at) {
                utc if [(0, 0, 0), (23, 59, 59)].contains(&(utc.hour(), utc.minute(), utc.second())) => utc,
                _ => zone.to_datetime(at),
            },
            (None, None) => self.zone.zone.to_datetime(at),
        }
    }

    /// A date or time of a property, as the event's clock shows it. None when it cannot be read.
    pub fn read(&self, property: &Property<'_>, written: &str, cx: &mut Context<'_>) -> Option<Moment> {
        self.place(stamp(property, written)?, property, cx)
    }

    /// The same for a value that has been read.
    pub fn place(&self, stamp: Stamp, property: &Property<'_>, cx: &mut Context<'_>) -> Option<Moment> {
        let at = match stamp {
            Stamp::Date(date) => return Some(Moment::Date(date)),
            Stamp::Utc(at) => self.utc_as_local(at),
            // Where days are meant, a time in whatever zone stands for its own day.
            Stamp::Local(at) if self.is_of_days() => at,
            Stamp::Local(at) => {
                let tzid = property.parameter("TZID");
                let is_own = tzid.is_none() || tzid == self.tzid;
                match (tzid, &self.own) {
                    (_, Some(own)) if is_own => self.zone.zone.to_datetime(own.instant(at)?),
                    (Some(tzid), _) if !is_own || self.zone.name == "UTC" || self.is_shifted() => {
                        match cx.meant(property, &tzid) {
                            Meant::Zone(zone) | Meant::Like(zone) if zone.name == self.zone.name => at,
                            Meant::Zone(zone) | Meant::Like(zone) => {
                                let (found, _) = crate::calendar::resolve(&zone.zone, at)?;
                                self.zone.zone.to_datetime(found.timestamp())
                            }
                            Meant::Own(own) => self.zone.zone.to_datetime(own.instant(at)?),
                            Meant::Utc => self.utc_as_local(TimeZone::UTC.to_timestamp(at).ok()?),
                            Meant::Unknown => at,
                        }
                    }
                    _ => at,
                }
            }
        };
        (1..=9999).contains(&at.year()).then_some(Moment::DateTime(at))
    }

    /// The moment of a local time.
    pub fn instant(&self, at: DateTime) -> Option<Timestamp> {
        crate::calendar::resolve(&self.zone.zone, at).map(|(zoned, _)| zoned.timestamp())
    }
}

/// A property's date or time; `VALUE=DATE` makes a day of its midnight.
fn stamp(property: &Property<'_>, written: &str) -> Option<Stamp> {
    match read::moment(written)? {
        Stamp::Local(at) if property.says("VALUE", "DATE") && at.time() == Time::midnight() => {
            Some(Stamp::Date(at.date()))
        }
        stamp => Some(stamp),
    }
}

/// The length of an event that starts so.
pub fn when(event: &Component<'_>, start: Moment, clock: &Clock, cx: &mut Context<'_>) -> When {
    let unstated = |start| When { start, length: Length::Unstated, lasts: Lasts::Unstated };
    if let Some(property) = event.get("DTEND") {
        let Some(end) = clock.read(property, &property.value, cx) else {
            cx.report.bad_value(property, "a date or time", "the event was written without an end");
            return unstated(start);
        };
        if let Some(days) = whole_days(event, start, end) {
            return days;
        }
        if let Some(exact) = exactly(property, start, end, clock) {
            return exact;
        }
        return ending(start, end, clock).unwrap_or_else(|| {
            cx.report.bad_value(property, "after the start", "the event was written without an end");
            unstated(start)
        });
    }
    let Some(property) = event.get("DURATION") else { return unstated(start) };
    match read::duration(&property.value).and_then(|length| lasting(start, length, clock)) {
        Some(when) => when,
        None => {
            cx.report.bad_value(property, "a length of time", "the event was written without an end");
            unstated(start)
        }
    }
}

/// The length up to an end in UTC whose clock time comes twice, the second being meant.
fn exactly(property: &Property<'_>, start: Moment, end: Moment, clock: &Clock) -> Option<When> {
    let (Stamp::Utc(at), Moment::DateTime(from), Moment::DateTime(to)) =
        (stamp(property, &property.value)?, start, end)
    else {
        return None;
    };
    if clock.is_shifted() || clock.instant(to) == Some(at) {
        return None;
    }
    let seconds = clock.instant(from)?.duration_until(at).as_secs();
    (seconds > 0).then(|| lasting(start, Duration { days: 0, seconds }, clock)).flatten()
}

/// Outlook's whole days, which it writes with clock times.
fn whole_days(event: &Component<'_>, start: Moment, end: Moment) -> Option<When> {
    let told = event.text("X-MICROSOFT-CDO-ALLDAYEVENT").is_some_and(|told| told.eq_ignore_ascii_case("TRUE"));
    let (Moment::DateTime(start), Moment::DateTime(end)) = (start, end) else { return None };
    let is_midnight = |at: DateTime| at.time() == Time::midnight();
    let is_whole = told && is_midnight(start) && is_midnight(end) && end > start;
    is_whole.then(|| days(start.date(), end.date()))
}

/// Whole days up to the one before `end`.
fn days(start: Date, end: Date) -> When {
    let last = end.yesterday().unwrap_or(end).max(start);
    let length = if last > start { Length::Until(Moment::Date(last)) } else { Length::Unstated };
    let lasts = if last > start { Lasts::Until(Moment::Date(last)) } else { Lasts::Unstated };
    When { start: Moment::Date(start), length, lasts }
}

/// From a start to DTEND, which of whole days is the day after. None when it is before the start.
fn ending(start: Moment, end: Moment, clock: &Clock) -> Option<When> {
    match (start, end) {
        (Moment::Date(first), Moment::Date(end)) => (end >= first).then(|| days(first, end)),
        (Moment::Date(first), Moment::DateTime(end)) => {
            // A time makes its own day one of them, unless it is the very beginning.
            let end = if end.time() == Time::midnight() { end.date() } else { end.date().tomorrow().ok()? };
            (end >= first).then(|| days(first, end))
        }
        (Moment::DateTime(_), Moment::Date(end)) => ending(start, Moment::DateTime(end.at(0, 0, 0, 0)), clock),
        (Moment::DateTime(from), Moment::DateTime(to)) => {
            // An end in the hour that comes twice may stand before the start and be after it.
            match clock.instant(from)?.duration_until(clock.instant(to)?) {
                length if length.is_negative() => None,
                length if length.is_zero() => Some(When { start, length: Length::Unstated, lasts: Lasts::Unstated }),
                _ => Some(When { start, length: Length::Until(end), lasts: Lasts::Until(end) }),
            }
        }
    }
}

/// From a start for a length. None when it is none.
fn lasting(start: Moment, length: Duration, clock: &Clock) -> Option<When> {
    let unstated = When { start, length: Length::Unstated, lasts: Lasts::Unstated };
    if length.is_zero() {
        return Some(unstated);
    }
    let at = match start {
        Moment::Date(first) => {
            let count = length.days + (length.seconds + 86_399) / 86_400;
            return Some(days(first, first.checked_add(count.days()).ok()?));
        }
        Moment::DateTime(at) => at,
    };
    let words = match (length.days, length.seconds) {
        (days, 0) => plural(days, "day"),
        (0, seconds) if seconds % 60 == 0 => match (seconds / 3_600, seconds / 60 % 60) {
            (0, minutes) => format!("{minutes} min"),
            (hours, 0) => format!("{hours}h"),
            (hours, minutes) => format!("{hours}h {minutes}m"),
        },
        _ => return ending(start, Moment::DateTime(length.after_in(at, &clock.zone.zone)?), clock),
    };
    Some(When { start, length: Length::parse(&words).ok()?, lasts: Lasts::For(words) })
}

fn plural(count: i64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
