use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, LineIndex};

/// How many bytes at a file's beginning tell its encoding.
const TELLING: usize = 200;

/// Whether bytes look like UTF-16: its byte order mark, or a zero beside every other letter.
pub fn looks_like_utf16(bytes: &[u8]) -> bool {
    let start = bytes.get(..TELLING).unwrap_or(bytes);
    let zeros = start.iter().filter(|byte| **byte == 0).count();
    start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") || (start.len() >= 4 && zeros * 4 > start.len())
}

/// The mistake of a file that is not UTF-8 text.
pub fn not_utf8(file: &FileRef, bytes: &[u8]) -> Diagnostic {
    if looks_like_utf16(bytes) {
        return Diagnostic::new(&codes::NOT_UTF8, "this file is not UTF-8 text: it looks like UTF-16")
            .in_file(file)
            .help("save it again as UTF-8: Notepad and Excel offer this beside the file's name when they save");
    }
    let valid = std::str::from_utf8(bytes).err().map_or(bytes.len(), |error| error.valid_up_to());
    let before = bytes.get(..valid).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or("");
    let place = LineIndex::new(before).position(u32::try_from(valid).unwrap_or(u32::MAX));
    let message = format!("this file is not UTF-8 text: line {}, column {} cannot be read", place.line, place.column);
    Diagnostic::new(&codes::NOT_UTF8, message)
        .in_file(file)
        .help("save it again as UTF-8 in your editor (\"Save with encoding\")")
}
