//! Those who signed a statement: in its front matter, or in a CSV file beside it.

use super::{Details, Document, Signatories, Signatory, same_name};
use crate::config::Config;
use crate::decode::{At, Context, Key, Node, Record, Table, TableReader, Value};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span, World};
use crate::spreadsheet::{self, Cell, SheetRow, cell_mistake, column_letters, plain_heading};
use std::borrow::Cow;
use std::collections::HashSet;

/// Columns that say yes or no.
const YES_OR_NO: &[&str] = &["consent", "founder", "withdrawn"];

/// So many names that are left out are told one by one.
const MOST_TOLD: usize = 20;

/// Keeps those who signed and may be named: with consent where it is asked for, and not withdrawn.
pub fn keep(document: &mut Document, config: &Config, world: &dyn World, diagnostics: &mut Vec<Diagnostic>) {
    let Details::Statement(statement) = &mut document.details else {
        return;
    };
    let asked = statement.require_consent.or(config.statements.require_consent).unwrap_or(true);
    let (file, all) = match std::mem::take(&mut statement.signatories) {
        Signatories::Inline(all) => (document.file.clone(), all),
        Signatories::File(name) => {
            let path: Option<FileRef> = document.beside(&name.value).map(Into::into);
            let all = read_file(path.as_ref(), &document.file, &name, asked, world, diagnostics);
            if let Details::Statement(statement) = &mut document.details {
                statement.signatories = Signatories::File(name);
            }
            (path.unwrap_or_else(|| document.file.clone()), all)
        }
    };
    // Who signed twice and took their name back once has taken it back.
    let withdrawn: HashSet<String> =
        all.iter().filter(|one| one.withdrawn).map(|one| same_name(&one.name.value)).collect();
    let mut left_out = LeftOut { file: &file, told: 0, untold: None, diagnostics };
    for signatory in all {
        if signatory.withdrawn || signatory.name.value.trim().is_empty() {
            continue;
        }
        if !withdrawn.is_empty() && withdrawn.contains(&same_name(&signatory.name.value)) {
            left_out.tell(
                signatory.name.span,
                "this name is left out: another line of the same name is withdrawn",
                "remove this line too; if they are two people, write one of the names in full",
            );
        } else if asked && !signatory.consent {
            left_out.tell(
                signatory.name.span,
                "this name is left out: no consent is recorded",
                "a signature tells a political opinion; add consent = true when the person agreed to be named",
            );
        } else {
            document.signatories.push(signatory);
        }
    }
    left_out.finish();
    document.withdrawn = withdrawn.into_iter().collect();
    document.withdrawn.sort_unstable();
}

/// Warns where the text of a statement names someone who took their name back.
pub fn check_text(document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    // A single word may be any other word of the text.
    let mut names = document.withdrawn.iter().filter(|name| name.contains(' ')).peekable();
    if names.peek().is_none() {
        return;
    }
    let text = same_name(&document.body.plain_text());
    if names.any(|name| text.contains(name.as_str())) {
        diagnostics.push(
            Diagnostic::new(&codes::NO_CONSENT, "the text names someone who took their name back")
                .at(&document.file, document.common.title.span)
                .help("take the name out of the text, too; it is left out everywhere else"),
        );
    }
}

/// Tells which names are left out: the first one by one, the rest in one word.
struct LeftOut<'d> {
    file: &'d FileRef,
    told: usize,
    /// How many more, and the first of them.
    untold: Option<(usize, Span)>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl LeftOut<'_> {
    fn tell(&mut self, span: Span, message: &str, help: &str) {
        if self.told >= MOST_TOLD {
            let (count, _) = self.untold.get_or_insert((0, span));
            *count += 1;
            return;
        }
        self.told += 1;
        self.diagnostics.push(Diagnostic::new(&codes::NO_CONSENT, message).at(self.file, span).help(help));
    }

    fn finish(self) {
        let Some((count, span)) = self.untold else { return };
        let message = match count {
            1 => "from here on, one more name is left out".to_owned(),
            count => format!("from here on, {count} more names are left out"),
        };
        self.diagnostics.push(
            Diagnostic::new(&codes::NO_CONSENT, message)
                .at(self.file, span)
                .help("no consent is recorded for them, or they are withdrawn in another line"),
        );
    }
}

/// Reads the file; its first row names the columns, which are the keys of a signatory.
fn read_file(
    path: Option<&FileRef>,
    document: &FileRef,
    name: &At<String>,
    asked: bool,
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
    let Ok(bytes) = world.read(path) else {
        diagnostics.push(
            Diagnostic::new(&codes::MISSING_FILE, format!("the file \"{}\" cannot be read", name.value))
                .at(document, name.span)
                .help("check that you may read it"),
        );
        return Vec::new();
    };
    let text = spreadsheet::text(path, &bytes, diagnostics);
    text.map(|text| read_text(text, path, asked, diagnostics)).unwrap_or_default()
}

fn read_text(text: &str, path: &FileRef, asked: bool, diagnostics: &mut Vec<Diagnostic>) -> Vec<Signatory> {
    let sheet = spreadsheet::read(text, path, diagnostics);
    let Some(header) = sheet.row(0) else { return Vec::new() };
    let mut cx = Context::new(path, diagnostics);
    cx.set_cells(Default::default());
    let columns: Vec<String> = header.cells.iter().map(|cell| plain_heading(&cell.text)).collect();
    check_columns(&columns, header, &mut cx);
    let mut signatories = Vec::with_capacity(sheet.len());
    for row in (1..sheet.len()).filter_map(|index| sheet.row(index)) {
        if row.cells.len() > columns.len() {
            let message = format!("this line has {} cells, but there are {} columns", row.cells.len(), columns.len());
            let span = row.cells.get(columns.len()).map_or(row.span, |cell| cell.span);
            cx.report(&codes::BAD_VALUE, span, message).help =
                Some("a cell that holds the separator needs quotation marks around it".to_owned());
            continue;
        }
        signatories.extend(read_row(&columns, row, &mut cx));
    }
    // A list in which nobody is asked for consent says one thing of all of them.
    if asked && !columns.iter().any(|column| column == "consent") && signatories.iter().any(|one| !one.withdrawn) {
        let message = "no name of this list is published: it has no column `consent`";
        cx.report(&codes::NO_CONSENT, header.span, message).help = Some(
            "a signature tells a political opinion: add a column `consent` with yes for each who agreed to be named, or write require_consent = false into the statement where all have"
                .to_owned(),
        );
        signatories.retain(|one| one.withdrawn);
    }
    signatories
}

fn check_columns(columns: &[String], header: SheetRow<'_, '_>, cx: &mut Context<'_>) {
    let known: Vec<&str> = Signatory::KEYS.iter().map(|field| field.name).collect();
    for (index, (column, cell)) in columns.iter().zip(header.cells).enumerate() {
        if column.is_empty() || cell.text.starts_with('#') {
            continue;
        }
        if columns.iter().position(|other| other == column) != Some(index) {
            let message = format!("the column `{column}` stands twice");
            cx.report(&codes::TABLE_HEADING, cell.span, message).help =
                Some("rename one of them, or let its heading begin with #".to_owned());
        } else if !known.contains(&column.as_str()) {
            let key = Key { name: Cow::Borrowed(column.as_str()), span: cell.span };
            let told = cx.diagnostics.len();
            crate::decode::unknown_key(&key, &known, cx);
            for problem in cx.diagnostics.iter_mut().skip(told) {
                let help = problem.help.get_or_insert_default();
                help.push_str("; a column that is not for the site gets a heading that begins with #");
            }
        }
    }
}

fn read_row(columns: &[String], row: SheetRow<'_, '_>, cx: &mut Context<'_>) -> Option<Signatory> {
    let mut table = Table::default();
    let mut refused = Vec::new();
    let cells = columns.iter().zip(row.cells).enumerate().filter(|(_, (_, cell))| !cell.is_empty());
    for (index, (column, cell)) in cells {
        let known = Signatory::KEYS.iter().any(|field| field.name == column);
        if !known || table.get(column).is_some() {
            continue;
        }
        match value(column, cell, (index, row), cx) {
            Some(value) => {
                let key = Key { name: Cow::Borrowed(column.as_str()), span: cell.span };
                table.entries.push((key, Node { span: cell.span, value }));
            }
            None => refused.push(column.as_str()),
        }
    }
    let mut reader = TableReader::new(&table, row.span);
    let signatory = Signatory::read(&mut reader, cx);
    // A cell that cannot be read has been told of.
    refused.into_iter().for_each(|key| cx.take_back_missing(key));
    (!signatory.name.value.is_empty()).then_some(signatory)
}

fn value<'c>(
    column: &str,
    cell: &'c Cell<'_>,
    (index, row): (usize, SheetRow<'_, '_>),
    cx: &mut Context<'_>,
) -> Option<Value<'c>> {
    let label = || format!("row {}, column {} ({column})", row.number, column_letters(index));
    if let Some((message, help)) = cell_mistake(&cell.text) {
        let problem = cx.report(&codes::TABLE_CELL, cell.span, message);
        (problem.label, problem.help) = (label(), Some(help.to_owned()));
        return None;
    }
    if !YES_OR_NO.contains(&column) {
        return Some(Value::Cell(Cow::Borrowed(&cell.text)));
    }
    let truth = crate::decode::truth(&cell.text).or_else(|| {
        // A date counts as yes: that is when the person agreed.
        crate::decode::is_date(&cell.text).then_some(true)
    });
    if truth.is_none() {
        let message = format!("\"{}\" in the column {column} is neither yes nor no", cell.text);
        let problem = cx.report(&codes::BAD_VALUE, cell.span, message);
        (problem.label, problem.help) = (label(), Some("write yes or no, or the date of yes".to_owned()));
    }
    truth.map(Value::Bool)
}
