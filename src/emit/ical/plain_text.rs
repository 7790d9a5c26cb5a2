//! From HTML to lines of text.

use std::borrow::Cow;

/// The most characters of a text.
const LONGEST: usize = 2000;

/// White space between what has been written and what comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    /// Between two cells of a table.
    Cell,
    Line,
    Paragraph,
}

/// Whether an element stands in lines of its own, with space around it.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "table"
            | "hr"
            | "dl"
            | "dt"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "figure"
            | "figcaption"
            | "details"
            | "summary"
            | "address"
            | "form"
            | "fieldset"
    )
}

/// Whether the content of an element is no text of the author's.
fn has_no_text(name: &str) -> bool {
    matches!(name, "iframe" | "script" | "style" | "svg" | "template")
}

/// Reads HTML and writes its text.
pub struct PlainText<'w> {
    /// Makes an address of a link whole.
    whole: &'w dyn Fn(&str) -> String,
    text: String,
    gap: Gap,
    /// Open lists, each with the number of its next item when it is an ordered one.
    lists: Vec<Option<u32>>,
    /// Where the text of the open item begins.
    item: usize,
    /// The open link: its address, and where its text begins.
    link: Option<(String, usize)>,
    /// The name of the element that is left out with all that is in it.
    left_out: Option<String>,
    preformatted: bool,
}

impl<'w> PlainText<'w> {
    /// The text of a piece of HTML: blocks with an empty line between them, items with a sign before them, links with
    /// their addresses after them. It is cut after a word when it is long.
    pub fn of(html: &str, whole: &'w dyn Fn(&str) -> String) -> String {
        let mut reader = Self {
            whole,
            text: String::with_capacity(html.len().min(LONGEST + LONGEST / 8)),
            gap: Gap::None,
            lists: Vec::new(),
            item: 0,
            link: None,
            left_out: None,
            preformatted: false,
        };
        reader.read(html);
        cut(reader.text)
    }

    fn read(&mut self, html: &str) {
        let mut rest = html;
        while !rest.is_empty() && !is_too_long(&self.text) {
            let (text, markup) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            self.push(text);
            if let Some(comment) = markup.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let Some(inner) = markup.strip_prefix('<') else { return };
            if inner.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
                let end = end_of_tag(inner);
                self.tag(&inner[..end]);
                rest = inner.get(end + 1..).unwrap_or_default();
            } else {
                self.push("<");
                rest = inner;
            }
        }
    }

    /// A tag, without its angles.
    fn tag(&mut self, tag: &str) {
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
        let name: Cow<'_, str> = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        if let Some(left_out) = &self.left_out {
            if closes && *left_out == *name {
                self.left_out = None;
            }
            return;
        }
        if closes { self.close(&name) } else { self.open(&name, tag) }
    }

    fn open(&mut self, name: &str, tag: &str) {
        match name {
            "a" if tag.contains("class=\"heading-anchor\"") || tag.contains("class=\"footnote-back\"") => {
                self.left_out = Some(name.to_owned());
            }
            "sup" if tag.contains("class=\"footnote-ref\"") => self.left_out = Some(name.to_owned()),
            "a" => {
                let address = attribute(tag, "href").and_then(|href| shown_address(&href, self.whole));
                self.link = address.map(|address| (address, self.text.len()));
            }
            "ul" | "ol" => {
                self.block();
                let first = attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((name == "ol").then_some(first));
            }
            "li" => self.open_item(),
            "br" | "tr" | "dd" => self.gap = self.gap.max(Gap::Line),
            "td" | "th" => self.gap = self.gap.max(Gap::Cell),
            "input" if tag.contains("\"checkbox\"") => {
                self.push(if tag.contains("checked=") { "[x] " } else { "[ ] " });
            }
            "pre" => {
                self.block();
                self.preformatted = true;
            }
            name if has_no_text(name) => self.left_out = Some(name.to_owned()),
            name if is_block(name) => self.block(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "a" => self.close_link(),
            "ul" | "ol" => {
                self.lists.pop();
                self.block();
            }
            "li" | "tr" | "dd" => self.gap = self.gap.max(Gap::Line),
            "pre" => {
                self.preformatted = false;
                // Its last line ends as every block does.
                let kept = self.text.trim_end_matches('\n').len();
                self.text.truncate(kept);
                self.block();
            }
            name if is_block(name) => self.block(),
            _ => {}
        }
    }

    /// A block begins or ends. Within a list no line is empty.
    fn block(&mut self) {
        self.gap = self.gap.max(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
    }

    fn open_item(&mut self) {
        self.gap = self.gap.max(Gap::Line);
        let depth = self.lists.len().saturating_sub(1);
        let sign = match self.lists.last_mut() {
            Some(Some(number)) => {
                let sign = format!("{number}. ");
                *number = number.saturating_add(1);
                sign
            }
            _ => "- ".to_owned(),
        };
        self.close_gap();
        self.text.push_str(&"   ".repeat(depth.min(8)));
        self.text.push_str(&sign);
        self.item = self.text.len();
    }

    fn close_link(&mut self) {
        let Some((address, begins)) = self.link.take() else { return };
        let text = self.text.get(begins..).unwrap_or_default().trim();
        if text.is_empty() {
            self.close_gap();
            self.text.push_str(&address);
        } else if !says(text, &address) {
            self.text.push_str(" (");
            self.text.push_str(&address);
            self.text.push(')');
        }
    }

    /// Text with escapes, as HTML has it.
    fn push(&mut self, text: &str) {
        if self.left_out.is_some() {
            return;
        }
        let mut rest = text;
        while let Some(first) = rest.bytes().next() {
            if first == b'&' {
                self.close_gap();
                let (meant, length) = entity(rest);
                self.text.push(meant);
                rest = &rest[length..];
            } else if first.is_ascii_whitespace() && !self.preformatted {
                self.gap = self.gap.max(Gap::Space);
                rest = rest.trim_ascii_start();
            } else {
                self.close_gap();
                let end = if self.preformatted { rest.find('&') } else { end_of_words(rest) };
                let (words, after) = rest.split_at(end.unwrap_or(rest.len()));
                self.text.push_str(words);
                rest = after;
            }
        }
    }

    fn close_gap(&mut self) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        // An item's sign has its own space, and needs no line after it.
        if self.text.is_empty() || (self.item == self.text.len() && !self.lists.is_empty()) {
            return;
        }
        self.text.push_str(match gap {
            Gap::None => "",
            Gap::Space => " ",
            Gap::Cell => " | ",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        });
    }
}

/// Where words with spaces between them end: at other white space, or at an escape.
fn end_of_words(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let end = bytes.iter().position(|byte| matches!(byte, b'&' | b'\t' | b'\n' | b'\x0c' | b'\r'));
    let end = end.unwrap_or(bytes.len());
    // A space at the end belongs to the gap.
    let words = bytes[..end].trim_ascii_end().len();
    (words < bytes.len()).then_some(words)
}

/// Where a tag ends, or the text: at an angle that stands in no attribute's value.
fn end_of_tag(inner: &str) -> usize {
    let mut quote = None;
    for (at, byte) in inner.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at,
            (byte, Some(open)) if byte == open => quote = None,
            (b'"' | b'\'', None) => quote = Some(byte),
            _ => {}
        }
    }
    inner.len()
}

/// The value of a tag's attribute.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        let (_, after) = rest.split_once(name)?;
        if let Some(value) = after.strip_prefix("=\"") {
            let value = value.split('"').next().unwrap_or(value);
            let mut decoded = String::with_capacity(value.len());
            let mut rest = value;
            while let Some(at) = rest.find('&') {
                decoded.push_str(&rest[..at]);
                let (meant, length) = entity(&rest[at..]);
                decoded.push(meant);
                rest = &rest[at + length..];
            }
            decoded.push_str(rest);
            return Some(decoded);
        }
        rest = after;
    }
}

/// The character that the escape at the start of a text stands for, and the escape's length. One that is not known stays
/// as it is.
fn entity(text: &str) -> (char, usize) {
    let Some((name, _)) = text.get(1..).and_then(|rest| rest.split_once(';')).filter(|(name, _)| name.len() < 8) else {
        return ('&', 1);
    };
    let code = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let meant = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => match name.strip_prefix(['#']) {
            Some(number) => match number.strip_prefix(['x', 'X']) {
                Some(hex) => code(hex, 16),
                None => code(number, 10),
            },
            None => None,
        },
    };
    meant.map_or(('&', 1), |meant| (meant, name.len() + 2))
}

/// A link's address as people write it; none for a place on the page itself and for what opens no page, mail or call.
fn shown_address(href: &str, whole: &dyn Fn(&str) -> String) -> Option<String> {
    if href.is_empty() || href.starts_with('#') {
        return None;
    }
    if let Some(address) = href.strip_prefix("mailto:") {
        return Some(address.split('?').next().unwrap_or(address).to_owned());
    }
    if let Some(number) = href.strip_prefix("tel:") {
        return Some(number.to_owned());
    }
    let address = whole(href);
    (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
}

/// Whether a link's text is its address already.
fn says(text: &str, address: &str) -> bool {
    let bare = |address: &str| {
        let address = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
        address.trim_end_matches('/').to_lowercase()
    };
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_number = !address.is_empty() && address.chars().all(|c| c.is_ascii_digit() || "+-.() ".contains(c));
    bare(text) == bare(address) || is_number && digits(text) == digits(address)
}

/// Whether a text has more characters than a description may have.
fn is_too_long(text: &str) -> bool {
    text.len() > LONGEST && text.chars().count() > LONGEST
}

/// The text, cut after a word when it is longer than a description may be.
fn cut(mut text: String) -> String {
    if is_too_long(&text)
        && let Some((end, _)) = text.char_indices().nth(LONGEST - 1)
    {
        let whole_words = text[..end].rfind(char::is_whitespace).filter(|at| *at > 0);
        text.truncate(whole_words.unwrap_or(end));
        let kept = text.trim_end_matches(|c: char| c.is_whitespace() || ",;:–—-.(".contains(c)).len();
        text.truncate(kept);
        text.push('…');
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests;
