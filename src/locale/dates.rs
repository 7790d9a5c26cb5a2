//! Dates and times in words.

use icu_calendar::Gregorian;
use icu_calendar::types::RataDie;
use icu_datetime::fieldsets::enums::{
    CalendarPeriodFieldSet, CompositeDateTimeFieldSet, DateAndTimeFieldSet, DateFieldSet, TimeFieldSet,
};
use icu_datetime::fieldsets::{E, M, MD, MDE, T, YM, YMD, YMDE};
use icu_datetime::input;
use icu_datetime::{DateTimeFormatterLoadError, FixedCalendarDateTimeFormatter, parts};
use jiff::civil::{Date, DateTime, Time};

use super::parts::{Marked, is_numeric};
use super::tag::Locale;

type Formatter = FixedCalendarDateTimeFormatter<Gregorian, CompositeDateTimeFieldSet>;

/// How much of a date is written, and how long. Examples are those of `en-GB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateStyle {
    /// `Tuesday, 1 December 2026`
    Full,
    /// `1 December 2026`
    Long,
    /// `1 Dec 2026`
    Medium,
    /// `01/12/2026`
    Short,
    /// `Tuesday 1 December`
    WeekdayDayMonth,
    /// `1 December`
    DayMonth,
    /// `December 2026`
    MonthYear,
    /// `December`, as it stands alone.
    Month,
    /// `Dec`, as it stands alone.
    MonthShort,
    /// `Tuesday`
    Weekday,
    /// `Tue`
    WeekdayShort,
}

impl DateStyle {
    pub const ALL: [Self; 11] = [
        Self::Full,
        Self::Long,
        Self::Medium,
        Self::Short,
        Self::WeekdayDayMonth,
        Self::DayMonth,
        Self::MonthYear,
        Self::Month,
        Self::MonthShort,
        Self::Weekday,
        Self::WeekdayShort,
    ];

    /// The name by which a theme asks for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Long => "long",
            Self::Medium => "medium",
            Self::Short => "short",
            Self::WeekdayDayMonth => "weekday_day_month",
            Self::DayMonth => "day_month",
            Self::MonthYear => "month_year",
            Self::Month => "month",
            Self::MonthShort => "month_short",
            Self::Weekday => "weekday",
            Self::WeekdayShort => "weekday_short",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }

    fn fields(self) -> CompositeDateTimeFieldSet {
        use CompositeDateTimeFieldSet::{CalendarPeriod, Date};
        match self {
            Self::Full => Date(DateFieldSet::YMDE(YMDE::long())),
            Self::Long => Date(DateFieldSet::YMD(YMD::long())),
            Self::Medium => Date(DateFieldSet::YMD(YMD::medium())),
            Self::Short => Date(DateFieldSet::YMD(YMD::short())),
            Self::WeekdayDayMonth => Date(DateFieldSet::MDE(MDE::long())),
            Self::DayMonth => Date(DateFieldSet::MD(MD::long())),
            Self::MonthYear => CalendarPeriod(CalendarPeriodFieldSet::YM(YM::long())),
            Self::Month => CalendarPeriod(CalendarPeriodFieldSet::M(M::long())),
            Self::MonthShort => CalendarPeriod(CalendarPeriodFieldSet::M(M::medium())),
            Self::Weekday => Date(DateFieldSet::E(E::long())),
            Self::WeekdayShort => Date(DateFieldSet::E(E::medium())),
        }
    }

    /// With the time of day; none for styles without a day of a month.
    fn fields_with_time(self) -> Option<CompositeDateTimeFieldSet> {
        let fields = match self {
            Self::Full => DateAndTimeFieldSet::YMDET(YMDE::long().with_time_hm()),
            Self::Long => DateAndTimeFieldSet::YMDT(YMD::long().with_time_hm()),
            Self::Medium => DateAndTimeFieldSet::YMDT(YMD::medium().with_time_hm()),
            Self::Short => DateAndTimeFieldSet::YMDT(YMD::short().with_time_hm()),
            Self::WeekdayDayMonth => DateAndTimeFieldSet::MDET(MDE::long().with_time_hm()),
            Self::DayMonth => DateAndTimeFieldSet::MDT(MD::long().with_time_hm()),
            _ => return None,
        };
        Some(CompositeDateTimeFieldSet::DateTime(fields))
    }
}

/// Everything of one style.
#[derive(Debug)]
struct Styled {
    date: Formatter,
    with_time: Option<Formatter>,
}

/// Writes dates in one language. Making one reads much data; formatting is cheap. Make one for each language of a site
/// and share it.
#[derive(Debug)]
pub struct DateFormatter {
    /// In the order of [`DateStyle::ALL`].
    styles: Vec<Styled>,
    time: Formatter,
    pub(super) language: String,
    pub(super) names: Names,
}

/// Names of months and weekdays.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Beside a day: `1 grudnia`.
    pub months: Vec<String>,
    pub months_short: Vec<String>,
    /// Alone: `grudzień`.
    pub months_alone: Vec<String>,
    pub months_short_alone: Vec<String>,
    /// From Monday.
    pub weekdays: Vec<String>,
    pub weekdays_short: Vec<String>,
    pub weekdays_narrow: Vec<String>,
    /// Of each hour; empty texts where the language has 24 hours.
    pub day_periods: Vec<String>,
}

/// The Unicode data has no dates for a language, not even by way of its root.
#[derive(Debug, thiserror::Error)]
#[error("there is no date data for this language: {0}")]
pub struct MissingDates(#[from] DateTimeFormatterLoadError);

pub(super) fn icu_date(date: Date) -> input::Date<Gregorian> {
    let (year, month, day) = (date.year().into(), date.month() as u8, date.day() as u8);
    // Both calendars are the proleptic Gregorian one, so this cannot fail.
    input::Date::try_new_gregorian(year, month, day)
        .unwrap_or_else(|_| input::Date::from_rata_die(RataDie::new(1), Gregorian))
}

fn icu_time(time: Time) -> input::Time {
    let (hour, minute, second) = (time.hour() as u8, time.minute() as u8, time.second() as u8);
    input::Time::try_new(hour, minute, second, 0).unwrap_or(input::Time::start_of_day())
}

fn icu_datetime(at: DateTime) -> input::DateTime<Gregorian> {
    input::DateTime { date: icu_date(at.date()), time: icu_time(at.time()) }
}

impl DateFormatter {
    pub fn new(locale: &Locale) -> Result<Self, MissingDates> {
        let formatter = |fields| Formatter::try_new(locale.inner().into(), fields);
        let mut styles = Vec::with_capacity(DateStyle::ALL.len());
        for style in DateStyle::ALL {
            let with_time = style.fields_with_time().map(formatter).transpose()?;
            styles.push(Styled { date: formatter(style.fields())?, with_time });
        }
        let time = formatter(CompositeDateTimeFieldSet::Time(TimeFieldSet::T(T::hm())))?;
        let language = locale.language().to_owned();
        let mut made = Self { styles, time, language, names: Names::default() };
        made.names = made.read_names(locale);
        Ok(made)
    }

    /// A date.
    pub fn date(&self, date: Date, style: DateStyle) -> String {
        if style == DateStyle::MonthYear && self.language == "pt" {
            // The library lacks what its own data for this pattern asks for.
            let month = self.names.months_alone.get(usize::from(date.month().unsigned_abs()).saturating_sub(1));
            return format!("{} de {}", month.map_or("", String::as_str), date.year());
        }
        self.styled(style).date.format(&icu_datetime(date.into())).to_string()
    }

    /// A time of day: `19:00`, `7:00 PM`.
    pub fn time(&self, time: Time) -> String {
        self.time.format(&icu_datetime(DateTime::from_parts(Date::ZERO, time))).to_string()
    }

    /// A date with its time of day. Styles without a day of a month leave the time out.
    pub fn date_time(&self, at: DateTime, style: DateStyle) -> String {
        match &self.styled(style).with_time {
            Some(formatter) => formatter.format(&icu_datetime(at)).to_string(),
            None => self.date(at.date(), style),
        }
    }

    pub(super) fn marked_date(&self, date: Date, style: DateStyle) -> Marked {
        Marked::of(&self.styled(style).date.format(&icu_datetime(date.into())))
    }

    pub(super) fn marked_time(&self, time: Time) -> Marked {
        Marked::of(&self.time.format(&icu_datetime(DateTime::from_parts(Date::ZERO, time))))
    }

    fn styled(&self, style: DateStyle) -> &Styled {
        &self.styles[style as usize]
    }

    fn read_names(&self, locale: &Locale) -> Names {
        let named = |style, month, day, part| {
            let date = Date::new(2024, month, day).unwrap_or(Date::ZERO);
            self.marked_date(date, style).part(part).to_owned()
        };
        let alone = |style| -> Vec<String> {
            (1..=12).map(|month| self.date(Date::new(2024, month, 1).unwrap_or(Date::ZERO), style)).collect()
        };
        // Where a language writes numbers beside a day, its name for the month is the one that stands alone.
        let beside_day = |style, alone_style| -> Vec<String> {
            let names = (1..=12).map(|month| named(style, month, 1, parts::MONTH)).collect::<Vec<_>>();
            if names.iter().any(|name| is_numeric(name)) { alone(alone_style) } else { names }
        };
        // January 2024 began on a Monday.
        let week = |style| (1..=7).map(|day| named(style, 1, day, parts::WEEKDAY)).collect();
        let period = |hour| self.marked_time(Time::new(hour, 0, 0, 0).unwrap_or_default());
        Names {
            months: beside_day(DateStyle::DayMonth, DateStyle::Month),
            months_short: beside_day(DateStyle::Medium, DateStyle::MonthShort),
            months_alone: alone(DateStyle::Month),
            months_short_alone: alone(DateStyle::MonthShort),
            weekdays: week(DateStyle::Weekday),
            weekdays_short: week(DateStyle::WeekdayShort),
            weekdays_narrow: super::week::narrow_names(locale),
            day_periods: (0..24).map(|hour| period(hour).part(parts::DAY_PERIOD).to_owned()).collect(),
        }
    }
}
