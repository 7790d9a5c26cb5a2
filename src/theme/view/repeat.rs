//! How an event repeats, as a sentence of the reader's language: "Every month on the first Thursday, until 30 June
//! 2027".
//!
//! The rule is said in the theme's words (`repeat_…`), with names and dates of the Unicode CLDR. A rule that nobody
//! would put into words gives no sentence, and so does a language without the words: the next one is tried then.

use crate::calendar::{DaySort, End, MonthDay, Rhythm, Saying};
use crate::locale::{DateFormatter, DateStyle};
use crate::site::{EventTimes, LanguageId};
use crate::theme::engine::Shared;
use crate::theme::voice::Voice;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, Weekday};

/// The most single dates that a sentence names.
const MOST_DATES: usize = 6;
/// The most exceptions or further dates that are told beside a rule; who needs more looks at the dates themselves.
const MOST_ASIDE: usize = 4;

/// How an event repeats; none for one that does not, or for a rule that is too odd to say.
pub fn sentence(shared: &Shared, language: LanguageId, times: &EventTimes) -> Option<String> {
    let facts = Facts::of(times, shared.site.clock.now)?;
    let said = shared.voices(language).into_iter().find_map(|voice| Speaker::new(voice)?.say(&facts))?;
    let mut letters = said.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

/// What there is to say, in no language.
#[derive(Debug)]
enum Facts {
    /// Single dates, which no rule gives.
    Dates(Vec<Date>),
    Rule {
        saying: Saying,
        end: Option<Ending>,
        except: Vec<Date>,
        also: Vec<Date>,
    },
}

#[derive(Debug)]
enum Ending {
    Until(Date),
    Count(u32),
}

impl Facts {
    fn of(times: &EventTimes, now: Timestamp) -> Option<Self> {
        let schedule = &times.schedule;
        let timing = schedule.timing();
        let start = schedule.start();
        let exceptions = schedule.exception_dates();
        let further: Vec<DateTime> =
            schedule.further_dates().into_iter().filter(|at| !exceptions.contains(at)).collect();
        let Some(repeat) = &timing.repeat else {
            let own = (!exceptions.contains(&start)).then_some(start);
            let mut dates: Vec<Date> = own.into_iter().chain(further).map(DateTime::date).collect();
            dates.sort_unstable();
            dates.dedup();
            return (dates.len() > 1).then_some(Self::Dates(dates));
        };
        let saying = repeat.saying(start, schedule.all_day())?;
        let of_rule: Vec<DateTime> = if further.is_empty() && timing.also.is_empty() {
            exceptions
        } else {
            let also = schedule.further_dates();
            exceptions.into_iter().filter(|at| !also.contains(at)).collect()
        };
        let end = match repeat.end() {
            End::Never => None,
            End::Until(until) => Some(Ending::Until(last_day(until.local(schedule.zone()), start))),
            End::Count(1) => return None,
            End::Count(count) => Some(Ending::Count(count.saturating_sub(u32::try_from(of_rule.len()).ok()?).max(1))),
        };
        let from = not_yet_over(times, now);
        // A day may have other times than the one that is excepted.
        let once_a_day = saying.times.is_empty() && !matches!(saying.rhythm, Rhythm::Hours(_) | Rhythm::Minutes(_));
        let except = if once_a_day { aside(of_rule, from) } else { Vec::new() };
        Some(Self::Rule { saying, end, except, also: aside(further, from) })
    }
}

/// The last day on which a series may take place, when nothing may begin after `until`.
fn last_day(until: DateTime, start: DateTime) -> Date {
    let before = if until.time() < start.time() { until.date().yesterday().ok() } else { None };
    before.unwrap_or(until.date())
}

/// The local time after which what differs from the rule is still worth a word: that of the latest date that is over.
/// So what is told changes when an occurrence ends, and at no other time.
fn not_yet_over(times: &EventTimes, now: Timestamp) -> DateTime {
    let latest = times.past(now).map(|occurrence| occurrence.original).max();
    let first = || times.occurrences.iter().map(|occurrence| occurrence.original).min();
    latest.or_else(first).unwrap_or(DateTime::MIN)
}

/// Dates that are told beside the rule: none when there are many.
fn aside(dates: Vec<DateTime>, from: DateTime) -> Vec<Date> {
    let mut dates: Vec<Date> = dates.into_iter().filter(|at| *at > from).map(DateTime::date).collect();
    dates.dedup();
    if dates.len() > MOST_ASIDE { Vec::new() } else { dates }
}

/// Says facts in one language; none where it lacks the words.
struct Speaker<'s> {
    voice: Voice<'s>,
    dates: &'s DateFormatter,
}

impl<'s> Speaker<'s> {
    fn new(voice: Voice<'s>) -> Option<Self> {
        let dates = voice.tools.dates.as_ref()?;
        Some(Self { voice, dates })
    }

    fn say(&self, facts: &Facts) -> Option<String> {
        let (saying, end, except, also) = match facts {
            Facts::Dates(dates) if dates.len() > MOST_DATES => {
                return self.voice.say("repeat_on_many_dates", u32::try_from(dates.len()).ok(), &[]);
            }
            Facts::Dates(dates) => {
                return self.fill("repeat_on_dates", &[("dates", &self.dates(dates, DateStyle::Long)?)]);
            }
            Facts::Rule { saying, end, except, also } => (saying, end, except, also),
        };
        let mut text = self.rhythm(saying)?;
        if !saying.months.is_empty() {
            text = self.fill("repeat_in_months", &[("rule", &text), ("months", &self.months(&saying.months)?)])?;
        }
        if !saying.times.is_empty() {
            text = self.fill("repeat_at_times", &[("rule", &text), ("times", &self.times(&saying.times)?)])?;
        }
        for (key, dates) in [("repeat_except", except), ("repeat_also", also)] {
            if !dates.is_empty() {
                text = self.fill(key, &[("rule", &text), ("dates", &self.dates(dates, DateStyle::Long)?)])?;
            }
        }
        match end {
            None => Some(text),
            Some(Ending::Until(date)) => {
                let date = self.dates.date(*date, DateStyle::Long);
                self.fill("repeat_until", &[("rule", &text), ("date", &date)])
            }
            Some(Ending::Count(count)) => self.voice.say("repeat_count", Some(*count), &[("rule", &text)]),
        }
    }

    fn rhythm(&self, saying: &Saying) -> Option<String> {
        match &saying.rhythm {
            Rhythm::Minutes(interval) => self.voice.say("repeat_minutes", Some(*interval), &[]),
            Rhythm::Hours(interval) => self.voice.say("repeat_hours", Some(*interval), &[]),
            Rhythm::Days(interval) => self.every(*interval, "repeat_day", "repeat_days", &[]),
            Rhythm::Weeks { .. } if saying.is_on_working_days() => self.fill("repeat_working_days", &[]),
            Rhythm::Weeks { interval, weekdays } => {
                let names: Vec<String> = weekdays.iter().map(|day| self.dates.weekday_in_sentence(*day)).collect();
                let listed = weekdays.iter().map(|day| self.weekday(*day)).collect::<Option<Vec<_>>>()?;
                let (names, listed) = (self.voice.list("list_and", &names)?, self.voice.list("list_and", &listed)?);
                self.every(*interval, "repeat_week", "repeat_weeks", &[("names", &names), ("weekdays", &listed)])
            }
            Rhythm::Months { interval, days } => {
                let named = self.month_days(days)?;
                match all_nth(days) {
                    true => self.every(*interval, "repeat_month_days", "repeat_months_days", &[("days", &named)]),
                    false => self.every(*interval, "repeat_month_dates", "repeat_months_dates", &[("dates", &named)]),
                }
            }
            Rhythm::Years { interval, months, days } => self.years(*interval, months, days),
        }
    }

    fn years(&self, interval: u32, months: &[u8], days: &[MonthDay]) -> Option<String> {
        if all_nth(days) {
            let values = [("days", &*self.month_days(days)?), ("months", &*self.months(months)?)];
            return self.every(interval, "repeat_year_days", "repeat_years_days", &values);
        }
        let mut dates = Vec::new();
        for month in months {
            for day in days {
                let MonthDay::Number(day) = day else { return None };
                // A leap year, for 29 February. A day that its month never has does not take place.
                dates.extend(Date::new(2024, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok());
            }
        }
        let dates = self.dates(&dates, DateStyle::DayMonth)?;
        self.every(interval, "repeat_year_dates", "repeat_years_dates", &[("dates", &dates)])
    }

    /// By one key for each, and by another for every second, third and so on.
    fn every(&self, interval: u32, each: &str, others: &str, values: &[(&str, &str)]) -> Option<String> {
        match interval {
            1 => self.fill(each, values),
            interval => self.voice.say(others, Some(interval), values),
        }
    }

    fn fill(&self, key: &str, values: &[(&str, &str)]) -> Option<String> {
        self.voice.say(key, None, values)
    }

    /// A weekday as that of which there are many: "Tuesdays".
    fn weekday(&self, weekday: Weekday) -> Option<String> {
        let at = usize::try_from(weekday.to_monday_zero_offset()).ok()?;
        self.voice.entry("repeat_weekdays", 7, at).map(str::to_owned)
    }

    /// "first and third Thursday", "15th and last day".
    fn month_days(&self, days: &[MonthDay]) -> Option<String> {
        let mut items = Vec::with_capacity(days.len());
        let mut sorts: Vec<DaySort> = Vec::new();
        for day in days {
            match day {
                MonthDay::Number(number) => items.push(self.month_day(*number)?),
                MonthDay::Nth(_, sort) if sorts.contains(sort) => {}
                MonthDay::Nth(_, sort) => {
                    sorts.push(*sort);
                    items.push(self.of_sort(days, *sort)?);
                }
            }
        }
        self.voice.list("repeat_list", &items)
    }

    /// All days of one sort. Where the language puts the noun last it is said once: "first and third Thursday".
    fn of_sort(&self, days: &[MonthDay], sort: DaySort) -> Option<String> {
        let noun = match sort {
            DaySort::Any => self.fill("repeat_any_day", &[])?,
            DaySort::Working => self.fill("repeat_working_day", &[])?,
            DaySort::Weekday(weekday) => self.dates.weekday_in_sentence(weekday),
        };
        let positions = days.iter().filter_map(|day| match day {
            MonthDay::Nth(position, of) if *of == sort => Some(*position),
            _ => None,
        });
        let patterns = positions.map(|position| self.voice.words(nth_key(position)?, None));
        let patterns: Vec<&str> = patterns.collect::<Option<_>>()?;
        let alone: Option<Vec<&str>> = patterns.iter().map(|pattern| pattern.strip_suffix(" {day}")).collect();
        let whole = |pattern: &&str| pattern.replace("{day}", &noun);
        let items: Vec<String> = match (alone, patterns.split_last()) {
            (Some(alone), Some((last, others))) => {
                let before = alone.into_iter().take(others.len()).map(str::to_owned);
                before.chain([whole(last)]).collect()
            }
            _ => patterns.iter().map(whole).collect(),
        };
        self.voice.list("repeat_list", &items)
    }

    fn month_day(&self, number: u8) -> Option<String> {
        let at = usize::from(number).checked_sub(1)?;
        self.voice.entry("repeat_month_numbers", 31, at).map(str::to_owned)
    }

    fn months(&self, months: &[u8]) -> Option<String> {
        let name = |month: &u8| {
            let date = Date::new(2024, i8::try_from(*month).ok()?, 1).ok()?;
            self.fill("repeat_month_name", &[("month", &self.dates.date(date, DateStyle::Month))])
        };
        self.voice.list("list_and", &months.iter().map(name).collect::<Option<Vec<_>>>()?)
    }

    fn times(&self, times: &[Time]) -> Option<String> {
        let times: Vec<String> = times.iter().map(|time| self.dates.time(*time)).collect();
        self.voice.list("list_and", &times)
    }

    fn dates(&self, dates: &[Date], style: DateStyle) -> Option<String> {
        let said = |date: &Date| self.fill("repeat_date", &[("date", &self.dates.date(*date, style))]);
        self.voice.list("repeat_list", &dates.iter().map(said).collect::<Option<Vec<_>>>()?)
    }
}

fn all_nth(days: &[MonthDay]) -> bool {
    days.iter().all(|day| matches!(day, MonthDay::Nth(..)))
}

fn nth_key(position: i16) -> Option<&'static str> {
    Some(match position {
        1 => "repeat_first",
        2 => "repeat_second",
        3 => "repeat_third",
        4 => "repeat_fourth",
        5 => "repeat_fifth",
        -1 => "repeat_last",
        -2 => "repeat_second_last",
        -3 => "repeat_third_last",
        _ => return None,
    })
}
