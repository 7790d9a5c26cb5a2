use crate::decode::{looks_like_utf16, not_utf8};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, LineIndex};

/// The largest file that is read as a table, in bytes.
const MOST_BYTES: usize = 256 << 20;

/// The text of a table's file. What is no text, or none that can be read, is reported.
pub fn text<'b>(file: &FileRef, bytes: &'b [u8], diagnostics: &mut Vec<Diagnostic>) -> Option<&'b str> {
    match readable(file, bytes) {
        Ok(text) => Some(text),
        Err(mistake) => {
            diagnostics.push(*mistake);
            None
        }
    }
}

fn readable<'b>(file: &FileRef, bytes: &'b [u8]) -> Result<&'b str, Box<Diagnostic>> {
    let unreadable = |message: String, help: &str| {
        Err(Box::new(Diagnostic::new(&codes::TABLE_UNREADABLE, message).in_file(file).help(help)))
    };
    if let Some(program) = other_format(bytes) {
        return unreadable(
            format!("this is no text table, but {program}"),
            "open it in the spreadsheet program and save it as \"CSV UTF-8\" (Excel), or export or download it as CSV",
        );
    }
    if bytes.len() > MOST_BYTES {
        return unreadable(format!("this table is larger than {} MB", MOST_BYTES >> 20), "part it into several files");
    }
    if looks_like_utf16(bytes) {
        return Err(Box::new(not_utf8(file, bytes)));
    }
    let text =
        std::str::from_utf8(bytes).map_err(|error| Box::new(foreign_letters(file, bytes, error.valid_up_to())))?;
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        let place = LineIndex::new(text).position(u32::try_from(at).unwrap_or(u32::MAX));
        return unreadable(
            format!("this table has a zero byte in line {}, column {}: it is damaged", place.line, place.column),
            "save it again as CSV from the spreadsheet",
        );
    }
    Ok(text)
}

/// What a file is that begins like this, where it is none of text.
fn other_format(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..64).unwrap_or(bytes);
    let text = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_lowercase();
    match head {
        head if head.starts_with(b"PK\x03\x04") => Some("a spreadsheet of Excel, LibreOffice or Numbers, renamed"),
        head if head.starts_with(b"\xd0\xcf\x11\xe0") => Some("a spreadsheet of an older Excel, renamed"),
        head if head.starts_with(b"%PDF") => Some("a PDF, renamed"),
        _ if ["<!doctype", "<html", "<table", "<?xml"].iter().any(|start| text.starts_with(start)) => {
            Some("a page of HTML or XML, as some programs export tables")
        }
        _ => None,
    }
}

/// A table with letters of an older encoding: mostly Excel's "CSV" without "UTF-8".
fn foreign_letters(file: &FileRef, bytes: &[u8], valid: usize) -> Diagnostic {
    let before = bytes.get(..valid).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or_default();
    let place = LineIndex::new(before).position(u32::try_from(valid).unwrap_or(u32::MAX));
    let is_word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte >= 0x80;
    let start = bytes[..valid].iter().rev().take_while(is_word).take(30).count();
    let end = bytes[valid..].iter().take_while(is_word).take(30).count();
    let word: String = bytes[valid - start..valid + end].iter().map(|byte| windows_1252(*byte)).collect();
    let message = format!(
        "this table is not UTF-8 text: line {}, column {} cannot be read (it may be \"{word}\" in Windows-1252)",
        place.line, place.column
    );
    Diagnostic::new(&codes::NOT_UTF8, message).in_file(file).help(
        "save it again in UTF-8: in Excel as \"CSV UTF-8 (comma delimited)\", in LibreOffice with the character set Unicode (UTF-8)",
    )
}

/// The character of a byte in Windows-1252, which holds Latin-1 (WHATWG Encoding Standard, index windows-1252).
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}
