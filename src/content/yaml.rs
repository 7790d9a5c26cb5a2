//! The YAML front matter of other generators, said in our TOML for the help of a diagnostic.
//!
//! Only single lines of the outermost level are understood: what most pages have. It is an offer to an editor, who sees
//! what became of each line; no page is ever built from it.

use super::{Common, Kind, foreign};
use crate::decode::Record;

/// More lines than these help nobody.
const MOST_LINES: usize = 24;

/// What to write in the place of a block of YAML, without the lines around it. None where it is too long or says nothing.
pub fn as_toml(block: &str, kind: Kind) -> Option<String> {
    let entries: Vec<(&str, &str)> = block.lines().filter_map(entry).collect();
    let has = |ours: &str| entries.iter().any(|(key, _)| *key == ours || foreign::meant(key, kind) == Some(ours));
    // Tags are a taxonomy, and those are declared in the configuration; nearly every site has these.
    let is_known = |key: &str| key == "tags" || Common::KEYS.iter().chain(kind.keys()).any(|field| field.name == key);
    let (has_title, has_start) = (has("title"), has("start"));
    let (mut lines, mut extra, mut left): (Vec<String>, Vec<String>, Vec<&str>) = (Vec::new(), Vec::new(), Vec::new());
    let mut written: Vec<&str> = Vec::new();
    for (key, value) in &entries {
        let foreign = foreign::meant(key, kind);
        let ours = match *key {
            // What is called the date of a page is mostly that of its event.
            "date" if kind == Kind::Event && !has_start => Some("start"),
            "name" if !has_title => Some("title"),
            key => foreign.or_else(|| is_known(key).then_some(key)),
        };
        // Another generator's layouts are not here.
        if matches!(*value, "\"\"" | "''") || *key == "layout" {
            continue;
        }
        if value.is_empty() {
            left.push(key);
            continue;
        }
        match ours {
            Some(ours) if written.contains(&ours) => left.push(key),
            Some(ours) => {
                written.push(ours);
                let note = if (*key, ours) == ("date", "start") { "  # if this is when it takes place" } else { "" };
                lines.push(format!("{}{note}", known_line(ours, value, foreign.is_some())));
            }
            None => extra.push(format!("{key} = {}", plain_value(value))),
        }
    }
    if lines.is_empty() {
        return None;
    }
    if kind == Kind::Event && !written.contains(&"start") {
        lines.push("start = 2026-12-01T19:00:00  # when it begins".to_owned());
    }
    if !written.contains(&"title") {
        lines.insert(0, "title = \"…\"".to_owned());
    }
    if !extra.is_empty() {
        lines.push("[extra]".to_owned());
        lines.append(&mut extra);
    }
    left.retain(|key| block.lines().any(|line| line.starts_with(' ') || line.trim_end() != format!("{key}:")));
    if !left.is_empty() {
        lines.push(format!("# left out: {}", left.join(", ")));
    }
    (lines.len() <= MOST_LINES).then(|| lines.join("\n"))
}

/// The key and value of a line of the outermost level; nothing for one that belongs to another.
fn entry(line: &str) -> Option<(&str, &str)> {
    if line.starts_with([' ', '\t', '#', '-', '}', ']']) {
        return None;
    }
    let (key, value) = line.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let value = value.trim();
    // Texts over several lines, anchors and the like cannot be shown on one.
    let is_plain = !value.starts_with(['|', '>', '&', '*', '{', '!']) && is_whole(value);
    is_key.then_some((key, if is_plain { value } else { "" }))
}

/// Whether a quoted text or a list ends on its line.
fn is_whole(value: &str) -> bool {
    match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value.len() > 1 && value.ends_with(quote),
        Some('[') => value.ends_with(']'),
        _ => true,
    }
}

fn known_line(ours: &str, value: &str, foreign: bool) -> String {
    let text = unquoted(value);
    match ours {
        "start" | "end" | "date" | "updated" | "expires" | "publish_from" => match foreign::moment(&text) {
            Some(moment) => format!("{ours} = {moment}"),
            None => format!("{ours} = 2026-12-01T19:00:00  # {}", text.replace('\n', " ")),
        },
        "tags" | "aliases" | "groups" | "aims" | "languages" => format!("{ours} = {}", list(value)),
        "image" | "venue" | "related" | "repeat" | "status" if foreign || ours == "image" => {
            foreign::line(ours, Some(&text))
        }
        _ => format!("{ours} = {}", plain_value(value)),
    }
}

/// A value as TOML has it.
fn plain_value(value: &str) -> String {
    let is_bare = value == "true" || value == "false" || value.parse::<i64>().is_ok();
    match value {
        value if is_bare => value.to_owned(),
        value if value.starts_with('[') => list(value),
        value => foreign::moment(value).unwrap_or_else(|| foreign::toml_text(&unquoted(value))),
    }
}

fn list(value: &str) -> String {
    let inner = value.trim_start_matches('[').trim_end_matches(']');
    let items = inner.split(',').map(|item| unquoted(item.trim())).filter(|item| !item.is_empty());
    format!("[{}]", items.map(|item| foreign::toml_text(&item)).collect::<Vec<_>>().join(", "))
}

/// A text without its quotation marks, or the comment after it.
fn unquoted(value: &str) -> String {
    let inner = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    match (inner('"'), inner('\'')) {
        (Some(text), _) => text.replace("\\\"", "\""),
        (_, Some(text)) => text.replace("''", "'"),
        _ => value.split(" #").next().unwrap_or(value).trim().to_owned(),
    }
}
