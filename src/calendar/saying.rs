//! What a rule says, in the terms in which people speak of dates: "every 2 weeks", "the first Thursday".
//!
//! One series can be written as many rules (`FREQ=DAILY;BYDAY=TU` is every Tuesday); what is said of it is the same.

use jiff::civil::{DateTime, Time, Weekday};

use super::repeat::{DayRule, Frequency, Repeat};

/// The most days, months or times that a sentence names. A longer list is read by nobody.
const MOST_NAMED: usize = 7;

/// What a rule says: no more and no less, but for when it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    pub rhythm: Rhythm,
    /// The months (1 to 12, ascending) to which a rhythm of days or weeks is limited; empty: every month.
    pub months: Vec<u8>,
    /// The times of a day when there are several; empty: once, as each occurrence shows.
    pub times: Vec<Time>,
}

/// How often, counted in what. Every interval is at least 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rhythm {
    Minutes(u32),
    Hours(u32),
    Days(u32),
    /// The weekdays from Monday on.
    Weeks {
        interval: u32,
        weekdays: Vec<Weekday>,
    },
    Months {
        interval: u32,
        days: Vec<MonthDay>,
    },
    /// Each of the days in each of the months (1 to 12).
    Years {
        interval: u32,
        months: Vec<u8>,
        days: Vec<MonthDay>,
    },
}

/// A day of a month. A month that lacks it is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthDay {
    /// 1 to 31.
    Number(u8),
    /// The first to fifth (1 to 5), or counted from the end (-1 to -3), of its sort.
    Nth(i16, DaySort),
}

/// What sort of days are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DaySort {
    /// All days; only counted from the end.
    Any,
    /// Monday to Friday.
    Working,
    Weekday(Weekday),
}

impl Repeat {
    /// What the rule says of a series with this start (local). None for a rule that people have no short words for.
    /// The times of day are left out for whole days.
    pub fn saying(&self, start: DateTime, all_day: bool) -> Option<Saying> {
        if !self.weeks.is_empty() || !self.year_days.is_empty() {
            return None;
        }
        if self.frequency.seconds_of_unit().is_some() {
            return self.within_the_day();
        }
        let times = if all_day { Vec::new() } else { self.times(start.time())? };
        if !self.positions.is_empty() && !times.is_empty() {
            return None;
        }
        let (rhythm, limited) = match self.frequency {
            Frequency::Daily => self.daily()?,
            Frequency::Weekly => self.weekly(start)?,
            _ => self.monthly(start)?,
        };
        let months = if limited && self.months.len() < 12 { self.months.clone() } else { Vec::new() };
        Some(Saying { rhythm: tidy(rhythm), months, times }).filter(Saying::is_short)
    }

    fn within_the_day(&self) -> Option<Saying> {
        let plain = self.months.is_empty() && self.month_days.is_empty() && self.days.is_empty();
        let plain = plain && self.hours.is_empty() && self.minutes.is_empty() && self.seconds.is_empty();
        let rhythm = match self.frequency {
            Frequency::Hourly => Rhythm::Hours(self.interval.get()),
            Frequency::Minutely => Rhythm::Minutes(self.interval.get()),
            _ => return None,
        };
        plain.then_some(Saying { rhythm, months: Vec::new(), times: Vec::new() })
    }

    /// The times of a day when there are several; none for those that are not a matter of hours and minutes.
    fn times(&self, start: Time) -> Option<Vec<Time>> {
        let or_own = |list: &[u8], own: i8| -> Vec<i8> {
            let listed = list.iter().filter_map(|n| i8::try_from(*n).ok());
            if list.is_empty() { vec![own] } else { listed.collect() }
        };
        let seconds = or_own(&self.seconds, start.second());
        let [second] = *seconds else { return None };
        let minutes = or_own(&self.minutes, start.minute());
        let mut times = Vec::new();
        for hour in or_own(&self.hours, start.hour()) {
            for minute in &minutes {
                times.push(Time::new(hour, *minute, second, 0).ok()?);
            }
        }
        match times.len() {
            1 => Some(Vec::new()),
            _ => Some(times),
        }
    }

    fn every_one(&self) -> bool {
        self.interval.get() == 1
    }

    /// The weekdays of BYDAY where none has a number.
    fn weekdays(&self) -> Option<Vec<Weekday>> {
        self.days.iter().map(|day| day.ordinal.is_none().then_some(day.weekday)).collect()
    }

    /// A rhythm, and whether BYMONTH limits it.
    fn daily(&self) -> Option<(Rhythm, bool)> {
        if !self.positions.is_empty() {
            return None;
        }
        match (self.days.is_empty(), self.month_days.is_empty()) {
            (true, true) => Some((Rhythm::Days(self.interval.get()), true)),
            (false, true) if self.every_one() => {
                Some((Rhythm::Weeks { interval: 1, weekdays: self.weekdays()? }, true))
            }
            (true, false) if self.every_one() => Some((self.in_months(numbered(&self.month_days)?)?, false)),
            _ => None,
        }
    }

    fn weekly(&self, start: DateTime) -> Option<(Rhythm, bool)> {
        if !self.positions.is_empty() || !self.month_days.is_empty() {
            return None;
        }
        let weekdays = if self.days.is_empty() { vec![start.weekday()] } else { self.weekdays()? };
        Some((Rhythm::Weeks { interval: self.interval.get(), weekdays }, true))
    }

    /// Monthly and yearly rules.
    fn monthly(&self, start: DateTime) -> Option<(Rhythm, bool)> {
        let yearly = self.frequency == Frequency::Yearly;
        if self.days.is_empty() && self.month_days.is_empty() && self.positions.is_empty() {
            let days = vec![MonthDay::Number(u8::try_from(start.day()).ok()?)];
            if yearly && self.months.is_empty() {
                let months = vec![u8::try_from(start.month()).ok()?];
                return Some((Rhythm::Years { interval: self.interval.get(), months, days }, false));
            }
            return Some((self.in_months(days)?, false));
        }
        let weekdays = self.weekdays();
        if let Some(weekdays) = &weekdays
            && !weekdays.is_empty()
            && self.month_days.is_empty()
            && self.positions.is_empty()
        {
            let every_week = Rhythm::Weeks { interval: 1, weekdays: weekdays.clone() };
            return self.every_one().then_some((every_week, true));
        }
        // In a year as a whole such days are counted otherwise.
        let by_year = yearly && self.months.is_empty() && (!self.days.is_empty() || !self.every_one());
        let positions_by_year = yearly && !self.positions.is_empty() && self.months.len() != 1;
        if by_year || positions_by_year {
            return None;
        }
        let days = match (weekdays, self.month_days.is_empty(), self.positions.is_empty()) {
            (Some(weekdays), false, true) if weekdays.is_empty() => numbered(&self.month_days)?,
            (Some(weekdays), true, false) => chosen(&weekdays, &self.positions)?,
            (None, true, true) => self.days.iter().map(ordinal).collect::<Option<_>>()?,
            _ => return None,
        };
        Some((self.in_months(days)?, false))
    }

    /// Days of every month, or of the months of BYMONTH.
    fn in_months(&self, days: Vec<MonthDay>) -> Option<Rhythm> {
        let interval = self.interval.get();
        let yearly = self.frequency == Frequency::Yearly;
        match self.months.len() {
            0 | 12 if !yearly || self.every_one() => Some(Rhythm::Months { interval, days }),
            1.. if yearly || self.every_one() => Some(Rhythm::Years { interval, months: self.months.clone(), days }),
            _ => None,
        }
    }
}

impl Saying {
    /// Whether the lists are such as one says.
    fn is_short(&self) -> bool {
        let named = match &self.rhythm {
            Rhythm::Minutes(_) | Rhythm::Hours(_) | Rhythm::Days(_) => 0,
            Rhythm::Weeks { weekdays, .. } => weekdays.len(),
            Rhythm::Months { days, .. } => days.len(),
            Rhythm::Years { months, days, .. } => months.len() * days.len(),
        };
        named.max(self.times.len()) <= MOST_NAMED
    }

    /// Whether it takes place on every day from Monday to Friday, and on no other.
    pub fn is_on_working_days(&self) -> bool {
        matches!(&self.rhythm, Rhythm::Weeks { interval: 1, weekdays } if is_working_week(weekdays))
    }
}

/// Weekdays from Monday on; all seven are every day.
fn tidy(rhythm: Rhythm) -> Rhythm {
    match rhythm {
        Rhythm::Weeks { interval, mut weekdays } => {
            weekdays.sort_unstable_by_key(|weekday| weekday.to_monday_zero_offset());
            weekdays.dedup();
            if weekdays.len() == 7 && interval == 1 { Rhythm::Days(1) } else { Rhythm::Weeks { interval, weekdays } }
        }
        other => other,
    }
}

fn is_working_week(weekdays: &[Weekday]) -> bool {
    weekdays.len() == 5 && weekdays.iter().all(|weekday| weekday.to_monday_zero_offset() < 5)
}

/// BYMONTHDAY.
fn numbered(days: &[i16]) -> Option<Vec<MonthDay>> {
    let said = |day: &i16| match *day {
        day @ 1..=31 => u8::try_from(day).ok().map(MonthDay::Number),
        day @ -3..=-1 => Some(MonthDay::Nth(day, DaySort::Any)),
        _ => None,
    };
    days.iter().map(said).collect()
}

/// BYDAY with a number.
fn ordinal(day: &DayRule) -> Option<MonthDay> {
    nth(day.ordinal?, DaySort::Weekday(day.weekday))
}

fn nth(position: i16, sort: DaySort) -> Option<MonthDay> {
    matches!(position, 1..=5 | -3..=-1).then_some(MonthDay::Nth(position, sort))
}

/// BYSETPOS, which chooses among the days of a month that are such weekdays.
fn chosen(weekdays: &[Weekday], positions: &[i16]) -> Option<Vec<MonthDay>> {
    match weekdays {
        [weekday] => positions.iter().map(|position| nth(*position, DaySort::Weekday(*weekday))).collect(),
        all if all.len() == 7 => numbered(positions),
        week if is_working_week(week) => positions.iter().map(|position| nth(*position, DaySort::Working)).collect(),
        _ => None,
    }
}
