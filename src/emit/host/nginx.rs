//! nginx: `map` blocks, which stand outside of a `server`, and what stands in it.

use super::{media_types, paths, target};
use crate::site::{Site, Subject};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Where each earlier address leads, by status.
pub fn maps(site: &Site) -> String {
    let mut text = String::from("# Made by Handbill. Include it outside of `server`.\n");
    for status in statuses(site) {
        let _ = writeln!(text, "map $uri $handbill_{status} {{\n  default \"\";");
        for redirect in site.redirects.iter().filter(|redirect| redirect.status == status) {
            let (to, splat) = target(redirect);
            if redirect.is_prefix {
                let splat = if splat { "$handbill_rest" } else { "" };
                let from = quoted(&format!("~^{}(?<handbill_rest>.*)$", expression(&redirect.from)));
                let _ = writeln!(text, "  {from} {};", value(to, splat));
                continue;
            }
            for path in paths(redirect) {
                let _ = writeln!(text, "  {} {};", quoted(path), value(to, ""));
            }
        }
        text.push_str("}\n");
    }
    text
}

/// Headers, the page for what is not found, and the redirects of [`maps`].
pub fn server(site: &Site, all: &[(String, String)]) -> String {
    let mut text = String::from("# Made by Handbill. Include it in `server`.\n");
    for (name, value) in all {
        let _ = writeln!(text, "add_header {name} {} always;", quoted(value));
    }
    for status in statuses(site) {
        let _ = writeln!(text, "if ($handbill_{status}) {{\n  return {status} $handbill_{status};\n}}");
    }
    let missing = site
        .jobs
        .iter()
        .find(|job| matches!(job.subject, Subject::NotFound { .. }) && !job.output.as_str().contains('/'));
    if let Some(missing) = missing {
        let _ = writeln!(text, "error_page 404 {};", missing.url);
    }
    for (name, media_type, _) in media_types(site) {
        let pattern = quoted(&format!("/{}$", expression(name)));
        let _ = write!(text, "location ~ {pattern} {{\n  types {{ }}\n  default_type \"{media_type}\";\n}}\n");
    }
    text.push_str("location ~ /nginx-(maps|server)\\.conf$ {\n  return 404;\n}\n");
    text
}

fn statuses(site: &Site) -> BTreeSet<u16> {
    site.redirects.iter().map(|redirect| redirect.status).collect()
}

/// In quotation marks. Nginx knows no escape for a dollar sign in values, and none is in addresses that are encoded.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Where something leads. A dollar sign would begin the name of a variable, so it is written as its code.
fn value(to: &str, rest: &str) -> String {
    format!("\"{}{rest}\"", to.replace('\\', "%5C").replace('"', "%22").replace('$', "%24"))
}

/// A text as an expression that matches it alone.
fn expression(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if r"\.+*?()|[]{}^$".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
