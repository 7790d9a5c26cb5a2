use super::{Caller, FunctionSpec, language, text, window};
use crate::content::{Ask, Details, Kind};
use crate::locale;
use crate::theme::view::cards;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "actions",
    args: &[
        ("ask", "only those that ask this: join, donate, sign, share, write, volunteer"),
        ("language", "a language tag; default: the page's"),
        ("limit", "how many at the most"),
        ("offset", "how many to pass over"),
    ],
    meaning: "Actions as cards, lighter first.",
    example: "{% for action in actions(ask=\"donate\") %}…{% endfor %}",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let site = &caller.shared.site;
    let ask = match text(kwargs, "ask")? {
        None => None,
        Some(word) => Some(
            Ask::from_word(word)
                .ok_or_else(|| Error::message(format!("\"{word}\" is not one of: {}", Ask::WORDS.join(", "))))?,
        ),
    };
    let language = language(caller, kwargs)?;
    let all = site.by_kind[language.0 as usize].get(&Kind::Action).map(Vec::as_slice).unwrap_or_default();
    let mut found: Vec<_> = all
        .iter()
        .copied()
        .filter(|id| match &site.page(*id).document.details {
            Details::Action(action) => ask.is_none_or(|ask| action.ask.value == ask),
            _ => false,
        })
        .collect();
    found.sort_by_cached_key(|id| {
        let page = site.page(*id);
        (page.document.common.weight, locale::sort_key(page.title()), *id)
    });
    Ok(cards(caller.shared, window(found, kwargs)?))
}
