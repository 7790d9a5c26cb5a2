//! Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1. What a feed holds is gathered once, and written in each form.

mod absolute;
mod atom;
mod events;
mod json;
mod rss;

use crate::config::{FeedContent, FeedFormat};
use crate::content::{Details, Kind};
use crate::diagnostic::Diagnostic;
use crate::markdown::Extent;
use crate::site::{LanguageId, PageId, Site, Subject};
use crate::theme::view::{card, context};
use crate::theme::{Addresses, Engine, Text};
use jiff::Timestamp;
use uuid::Uuid;

/// What a feed says, whatever its form. All addresses are whole.
struct Feed {
    id: String,
    title: String,
    /// A tag.
    language: String,
    url: String,
    page_url: String,
    updated: Timestamp,
    /// Who publishes it.
    author: String,
    /// One sentence about it.
    description: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    language: String,
    url: String,
    published: Option<Timestamp>,
    updated: Timestamp,
    authors: Vec<String>,
    terms: Vec<String>,
    /// Plain text; empty where there is none.
    summary: String,
    /// HTML with whole addresses.
    content: Option<String>,
    image: Option<String>,
    /// The calendar file of an event.
    calendar: Option<String>,
}

/// What a feed says of itself.
struct About {
    /// What it is a feed of, for its id.
    subject: String,
    title: String,
    language: LanguageId,
    /// The path of the page that it belongs to.
    page_url: String,
}

type Rendered = Result<Vec<u8>, Vec<Diagnostic>>;

/// A feed in its form, at the path of its address; empty for what is no feed.
pub fn render(engine: &Engine, subject: &Subject, url: &str) -> Rendered {
    let site = engine.site();
    let Some((about, format)) = about(site, subject) else { return Ok(Vec::new()) };
    let mut ids = entries(site, subject).unwrap_or_default();
    ids.truncate(site.config.feed_limit);
    let of_events = matches!(subject, Subject::EventFeed { .. });
    let entry = |id: &PageId| match of_events || site.page(*id).kind() == Kind::Event {
        true => events::entry(engine, *id, about.language),
        false => entry(engine, *id).map(Some),
    };
    let entries: Result<Vec<Option<Entry>>, _> = ids.iter().map(entry).collect();
    let entries: Vec<Entry> = entries?.into_iter().flatten().collect();
    let feed = Feed {
        id: stable_id(site, about.language, &format!("feed/{}", about.subject)),
        title: about.title,
        language: site.language(about.language).code.clone(),
        url: site.permalink(url),
        page_url: site.permalink(&about.page_url),
        // A feed without entries was never changed: the build's own time would make each build differ.
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or(Timestamp::UNIX_EPOCH),
        author: publisher(site, about.language),
        description: site.language(about.language).description.clone().unwrap_or_default(),
        entries,
    };
    Ok(match format {
        FeedFormat::Atom => atom::write(site, &feed),
        FeedFormat::Rss => rss::write(site, &feed),
        FeedFormat::Json => json::write(site, &feed),
    })
}

fn about(site: &Site, subject: &Subject) -> Option<(About, FeedFormat)> {
    let name = |language: LanguageId| site.language(language).title.clone();
    Some(match *subject {
        // The whole site's: news and statements; where there are none, every dated page.
        Subject::SiteFeed { language, format } => {
            let page_url = site.page(site.homes[language.0 as usize]).route.url.clone();
            (About { subject: String::new(), title: name(language), language, page_url }, format)
        }
        Subject::SectionFeed { page, format } => {
            let page = site.page(page);
            let title = format!("{} – {}", page.title(), name(page.language));
            let subject = page.document.path.stem.clone();
            (About { subject, title, language: page.language, page_url: page.route.url.clone() }, format)
        }
        Subject::TermFeed { language, taxonomy, term, format } => {
            let found = &site.terms[language.0 as usize][taxonomy as usize][term as usize];
            let title = format!("{} – {}", found.name, name(language));
            let subject = format!("{}/{}", site.config.taxonomies[taxonomy as usize].name, found.slug);
            (About { subject, title, language, page_url: site.term_url(language, taxonomy, term) }, format)
        }
        Subject::EventFeed { list, format } => (events::about(site, list), format),
        _ => return None,
    })
}

/// The pages that a feed could name, newest first, and events soonest first: it names the first of them, as many as the
/// configuration allows. None for what is no feed.
pub fn entries(site: &Site, subject: &Subject) -> Option<Vec<PageId>> {
    let ids = match *subject {
        Subject::SiteFeed { language, .. } => ids_of_site(site, language),
        Subject::SectionFeed { page, .. } => site.sections.get(&page)?.pages.clone(),
        Subject::TermFeed { language, taxonomy, term, .. } => {
            site.terms[language.0 as usize][taxonomy as usize][term as usize].pages.clone()
        }
        Subject::EventFeed { list, .. } => return Some(events::coming(site, list)),
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

fn publisher(site: &Site, language: LanguageId) -> String {
    let organisation = site.config.organisation.as_ref().and_then(|organisation| organisation.name.clone());
    organisation.unwrap_or_else(|| site.language(language).title.clone())
}

fn rfc3339(site: &Site, at: Timestamp) -> String {
    crate::theme::view::zoned(&at.to_zoned(site.config.timezone.clone()))
}

/// A page's part of an entry that is the same for all kinds, without its texts.
fn bare_entry(site: &Site, id: PageId) -> Entry {
    let page = site.page(id);
    let known = &site.terms[page.language.0 as usize];
    let terms = page.terms.iter().zip(known).flat_map(|(terms, known)| terms.iter().map(|term| &known[*term as usize]));
    Entry {
        id: stable_id(site, page.language, &page.document.path.stem),
        title: page.title().to_owned(),
        language: site.language(page.text_language()).code.clone(),
        url: site.permalink(&page.route.url),
        published: date(site, id),
        updated: updated(site, id).unwrap_or(Timestamp::UNIX_EPOCH),
        authors: Vec::new(),
        terms: terms.map(|term| term.name.clone()).collect(),
        summary: card::description(&page.document).into_owned(),
        content: None,
        image: page
            .links
            .image
            .as_deref()
            .map(|url| absolute::address(url, &|path| site.permalink(path), &page.route.url)),
        calendar: None,
    }
}

fn entry(engine: &Engine, id: PageId) -> Result<Entry, Vec<Diagnostic>> {
    let site = engine.site();
    let document = &site.page(id).document;
    let mut entry = bare_entry(site, id);
    if let Details::Post(post) = &document.details {
        entry.authors.clone_from(&post.byline.0);
    }
    if site.config.feed_content == FeedContent::Full || document.body.summary_end.is_some() {
        entry.content = Some(content(engine, id)?);
    }
    Ok(entry)
}

/// A page's text, as much of it as feeds hold, with whole addresses.
fn content(engine: &Engine, id: PageId) -> Result<String, Vec<Diagnostic>> {
    let site = engine.site();
    let extent = match site.config.feed_content {
        FeedContent::Full => Extent::Whole,
        FeedContent::Summary => Extent::Summary,
    };
    let html = engine.text(id, Text::Body(extent), Addresses::Whole, &context::implicits(engine, id))?;
    Ok(absolute::all(html.trim(), &|path| site.permalink(path), &site.page(id).route.url))
}

/// An id made of the site's id and a name (RFC 4287, section 4.2.6: never changed): it stays when title, address and the
/// site's host change.
fn stable_id(site: &Site, language: LanguageId, name: &str) -> String {
    let name = format!("{}/{}/{name}", site.config.site_id, site.language(language).code);
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()).urn().to_string()
}
