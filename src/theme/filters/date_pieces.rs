use super::{FilterSpec, date};
use crate::theme::functions::{Caller, language};
use std::collections::BTreeMap;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "date_pieces",
    args: &[
        ("end", "the last day, where there are several; days of one month become 3–5"),
        ("timezone", "the IANA zone; default: as written"),
        ("language", "a language tag; default: the page's"),
    ],
    meaning: "The pieces of a date for a date block: a list of { name, text } of weekday, day, month and year with short names, in the order in which the page's language writes them.",
    example: "{% for piece in o.start | date_pieces %}{{ piece.text }} {% endfor %}",
    call,
};

fn call(caller: Caller<'_>, value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let tools = caller.shared.tools(language(caller, kwargs)?);
    let Some(dates) = &tools.dates else {
        return Err(Error::message("there is no date data for this language"));
    };
    let first = date::read(caller, value, kwargs)?.date();
    let last = match kwargs.get::<&Value>("end")? {
        Some(end) if !end.is_none() => date::read(caller, end, kwargs)?.date(),
        _ => first,
    };
    let pieces = dates.leaf(first, last);
    let shown =
        pieces.into_iter().map(|(piece, text)| BTreeMap::from([("name", piece.name().to_owned()), ("text", text)]));
    Ok(Value::from_serializable(&shown.collect::<Vec<_>>()))
}
