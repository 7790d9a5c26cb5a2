//! The contexts of the templates: what each kind of job renders with.

use super::{lists, map, page, site};
use crate::diagnostic::Diagnostic;
use crate::site::{LanguageId, PageId};
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
    at_list_page(shared, &mut view, &found.route.url, number);
    let mut context = base(shared, found.language, site_view, view);
    if let Some(section) = shared.site.sections.get(&id) {
        let size = shared.site.section_page_size(id);
        let list = lists::build(shared, &section.pages, &found.route.url, size, number);
        context.insert_value("list", Value::from(list));
    }
    Ok(context)
}

/// The later pages of a list are pages of their own, with addresses of their own.
fn at_list_page(shared: &Shared, view: &mut Map, url: &str, number: u32) {
    if number > 1 {
        let url = shared.site.list_url(url, number);
        view.insert("permalink".into(), Value::from(shared.site.permalink(&url)));
        view.insert("url".into(), Value::from(url));
        view.insert("translations".into(), Value::from(Vec::<Value>::new()));
        view.insert("structured_data".into(), Value::none());
    }
}

/// All terms of a taxonomy.
pub fn taxonomy(engine: &Engine, language: LanguageId, taxonomy: u32) -> Context {
    let shared = engine.shared();
    let settings = &shared.site.config.taxonomies[taxonomy as usize];
    let url = shared.site.taxonomy_url(language, taxonomy);
    let view = page::made(shared, language, "taxonomy", &settings.title, &url);
    let mut context = base(shared, language, site::for_page(shared, language, None), view);
    context.insert_value("taxonomy", Value::from(lists::taxonomy(&shared.site, language, taxonomy)));
    context.insert_value("terms", Value::from(lists::terms(&shared.site, language, taxonomy)));
    context
}

/// A page of a term's list.
pub fn term(engine: &Engine, language: LanguageId, taxonomy: u32, term: u32, number: u32) -> Context {
    let shared = engine.shared();
    let found = &shared.site.terms[language.0 as usize][taxonomy as usize][term as usize];
    let settings = &shared.site.config.taxonomies[taxonomy as usize];
    let url = shared.site.term_url(language, taxonomy, term);
    let mut view = page::made(shared, language, "term", &found.name, &url);
    at_list_page(shared, &mut view, &url, number);
    if settings.feed {
        view.insert("feed_url".into(), Value::from(format!("{url}feed.xml")));
    }
    let mut context = base(shared, language, site::for_page(shared, language, None), view);
    context.insert_value("taxonomy", Value::from(lists::taxonomy(&shared.site, language, taxonomy)));
    context.insert_value("term", Value::from(lists::term(&shared.site, language, taxonomy, term)));
    let list = lists::build(shared, &found.pages, &url, settings.paginate as usize, number);
    context.insert_value("list", Value::from(list));
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
    let target = map! { "target": found.route.url.as_str(), "permalink": shared.site.permalink(&found.route.url) };
    for (key, value) in target {
        if let Some(key) = key.as_str() {
            context.insert_value(key.to_owned(), value);
        }
    }
    context
}
