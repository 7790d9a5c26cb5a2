//! What an event is: its title, text, status, people, links.

use super::calendars::Calendar;
use super::draft::{Access, Link, Online, Rsvp, Venue};
use super::report::{LeftOut, Reporter};
use super::text::{from_html, from_plain, host, is_web_address, looks_like_html, one_line};
use super::when::{Clock, Context};
use super::whereabouts::{self, Place};
use crate::calendar::Moment;
use crate::config::Url;
use crate::content::Status;
use crate::diagnostic::codes;
use crate::ical::read::{self, Component, Property};
use crate::output::decode_path;

/// What stands in the place of a title that is missing.
const UNTITLED: &str = "Untitled event";

/// What both an event and one of its dates may say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Details {
    pub title: Option<String>,
    pub status: Option<Status>,
    pub venue: Option<Venue>,
    pub online: Option<Online>,
    /// Markdown.
    pub body: String,
    pub links: Vec<Link>,
}

impl Details {
    pub fn read(event: &Component<'_>, cx: &mut Context<'_>) -> Self {
        let (calendar, report) = (cx.calendar, &mut cx.report);
        let Place { venue, online, links } = whereabouts::place(event, calendar.is_ours, report);
        let mut details = Self {
            title: event
                .text("SUMMARY")
                .map(|title| if calendar.is_ours { one_line(&title) } else { line_of_page(&title) })
                .filter(|title| !title.is_empty()),
            status: status(event, calendar, report),
            venue,
            online,
            body: body(event, calendar.is_ours),
            links,
        };
        details.read_links(event, calendar, report);
        details
    }

    /// The title, or one that says that there is none.
    pub fn title(&self, event: &Component<'_>, report: &mut Reporter<'_>) -> String {
        self.title.clone().unwrap_or_else(|| {
            report.at(
                &codes::EVENT_GUESSED,
                "this event has no title",
                event.get("SUMMARY").map_or(event.span, |summary| summary.span),
                format!("it was written as \"{UNTITLED}\""),
            );
            UNTITLED.to_owned()
        })
    }

    /// Addresses of pages, pictures and files.
    fn read_links(&mut self, event: &Component<'_>, calendar: &Calendar<'_, '_>, report: &mut Reporter<'_>) {
        for property in &event.properties {
            match property.name.as_str() {
                // In a calendar of Handbill's it is the address of the page itself.
                "URL" if !calendar.is_ours => self.read_url(property),
                "ATTACH" | "IMAGE" => self.read_file(property, report),
                _ => {}
            }
        }
    }

    fn read_url(&mut self, property: &Property<'_>) {
        let Some(address) = whereabouts::own_address(property) else { return };
        let has_online = self.online.as_ref().is_some_and(|online| online.url.is_some());
        if whereabouts::is_meeting(&address) && !has_online {
            self.online.get_or_insert_default().url = Some(address);
            return;
        }
        let title = host(&address).unwrap_or_default();
        self.link(title, address);
    }

    fn read_file(&mut self, property: &Property<'_>, report: &mut Reporter<'_>) {
        let value = property.value.trim();
        let is_data =
            property.says("ENCODING", "BASE64") || property.says("VALUE", "BINARY") || value.starts_with("data:");
        let what = if is_picture(property) { "a picture" } else { "a file" };
        let address = super::text::unwrapped(&read::text(value));
        if is_data || !is_web_address(&address) {
            let message = format!("{what} goes with this event, and is not imported");
            report.not_carried_over(message, property.span, "put it beside the event's page, and name it there");
            return;
        }
        let name = ["X-HANDBILL-ALT", "LABEL", "FILENAME", "X-FILENAME", "X-LABEL"].iter();
        let name =
            name.filter_map(|name| property.parameter(name)).map(|name| one_line(&name)).find(|name| !name.is_empty());
        let otherwise = if is_picture(property) { "Picture".to_owned() } else { host(&address).unwrap_or_default() };
        self.link(name.unwrap_or(otherwise), address);
    }

    /// A link, unless it is there already.
    fn link(&mut self, title: String, url: String) {
        let is_known = self.links.iter().any(|link| link.url == url);
        let is_online = self.online.as_ref().is_some_and(|online| online.url.as_ref() == Some(&url));
        let is_clean = Url::parse(&url).is_some();
        if is_clean && !is_known && !is_online {
            self.links.push(Link { title, url });
        }
    }
}

/// A line that a page's program may have written as HTML has it: `&#8211;` and `%20` are signs.
fn line_of_page(text: &str) -> String {
    one_line(&super::text::resolved(text))
}

fn is_picture(property: &Property<'_>) -> bool {
    const ENDINGS: [&str; 6] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"];
    let kind = property.parameter("FMTTYPE").unwrap_or_default().to_ascii_lowercase();
    let path = property.value.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    property.name == "IMAGE" || kind.starts_with("image/") || ENDINGS.iter().any(|ending| path.ends_with(ending))
}

fn status(event: &Component<'_>, calendar: &Calendar<'_, '_>, report: &mut Reporter<'_>) -> Option<Status> {
    if calendar.cancels {
        return Some(Status::Cancelled);
    }
    if let Some(own) = event.text("X-HANDBILL-STATUS").and_then(|word| Status::from_word(&word)) {
        return Some(own);
    }
    let property = event.get("STATUS")?;
    match property.value.trim().to_ascii_uppercase().as_str() {
        "CONFIRMED" => Some(Status::Scheduled),
        "TENTATIVE" => Some(Status::Tentative),
        "CANCELLED" | "CANCELED" => Some(Status::Cancelled),
        // Of tasks and journals; programs write them for events too, and mean nothing by it.
        "" | "NEEDS-ACTION" | "IN-PROCESS" | "COMPLETED" | "DRAFT" | "FINAL" | "PUBLISHED" => None,
        _ => {
            report.bad_value(property, "CONFIRMED, TENTATIVE or CANCELLED", "the event was taken to be as planned");
            None
        }
    }
}

/// The description as Markdown: from HTML where there is some, which has its links and lists.
fn body(event: &Component<'_>, is_ours: bool) -> String {
    let is_html = |property: &&Property<'_>| property.says("FMTTYPE", "text/html");
    let styled = event.all("STYLED-DESCRIPTION").chain(event.all("X-ALT-DESC")).find(is_html);
    let description = event.get("DESCRIPTION");
    let alternative = description.and_then(|property| property.parameter("ALTREP"));
    let alternative = alternative.as_deref().and_then(|data| data.strip_prefix("data:text/html"));
    let alternative = alternative.and_then(|data| data.split_once(',')).filter(|(kind, _)| !kind.contains("base64"));
    let html = styled.map(|property| read::text(&property.value));
    let html = html.or_else(|| alternative.map(|(_, data)| decode_path(data).into_owned()));
    let written = html.map(|html| from_html(&html)).filter(|markdown| !markdown.is_empty());
    written.unwrap_or_else(|| {
        let text = description.map(|property| read::text(&property.value)).unwrap_or_default();
        let text = if whereabouts::is_nothing(&text) && !is_ours { String::new() } else { text };
        if !is_ours && looks_like_html(&text) { from_html(&text) } else { from_plain(&text, is_ours) }
    })
}

/// Who holds an event, as it may be published: a name, never an address.
pub fn organiser(event: &Component<'_>, left_out: &mut LeftOut) -> Option<String> {
    let people = event.all("ORGANIZER").chain(event.all("ATTENDEE"));
    left_out.addresses += people.filter(|person| person.value.contains('@')).count();
    let contact = event.all("CONTACT").find(|contact| contact.parameter("X-HANDBILL-GROUP").is_none());
    let contact = contact.map(|contact| without_addresses(&read::text(&contact.value)));
    let named = event.get("ORGANIZER").and_then(|organiser| organiser.parameter("CN"));
    let named = named.map(|name| without_addresses(&decode_path(&name)));
    // What Meetup writes in every event is nobody.
    let is_somebody = |name: &String| name.chars().any(char::is_alphabetic) && name != "Meetup Reminder";
    [contact, named].into_iter().flatten().find(is_somebody)
}

/// A line of text without e-mail addresses and telephone numbers.
fn without_addresses(text: &str) -> String {
    let line = one_line(text);
    let pieces = line.split([',', ';', '|']).map(|piece| {
        let is_private = |word: &&str| !word.contains('@') && word.bytes().filter(u8::is_ascii_digit).count() < 5;
        piece.split_whitespace().filter(is_private).collect::<Vec<_>>().join(" ")
    });
    let kept = pieces.filter(|piece| piece.chars().any(char::is_alphabetic));
    let text = kept.collect::<Vec<_>>().join(", ");
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '"' | '\'' | '-' | ':'))
        .to_owned()
}

/// The names of the groups that hold an event of Handbill's.
pub fn groups<'e>(event: &'e Component<'_>) -> impl Iterator<Item = (String, &'e Property<'e>)> {
    event.all("CONTACT").filter_map(|contact| Some((contact.parameter("X-HANDBILL-GROUP")?, contact)))
}

/// The entries of all properties of a name that are lists of texts.
pub fn list(event: &Component<'_>, name: &str) -> Vec<String> {
    let all = event.all(name).flat_map(|property| read::texts(&property.value));
    let mut found: Vec<String> = Vec::new();
    for text in all.map(|text| one_line(&text)).filter(|text| !text.is_empty()) {
        if !found.iter().any(|known| known.to_lowercase() == text.to_lowercase()) {
            found.push(text);
        }
    }
    found
}

/// What Handbill says of getting in.
pub fn access(event: &Component<'_>) -> Option<Access> {
    const NAMES: [&str; 6] = ["step_free", "hearing_loop", "captions", "sign_language", "quiet_space", "toilets"];
    let mut access =
        Access { known: Vec::new(), notes: event.text("X-HANDBILL-ACCESS-NOTES").map(|notes| one_line(&notes)) };
    for entry in list(event, "X-HANDBILL-ACCESS") {
        let (name, told) = entry.split_once('=').unwrap_or((&entry, "yes"));
        if let Some(name) = NAMES.iter().find(|known| **known == name.trim()) {
            access.known.push((name, told.trim().eq_ignore_ascii_case("yes")));
        }
    }
    (access != Access::default()).then_some(access)
}

/// Where Handbill says one may tell that one is coming.
pub fn rsvp(event: &Component<'_>, clock: &Clock, cx: &mut Context<'_>) -> Option<Rsvp> {
    let url = event.text("X-HANDBILL-RSVP-URL").and_then(|url| Url::parse(&url)).map(|url| url.0);
    let email = event.text("X-HANDBILL-RSVP-EMAIL").filter(|email| email.contains('@') && !email.contains(' '));
    let until = moment(event, "X-HANDBILL-RSVP-UNTIL", clock, cx);
    let rsvp = Rsvp { url, email, until };
    (rsvp != Rsvp::default()).then_some(rsvp)
}

/// A date or time of a property of Handbill's own.
pub fn moment(event: &Component<'_>, name: &str, clock: &Clock, cx: &mut Context<'_>) -> Option<Moment> {
    let property = event.get(name)?;
    clock.read(property, &property.value, cx)
}
