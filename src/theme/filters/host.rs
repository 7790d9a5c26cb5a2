use super::{FilterSpec, text};
use crate::config::scheme;
use crate::theme::functions::Caller;
use tera::{Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "host",
    args: &[],
    meaning: "The host that a web address leads to, without `www.`: give.example. Nothing for an address of this site, \
              and for those that open no page, such as mail addresses.",
    example: "{% set host = page.action.url | host %}{% if host %}({{ host }}){% endif %}",
    remembered: false,
    call,
};

fn call(caller: Caller<'_>, value: &Value, _: &Kwargs) -> TeraResult<Value> {
    let written = text(value, "host")?;
    let own = caller.shared.site.config.base_url.origin.as_str();
    let is_web = scheme(written).is_some_and(|scheme| matches!(scheme.to_lowercase().as_str(), "http" | "https"));
    if !(is_web || written.starts_with("//"))
        || written.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    {
        return Ok(Value::from(""));
    }
    let rest = written.split_once("//").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // What stands before an @ is a name, and no host.
    let host = host.rsplit('@').next().unwrap_or_default().to_lowercase();
    Ok(Value::from(host.strip_prefix("www.").unwrap_or(&host)))
}
