use super::{FilterSpec, text};
use crate::theme::functions::Caller;
use tera::{Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "slug",
    args: &[],
    meaning: "Text as it stands in addresses: small letters, digits and hyphens, by the language's rules and the site's `slugs`.",
    example: "{{ page.title | slug }}",
    remembered: false,
    call,
};

fn call(caller: Caller<'_>, value: &Value, _: &Kwargs) -> TeraResult<Value> {
    Ok(Value::from(caller.shared.site.language(caller.language).slug(text(value, "slug")?)))
}
