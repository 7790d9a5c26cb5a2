//! Components in Markdown: `::name{key="value"}` on a line of its own, and `:::name{…}` … `:::` around a text.
//!
//! A component's line is recognised before the text is parsed, and put into the parser's copy of the text as an HTML
//! block of the same length (`<?xxx?>`). So the parser decides what is code and to which list or quote a line belongs,
//! places stay as they are, and footnotes and link definitions reach into components and out of them.

use super::body::Fragment;
use crate::diagnostic::{Code, codes};
use crate::source::Span;
use std::ops::Range;

/// A component as the author called it. Whether there is one of this name, and which arguments it takes, is for others
/// to check.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    pub name: Box<str>,
    pub name_span: Span,
    /// In the author's order, each name once.
    pub args: Vec<Arg>,
    /// The line that calls it, from its first colon.
    pub span: Span,
    /// What a container holds; none for a leaf.
    pub body: Option<Fragment>,
}

impl Component {
    /// The argument of this name.
    pub fn arg(&self, name: &str) -> Option<&Arg> {
        self.args.iter().find(|arg| &*arg.name == name)
    }
}

/// An argument of a component.
#[derive(Debug, Clone, PartialEq)]
pub struct Arg {
    pub name: Box<str>,
    pub name_span: Span,
    pub value: ArgValue,
    /// The value with its quotes; the name's place for a name alone, which means `true`.
    pub value_span: Span,
}

/// What an argument's address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressRole {
    /// A page, or another place to go to.
    Link,
    /// A file that is shown.
    File,
}

impl Arg {
    /// Arguments of these names are addresses, in every component: they are resolved and checked as those of links and
    /// pictures are.
    pub fn role(&self) -> Option<AddressRole> {
        match (&*self.name, &self.value) {
            ("href" | "link" | "transcript" | "url", ArgValue::String(_)) => Some(AddressRole::Link),
            ("captions" | "file" | "image" | "poster" | "src", ArgValue::String(_)) => Some(AddressRole::File),
            _ => None,
        }
    }
}

impl Component {
    /// The arguments that are addresses, in their order.
    pub fn addresses(&self) -> impl Iterator<Item = &Arg> {
        self.args.iter().filter(|arg| arg.role().is_some())
    }
}

/// An argument's value, typed by how it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum ArgValue {
    String(Box<str>),
    Integer(i64),
    /// Finite.
    Float(f64),
    Bool(bool),
}

/// A line of a component, found in the text before it is parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    /// From the first colon to the last character that is no space.
    pub range: Range<usize>,
    /// Two for a leaf.
    pub colons: usize,
}

impl Marker {
    /// Whether the line ends a container.
    pub fn is_end(&self) -> bool {
        self.range.len() == self.colons
    }
}

/// The lines of components in `text`, in order, and the text for the parser with each of them replaced; none when there
/// are none.
pub(super) fn find(text: &str) -> Option<(Vec<Marker>, String)> {
    if !text.contains("::") {
        return None;
    }
    let mut markers = Vec::new();
    let mut replaced = String::with_capacity(text.len());
    let mut kept = 0;
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let content = line.trim_start_matches([' ', '\t', '>']);
        if content.starts_with("::") {
            let from = start + line.len() - content.len();
            let content = content.trim_end();
            let colons = content.len() - content.trim_start_matches(':').len();
            if is_call(content, colons) {
                let range = from..from + content.len();
                replaced.push_str(&text[kept..from]);
                replace(&mut replaced, content.len());
                kept = range.end;
                markers.push(Marker { range, colons });
            }
        }
        start += line.len();
    }
    replaced.push_str(&text[kept..]);
    (!markers.is_empty()).then_some((markers, replaced))
}

/// Whether a line that begins with colons is meant as a component, perhaps a faulty one, and no prose.
fn is_call(content: &str, colons: usize) -> bool {
    let rest = &content[colons..];
    if rest.is_empty() {
        return colons >= 3;
    }
    if colons >= 3 {
        return rest.trim_start().starts_with(|c: char| c.is_ascii_alphabetic());
    }
    let after = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let named = after.len() < rest.len() && rest.starts_with(|c: char| c.is_ascii_alphabetic());
    named && (after.is_empty() || after.trim_start().starts_with('{') || after.starts_with(['(', '[']))
}

/// `<?>`, `<??>`, `<?x?>` …: an HTML block of one line, of exactly `length` bytes.
fn replace(text: &mut String, length: usize) {
    text.push_str("<?");
    if length > 3 {
        text.extend(std::iter::repeat_n('x', length - 4));
        text.push('?');
    }
    text.push('>');
}

/// A mistake in a component's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    pub code: &'static Code,
    pub message: String,
    /// In the text.
    pub range: Range<usize>,
    pub help: String,
}

/// Reads the call at `marker`. All that can be read is returned beside the mistakes; spans are shifted by `offset`.
pub(super) fn read(text: &str, marker: &Marker, offset: u32) -> (Component, Vec<Mistake>) {
    let mut reader = Reader {
        text: text.get(..marker.range.end).unwrap_or(text),
        at: marker.range.start + marker.colons,
        offset,
        mistakes: Vec::new(),
    };
    reader.skip_spaces();
    let name = reader.name();
    let mut component = Component {
        name: reader.text[name.clone()].into(),
        name_span: reader.span(name.clone()),
        args: Vec::new(),
        span: reader.span(marker.range.clone()),
        body: None,
    };
    if component.name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let help = format!("Write `{}`.", component.name.to_ascii_lowercase());
        reader.mistake(name, "the name of a component has small letters only", help);
    }
    reader.skip_spaces();
    reader.args(&mut component.args);
    (component, reader.mistakes)
}

struct Reader<'t> {
    /// Ends where the line ends.
    text: &'t str,
    at: usize,
    offset: u32,
    mistakes: Vec<Mistake>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::from(range).shifted(self.offset)
    }

    fn mistake(&mut self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.mistakes.push(Mistake {
            code: &codes::COMPONENT_SYNTAX,
            message: message.into(),
            range,
            help: help.into(),
        });
    }

    fn skip_spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Reads while `wanted` holds; where it stood.
    fn take(&mut self, wanted: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        self.at = self.text.len() - self.rest().trim_start_matches(wanted).len();
        start..self.at
    }

    fn name(&mut self) -> Range<usize> {
        self.take(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    }

    /// `{…}` and the end of the line.
    fn args(&mut self, args: &mut Vec<Arg>) {
        let open = self.at;
        match self.peek() {
            None => return,
            Some('{') => self.at += 1,
            Some(_) => {
                self.mistake(
                    self.at..self.text.len(),
                    "only arguments in braces can stand after the name of a component",
                    "Write the arguments as `{key=\"value\"}`, and any text on the next line.",
                );
                return;
            }
        }
        loop {
            self.take(|c| c.is_whitespace() || c == ',');
            match self.peek() {
                None => {
                    let help = "Put `}` at the end of the line: a component and its arguments stand on one line.";
                    self.mistake(open..open + 1, "this brace is not closed", help);
                    return;
                }
                Some('}') => {
                    self.at += 1;
                    break;
                }
                Some(_) => self.arg(args),
            }
        }
        self.skip_spaces();
        if self.at < self.text.len() {
            let range = self.at..self.text.len();
            self.mistake(range, "nothing can stand after the closing brace", "Move this to the next line.");
        }
    }

    /// One argument. Always reads something.
    fn arg(&mut self, args: &mut Vec<Arg>) {
        let name = self.name();
        if name.is_empty() {
            let found = self.take(|c| !c.is_whitespace() && !matches!(c, ',' | '}'));
            let found = if found.is_empty() { self.at..self.step() } else { found };
            self.mistake(found, "the name of an argument is expected here", "Write arguments as `key=\"value\"`.");
            return;
        }
        let written = &self.text[name.clone()];
        self.skip_spaces();
        let (value, place) = if self.peek() == Some('=') {
            self.at += 1;
            self.skip_spaces();
            let start = self.at;
            let value = self.value(written);
            (value, start..self.at)
        } else {
            (Some(ArgValue::Bool(true)), name.clone())
        };
        if args.iter().any(|arg| &*arg.name == written) {
            let message = format!("the argument `{written}` is given twice");
            self.mistake(name, message, "Keep one of the two.");
        } else if let Some(value) = value {
            let (name_span, value_span) = (self.span(name), self.span(place));
            args.push(Arg { name: written.into(), name_span, value, value_span });
        }
    }

    /// Steps over one character.
    fn step(&mut self) -> usize {
        self.at += self.peek().map_or(0, char::len_utf8);
        self.at
    }

    fn value(&mut self, name: &str) -> Option<ArgValue> {
        if let Some(quote @ ('"' | '\'')) = self.peek() {
            return self.quoted(quote);
        }
        let range = self.take(|c| !c.is_whitespace() && !matches!(c, ',' | '}' | '"' | '\''));
        let word = &self.text[range.clone()];
        match word {
            "" => {
                let message = format!("the argument `{name}` has no value");
                self.mistake(range.start.saturating_sub(1)..range.start, message, format!("Write `{name}=\"…\"`."));
                None
            }
            "true" => Some(ArgValue::Bool(true)),
            "false" => Some(ArgValue::Bool(false)),
            _ => self.number(word, range),
        }
    }

    fn number(&mut self, word: &str, range: Range<usize>) -> Option<ArgValue> {
        if let Ok(integer) = word.parse() {
            return Some(ArgValue::Integer(integer));
        }
        let looks_like_number = word.trim_start_matches(['-', '+']).starts_with(|c: char| c.is_ascii_digit());
        match word.parse::<f64>() {
            Ok(float) if looks_like_number && float.is_finite() && word.contains('.') => Some(ArgValue::Float(float)),
            _ if looks_like_number => {
                let help = format!("Write a number such as `3` or `1.5`, or put text in quotes: `\"{word}\"`.");
                self.mistake(range, format!("`{word}` is not a number that can be used"), help);
                None
            }
            _ => {
                self.mistake(range, format!("the text `{word}` has no quotes"), format!("Write `\"{word}\"`."));
                None
            }
        }
    }

    fn quoted(&mut self, quote: char) -> Option<ArgValue> {
        let start = self.at;
        let mut value = String::new();
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((at, c)) = characters.next() {
            match c {
                '\\' => match characters.next() {
                    Some((_, 'n')) => value.push('\n'),
                    Some((_, escaped @ ('"' | '\'' | '\\'))) => value.push(escaped),
                    Some((_, other)) => value.extend(['\\', other]),
                    None => value.push('\\'),
                },
                _ if c == quote => {
                    self.at = start + at + 1;
                    return Some(ArgValue::String(value.into()));
                }
                _ => value.push(c),
            }
        }
        self.at = self.text.len();
        let help = format!("Put {quote} after the value. Inside a value, write \\{quote}.");
        self.mistake(start..start + 1, "this quotation mark is not closed", help);
        None
    }
}
