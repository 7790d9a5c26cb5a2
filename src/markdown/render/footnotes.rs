use super::Renderer;
use crate::diagnostic::{Diagnostic, codes};
use crate::markdown::body::{FootnoteReference, Fragment, HoleKind, Label};
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

/// The footnotes of a text, numbered in the order in which they are first referred to.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    notes: Vec<Footnote>,
    by_label: HashMap<String, usize>,
    /// The notes by number, from one.
    numbered: Vec<usize>,
    /// The definitions that are open; there can be one at most, but a parser may change.
    open: Vec<usize>,
}

#[derive(Debug, Default)]
struct Footnote {
    label: Box<str>,
    /// Counted from one; zero until it is referred to.
    number: u32,
    id: Box<str>,
    /// The ids of the references.
    references: Vec<Box<str>>,
    definition: Option<(Fragment, Range<usize>)>,
    /// Where its definition begins.
    start: usize,
}

impl Footnotes {
    pub fn is_in_definition(&self) -> bool {
        !self.open.is_empty()
    }

    /// The note of this label; case does not matter.
    fn find(&mut self, label: &str) -> usize {
        let notes = &mut self.notes;
        *self.by_label.entry(label.to_lowercase()).or_insert_with(|| {
            notes.push(Footnote { label: label.into(), ..Footnote::default() });
            notes.len() - 1
        })
    }
}

impl Renderer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str, range: Range<usize>) {
        let at = self.footnotes.find(label);
        if self.footnotes.notes[at].number == 0 {
            self.footnotes.numbered.push(at);
            let number = self.footnotes.numbered.len() as u32;
            let id = self.ids.make(format!("fn-{number}"));
            self.anchors.push(id.clone());
            let note = &mut self.footnotes.notes[at];
            (note.number, note.id) = (number, id);
        }
        let note = &mut self.footnotes.notes[at];
        let number = note.number;
        let id = self.ids.make(format!("fnref-{number}"));
        self.anchors.push(id.clone());
        note.references.push(id.clone());
        let target = note.id.clone();
        self.hole(HoleKind::FootnoteReference(Box::new(FootnoteReference { number, target, id })), range);
    }

    /// A definition is written apart: all of them stand at the end.
    pub(super) fn start_footnote(&mut self, label: &str, range: Range<usize>) {
        self.block();
        let at = self.footnotes.find(label);
        self.footnotes.notes[at].start = range.start;
        self.footnotes.notes[at].definition = Some((Fragment::default(), range));
        self.footnotes.open.push(at);
        self.outer.push(std::mem::take(&mut self.out));
        self.depth += 1;
    }

    pub(super) fn end_footnote(&mut self) {
        let Some(at) = self.footnotes.open.pop() else { return };
        let content = std::mem::replace(&mut self.out, self.outer.pop().unwrap_or_default());
        if let Some((written, _)) = &mut self.footnotes.notes[at].definition {
            *written = content;
        }
    }

    /// The list of footnotes after the text. A note to which nothing refers is reported and left out.
    pub(super) fn write_footnotes(&mut self) {
        let Footnotes { mut notes, numbered, .. } = std::mem::take(&mut self.footnotes);
        for note in notes.iter().filter(|note| note.number == 0) {
            let Some((_, range)) = &note.definition else { continue };
            let message = format!("nothing refers to the footnote `{}`, so it is not on the page", note.label);
            let help = format!("Put `[^{}]` where the text should refer to it, or remove the footnote.", note.label);
            let range = range.start..range.start + note.label.len() + 3;
            self.report(Diagnostic::new(&codes::UNUSED_FOOTNOTE, message).help(help), range);
        }
        if numbered.is_empty() {
            return;
        }
        self.block();
        let end = self.source.len();
        self.out.html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.hole(HoleKind::Label(Label::Footnotes), end..end);
        self.out.html.push_str("\">\n<ol>\n");
        for at in numbered {
            let note = std::mem::take(&mut notes[at]);
            self.write_footnote(note);
        }
        self.out.html.push_str("</ol>\n</section>\n");
    }

    fn write_footnote(&mut self, note: Footnote) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out.html, "<li id=\"{}\">", note.id);
        let (mut content, range) = note.definition.unwrap_or_default();
        content.html.truncate(content.html.trim_end().len());
        // The arrows belong into the last paragraph, where there is one.
        let is_paragraph = content.html.ends_with("</p>");
        if is_paragraph {
            content.html.truncate(content.html.len() - "</p>".len());
        }
        self.out.append(content);
        for (at, reference) in note.references.iter().enumerate() {
            let _ = write!(
                self.out.html,
                " <a class=\"footnote-back\" href=\"#{reference}\" role=\"doc-backlink\" aria-label=\""
            );
            self.hole(HoleKind::Label(Label::FootnoteBack { number: note.number }), range.clone());
            self.out.html.push_str("\">\u{21a9}\u{fe0e}");
            if at > 0 {
                let _ = write!(self.out.html, "<sup>{}</sup>", at + 1);
            }
            self.out.html.push_str("</a>");
        }
        self.out.html.push_str(if is_paragraph { "</p>\n</li>\n" } else { "\n</li>\n" });
    }
}
