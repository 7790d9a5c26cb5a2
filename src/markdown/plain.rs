use super::body::{Fragment, HoleKind};

/// Takes the text out of HTML that comes in pieces. What is no text of the author's (the sign after a heading, the arrow
/// after a footnote, scripts) is left out.
#[derive(Debug, Default)]
pub(super) struct PlainText {
    text: String,
    /// The tag that is being read, without its `<`; its first bytes are enough.
    tag: Option<String>,
    quote: Option<char>,
    /// The end tag that ends what is left out.
    left_out_until: Option<&'static str>,
    /// White space that has been seen and not been written.
    gap: Gap,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
}

/// Elements that stand within a line of text.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "img", "input", "ins", "kbd",
    "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr",
];

impl PlainText {
    /// The text of a fragment, the bodies of its components at their places.
    pub fn add_fragment(&mut self, fragment: &Fragment) {
        for (piece, hole) in fragment.pieces() {
            self.add(piece);
            if let Some(HoleKind::Component(component)) = hole.map(|hole| &hole.kind) {
                self.gap = Gap::Line;
                if let Some(body) = &component.body {
                    self.add_fragment(body);
                }
                self.gap = Gap::Line;
            }
        }
    }

    /// The next piece of HTML.
    pub fn add(&mut self, html: &str) {
        let mut rest = html;
        while !rest.is_empty() {
            rest = if self.tag.is_some() { self.read_tag(rest) } else { self.read_text(rest) };
        }
    }

    pub fn finish(self) -> String {
        self.text
    }

    fn read_text<'h>(&mut self, html: &'h str) -> &'h str {
        let end = html.find('<').unwrap_or(html.len());
        let (text, rest) = html.split_at(end);
        if self.left_out_until.is_none() {
            self.push(text);
        }
        if rest.is_empty() {
            return rest;
        }
        self.tag = Some(String::new());
        &rest[1..]
    }

    /// Reads to the end of the tag, or of the piece.
    fn read_tag<'h>(&mut self, html: &'h str) -> &'h str {
        const ENOUGH: usize = 28;
        let tag = self.tag.get_or_insert_default();
        for (at, c) in html.char_indices() {
            if tag.starts_with("!--") {
                // A comment ends at its own mark alone.
                let end = html[at..].find("-->").map(|found| at + found + 3);
                if end.is_some() {
                    self.tag = None;
                }
                return &html[end.unwrap_or(html.len())..];
            }
            match (c, self.quote) {
                ('>', None) => {
                    let tag = self.tag.take().unwrap_or_default();
                    self.end_of_tag(&tag);
                    return &html[at + 1..];
                }
                (c, Some(quote)) if c == quote => self.quote = None,
                ('"' | '\'', None) => self.quote = Some(c),
                _ => {}
            }
            if tag.len() < ENOUGH {
                tag.push(c);
            }
        }
        ""
    }

    fn end_of_tag(&mut self, tag: &str) {
        if let Some(end) = self.left_out_until {
            if tag.trim_end().eq_ignore_ascii_case(end) {
                self.left_out_until = None;
            }
            return;
        }
        let name = tag.trim_start_matches('/');
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        self.left_out_until = match name.as_str() {
            "a" if tag.starts_with("a class=\"heading-anchor\"") || tag.starts_with("a class=\"footnote-back\"") => {
                Some("/a")
            }
            "script" if !tag.starts_with('/') => Some("/script"),
            "style" if !tag.starts_with('/') => Some("/style"),
            _ => None,
        };
        if !INLINE.contains(&name.as_str()) {
            self.gap = Gap::Line;
        }
    }

    fn push(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c.is_ascii_whitespace() {
                self.gap = self.gap.max(Gap::Space);
                rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
                continue;
            }
            self.close_gap();
            if c == '&' {
                let (meant, length) = entity(rest);
                self.text.push_str(meant);
                rest = &rest[length..];
                continue;
            }
            let end = rest.find(|c: char| c == '&' || c.is_ascii_whitespace()).unwrap_or(rest.len());
            self.text.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }

    fn close_gap(&mut self) {
        if !self.text.is_empty() {
            match self.gap {
                Gap::None => {}
                Gap::Space => self.text.push(' '),
                Gap::Line => self.text.push('\n'),
            }
        }
        self.gap = Gap::None;
    }
}

/// The character that the escape at the start of `text` stands for, and the escape's length. Only those that rendering
/// writes are known; another one stays as it is.
fn entity(text: &str) -> (&'static str, usize) {
    for (escape, meant) in [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{a0}")] {
        if text.starts_with(escape) {
            return (meant, escape.len());
        }
    }
    ("&", 1)
}

/// The text of one piece of HTML.
pub(super) fn text_of(html: &str) -> String {
    let mut text = PlainText::default();
    text.add(html);
    text.finish()
}

/// `text` cut after a word, with `…`, when it has more than `longest` characters.
pub(super) fn cut(text: String, longest: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(longest) else { return text };
    let kept = &text[..end];
    // A word is cut only when it is the whole text.
    let kept = if text[end..].starts_with(char::is_whitespace) {
        kept
    } else {
        kept.rfind(char::is_whitespace).map_or(kept, |space| &kept[..space])
    };
    let kept =
        kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—' | '-' | '.'));
    format!("{kept}…")
}
