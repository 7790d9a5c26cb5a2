use super::Renderer;
use crate::markdown::body::{HoleKind, Label};
use crate::markdown::heading::{Heading, without_links};
use crate::markdown::ids::Ids;
use crate::markdown::slug::slug;
use crate::markdown::{escape, plain};
use crate::source::Span;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag};
use std::ops::Range;

/// A heading whose text is being written.
#[derive(Debug)]
pub(super) struct OpenHeading {
    /// The author's id.
    id: Option<Box<str>>,
    span: Span,
    /// Where its id goes in the HTML, and the number of holes before it.
    tag: usize,
    holes: usize,
    /// Where its text begins.
    content: usize,
}

/// Keeps the ids that the author wrote from being given to headings that come earlier. Most texts have none, and are
/// not read twice.
pub(super) fn reserve_ids(text: &str, flags: pulldown_cmark::Options, ids: &mut Ids) {
    let may_have_attributes =
        text.contains('{') && text.lines().any(|line| line.trim_end().ends_with('}') && line.contains('#'));
    if !may_have_attributes && (!text.contains('<') || !text.contains("id=")) {
        return;
    }
    for event in Parser::new_ext(text, flags) {
        match event {
            Event::Start(Tag::Heading { id: Some(id), .. }) => ids.reserve(&id),
            Event::Html(html) | Event::InlineHtml(html) => {
                for after in html.split("id=").skip(1) {
                    let value = after.trim_start_matches(['"', '\'']);
                    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>'));
                    ids.reserve(&value[..end.unwrap_or(value.len())]);
                }
            }
            _ => {}
        }
    }
}

impl Renderer<'_> {
    pub(super) fn start_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'_>>,
        classes: &[CowStr<'_>],
        attributes: &[(CowStr<'_>, Option<CowStr<'_>>)],
        range: Range<usize>,
    ) {
        self.out.html.push_str(match level {
            HeadingLevel::H1 => "<h1",
            HeadingLevel::H2 => "<h2",
            HeadingLevel::H3 => "<h3",
            HeadingLevel::H4 => "<h4",
            HeadingLevel::H5 => "<h5",
            HeadingLevel::H6 => "<h6",
        });
        let (tag, holes) = (self.out.html.len(), self.out.holes.len());
        let id = id.filter(|id| {
            let place = self.place_in_heading(&range, id);
            self.claim_id(id, place)
        });
        if !classes.is_empty() {
            self.out.html.push_str(" class=\"");
            for (at, class) in classes.iter().enumerate() {
                if at > 0 {
                    self.out.html.push(' ');
                }
                escape::attribute(&mut self.out.html, class);
            }
            self.out.html.push('"');
        }
        for (name, value) in attributes {
            self.heading_attribute(name, value.as_deref().unwrap_or_default(), &range);
        }
        self.out.html.push('>');
        let content = self.out.html.len();
        let span = self.span(range);
        self.open_heading = Some(OpenHeading { id: id.map(|id| id.as_ref().into()), span, tag, holes, content });
    }

    fn heading_attribute(&mut self, name: &str, value: &str, heading: &Range<usize>) {
        let lower = name.to_ascii_lowercase();
        let is_name = lower.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let may_stay = matches!(lower.as_str(), "lang" | "dir" | "title") || lower.starts_with("data-");
        if !is_name || !(may_stay || self.trusts()) {
            let place = self.place_in_heading(heading, name);
            self.removed_attribute(name, "a heading", place);
            return;
        }
        self.out.html.push(' ');
        self.out.html.push_str(&lower);
        self.out.html.push_str("=\"");
        escape::attribute(&mut self.out.html, value.trim_matches('"'));
        self.out.html.push('"');
    }

    /// Where `written` stands among the attributes of a heading.
    fn place_in_heading(&self, heading: &Range<usize>, written: &str) -> Range<usize> {
        let text = self.source.get(heading.clone()).unwrap_or_default();
        let braces = text.rfind('{').unwrap_or(0);
        match text[braces..].find(written) {
            Some(found) => {
                let start = heading.start + braces + found;
                start..start + written.len()
            }
            None => heading.clone(),
        }
    }

    pub(super) fn end_heading(&mut self, level: HeadingLevel) {
        if let Some(open) = self.open_heading.take() {
            self.record_heading(level, open);
        }
        self.out.html.push_str(match level {
            HeadingLevel::H1 => "</h1>\n",
            HeadingLevel::H2 => "</h2>\n",
            HeadingLevel::H3 => "</h3>\n",
            HeadingLevel::H4 => "</h4>\n",
            HeadingLevel::H5 => "</h5>\n",
            HeadingLevel::H6 => "</h6>\n",
        });
    }

    fn record_heading(&mut self, level: HeadingLevel, open: OpenHeading) {
        let html = self.out.html.get(open.content..).unwrap_or_default();
        let text = plain::text_of(html);
        let has_markup = html.contains('<');
        // Ids inside a heading cannot stand in a table of contents as well.
        let markup = (has_markup && !html.contains(" id=")).then(|| without_links(html).into());
        let id = match open.id {
            Some(id) => id,
            None if self.options.heading_ids => {
                self.ids.make(slug(&text, self.options.language, self.options.alphabet))
            }
            None => "".into(),
        };
        if !id.is_empty() {
            let mut attribute = String::with_capacity(id.len() + 6);
            attribute.push_str(" id=\"");
            escape::attribute(&mut attribute, &id);
            attribute.push('"');
            self.out.insert(open.tag, open.holes, &attribute);
            if self.options.heading_anchors {
                self.out.html.push_str(" <a class=\"heading-anchor\" href=\"#");
                escape::url(&mut self.out.html, &id);
                self.out.html.push_str("\" aria-label=\"");
                let at = open.span.end.saturating_sub(self.offset) as usize;
                self.hole(HoleKind::Label(Label::HeadingAnchor), at..at);
                self.out.html.push_str("\">#</a>");
            }
        }
        self.headings.push(Heading { level: level as u8, id, text: text.into(), markup, span: open.span });
    }
}
