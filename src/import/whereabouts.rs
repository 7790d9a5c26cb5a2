//! Where an event takes place: rooms, addresses of meetings on the web, telephone numbers.

use super::draft::{Link, Online, Venue};
use super::report::Reporter;
use super::text::{find_address, host, is_web_address, one_line, unwrapped};
use crate::config::Url;
use crate::diagnostic::codes;
use crate::ical::read::{self, Component, Property};
use crate::output::decode_path;

/// Where to go, and where to look.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    pub venue: Option<Venue>,
    pub online: Option<Online>,
    /// Addresses in the place's text that are no meeting: a map, the house's own page.
    pub links: Vec<Link>,
}

/// Hosts whose addresses are meetings; so are the hosts below them.
const MEETINGS: [&str; 16] = [
    "zoom.us",
    "zoom.com",
    "zoomgov.com",
    "meet.google.com",
    "hangouts.google.com",
    "teams.microsoft.com",
    "teams.live.com",
    "meet.jit.si",
    "8x8.vc",
    "webex.com",
    "whereby.com",
    "gotomeeting.com",
    "meet.goto.com",
    "join.skype.com",
    "discord.gg",
    "streamyard.com",
];

/// Words in the names of hosts that groups run for their meetings.
const MEETING_WORDS: [&str; 4] = ["jitsi", "bbb", "bigbluebutton", "senfcall"];

const MAPS: [&str; 8] = [
    "maps.google.com",
    "goo.gl",
    "maps.app.goo.gl",
    "openstreetmap.org",
    "osm.org",
    "maps.apple.com",
    "what3words.com",
    "w3w.co",
];

/// What stands for a place when there is none but the web.
const ONLINE: [&str; 26] = [
    "online",
    "online-event",
    "ar-lein",
    "digital",
    "en ligne",
    "en línea",
    "en linea",
    "virtuel",
    "virtuell",
    "visioconférence",
    "online event",
    "online meeting",
    "virtual",
    "virtual event",
    "virtual meeting",
    "zoom",
    "zoom meeting",
    "zoom.us",
    "via zoom",
    "on zoom",
    "google meet",
    "microsoft teams meeting",
    "microsoft teams",
    "teams",
    "jitsi",
    "webinar",
];

/// Properties in which programs put a meeting's address.
const PROPERTIES: [&str; 6] = [
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "X-MICROSOFT-ONLINEMEETINGJOINURL",
    "X-APPLE-CONFERENCE",
];

pub fn is_meeting(address: &str) -> bool {
    let Some(host) = host(address) else { return false };
    let below = |known: &&str| host == **known || host.strip_suffix(*known).is_some_and(|rest| rest.ends_with('.'));
    MEETINGS.iter().any(below) || MEETING_WORDS.iter().any(|word| host.contains(word))
}

fn is_map(address: &str) -> bool {
    host(address)
        .is_some_and(|host| MAPS.contains(&host.as_str()) || host.starts_with("google.") && address.contains("/maps"))
}

/// Reads where an event takes place.
pub fn place(event: &Component<'_>, is_ours: bool, report: &mut Reporter<'_>) -> Place {
    let mut place = Place { online: conference(event, report), ..Place::default() };
    let told_apart = event
        .properties
        .iter()
        .any(|property| property.name.starts_with("X-HANDBILL-VENUE-") && property.name != "X-HANDBILL-VENUE-GEO");
    let (mut venue, is_online) =
        if told_apart { (ours(event), false) } else { location(event, is_ours, &mut place, report) };
    // Programs that know where a group is say so of its meetings on the web, too.
    if !venue.private && !is_online {
        venue.position = position(event, report);
    }
    if !venue.is_empty() {
        place.venue = Some(venue);
    }
    place
}

/// A venue whose parts Handbill told apart.
fn ours(event: &Component<'_>) -> Venue {
    let text = |name: &str| event.text(name).map(|text| one_line(&text));
    Venue {
        name: text("X-HANDBILL-VENUE-NAME"),
        address: text("X-HANDBILL-VENUE-ADDRESS"),
        postcode: text("X-HANDBILL-VENUE-POSTCODE"),
        position: None,
        area: text("X-HANDBILL-VENUE-AREA"),
        private: event.text("X-HANDBILL-VENUE-PRIVATE").is_some_and(|told| told.eq_ignore_ascii_case("TRUE")),
    }
}

fn position(event: &Component<'_>, report: &mut Reporter<'_>) -> Option<(f64, f64)> {
    let apple = event.get("X-APPLE-STRUCTURED-LOCATION");
    let found = [event.get("GEO"), event.get("X-HANDBILL-VENUE-GEO"), apple].into_iter().flatten();
    for property in found {
        let value = property.value.trim();
        if let Some(position) = read::geo(value) {
            return Some(position);
        }
        let is_nowhere = value.is_empty() || value.bytes().all(|byte| b"0.;,-+geo: ".contains(&byte));
        if property.name == "GEO" && !is_nowhere {
            report.bad_value(property, "a latitude and a longitude", "the event was written without them");
        }
    }
    None
}

/// Addresses of meetings and telephone numbers that the calendar names as such.
fn conference(event: &Component<'_>, report: &mut Reporter<'_>) -> Option<Online> {
    let mut online = Online::default();
    for property in event.all("CONFERENCE") {
        let value = read::text(&property.value);
        let value = value.trim();
        let is_phone = property.says("FEATURE", "PHONE") || value.starts_with("tel:");
        let place = if is_phone && !value.starts_with("http") { &mut online.phone } else { &mut online.url };
        if place.is_some() {
            report.not_carried_over(
                "an event has one address and one telephone number to take part by, and this is another",
                property.whole_value(),
                "write it into the text if people need it",
            );
        } else if is_phone && !value.starts_with("http") {
            let label = property.parameter("LABEL").map(|label| one_line(&label));
            let is_number = |label: &String| label.chars().filter(char::is_ascii_digit).count() >= 3;
            *place = label.filter(is_number).or(Some(value.trim_start_matches("tel:").to_owned()));
        } else {
            *place = Url::parse(&unwrapped(value)).filter(Url::is_external).map(|url| url.0);
            if place.is_none() {
                report.bad_value(property, "an address", "it was left out");
            }
        }
    }
    if online.url.is_none() {
        let values = PROPERTIES.iter().filter_map(|name| event.text(name));
        online.url = values.filter_map(|value| find_address(&value)).next().map(|address| unwrapped(&address));
    }
    (online != Online::default()).then_some(online)
}

/// What programs write that mean to write nothing.
pub fn is_nothing(text: &str) -> bool {
    ["None", "none", "null", "NULL", "undefined", "nil"].contains(&text.trim())
}

/// The address of a property as it was meant: some programs encode it as if it stood within another.
pub fn own_address(property: &Property<'_>) -> Option<String> {
    let text = read::text(&property.value);
    let text = text.trim();
    let is_encoded = text.starts_with("http") && !text.contains("://");
    let address = if is_encoded { decode_path(text).into_owned() } else { unwrapped(text) };
    is_web_address(&address).then_some(address)
}

/// Whether the text of a place says no more than that people meet on the web.
fn says_online(text: &str) -> bool {
    let text = text.to_lowercase();
    let before_bracket = text.split(" (").next().unwrap_or(&text);
    ONLINE.contains(&before_bracket.trim())
}

/// The venue that LOCATION tells, without the addresses in it, and whether that is no place but the web.
fn location(event: &Component<'_>, is_ours: bool, place: &mut Place, report: &mut Reporter<'_>) -> (Venue, bool) {
    let apple = event.get("X-APPLE-STRUCTURED-LOCATION");
    let title = apple.and_then(|apple| apple.parameter("X-TITLE")).map(|title| read::text(&title));
    let written = event.text("LOCATION").or(title).filter(|text| is_ours || !is_nothing(text));
    let Some(mut text) = written else { return (Venue::default(), false) };
    let mut addresses = Vec::new();
    while let Some(address) = find_address(&text) {
        text = text.replacen(&address, " ", 1);
        addresses.push(unwrapped(&address));
    }
    let rest = if is_ours { one_line(&text) } else { tidy(&text) };
    let is_online = says_online(&rest);
    for address in addresses {
        take_address(address, rest.is_empty() || is_online, place);
    }
    if is_online && place.online.as_ref().is_none_or(|online| online.url.is_none()) {
        // Teams and Zoom write the address into the description.
        let description = event.text("DESCRIPTION").unwrap_or_default();
        // The event's own page is where the way in is told otherwise.
        let page = || event.get("URL").filter(|_| !is_ours).and_then(own_address);
        if let Some(address) = meeting_in(&description).or_else(page).or_else(|| only_address(&description)) {
            place.online.get_or_insert_default().url = Some(address);
        }
    }
    let online = place.online.as_ref();
    let is_phone = online.and_then(|online| online.phone.as_deref()) == Some(rest.as_str());
    if is_online && online.is_none() && !is_ours {
        report.at(
            &codes::EVENT_GUESSED,
            "this event is online, but nothing says where",
            event.get("LOCATION").map_or(event.span, Property::whole_value),
            "it was written as the name of a place; write `[online]` and `url = \"https://…\"` in the place of `[venue]`",
        );
    }
    let venue = match rest {
        rest if rest.is_empty() || is_phone || is_online && online.is_some() => Venue::default(),
        // Handbill tells the parts of an address; what it does not take apart is a name.
        rest if is_ours => Venue { name: Some(rest), ..Venue::default() },
        rest => parts(&rest),
    };
    (venue, is_online && !is_ours)
}

/// An address from the text of a place; `is_all` when the text says nothing else.
fn take_address(address: String, is_all: bool, place: &mut Place) {
    let known = place.online.as_ref().and_then(|online| online.url.as_ref());
    if known == Some(&address) {
        return;
    }
    let link = |title: String| Link { title, url: address.clone() };
    if is_map(&address) {
        place.links.push(link("Map".to_owned()));
    } else if known.is_none() && (is_meeting(&address) || is_all) {
        place.online.get_or_insert_default().url = Some(address);
    } else {
        place.links.push(link(host(&address).unwrap_or_default()));
    }
}

/// The address in a text that has but one.
fn only_address(text: &str) -> Option<String> {
    let address = find_address(text)?;
    let is_only = find_address(&text.replace(&address, " ")).is_none();
    is_only.then(|| unwrapped(&address))
}

/// The first address of a meeting in a text.
fn meeting_in(text: &str) -> Option<String> {
    let mut rest = text.to_owned();
    for _ in 0..50 {
        let address = find_address(&rest)?;
        let meant = unwrapped(&address);
        if is_meeting(&meant) {
            return Some(meant);
        }
        let at = rest.find(&address)? + address.len();
        rest = rest.get(at..)?.to_owned();
    }
    None
}

/// Lines, without signs that were left over around an address.
fn tidy(text: &str) -> String {
    let edges = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '(' | ')' | '<' | '>' | '-' | '–' | ':');
    let lines = text.replace("( )", " ").replace("< >", " ");
    let lines = lines.lines().map(|line| one_line(line).trim_end_matches([',', ';', ' ']).to_owned());
    let text = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let trimmed = text.trim_matches(edges);
    // A bracket that was opened in the text and closes it stays.
    let end = text.find(trimmed).map_or(0, |at| at + trimmed.len());
    let is_open = trimmed.matches('(').count() > trimmed.matches(')').count();
    if is_open && text[end..].starts_with(')') { format!("{trimmed})") } else { trimmed.to_owned() }
}

/// Name, address and postcode, where the form of the text tells them: the first line, or what stands before the first
/// comma, is the name unless it begins with a number, as addresses do.
pub fn parts(text: &str) -> Venue {
    // Meetup's form: the name with the address in brackets.
    if let Some((name, address)) = text.strip_suffix(')').and_then(|text| text.split_once(" ("))
        && address.contains(',')
        && !name.contains([',', '\n', '('])
        && !address.contains(['(', ')'])
    {
        return parts(&format!("{}, {address}", one_line(name)));
    }
    let separator = if text.contains('\n') { '\n' } else { ',' };
    let mut pieces: Vec<String> =
        text.split(separator).map(one_line).map(|piece| piece.trim_matches(',').trim().to_owned()).collect();
    pieces.retain(|piece| !piece.is_empty());
    let begins_with_number = |piece: &String| {
        let first = piece.split_whitespace().next().unwrap_or_default();
        first.starts_with(|c: char| c.is_ascii_digit()) && piece.contains(' ')
    };
    let name = match pieces.first() {
        None => return Venue::default(),
        Some(first) if begins_with_number(first) && (pieces.len() > 1 || postcode(first).is_some()) => None,
        Some(_) => Some(pieces.remove(0)),
    };
    let mut found = None;
    for piece in pieces.iter_mut().rev() {
        if let Some((rest, code)) = postcode(piece) {
            found = Some(code);
            *piece = rest;
            break;
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    let address = (!pieces.is_empty()).then(|| pieces.join(", "));
    Venue { name, address, postcode: found, ..Venue::default() }
}

/// A postcode of the United Kingdom at the end of a text, which no other words look like, and the text before it.
fn postcode(text: &str) -> Option<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [before @ .., outward, inward] = words.as_slice() else { return None };
    let upper = |c: char| c.is_ascii_uppercase();
    let digit = |c: char| c.is_ascii_digit();
    let inward_fits =
        matches!(inward.chars().collect::<Vec<_>>().as_slice(), [a, b, c] if digit(*a) && upper(*b) && upper(*c));
    let outward_fits = match outward.chars().collect::<Vec<_>>().as_slice() {
        [a, b] => upper(*a) && digit(*b),
        [a, b, c] => upper(*a) && (digit(*b) && (digit(*c) || upper(*c)) || upper(*b) && digit(*c)),
        [a, b, c, d] => upper(*a) && upper(*b) && digit(*c) && (digit(*d) || upper(*d)),
        _ => false,
    };
    (inward_fits && outward_fits).then(|| (before.join(" "), format!("{outward} {inward}")))
}
