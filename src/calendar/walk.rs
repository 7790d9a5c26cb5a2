//! Walking a rule in wall-clock time: period by period, only those days that the walk reaches.
//!
//! RFC 5545 section 3.3.10 says for each rule part whether it expands or limits the set of its period. Both come to
//! the same: take every day of the period (year, month, week or day) and keep those that pass all parts, with the
//! parts that are missing taken from the start.

use super::days::{self, DAY, DAYS_END, Day, Wall};
use super::repeat::{Frequency, Repeat};

/// Days and clock times looked at without finding any before a rule is taken to have no more. Every pattern of dates
/// repeats after 400 years (146,097 days), so a rule that every period may match is never cut short by this.
const FRUITLESS_WORK: u32 = 300_000;

/// A rule made ready for walking from one start.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    frequency: Frequency,
    interval: i64,
    start: Wall,
    /// Bit 1 to 12; none set: any month.
    months: u16,
    weeks: Vec<i64>,
    year_days: Vec<i64>,
    /// Bit 1 to 31, counted from the month's first day and from its last.
    month_days: u32,
    month_days_from_end: u32,
    /// Bit 0 (Monday) to 6.
    weekdays: u8,
    /// Which one (`-1` the last) and the weekday.
    ordinals: Vec<(i64, i64)>,
    ordinals_in_year: bool,
    hours: u32,
    minutes: u64,
    seconds: u64,
    /// Seconds after the beginning of the day; of the hour or minute when the rule repeats by these.
    times: Vec<i64>,
    positions: Vec<i64>,
    week_start: i64,
}

impl Plan {
    pub fn new(rule: &Repeat, start: Wall) -> Self {
        let day = Day::of(start.div_euclid(DAY));
        let of_day = start.rem_euclid(DAY);
        let bits = |list: &[u8]| list.iter().fold(0u64, |mask, n| mask | 1 << (n & 63));
        let signed = |list: &[i16]| list.iter().map(|n| i64::from(*n)).collect::<Vec<_>>();
        let mut plan = Self {
            frequency: rule.frequency,
            interval: i64::from(rule.interval.get()),
            start,
            months: bits(&rule.months) as u16,
            weeks: signed(&rule.weeks),
            year_days: signed(&rule.year_days),
            month_days: 0,
            month_days_from_end: 0,
            weekdays: 0,
            ordinals: Vec::new(),
            ordinals_in_year: rule.frequency == Frequency::Yearly && rule.months.is_empty(),
            hours: bits(&rule.hours) as u32,
            minutes: bits(&rule.minutes),
            seconds: bits(&rule.seconds),
            times: Vec::new(),
            positions: signed(&rule.positions),
            week_start: rule.week_start.to_monday_zero_offset().into(),
        };
        for n in &rule.month_days {
            let bit = 1u32 << (n.unsigned_abs() & 31);
            if *n > 0 { plan.month_days |= bit } else { plan.month_days_from_end |= bit }
        }
        for rule in &rule.days {
            let weekday = i64::from(rule.weekday.to_monday_zero_offset());
            match rule.ordinal {
                Some(ordinal) => plan.ordinals.push((ordinal.into(), weekday)),
                None => plan.weekdays |= 1 << weekday,
            }
        }
        plan.take_from_start(day, of_day);
        plan
    }

    /// What the rule leaves open comes from the start (RFC 5545 section 3.3.10).
    fn take_from_start(&mut self, start: Day, of_day: i64) {
        let no_weekday = self.weekdays == 0 && self.ordinals.is_empty();
        let no_month_day = self.month_days == 0 && self.month_days_from_end == 0;
        let own_weekday = 1u8 << start.weekday();
        let open = no_weekday && no_month_day && self.year_days.is_empty();
        match self.frequency {
            Frequency::Yearly if open && !self.weeks.is_empty() => self.weekdays = own_weekday,
            Frequency::Yearly if open => {
                if self.months == 0 {
                    self.months = 1 << start.month;
                }
                self.month_days = 1 << start.of_month;
            }
            Frequency::Monthly if open => self.month_days = 1 << start.of_month,
            Frequency::Weekly if open => self.weekdays = own_weekday,
            _ => {}
        }
        let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
        let unit = self.frequency.seconds_of_unit();
        let list = |mask: u64, own: i64, top: i64| match mask {
            0 => vec![own],
            _ => (0..top).filter(|n| mask >> n & 1 == 1).collect::<Vec<_>>(),
        };
        let fixed = || vec![0];
        let hours = if unit.is_none() { list(self.hours.into(), hour, 24) } else { fixed() };
        let minutes = if unit.is_none_or(|unit| unit > 60) { list(self.minutes, minute, 60) } else { fixed() };
        let seconds = if unit.is_none_or(|unit| unit > 1) { list(self.seconds, second, 60) } else { fixed() };
        for hour in &hours {
            for minute in &minutes {
                self.times.extend(seconds.iter().map(|second| hour * 3_600 + minute * 60 + second));
            }
        }
    }

    fn day_passes(&self, day: Day) -> bool {
        if self.months != 0 && self.months >> day.month & 1 == 0 {
            return false;
        }
        if self.weekdays != 0 || !self.ordinals.is_empty() {
            let weekday = day.weekday();
            if self.weekdays >> weekday & 1 == 0 && !self.ordinal_passes(day, weekday) {
                return false;
            }
        }
        if self.month_days != 0 || self.month_days_from_end != 0 {
            let from_end = days::days_in_month(day.year, day.month) - day.of_month + 1;
            if self.month_days >> day.of_month & 1 == 0 && self.month_days_from_end >> from_end & 1 == 0 {
                return false;
            }
        }
        if !self.year_days.is_empty() {
            let of_year = i64::from(day.of_year);
            let from_end = of_year - days::days_in_year(day.year) - 1;
            if !self.year_days.contains(&of_year) && !self.year_days.contains(&from_end) {
                return false;
            }
        }
        if !self.weeks.is_empty() {
            let (week, from_end) = day.week(self.week_start);
            if !self.weeks.contains(&week) && !self.weeks.contains(&from_end) {
                return false;
            }
        }
        true
    }

    fn ordinal_passes(&self, day: Day, weekday: i64) -> bool {
        if self.ordinals.is_empty() {
            return false;
        }
        let (at, length) = if self.ordinals_in_year {
            (i64::from(day.of_year), days::days_in_year(day.year))
        } else {
            (i64::from(day.of_month), days::days_in_month(day.year, day.month).into())
        };
        let (nth, from_end) = ((at - 1) / 7 + 1, -((length - at) / 7 + 1));
        self.ordinals.iter().any(|(ordinal, of)| *of == weekday && (*ordinal == nth || *ordinal == from_end))
    }

    /// The first day of a period and the day after its last; nothing beyond the year 9999. Periods are counted from
    /// that of the start, in steps of the interval; those of rules that repeat within the day are single days.
    fn period(&self, index: i64) -> Option<(i64, i64)> {
        let start_day = self.start.div_euclid(DAY);
        let steps = index.checked_mul(self.interval)?;
        let (first, end) = match self.frequency {
            Frequency::Yearly => {
                let year = Day::of(start_day).year.checked_add(steps).filter(|year| *year <= 9_999)?;
                (days::first_of_year(year), days::first_of_year(year + 1))
            }
            Frequency::Monthly => {
                let start = Day::of(start_day);
                let month = (start.year * 12 + i64::from(start.month) - 1).checked_add(steps)?;
                let (year, month) = (month.div_euclid(12), month.rem_euclid(12) as u8 + 1);
                if year > 9_999 {
                    return None;
                }
                let first = days::first_of_month(year, month);
                (first, first + i64::from(days::days_in_month(year, month)))
            }
            Frequency::Weekly => {
                let first = self.week_of(start_day).checked_add(steps.checked_mul(7)?)?;
                (first, first.checked_add(7)?)
            }
            Frequency::Daily => {
                let first = start_day.checked_add(steps)?;
                (first, first.checked_add(1)?)
            }
            _ => {
                let first = start_day.checked_add(index)?;
                (first, first.checked_add(1)?)
            }
        };
        (first < DAYS_END).then_some((first, end.min(DAYS_END)))
    }

    fn week_of(&self, day: i64) -> i64 {
        day - (days::weekday(day) - self.week_start).rem_euclid(7)
    }

    /// The last period that begins no later than a time.
    fn period_of(&self, wall: Wall) -> i64 {
        let (start, day) = (Day::of(self.start.div_euclid(DAY)), Day::of(wall.div_euclid(DAY)));
        let months = |day: Day| day.year * 12 + i64::from(day.month);
        let index = match self.frequency {
            Frequency::Yearly => (day.year - start.year).div_euclid(self.interval),
            Frequency::Monthly => (months(day) - months(start)).div_euclid(self.interval),
            Frequency::Weekly => (day.number - self.week_of(start.number)).div_euclid(self.interval.saturating_mul(7)),
            Frequency::Daily => (day.number - start.number).div_euclid(self.interval),
            _ => day.number - start.number,
        };
        index.max(0)
    }

    /// From the first time that the rule gives at or after `from`.
    pub fn walk(&self, from: Wall) -> Walk<'_> {
        let not_before = from.max(self.start);
        Walk {
            plan: self,
            not_before,
            period: self.period_of(not_before),
            days: Vec::new(),
            day_times: Vec::new(),
            picks: None,
            at: 0,
            gave_up: false,
            done: false,
        }
    }

    /// The times of one day of a rule that repeats by the hour, minute or second. Returns the units looked at.
    fn times_within_day(&self, day: i64, unit: i64, found: &mut Vec<i64>) -> u32 {
        found.clear();
        let per_day = DAY / unit;
        let start_unit = self.start.div_euclid(unit);
        let first = (start_unit - day * per_day).rem_euclid(self.interval);
        let mut looked_at = 0;
        let mut of_day = first;
        while of_day < per_day {
            looked_at += 1;
            let second = of_day * unit;
            let passes = (self.hours == 0 || self.hours >> (second / 3_600) & 1 == 1)
                && (unit > 60 || self.minutes == 0 || self.minutes >> (second / 60 % 60) & 1 == 1)
                && (unit > 1 || self.seconds == 0 || self.seconds >> (second % 60) & 1 == 1);
            if passes {
                if self.positions.is_empty() {
                    found.extend(self.times.iter().map(|time| second + time));
                } else {
                    let picked = picks(&self.positions, self.times.len());
                    found.extend(picked.iter().filter_map(|at| self.times.get(*at)).map(|time| second + time));
                }
            }
            of_day = of_day.saturating_add(self.interval);
        }
        looked_at
    }
}

/// Indexes into a set of `count` members that BYSETPOS names, ascending.
fn picks(positions: &[i64], count: usize) -> Vec<usize> {
    let index = |position: &i64| match *position {
        0 => None,
        position if position > 0 => usize::try_from(position - 1).ok(),
        position => usize::try_from(position.unsigned_abs()).ok().and_then(|back| count.checked_sub(back)),
    };
    let mut picked: Vec<usize> = positions.iter().filter_map(index).filter(|at| *at < count).collect();
    picked.sort_unstable();
    picked.dedup();
    picked
}

/// The times a rule gives, ascending, without regard to its COUNT and UNTIL.
#[derive(Debug)]
pub(super) struct Walk<'p> {
    plan: &'p Plan,
    not_before: Wall,
    period: i64,
    /// The days of the current period that passed.
    days: Vec<i64>,
    day_times: Vec<i64>,
    /// Which of days x times count, where BYSETPOS chooses.
    picks: Option<Vec<usize>>,
    at: usize,
    gave_up: bool,
    done: bool,
}

impl Walk<'_> {
    /// Whether the walk ended because it found nothing for too long, not because the rule or the calendar ended.
    pub fn gave_up(&self) -> bool {
        self.gave_up
    }

    fn times(&self) -> &[i64] {
        if self.plan.frequency.seconds_of_unit().is_some() { &self.day_times } else { &self.plan.times }
    }

    fn member(&self, at: usize) -> Option<Wall> {
        let times = self.times();
        let at = match &self.picks {
            Some(picks) => *picks.get(at)?,
            None => at,
        };
        let day = self.days.get(at.checked_div(times.len())?)?;
        Some(day * DAY + times[at % times.len()])
    }

    fn members(&self) -> usize {
        self.picks.as_ref().map_or(self.days.len() * self.times().len(), Vec::len)
    }

    /// Gathers the next period that has anything in it.
    fn refill(&mut self) -> bool {
        let mut work = 0u32;
        loop {
            if work > FRUITLESS_WORK {
                self.gave_up = true;
                return false;
            }
            let Some((first, end)) = self.plan.period(self.period) else { return false };
            self.period += 1;
            self.picks = None;
            work = work.saturating_add(1 + self.gather_days(first, end));
            if self.days.is_empty() {
                continue;
            }
            if let Some(unit) = self.plan.frequency.seconds_of_unit() {
                let mut times = std::mem::take(&mut self.day_times);
                work = work.saturating_add(self.plan.times_within_day(first, unit, &mut times));
                self.day_times = times;
            } else if !self.plan.positions.is_empty() {
                self.picks = Some(picks(&self.plan.positions, self.days.len() * self.plan.times.len()));
            }
            self.skip_what_is_before();
            if self.at < self.members() {
                return true;
            }
        }
    }

    /// Returns the days looked at.
    fn gather_days(&mut self, first: i64, end: i64) -> u32 {
        self.days.clear();
        let mut looked_at = 0;
        let mut day = Day::of(first);
        while day.number < end {
            looked_at += 1;
            if self.plan.months != 0 && self.plan.months >> day.month & 1 == 0 {
                let left = days::days_in_month(day.year, day.month) - day.of_month;
                day = Day::of(day.number + i64::from(left) + 1);
                continue;
            }
            if self.plan.day_passes(day) {
                self.days.push(day.number);
            }
            day = day.next();
        }
        looked_at
    }

    fn skip_what_is_before(&mut self) {
        let (mut low, mut high) = (0, self.members());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.member(middle).is_some_and(|wall| wall < self.not_before) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        self.at = low;
    }
}

impl Iterator for Walk<'_> {
    type Item = Wall;

    fn next(&mut self) -> Option<Wall> {
        if self.done {
            return None;
        }
        if self.at >= self.members() && !self.refill() {
            self.done = true;
            return None;
        }
        let wall = self.member(self.at)?;
        self.at += 1;
        Some(wall)
    }
}
