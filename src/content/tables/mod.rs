//! Content from tables: each row of a CSV file, or each entry of a TOML file, is a page.
//!
//! A folder's own page names its tables. A row is decoded by the very code that decodes front matter, so that it can say
//! all that a file can, and every mistake is the same and stands in its cell.

mod entries;
mod headings;
mod name;
mod rows;

use super::{Details, Document};
use crate::config::{Config, TableOptions};
use crate::decode::At;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, World};
use crate::spreadsheet;
use std::collections::HashMap;
use std::sync::Arc;

/// A table that is read: what its rows have in common.
struct Place<'a> {
    file: FileRef,
    /// The folder below `content/` that the pages lie in.
    folder: &'a str,
    /// The language of rows that name none.
    language: &'a str,
    options: &'a TableOptions,
    /// The file that names the table.
    named_in: &'a FileRef,
    world: &'a dyn World,
    config: &'a Config,
}

/// The pages of the tables that a folder's own page names.
pub fn of_section(
    section: &Document,
    world: &dyn World,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Document> {
    let mut pages = Vec::new();
    let mut read: Vec<String> = Vec::new();
    for options in tables(section) {
        let written = &options.file;
        let mut refuse = |code, message: String, help: &str| {
            diagnostics.push(Diagnostic::new(code, message).at(&section.file, written.span).help(help));
        };
        let ending = written.value.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
        let is_toml = ending == "toml";
        if !is_toml && !["csv", "tsv", "txt"].contains(&ending.as_str()) {
            let message = format!("\"{}\" is no table that can be read", written.value);
            refuse(&codes::BAD_VALUE, message, "save the spreadsheet as CSV in UTF-8, and name that file: groups.csv");
            continue;
        }
        let path = section.beside(&written.value).filter(|path| world.exists(path));
        let Some(path) = path else {
            let message = format!("there is no file \"{}\" beside this page", written.value);
            refuse(&codes::MISSING_FILE, message, "put the table into the same folder as this file");
            continue;
        };
        if read.contains(&path) {
            let message = format!("the table \"{}\" is named twice", written.value);
            refuse(&codes::BAD_VALUE, message, "remove one of the two");
            continue;
        }
        read.push(path.clone());
        let Ok(bytes) = world.read(&path) else {
            let message = format!("the file \"{}\" cannot be read", written.value);
            refuse(&codes::MISSING_FILE, message, "check that you may read it");
            continue;
        };
        let place = Place {
            file: path.into(),
            folder: section.path.folder(),
            language: &section.path.language,
            options,
            named_in: &section.file,
            world,
            config,
        };
        let Some(text) = spreadsheet::text(&place.file, &bytes, diagnostics) else { continue };
        let found =
            if is_toml { entries::read(&place, text, diagnostics) } else { rows::read(&place, text, diagnostics) };
        pages.extend(found);
    }
    pages
}

/// The tables that a folder's own page names.
fn tables(section: &Document) -> impl Iterator<Item = &TableOptions> {
    let tables = match &section.details {
        Details::Section(options) => options.tables.0.as_slice(),
        _ => &[],
    };
    tables.iter().map(|table| &table.0)
}

/// The paths of the tables that a document names.
pub fn table_files(document: &Document) -> impl Iterator<Item = String> {
    tables(document).filter_map(|table| document.beside(&table.file.value))
}

/// Takes out every document that is the same page, in the same language, as one before it, and reports it. Files come
/// before rows. Only what is read from tables can meet another so.
pub fn without_twins(documents: Vec<Arc<Document>>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Arc<Document>> {
    if documents.iter().all(|document| document.row.is_none()) {
        return documents;
    }
    let mut first: HashMap<(&str, &str), &Arc<Document>> = HashMap::with_capacity(documents.len());
    let (rows, files): (Vec<_>, Vec<_>) = documents.iter().partition(|document| document.row.is_some());
    let mut kept = Vec::with_capacity(documents.len());
    for document in files.into_iter().chain(rows) {
        let key = (document.path.stem.as_str(), document.path.language.as_str());
        match first.get(&key) {
            Some(other) if document.row.is_some() => diagnostics.push(same_page(other, document)),
            _ => {
                first.insert(key, document);
                kept.push(Arc::clone(document));
            }
        }
    }
    kept
}

fn same_page(first: &Document, second: &Document) -> Diagnostic {
    let place = |document: &Document| match &document.row {
        Some(_) => document.common.title.span,
        None => document.front_matter,
    };
    let (what, label) = match &first.row {
        Some(row) => ("two rows are", format!("row {} of {}", row.number, short(&first.file))),
        None => ("this row and a file are", "the file".to_owned()),
    };
    let shown = second.own_path().to_string();
    let number = second.row.as_ref().map_or(0, |row| row.number);
    Diagnostic::new(&codes::SAME_PAGE, format!("{what} the same page, {shown}"))
        .at(&second.file, place(second))
        .label(format!("row {number}"))
        .other(&first.file, place(first), label)
        .help("remove one of them; if they are two pages, give one another name in the column `file`; if they are versions in two languages, fill in the column `language`")
}

fn short(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// Whether a file's first line reads as the headings of a table of pages.
pub fn looks_like_pages(header: &str) -> bool {
    let mut cells = header.trim_start_matches('\u{feff}').split([',', ';', '\t']);
    cells.any(|cell| spreadsheet::plain_heading(cell.trim().trim_matches('"')) == "title")
}

/// A word of the folder's page about its table, with its place.
fn at_option(place: &Place<'_>, written: &At<String>, message: String, help: String) -> Diagnostic {
    Diagnostic::new(&codes::TABLE_HEADING, message).at(place.named_in, written.span).help(help)
}
