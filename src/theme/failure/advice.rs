//! The engine's messages in plain words, with what to do.

use super::open_tags;
use crate::diagnostic::did_you_mean;
use crate::source::Span;
use crate::theme::layers::TemplateSource;
use crate::theme::{filters, functions};

/// What the engine says, put for a person who writes templates now and then.
#[derive(Debug, PartialEq, Eq)]
pub struct Advice {
    pub message: String,
    pub help: Option<String>,
    /// Where the mistake is, when that is not where the engine saw it.
    pub span: Option<Span>,
}

/// The engine's own functions and tests, which it cannot list itself.
const ENGINE_FUNCTIONS: [&str; 3] = ["range", "super", "throw"];
const ENGINE_TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// How many of many names are shown.
const SHOWN: usize = 6;

/// Advice on a message of the engine about `span` of a template.
pub fn on(message: &str, place: Option<(&TemplateSource, Span)>, sources: &[TemplateSource]) -> Advice {
    let plain = |message: String, help: Option<String>| Advice { message, help, span: None };
    let named = |start: &str| message.strip_prefix(start)?.split('`').next();
    if let Some(name) = named("Unknown filter `") {
        let known = filters::ALL.iter().map(|spec| spec.name).chain(filters::OF_THE_ENGINE.iter().copied());
        return plain(format!("there is no filter `{name}`"), Some(meant(name, known.collect())));
    }
    if let Some(name) = named("Unknown function `") {
        let known = functions::ALL.iter().map(|spec| spec.name).chain(ENGINE_FUNCTIONS);
        return plain(format!("there is no function `{name}`"), Some(meant(name, known.collect())));
    }
    if let Some(name) = named("Unknown test `") {
        return plain(format!("there is no test `{name}`"), Some(meant(name, ENGINE_TESTS.to_vec())));
    }
    if let Some(name) = named("Unknown component `") {
        let known = sources.iter().flat_map(|source| components(&source.text)).collect();
        return plain(format!("there is no component `{name}`"), Some(meant(name, known)));
    }
    if let Some(name) = named("Unknown template `") {
        return plain(format!("there is no template \"{name}\""), Some(template(name, sources)));
    }
    if let Some(name) = named("Field `") {
        return plain(format!("there is no field `{name}` here"), Some(field(name, message, place)));
    }
    if let Some(name) = named("Variable `").filter(|_| message.contains("is not defined")) {
        let known = message.split_once("Available variables: ").map_or("", |(_, list)| list);
        return plain(format!("there is no variable `{name}` here"), Some(meant(name, known.split(", ").collect())));
    }
    if message.starts_with("Tried to render a variable that is undefined") {
        let written = place.and_then(|(source, span)| source.text.get(span.range())).unwrap_or("").trim();
        let help = (!written.is_empty() && !written.contains('\n')).then(|| guard(written, written));
        return plain("this has no value here".to_owned(), help);
    }
    if let Some(name) = named("Missing keyword argument `") {
        return plain(format!("the argument `{name}` is missing"), None);
    }
    if let Some(types) = message.strip_prefix("Invalid type for the value, expected `") {
        let mut types = types.split('`');
        let (wanted, found) = (types.next().unwrap_or(""), types.nth(1).unwrap_or(""));
        return plain(format!("expected {}, found {}", type_in_words(wanted), type_in_words(found)), None);
    }
    if message.starts_with("Unexpected end of input")
        && let Some((source, _)) = place
        && let Some(open) = open_tags::innermost(&source.text)
    {
        let message = format!("`{}` is not closed", open.text);
        return Advice { message, help: Some(open.help), span: Some(open.span) };
    }
    // Functions and filters of Handbill's own join what they say with what was meant.
    match message.split_once("; did you mean") {
        Some((message, meant)) => plain(message.to_owned(), Some(format!("did you mean{meant}"))),
        None => plain(message.to_owned(), None),
    }
}

/// What was probably meant by the name of a template.
pub fn template(name: &str, sources: &[TemplateSource]) -> String {
    let mut known: Vec<&str> = sources.iter().map(TemplateSource::asked_name).collect();
    known.sort_unstable();
    known.dedup();
    meant(name, known)
}

fn meant(name: &str, known: Vec<&str>) -> String {
    match did_you_mean(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            let more = known.len() > SHOWN;
            let list = nearest(name, known).iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            if more { format!("the nearest are {list}") } else { format!("there are {list}") }
        }
    }
}

/// The names most like the one written, A to Z.
fn nearest<'n>(name: &str, mut known: Vec<&'n str>) -> Vec<&'n str> {
    known.sort_by_key(|known| (strsim::damerau_levenshtein(name, known), *known));
    known.dedup();
    known.truncate(SHOWN);
    known.sort_unstable();
    known
}

fn field(name: &str, message: &str, place: Option<(&TemplateSource, Span)>) -> String {
    let known: Vec<&str> =
        message.split_once("Available fields: ").map(|(_, list)| list.split(", ").collect()).unwrap_or_default();
    if let Some(meant) = did_you_mean(name, known.iter().copied()) {
        return format!("did you mean `{meant}`?");
    }
    let guard =
        place.and_then(|(source, span)| expression(&source.text, span, name)).map(|(path, whole)| guard(path, whole));
    let list = nearest(name, known).iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match guard {
        Some(guard) if list.is_empty() => guard,
        Some(guard) => format!("{guard}; fields that are here: {list}"),
        None if list.is_empty() => "ask first whether it is there, with {% if … %}".to_owned(),
        None => format!("fields that are here: {list}"),
    }
}

/// The path up to the field at `span`, and the whole of it: `page.image` and `page.image.src`.
fn expression<'t>(text: &'t str, span: Span, field: &str) -> Option<(&'t str, &'t str)> {
    let of_path = |c: char| c.is_alphanumeric() || ['_', '.', '?'].contains(&c);
    let found = text.get(span.range())?.find(field)? + span.start as usize;
    let end = found + field.len();
    let start =
        text.get(..found)?.char_indices().rev().take_while(|(_, c)| of_path(*c)).last().map_or(found, |(at, _)| at);
    let rest = text.get(end..)?;
    let whole = end + rest.find(|c| !of_path(c)).unwrap_or(rest.len());
    Some((text.get(start..end)?, text.get(start..whole)?))
}

fn guard(path: &str, whole: &str) -> String {
    format!("where it can be missing, guard it: {{% if {path} %}}{{{{ {whole} }}}}{{% endif %}}")
}

/// The names of the components that a template declares.
fn components(text: &str) -> impl Iterator<Item = &str> {
    text.split("{%").filter_map(|tag| {
        let name = tag.trim_start_matches('-').trim_start().strip_prefix("component ")?.trim_start();
        name.split(|c: char| !(c.is_alphanumeric() || c == '_')).next()
    })
}

fn type_in_words(name: &str) -> &str {
    match name {
        "string" | "&str" | "String" | "str" => "text",
        "bool" => "true or false",
        "f32" | "f64" | "Number" | "number" => "a number",
        "array" | "Vec<Value>" => "a list",
        "map" | "Map" => "a table",
        "none" | "undefined" => "nothing",
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => {
            "a whole number"
        }
        other => other,
    }
}

/// What a template's author would call a value.
pub fn called(value: &tera::Value) -> &'static str {
    match type_in_words(value.name()) {
        "text" => "text",
        "true or false" => "true or false",
        "a whole number" => "a whole number",
        "a number" => "a number",
        "a list" => "a list",
        "a table" => "a table",
        _ => "nothing",
    }
}
