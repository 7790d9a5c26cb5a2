//! What templates can call. One file for each function, one line in the registry.

mod actions;
mod asset;
mod events;
mod get_page;
mod groups;
mod load_data;
mod pages;
mod range;
mod terms;
mod trans;
mod url;

use super::engine::Shared;
use crate::site::LanguageId;
use std::sync::Arc;
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
    asset::SPEC,
    events::SPEC,
    get_page::SPEC,
    groups::SPEC,
    load_data::SPEC,
    pages::SPEC,
    range::SPEC,
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
            check_args(spec, &kwargs)?;
            (spec.call)(Caller { shared: &shared, language }, &kwargs)
        });
    }
}

/// A misspelt argument would otherwise be passed over in silence.
fn check_args(spec: &FunctionSpec, kwargs: &Kwargs) -> TeraResult<()> {
    if spec.open {
        return Ok(());
    }
    for (name, _) in kwargs.iter().filter_map(|(key, value)| Some((key.as_str()?, value))) {
        if !spec.args.iter().any(|(known, _)| *known == name) {
            let known: Vec<&str> = spec.args.iter().map(|(known, _)| *known).collect();
            return Err(Error::message(format!(
                "`{}` takes no argument `{name}`; it takes {}",
                spec.name,
                known.join(", ")
            )));
        }
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
            None => Err(Error::message(format!("`{name}` takes text, not {}", value.name()))),
        },
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
