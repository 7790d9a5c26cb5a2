//! Texts that authors write for taxonomies and terms: `content/tags/_index.md`, `content/tags/transport.md`.

use super::visibility::Visible;
use super::{LanguageId, PageId, Site, Subject};
use crate::config::{Config, Language};
use crate::content::Document;
use std::collections::HashSet;

/// What a document gives its text to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermPlace {
    /// The list of all terms, by the number of its taxonomy.
    Taxonomy(u32),
    /// A term, by the slug that its address has.
    Term { taxonomy: u32, slug: Box<str> },
}

/// Marks the documents that stand in the folder of a taxonomy. A file is a term's by its name or by its title: the Welsh
/// `transport.cy.md` with the title "Trafnidiaeth" is the page of that tag.
pub fn mark(documents: &mut [Visible], config: &Config) {
    let folder = |document: &Document| {
        let (top, below) = document.path.stem.split_once('/')?;
        let taxonomy = config.taxonomies.iter().position(|taxonomy| taxonomy.name == top)?;
        Some((taxonomy, below.to_owned()))
    };
    let placed: Vec<(usize, usize, String)> = documents
        .iter()
        .enumerate()
        .filter_map(|(at, visible)| folder(&visible.document).map(|(taxonomy, below)| (at, taxonomy, below)))
        .collect();
    if placed.is_empty() {
        return;
    }
    let used = used_slugs(documents, config);
    for (at, taxonomy, below) in placed {
        let visible = &mut documents[at];
        let document = &visible.document;
        if below == "_index" {
            visible.place = Some(TermPlace::Taxonomy(taxonomy as u32));
            continue;
        }
        let own = below.strip_suffix("/_index").or_else(|| below.strip_suffix("/index")).unwrap_or(&below);
        if own.contains('/') {
            // A page of another kind that happens to lie there.
            continue;
        }
        let language = &config.languages[usize::from(visible.language.0)];
        let written = document.common.slug.as_ref().map(|slug| slug.value.as_str());
        let slug = |name: &str| slug_of(name, language);
        let names = written.into_iter().chain([own, document.common.title.value.as_str()]).map(slug);
        let known = |slug: &String| used.contains(&(visible.language.0, taxonomy, slug.clone()));
        let found = names.clone().find(known).or_else(|| names.clone().next());
        let slug = found.unwrap_or_default().into();
        visible.place = Some(TermPlace::Term { taxonomy: taxonomy as u32, slug });
    }
}

fn slug_of(name: &str, language: &Language) -> String {
    super::routes::slug_of(name.trim(), language)
}

/// The slugs of all terms that pages name, by language and taxonomy.
fn used_slugs(documents: &[Visible], config: &Config) -> HashSet<(u8, usize, String)> {
    let mut names: HashSet<(u8, usize, &str)> = HashSet::new();
    for visible in documents {
        for (taxonomy, terms) in visible.document.terms.iter().enumerate() {
            names.extend(terms.iter().map(|term| (visible.language.0, taxonomy, term.value.trim())));
        }
    }
    let slugs = names.into_iter().map(|(language, taxonomy, name)| {
        (language, taxonomy, slug_of(name, &config.languages[usize::from(language)]))
    });
    slugs.collect()
}

/// For each language and taxonomy, the page with its text.
pub fn taxonomy_pages(pages: &[super::Page], config: &Config) -> Vec<Vec<Option<PageId>>> {
    let mut found = vec![vec![None; config.taxonomies.len()]; config.languages.len()];
    for (at, page) in pages.iter().enumerate() {
        if let Some(TermPlace::Taxonomy(taxonomy)) = page.place {
            found[usize::from(page.language.0)][taxonomy as usize] = Some(PageId(at as u32));
        }
    }
    found
}

impl Site {
    /// What shows a document: a page of its own, or the page of the taxonomy or the term whose text it is.
    pub fn subject_of(&self, id: PageId) -> Subject {
        let page = self.page(id);
        let (language, own) = (page.language, Subject::Page { page: id, number: 1 });
        match &page.place {
            None => own,
            Some(TermPlace::Taxonomy(taxonomy)) => Subject::Taxonomy { language, taxonomy: *taxonomy },
            Some(TermPlace::Term { taxonomy, slug }) => {
                let terms = &self.terms[usize::from(language.0)][*taxonomy as usize];
                let term = terms.iter().position(|term| *term.slug == **slug && term.page == Some(id));
                term.map_or(own, |term| Subject::Term { language, taxonomy: *taxonomy, term: term as u32, number: 1 })
            }
        }
    }

    /// The page with the text of a taxonomy.
    pub fn taxonomy_page(&self, language: LanguageId, taxonomy: u32) -> Option<PageId> {
        self.taxonomy_pages[usize::from(language.0)][taxonomy as usize]
    }

    /// What a taxonomy is called in a language: by its own page, by the language's table, by its own.
    pub fn taxonomy_title(&self, language: LanguageId, taxonomy: u32) -> &str {
        let settings = &self.config.taxonomies[taxonomy as usize];
        match self.taxonomy_page(language, taxonomy) {
            Some(page) => self.page(page).title(),
            None => self.language(language).taxonomies.get(&settings.name).unwrap_or(&settings.title),
        }
    }

    /// The languages in which a taxonomy has a page.
    pub fn languages_of_taxonomy(&self, taxonomy: u32) -> impl Iterator<Item = LanguageId> {
        self.languages().filter(move |language| {
            let terms = &self.terms[usize::from(language.0)][taxonomy as usize];
            !terms.is_empty() || self.taxonomy_page(*language, taxonomy).is_some()
        })
    }
}
