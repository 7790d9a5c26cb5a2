//! Feeds of events: what is coming, soonest first.

use super::{About, Rendered, categories, entry_id, open, rfc3339, updated};
use crate::config::FeedContent;
use crate::content::{Details, Status};
use crate::diagnostic::Diagnostic;
use crate::emit::xml::Xml;
use crate::markdown::{Extent, escape};
use crate::site::{EventTimes, LanguageId, OccurrenceView, PageId, Scope, Site};
use crate::theme::view::{card, context, event, moment};
use crate::theme::{Addresses, Engine, Text};
use jiff::Timestamp;

/// The events of a list that are coming.
pub fn of_events(engine: &Engine, list: u32, url: &str) -> Rendered {
    let site = engine.site();
    let mut coming = coming(site, list);
    coming.truncate(site.config.feed_limit);
    let list = &site.event_lists.all[list as usize];
    let name = &site.language(list.language).title;
    let (subject, title) = match list.scope {
        Scope::All if list.section.is_none() => ("events".to_owned(), name.clone()),
        // The feed of the events' own section: as that of any other section.
        Scope::All => {
            let section = list.section.map(|section| site.page(section).document.path.stem.clone());
            (section.unwrap_or_default(), format!("{} – {name}", list.title))
        }
        _ => (format!("events{}", list_name(site, list)), format!("{} – {name}", list.title)),
    };
    let about = About { subject, title, language: list.language, url, page_url: list.url.clone() };
    let last = coming.iter().map(|id| changed(site, *id)).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let mut xml = open(site, &about, last);
    for id in &coming {
        entry(engine, &mut xml, *id, list.language)?;
    }
    xml.close("feed");
    Ok(xml.finish())
}

/// The events of a list, by its number, that are coming, soonest first.
pub fn coming(site: &Site, list: u32) -> Vec<PageId> {
    let now = site.clock.now;
    let events = site.event_lists.all[list as usize].events.iter();
    let next = |id: &PageId| Some((site.event_times.get(id)?.next(now)?.start.timestamp(), *id));
    let mut coming: Vec<(Timestamp, PageId)> = events.filter_map(next).collect();
    coming.sort_unstable();
    coming.into_iter().map(|(_, id)| id).collect()
}

/// What a list is called in ids: the file of its group or aim, or the address of its region or term below the site's.
fn list_name(site: &Site, list: &crate::site::EventList) -> String {
    match list.owner {
        Some(owner) => format!("/{}", site.page(owner).document.path.stem),
        None => list.url.strip_prefix(site.config.base_url.path.as_str()).unwrap_or(&list.url).to_owned(),
    }
}

/// When an event was last changed. One that says nothing about it counts as changed when it first takes place: the
/// build's own time would make every entry new at each build.
fn changed(site: &Site, id: PageId) -> Timestamp {
    let first = || site.event_times.get(&id).and_then(|times| times.schedule.first());
    updated(site, id).or_else(|| first().map(|first| first.start.timestamp())).unwrap_or(Timestamp::UNIX_EPOCH)
}

pub fn entry(engine: &Engine, xml: &mut Xml, id: PageId, language: LanguageId) -> Result<(), Vec<Diagnostic>> {
    let site = engine.site();
    let page = site.page(id);
    let document = &page.document;
    let Some(times) = site.event_times.get(&id) else { return Ok(()) };
    // What is over tells of its last time.
    let Some(next) = times.next(site.clock.now).or(times.occurrences.last()) else { return Ok(()) };
    let permalink = site.permalink(&page.route.url);
    let title = event::occurrence_title(site, id, next);
    let title = match status_words(engine, language, next.status) {
        Some(words) => format!("{words}: {title}"),
        None => title.to_owned(),
    };
    xml.open("entry", &[("xml:lang", &site.language(page.language).code)]);
    xml.text("id", &[], &entry_id(site, id));
    xml.text("title", &[], &title);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &permalink)]);
    if let Some(url) = site.event_calendar_url(id) {
        xml.empty("link", &[("rel", "related"), ("type", "text/calendar"), ("href", &site.permalink(&url))]);
    }
    if let Some(date) = &document.common.date {
        xml.text("published", &[], &moment(date.value, &site.config.timezone));
    }
    xml.text("updated", &[], &rfc3339(site, changed(site, id)));
    categories(xml, site, id);
    let facts = facts(engine, language, id, times, next);
    let description = card::description(document);
    xml.text("summary", &[], [facts.as_str(), &description].join(" – ").trim_end_matches(" – "));
    let extent = match site.config.feed_content {
        FeedContent::Full => Extent::Whole,
        FeedContent::Summary => Extent::Summary,
    };
    let mut html = String::from("<p><strong>");
    escape::text(&mut html, &facts);
    html.push_str("</strong></p>\n");
    html.push_str(engine.text(id, Text::Body(extent), Addresses::Whole, &context::implicits(engine, id))?.trim());
    xml.text("content", &[("type", "html")], &html);
    xml.close("entry");
    Ok(())
}

/// When and where, in one line.
fn facts(engine: &Engine, language: LanguageId, id: PageId, times: &EventTimes, next: &OccurrenceView) -> String {
    let mut parts = vec![event::when(engine.shared(), language, times, next)];
    if let Details::Event(found) = &engine.site().page(id).document.details {
        let change = next.change.and_then(|change| found.change.get(change));
        let venue = change.and_then(|change| change.venue.as_ref()).or(found.venue.as_ref());
        let attendance = event::Attendance::of(next.status, venue, found.online.as_ref());
        if attendance != event::Attendance::Offline {
            let key = format!("attendance_{}", attendance.word());
            parts.extend(engine.shared().words(&key, language, None, |_| None::<std::borrow::Cow<'_, str>>));
        }
        if let Some(venue) = venue.filter(|_| attendance != event::Attendance::Online) {
            let public = [&venue.name, &venue.address, &venue.postcode].into_iter().flatten().map(String::as_str);
            let shown: Vec<&str> =
                if venue.private { venue.area.as_deref().into_iter().collect() } else { public.collect() };
            parts.push(shown.join(", "));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// What a reader must know of a status before anything else.
fn status_words(engine: &Engine, language: LanguageId, status: Status) -> Option<String> {
    if status == Status::Scheduled {
        return None;
    }
    let key = format!("status_{}", status.word().replace('-', "_"));
    engine.shared().words(&key, language, None, |_| None::<std::borrow::Cow<'_, str>>)
}
