use super::escape;
use crate::source::Span;
use std::borrow::Cow;

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique in the text; empty only where [`super::Options::heading_ids`] is off and the author gave none.
    pub id: Box<str>,
    /// Plain text.
    pub text: Box<str>,
    /// The inline HTML without links and images, where it differs from the escaped text.
    pub(super) markup: Option<Box<str>>,
    pub span: Span,
}

impl Heading {
    /// The heading's inline HTML, without links and images: for a table of contents.
    pub fn html(&self) -> Cow<'_, str> {
        match &self.markup {
            Some(markup) => Cow::Borrowed(markup),
            None => {
                let mut html = String::with_capacity(self.text.len());
                escape::text(&mut html, &self.text);
                Cow::Owned(html)
            }
        }
    }
}

/// A heading with the headings below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TocEntry<'h> {
    pub heading: &'h Heading,
    pub children: Vec<TocEntry<'h>>,
}

/// A table of contents: each heading stands below the last one before it of a higher rank, whatever ranks are left out
/// between them.
pub fn table_of_contents(headings: &[Heading]) -> Vec<TocEntry<'_>> {
    let mut entries: Vec<TocEntry<'_>> = Vec::new();
    for heading in headings {
        let mut siblings = &mut entries;
        // At most six steps: each goes to a lower rank.
        while siblings.last().is_some_and(|last| last.heading.level < heading.level) {
            let last = siblings.len() - 1;
            siblings = &mut siblings[last].children;
        }
        siblings.push(TocEntry { heading, children: Vec::new() });
    }
    entries
}

/// The inline HTML of a heading without its links and images, whose tags have no place in a list of links.
pub(super) fn without_links(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        kept.push_str(before);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let inner = tag[1..end].trim_start_matches('/');
        let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if !name.eq_ignore_ascii_case("a") && !name.eq_ignore_ascii_case("img") {
            kept.push_str(&tag[..end]);
        }
        rest = &tag[end..];
    }
    kept.push_str(rest);
    kept
}
