//! Calendar files (RFC 5545, RFC 7986): of one event, and of every list of events.
//!
//! A file depends on the content alone: whole series stand in it by their rules, so that it changes when somebody changes
//! the content and not because time passes.

mod component;
mod description;
mod place;
mod plain_text;
mod times;

use crate::ical::{Clock, Lines, Span, Utc, Written};
use crate::site::{EventList, PageId, Scope, Site};
use jiff::Timestamp;
use std::sync::Arc;

/// How often a subscriber is asked to look again: a cancellation should arrive before people set out.
const REFRESH: &str = "PT6H";
/// A time of which an empty calendar tells the clock, for it needs a component and has no events.
const OF_NO_EVENTS: Timestamp = Timestamp::constant(1_767_225_600, 0);

/// The calendar file of one event or series, to be added to a calendar of one's own.
///
/// It has no X-WR-CALNAME: programs that know it make a new calendar for it, even for a single event.
pub fn event(site: &Site, page: PageId) -> Vec<u8> {
    let mut calendar = Calendar::new(site);
    calendar.add(page);
    let found = site.page(page);
    calendar.finish(&About {
        name: found.title().to_owned(),
        url: site.permalink(&found.route.url),
        source: site.event_calendar_url(page).map(|url| site.permalink(&url)),
        is_list: false,
    })
}

/// The calendar file of a list of events, to be subscribed to.
pub fn list(site: &Site, list: u32) -> Vec<u8> {
    let Some(found) = site.event_lists.all.get(list as usize) else { return Vec::new() };
    let mut calendar = Calendar::new(site);
    for page in &found.events {
        calendar.add(*page);
    }
    let campaign = &site.language(found.language).title;
    calendar.finish(&About {
        name: if found.scope == Scope::All { campaign.clone() } else { format!("{} – {campaign}", found.title) },
        url: site.permalink(page_of(site, found)),
        source: found.calendar_url.as_ref().map(|url| site.permalink(url)),
        is_list: true,
    })
}

/// The page to which a list's calendar belongs: its own, or else that of the group or aim, or the home page.
fn page_of<'s>(site: &'s Site, list: &'s EventList) -> &'s str {
    if list.section.is_some() || list.has_page() {
        return &list.url;
    }
    let owner = list.owner.unwrap_or(site.homes[list.language.0 as usize]);
    &site.page(owner).route.url
}

/// What a calendar says of itself.
struct About {
    name: String,
    url: String,
    /// Where the file itself is found.
    source: Option<String>,
    is_list: bool,
}

/// A calendar that is being written.
struct Calendar<'s> {
    site: &'s Site,
    events: Vec<&'s Written>,
    /// The zones of its times, each with the time for which its clock is told.
    zones: Vec<(&'s Clock, Span)>,
}

impl<'s> Calendar<'s> {
    fn new(site: &'s Site) -> Self {
        Self { site, events: Vec::new(), zones: Vec::new() }
    }

    fn add(&mut self, id: PageId) {
        let Some(times) = self.site.event_times.get(&id) else { return };
        let page = self.site.page(id);
        let written = page.in_calendars.get_or_init(|| Arc::new(component::write(self.site, id)));
        self.events.push(written);
        if let Some((span, clock)) = written.span.zip(self.site.clocks.get(times.schedule.zone())) {
            match self.zones.iter_mut().find(|(known, _)| std::ptr::eq(*known, clock)) {
                Some((_, known)) => *known = known.with(span),
                None => self.zones.push((clock, span)),
            }
        }
    }

    fn finish(self, about: &About) -> Vec<u8> {
        let mut head = Lines::new();
        head.begin("VCALENDAR");
        head.value("VERSION", "2.0");
        head.value("PRODID", "-//Handbill//Handbill//EN");
        head.value("CALSCALE", "GREGORIAN");
        head.text("NAME", &about.name);
        head.line("REFRESH-INTERVAL").param("VALUE", "DURATION").value(REFRESH);
        if about.is_list {
            head.text("X-WR-CALNAME", &about.name);
            head.value("X-PUBLISHED-TTL", REFRESH);
            // Readers move times that are written in UTC into this zone, and a series with them.
            if !self.events.iter().any(|event| event.in_utc) {
                head.text("X-WR-TIMEZONE", &self.site.config.timezone_name);
            }
        }
        head.line("URL").uri(&about.url);
        if let Some(source) = &about.source {
            head.line("SOURCE").param("VALUE", "URI").uri(source);
        }
        if let Some(revised) = self.events.iter().filter_map(|event| event.revised).max() {
            head.value("LAST-MODIFIED", Utc(revised));
        }
        for (clock, span) in &self.zones {
            clock.write(*span, &mut head);
        }
        if self.events.is_empty()
            && let Some(clock) = self.site.clocks.get(&self.site.config.timezone)
        {
            clock.write(Span { from: OF_NO_EVENTS, to: None }, &mut head);
        }
        head.append(self.events.iter().map(|event| event.text.as_str()));
        head.end("VCALENDAR");
        head.into_text().into_bytes()
    }
}
