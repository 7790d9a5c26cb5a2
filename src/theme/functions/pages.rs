use super::{Caller, FunctionSpec, language, text, window};
use crate::config::Sort;
use crate::content::Kind;
use crate::site::{PageId, Site, default_sort};
use crate::theme::view::cards;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "pages",
    args: &[
        ("kind", "only of a kind: aim, statement, group, event, action, post, page"),
        ("section", "only those that a section lists, such as \"news\" or \"@/news/_index.md\""),
        ("taxonomy", "with `term`: the taxonomy; default: tags"),
        ("term", "only those with a term, by its name or slug"),
        ("sort", "date (newest first), title, weight, start or order; default: as the kind's lists"),
        ("reverse", "true turns the order round"),
        ("language", "a language tag; default: the page's"),
        ("limit", "how many at the most"),
        ("offset", "how many to pass over"),
    ],
    meaning: "Pages as cards.",
    example: "{% for post in pages(kind=\"post\", limit=3) %}…{% endfor %}",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let site = &caller.shared.site;
    let language = language(caller, kwargs)?;
    let kind = match text(kwargs, "kind")? {
        None => None,
        Some(word) => Some(
            Kind::from_word(word)
                .ok_or_else(|| Error::message(format!("\"{word}\" is not one of: {}", Kind::WORDS.join(", "))))?,
        ),
    };
    let written_sort = match text(kwargs, "sort")? {
        None => None,
        Some(word) => Some(
            Sort::from_word(word)
                .ok_or_else(|| Error::message(format!("\"{word}\" is not one of: {}", Sort::WORDS.join(", "))))?,
        ),
    };
    let by_kind = &site.by_kind[language.0 as usize];
    let (mut found, sorted) = match text(kwargs, "section")? {
        Some(written) => {
            let path = if written.ends_with(".md") {
                written.to_owned()
            } else {
                format!("{}/_index.md", written.trim_matches('/'))
            };
            let section = site.find(&path, language).and_then(|id| site.sections.get(&id));
            let section = section.ok_or_else(|| Error::message(format!("there is no section \"{written}\"")))?;
            (section.pages.clone(), true)
        }
        None => match kind {
            Some(kind) => (by_kind.get(&kind).cloned().unwrap_or_default(), false),
            None => {
                let mut all: Vec<PageId> = by_kind
                    .iter()
                    .filter(|(kind, _)| **kind != Kind::Section)
                    .flat_map(|(_, ids)| ids.clone())
                    .collect();
                all.sort_unstable();
                (all, false)
            }
        },
    };
    if let Some(kind) = kind {
        found.retain(|id| site.page(*id).kind() == kind);
    }
    if let Some(term) = text(kwargs, "term")? {
        let taxonomy = text(kwargs, "taxonomy")?.unwrap_or("tags");
        if site.config.taxonomy(taxonomy).is_none() {
            return Err(Error::message(format!("there is no taxonomy \"{taxonomy}\"")));
        }
        found.retain(|id| has_term(site, *id, taxonomy, term));
    }
    // Without a word on it a section's list keeps its own order, and mixed kinds stand as news does.
    match written_sort {
        Some(sort) => site.order(&mut found, sort, false),
        None if !sorted => site.order(&mut found, kind.map_or(Sort::Date, default_sort), false),
        None => {}
    }
    if kwargs.get::<bool>("reverse")?.unwrap_or(false) {
        found.reverse();
    }
    Ok(cards(caller.shared, window(found, kwargs)?))
}

/// Whether a page has a term, by its name or slug.
pub fn has_term(site: &Site, id: PageId, taxonomy: &str, wanted: &str) -> bool {
    let Some(taxonomy) = site.config.taxonomies.iter().position(|known| known.name == taxonomy) else {
        return false;
    };
    let page = site.page(id);
    page.terms.get(taxonomy).map(Vec::as_slice).unwrap_or_default().iter().any(|term| {
        let term = &site.terms[page.language.0 as usize][taxonomy][*term as usize];
        term.slug == wanted || term.name == wanted
    })
}
