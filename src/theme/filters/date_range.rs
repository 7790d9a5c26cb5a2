use super::{FilterSpec, date};
use crate::locale::DateStyle;
use crate::theme::functions::{Caller, language, text};
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "date_range",
    args: &[
        ("end", "the end, or none"),
        (
            "format",
            "how dates are written: a name of the filter `date`; default: long; time: from one time of a day to another",
        ),
        ("timezone", "the IANA zone; default: as written"),
        ("language", "a language tag; default: the page's"),
    ],
    meaning: "From a start to an end, with what both share said once: 3–5 December 2026.",
    example: "{{ o.start | date_range(end=o.end) }}",
    remembered: true,
    call,
};

fn call(caller: Caller<'_>, value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let dates = date::formatter(caller.shared.tools(language(caller, kwargs)?))?;
    let name = text(kwargs, "format")?.unwrap_or("long");
    if name == "time" {
        let (start, end) = (date::read(caller, value, kwargs)?, kwargs.get::<&Value>("end")?);
        let end = end.filter(|end| !end.is_none()).map(|end| date::read(caller, end, kwargs)).transpose()?;
        return Ok(Value::from(match end {
            Some(end) => dates.time_range(start.time(), end.time()),
            None => dates.time(start.time()),
        }));
    }
    let style = DateStyle::from_name(name)
        .ok_or_else(|| Error::message(format!("there is no date format \"{name}\" for a range")))?;
    let whole_days = value.as_str().is_some_and(|text| text.len() == 10);
    let start = date::read(caller, value, kwargs)?;
    let end = match kwargs.get::<&Value>("end")? {
        Some(end) if !end.is_none() => date::read(caller, end, kwargs)?,
        _ if whole_days => return Ok(Value::from(dates.date(start.date(), style))),
        _ => return Ok(Value::from(dates.date_time(start.datetime(), style))),
    };
    Ok(Value::from(if whole_days {
        dates.date_range(start.date(), end.date(), style)
    } else {
        dates.date_time_range(start.datetime(), end.datetime(), style)
    }))
}
