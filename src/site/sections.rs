//! Sections: folders with their lists.

use super::events::EventTimes;
use super::fallbacks::Languages;
use super::visibility::{Clock, Visible};
use super::{LanguageId, Page, PageId};
use crate::config::{Config, SectionOptions, Sort};
use crate::content::{Common, Details, Document, FilePath, Kind};
use crate::decode::At;
use crate::diagnostic::{Diagnostic, Severity, codes, did_you_mean};
use crate::locale;
use jiff::Timestamp;
use rayon::prelude::*;
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// How a section lists what it holds.
#[derive(Debug)]
pub struct Section {
    /// The kind of what lies in it.
    pub kind: Kind,
    pub options: SectionOptions,
    /// In the order of the list.
    pub pages: Vec<PageId>,
    /// Sections directly below.
    pub subsections: Vec<PageId>,
}

/// Adds what a folder without `_index.md` needs to be listed: a page for the site's home and for each folder of the
/// top level, in each language that has content there.
pub fn synthesise(documents: &mut Vec<Visible>, config: &Config) {
    let mut authored: BTreeMap<String, BTreeMap<String, Arc<Document>>> = BTreeMap::new();
    let mut needed: BTreeSet<(String, String)> = BTreeSet::new();
    for language in &config.languages {
        needed.insert((String::new(), language.code.clone()));
    }
    let mut last = None;
    for Visible { document, language, stands_in, place, .. } in documents.iter() {
        if place.is_some() {
            continue;
        }
        let path = &document.path;
        let code = &config.languages[usize::from(language.0)].code;
        if path.is_section() {
            authored.entry(path.folder().to_owned()).or_default().insert(code.clone(), document.clone());
        }
        // A bundle at the top is a page, not a folder of pages.
        let top = path.stem.split_once('/').filter(|(top, _)| !(path.is_bundle() && path.folder() == *top));
        if let Some((top, _)) = top {
            // Most stand beside the one before.
            let seen = (top, *language, *stands_in);
            if last.replace(seen) == Some(seen) {
                continue;
            }
            needed.insert((top.to_owned(), code.clone()));
            // Languages that list it need a list.
            let others = stands_in.iter().filter_map(|language| config.languages.get(usize::from(language.0)));
            needed.extend(others.map(|language| (top.to_owned(), language.code.clone())));
        }
    }
    for (folder, language) in needed {
        let versions = authored.get(&folder);
        if versions.is_some_and(|versions| versions.contains_key(&language)) {
            continue;
        }
        let model = versions.and_then(|versions| versions.get(&config.default_language().code));
        let document = Arc::new(folder_page(&folder, &language, model, config));
        let language = super::routes::language_of(&document, config);
        documents.push(Visible { document, synthesised: true, language, stands_in: Languages::default(), place: None });
    }
}

fn folder_page(folder: &str, language: &str, model: Option<&Arc<Document>>, config: &Config) -> Document {
    let stem = if folder.is_empty() { "_index".to_owned() } else { format!("{folder}/_index") };
    let title = match model {
        _ if folder.is_empty() => config.language(language).map_or(String::new(), |language| language.title.clone()),
        Some(model) => model.common.title.value.clone(),
        None => {
            let name = folder.rsplit('/').next().unwrap_or(folder).replace(['-', '_'], " ");
            let mut chars = name.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
        }
    };
    let options = match model.map(|model| &model.details) {
        Some(Details::Section(options)) => options.clone(),
        _ => Box::default(),
    };
    Document {
        file: format!("{}/{stem}.md", crate::content::FOLDER).into(),
        row: None,
        path: FilePath { stem, language: language.to_owned() },
        common: Common {
            title: At { value: title, span: Default::default() },
            weight: model.map_or(0, |model| model.common.weight),
            ..Common::default()
        },
        details: Details::Section(options),
        terms: vec![Vec::new(); config.taxonomies.len()],
        signatories: Vec::new(),
        withdrawn: Vec::new(),
        body: Default::default(),
        summary: None,
        comments: Vec::new(),
        front_matter: Default::default(),
        text_at: 0,
        broken: false,
    }
}

/// For every page the section that lists it: the nearest folder above that has a page of its own.
pub fn nearest<'p>(pages: &'p [Page]) -> Vec<Option<PageId>> {
    let sections: HashMap<(&str, u8), PageId> = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.is_section())
        .map(|(at, page)| ((page.document.path.folder(), page.language.0), PageId(at as u32)))
        .collect();
    let above = |mut folder: &str, language: LanguageId| {
        loop {
            if let Some(section) = sections.get(&(folder, language.0)) {
                return Some(*section);
            }
            if folder.is_empty() {
                return None;
            }
            folder = parent(folder);
        }
    };
    let mut last = None;
    let section_of = |page: &'p Page| {
        let path = &page.document.path;
        let folder = match (page.is_section(), path.is_bundle()) {
            (true, _) if path.folder().is_empty() => return None,
            (true, _) | (_, true) => parent(path.folder()),
            _ => path.folder(),
        };
        // Most pages stand beside the one before.
        match last {
            Some((known, language, section)) if (known, language) == (folder, page.language) => section,
            _ => {
                let section = above(folder, page.language);
                last = Some((folder, page.language, section));
                section
            }
        }
    };
    pages.iter().map(section_of).collect()
}

fn parent(folder: &str) -> &str {
    folder.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Warns of options for sections that are not there; a kind's own folder may still be to come.
pub fn check_options(pages: &[Page], config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let sections = pages.iter().filter(|page| page.document.path.is_section());
    let folders: BTreeSet<&str> = sections.map(|page| page.document.path.folder()).collect();
    let named = config.sections.0.iter().map(|(name, _)| name);
    let fallbacks = config.languages.iter().flat_map(|language| &language.fallbacks.0).map(|(name, _)| name);
    for name in named.chain(fallbacks) {
        let to_come = Kind::AUTHORED.iter().any(|kind| kind.folder() == Some(&name.value));
        if to_come || folders.contains(name.value.as_str()) {
            continue;
        }
        let (file, span) = config.locate(name.span);
        let mut problem = Diagnostic::new(&codes::MISSING_REFERENCE, format!("there is no section \"{}\"", name.value))
            .at(&file, span)
            .help(match did_you_mean(&name.value, folders.iter().copied()) {
                Some(meant) => format!("did you mean \"{meant}\"?"),
                None => "name a folder of content/ that has an `_index.md`".to_owned(),
            });
        problem.severity = Severity::Warning;
        diagnostics.push(problem);
    }
}

/// Orders every section's list.
pub fn order(
    pages: &[Page],
    config: &Config,
    times: &HashMap<PageId, EventTimes>,
    clock: &Clock,
) -> HashMap<PageId, Section> {
    let mut members: HashMap<PageId, (Vec<PageId>, Vec<PageId>)> = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        let id = PageId(at as u32);
        if page.is_section() {
            members.entry(id).or_default();
        }
        let Some(section) = page.section else { continue };
        let (own, below) = members.entry(section).or_default();
        if page.is_section() { below.push(id) } else { own.push(id) }
    }
    if config.languages.len() > 1 {
        add_stand_ins(pages, &mut members);
    }
    let keys = SortKeys { pages, config, times, clock };
    let ordered = |(id, (mut own, mut below)): (PageId, (Vec<PageId>, Vec<PageId>))| {
        let page = &pages[id.0 as usize];
        let kind = Kind::of_folder(page.document.path.stem.split('/').next().unwrap_or(""));
        let options = options_of(page, config);
        keys.sort(&mut own, options.sort.unwrap_or(default_sort(kind)), options.reverse.unwrap_or(false));
        keys.sort(&mut below, Sort::Weight, false);
        (id, Section { kind, options, pages: own, subsections: below })
    };
    members.into_par_iter().map(ordered).collect()
}

/// Lists of a language show what has no version in it, where a reader needs to know of it all the same.
fn add_stand_ins(pages: &[Page], members: &mut HashMap<PageId, (Vec<PageId>, Vec<PageId>)>) {
    let sections: Vec<PageId> = members.keys().copied().collect();
    let by_place: HashMap<(&str, u8), PageId> = sections
        .iter()
        .map(|id| ((pages[id.0 as usize].document.path.stem.as_str(), pages[id.0 as usize].language.0), *id))
        .collect();
    for (at, page) in pages.iter().enumerate() {
        let Some(section) = page.section else { continue };
        let section_stem = pages[section.0 as usize].document.path.stem.as_str();
        for language in page.stands_in.iter() {
            if let Some(other) = by_place.get(&(section_stem, language.0)) {
                members.entry(*other).or_default().0.push(PageId(at as u32));
            }
        }
    }
}

/// The section's own options, then the configuration's.
fn options_of(page: &Page, config: &Config) -> SectionOptions {
    let own = match &page.document.details {
        Details::Section(options) => (**options).clone(),
        _ => SectionOptions::default(),
    };
    let Some(base) = config.sections.get(page.document.path.folder()) else {
        return own;
    };
    SectionOptions {
        sort: own.sort.or(base.sort),
        reverse: own.reverse.or(base.reverse),
        paginate: own.paginate.or(base.paginate),
        feed: own.feed.or(base.feed),
        template: own.template.or_else(|| base.template.clone()),
        page_template: own.page_template.or_else(|| base.page_template.clone()),
        tables: own.tables,
        fallback: own.fallback.or(base.fallback),
        archive: own.archive.or(base.archive),
    }
}

/// The order in which lists of a kind stand.
pub fn default_sort(kind: Kind) -> Sort {
    match kind {
        Kind::Post | Kind::Statement => Sort::Date,
        Kind::Event => Sort::Start,
        Kind::Group => Sort::Title,
        Kind::Aim => Sort::Order,
        Kind::Action | Kind::Page | Kind::Section => Sort::Weight,
    }
}

/// What lists are ordered by.
pub struct SortKeys<'s, P> {
    pub pages: &'s [P],
    pub config: &'s Config,
    pub times: &'s HashMap<PageId, EventTimes>,
    pub clock: &'s Clock,
}

impl<P: Borrow<Page>> SortKeys<'_, P> {
    fn page(&self, id: PageId) -> &Page {
        self.pages[id.0 as usize].borrow()
    }

    /// Newest first by date; what is coming, soonest first, and then what is past, latest first, by start; else ascending.
    /// What is equal is ordered by title, then by file: the order is total.
    pub fn sort(&self, ids: &mut [PageId], sort: Sort, reverse: bool) {
        let key = |id: PageId| {
            let page = self.page(id);
            match sort {
                Sort::Date => (0, -self.date(page)),
                Sort::Title => (0, 0),
                Sort::Weight => (0, page.document.common.weight),
                Sort::Start => self.start(id, page),
                Sort::Order => match &page.document.details {
                    Details::Aim(aim) => (0, aim.order.unwrap_or(i64::MAX)),
                    _ => (0, page.document.common.weight),
                },
            }
        };
        let title = |id: PageId| locale::sort_key(self.page(id).title());
        let file = |id: PageId| self.page(id).document.own_path();
        sort_with_ties(ids, key, title, |a, b| file(a).cmp(file(b)));
        if reverse {
            ids.reverse();
        }
    }

    fn date(&self, page: &Page) -> i64 {
        let date = page.document.common.date.as_ref();
        date.map_or(i64::MIN + 1, |date| date.value.timestamp(&self.config.timezone).as_second())
    }

    fn start(&self, id: PageId, page: &Page) -> (i32, i64) {
        let Some(times) = self.times.get(&id) else {
            return (2, -self.date(page));
        };
        match times.next(self.clock.now) {
            Some(next) => (0, next.start.timestamp().as_second()),
            None => (1, -times.last_end().unwrap_or(Timestamp::UNIX_EPOCH).as_second()),
        }
    }
}

/// Sorts by a key; what is equal, by a second key, which is worked out for none else; and last by a comparison.
pub fn sort_with_ties<K: Ord + Copy, T: Ord>(
    ids: &mut [PageId],
    key: impl Fn(PageId) -> K,
    tie: impl Fn(PageId) -> T,
    last: impl Fn(PageId, PageId) -> Ordering,
) {
    let mut keyed: Vec<(K, PageId)> = ids.iter().map(|id| (key(*id), *id)).collect();
    keyed.sort_unstable();
    for equal in keyed.chunk_by_mut(|(a, _), (b, _)| a == b).filter(|equal| equal.len() > 1) {
        let mut tied: Vec<(T, PageId)> = equal.iter().map(|(_, id)| (tie(*id), *id)).collect();
        tied.sort_unstable_by(|(a, a_id), (b, b_id)| a.cmp(b).then_with(|| last(*a_id, *b_id)).then(a_id.cmp(b_id)));
        for (place, (_, id)) in equal.iter_mut().zip(tied) {
            place.1 = id;
        }
    }
    for (place, (_, id)) in ids.iter_mut().zip(keyed) {
        *place = id;
    }
}

/// In lists with the newest first, the page before is the older one; elsewhere it is the one above.
pub fn set_neighbours(pages: &mut [Page], sections: &HashMap<PageId, Section>) {
    for (id, section) in sections {
        let language = pages[id.0 as usize].language;
        let newest_first = section.options.sort.unwrap_or(default_sort(section.kind)) == Sort::Date
            && !section.options.reverse.unwrap_or(false);
        let own: Vec<PageId> =
            section.pages.iter().copied().filter(|page| pages[page.0 as usize].language == language).collect();
        for (at, page) in own.iter().enumerate() {
            let above = at.checked_sub(1).map(|at| own[at]);
            let below = own.get(at + 1).copied();
            let page = &mut pages[page.0 as usize];
            (page.previous, page.next) = if newest_first { (below, above) } else { (above, below) };
        }
    }
}
