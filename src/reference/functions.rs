//! What templates can call.

use super::Page;
use super::text::{Head, block, code, documentation, table};
use crate::theme::functions;
use std::fmt::Write;

pub fn page() -> Page {
    let mut body = "All arguments have names. What is left out takes its default.\n".to_owned();
    for spec in functions::ALL {
        let _ = write!(
            body,
            "\n## {} {{#{}}}\n\n{}\n\n{}",
            code(spec.name),
            spec.name.replace('_', "-"),
            documentation(spec.meaning),
            arguments(spec.args)
        );
        if spec.open {
            body.push_str("\nFurther arguments, of any name, are taken too.\n");
        }
        let _ = write!(body, "\n{}", block("jinja", spec.example));
    }
    let head = Head { title: "Functions", summary: "What templates can ask of the site.", weight: 7, section: false };
    Page { path: "functions.md".to_owned(), text: head.page(&body) }
}

/// A table of arguments; nothing where there are none.
pub fn arguments(args: &[(&str, &str)]) -> String {
    if args.is_empty() {
        return "It takes no arguments.\n".to_owned();
    }
    let rows: Vec<[String; 2]> = args.iter().map(|(name, meaning)| [code(name), documentation(meaning)]).collect();
    table(["Argument", "Meaning"], &rows)
}
