//! Splits raw HTML into tags, comments and text, after HTML's own tokeniser (WHATWG HTML 13.2.5), for the elements that
//! may stay. Total: what is no complete tag is text.

use std::borrow::Cow;
use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    Text(Range<usize>),
    /// A comment, with the range of what is between its marks.
    Comment {
        content: Range<usize>,
        range: Range<usize>,
    },
    /// `<?…>`; also where the line of a component stood.
    Instruction(Range<usize>),
    /// `<!…>`.
    Declaration(Range<usize>),
    Open(Tag),
    Close(Tag),
}

impl Token {
    pub fn range(&self) -> Range<usize> {
        match self {
            Self::Text(range) | Self::Instruction(range) | Self::Declaration(range) => range.clone(),
            Self::Comment { range, .. } => range.clone(),
            Self::Open(tag) | Self::Close(tag) => tag.range.clone(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    pub range: Range<usize>,
    pub name: Range<usize>,
    pub attributes: Vec<Attribute>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub name: Range<usize>,
    /// Without quotes.
    pub value: Option<Range<usize>>,
    /// Name and value.
    pub range: Range<usize>,
}

/// The token that begins at byte `at` of `html`, which is before its end.
pub(crate) fn next(html: &str, at: usize) -> Token {
    let rest = &html[at..];
    if !rest.starts_with('<') {
        return Token::Text(at..end_of(rest, "<", 0).map_or(html.len(), |found| at + found));
    }
    if rest.starts_with("<!--") {
        return comment(html, at);
    }
    if rest.starts_with("<?") {
        let end = end_of(rest, "?>", 2).or_else(|| end_of(rest, ">", 1));
        // `<?>` is whole: its two marks share the question mark.
        let end = if rest.starts_with("<?>") { Some(3) } else { end };
        return Token::Instruction(at..at + end.unwrap_or(rest.len()));
    }
    if rest.starts_with("<!") {
        let mark = if rest.starts_with("<![CDATA[") { "]]>" } else { ">" };
        return Token::Declaration(at..at + end_of(rest, mark, mark.len()).unwrap_or(rest.len()));
    }
    if !rest.contains('>') {
        return Token::Text(at..html.len());
    }
    let is_close = rest.starts_with("</");
    match tag(html, at, at + 1 + usize::from(is_close)) {
        Some(tag) if is_close => Token::Close(tag),
        Some(tag) => Token::Open(tag),
        None => {
            let end = end_of(&rest[1..], "<", 0).map_or(html.len(), |found| at + 1 + found);
            Token::Text(at..end)
        }
    }
}

/// Where `mark` is in `text`, `length` bytes further on.
fn end_of(text: &str, mark: &str, length: usize) -> Option<usize> {
    text.find(mark).map(|found| found + length)
}

fn comment(html: &str, at: usize) -> Token {
    let start = at + 4;
    let rest = &html[start..];
    for (short, length) in [(">", 1), ("->", 2)] {
        if rest.starts_with(short) {
            return Token::Comment { content: start..start, range: at..start + length };
        }
    }
    let plain = rest.find("-->").map(|found| (found, 3));
    let odd = rest.find("--!>").map(|found| (found, 4));
    let (length, mark) = [plain, odd].into_iter().flatten().min().unwrap_or((rest.len(), 0));
    Token::Comment { content: start..start + length, range: at..start + length + mark }
}

/// A tag whose name begins at `name`; none when there is no name, or no end.
fn tag(html: &str, at: usize, name: usize) -> Option<Tag> {
    let bytes = html.as_bytes();
    if !bytes.get(name)?.is_ascii_alphabetic() {
        return None;
    }
    let mut end = name;
    while !is_space(*bytes.get(end)?) && !matches!(bytes[end], b'/' | b'>') {
        end += 1;
    }
    let mut tag = Tag { range: at..at, name: name..end, attributes: Vec::new() };
    loop {
        while is_space(*bytes.get(end)?) || bytes[end] == b'/' {
            end += 1;
        }
        if bytes[end] == b'>' {
            tag.range.end = end + 1;
            return Some(tag);
        }
        let attribute = attribute(bytes, end)?;
        end = attribute.range.end;
        tag.attributes.push(attribute);
    }
}

fn attribute(bytes: &[u8], start: usize) -> Option<Attribute> {
    // An equals sign at the very start belongs to the name.
    let mut end = start + 1;
    while !is_space(*bytes.get(end)?) && !matches!(bytes[end], b'/' | b'>' | b'=') {
        end += 1;
    }
    let name = start..end;
    let mut at = end;
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    if bytes[at] != b'=' {
        return Some(Attribute { name, value: None, range: start..end });
    }
    at += 1;
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    if let quote @ (b'"' | b'\'') = bytes[at] {
        let length = bytes[at + 1..].iter().position(|byte| *byte == quote)?;
        let value = at + 1..at + 1 + length;
        return Some(Attribute { name, range: start..value.end + 1, value: Some(value) });
    }
    let from = at;
    while !is_space(*bytes.get(at)?) && bytes[at] != b'>' {
        at += 1;
    }
    Some(Attribute { name, value: Some(from..at), range: start..at })
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// An attribute's value with its character references read: the numeric ones, and those by name that matter in text and
/// in URLs. Since values are escaped again when they are written, an unknown one can hide nothing.
pub(crate) fn decode(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match reference(rest) {
            Some((c, length)) => {
                decoded.push(c);
                rest = &rest[length..];
            }
            None => decoded.push('&'),
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The character that the reference before `rest` (without its `&`) stands for, and its length.
fn reference(rest: &str) -> Option<(char, usize)> {
    if let Some(number) = rest.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => (hexadecimal, 16),
            None => (number, 10),
        };
        let length = digits.bytes().take_while(|byte| (*byte as char).is_digit(radix)).count();
        if length == 0 {
            return None;
        }
        let value = u32::from_str_radix(&digits[..length], radix).ok().and_then(char::from_u32);
        let start = rest.len() - digits.len();
        let semicolon = usize::from(digits[length..].starts_with(';'));
        return Some((value.filter(|c| *c != '\0').unwrap_or('\u{fffd}'), start + length + semicolon));
    }
    const NAMED: &[(&str, char)] = &[
        ("amp;", '&'),
        ("apos;", '\''),
        ("colon;", ':'),
        ("gt;", '>'),
        ("lpar;", '('),
        ("lt;", '<'),
        ("nbsp;", '\u{a0}'),
        ("quot;", '"'),
        ("rpar;", ')'),
        ("sol;", '/'),
        ("NewLine;", '\n'),
        ("Tab;", '\t'),
    ];
    NAMED.iter().find(|(name, _)| rest.starts_with(name)).map(|(name, c)| (*c, name.len()))
}
