//! Links that put an event into a reader's calendar, and links that subscribe to a whole calendar there.
//!
//! The services document none of their addresses in full. What is relied on here is what all of them have kept for
//! years: Google's `action=TEMPLATE` (`recur` takes a rule), the compose form of Outlook on the web, whose `body` is
//! HTML, and Yahoo's `v=60`. All of them take the end of whole days exclusively. What they cannot say is left to the
//! calendar file: none takes exceptions, so that a series with any gives its next date alone.

use super::{card, map};
use crate::calendar::End;
use crate::content::{Details, Event, Status, Venue};
use crate::site::{EventTimes, LanguageId, OccurrenceView, PageId, Site};
use crate::theme::engine::Shared;
use jiff::Timestamp;
use jiff::civil::DateTime;
use std::fmt::Write;
use tera::Value;

/// Bytes that a description takes in an address at the most: some servers refuse addresses beyond 8,000 bytes, and
/// letters of many scripts take nine each.
const MOST_DETAILS: usize = 1_500;
/// Dates that are counted for a rule that ends after so many; beyond them the next date alone is given.
const MOST_COUNTED: usize = 1_000;

/// Links that add an event to the calendars of common services: its next time, or the series where a service takes
/// it. None for what is over, cancelled or postponed.
pub fn of_event(shared: &Shared, id: PageId, event: &Event) -> Vec<Value> {
    let now = shared.site.clock.now;
    let Some(times) = shared.site.event_times.get(&id) else { return Vec::new() };
    let Some(next) = times.next(now).filter(|next| next.takes_place()) else { return Vec::new() };
    let entry = Entry::of(shared, id, event, times, next);
    let series = Series::of(event, times, next);
    entry.links(series.as_ref())
}

/// Links that add one date of a series.
pub fn of_occurrence(shared: &Shared, id: PageId, index: usize) -> Vec<Value> {
    let times = shared.site.event_times.get(&id);
    let (Details::Event(event), Some(times)) = (&shared.site.page(id).document.details, times) else {
        return Vec::new();
    };
    let found = times.occurrences.get(index);
    match found.filter(|found| found.takes_place() && !found.is_past(shared.site.clock.now)) {
        Some(found) => Entry::of(shared, id, event, times, found).links(None),
        None => Vec::new(),
    }
}

/// Links that subscribe to the calendar file at a path of the site, called `title` there. The names are those of products; `Webcal` is what
/// all programs that know calendars open.
pub fn subscribe(site: &Site, calendar_url: &str, title: &str) -> Vec<Value> {
    let url = site.permalink(calendar_url);
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let webcal = format!("webcal://{rest}");
    let google = query("https://calendar.google.com/calendar/render", &[("cid", &webcal)]);
    let outlook =
        |host: &str| query(&format!("https://{host}/calendar/0/addfromweb"), &[("url", url.as_str()), ("name", title)]);
    vec![
        link("Webcal", &webcal),
        link("Google Calendar", &google),
        link("Outlook.com", &outlook("outlook.live.com")),
        link("Microsoft 365", &outlook("outlook.office.com")),
    ]
}

/// What a calendar is called among those of a reader: the site's title, and the name of what it is about.
pub fn calendar_title(site: &Site, language: LanguageId, name: &str) -> String {
    let title = &site.language(language).title;
    if name == title { name.to_owned() } else { format!("{title}: {name}") }
}

/// One time of an event as the services want it.
struct Entry<'s> {
    title: &'s str,
    occurrence: &'s OccurrenceView,
    timezone: &'s str,
    location: String,
    /// Paragraphs: what it is about, and addresses.
    details: Vec<String>,
}

/// A series that a rule alone tells, from one of its dates on.
struct Series {
    /// The local time at which it begins and ends.
    from: DateTime,
    to: DateTime,
    rrule: String,
}

impl<'s> Entry<'s> {
    fn of(
        shared: &'s Shared,
        id: PageId,
        event: &'s Event,
        times: &'s EventTimes,
        occurrence: &'s OccurrenceView,
    ) -> Self {
        let site = &*shared.site;
        let page = site.page(id);
        let change = occurrence.change.and_then(|change| event.change.get(change));
        let title = super::event::occurrence_title(site, id, occurrence);
        let venue = change.and_then(|change| change.venue.as_ref()).or(event.venue.as_ref());
        let online = event.online.as_ref().and_then(|online| online.url.as_ref()).map(|url| {
            let address = site.address(url);
            if url.is_external() { address.into_owned() } else { site.permalink(&address) }
        });
        let met_online = occurrence.status == Status::MovedOnline || venue.is_none();
        let place = if met_online { None } else { venue.map(public_place) };
        let location = place.or_else(|| online.clone()).unwrap_or_default();
        let about = cut(card::description(&page.document).trim(), MOST_DETAILS);
        let mut details = vec![about];
        details.extend(online.filter(|online| *online != location));
        details.push(site.permalink(&page.route.url));
        details.retain(|paragraph| !paragraph.is_empty());
        Self { title, occurrence, timezone: &times.timezone, location, details }
    }

    fn links(&self, series: Option<&Series>) -> Vec<Value> {
        vec![
            link("Google Calendar", &self.google(series)),
            link("Outlook.com", &self.outlook("outlook.live.com")),
            link("Microsoft 365", &self.outlook("outlook.office.com")),
            link("Yahoo Calendar", &self.yahoo()),
        ]
    }

    /// The first day and the day after the last.
    fn days(&self, format: &str) -> (String, String) {
        let (start, end) = (self.occurrence.start.date(), self.occurrence.end.date());
        let end = if end > start { end } else { start.tomorrow().unwrap_or(start) };
        (start.strftime(format).to_string(), end.strftime(format).to_string())
    }

    fn google(&self, series: Option<&Series>) -> String {
        let local = |at: DateTime| at.strftime("%Y%m%dT%H%M%S").to_string();
        let (from, to) = match series {
            _ if self.occurrence.all_day => self.days("%Y%m%d"),
            // Summer and winter have one local time, but not one in UTC.
            Some(series) => (local(series.from), local(series.to)),
            None => (utc(&self.occurrence.start, BASIC), utc(&self.occurrence.end, BASIC)),
        };
        let dates = format!("{from}/{to}");
        let details = self.details.join("\n\n");
        let mut values = vec![("action", "TEMPLATE"), ("text", self.title), ("dates", &dates)];
        let rule = series.map(|series| format!("RRULE:{}", series.rrule));
        if let Some(rule) = &rule {
            values.push(("ctz", self.timezone));
            values.push(("recur", rule));
        }
        values.push(("details", &details));
        values.push(("location", &self.location));
        query("https://calendar.google.com/calendar/render", &values)
    }

    fn outlook(&self, host: &str) -> String {
        let (from, to) = match self.occurrence.all_day {
            true => self.days("%Y-%m-%d"),
            false => (utc(&self.occurrence.start, EXTENDED), utc(&self.occurrence.end, EXTENDED)),
        };
        let body = self.details.iter().map(|paragraph| html(paragraph)).collect::<Vec<_>>().join("<br><br>");
        let mut values = vec![
            ("path", "/calendar/action/compose"),
            ("rru", "addevent"),
            ("subject", self.title),
            ("startdt", &from),
            ("enddt", &to),
        ];
        if self.occurrence.all_day {
            values.push(("allday", "true"));
        }
        values.push(("body", &body));
        values.push(("location", &self.location));
        query(&format!("https://{host}/calendar/0/deeplink/compose"), &values)
    }

    fn yahoo(&self) -> String {
        let details = self.details.join("\n\n");
        let (from, to) = match self.occurrence.all_day {
            true => self.days("%Y%m%d"),
            false => (utc(&self.occurrence.start, BASIC), utc(&self.occurrence.end, BASIC)),
        };
        let one_day = self.occurrence.all_day
            && self.occurrence.start.date().tomorrow().is_ok_and(|next| next >= self.occurrence.end.date());
        let end = match () {
            // With an end it would be shown from midnight to midnight, as several days are.
            _ if one_day => ("DUR", "allday"),
            _ if to == from => ("DUR", ""),
            _ => ("ET", to.as_str()),
        };
        let values =
            [("v", "60"), ("TITLE", self.title), ("ST", &from), end, ("DESC", &details), ("in_loc", &self.location)];
        query("https://calendar.yahoo.com/", &values)
    }
}

impl Series {
    /// The series from `next` on, where its rule tells all that is to come: no exceptions, further dates or changes.
    fn of(event: &Event, times: &EventTimes, next: &OccurrenceView) -> Option<Self> {
        let schedule = &times.schedule;
        let timing = schedule.timing();
        let from = next.original;
        let repeat = timing.repeat.as_ref()?;
        let later = |list: Vec<DateTime>| list.iter().any(|at| *at > from);
        let changed = |written: crate::decode::Moment| written.civil(schedule.zone()).date() >= from.date();
        let plain = next.change.is_none()
            && !later(schedule.exception_dates())
            && !later(schedule.further_dates())
            && !schedule.further_dates().contains(&from)
            && !event.change.iter().any(|change| changed(change.date.value));
        let rrule = match repeat.end() {
            _ if !plain => return None,
            End::Count(_) => {
                let rest = schedule.occurrences_in(next.start.timestamp(), Timestamp::MAX, MOST_COUNTED);
                let left = rest.list.iter().filter(|occurrence| occurrence.original >= from).count();
                let counted = repeat.ending(End::Count(u32::try_from(left).ok().filter(|_| !rest.cut)?));
                counted.to_rrule(schedule.zone(), schedule.all_day())
            }
            _ => schedule.rrule()?,
        };
        let length = next.start.datetime().duration_until(next.end.datetime());
        Some(Self { from, to: from.checked_add(length).ok()?, rrule })
    }
}

/// What may be published of a place, in a line: of a private one its area.
fn public_place(venue: &Venue) -> String {
    if venue.private {
        return venue.area.clone().unwrap_or_default();
    }
    let parts = [&venue.name, &venue.address, &venue.postcode].into_iter().flatten();
    parts.map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

const BASIC: &str = "%Y%m%dT%H%M%SZ";
const EXTENDED: &str = "%Y-%m-%dT%H:%M:%SZ";

fn utc(at: &jiff::Zoned, format: &str) -> String {
    at.timestamp().strftime(format).to_string()
}

fn link(name: &str, url: &str) -> Value {
    Value::from(map! { "name": name, "url": url })
}

/// An address with these values, empty ones left out.
fn query(address: &str, values: &[(&str, &str)]) -> String {
    let mut url = address.to_owned();
    let mut mark = '?';
    for (name, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
        url.push(mark);
        url.push_str(name);
        url.push('=');
        encode(&mut url, value);
        mark = '&';
    }
    url
}

/// Percent-encodes all but what RFC 3986 section 2.3 leaves unreserved. A space is `%20`: not every service reads `+`.
fn encode(url: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
}

/// The beginning of a text, up to the end of a word, that takes no more than so many bytes percent-encoded.
fn cut(text: &str, most: usize) -> String {
    let mut taken = 0;
    let size = |c: char| if c.is_ascii_alphanumeric() || "-._~".contains(c) { 1 } else { 3 * c.len_utf8() };
    let end = text.char_indices().find(|(_, c)| {
        taken += size(*c);
        taken > most
    });
    let Some((end, _)) = end else { return text.to_owned() };
    let head = &text[..end];
    // Not every script has spaces between words.
    let space = head.rfind(char::is_whitespace).filter(|space| *space > head.len() / 2);
    let head = space.map_or(head, |space| &head[..space]);
    format!("{}…", head.trim_end_matches(|c: char| c.is_whitespace() || ",;:.–-".contains(c)))
}

/// Text as HTML.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>")
}
