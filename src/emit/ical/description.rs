//! The text of a page without markup, as programs show it that know no HTML. Its lines are also Markdown: whoever takes
//! the event over has its paragraphs, lists and addresses again.

use super::place::absolute;
use super::plain_text::PlainText;
use crate::markdown::{Body, Extent, Hole, HoleKind, escape};
use crate::site::{PageId, Site};
use std::slice::Iter;

/// The text of a page's body; of a page without one that of its summary.
pub fn of(site: &Site, id: PageId) -> String {
    let page = site.page(id);
    let text = text_of(site, id, &page.document.body, &page.links.body);
    match &page.document.summary {
        Some(summary) if text.is_empty() => text_of(site, id, summary, &page.links.summary),
        _ => text,
    }
}

fn text_of(site: &Site, id: PageId, body: &Body, links: &[Box<str>]) -> String {
    if body.content.html.is_empty() {
        return String::new();
    }
    let mut html = String::with_capacity(body.content.html.len() + body.content.html.len() / 8);
    let mut links = links.iter();
    body.assemble(&mut html, Extent::Whole, &mut |hole, out| fill(hole, &mut links, out));
    PlainText::of(&html, &|link| absolute(site, id, link))
}

/// Fills a hole with the address that the site gave it. A component leaves what stands in it; the words around are the
/// theme's.
fn fill(hole: &Hole, links: &mut Iter<'_, Box<str>>, out: &mut String) {
    match &hole.kind {
        HoleKind::Link { .. } => escape::url(out, links.next().map_or("", |link| &**link)),
        HoleKind::Source { .. } | HoleKind::Image(_) => {
            links.next();
        }
        HoleKind::Component(component) => {
            for _ in component.addresses() {
                links.next();
            }
            if let Some(body) = &component.body {
                out.push_str("<div>");
                body.assemble(out, &mut |hole, out| fill(hole, links, out));
                out.push_str("</div>");
            }
        }
        HoleKind::Label(_) | HoleKind::FootnoteReference(_) => {}
    }
}
