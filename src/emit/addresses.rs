//! Addresses in the attributes of HTML.

use std::borrow::Cow;

/// Attributes that hold one address.
const ADDRESSES: &[&str] = &["action", "cite", "data", "data-frame", "formaction", "href", "poster", "src"];

/// Attributes that hold pictures in several sizes.
const SETS: &[&str] = &["imagesrcset", "srcset"];

/// How the address of a redirect begins.
const REFRESH: &str = "0; url=";

/// The HTML with the addresses that `change` gives another value, those of a redirect among them. Values stand in
/// quotation marks wherever Handbill writes them; others are left alone.
pub fn rewrite<'h>(html: &'h str, mut change: impl FnMut(&'h str) -> Option<Cow<'h, str>>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = tag(rest, &mut change, &mut out);
        }
    }
    out.push_str(rest);
    out
}

/// Writes a start tag, and gives what follows it.
fn tag<'h>(mut rest: &'h str, change: &mut impl FnMut(&'h str) -> Option<Cow<'h, str>>, out: &mut String) -> &'h str {
    while let Some(at) = rest.find(['>', '"', '\'']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let quote = &from[..1];
        out.push_str(quote);
        rest = &from[1..];
        if quote == ">" {
            return rest;
        }
        let Some(end) = rest.find(quote) else { break };
        let (value, after) = rest.split_at(end);
        let name = before.trim_end().strip_suffix('=').unwrap_or_default().trim_end();
        let name = name.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default().to_ascii_lowercase();
        match (name.as_str(), value.strip_prefix(REFRESH)) {
            (name, _) if ADDRESSES.contains(&name) => out.push_str(&change(value).unwrap_or(Cow::Borrowed(value))),
            (name, _) if SETS.contains(&name) => push_set(value, change, out),
            ("content", Some(url)) => {
                out.push_str(REFRESH);
                out.push_str(&change(url).unwrap_or(Cow::Borrowed(url)));
            }
            _ => out.push_str(value),
        }
        out.push_str(quote);
        rest = &after[1..];
    }
    rest
}

/// Pictures in several sizes: addresses, each with what it is for. A comma within an address is followed by no space.
fn push_set<'h>(value: &'h str, change: &mut impl FnMut(&'h str) -> Option<Cow<'h, str>>, out: &mut String) {
    for (at, candidate) in value.split(", ").enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        let candidate = candidate.trim();
        let (url, size) = candidate.split_at(candidate.find(char::is_whitespace).unwrap_or(candidate.len()));
        out.push_str(&change(url).unwrap_or(Cow::Borrowed(url)));
        out.push_str(size);
    }
}
