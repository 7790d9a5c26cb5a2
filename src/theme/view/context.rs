//! The contexts of the templates: what each kind of job renders with.

use super::versions::{of_made, version};
use super::{archives, calendar, event, kinds, lists, map, page, site};
use crate::config::Output;
use crate::content::Details;
use crate::diagnostic::Diagnostic;
use crate::locale::DateStyle;
use crate::site::{EventList, LanguageId, PageId, Period, Scope};
use crate::theme::engine::{Engine, Shared};
use std::borrow::Cow;
use tera::{Context, Map, Value};

fn base(shared: &Shared, language: LanguageId, site_view: Value, page: Map) -> Context {
    let mut context = Context::new();
    context.insert_value("site", site_view);
    context.insert_value("lang", Value::from(shared.site.language(language).code.as_str()));
    context.insert_value("direction", Value::from(shared.tools(language).locale.direction().as_str()));
    context.insert_value("page", Value::from(page));
    context
}

/// What components see of the page around them, where a text stands outside its own page.
pub fn implicits(engine: &Engine, id: PageId) -> Context {
    let shared = engine.shared();
    let found = shared.site.page(id);
    let card = shared.card(id).as_map().cloned().unwrap_or_default();
    base(shared, found.language, shared.site_view(found.language).clone(), card)
}

/// A document; for a section also a page of its list.
pub fn document(engine: &Engine, id: PageId, number: u32) -> Result<Context, Vec<Diagnostic>> {
    let shared = engine.shared();
    let found = shared.site.page(id);
    let site_view = site::for_page(shared, found.language, Some(id));
    let mut view = page::build(engine, id, &site_view)?;
    let original = shared.site.original(id).filter(|_| found.is_fallback).map(|id| &*shared.site.page(id).route.url);
    at_list_page(shared, &mut view, &found.route.url, original, number);
    let mut context = base(shared, found.language, site_view, view);
    if let Some(section) = shared.site.sections.get(&id) {
        let size = shared.site.section_page_size(id);
        let list = lists::build(shared, &section.pages, &found.route.url, size, number);
        context.insert_value("list", Value::from(list));
    }
    if let Some(archived) = shared.site.archive(id) {
        context.insert_value("archive", archives::build(shared, id, archived, None));
    }
    if number == 1
        && let Some(calendar) = calendar::of_section(shared, id)
    {
        context.insert_value("calendar", calendar);
    }
    Ok(context)
}

/// The page of one occurrence of a series: the event's, with that date.
pub fn occurrence(engine: &Engine, id: PageId, index: usize) -> Result<Context, Vec<Diagnostic>> {
    let shared = engine.shared();
    let site = &shared.site;
    let found = site.page(id);
    let site_view = site::for_page(shared, found.language, Some(id));
    let mut view = page::build(engine, id, &site_view)?;
    let url = site.occurrence_url(id, index);
    let times = site.event_times.get(&id).and_then(|times| times.occurrences.get(index));
    view.extend(map! {
        "title": times.map_or(found.title(), |times| event::occurrence_title(site, id, times)),
        "permalink": site.permalink(&url),
        "url": url,
        "canonical": site
            .original(id)
            .filter(|_| found.is_fallback)
            .map(|original| site.permalink(&site.occurrence_url(original, index))),
        "translations": page::occurrence_translations(shared, id, index),
        "breadcrumbs": page::breadcrumbs(shared, Some(id)),
        "previous": index.checked_sub(1).and_then(|before| event::date_link(shared, id, before)),
        "next": event::date_link(shared, id, index + 1),
        "occurrence": event::occurrence(shared, id, index, false),
    });
    Ok(base(shared, found.language, site_view, view))
}

/// A further page of the names under a statement.
pub fn signatories(engine: &Engine, id: PageId, number: u32) -> Context {
    let shared = engine.shared();
    let site = &shared.site;
    let found = site.page(id);
    let url = site.signatories_url(id, number);
    let mut view = page::made(shared, found.language, "signatories", found.title(), &url);
    view.extend(map! { "breadcrumbs": page::breadcrumbs(shared, Some(id)) });
    if let Details::Statement(statement) = &found.document.details {
        let whole = kinds::statement(shared, id, found, statement, number);
        view.insert("statement".into(), Value::from(whole));
    }
    base(shared, found.language, site::for_page(shared, found.language, None), view)
}

/// Which page of a list of events is made.
#[derive(Clone, Copy)]
enum Span {
    Whole,
    Year(i16),
    Month(i16, i8),
}

impl Span {
    /// Its address in a list, if that has it.
    fn url(self, list: &EventList) -> Option<String> {
        match self {
            Self::Whole => (list.section.is_some() || list.has_page()).then(|| list.url.clone()),
            Self::Year(year) => (list.year_pages && list.years.contains_key(&year)).then(|| list.year_url(year)),
            Self::Month(year, month) => {
                let there = list.month_pages && list.months.contains_key(&(year, month));
                there.then(|| list.month_url(year, month))
            }
        }
    }

    /// In words; none for the whole.
    fn name(self, shared: &Shared, language: LanguageId) -> Option<String> {
        match self {
            Self::Whole => None,
            Self::Year(year) => Some(archives::name(shared, language, Period { year, month: None })),
            Self::Month(year, month) => {
                let first = jiff::civil::Date::new(year, month, 1).unwrap_or_default();
                let dates = shared.tools(language).dates.as_ref();
                let name = dates.map(|dates| dates.date(first, DateStyle::MonthYear));
                Some(name.unwrap_or_else(|| format!("{year}-{month:02}")))
            }
        }
    }
}

/// The first page of a list of events that is not a section's.
pub fn event_list(engine: &Engine, list: u32) -> Context {
    let list = &engine.site().event_lists.all[list as usize];
    made_of_events(engine.shared(), list, Span::Whole, calendar::first_page(engine.shared(), list))
}

pub fn event_year(engine: &Engine, list: u32, year: i16) -> Context {
    let list = &engine.site().event_lists.all[list as usize];
    made_of_events(engine.shared(), list, Span::Year(year), calendar::year_page(engine.shared(), list, year))
}

pub fn event_month(engine: &Engine, list: u32, year: i16, month: i8) -> Context {
    let list = &engine.site().event_lists.all[list as usize];
    let view = calendar::month_page(engine.shared(), list, year, month);
    made_of_events(engine.shared(), list, Span::Month(year, month), view)
}

/// The title of a page of a list of events: `Events in May 2027: Leeds`.
fn events_title(shared: &Shared, list: &EventList, time: Option<String>) -> String {
    let name = match list.scope {
        Scope::All => None,
        _ => Some(list.title.clone()),
    };
    let (key, english) = match (&time, &name) {
        (None, None) => ("events_title", "Events"),
        (None, Some(_)) => ("events_of", "Events: {name}"),
        (Some(_), None) => ("events_in", "Events: {time}"),
        (Some(_), Some(_)) => ("events_of_in", "Events: {name}, {time}"),
    };
    let value = |asked: &str| match asked {
        "name" => name.clone().map(Cow::Owned),
        "time" => time.clone().map(Cow::Owned),
        _ => None,
    };
    shared.words(key, list.language, None, value).unwrap_or_else(|| crate::theme::strings::fill(english, value))
}

fn made_of_events(shared: &Shared, list: &EventList, span: Span, calendar: Value) -> Context {
    let language = list.language;
    let title = events_title(shared, list, span.name(shared, language));
    let url = span.url(list).unwrap_or_else(|| list.url.clone());
    let mut view = page::made(shared, language, "events", &title, &url);
    let all = shared.site.event_list(language, Scope::All).and_then(|(_, list)| list.section);
    view.insert("breadcrumbs".into(), Value::from(above(shared, list, all, span)));
    set_versions(shared, language, &mut view, versions(shared, list, span));
    page::set_calendar(shared, &mut view, list);
    if list.has_feed() && list.section.is_none_or(|section| shared.site.section_has_feed(section)) {
        page::set_feed(shared, &mut view, &list.url);
    }
    let active = list.owner.or(all);
    let mut context = base(shared, language, site::for_page(shared, language, active), view);
    context.insert_value("calendar", calendar);
    context
}

/// The pages above a page of a list of events: those above the list, the list, the year.
fn above(shared: &Shared, list: &EventList, all: Option<PageId>, span: Span) -> Vec<Value> {
    let home = shared.site.homes[list.language.0 as usize];
    let mut crumbs = page::breadcrumbs(shared, list.owner.or(all).or(Some(home)));
    let code = shared.site.language(list.language).code.as_str();
    let link = |span: Span, title: String| {
        Some(Value::from(map! { "title": title, "url": span.url(list)?, "language": code }))
    };
    if !matches!(span, Span::Whole) && list.section.is_none() {
        crumbs.extend(link(Span::Whole, events_title(shared, list, None)));
    }
    if let Span::Month(year, _) = span {
        let name = archives::name(shared, list.language, Period { year, month: None });
        crumbs.extend(link(Span::Year(year), name));
    }
    crumbs
}

/// The versions of a page of a list in all languages that have it; lists of regions and terms have none.
fn versions(shared: &Shared, list: &EventList, span: Span) -> Vec<Value> {
    let site = &shared.site;
    let lists: Vec<&EventList> = match list.scope {
        Scope::All => {
            let languages = (0..site.config.languages.len() as u8).map(LanguageId);
            languages.filter_map(|language| Some(site.event_list(language, Scope::All)?.1)).collect()
        }
        _ => {
            let owners = list.owner.map(|owner| site.page(owner).translations.as_slice()).unwrap_or_default();
            owners.iter().filter_map(|owner| site.event_list_of(*owner)).collect()
        }
    };
    let version = |list: &&EventList| {
        let title = events_title(shared, list, span.name(shared, list.language));
        Some((list.language, title, span.url(list)?))
    };
    if site.config.languages.len() < 2 {
        return Vec::new();
    }
    in_languages(shared, lists.iter().filter_map(version))
}

/// Views of the versions of one page, the first of which serves everyone else.
fn in_languages(shared: &Shared, versions: impl Iterator<Item = (LanguageId, String, String)>) -> Vec<Value> {
    let numbered = versions.enumerate();
    numbered.map(|(at, (language, title, url))| version(shared, language, &title, &url, at == 0)).collect()
}

/// Tells a page that is no document its versions.
fn set_versions(shared: &Shared, language: LanguageId, view: &mut Map, versions: Vec<Value>) {
    view.insert("languages".into(), Value::from(of_made(shared, language, &versions)));
    // What has but one version has none.
    let versions = if versions.len() > 1 { versions } else { Vec::new() };
    view.insert("translations".into(), Value::from(versions));
}

/// The later pages of a list are pages of their own, with addresses of their own. `original` is the address of what the
/// list stands in for.
fn at_list_page(shared: &Shared, view: &mut Map, url: &str, original: Option<&str>, number: u32) {
    if number > 1 {
        let url = shared.site.list_url(url, number);
        view.insert("permalink".into(), Value::from(shared.site.permalink(&url)));
        view.insert("url".into(), Value::from(url));
        view.insert("translations".into(), Value::from(Vec::<Value>::new()));
        if let Some(first) = original {
            let url = shared.site.list_url(first, number);
            view.insert("canonical".into(), Value::from(shared.site.permalink(&url)));
        }
    }
}

/// All terms of a taxonomy.
pub fn taxonomy(engine: &Engine, language: LanguageId, taxonomy: u32) -> Result<Context, Vec<Diagnostic>> {
    let shared = engine.shared();
    let site = &shared.site;
    let title = site.taxonomy_title(language, taxonomy);
    let url = site.taxonomy_url(language, taxonomy);
    let authored = site.taxonomy_page(language, taxonomy);
    let site_view = site::for_page(shared, language, authored);
    let mut view = match authored {
        Some(page) => of_term(engine, page, "taxonomy", &site_view)?,
        None => page::made(shared, language, "taxonomy", title, &url),
    };
    let others = site.languages_of_taxonomy(taxonomy).map(|language| {
        (language, site.taxonomy_title(language, taxonomy).to_owned(), site.taxonomy_url(language, taxonomy))
    });
    set_versions(shared, language, &mut view, in_languages(shared, others));
    let mut context = base(shared, language, site_view, view);
    context.insert_value("taxonomy", Value::from(lists::taxonomy(site, language, taxonomy)));
    context.insert_value("terms", Value::from(lists::terms(site, language, taxonomy)));
    Ok(context)
}

/// The page that an author wrote for a term or a taxonomy.
fn of_term(engine: &Engine, page: PageId, kind: &'static str, site_view: &Value) -> Result<Map, Vec<Diagnostic>> {
    let mut view = page::build(engine, page, site_view)?;
    view.insert("kind".into(), Value::from(kind));
    Ok(view)
}

/// A page of a term's list.
pub fn term(
    engine: &Engine,
    language: LanguageId,
    taxonomy: u32,
    term: u32,
    number: u32,
) -> Result<Context, Vec<Diagnostic>> {
    let shared = engine.shared();
    let site = &shared.site;
    let found = &site.terms[language.0 as usize][taxonomy as usize][term as usize];
    let settings = &site.config.taxonomies[taxonomy as usize];
    let url = site.term_url(language, taxonomy, term);
    let site_view = site::for_page(shared, language, found.page);
    let mut view = match found.page {
        Some(page) => of_term(engine, page, "term", &site_view)?,
        None => page::made(shared, language, "term", &found.name, &url),
    };
    let home = site.homes[language.0 as usize];
    let mut above = page::breadcrumbs(shared, Some(home));
    above.push(Value::from(map! {
        "title": site.taxonomy_title(language, taxonomy),
        "url": site.taxonomy_url(language, taxonomy),
        "language": site.language(language).code.as_str(),
    }));
    view.insert("breadcrumbs".into(), Value::from(above));
    at_list_page(shared, &mut view, &url, None, number);
    if settings.feed {
        page::set_feed(shared, &mut view, &url);
    }
    if let Some((_, events)) = site.event_list(language, Scope::Term { taxonomy, term }) {
        page::set_calendar(shared, &mut view, events);
        view.insert("events_url".into(), Value::from(events.has_page().then_some(events.url.as_str())));
    }
    let mut context = base(shared, language, site_view, view);
    context.insert_value("taxonomy", Value::from(lists::taxonomy(site, language, taxonomy)));
    context.insert_value("term", Value::from(lists::term(site, language, taxonomy, term)));
    let list = lists::build(shared, &found.pages, &url, settings.paginate as usize, number);
    context.insert_value("list", Value::from(list));
    Ok(context)
}

/// A year or a month of a section's archive.
pub fn archive(engine: &Engine, section: PageId, period: Period, number: u32) -> Context {
    let shared = engine.shared();
    let site = &shared.site;
    let found = site.page(section);
    let language = found.language;
    let url = site.archive_url(section, period);
    let name = archives::name(shared, language, period);
    let title = archives::title(shared, section, period);
    let mut view = page::made(shared, language, "archive", &title, &url);
    let mut above = page::breadcrumbs(shared, Some(section));
    if period.month.is_some() {
        let year = Period { month: None, ..period };
        above.push(Value::from(map! {
            "title": archives::name(shared, language, year),
            "url": site.archive_url(section, year),
            "language": site.language(language).code.as_str(),
        }));
    }
    view.insert("breadcrumbs".into(), Value::from(above));
    view.insert("section".into(), shared.link(section));
    let others =
        site.archives_with(section, period).into_iter().filter(|(_, id)| site.page(*id).route.url.ends_with('/'));
    let others =
        others.map(|(language, id)| (language, archives::title(shared, id, period), site.archive_url(id, period)));
    set_versions(shared, language, &mut view, in_languages(shared, others));
    at_list_page(shared, &mut view, &url, None, number);
    let mut context = base(shared, language, site::for_page(shared, language, Some(section)), view);
    if let Some(archived) = site.archive(section) {
        let list = lists::build(shared, archived.of(period), &url, site.section_page_size(section), number);
        context.insert_value("list", Value::from(list));
        context.insert_value("archive", archives::build(shared, section, archived, Some((period, name))));
    }
    context
}

/// The page for what is not found.
pub fn not_found(engine: &Engine, language: LanguageId, url: &str) -> Context {
    let shared = engine.shared();
    let title = shared
        .words("not_found_title", language, None, |_| None::<Cow<'_, str>>)
        .unwrap_or_else(|| "Page not found".to_owned());
    let view = page::made(shared, language, "not-found", &title, url);
    base(shared, language, site::for_page(shared, language, None), view)
}

/// An earlier address of a page.
pub fn redirect(engine: &Engine, id: PageId) -> Context {
    let shared = engine.shared();
    let found = shared.site.page(id);
    let view = shared.card(id).as_map().cloned().unwrap_or_default();
    let mut context = base(shared, found.language, site::for_page(shared, found.language, None), view);
    let url = found.route.url.as_str();
    context.insert_value("target", Value::from(url));
    context.insert_value("permalink", Value::from(shared.site.permalink(url)));
    context
}

/// A further file beside a page: what the page sees, and the list of what the file is of.
pub fn output(engine: &Engine, output: &Output, id: PageId) -> Result<Context, Vec<Diagnostic>> {
    let shared = engine.shared();
    let found = shared.site.page(id);
    let mut context = document(engine, id, 1)?;
    let ids = shared.site.output_list(output, id);
    context.insert_value("list", Value::from(lists::build(shared, &ids, &found.route.url, 0, 1)));
    Ok(context)
}

/// An address of the configuration's table that leads to `target`.
pub fn moved(engine: &Engine, target: &str) -> Context {
    let shared = engine.shared();
    let language = LanguageId(0);
    let view = page::made(shared, language, "redirect", "", target);
    let mut context = base(shared, language, site::for_page(shared, language, None), view);
    let whole = if target.starts_with('/') { shared.site.permalink(target) } else { target.to_owned() };
    context.insert_value("target", Value::from(target));
    context.insert_value("permalink", Value::from(whole));
    context
}
