//! nginx: `map` blocks, which stand outside of a `server`, and what stands in it.

use super::view::HostView;
use super::{encoded, media_types, paths, target};
use crate::site::Redirect;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Where each earlier address leads, with its status before it. Patterns look at the request as it was sent: what they
/// stand for goes into the answer's headers, where nothing that was decoded belongs.
pub fn maps(view: &HostView<'_>) -> String {
    let mut text = String::from("# Made by Handbill. Include it outside of `server`.\n");
    text.push_str("map $uri $handbill_moved {\n  default \"\";\n");
    for redirect in view.redirects.iter().filter(|redirect| !redirect.is_prefix) {
        for path in paths(redirect) {
            let _ = writeln!(text, "  {} {};", quoted(path), value(redirect, ""));
        }
    }
    text.push_str("}\nmap $request_uri $handbill_folder_moved {\n  default \"\";\n");
    for redirect in view.redirects.iter().filter(|redirect| redirect.is_prefix) {
        let rest = if target(redirect).1 { "$handbill_rest" } else { "" };
        let from = format!("~^{}(?<handbill_rest>[^?\\s]*)", expression(&encoded(&redirect.from)));
        let _ = writeln!(text, "  {} {};", quoted(&from), value(redirect, rest));
    }
    text.push_str("}\n");
    text
}

/// Headers, the page for what is not found, and the redirects of [`maps`].
pub fn server(view: &HostView<'_>, all: &[(String, String)]) -> String {
    let mut text = String::from("# Made by Handbill. Include it in `server`.\n");
    for (name, value) in all {
        let _ = writeln!(text, "add_header {name} {} always;", quoted(value));
    }
    for name in ["handbill_moved", "handbill_folder_moved"] {
        for status in statuses(view) {
            let _ = writeln!(text, "if (${name} ~ \"^{status} (.*)$\") {{\n  return {status} $1;\n}}");
        }
    }
    if let Some(missing) = view.not_found() {
        let _ = writeln!(text, "error_page 404 {missing};");
    }
    for (name, media_type, _) in media_types(view.site) {
        let pattern = quoted(&format!("/{}$", expression(name)));
        let _ = write!(text, "location ~ {pattern} {{\n  types {{ }}\n  default_type \"{media_type}\";\n}}\n");
    }
    text.push_str("location ~ /nginx-(maps|server)\\.conf$ {\n  return 404;\n}\n");
    text
}

fn statuses(view: &HostView<'_>) -> BTreeSet<u16> {
    view.redirects.iter().map(|redirect| redirect.status).collect()
}

/// In quotation marks. Nginx knows no escape for a dollar sign in values, and none is in addresses that are encoded.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A status, and where it leads. A dollar sign would begin the name of a variable, so it is written as its code.
fn value(redirect: &Redirect, rest: &str) -> String {
    let to = target(redirect).0.replace('\\', "%5C").replace('"', "%22").replace('$', "%24");
    // What was asked besides goes along, where the place asks for nothing itself.
    let query = if to.contains(['?', '#']) { "" } else { "$is_args$args" };
    format!("\"{} {to}{rest}{query}\"", redirect.status)
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
