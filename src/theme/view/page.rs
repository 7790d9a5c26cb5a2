use super::{View, ViewField, add_links, card, cards, fields, kinds, links, map, moment, versions};
use crate::diagnostic::Diagnostic;
use crate::markdown::{Extent, TocEntry, table_of_contents};
use crate::site::{EventList, LanguageId, Page, PageId, RelatedLink, Scope};
use crate::theme::engine::{Engine, Shared};
use crate::theme::fill::{Addresses, Text};
use tera::{Context, Map, Value};

pub const FIELDS: &[ViewField] = fields! {
    "content" "HTML" "Its text."
    "toc" "list" "Its headings: level, id, title, children."
    "show_toc" "true, false or none" "Whether the author asks for a table of contents, or asks for none."
    "translations" "list" "All its versions, itself among them: language, name, direction, title, url, permalink, for_everyone (whether it serves readers of all languages without one)."
    "languages" "list of language links" "For each language of the site, in its order, what leads there from this page. Empty on a site of one language."
    "fallback" "true or false" "Whether it stands in for a version that is missing: the text is the original's, in the language `page.language`."
    "original" "original or none" "Of a translation and of a fallback: the version it comes from."
    "canonical" "text or none" "Of a fallback: the whole address of the original, which search engines are to show."
    "breadcrumbs" "list" "The pages above it, the home page first: title, url."
    "previous" "table or none" "The page before it: title, url, date. On the page of one date of a series the date before it."
    "next" "table or none" "The page after it, alike."
    "related" "list" "See also: title, url, summary, external, language (none outside)."
    "series" "table or none" "The series that it is a part of: name, part, total, url (where series are a taxonomy), previous and next (part, title, url), parts (part, title, url, language, current)."
    "backlinks" "list" "Pages that link to it: title, url."
    "subsections" "list of cards" "Of a section: the sections below it."
    "comments" "list" "Archived comments: author, date, content (HTML), url, id, reply_to, pingback."
    "feed_url" "text or none" "The path of its feed, in the form that comes first."
    "feeds" "list" "Its feed in each form: url, type, format."
    "calendar_url" "text or none" "The path of its calendar file: of an event, a group, an aim, a term or a list of events; of the home page that of all events."
    "subscribe_links" "list" "Where there is a calendar file: links that subscribe to it: name (the product; `Webcal` for the programs of the reader's own), url."
    "events_url" "text or none" "Of a group, an aim or a term: the path of the list of all its events."
    "occurrence" "occurrence or none" "On the page of one date of a series: that date."
    "aim" "table or none" "Of an aim, whole."
    "statement" "table or none" "Of a statement, whole."
    "group" "table or none" "Of a group, whole."
    "event" "table or none" "Of an event, whole."
    "action" "table or none" "Of an action, whole."
    "post" "table or none" "Of a post, whole."
};

/// A page as its own template sees it.
pub fn build(engine: &Engine, id: PageId, site_view: &Value) -> Result<Map, Vec<Diagnostic>> {
    let shared = engine.shared();
    let site = &shared.site;
    let page = site.page(id);
    let mut view = shared.card(id).as_map().cloned().unwrap_or_default();
    let mut implicits = Context::new();
    implicits.insert_value("site", site_view.clone());
    // What stands in for a version speaks its own language.
    let language = page.text_language();
    implicits.insert_value("lang", Value::from(site.language(language).code.as_str()));
    implicits.insert_value("direction", Value::from(shared.tools(language).locale.direction().as_str()));
    implicits.insert_value("page", shared.card(id));
    let content = engine.text(id, Text::Body(Extent::Whole), Addresses::OfSite, &implicits)?;
    let calendar = calendar_url(shared, id);
    view.extend(map! {
        "content": Value::safe_string(&in_its_language(shared, page, content)),
        "toc": toc(&table_of_contents(&page.document.body.headings)),
        "show_toc": page.document.common.toc,
        "translations": versions::translations(shared, id),
        "languages": versions::of_page(shared, id),
        "fallback": page.is_fallback,
        "original": versions::original(shared, id),
        "canonical": site.original(id).filter(|_| page.is_fallback).map(|id| site.permalink(&site.page(id).route.url)),
        "breadcrumbs": breadcrumbs(shared, page.section),
        "previous": page.previous.map(|id| shared.link(id)),
        "next": page.next.map(|id| shared.link(id)),
        "related": related(shared, id),
        "series": series(shared, id),
        "backlinks": links(shared, &page.backlinks),
        "subsections": cards(shared, site.sections.get(&id).into_iter().flat_map(|section| section.subsections.clone())),
        "comments": comments(engine, id, &implicits)?,
        "feed_url": Value::none(),
        "feeds": Vec::<Value>::new(),
        "subscribe_links": calendar.as_deref().map(|url| subscribe_links(shared, page.language, page.title(), url)).unwrap_or_default(),
        "calendar_url": calendar,
        "events_url": site.event_list_of(id).filter(|list| list.has_page()).map(|list| list.url.as_str()),
        "occurrence": Value::none(),
    });
    if site.section_has_feed(id) {
        set_feed(shared, &mut view, &page.route.url);
    }
    if let Some((key, table)) = kinds::whole(shared, id) {
        view.insert(key.into(), Value::from(table));
    }
    Ok(view)
}

/// A text in another language than the page around it says so.
fn in_its_language(shared: &Shared, page: &Page, html: String) -> String {
    if !page.is_fallback || html.trim().is_empty() {
        return html;
    }
    let language = page.text_language();
    let (code, direction) = (&shared.site.language(language).code, shared.tools(language).locale.direction().as_str());
    format!("<div lang=\"{code}\" dir=\"{direction}\">{html}</div>")
}

/// The view of something that is no document: a term, a list of terms, what is not found.
pub fn made(shared: &Shared, language: LanguageId, kind: &'static str, title: &str, url: &str) -> Map {
    let site = &shared.site;
    let home = site.homes[language.0 as usize];
    let mut view = shared.card(home).as_map().cloned().unwrap_or_default();
    view.extend(map! {
        "kind": kind,
        "id": "",
        "title": title,
        "url": url,
        "permalink": site.permalink(url),
        "source": Value::none(),
        "language": site.language(language).code.as_str(),
        "direction": shared.tools(language).locale.direction().as_str(),
        "description": "",
        "summary": Value::none(),
        "words": 0,
        "reading_minutes": 0,
        "date": Value::none(),
        "updated": Value::none(),
        "image": Value::none(),
        "section": Value::none(),
        "noindex": kind == "not-found" || shared.site.config.publish.noindex,
        "terms": Map::new(),
        "content": "",
        "toc": Vec::<Value>::new(),
        "show_toc": Value::none(),
        "translations": Vec::<Value>::new(),
        "languages": versions::of_made(shared, language, &[]),
        "fallback": false,
        "original": Value::none(),
        "canonical": Value::none(),
        "breadcrumbs": breadcrumbs(shared, Some(home)),
        "previous": Value::none(),
        "next": Value::none(),
        "related": Vec::<Value>::new(),
        "series": Value::none(),
        "backlinks": Vec::<Value>::new(),
        "subsections": Vec::<Value>::new(),
        "comments": Vec::<Value>::new(),
        "feed_url": Value::none(),
        "feeds": Vec::<Value>::new(),
        "calendar_url": Value::none(),
        "subscribe_links": Vec::<Value>::new(),
        "events_url": Value::none(),
        "occurrence": Value::none(),
        "extra": Map::new(),
    });
    view
}

/// Links that subscribe to the calendar of what has this name.
fn subscribe_links(shared: &Shared, language: LanguageId, name: &str, calendar_url: &str) -> Vec<Value> {
    let title = add_links::calendar_title(&shared.site, language, name);
    add_links::subscribe(&shared.site, calendar_url, &title)
}

/// Gives a page that is no document its calendar file.
pub fn set_calendar(shared: &Shared, view: &mut Map, list: &EventList) {
    let Some(url) = &list.calendar_url else { return };
    view.insert("calendar_url".into(), Value::from(url.as_str()));
    let links = subscribe_links(shared, list.language, &list.title, url);
    view.insert("subscribe_links".into(), Value::from(links));
}

/// The feed of what stands at `url`, in its forms.
pub fn set_feed(shared: &Shared, view: &mut Map, url: &str) {
    let feed = shared.site.feed_beside(url);
    view.insert("feeds".into(), Value::from(super::feeds(shared, feed.as_deref())));
    view.insert("feed_url".into(), Value::from(feed));
}

/// The calendar file of a page: an event's own, a group's or an aim's, or that of all events.
fn calendar_url(shared: &Shared, id: PageId) -> Option<String> {
    let site = &shared.site;
    if let Some(url) = site.event_calendar_url(id) {
        return Some(url);
    }
    let all = site.event_list(site.page(id).language, Scope::All).map(|(_, list)| list);
    let of_all = |list: &&EventList| list.section == Some(id) || site.page(id).is_home();
    let list = site.event_list_of(id).or(all.filter(of_all))?;
    list.calendar_url.clone()
}

fn toc(entries: &[TocEntry<'_>]) -> Vec<Value> {
    entries
        .iter()
        .map(|entry| {
            Value::from(map! {
                "level": u32::from(entry.heading.level),
                "id": &*entry.heading.id,
                "title": Value::safe_string(&entry.heading.html()),
                "children": toc(&entry.children),
            })
        })
        .collect()
}

/// The versions of one occurrence's page: those of the event's pages in other languages for the same date.
pub fn occurrence_translations(shared: &Shared, id: PageId, index: usize) -> Vec<Value> {
    let site = &shared.site;
    let original = |id: PageId, index: usize| {
        let found = site.event_times.get(&id)?.occurrences.get(index)?;
        Some(found.original)
    };
    let own = original(id, index);
    let page_url = |version: PageId| {
        let times = site.event_times.get(&version)?;
        let at = times.occurrences.iter().position(|found| Some(found.original) == own)?;
        Some(site.occurrence_url(version, at))
    };
    let versions = site.page(id).translations.iter().zip(versions::translations(shared, id));
    let found = versions.filter_map(|(version, view)| {
        let url = page_url(*version)?;
        let mut view = view.into_map()?;
        view.insert("permalink".into(), Value::from(site.permalink(&url)));
        view.insert("url".into(), Value::from(url));
        Some(Value::from(view))
    });
    found.collect()
}

/// The pages above, from the home page down to `from`.
pub fn breadcrumbs(shared: &Shared, from: Option<PageId>) -> Vec<Value> {
    let mut crumbs = Vec::new();
    let mut at = from;
    while let Some(id) = at {
        crumbs.push(shared.link(id));
        at = shared.site.page(id).section;
    }
    crumbs.reverse();
    crumbs
}

fn series(shared: &Shared, id: PageId) -> Option<View> {
    let site = &shared.site;
    let (series, place) = site.series.of(id)?;
    let part = |at: usize| {
        let (id, number) = *series.parts.get(at)?;
        let page = site.page(id);
        Some(Value::from(map! {
            "part": number,
            "title": page.title(),
            "url": page.route.url.as_str(),
            "language": site.language(page.text_language()).code.as_str(),
            "current": at == place,
        }))
    };
    let page = site.page(id);
    let url = site.config.taxonomies.iter().position(|taxonomy| taxonomy.name == "series").and_then(|taxonomy| {
        let term = page.terms.get(taxonomy)?.first()?;
        Some(site.term_url(page.language, taxonomy as u32, *term))
    });
    Some(map! {
        "name": series.name.as_str(),
        "part": series.parts.get(place).map(|(_, number)| *number),
        "total": series.total,
        "url": url,
        "previous": place.checked_sub(1).and_then(part),
        "next": part(place + 1),
        "parts": (0..series.parts.len()).filter_map(part).collect::<Vec<_>>(),
    })
}

fn related(shared: &Shared, id: PageId) -> Vec<Value> {
    let related = &shared.site.page(id).related;
    related
        .iter()
        .map(|found| match found {
            RelatedLink::Page(id) => {
                let page = shared.site.page(*id);
                let summary = card::description(&page.document);
                Value::from(map! {
                    "title": page.title(),
                    "url": page.route.url.as_str(),
                    "summary": (!summary.is_empty()).then_some(summary),
                    "external": false,
                    "language": shared.site.language(page.text_language()).code.as_str(),
                })
            }
            RelatedLink::Outside { title, url, summary } => Value::from(map! {
                "title": title.as_str(),
                "url": &*shared.site.address(url),
                "summary": summary.as_deref(),
                "external": url.is_external(),
            }),
        })
        .collect()
}

fn comments(engine: &Engine, id: PageId, implicits: &Context) -> Result<Vec<Value>, Vec<Diagnostic>> {
    let site = engine.site();
    let document = &site.page(id).document;
    let mut views = Vec::with_capacity(document.common.comments.len());
    for (number, comment) in document.common.comments.iter().enumerate() {
        let content = engine.text(id, Text::Comment(number), Addresses::OfSite, implicits)?;
        views.push(Value::from(map! {
            "author": comment.author.as_str(),
            "date": comment.date.map(|date| moment(date, &site.config.timezone)),
            "content": Value::safe_string(&content),
            "url": comment.url.as_ref().map(|url| site.address(url)),
            "id": comment.id.as_deref(),
            "reply_to": comment.reply_to.as_ref().map(|id| id.value.as_str()),
            "pingback": comment.pingback,
        }));
    }
    Ok(views)
}
