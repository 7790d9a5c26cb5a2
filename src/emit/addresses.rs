//! Addresses in the attributes of a page's HTML.

use std::borrow::Cow;

/// Attributes whose values are addresses.
const ADDRESSES: &[&str] = &["action", "href", "poster", "src"];

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
