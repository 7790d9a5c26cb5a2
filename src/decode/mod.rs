//! From spanned TOML to typed values, every mistake reported with its place.
//!
//! Decoding is total: a record is always made, with defaults in the place of what was missing or wrong, and each mistake
//! becomes a [`Diagnostic`]. So all mistakes of all files are found in one run, and later stages can go on checking.

mod moment;
mod node;
mod record;
mod scalars;

pub use moment::Moment;
pub use node::{Key, Node, Table, Value, parse};
pub use record::{Field, Record, Shape, TableReader, decode_table, unknown_key, unknown_word};
pub(crate) use record::{choice, record};
pub use scalars::{At, Free, Named, OneOrMany};

use crate::diagnostic::{Code, Diagnostic};
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
}

impl<'d> Context<'d> {
    pub fn new(file: &FileRef, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        Self { parts: vec![(0, file.clone())], diagnostics }
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
        let (file, span) = self.locate(span);
        let diagnostic = Diagnostic::new(code, message).at(file, span);
        self.diagnostics.push(diagnostic);
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }
}

#[cfg(test)]
mod tests;
