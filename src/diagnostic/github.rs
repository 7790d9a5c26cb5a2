//! Diagnostics as GitHub's workflow commands, which show them beside the lines of a pull request.

use super::places::{Fetch, Positions, Texts};
use super::{Diagnostic, Severity};
use std::fmt::Write as _;

/// One command a line.
pub fn render(diagnostics: &[Diagnostic], fetch: &Fetch<'_>) -> String {
    let texts = Texts::of(diagnostics, fetch);
    let positions = Positions::of(&texts);
    let mut commands = String::new();
    for diagnostic in diagnostics {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties = Vec::new();
        if let Some(file) = &diagnostic.file {
            properties.push(format!("file={}", property(file)));
        }
        if let Some(extent) = positions.of_diagnostic(diagnostic) {
            properties.push(format!("line={},col={}", extent.start.line, extent.start.column));
            properties.push(format!("endLine={},endColumn={}", extent.end.line, extent.end.column));
        }
        let title = format!("{} {}", diagnostic.code.id, diagnostic.code.name);
        properties.push(format!("title={}", property(&title)));
        let mut message = diagnostic.message.clone();
        for part in [Some(diagnostic.label.as_str()), diagnostic.help.as_deref()].into_iter().flatten() {
            if !part.is_empty() {
                message.push('\n');
                message.push_str(part);
            }
        }
        // Writing to a String cannot fail.
        let _ = writeln!(commands, "::{command} {}::{}", properties.join(","), data(&message));
    }
    commands
}

/// A command's text: one line, and `%` is the sign of escaping.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which `:` and `,` would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
