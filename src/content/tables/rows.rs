//! The rows of a CSV file as pages.

use super::headings::{self, Column, Headings, Part, Role};
use super::{Place, name};
use crate::content::document::{of_row, parse_values};
use crate::content::{Document, Kind, Row, markdown_options, signatories};
use crate::decode::{Context, Key, Node, Table, Value};
use crate::diagnostic::{Diagnostic, codes};
use crate::markdown;
use crate::source::Span;
use crate::spreadsheet::{self, Cell, Sheet, SheetRow, cell_mistake, column_letters};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The pages of a CSV file, in the order of its rows.
pub fn read(place: &Place<'_>, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Document> {
    let sheet = spreadsheet::read(text, &place.file, diagnostics);
    let Some(header) = sheet.row(0) else {
        diagnostics.push(
            Diagnostic::new(&codes::TABLE_UNREADABLE, "this table is empty")
                .in_file(&place.file)
                .help("its first row names the columns, such as title,place,location.lat,location.lon"),
        );
        return Vec::new();
    };
    let kinds = kinds(place, &sheet, header);
    let headings = headings::read(place, header, &kinds, diagnostics);
    let table = TableOfPages { place, headings: &headings, header, text };
    let found: Vec<(Document, Vec<Diagnostic>)> = (1..sheet.len())
        .into_par_iter()
        .with_min_len(16)
        .filter_map(|index| sheet.row(index))
        .map(|row| table.page(row))
        .collect();
    let mut pages = Vec::with_capacity(found.len());
    for (page, mistakes) in found {
        pages.push(page);
        diagnostics.extend(mistakes);
    }
    pages
}

/// The kind of the folder, and those that a column `kind` names.
fn kinds(place: &Place<'_>, sheet: &Sheet<'_>, header: SheetRow<'_, '_>) -> Vec<Kind> {
    let top = place.folder.split('/').next().unwrap_or("");
    let own = Kind::of_folder(top);
    let plain = |text: &str| spreadsheet::plain_heading(text);
    let renamed = place.options.columns.0.iter().find(|(_, key)| plain(&key.value) == "kind");
    let wanted = renamed.map_or_else(|| "kind".to_owned(), |(heading, _)| plain(&heading.value));
    let Some(column) = header.cells.iter().position(|cell| plain(&cell.text) == wanted) else { return vec![own] };
    let mut kinds = Vec::new();
    for row in (1..sheet.len()).filter_map(|index| sheet.row(index)) {
        let cell = row.cells.get(column).filter(|cell| !cell.is_empty());
        let kind = cell.map_or(Some(own), |cell| Kind::from_word(&cell.text.to_lowercase()));
        if let Some(kind) = kind.filter(|kind| *kind != Kind::Section && !kinds.contains(kind)) {
            kinds.push(kind);
        }
    }
    if kinds.is_empty() { vec![own] } else { kinds }
}

/// A CSV file whose headings are known.
struct TableOfPages<'a, 't> {
    place: &'a Place<'a>,
    headings: &'a Headings,
    header: SheetRow<'a, 't>,
    text: &'t str,
}

impl TableOfPages<'_, '_> {
    fn page(&self, row: SheetRow<'_, '_>) -> (Document, Vec<Diagnostic>) {
        let mut mistakes = Vec::new();
        let mut page = self.decode(row, &mut mistakes);
        signatories::keep(&mut page, self.place.config, self.place.world, &mut mistakes);
        if let Some(cell) = self.cell(row, &Role::Body) {
            self.set_body(&mut page, cell, &mut mistakes);
        }
        signatories::check_text(&page, &mut mistakes);
        parse_values(&mut page, self.text, self.place.config, &mut mistakes);
        for mistake in &mut mistakes {
            self.name_cell(mistake, row);
        }
        (page, mistakes)
    }

    /// The page without its texts.
    fn decode(&self, row: SheetRow<'_, '_>, mistakes: &mut Vec<Diagnostic>) -> Document {
        let Place { file, language, options, config, .. } = self.place;
        self.check_length(row, mistakes);
        let written = self.cell(row, &Role::Language);
        let language = written.map_or(Some(*language), |cell| name::language(self.place, &cell.text));
        let language = language.unwrap_or_else(|| {
            let cell = written.map_or(row.span, |cell| cell.span);
            mistakes.push(self.unknown_language(cell));
            self.place.language
        });
        let own_name = self.own_name(row, language, mistakes);
        let (path, stands_for) =
            name::path(self.place, own_name.as_deref().unwrap_or(&format!("row-{}", row.number)), language);
        let told = mistakes.iter().any(Diagnostic::is_error);
        let before = mistakes.len();
        let mut cx = Context::new(file, mistakes);
        cx.set_cells(options.dates);
        let (table, refused) = self.front_matter(row, &mut cx);
        let origin = (Row { stands_for, number: row.number }, row.span);
        let mut page = of_row(file, path, origin, &table, config, &mut cx);
        page.broken |= told || cx.diagnostics[before..].iter().any(Diagnostic::is_error);
        // A column that the whole table lacks has been told of once, and so has a cell that cannot be read.
        self.headings.missing.iter().copied().chain(refused).for_each(|key| cx.take_back_missing(key));
        page
    }

    /// The cell of a row in the column of a role, if it is not empty.
    fn cell<'s, 't>(&self, row: SheetRow<'s, 't>, role: &Role) -> Option<&'s Cell<'t>> {
        let index = self.headings.columns.iter().position(|column| column.role == *role)?;
        row.cells.get(index).filter(|cell| !cell.is_empty())
    }

    fn check_length(&self, row: SheetRow<'_, '_>, mistakes: &mut Vec<Diagnostic>) {
        let columns = self.header.cells.len();
        let Some(cell) = row.cells.iter().skip(columns).find(|cell| !cell.is_empty()) else { return };
        let message = format!("this row has {} cells, but the table has {columns} headings", row.cells.len());
        mistakes.push(
            Diagnostic::new(&codes::TABLE_ROW, message)
                .at(&self.place.file, cell.span)
                .help("a cell that holds the separator needs quotation marks around it, which spreadsheets write by themselves; or give the column a heading"),
        );
    }

    fn unknown_language(&self, span: Span) -> Diagnostic {
        let known: Vec<&str> = self.place.config.languages.iter().map(|language| language.code.as_str()).collect();
        Diagnostic::new(&codes::UNKNOWN_LANGUAGE, "this language is not set up").at(&self.place.file, span).help(
            format!(
                "the site's languages are {}; further ones are set up in {}",
                known.join(", "),
                self.place.config.file
            ),
        )
    }

    /// The name of the file that the row stands for: from the column `file`, else from the slug or the title.
    fn own_name(&self, row: SheetRow<'_, '_>, language: &str, mistakes: &mut Vec<Diagnostic>) -> Option<String> {
        let mut refuse = |span: Span, message: String| {
            mistakes.push(Diagnostic::new(&codes::TABLE_PAGE_NAME, message).at(&self.place.file, span).help(
                "write a name such as leeds into the column `file`: the page is then the same as a file leeds.md",
            ));
            None
        };
        if let Some(cell) = self.cell(row, &Role::File) {
            return name::written(&cell.text)
                .or_else(|why| {
                    refuse(cell.span, format!("\"{}\" cannot be the name of a file: {why}", cell.text)).ok_or(())
                })
                .ok();
        }
        let key = |key: &str| self.cell(row, &Role::Key(vec![Part::Name(key.to_owned())]));
        let cell = key("slug").or_else(|| key("title"))?;
        name::from_title(&cell.text, language)
            .or_else(|| refuse(cell.span, format!("no name for a file can be made of \"{}\"", cell.text)))
    }

    /// The cells as the table that front matter would be, and the keys whose cells cannot be read.
    fn front_matter<'s>(&'s self, row: SheetRow<'s, '_>, cx: &mut Context<'_>) -> (Table<'s>, Vec<&'s str>) {
        let mut table = Table { entries: Vec::with_capacity(row.cells.len()) };
        let mut refused = Vec::new();
        let mut nested: Vec<(&str, Span, Tree<'s>)> = Vec::new();
        for (column, cell) in self.headings.columns.iter().zip(row.cells).filter(|(_, cell)| !cell.is_empty()) {
            let Role::Key(parts) = &column.role else { continue };
            if let Some((message, help)) = cell_mistake(&cell.text) {
                cx.report(&codes::TABLE_CELL, cell.span, message).help = Some(help.to_owned());
                refused.push(column.name.as_str());
                continue;
            }
            let node = Node { span: cell.span, value: Value::Cell(Cow::Borrowed(&cell.text)) };
            match parts.as_slice() {
                [Part::Name(name)] => {
                    table.entries.push((Key { name: Cow::Borrowed(name), span: cell.span }, node));
                }
                [Part::Name(name), rest @ ..] => {
                    let at = nested.iter().position(|(known, ..)| *known == name.as_str()).unwrap_or_else(|| {
                        nested.push((name, cell.span, Tree::default()));
                        nested.len() - 1
                    });
                    nested[at].2.insert(rest, node);
                }
                _ => {}
            }
        }
        for (name, span, tree) in nested {
            table.entries.push((Key { name: Cow::Borrowed(name), span }, tree.node(span)));
        }
        (table, refused)
    }

    fn set_body(&self, page: &mut Document, cell: &Cell<'_>, mistakes: &mut Vec<Diagnostic>) {
        let file = &self.place.file;
        let options = markdown_options(self.place.config, &page.path.language);
        if cell.is_as_written() {
            page.body = markdown::parse(&cell.text, cell.span.start, file, &options, mistakes);
            return;
        }
        let places = cell.places(self.text);
        let mut found = Vec::new();
        let mut body = markdown::parse(&cell.text, 0, file, &options, &mut found);
        body.move_places(&|span| places.in_file(span));
        for mut mistake in found {
            mistake.span = mistake.span.map(|span| places.in_file(span));
            for other in &mut mistake.others {
                other.span = places.in_file(other.span);
            }
            mistakes.push(mistake);
        }
        page.body = body;
    }

    /// Says in which row and column a mistake lies.
    fn name_cell(&self, mistake: &mut Diagnostic, row: SheetRow<'_, '_>) {
        let own = mistake.file.as_ref() == Some(&self.place.file) && mistake.label.is_empty();
        let Some(span) = mistake.span.filter(|_| own) else { return };
        let holds = |cell: &Cell<'_>| cell.span.start <= span.start && span.end <= cell.span.end && !cell.is_empty();
        let is_missing = mistake.code == &codes::MISSING_KEY;
        mistake.label = match row.cells.iter().position(holds).filter(|_| !is_missing) {
            Some(index) => {
                let heading = self.headings.columns.get(index).map_or("", |column: &Column| &column.name);
                let heading = if heading.is_empty() { String::new() } else { format!(" ({heading})") };
                format!("row {}, column {}{heading}", row.number, column_letters(index))
            }
            None => format!("row {}", row.number),
        };
    }
}

/// Keys below a key: tables and lists that are put together from several columns.
#[derive(Default)]
struct Tree<'s> {
    value: Option<Node<'s>>,
    names: Vec<(&'s str, Span, Tree<'s>)>,
    items: BTreeMap<u32, Tree<'s>>,
}

impl<'s> Tree<'s> {
    fn insert(&mut self, parts: &'s [Part], node: Node<'s>) {
        match parts {
            [] => self.value = Some(node),
            [Part::Item(number), rest @ ..] => self.items.entry(*number).or_default().insert(rest, node),
            [Part::Name(name), rest @ ..] => {
                let at = self.names.iter().position(|(known, ..)| *known == name.as_str()).unwrap_or_else(|| {
                    self.names.push((name, node.span, Tree::default()));
                    self.names.len() - 1
                });
                self.names[at].2.insert(rest, node);
            }
        }
    }

    /// `span` is the first cell's.
    fn node(self, span: Span) -> Node<'s> {
        if let Some(node) = self.value {
            return node;
        }
        if !self.items.is_empty() {
            let items = self.items.into_values().map(|item| {
                let first = item.first().unwrap_or(span);
                item.node(first)
            });
            return Node { span, value: Value::Array(items.collect()) };
        }
        let entries = self.names.into_iter().map(|(name, span, tree)| {
            let key = Key { name: Cow::Borrowed(name), span };
            (key, tree.node(span))
        });
        Node { span, value: Value::Table(Table { entries: entries.collect() }) }
    }

    fn first(&self) -> Option<Span> {
        let own = self.value.as_ref().map(|node| node.span);
        own.or_else(|| self.names.first().map(|(_, span, _)| *span))
    }
}
