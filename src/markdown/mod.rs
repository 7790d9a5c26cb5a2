//! Markdown to a body: HTML with holes, headings, anchors and components with their places.
//!
//! One pass over the parser's events writes the HTML. What only the whole site knows (where a relative link leads, what
//! a component renders, words in the page's language) is left as a [`Hole`] and filled when a page is put together.
//!
//! The text is CommonMark 0.31.2 with tables, footnotes, strikethrough, task lists, alerts, definition lists, heading
//! attributes, typographic punctuation and components. Parsing is total: every text gives a body, and what the author
//! got wrong is reported beside it.

mod body;
mod component;
mod destination;
pub mod escape;
mod heading;
mod ids;
mod pictures;
mod plain;
mod quotes;
mod raw_html;
mod render;
mod slug;
mod words;

#[cfg(test)]
mod tests;

pub use body::{Body, Extent, FootnoteReference, Fragment, Hole, HoleKind, Image, Label, SummaryEnd, fill_as_written};
pub use component::{AddressRole, Arg, ArgValue, Component};
pub use destination::{Destination, LINK_SCHEMES, MEDIA_SCHEMES, classify};
pub use heading::{Heading, TocEntry, table_of_contents};
pub use pictures::{Pictures, pictures};
pub use slug::slug;

use crate::diagnostic::Diagnostic;
use crate::locale::Alphabet;
use crate::source::FileRef;

/// What is done with HTML in a Markdown text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HtmlPolicy {
    /// It passes as it stands, and so do links of any scheme and attributes of any name: for texts as trusted as the
    /// theme.
    Allow,
    /// Harmless elements and attributes stay; the rest is removed and reported. The result is always well formed.
    #[default]
    Sanitise,
    /// Every tag is removed and reported as an error.
    Forbid,
}

/// How a text is read and rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options<'a> {
    pub html: HtmlPolicy,
    /// Curly quotation marks, dashes and ellipses for `"`, `'`, `--`, `---` and `...`.
    pub smart_punctuation: bool,
    /// BCP 47; decides on quotation marks and on how ids are spelled.
    pub language: &'a str,
    /// The letters of headings' ids.
    pub alphabet: Alphabet,
    /// Gives each heading an id.
    pub heading_ids: bool,
    /// Puts a link to itself after each heading that has an id.
    pub heading_anchors: bool,
    /// Everything beyond CommonMark, components included.
    pub extensions: bool,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            html: HtmlPolicy::Sanitise,
            smart_punctuation: true,
            language: "en",
            alphabet: Alphabet::Ascii,
            heading_ids: true,
            heading_anchors: false,
            extensions: true,
        }
    }
}

impl Options<'_> {
    /// CommonMark as the specification has it, and nothing else.
    pub fn commonmark() -> Self {
        Self {
            html: HtmlPolicy::Allow,
            smart_punctuation: false,
            language: "en",
            alphabet: Alphabet::Ascii,
            heading_ids: false,
            heading_anchors: false,
            extensions: false,
        }
    }
}

/// Renders `text`, the Markdown part of `file` that begins at byte `offset`. Never fails; mistakes are added to
/// `diagnostics`, with places in the whole file.
pub fn parse(
    text: &str,
    offset: u32,
    file: &FileRef,
    options: &Options<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Body {
    render::render(text, offset, file, options, diagnostics)
}
