//! Addresses in the attributes of a page's HTML.

use std::borrow::Cow;

/// Attributes whose values are addresses.
const ADDRESSES: &[&str] = &["action", "href", "poster", "src"];

/// Attributes whose values are lists of pictures in several sizes.
const SETS: &[&str] = &["imagesrcset", "srcset"];

/// The page with the addresses that `change` gives another value, those of a redirect among them.
pub fn rewrite<'v>(html: &'v str, mut change: impl FnMut(&'v str) -> Option<Cow<'v, str>>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some(at) = rest.find("=\"") {
        let (before, from) = rest.split_at(at + 2);
        out.push_str(before);
        let end = from.find('"').unwrap_or(from.len());
        let (value, after) = from.split_at(end);
        let name = before[..at].rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or("");
        if SETS.contains(&name) {
            push_candidates(&mut out, value, &mut change);
            rest = after;
            continue;
        }
        let refresh = value.strip_prefix("0; url=").filter(|_| name == "content");
        match (ADDRESSES.contains(&name).then_some(value).or(refresh)).and_then(&mut change) {
            Some(address) => {
                if refresh.is_some() {
                    out.push_str("0; url=");
                }
                out.push_str(&address);
            }
            None => out.push_str(value),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Pictures in several sizes: addresses, each with what it is for. A comma within an address is followed by no space.
fn push_candidates<'v>(out: &mut String, value: &'v str, change: &mut impl FnMut(&'v str) -> Option<Cow<'v, str>>) {
    for (at, candidate) in value.split(", ").enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        let candidate = candidate.trim_start();
        let (url, size) = candidate.split_at(candidate.find(' ').unwrap_or(candidate.len()));
        out.push_str(&change(url).unwrap_or(Cow::Borrowed(url)));
        out.push_str(size);
    }
}
