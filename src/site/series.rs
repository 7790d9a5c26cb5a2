//! Series: several pages in order, such as the parts of a long article.

use super::{Page, PageId};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, codes};
use std::collections::{BTreeMap, HashMap};

/// A series in one language.
#[derive(Debug, Clone)]
pub struct Series {
    /// As its first part writes it.
    pub name: String,
    /// In order, each with its number.
    pub parts: Vec<(PageId, u32)>,
    /// How many parts there are, as far as is known: a part that is not published yet counts when a later one is numbered.
    pub total: u32,
}

/// All series, and where each page stands in its own.
#[derive(Debug, Default)]
pub struct AllSeries {
    pub all: Vec<Series>,
    by_page: HashMap<PageId, (u32, u32)>,
}

impl AllSeries {
    /// The series of a page, and the page's place among its parts.
    pub fn of(&self, page: PageId) -> Option<(&Series, usize)> {
        let (series, place) = self.by_page.get(&page)?;
        Some((self.all.get(*series as usize)?, *place as usize))
    }
}

/// Collects the series: parts with a number stand by it, those without by date and then by file.
pub fn collect(pages: &[Page], config: &Config, diagnostics: &mut Vec<Diagnostic>) -> AllSeries {
    let mut found: BTreeMap<(u8, String), Vec<PageId>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        let Some(series) = &page.document.common.series else { continue };
        let language = &config.languages[usize::from(page.language.0)];
        let slug = language.slug(&series.name.value);
        if !series.name.value.trim().is_empty() {
            found.entry((page.language.0, slug)).or_default().push(PageId(at as u32));
        }
    }
    let mut made = AllSeries::default();
    for ((..), mut ids) in found {
        let page = |id: PageId| &pages[id.0 as usize];
        let written = |id: PageId| page(id).document.common.series.as_ref().and_then(|series| series.part.as_ref());
        let date = |id: PageId| {
            let date = page(id).document.common.date.as_ref();
            date.map_or(i64::MAX, |date| date.value.timestamp(&config.timezone).as_second())
        };
        ids.sort_by_key(|id| (written(*id).map_or(u32::MAX, |part| part.value), date(*id), *id));
        let mut parts: Vec<(PageId, u32)> = Vec::with_capacity(ids.len());
        for id in ids {
            let before = parts.last().map_or(0, |(_, number)| *number);
            let number = match written(id) {
                Some(part) if part.value > before => part.value,
                Some(part) => {
                    report(page(id), part.span, part.value, parts.last().map(|(id, _)| page(*id)), diagnostics);
                    before + 1
                }
                None => before + 1,
            };
            parts.push((id, number));
        }
        let Some((first, _)) = parts.first().copied() else { continue };
        let name = page(first).document.common.series.as_ref().map(|series| series.name.value.trim().to_owned());
        for (place, (id, _)) in parts.iter().enumerate() {
            made.by_page.insert(*id, (made.all.len() as u32, place as u32));
        }
        let total = parts.last().map_or(0, |(_, number)| *number);
        made.all.push(Series { name: name.unwrap_or_default(), parts, total });
    }
    made
}

fn report(page: &Page, span: crate::source::Span, part: u32, before: Option<&Page>, diagnostics: &mut Vec<Diagnostic>) {
    let message = match part {
        0 => "the parts of a series are numbered from 1".to_owned(),
        _ => format!("this series has two parts with the number {part}"),
    };
    let mut problem = Diagnostic::new(&codes::SERIES_ORDER, message)
        .at(&page.document.file, span)
        .help("give each part a number of its own, or none: parts without one stand by their dates");
    let other = before.and_then(|page| Some((page, page.document.common.series.as_ref()?.part.as_ref()?)));
    if let Some((other, written)) = other.filter(|(_, written)| written.value == part) {
        problem = problem.other(&other.document.file, written.span, "the other part");
    }
    diagnostics.push(problem);
}
