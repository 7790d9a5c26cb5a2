//! What is added to a page that is shown: one script element, and nothing else. Without it a page's bytes are those
//! that are published.

use crate::markdown::escape;
use std::fmt::Write;

/// Where the script of [`element`] stands.
pub const SCRIPT_PATH: &str = "/_handbill/live.js";

/// What the script must know of its page.
#[derive(Debug, Clone, Copy)]
pub struct About<'p> {
    /// A hash of the page's own bytes.
    pub version: &'p str,
    /// The state of the server that the page was made from.
    pub seen: &'p str,
    /// The file that the page comes from.
    pub source: Option<&'p str>,
}

/// The element, without whitespace around it.
pub fn element(about: About<'_>) -> String {
    let mut html = format!(
        "<script src=\"{SCRIPT_PATH}\" data-handbill-version=\"{}\" data-handbill-seen=\"{}\"",
        about.version, about.seen
    );
    if let Some(source) = about.source {
        let _ = write!(html, " data-handbill-source=\"{}\"", escaped(source));
    }
    html.push_str(" defer></script>");
    html
}

/// A text as part of HTML, in an element or in an attribute's quotation marks.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape::attribute(&mut out, text);
    out
}

/// The place in a page where the element goes: before the end tags of body and page if they end it, else at its end.
/// An end tag further up may stand in a script or a comment.
pub fn place(html: &[u8]) -> usize {
    let page = before_tag(html, b"</html>");
    before_tag(&html[..page.unwrap_or(html.len())], b"</body>").or(page).unwrap_or(html.len())
}

fn before_tag(html: &[u8], tag: &[u8]) -> Option<usize> {
    let trimmed = html.trim_ascii_end();
    let at = trimmed.len().checked_sub(tag.len())?;
    trimmed[at..].eq_ignore_ascii_case(tag).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::{About, element, place};

    #[test]
    fn the_element_stands_at_the_end_of_the_body() {
        let cases = [
            ("<p>a</p>|</body></html>", "closed"),
            ("<p>a</p>|</BODY>\n</HTML>\n", "capitals"),
            ("<p>a</p>|</body>", "no end of the page"),
            ("<p>a</p>|</html>", "no end of the body"),
            ("<p>a</p>|", "neither"),
            ("<script>x='</body></html>'</script>|", "in a script"),
            ("|", "empty"),
            ("\u{e9}\u{2013}|", "no ASCII"),
        ];
        for (page, what) in cases {
            let html = page.replace('|', "");
            assert_eq!(place(html.as_bytes()), page.find('|').unwrap(), "{what}");
        }
    }

    #[test]
    fn a_file_name_cannot_leave_its_attribute() {
        let about = About { version: "v", seen: "s", source: Some("content/\"><script>&.md") };
        let html = element(about);
        assert!(html.contains("data-handbill-source=\"content/&quot;&gt;&lt;script&gt;&amp;.md\""), "{html}");
    }
}
