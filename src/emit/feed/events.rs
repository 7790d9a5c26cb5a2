//! Feeds of events: what is coming, soonest first.

use super::{About, Entry, bare_entry, content, updated};
use crate::content::{Details, Status};
use crate::diagnostic::Diagnostic;
use crate::markdown::escape;
use crate::site::{EventTimes, LanguageId, OccurrenceView, PageId, Scope, Site};
use crate::theme::Engine;
use crate::theme::view::event;
use jiff::Timestamp;

/// What a feed of a list of events says of itself.
pub fn about(site: &Site, list: u32) -> About {
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
    About { subject, title, language: list.language, page_url: list.url.clone() }
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

/// An event with when and where; none where it never takes place.
pub fn entry(engine: &Engine, id: PageId, language: LanguageId) -> Result<Option<Entry>, Vec<Diagnostic>> {
    let site = engine.site();
    let Some(times) = site.event_times.get(&id) else { return Ok(None) };
    // What is over tells of its last time.
    let Some(next) = times.next(site.clock.now).or(times.occurrences.last()) else { return Ok(None) };
    let mut entry = bare_entry(site, id);
    let title = event::occurrence_title(site, id, next);
    entry.title = match status_words(engine, language, next.status) {
        Some(words) => format!("{words}: {title}"),
        None => title.to_owned(),
    };
    entry.calendar = site.event_calendar_url(id).map(|url| site.permalink(&url));
    entry.updated = changed(site, id);
    let facts = facts(engine, language, id, times, next);
    entry.summary = [facts.as_str(), &entry.summary].join(" – ").trim_end_matches(" – ").to_owned();
    let mut html = String::from("<p><strong>");
    escape::text(&mut html, &facts);
    html.push_str("</strong></p>\n");
    html.push_str(&content(engine, id)?);
    entry.content = Some(html);
    Ok(Some(entry))
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
