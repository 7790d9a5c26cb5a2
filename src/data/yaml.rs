//! YAML 1.2 (core schema) as plain values.

use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle};
use serde_json::{Map, Number, Value as Json};
use std::collections::HashMap;

/// Deeper nesting is no data.
const DEEPEST: usize = 100;

/// When references repeat more values than these, a file is not data but an attack.
const MOST_REPEATED: usize = 200_000;

/// Reads a file's one document. `text` stands at byte `start` of the file.
pub fn read(text: &str, start: usize, file: &FileRef, mistakes: &mut Vec<Diagnostic>) -> Option<Json> {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let result = match event {
            Ok((event, span)) => builder.take(event, span.start, span.end),
            Err(error) => Err(Mistake {
                message: format!("this YAML cannot be read: {}", error.info()),
                help: "values of one level begin in the same column, below one another, with spaces, never tabs; text with `: ` or `#` in it needs quotation marks",
                at: *error.marker(),
                end: *error.marker(),
            }),
        };
        if let Err(mistake) = result {
            let places = Places { text, start };
            mistakes.push(
                Diagnostic::new(&codes::DATA_MISTAKE, mistake.message)
                    .at(file, places.span(mistake.at, mistake.end))
                    .help(mistake.help),
            );
            return None;
        }
    }
    // An empty file is an empty table.
    Some(builder.done.unwrap_or_else(|| Json::Object(Map::new())))
}

struct Mistake {
    message: String,
    help: &'static str,
    at: Marker,
    end: Marker,
}

/// Finds bytes by the parser's markers, which count characters.
struct Places<'t> {
    text: &'t str,
    start: usize,
}

impl Places<'_> {
    fn span(&self, from: Marker, to: Marker) -> Span {
        let last = self.text.trim_end().len();
        let byte = |marker: Marker| {
            self.text.char_indices().nth(marker.index()).map_or(self.text.len(), |(at, _)| at).min(last)
        };
        let (from, to) = (byte(from), byte(to));
        Span::new(self.start + from, self.start + to.max(from))
    }
}

/// A list or a table that is not closed yet.
enum Open {
    List(Vec<Json>),
    Table(OpenTable),
}

#[derive(Default)]
struct OpenTable {
    own: Map<String, Json>,
    /// Keys that `<<` lays below its own.
    below: Map<String, Json>,
    key: Key,
}

/// The key of a table whose value comes next.
#[derive(Default)]
enum Key {
    #[default]
    None,
    Named(String),
    /// `<<`: what follows is laid below the table.
    Merge,
}

#[derive(Default)]
struct Builder {
    /// Each with the number of its anchor.
    open: Vec<(Open, usize)>,
    anchors: HashMap<usize, (Json, usize)>,
    repeated: usize,
    documents: usize,
    done: Option<Json>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, at: Marker, end: Marker) -> Result<(), Mistake> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(mistake(
                        "this file holds more than one document",
                        "keep one; `---` may stand only at the top",
                        at,
                        end,
                    ));
                }
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.as_ref().is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let value = if style == ScalarStyle::Plain && !is_text && !self.awaits_key() {
                    plain(&text)
                } else {
                    Json::String(text.into_owned())
                };
                let is_merge = style == ScalarStyle::Plain && value.as_str() == Some("<<");
                self.add(value, is_merge, anchor, 0, at, end)
            }
            Event::Alias(anchor) => {
                let found = self.anchors.get(&anchor).cloned();
                let (value, size) = found.ok_or_else(|| {
                    mistake("this refers to a value that contains it", "write the value out", at, end)
                })?;
                self.add(value, false, 0, size, at, end)
            }
            Event::SequenceStart(anchor, _) => self.begin(Open::List(Vec::new()), anchor, at, end),
            Event::MappingStart(anchor, _) => self.begin(Open::Table(OpenTable::default()), anchor, at, end),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some((Open::List(items), anchor)) => self.add(Json::Array(items), false, anchor, 0, at, end),
                Some((Open::Table(OpenTable { mut own, below, .. }), anchor)) => {
                    merge(&mut own, Json::Object(below));
                    self.add(Json::Object(own), false, anchor, 0, at, end)
                }
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn begin(&mut self, open: Open, anchor: usize, at: Marker, end: Marker) -> Result<(), Mistake> {
        if self.awaits_key() {
            return Err(mistake(
                "a key is a text, not a list or a table",
                "write the key as one word, followed by a colon",
                at,
                end,
            ));
        }
        if self.open.len() >= DEEPEST {
            return Err(mistake("these values are nested too deeply", "a data file has a few levels", at, end));
        }
        self.open.push((open, anchor));
        Ok(())
    }

    /// Whether the next value is a key.
    fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some((Open::Table(OpenTable { key: Key::None, .. }), _)))
    }

    /// Puts a value where it belongs. `size` is how many values a reference repeats.
    fn add(
        &mut self,
        value: Json,
        is_merge: bool,
        anchor: usize,
        size: usize,
        at: Marker,
        end: Marker,
    ) -> Result<(), Mistake> {
        self.repeated += size;
        if self.repeated > MOST_REPEATED {
            return Err(mistake("references (*name) repeat too many values here", "write out what is needed", at, end));
        }
        if anchor > 0 {
            let size = count(&value);
            self.anchors.insert(anchor, (value.clone(), size));
        }
        match self.open.last_mut() {
            None => self.done = Some(value),
            Some((Open::List(items), _)) => items.push(value),
            Some((Open::Table(OpenTable { own, below, key }), _)) => match std::mem::take(key) {
                Key::None if is_merge => *key = Key::Merge,
                Key::None => {
                    let name = match value {
                        Json::String(name) => name,
                        Json::Array(_) | Json::Object(_) => {
                            return Err(mistake(
                                "a key is a text, not a list or a table",
                                "write the key as one word",
                                at,
                                end,
                            ));
                        }
                        other => other.to_string(),
                    };
                    if own.contains_key(&name) {
                        let message = format!("the key \"{name}\" stands twice in this table");
                        return Err(Mistake { message, help: "remove or rename one of the two", at, end });
                    }
                    *key = Key::Named(name);
                }
                Key::Named(name) => _ = own.insert(name, value),
                Key::Merge => merge(below, value),
            },
        }
        Ok(())
    }
}

fn mistake(message: &str, help: &'static str, at: Marker, end: Marker) -> Mistake {
    Mistake { message: message.to_owned(), help, at, end }
}

/// Lays the keys of a table, or of a list of tables, below those that are there.
fn merge(table: &mut Map<String, Json>, below: Json) {
    match below {
        Json::Object(entries) => {
            for (key, value) in entries {
                table.entry(key).or_insert(value);
            }
        }
        Json::Array(items) => items.into_iter().for_each(|item| merge(table, item)),
        _ => {}
    }
}

/// How many values a value holds, itself among them.
fn count(value: &Json) -> usize {
    match value {
        Json::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        Json::Object(entries) => 1 + entries.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

/// A plain scalar by the core schema (YAML 1.2.2, section 10.3.2).
fn plain(text: &str) -> Json {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Json::Null,
        "true" | "True" | "TRUE" => return Json::Bool(true),
        "false" | "False" | "FALSE" => return Json::Bool(false),
        _ => {}
    }
    let radix = |digits: &str, radix| i64::from_str_radix(digits, radix).ok();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let whole = match (text.strip_prefix("0x"), text.strip_prefix("0o")) {
        (Some(digits), _) => radix(digits, 16),
        (_, Some(digits)) => radix(digits, 8),
        _ if is_whole => text.trim_start_matches('+').parse().ok(),
        _ => None,
    };
    if let Some(whole) = whole {
        return Json::from(whole);
    }
    let is_float = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    let float = if is_float { text.parse().ok().and_then(Number::from_f64) } else { None };
    float.map_or_else(|| Json::String(text.to_owned()), Json::Number)
}
