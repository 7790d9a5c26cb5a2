mod commonmark;

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
