//! `_headers` and `_redirects`, as Netlify and Cloudflare read them.

use super::{encoded, media_types, paths, target};
use crate::site::Site;
use std::fmt::Write;

/// The rule for all pages, and after it the site's own file.
pub fn headers(site: &Site, all: &[(String, String)], own: Option<&str>) -> String {
    let mut text = format!("{}/*\n", site.config.base_url.path);
    for (name, value) in all {
        let _ = writeln!(text, "  {name}: {value}");
    }
    for (name, media_type, at_top) in media_types(site) {
        let folder = if at_top { "" } else { "/*" };
        if !at_top && site.jobs.iter().any(|job| job.output.as_str() == name) {
            let _ = write!(text, "{}/{}\n  Content-Type: {media_type}\n", site.config.base_url.path, encoded(name));
        }
        let _ = write!(text, "{}{folder}/{}\n  Content-Type: {media_type}\n", site.config.base_url.path, encoded(name));
    }
    with_own(text, own, false)
}

/// A line for each address, the site's own lines before them: the first that fits counts.
pub fn redirects(site: &Site, own: Option<&str>) -> String {
    let mut text = String::new();
    for redirect in site.redirects.iter() {
        let star = if redirect.is_prefix { "*" } else { "" };
        for path in paths(redirect) {
            let (to, splat) = target(redirect);
            let splat = if splat { ":splat" } else { "" };
            let _ = writeln!(text, "{}{star} {to}{splat} {}", encoded(path), redirect.status);
        }
    }
    with_own(text, own, true)
}

/// Puts the site's own text before or after what is made.
pub fn with_own(made: String, own: Option<&str>, before: bool) -> String {
    let Some(own) = own.map(str::trim_end).filter(|own| !own.trim().is_empty()) else { return made };
    match (before, made.is_empty()) {
        (_, true) => format!("{own}\n"),
        (true, false) => format!("{own}\n\n{made}"),
        (false, false) => format!("{made}\n{own}\n"),
    }
}
