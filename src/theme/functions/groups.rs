use super::{Caller, FunctionSpec, language, text, window};
use crate::content::{Details, GroupStatus, Kind};
use crate::locale;
use crate::theme::view::cards;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "groups",
    args: &[
        ("region", "only those of a region"),
        ("status", "only those that are active, forming or paused"),
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
    let language = language(caller, kwargs)?;
    let all = site.by_kind[language.0 as usize].get(&Kind::Group).map(Vec::as_slice).unwrap_or_default();
    let mut found: Vec<_> = all
        .iter()
        .copied()
        .filter(|id| match &site.page(*id).document.details {
            Details::Group(group) => {
                region.is_none_or(|region| group.region.as_deref() == Some(region))
                    && status.is_none_or(|status| group.status == status)
            }
            _ => false,
        })
        .collect();
    found.sort_by_cached_key(|id| (locale::sort_key(site.page(*id).title()), *id));
    Ok(cards(caller.shared, window(found, kwargs)?))
}
