//! What the cells of a spreadsheet's table mean, by what is wanted of them.

use super::guess::Guess;
use super::{Context, Field, Moment, Node, Shape, Value, choice};
use crate::diagnostic::codes;
use crate::source::Span;
use std::borrow::Cow;

choice! {
    /// What stands first in dates such as 3/4/2027.
    pub enum DateOrder {
        Unclear "unclear",
        DayFirst "day first",
        MonthFirst "month first",
    }
}

/// Yes or no, as spreadsheets and their people write them in their own languages.
pub fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "1" | "x" | "✓" | "✔" | "☑" | "ja" | "j" | "oui" | "vrai" | "sí" | "si"
        | "sì" | "vero" | "verdadero" | "verdadeiro" | "sim" | "tak" | "prawda" | "ie" | "wahr" | "waar" => Some(true),
        "false" | "no" | "n" | "off" | "0" | "-" | "–" | "☐" | "nein" | "non" | "faux" | "nee" | "não" | "falso"
        | "nie" | "fałsz" | "na" | "falsch" | "onwaar" => Some(false),
        _ => None,
    }
}

/// A whole number; spreadsheets write `12.0` for some.
pub fn whole_number(text: &str) -> Option<i64> {
    let text = text.trim();
    let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    (!rest.is_empty() && rest.len() != 3 && rest.bytes().all(|byte| byte == b'0')).then(|| whole.parse().ok())?
}

/// A number, with a point or a comma before its fraction.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('°').replace('\u{2212}', "-");
    let plain = |c: char| c.is_ascii_digit() || "+-.".contains(c);
    let text = if text.matches(',').count() == 1 && !text.contains('.') { text.replace(',', ".") } else { text };
    text.chars().all(plain).then(|| text.parse().ok())?
}

/// The items of a list in one cell: between semicolons, bars or line ends where there are any, else between commas.
pub fn items<'c>(text: &'c str, span: Span) -> Vec<Node<'c>> {
    let strong = |c: char| matches!(c, ';' | '|' | '\n' | '\r');
    let has_strong = text.contains(strong);
    let is_as_written = text.len() == span.range().len();
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split(|c: char| if has_strong { strong(c) } else { c == ',' }) {
        let start = at + (piece.len() - piece.trim_start().len());
        at += piece.len() + 1;
        let item = piece.trim();
        if item.is_empty() {
            continue;
        }
        let place = Span::new(start, start + item.len()).shifted(span.start);
        let span = if is_as_written { place } else { span };
        found.push(Node { span, value: Value::Cell(Cow::Borrowed(item)) });
    }
    found
}

/// A date, with or without a time, as people write them in spreadsheets: where its parts can mean but one.
pub fn moment(text: &str, span: Span, cx: &mut Context<'_>) -> Option<Moment> {
    if let Some(moment) = Moment::parse(text) {
        return Some(moment);
    }
    let guess = Guess::read(text);
    let order = cx.cells.unwrap_or_default();
    let date = match (guess.date.flatten(), guess.month_first, order) {
        (Some(_), Some(month_first), DateOrder::MonthFirst) => Some(month_first),
        (Some(day_first), Some(month_first), DateOrder::Unclear) if is_unclear(text) => {
            let message = format!("\"{text}\" can be read as {day_first} or as {month_first}");
            cx.report(&codes::TABLE_CELL, span, message).help = Some(format!(
                "write the year first, {day_first}, or say for the whole table which is meant: in `tables`, dates = \"day first\" or dates = \"month first\""
            ));
            return None;
        }
        (date, ..) => date.filter(|_| !has_short_year(text)),
    };
    match (date, guess.time) {
        (Some(date), None) => Some(Moment::Date(date)),
        (Some(date), Some(Some(time))) => Some(Moment::DateTime(date.to_datetime(time))),
        _ => {
            let (message, help) = if is_day_number(text) {
                (
                    format!("\"{text}\" is no date, but a spreadsheet's number of a day"),
                    "give the cells of this column the format \"date\" in the spreadsheet, and save the table again"
                        .to_owned(),
                )
            } else {
                super::moment::mistake(text)
            };
            cx.report(&codes::BAD_VALUE, span, message).help = Some(help);
            None
        }
    }
}

/// Whether a text tells a day, in whatever way.
pub fn is_date(text: &str) -> bool {
    Moment::parse(text).is_some() || matches!(Guess::read(text).date, Some(Some(_)))
}

/// Whether day and month could be exchanged. Between points the day stands first in every language.
fn is_unclear(text: &str) -> bool {
    text.contains(['/', '-'])
}

/// Whether the year has two digits only, as in 14/03/27.
fn has_short_year(text: &str) -> bool {
    let date = text.split_whitespace().find(|word| word.matches(['/', '-', '.']).count() == 2);
    date.and_then(|date| date.rsplit(['/', '-', '.']).next()).is_some_and(|year| year.len() == 2)
        && date.is_none_or(|date| date.find(['/', '-', '.']) != Some(4))
}

/// Days since 1900, as spreadsheets keep dates.
fn is_day_number(text: &str) -> bool {
    text.split_once(['.', ','])
        .map_or(text, |(whole, _)| whole)
        .parse()
        .is_ok_and(|days: u32| (20_000..80_000).contains(&days))
}

/// Reports a cell that cannot be what is expected of it.
pub fn mistake(text: &str, span: Span, expected: &str, fields: Option<&[Field]>, cx: &mut Context<'_>) {
    let (message, help) = match (fields, expected) {
        (Some(fields), _) => {
            let named = cx.column(&cx.key);
            let required: Vec<&Field> = fields.iter().filter(|field| field.shape == Shape::Required).collect();
            let shown: Vec<&Field> = if required.is_empty() { fields.iter().take(2).collect() } else { required };
            let number = if expected.starts_with("a list") { "1." } else { "" };
            let columns: Vec<String> = shown.iter().map(|field| format!("{named}.{number}{}", field.name)).collect();
            (
                format!("`{named}` has several values, which do not go into one cell"),
                format!("give each a column of its own: {}", columns.join(", ")),
            )
        }
        (_, "true or false") => (format!("\"{text}\" is neither yes nor no"), "write yes or no".to_owned()),
        (_, "a whole number") => {
            (format!("\"{text}\" is not a whole number"), "write digits only, such as 1200".to_owned())
        }
        (_, "a number" | "a number of degrees") => {
            (format!("\"{text}\" is not a number"), "write digits with one point or comma, such as 53.8".to_owned())
        }
        _ => (format!("\"{text}\" cannot be read: expected {expected}"), String::new()),
    };
    cx.report(&codes::TABLE_CELL, span, message).help = Some(help).filter(|help| !help.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Decode;
    use crate::source::FileRef;

    /// The moment, or the mistake.
    fn date(text: &str, order: DateOrder) -> String {
        let file: FileRef = "a.csv".into();
        let mut diagnostics = Vec::new();
        let mut cx = Context::new(&file, &mut diagnostics);
        cx.set_cells(order);
        let node = Node { span: Span::default(), value: Value::Cell(Cow::Borrowed(text)) };
        match Moment::decode(&node, &mut cx) {
            Some(Moment::Date(date)) => date.to_string(),
            Some(Moment::DateTime(at)) => at.to_string(),
            Some(Moment::Instant(at)) => at.to_string(),
            None => diagnostics[0].message.clone(),
        }
    }

    #[test]
    fn dates_are_read_where_they_can_mean_but_one() {
        let cases = [
            ("2027-04-03", "2027-04-03"),
            ("2027-04-03 19:30", "2027-04-03T19:30:00"),
            ("14/03/2027", "2027-03-14"),
            ("3/14/2027 7:30 PM", "2027-03-14T19:30:00"),
            ("03.04.2027", "2027-04-03"),
            ("3 April 2027", "2027-04-03"),
            ("Thursday, 3 April 2027, 19:30", "2027-04-03T19:30:00"),
            ("April 3, 2027", "2027-04-03"),
            ("05/05/2027", "2027-05-05"),
            ("2027/04/03", "2027-04-03"),
            ("03/04/2027", "\"03/04/2027\" can be read as 2027-04-03 or as 2027-03-04"),
            ("3-4-2027", "\"3-4-2027\" can be read as 2027-04-03 or as 2027-03-04"),
            ("46115", "\"46115\" is no date, but a spreadsheet's number of a day"),
            ("30/02/2027", "\"30/02/2027\" is not a date that exists"),
        ];
        for (text, expected) in cases {
            assert_eq!(date(text, DateOrder::Unclear), expected, "{text}");
        }
        assert_eq!(date("03/04/2027", DateOrder::DayFirst), "2027-04-03");
        assert_eq!(date("03/04/2027", DateOrder::MonthFirst), "2027-03-04");
        assert_eq!(date("14/03/2027", DateOrder::MonthFirst), "2027-03-14");
        assert!(date("14/03/27", DateOrder::Unclear).contains("14/03/27"));
    }

    #[test]
    fn numbers_have_a_point_or_a_comma() {
        let numbers = ["53.8", "53,8", "-1.55", "\u{2212}1,55", "7", "1.234,5", "five", "", "inf", "1e3"].map(number);
        let expected = [Some(53.8), Some(53.8), Some(-1.55), Some(-1.55), Some(7.0), None, None, None, None, None];
        assert_eq!(numbers, expected);
        let whole = ["12", "12.0", "12,00", "-3", "1,200", "1.200", "1.000", "1.5", "twelve", ""].map(whole_number);
        assert_eq!(whole, [Some(12), Some(12), Some(12), Some(-3), None, None, None, None, None, None]);
    }

    #[test]
    fn lists_are_parted_at_commas_unless_there_is_something_stronger() {
        let list = |text: &str| {
            let found = items(text, Span::new(10, 10 + text.len()));
            found
                .iter()
                .map(|item| format!("{}@{}", item.value.text().unwrap_or(""), item.span.start))
                .collect::<Vec<_>>()
        };
        assert_eq!(list("a, b,,c"), ["a@10", "b@13", "c@16"]);
        assert_eq!(list("a, b; c"), ["a, b@10", "c@16"]);
        assert_eq!(list("Leeds, West Yorkshire;"), ["Leeds, West Yorkshire@10"]);
        assert_eq!(list("a\r\nb"), ["a@10", "b@13"]);
        assert_eq!(list(" ; "), [""; 0]);
    }
}
