//! Diagnostics as one JSON document, for editors and scripts.

use super::places::{Extent, Fetch, Positions, Texts, severity_word};
use super::{Diagnostic, Severity};
use serde::Serialize;

/// The document. Its fields keep their names and meanings; new ones may come.
#[derive(Debug, Serialize)]
struct Document<'d> {
    /// The version of this format.
    version: u32,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Item<'d>>,
}

#[derive(Debug, Serialize)]
struct Item<'d> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'d str,
    #[serde(flatten)]
    place: Place<'d>,
    label: Option<&'d str>,
    help: Option<&'d str>,
    others: Vec<Other<'d>>,
}

#[derive(Debug, Serialize)]
struct Other<'d> {
    message: &'d str,
    #[serde(flatten)]
    place: Place<'d>,
}

/// Lines and columns count from one, columns in characters; the end is just after the last character.
#[derive(Debug, Serialize)]
struct Place<'d> {
    file: Option<&'d str>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
}

impl<'d> Place<'d> {
    fn new(file: Option<&'d str>, extent: Option<Extent>) -> Self {
        Self {
            file,
            line: extent.map(|extent| extent.start.line),
            column: extent.map(|extent| extent.start.column),
            end_line: extent.map(|extent| extent.end.line),
            end_column: extent.map(|extent| extent.end.column),
        }
    }
}

/// The diagnostics as a value, to be a part of a larger document: a list of objects.
pub fn value(diagnostics: &[Diagnostic], fetch: &Fetch<'_>) -> serde_json::Value {
    let texts = Texts::of(diagnostics, fetch);
    serde_json::to_value(items(diagnostics, &Positions::of(&texts))).unwrap_or_default()
}

/// The diagnostics as a document of their own, indented, with a line end.
pub fn render(diagnostics: &[Diagnostic], fetch: &Fetch<'_>) -> String {
    let texts = Texts::of(diagnostics, fetch);
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let document = Document {
        version: 1,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        diagnostics: items(diagnostics, &Positions::of(&texts)),
    };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn items<'d>(diagnostics: &'d [Diagnostic], positions: &Positions<'_>) -> Vec<Item<'d>> {
    let item = |diagnostic: &'d Diagnostic| Item {
        code: diagnostic.code.id,
        name: diagnostic.code.name,
        severity: severity_word(diagnostic.severity),
        message: &diagnostic.message,
        place: Place::new(diagnostic.file.as_deref(), positions.of_diagnostic(diagnostic)),
        label: Some(diagnostic.label.as_str()).filter(|label| !label.is_empty()),
        help: diagnostic.help.as_deref(),
        others: diagnostic
            .others
            .iter()
            .map(|label| Other {
                message: &label.text,
                place: Place::new(Some(&label.file), positions.of_label(label)),
            })
            .collect(),
    };
    diagnostics.iter().map(item).collect()
}
