use super::FilterSpec;
use crate::theme::failure::called;
use crate::theme::functions::{Caller, language, text};
use crate::theme::strings::fill;
use std::borrow::Cow;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "plural",
    args: &[
        ("one", "the form for one, as the language counts"),
        ("other", "the form for all other numbers"),
        ("zero", "the form for none"),
        ("two", "the form for two, in languages that have one"),
        ("few", "the form for a few, in languages that have one"),
        ("many", "the form for many, in languages that have one"),
        ("language", "a language tag; default: the page's"),
    ],
    meaning: "The form that goes with a number, by the language's own rules (CLDR); {count} is the number.",
    example: "{{ list.total_items | plural(one=\"{count} group\", other=\"{count} groups\") }}",
    remembered: false,
    call,
};

fn call(caller: Caller<'_>, value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let Some(count) = value.as_i64() else {
        return Err(Error::message(format!("`plural` takes a whole number, not {}", called(value))));
    };
    let tools = caller.shared.tools(language(caller, kwargs)?);
    let category = tools.numbers.plural(count.unsigned_abs()).as_str();
    let zero = if count == 0 { text(kwargs, "zero")? } else { None };
    let form = match zero {
        Some(form) => form,
        None => match text(kwargs, category)? {
            Some(form) => form,
            None => kwargs.must_get::<&str>("other")?,
        },
    };
    let number = tools.numbers.format(count);
    Ok(Value::from(fill(form, |name| (name == "count").then(|| Cow::Owned(number.clone())))))
}
