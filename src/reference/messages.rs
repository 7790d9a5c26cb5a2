//! Every code, with a message as it is really printed.

use super::Page;
use super::examples;
use super::text::{Head, block, code, documentation, table};
use crate::diagnostic::{Code, Severity, codes};
use std::fmt::Write;

/// The ranges of the codes, in the words of the manual.
pub const RANGES: &[(&str, &str, &str)] = &[
    ("HB01", "files", "Files and front matter"),
    ("HB02", "configuration", "Configuration"),
    ("HB03", "markdown", "Markdown"),
    ("HB04", "links", "Links and addresses"),
    ("HB05", "events", "Events and times"),
    ("HB06", "themes", "Themes and templates"),
    ("HB07", "output", "Output"),
    ("HB08", "importing", "Importing calendars"),
    ("HB09", "serving", "Seeing the site while you write"),
    ("HB10", "tables", "Tables and data"),
    ("HB11", "hosts", "Hosts, redirects and feeds"),
    ("HB12", "languages", "Languages and order"),
];

pub fn page() -> Page {
    let mut body = "Every message carries a code. Errors keep the site from being published; warnings don't. How to read \
                    a message is told in [when something is wrong](../editing/mistakes.md). Codes keep their meaning from \
                    version to version.\n"
        .to_owned();
    for (prefix, anchor, title) in RANGES {
        let of_range: Vec<&Code> = codes::ALL.iter().copied().filter(|code| code.id.starts_with(prefix)).collect();
        if of_range.is_empty() {
            continue;
        }
        let rows: Vec<[String; 3]> = of_range
            .iter()
            .map(|code| {
                let id = format!("[{}](#{})", code.id, code.id.to_lowercase());
                [id, code.name.to_owned(), severity(code).to_owned()]
            })
            .collect();
        let _ = write!(body, "\n## {title} {{#{anchor}}}\n\n{}", table(["Code", "Name", "Severity"], &rows));
        for code in of_range {
            write_code(&mut body, code);
        }
    }
    let head = Head {
        title: "Messages",
        summary: "Every mistake that Handbill knows, by its code.",
        weight: 4,
        section: false,
    };
    Page { path: "messages.md".to_owned(), text: head.page(&body) }
}

fn severity(code: &Code) -> &'static str {
    match code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn write_code(out: &mut String, of: &Code) {
    let _ = write!(
        out,
        "\n### {}: {} {{#{}}}\n\n{}\n",
        of.id,
        code(of.name),
        of.id.to_lowercase(),
        documentation(of.meaning)
    );
    if let Some(example) = examples::ALL.iter().find(|example| example.code.id == of.id) {
        let _ = write!(out, "\n{}", block("text", &example.message()));
    }
}
