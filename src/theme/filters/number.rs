use super::FilterSpec;
use crate::theme::failure::called;
use crate::theme::functions::{Caller, language};
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "number",
    args: &[("language", "a language tag; default: the page's")],
    meaning: "A whole number as the language writes it: 12,500.",
    example: "{{ page.statement.count | number }}",
    remembered: false,
    call,
};

fn call(caller: Caller<'_>, value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let tools = caller.shared.tools(language(caller, kwargs)?);
    match value.as_i64() {
        Some(number) => Ok(Value::from(tools.numbers.format(number))),
        None if value.is_number() => Ok(Value::from(value.to_string())),
        None => Err(Error::message(format!("`number` takes a number, not {}", called(value)))),
    }
}
