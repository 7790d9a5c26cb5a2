use crate::config::Url;
use crate::decode::{At, Context, Decode, Node, choice, record};
use crate::diagnostic::codes;

choice! {
    /// How far along a group is.
    pub enum GroupStatus {
        Active "active",
        Forming "forming",
        Paused "paused",
    }
}

record! {
    /// A local group.
    pub struct Group {
        /// The town, city or village.
        place: optional String,
        /// The region, by which groups are listed.
        region: optional String,
        /// Where it is on the map.
        location: optional Location,
        /// Postcode areas and places that it covers.
        covers: list String,
        /// `active`, `forming` or `paused`.
        status: default GroupStatus,
        /// How to reach it.
        contact: optional Contact,
        /// Its places elsewhere on the web.
        links: list crate::config::NamedLink,
        /// Languages spoken in its meetings, as tags.
        languages: list String,
        /// The group it belongs to, such as `"north"` or `@/groups/north.md`.
        parent: optional At<String>,
    }
}

record! {
    /// How to reach a group.
    pub struct Contact {
        /// An e-mail address.
        email: optional Email,
        /// A telephone number.
        phone: optional String,
        /// The address of a form.
        form: optional Url,
    }
}

/// An e-mail address, as far as it can be checked without sending to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Email(pub String);

impl Decode for Email {
    const EXPECTS: &'static str = "an e-mail address";
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let text = String::decode(node, cx)?;
        let (name, host) = text.trim().rsplit_once('@').unwrap_or(("", ""));
        let plain = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || "<>\"&?".contains(c));
        if plain(name) && plain(host) && host.contains('.') {
            return Some(Self(text.trim().to_owned()));
        }
        cx.report(&codes::BAD_VALUE, node.span, format!("\"{text}\" is not an e-mail address")).help =
            Some("write one address, such as leeds@example.org".to_owned());
        None
    }
}

record! {
    /// A place on the map, in degrees (WGS 84).
    pub struct Location {
        /// Latitude, from -90 to 90.
        lat: required Degrees<90>,
        /// Longitude, from -180 to 180.
        lon: required Degrees<180>,
    }
}

/// An angle in degrees, at most `LIMIT` to either side.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Degrees<const LIMIT: u32>(pub f64);

impl<const LIMIT: u32> Decode for Degrees<LIMIT> {
    const EXPECTS: &'static str = "a number of degrees";
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let degrees = f64::decode(node, cx)?;
        if degrees.abs() <= f64::from(LIMIT) {
            return Some(Self(degrees));
        }
        let message = format!("{degrees} is not between -{LIMIT} and {LIMIT} degrees");
        cx.report(&codes::BAD_VALUE, node.span, message).help =
            Some("write decimal degrees, such as lat = 53.8, lon = -1.55".to_owned());
        None
    }
}

impl Location {
    /// A place, if there is one of these degrees.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some(Self { lat: Degrees(lat), lon: Degrees(lon) })
    }

    /// The distance over the Earth's surface, in kilometres (haversine, mean radius 6371 km).
    pub fn km_to(&self, other: &Self) -> f64 {
        let (lat_a, lat_b) = (self.lat.0.to_radians(), other.lat.0.to_radians());
        let half_lat = (lat_b - lat_a) / 2.0;
        let half_lon = (other.lon.0 - self.lon.0).to_radians() / 2.0;
        let chord = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
        2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
    }
}
