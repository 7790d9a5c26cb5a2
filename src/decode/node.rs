use super::{Context, syntax};
use crate::diagnostic::codes;
use crate::source::Span;
use std::borrow::Cow;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// A TOML value with its place.
#[derive(Debug, Clone)]
pub struct Node<'i> {
    pub span: Span,
    pub value: Value<'i>,
}

#[derive(Debug, Clone)]
pub enum Value<'i> {
    String(Cow<'i, str>),
    Integer(i64),
    Float(f64),
    Bool(bool),
    Datetime(Datetime),
    Array(Vec<Node<'i>>),
    Table(Table<'i>),
    /// A cell of a spreadsheet's table: text that is read as whatever is wanted.
    Cell(Cow<'i, str>),
    /// A number that no type here holds; its text.
    Oversized(String),
}

#[derive(Debug, Clone)]
pub struct Key<'i> {
    pub name: Cow<'i, str>,
    pub span: Span,
}

/// A table's entries, in the order of their places.
#[derive(Debug, Clone, Default)]
pub struct Table<'i> {
    pub entries: Vec<(Key<'i>, Node<'i>)>,
}

impl<'i> Table<'i> {
    pub fn get(&self, name: &str) -> Option<&Node<'i>> {
        self.entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// Lays `over` on this table: tables merge key by key, anything else is replaced.
    pub fn overlay(&mut self, over: Table<'i>) {
        for (key, node) in over.entries {
            match self.entries.iter_mut().find(|(present, _)| present.name == key.name) {
                Some((_, Node { value: Value::Table(below), .. })) if matches!(node.value, Value::Table(_)) => {
                    if let Value::Table(above) = node.value {
                        below.overlay(above);
                    }
                }
                Some(place) => *place = (key, node),
                None => self.entries.push((key, node)),
            }
        }
    }
}

impl Value<'_> {
    /// The text, of a text or a cell.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::String(text) | Self::Cell(text) => Some(text),
            _ => None,
        }
    }

    /// What an author would call this value.
    pub fn described(&self) -> &'static str {
        match self {
            Self::String(_) | Self::Cell(_) => "text",
            Self::Integer(_) => "a whole number",
            Self::Float(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::Datetime(_) => "a date or time",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Oversized(_) => "a number that is too large",
        }
    }
}

/// Parses TOML that stands at byte `offset` of its file. Syntax mistakes are reported, all that can be found; what could
/// be read is returned.
pub fn parse<'i>(text: &'i str, offset: u32, cx: &mut Context<'_>) -> Table<'i> {
    let (table, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    for error in &errors {
        let span = error.span().map(Span::from).unwrap_or_default();
        // A mistake at the very end is shown on the last character, so that it has a line to stand on.
        let end = text.trim_end().len() as u32;
        let span = Span { start: span.start.min(end), end: span.end.min(end).max(span.start.min(end)) };
        let mistake = syntax::explain(error.message(), text, span);
        cx.report(&codes::TOML_SYNTAX, mistake.span.shifted(offset), mistake.message).help = Some(mistake.help);
        // What follows from it on the same lines is not reported again.
        cx.give_up(mistake.lines.shifted(offset));
    }
    convert_table(table.into_inner(), offset)
}

fn convert_table(table: DeTable<'_>, offset: u32) -> Table<'_> {
    let mut entries: Vec<_> = table
        .into_iter()
        .map(|(key, value)| {
            let span = Span::from(key.span()).shifted(offset);
            (Key { name: key.into_inner(), span }, convert(value, offset))
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span);
    Table { entries }
}

fn convert(value: Spanned<DeValue<'_>>, offset: u32) -> Node<'_> {
    let span = Span::from(value.span()).shifted(offset);
    let value = match value.into_inner() {
        DeValue::String(text) => Value::String(text),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Oversized(number.as_str().to_owned()),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(number) => Value::Float(number),
            Err(_) => Value::Oversized(number.as_str().to_owned()),
        },
        DeValue::Boolean(truth) => Value::Bool(truth),
        DeValue::Datetime(moment) => Value::Datetime(moment),
        DeValue::Array(items) => Value::Array(items.into_iter().map(|item| convert(item, offset)).collect()),
        DeValue::Table(table) => Value::Table(convert_table(table, offset)),
    };
    Node { span, value }
}
