//! Versions in other languages that are missing, and those that are older than their original.

use super::visibility::HiddenFiles;
use super::{LanguageId, Page, PageId, Site};
use crate::config::{Config, Fallback};
use crate::decode::{At, Moment};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::borrow::Borrow;

/// What a language lacks of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lack {
    /// The version in the first language that has one.
    pub original: PageId,
    pub language: LanguageId,
    /// The version that is older than the original; none where there is none.
    pub version: Option<PageId>,
}

/// Everything that some language lacks, by page and language. What an author keeps out of other languages by
/// `fallback = "absent"` is lacking in none.
pub fn lacks<P: Borrow<Page>>(pages: &[P], config: &Config) -> Vec<Lack> {
    let mut found = Vec::new();
    if config.languages.len() < 2 {
        return found;
    }
    let mut at = 0;
    // Pages are sorted by stem, so that versions stand together.
    for versions in pages.chunk_by(|a, b| a.borrow().document.path.stem == b.borrow().document.path.stem) {
        let first = at;
        at += versions.len();
        // The texts of topics are each language's own.
        let authored = |page: &Page| !page.synthesised && !page.is_fallback && page.place.is_none();
        let Some(offset) = versions.iter().position(|page| authored(page.borrow())) else { continue };
        let original: &Page = versions[offset].borrow();
        let original_id = PageId((first + offset) as u32);
        for language in (0..config.languages.len() as u8).map(LanguageId).filter(|id| *id != original.language) {
            let version =
                versions.iter().position(|page| authored(page.borrow()) && page.borrow().language == language);
            match version {
                None if original.document.common.fallback == Some(Fallback::Absent) => {}
                None => found.push(Lack { original: original_id, language, version: None }),
                Some(version) if is_older(versions[version].borrow(), original, &config.timezone) => {
                    let version = Some(PageId((first + version) as u32));
                    found.push(Lack { original: original_id, language, version });
                }
                Some(_) => {}
            }
        }
    }
    found
}

/// Warns of what is lacking in the languages that want to be complete.
pub fn check(pages: &[Page], config: &Config) -> Vec<Diagnostic> {
    if !config.languages.iter().any(|language| language.complete) {
        return Vec::new();
    }
    let wanted = |lack: &Lack| config.languages[usize::from(lack.language.0)].complete;
    lacks(pages, config).into_iter().filter(wanted).map(|lack| mistake(&lack, pages, config)).collect()
}

/// Warns of a site that does not name its default language and has nothing in the usual one: probably another was meant.
pub fn check_default(pages: &[Page], hidden: &HiddenFiles, config: &Config) -> Option<Diagnostic> {
    let default = config.default_language();
    let is_there = |page: &Page| !page.synthesised && page.language.0 == 0;
    let authored = pages.iter().find(|page| !page.synthesised)?;
    let held_back = || hidden.values().any(|(_, document)| document.path.language == default.code);
    if config.languages.len() < 2 || config.names_language || pages.iter().any(is_there) || held_back() {
        return None;
    }
    let used = &config.languages[usize::from(authored.language.0)].code;
    let message = format!("nothing is written in the default language, \"{}\"", default.code);
    Some(
        Diagnostic::new(&codes::DEFAULT_LANGUAGE, message)
            .in_file(&config.file)
            .help(format!("if another is the default one, write language = \"{used}\" above the tables")),
    )
}

fn mistake(lack: &Lack, pages: &[Page], config: &Config) -> Diagnostic {
    let original = &pages[lack.original.0 as usize].document;
    let language = &config.languages[usize::from(lack.language.0)];
    let Some(version) = lack.version.map(|id| &pages[id.0 as usize].document) else {
        let file = file_of_version(config, &original.path.stem, lack.language);
        return Diagnostic::new(
            &codes::MISSING_TRANSLATION,
            format!("this page has no version in the language \"{}\"", language.code),
        )
        .at(&original.file, original.common.title.span)
        .help(format!("write {file}; if there is to be none, add fallback = \"absent\" here"));
    };
    let changed = changed(&original.common.updated, &original.common.date);
    let own = version.common.updated.as_ref().or(version.common.date.as_ref());
    let day = changed.map_or_else(String::new, |at| day(at.value, &config.timezone).to_string());
    Diagnostic::new(&codes::STALE_TRANSLATION, format!("the original was changed after this version, on {day}"))
        .at(&version.file, own.map_or(version.common.title.span, |at| at.span))
        .other(&original.file, changed.map_or(Span::default(), |at| at.span), "the original's change")
        .help(format!("look it over, and then say so with updated = {day}"))
}

/// When a text was last changed, as far as its author says.
fn changed<'d>(updated: &'d Option<At<Moment>>, date: &'d Option<At<Moment>>) -> Option<&'d At<Moment>> {
    updated.as_ref().or(date.as_ref())
}

fn day(moment: Moment, zone: &TimeZone) -> Date {
    match moment {
        Moment::Date(date) => date,
        other => other.timestamp(zone).to_zoned(zone.clone()).date(),
    }
}

/// Whether a version says that it is older than its original. What says nothing of its age is older than an original
/// that was changed since it was published.
fn is_older(version: &Page, original: &Page, zone: &TimeZone) -> bool {
    let (own, other) = (&version.document.common, &original.document.common);
    let Some(theirs) = changed(&other.updated, &other.date).map(|at| at.value) else { return false };
    let Some(ours) = changed(&own.updated, &own.date).map(|at| at.value) else { return other.updated.is_some() };
    match (ours, theirs) {
        (Moment::Date(_), _) | (_, Moment::Date(_)) => day(ours, zone) < day(theirs, zone),
        _ => ours.timestamp(zone) < theirs.timestamp(zone),
    }
}

/// The file that a page's version in a language has.
pub fn file_of_version(config: &Config, stem: &str, language: LanguageId) -> String {
    let settings = &config.languages[usize::from(language.0)];
    let content = crate::content::FOLDER;
    match &settings.folder {
        Some(folder) => format!("{content}/{folder}/{stem}.md"),
        None if language.0 == 0 => format!("{content}/{stem}.md"),
        None => format!("{content}/{stem}.{}.md", settings.code),
    }
}

impl Site {
    /// Everything that some language lacks.
    pub fn lacks(&self) -> Vec<Lack> {
        lacks(&self.pages, &self.config)
    }

    /// The version of a page in the first language that has one, where that is another page.
    pub fn original(&self, id: PageId) -> Option<PageId> {
        let page = self.page(id);
        if !page.is_fallback {
            return page.translations.first().copied().filter(|original| *original != id);
        }
        let stem = &page.document.path.stem;
        // Versions stand together, the default language's first.
        let before = (0..id.0).rev().map(PageId).take_while(|other| self.page(*other).document.path.stem == *stem);
        before.last()
    }

    /// The pages of one document in all languages: its versions, itself among them, what stands in for missing ones, and
    /// folders' pages that nobody wrote.
    pub fn versions(&self, id: PageId) -> Vec<PageId> {
        let stem = &self.page(id).document.path.stem;
        let same = |other: &PageId| self.page(*other).document.path.stem == *stem;
        let before = (0..id.0).rev().map(PageId).take_while(same);
        let after = (id.0 + 1..self.pages.len() as u32).map(PageId).take_while(same);
        let mut all: Vec<PageId> = before.chain([id]).chain(after).collect();
        all.sort_unstable();
        all
    }

    /// Whether a page is older than its original.
    pub fn is_older_than_original(&self, id: PageId) -> bool {
        let page = self.page(id);
        let original = self.original(id).filter(|_| !page.is_fallback);
        original.is_some_and(|original| is_older(page, self.page(original), &self.config.timezone))
    }

    /// The version that readers of any other language are led to: that of the default language, or of the first that has one.
    pub fn for_everyone(&self, versions: &[PageId]) -> Option<PageId> {
        versions.first().copied()
    }
}
