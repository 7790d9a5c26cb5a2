//! Rules in plain words: `every = "month", on = "first thursday"`.

use std::num::NonZeroU32;
use std::ops::Range;

use jiff::civil::Weekday;

use super::repeat::{DayRule, End, Frequency, Part, Repeat, RuleError, Until};
use super::schedule::Moment;

/// A rule as an author writes it in plain words.
#[derive(Debug, Clone, Copy)]
pub struct Words<'w> {
    /// `day`, `weekday`, `week`, `2 weeks`, `other week`, `month`, `3 months`, `year`, or a weekday's name.
    pub every: &'w str,
    /// `tue`; `first thursday`, `last friday`, `second last monday`, `15`, `last day`, `first weekday`; with a month
    /// for yearly rules. An entry may hold several with `and` or commas between them. Empty: as the start says.
    pub on: &'w [&'w str],
    /// The last day or time, itself included, in the event's zone.
    pub until: Option<Moment>,
    pub count: Option<u32>,
}

const EVERY_HELP: &str = "write \"day\", \"weekday\", \"week\", \"2 weeks\", \"other week\", \"month\", \"3 months\", \
                          \"year\" or the name of a weekday";
const WEEK_HELP: &str = "name weekdays, such as on = \"thursday\" or on = [\"tue\", \"thu\"]";
const MONTH_HELP: &str = "write, for example, \"first thursday\", \"last friday\", \"first and third monday\", \"15\", \
                          \"last day\" or \"first weekday\"";
const YEAR_HELP: &str = "say the month, such as \"1 may\", \"first monday of may\" or \"last day of february\"";

impl Repeat {
    /// Reads a rule in plain (English) words. Every mistake is reported, each with the bytes of what was not
    /// understood inside its own value.
    pub fn from_words(words: &Words) -> Result<Self, Vec<RuleError>> {
        let mut errors = Vec::new();
        let every = read_every(words.every, words.on.is_empty()).map_err(|error| errors.push(error)).ok();
        let mut items = Vec::new();
        for (index, text) in words.on.iter().enumerate() {
            match read_on(text, Part::On(index)) {
                Ok(read) => items.extend(read),
                Err(error) => errors.push(error),
            }
        }
        let mut rule = every.and_then(|every| {
            combine(every, &items).map_err(|error| errors.push(error)).ok().filter(|_| errors.is_empty())
        });
        let fail = |part, message: &str, help: &str| RuleError {
            part,
            range: 0..0,
            message: message.to_owned(),
            help: help.to_owned(),
        };
        let end = match (words.until, words.count) {
            (Some(_), Some(_)) => {
                errors.push(fail(Part::Count, "a series ends by `until` or by `count`, not by both", "remove one"));
                End::Never
            }
            (_, Some(0)) => {
                errors.push(fail(Part::Count, "a series cannot have 0 occurrences", "count is a whole number from 1"));
                End::Never
            }
            (_, Some(count)) => End::Count(count),
            (Some(Moment::Date(date)), _) => End::Until(Until::Date(date)),
            (Some(Moment::DateTime(at)), _) => End::Until(Until::Local(at)),
            (None, None) => End::Never,
        };
        if let Some(rule) = &mut rule {
            rule.end = end;
        }
        rule.filter(|_| errors.is_empty()).map(Repeat::canonical).ok_or(errors)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    Day,
    /// On these weekdays (bit 0 Monday), which `every` itself names.
    Named(u8),
    Week,
    Month,
    Year,
}

#[derive(Debug, Clone, Copy)]
struct Every {
    unit: Unit,
    interval: NonZeroU32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Word {
    /// `first` is 1, `last` is -1.
    Ordinal(i16),
    /// In digits: `15` or `15th`.
    Number(i16),
    Weekday(Weekday),
    Day,
    /// Monday to Friday.
    WorkingDay,
    Month(u8),
    And,
    /// `the`, `of`, `each month`: says nothing more.
    Filler,
}

/// A word with its bytes, in lower case.
struct Token {
    text: String,
    range: Range<usize>,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let range = at..at + c.len_utf8();
        if matches!(c, ',' | '&' | '+') {
            found.push(Token { text: "and".to_owned(), range });
            open = false;
        } else if c.is_whitespace() || c == '.' {
            open = false;
        } else {
            match found.last_mut().filter(|_| open) {
                Some(token) => {
                    token.text.extend(c.to_lowercase());
                    token.range.end = range.end;
                }
                None => found.push(Token { text: c.to_lowercase().collect(), range }),
            }
            open = true;
        }
    }
    found
}

fn name_in<T: Copy>(text: &str, names: &[(&str, T)]) -> Option<T> {
    names.iter().find(|(name, _)| *name == text).map(|(_, value)| *value)
}

/// Full and short names, singular and plural.
fn weekday(text: &str) -> Option<Weekday> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let names = [
        ("monday", Monday),
        ("mon", Monday),
        ("tuesday", Tuesday),
        ("tue", Tuesday),
        ("tues", Tuesday),
        ("wednesday", Wednesday),
        ("wed", Wednesday),
        ("weds", Wednesday),
        ("thursday", Thursday),
        ("thu", Thursday),
        ("thur", Thursday),
        ("thurs", Thursday),
        ("friday", Friday),
        ("fri", Friday),
        ("saturday", Saturday),
        ("sat", Saturday),
        ("sunday", Sunday),
        ("sun", Sunday),
    ];
    name_in(text, &names).or_else(|| name_in(text.strip_suffix('s')?, &names))
}

fn month(text: &str) -> Option<u8> {
    let names = [
        ("january", 1),
        ("february", 2),
        ("march", 3),
        ("april", 4),
        ("may", 5),
        ("june", 6),
        ("july", 7),
        ("august", 8),
        ("september", 9),
        ("october", 10),
        ("november", 11),
        ("december", 12),
        ("jan", 1),
        ("feb", 2),
        ("mar", 3),
        ("apr", 4),
        ("jun", 6),
        ("jul", 7),
        ("aug", 8),
        ("sep", 9),
        ("sept", 9),
        ("oct", 10),
        ("nov", 11),
        ("dec", 12),
    ];
    name_in(text, &names)
}

fn ordinal(text: &str) -> Option<i16> {
    let names =
        [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5), ("last", -1), ("penultimate", -2)];
    name_in(text, &names)
}

fn cardinal(text: &str) -> Option<u32> {
    let names = [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("other", 2),
        ("second", 2),
        ("third", 3),
        ("fourth", 4),
    ];
    // A number too great to be one is refused as 0 is.
    let digits = || text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().unwrap_or(0));
    name_in(text, &names).or_else(digits)
}

/// `15`, `15th`, `1st`.
fn number(text: &str) -> Option<i16> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &text[digits.len()..];
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (plain && matches!(suffix, "" | "st" | "nd" | "rd" | "th")).then(|| digits.parse().ok()).flatten()
}

fn read_every(text: &str, may_name_days: bool) -> Result<Every, RuleError> {
    let error = |range: Range<usize>, message: String| RuleError {
        part: Part::Every,
        range,
        message,
        help: EVERY_HELP.to_owned(),
    };
    let all = tokens(text);
    let mut rest = all.as_slice();
    if let [first, more @ ..] = rest
        && first.text == "every"
        && !more.is_empty()
    {
        rest = more;
    }
    let Some(first) = rest.first() else { return Err(error(0..text.len(), "`every` is empty".to_owned())) };
    let mut named = 0u8;
    for token in rest.iter().filter(|token| token.text != "and") {
        match weekday(&token.text) {
            Some(weekday) => named |= 1 << weekday.to_monday_zero_offset(),
            None => {
                named = 0;
                break;
            }
        }
    }
    if named != 0 {
        return if may_name_days {
            Ok(Every { unit: Unit::Named(named), interval: NonZeroU32::MIN })
        } else {
            let message = "weekdays are named in `every` and days in `on` too".to_owned();
            Err(RuleError {
                help: "write every = \"week\" and name the days in `on`".to_owned(),
                ..error(0..text.len(), message)
            })
        };
    }
    let (interval, unit_token, rest) = match (cardinal(&first.text), rest) {
        (Some(interval), [_, unit, rest @ ..]) => (interval, unit, rest),
        (Some(_), _) => return Err(error(first.range.clone(), format!("`{}` of what?", first.text))),
        (None, [unit, rest @ ..]) => (1, unit, rest),
        (None, []) => return Err(error(0..text.len(), "`every` is empty".to_owned())),
    };
    if let Some(extra) = rest.first() {
        let message = format!("`{}` was not expected here", extra.text);
        return Err(error(extra.range.start..text.trim_end().len(), message));
    }
    let (unit, factor) = match unit_token.text.as_str() {
        "day" | "days" | "daily" => (Unit::Day, 1),
        "weekday" | "weekdays" | "workday" | "workdays" => (Unit::Named(0b001_1111), 1),
        "weekend" | "weekends" => (Unit::Named(0b110_0000), 1),
        "week" | "weeks" | "weekly" => (Unit::Week, 1),
        "fortnight" | "fortnights" | "fortnightly" => (Unit::Week, 2),
        "month" | "months" | "monthly" => (Unit::Month, 1),
        "quarter" | "quarters" | "quarterly" => (Unit::Month, 3),
        "year" | "years" | "yearly" | "annually" => (Unit::Year, 1),
        _ => return Err(error(unit_token.range.clone(), format!("`{}` was not understood", unit_token.text))),
    };
    if let (Unit::Named(_), 2..) = (unit, interval) {
        return Err(error(0..text.len(), format!("`{text}` was not understood")));
    }
    if unit == Unit::Named(0b001_1111) && !may_name_days {
        return Err(error(unit_token.range.clone(), "every weekday already says on which days".to_owned()));
    }
    let interval = interval.checked_mul(factor).and_then(NonZeroU32::new);
    let interval =
        interval.ok_or_else(|| error(first.range.clone(), format!("`{}` cannot be an interval", first.text)))?;
    Ok(Every { unit, interval })
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Weekday(Weekday),
    Nth(i16, Weekday),
    MonthDay(i16),
    NthWorkingDay(i16),
}

/// One thing that an entry of `on` names.
#[derive(Debug, Clone)]
struct Item {
    kind: Kind,
    month: Option<u8>,
    part: Part,
    range: Range<usize>,
}

fn read_on(text: &str, part: Part) -> Result<Vec<Item>, RuleError> {
    let error = |range: Range<usize>, message: String| RuleError {
        part,
        range,
        message,
        help: format!("for a weekly rule {WEEK_HELP}; for a monthly one {MONTH_HELP}; for a yearly one {YEAR_HELP}"),
    };
    let mut words = Vec::new();
    for token in tokens(text) {
        let word = match token.text.as_str() {
            "and" => Word::And,
            "the" | "of" | "on" | "in" | "each" | "every" | "month" | "year" => Word::Filler,
            "day" => Word::Day,
            "weekday" | "workday" | "working" => Word::WorkingDay,
            other => match (ordinal(other), number(other), weekday(other), month(other)) {
                (Some(ordinal), ..) => Word::Ordinal(ordinal),
                (_, Some(number), ..) => Word::Number(number),
                (_, _, Some(weekday), _) => Word::Weekday(weekday),
                (_, _, _, Some(month)) => Word::Month(month),
                _ => return Err(error(token.range, format!("`{}` was not understood", token.text))),
            },
        };
        words.push((word, token.range));
    }
    let mut items: Vec<Item> = Vec::new();
    // Ordinals that wait for their noun: the "first" of "first and third monday".
    let mut waiting: Vec<(Word, i16, Range<usize>)> = Vec::new();
    for group in words.split(|(word, _)| *word == Word::And) {
        let group: Vec<_> = group.iter().filter(|(word, _)| *word != Word::Filler).cloned().collect();
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let range = first.1.start..last.1.end;
        let shape = read_item(&group.iter().map(|(word, _)| *word).collect::<Vec<_>>()).ok_or_else(|| {
            error(range.clone(), format!("`{}` was not understood", text.get(range.clone()).unwrap_or(text)))
        })?;
        match shape {
            Shape::Waiting(word, ordinal) => waiting.push((word, ordinal, range)),
            Shape::Whole(kind, month) => {
                for (word, ordinal, range) in waiting.drain(..) {
                    let kind = match (kind, word) {
                        (Kind::Nth(_, weekday), _) => Kind::Nth(ordinal, weekday),
                        (Kind::NthWorkingDay(_), _) => Kind::NthWorkingDay(ordinal),
                        (Kind::MonthDay(_), _) => Kind::MonthDay(ordinal),
                        (Kind::Weekday(_), Word::Number(_)) => Kind::MonthDay(ordinal),
                        (Kind::Weekday(_), _) => return Err(error(range, "this names no day".to_owned())),
                    };
                    items.push(Item { kind, month, part, range });
                }
                items.push(Item { kind, month, part, range });
            }
        }
    }
    for (word, ordinal, range) in waiting {
        let Word::Number(_) = word else {
            return Err(error(range.clone(), format!("`{}` of what?", text.get(range).unwrap_or(text))));
        };
        items.push(Item { kind: Kind::MonthDay(ordinal), month: None, part, range });
    }
    for item in &items {
        let (low, high) = match item.kind {
            Kind::MonthDay(n) => (n, 31),
            Kind::Nth(n, _) => (n, 5),
            Kind::NthWorkingDay(n) => (n, 23),
            Kind::Weekday(_) => (1, 1),
        };
        if low == 0 || low.abs() > high {
            return Err(error(item.range.clone(), "no month has that day".to_owned()));
        }
    }
    if items.is_empty() {
        return Err(error(0..text.len(), "`on` is empty".to_owned()));
    }
    Ok(items)
}

enum Shape {
    Whole(Kind, Option<u8>),
    /// A number or ordinal whose noun may follow after `and`.
    Waiting(Word, i16),
}

fn read_item(words: &[Word]) -> Option<Shape> {
    // A month stands first ("may 1") or last ("first monday of may").
    let (month, words) = match words {
        [Word::Month(month), rest @ ..] | [rest @ .., Word::Month(month)] => (Some(*month), rest),
        _ => (None, words),
    };
    let (ordinal, noun) = match words {
        // "second last friday" is counted from the end.
        [Word::Ordinal(n) | Word::Number(n), Word::Ordinal(-1), rest @ ..] if *n > 0 => (Some(-n), rest),
        [Word::Ordinal(n) | Word::Number(n), rest @ ..] => (Some(*n), rest),
        _ => (None, words),
    };
    let kind = match (ordinal, noun) {
        (None, [Word::Weekday(weekday)]) => Kind::Weekday(*weekday),
        (None, [Word::Day, Word::Number(n)]) => Kind::MonthDay(*n),
        (Some(n), [Word::Weekday(weekday)]) => Kind::Nth(n, *weekday),
        (Some(n), [Word::Day]) => Kind::MonthDay(n),
        (Some(n), [Word::WorkingDay] | [Word::WorkingDay, Word::Day]) => Kind::NthWorkingDay(n),
        (Some(n), []) if month.is_some() && n > 0 => Kind::MonthDay(n),
        (Some(n), []) => return Some(Shape::Waiting(*words.first()?, n)),
        _ => return None,
    };
    Some(Shape::Whole(kind, month))
}

fn combine(every: Every, items: &[Item]) -> Result<Repeat, RuleError> {
    let mut rule = Repeat::new(match every.unit {
        Unit::Day => Frequency::Daily,
        Unit::Named(_) | Unit::Week => Frequency::Weekly,
        Unit::Month => Frequency::Monthly,
        Unit::Year => Frequency::Yearly,
    });
    rule.interval = every.interval;
    let error = |item: &Item, message: &str, help: &str| RuleError {
        part: item.part,
        range: item.range.clone(),
        message: message.to_owned(),
        help: help.to_owned(),
    };
    if let Unit::Named(weekdays) = every.unit {
        let week = Weekday::Monday.cycle_forward().take(7);
        let named = week.filter(|weekday| weekdays >> weekday.to_monday_zero_offset() & 1 == 1);
        rule.days = named.map(|weekday| DayRule { ordinal: None, weekday }).collect();
    }
    let Some(first) = items.first() else { return Ok(rule) };
    for item in items {
        match (every.unit, item.kind, item.month) {
            (Unit::Day | Unit::Named(_), ..) => {
                return Err(error(item, "a daily rule needs no `on`", "remove `on`, or write every = \"week\""));
            }
            (Unit::Week, Kind::Weekday(weekday), None) => rule.days.push(DayRule { ordinal: None, weekday }),
            (Unit::Week, Kind::Nth(..), None) => {
                return Err(error(item, "a week has each weekday once", "write every = \"month\" for this"));
            }
            (Unit::Week, ..) => return Err(error(item, "this is not a day of the week", WEEK_HELP)),
            (Unit::Month | Unit::Year, Kind::Weekday(_), _) => {
                return Err(error(item, "which of these weekdays? A month has several", MONTH_HELP));
            }
            (Unit::Month, _, Some(_)) => {
                return Err(error(item, "a monthly rule names no month", "write every = \"year\" for this"));
            }
            (Unit::Year, _, None) => return Err(error(item, "in which month?", YEAR_HELP)),
            (Unit::Month | Unit::Year, kind, month) => {
                if std::mem::discriminant(&kind) != std::mem::discriminant(&first.kind) {
                    return Err(error(
                        item,
                        "this cannot go with the others in one rule",
                        "use the same form for all, or write two events",
                    ));
                }
                rule.months.extend(month);
                match kind {
                    Kind::Nth(ordinal, weekday) => rule.days.push(DayRule { ordinal: Some(ordinal), weekday }),
                    Kind::MonthDay(day) => rule.month_days.push(day),
                    Kind::NthWorkingDay(position) => rule.positions.push(position),
                    Kind::Weekday(_) => {}
                }
            }
        }
    }
    if !rule.positions.is_empty() {
        let week = Weekday::Monday.cycle_forward().take(5);
        rule.days = week.map(|weekday| DayRule { ordinal: None, weekday }).collect();
    }
    if every.unit == Unit::Year && !is_product(items) {
        let message = "one rule cannot name different days in different months";
        return Err(error(first, message, "write one event for each of the dates"));
    }
    Ok(rule)
}

/// A rule multiplies its months with its days, so the dates must be every month with every day.
fn is_product(items: &[Item]) -> bool {
    items.iter().all(|month| {
        items.iter().all(|day| items.iter().any(|item| item.month == month.month && item.kind == day.kind))
    })
}
