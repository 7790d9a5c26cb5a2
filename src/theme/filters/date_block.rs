use super::{FilterSpec, date};
use crate::locale::DatePiece;
use crate::markdown::escape;
use crate::theme::functions::{Caller, language};
use tera::{Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "date_block",
    args: &[
        ("end", "the last day, where there are several; days of one month become 3–5"),
        ("timezone", "the IANA zone; default: as written"),
        ("language", "a language tag; default: the page's"),
    ],
    meaning: "A date for a date block, as HTML: weekday, day and month with short names, in the order in which the page's \
              language writes them, each a span of the class day-week, day-number or day-month; then the year, which only \
              screen readers say (visually-hidden).",
    example: "<time class=\"day\" datetime=\"{{ o.start }}\">{{ o.first_day | date_block(end=o.last_day) }}</time>",
    remembered: true,
    call,
};

fn call(caller: Caller<'_>, value: &Value, kwargs: &Kwargs) -> TeraResult<Value> {
    let dates = date::formatter(caller.shared.tools(language(caller, kwargs)?))?;
    let first = date::read(caller, value, kwargs)?.date();
    let last = match kwargs.get::<&Value>("end")? {
        Some(end) if !end.is_none() => date::read(caller, end, kwargs)?.date(),
        _ => first,
    };
    let mut html = String::with_capacity(200);
    for (piece, text) in dates.leaf(first, last) {
        if !html.is_empty() {
            html.push(' ');
        }
        html.extend(["<span class=\"", class(piece), "\">"]);
        escape::text(&mut html, &text);
        html.push_str("</span>");
    }
    Ok(Value::safe_string(&html))
}

fn class(piece: DatePiece) -> &'static str {
    match piece {
        DatePiece::Weekday => "day-week",
        DatePiece::Day => "day-number",
        DatePiece::Month => "day-month",
        DatePiece::Year => "visually-hidden",
    }
}
