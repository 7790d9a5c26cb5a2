//! Diagnostics in SARIF 2.1.0 (OASIS), which code hosts and editors read.

use super::places::{Extent, Fetch, Positions, Texts, severity_word};
use super::{Diagnostic, codes};
use serde_json::{Value, json};

/// One SARIF log with one run, indented, with a line end. Every code of the catalogue is a rule, so that `ruleIndex`
/// keeps its meaning within a version of Handbill.
pub fn render(diagnostics: &[Diagnostic], fetch: &Fetch<'_>) -> String {
    let texts = Texts::of(diagnostics, fetch);
    let positions = Positions::of(&texts);
    let results: Vec<Value> = diagnostics.iter().map(|diagnostic| result(diagnostic, &positions)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Handbill",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes::ALL.iter().map(|code| rule(code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {
                "SITE": { "description": { "text": "The folder of handbill.toml." } },
            },
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn rule(code: &codes::Code) -> Value {
    json!({
        "id": code.id,
        "name": pascal_case(code.name),
        "shortDescription": { "text": code.meaning },
        "defaultConfiguration": { "level": severity_word(code.severity) },
    })
}

fn result(diagnostic: &Diagnostic, positions: &Positions<'_>) -> Value {
    let mut text = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        text.push('\n');
        text.push_str(help);
    }
    let mut result = json!({ "ruleId": diagnostic.code.id });
    if let Some(index) = codes::ALL.iter().position(|code| code.id == diagnostic.code.id) {
        result["ruleIndex"] = index.into();
    }
    result["level"] = severity_word(diagnostic.severity).into();
    result["message"] = json!({ "text": text });
    if let Some(file) = &diagnostic.file {
        let place = location(file, positions.of_diagnostic(diagnostic), &diagnostic.label);
        result["locations"] = json!([place]);
    }
    if !diagnostic.others.is_empty() {
        let others = diagnostic.others.iter().enumerate().map(|(at, label)| {
            let mut place = location(&label.file, positions.of_label(label), "");
            place["id"] = at.into();
            place["message"] = json!({ "text": label.text });
            place
        });
        result["relatedLocations"] = others.collect();
    }
    result
}

fn location(file: &str, extent: Option<Extent>, label: &str) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(file), "uriBaseId": "SITE" } });
    if let Some(Extent { start, end }) = extent {
        physical["region"] = json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        });
        if !label.is_empty() {
            physical["region"]["message"] = json!({ "text": label });
        }
    }
    json!({ "physicalLocation": physical })
}

/// A relative reference as RFC 3986 has it. A `:` is escaped too, so that a name cannot look like a scheme.
fn uri(file: &str) -> String {
    let mut uri = String::with_capacity(file.len());
    for byte in file.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// SARIF asks for names in this form: `UnknownKey` for `unknown-key`.
fn pascal_case(name: &str) -> String {
    let capital = |word: &str| {
        let mut chars = word.chars();
        chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect::<String>()
    };
    name.split('-').map(capital).collect()
}
