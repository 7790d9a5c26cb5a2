//! Dates and times as people write them, so that a mistake can be answered with the right form.

use crate::calendar::MONTHS;
use jiff::civil::{Date, Time};

/// What a text that is no date in Handbill's form seems to mean. A part that was written and cannot be is `Some(None)`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Guess {
    pub date: Option<Option<Date>>,
    pub time: Option<Option<Time>>,
    /// What the numbers of the date mean if the month stands before the day, where that is another date.
    pub month_first: Option<Date>,
}

/// The longest text in which a date is looked for, in bytes.
const LONGEST: usize = 60;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Guess {
    /// Nothing is guessed when a word of the text is not understood.
    pub fn read(text: &str) -> Self {
        if text.len() > LONGEST {
            return Self::default();
        }
        let text = text.to_lowercase().replace(',', " ").replace("p.m.", "pm").replace("a.m.", "am");
        let text = text.replace(" pm", "pm").replace(" am", "am");
        let mut guess = Self::default();
        let (mut day, mut month, mut year) = (None, None, None);
        for word in text.split_whitespace().flat_map(at_the_t) {
            if let Some(date) = numeric_date(word) {
                guess.date = Some(date);
                guess.month_first = month_first(word).filter(|other| Some(*other) != date);
            } else if let Some(number) = named(word, &MONTHS) {
                month = Some(number);
            } else if let Some((number, digits)) = ordinal(word) {
                if digits == 4 { year = Some(number) } else { day = Some(number) }
            } else if let Some(time) = time_of_day(word) {
                guess.time = Some(time);
            } else if named(word, &WEEKDAYS).is_none() && !["at", "on", "of", "the"].contains(&word) {
                return Self::default();
            }
        }
        if let (Some(day), Some(month), Some(year)) = (day, month, year) {
            guess.date = Some(date(year, month, day));
        }
        guess
    }
}

/// Parts `2027-01-14t19:30` at its T.
fn at_the_t(word: &str) -> impl Iterator<Item = &str> {
    let (first, second) = match word.split_once('t') {
        Some((date, time))
            if date.ends_with(|c: char| c.is_ascii_digit()) && time.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            (date, Some(time))
        }
        _ => (word, None),
    };
    std::iter::once(first).chain(second)
}

/// The number, counted from one, of a name or of its beginning with three letters or more.
fn named(word: &str, names: &[&str]) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let at = names.iter().position(|name| word.len() >= 3 && name.starts_with(word))?;
    u32::try_from(at + 1).ok()
}

/// A number of at most four digits with how many they are: `20`, `20th`, `20.`, `2026`.
fn ordinal(word: &str) -> Option<(u32, usize)> {
    let digits = ["st", "nd", "rd", "th", "."].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    (1..=4).contains(&digits.len()).then_some(())?;
    Some((number(digits)?, digits.len()))
}

fn number(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A date of three numbers, the year first or the day first; the month first where nothing else can be.
fn numeric_date(word: &str) -> Option<Option<Date>> {
    let separator = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| ['/', '.', '-'].contains(c))?;
    let mut parts = word.trim_end_matches('.').split(separator);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || [first, second, third].iter().any(|part| part.is_empty() || part.len() > 4) {
        return None;
    }
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    if first.len() == 4 {
        return Some(date(a, b, c));
    }
    let year = match third.len() {
        4 => c,
        2 if separator == '/' => 2000 + c,
        _ => return None,
    };
    Some(if b > 12 { date(year, a, b) } else { date(year, b, a) })
}

/// The date of three numbers between slashes or hyphens if the month stands first.
fn month_first(word: &str) -> Option<Date> {
    let separator = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| ['/', '-'].contains(c))?;
    let parts: Vec<u32> = word.split(separator).map(number).collect::<Option<_>>()?;
    match parts.as_slice() {
        &[month, day, year] if month <= 31 => date(if year < 100 { 2000 + year } else { year }, month, day),
        _ => None,
    }
}

/// `19:30`, `19.30`, `19h30`, `7pm`, `7.30pm`.
fn time_of_day(word: &str) -> Option<Option<Time>> {
    let (clock, half) = match (word.strip_suffix("pm"), word.strip_suffix("am")) {
        (Some(clock), _) => (clock, Some(12)),
        (_, Some(clock)) => (clock, Some(0)),
        _ => (word, None),
    };
    let mut parts = clock.split([':', '.', 'h']);
    let hour = number(parts.next().filter(|part| (1..=2).contains(&part.len()))?)?;
    let minute = match parts.next() {
        Some("") if clock.ends_with('h') => 0,
        Some(part) if part.len() == 2 => number(part)?,
        None if half.is_some() => 0,
        _ => return None,
    };
    let second = match parts.next() {
        Some(part) if part.len() == 2 => number(part)?,
        None => 0,
        _ => return None,
    };
    if parts.next().is_some() {
        return None;
    }
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return Some(None),
    };
    let clock = (i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?);
    Some(Time::new(clock.0, clock.1, clock.2, 0).ok())
}
