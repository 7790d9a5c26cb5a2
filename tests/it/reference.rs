//! The reference that is committed is the one that the code gives.
#![allow(clippy::disallowed_methods)]

use clap::CommandFactory;
use handbill::cli::args::Cli;
use std::collections::BTreeMap;
use std::path::Path;

const FOLDER: &str = "docs/content/reference";

const RENEW: &str = "Renew the reference with\n\n    cargo run -- reference docs/content/reference\n\nand commit what it \
                     changes. A page that the code no longer gives is deleted by hand.";

#[test]
fn the_committed_reference_is_what_the_code_gives() {
    let pages = handbill::reference::pages(&Cli::command()).unwrap();
    let given: BTreeMap<String, String> = pages.into_iter().map(|page| (page.path, page.text)).collect();
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let mut faults = Vec::new();
    for (path, text) in &given {
        match std::fs::read_to_string(top.join(path)) {
            Err(_) => faults.push(format!("{FOLDER}/{path} is missing")),
            Ok(committed) if committed != *text => {
                let differs = committed.lines().zip(text.lines()).position(|(old, new)| old != new);
                let line = differs.unwrap_or_else(|| committed.lines().count().min(text.lines().count())) + 1;
                let at = |text: &str| text.lines().nth(line - 1).unwrap_or("(nothing)").to_owned();
                faults.push(format!(
                    "{FOLDER}/{path}:{line} differs\n  committed: {}\n  the code:  {}",
                    at(&committed),
                    at(text)
                ));
            }
            Ok(_) => {}
        }
    }
    for entry in walkdir::WalkDir::new(&top).sort_by_file_name().into_iter().filter_map(Result::ok) {
        let relative = entry.path().strip_prefix(&top).unwrap().to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && !given.contains_key(&relative) {
            faults.push(format!("{FOLDER}/{relative} is not given by the code"));
        }
    }
    assert!(faults.is_empty(), "\n{}\n\n{RENEW}\n", faults.join("\n"));
}
