use crate::diagnostic::{Diagnostic, codes};
use crate::source::FileRef;
use crate::spreadsheet::{self, SheetRow, column_letters};
use serde_json::{Map, Value as Json};

/// The rows of comma-separated values: tables by the headings, or lists.
pub fn read(text: &str, file: &FileRef, headings: bool, mistakes: &mut Vec<Diagnostic>) -> Json {
    let sheet = spreadsheet::read(text, file, mistakes);
    let rows = (0..sheet.len()).filter_map(|index| sheet.row(index));
    let list =
        |row: SheetRow<'_, '_>| Json::Array(row.cells.iter().map(|cell| Json::String(cell.text.to_string())).collect());
    if !headings {
        return Json::Array(rows.map(list).collect());
    }
    let Some(header) = sheet.row(0) else { return Json::Array(Vec::new()) };
    let names: Vec<String> = header.cells.iter().map(|cell| cell.text.to_string()).collect();
    for (index, cell) in header.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        if let Some(first) = names.iter().position(|name| *name == cell.text).filter(|first| *first < index) {
            mistakes.push(
                Diagnostic::new(&codes::DATA_MISTAKE, format!("the heading \"{}\" stands twice", cell.text))
                    .at(file, cell.span)
                    .other(file, header.cells[first].span, "the first")
                    .help("rename one of the two columns"),
            );
        }
    }
    let table = |row: SheetRow<'_, '_>| {
        // A row has every column, so that templates need not ask whether it is there.
        let mut table: Map<String, Json> = names
            .iter()
            .filter(|name| !name.is_empty())
            .map(|name| (name.clone(), Json::String(String::new())))
            .collect();
        for (index, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            match names.get(index).filter(|name| !name.is_empty()) {
                Some(name) => _ = table.insert(name.clone(), Json::String(cell.text.to_string())),
                None => mistakes.push(
                    Diagnostic::new(
                        &codes::DATA_MISTAKE,
                        format!("the column {} of this cell has no heading", column_letters(index)),
                    )
                    .at(file, cell.span)
                    .label(format!("row {}", row.number))
                    .help("give the column a heading in the first row; a cell that holds a comma needs quotation marks around it"),
                ),
            }
        }
        Json::Object(table)
    };
    Json::Array(rows.skip(1).map(table).collect())
}
