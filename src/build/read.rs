//! Reads a site's files.

use super::BuildError;
use crate::config::Config;
use crate::content::{self, Document, FOLDER};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{Entry, FileRef, Gap, World};

/// What there is to read.
#[derive(Debug)]
pub struct Listed {
    pub documents: Vec<Entry>,
    pub files: Vec<Entry>,
    pub static_files: Vec<Entry>,
    /// Files that look like tables of pages.
    pub tables: Vec<FileRef>,
}

/// Lists the content and the static files. What is passed over is reported.
pub fn content(world: &dyn World, diagnostics: &mut Vec<Diagnostic>) -> Result<Listed, BuildError> {
    let (content, files) = rayon::join(|| world.list(FOLDER), || world.list("static"));
    let content = content.map_err(BuildError::read(FOLDER))?;
    let static_files = files.map_err(BuildError::read("static"))?;
    for (path, reason) in content.skipped.iter().chain(&static_files.skipped) {
        diagnostics
            .push(Diagnostic::new(&codes::SKIPPED_ENTRY, format!("\"{path}\" is passed over: {reason}")).help(
                "put the file itself into the site's folder, with a name in UTF-8, and see that you may read it",
            ));
    }
    let is_document = |entry: &Entry| {
        let name = entry.path.rsplit('/').next().unwrap_or("");
        !name.starts_with(['.', '~']) && (name.ends_with(".md") || name.ends_with(".MD"))
    };
    let (documents, mut files): (Vec<Entry>, Vec<Entry>) = content.files.into_iter().partition(is_document);
    let mut tables = Vec::new();
    files.retain(|entry| {
        let Some(header) = header(world, &entry.path) else { return true };
        if content::looks_like_pages(&header) {
            tables.push(entry.path.clone());
        }
        !lists_consent(&header)
    });
    Ok(Listed { documents, files, static_files: static_files.files, tables })
}

/// Tells of each file that looks like a table of pages and that no document names as one.
pub fn unnamed_tables<'d>(tables: &[FileRef], documents: impl Iterator<Item = &'d Document>) -> Vec<Diagnostic> {
    if tables.is_empty() {
        return Vec::new();
    }
    let named: Vec<String> = documents.flat_map(content::table_files).collect();
    let unnamed = tables.iter().filter(|table| !named.iter().any(|named| ***table == *named));
    let tell = |table: &FileRef| {
        let (folder, name) = table.rsplit_once('/').unwrap_or(("", table));
        Diagnostic::new(&codes::TABLE_NOT_NAMED, "this looks like a table of pages, but makes none")
            .in_file(table)
            .help(format!("to make a page of each row, write tables = [\"{name}\"] into {folder}/_index.md; a file to download may stay as it is"))
    };
    unnamed.map(tell).collect()
}

/// The first line of a file of comma-separated values.
fn header(world: &dyn World, path: &str) -> Option<String> {
    let lowered = path.to_lowercase();
    if !lowered.ends_with(".csv") && !lowered.ends_with(".tsv") {
        return None;
    }
    let bytes = world.read(path).unwrap_or_default();
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    Some(String::from_utf8_lossy(header).to_lowercase())
}

/// Whether a file is a list of people with their consent, under whatever name: such a list is read, never published.
fn lists_consent(header: &str) -> bool {
    let mut columns =
        header.trim_start_matches('\u{feff}').split([',', ';', '\t']).map(|column| column.trim().trim_matches('"'));
    columns.any(|column| matches!(column, "consent" | "withdrawn"))
}

/// Why Git cannot tell when pages were last changed.
pub fn history_gap(world: &dyn World, config: &Config) -> Option<Diagnostic> {
    let (message, help) = match world.history()?.gap? {
        Gap::NoProgram => {
            ("the program git cannot be run, so pages have no dates from it", "install git, or remove updated_from_git")
        }
        Gap::NoRepository => (
            "the site is in no repository with a commit, so pages have no dates from it",
            "commit the site's files, or remove updated_from_git",
        ),
        Gap::Shallow => (
            "the repository's history is cut off, so pages that changed before have no dates from it",
            "fetch all of it: `git fetch --unshallow`, or in CI `fetch-depth: 0`",
        ),
    };
    Some(Diagnostic::new(&codes::NO_GIT_DATES, message).in_file(&config.file).help(help))
}
