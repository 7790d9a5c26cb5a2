//! Raw HTML in Markdown: what may stay stays, the rest is reported at its place, and every element is closed where the
//! Markdown around it ends.

pub(super) mod filter;
pub(super) mod rules;
pub(super) mod tokens;

use crate::source::Span;

/// An element of raw HTML that is open.
#[derive(Debug)]
pub(super) struct OpenElement {
    pub name: Box<str>,
    pub span: Span,
    /// The depth of Markdown elements in which it was opened.
    pub depth: u32,
}

/// The raw HTML of one block, put together from its lines, with where each came from.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub text: String,
    /// Byte of `text`, byte of the source.
    lines: Vec<(usize, usize)>,
}

impl Chunk {
    pub fn push(&mut self, text: &str, source: usize) {
        self.lines.push((self.text.len(), source));
        self.text.push_str(text);
    }

    /// Where byte `at` of the text stands in the source.
    pub fn source(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.lines.get(line).map_or(0, |(start, source)| source + (at - start))
    }

    pub fn range(&self, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        // The end may stand in a line of its own: it follows the last byte.
        let start = self.source(range.start);
        let end = if range.is_empty() { start } else { self.source(range.end - 1) + 1 };
        start..end.max(start)
    }
}

/// An element that is being removed together with its content: what was written since goes when it ends.
#[derive(Debug)]
pub(super) struct Dropped {
    pub name: Box<str>,
    pub depth: u32,
    /// The lengths of the HTML and the holes before it.
    pub html: usize,
    pub holes: usize,
}
