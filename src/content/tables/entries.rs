//! The entries of a TOML file as pages: `[[group]]`, then the keys of front matter.

use super::{Place, name};
use crate::content::document::{is_page_key, of_row, parse_values};
use crate::content::{Document, Row, markdown_options, signatories};
use crate::decode::{Context, Key, Node, Table, Value, parse};
use crate::diagnostic::{Diagnostic, codes};
use crate::markdown;
use crate::source::Span;

/// The keys that are no front matter.
#[derive(Default)]
struct Own<'t> {
    file: Option<Node<'t>>,
    language: Option<Node<'t>>,
    body: Option<Node<'t>>,
}

/// The pages of a TOML file, in the order of its entries.
pub fn read(place: &Place<'_>, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Document> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut cx = Context::new(&place.file, diagnostics);
    let table = parse(text.get(start..).unwrap_or_default(), start as u32, &mut cx);
    let mut entries = Vec::new();
    for (key, node) in table.entries {
        match node.value {
            Value::Array(items) if items.iter().all(|item| matches!(item.value, Value::Table(_))) => {
                entries.extend(items.into_iter().filter_map(|item| match item.value {
                    Value::Table(table) => Some((item.span, table)),
                    _ => None,
                }));
            }
            _ => not_a_list(&key, &mut cx),
        }
    }
    entries.sort_by_key(|(span, _)| *span);
    if entries.is_empty() && diagnostics.iter().all(|problem| problem.file.as_ref() != Some(&place.file)) {
        diagnostics.push(
            Diagnostic::new(&codes::TABLE_UNREADABLE, "this table is empty")
                .in_file(&place.file)
                .help("each page begins with a line such as [[group]], and its keys follow: title = \"Leeds\""),
        );
    }
    let numbered = entries.into_iter().zip(1..);
    numbered.map(|(entry, number)| page(place, text, entry, number, diagnostics)).collect()
}

fn not_a_list(key: &Key<'_>, cx: &mut Context<'_>) {
    let message = format!("`{}` is no list of pages", key.name);
    cx.report(&codes::UNKNOWN_KEY, key.span, message).help = Some(
        "each page begins with a line in two pairs of brackets, such as [[group]], and its keys follow".to_owned(),
    );
}

fn page(
    place: &Place<'_>,
    text: &str,
    (at, mut table): (Span, Table<'_>),
    number: u32,
    diagnostics: &mut Vec<Diagnostic>,
) -> Document {
    let own = take_own(&mut table);
    let before = diagnostics.len();
    let mut cx = Context::new(&place.file, diagnostics);
    cx.set_outermost_keys(is_page_key);
    let (language, own_name) = whose(place, &own, &table, &mut cx);
    let row_name = own_name.unwrap_or_else(|| format!("row-{number}"));
    let (path, stands_for) = name::path(place, &row_name, &language);
    let mut page = of_row(&place.file, path, (Row { stands_for, number }, at), &table, place.config, &mut cx);
    page.broken |= diagnostics[before..].iter().any(Diagnostic::is_error);
    signatories::keep(&mut page, place.config, place.world, diagnostics);
    if let Some((body, span)) = own.body.as_ref().and_then(|node| Some((node.value.text()?, node.span))) {
        let options = markdown_options(place.config, &page.path.language);
        let mut found = Vec::new();
        page.body = markdown::parse(body, 0, &place.file, &options, &mut found);
        // Values are parsed apart from their quotation marks.
        let exact = text.get(span.range()).and_then(|written| written.find(body));
        let in_file = |inner: Span| exact.map_or(span, |at| inner.shifted(span.start + at as u32));
        page.body.move_places(&in_file);
        for mut mistake in found {
            mistake.span = mistake.span.map(in_file);
            mistake.others.iter_mut().for_each(|other| other.span = in_file(other.span));
            diagnostics.push(mistake);
        }
    }
    parse_values(&mut page, text, place.config, diagnostics);
    page
}

/// Takes out the keys that are no front matter.
fn take_own<'t>(table: &mut Table<'t>) -> Own<'t> {
    let mut own = Own::default();
    let entries = std::mem::take(&mut table.entries);
    for (key, node) in entries {
        match key.name.as_ref() {
            "file" => own.file = Some(node),
            "language" => own.language = Some(node),
            "body" | "text" if own.body.is_none() => own.body = Some(node),
            _ => table.entries.push((key, node)),
        }
    }
    own
}

/// The language of an entry, and the name of the file that it stands for.
fn whose(place: &Place<'_>, own: &Own<'_>, table: &Table<'_>, cx: &mut Context<'_>) -> (String, Option<String>) {
    for node in [&own.file, &own.language, &own.body].into_iter().flatten() {
        if node.value.text().is_none() {
            let message = format!("expected text, found {}", node.value.described());
            cx.report(&codes::WRONG_TYPE, node.span, message).help = Some("put it in quotation marks".to_owned());
        }
    }
    let mut language = place.language.to_owned();
    if let Some((written, span)) = own.language.as_ref().and_then(|node| Some((node.value.text()?, node.span))) {
        match name::language(place, written.trim()) {
            Some(known) => known.clone_into(&mut language),
            None => {
                let known: Vec<&str> = place.config.languages.iter().map(|language| language.code.as_str()).collect();
                let message = format!("the language \"{written}\" is not set up");
                cx.report(&codes::UNKNOWN_LANGUAGE, span, message).help =
                    Some(format!("the site's languages are {}", known.join(", ")));
            }
        }
    }
    let named = own.file.as_ref().and_then(|node| Some((name::written(node.value.text()?), node.span)));
    if let Some((name, span)) = named {
        if let Err(why) = &name {
            cx.report(&codes::TABLE_PAGE_NAME, span, format!("this cannot be the name of a file: {why}")).help =
                Some("write a name such as leeds: the page is then the same as a file leeds.md".to_owned());
        }
        return (language, name.ok());
    }
    let written = |key: &str| table.get(key).and_then(|node| Some((node.value.text()?, node.span)));
    let title = written("slug").or_else(|| written("title"));
    let name = title.and_then(|(title, span)| {
        let name = name::from_title(title, &language);
        if name.is_none() {
            cx.report(&codes::TABLE_PAGE_NAME, span, format!("no name for a file can be made of \"{title}\"")).help =
                Some("add a line `file = \"…\"` with a name such as leeds".to_owned());
        }
        name
    });
    (language, name)
}
