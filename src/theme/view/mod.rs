//! What templates see. These views are the contract with themes: each names its fields one by one, and the manual's
//! reference is made from the same lists.

pub mod add_links;
pub mod archives;
pub mod calendar;
pub mod card;
pub mod context;
pub mod event;
pub mod group;
pub mod kinds;
pub mod lists;
mod signatories;
pub mod page;
mod repeat;
pub mod site;
pub mod structured;
pub mod versions;

use super::engine::Shared;
use crate::config::FeedFormat;
use crate::decode::Moment;
use crate::site::PageId;
use jiff::Zoned;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use tera::value::Key;
use tera::{Map, Value};

/// One field of a view, for the manual.
#[derive(Debug, Clone, Copy)]
pub struct ViewField {
    pub name: &'static str,
    /// What it is: `text`, `number`, `list of cards` and so on.
    pub shape: &'static str,
    pub meaning: &'static str,
}

/// Declares a view's fields for the manual: name, shape, meaning.
macro_rules! fields {
    ($($name:literal $shape:literal $meaning:literal)*) => {
        &[$($crate::theme::view::ViewField { name: $name, shape: $shape, meaning: $meaning }),*]
    };
}
pub(crate) use fields;

/// A view in the making: its keys with their values, in order. The engine's own map is made of it once, at the end.
#[derive(Debug, Clone, Default)]
pub struct View(Vec<(&'static str, Value)>);

impl View {
    pub fn new(entries: Vec<(&'static str, Value)>) -> Self {
        Self(entries)
    }

    /// Sets a key; what it was before is replaced.
    pub fn set(&mut self, key: &'static str, value: impl Into<Value>) {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, place)) => *place = value,
            None => self.0.push((key, value)),
        }
    }

    /// Adds the keys of another view, which this one lacks.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

impl IntoIterator for View {
    type Item = (Key<'static>, Value);
    type IntoIter = std::iter::Map<std::vec::IntoIter<(&'static str, Value)>, fn((&'static str, Value)) -> Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(key, value)| (key.into(), value))
    }
}

/// A key with its place in a view. Keys are sorted by it, so that a view becomes a map without comparing texts.
struct Placed(usize, &'static str);

impl PartialEq for Placed {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Placed {}

impl PartialOrd for Placed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Placed {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl From<Placed> for Key<'static> {
    fn from(key: Placed) -> Self {
        key.1.into()
    }
}

impl From<View> for Value {
    fn from(view: View) -> Self {
        // A sorted map is the cheapest that the engine takes.
        let placed = view.0.into_iter().enumerate().map(|(place, (key, value))| (Placed(place, key), value));
        Self::from(placed.collect::<BTreeMap<Placed, Self>>())
    }
}

/// Makes a view of literal keys and values.
macro_rules! map {
    ($($key:literal: $value:expr),* $(,)?) => {
        $crate::theme::view::View::new(vec![$( ($key, tera::Value::from($value)) ),*])
    };
}
pub(crate) use map;

/// Every view with its fields, in the order of the manual.
pub const VIEWS: &[(&str, &str, &[ViewField])] = &[
    ("site", "The whole site, in the page's language.", site::FIELDS),
    ("page", "What is being rendered: a card's fields, and these.", page::FIELDS),
    ("card", "A page as lists see it.", card::FIELDS),
    ("list", "A page of a list, in list templates.", lists::FIELDS),
    ("language_link", "What leads from a page to a language, in `page.languages`.", versions::FIELDS),
    ("original", "`page.original` of a translation.", versions::ORIGINAL_FIELDS),
    ("archive", "What a section holds by years and months, on its page and on theirs.", archives::FIELDS),
    (
        "calendar",
        "A list of events: on the events section's page and on the pages of other lists, years and months.",
        calendar::FIELDS,
    ),
    ("month", "A month of a list of events.", calendar::MONTH_FIELDS),
    ("occurrence", "One time that an event takes place.", event::OCCURRENCE_FIELDS),
    ("aim", "`page.aim` of an aim.", kinds::AIM_FIELDS),
    ("statement", "`page.statement` of a statement.", kinds::STATEMENT_FIELDS),
    ("group", "`page.group` of a group.", group::FIELDS),
    ("event", "`page.event` of an event.", event::FIELDS),
    ("action", "`page.action` of an action.", kinds::ACTION_FIELDS),
    ("post", "`page.post` of a post.", kinds::POST_FIELDS),
];

/// A title with its address, as lists of links hold it.
pub fn link(shared: &Shared, id: PageId) -> Value {
    let page = shared.site.page(id);
    Value::from(map! {
        "title": page.title(),
        "url": page.route.url.as_str(),
        "language": shared.site.language(page.text_language()).code.as_str(),
        "date": page.document.common.date.as_ref().map(|date| moment(date.value, &shared.site.config.timezone)),
    })
}

/// Titles with addresses.
pub fn links(shared: &Shared, ids: &[PageId]) -> Value {
    Value::from(ids.iter().map(|id| shared.link(*id)).collect::<Vec<_>>())
}

pub fn cards(shared: &Shared, ids: impl IntoIterator<Item = PageId>) -> Value {
    Value::from(ids.into_iter().map(|id| shared.card(id)).collect::<Vec<_>>())
}

/// A moment as RFC 3339 text with its offset, read in `zone` where it has none.
pub fn moment(moment: Moment, zone: &TimeZone) -> String {
    let instant = match moment {
        Moment::Date(date) => return zoned(&at_midnight(date, zone)),
        other => other.timestamp(zone),
    };
    zoned(&instant.to_zoned(zone.clone()))
}

fn at_midnight(date: jiff::civil::Date, zone: &TimeZone) -> Zoned {
    let civil = date.to_datetime(Time::midnight());
    zone.to_ambiguous_zoned(civil).compatible().unwrap_or_else(|_| jiff::Timestamp::MAX.to_zoned(zone.clone()))
}

/// A feed in each of its forms, by the address of the first.
pub fn feeds(shared: &Shared, first: Option<&str>) -> Vec<Value> {
    let folder = first.and_then(|url| url.rsplit_once('/')).map(|(folder, _)| folder);
    let of = |folder: &str| {
        let form = |format: &FeedFormat| {
            Value::from(map! {
                "url": format!("{folder}/{}", format.file()),
                "type": format.media_type(),
                "format": format.word(),
            })
        };
        shared.site.config.feed_formats.iter().map(form).collect()
    };
    folder.map(of).unwrap_or_default()
}

/// A time as RFC 3339 text: `2026-12-01T19:00:00+00:00`.
pub fn zoned(at: &Zoned) -> String {
    use std::fmt::Write;
    let (date, time, offset) = (at.date(), at.time(), at.offset().seconds());
    let mut text = String::with_capacity(25);
    // Writing to a string cannot fail. Years before 1 do not come from authors.
    let _ = write!(text, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
    let _ = write!(text, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
    if offset == 0 && *at.time_zone() == TimeZone::UTC {
        text.push('Z');
    } else {
        let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs() / 60);
        let _ = write!(text, "{sign}{:02}:{:02}", minutes / 60, minutes % 60);
    }
    text
}

/// Free data as templates see it.
pub fn from_json(value: &serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match value {
        Json::Null => Value::none(),
        Json::Bool(truth) => Value::from(*truth),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::from(number),
            None => Value::from(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::from(items.iter().map(from_json).collect::<Vec<_>>()),
        Json::Object(entries) => {
            let mut map = Map::with_capacity(entries.len());
            for (key, value) in entries {
                map.insert(key.clone().into(), from_json(value));
            }
            Value::from(map)
        }
    }
}

/// Texts as a list.
pub fn texts(list: &[String]) -> Value {
    Value::from(list.iter().map(|text| Value::from(text.as_str())).collect::<Vec<_>>())
}
