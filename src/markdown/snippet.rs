use super::{Extent, Options, fill_as_written, parse};
use crate::source::FileRef;

/// Renders a short text, such as a field of the front matter, as blocks. Its holes are filled as the author wrote them,
/// and mistakes in it are repaired silently.
pub fn render_block(text: &str, options: &Options<'_>) -> String {
    let file: FileRef = "".into();
    let body = parse(text, 0, &file, options, &mut Vec::new());
    let mut html = String::with_capacity(body.content.html.len());
    body.assemble(&mut html, Extent::Whole, &mut fill_as_written);
    html
}

/// Renders a short text within a line: like [`render_block`], without the paragraph around a text that is one paragraph.
pub fn render_inline(text: &str, options: &Options<'_>) -> String {
    let html = render_block(text, options);
    let trimmed = html.trim_end();
    match trimmed.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => trimmed.to_owned(),
    }
}
