//! Weeks and days as a language's region has them.

use icu_calendar::Gregorian;
use icu_datetime::fieldsets::enums::DateFieldSet;
use icu_datetime::pattern::{DateTimePattern, FixedCalendarDateTimeNames, WeekdayNameLength};
use jiff::civil::{Weekday, date};
use writeable::TryWriteable;

use super::dates::{DateFormatter, icu_date};
use super::tag::Locale;

/// How long the name of a weekday is. Examples are those of `en-GB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameLength {
    /// `Tuesday`
    Long,
    /// `Tue`
    Short,
    /// `T`: for the head of a small calendar; two days may share it.
    Narrow,
}

/// How the hours of a day are usually counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HourCycle {
    /// 1 to 12, twice: `7:05 PM`.
    Twelve,
    /// 0 to 23: `19:05`.
    TwentyFour,
}

impl Locale {
    /// The day that begins a week in the language's region: Monday in most, Sunday in the United States, Saturday in
    /// Egypt. A language without a region has that of its main one by CLDR, so that plain `en` begins on Sunday.
    pub fn first_weekday(&self) -> Weekday {
        use icu_calendar::types::Weekday as Day;
        let week = icu_calendar::week::WeekInformation::try_new(self.inner().into());
        match week.map_or(Day::Monday, |week| week.first_weekday) {
            Day::Monday => Weekday::Monday,
            Day::Tuesday => Weekday::Tuesday,
            Day::Wednesday => Weekday::Wednesday,
            Day::Thursday => Weekday::Thursday,
            Day::Friday => Weekday::Friday,
            Day::Saturday => Weekday::Saturday,
            Day::Sunday => Weekday::Sunday,
        }
    }

    /// The seven days in the order of the language's week.
    pub fn week(&self) -> [Weekday; 7] {
        let mut day = self.first_weekday();
        std::array::from_fn(|_| {
            let this = day;
            day = day.next();
            this
        })
    }
}

impl DateFormatter {
    /// The name of a weekday as it stands in a date.
    pub fn weekday(&self, weekday: Weekday, length: NameLength) -> &str {
        let list = match length {
            NameLength::Long => &self.names.weekdays,
            NameLength::Short => &self.names.weekdays_short,
            NameLength::Narrow => &self.names.weekdays_narrow,
        };
        let at = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
        list.get(at).map_or("", String::as_str)
    }

    /// The long name of a weekday within a sentence.
    pub fn weekday_in_sentence(&self, weekday: Weekday) -> String {
        let name = self.weekday(weekday, NameLength::Long);
        // CLDR's names are those within a sentence, but for Welsh, which writes "dydd Iau" there.
        match name.strip_prefix('D') {
            Some(rest) if self.language == "cy" => format!("d{rest}"),
            _ => name.to_owned(),
        }
    }

    /// How the language's region counts hours, and so how [`DateFormatter::time`] writes them.
    pub fn hour_cycle(&self) -> HourCycle {
        let halves = self.names.day_periods.iter().any(|name| !name.is_empty());
        if halves { HourCycle::Twelve } else { HourCycle::TwentyFour }
    }
}

/// The narrow names from Monday on, as they stand alone; empty where the data has none.
pub(super) fn narrow_names(locale: &Locale) -> Vec<String> {
    let mut names =
        FixedCalendarDateTimeNames::<Gregorian, DateFieldSet>::new_without_number_formatting(locale.inner().into());
    let Ok(pattern) = DateTimePattern::try_from_pattern_str("ccccc") else { return Vec::new() };
    if names.include_weekday_names(WeekdayNameLength::StandaloneNarrow).is_err() {
        return Vec::new();
    }
    // January 2024 began on a Monday.
    let written = (1..=7).map(|day| {
        let day = icu_date(date(2024, 1, day));
        let mut name = String::new();
        let written = names.with_pattern_unchecked(&pattern).format(&day).try_write_to(&mut name);
        if matches!(written, Ok(Ok(()))) { name } else { String::new() }
    });
    written.collect()
}
