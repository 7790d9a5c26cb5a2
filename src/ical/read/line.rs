//! Content lines: unfolding, names, parameters (RFC 5545 section 3.1, RFC 6868).

use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// A line of the file, without its line end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Physical {
    start: usize,
    end: usize,
    /// It begins with a space or a tab, and so goes on with the line before.
    pub is_continuation: bool,
}

impl Physical {
    /// The lines of a text that say something: empty ones, which some programs strew about, are left out.
    pub fn new(text: &str) -> impl Iterator<Item = Self> + '_ {
        let mut at = 0;
        let lines = text.split_inclusive('\n').map(move |line| {
            let start = at;
            at += line.len();
            (start, line)
        });
        lines.filter_map(|(start, line)| {
            let content = line.trim_end_matches(['\r', '\n']);
            // The mark of a file that was put behind another one.
            let content = content.trim_start_matches('\u{feff}');
            let start = start + line.trim_end_matches(['\r', '\n']).len() - content.len();
            let is_continuation = content.starts_with([' ', '\t']);
            (!content.is_empty()).then_some(Self { start, end: start + content.len(), is_continuation })
        })
    }
}

/// A place in an unfolded line from which on bytes of the file were left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fold {
    /// In the unfolded text.
    at: usize,
    /// Bytes of the file before `at` that the unfolded text lacks, all in all.
    skipped: usize,
}

/// An unfolded line with the places of its parts.
#[derive(Debug, Clone)]
pub(super) struct Line<'t> {
    text: Cow<'t, str>,
    start: usize,
    end: usize,
    folds: Vec<Fold>,
}

impl<'t> Line<'t> {
    pub fn new(text: &'t str, line: Physical) -> Self {
        let content = text.get(line.start..line.end).unwrap_or_default();
        Self { text: Cow::Borrowed(content), start: line.start, end: line.end, folds: Vec::new() }
    }

    /// Goes on with the next line, whose first sign, a space or a tab, is no part of the text.
    pub fn fold(&mut self, text: &'t str, next: Physical) {
        let at = self.text.len();
        let skipped = (next.start + 1).saturating_sub(self.start + at);
        self.text.to_mut().push_str(text.get(next.start + 1..next.end).unwrap_or_default());
        self.folds.push(Fold { at, skipped });
        self.end = next.end;
    }

    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// The property that the line is; the line itself when it is none.
    pub fn parse(self) -> Result<Property<'t>, Self> {
        let lead = self.text.len() - self.text.trim_start().len();
        let body = &self.text[lead..];
        let name_length =
            body.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(0);
        let (name, rest) = body.split_at(name_length);
        let is_address = matches!(name, "http" | "https") && rest.starts_with("://");
        if name.is_empty() || is_address || !rest.starts_with([':', ';']) {
            return Err(self);
        }
        // A group may stand before the name, as in vCards.
        let name = name.rsplit('.').next().unwrap_or(name).to_ascii_uppercase();
        let Some((parameters, value_at)) = parameters(&self.text, lead + name_length) else {
            return Err(self);
        };
        let span = self.span();
        let value = match self.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[value_at..]),
            Cow::Owned(text) => Cow::Owned(text[value_at..].to_owned()),
        };
        let start = Fold { at: 0, skipped: self.start + value_at };
        let inside = self.folds.iter().filter(|fold| fold.at > value_at);
        let folds = inside.map(|fold| Fold { at: fold.at - value_at, skipped: fold.skipped + self.start + value_at });
        let before = self.folds.iter().rev().find(|fold| fold.at <= value_at).map_or(0, |fold| fold.skipped);
        let start = Fold { skipped: start.skipped + before, ..start };
        let folds = std::iter::once(start).chain(folds).collect();
        let mut property = Property { name, parameters, value, span, folds };
        property.mend_zone();
        Ok(property)
    }
}

/// A parameter of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// In capitals.
    pub name: String,
    /// As read: quotation marks taken away, RFC 6868's escapes resolved.
    pub values: Vec<String>,
}

/// One property: a name, parameters, and a value as it is written, unfolded.
#[derive(Debug, Clone)]
pub struct Property<'t> {
    /// In capitals.
    pub name: String,
    pub parameters: Vec<Parameter>,
    pub value: Cow<'t, str>,
    /// The line, or lines, in the file.
    pub span: Span,
    /// Where the value's parts stand in the file; the first one is its beginning.
    folds: Vec<Fold>,
}

impl<'t> Property<'t> {
    /// A parameter's value; several of them with commas between.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let found = self.parameters.iter().find(|parameter| parameter.name == name)?;
        Some(found.values.join(","))
    }

    /// Whether a parameter has this value, in whatever case.
    pub fn says(&self, parameter: &str, value: &str) -> bool {
        let found = self.parameters.iter().find(|found| found.name == parameter);
        found.is_some_and(|found| found.values.iter().any(|one| one.eq_ignore_ascii_case(value)))
    }

    /// The place in the file of a part of the value.
    pub fn place(&self, range: Range<usize>) -> Span {
        let of = |at: usize, is_end: bool| {
            let fold = self.folds.iter().rev().find(|fold| fold.at < at || (fold.at == at && !is_end) || fold.at == 0);
            at + fold.map_or(0, |fold| fold.skipped)
        };
        let start = of(range.start, false);
        Span::new(start, of(range.end.max(range.start), true).max(start))
    }

    /// The place of the value, or of the whole line when the value is empty.
    pub fn whole_value(&self) -> Span {
        if self.value.is_empty() { self.span } else { self.place(0..self.value.len()) }
    }

    /// Whether its value is a text of lines.
    pub(super) fn takes_lines(&self) -> bool {
        matches!(&*self.name, "DESCRIPTION" | "COMMENT" | "LOCATION" | "SUMMARY" | "X-ALT-DESC" | "STYLED-DESCRIPTION")
    }

    /// Goes on with a line that should have been folded, after a line end.
    pub(super) fn append_line(&mut self, line: Line<'t>) {
        let value = self.value.to_mut();
        value.push_str("\\n");
        let at = value.len();
        let before = line.start.saturating_sub(at);
        let folds = line.folds.iter().map(|fold| Fold { at: at + fold.at, skipped: before + fold.skipped });
        self.folds.extend(std::iter::once(Fold { at, skipped: before }).chain(folds));
        value.push_str(&line.text);
        self.span.end = line.span().end;
    }

    /// `TZID=(GMT+01:00) Paris:20260101T190000` lacks the quotation marks that its colon needs.
    fn mend_zone(&mut self) {
        let is_time = matches!(&*self.name, "DTSTART" | "DTEND" | "RECURRENCE-ID" | "EXDATE" | "RDATE");
        if !is_time || !self.value.contains(':') {
            return;
        }
        let Some(zone) = self.parameters.iter_mut().find(|parameter| parameter.name == "TZID") else { return };
        if let Some((more, _)) = self.value.rsplit_once(':') {
            let cut = more.len() + 1;
            zone.values = vec![format!("{}:{more}", zone.values.join(","))];
            self.cut_front(cut);
        }
    }

    fn cut_front(&mut self, cut: usize) {
        let before = self.folds.iter().rev().find(|fold| fold.at <= cut).map_or(0, |fold| fold.skipped);
        let start = Fold { at: 0, skipped: before + cut };
        let after = self.folds.iter().filter(|fold| fold.at > cut);
        let after = after.map(|fold| Fold { at: fold.at - cut, skipped: fold.skipped + cut });
        self.folds = std::iter::once(start).chain(after).collect();
        self.value = match &self.value {
            Cow::Borrowed(text) => Cow::Borrowed(&text[cut..]),
            Cow::Owned(text) => Cow::Owned(text[cut..].to_owned()),
        };
    }
}

/// Reads parameters from the sign after the name. Gives them and where the value begins; none without a value.
fn parameters(line: &str, mut at: usize) -> Option<(Vec<Parameter>, usize)> {
    let mut found: Vec<Parameter> = Vec::new();
    loop {
        match line[at..].chars().next()? {
            ':' => return Some((found, at + 1)),
            ';' => at += 1,
            _ => return None,
        }
        let rest = &line[at..];
        let name_length = rest.find(['=', ';', ':'])?;
        let mut parameter = Parameter { name: rest[..name_length].trim().to_ascii_uppercase(), values: Vec::new() };
        at += name_length;
        if line[at..].starts_with('=') {
            at = values(line, at + 1, &mut parameter.values)?;
        }
        if !parameter.name.is_empty() {
            found.push(parameter);
        }
    }
}

/// Reads a parameter's values, and gives where they end.
fn values(line: &str, mut at: usize, values: &mut Vec<String>) -> Option<usize> {
    loop {
        let rest = &line[at..];
        let quoted = rest.strip_prefix('"').and_then(|inner| inner.find('"').map(|end| &inner[..end]));
        match quoted {
            Some(inner) => {
                values.push(unescaped(inner));
                at += inner.len() + 2;
                // Nothing else belongs behind the closing mark.
                at += line[at..].find([',', ';', ':'])?;
            }
            None => {
                let end = rest.find([',', ';', ':'])?;
                values.push(unescaped(&rest[..end]));
                at += end;
            }
        }
        if !line[at..].starts_with(',') {
            return Some(at);
        }
        at += 1;
    }
}

/// RFC 6868: `^n`, `^'`, `^^`.
fn unescaped(text: &str) -> String {
    if !text.contains('^') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let meant = match (c, chars.peek()) {
            ('^', Some('n')) => '\n',
            ('^', Some('\'')) => '"',
            ('^', Some('^')) => '^',
            _ => {
                out.push(c);
                continue;
            }
        };
        out.push(meant);
        chars.next();
    }
    out
}
