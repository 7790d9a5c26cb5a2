//! What an author wrote about an event's time, and the occurrences it gives.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

use super::days::{self, DAY, Wall};
use super::length::Length;
use super::repeat::{End, Repeat, Until};
use super::walk::{Plan, Walk};

/// A date, or a date with a clock time, as authors write it: local, in no zone of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    Date(Date),
    DateTime(DateTime),
}

impl Moment {
    pub fn date(self) -> Date {
        match self {
            Self::Date(date) => date,
            Self::DateTime(at) => at.date(),
        }
    }
}

/// What an author wrote about an event's time.
#[derive(Debug, Clone)]
pub struct Timing {
    /// A date makes an all-day event.
    pub start: Moment,
    pub length: Length,
    pub zone: TimeZone,
    pub repeat: Option<Repeat>,
    /// Occurrences that do not take place (EXDATE). A date alone excepts all of that day.
    pub except: Vec<Moment>,
    /// Further occurrences (RDATE). A date alone takes the clock time of the start.
    pub also: Vec<Moment>,
}

/// Why a [`Timing`] is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    #[error("the end is before the start")]
    EndsBeforeStart,
    #[error("the end is the same as the start")]
    ZeroLength,
    #[error("the start has a time of day but the end has none")]
    EndNeedsTime,
    #[error("the start is a date without a time of day, but the end has one")]
    EndHasTime,
    #[error("a length in hours or minutes needs a start with a time of day")]
    LengthNeedsTime,
    #[error("an event that repeats by hours, minutes or seconds needs a start with a time of day")]
    RepeatNeedsTime,
    /// The entry of `also`, counted from zero.
    #[error("the event lasts whole days, but this further date has a time of day")]
    AlsoHasTime(usize),
    #[error("the year must be 1 to 9999")]
    OutOfRange,
}

/// A checked [`Timing`], ready to be expanded.
#[derive(Debug, Clone)]
pub struct Schedule {
    timing: Timing,
    start: Wall,
    all_day: bool,
    plan: Option<Plan>,
    /// Sorted; only those of the author's that have a time, and for all-day events all.
    except_walls: Vec<Wall>,
    /// Sorted; days wholly excepted.
    except_days: Vec<i64>,
    /// Sorted.
    also: Vec<Wall>,
    /// The exact length that a local end gives.
    exact: SignedDuration,
}

/// How a clock time falls on a day when the clocks change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    Plain,
    /// The clocks jump over this time: it is read with the offset before the jump, so it comes out later.
    Gap,
    /// The time comes twice: the first is meant.
    Fold,
}

/// One time that an event takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    pub start: Zoned,
    /// The same as the start when no length was stated. For all-day events the start of the day after the last.
    pub end: Zoned,
    /// The local time that the rule gave, before any gap moved it: what RECURRENCE-ID and EXDATE name.
    pub original: DateTime,
    pub all_day: bool,
    pub clock: Clock,
}

impl Occurrence {
    /// The last day on which it takes place. An evening that ends at midnight ends on the day before.
    pub fn last_day(&self) -> Date {
        let end = self.end.datetime();
        let at_midnight = end.time() == Time::midnight() && self.end > self.start;
        if at_midnight { end.date().yesterday().unwrap_or(end.date()) } else { end.date() }
    }
}

/// The occurrences of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrences {
    /// Ascending by start.
    pub list: Vec<Occurrence>,
    /// Whether there are, or may be, more in the window than the list has.
    pub cut: bool,
}

/// Where an author wrote a local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Start,
    End,
    /// The entry of `also`, counted from zero.
    Also(usize),
}

/// A local time, written by the author, that does not exist or comes twice because the clocks change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockNote {
    pub written: Written,
    pub local: DateTime,
    /// [`Clock::Gap`] or [`Clock::Fold`].
    pub clock: Clock,
    /// How it is read.
    pub read_as: Zoned,
}

/// Counted occurrences that a window may pass over before it gives up.
const MOST_PASSED_OVER: usize = 1_000_000;

/// Places a local time in a zone as RFC 5545 section 3.3.5 says. None outside the range of time.
pub fn resolve(zone: &TimeZone, local: DateTime) -> Option<(Zoned, Clock)> {
    let ambiguous = zone.to_ambiguous_zoned(local);
    let clock = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => Clock::Plain,
        AmbiguousOffset::Gap { .. } => Clock::Gap,
        AmbiguousOffset::Fold { .. } => Clock::Fold,
    };
    Some((ambiguous.compatible().ok()?, clock))
}

impl Schedule {
    pub fn new(timing: Timing) -> Result<Self, Vec<ScheduleError>> {
        let mut errors = Vec::new();
        let (all_day, start) = match timing.start {
            Moment::Date(date) => (true, days::day_number(date) * DAY),
            Moment::DateTime(at) => (false, days::wall(at)),
        };
        if timing.start.date().year() < 1 || resolve(&timing.zone, days::datetime(start)).is_none() {
            return Err(vec![ScheduleError::OutOfRange]);
        }
        let exact = exact_length(&timing, start).unwrap_or_else(|error| {
            errors.push(error);
            SignedDuration::ZERO
        });
        if all_day {
            if matches!(timing.length, Length::Lasts(_)) {
                errors.push(ScheduleError::LengthNeedsTime);
            }
            if timing.repeat.as_ref().is_some_and(|repeat| repeat.frequency.seconds_of_unit().is_some()) {
                errors.push(ScheduleError::RepeatNeedsTime);
            }
        }
        let mut also = Vec::new();
        for (index, moment) in timing.also.iter().enumerate() {
            match moment {
                Moment::DateTime(_) if all_day => errors.push(ScheduleError::AlsoHasTime(index)),
                Moment::DateTime(at) => also.push(days::wall(*at)),
                Moment::Date(date) => also.push(days::day_number(*date) * DAY + start.rem_euclid(DAY)),
            }
        }
        also.retain(|wall| (days::FIRST_DAY..days::DAYS_END).contains(&wall.div_euclid(DAY)));
        let (mut except_walls, mut except_days) = (Vec::new(), Vec::new());
        for moment in &timing.except {
            match moment {
                Moment::DateTime(at) if !all_day => except_walls.push(days::wall(*at)),
                moment => except_days.push(days::day_number(moment.date())),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        for list in [&mut also, &mut except_walls, &mut except_days] {
            list.sort_unstable();
            list.dedup();
        }
        let plan = timing.repeat.as_ref().map(|repeat| {
            // A day has no hours: RFC 5545 says to ignore these parts.
            let mut repeat = repeat.clone();
            if all_day {
                (repeat.hours, repeat.minutes, repeat.seconds) = Default::default();
            }
            Plan::new(&repeat, start)
        });
        Ok(Self { timing, start, all_day, plan, except_walls, except_days, also, exact })
    }

    pub fn all_day(&self) -> bool {
        self.all_day
    }

    pub fn zone(&self) -> &TimeZone {
        &self.timing.zone
    }

    /// The start as it was written; of whole days the midnight with which it begins.
    pub fn start(&self) -> DateTime {
        days::datetime(self.start)
    }

    pub fn timing(&self) -> &Timing {
        &self.timing
    }

    /// Whether it takes place more than once, by a rule or by further dates.
    pub fn is_series(&self) -> bool {
        self.plan.is_some() || !self.also.is_empty()
    }

    /// Whether its rule goes on for ever.
    pub fn is_endless(&self) -> bool {
        self.timing.repeat.as_ref().is_some_and(|repeat| repeat.end == End::Never)
    }

    /// Every occurrence, ascending, found as the iterator moves; without end for a rule without end.
    pub fn occurrences(&self) -> impl Iterator<Item = Occurrence> + '_ {
        InOrder { times: self.times(Wall::MIN), schedule: self, ready: Vec::new() }
    }

    /// The first occurrence; none when the rule gives no date or all are excepted.
    pub fn first(&self) -> Option<Occurrence> {
        self.occurrences().next()
    }

    /// Those occurrences that overlap the time from `from` (inclusive) to `to` (exclusive), at most `limit`.
    pub fn occurrences_in(&self, from: Timestamp, to: Timestamp, limit: usize) -> Occurrences {
        let mut found = Occurrences { list: Vec::new(), cut: false };
        // Two days cover whatever clocks do.
        let local = days::wall(self.timing.zone.to_datetime(from)).saturating_sub(self.longest() + 2 * DAY);
        let mut walk = InOrder { times: self.times(local), schedule: self, ready: Vec::new() };
        for occurrence in walk.by_ref() {
            let (start, end) = (occurrence.start.timestamp(), occurrence.end.timestamp());
            if start >= to {
                return found;
            }
            if end > from || start >= from {
                if found.list.len() == limit {
                    found.cut = true;
                    return found;
                }
                found.list.push(occurrence);
            }
        }
        found.cut = walk.times.gave_up();
        found
    }

    /// The occurrence that the rule (or `also`) gives for a local time, excepted or not; for a date alone the first of
    /// that day. What one-occurrence changes and exceptions name.
    pub fn occurrence_at(&self, original: Moment) -> Option<Occurrence> {
        let (from, to) = match original {
            Moment::DateTime(at) if !self.all_day => (days::wall(at), days::wall(at)),
            moment => {
                let day = days::day_number(moment.date()) * DAY;
                (day, day + DAY - 1)
            }
        };
        let wall = self.given(from).next().filter(|wall| *wall <= to)?;
        self.occurrence(wall)
    }

    /// Whether a local time that the rule gives is excepted.
    pub fn excepts(&self, original: DateTime) -> bool {
        self.is_excepted(days::wall(original))
    }

    /// Entries of `except`, counted from zero, that name no occurrence.
    pub fn unused_exceptions(&self) -> Vec<usize> {
        let entries = self.timing.except.iter().enumerate();
        entries.filter(|(_, moment)| self.occurrence_at(**moment).is_none()).map(|(index, _)| index).collect()
    }

    /// Local times that the author wrote and that do not exist, or come twice, because the clocks change.
    pub fn check(&self) -> Vec<ClockNote> {
        let also = self.timing.also.iter().enumerate().map(|(index, moment)| (Written::Also(index), Some(*moment)));
        let end = match self.timing.length {
            Length::Until(end) => Some(end),
            _ => None,
        };
        let written = [(Written::Start, Some(self.timing.start)), (Written::End, end)];
        let note = |(written, moment): (Written, Option<Moment>)| {
            let Some(Moment::DateTime(local)) = moment else { return None };
            let (read_as, clock) = resolve(&self.timing.zone, local)?;
            (clock != Clock::Plain).then_some(ClockNote { written, local, clock, read_as })
        };
        written.into_iter().chain(also).filter_map(note).collect()
    }

    /// Whether the start as written is itself a date of the rule. Where it is not, the series begins at
    /// [`Schedule::anchor`].
    pub fn start_fits_rule(&self) -> bool {
        days::wall(self.anchor()) == self.start
    }

    /// The local time that DTSTART of the series takes: the first the rule gives, excepted or not. RFC 5545 section
    /// 3.8.5.3 leaves a rule whose start does not fit it undefined, so calendars must not be given one.
    pub fn anchor(&self) -> DateTime {
        days::datetime(self.plan.as_ref().and_then(|plan| plan.walk(self.start).next()).unwrap_or(self.start))
    }

    /// The value of RRULE.
    pub fn rrule(&self) -> Option<String> {
        self.timing.repeat.as_ref().map(|repeat| repeat.to_rrule(&self.timing.zone, self.all_day))
    }

    /// The local times of EXDATE: exceptions of the author's that name an occurrence, ascending.
    pub fn exception_dates(&self) -> Vec<DateTime> {
        let given = |from: Wall, to: Wall| self.given(from).take_while(move |wall| *wall <= to);
        let mut found: Vec<Wall> = self.except_walls.iter().flat_map(|wall| given(*wall, *wall)).collect();
        found.extend(self.except_days.iter().flat_map(|day| given(day * DAY, day * DAY + DAY - 1)));
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(days::datetime).collect()
    }

    /// The local times of RDATE, ascending.
    pub fn further_dates(&self) -> Vec<DateTime> {
        self.also.iter().copied().map(days::datetime).collect()
    }

    /// More than the longest occurrence, in seconds.
    fn longest(&self) -> i64 {
        match (self.timing.length, self.timing.start) {
            (Length::Unstated, _) => DAY,
            (Length::Lasts(minutes), _) => i64::from(minutes) * 60,
            (Length::Days(days), _) => i64::from(days) * DAY,
            (Length::Until(end), start) => (days::day_number(end.date()) - days::day_number(start.date()) + 1) * DAY,
        }
    }

    /// The times from `from` that the rule and `also` give, before exceptions.
    fn given(&self, from: Wall) -> Times<'_> {
        let repeat = self.timing.repeat.as_ref();
        let end = repeat.map_or(End::Count(1), |repeat| repeat.end);
        let counted = matches!(end, End::Count(_));
        let walk = self.plan.as_ref().map(|plan| plan.walk(if counted { Wall::MIN } else { from }));
        let (last, last_instant) = match end {
            // The walk compares clocks; only a limit in UTC can tell the two passes of a fold apart.
            End::Until(until @ Until::Utc(at)) => (days::wall(until.local(&self.timing.zone)) + DAY, Some(at)),
            End::Until(until) => (days::wall(until.local(&self.timing.zone)), None),
            _ => (Wall::MAX, None),
        };
        Times {
            schedule: self,
            single: (self.plan.is_none() && self.start >= from).then_some(self.start),
            walk,
            left: if let End::Count(count) = end { count } else { u32::MAX },
            last,
            last_instant,
            from,
            passed_over: 0,
            next_of_rule: None,
            also: self.also.partition_point(|wall| *wall < from),
        }
    }

    fn times(&self, from: Wall) -> Kept<'_> {
        Kept { given: self.given(from) }
    }

    fn is_excepted(&self, wall: Wall) -> bool {
        self.except_walls.binary_search(&wall).is_ok() || self.except_days.binary_search(&wall.div_euclid(DAY)).is_ok()
    }

    fn occurrence(&self, wall: Wall) -> Option<Occurrence> {
        let zone = &self.timing.zone;
        let original = days::datetime(wall);
        let (start, clock) = resolve(zone, original)?;
        // An author of an all-day event wrote no clock time; only a day that a zone left out is worth a word.
        let clock = if self.all_day && start.date() == original.date() { Clock::Plain } else { clock };
        let later = |days: i64| resolve(zone, days::datetime(wall.saturating_add(days.saturating_mul(DAY))));
        let end = match self.timing.length {
            Length::Unstated if self.all_day => later(1)?.0,
            Length::Unstated => start.clone(),
            Length::Lasts(minutes) => start.checked_add(i64::from(minutes).minutes()).ok()?,
            Length::Days(count) => later(count.into())?.0,
            Length::Until(_) if self.all_day => later(self.exact.as_secs() / DAY)?.0,
            Length::Until(_) => start.checked_add(self.exact).ok()?,
        };
        Some(Occurrence { start, end, original, all_day: self.all_day, clock })
    }
}

/// The length that a local end gives: exact for times, whole days for all-day events.
fn exact_length(timing: &Timing, start: Wall) -> Result<SignedDuration, ScheduleError> {
    let days_or_minutes = |n: u32| if n == 0 { Err(ScheduleError::ZeroLength) } else { Ok(SignedDuration::ZERO) };
    match (timing.start, timing.length) {
        (_, Length::Unstated) => Ok(SignedDuration::ZERO),
        (_, Length::Lasts(n) | Length::Days(n)) => days_or_minutes(n),
        (Moment::Date(_), Length::Until(Moment::DateTime(_))) => Err(ScheduleError::EndHasTime),
        (Moment::DateTime(_), Length::Until(Moment::Date(_))) => Err(ScheduleError::EndNeedsTime),
        (Moment::Date(first), Length::Until(Moment::Date(last))) => {
            let days = days::day_number(last) - days::day_number(first) + 1;
            if days < 1 { Err(ScheduleError::EndsBeforeStart) } else { Ok(SignedDuration::from_secs(days * DAY)) }
        }
        (Moment::DateTime(_), Length::Until(Moment::DateTime(end))) => {
            let instant = |local| resolve(&timing.zone, local).map(|(zoned, _)| zoned.timestamp());
            let (Some(from), Some(to)) = (instant(days::datetime(start)), instant(end)) else {
                return Err(ScheduleError::OutOfRange);
            };
            match from.duration_until(to) {
                length if length.is_negative() => Err(ScheduleError::EndsBeforeStart),
                length if length.is_zero() => Err(ScheduleError::ZeroLength),
                length => Ok(length),
            }
        }
    }
}

/// Local times of a rule and its further dates, ascending, without doubles.
struct Times<'s> {
    schedule: &'s Schedule,
    /// The start of an event without a rule.
    single: Option<Wall>,
    walk: Option<Walk<'s>>,
    /// How many more the rule's COUNT allows.
    left: u32,
    last: Wall,
    last_instant: Option<Timestamp>,
    from: Wall,
    passed_over: usize,
    next_of_rule: Option<Wall>,
    /// The next index into the further dates.
    also: usize,
}

impl Times<'_> {
    fn gave_up(&self) -> bool {
        self.passed_over > MOST_PASSED_OVER || self.walk.as_ref().is_some_and(Walk::gave_up)
    }

    fn of_rule(&mut self) -> Option<Wall> {
        let Some(walk) = &mut self.walk else { return self.single.take() };
        loop {
            if self.left == 0 || self.passed_over > MOST_PASSED_OVER {
                return None;
            }
            let wall = walk.next().filter(|wall| *wall <= self.last)?;
            if let Some(last) = self.last_instant {
                let (zoned, _) = resolve(&self.schedule.timing.zone, days::datetime(wall))?;
                if zoned.timestamp() > last {
                    continue;
                }
            }
            self.left = self.left.saturating_sub(1);
            if wall >= self.from {
                return Some(wall);
            }
            self.passed_over += 1;
        }
    }
}

impl Iterator for Times<'_> {
    type Item = Wall;

    fn next(&mut self) -> Option<Wall> {
        let of_rule = self.next_of_rule.take().or_else(|| self.of_rule());
        let also = self.schedule.also.get(self.also).copied();
        match (of_rule, also) {
            (Some(of_rule), Some(also)) if also < of_rule => {
                self.next_of_rule = Some(of_rule);
                self.also += 1;
                Some(also)
            }
            (Some(of_rule), also) => {
                self.also += usize::from(also == Some(of_rule));
                Some(of_rule)
            }
            (None, also) => {
                self.also += 1;
                also
            }
        }
    }
}

/// [`Times`] without the exceptions.
struct Kept<'s> {
    given: Times<'s>,
}

impl Kept<'_> {
    fn gave_up(&self) -> bool {
        self.given.gave_up()
    }
}

impl Iterator for Kept<'_> {
    type Item = Wall;

    fn next(&mut self) -> Option<Wall> {
        let schedule = self.given.schedule;
        self.given.find(|wall| !schedule.is_excepted(*wall))
    }
}

/// Occurrences by their instants. Clock order is not that order where a gap moves a time past the next ones, and
/// two times may become one instant.
struct InOrder<'s> {
    schedule: &'s Schedule,
    times: Kept<'s>,
    /// Latest first.
    ready: Vec<Occurrence>,
}

impl Iterator for InOrder<'_> {
    type Item = Occurrence;

    fn next(&mut self) -> Option<Occurrence> {
        if let Some(occurrence) = self.ready.pop() {
            return Some(occurrence);
        }
        let first = self.schedule.occurrence(self.times.next()?)?;
        if first.clock != Clock::Gap {
            return Some(first);
        }
        let mut moved_to = first.start.timestamp();
        self.ready.push(first);
        while let Some(next) = self.times.next().and_then(|wall| self.schedule.occurrence(wall)) {
            let beyond = next.start.timestamp() > moved_to;
            let moved = next.clock == Clock::Gap;
            moved_to = moved_to.max(next.start.timestamp());
            self.ready.push(next);
            if beyond && !moved {
                break;
            }
        }
        // Of two at one instant the one whose clock shows it stays.
        let order =
            |occurrence: &Occurrence| (std::cmp::Reverse(occurrence.start.timestamp()), occurrence.clock == Clock::Gap);
        self.ready.sort_by_key(order);
        self.ready.dedup_by_key(|occurrence| occurrence.start.timestamp());
        self.ready.pop()
    }
}
