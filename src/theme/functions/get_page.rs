use super::{Caller, FunctionSpec, language};
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "get_page",
    args: &[
        ("path", "a content file, such as \"@/groups/leeds.md\" or \"@/groups/_index.md\""),
        ("language", "a language tag; default: the page's, where that version exists"),
    ],
    meaning: "One page as a card.",
    example: "{% set about = get_page(path=\"@/about.md\") %}<a href=\"{{ about.url }}\">{{ about.title }}</a>",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let path = kwargs.must_get::<&str>("path")?;
    let language = language(caller, kwargs)?;
    let site = &caller.shared.site;
    let with_ending =
        if path.ends_with(".md") { path.to_owned() } else { format!("{}.md", path.trim_end_matches('/')) };
    let bundle = format!("{}/index.md", path.trim_end_matches('/'));
    match site.find(&with_ending, language).or_else(|| site.find(&bundle, language)) {
        Some(id) => Ok(caller.shared.card(id)),
        None => Err(Error::message(format!("there is no page \"{path}\", or it is not published"))),
    }
}
