//! Puts bodies together: fills their holes with addresses, words and components.

use super::components;
use super::engine::{Engine, Shared};
use crate::diagnostic::Diagnostic;
use crate::markdown::{Body, Extent, Hole, HoleKind, Label, escape};
use crate::site::{LanguageId, PageId};
use crate::source::FileRef;
use std::borrow::Cow;
use tera::Context;

/// Whether addresses stand as they do on the site's own pages, or whole, for texts that are read elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    OfSite,
    Whole,
}

/// Which of a page's texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    Body(Extent),
    /// The authored summary.
    Summary,
    Comment(usize),
}

impl Engine {
    /// The HTML of one of a page's texts. `implicits` is what components see of the page around them.
    pub fn text(
        &self,
        page: PageId,
        text: Text,
        addresses: Addresses,
        implicits: &Context,
    ) -> Result<String, Vec<Diagnostic>> {
        let found = self.site().page(page);
        let document = &found.document;
        let empty = Vec::new();
        let (body, links): (&Body, &Vec<Box<str>>) = match text {
            Text::Body(_) => (&document.body, &found.links.body),
            Text::Summary => match &document.summary {
                Some(summary) => (summary, &found.links.summary),
                None => return Ok(String::new()),
            },
            Text::Comment(number) => match document.comments.get(number) {
                Some(comment) => (comment, found.links.comments.get(number).unwrap_or(&empty)),
                None => return Ok(String::new()),
            },
        };
        let extent = if let Text::Body(extent) = text { extent } else { Extent::Whole };
        let mut filler = Filler {
            engine: self,
            language: found.text_language(),
            file: &document.file,
            url: &found.route.url,
            links: links.iter(),
            addresses,
            implicits,
            told: &found.links.mistakes,
            mistakes: Vec::new(),
        };
        let mut html = String::with_capacity(body.content.html.len() + body.content.html.len() / 8);
        body.assemble(&mut html, extent, &mut |hole, out| filler.fill(hole, out));
        if addresses == Addresses::Whole {
            html = without_heading_anchors(html);
        }
        if filler.mistakes.is_empty() { Ok(html) } else { Err(filler.mistakes) }
    }
}

struct Filler<'e> {
    engine: &'e Engine,
    language: LanguageId,
    file: &'e FileRef,
    /// The page's own address.
    url: &'e str,
    /// In the order of the holes.
    links: std::slice::Iter<'e, Box<str>>,
    addresses: Addresses,
    implicits: &'e Context,
    /// What was said of the page's links before.
    told: &'e [Diagnostic],
    mistakes: Vec<Diagnostic>,
}

impl Filler<'_> {
    fn fill(&mut self, hole: &Hole, out: &mut String) {
        match &hole.kind {
            HoleKind::Link { .. } | HoleKind::Source { .. } => self.address(out),
            HoleKind::Image(_) => {
                out.push_str(" src=\"");
                self.address(out);
                out.push('"');
                if self.addresses == Addresses::OfSite {
                    out.push_str(" loading=\"lazy\" decoding=\"async\"");
                }
            }
            HoleKind::Label(label) => escape::attribute(out, &label_words(self.engine.shared(), *label, self.language)),
            HoleKind::FootnoteReference(_) => {}
            HoleKind::Component(component) => {
                let addresses: Vec<String> = component.addresses().map(|_| self.next_address()).collect();
                let body = component.body.as_ref().map(|body| {
                    let mut html = String::new();
                    body.assemble(&mut html, &mut |hole, out| self.fill(hole, out));
                    html
                });
                let called = components::call(
                    self.engine,
                    component,
                    &addresses,
                    body,
                    self.language,
                    self.file,
                    self.implicits,
                );
                match called {
                    Ok(html) => out.push_str(&html),
                    Err(mistakes) => {
                        let told = self.told;
                        self.mistakes.extend(mistakes.into_iter().filter(|mistake| !is_told(mistake, told)));
                    }
                }
            }
        }
    }

    fn address(&mut self, out: &mut String) {
        escape::url(out, &self.next_address());
    }

    /// The address of the next hole.
    fn next_address(&mut self) -> String {
        let Some(link) = self.links.next() else { return String::new() };
        match self.addresses {
            Addresses::OfSite => link.to_string(),
            Addresses::Whole => whole_address(self.engine.shared(), link, self.url).into_owned(),
        }
    }
}

/// Whether the place of a mistake was found at fault before, such as an address that leads nowhere.
fn is_told(mistake: &Diagnostic, told: &[Diagnostic]) -> bool {
    mistake.span.is_some() && told.iter().any(|told| told.span == mistake.span && told.file == mistake.file)
}

/// The links of headings to themselves mean nothing outside the page.
fn without_heading_anchors(html: String) -> String {
    const OPENING: &str = " <a class=\"heading-anchor\"";
    const CLOSING: &str = "</a>";
    if !html.contains(OPENING) {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some(at) = rest.find(OPENING) {
        out.push_str(&rest[..at]);
        let from = &rest[at..];
        rest = from.find(CLOSING).map_or("", |end| &from[end + CLOSING.len()..]);
    }
    out.push_str(rest);
    out
}

/// An address of this site with scheme and host.
fn whole_address<'l>(shared: &Shared, link: &'l str, url: &str) -> Cow<'l, str> {
    if link.starts_with('/') && !link.starts_with("//") {
        Cow::Owned(shared.site.permalink(link))
    } else if link.starts_with(['#', '?']) {
        Cow::Owned(shared.site.permalink(&format!("{url}{link}")))
    } else {
        Cow::Borrowed(link)
    }
}

/// The words of a label in the page's language.
fn label_words(shared: &Shared, label: Label, language: LanguageId) -> String {
    let number = match label {
        Label::FootnoteBack { number } => Some(number),
        _ => None,
    };
    let value = |name: &str| number.filter(|_| name == "number").map(|number| Cow::Owned(number.to_string()));
    shared.words(label.key(), language, None, value).unwrap_or_else(|| super::strings::fill(label.english(), value))
}
