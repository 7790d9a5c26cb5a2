//! What a language shows of pages that have no version in it: nothing, the original in its lists, or a page of its own
//! with the original's text.

use super::LanguageId;
use super::visibility::Visible;
use crate::config::{Config, Fallback, Language, SectionOptions};
use crate::content::{Details, Document, Kind};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Some of the languages of a site, by their numbers: there are at most 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Languages(u128);

impl Languages {
    pub fn add(&mut self, language: LanguageId) {
        self.0 |= 1 << language.0;
    }

    pub fn has(self, language: LanguageId) -> bool {
        self.0 >> language.0 & 1 == 1
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = LanguageId> {
        (0..128).map(LanguageId).filter(move |language| self.has(*language))
    }
}

/// Decides for every document of the default language in which others it stands in for a version that is missing, and
/// adds those that are published there.
pub fn add(documents: &mut Vec<Visible>, config: &Config) {
    if config.languages.len() < 2 {
        return;
    }
    let mut present: HashSet<(&str, u8)> = HashSet::with_capacity(documents.len());
    let mut sections: HashMap<&str, &SectionOptions> = HashMap::new();
    for visible in documents.iter() {
        let path = &visible.document.path;
        present.insert((path.stem.as_str(), visible.language.0));
        if let (0, Details::Section(options)) = (visible.language.0, &visible.document.details) {
            sections.insert(path.folder(), options);
        }
    }
    let is_term = |document: &Document| {
        let top = document.path.stem.split_once('/').map(|(top, _)| top);
        top.is_some_and(|top| config.taxonomies.iter().any(|taxonomy| taxonomy.name == top))
    };
    let rules = Rules { config, sections };
    let mut listed = Vec::new();
    let mut published = Vec::new();
    for (at, visible) in documents.iter().enumerate().filter(|(_, visible)| visible.language.0 == 0) {
        let document = &visible.document;
        let mut stands_in = Languages::default();
        for (number, language) in config.languages.iter().enumerate().skip(1) {
            let id = LanguageId(number as u8);
            // Each language has terms of its own.
            if is_term(document) || present.contains(&(document.path.stem.as_str(), id.0)) {
                continue;
            }
            match rules.of(document, language) {
                Fallback::Absent => {}
                Fallback::Listed if document.path.is_section() => {}
                Fallback::Listed => stands_in.add(id),
                Fallback::Published => published.push((Arc::clone(document), id)),
            }
        }
        if !stands_in.is_empty() {
            listed.push((at, stands_in));
        }
    }
    for (at, stands_in) in listed {
        documents[at].stands_in = stands_in;
    }
    let copies = published.into_iter().map(|(document, language)| Visible {
        document,
        synthesised: false,
        language,
        stands_in: Languages::default(),
        place: None,
    });
    documents.extend(copies);
}

struct Rules<'r> {
    config: &'r Config,
    /// Options of the default language's sections by their folders.
    sections: HashMap<&'r str, &'r SectionOptions>,
}

impl Rules<'_> {
    /// The page's own word, the language's for the section, the section's, the language's, what is usual for the kind.
    fn of(&self, document: &Document, language: &Language) -> Fallback {
        let own = document.common.fallback;
        own.or_else(|| nearest(document, |folder| language.fallbacks.get(folder).copied()))
            .or_else(|| nearest(document, |folder| self.of_section(folder)))
            .or(language.fallback)
            .unwrap_or_else(|| usual(document))
    }

    fn of_section(&self, folder: &str) -> Option<Fallback> {
        let own = self.sections.get(folder).and_then(|options| options.fallback);
        own.or_else(|| self.config.sections.get(folder)?.fallback)
    }
}

/// What is said of the nearest folder above a document.
fn nearest(document: &Document, said: impl Fn(&str) -> Option<Fallback>) -> Option<Fallback> {
    let mut folder = document.path.folder();
    loop {
        if let Some(found) = said(folder) {
            return Some(found);
        }
        folder = match folder.rsplit_once('/') {
            Some((above, _)) => above,
            None => return None,
        };
    }
}

/// Who comes to a meeting needs to know of it, in whatever language it was announced.
fn usual(document: &Document) -> Fallback {
    match document.details.kind() {
        Kind::Group | Kind::Event | Kind::Action => Fallback::Listed,
        _ => Fallback::Absent,
    }
}
