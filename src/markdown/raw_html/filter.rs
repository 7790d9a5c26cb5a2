use super::rules::{self, AttributeKind};
use super::tokens::{self, Attribute, Tag, Token};
use super::{Chunk, Dropped, OpenElement};
use crate::diagnostic::{Diagnostic, codes};
use crate::markdown::body::{HoleKind, Image};
use crate::markdown::destination::{self, Destination, LINK_SCHEMES, MEDIA_SCHEMES};
use crate::markdown::render::Renderer;
use crate::markdown::{HtmlPolicy, escape};
use std::borrow::Cow;
use std::ops::Range;

/// Deeper nesting of raw HTML helps nobody and would cost time.
const DEEPEST: usize = 256;

/// Where raw HTML stands: among blocks, or in a line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum Place {
    Block,
    Inline,
}

impl Renderer<'_> {
    /// Writes a piece of raw HTML as the policy has it.
    pub(in crate::markdown) fn raw_html(&mut self, chunk: &Chunk, place: Place) {
        let mut at = 0;
        while at < chunk.text.len() {
            let token = tokens::next(&chunk.text, at);
            at = token.range().end;
            if self.dropped.is_some() && !matches!(token, Token::Close(_)) {
                continue;
            }
            match token {
                Token::Instruction(range) if self.is_marker(chunk, &range) => {
                    self.marker(chunk.source(range.start), place)
                }
                Token::Comment { content, .. } if chunk.text[content.clone()].trim() == "more" => {
                    self.summary_end(chunk.range(&content));
                }
                token if self.options.html == HtmlPolicy::Allow => self.pass(chunk, &token),
                Token::Text(range) => self.raw_text(&chunk.text[range]),
                Token::Open(tag) => {
                    if let Some(name) = self.open(chunk, &tag, place) {
                        at = end_of_content(&chunk.text, at, &name);
                    }
                }
                Token::Close(tag) => self.close(chunk, &tag),
                Token::Comment { .. } | Token::Instruction(_) | Token::Declaration(_) => {}
            }
        }
    }

    /// Text between tags: its character references stay, and nothing of it can become a tag.
    fn raw_text(&mut self, text: &str) {
        if self.out.html.is_empty() && text.trim().is_empty() {
            // The end of the line that begins a container.
            return;
        }
        self.words.add(text);
        let mut rest = text;
        while let Some(at) = rest.find(['<', '>', '\0']) {
            self.out.html.push_str(&rest[..at]);
            escape::text(&mut self.out.html, &rest[at..at + 1]);
            rest = &rest[at + 1..];
        }
        self.out.html.push_str(rest);
    }

    fn is_marker(&self, chunk: &Chunk, range: &Range<usize>) -> bool {
        !self.markers.is_empty() && self.marker_at(chunk.source(range.start)).is_some()
    }

    /// Writes an element's start. The element's name comes back when what is in it has to go too.
    fn open(&mut self, chunk: &Chunk, tag: &Tag, place: Place) -> Option<String> {
        let name = chunk.text[tag.name.clone()].to_ascii_lowercase();
        let place_of_tag = chunk.range(&tag.range);
        if self.options.html == HtmlPolicy::Forbid {
            self.report(
                Diagnostic::new(
                    &codes::FORBIDDEN_HTML,
                    format!("HTML is switched off here, and this is the tag `<{name}>`"),
                )
                .help("Write it in Markdown, or set `markdown.html` to \"sanitise\" in `handbill.toml`."),
                place_of_tag,
            );
            return self.drop_content(name, place);
        }
        let Some(own) = rules::element(&name) else {
            let message = format!("the <{name}> element was removed");
            let help = if rules::is_dropped_with_content(&name) {
                "Use a component of the theme instead, such as one for videos or maps."
            } else {
                "Remove the tag. The text in it was kept."
            };
            self.report(Diagnostic::new(&codes::REMOVED_ELEMENT, message).help(help), place_of_tag);
            return self.drop_content(name, place);
        };
        if !rules::is_void(&name) && self.raw.len() >= DEEPEST {
            let message = format!("the <{name}> element was removed, since it stands inside too many others");
            self.report(Diagnostic::new(&codes::REMOVED_ELEMENT, message), place_of_tag);
            return None;
        }
        while self.raw.last().is_some_and(|open| open.depth == self.depth && rules::is_ended_by(&open.name, &name)) {
            self.close_raw(false);
        }
        self.out.html.push('<');
        self.out.html.push_str(&name);
        self.attributes(chunk, tag, &name, own);
        if rules::is_void(&name) {
            self.out.html.push_str(" />");
        } else {
            self.out.html.push('>');
            let span = self.span(place_of_tag);
            self.raw.push(OpenElement { name: name.into(), span, depth: self.depth });
        }
        None
    }

    /// Begins to leave out an element's content, where it is no text for readers.
    fn drop_content(&mut self, name: String, place: Place) -> Option<String> {
        if !rules::is_dropped_with_content(&name) {
            return None;
        }
        if place == Place::Block {
            return Some(name);
        }
        let (html, holes) = (self.out.html.len(), self.out.holes.len());
        self.dropped = Some(Dropped { name: name.into(), depth: self.depth, html, holes });
        None
    }

    /// Ends an element, when it is open here. Those that were opened in it and not closed are closed first.
    fn close(&mut self, chunk: &Chunk, tag: &Tag) {
        let name = chunk.text[tag.name.clone()].to_ascii_lowercase();
        if let Some(dropped) = &self.dropped {
            if *dropped.name == *name && dropped.depth == self.depth {
                self.end_dropped();
            }
            return;
        }
        if self.options.html == HtmlPolicy::Forbid || rules::element(&name).is_none() || rules::is_void(&name) {
            // Its start was reported already.
            return;
        }
        let here = self.raw.iter().rev().take_while(|open| open.depth == self.depth);
        let Some(above) = here.clone().position(|open| *open.name == *name) else {
            if !rules::is_end_optional(&name) {
                let message = format!("the end tag </{name}> was removed: no <{name}> is open here");
                let help = format!(
                    "Remove it, or put the start tag <{name}> before it. An element ends in the paragraph, list item or \
                     quote in which it began."
                );
                self.report(Diagnostic::new(&codes::UNBALANCED_HTML, message).help(help), chunk.range(&tag.range));
            }
            return;
        };
        for _ in 0..above {
            self.close_raw(true);
        }
        self.close_raw(false);
    }

    /// Writes the end of the innermost open element; `report` when its end tag is missing.
    pub(in crate::markdown) fn close_raw(&mut self, report: bool) {
        let Some(open) = self.raw.pop() else { return };
        self.out.html.push_str("</");
        self.out.html.push_str(&open.name);
        self.out.html.push('>');
        if report && !rules::is_end_optional(&open.name) {
            let name = &open.name;
            let message = format!("the <{name}> element has no end tag here, so it was closed");
            let help = format!(
                "Put </{name}> after its text. An element ends in the paragraph, list item or quote in which it began."
            );
            let mut diagnostic = Diagnostic::new(&codes::UNBALANCED_HTML, message).help(help);
            diagnostic = diagnostic.at(self.file, open.span);
            self.diagnostics.push(diagnostic);
        }
    }

    fn attributes(&mut self, chunk: &Chunk, tag: &Tag, element: &str, own: &[&str]) {
        let is_image = element == "img";
        for (at, attribute) in tag.attributes.iter().enumerate() {
            let name = chunk.text[attribute.name.clone()].to_ascii_lowercase();
            let place = chunk.range(&attribute.range);
            let value = attribute.value.clone().map(|value| tokens::decode(&chunk.text[value]));
            if !own.contains(&name.as_str()) && !rules::is_global_attribute(&name) {
                self.removed_attribute(&name, &format!("<{element}>"), place);
                continue;
            }
            let repeated =
                tag.attributes[..at].iter().any(|other| chunk.text[other.name.clone()].eq_ignore_ascii_case(&name));
            if repeated {
                continue;
            }
            match (rules::attribute_kind(&name), value) {
                (AttributeKind::Plain, value) => self.plain_attribute(&name, value, place),
                (kind, Some(value)) if is_image && kind == AttributeKind::Source => {
                    self.image_source(chunk, tag, &value, place);
                }
                (kind, Some(value)) => self.url_attribute(&name, kind, &value, place),
                (_, None) => {}
            }
        }
    }

    fn plain_attribute(&mut self, name: &str, value: Option<Cow<'_, str>>, place: Range<usize>) {
        if name == "id" {
            let id = value.as_deref().unwrap_or_default().trim();
            if id.is_empty() || !self.claim_id(id, place) {
                return;
            }
            self.anchors.push(id.into());
        }
        self.out.html.push(' ');
        self.out.html.push_str(name);
        self.out.html.push_str("=\"");
        escape::attribute(&mut self.out.html, value.as_deref().unwrap_or_default());
        self.out.html.push('"');
    }

    fn url_attribute(&mut self, name: &str, kind: AttributeKind, value: &str, place: Range<usize>) {
        let schemes = if kind == AttributeKind::Link { LINK_SCHEMES } else { MEDIA_SCHEMES };
        let destination = destination::classify(value, schemes);
        if let Destination::Refused(scheme) = destination {
            self.refused(&scheme, schemes, place);
            return;
        }
        self.out.html.push(' ');
        self.out.html.push_str(name);
        self.out.html.push_str("=\"");
        match (name, kind) {
            ("href", _) if destination == Destination::Local => {
                self.hole(HoleKind::Link { dest: value.trim().into() }, place)
            }
            (_, AttributeKind::Source) => self.hole(HoleKind::Source { dest: value.trim().into() }, place),
            _ => escape::url(&mut self.out.html, value),
        }
        self.out.html.push('"');
    }

    fn image_source(&mut self, chunk: &Chunk, tag: &Tag, value: &str, place: Range<usize>) {
        if let Destination::Refused(scheme) = destination::classify(value, MEDIA_SCHEMES) {
            self.refused(&scheme, MEDIA_SCHEMES, place);
            return;
        }
        let image = image(chunk, tag, value);
        self.hole(HoleKind::Image(Box::new(image)), place);
    }

    /// HTML that the policy lets pass as it stands: only what leads into the site is taken out of it.
    fn pass(&mut self, chunk: &Chunk, token: &Token) {
        let range = token.range();
        let Token::Open(tag) = token else {
            if let Token::Text(text) = token {
                self.words.add(&chunk.text[text.clone()]);
            }
            self.out.html.push_str(&chunk.text[range]);
            return;
        };
        let mut kept = range.start;
        for attribute in &tag.attributes {
            let Some(value) = &attribute.value else { continue };
            let name = chunk.text[attribute.name.clone()].to_ascii_lowercase();
            let written = &chunk.text[value.clone()];
            if name == "id" && !written.is_empty() {
                // Two of one id are reported; the text stays as the author wants it.
                if self.claim_id(written, chunk.range(&attribute.range)) {
                    self.anchors.push(written.into());
                }
                continue;
            }
            let Some(kind) = self.hole_in_passed(chunk, tag, &name, written) else { continue };
            let place = chunk.range(&attribute.range);
            if matches!(kind, HoleKind::Image(_)) {
                self.out.html.push_str(chunk.text[kept..attribute.range.start].trim_end());
                self.hole(kind, place);
            } else {
                self.out.html.push_str(&chunk.text[kept..attribute.name.end]);
                self.out.html.push_str("=\"");
                self.hole(kind, place);
                self.out.html.push('"');
            }
            kept = attribute.range.end;
        }
        self.out.html.push_str(&chunk.text[kept..range.end]);
    }

    /// The hole for an attribute in HTML that passes: for plain destinations only, those that need no decoding.
    fn hole_in_passed(&self, chunk: &Chunk, tag: &Tag, name: &str, value: &str) -> Option<HoleKind> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-#?=@%~+".contains(c);
        let element = chunk.text[tag.name.clone()].to_ascii_lowercase();
        let is_hole = match element.as_str() {
            "a" => name == "href",
            "img" | "audio" | "video" | "source" | "track" => name == "src" || name == "poster",
            _ => false,
        };
        let is_local = destination::classify(value, &[]) == Destination::Local;
        if !is_hole || !is_local || value.is_empty() || !value.chars().all(is_plain) {
            return None;
        }
        Some(match (element.as_str(), name) {
            ("a", _) => HoleKind::Link { dest: value.into() },
            ("img", _) => HoleKind::Image(Box::new(image(chunk, tag, value))),
            _ => HoleKind::Source { dest: value.into() },
        })
    }
}

fn image(chunk: &Chunk, tag: &Tag, dest: &str) -> Image {
    let find = |wanted: &str| {
        let is_it = |attribute: &&Attribute| chunk.text[attribute.name.clone()].eq_ignore_ascii_case(wanted);
        tag.attributes.iter().find(is_it)
    };
    let alt = find("alt").and_then(|alt| alt.value.clone()).map(|value| tokens::decode(&chunk.text[value]));
    Image {
        dest: dest.trim().into(),
        alt: alt.unwrap_or_default().into(),
        sized: find("width").is_some() || find("height").is_some(),
    }
}

/// Where the content of the element `name`, which begins at `from`, ends: after its end tag, or with the text.
fn end_of_content(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        let start = at + found + 2;
        let rest = &html.as_bytes()[start..];
        if rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return html[start..].find('>').map_or(html.len(), |end| start + end + 1);
        }
        at = start;
    }
    html.len()
}
