//! What templates can call. One file for each function, one line in the registry.

mod actions;
mod asset;
mod data;
mod day_end;
mod embed;
mod events;
mod file_info;
mod get_page;
mod groups;
mod load_data;
mod month_table;
mod near;
mod of_page;
mod pages;
mod pictures;
mod point_map;
mod qr_code;
mod range;
mod share_links;
mod signatories;
mod terms;
mod trans;
mod url;

use super::engine::Shared;
use super::failure::called;
use crate::diagnostic::did_you_mean;
use crate::site::LanguageId;
use std::borrow::Cow;
use std::sync::Arc;
use tera::value::Key;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// What a function is called with, besides its arguments: the site, and the language of the page that calls it.
#[derive(Debug, Clone, Copy)]
pub struct Caller<'s> {
    pub shared: &'s Shared,
    pub language: LanguageId,
}

/// A function, for the engine and for the manual.
#[derive(Debug, Clone, Copy)]
pub struct FunctionSpec {
    pub name: &'static str,
    /// Its arguments, each with what it takes and means. An argument that is not listed is a mistake.
    pub args: &'static [(&'static str, &'static str)],
    pub meaning: &'static str,
    pub example: &'static str,
    /// Further arguments of any name are taken.
    pub open: bool,
    pub call: fn(Caller<'_>, &Kwargs) -> TeraResult<Value>,
}

/// All functions, A to Z.
pub static ALL: &[FunctionSpec] = &[
    actions::SPEC,
    of_page::ADD_LINKS,
    asset::SPEC,
    data::SPEC,
    day_end::SPEC,
    embed::SPEC,
    events::SPEC,
    file_info::SPEC,
    get_page::SPEC,
    groups::SPEC,
    load_data::SPEC,
    month_table::SPEC,
    of_page::OCCURRENCE_OF,
    pages::SPEC,
    pictures::SPEC,
    point_map::SPEC,
    qr_code::SPEC,
    range::SPEC,
    share_links::SPEC,
    signatories::SPEC,
    of_page::STRUCTURED_DATA,
    terms::SPEC,
    trans::SPEC,
    url::SPEC,
];

/// Makes the names known, so that templates can be compiled before there is a site.
pub fn register_names(tera: &mut Tera) {
    for spec in ALL {
        tera.register_function(spec.name, |_: Kwargs, _: &State| -> TeraResult<Value> {
            Err(Error::message("there is no site yet"))
        });
    }
}

/// Joins the functions with a site.
pub fn register(tera: &mut Tera, shared: &Arc<Shared>, language: LanguageId) {
    for spec in ALL {
        let shared = Arc::clone(shared);
        tera.register_function(spec.name, move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
            if !spec.open {
                check_args(spec.name, spec.args, &kwargs)?;
            }
            (spec.call)(Caller { shared: &shared, language }, &kwargs)
        });
    }
}

/// A misspelt argument would otherwise be passed over in silence.
pub fn check_args(name: &str, args: &[(&'static str, &'static str)], kwargs: &Kwargs) -> TeraResult<()> {
    for (written, _) in kwargs.iter().filter_map(|(key, value)| Some((key.as_str()?, value))) {
        if args.iter().any(|(known, _)| *known == written) {
            continue;
        }
        let known: Vec<&str> = args.iter().map(|(known, _)| *known).collect();
        let advice = match did_you_mean(written, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if known.is_empty() => "it takes none".to_owned(),
            None => format!("it takes {}", known.join(", ")),
        };
        return Err(Error::message(format!("`{name}` takes no argument `{written}`; {advice}")));
    }
    Ok(())
}

/// A text argument; empty text counts as none.
pub fn text<'k>(kwargs: &'k Kwargs, name: &'k str) -> TeraResult<Option<&'k str>> {
    let value = kwargs.get::<&Value>(name)?;
    match value {
        None => Ok(None),
        Some(value) if value.is_none() => Ok(None),
        Some(value) => match value.as_str() {
            Some(text) => Ok(Some(text).filter(|text| !text.is_empty())),
            None => Err(Error::message(format!("`{name}` takes text, not {}", called(value)))),
        },
    }
}

/// What a table has under a key.
pub fn field<'v>(value: &'v Value, name: &'static str) -> Option<&'v Value> {
    value.as_map()?.get(&Key::from(name))
}

/// An address with scheme and host: what is a path of this site gets them.
pub fn absolute<'a>(caller: Caller<'_>, address: &'a str) -> Cow<'a, str> {
    if address.starts_with('/') && !address.starts_with("//") {
        Cow::Owned(caller.shared.site.permalink(address))
    } else {
        Cow::Borrowed(address)
    }
}

/// The part of a list that `offset` and `limit` ask for.
pub fn window<T>(items: Vec<T>, kwargs: &Kwargs) -> TeraResult<Vec<T>> {
    let offset = kwargs.get::<usize>("offset")?.unwrap_or(0);
    let limit = kwargs.get::<usize>("limit")?.unwrap_or(usize::MAX);
    Ok(items.into_iter().skip(offset).take(limit).collect())
}

/// The language that `language` names; the caller's without one.
pub fn language(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<LanguageId> {
    match text(kwargs, "language")? {
        None => Ok(caller.language),
        Some(tag) => caller
            .shared
            .site
            .language_id(tag)
            .ok_or_else(|| Error::message(format!("the site has no language \"{tag}\""))),
    }
}
