//! `handbill list --missing`: what has no version in a language, or one that is older than its original.

use super::{Row, format, unpublished};
use crate::cli::args::{List, ListFormat, Shared};
use crate::cli::table::{self, Yields};
use crate::cli::{kinds, report};
use crate::site::{Hidden, LanguageId, PageId, Site, file_of_version};
use serde::Serialize;
use std::collections::HashMap;

/// What a language lacks. These names are the ones of the JSON and of the CSV.
#[derive(Debug, Serialize)]
struct Lacking {
    language: String,
    /// `missing`, `older`, or why the version that there is is not published.
    state: &'static str,
    kind: &'static str,
    /// The original's.
    title: String,
    original: String,
    /// When the original was last changed, as far as it says.
    changed: Option<String>,
    /// The version, or the file that it would have.
    file: String,
    /// What readers of the language get in its place: `listed`, `published` or nothing.
    fallback: Option<&'static str>,
}

pub fn list(site: &Site, shared: &Shared, args: &List, language: Option<LanguageId>) -> anyhow::Result<()> {
    let hidden: HashMap<String, Hidden> =
        site.hidden().into_iter().map(|(why, document)| (document.file.to_string(), why)).collect();
    let asked = site.lacks().into_iter().filter(|lack| {
        let kind = site.page(lack.original).document.details.kind();
        language.is_none_or(|language| lack.language == language) && args.kind.is_none_or(|asked| asked == kind)
    });
    let mut lacking: Vec<(LanguageId, usize, Lacking)> = asked
        .map(|lack| {
            let document = &site.page(lack.original).document;
            let row: Row = unpublished(document, &site.config.timezone, &site.config.timezone);
            let file = match lack.version {
                Some(version) => site.page(version).document.file.to_string(),
                None => file_of_version(&site.config, &document.path.stem, lack.language),
            };
            let state = match (lack.version, hidden.get(&file)) {
                (Some(_), _) => "older",
                (None, Some(why)) => super::status(*why),
                (None, None) => "missing",
            };
            let updated = document.common.updated.as_ref().map(|at| super::written(at.value, &site.config.timezone));
            let lacking = Lacking {
                language: site.language(lack.language).code.clone(),
                state,
                kind: row.kind,
                title: row.title,
                original: row.file,
                changed: updated.or(row.date),
                file,
                fallback: fallback(site, lack.original, lack.language).filter(|_| lack.version.is_none()),
            };
            (lack.language, kinds::rank(document.details.kind()), lacking)
        })
        .collect();
    lacking.sort_by(|a, b| (a.0, a.1, &a.2.original).cmp(&(b.0, b.1, &b.2.original)));
    let lacking: Vec<Lacking> = lacking.into_iter().map(|(.., lacking)| lacking).collect();
    match format(args) {
        ListFormat::Table if lacking.is_empty() => {
            if !shared.quiet {
                report::say(if site.config.languages.len() < 2 {
                    "The site has one language."
                } else {
                    "Nothing is missing, and nothing is older than its original."
                });
            }
        }
        ListFormat::Table => report::print(&as_table(&lacking))?,
        ListFormat::Json => report::print(&format!("{}\n", serde_json::to_string_pretty(&lacking)?))?,
        ListFormat::Csv => report::print(&as_csv(&lacking)?)?,
    }
    Ok(())
}

/// What stands in for a version that is missing.
fn fallback(site: &Site, original: PageId, language: LanguageId) -> Option<&'static str> {
    if site.page(original).stands_in.has(language) {
        return Some("listed");
    }
    let copies = |id: &PageId| site.page(*id).is_fallback && site.page(*id).language == language;
    site.versions(original).iter().any(copies).then_some("published")
}

fn as_table(lacking: &[Lacking]) -> String {
    let head = ["LANGUAGE", "STATE", "TITLE", "CHANGED", "FILE", "SHOWN INSTEAD"];
    let cells: Vec<Vec<String>> = lacking
        .iter()
        .map(|row| {
            let changed = row.changed.as_deref().map(super::as_short_time).unwrap_or_default();
            let instead = match row.fallback {
                Some("listed") => "the original in lists",
                Some(_) => "the original's text",
                None => "",
            };
            let state = row.state.to_owned();
            vec![row.language.clone(), state, row.title.clone(), changed, row.file.clone(), instead.to_owned()]
        })
        .collect();
    let yielding =
        [Yields { column: 2, least: 20, keeps_end: false }, Yields { column: 4, least: 20, keeps_end: true }];
    table::render(&head, &cells, report::width(), &yielding)
}

fn as_csv(lacking: &[Lacking]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["language", "state", "kind", "title", "original", "changed", "file", "fallback"])?;
    for row in lacking {
        let changed = row.changed.as_deref().unwrap_or_default();
        let fallback = row.fallback.unwrap_or_default();
        writer.write_record([
            &row.language,
            row.state,
            row.kind,
            &row.title,
            &row.original,
            changed,
            &row.file,
            fallback,
        ])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
