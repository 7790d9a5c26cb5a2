//! From bytes to text, line for line.

use std::borrow::Cow;

/// A calendar as text. Each line of the bytes is a line of the text, so that places in it are places in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'b> {
    pub text: Cow<'b, str>,
    /// Where in `text` the first line begins that is not UTF-8 and was read as Windows-1252, or with signs missing.
    pub guessed_at: Option<usize>,
}

/// Reads a calendar's bytes: UTF-8, or UTF-16, which Outlook writes at times. A line that is neither is read as
/// Windows-1252. Folds that cut a character in two (RFC 5545 section 3.1 allows for them) are moved behind it; a lone CR
/// becomes a line end.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(text) = utf16(bytes) {
        return Decoded { text: Cow::Owned(without_lone_returns(text)), guessed_at: None };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !has_lone_return(text.as_bytes()) => Decoded { text: Cow::Borrowed(text), guessed_at: None },
        Ok(text) => Decoded { text: Cow::Owned(without_lone_returns(text.to_owned())), guessed_at: None },
        Err(_) => mended(bytes),
    }
}

fn utf16(bytes: &[u8]) -> Option<String> {
    // Without a mark, a zero beside each letter of "BEGIN" tells.
    let little = match bytes {
        [0xff, 0xfe, ..] | [b'B' | b'b', 0, b'E' | b'e', 0, ..] => true,
        [0xfe, 0xff, ..] | [0, b'B' | b'b', 0, b'E' | b'e', ..] => false,
        _ => return None,
    };
    let unit = |pair: &[u8]| match pair {
        [a, b] if little => u16::from_le_bytes([*a, *b]),
        [a, b] => u16::from_be_bytes([*a, *b]),
        _ => 0xfffd,
    };
    let units = bytes.chunks(2).map(unit);
    Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// A CR that no CR or LF follows.
fn has_lone_return(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().any(|(at, byte)| *byte == b'\r' && !matches!(bytes.get(at + 1), Some(b'\r' | b'\n')))
}

fn without_lone_returns(text: String) -> String {
    if !has_lone_return(text.as_bytes()) {
        return text;
    }
    let next = text.chars().skip(1).map(Some).chain([None]);
    let mend = |(c, next): (char, Option<char>)| match (c, next) {
        ('\r', Some('\r' | '\n')) => '\r',
        ('\r', _) => '\n',
        (c, _) => c,
    };
    text.chars().zip(next).map(mend).collect()
}

/// The text of bytes that are not UTF-8 as a whole.
fn mended(bytes: &[u8]) -> Decoded<'static> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut guessed_at = None;
    let mut rest = bytes;
    while !rest.is_empty() {
        let (line, after) = logical_line(rest);
        match unfolded_text(line) {
            Some(whole) => text.push_str(&whole),
            None => {
                guessed_at.get_or_insert(text.len());
                text.push_str(&guessed(line));
            }
        }
        rest = after;
    }
    Decoded { text: Cow::Owned(without_lone_returns(text)), guessed_at }
}

/// The first line with the folded ones that go on from it, and what comes after.
fn logical_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let mut end = 0;
    loop {
        let rest = &bytes[end..];
        end += rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        if !matches!(bytes.get(end), Some(b' ' | b'\t')) {
            return bytes.split_at(end);
        }
    }
}

/// The line as text when it is UTF-8 once its folds are away, with those folds moved that cut a character.
fn unfolded_text(line: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(line.len());
    // The beginning of a character whose rest stands behind a fold, and that fold.
    let (mut open, mut fold): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |found| found + 1);
        // The line end, and the white space that makes the next line a part of this one.
        let content = rest[..end].iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
        let next = (end + usize::from(at + end < line.len())).min(rest.len());
        let mut bytes = &rest[..content];
        if !open.is_empty() {
            let more = bytes.iter().take_while(|byte| **byte & 0xc0 == 0x80).count();
            open.extend_from_slice(&bytes[..more]);
            text.push_str(std::str::from_utf8(&open).ok()?);
            text.push_str(std::str::from_utf8(&fold).ok()?);
            bytes = &bytes[more..];
            open.clear();
        }
        match std::str::from_utf8(bytes) {
            Ok(whole) => {
                text.push_str(whole);
                text.push_str(std::str::from_utf8(&rest[content..next]).ok()?);
            }
            Err(error) if error.error_len().is_none() && at + next < line.len() => {
                let (whole, cut) = bytes.split_at(error.valid_up_to());
                text.push_str(std::str::from_utf8(whole).ok()?);
                open = cut.to_vec();
                fold = rest[content..next].to_vec();
            }
            Err(_) => return None,
        }
        at += next;
    }
    open.is_empty().then_some(text)
}

/// A line of another encoding: with characters of UTF-8 in it only a part is broken, without them it is Windows-1252.
fn guessed(line: &[u8]) -> String {
    let lossy = String::from_utf8_lossy(line);
    let has_whole = lossy.chars().any(|c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER);
    if has_whole { lossy.into_owned() } else { line.iter().copied().map(windows_1252).collect() }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}
