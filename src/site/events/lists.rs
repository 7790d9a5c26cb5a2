//! Lists of events: of the whole site, and of each group, aim, region and term.

use super::{EventTimes, OccurrenceRef, OccurrenceView};
use crate::config::{Config, ListedBy, MonthPages};
use crate::content::{Details, Kind};
use crate::output::encode_path;
use crate::site::relations::GroupLinks;
use crate::site::routes::{language_prefix, slug_of};
use crate::site::sections::Section;
use crate::site::taxonomies::Term;
use crate::site::{LanguageId, Page, PageId};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// Coming and past occurrences that the first page of a list shows at the most.
const COMING_OF_ALL: usize = 100;
const COMING_OF_OTHERS: usize = 50;
const PAST_OF_ALL: usize = 20;
const PAST_OF_OTHERS: usize = 50;
/// The months in which a long event stands at the most.
const MOST_MONTHS: usize = 24;

/// Whose events a list, a calendar or a feed has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    All,
    Group(PageId),
    Aim(PageId),
    /// By the region's number among those of its language.
    Region(u32),
    Term {
        taxonomy: u32,
        term: u32,
    },
}

/// The events of a scope in one language.
#[derive(Debug)]
pub struct EventList {
    pub scope: Scope,
    pub language: LanguageId,
    /// The name of the group, aim, region or term; of all events the title of their section.
    pub title: String,
    /// The address of the page with the list: for [`Scope::All`] mostly that of a section.
    pub url: String,
    /// The section whose own page shows the list.
    pub section: Option<PageId>,
    /// The page of the group or aim.
    pub owner: Option<PageId>,
    pub calendar_url: Option<String>,
    /// In the order of their files.
    pub events: Vec<PageId>,
    /// Those that are kept, by start.
    pub occurrences: Vec<OccurrenceRef>,
    /// By year and month, the numbers of the occurrences that touch it.
    pub months: BTreeMap<(i16, i8), Vec<u32>>,
    /// How many occurrences touch each year.
    pub years: BTreeMap<i16, usize>,
    /// Whether each month has a page.
    pub month_pages: bool,
    /// Whether each year has a page.
    pub year_pages: bool,
    /// How many coming and past occurrences its first page shows.
    pub most_coming: usize,
    pub most_past: usize,
}

impl EventList {
    /// Whether it has a page that is made for it alone.
    pub fn has_page(&self) -> bool {
        self.section.is_none() && !self.occurrences.is_empty()
    }

    /// Whether it has a feed.
    pub fn has_feed(&self) -> bool {
        self.section.is_some() || self.has_page()
    }

    pub fn year_url(&self, year: i16) -> String {
        format!("{}{year:04}/", self.url)
    }

    pub fn month_url(&self, year: i16, month: i8) -> String {
        format!("{}{year:04}/{month:02}/", self.url)
    }
}

/// Every list of a site.
#[derive(Debug, Default)]
pub struct EventLists {
    /// By language, and within it by scope; that of all events first.
    pub all: Vec<EventList>,
    by_scope: HashMap<(u8, Scope), u32>,
}

impl EventLists {
    pub fn find(&self, language: LanguageId, scope: Scope) -> Option<(u32, &EventList)> {
        let number = *self.by_scope.get(&(language.0, scope))?;
        Some((number, &self.all[number as usize]))
    }
}

/// What lists are made from.
pub struct Inputs<'s> {
    pub pages: &'s [Page],
    pub config: &'s Config,
    pub by_kind: &'s [HashMap<Kind, Vec<PageId>>],
    pub sections: &'s HashMap<PageId, Section>,
    pub terms: &'s [Vec<Vec<Term>>],
    pub groups: &'s HashMap<PageId, GroupLinks>,
    pub served: &'s HashMap<PageId, Vec<PageId>>,
    pub references: &'s HashMap<PageId, Vec<PageId>>,
    pub times: &'s HashMap<PageId, EventTimes>,
    pub occurrences: &'s [Vec<OccurrenceRef>],
    pub now: Timestamp,
}

impl Inputs<'_> {
    fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    fn of_kind(&self, language: LanguageId, kind: Kind) -> &[PageId] {
        self.by_kind[language.0 as usize].get(&kind).map(Vec::as_slice).unwrap_or_default()
    }

    fn is_event(&self, id: PageId) -> bool {
        self.page(id).kind() == Kind::Event
    }
}

/// The lists of every language.
pub fn collect(inputs: &Inputs<'_>) -> EventLists {
    let mut lists = EventLists::default();
    let any = inputs.by_kind.iter().any(|kinds| kinds.contains_key(&Kind::Event));
    for language in (0..inputs.config.languages.len() as u8).map(LanguageId) {
        let mut own = of_language(inputs, language, any);
        own.sort_by_key(|list| list.scope);
        fill(&mut own, inputs, language);
        for list in own {
            lists.by_scope.insert((language.0, list.scope), lists.all.len() as u32);
            lists.all.push(list);
        }
    }
    lists
}

/// The lists of a language, without their occurrences yet.
fn of_language(inputs: &Inputs<'_>, language: LanguageId, any: bool) -> Vec<EventList> {
    let mut lists = Vec::new();
    let section = events_section(inputs, language);
    let events = inputs.of_kind(language, Kind::Event);
    if !any && section.is_none() {
        return lists;
    }
    let base = &inputs.config.base_url.path;
    let prefix = language_prefix(language, inputs.config);
    let home = format!("{base}/{prefix}");
    let url = section.map_or(format!("{home}events/"), |section| inputs.page(section).route.url.clone());
    let title = section.map_or(String::new(), |section| inputs.page(section).title().to_owned());
    let maker = Maker { inputs, language };
    let mut all = maker.list(Scope::All, title, url.clone(), &home, events.to_vec());
    all.section = section;
    lists.push(all);
    let wanted = |by: ListedBy| inputs.config.events.lists.contains(&by);
    for group in inputs.of_kind(language, Kind::Group).iter().filter(|_| wanted(ListedBy::Group)) {
        // A group without a page in this language has its lists in its own.
        if inputs.page(*group).language == language {
            let events = inputs.groups.get(group).map(|links| links.events.clone()).unwrap_or_default();
            lists.push(maker.of_page(Scope::Group(*group), *group, events));
        }
    }
    for aim in inputs.of_kind(language, Kind::Aim).iter().filter(|_| wanted(ListedBy::Aim)) {
        let served = inputs.served.get(aim).map(Vec::as_slice).unwrap_or_default();
        let events: Vec<PageId> = served.iter().copied().filter(|id| inputs.is_event(*id)).collect();
        if !events.is_empty() {
            lists.push(maker.of_page(Scope::Aim(*aim), *aim, events));
        }
    }
    let regions = if wanted(ListedBy::Region) { regions(inputs, language) } else { BTreeMap::new() };
    for (number, (slug, (name, events))) in regions.into_iter().enumerate() {
        let own = format!("{url}region/{}/", encode_path(&slug));
        lists.push(maker.list(Scope::Region(number as u32), name, own.clone(), &own, events));
    }
    let taxonomies = inputs.terms[language.0 as usize].iter().enumerate().filter(|_| wanted(ListedBy::Term));
    for (taxonomy, terms) in taxonomies {
        let name = &inputs.config.taxonomies[taxonomy].name;
        for (number, term) in terms.iter().enumerate() {
            let mut events: Vec<PageId> = term.pages.iter().copied().filter(|id| inputs.is_event(*id)).collect();
            events.sort_unstable();
            if !events.is_empty() {
                let own = format!("{home}{name}/{}/", encode_path(&term.slug));
                let scope = Scope::Term { taxonomy: taxonomy as u32, term: number as u32 };
                lists.push(maker.list(scope, term.name.clone(), format!("{own}events/"), &own, events));
            }
        }
    }
    lists
}

struct Maker<'m> {
    inputs: &'m Inputs<'m>,
    language: LanguageId,
}

impl Maker<'_> {
    /// A list whose calendar stands below `beside`.
    fn list(&self, scope: Scope, title: String, url: String, beside: &str, events: Vec<PageId>) -> EventList {
        let events_config = &self.inputs.config.events;
        let all = scope == Scope::All;
        let archived = !all || events_config.lists.contains(&ListedBy::Site);
        EventList {
            scope,
            language: self.language,
            title,
            url,
            section: None,
            owner: None,
            calendar_url: events_config.calendars.then(|| format!("{beside}calendar.ics")),
            events,
            occurrences: Vec::new(),
            months: BTreeMap::new(),
            years: BTreeMap::new(),
            month_pages: match events_config.month_pages {
                MonthPages::All => archived,
                MonthPages::Site => all && archived,
                MonthPages::None => false,
            },
            year_pages: false,
            most_coming: if all { COMING_OF_ALL } else { COMING_OF_OTHERS },
            most_past: if all { PAST_OF_ALL } else { PAST_OF_OTHERS },
        }
    }

    /// The list of a group or an aim, below its page.
    fn of_page(&self, scope: Scope, owner: PageId, events: Vec<PageId>) -> EventList {
        let page = self.inputs.page(owner);
        // A page whose address is that of a file has its lists beside it.
        let base = match page.route.url.strip_suffix(".html") {
            Some(stem) => format!("{stem}/"),
            None => page.route.url.clone(),
        };
        let list = self.list(scope, page.title().to_owned(), format!("{base}events/"), &base, events);
        EventList { owner: Some(owner), ..list }
    }
}

/// The section whose page lists the events of a language: that of the folder `events`, or else one
/// that holds nothing but events, the most of them.
fn events_section(inputs: &Inputs<'_>, language: LanguageId) -> Option<PageId> {
    let own = inputs.sections.keys().copied().filter(|id| inputs.page(*id).language == language);
    if let Some(usual) = own.clone().find(|id| inputs.page(*id).document.path.folder() == "events") {
        return Some(usual);
    }
    // A folder of another name whose pages all are events; one that holds other pages too shows those.
    let count = |id: PageId| {
        let pages = inputs.sections.get(&id).map(|section| section.pages.as_slice()).unwrap_or_default();
        if pages.iter().all(|page| inputs.is_event(*page)) { pages.len() } else { 0 }
    };
    let counted = own.filter(|id| !inputs.page(*id).is_home()).map(|id| (count(id), std::cmp::Reverse(id)));
    counted.filter(|(count, _)| *count > 0).max().map(|(_, id)| id.0)
}

/// The regions of a language by their slugs: the name, and the events of the groups there.
fn regions(inputs: &Inputs<'_>, language: LanguageId) -> BTreeMap<String, (String, Vec<PageId>)> {
    let own = &inputs.config.languages[language.0 as usize];
    let mut regions: BTreeMap<String, (String, Vec<PageId>)> = BTreeMap::new();
    let mut by_stem: HashMap<&str, String> = HashMap::new();
    for group in inputs.of_kind(language, Kind::Group) {
        let page = inputs.page(*group);
        if let Details::Group(found) = &page.document.details
            && let Some(region) = found.region.as_deref().map(str::trim).filter(|region| !region.is_empty())
        {
            let slug = slug_of(region, own);
            regions.entry(slug.clone()).or_insert_with(|| (region.to_owned(), Vec::new()));
            by_stem.insert(&page.document.path.stem, slug);
        }
    }
    for event in inputs.of_kind(language, Kind::Event) {
        let groups = inputs.references.get(event).map(Vec::as_slice).unwrap_or_default();
        for group in groups {
            // The event may name the group's version in another language.
            let slug = by_stem.get(inputs.page(*group).document.path.stem.as_str());
            if let Some((_, events)) = slug.and_then(|slug| regions.get_mut(slug))
                && events.last() != Some(event)
            {
                events.push(*event);
            }
        }
    }
    regions
}

/// Gives every list of a language its occurrences and months.
fn fill(lists: &mut [EventList], inputs: &Inputs<'_>, language: LanguageId) {
    let mut lists_of: HashMap<PageId, Vec<usize>> = HashMap::new();
    for (number, list) in lists.iter().enumerate() {
        for event in &list.events {
            lists_of.entry(*event).or_default().push(number);
        }
    }
    for found in &inputs.occurrences[language.0 as usize] {
        let times = inputs.times.get(&found.page);
        let Some(occurrence) = times.and_then(|times| times.occurrences.get(found.index as usize)) else { continue };
        for number in lists_of.get(&found.page).map(Vec::as_slice).unwrap_or_default() {
            let list = &mut lists[*number];
            let at = list.occurrences.len() as u32;
            list.occurrences.push(*found);
            let mut last_year = None;
            for (year, month) in months_of(occurrence) {
                list.months.entry((year, month)).or_default().push(at);
                if last_year.replace(year) != Some(year) {
                    *list.years.entry(year).or_default() += 1;
                }
            }
        }
    }
    let archived = inputs.config.events.lists.contains(&ListedBy::Site);
    for list in lists {
        list.occurrences.shrink_to_fit();
        list.months.values_mut().for_each(Vec::shrink_to_fit);
        let is_past = |found: &OccurrenceRef| {
            let times = inputs.times.get(&found.page);
            times.is_some_and(|times| times.occurrences[found.index as usize].is_past(inputs.now))
        };
        let past = list.occurrences.iter().filter(|found| is_past(found)).count();
        let coming = list.occurrences.len() - past;
        list.year_pages = match list.scope {
            Scope::All => archived && !list.occurrences.is_empty(),
            _ => past > list.most_past || coming > list.most_coming || list.month_pages && past + coming > 0,
        };
    }
}

/// The months that an occurrence touches, in its own zone.
fn months_of(occurrence: &OccurrenceView) -> impl Iterator<Item = (i16, i8)> {
    let (first, last) = (occurrence.start.date(), occurrence.last_day());
    let next = |date: &Date| {
        let (year, month) = if date.month() == 12 { (date.year() + 1, 1) } else { (date.year(), date.month() + 1) };
        Date::new(year, month, 1).ok()
    };
    let months = std::iter::successors(Some(first.first_of_month()), next);
    months
        .take_while(move |month| *month <= last.max(first))
        .take(MOST_MONTHS)
        .map(|month| (month.year(), month.month()))
}
