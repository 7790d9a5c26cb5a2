use super::component::Component;
use super::escape;
use super::heading::Heading;
use super::plain::PlainText;
use crate::source::Span;
use std::fmt::Write;

/// Rendered HTML with holes cut out for what only the whole site knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fragment {
    pub html: String,
    /// In ascending order of `at`; holes at one place stand in the order in which they are filled.
    pub holes: Vec<Hole>,
}

/// A place in the HTML that is filled when the page is put together.
#[derive(Debug, Clone, PartialEq)]
pub struct Hole {
    /// The byte of the HTML before which the hole's content goes.
    pub at: u32,
    pub kind: HoleKind,
    /// Where the author wrote it, in the file.
    pub span: Span,
}

/// What belongs into a hole.
#[derive(Debug, Clone, PartialEq)]
pub enum HoleKind {
    /// The value of an `href` attribute, to be written escaped ([`super::escape::url`]). The destination is as authored:
    /// it has neither a scheme nor a host.
    Link { dest: Box<str> },
    /// The value of another attribute that names a file (`src`, `poster`), to be written escaped. The destination may
    /// lead to another host.
    Source { dest: Box<str> },
    /// An image's ` src="…"`, with a space before it, and whatever other attributes are to stand there. The destination
    /// may lead to another host.
    Image(Box<Image>),
    /// What the theme's component renders.
    Component(Box<Component>),
    /// Words in the page's language, to be written escaped for an attribute.
    Label(Label),
    /// A reference to a footnote. [`Body::assemble`] writes it itself.
    FootnoteReference(Box<FootnoteReference>),
}

/// An image: what its hole tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub dest: Box<str>,
    /// Plain text; empty when the author gave none. It is in the HTML already.
    pub alt: Box<str>,
    /// Whether the author gave `width` or `height` (in raw HTML), which are in the HTML already.
    pub sized: bool,
}

/// The number that leads to a footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FootnoteReference {
    pub number: u32,
    /// The id of the footnote.
    pub target: Box<str>,
    /// The id of the reference.
    pub id: Box<str>,
}

/// Words that the theme gives in the page's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    AlertNote,
    AlertTip,
    AlertImportant,
    AlertWarning,
    AlertCaution,
    /// The name of the list of footnotes.
    Footnotes,
    /// What the arrow after a footnote does; `number` is the footnote's.
    FootnoteBack {
        number: u32,
    },
    /// What the sign after a heading does.
    HeadingAnchor,
    /// The name of the area in which a wide table scrolls.
    Table,
}

impl Label {
    /// The key under which a theme's translations have it.
    pub fn key(self) -> &'static str {
        match self {
            Self::AlertNote => "alert_note",
            Self::AlertTip => "alert_tip",
            Self::AlertImportant => "alert_important",
            Self::AlertWarning => "alert_warning",
            Self::AlertCaution => "alert_caution",
            Self::Footnotes => "footnotes",
            Self::FootnoteBack { .. } => "footnote_back",
            Self::HeadingAnchor => "heading_anchor",
            Self::Table => "table",
        }
    }

    /// The English words, for a theme without translations. `{number}` stands for the footnote's number.
    pub fn english(self) -> &'static str {
        match self {
            Self::AlertNote => "Note",
            Self::AlertTip => "Tip",
            Self::AlertImportant => "Important",
            Self::AlertWarning => "Warning",
            Self::AlertCaution => "Caution",
            Self::Footnotes => "Footnotes",
            Self::FootnoteBack { .. } => "Back to reference {number}",
            Self::HeadingAnchor => "Link to this section",
            Self::Table => "Table",
        }
    }
}

/// One Markdown text, rendered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    pub content: Fragment,
    /// In the order of the text, those inside components included.
    pub headings: Vec<Heading>,
    /// The ids that are no heading's (footnotes, raw HTML), sorted.
    pub other_anchors: Vec<Box<str>>,
    /// Where the author put `<!-- more -->`.
    pub summary_end: Option<SummaryEnd>,
    /// The first paragraph as plain text, cut after a word when it is long: a description where none is authored.
    pub lead: Box<str>,
    pub words: u32,
}

/// Where the summary ends: between two blocks, so that what stands before is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SummaryEnd {
    /// The length of the summary's HTML.
    pub html: u32,
    /// The number of the summary's holes.
    pub holes: u32,
}

/// How much of a body to put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Whole,
    /// To the summary's end, or all of it when it has none. References to footnotes are left out, since the footnotes
    /// are not there.
    Summary,
}

impl Body {
    /// Appends the HTML to `out`, each hole filled by `fill`.
    pub fn assemble(&self, out: &mut String, extent: Extent, fill: &mut dyn FnMut(&Hole, &mut String)) {
        let Fragment { html, holes } = &self.content;
        match self.summary_end {
            Some(end) if extent == Extent::Summary => {
                let html = html.get(..end.html as usize).unwrap_or(html);
                let holes = holes.get(..end.holes as usize).unwrap_or(holes);
                assemble(html, holes, false, out, fill);
            }
            _ => assemble(html, holes, extent == Extent::Whole || self.summary_end.is_none(), out, fill),
        }
    }

    /// Whether `#id` leads somewhere in this text.
    pub fn has_anchor(&self, id: &str) -> bool {
        self.headings.iter().any(|heading| &*heading.id == id)
            || self.other_anchors.binary_search_by(|anchor| (**anchor).cmp(id)).is_ok()
    }

    /// Every id of this text that `#…` may name.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(|heading| &*heading.id).chain(self.other_anchors.iter().map(|id| &**id))
    }

    /// The whole text without markup, for a search index: blocks on lines of their own.
    pub fn plain_text(&self) -> String {
        let mut text = PlainText::default();
        text.add_fragment(&self.content);
        text.finish()
    }
}

impl Body {
    /// Gives everything that has a place another one: of a text that stands in the file in another form.
    pub fn move_places(&mut self, to: &dyn Fn(Span) -> Span) {
        self.content.move_places(to);
        for heading in &mut self.headings {
            heading.span = to(heading.span);
        }
    }
}

impl Fragment {
    fn move_places(&mut self, to: &dyn Fn(Span) -> Span) {
        for hole in &mut self.holes {
            hole.span = to(hole.span);
            if let HoleKind::Component(component) = &mut hole.kind {
                component.span = to(component.span);
                component.name_span = to(component.name_span);
                for arg in &mut component.args {
                    (arg.name_span, arg.value_span) = (to(arg.name_span), to(arg.value_span));
                }
                if let Some(body) = &mut component.body {
                    body.move_places(to);
                }
            }
        }
    }

    /// Appends the HTML to `out`, each hole filled by `fill`.
    pub fn assemble(&self, out: &mut String, fill: &mut dyn FnMut(&Hole, &mut String)) {
        assemble(&self.html, &self.holes, true, out, fill);
    }

    /// The text between the holes, each with the hole that follows it.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&str, Option<&Hole>)> {
        let mut from = 0;
        let holes = self.holes.iter().map(Some).chain(std::iter::once(None));
        holes.map(move |hole| {
            let to = hole.map_or(self.html.len(), |hole| hole.at as usize);
            let piece = self.html.get(from..to).unwrap_or_default();
            from = to;
            (piece, hole)
        })
    }

    /// Appends another fragment.
    pub(super) fn append(&mut self, other: Self) {
        let by = self.html.len() as u32;
        self.html.push_str(&other.html);
        self.holes.extend(other.holes.into_iter().map(|hole| Hole { at: hole.at + by, ..hole }));
    }

    /// Inserts `text` at byte `at`; the holes from number `holes` on move with what follows.
    pub(super) fn insert(&mut self, at: usize, holes: usize, text: &str) {
        self.html.insert_str(at, text);
        for hole in self.holes.iter_mut().skip(holes) {
            hole.at += text.len() as u32;
        }
    }
}

fn assemble(html: &str, holes: &[Hole], notes: bool, out: &mut String, fill: &mut dyn FnMut(&Hole, &mut String)) {
    let mut from = 0;
    for hole in holes {
        let to = hole.at as usize;
        out.push_str(html.get(from..to).unwrap_or_default());
        from = to;
        match &hole.kind {
            HoleKind::FootnoteReference(reference) if notes => write_reference(reference, out),
            HoleKind::FootnoteReference(_) => {}
            _ => fill(hole, out),
        }
    }
    out.push_str(html.get(from..).unwrap_or_default());
}

fn write_reference(reference: &FootnoteReference, out: &mut String) {
    let FootnoteReference { number, target, id } = reference;
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<sup class=\"footnote-ref\"><a href=\"#{target}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
    );
}

/// Fills a hole with what the author wrote and English labels: for texts that stand outside the site's pages.
/// Components leave their content without what the theme would put around it.
pub fn fill_as_written(hole: &Hole, out: &mut String) {
    match &hole.kind {
        HoleKind::Link { dest } | HoleKind::Source { dest } => escape::url(out, dest),
        HoleKind::Image(image) => {
            out.push_str(" src=\"");
            escape::url(out, &image.dest);
            out.push('"');
        }
        HoleKind::Component(component) => {
            if let Some(body) = &component.body {
                body.assemble(out, &mut fill_as_written);
            }
        }
        HoleKind::Label(label) => match label {
            Label::FootnoteBack { number } => {
                out.push_str(&label.english().replace("{number}", &number.to_string()));
            }
            _ => out.push_str(label.english()),
        },
        HoleKind::FootnoteReference(_) => {}
    }
}
