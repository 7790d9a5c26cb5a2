//! Atom (RFC 4287).

use super::{Entry, Feed, rfc3339};
use crate::emit::xml::Xml;
use crate::site::Site;

pub fn write(site: &Site, feed: &Feed) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &feed.language)]);
    xml.text("id", &[], &feed.id);
    xml.text("title", &[], &feed.title);
    xml.text("updated", &[], &rfc3339(site, feed.updated));
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.url)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.page_url)]);
    xml.open("author", &[]);
    xml.text("name", &[], &feed.author);
    xml.close("author");
    xml.text("generator", &[("version", env!("CARGO_PKG_VERSION"))], "Handbill");
    for entry in &feed.entries {
        write_entry(&mut xml, site, entry);
    }
    xml.close("feed");
    xml.finish()
}

fn write_entry(xml: &mut Xml, site: &Site, entry: &Entry) {
    xml.open("entry", &[("xml:lang", &entry.language)]);
    xml.text("id", &[], &entry.id);
    xml.text("title", &[], &entry.title);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)]);
    if let Some(calendar) = &entry.calendar {
        xml.empty("link", &[("rel", "related"), ("type", "text/calendar"), ("href", calendar)]);
    }
    if let Some(published) = entry.published {
        xml.text("published", &[], &rfc3339(site, published));
    }
    xml.text("updated", &[], &rfc3339(site, entry.updated));
    for name in &entry.authors {
        xml.open("author", &[]);
        xml.text("name", &[], name);
        xml.close("author");
    }
    for term in &entry.terms {
        xml.empty("category", &[("term", term)]);
    }
    if !entry.summary.is_empty() {
        xml.text("summary", &[], &entry.summary);
    }
    if let Some(content) = &entry.content {
        xml.text("content", &[("type", "html")], content);
    }
    xml.close("entry");
}
