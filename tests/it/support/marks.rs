//! Expected diagnostics, written beside what causes them.

use super::Reported;

/// One expected diagnostic.
#[derive(Debug, Clone)]
pub struct Mark {
    /// None before the first file: a mistake of the whole site.
    file: Option<String>,
    line: u32,
    code: String,
    /// Pieces of its text, in order.
    pieces: Vec<String>,
}

impl Mark {
    pub fn new(file: Option<&str>, line: u32, text: &str) -> Self {
        let (code, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let pieces = rest.split('…').map(|piece| piece.trim().to_owned()).filter(|piece| !piece.is_empty());
        Self { file: file.map(str::to_owned), line, code: code.to_owned(), pieces: pieces.collect() }
    }

    fn fits(&self, reported: &Reported) -> bool {
        let mut rest = reported.text.as_str();
        self.file.as_deref() == reported.file.as_deref()
            && self.line == reported.line
            && self.code == reported.code
            && self.pieces.iter().all(|piece| match rest.split_once(piece.as_str()) {
                Some((_, after)) => {
                    rest = after;
                    true
                }
                None => false,
            })
    }
}

/// A line without its marks, and the marks.
pub fn split(line: &str) -> (&str, Vec<&str>) {
    let mut parts = line.split(" #~ ");
    let line = parts.next().unwrap_or("");
    (line, parts.collect())
}

#[track_caller]
pub fn compare(marks: &[Mark], reported: &[Reported]) {
    let mut left: Vec<&Reported> = reported.iter().collect();
    let mut missing = Vec::new();
    for mark in marks {
        match left.iter().position(|reported| mark.fits(reported)) {
            Some(at) => {
                left.remove(at);
            }
            None => missing.push(format!(
                "{}:{} {} {}",
                mark.file.as_deref().unwrap_or("the site"),
                mark.line,
                mark.code,
                mark.pieces.join(" … ")
            )),
        }
    }
    let shown: Vec<String> = left.iter().map(|reported| reported.to_string()).collect();
    assert!(
        missing.is_empty() && left.is_empty(),
        "\nexpected and not reported:\n  {}\nreported and not expected:\n  {}\n",
        missing.join("\n  "),
        shown.join("\n  ")
    );
}
