//! Keys that the pages of other generators have, and what they are called here.

use super::Kind;

/// Keys of every kind: ours first, then what others write. Underscores, hyphens and capitals make no difference.
const COMMON: &[(&str, &[&str])] = &[
    ("summary", &["description", "excerpt", "metadescription", "metadesc", "lead", "teaser"]),
    ("tags", &["categories", "category", "keywords", "tag"]),
    ("date", &["published", "publishdate", "pubdate", "datepublished", "publishedat"]),
    ("updated", &["lastmod", "lastmodified", "modified", "updatedat", "dateupdated"]),
    ("expires", &["expirydate", "expiry", "unpublishdate"]),
    ("aliases", &["redirectfrom", "alias", "redirects"]),
    ("path", &["permalink"]),
    ("image", &["thumbnail", "cover", "banner", "featuredimage", "headerimage", "coverimage", "img"]),
];

const EVENT: &[(&str, &[&str])] = &[
    (
        "start",
        &[
            "startdate",
            "starttime",
            "datestart",
            "startat",
            "startsat",
            "starts",
            "startdatetime",
            "eventdate",
            "eventstart",
            "begin",
            "begins",
            "from",
            "when",
            "datum",
            "dateiso",
            "dtstart",
        ],
    ),
    (
        "end",
        &[
            "enddate",
            "endtime",
            "dateend",
            "endat",
            "endsat",
            "ends",
            "enddatetime",
            "eventend",
            "until",
            "to",
            "dtend",
        ],
    ),
    (
        "venue",
        &["location", "place", "where", "address", "venuename", "eventlocation", "ort", "lieu", "lugar", "placeaddr"],
    ),
    ("cost", &["price", "fee", "entry", "admission", "ticketprice"]),
    (
        "rsvp",
        &[
            "registration",
            "register",
            "signup",
            "tickets",
            "registrationlink",
            "registrationurl",
            "rsvplink",
            "rsvpurl",
        ],
    ),
    ("organiser", &["organizer", "host", "hosts", "hostedby", "author", "authors"]),
    ("timezone", &["tz", "zone", "tzid"]),
    ("repeat", &["recurrence", "recurring", "repeats", "frequency"]),
    ("status", &["cancelled", "canceled", "postponed"]),
    ("related", &["link", "links", "website", "url", "eventurl", "externalurl", "facebookurl", "meetup"]),
];

const POST: &[(&str, &[&str])] = &[("byline", &["author", "authors"])];

/// What a key is called here, for a kind.
pub fn meant(key: &str, kind: Kind) -> Option<&'static str> {
    let plain: String = key.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect();
    let own = match kind {
        Kind::Event => EVENT,
        Kind::Post => POST,
        _ => &[],
    };
    let mut all = own.iter().chain(COMMON);
    all.find(|(_, others)| others.contains(&plain.as_str())).map(|(ours, _)| *ours)
}

/// How a value that stands for a key of others is written under our key, where that is not simply the value itself.
pub fn line(ours: &str, value: Option<&str>) -> String {
    let quoted = value.map(toml_text);
    match ours {
        "venue" => format!("venue = {{ name = {} }}", quoted.unwrap_or_else(|| "\"…\"".to_owned())),
        "image" => {
            format!("image = {{ src = {}, alt = \"what it shows\" }}", quoted.unwrap_or_else(|| "\"…\"".to_owned()))
        }
        "related" => format!(
            "related = [{{ title = \"…\", url = {} }}]",
            quoted.filter(|value| value.contains("://")).unwrap_or_else(|| "\"https://…\"".to_owned())
        ),
        "repeat" => "repeat = { every = \"week\" }".to_owned(),
        "status" => "status = \"cancelled\"".to_owned(),
        "start" | "end" => {
            format!("{ours} = {}", value.and_then(moment).unwrap_or_else(|| "2026-12-01T19:00:00".to_owned()))
        }
        "tags" | "aliases" => format!("{ours} = [{}]", quoted.unwrap_or_else(|| "\"…\"".to_owned())),
        _ => format!("{ours} = {}", quoted.unwrap_or_else(|| "…".to_owned())),
    }
}

/// A date or time as TOML has it.
pub fn moment(written: &str) -> Option<String> {
    use crate::decode::Moment;
    match Moment::parse(written)? {
        Moment::Date(date) => Some(date.to_string()),
        Moment::DateTime(at) => Some(at.to_string()),
        Moment::Instant(_) => Some(toml_text(written.trim())),
    }
}

/// A text as a basic string of TOML.
pub fn toml_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
