use super::{Caller, FunctionSpec, text};
use jiff::ToSpan;
use jiff::civil::Date;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "day_end",
    args: &[("date", "a day, such as \"2027-01-14\"")],
    meaning: "The end of a day in the site's time zone: `moment`, and `past`, whether it was over when the site was \
              built. An element with `data-before` and that moment is hidden by the default theme's script from then on.",
    example: "{% set end = day_end(date=\"2027-01-14\") %}{% if not end.past %}<p data-before=\"{{ end.moment }}\">…</p>{% endif %}",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let written = text(kwargs, "date")?.unwrap_or_default();
    let wrong = || Error::message(format!("\"{written}\" is not a day; write the year first, such as \"2027-01-14\""));
    let date: Date = written.trim().parse().map_err(|_| wrong())?;
    let site = &caller.shared.site;
    let next = date.checked_add(1.day()).map_err(|_| wrong())?;
    let end = next.to_zoned(site.config.timezone.clone()).map_err(|_| wrong())?.timestamp();
    caller.shared.changes_at(end);
    Ok(Value::from(crate::theme::view::map! {
        "moment": end.to_string(),
        "past": end <= site.clock.now,
    }))
}
