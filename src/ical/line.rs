//! Content lines (RFC 5545 section 3.1): whatever a value holds, it stays in its own property.

use std::borrow::Cow;
use std::fmt::{Display, Write};

/// The most octets of a line, its break not counted.
const LONGEST_LINE: usize = 75;

/// iCalendar text that is being written.
#[derive(Debug, Default)]
pub struct Lines {
    out: String,
    /// The line at hand, not yet folded.
    line: String,
}

/// A content line whose name has been written.
#[must_use]
pub struct Line<'l> {
    lines: &'l mut Lines,
}

impl Lines {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn begin(&mut self, component: &str) {
        self.line("BEGIN").value(component);
    }

    pub fn end(&mut self, component: &str) {
        self.line("END").value(component);
    }

    /// Begins a line. One of [`Line`]'s values ends it.
    pub fn line(&mut self, name: &str) -> Line<'_> {
        self.line.clear();
        self.line.push_str(name);
        Line { lines: self }
    }

    /// A property without parameters whose value is TEXT.
    pub fn text(&mut self, name: &str, value: &str) {
        self.line(name).text(value);
    }

    /// A property without parameters whose value needs no escapes.
    pub fn value(&mut self, name: &str, value: impl Display) {
        self.line(name).value(value);
    }

    /// Adds lines that were written elsewhere.
    pub fn append<'l>(&mut self, pieces: impl Iterator<Item = &'l str> + Clone) {
        /// Room for the end of what they stand in.
        const END: usize = 32;
        self.out.reserve(pieces.clone().map(str::len).sum::<usize>() + END);
        self.out.extend(pieces);
    }

    pub fn into_text(self) -> String {
        self.out
    }

    pub fn as_str(&self) -> &str {
        &self.out
    }

    /// Writes the line, folded: a break and a space between two characters, never within one.
    fn finish(&mut self) {
        let mut rest = self.line.as_str();
        self.out.reserve(rest.len() + rest.len() / 24 + 2);
        // The space that begins a continuation counts too.
        let mut room = LONGEST_LINE;
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            self.out.push_str(head);
            self.out.push_str("\r\n ");
            rest = tail;
            room = LONGEST_LINE - 1;
        }
        self.out.push_str(rest);
        self.out.push_str("\r\n");
    }
}

impl Line<'_> {
    /// A parameter. Its value may hold anything (RFC 6868), but control characters are left out.
    pub fn param(self, name: &str, value: &str) -> Self {
        let line = &mut self.lines.line;
        line.push(';');
        line.push_str(name);
        line.push('=');
        let quoted = value.contains([':', ';', ',']);
        if quoted {
            line.push('"');
        }
        let mut chars = value.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '^' => line.push_str("^^"),
                '"' => line.push_str("^'"),
                '\r' if chars.peek() == Some(&'\n') => {}
                c if is_line_break(c) => line.push_str("^n"),
                c if is_control(c) => {}
                c => line.push(c),
            }
        }
        if quoted {
            line.push('"');
        }
        self
    }

    /// Ends the line with a TEXT value (section 3.3.11).
    pub fn text(self, value: &str) {
        self.lines.line.push(':');
        push_text(&mut self.lines.line, value);
        self.lines.finish();
    }

    /// Ends the line with a list of TEXT values.
    pub fn texts<'v>(self, values: impl IntoIterator<Item = &'v str>) {
        let line = &mut self.lines.line;
        line.push(':');
        for (number, value) in values.into_iter().enumerate() {
            if number > 0 {
                line.push(',');
            }
            push_text(line, value);
        }
        self.lines.finish();
    }

    /// Ends the line with a URI (section 3.3.13).
    pub fn uri(self, value: &str) {
        let line = &mut self.lines.line;
        line.push(':');
        line.push_str(&encoded_uri(value));
        self.lines.finish();
    }

    /// Ends the line with a value of another type: a date, a number, a rule. Control characters are left out.
    pub fn value(self, value: impl Display) {
        let line = &mut self.lines.line;
        line.push(':');
        let begins = line.len();
        // Writing to a string cannot fail.
        let _ = write!(line, "{value}");
        if line[begins..].contains(is_control) {
            let clean: String = line[begins..].chars().filter(|c| !is_control(*c)).collect();
            line.truncate(begins);
            line.push_str(&clean);
        }
        self.lines.finish();
    }
}

/// A URI in which whatever RFC 3986 has no place for is percent-encoded. Controls of ASCII are left out.
pub fn encoded_uri(value: &str) -> Cow<'_, str> {
    let stands = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    if value.bytes().all(stands) {
        return Cow::Borrowed(value);
    }
    let mut encoded = String::with_capacity(value.len() + 16);
    for byte in value.bytes() {
        if stands(byte) {
            encoded.push(char::from(byte));
        } else if !byte.is_ascii_control() {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    Cow::Owned(encoded)
}

/// What some reader takes for the end of a line, though RFC 5545 knows CRLF alone.
fn is_line_break(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What has no place in any value. The tabulator has one in TEXT.
fn is_control(c: char) -> bool {
    c.is_control() || is_line_break(c)
}

/// The first bytes of the characters that TEXT does not take as they are. Two of them begin others too.
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        special[byte] = true;
        byte += 1;
    }
    special[0x7f] = true;
    special[b'\\' as usize] = true;
    special[b';' as usize] = true;
    special[b',' as usize] = true;
    // U+0080 to U+009F, and U+2028 and U+2029.
    special[0xc2] = true;
    special[0xe2] = true;
    special
};

fn push_text(line: &mut String, value: &str) {
    let (mut from, mut at) = (0, 0);
    while let Some(found) = value.as_bytes()[at..].iter().position(|byte| SPECIAL[usize::from(*byte)]) {
        at += found;
        let rest = &value[at..];
        let c = rest.chars().next().unwrap_or_default();
        let next = at + c.len_utf8();
        let written = match c {
            '\\' | ';' | ',' => {
                // The character itself goes with what follows it.
                line.push_str(&value[from..at]);
                line.push('\\');
                (from, at) = (at, next);
                continue;
            }
            '\r' if rest[1..].starts_with('\n') => "",
            c if is_line_break(c) => "\\n",
            c if c == '\t' || !c.is_control() => {
                at = next;
                continue;
            }
            _ => "",
        };
        line.push_str(&value[from..at]);
        line.push_str(written);
        (from, at) = (next, next);
    }
    line.push_str(&value[from..]);
}

#[cfg(test)]
mod tests;
