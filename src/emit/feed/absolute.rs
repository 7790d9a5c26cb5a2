//! Whole addresses: what is read in a feed reader does not stand on the site's pages.

use crate::emit::addresses::rewrite;
use std::borrow::Cow;

/// Makes a path from the site's root into a whole address.
pub type Whole<'w> = &'w dyn Fn(&str) -> String;

/// HTML with all its addresses made whole. `page` is the path of the page that it is from.
pub fn all(html: &str, whole: Whole<'_>, page: &str) -> String {
    rewrite(html, |url| Some(Cow::Owned(address(url, whole, page))))
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
