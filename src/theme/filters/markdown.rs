use super::{FilterSpec, text};
use crate::content::markdown_options;
use crate::markdown::{render_block, render_inline};
use crate::theme::functions::Caller;
use tera::{Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "markdown",
    args: &[("inline", "true gives what can stand inside a paragraph")],
    meaning: "Markdown as HTML, by the site's rules for HTML in Markdown.",
    example: "{{ page.extra.note | markdown(inline=true) }}",
    call,
};

fn call(caller: Caller<'_>, value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let written = text(value, "markdown")?;
    let site = &caller.shared.site;
    let options = markdown_options(&site.config, &site.language(caller.language).code);
    let inline = kwargs.get::<bool>("inline")?.unwrap_or(false);
    let html = if inline { render_inline(written, &options) } else { render_block(written, &options) };
    Ok(Value::safe_string(&html))
}
