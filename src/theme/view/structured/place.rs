//! Where an event takes place.

use super::{Node, absolute};
use crate::content::{Access, Event, Venue};
use crate::site::{LanguageId, Page};
use crate::theme::engine::Shared;
use crate::theme::view::event::Attendance;
use std::borrow::Cow;
use tera::Value;

/// Where an event takes place at one time.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'s> {
    pub venue: Option<&'s Venue>,
    /// The venue is this occurrence's own: what the author wrote about access is about the usual one.
    pub moved: bool,
    pub attendance: Attendance,
    /// It is neither over nor cancelled: there is still something to join.
    pub open: bool,
}

/// The places of an event: a room, a place online, or both.
pub fn locations(shared: &Shared, page: &Page, event: &Event, setting: &Setting<'_>) -> Vec<Node> {
    let room = setting.venue.filter(|_| setting.attendance != Attendance::Online);
    let access = event.access.as_ref().filter(|_| !setting.moved);
    let room = room.and_then(|venue| venue_place(shared, page.language, venue, access));
    let online = (setting.attendance != Attendance::Offline).then(|| online_place(shared, page, event, setting.open));
    room.into_iter().chain(online).collect()
}

/// A venue as it may be published: of a private one only the area. None when nothing would say where it is.
fn venue_place(shared: &Shared, language: LanguageId, venue: &Venue, access: Option<&Access>) -> Option<Node> {
    let area = venue.area.as_deref();
    let place = if venue.private {
        Node::new("Place").maybe_text("name", area).maybe("address", address(None, None, area))
    } else {
        let geo = venue.lat.zip(venue.lon).map(|(lat, lon)| coordinates(lat.value.0, lon.value.0));
        Node::new("Place")
            .maybe_text("name", venue.name.as_deref())
            .maybe("address", address(venue.address.as_deref(), venue.postcode.as_deref(), area))
            .maybe("geo", geo)
    };
    let features = access.into_iter().flat_map(|access| amenities(shared, language, access));
    (!place.is_empty()).then(|| place.all("amenityFeature", features))
}

fn address(street: Option<&str>, postcode: Option<&str>, area: Option<&str>) -> Option<Node> {
    let address = Node::new("PostalAddress")
        .maybe_text("streetAddress", street)
        .maybe_text("postalCode", postcode)
        .maybe_text("addressLocality", area);
    (!address.is_empty()).then_some(address)
}

pub fn coordinates(latitude: f64, longitude: f64) -> Node {
    Node::new("GeoCoordinates").with("latitude", latitude).with("longitude", longitude)
}

/// What is known of access to the building. Captions and sign language are no features of a place, and the vocabulary
/// has no word for them at an event.
fn amenities(shared: &Shared, language: LanguageId, access: &Access) -> Vec<Value> {
    let known = [
        ("access_step_free", "Step-free access", access.step_free),
        ("access_hearing_loop", "Hearing loop", access.hearing_loop),
        ("access_quiet_space", "Quiet space", access.quiet_space),
        ("access_toilets", "Accessible toilet", access.toilets),
    ];
    let feature = |(key, english, known): (&str, &str, Option<bool>)| {
        let name = shared.words(key, language, None, |_| None::<Cow<'_, str>>);
        let node = Node::new("LocationFeatureSpecification").with("name", name.as_deref().unwrap_or(english));
        Some(Value::from(node.with("value", known?)))
    };
    known.into_iter().filter_map(feature).collect()
}

/// The place online. Where there is no address to join, or nothing left to join, the event's page says how.
fn online_place(shared: &Shared, page: &Page, event: &Event, open: bool) -> Node {
    let join = event.online.as_ref().and_then(|online| online.url.as_ref()).filter(|_| open);
    let url = match join {
        Some(url) => absolute(shared, page, &shared.site.address(url)).into_owned(),
        None => shared.site.permalink(&page.route.url),
    };
    Node::new("VirtualLocation").with("url", url)
}
