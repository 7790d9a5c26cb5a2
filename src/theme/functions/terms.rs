use super::{Caller, FunctionSpec, language, text};
use crate::theme::view::lists;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "terms",
    args: &[("taxonomy", "the taxonomy; default: tags"), ("language", "a language tag; default: the page's")],
    meaning: "The terms of a taxonomy, A to Z: name, slug, url, count.",
    example: "{% for term in terms(taxonomy=\"tags\") %}<a href=\"{{ term.url }}\">{{ term.name }}</a>{% endfor %}",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let site = &caller.shared.site;
    let name = text(kwargs, "taxonomy")?.unwrap_or("tags");
    let Some(taxonomy) = site.config.taxonomies.iter().position(|known| known.name == name) else {
        return Err(Error::message(format!("there is no taxonomy \"{name}\"")));
    };
    Ok(Value::from(lists::terms(site, language(caller, kwargs)?, taxonomy as u32)))
}
