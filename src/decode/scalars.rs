use super::{Context, Decode, Field, Node, Shape, Value, cell};
use crate::diagnostic::codes;
use crate::source::Span;

/// Reports a value of the wrong type; `fields` are the keys of the table that it should be.
pub(super) fn wrong_type(node: &Node<'_>, expected: &str, fields: Option<&[Field]>, cx: &mut Context<'_>) {
    if let Value::Cell(text) = &node.value {
        return cell::mistake(text, node.span, expected, fields, cx);
    }
    let found = node.value.described();
    let help = match (&node.value, expected, fields) {
        (_, expected, Some(fields)) => {
            let braces = braces(fields);
            let whole = if expected.starts_with("a list") { format!("[{braces}]") } else { braces };
            let equals =
                if cx.key.is_empty() || cx.key.starts_with('[') { String::new() } else { format!("{} = ", cx.key) };
            Some(format!("it takes several values in braces: {equals}{whole}"))
        }
        (Value::Integer(number), "text", _) => Some(format!("put it in quotation marks: \"{number}\"")),
        (Value::Bool(truth), "text", _) => Some(format!("put it in quotation marks: \"{truth}\"")),
        (Value::Float(_) | Value::Datetime(_), "text", _) => Some("put it in quotation marks".to_owned()),
        (Value::String(text), "true or false", _) => Some(match truth(text) {
            Some(truth) => format!("write {truth}, without quotation marks"),
            None => "write true or false, without quotation marks".to_owned(),
        }),
        (Value::String(text), "a whole number" | "a number", _) if text.trim().parse::<f64>().is_ok() => {
            Some(format!("write {} without quotation marks", text.trim()))
        }
        (Value::String(text), expected, _) if expected.starts_with("a list") => {
            let items: Vec<String> =
                text.split(',').map(|item| format!("\"{}\"", item.trim())).filter(|item| item != "\"\"").collect();
            Some(format!("put it in square brackets: [{}]", items.join(", ")))
        }
        _ => None,
    };
    let problem = cx.report(&codes::WRONG_TYPE, node.span, format!("expected {expected}, found {found}"));
    problem.label = format!("this is {found}");
    problem.help = help;
}

/// What a word for yes or no means.
pub(super) fn truth(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" => Some(true),
        "false" | "no" | "n" | "off" => Some(false),
        _ => None,
    }
}

/// A table as an author would write it: its required keys, or the first two.
fn braces(fields: &[Field]) -> String {
    let required: Vec<&Field> = fields.iter().filter(|field| field.shape == Shape::Required).collect();
    let shown = if required.is_empty() { fields.iter().take(2).collect() } else { required };
    let pairs: Vec<String> = shown.iter().map(|field| format!("{} = {}", field.name, placeholder(field))).collect();
    format!("{{ {} }}", pairs.join(", "))
}

fn placeholder(field: &Field) -> &'static str {
    match field.expects {
        "true or false" => "true",
        "a whole number" => "1",
        "a number" => "1.5",
        expects if expects.starts_with("a date") => "2026-12-01",
        expects if field.shape == Shape::List || expects.starts_with("a list") => "[\"…\"]",
        _ => "\"…\"",
    }
}

impl Decode for String {
    const EXPECTS: &'static str = "text";
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        match &node.value {
            Value::String(text) | Value::Cell(text) => Some(text.as_ref().to_owned()),
            _ => {
                wrong_type(node, Self::EXPECTS, None, cx);
                None
            }
        }
    }
}

impl Decode for bool {
    const EXPECTS: &'static str = "true or false";
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let read = match &node.value {
            Value::Bool(truth) => Some(*truth),
            Value::Cell(text) => cell::truth(text),
            _ => None,
        };
        match read {
            Some(truth) => Some(truth),
            None => {
                wrong_type(node, Self::EXPECTS, None, cx);
                None
            }
        }
    }
}

impl Decode for i64 {
    const EXPECTS: &'static str = "a whole number";
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let read = match &node.value {
            Value::Integer(number) => Some(*number),
            Value::Cell(text) => cell::whole_number(text),
            _ => None,
        };
        match read {
            Some(number) => Some(number),
            None => {
                wrong_type(node, Self::EXPECTS, None, cx);
                None
            }
        }
    }
}

impl Decode for u32 {
    const EXPECTS: &'static str = "a whole number";
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let number = i64::decode(node, cx)?;
        let result = u32::try_from(number).ok();
        if result.is_none() {
            cx.report(&codes::BAD_VALUE, node.span, format!("{number} is not between 0 and {}", u32::MAX));
        }
        result
    }
}

impl Decode for f64 {
    const EXPECTS: &'static str = "a number";
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let value = match &node.value {
            Value::Cell(text) => cell::number(text).map(Value::Float),
            _ => None,
        };
        match value.as_ref().unwrap_or(&node.value) {
            Value::Float(number) if number.is_finite() => Some(*number),
            Value::Integer(number) => Some(*number as f64),
            Value::Float(number) => {
                let message = format!("`{number}` is no number that can be measured");
                cx.report(&codes::BAD_VALUE, node.span, message).help = Some("write a number such as 53.8".to_owned());
                None
            }
            _ => {
                wrong_type(node, Self::EXPECTS, None, cx);
                None
            }
        }
    }
}

impl<T: Decode> Decode for Vec<T> {
    const EXPECTS: &'static str = "a list";
    const FIELDS: Option<&'static [Field]> = T::FIELDS;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        match &node.value {
            Value::Array(items) => {
                // Tables of a list stand below [[key]].
                let key = T::FIELDS.map(|_| std::mem::take(&mut cx.key));
                let mut decoded = Vec::with_capacity(items.len());
                for item in items {
                    if let Some(key) = &key {
                        cx.key = format!("[{key}]");
                    }
                    decoded.extend(T::decode(item, cx));
                }
                Some(decoded)
            }
            Value::Cell(text) if T::EXPECTS != "a table" => {
                Some(cell::items(text, node.span).iter().filter_map(|item| T::decode(item, cx)).collect())
            }
            _ => {
                // Items that can be written without braces are better shown so.
                let fields = T::FIELDS.filter(|_| T::EXPECTS == "a table");
                wrong_type(node, &format!("a list, each item {}", T::EXPECTS), fields, cx);
                None
            }
        }
    }
}

/// A value that remembers its place, for mistakes found later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct At<T> {
    pub value: T,
    pub span: Span,
}

impl<T: Decode> Decode for At<T> {
    const EXPECTS: &'static str = T::EXPECTS;
    const FIELDS: Option<&'static [Field]> = T::FIELDS;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        T::decode(node, cx).map(|value| Self { value, span: node.span })
    }
}

/// One value or a list of them: `on = "thursday"` or `on = ["tuesday", "thursday"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Decode> Decode for OneOrMany<T> {
    const EXPECTS: &'static str = "one value or a list";
    const FIELDS: Option<&'static [Field]> = T::FIELDS;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        match &node.value {
            Value::Array(_) | Value::Cell(_) => Vec::decode(node, cx).map(Self),
            _ => T::decode(node, cx).map(|value| Self(vec![value])),
        }
    }
}

/// A table whose keys the author chooses, such as menus: entries in their order, each key with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Named<T>(pub Vec<(At<String>, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Named<T> {
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(key, _)| key.value == name).map(|(_, value)| value)
    }
}

impl<T: Decode> Decode for Named<T> {
    const EXPECTS: &'static str = "a table of named entries";
    const FIELDS: Option<&'static [Field]> = T::FIELDS;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let Value::Table(table) = &node.value else {
            wrong_type(node, Self::EXPECTS, None, cx);
            return None;
        };
        let entries = table.entries.iter().filter_map(|(key, node)| {
            let value = T::decode(node, cx)?;
            Some((At { value: key.name.as_ref().to_owned(), span: key.span }, value))
        });
        Some(Self(entries.collect()))
    }
}

/// Any TOML value, kept as it is: for `[extra]` and for settings whose type a theme declares.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Free(pub serde_json::Value);

impl Decode for Free {
    const EXPECTS: &'static str = "any value";
    fn decode(node: &Node<'_>, _: &mut Context<'_>) -> Option<Self> {
        Some(Self(free_value(&node.value)))
    }
}

fn free_value(value: &Value<'_>) -> serde_json::Value {
    use serde_json::Value as Json;
    match value {
        Value::String(text) | Value::Cell(text) => Json::String(text.as_ref().to_owned()),
        Value::Integer(number) => Json::from(*number),
        Value::Float(number) => Json::from(*number),
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Datetime(moment) => Json::String(moment.to_string()),
        Value::Array(items) => Json::Array(items.iter().map(|item| free_value(&item.value)).collect()),
        Value::Table(table) => Json::Object(
            table.entries.iter().map(|(key, node)| (key.name.as_ref().to_owned(), free_value(&node.value))).collect(),
        ),
        Value::Oversized(text) => Json::String(text.clone()),
    }
}
