//! Diagnostics for people, in the look that the Rust compiler made known: the place, the line, a caret under the spot.

use super::places::{Fetch, Positions, Texts};
use super::{Diagnostic, Severity};
use crate::source::{FileRef, Span};
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use std::collections::HashSet;
use std::ops::Range;

/// How wide the text may be where the terminal does not say: lines longer than that are cut around the caret.
pub const DEFAULT_WIDTH: usize = 120;

/// How to show diagnostics.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// With ANSI colours.
    pub colour: bool,
    /// In columns.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self { colour: false, width: DEFAULT_WIDTH }
    }
}

/// Every diagnostic, each followed by an empty line. Without the summary.
pub fn render(diagnostics: &[Diagnostic], fetch: &Fetch<'_>, look: Look) -> String {
    let texts = Texts::of(diagnostics, fetch);
    let positions = Positions::of(&texts);
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(look.width.max(40));
    let mut shown = String::new();
    for diagnostic in diagnostics {
        shown.push_str(&renderer.render(&[group(diagnostic, &positions)]));
        shown.push_str("\n\n");
    }
    shown
}

/// Such as `3 mistakes and 1 warning in 2 files`; none if there is nothing to sum up.
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let of = |severity, singular: &str| match diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == severity)
        .count()
    {
        0 => None,
        count => Some(counted(count, singular)),
    };
    let parts = [of(Severity::Error, "mistake"), of(Severity::Warning, "warning"), of(Severity::Note, "note")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let mut text = match parts.split_last()? {
        (only, []) => only.clone(),
        (last, first) => format!("{} and {last}", first.join(", ")),
    };
    let files: HashSet<&FileRef> = diagnostics.iter().filter_map(|diagnostic| diagnostic.file.as_ref()).collect();
    if !files.is_empty() {
        text.push_str(" in ");
        text.push_str(&counted(files.len(), "file"));
    }
    Some(text)
}

fn counted(count: usize, singular: &str) -> String {
    format!("{count} {singular}{}", if count == 1 { "" } else { "s" })
}

fn group<'d>(diagnostic: &'d Diagnostic, positions: &Positions<'d>) -> Group<'d> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.id);
    let mut group = Group::with_title(title).elements(places(diagnostic, positions));
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
    }
    group
}

/// The snippets, one for each file, that of the diagnostic itself first.
fn places<'d>(diagnostic: &'d Diagnostic, positions: &Positions<'d>) -> Vec<Element<'d>> {
    let mut marks: Vec<(&FileRef, Vec<Mark<'d>>)> = Vec::new();
    let mut elements = Vec::new();
    match (&diagnostic.file, diagnostic.span) {
        (Some(file), Some(span)) => marks.push((file, vec![Mark { span, label: &diagnostic.label, primary: true }])),
        (Some(file), None) => elements.push(Origin::path(normalize_untrusted_str(file)).into()),
        (None, _) => {}
    }
    for other in &diagnostic.others {
        let mark = Mark { span: other.span, label: &other.text, primary: false };
        match marks.iter_mut().find(|(file, _)| **file == other.file) {
            Some((_, of_file)) => of_file.push(mark),
            None => marks.push((&other.file, vec![mark])),
        }
    }
    for (file, of_file) in marks {
        let Some(text) = positions.text(file).filter(|text| !text.is_empty()) else {
            elements.push(Origin::path(normalize_untrusted_str(file)).into());
            let labels = of_file.iter().filter(|mark| !mark.label.is_empty());
            elements.extend(labels.map(|mark| Level::NOTE.message(normalize_untrusted_str(mark.label)).into()));
            continue;
        };
        elements.push(snippet(file, text, positions, &of_file).into());
    }
    elements
}

struct Mark<'d> {
    span: Span,
    label: &'d str,
    primary: bool,
}

/// The lines from the first mark to the last.
fn snippet<'d>(
    file: &str,
    text: &'d str,
    positions: &Positions<'d>,
    marks: &[Mark<'d>],
) -> Snippet<'d, Annotation<'d>> {
    let ranges: Vec<Range<usize>> = marks.iter().map(|mark| on_one_line(text, mark.span)).collect();
    let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    let last = ranges.iter().map(|range| range.end).max().unwrap_or(0);
    let begin = line_range(text, first).start;
    let end = line_range(text, last).end;
    let line = positions.at(file, begin).line;
    let annotations = marks.iter().zip(ranges).map(|(mark, range)| {
        let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let label = Some(mark.label).filter(|label| !label.is_empty()).map(normalize_untrusted_str);
        kind.span(range.start - begin..range.end - begin).label(label)
    });
    Snippet::source(&text[begin..end])
        .path(normalize_untrusted_str(file))
        .line_start(line as usize)
        .annotations(annotations)
}

/// The part of a span on its first line, between characters, whatever the span says. An end of line is no part of it.
fn on_one_line(text: &str, span: Span) -> Range<usize> {
    let line = line_range(text, boundary(text, span.start as usize));
    let start = boundary(text, span.start as usize).clamp(line.start, line.end);
    let end = boundary(text, span.end as usize).clamp(start, line.end);
    start..end
}

/// The last place between two characters that is not after `at`.
fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

/// The line around byte `at`, without its end and without a byte order mark.
fn line_range(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let line = &text[start..end];
    let line = line.strip_suffix('\r').unwrap_or(line);
    let end = start + line.len();
    let mark = if start == 0 && line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    start + mark..end
}
