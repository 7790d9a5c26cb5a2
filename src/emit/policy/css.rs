//! What style sheets load.

use super::Policy;

/// Reads a style sheet's addresses: `url(…)` and `@import "…"`.
pub fn read(css: &str, own: &str, policy: &mut Policy) {
    let mut rest = css;
    while let Some(at) = rest.find("url(") {
        let before = rest[..at].trim_end();
        let imported = before.len() >= 7
            && before.is_char_boundary(before.len() - 7)
            && before[before.len() - 7..].eq_ignore_ascii_case("@import");
        rest = &rest[at + 4..];
        let inside = rest.trim_start();
        let (address, end) = match inside.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let from = &inside[1..];
                (&from[..from.find(quote).unwrap_or(from.len())], quote)
            }
            _ => (&inside[..inside.find(')').unwrap_or(inside.len())], ')'),
        };
        policy.add_address(if imported { "style-src" } else { kind(address) }, address, own);
        // An address may hold brackets of its own.
        let skipped = rest.len() - inside.len() + address.len() + usize::from(end != ')');
        rest = rest.get(skipped..).unwrap_or_default();
    }
    let mut rest = css;
    while let Some(at) = rest.find("@import") {
        rest = &rest[at + 7..];
        if let Some(quote @ ('"' | '\'')) = rest.trim_start().chars().next() {
            let from = &rest.trim_start()[1..];
            policy.add_address("style-src", &from[..from.find(quote).unwrap_or(from.len())], own);
        }
    }
}

/// Fonts are told by their names, or by their types; all else is a picture.
fn kind(address: &str) -> &'static str {
    let path = address.split(['?', '#']).next().unwrap_or(address).to_ascii_lowercase();
    let is_font = [".woff2", ".woff", ".ttf", ".otf", ".eot"].iter().any(|ending| path.ends_with(ending))
        || ["data:font/", "data:application/font", "data:application/x-font", "data:application/vnd.ms-fontobject"]
            .iter()
            .any(|kind| path.starts_with(kind));
    if is_font { "font-src" } else { "img-src" }
}
