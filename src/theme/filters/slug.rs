use super::{FilterSpec, text};
use crate::locale;
use crate::theme::functions::Caller;
use tera::{Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "slug",
    args: &[],
    meaning: "Text as it stands in addresses: small letters a to z, digits and hyphens, by the language's rules.",
    example: "{{ page.title | slug }}",
    remembered: false,
    call,
};

fn call(caller: Caller<'_>, value: &Value, _: &Kwargs) -> TeraResult<Value> {
    let code = &caller.shared.site.language(caller.language).code;
    Ok(Value::from(locale::slug(text(value, "slug")?, code)))
}
