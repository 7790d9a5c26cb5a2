//! The components of the default theme.

use super::Page;
use super::text::{Head, block, code, documentation, table};
use crate::theme::Theme;
use std::fmt::Write;
use tera::{ComponentArg, ComponentInfo, Value};

pub fn page(theme: &Theme) -> Page {
    let mut names: Vec<&str> = theme.tera.get_component_names().collect();
    names.sort_unstable();
    let mut body =
        "A component's name stands on a line of its own: with two colons before it, or with three and a text \
                    below that a line `:::` ends. How they are written is in [the editor's \
                    guide](../editing/components.md).\n"
            .to_owned();
    for name in names {
        if let Some(definition) = theme.tera.get_component_definition(name) {
            write_component(&mut body, &definition, source(theme, name));
        }
    }
    let head = Head {
        title: "Components",
        summary: "The parts that the default theme gives to editors, with their arguments.",
        weight: 3,
        section: false,
    };
    Page { path: "components.md".to_owned(), text: head.page(&body) }
}

/// The template that defines a component: the theme has one file for each.
fn source<'t>(theme: &'t Theme, name: &str) -> &'t str {
    let ending = format!("/components/{name}.html");
    let found = theme.sources.iter().find(|source| source.file.ends_with(&ending));
    found.map_or("", |source| source.text.as_str())
}

/// The comment at the top of a template.
fn comment(source: &str) -> &str {
    let inside = source.trim_start().strip_prefix("{#").and_then(|rest| rest.split_once("#}"));
    inside.map_or("", |(comment, _)| comment.trim_matches(['-', ' ', '\n']))
}

fn write_component(out: &mut String, definition: &ComponentInfo, source: &str) {
    let name = definition.name();
    let args: Vec<&ComponentArg> =
        definition.args().iter().filter(|arg| !arg.is_implicit() && arg.name() != "body").collect();
    let around = source.contains("{{ body") || source.contains("body=body");
    let _ = write!(out, "\n## {} {{#{}}}\n\n", code(name), name.replace('_', "-"));
    let meaning = comment(source).split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = write!(out, "{}\n\n", documentation(&meaning));
    if args.is_empty() {
        out.push_str("It takes no arguments.\n");
    } else {
        let rows: Vec<[String; 3]> = args
            .iter()
            .map(|arg| {
                let default = arg.default().map(|default| code(&written(default)));
                let takes = arg.arg_type().map_or("any value", |kind| in_words(kind.as_str()));
                [code(arg.name()), takes.to_owned(), default.unwrap_or_else(|| "**required**".to_owned())]
            })
            .collect();
        out.push_str(&table(["Argument", "Takes", "Default"], &rows));
    }
    let _ = write!(out, "\n{}", block("markdown", &call(name, &args, around)));
}

/// A call with every argument.
fn call(name: &str, args: &[&ComponentArg], around: bool) -> String {
    let colons = if around { ":::" } else { "::" };
    let given: Vec<String> = args
        .iter()
        .map(|arg| {
            let value = match (arg.default(), arg.arg_type().map_or("string", |kind| kind.as_str())) {
                (Some(default), _) if default.as_str() != Some("") => written(default),
                (_, "integer" | "float" | "number") => "1".to_owned(),
                (_, "bool") => "true".to_owned(),
                _ => "\"…\"".to_owned(),
            };
            format!("{}={value}", arg.name())
        })
        .collect();
    let arguments = if given.is_empty() { String::new() } else { format!("{{{}}}", given.join(" ")) };
    let body = if around { "\n…\n:::" } else { "" };
    format!("{colons}{name}{arguments}{body}")
}

/// A value as it is written in a call.
fn written(value: &Value) -> String {
    match value.as_str() {
        Some(text) => format!("\"{text}\""),
        None => value.to_string(),
    }
}

fn in_words(kind: &str) -> &str {
    match kind {
        "string" => "text",
        "integer" => "a whole number",
        "float" | "number" => "a number",
        "bool" => "true or false",
        other => other,
    }
}
