//! Where an event takes place: LOCATION, GEO and CONFERENCE.

use crate::config::Url;
use crate::content::{Online, Status, Venue};
use crate::ical::{Lines, encoded_uri};
use crate::site::{PageId, Site};

/// The whole address that an author's address means on a page of the site.
pub fn whole_address(site: &Site, page: PageId, url: &Url) -> String {
    absolute(site, page, &site.address(url))
}

/// The whole address of a link that stands on a page of the site.
pub fn absolute(site: &Site, page: PageId, link: &str) -> String {
    if link.starts_with("//") {
        let scheme = site.config.base_url.origin.split_once("//").map_or("https:", |(scheme, _)| scheme);
        format!("{scheme}{link}")
    } else if link.starts_with('/') {
        site.permalink(link)
    } else if link.starts_with(['#', '?']) {
        site.permalink(&format!("{}{link}", site.page(page).route.url))
    } else {
        link.to_owned()
    }
}

/// Writes the place. Of a private venue nothing but its area is ever written, wherever the venue was given.
pub fn write(
    site: &Site,
    page: PageId,
    venue: Option<&Venue>,
    online: Option<&Online>,
    status: Status,
    lines: &mut Lines,
) {
    let address = online.and_then(|online| online.url.as_ref());
    let address = address.map(|url| encoded_uri(&whole_address(site, page, url)).into_owned());
    let phone = online.and_then(|online| online.phone.as_deref()).map(str::trim).filter(|phone| !phone.is_empty());
    let moved_online = status == Status::MovedOnline;
    match venue.filter(|_| !moved_online) {
        Some(venue) => in_a_room(venue, lines),
        // Many programs show no CONFERENCE, and whoever is called to a room that nobody comes to is misled.
        None => {
            if let Some(text) = address.as_deref().or(phone) {
                lines.text("LOCATION", text);
            }
        }
    }
    if let Some(venue) = venue {
        parts(venue, moved_online, lines);
    }
    if let Some(address) = &address {
        let host = address.split_once("//").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
        let line = lines.line("CONFERENCE").param("VALUE", "URI");
        match host.filter(|host| !host.is_empty()) {
            Some(host) => line.param("LABEL", host).uri(address),
            None => line.uri(address),
        }
    }
    if let Some(phone) = phone
        && let Some(number) = dialled(phone)
    {
        let line = lines.line("CONFERENCE").param("VALUE", "URI").param("FEATURE", "PHONE");
        line.param("LABEL", phone).uri(&format!("tel:{number}"));
    }
}

fn in_a_room(venue: &Venue, lines: &mut Lines) {
    let given = [&venue.name, &venue.address, &venue.postcode];
    let area = [&venue.area];
    let shown: &[&Option<String>] =
        if venue.private || given.iter().all(|part| part.is_none()) { &area } else { &given };
    let shown: Vec<&str> =
        shown.iter().filter_map(|part| part.as_deref()).map(str::trim).filter(|part| !part.is_empty()).collect();
    if !shown.is_empty() {
        lines.text("LOCATION", &shown.join(", "));
    }
    if let Some((lat, lon)) = coordinates(venue) {
        lines.value("GEO", format_args!("{lat:.6};{lon:.6}"));
    }
}

fn coordinates(venue: &Venue) -> Option<(f64, f64)> {
    let (lat, lon) = venue.lat.zip(venue.lon).filter(|_| !venue.private)?;
    Some((lat.value.0, lon.value.0))
}

/// What LOCATION alone does not tell apart.
fn parts(venue: &Venue, moved_online: bool, lines: &mut Lines) {
    let shown = |part: &'_ Option<String>| part.clone().filter(|part| !venue.private && !part.trim().is_empty());
    let (address, postcode) = (shown(&venue.address), shown(&venue.postcode));
    let area = venue.area.clone();
    let more = address.is_some() || postcode.is_some() || area.is_some();
    let name = shown(&venue.name).filter(|_| more || moved_online);
    let parts = [("NAME", name), ("ADDRESS", address), ("POSTCODE", postcode), ("AREA", area)];
    for (part, text) in parts {
        if let Some(text) = text {
            lines.text(&format!("X-HANDBILL-VENUE-{part}"), &text);
        }
    }
    if venue.private {
        lines.value("X-HANDBILL-VENUE-PRIVATE", "TRUE");
    }
    if let Some((lat, lon)) = coordinates(venue).filter(|_| moved_online) {
        lines.value("X-HANDBILL-VENUE-GEO", format_args!("{lat:.6};{lon:.6}"));
    }
}

/// The digits with which a written number begins, as a `tel` address wants them (RFC 3966). None when they are too few
/// to call anyone.
fn dialled(phone: &str) -> Option<String> {
    // The zero of "+44 (0)113" is dialled only by those who leave the +44 away.
    let written = if phone.starts_with('+') { phone.replacen("(0)", "", 1) } else { phone.to_owned() };
    let mut number = String::new();
    for c in written.chars() {
        match c {
            '0'..='9' => number.push(c),
            '+' if number.is_empty() => number.push(c),
            ' ' | '\u{a0}' | '-' | '–' | '.' | '/' | '(' | ')' => {}
            _ => break,
        }
    }
    (number.len() >= 3).then_some(number)
}
