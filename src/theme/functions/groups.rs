use super::events::find_named;
use super::near::{Near, missing};
use super::{Caller, FunctionSpec, language, text, window};
use crate::content::{Details, GroupStatus, Kind};
use crate::locale;
use crate::theme::view::cards;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "groups",
    args: &[
        ("name", "only one: its file name, such as \"leeds\", or \"@/groups/leeds.md\""),
        ("region", "only those of a region"),
        ("status", "only those that are active, forming or paused"),
        ("near", "only those near a place: the file name of a group, or \"53.8, -1.55\""),
        ("within", "with `near`: how far away at the most, in kilometres; default: 25"),
        ("language", "a language tag; default: the page's"),
        ("limit", "how many at the most"),
        ("offset", "how many to pass over"),
    ],
    meaning: "Local groups as cards, A to Z. A group without a version in the language is there in the default one.",
    example: "{% for group in groups(region=\"North\") %}…{% endfor %}",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let site = &caller.shared.site;
    let region = text(kwargs, "region")?;
    let status =
        match text(kwargs, "status")? {
            None => None,
            Some(word) => Some(GroupStatus::from_word(word).ok_or_else(|| {
                Error::message(format!("\"{word}\" is not one of: {}", GroupStatus::WORDS.join(", ")))
            })?),
        };
    let near = Near::new(caller, kwargs)?;
    let named = match text(kwargs, "name")? {
        None => None,
        Some(written) => match find_named(caller, written, Kind::Group) {
            Some(id) => Some(site.page(id).document.path.stem.as_str()),
            None => return Err(Error::message(missing(caller, "group", written, Kind::Group))),
        },
    };
    let language = language(caller, kwargs)?;
    let all = site.by_kind[language.0 as usize].get(&Kind::Group).map(Vec::as_slice).unwrap_or_default();
    let mut found: Vec<_> = all
        .iter()
        .copied()
        .filter(|id| match &site.page(*id).document.details {
            Details::Group(group) => {
                region.is_none_or(|region| group.region.as_deref() == Some(region))
                    && status.is_none_or(|status| group.status == status)
                    && named.is_none_or(|stem| site.page(*id).document.path.stem == stem)
                    && near.as_ref().is_none_or(|near| group.location.as_ref().is_some_and(|at| near.has(at)))
            }
            _ => false,
        })
        .collect();
    found.sort_by_cached_key(|id| (locale::sort_key(site.page(*id).title()), *id));
    Ok(cards(caller.shared, window(found, kwargs)?))
}
