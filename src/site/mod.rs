//! The linked model of the whole site. [`link`] makes it from documents, configuration and clock; it never changes after.

mod actions;
mod archives;
mod collisions;
mod events;
mod fallbacks;
mod files;
mod hosts;
mod links;
mod menus;
mod outputs;
pub mod own_hosts;
mod plan;
mod redirects;
mod references;
mod relations;
mod routes;
mod sections;
mod signatories;
mod series;
mod taxonomies;
mod term_pages;
mod texts;
mod translations;
mod versions;
mod visibility;

pub use actions::is_open;
pub use archives::{Archived, Period};
pub use events::{EventList, EventLists, EventTimes, MOST_OCCURRENCES, OccurrenceRef, OccurrenceView, Scope, made_uid};
pub use files::{FileSource, PublicFile};
pub use hosts::{HostFile, domain};
pub use links::{LinkedText, content_path};
pub use menus::{MenuLink, leads_to as menu_leads_to};
pub use outputs::together as outputs_together;
pub use plan::{Job, Subject, list_pages};
pub use redirects::{Redirect, RedirectOrigin, below as stands_below};
pub use relations::{GroupLinks, Nearest, RelatedLink};
pub use routes::Route;
pub use sections::{Section, default_sort};
pub use series::Series;
pub use signatories::{NamePart, SignatoryList};
pub use taxonomies::Term;
pub use term_pages::TermPlace;
pub use texts::{ChangedText, relink};
pub use translations::{Lack, file_of_version};
pub use visibility::{Clock, Hidden};

use crate::config::{Config, Language, OccurrencePlace, Output, Sort, Url};
use crate::content::{Details, Document, Kind};
use crate::decode::At;
use crate::diagnostic::Diagnostic;
use crate::ical::{Clocks, Written};
use crate::source::Entry;
use jiff::Timestamp;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A page's number in [`Site::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// A language's number in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageId(pub u8);

/// One page of the site: a document, and what follows from all the others.
#[derive(Debug, Clone)]
pub struct Page {
    pub document: Arc<Document>,
    /// The document's, near at hand.
    kind: Kind,
    /// Made for a folder that has no `_index.md` of its own.
    pub synthesised: bool,
    /// The language that it is published in.
    pub language: LanguageId,
    /// It stands in for a version that is missing: its text is the original's, in the default language.
    pub is_fallback: bool,
    /// The languages whose lists show it for want of a version of their own.
    pub stands_in: fallbacks::Languages,
    /// The taxonomy or term whose text it is.
    pub place: Option<TermPlace>,
    pub route: Route,
    /// The section that lists it; none for the home page.
    pub section: Option<PageId>,
    /// Its versions in all languages, itself among them; empty when it has but one.
    pub translations: Vec<PageId>,
    pub previous: Option<PageId>,
    pub next: Option<PageId>,
    /// Pages whose text links here.
    pub backlinks: Vec<PageId>,
    pub related: Vec<RelatedLink>,
    /// What the holes of body, summary and comments are filled with.
    pub links: links::PageLinks,
    /// Numbers of its terms, for each taxonomy.
    pub terms: Vec<Vec<u32>>,
    /// What calendars say of an event: written when the first of them wants it, the same in all.
    pub in_calendars: OnceLock<Arc<Written>>,
}

impl Page {
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether it is a folder's own page.
    fn is_section(&self) -> bool {
        self.kind == Kind::Section
    }

    pub fn title(&self) -> &str {
        &self.document.common.title.value
    }

    pub fn is_home(&self) -> bool {
        self.document.path.stem == "_index"
    }

    /// The language of its text: the one that it is published in, unless it stands in for a missing version.
    pub fn text_language(&self) -> LanguageId {
        if self.is_fallback { LanguageId(0) } else { self.language }
    }
}

/// What documents are linked with.
#[derive(Debug, Clone)]
pub struct Inputs {
    pub config: Arc<Config>,
    /// Files of `content/` that are no Markdown.
    pub content_files: Vec<Entry>,
    /// Files of the site's `static/`, with their paths in the world.
    pub static_files: Vec<Entry>,
    /// Files of the theme's `static/`: path in the output.
    pub theme_files: Vec<String>,
    /// Further files that the theme's templates make.
    pub theme_outputs: Vec<Output>,
    pub clock: Clock,
}

/// The linked model.
#[derive(Debug)]
pub struct Site {
    pub clock: Clock,
    /// Sorted by stem and language.
    pub pages: Vec<Arc<Page>>,
    /// Sorted by path.
    pub jobs: Arc<Vec<Job>>,
    /// Earlier addresses, in the order in which they count; only where the configuration speaks of hosts or redirects.
    pub redirects: Arc<Vec<Redirect>>,
    structure: Arc<Structure>,
    /// What is wrong with the structure.
    mistakes: Arc<Vec<Diagnostic>>,
}

/// What follows from all but the texts of the documents: from their front matter and names, the configuration, the other
/// files and the clock. A site whose texts alone change keeps it.
#[derive(Debug)]
pub struct Structure {
    pub config: Arc<Config>,
    pub homes: Vec<PageId>,
    pub sections: HashMap<PageId, Section>,
    /// For each language and taxonomy: its terms, sorted by slug.
    pub terms: Vec<Vec<Vec<Term>>>,
    taxonomy_pages: Vec<Vec<Option<PageId>>>,
    pub series: series::AllSeries,
    archives: HashMap<PageId, Archived>,
    /// What each document that serves others is served by.
    pub served: HashMap<PageId, Vec<PageId>>,
    pub groups: HashMap<PageId, GroupLinks>,
    pub event_times: HashMap<PageId, EventTimes>,
    /// The clocks of the zones in which events take place, and of the site's own.
    pub clocks: Clocks,
    references: references::References,
    /// Those who signed each statement.
    pub signatories: HashMap<PageId, SignatoryList>,
    /// All occurrences in the horizon, for each language, by start.
    pub occurrences: Vec<Vec<OccurrenceRef>>,
    pub event_lists: EventLists,
    /// For each language, the pages of each kind that its lists show.
    pub by_kind: Vec<HashMap<Kind, Vec<PageId>>>,
    /// For each language, each menu's links.
    pub menus: Vec<Vec<(String, Vec<MenuLink>)>>,
    /// For each language, the actions that every page offers.
    pub actions: Vec<Vec<PageId>>,
    pub files: Vec<PublicFile>,
    /// Further files that templates make.
    pub outputs: Vec<Output>,
    /// The paths below the site's root of the content's files, by their paths there.
    content_files: HashMap<String, String>,
    /// When the output will next differ without a change of content.
    pub next_change: Option<Timestamp>,
    targets: links::Targets,
}

impl Deref for Site {
    type Target = Structure;

    fn deref(&self) -> &Structure {
        &self.structure
    }
}

impl Site {
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    pub fn language(&self, id: LanguageId) -> &Language {
        &self.config.languages[id.0 as usize]
    }

    pub fn languages(&self) -> impl Iterator<Item = LanguageId> + use<> {
        (0..self.config.languages.len() as u8).map(LanguageId)
    }

    /// The number of a language tag.
    pub fn language_id(&self, code: &str) -> Option<LanguageId> {
        let at = self.config.languages.iter().position(|language| language.code.eq_ignore_ascii_case(code))?;
        Some(LanguageId(at as u8))
    }

    pub fn ids(&self) -> impl Iterator<Item = PageId> + use<> {
        (0..self.pages.len() as u32).map(PageId)
    }

    /// The page of a content path such as `@/groups/leeds.md`, in a language where that version exists.
    pub fn find(&self, path: &str, language: LanguageId) -> Option<PageId> {
        self.targets.find(path, language)
    }

    /// The documents that are not published, with the reason, by file.
    pub fn hidden(&self) -> Vec<(Hidden, &Document)> {
        self.targets.hidden()
    }

    /// The path of the address of a published file of the content.
    pub fn content_file_url(&self, path: &str) -> Option<String> {
        let below = self.content_files.get(path)?;
        Some(format!("{}{}", self.config.base_url.path, crate::output::encode_path(below)))
    }

    /// What links are held against.
    fn known(&self) -> links::Known<'_> {
        links::Known {
            targets: &self.targets,
            jobs: &self.jobs,
            content_files: &self.content_files,
            pages: &self.pages,
            config: &self.config,
        }
    }

    /// Parses a short text that stands in no document and resolves its links, relative ones from the content's top. The
    /// places of mistakes are those in the text.
    pub fn link_text(&self, text: &str, language: LanguageId) -> (LinkedText, Vec<Diagnostic>) {
        links::resolve_text(text, self.page(self.homes[language.0 as usize]), &self.known())
    }

    /// An address that an author wrote, with the base path before a path of this site.
    pub fn address<'u>(&self, url: &'u Url) -> Cow<'u, str> {
        if url.0.starts_with('/') && !url.is_external() && !self.config.base_url.path.is_empty() {
            Cow::Owned(format!("{}{}", self.config.base_url.path, url.0))
        } else {
            Cow::Borrowed(&url.0)
        }
    }

    /// Puts pages in order, as a section's list would.
    pub fn order(&self, ids: &mut [PageId], sort: Sort, reverse: bool) {
        let Structure { config, event_times: times, .. } = &**self;
        sections::SortKeys { pages: &self.pages, config, times, clock: &self.clock }.sort(ids, sort, reverse);
    }

    /// The groups that hold an event.
    pub fn event_groups(&self, event: PageId) -> &[PageId] {
        self.references.groups.get(&event).map(Vec::as_slice).unwrap_or_default()
    }

    /// The aims that an event, statement or action names.
    pub fn event_aims(&self, event: PageId) -> &[PageId] {
        self.references.aims.get(&event).map(Vec::as_slice).unwrap_or_default()
    }

    /// The list of the events of a scope, with its number.
    pub fn event_list(&self, language: LanguageId, scope: Scope) -> Option<(u32, &EventList)> {
        self.event_lists.find(language, scope)
    }

    /// The list of a group's or an aim's events.
    pub fn event_list_of(&self, owner: PageId) -> Option<&EventList> {
        let page = self.page(owner);
        let scope = match page.kind() {
            Kind::Group => Scope::Group(owner),
            Kind::Aim => Scope::Aim(owner),
            _ => return None,
        };
        self.event_list(page.language, scope).map(|(_, list)| list)
    }

    /// From when and up to when the dates of a series are listed.
    pub fn listed_window(&self) -> (Timestamp, Timestamp) {
        events::listed_window(&self.config, &self.clock)
    }

    /// The address of an occurrence: of a series its own page or its place on the event's page.
    pub fn occurrence_url(&self, event: PageId, index: usize) -> String {
        let url = &self.page(event).route.url;
        let found = self.event_times.get(&event).and_then(|times| Some((times, times.occurrences.get(index)?)));
        let Some((times, occurrence)) = found.filter(|(times, _)| times.recurring) else { return url.clone() };
        match self.config.events.occurrences {
            OccurrencePlace::Pages if url.ends_with('/') => format!("{url}{}/", times.occurrence_id(occurrence)),
            _ if occurrence.shown => format!("{url}#{}", occurrence_anchor(&times.occurrence_id(occurrence))),
            _ => url.clone(),
        }
    }

    /// Whether the occurrences of an event have pages of their own.
    pub fn has_occurrence_pages(&self, event: PageId) -> bool {
        self.config.events.occurrences == OccurrencePlace::Pages
            && self.page(event).route.url.ends_with('/')
            && self.event_times.get(&event).is_some_and(|times| times.recurring)
    }

    /// The address of the calendar file of an event.
    pub fn event_calendar_url(&self, event: PageId) -> Option<String> {
        let url = &self.page(event).route.url;
        let base = url.strip_suffix(".html").map_or_else(|| url.clone(), |stem| format!("{stem}/"));
        let wanted = self.config.events.calendars && self.event_times.contains_key(&event);
        wanted.then(|| format!("{base}event.ics"))
    }

    /// The id of an event in calendars (RFC 7986 section 5.3): the same in all languages, and whatever becomes of its title,
    /// its address and the site's host.
    pub fn event_uid(&self, event: PageId) -> String {
        let page = self.page(event);
        let versions = std::iter::once(&event).chain(&page.translations);
        let written = versions.filter_map(|version| written_uid(self.page(*version))).next();
        match written {
            Some(uid) => uid.value.trim().to_owned(),
            // A file that becomes a bundle stays the same event.
            None => {
                let stem = &page.document.path.stem;
                events::made_uid(&self.config.site_id, stem.strip_suffix("/index").unwrap_or(stem))
            }
        }
    }

    /// The whole address of a path of this site.
    pub fn permalink(&self, url: &str) -> String {
        self.config.whole_address(url)
    }
}

/// Links documents into a site. Pure: the same inputs give the same site, whatever the order of the documents.
pub fn link(documents: Vec<Arc<Document>>, inputs: &Inputs) -> (Site, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let Inputs { config, content_files, static_files, theme_files, theme_outputs, clock } = inputs;
    let outputs = outputs::together(theme_outputs, &config.outputs);
    let mut changes = visibility::Changes::new(clock);
    let (mut documents, mut hidden) = visibility::select(documents, config, clock, &mut changes, &mut diagnostics);
    fallbacks::add(&mut documents, config);
    term_pages::mark(&mut documents, config);
    sections::synthesise(&mut documents, config);
    documents.sort_by(|a, b| {
        let stems = a.document.path.stem.cmp(&b.document.path.stem);
        stems.then_with(|| a.language.cmp(&b.language))
    });
    let mut pages = routes::route(documents, &mut hidden, config, &mut diagnostics);
    // What follows from the documents alone; and below, what follows from that. Each part has mistakes of its own, and
    // they are put together in one order, whichever part is done first.
    let ((targets, by_kind), (event_times, terms)) = rayon::join(
        || {
            rayon::join(
                || links::Targets::new(&pages, &hidden, config),
                || (relations::by_kind(&pages, config), sections::nearest(&pages)),
            )
        },
        || {
            rayon::join(
                || with_mistakes(|found| events::expand(&pages, config, clock, changes.clone(), found)),
                || with_mistakes(|found| taxonomies::collect(&pages, config, found)),
            )
        },
    );
    let (by_kind, nearest) = by_kind;
    let ((event_times, event_changes), terms) =
        (event_times.reported(&mut diagnostics), terms.reported(&mut diagnostics));
    changes = event_changes;
    relations::translate(&mut pages);
    let numbers = taxonomies::numbers(&terms, pages.len(), config);
    for (page, (section, terms)) in pages.iter_mut().zip(nearest.into_iter().zip(numbers)) {
        (page.section, page.terms) = (section, terms);
    }

    let ((sections, files), (references, others)) = rayon::join(
        || {
            rayon::join(
                || sections::order(&pages, config, &event_times, clock),
                || {
                    with_mistakes(|found| {
                        let files =
                            files::collect(content_files, static_files, theme_files, &pages, &hidden, config, found);
                        files::check_logo(&files, config, found);
                        files
                    })
                },
            )
        },
        || {
            rayon::join(
                || {
                    with_mistakes(|found| {
                        let references = references::resolve(&pages, &targets, found);
                        let groups = relations::group_links(&pages, &by_kind, &references);
                        let served = relations::served(&pages, &by_kind, &references);
                        (references, groups, served)
                    })
                },
                || {
                    with_mistakes(|found| {
                        found.extend(versions::check(&pages));
                        found.extend(versions::check_uids(&pages));
                        found.extend(translations::check(&pages, config));
                        found.extend(translations::check_default(&pages, &hidden, config));
                        sections::check_options(&pages, config, found);
                        let occurrences = events::merge(&pages, &by_kind, &event_times);
                        let related = relations::relate(&pages, &targets, found);
                        let menus = menus::build(&pages, &targets, config, found);
                        let series = series::collect(&pages, config, found);
                        (occurrences, related, menus, series)
                    })
                },
            )
        },
    );
    let mut sections = sections;
    let files = files.reported(&mut diagnostics);
    let (references, groups, served) = references.reported(&mut diagnostics);
    let (occurrences, related, menus, series) = others.reported(&mut diagnostics);
    sections::set_neighbours(&mut pages, &sections);
    for (page, related) in pages.iter_mut().zip(related) {
        page.related = related;
    }
    let clocks = Clocks::of(event_times.values().map(|times| times.schedule.zone()).chain([&config.timezone]));
    let event_lists = events::collect(&events::Inputs {
        pages: &pages,
        config,
        by_kind: &by_kind,
        sections: &sections,
        terms: &terms,
        groups: &groups,
        served: &served,
        references: &references.groups,
        times: &event_times,
        occurrences: &occurrences,
        now: clock.now,
    });
    for section in event_lists.all.iter().filter_map(|list| list.section) {
        sections.entry(section).and_modify(|found| found.kind = Kind::Event);
    }
    let actions = actions::offered(&targets, &pages, config, &mut changes, &mut diagnostics);

    let signatories = signatories::arrange(&pages, config);
    hosts::check(config, clock, &mut changes, &mut diagnostics);
    let structure = Structure {
        next_change: changes.earliest(),
        homes: homes(&pages, config),
        archives: archives::collect(&pages, &sections, config),
        taxonomy_pages: term_pages::taxonomy_pages(&pages, config),
        series,
        config: Arc::clone(config),
        sections,
        terms,
        served,
        groups,
        event_times,
        clocks,
        references,
        signatories,
        occurrences,
        event_lists,
        by_kind,
        menus,
        actions,
        files: files.list,
        outputs,
        content_files: files.by_content_path,
        targets,
    };
    let pages = pages.into_iter().map(Arc::new).collect();
    let mut site = Site {
        clock: clock.clone(),
        pages,
        jobs: Arc::default(),
        redirects: Arc::default(),
        structure: Arc::new(structure),
        mistakes: Arc::default(),
    };
    site.jobs = Arc::new(plan::plan(&site, &mut diagnostics));
    redirects::settle(&mut site, &mut diagnostics);
    site.mistakes = Arc::new(diagnostics);
    let mistakes = texts::link_all(&mut site);
    (site, mistakes)
}

/// What a part of linking made, with the mistakes that it found.
struct Part<T> {
    made: T,
    mistakes: Vec<Diagnostic>,
}

fn with_mistakes<T>(make: impl FnOnce(&mut Vec<Diagnostic>) -> T) -> Part<T> {
    let mut mistakes = Vec::new();
    Part { made: make(&mut mistakes), mistakes }
}

impl<T> Part<T> {
    fn reported(self, diagnostics: &mut Vec<Diagnostic>) -> T {
        diagnostics.extend(self.mistakes);
        self.made
    }
}

fn homes(pages: &[Page], config: &Config) -> Vec<PageId> {
    let home_of = |language: usize| {
        pages.iter().position(|page| page.is_home() && page.language.0 as usize == language).unwrap_or(0) as u32
    };
    (0..config.languages.len()).map(|language| PageId(home_of(language))).collect()
}

/// The id for calendars that an author wrote.
fn written_uid(page: &Page) -> Option<&At<String>> {
    let Details::Event(event) = &page.document.details else { return None };
    event.uid.as_ref().filter(|uid| !uid.value.trim().is_empty())
}

/// The anchor of an occurrence on its event's page.
pub fn occurrence_anchor(id: &str) -> String {
    format!("hb-{id}")
}
