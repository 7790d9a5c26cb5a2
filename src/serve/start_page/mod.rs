//! The page for editors: all that the site has, what is held back and until when, what is wrong, what is not translated,
//! and how it looks on a phone.

mod html;
mod rows;

#[cfg(test)]
mod tests;

use super::content_type;
use super::http::parameter;
use super::live::State;
use super::look::Page;
use html::Writer;
use rayon::prelude::*;
use rows::Row;

/// Where it stands.
pub const PATH: &str = "/_handbill/";

/// Its style sheet.
pub const STYLE: &str = include_str!("start.css");

/// How many rows of a kind the first page has, and how many a page of one kind.
const FEW: usize = 12;
const MANY: usize = 200;

/// The page for a path with its query: `kind` and `page` show one kind, `q` what holds a text, first in its title or
/// file's name, then in what it says.
pub fn page(state: &State, path: &str) -> Page {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let Some(edition) = &state.edition else {
        let html = html::without_site(&state.problems.list);
        return Page::new(200, content_type::HTML, html.into());
    };
    let site = edition.site();
    let rows = rows::collect(site, &state.problems.list);
    let mut writer = Writer::new(site, &state.problems.list);
    let wanted = parameter(query, "q").map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let kind = parameter(query, "kind").filter(|kind| rows.iter().any(|row| row.kind.word() == *kind));
    let number = parameter(query, "page").and_then(|number| number.parse().ok()).unwrap_or(1_usize);
    writer.head(&rows, wanted.as_deref());
    match (wanted, kind) {
        (Some(text), _) => {
            let lowered = text.to_lowercase();
            let (named, others): (Vec<&Row<'_>>, Vec<&Row<'_>>) =
                rows.par_iter().partition(|row| row.is_named(&lowered));
            let saying = others.into_par_iter().filter(|row| row.says(&lowered));
            let found: Vec<&Row<'_>> = named.into_par_iter().chain(saying).collect();
            writer.found(&text, &found, MANY);
        }
        (None, Some(kind)) => {
            let of_kind: Vec<&Row<'_>> = rows.iter().filter(|row| row.kind.word() == kind).collect();
            writer.of_kind(&of_kind, number, MANY);
        }
        (None, None) => {
            writer.overview();
            writer.problems(&state.problems.panel);
            writer.coming(&rows, FEW, MANY);
            writer.drafts(&rows, FEW, MANY);
            writer.untranslated(&rows, FEW, MANY);
            writer.all(&rows, FEW);
        }
    }
    Page::new(200, content_type::HTML, writer.finish().into())
}
