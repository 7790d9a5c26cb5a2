use super::{FilterSpec, text};
use crate::theme::functions::Caller;
use crate::theme::view::card::{html, inline_html};
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "markdown",
    args: &[("inline", "true gives what can stand inside a paragraph")],
    meaning: "Markdown as HTML, by the site's rules for HTML in Markdown.",
    example: "{{ page.extra.note | markdown(inline=true) }}",
    remembered: false,
    call,
};

fn call(caller: Caller<'_>, value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let (text, mistakes) = caller.shared.site.link_text(text(value, "markdown")?, caller.language);
    if let Some(mistake) = mistakes.iter().find(|mistake| mistake.is_error()) {
        return Err(Error::message(format!("in the Markdown: {}", mistake.message)));
    }
    let inline = kwargs.get::<bool>("inline")?.unwrap_or(false);
    let html = if inline { inline_html(&text.body, &text.links) } else { html(&text.body, &text.links) };
    Ok(Value::safe_string(&html))
}
