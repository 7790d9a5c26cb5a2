//! Plain text as Markdown that reads the same.

use super::address;
use std::ops::Range;

/// Markdown of a plain text: its paragraphs, its lines, its lists and its addresses; every sign that would mean something
/// else is escaped. `is_ours` tells that the text was Markdown once, so that a dash alone makes a list too.
pub fn from_plain(text: &str, is_ours: bool) -> String {
    let lines: Vec<String> = text.lines().map(|line| inline(&clean(line))).collect();
    paragraphs(&lines, is_ours)
}

/// Without control characters, and with plain spaces.
fn clean(line: &str) -> String {
    line.trim().chars().map(|c| if c == '\u{a0}' || c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()).collect()
}

/// Lines whose inlines are Markdown already, put together: empty ones part paragraphs.
pub fn paragraphs(lines: &[String], is_ours: bool) -> String {
    let lists = Lists::of(lines, is_ours);
    let mut out = String::new();
    let mut before = Line::Empty;
    for line in lines {
        let line = line.trim();
        let this = lists.kind(line);
        match (&this, &before) {
            (Line::Empty, _) => {}
            _ if out.is_empty() => {}
            (Line::Text, Line::Text) => out.push_str("\\\n"),
            (Line::Bullet(_), Line::Bullet(_)) | (Line::Number(_), Line::Number(_)) => out.push('\n'),
            _ => out.push_str("\n\n"),
        }
        match &this {
            Line::Empty => {}
            Line::Rule => out.push_str("---"),
            Line::Text => out.push_str(&line_start(line)),
            Line::Bullet(marker) => {
                out.push_str("- ");
                out.push_str(&line_start(line[*marker..].trim_start()));
            }
            Line::Number(marker) => {
                let (number, rest) = line.split_at(*marker);
                out.push_str(&format!("{}. {}", number.trim_end_matches(['.', ')']), line_start(rest.trim_start())));
            }
        }
        before = this;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// What a line is, with the bytes of its marker.
enum Line {
    Empty,
    Text,
    Rule,
    Bullet(usize),
    Number(usize),
}

/// Which marks of a text make lists.
struct Lists {
    bullets: Vec<char>,
    /// Up to which number lines are a list's items.
    numbers: u64,
}

impl Lists {
    fn of(lines: &[String], is_ours: bool) -> Self {
        let count = |c: char| lines.iter().filter(|line| bullet(line.trim()).is_some_and(|(own, _)| own == c)).count();
        let least = |c: char| if c == '•' || is_ours { 1 } else { 2 };
        let bullets = ['-', '*', '•'].into_iter().filter(|c| count(*c) >= least(*c)).collect();
        // Numbers are a list's when they go on from one another: Markdown counts by itself.
        let numbers: Vec<u64> = lines.iter().filter_map(|line| number(line.trim())).map(|(n, _)| n).collect();
        let counts = numbers.first() == Some(&1) && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let is_list = counts && (numbers.len() > 1 || is_ours) && stand_together(lines);
        Self { bullets, numbers: if is_list { numbers.len() as u64 } else { 0 } }
    }

    fn kind(&self, line: &str) -> Line {
        if line.is_empty() {
            return Line::Empty;
        }
        if is_rule(line) {
            return Line::Rule;
        }
        match (bullet(line), number(line)) {
            (Some((c, length)), _) if self.bullets.contains(&c) => Line::Bullet(length),
            (_, Some((n, length))) if n <= self.numbers => Line::Number(length),
            _ => Line::Text,
        }
    }
}

/// Whether nothing but empty lines stands between the numbered ones.
fn stand_together(lines: &[String]) -> bool {
    let is_numbered = |line: &String| number(line.trim()).is_some();
    let first = lines.iter().position(is_numbered).unwrap_or(0);
    let last = lines.iter().rposition(is_numbered).unwrap_or(0);
    lines[first..=last.max(first).min(lines.len().saturating_sub(1))]
        .iter()
        .all(|line| line.trim().is_empty() || is_numbered(line))
}

/// The mark of a list's item, escaped or not, and its length with what escapes it.
fn bullet(line: &str) -> Option<(char, usize)> {
    let bare = line.strip_prefix('\\').unwrap_or(line);
    let c = bare.chars().next().filter(|c| matches!(c, '-' | '*' | '•' | '·' | '◦' | '▪'))?;
    let rest = &bare[c.len_utf8()..];
    let is_item = rest.starts_with(' ') && !rest.trim().is_empty();
    // The dot and the squares mean the same as the bullet.
    let same = if c.is_ascii() { c } else { '•' };
    is_item.then_some((same, line.len() - rest.len()))
}

/// The number of `1. text` or `1) text`, and the length of its mark.
fn number(line: &str) -> Option<(u64, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let is_item = rest.starts_with(['.', ')']) && rest[1..].starts_with(' ') && !rest[1..].trim().is_empty();
    let number = line[..digits].parse().ok().filter(|_| digits <= 4)?;
    is_item.then_some((number, digits + 1))
}

/// A line drawn from one sign, such as `-----`.
fn is_rule(line: &str) -> bool {
    let bare = line.replace('\\', "");
    let mut signs = bare.chars();
    let first = signs.next();
    first.is_some_and(|c| "-_=*~─━–—".contains(c)) && bare.chars().count() >= 4 && signs.all(|c| Some(c) == first)
}

/// Escapes what would begin a heading, a quotation, a list, a component or another block.
fn line_start(line: &str) -> String {
    let blank_after = |at: usize| line.get(at..).is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    let is_block = match line.chars().next() {
        Some('#') => hashes <= 6 && blank_after(hashes),
        Some('>' | '|' | ':') => true,
        Some('+') => blank_after(1) || line.starts_with("+++"),
        Some('-') => blank_after(1) || line.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ')),
        Some('=') => line.chars().all(|c| matches!(c, '=' | ' ')),
        _ => false,
    };
    if is_block {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']) && blank_after(digits + 1) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_owned()
}

/// A text within a line, with its addresses as links and everything else as it stands.
pub fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some((start, end)) = address::find(rest) {
        let is_wrapped = rest[..start].ends_with('<') && rest[end..].starts_with('>');
        let around = usize::from(is_wrapped);
        out.push_str(&escaped(&rest[..start - around]));
        out.push_str(&format!("<{}>", address::unwrapped(&rest[start..end])));
        rest = &rest[end + around..];
    }
    out.push_str(&escaped(rest));
    out
}

/// Escapes signs that mean something within a line.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // A bracket alone is a bracket; only what follows it makes it more.
    let brackets = ["](", "][", "]:", "[^", "[ ]", "[x]", "[X]", "[!"].iter().any(|sign| text.contains(sign));
    for (at, c) in text.char_indices() {
        let after = &text[at + c.len_utf8()..];
        let needs = match c {
            '\\' | '`' | '<' | '~' => true,
            '*' => !is_between_spaces(text, at..at + 1),
            '_' => !is_within_word(text, at..at + 1),
            '[' | ']' => brackets,
            '&' => is_entity(after),
            _ => false,
        };
        if needs {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn is_between_spaces(text: &str, sign: Range<usize>) -> bool {
    text[..sign.start].ends_with(' ') && text[sign.end..].starts_with(' ')
}

fn is_within_word(text: &str, sign: Range<usize>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    is_letter(text[..sign.start].chars().next_back()) && is_letter(text[sign.end..].chars().next())
}

/// Whether `&` begins a character's name.
fn is_entity(after: &str) -> bool {
    let name = after.bytes().take(34).position(|byte| byte == b';').and_then(|end| after.get(..end));
    let name = name.map(|name| name.strip_prefix('#').unwrap_or(name));
    name.is_some_and(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
