mod bodies;
mod commonmark;
mod components;
mod extensions;
mod properties;
mod reports;

use super::{Body, Extent, Options, fill_as_written, parse};
use crate::diagnostic::Diagnostic;
use crate::source::FileRef;

/// The body and what was reported.
fn read(text: &str, options: &Options<'_>) -> (Body, Vec<Diagnostic>) {
    let file: FileRef = "a.md".into();
    let mut diagnostics = Vec::new();
    let body = parse(text, 0, &file, options, &mut diagnostics);
    (body, diagnostics)
}

/// The page's HTML, holes filled as written.
fn html(body: &Body) -> String {
    let mut html = String::new();
    body.assemble(&mut html, Extent::Whole, &mut fill_as_written);
    html
}

/// What was reported: the code's name and the text at the place.
fn reported<'t>(text: &'t str, diagnostics: &[Diagnostic]) -> Vec<(&'static str, &'t str)> {
    let mut reported: Vec<_> = diagnostics.iter().map(|d| (d.span.unwrap_or_default(), d.code.name)).collect();
    reported.sort_unstable();
    reported.into_iter().map(|(span, name)| (name, &text[span.range()])).collect()
}
