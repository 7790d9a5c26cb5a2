//! Writing Markdown.

use std::fmt::Write;

/// The beginning of a page.
pub struct Head<'h> {
    pub title: &'h str,
    pub summary: &'h str,
    pub weight: u32,
    /// It is a section's own page.
    pub section: bool,
}

impl Head<'_> {
    /// The page with its front matter.
    pub fn page(&self, body: &str) -> String {
        let sort = if self.section { "sort = \"weight\"\n" } else { "" };
        format!(
            "+++\n# Made by `handbill reference`. Change the code's own descriptions, not this file.\ntitle = {}\n\
             summary = {}\nweight = {}\n{sort}+++\n\n{}\n",
            quoted(self.title),
            quoted(self.summary),
            self.weight,
            body.trim_end(),
        )
    }
}

/// A TOML text in quotation marks.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A table. The cells are Markdown; what would end a cell or a row is kept from doing so.
pub fn table<const COLUMNS: usize>(heads: [&str; COLUMNS], rows: &[[String; COLUMNS]]) -> String {
    let mut out = String::new();
    let mut line = |cells: &[&str]| {
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    };
    line(&heads);
    line(&[":--"; COLUMNS]);
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| in_cell(cell)).collect();
        line(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    out
}

/// Markdown that can stand in a table's cell: one line, and no bar that would end it. (A bar is escaped in code too: so
/// the extension has it.)
fn in_cell(markdown: &str) -> String {
    markdown.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

/// Code within a line, whatever it holds.
pub fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A block of code.
pub fn block(language: &str, text: &str) -> String {
    let longest = text.lines().map(|line| line.chars().take_while(|c| *c == '`').count()).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}

/// Text without Markdown, such that Markdown shows it as it is.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for character in text.chars() {
        let dashes = character == '-' && before == '-';
        if dashes || matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '~') {
            out.push('\\');
        }
        out.push(character);
        before = character;
    }
    out
}

/// Documentation of the code as Markdown: what stands between backticks is code, the rest is text, in which two dashes
/// stay two dashes.
pub fn documentation(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, part) in text.split('`').enumerate() {
        if at > 0 {
            out.push('`');
        }
        if at % 2 == 0 {
            out.push_str(&part.replace('<', "\\<").replace("--", "-\\-"));
        } else {
            out.push_str(part);
        }
    }
    out
}
