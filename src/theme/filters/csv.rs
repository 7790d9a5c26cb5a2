use super::FilterSpec;
use crate::theme::escaping;
use crate::theme::functions::Caller;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "csv",
    args: &[],
    meaning: "A value as a field of a CSV table, in quotation marks where it needs them; a list joined by semicolons. \
              Templates whose names end in `.csv` do this by themselves, but for lists.",
    example: "{{ page.title | csv }}",
    remembered: false,
    call,
};

fn call(_: Caller<'_>, value: &Value, _: &Kwargs) -> TeraResult<Value> {
    let text = match value.as_array() {
        Some(items) => items.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        None if value.is_none() => String::new(),
        None => value.to_string(),
    };
    let mut out = Vec::new();
    escaping::csv(&text, &mut out).map_err(|error| Error::message(error.to_string()))?;
    Ok(Value::safe_string(&String::from_utf8_lossy(&out)))
}
