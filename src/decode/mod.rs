//! From spanned TOML to typed values, every mistake reported with its place.
//!
//! Decoding is total: a record is always made, with defaults in the place of what was missing or wrong, and each mistake
//! becomes a [`Diagnostic`]. So all mistakes of all files are found in one run, and later stages can go on checking.

mod cell;
mod encoding;
mod guess;
mod moment;
mod node;
mod record;
mod scalars;
mod syntax;

pub use cell::{DateOrder, is_date, truth};
pub use encoding::{looks_like_utf16, not_utf8};
pub use moment::Moment;
pub use node::{Key, Node, Table, Value, parse};
pub use record::{Field, Record, Shape, TableReader, decode_table, unknown_key, unknown_word};
pub(crate) use record::{choice, record};
pub use scalars::{At, Free, Named, OneOrMany};

use crate::diagnostic::{Code, Diagnostic, codes};
use crate::source::{FileRef, Span};

/// A type that can be read from a TOML value.
pub trait Decode: Sized {
    /// What is expected, in words that go after "expected": "text", "a whole number".
    const EXPECTS: &'static str;
    /// The keys, when the value is a table of its own.
    const FIELDS: Option<&'static [Field]> = None;

    /// None means that the mistake has been reported.
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self>;
}

/// Where mistakes go, and in which file they lie.
#[derive(Debug)]
pub struct Context<'d> {
    /// The files whose spans are in play: each begins at its offset. One for front matter, two for an overlaid
    /// configuration.
    parts: Vec<(u32, FileRef)>,
    pub diagnostics: &'d mut Vec<Diagnostic>,
    /// Lines that could not be read: of what was made of them nothing more is reported.
    given_up: Vec<Span>,
    /// The last mistake that was not reported for that reason.
    unsaid: Option<Diagnostic>,
    /// The key whose value is being read.
    pub(crate) key: String,
    /// The keys of the tables around it, outermost first.
    pub(crate) tables: Vec<String>,
    /// Keys reported as missing, with how deep their tables lie.
    missing: Vec<(usize, String, Span)>,
    is_outermost_key: fn(&str) -> bool,
    /// The values are cells of a table, in which dates are meant so; none for TOML.
    pub(crate) cells: Option<DateOrder>,
}

impl<'d> Context<'d> {
    pub fn new(file: &FileRef, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        Self {
            parts: vec![(0, file.clone())],
            diagnostics,
            given_up: Vec::new(),
            unsaid: None,
            key: String::new(),
            tables: Vec::new(),
            missing: Vec::new(),
            is_outermost_key: |_| false,
            cells: None,
        }
    }

    /// Says which keys the file has outside all tables, so that one written below a table by mistake is known.
    pub fn set_outermost_keys(&mut self, is_outermost_key: fn(&str) -> bool) {
        self.is_outermost_key = is_outermost_key;
    }

    /// Reports nothing more of what stands in `lines`.
    pub(crate) fn give_up(&mut self, lines: Span) {
        self.given_up.push(lines);
    }

    /// Says that the values are cells of a table.
    pub fn set_cells(&mut self, dates: DateOrder) {
        self.cells = Some(dates);
    }

    /// The column that a key of the table being read has in a spreadsheet.
    fn column(&self, key: &str) -> String {
        self.tables.iter().map(String::as_str).chain([key]).collect::<Vec<_>>().join(".").replace(['[', ']'], "")
    }

    pub(crate) fn report_missing(&mut self, key: &str, span: Span, help: String) {
        let help = match self.cells {
            Some(_) => format!("fill in the column `{}` of this row", self.column(key)),
            None => help,
        };
        self.report(&codes::MISSING_KEY, span, format!("`{key}` is missing")).help = Some(help);
        self.missing.push((self.tables.len(), key.to_owned(), span));
    }

    fn leave_table(&mut self) {
        self.key = self.tables.pop().unwrap_or_default();
        let depth = self.tables.len();
        self.missing.retain(|(at, ..)| *at <= depth);
    }

    /// Takes back that a key of the table being read, or read last, is missing: why it is has been told, such as that it is
    /// misspelt.
    pub fn take_back_missing(&mut self, key: &str) {
        let depth = self.tables.len();
        let Some(at) = self.missing.iter().rposition(|(at, name, _)| *at == depth && name == key) else { return };
        let (_, _, span) = self.missing.remove(at);
        let (file, span) = self.locate(span);
        let file = file.clone();
        let message = format!("`{key}` is missing");
        let is_it = |problem: &Diagnostic| {
            problem.message == message && problem.span == Some(span) && problem.file.as_ref() == Some(&file)
        };
        if let Some(at) = self.diagnostics.iter().rposition(is_it) {
            self.diagnostics.remove(at);
        }
    }

    /// From here on, spans at or after `offset` lie in `file`, counted from there.
    pub fn add_part(&mut self, offset: u32, file: &FileRef) {
        self.parts.push((offset, file.clone()));
    }

    /// The file of a span, and the span within it.
    pub fn locate(&self, span: Span) -> (&FileRef, Span) {
        let part = self.parts.iter().rev().find(|(offset, _)| *offset <= span.start).unwrap_or(&self.parts[0]);
        (&part.1, Span { start: span.start - part.0.min(span.start), end: span.end - part.0.min(span.end) })
    }

    pub fn report(&mut self, code: &'static Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let given_up = self.given_up.iter().any(|lines| lines.start <= span.start && span.start < lines.end);
        let (file, span) = self.locate(span);
        let diagnostic = Diagnostic::new(code, message).at(file, span);
        if given_up {
            return self.unsaid.insert(diagnostic);
        }
        self.diagnostics.push(diagnostic);
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }
}

#[cfg(test)]
mod tests;
