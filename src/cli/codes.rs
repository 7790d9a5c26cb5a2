//! `handbill codes`.

use super::args::Codes;
use super::table::{self, Yields};
use super::{Exit, Misuse, report};
use crate::diagnostic::{Code, Severity, codes, did_you_mean};
use serde_json::{Value, json};

pub fn run(args: &Codes) -> anyhow::Result<Exit> {
    let shown = match &args.code {
        Some(asked) => std::slice::from_ref(find(asked)?),
        None => codes::ALL,
    };
    if args.json {
        let list: Vec<Value> = shown.iter().map(|code| described(code)).collect();
        report::print(&format!("{}\n", serde_json::to_string_pretty(&list)?))?;
    } else if let (Some(_), [code]) = (&args.code, shown) {
        let text = format!("{} {} ({})\n\n{}\n", code.id, code.name, word(code.severity), code.meaning);
        report::print(&text)?;
    } else {
        let rows: Vec<Vec<String>> = shown
            .iter()
            .map(|code| [code.id, code.name, word(code.severity), code.meaning].map(str::to_owned).to_vec())
            .collect();
        let yielding = [Yields { column: 3, least: 20, keeps_end: false }];
        report::print(&table::render(&["CODE", "NAME", "SEVERITY", "MEANING"], &rows, report::width(), &yielding))?;
    }
    Ok(Exit::Fine)
}

/// A code by its number or its name.
fn find(asked: &str) -> Result<&'static &'static Code, Misuse> {
    let asked = asked.trim();
    let is_meant = |code: &Code| code.id.eq_ignore_ascii_case(asked) || code.name.eq_ignore_ascii_case(asked);
    codes::ALL.iter().find(|code| is_meant(code)).ok_or_else(|| {
        let known = codes::ALL.iter().flat_map(|code| [code.id, code.name]);
        let help = match did_you_mean(asked, known) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "`handbill codes` shows all of them".to_owned(),
        };
        Misuse::new(format!("there is no code \"{asked}\"")).help(help)
    })
}

fn described(code: &Code) -> Value {
    json!({ "code": code.id, "name": code.name, "severity": word(code.severity), "meaning": code.meaning })
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
