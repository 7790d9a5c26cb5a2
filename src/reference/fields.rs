//! Tables of keys, with the tables inside them.

use super::text::{code, documentation, table};
use crate::decode::{Decode, Field, Named, Shape};
use std::fmt::Write;

/// Such as `"a"`, `"b"` or `"c"`.
pub fn choices<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.map(|word| code(&format!("\"{word}\""))).collect();
    match words.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => words.concat(),
    }
}

/// What may be written for a key.
fn takes(field: &Field) -> String {
    let expects = match field.expects.strip_prefix("one of: ") {
        Some(words) => choices(words.split(", ")),
        None => documentation(field.expects),
    };
    match field.shape {
        Shape::Required | Shape::Optional | Shape::Default => expects,
        Shape::List => format!("a list; each item {expects}"),
    }
}

/// A table of keys, and below it a heading and a table for every key that is a table of its own. `path` is what stands
/// before the keys, and `level` the level of the headings.
pub fn tables(keys: &'static [Field], path: &str, level: usize) -> String {
    let mut out = String::new();
    let mut seen = Vec::new();
    write(&mut out, keys, path, level, &mut seen);
    out
}

type Seen = Vec<(&'static [Field], String)>;

fn write(out: &mut String, keys: &'static [Field], path: &str, level: usize, seen: &mut Seen) {
    let mut below = Vec::new();
    let mut rows = Vec::new();
    for field in keys {
        let mut meaning = documentation(&field.meaning());
        if let Some(fields) = field.fields {
            let full = full_path(path, field);
            let known = seen.iter().find(|(shown, _)| same(shown, fields)).map(|(_, path)| path.clone());
            let shown = known.clone().unwrap_or_else(|| full.clone());
            let _ = write!(meaning, " Keys: [{}](#{}).", code(&shown), anchor(&shown));
            if known.is_none() {
                seen.push((fields, full.clone()));
                below.push((fields, full));
            }
        }
        let required = if field.shape == Shape::Required { "**Required.** " } else { "" };
        rows.push([code(field.name), format!("{required}{meaning}<br><small>Takes {}.</small>", takes(field))]);
    }
    out.push_str(&table(["Key", "Meaning"], &rows));
    for (fields, full) in below {
        let _ = write!(out, "\n{} {} {{#{}}}\n\n", "#".repeat(level), code(&full), anchor(&full));
        write(out, fields, &full, level, seen);
    }
}

/// The key with the tables around it. Where the author chooses the keys of a table, `NAME` stands for them.
fn full_path(path: &str, field: &Field) -> String {
    let named = field.expects == <Named<String> as Decode>::EXPECTS;
    let dot = if path.is_empty() { "" } else { "." };
    format!("{path}{dot}{}{}", field.name, if named { ".NAME" } else { "" })
}

fn anchor(path: &str) -> String {
    path.to_lowercase().replace(['.', '_'], "-")
}

/// Whether two lists of keys are those of one record.
fn same(a: &[Field], b: &[Field]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.name == b.name && a.doc == b.doc)
}
