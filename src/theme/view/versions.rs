//! One page in several languages: its versions, and what leads a reader to each language from it.

use super::{ViewField, fields, map, moment};
use crate::site::{LanguageId, PageId, Site};
use crate::theme::engine::Shared;
use tera::value::Key;
use tera::{Map, Value};

pub const FIELDS: &[ViewField] = fields! {
    "language" "text" "The tag of the language."
    "name" "text" "The language's name for itself."
    "direction" "text" "ltr or rtl."
    "leads_to" "text" "`version`: this page in that language. `fallback`: the original stands there in the place of a version. `home`: there is nothing of it, and the address is that of the home page."
    "title" "text" "The title of what it leads to."
    "url" "text" "Its path."
    "current" "true or false" "Whether it is the language of the page."
};

pub const ORIGINAL_FIELDS: &[ViewField] = fields! {
    "language" "text" "The tag of its language."
    "name" "text" "The language's name for itself."
    "direction" "text" "ltr or rtl."
    "title" "text" "Its title."
    "url" "text" "Its path."
    "permalink" "text" "Its whole address."
    "updated" "time or none" "When it was last changed, or published."
    "newer" "true or false" "Whether it was changed after this version of it."
};

/// All versions of a page.
pub fn translations(shared: &Shared, id: PageId) -> Vec<Value> {
    let versions = &shared.site.page(id).translations;
    let main = shared.site.for_everyone(versions);
    let views = versions.iter().map(|id| {
        let page = shared.site.page(*id);
        version(shared, page.language, page.title(), &page.route.url, main == Some(*id))
    });
    views.collect()
}

/// One version of a page. `for_everyone` when it serves readers of all languages without one.
pub fn version(shared: &Shared, language: LanguageId, title: &str, url: &str, for_everyone: bool) -> Value {
    let settings = shared.site.language(language);
    let locale = &shared.tools(language).locale;
    Value::from(map! {
        "language": settings.code.as_str(),
        "name": settings.name.as_deref().unwrap_or(locale.native_name()),
        "direction": locale.direction().as_str(),
        "title": title,
        "url": url,
        "permalink": shared.site.permalink(url),
        "for_everyone": for_everyone,
    })
}

/// What leads to each language of the site from a document.
pub fn of_page(shared: &Shared, id: PageId) -> Vec<Value> {
    let site = &shared.site;
    let page = site.page(id);
    if site.config.languages.len() < 2 {
        return Vec::new();
    }
    let versions = site.versions(id);
    languages(shared, page.language, |language| {
        let found = versions.iter().copied().find(|version| site.page(*version).language == language)?;
        let page = site.page(found);
        // A folder's page that nobody wrote still lists what there is in the language.
        Some(Target {
            title: page.title().to_owned(),
            url: page.route.url.clone(),
            kind: if page.is_fallback { "fallback" } else { "version" },
        })
    })
}

/// What leads to each language from a page that is no document; `versions` are its views in the languages that have it.
pub fn of_made(shared: &Shared, current: LanguageId, versions: &[Value]) -> Vec<Value> {
    if shared.site.config.languages.len() < 2 {
        return Vec::new();
    }
    let text = |view: &Value, key: &'static str| {
        let value = view.as_map()?.get(&Key::from(key))?;
        value.as_str().map(str::to_owned)
    };
    languages(shared, current, |language| {
        let code = &shared.site.language(language).code;
        let view = versions.iter().find(|view| text(view, "language").as_ref() == Some(code))?;
        Some(Target { title: text(view, "title")?, url: text(view, "url")?, kind: "version" })
    })
}

/// Where a language's link leads.
struct Target {
    title: String,
    url: String,
    kind: &'static str,
}

fn languages(shared: &Shared, current: LanguageId, found: impl Fn(LanguageId) -> Option<Target>) -> Vec<Value> {
    let site: &Site = &shared.site;
    let views = site.languages().map(|language| {
        let target = found(language).unwrap_or_else(|| {
            let home = site.page(site.homes[usize::from(language.0)]);
            Target { title: home.title().to_owned(), url: home.route.url.clone(), kind: "home" }
        });
        let settings = site.language(language);
        let locale = &shared.tools(language).locale;
        Value::from(map! {
            "language": settings.code.as_str(),
            "name": settings.name.as_deref().unwrap_or(locale.native_name()),
            "direction": locale.direction().as_str(),
            "leads_to": target.kind,
            "title": target.title,
            "url": target.url,
            "current": language == current,
        })
    });
    views.collect()
}

/// The version that a page is a translation of, or stands in for.
pub fn original(shared: &Shared, id: PageId) -> Option<Value> {
    let site = &shared.site;
    let original = site.page(site.original(id)?);
    let common = &original.document.common;
    let changed = common.updated.as_ref().or(common.date.as_ref());
    let view = version(shared, original.language, original.title(), &original.route.url, false);
    let mut view: Map = view.into_map()?;
    view.insert("updated".into(), Value::from(changed.map(|at| moment(at.value, &site.config.timezone))));
    view.insert("newer".into(), Value::from(site.is_older_than_original(id)));
    Some(Value::from(view))
}
