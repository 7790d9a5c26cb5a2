//! What is made of a page only where a template asks for it.

use super::{Caller, FunctionSpec};
use crate::content::Details;
use crate::site::PageId;
use crate::theme::view::{add_links, event, structured};
use tera::value::Key;
use tera::{Error, Kwargs, Map, TeraResult, Value};

pub const STRUCTURED_DATA: FunctionSpec = FunctionSpec {
    name: "structured_data",
    args: &[("page", "the page that is rendered")],
    meaning: "What schema.org's words say of a page, as a table for `json_script`; none where they say nothing.",
    example: "{% set data = structured_data(page=page) %}{% if data %}<script type=\"application/ld+json\">{{ data | json_script }}</script>{% endif %}",
    open: false,
    call: structured_data,
};

pub const ADD_LINKS: FunctionSpec = FunctionSpec {
    name: "add_links",
    args: &[("page", "the page that is rendered, of an event or of one date of a series")],
    meaning: "Links that add an event to a calendar on the web: name (the service), url. Empty for what is over or does not take place.",
    example: "{% for l in add_links(page=page) %}<a href=\"{{ l.url }}\">{{ l.name }}</a>{% endfor %}",
    open: false,
    call: add_to_calendar,
};

pub const OCCURRENCE_OF: FunctionSpec = FunctionSpec {
    name: "occurrence_of",
    args: &[("page", "the card or the page of an event")],
    meaning: "The occurrence that stands for an event in lists: the next one, or the last when none is left; none for \
              what is no event.",
    example: "{% set o = occurrence_of(page=c) %}{{ o.start | date }}",
    open: false,
    call: occurrence_of,
};

/// What a page's view stands for.
enum Shown {
    Page(PageId),
    /// One date of a series, by its number.
    Occurrence(PageId, usize),
}

fn structured_data(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    Ok(match shown(caller, kwargs)? {
        Some(Shown::Page(id)) => structured::page(caller.shared, id),
        Some(Shown::Occurrence(id, index)) => structured::occurrence(caller.shared, id, index),
        None => {
            let page = kwargs.must_get::<&Value>("page")?.as_map();
            page.map_or_else(Value::none, |page| structured::of_made(caller.shared, page))
        }
    })
}

fn add_to_calendar(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let shared = caller.shared;
    Ok(Value::from(match shown(caller, kwargs)? {
        Some(Shown::Page(id)) => match &shared.site.page(id).document.details {
            Details::Event(event) => add_links::of_event(shared, id, event),
            _ => Vec::new(),
        },
        Some(Shown::Occurrence(id, index)) => add_links::of_occurrence(shared, id, index),
        None => Vec::new(),
    }))
}

fn occurrence_of(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    Ok(match shown(caller, kwargs)? {
        Some(Shown::Page(id)) => event::standing_for(caller.shared, id),
        Some(Shown::Occurrence(id, index)) => event::occurrence(caller.shared, id, index, false),
        None => Value::none(),
    })
}

/// What the argument `page` stands for; none for pages made without a document and for later pages of a list.
fn shown(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Option<Shown>> {
    let page = kwargs.must_get::<&Value>("page")?;
    let view = page.as_map().ok_or_else(|| Error::message("`page` takes the page that is rendered: page=page"))?;
    let part = |view: &Map, key: &'static str| view.get(&Key::from(key)).cloned();
    let text = |key| part(view, key).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    let site = &caller.shared.site;
    let language = site.language_id(&text("language")).unwrap_or(caller.language);
    let version = |language| site.find(&format!("{}.md", text("id")), language);
    // What stands in for a version in the caller's language says the language of its text.
    let found = [version(language), version(caller.language)].into_iter().flatten();
    let is_shown = |id: &PageId| text("url") == site.page(*id).route.url;
    if let Some(id) = found.clone().find(is_shown) {
        return Ok(Some(Shown::Page(id)));
    }
    let Some(id) = found.rev().find(|id| text("url").starts_with(&site.page(*id).route.url)) else { return Ok(None) };
    let occurrence = part(view, "occurrence").and_then(|occurrence| part(occurrence.as_map()?, "id"));
    let name = occurrence.as_ref().and_then(Value::as_str);
    let index = site.event_times.get(&id).zip(name).and_then(|(times, name)| times.occurrence_named(name));
    Ok(index.map(|index| Shown::Occurrence(id, index)))
}
