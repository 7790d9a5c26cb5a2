//! HTML as simple Markdown: paragraphs, lists, links, emphasis. Everything else leaves its text.

use super::address;
use super::entities::resolved;
use super::plain;

/// Elements whose text is none.
const SILENT: [&str; 7] = ["style", "script", "head", "title", "template", "noscript", "xml"];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 29] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "html",
    "main",
    "nav",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "ol",
    "li",
];

/// Elements that descriptions of calendars use; what else stands in `<…>` is text, such as an address.
const TELLING: [&str; 26] = [
    "a",
    "b",
    "br",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "html",
    "html-blob",
    "i",
    "li",
    "ol",
    "p",
    "s",
    "span",
    "strong",
    "table",
    "td",
    "tr",
    "u",
    "ul",
    "blockquote",
];

/// Whether a description is HTML, as calendars write it that let their users choose fonts.
pub fn looks_like_html(text: &str) -> bool {
    let mut reader = Reader::new(text);
    while let Some(token) = reader.next() {
        if let Token::Start(name, _) = token
            && TELLING.contains(&name.as_str())
        {
            return true;
        }
    }
    false
}

/// Markdown of an HTML text.
pub fn from_html(html: &str) -> String {
    let lowered = html.to_ascii_lowercase();
    // Without elements that make lines, the line ends do.
    let has_lines = ["<br", "<p>", "<p ", "<div", "<li", "<ul", "<tr"].iter().any(|tag| lowered.contains(tag));
    let mut writer = Writer { lines_are_breaks: !has_lines, ..Writer::default() };
    let mut reader = Reader::new(html);
    while let Some(token) = reader.next() {
        match token {
            Token::Start(name, attributes) => writer.start(&name, attributes, &mut reader),
            Token::End(name) => writer.end(&name),
            Token::Text(text) => writer.text(&text),
        }
    }
    writer.finish()
}

enum Token<'h> {
    /// Name in small letters, and its attributes as written.
    Start(String, &'h str),
    End(String),
    Text(String),
}

struct Reader<'h> {
    rest: &'h str,
    /// No further `>` comes.
    is_text: bool,
}

impl<'h> Reader<'h> {
    fn new(html: &'h str) -> Self {
        Self { rest: html, is_text: false }
    }

    fn next(&mut self) -> Option<Token<'h>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(after) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Token::Text(resolved(self.take(end))));
            };
            if let Some(comment) = after.strip_prefix("!--") {
                self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
                continue;
            }
            if after.starts_with(['!', '?']) {
                self.rest = after.split_once('>').map_or("", |(_, rest)| rest);
                continue;
            }
            let name_at = usize::from(after.starts_with('/'));
            let name_length = after[name_at..]
                .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':')))
                .unwrap_or(after.len() - name_at);
            let name = &after[name_at..name_at + name_length];
            let inside = &after[name_at + name_length..];
            let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic())
                && inside.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
                && !inside.starts_with("//");
            let length = if is_tag && !self.is_text { end_of_tag(inside) } else { None };
            self.is_text |= is_tag && length.is_none();
            let Some(length) = length else {
                // A sign of its own, or an address in pointed brackets.
                let end = after.find('<').map_or(self.rest.len(), |at| at + 1);
                return Some(Token::Text(resolved(self.take(end))));
            };
            self.rest = &inside[length + 1..];
            let name = name.to_ascii_lowercase();
            let attributes = &inside[..length];
            return Some(if name_at == 1 { Token::End(name) } else { Token::Start(name, attributes) });
        }
    }

    fn take(&mut self, length: usize) -> &'h str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Passes over all to the end tag of an element.
    fn skip_to_end(&mut self, name: &str) {
        while let Some(at) = self.rest.find("</") {
            let after = &self.rest[at + 2..];
            if after.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
                self.rest = &self.rest[at..];
                return;
            }
            self.rest = after;
        }
        self.rest = "";
    }
}

/// Where a tag's `>` stands, that is none in quotation marks.
fn end_of_tag(inside: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in inside.char_indices() {
        match (c, quote) {
            ('>', None) => return Some(at),
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            _ => {}
        }
    }
    // A mark that is never closed.
    inside.find('>')
}

fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some(at) = rest.find('=') {
        let name = rest[..at].trim().rsplit(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        let after = rest[at + 1..].trim_start();
        let (value, left) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => {
                let end = after.find(char::is_whitespace).unwrap_or(after.len());
                after.split_at(end)
            }
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(resolved(value).trim().to_owned());
        }
        rest = left;
    }
    None
}

#[derive(Debug, Clone, PartialEq)]
enum Mark {
    Strong,
    Emphasis,
    Link(String),
}

/// An inline element that is open, and its text so far.
struct Frame {
    mark: Option<Mark>,
    text: String,
}

/// An open list.
struct List {
    /// The number of its last item; none for bullets.
    number: Option<u32>,
    /// The columns before an item's text.
    indent: usize,
}

#[derive(Default)]
struct Writer {
    lines_are_breaks: bool,
    blocks: Vec<String>,
    /// Open inline elements; their texts go to the line when they close.
    frames: Vec<Frame>,
    line: String,
    /// Lines of the block that is being read.
    lines: Vec<String>,
    lists: Vec<List>,
    /// The item's mark, until its first line is written.
    marker: Option<String>,
    quotes: usize,
    is_first_of_item: bool,
}

/// Inline elements and lists may stand in one another only so deep.
const DEEPEST: usize = 20;

impl Writer {
    fn start<'h>(&mut self, name: &str, attributes: &'h str, reader: &mut Reader<'h>) {
        match name {
            name if SILENT.contains(&name) => reader.skip_to_end(name),
            "br" => self.line_break(),
            "hr" => {
                self.end_block();
                self.blocks.push("---".to_owned());
            }
            "b" | "strong" => self.open(Mark::Strong),
            "i" | "em" => self.open(Mark::Emphasis),
            "a" => {
                let address = attribute(attributes, "href").map(|href| address::unwrapped(&href));
                self.open_frame(address.filter(|href| is_allowed(href)).map(Mark::Link));
            }
            "img" => {
                let alt = attribute(attributes, "alt").unwrap_or_default();
                self.text(&alt);
            }
            "td" | "th" => self.text(" "),
            "ul" | "ol" => {
                self.end_block();
                self.open_list((name == "ol").then_some(0));
            }
            "li" => {
                self.end_block();
                self.item();
            }
            "blockquote" => {
                self.end_block();
                self.quotes += 1;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                self.open(Mark::Strong);
            }
            name if BLOCKS.contains(&name) => self.end_block(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "b" | "strong" => self.close(&Mark::Strong),
            "i" | "em" => self.close(&Mark::Emphasis),
            "a" => self.close_link(),
            "ul" | "ol" => {
                self.end_block();
                self.lists.pop();
                self.marker = None;
            }
            "li" => {
                self.end_block();
                self.marker = None;
            }
            "blockquote" => {
                self.end_block();
                self.quotes = self.quotes.saturating_sub(1);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.close(&Mark::Strong);
                self.end_block();
            }
            name if BLOCKS.contains(&name) => self.end_block(),
            _ => {}
        }
    }

    /// Where text goes: the innermost open element, or the line.
    fn target(&mut self) -> &mut String {
        match self.frames.last_mut() {
            Some(frame) => &mut frame.text,
            None => &mut self.line,
        }
    }

    fn text(&mut self, text: &str) {
        let mut first = true;
        for line in text.split('\n') {
            if !first && self.lines_are_breaks {
                self.line_break();
            }
            let gap_before = line.starts_with(char::is_whitespace) || !first;
            first = false;
            let words: Vec<&str> = line.split_whitespace().collect();
            let gap_after = line.ends_with(char::is_whitespace) && !words.is_empty();
            let clean: String = words.join(" ").chars().filter(|c| !c.is_control()).collect();
            let is_link = self.frames.iter().any(|frame| matches!(frame.mark, Some(Mark::Link(_))));
            let markdown = if is_link { plain::escaped(&clean) } else { plain::inline(&clean) };
            let target = self.target();
            if gap_before && !target.ends_with(' ') {
                target.push(' ');
            }
            target.push_str(&markdown);
            if gap_after {
                target.push(' ');
            }
        }
    }

    fn open(&mut self, mark: Mark) {
        let is_open = self.frames.iter().any(|frame| frame.mark.as_ref() == Some(&mark));
        self.open_frame((!is_open).then_some(mark));
    }

    fn open_frame(&mut self, mark: Option<Mark>) {
        if self.frames.len() < DEEPEST {
            self.frames.push(Frame { mark, text: String::new() });
        }
    }

    fn close(&mut self, mark: &Mark) {
        if let Some(at) = self.frames.iter().rposition(|frame| frame.mark.as_ref() == Some(mark)) {
            self.close_to(at);
        }
    }

    fn close_link(&mut self) {
        let is_link = |frame: &Frame| matches!(frame.mark, None | Some(Mark::Link(_)));
        if let Some(at) = self.frames.iter().rposition(is_link) {
            self.close_to(at);
        }
    }

    /// Closes open inline elements down to the one at `at`.
    fn close_to(&mut self, at: usize) {
        while self.frames.len() > at {
            if let Some(frame) = self.frames.pop() {
                let text = marked(&frame);
                let target = self.target();
                let text = if target.ends_with(' ') || target.is_empty() { text.trim_start() } else { &text };
                target.push_str(text);
            }
        }
    }

    /// Ends the line; what is open goes on in the next one.
    fn line_break(&mut self) {
        let open: Vec<Option<Mark>> = self.frames.iter().map(|frame| frame.mark.clone()).collect();
        self.close_to(0);
        let line = std::mem::take(&mut self.line);
        self.lines.push(line.trim().to_owned());
        self.frames = open.into_iter().map(|mark| Frame { mark, text: String::new() }).collect();
    }

    fn end_block(&mut self) {
        self.line_break();
        let lines = std::mem::take(&mut self.lines);
        if lines.iter().all(String::is_empty) {
            return;
        }
        let text = plain::paragraphs(&lines, false);
        let indent = self.lists.last().map_or(0, |list| list.indent);
        let mut block = String::new();
        for line in text.trim_end().lines() {
            match self.marker.take() {
                Some(marker) => block.push_str(&format!("{marker:>indent$}{line}")),
                None if line.is_empty() => {}
                None => block.push_str(&format!("{:indent$}{line}", "")),
            }
            block.push('\n');
        }
        let block = block.trim_end();
        let block = match self.quotes {
            0 => block.to_owned(),
            _ => block.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n"),
        };
        // Items stand close together.
        let is_next_item = self.is_first_of_item && self.blocks.last().is_some_and(|last| is_item(last));
        match self.blocks.last_mut().filter(|_| is_next_item) {
            Some(last) => {
                last.push('\n');
                last.push_str(&block);
            }
            None => self.blocks.push(block),
        }
        self.is_first_of_item = false;
    }

    fn open_list(&mut self, number: Option<u32>) {
        let indent = self.lists.last().map_or(0, |list| list.indent);
        self.lists.push(List { number, indent });
    }

    fn item(&mut self) {
        if self.lists.is_empty() {
            self.open_list(None);
        }
        let depth = self.lists.len();
        let outer = depth.checked_sub(2).and_then(|outer| self.lists.get(outer)).map_or(0, |list| list.indent);
        if let Some(list) = self.lists.last_mut() {
            let marker = match &mut list.number {
                Some(number) => {
                    *number = number.saturating_add(1);
                    format!("{number}. ")
                }
                None => "- ".to_owned(),
            };
            // Whoever nests deeper than this wants no list.
            list.indent = if depth > DEEPEST { outer } else { outer + marker.len() };
            self.marker = Some(marker);
        }
        self.is_first_of_item = true;
    }

    fn finish(mut self) -> String {
        self.end_block();
        let mut text = self.blocks.join("\n\n");
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }
}

fn is_item(block: &str) -> bool {
    let line = block.lines().next_back().unwrap_or_default().trim_start();
    line.starts_with("- ") || line.split_once(". ").is_some_and(|(n, _)| n.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_allowed(href: &str) -> bool {
    let scheme = crate::config::scheme(href).map(str::to_ascii_lowercase);
    let is_clean = !href.is_empty() && !href.chars().any(|c| c.is_control());
    is_clean && scheme.is_some_and(|scheme| matches!(&*scheme, "http" | "https" | "mailto" | "tel"))
}

/// The Markdown of an inline element. White space stays outside of it, and so do signs at its ends, behind or before
/// which the marks would not be understood.
fn marked(frame: &Frame) -> String {
    let Some(mark) = &frame.mark else { return frame.text.clone() };
    let text = frame.text.as_str();
    let inner = text.trim();
    let before = &text[..text.len() - text.trim_start().len()];
    let after = &text[text.trim_end().len()..];
    if let Mark::Link(href) = mark {
        return format!("{before}{}{after}", link(inner, href));
    }
    let is_outside =
        |c: char| matches!(c, ':' | ',' | '.' | ';' | '!' | '?' | '"' | '\'' | '…' | '–' | '—' | '-' | ' ');
    let core = inner.trim_matches(is_outside);
    if core.is_empty() {
        return text.to_owned();
    }
    let at = inner.len() - inner.trim_start_matches(is_outside).len();
    let (lead, tail) = (&inner[..at], &inner[at + core.len()..]);
    let sign = if *mark == Mark::Strong { "**" } else { "*" };
    format!("{before}{lead}{sign}{core}{sign}{tail}{after}")
}

fn link(text: &str, href: &str) -> String {
    let plain = text.replace('\\', "");
    let same = |one: &str| one.trim_end_matches('/') == href.trim_end_matches('/');
    let is_plain = !href.contains(['<', '>', ' ']);
    if text.is_empty() || same(&plain) || same(&format!("mailto:{plain}")) {
        return if is_plain { format!("<{href}>") } else { plain::escaped(href) };
    }
    let href = href.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20");
    let balanced = !href.contains(['(', ')', '\\', '*', '_', '`', '[', ']']);
    if balanced { format!("[{text}]({href})") } else { format!("[{text}](<{href}>)") }
}
