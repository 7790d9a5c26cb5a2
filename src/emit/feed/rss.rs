//! RSS 2.0, with the elements of other namespaces that readers know: the feed's own address, authors, whole texts.

use super::{Entry, Feed};
use crate::emit::xml::Xml;
use crate::site::Site;
use jiff::Timestamp;

pub fn write(site: &Site, feed: &Feed) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open(
        "rss",
        &[
            ("version", "2.0"),
            ("xmlns:atom", "http://www.w3.org/2005/Atom"),
            ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ],
    );
    xml.open("channel", &[]);
    xml.text("title", &[], &feed.title);
    xml.text("link", &[], &feed.page_url);
    // It must be there.
    xml.text("description", &[], if feed.description.is_empty() { &feed.title } else { &feed.description });
    xml.text("language", &[], &feed.language);
    xml.text("lastBuildDate", &[], &rfc822(site, feed.updated));
    xml.text("generator", &[], concat!("Handbill ", env!("CARGO_PKG_VERSION")));
    xml.text("docs", &[], "https://www.rssboard.org/rss-specification");
    xml.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &feed.url)]);
    for entry in &feed.entries {
        write_item(&mut xml, site, entry, &feed.author);
    }
    xml.close("channel");
    xml.close("rss");
    xml.finish()
}

fn write_item(xml: &mut Xml, site: &Site, entry: &Entry, publisher: &str) {
    xml.open("item", &[]);
    xml.text("title", &[], &entry.title);
    xml.text("link", &[], &entry.url);
    xml.text("guid", &[("isPermaLink", "false")], &entry.id);
    if let Some(published) = entry.published {
        xml.text("pubDate", &[], &rfc822(site, published));
    }
    // The author of RSS itself is an e-mail address.
    if entry.authors.is_empty() {
        xml.text("dc:creator", &[], publisher);
    }
    for name in &entry.authors {
        xml.text("dc:creator", &[], name);
    }
    for term in &entry.terms {
        xml.text("category", &[], term);
    }
    if !entry.summary.is_empty() {
        xml.text("description", &[], &entry.summary);
    }
    if let Some(content) = &entry.content {
        xml.text("content:encoded", &[], content);
    }
    xml.close("item");
}

/// A date as RFC 822 has it, with a year of four digits.
fn rfc822(site: &Site, at: Timestamp) -> String {
    let zoned = at.to_zoned(site.config.timezone.clone());
    jiff::fmt::rfc2822::to_string(&zoned).unwrap_or_else(|_| "Thu, 1 Jan 1970 00:00:00 +0000".to_owned())
}
