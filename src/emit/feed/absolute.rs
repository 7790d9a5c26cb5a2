//! Whole addresses: what is read in a feed reader does not stand on the site's pages.

use std::borrow::Cow;

/// Attributes that hold one address.
const ADDRESSES: &[&str] = &["action", "cite", "data", "data-frame", "formaction", "href", "poster", "src"];

/// Makes a path from the site's root into a whole address.
pub type Whole<'w> = &'w dyn Fn(&str) -> String;

/// HTML with all its addresses made whole. `page` is the path of the page that it is from.
pub fn all(html: &str, whole: Whole<'_>, page: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = tag(rest, whole, page, &mut out);
        }
    }
    out.push_str(rest);
    out
}

/// Writes a start tag, and gives what follows its attributes. Values stand in double quotation marks wherever Handbill
/// writes them; others are left alone.
fn tag<'h>(mut rest: &'h str, whole: Whole<'_>, page: &str, out: &mut String) -> &'h str {
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
        match name.as_str() {
            "srcset" | "imagesrcset" => out.push_str(&candidates(value, whole, page)),
            name if ADDRESSES.contains(&name) => out.push_str(&address(value, whole, page)),
            _ => out.push_str(value),
        }
        out.push_str(quote);
        rest = &after[1..];
    }
    rest
}

/// Pictures in several sizes: addresses, each with what it is for.
fn candidates(value: &str, whole: Whole<'_>, page: &str) -> String {
    let made_whole = |candidate: &str| {
        let candidate = candidate.trim();
        let (url, size) = candidate.split_at(candidate.find(char::is_whitespace).unwrap_or(candidate.len()));
        format!("{}{size}", address(url, whole, page))
    };
    // A comma within an address is followed by no space.
    value.split(", ").map(made_whole).collect::<Vec<_>>().join(", ")
}

/// One address, made whole (RFC 3986, section 5.2, for what pages hold).
pub fn address(url: &str, whole: Whole<'_>, page: &str) -> String {
    if url.is_empty() || crate::config::scheme(url).is_some() {
        return url.to_owned();
    }
    if url.starts_with("//") {
        return format!("{}:{url}", whole("/").split(':').next().unwrap_or("https"));
    }
    if url.starts_with('/') {
        return whole(url);
    }
    if url.starts_with(['#', '?']) {
        return whole(&format!("{page}{url}"));
    }
    let (path, tail) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                if parts.len() > 1 {
                    parts.pop();
                }
            }
            part => parts.push(part),
        }
    }
    let slash: Cow<'_, str> =
        if path.ends_with("..") || path.ends_with("/.") || path == "." { "/".into() } else { "".into() };
    whole(&format!("{}{slash}{tail}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::{address, all};

    fn whole(path: &str) -> String {
        format!("https://x.example{path}")
    }

    #[test]
    fn addresses_become_whole() {
        let cases = [
            ("/a/", "https://x.example/a/"),
            ("#fn-1", "https://x.example/sub/news/a/#fn-1"),
            ("?q", "https://x.example/sub/news/a/?q"),
            ("b.png", "https://x.example/sub/news/a/b.png"),
            ("../c/#d", "https://x.example/sub/news/c/#d"),
            ("../../../../e", "https://x.example/e"),
            ("..", "https://x.example/sub/news/"),
            ("//cdn.example/x", "https://cdn.example/x"),
            ("mailto:a@b.example", "mailto:a@b.example"),
            ("https://y.example/", "https://y.example/"),
            ("", ""),
        ];
        for (written, expected) in cases {
            assert_eq!(address(written, &whole, "/sub/news/a/"), expected, "{written}");
        }
    }

    #[test]
    fn only_attributes_that_hold_addresses_change() {
        let cases = [
            ("<a href=\"#x\">href=\"#x\"</a>", "<a href=\"https://x.example/p/#x\">href=\"#x\"</a>"),
            ("<img alt=\"src=/a\" src='/a.png'/>", "<img alt=\"src=/a\" src='https://x.example/a.png'/>"),
            (
                "<img srcset=\"/a.png 1x, b.png 2x\" title=\">\">",
                "<img srcset=\"https://x.example/a.png 1x, https://x.example/p/b.png 2x\" title=\">\">",
            ),
            ("a < b <a href=\"/", "a < b <a href=\"/"),
            ("<é href=\"/\">", "<é href=\"/\">"),
        ];
        for (html, expected) in cases {
            assert_eq!(all(html, &whole, "/p/"), expected);
        }
    }
}
