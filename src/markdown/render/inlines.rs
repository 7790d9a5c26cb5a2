use super::Renderer;
use crate::diagnostic::{Diagnostic, codes};
use crate::markdown::body::{HoleKind, Image};
use crate::markdown::destination::{Destination, LINK_SCHEMES, MEDIA_SCHEMES, classify};
use crate::markdown::escape;
use pulldown_cmark::{Event, LinkType};
use std::borrow::Cow;
use std::ops::Range;

/// An image whose text is being gathered.
#[derive(Debug)]
pub(super) struct OpenImage {
    dest: Box<str>,
    title: Box<str>,
    range: Range<usize>,
    alt: String,
    /// Elements open inside its text.
    nested: u32,
}

impl Renderer<'_> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if self.in_code_block {
            let text = self.as_authored(text, &range);
            escape::text(&mut self.out.html, &text);
            return;
        }
        if !self.markers.is_empty() && self.is_replaced(&range) {
            return;
        }
        if text == "[" {
            self.check_footnote(&range);
        }
        let text = self.with_quotes(text, &range);
        self.words.add(text);
        escape::text(&mut self.out.html, text);
    }

    /// Whether this text is what the parser saw in place of a component's line; the line is then written instead.
    fn is_replaced(&mut self, range: &Range<usize>) -> bool {
        let next = self.markers.partition_point(|marker| marker.range.end <= range.start);
        let Some(marker) = self.markers.get(next).filter(|marker| marker.range.start <= range.start) else {
            return false;
        };
        if marker.range.start == range.start {
            self.misplaced_component(marker.range.clone());
        }
        true
    }

    /// Reports a bracket that would begin a reference to a footnote, were there one of that name.
    fn check_footnote(&mut self, bracket: &Range<usize>) {
        const LONGEST: usize = 80;
        let is_escaped = bracket.start > 0 && self.source.as_bytes().get(bracket.start - 1) == Some(&b'\\');
        let after = self.source.get(bracket.end..).and_then(|after| after.strip_prefix('^'));
        let Some(after) = after.filter(|_| self.options.extensions && !is_escaped) else { return };
        let end = after.find([']', '[', '\n', '\r']).filter(|end| (1..=LONGEST).contains(end));
        let Some(end) = end.filter(|end| after[*end..].starts_with(']')) else { return };
        let (name, range) = (&after[..end], bracket.start..bracket.end + end + 2);
        let message = format!("there is no footnote named `{name}`");
        let help = format!("Add a line `[^{name}]: text`, or put a \\ before the bracket if no footnote is meant.");
        self.report(Diagnostic::new(&codes::MISSING_FOOTNOTE, message).help(help), range);
    }

    /// The text, with the language's quotation mark where the parser has made one of a straight mark.
    fn with_quotes<'t>(&mut self, text: &'t str, range: &Range<usize>) -> &'t str {
        let is_mark = text.len() == 3
            && range.len() == 1
            && self.options.smart_punctuation
            && matches!(self.source.as_bytes().get(range.start), Some(b'"' | b'\''));
        if is_mark { self.quotes.mark(self.source, range.start) } else { text }
    }

    /// Code as the author wrote it, where the parser saw the replacement of a component's line.
    fn as_authored<'t>(&self, text: &'t str, range: &Range<usize>) -> Cow<'t, str>
    where
        Self: 't,
    {
        if self.markers.is_empty() || text.len() != range.len() {
            return Cow::Borrowed(text);
        }
        let next = self.markers.partition_point(|marker| marker.range.end <= range.start);
        match (self.markers.get(next), self.source.get(range.clone())) {
            (Some(marker), Some(source)) if marker.range.start < range.end => Cow::Owned(source.to_owned()),
            _ => Cow::Borrowed(text),
        }
    }

    pub(super) fn code(&mut self, text: &str, range: Range<usize>) {
        self.words.add(text);
        self.out.html.push_str("<code>");
        let next = self.markers.partition_point(|marker| marker.range.end <= range.start);
        match (self.markers.get(next), self.source.get(range.clone())) {
            (Some(marker), Some(source)) if marker.range.start < range.end => {
                escape::text(&mut self.out.html, source.trim_matches('`').trim());
            }
            _ => escape::text(&mut self.out.html, text),
        }
        self.out.html.push_str("</code>");
    }

    pub(super) fn start_link(&mut self, link_type: LinkType, dest: &str, title: &str, range: Range<usize>) {
        let is_email = link_type == LinkType::Email;
        let destination = if is_email { Destination::External } else { classify(dest, LINK_SCHEMES) };
        if let Destination::Refused(scheme) = &destination
            && !self.trusts()
        {
            self.refused(scheme, LINK_SCHEMES, range);
            self.links.push(false);
            return;
        }
        self.out.html.push_str(if is_email { "<a href=\"mailto:" } else { "<a href=\"" });
        if destination == Destination::Local {
            self.hole(HoleKind::Link { dest: dest.into() }, range);
        } else {
            escape::url(&mut self.out.html, dest);
        }
        self.out.html.push('"');
        self.title(title);
        self.out.html.push('>');
        self.links.push(true);
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.html.push_str(" title=\"");
            escape::attribute(&mut self.out.html, title);
            self.out.html.push('"');
        }
    }

    pub(super) fn start_image(&mut self, dest: &str, title: &str, range: Range<usize>) {
        let (dest, title) = (dest.into(), title.into());
        self.image = Some(OpenImage { dest, title, range, alt: String::new(), nested: 0 });
    }

    /// What stands in an image's text: its plain text is kept.
    pub(super) fn in_image(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if !self.markers.is_empty() && matches!(event, Event::Text(_) | Event::InlineHtml(_)) {
            let next = self.markers.partition_point(|marker| marker.range.end <= range.start);
            if let Some(marker) = self.markers.get(next).filter(|marker| marker.range.start <= range.start) {
                let line = self.source.get(marker.range.clone()).filter(|_| marker.range.start == range.start);
                if let Some(image) = &mut self.image {
                    image.alt.push_str(line.unwrap_or_default());
                }
                return;
            }
        }
        let text = match event {
            Event::Text(text) => self.with_quotes(text, range),
            Event::Code(text) => text,
            Event::SoftBreak | Event::HardBreak => " ",
            _ => "",
        };
        let Some(image) = &mut self.image else { return };
        image.alt.push_str(text);
        match event {
            Event::Start(_) => image.nested += 1,
            Event::End(_) if image.nested > 0 => image.nested -= 1,
            Event::End(_) => self.end_image(),
            _ => {}
        }
    }

    fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        if let Destination::Refused(scheme) = classify(&image.dest, MEDIA_SCHEMES) {
            if !self.trusts() {
                self.refused(&scheme, MEDIA_SCHEMES, image.range);
                escape::text(&mut self.out.html, &image.alt);
                return;
            }
            self.out.html.push_str("<img src=\"");
            escape::url(&mut self.out.html, &image.dest);
            self.out.html.push('"');
        } else {
            self.out.html.push_str("<img");
            let alt = image.alt.as_str().into();
            self.hole(HoleKind::Image(Box::new(Image { dest: image.dest, alt, sized: false })), image.range);
        }
        self.out.html.push_str(" alt=\"");
        escape::attribute(&mut self.out.html, &image.alt);
        self.out.html.push('"');
        self.title(&image.title);
        self.out.html.push_str(" />");
    }

    /// A component's line where no component can stand: its text, with a word about it.
    pub(super) fn misplaced_component(&mut self, range: Range<usize>) {
        let text = self.source.get(range.clone()).unwrap_or_default();
        self.words.add(text);
        escape::text(&mut self.out.html, text);
        let message = "a component cannot stand here, in the middle of a paragraph";
        let help = "Put it at the start of a line, with an empty line before it, or write \\: for a colon of the text.";
        self.report(Diagnostic::new(&codes::COMPONENT_SYNTAX, message).help(help), range);
    }
}
