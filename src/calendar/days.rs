//! Days as numbers, for arithmetic that must be cheap.

use jiff::civil;

/// Seconds in wall-clock time since 1970-01-01T00:00:00, in no zone. A day always has 86,400 of them.
pub(super) type Wall = i64;

pub(super) const DAY: i64 = 86_400;

/// The first day and the day after the last that a rule may reach: years 1 to 9999.
pub(super) const FIRST_DAY: i64 = -719_162;
pub(super) const DAYS_END: i64 = 2_932_897;

/// A day of the proleptic Gregorian calendar with what rules ask about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    /// Days since 1970-01-01.
    pub number: i64,
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub of_month: u8,
    /// 1 to 366.
    pub of_year: u16,
}

impl Day {
    /// The day of a number (era arithmetic over the 400 years after which the calendar repeats).
    pub fn of(number: i64) -> Self {
        let from_march = number + 719_468;
        let era = from_march.div_euclid(146_097);
        let of_era = from_march.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_march_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * of_march_year + 2) / 153;
        let of_month = of_march_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let of_year = number - first_of_year(year) + 1;
        Self { number, year, month: month as u8, of_month: of_month as u8, of_year: of_year as u16 }
    }

    pub fn next(self) -> Self {
        let mut next = Self { number: self.number + 1, of_month: self.of_month + 1, of_year: self.of_year + 1, ..self };
        if next.of_month > days_in_month(self.year, self.month) {
            next.of_month = 1;
            next.month += 1;
            if next.month > 12 {
                (next.year, next.month, next.of_year) = (self.year + 1, 1, 1);
            }
        }
        next
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> i64 {
        weekday(self.number)
    }

    /// The number of the week, counted from the start and from the end (-1 for the last) of the year to which the week
    /// belongs: the one that has at least four of its days (ISO 8601, with any first day of the week).
    pub fn week(self, week_start: i64) -> (i64, i64) {
        let middle = Day::of(self.number - (self.weekday() - week_start).rem_euclid(7) + 3);
        let week = i64::from(middle.of_year - 1) / 7 + 1;
        let left = (days_in_year(middle.year) - i64::from(middle.of_year)) / 7;
        (week, -1 - left)
    }
}

pub(super) fn weekday(number: i64) -> i64 {
    (number + 3).rem_euclid(7)
}

pub(super) fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

pub(super) fn days_in_year(year: i64) -> i64 {
    365 + i64::from(is_leap(year))
}

pub(super) fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        2 => 28 + u8::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The number of 1 January.
pub(super) fn first_of_year(year: i64) -> i64 {
    let before = year - 1;
    before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400) - 719_162
}

/// The number of the first day of a month (1 to 12).
pub(super) fn first_of_month(year: i64, month: u8) -> i64 {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let index = usize::from(month.clamp(1, 12)) - 1;
    first_of_year(year) + BEFORE[index] + i64::from(month > 2 && is_leap(year))
}

pub(super) fn day_number(date: civil::Date) -> i64 {
    first_of_month(date.year().into(), date.month() as u8) + i64::from(date.day()) - 1
}

/// Drops fractions of a second.
pub(super) fn wall(at: civil::DateTime) -> Wall {
    let seconds = i64::from(at.hour()) * 3_600 + i64::from(at.minute()) * 60 + i64::from(at.second());
    day_number(at.date()) * DAY + seconds
}

/// The date of a day number; a number outside the years 1 to 9999 gives the nearest day inside.
pub(super) fn date(number: i64) -> civil::Date {
    let day = Day::of(number.clamp(FIRST_DAY, DAYS_END - 1));
    civil::Date::new(day.year as i16, day.month as i8, day.of_month as i8).unwrap_or(civil::Date::MAX)
}

pub(super) fn datetime(wall: Wall) -> civil::DateTime {
    let of_day = wall.rem_euclid(DAY);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    let time = civil::Time::new(hour as i8, minute as i8, second as i8, 0).unwrap_or(civil::Time::MIN);
    date(wall.div_euclid(DAY)).to_datetime(time)
}
