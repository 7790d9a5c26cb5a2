//! Data files: TOML, JSON, YAML and CSV as values for templates, every mistake with its place.

mod names;
mod rows;
mod yaml;

pub use names::{Asked, FOLDER, Names, NotThere};

use crate::decode::{Context, Decode, Free, Node, Value, looks_like_utf16, not_utf8};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};
use crate::spreadsheet;
use serde_json::Value as Json;

/// The largest data file, in bytes.
const MOST_BYTES: usize = 64 << 20;

/// How a data file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Toml,
    Json,
    Yaml,
    /// Comma-separated values, with or without a first row that names the columns.
    Csv {
        headings: bool,
    },
    /// The text as it is.
    Text,
}

impl Format {
    /// Of a file's ending or of an author's word for a format.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Some(match ending.to_lowercase().as_str() {
            "toml" => Self::Toml,
            "json" => Self::Json,
            "yaml" | "yml" => Self::Yaml,
            "csv" | "tsv" => Self::Csv { headings: true },
            "txt" | "md" | "text" => Self::Text,
            _ => return None,
        })
    }
}

/// The value of a file.
///
/// # Errors
/// Everything that is wrong in it.
pub fn parse(file: &FileRef, bytes: &[u8], format: Format) -> Result<Json, Vec<Diagnostic>> {
    let mut mistakes = Vec::new();
    let value = read(file, bytes, format, &mut mistakes);
    for mistake in &mut mistakes {
        // Whatever is wrong with it, what its editor needs to know is told in one place of the manual.
        mistake.code = &codes::DATA_MISTAKE;
    }
    match value {
        Some(value) if mistakes.is_empty() => Ok(value),
        _ => Err(mistakes),
    }
}

fn read(file: &FileRef, bytes: &[u8], format: Format, mistakes: &mut Vec<Diagnostic>) -> Option<Json> {
    if bytes.len() > MOST_BYTES {
        let message = format!("this file is larger than {} MB", MOST_BYTES >> 20);
        mistakes.push(Diagnostic::new(&codes::DATA_MISTAKE, message).in_file(file).help("part it into several files"));
        return None;
    }
    if let Format::Csv { headings } = format {
        let text = spreadsheet::text(file, bytes, mistakes)?;
        return Some(rows::read(text, file, headings, mistakes));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if !looks_like_utf16(bytes) => text,
        _ => {
            mistakes.push(not_utf8(file, bytes));
            return None;
        }
    };
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let rest = text.get(start..).unwrap_or_default();
    match format {
        Format::Toml => {
            let mut cx = Context::new(file, mistakes);
            let table = crate::decode::parse(rest, start as u32, &mut cx);
            Free::decode(&Node { span: Span::default(), value: Value::Table(table) }, &mut cx).map(|free| free.0)
        }
        Format::Json => json(rest, start, file, mistakes),
        Format::Yaml => yaml::read(rest, start, file, mistakes),
        _ => Some(Json::String(rest.to_owned())),
    }
}

fn json(text: &str, start: usize, file: &FileRef, mistakes: &mut Vec<Diagnostic>) -> Option<Json> {
    if text.trim().is_empty() {
        mistakes.push(
            Diagnostic::new(&codes::DATA_MISTAKE, "this file is empty")
                .in_file(file)
                .help("write at least {} or [] into it, or delete it"),
        );
        return None;
    }
    match serde_json::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let at = text.floor_char_boundary((line_start + error.column().saturating_sub(1)).min(text.len()));
            // A mistake at the very end is shown on the last character.
            let at = at.min(text.trim_end().len().saturating_sub(1));
            let at = start + text.floor_char_boundary(at);
            let reason = error.to_string();
            let reason = reason.split(" at line ").next().unwrap_or(&reason).to_owned();
            let length = text.get(at - start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            mistakes.push(
                Diagnostic::new(&codes::DATA_MISTAKE, format!("this JSON cannot be read: {reason}"))
                    .at(file, Span::new(at, at + length))
                    .help(json_help(&reason)),
            );
            None
        }
    }
}

fn json_help(reason: &str) -> &'static str {
    match reason {
        reason if reason.contains("trailing comma") => "remove the comma before the closing bracket",
        reason if reason.contains("trailing characters") => {
            "only one value belongs into a file: a list […] or a table {…}"
        }
        reason if reason.contains("EOF") => "a bracket or a quotation mark is not closed",
        reason if reason.contains("key must be a string") => {
            "keys stand in double quotation marks: {\"name\": \"Leeds\"}"
        }
        reason if reason.contains("control character") => "a line end inside a text is written \\n",
        reason if reason.contains("expected `,`") => "a comma is missing between two values, or before this key",
        _ => "text and keys stand in double quotation marks, with commas between the values",
    }
}

#[cfg(test)]
mod tests;
