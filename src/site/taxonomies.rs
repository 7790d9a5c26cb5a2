//! Taxonomies: content by tags and other terms.

use super::routes::slug_of;
use super::{Page, PageId};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, codes};
use std::collections::BTreeMap;

/// One term of a taxonomy in one language.
#[derive(Debug)]
pub struct Term {
    /// As authors wrote it; the commonest way where they differ.
    pub name: String,
    pub slug: String,
    /// Newest first, what has no date by title after it.
    pub pages: Vec<PageId>,
}

/// The terms of each language and taxonomy, sorted by slug; pages are told the numbers of theirs.
pub fn collect(pages: &mut [Page], config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<Vec<Term>>> {
    let languages = config.languages.len();
    let taxonomies = config.taxonomies.len();
    let mut found: Vec<Vec<BTreeMap<String, Found>>> =
        (0..languages).map(|_| (0..taxonomies).map(|_| BTreeMap::new()).collect()).collect();
    for (at, page) in pages.iter().enumerate() {
        let language = &config.languages[page.language.0 as usize].code;
        for (taxonomy, terms) in page.document.terms.iter().enumerate() {
            for term in terms.iter().filter(|term| !term.value.trim().is_empty()) {
                let slug = slug_of(term.value.trim(), language);
                let entry = found[page.language.0 as usize][taxonomy].entry(slug).or_default();
                *entry.names.entry(term.value.trim().to_owned()).or_default() += 1;
                if entry.pages.last() != Some(&PageId(at as u32)) {
                    entry.pages.push(PageId(at as u32));
                }
            }
        }
    }
    for page in pages.iter_mut() {
        page.terms = vec![Vec::new(); taxonomies];
    }
    let mut all = Vec::with_capacity(languages);
    for by_taxonomy in found {
        let mut listed = Vec::with_capacity(taxonomies);
        for (taxonomy, terms) in by_taxonomy.into_iter().enumerate() {
            let mut made = Vec::with_capacity(terms.len());
            for (number, (slug, mut entry)) in terms.into_iter().enumerate() {
                diagnostics.extend(entry.unlike(&slug, pages, taxonomy));
                for page in &entry.pages {
                    pages[page.0 as usize].terms[taxonomy].push(number as u32);
                }
                entry.pages.sort_by_cached_key(|id| newest_first(&pages[id.0 as usize], config));
                made.push(Term { name: entry.commonest(), slug, pages: entry.pages });
            }
            listed.push(made);
        }
        all.push(listed);
    }
    all
}

#[derive(Debug, Default)]
struct Found {
    names: BTreeMap<String, usize>,
    pages: Vec<PageId>,
}

impl Found {
    /// Names that are not one name written in two ways, and yet would stand at one address.
    fn unlike(&self, slug: &str, pages: &[Page], taxonomy: usize) -> Option<Diagnostic> {
        let folded = |name: &str| name.to_lowercase().split([' ', '-', '_']).collect::<String>();
        let mut names = self.names.keys();
        let first = names.next()?;
        let other = names.find(|name| folded(name) != folded(first))?;
        let place = |name: &str| {
            self.pages.iter().find_map(|id| {
                let document = &pages[id.0 as usize].document;
                let term = document.terms[taxonomy].iter().find(|term| term.value.trim() == name)?;
                Some((document.file.clone(), term.span))
            })
        };
        let ((first_file, first_span), (file, span)) = (place(first)?, place(other)?);
        Some(
            Diagnostic::new(
                &codes::TERMS_MERGED,
                format!("\"{other}\" and \"{first}\" would stand at one address, \"{slug}\""),
            )
            .at(&file, span)
            .other(&first_file, first_span, "the other")
            .help("write both alike, or choose words that differ in their letters"),
        )
    }

    fn commonest(&self) -> String {
        let mut best: Option<(&String, usize)> = None;
        for (name, count) in &self.names {
            if best.is_none_or(|(_, most)| *count > most) {
                best = Some((name, *count));
            }
        }
        best.map(|(name, _)| name.clone()).unwrap_or_default()
    }
}

/// The order of mixed lists.
pub fn newest_first(page: &Page, config: &Config) -> (i64, String, String) {
    let date = page.document.common.date.as_ref();
    let at = date.map_or(i64::MAX, |date| -date.value.timestamp(&config.timezone).as_second());
    (at, crate::locale::sort_key(page.title()).to_string(), page.document.path.stem.clone())
}
