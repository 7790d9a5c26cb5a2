use super::near::coordinates;
use super::{Caller, FunctionSpec, field, text};
use crate::content::Location;
use crate::theme::point_map::{Point, lay_out, svg};
use crate::theme::view::map;
use std::borrow::Cow;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "point_map",
    args: &[
        ("items", "a list of groups as cards, of occurrences, or of tables with lat, lon and title"),
        ("points", "more places: \"53.8, -1.55 Town hall; 53.9, -1.6 Harbour\""),
        ("label", "what the map is for people who hear the page"),
    ],
    meaning: "A map drawn of nothing but its points: `svg` (none without points), `items`, those on the map in the order \
              of its numbers, and `others`, those without coordinates. A private venue has none.",
    example: "{% set map = point_map(items=groups(), label=\"Groups\") %}{{ map.svg | safe }}",
    open: false,
    call,
};

/// The most places that a map shows: a page with more would serve nobody.
const MOST: usize = 5000;

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let mut items: Vec<Value> = match kwargs.get::<&Value>("items")? {
        Some(items) => items.as_array().unwrap_or_default().to_vec(),
        None => Vec::new(),
    };
    if let Some(written) = text(kwargs, "points")? {
        items.extend(points(written)?);
    }
    items.truncate(MOST);
    let (mut placed, mut others, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for item in items {
        match location(&item) {
            Some(at) => {
                let label = field(&item, "title").and_then(Value::as_str).unwrap_or_default();
                known.push(Point { lat: at.lat.0, lon: at.lon.0, label: label.to_owned() });
                placed.push(item);
            }
            None => others.push(item),
        }
    }
    let label = text(kwargs, "label")?.unwrap_or_default();
    let layout = lay_out(&known);
    let drawn = layout.as_ref().map(|layout| Value::safe_string(&svg(layout, label, |metres| length(caller, metres))));
    let order = layout.map(|layout| layout.order).unwrap_or_default();
    let items: Vec<Value> = order.into_iter().filter_map(|at| placed.get(at).cloned()).collect();
    Ok(Value::from(map! { "svg": drawn, "items": items, "others": others }))
}

/// The degrees of a group's card, of an occurrence's venue, or of a table of its own.
fn location(item: &Value) -> Option<Location> {
    let table = field(item, "group").and_then(|group| field(group, "location")).filter(|table| table.is_map());
    let table = table.or_else(|| field(item, "venue").filter(|venue| venue.is_map())).unwrap_or(item);
    let degrees = |name: &'static str| field(table, name).and_then(Value::as_f64);
    Location::new(degrees("lat")?, degrees("lon")?)
}

/// Places written as a text: two numbers and a name each.
fn points(written: &str) -> TeraResult<Vec<Value>> {
    let entries = written.split([';', '\n']).map(str::trim).filter(|entry| !entry.is_empty());
    entries
        .map(|entry| {
            point(entry).ok_or_else(|| {
                Error::message(format!(
                    "`points` cannot be read at \"{entry}\"\nwrite latitude, longitude and a name for each place, with ; \
                     between places: \"53.8, -1.55 Town hall; 53.9, -1.6 Harbour\""
                ))
            })
        })
        .collect()
}

fn point(entry: &str) -> Option<Value> {
    // The second number ends the degrees, whatever the name holds.
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    let after_first = entry.find(|c: char| !digits(c))?;
    let second = after_first + entry[after_first..].find(digits)?;
    let end = entry[second..].find(|c: char| !digits(c)).map_or(entry.len(), |length| second + length);
    let at = coordinates(&entry[..end])?;
    let title = entry[end..].trim_start_matches([',', ':']).trim();
    (!title.is_empty()).then(|| Value::from(map! { "lat": at.lat.0, "lon": at.lon.0, "title": title }))
}

/// A length in the words of the language.
fn length(caller: Caller<'_>, metres: i64) -> String {
    let (key, number) = if metres < 1000 { ("metres", metres) } else { ("km", metres / 1000) };
    let number = caller.shared.tools(caller.language).numbers.format(number);
    let value = |name: &str| (name == key).then(|| Cow::Owned(number.clone()));
    let words = caller.shared.words(key, caller.language, None, value);
    words.unwrap_or_else(|| format!("{number} {}", if key == "km" { "km" } else { "m" }))
}
