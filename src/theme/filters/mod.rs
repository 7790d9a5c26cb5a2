//! What templates can pipe values through. One file for each filter, one line in the registry.

mod absolute_url;
mod csv;
mod date;
mod date_block;
mod date_range;
mod host;
mod json;
mod json_script;
mod markdown;
mod number;
mod plural;
mod slug;

use super::engine::Shared;
use super::failure::called;
use super::functions::{self, Caller};
use crate::site::LanguageId;
use std::sync::Arc;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// A filter, for the engine and for the manual.
#[derive(Debug, Clone, Copy)]
pub struct FilterSpec {
    pub name: &'static str,
    /// Its arguments, each with what it takes and means.
    pub args: &'static [(&'static str, &'static str)],
    pub meaning: &'static str,
    pub example: &'static str,
    /// The same text with the same arguments always gives the same on a site, and working it out costs more than
    /// remembering it.
    pub remembered: bool,
    pub call: fn(Caller<'_>, &Value, &Kwargs) -> TeraResult<Value>,
}

/// All filters of Handbill's own, A to Z. The engine's own are there besides.
pub static ALL: &[FilterSpec] = &[
    absolute_url::SPEC,
    csv::SPEC,
    date::SPEC,
    date_block::SPEC,
    date_range::SPEC,
    host::SPEC,
    json::SPEC,
    json_script::SPEC,
    markdown::SPEC,
    number::SPEC,
    plural::SPEC,
    slug::SPEC,
];

/// The engine's own filters, which it cannot list itself.
pub const OF_THE_ENGINE: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Makes the names known, so that templates can be compiled before there is a site.
pub fn register_names(tera: &mut Tera) {
    for spec in ALL {
        tera.register_filter(spec.name, |_: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
            Err(Error::message("there is no site yet"))
        });
    }
}

/// Joins the filters with a site.
pub fn register(tera: &mut Tera, shared: &Arc<Shared>, language: LanguageId) {
    for spec in ALL {
        let shared = Arc::clone(shared);
        tera.register_filter(spec.name, move |value: Value, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
            functions::check_args(spec.name, spec.args, &kwargs)?;
            let caller = Caller { shared: &shared, language };
            match question(spec, &value, &kwargs) {
                Some(question) => {
                    let remembered = &shared.tools(language).remembered;
                    remembered.or_else(&question, || (spec.call)(caller, &value, &kwargs))
                }
                None => (spec.call)(caller, &value, &kwargs),
            }
        });
    }
}

/// What a filter is asked, as one text; none where its answer is not to be remembered.
fn question(spec: &FilterSpec, value: &Value, kwargs: &Kwargs) -> Option<String> {
    let value = value.as_str().filter(|_| spec.remembered)?;
    let mut question = String::with_capacity(96);
    question.push_str(spec.name);
    for (name, argument) in kwargs.iter() {
        let argument = match argument.as_str() {
            None if argument.is_none() => "\0none",
            // Anything else is a mistake, which the filter tells.
            None => return None,
            Some(text) => text,
        };
        question.extend(["\0", name.as_str()?, "=", argument]);
    }
    question.extend(["\0", value]);
    Some(question)
}

/// The text of a value that must be one.
fn text<'v>(value: &'v Value, filter: &str) -> TeraResult<&'v str> {
    value.as_str().ok_or_else(|| Error::message(format!("`{filter}` takes text, not {}", called(value))))
}
