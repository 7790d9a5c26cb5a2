//! What templates can pipe values through.

use super::Page;
use super::functions::arguments;
use super::text::{Head, block, code, documentation, table};
use crate::theme::filters;
use std::fmt::Write;

/// The template engine's own filters, which it cannot list itself. A test asks it for each.
pub const OF_THE_ENGINE: &[(&str, &str)] = &[
    ("abs", "a number without its sign"),
    ("capitalize", "the first letter in upper case, the others in lower case"),
    ("default", "`value`, where a name is not there at all; for what is none write `a or b`"),
    ("escape", "text made safe for HTML; done by itself in HTML templates"),
    ("escape_html", "the same as text, which an HTML template then escapes once more"),
    ("escape_xml", "text made safe for XML"),
    ("first", "the first of a list"),
    ("float", "a number with a fraction, from text"),
    ("get", "the entry `key` of a table, or `default`"),
    ("group_by", "a list of tables as a table of lists, by `attribute`"),
    ("indent", "text with spaces before its lines"),
    ("int", "a whole number, from text"),
    ("join", "a list as text, with `sep` between its items"),
    ("keys", "the keys of a table"),
    ("last", "the last of a list"),
    ("length", "how many items, entries or characters there are"),
    ("lower", "text in lower case"),
    ("newlines_to_br", "text with `<br>` at the ends of its lines"),
    ("nth", "the item at the place `n`, counted from 0"),
    ("pairs", "the entries of a table as pairs"),
    ("pluralize", "an English ending by number; [`plural`](#plural) knows every language"),
    ("replace", "text with `to` in the place of `from`"),
    ("reverse", "a list or text from its end"),
    ("round", "a number rounded"),
    ("safe", "text that is not escaped; only for what is HTML and known to be harmless"),
    ("sort", "a list in order, of tables by `attribute`"),
    ("split", "text as a list, cut at `pat`"),
    ("str", "a value as text"),
    ("title", "every word with an upper-case letter"),
    ("trim", "text without spaces around it"),
    ("trim_end", "text without spaces behind it"),
    ("trim_start", "text without spaces before it"),
    ("truncate", "the first `length` characters"),
    ("unique", "a list without repeats"),
    ("upper", "text in upper case"),
    ("values", "the values of a table"),
    ("wordcount", "how many words there are"),
];

pub fn page() -> Page {
    let mut body = "Handbill's own come first; those of [the template engine](#engine) follow.\n".to_owned();
    for spec in filters::ALL {
        let _ = write!(
            body,
            "\n## {} {{#{}}}\n\n{}\n\n{}\n{}",
            code(spec.name),
            spec.name.replace('_', "-"),
            documentation(spec.meaning),
            arguments(spec.args),
            block("jinja", spec.example)
        );
    }
    let rows: Vec<[String; 2]> =
        OF_THE_ENGINE.iter().map(|(name, meaning)| [code(name), (*meaning).to_owned()]).collect();
    let _ = write!(
        body,
        "\n## Of the template engine {{#engine}}\n\nThese are Tera's. Its documentation has their arguments.\n\n{}",
        table(["Filter", "Gives"], &rows)
    );
    let head = Head { title: "Filters", summary: "What templates can pipe values through.", weight: 8, section: false };
    Page { path: "filters.md".to_owned(), text: head.page(&body) }
}
