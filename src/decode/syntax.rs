//! What an author probably meant by a line that is no TOML.

use super::guess::Guess;
use super::moment;
use super::scalars::truth;
use crate::source::Span;
use toml::de::DeTable;

/// A mistake in the syntax.
pub struct SyntaxMistake {
    pub message: String,
    pub help: String,
    pub span: Span,
    /// The lines that it spoils.
    pub lines: Span,
}

/// How many lines after an opening quotation mark its end is looked for.
const LONGEST_TEXT: usize = 40;

/// Puts a mistake of the TOML parser at `span` of `text` into an editor's words.
pub fn explain(message: &str, text: &str, span: Span) -> SyntaxMistake {
    let start = span.start as usize;
    let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let after = text.get(line_start..).unwrap_or("");
    let line = after.lines().next().unwrap_or("");
    let mut lines = Span::new(line_start, line_start + line.len() + 1);
    // A line that is right by itself is not where the mistake is: a list above it has no end, or its key stood before.
    if let Some(entry) = Entry::of(line).filter(|_| DeTable::parse(line).is_err()) {
        let at = line_start + entry.at;
        let value = Span::new(at, at + entry.value.len());
        if let Some(length) = entry.text_over_lines(after) {
            lines.end = lines.start.saturating_add(length as u32);
            let help = format!("put three quotation marks before it and after it: {} = \"\"\"…\"\"\"", entry.key);
            return SyntaxMistake { message: "this text goes over several lines".to_owned(), help, span: value, lines };
        }
        if let Some((message, help)) = entry.mistake() {
            return SyntaxMistake { message, help, span: value, lines };
        }
    }
    let rest = text.get(start..).unwrap_or("");
    let help = general_help(message, rest, line).to_owned();
    let message = format!("this TOML cannot be read: {}", message.lines().next().unwrap_or("").trim());
    SyntaxMistake { message, help, span, lines }
}

/// One `key = value` on a line.
struct Entry<'l> {
    key: &'l str,
    value: &'l str,
    /// Where the value begins in the line.
    at: usize,
}

impl<'l> Entry<'l> {
    fn of(line: &'l str) -> Option<Self> {
        let (key, value) = line.split_once('=')?;
        let at = key.len() + 1 + (value.len() - value.trim_start().len());
        let key = key.trim();
        let mut value = value.trim();
        if !value.starts_with(['"', '\'']) {
            value = value.split('#').next().unwrap_or(value).trim_end();
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        (!key.is_empty() && !value.is_empty() && key.chars().all(plain)).then_some(Self { key, value, at })
    }

    /// The message and the help, where the mistake is one of those that authors make.
    fn mistake(&self) -> Option<(String, String)> {
        let Self { key, value, .. } = self;
        if let Some(quote) = value.chars().next().filter(|c| ['"', '\''].contains(c)) {
            return self.quotes_inside(quote);
        }
        if let Some(truth) = truth(value) {
            return Some((
                format!("`{value}` is not written as TOML writes yes and no"),
                format!("write {truth}, without quotation marks: {key} = {truth}"),
            ));
        }
        let guess = Guess::read(value);
        if guess != Guess::default() {
            return Some(moment::mistake(value));
        }
        let is_text =
            value.starts_with(char::is_alphabetic) && !value.contains(['"', '\\', '=', '\u{201c}', '\u{201d}']);
        is_text.then(|| {
            let help = format!("put it in quotation marks: {key} = \"{value}\"");
            ("text needs quotation marks around it".to_owned(), help)
        })
    }

    fn quotes_inside(&self, quote: char) -> Option<(String, String)> {
        let Self { key, value, .. } = self;
        if value.starts_with("\"\"\"") || value.starts_with("'''") || marks(value, quote) < 3 {
            return None;
        }
        // What stands behind the last mark can only be a comment.
        let (inside, behind) = value.get(1..)?.rsplit_once(quote)?;
        if !behind.is_empty() && !behind.trim_start().starts_with('#') {
            return None;
        }
        let help = match quote {
            '\'' if !inside.contains('"') => {
                format!("use the other kind of quotation marks around it: {key} = \"{inside}\"")
            }
            '\'' => format!(
                "put double quotation marks around it, and a backslash before each inside: {key} = \"… \\\" …\""
            ),
            _ => format!(
                "put a backslash before each quotation mark inside: {key} = \"{}\"",
                inside.replace("\\\"", "\"").replace('"', "\\\"")
            ),
        };
        Some(("a quotation mark inside the text ends it too early".to_owned(), help))
    }

    /// How far a text reaches that begins with one quotation mark and ends on a later line, in bytes of `after`, which
    /// begins with this line.
    fn text_over_lines(&self, after: &str) -> Option<usize> {
        let quote = self.value.chars().next().filter(|c| ['"', '\''].contains(c))?;
        if marks(self.value, quote) != 1 {
            return None;
        }
        let mut length = 0;
        for (number, line) in after.split_inclusive('\n').take(LONGEST_TEXT).enumerate() {
            length += line.len();
            if number == 0 {
                continue;
            }
            if line.starts_with('[') || Entry::of(line).is_some() {
                return None;
            }
            if marks(line, quote) % 2 == 1 {
                return line.trim_end().ends_with(quote).then_some(length);
            }
        }
        None
    }
}

/// How many quotation marks a text has, without those behind a backslash.
fn marks(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let is_mark = |c: char| {
        let counts = c == quote && !escaped;
        escaped = c == '\\' && !escaped && quote == '"';
        counts
    };
    text.chars().map(is_mark).filter(|counts| *counts).count()
}

fn general_help(message: &str, at: &str, line: &str) -> &'static str {
    if message.contains("duplicate") {
        "each key may stand once in a table; remove or rename one of the two"
    } else if message.contains("invalid date") || message.contains("invalid time") {
        "write a day that exists, the year first: 2026-12-01, or with a time: 2026-12-01T19:00:00"
    } else if message.contains("array elements") || message.contains("unclosed array") {
        "a list ends with ] and has commas between its items: tags = [\"a\", \"b\"]"
    } else if message.contains("unclosed inline table") {
        "close the braces with } at the end of the line"
    } else if line.contains(['\u{2018}', '\u{201e}'])
        || line.contains('\u{201c}')
        || line.contains('\u{201d}')
        || line.contains('\u{2019}')
    {
        "the line has curly quotation marks; TOML needs the straight ones: \""
    } else if line.contains(": ") && !line.contains('=') {
        "TOML writes `key = value` with an equals sign, not a colon"
    } else if message.contains("string") || line.matches('"').count() % 2 == 1 {
        "text stands between two straight quotation marks, such as title = \"Bus stop\"; one of them seems to be missing"
    } else if at.is_empty() || message.contains("newline") || message.contains("key") {
        "write one `key = value` on each line; text needs quotation marks"
    } else {
        "text needs quotation marks around it: key = \"value\"; dates are written 2026-12-01; lists [\"a\", \"b\"]"
    }
}
