//! Atom feeds (RFC 4287).

mod events;

pub use events::of_events;

use super::xml::Xml;
use crate::config::FeedContent;
use crate::content::{Details, Kind};
use crate::diagnostic::Diagnostic;
use crate::markdown::Extent;
use crate::site::{LanguageId, PageId, Site, Subject};
use crate::theme::view::{card, context, moment};
use crate::theme::{Addresses, Engine, Text};
use jiff::Timestamp;
use uuid::Uuid;

/// What a feed says of itself.
struct About<'a> {
    /// What it is a feed of, for its id.
    subject: String,
    title: String,
    language: LanguageId,
    /// The path of the feed.
    url: &'a str,
    /// The path of the page that it belongs to.
    page_url: String,
}

type Rendered = Result<Vec<u8>, Vec<Diagnostic>>;

/// The whole site's: news and statements; where there are none, every dated page.
pub fn of_site(engine: &Engine, language: LanguageId, url: &str) -> Rendered {
    let site = engine.site();
    let ids = ids_of_site(site, language);
    let home = site.page(site.homes[language.0 as usize]);
    let title = site.language(language).title.clone();
    let about = About { subject: String::new(), title, language, url, page_url: home.route.url.clone() };
    render(engine, &about, ids)
}

/// A section's.
pub fn of_section(engine: &Engine, section: PageId, url: &str) -> Rendered {
    let site = engine.site();
    let page = site.page(section);
    let ids = site.sections.get(&section).map(|section| section.pages.clone()).unwrap_or_default();
    let title = format!("{} – {}", page.title(), site.language(page.language).title);
    let subject = page.document.path.stem.clone();
    let about = About { subject, title, language: page.language, url, page_url: page.route.url.clone() };
    render(engine, &about, ids)
}

/// A term's.
pub fn of_term(engine: &Engine, language: LanguageId, taxonomy: u32, term: u32, url: &str) -> Rendered {
    let site = engine.site();
    let found = &site.terms[language.0 as usize][taxonomy as usize][term as usize];
    let title = format!("{} – {}", found.name, site.language(language).title);
    let subject = format!("{}/{}", site.config.taxonomies[taxonomy as usize].name, found.slug);
    let about = About { subject, title, language, url, page_url: site.term_url(language, taxonomy, term) };
    render(engine, &about, found.pages.clone())
}

/// The pages that a feed could name, newest first, and events soonest first: it names the first of them, as many as the
/// configuration allows. None for what is no feed.
pub fn entries(site: &Site, subject: &Subject) -> Option<Vec<PageId>> {
    let ids = match *subject {
        Subject::SiteFeed { language } => ids_of_site(site, language),
        Subject::SectionFeed { page } => site.sections.get(&page)?.pages.clone(),
        Subject::TermFeed { language, taxonomy, term } => {
            site.terms[language.0 as usize][taxonomy as usize][term as usize].pages.clone()
        }
        Subject::EventFeed { list } => return Some(events::coming(site, list)),
        _ => return None,
    };
    Some(newest_first(site, ids).into_iter().map(|(_, id)| id).collect())
}

fn ids_of_site(site: &Site, language: LanguageId) -> Vec<PageId> {
    let kinds = &site.by_kind[language.0 as usize];
    let of = |kind: Kind| kinds.get(&kind).map(Vec::as_slice).unwrap_or_default().iter().copied();
    let ids: Vec<PageId> = of(Kind::Post).chain(of(Kind::Statement)).collect();
    if ids.iter().any(|id| date(site, *id).is_some()) {
        return ids;
    }
    Kind::AUTHORED.iter().flat_map(|kind| of(*kind)).collect()
}

/// Those that have a date.
fn newest_first(site: &Site, ids: Vec<PageId>) -> Vec<(Timestamp, PageId)> {
    let mut dated: Vec<(Timestamp, PageId)> = ids.into_iter().filter_map(|id| Some((date(site, id)?, id))).collect();
    dated.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    dated
}

/// When a page was published.
fn date(site: &Site, id: PageId) -> Option<Timestamp> {
    let date = site.page(id).document.common.date.as_ref()?;
    Some(date.value.timestamp(&site.config.timezone))
}

/// When a page was last changed.
fn updated(site: &Site, id: PageId) -> Option<Timestamp> {
    let updated = site.page(id).document.common.updated.as_ref();
    updated.map(|updated| updated.value.timestamp(&site.config.timezone)).max(date(site, id))
}

/// A feed of the newest of some pages.
fn render(engine: &Engine, about: &About<'_>, ids: Vec<PageId>) -> Rendered {
    let site = engine.site();
    let mut dated = newest_first(site, ids);
    dated.truncate(site.config.feed_limit);
    // A feed without entries was never changed.
    let last = dated.iter().filter_map(|(_, id)| updated(site, *id)).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let mut xml = open(site, about, last);
    for (_, id) in &dated {
        entry(engine, &mut xml, *id)?;
    }
    xml.close("feed");
    Ok(xml.finish())
}

/// The beginning of a feed: all but its entries and its end.
fn open(site: &Site, about: &About<'_>, last: Timestamp) -> Xml {
    let code = &site.language(about.language).code;
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", code)]);
    xml.text("id", &[], &stable_id(site, about.language, &format!("feed/{}", about.subject)));
    xml.text("title", &[], &about.title);
    xml.text("updated", &[], &rfc3339(site, last));
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &site.permalink(about.url))]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &site.permalink(&about.page_url))]);
    xml.open("author", &[]);
    xml.text("name", &[], &publisher(site, about.language));
    xml.close("author");
    xml.text("generator", &[("version", env!("CARGO_PKG_VERSION"))], "Handbill");
    xml
}

fn publisher(site: &Site, language: LanguageId) -> String {
    let organisation = site.config.organisation.as_ref().and_then(|organisation| organisation.name.clone());
    organisation.unwrap_or_else(|| site.language(language).title.clone())
}

fn rfc3339(site: &Site, at: Timestamp) -> String {
    crate::theme::view::zoned(&at.to_zoned(site.config.timezone.clone()))
}

fn entry(engine: &Engine, xml: &mut Xml, id: PageId) -> Result<(), Vec<Diagnostic>> {
    let site = engine.site();
    let page = site.page(id);
    if page.kind() == Kind::Event {
        return events::entry(engine, xml, id, page.language);
    }
    let document = &page.document;
    let common = &document.common;
    let permalink = site.permalink(&page.route.url);
    xml.open("entry", &[("xml:lang", &site.language(page.text_language()).code)]);
    xml.text("id", &[], &entry_id(site, id));
    xml.text("title", &[], page.title());
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &permalink)]);
    if let Some(date) = &common.date {
        xml.text("published", &[], &moment(date.value, &site.config.timezone));
    }
    if let Some(updated) = updated(site, id) {
        xml.text("updated", &[], &rfc3339(site, updated));
    }
    if let Details::Post(post) = &document.details {
        for name in &post.byline.0 {
            xml.open("author", &[]);
            xml.text("name", &[], name);
            xml.close("author");
        }
    }
    categories(xml, site, id);
    let summary = card::description(document);
    if !summary.is_empty() {
        xml.text("summary", &[], &summary);
    }
    let extent = match site.config.feed_content {
        FeedContent::Full => Extent::Whole,
        FeedContent::Summary => Extent::Summary,
    };
    if site.config.feed_content == FeedContent::Full || document.body.summary_end.is_some() {
        let implicits = context::implicits(engine, id);
        let html = engine.text(id, Text::Body(extent), Addresses::Whole, &implicits)?;
        xml.text("content", &[("type", "html")], html.trim());
    }
    xml.close("entry");
    Ok(())
}

fn categories(xml: &mut Xml, site: &Site, id: PageId) {
    let page = site.page(id);
    for (terms, known) in page.terms.iter().zip(&site.terms[page.language.0 as usize]) {
        for term in terms {
            xml.empty("category", &[("term", &known[*term as usize].name)]);
        }
    }
}

/// The id of a page: it stays when its title, its address and the site's host change.
fn entry_id(site: &Site, id: PageId) -> String {
    let page = site.page(id);
    stable_id(site, page.language, &page.document.path.stem)
}

/// An id made of the site's id and a name (RFC 4287, section 4.2.6: never changed).
fn stable_id(site: &Site, language: LanguageId, name: &str) -> String {
    let name = format!("{}/{}/{name}", site.config.site_id, site.language(language).code);
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).urn().to_string()
}
