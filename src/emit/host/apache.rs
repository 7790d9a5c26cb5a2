//! `.htaccess` (Apache 2.4, mod_rewrite and mod_headers).

use super::underscored::with_own;
use super::view::HostView;
use super::{encoded, media_types, target};
use crate::site::{HostFile, Subject};
use std::fmt::Write;

/// The site's own directives, then redirects and headers.
pub fn htaccess(view: &HostView<'_>, all: &[(String, String)], own: Option<&str>) -> String {
    let (site, base) = (view.site, view.base);
    let mut text = String::from("# Made by Handbill\n");
    if let Some(missing) = view.not_found() {
        let _ = writeln!(text, "ErrorDocument 404 {missing}");
    }
    text.push_str("AddType text/calendar .ics\nAddDefaultCharset utf-8\n");
    for (name, media_type, _) in media_types(site) {
        let _ = write!(text, "<Files \"{}\">\n  ForceType {media_type}\n</Files>\n", name.replace('"', "\\\""));
    }
    text.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in all {
        let _ = writeln!(text, "  Header always set {name} \"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
    }
    text.push_str("</IfModule>\n");
    if !view.redirects.is_empty() {
        text.push_str("<IfModule mod_rewrite.c>\n  RewriteEngine On\n");
        for redirect in &view.redirects {
            let (to, splat) = target(redirect);
            // Rules of a folder see the path below it, decoded.
            let below = |path: &str| {
                path.strip_prefix(&*crate::output::decode_path(base)).unwrap_or(path).trim_start_matches('/').to_owned()
            };
            // A percent or a dollar sign would stand for something; the flag NE keeps the rest from being encoded again.
            let to = to.replace('%', "\\%").replace('$', "\\$");
            // What was asked besides would stand behind the name of a place in the page.
            let flags = format!("[R={},L,NE{}]", redirect.status, if to.contains('#') { ",QSD" } else { "" });
            if redirect.is_prefix {
                // What a pattern stands for is taken from the request as it was sent: decoded it could end a header.
                let from = pattern(&encoded(&redirect.from));
                let splat = if splat { "%1" } else { "" };
                let _ = writeln!(text, "  RewriteCond %{{THE_REQUEST}} \"^[A-Z]+ {from}([^?\\s]*)\"");
                let _ = writeln!(text, "  RewriteRule ^ \"{to}{splat}\" {flags}");
                continue;
            }
            let from = below(&redirect.from);
            let from = match from.strip_suffix('/') {
                Some(bare) => format!("^{}/?$", pattern(bare)),
                None => format!("^{}$", pattern(&from)),
            };
            let _ = writeln!(text, "  RewriteRule \"{from}\" \"{to}\" {flags}");
        }
        text.push_str("</IfModule>\n");
    }
    for hidden in [HostFile::NginxMaps, HostFile::NginxServer, HostFile::RoutingRules] {
        let there = site.jobs.iter().any(|job| job.subject == Subject::Host { file: hidden, host: view.host });
        if there {
            let _ = writeln!(text, "<Files \"{}\">\n  Require all denied\n</Files>", hidden.path());
        }
    }
    with_own(text, own, true)
}

/// A text as a regular expression that matches it alone.
fn pattern(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if r"\.+*?()|[]{}^$".contains(character) || character == '"' {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
