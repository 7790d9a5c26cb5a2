use super::{FilterSpec, text};
use crate::config::scheme;
use crate::theme::functions::Caller;
use tera::{Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "absolute_url",
    args: &[],
    meaning: "The whole address, with scheme and host, of a path of this site.",
    example: "{{ page.url | absolute_url }}",
    remembered: false,
    call,
};

fn call(caller: Caller<'_>, value: &Value, _: &Kwargs) -> TeraResult<Value> {
    let url = text(value, "absolute_url")?;
    if scheme(url).is_some() || url.starts_with("//") {
        return Ok(value.clone());
    }
    let slash = if url.starts_with('/') { "" } else { "/" };
    Ok(Value::from(caller.shared.site.permalink(&format!("{slash}{url}"))))
}
