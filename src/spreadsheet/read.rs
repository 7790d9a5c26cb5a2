use super::{Cell, Row, Sheet};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};
use std::borrow::Cow;

/// After so many mistakes in the quotation marks of one file the rest says nothing new.
const MOST_MISTAKES: usize = 20;

/// Reads a table. Empty rows are left out, and so are empty cells at a row's end.
pub fn read<'t>(text: &'t str, file: &FileRef, diagnostics: &mut Vec<Diagnostic>) -> Sheet<'t> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let (separator, start, rows_before) = separator(text, start);
    let mut reader = Reader { text, at: start, separator, file, mistakes: Vec::new() };
    let mut sheet = Sheet::default();
    let mut number = rows_before;
    while reader.at < text.len() {
        number += 1;
        let (first, begins) = (sheet.cells.len(), reader.at);
        let mut is_last = false;
        while !is_last {
            let (cell, end) = reader.cell();
            sheet.cells.push(cell);
            is_last = end != End::Separator;
        }
        while sheet.cells.len() > first && sheet.cells.last().is_some_and(Cell::is_empty) {
            sheet.cells.pop();
        }
        if sheet.cells.len() > first {
            let line = text.get(begins..reader.at).unwrap_or_default().trim_end();
            sheet.rows.push(Row { number, first, span: Span::new(begins, begins + line.len()) });
        }
    }
    diagnostics.append(&mut reader.mistakes);
    sheet
}

/// What parts the cells of a table that begins at byte `start`, with the byte at which its rows begin and how many rows
/// stand before: Excel may say it in a first line of its own (`sep=;`); else it is what the first row has most of.
pub fn separator(text: &str, start: usize) -> (u8, usize, u32) {
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let told = line.strip_prefix("sep=").or_else(|| line.strip_prefix("\"sep=")).map(|rest| rest.trim_end_matches('"'));
    if let Some(&[separator]) = told.map(str::as_bytes) {
        return (separator, start + rest.find('\n').map_or(rest.len(), |at| at + 1), 1);
    }
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    let mut is_empty = true;
    for byte in rest.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && is_empty => {}
            b'\n' | b'\r' if !quoted => break,
            byte if !quoted => {
                is_empty = false;
                counts.iter_mut().filter(|(separator, _)| *separator == byte).for_each(|(_, count)| *count += 1);
            }
            _ => is_empty = false,
        }
    }
    let best = counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator);
    let none = counts.iter().all(|(_, count)| *count == 0);
    (if none { b',' } else { best }, start, 0)
}

/// What a cell ended at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Separator,
    Row,
}

struct Reader<'t, 'f> {
    text: &'t str,
    at: usize,
    separator: u8,
    file: &'f FileRef,
    mistakes: Vec<Diagnostic>,
}

impl<'t> Reader<'t, '_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn is_end(&self, byte: u8) -> bool {
        byte == self.separator || byte == b'\n' || byte == b'\r'
    }

    /// The cell that begins here. Afterwards the reader stands behind what ends it.
    fn cell(&mut self) -> (Cell<'t>, End) {
        let mut begins = self.at;
        // Some programs write a space after the separator.
        while self.byte(begins) == Some(b' ') {
            begins += 1;
        }
        if self.byte(begins) == Some(b'"') {
            return self.quoted(begins);
        }
        let end = self.end_from(begins);
        let cell = self.trimmed(begins, end, false);
        (cell, self.pass(end))
    }

    /// Where the unquoted text from `at` on ends.
    fn end_from(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        rest.iter().position(|byte| self.is_end(*byte)).map_or(self.text.len(), |length| at + length)
    }

    /// Passes what ends a cell.
    fn pass(&mut self, end: usize) -> End {
        let length = match self.byte(end) {
            None => 0,
            Some(b'\r') if self.byte(end + 1) == Some(b'\n') => 2,
            Some(_) => 1,
        };
        self.at = end + length;
        if self.byte(end) == Some(self.separator) { End::Separator } else { End::Row }
    }

    /// A cell whose opening quotation mark stands at `open`.
    fn quoted(&mut self, open: usize) -> (Cell<'t>, End) {
        let begins = open + 1;
        let mut doubled = false;
        let mut at = begins;
        let close = loop {
            let Some(length) = self.text.get(at..).and_then(|rest| rest.find('"')) else { break None };
            let quote = at + length;
            if self.byte(quote + 1) != Some(b'"') {
                break Some(quote);
            }
            doubled = true;
            at = quote + 2;
        };
        let Some(close) = close else {
            self.report(open, open + 1, "this quotation mark is never closed", "it opens here");
            let end = self.end_of_line(begins);
            let cell = self.trimmed(begins, end, false);
            return (cell, self.pass(end));
        };
        let mut end = close + 1;
        while self.byte(end).is_some_and(|byte| (byte == b' ' || byte == b'\t') && !self.is_end(byte)) {
            end += 1;
        }
        if self.byte(end).is_none_or(|byte| self.is_end(byte)) {
            let cell = self.trimmed(begins, close, doubled);
            return (cell, self.pass(end));
        }
        self.report(close, close + 1, "this quotation mark ends the cell, but more follows", "the cell ends here");
        let end = self.end_from(end);
        let cell = self.trimmed(open, end, false);
        (cell, self.pass(end))
    }

    fn end_of_line(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(self.text.len(), |length| at + length)
    }

    /// The cell from `begins` to `end`, without the space around its text.
    fn trimmed(&self, begins: usize, end: usize, doubled: bool) -> Cell<'t> {
        let is_space = |c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}';
        let whole = self.text.get(begins..end).unwrap_or_default();
        let text = whole.trim_start_matches(is_space);
        let begins = begins + (whole.len() - text.len());
        let text = text.trim_end_matches(is_space);
        let span = Span::new(begins, begins + text.len());
        let text = if doubled { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) };
        Cell { text, span }
    }

    fn report(&mut self, from: usize, to: usize, message: &str, label: &str) {
        if self.mistakes.len() < MOST_MISTAKES {
            self.mistakes.push(
                Diagnostic::new(&codes::TABLE_QUOTES, message)
                    .at(self.file, Span::new(from, to))
                    .label(label)
                    .help("a quotation mark inside a quoted cell is written twice: \"\"; spreadsheets do so by themselves when they save as CSV"),
            );
        }
    }
}
