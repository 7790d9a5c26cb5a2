use super::FilterSpec;
use crate::theme::functions::Caller;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "json",
    args: &[],
    meaning: "A value as JSON, for templates of JSON files: a text comes with its quotation marks.",
    example: "{ \"title\": {{ page.title | json }} }",
    remembered: false,
    call,
};

fn call(_: Caller<'_>, value: &Value, _: &Kwargs) -> TeraResult<Value> {
    let json = serde_json::to_string(value).map_err(|error| Error::message(error.to_string()))?;
    Ok(Value::safe_string(&json))
}
