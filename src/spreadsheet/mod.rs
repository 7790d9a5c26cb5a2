//! Tables as spreadsheets write them: CSV (RFC 4180) with commas, semicolons or tabs, each cell with its place.
//!
//! Reading is total: a table is always made of what can be read, and every mistake in it reported.

mod encoding;
mod read;

pub use encoding::text;
pub use read::{read, separator};

use crate::source::Span;
use std::borrow::Cow;

/// One cell, without the space around its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'t> {
    pub text: Cow<'t, str>,
    /// The text in the file, within its quotation marks.
    pub span: Span,
}

impl Cell<'_> {
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the file has the text just as it is: without quotation marks written twice.
    pub fn is_as_written(&self) -> bool {
        self.text.len() == self.span.range().len()
    }

    /// The places in the file of places in the text. `file` is the whole text of the file.
    pub fn places(&self, file: &str) -> CellPlaces {
        let mut doubled = Vec::new();
        if !self.is_as_written() {
            let mut quotes = 0u32;
            let mut last = None;
            for (at, _) in file.get(self.span.range()).unwrap_or_default().match_indices('"') {
                match last {
                    Some(before) if before + 1 == at => {
                        doubled.push(before as u32 - quotes);
                        quotes += 1;
                        last = None;
                    }
                    _ => last = Some(at),
                }
            }
        }
        CellPlaces { start: self.span.start, doubled }
    }
}

/// Finds the place in a file of a place in a cell's text.
#[derive(Debug, Clone)]
pub struct CellPlaces {
    start: u32,
    /// The places in the text of quotation marks that the file has twice.
    doubled: Vec<u32>,
}

impl CellPlaces {
    pub fn in_file(&self, span: Span) -> Span {
        let place = |at: u32| {
            let before = self.doubled.partition_point(|quote| *quote < at);
            self.start.saturating_add(at).saturating_add(before as u32)
        };
        Span { start: place(span.start), end: place(span.end) }
    }
}

/// A table: its cells row by row.
#[derive(Debug, Clone, Default)]
pub struct Sheet<'t> {
    cells: Vec<Cell<'t>>,
    rows: Vec<Row>,
}

/// A row that is not empty.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// As a spreadsheet counts, from one.
    number: u32,
    first: usize,
    span: Span,
}

/// A row of a [`Sheet`].
#[derive(Debug, Clone, Copy)]
pub struct SheetRow<'s, 't> {
    /// As a spreadsheet counts, from one.
    pub number: u32,
    pub cells: &'s [Cell<'t>],
    pub span: Span,
}

impl<'t> Sheet<'t> {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at an index, from zero.
    pub fn row(&self, index: usize) -> Option<SheetRow<'_, 't>> {
        let row = self.rows.get(index)?;
        let end = self.rows.get(index + 1).map_or(self.cells.len(), |next| next.first);
        Some(SheetRow { number: row.number, cells: self.cells.get(row.first..end)?, span: row.span })
    }
}

/// The letters above a column, as spreadsheets have them: A to Z, then AA.
pub fn column_letters(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A heading without what differs between two ways of writing it: small letters, `_` between words.
pub fn plain_heading(text: &str) -> String {
    let part = |part: &str| {
        let words = part.split(|c: char| c.is_whitespace() || c == '-' || c == '_').filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
    };
    text.split('.').map(part).collect::<Vec<_>>().join(".")
}

/// What keeps a cell from being a value: the spreadsheet's own errors, and formulas where their results should be.
pub fn cell_mistake(text: &str) -> Option<(String, &'static str)> {
    const ERRORS: &[&str] = &[
        "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#ERROR!", "#BEZUG!", "#WERT!",
        "#NV", "#REF", "#CALC!", "#FIELD!",
    ];
    if ERRORS.contains(&text) {
        return Some((
            format!("this cell holds a mistake of the spreadsheet: {text}"),
            "mend the formula of this cell in the spreadsheet, then save the table again",
        ));
    }
    let inside = text.strip_prefix('=')?;
    let is_formula = inside.starts_with(|c: char| c.is_alphanumeric() || "+-(\"$'{".contains(c));
    is_formula.then(|| {
        (
            "this cell holds a formula, not its result".to_owned(),
            "write the result itself: in the spreadsheet copy the column and paste it as values",
        )
    })
}

#[cfg(test)]
mod tests;
