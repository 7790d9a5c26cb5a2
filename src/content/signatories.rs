//! Signatories in a CSV file beside their statement.

use super::Signatory;
use crate::decode::{At, Context, Key, Node, Record, Table, TableReader, Value};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span, World};
use std::borrow::Cow;

/// Columns that say yes or no.
const YES_OR_NO: &[&str] = &["consent", "founder", "withdrawn"];

/// Reads the file; its first line names the columns, which are the keys of a signatory.
pub fn read_file(
    path: Option<&FileRef>,
    document: &FileRef,
    name: &At<String>,
    world: &dyn World,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Signatory> {
    let Some(path) = path.filter(|path| world.exists(path)) else {
        diagnostics.push(
            Diagnostic::new(&codes::MISSING_FILE, format!("there is no file \"{}\" beside this page", name.value))
                .at(document, name.span)
                .help("put the CSV file in the same folder, or list the signatories here"),
        );
        return Vec::new();
    };
    let text = match world.read(path).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        _ => {
            diagnostics.push(
                Diagnostic::new(&codes::NOT_UTF8, "this file is not UTF-8 text")
                    .in_file(path)
                    .help("export it again as CSV in UTF-8"),
            );
            return Vec::new();
        }
    };
    read_text(&text, path, diagnostics)
}

fn read_text(text: &str, path: &FileRef, diagnostics: &mut Vec<Diagnostic>) -> Vec<Signatory> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let separator = separator(&text[start..]);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(&text.as_bytes()[start..]);
    let columns: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|column| column.to_lowercase().replace(' ', "_")).collect(),
        Err(_) => Vec::new(),
    };
    let mut cx = Context::new(path, diagnostics);
    let header_end = text.find('\n').unwrap_or(text.len());
    check_columns(&columns, Span::new(start, header_end), &mut cx);
    let mut signatories = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let at = start + reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                cx.report(&codes::BAD_VALUE, Span::new(at, at), format!("this line cannot be read: {error}"));
                break;
            }
        }
        let at = start + record.position().map_or(at - start, |position| position.byte() as usize);
        // The reader counts from the end of the line before, empty lines included.
        let skipped = text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let at = at + skipped;
        let line_end = text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| at + end);
        let span = Span::new(at, text.get(at..line_end).map_or(at, |line| at + line.trim_end().len()));
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() > columns.len() {
            let message = format!("this line has {} cells, but there are {} columns", record.len(), columns.len());
            cx.report(&codes::BAD_VALUE, span, message).help =
                Some("a cell that holds a comma needs quotation marks around it".to_owned());
            continue;
        }
        if let Some(signatory) = read_row(&columns, &record, span, &mut cx) {
            signatories.push(signatory);
        }
    }
    signatories
}

/// Spreadsheets write semicolons or tabs in many countries.
fn separator(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or("");
    let count = |separator: char| header.matches(separator).count();
    match (count(','), count(';'), count('\t')) {
        (commas, semicolons, tabs) if semicolons > commas && semicolons >= tabs => b';',
        (commas, _, tabs) if tabs > commas => b'\t',
        _ => b',',
    }
}

fn check_columns(columns: &[String], header: Span, cx: &mut Context<'_>) {
    let known: Vec<&str> = Signatory::KEYS.iter().map(|field| field.name).collect();
    for column in columns {
        if !known.contains(&column.as_str()) {
            let key = Key { name: Cow::Borrowed(column.as_str()), span: header };
            crate::decode::unknown_key(&key, &known, cx);
        }
    }
}

fn read_row(columns: &[String], record: &csv::StringRecord, span: Span, cx: &mut Context<'_>) -> Option<Signatory> {
    let mut table = Table::default();
    for (column, cell) in columns.iter().zip(record.iter()) {
        if cell.is_empty() || !Signatory::KEYS.iter().any(|field| field.name == column) {
            continue;
        }
        let value = if YES_OR_NO.contains(&column.as_str()) {
            match yes_or_no(cell) {
                Some(truth) => Value::Bool(truth),
                None => {
                    let message = format!("\"{cell}\" in the column {column} is neither yes nor no");
                    cx.report(&codes::BAD_VALUE, span, message).help = Some("write yes or no".to_owned());
                    continue;
                }
            }
        } else {
            Value::String(Cow::Borrowed(cell))
        };
        table.entries.push((Key { name: Cow::Borrowed(column.as_str()), span }, Node { span, value }));
    }
    let mut reader = TableReader::new(&table, span);
    let signatory = Signatory::read(&mut reader, cx);
    (!signatory.name.value.is_empty()).then_some(signatory)
}

/// A date counts as yes: that is when the person agreed.
fn yes_or_no(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        // Spreadsheets and their people write in their own languages.
        "yes" | "y" | "true" | "1" | "x" | "ja" | "oui" | "sí" | "si" | "sì" | "sim" | "tak" | "ie" | "wahr"
        | "vrai" => Some(true),
        "no" | "n" | "false" | "0" | "-" | "nein" | "non" | "nee" | "não" | "nie" | "na" | "falsch" | "faux" => {
            Some(false)
        }
        date => crate::decode::Moment::parse(date).map(|_| true),
    }
}
