use super::{FOLDER, Kind, yaml};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};

/// A file's text in its two parts, each with the byte at which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'t> {
    pub front_matter: &'t str,
    pub front_matter_at: u32,
    pub body: &'t str,
    pub body_at: u32,
}

/// How many lines of front matter behind its end are looked for.
const LONGEST_LOST: usize = 60;

/// Parts a file at its `+++` lines. A mistake is reported, and what there is taken for body.
pub fn split<'t>(text: &'t str, file: &FileRef, diagnostics: &mut Vec<Diagnostic>) -> Option<Parts<'t>> {
    if crate::decode::looks_like_utf16(text.as_bytes()) {
        diagnostics.push(crate::decode::not_utf8(file, text.as_bytes()));
        return None;
    }
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = lines_from(text, start);
    // Empty lines before the front matter do no harm.
    let opening = lines.by_ref().find(|(_, line)| !line.trim().is_empty());
    let Some((opening_at, opening)) = opening else {
        diagnostics.push(
            Diagnostic::new(&codes::EMPTY_FILE, "this file is empty")
                .in_file(file)
                .help("write its front matter and text, or delete the file; `handbill new page \"Title\"` makes a file to begin with"),
        );
        return None;
    };
    if opening.trim_end() != "+++" {
        let span = Span::new(opening_at, opening_at + opening.trim_end().len());
        diagnostics.push(missing_front_matter(opening, &text[opening_at + opening.len()..], file, span));
        return None;
    }
    let front_matter_at = opening_at + opening.len();
    for (at, line) in lines {
        if line.trim_end() == "+++" {
            let body_at = at + line.len();
            diagnostics.extend(ended_early(text, at, body_at, file));
            return Some(Parts {
                front_matter: &text[front_matter_at..at],
                front_matter_at: front_matter_at as u32,
                body: &text[body_at..],
                body_at: body_at as u32,
            });
        }
    }
    diagnostics.push(
        Diagnostic::new(&codes::UNCLOSED_FRONT_MATTER, "the front matter is not closed")
            .at(file, Span::new(opening_at, opening_at + 3))
            .label("it begins here")
            .help("put a second line with only +++ after the last key, before the text"),
    );
    None
}

/// A third line of only +++, when all between it and the second looks like front matter too.
fn ended_early(text: &str, end_at: usize, body_at: usize, file: &FileRef) -> Option<Diagnostic> {
    for (at, line) in lines_from(text, body_at).take(LONGEST_LOST) {
        let line = line.trim();
        if line == "+++" {
            return Some(
                Diagnostic::new(&codes::FRONT_MATTER_ENDED, "the front matter ended above this line")
                    .at(file, Span::new(at, at + 3))
                    .label("this is part of the text")
                    .other(file, Span::new(end_at, end_at + 3), "the front matter ended here")
                    .help("only two lines of +++ belong into a file: one before the keys, one after them; remove the one that is too much"),
            );
        }
        let is_key = line.split_once('=').is_some_and(|(key, _)| {
            let key = key.trim();
            !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
        });
        let is_table = line.starts_with('[') && line.ends_with(']');
        if !(line.is_empty() || line.starts_with('#') || is_key || is_table) {
            return None;
        }
    }
    None
}

fn missing_front_matter(opening: &str, rest: &str, file: &FileRef, span: Span) -> Diagnostic {
    let problem = Diagnostic::new(&codes::NO_FRONT_MATTER, "this file has no front matter").at(file, span);
    match opening.trim_end() {
        "---" => problem.label("this begins YAML front matter").help(match offered_toml(rest, file) {
            Some(toml) => format!(
                "Handbill reads TOML between two +++ lines. Replace all from the first --- to the second with these lines, and look them over:\n+++\n{toml}\n+++"
            ),
            None => "Handbill reads TOML between two +++ lines: replace both --- with +++ and write `key = \"value\"` in the place of `key: value`".to_owned(),
        }),
        "{" => problem.label("this begins JSON front matter").help(
            "Handbill reads TOML between two +++ lines: write +++, then `key = \"value\"` for each `\"key\": \"value\"`, then +++, in the place of the braces",
        ),
        line if line.starts_with("+++") => {
            problem.label("more than +++ stands here").help("the line that opens the front matter holds only +++")
        }
        _ => problem.label("the text begins here").help(
            "begin the file with these three lines, then the text:\n+++\ntitle = \"The page's title\"\n+++",
        ),
    }
}

/// What YAML front matter says, as the kind of the file's folder would have it.
fn offered_toml(rest: &str, file: &FileRef) -> Option<String> {
    let is_end = |line: &&str| matches!(line.trim_end(), "---" | "...");
    let end = lines_from(rest, 0).find(|(_, line)| is_end(line)).map(|(at, _)| at)?;
    let below = file.strip_prefix(FOLDER).map(|path| path.trim_start_matches('/'));
    let folder = below.and_then(|path| path.split_once('/')).map_or("", |(folder, _)| folder);
    yaml::as_toml(&rest[..end], Kind::of_folder(folder))
}

/// The lines of a text from byte `from`, each with the byte at which it begins, line ends included.
fn lines_from(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    text[from..].split_inclusive('\n').scan(from, |at, line| {
        let begins = *at;
        *at += line.len();
        Some((begins, line))
    })
}
