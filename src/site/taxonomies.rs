//! Taxonomies: content by tags and other terms.

use super::routes::slug_of;
use super::sections::sort_with_ties;
use super::term_pages::TermPlace;
use super::{Page, PageId};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, codes};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// One term of a taxonomy in one language.
#[derive(Debug)]
pub struct Term {
    /// As authors wrote it; the commonest way where they differ.
    pub name: String,
    pub slug: String,
    /// Newest first, what has no date by title after it.
    pub pages: Vec<PageId>,
    /// The page that an author wrote for it.
    pub page: Option<PageId>,
}

/// The terms of each language and taxonomy, sorted by slug.
pub fn collect(pages: &[Page], config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<Vec<Term>>> {
    let (languages, taxonomies) = (config.languages.len(), config.taxonomies.len());
    let each: Vec<(usize, usize)> =
        (0..languages).flat_map(|language| (0..taxonomies).map(move |taxonomy| (language, taxonomy))).collect();
    let made: Vec<_> =
        each.par_iter().map(|(language, taxonomy)| of_one(pages, config, *language, *taxonomy)).collect();
    let mut all: Vec<Vec<Vec<Term>>> = (0..languages).map(|_| Vec::with_capacity(taxonomies)).collect();
    for ((language, _), (terms, mistakes)) in each.into_iter().zip(made) {
        diagnostics.extend(mistakes);
        all[language].push(terms);
    }
    all
}

/// For every page the numbers of its terms, for each taxonomy.
pub fn numbers(terms: &[Vec<Vec<Term>>], pages: usize, config: &Config) -> Vec<Vec<Vec<u32>>> {
    let mut numbers = vec![vec![Vec::new(); config.taxonomies.len()]; pages];
    for by_taxonomy in terms {
        for (taxonomy, terms) in by_taxonomy.iter().enumerate() {
            for (number, term) in terms.iter().enumerate() {
                for page in &term.pages {
                    numbers[page.0 as usize][taxonomy].push(number as u32);
                }
            }
        }
    }
    numbers
}

/// The terms of one taxonomy in one language.
fn of_one(pages: &[Page], config: &Config, language: usize, taxonomy: usize) -> (Vec<Term>, Vec<Diagnostic>) {
    let mut names: HashMap<&str, Vec<PageId>> = HashMap::new();
    for (at, page) in
        pages.iter().enumerate().filter(|(_, page)| usize::from(page.language.0) == language && !page.is_fallback)
    {
        for term in page.document.terms.get(taxonomy).into_iter().flatten() {
            let name = term.value.trim();
            if !name.is_empty() {
                names.entry(name).or_default().push(PageId(at as u32));
            }
        }
    }
    let mut by_slug: BTreeMap<String, Found> = BTreeMap::new();
    for (name, named) in names {
        let found = by_slug.entry(slug_of(name, &config.languages[language])).or_default();
        found.names.insert(name.to_owned(), named.len());
        found.pages.extend(named);
    }
    let mut clashes = Vec::new();
    for (at, page) in pages.iter().enumerate().filter(|(_, page)| usize::from(page.language.0) == language) {
        if let Some(TermPlace::Term { taxonomy: own, slug }) = &page.place
            && *own as usize == taxonomy
        {
            // What nothing carries has a page all the same, by its title.
            let found = by_slug.entry(slug.to_string()).or_default();
            match found.page {
                None => found.page = Some(PageId(at as u32)),
                Some(first) => clashes.push(two_texts(&pages[first.0 as usize], page)),
            }
        }
    }
    let made: Vec<(Term, Option<Diagnostic>)> = by_slug
        .into_par_iter()
        .map(|(slug, mut found)| {
            found.pages.sort_unstable();
            found.pages.dedup();
            let mistake = found.unlike(&slug, pages, taxonomy);
            newest_first(&mut found.pages, pages, config);
            let titled = found.page.filter(|_| found.names.is_empty());
            let name = titled.map_or_else(|| found.commonest(), |id| pages[id.0 as usize].title().to_owned());
            (Term { name, slug, pages: found.pages, page: found.page }, mistake)
        })
        .collect();
    let mut mistakes = clashes;
    let terms = made.into_iter().map(|(term, mistake)| {
        mistakes.extend(mistake);
        term
    });
    (terms.collect(), mistakes)
}

fn two_texts(first: &Page, second: &Page) -> Diagnostic {
    let (one, two) = (&first.document, &second.document);
    let message = format!("two files would give their text to one topic, at \"{}\"", second.route.url);
    Diagnostic::new(&codes::PATH_COLLISION, message)
        .at(&two.file, two.common.title.span)
        .other(&one.file, one.common.title.span, "the other file")
        .help("keep one of them, or give it the name or the title of another topic")
}

#[derive(Debug, Default)]
struct Found {
    /// How often each way of writing it is used.
    names: BTreeMap<String, usize>,
    pages: Vec<PageId>,
    /// The page that an author wrote for it.
    page: Option<PageId>,
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
fn newest_first(ids: &mut [PageId], pages: &[Page], config: &Config) {
    let page = |id: PageId| &pages[id.0 as usize];
    let date = |id: PageId| {
        let date = page(id).document.common.date.as_ref();
        date.map_or(i64::MAX, |date| -date.value.timestamp(&config.timezone).as_second())
    };
    let title = |id: PageId| crate::locale::sort_key(page(id).title());
    let stem = |id: PageId| &page(id).document.path.stem;
    sort_with_ties(ids, date, title, |a, b| stem(a).cmp(stem(b)));
}
