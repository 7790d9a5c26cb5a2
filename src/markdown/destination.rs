//! Where a link or an image leads: into the site, out of it, or nowhere that a page may lead.

/// The schemes that a link may have.
pub const LINK_SCHEMES: &[&str] = &[
    "ftp", "geo", "http", "https", "irc", "ircs", "mailto", "matrix", "sip", "sips", "sms", "tel", "webcal", "webcals",
    "xmpp",
];

/// The schemes that an image, a sound or a film may be loaded by.
pub const MEDIA_SCHEMES: &[&str] = &["http", "https"];

/// What a destination is, by its first characters alone.
#[derive(Debug, PartialEq, Eq)]
pub enum Destination {
    /// Without a scheme and a host: a page, a file or an anchor of this site.
    Local,
    /// With a scheme, or with a host alone (`//example.org/`).
    External,
    /// With a scheme that `schemes` does not name.
    Refused(String),
}

/// Reads `destination` as a browser does (WHATWG URL 4.4): leading spaces and control characters are passed over, and
/// tabs and line breaks are none wherever they stand, so that `java\tscript:` hides nothing.
pub fn classify(destination: &str, schemes: &[&str]) -> Destination {
    let meant = destination.trim_start_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
    let is_slash = |c: Option<char>| matches!(c, Some('/' | '\\'));
    let mut first = meant.clone();
    if is_slash(first.next()) && is_slash(first.next()) {
        return Destination::External;
    }
    let mut scheme = String::new();
    for c in meant {
        match c {
            ':' if schemes.contains(&scheme.as_str()) => return Destination::External,
            ':' if !scheme.is_empty() => return Destination::Refused(scheme),
            'a'..='z' | 'A'..='Z' => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(c),
            _ => return Destination::Local,
        }
    }
    Destination::Local
}
