//! `_headers` and `_redirects`, as Netlify and Cloudflare read them.

use super::view::HostView;
use super::{encoded, media_types, paths, target};
use std::fmt::Write;

/// The rule for all pages, and after it the site's own file.
pub fn headers(view: &HostView<'_>, all: &[(String, String)], own: Option<&str>) -> String {
    let base = view.base;
    let mut text = format!("{base}/*\n");
    for (name, value) in all {
        let _ = writeln!(text, "  {name}: {value}");
    }
    for (name, media_type, at_top) in media_types(view.site) {
        let folder = if at_top { "" } else { "/*" };
        if !at_top && view.site.jobs.iter().any(|job| job.output.as_str() == name) {
            let _ = write!(text, "{base}/{}\n  Content-Type: {media_type}\n", encoded(name));
        }
        let _ = write!(text, "{base}{folder}/{}\n  Content-Type: {media_type}\n", encoded(name));
    }
    with_own(text, own, false)
}

/// A line for each address, the site's own lines before them: the first that fits counts.
pub fn redirects(view: &HostView<'_>, own: Option<&str>) -> String {
    let mut text = String::new();
    for redirect in &view.redirects {
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
