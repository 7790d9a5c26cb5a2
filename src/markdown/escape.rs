//! Writing text into HTML, so that no character of it is taken for markup.

const fn table(of: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < of.len() {
        table[of[at] as usize] = true;
        at += 1;
    }
    table
}

static IN_TEXT: [bool; 256] = table(b"&<>\0");
static IN_ATTRIBUTE: [bool; 256] = table(b"&<>\"\0");
/// What a URL may hold as it stands; every other byte is percent-encoded, as the CommonMark examples have it.
static IN_URL: [bool; 256] =
    table(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%()*+,-./:;=?@_~");

fn entity(byte: u8) -> &'static str {
    match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        _ => "\u{fffd}",
    }
}

fn escape(out: &mut String, text: &str, special: &[bool; 256]) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| special[byte as usize]) {
        let (plain, tail) = rest.split_at(at);
        out.push_str(plain);
        out.push_str(entity(tail.as_bytes()[0]));
        rest = &tail[1..];
    }
    out.push_str(rest);
}

/// Appends `text` as the content of an element. NUL becomes U+FFFD (CommonMark 2.3).
pub fn text(out: &mut String, text: &str) {
    escape(out, text, &IN_TEXT);
}

/// Appends `value` as an attribute's value between double quotes.
pub fn attribute(out: &mut String, value: &str) {
    escape(out, value, &IN_ATTRIBUTE);
}

/// Appends `url` as an attribute's value: percent-encoded where it has to be, then escaped. What is percent-encoded
/// already stays as it is.
pub fn url(out: &mut String, url: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut rest = url;
    while let Some(at) = rest.bytes().position(|byte| !IN_URL[byte as usize]) {
        out.push_str(&rest[..at]);
        // Taken a character at a time, so that the rest begins at a character again.
        let length = rest[at..].chars().next().map_or(1, char::len_utf8);
        for byte in rest[at..at + length].bytes() {
            match byte {
                b'&' => out.push_str("&amp;"),
                b'\'' => out.push_str("&#x27;"),
                _ => {
                    out.push('%');
                    out.push(HEX[(byte >> 4) as usize] as char);
                    out.push(HEX[(byte & 15) as usize] as char);
                }
            }
        }
        rest = &rest[at + length..];
    }
    out.push_str(rest);
}
