//! What machines are told of a page, in the words of schema.org (JSON-LD 1.1), for every theme.
//!
//! Only what a page shows is said: search engines take offence at anything else, and what an author keeps private must
//! be in no output.

mod article;
mod event;
mod organisation;
mod place;
mod schedule;

pub use event::occurrence;

use super::{card, moment};
use crate::config::scheme;
use crate::content::Details;
use crate::decode::Moment;
use crate::site::{Page, PageId};
use crate::theme::engine::Shared;
use jiff::tz::TimeZone;
use std::borrow::Cow;
use std::collections::BTreeMap;
use tera::value::Key;
use tera::{Map, Value};

/// Where the words are defined.
const VOCABULARY: &str = "https://schema.org";

/// One thing that is described: its type, and its properties.
#[derive(Debug, Clone, PartialEq)]
struct Node(BTreeMap<&'static str, Value>);

impl Node {
    fn new(kind: &'static str) -> Self {
        Self(BTreeMap::from([("@type", Value::from(kind))]))
    }

    /// A mention of a thing that is described elsewhere on the page.
    fn mention(id: &str) -> Self {
        Self(BTreeMap::from([("@id", Value::from(id))]))
    }

    fn with(mut self, property: &'static str, value: impl Into<Value>) -> Self {
        self.0.insert(property, value.into());
        self
    }

    /// A property that may have no value.
    fn maybe(self, property: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(property, value),
            None => self,
        }
    }

    /// A text; nothing is said by an empty one.
    fn text(self, property: &'static str, text: impl AsRef<str>) -> Self {
        let text = text.as_ref().trim();
        if text.is_empty() { self } else { self.with(property, text) }
    }

    fn maybe_text(self, property: &'static str, text: Option<&str>) -> Self {
        self.text(property, text.unwrap_or_default())
    }

    /// One value by itself, several as a list, none not at all.
    fn all<V: Into<Value>>(self, property: &'static str, values: impl IntoIterator<Item = V>) -> Self {
        let mut values: Vec<Value> = values.into_iter().map(Into::into).collect();
        match values.len() {
            0 => self,
            1 => self.maybe(property, values.pop()),
            _ => self.with(property, values),
        }
    }

    fn is_empty(&self) -> bool {
        self.0.keys().all(|property| *property == "@type")
    }
}

impl From<Node> for Value {
    fn from(node: Node) -> Self {
        Self::from(node.0)
    }
}

/// A value of one of the vocabulary's enumerations.
fn term(name: &str) -> String {
    format!("{VOCABULARY}/{name}")
}

/// What is said of a page: a table that `json_script` writes, or none.
pub fn page(shared: &Shared, id: PageId) -> Value {
    let page = shared.site.page(id);
    let mut nodes = Vec::new();
    match &page.document.details {
        _ if page.is_home() => {
            nodes.push(organisation::site(shared, page.language));
            nodes.push(organisation::website(shared, page.language));
        }
        Details::Event(event) => nodes.extend(event::whole(shared, id, event)),
        Details::Group(group) => nodes.push(organisation::group(shared, id, group)),
        Details::Post(post) => nodes.push(article::post(shared, page, post)),
        Details::Statement(statement) => nodes.push(article::statement(shared, page, statement)),
        Details::Aim(_) | Details::Action(_) | Details::Page | Details::Section(_) => {}
    }
    nodes.extend(breadcrumbs(shared, page, None));
    graph(nodes)
}

fn graph(mut nodes: Vec<Node>) -> Value {
    match nodes.len() {
        0 => Value::none(),
        1 => Value::from(nodes.pop().map(|node| node.with("@context", VOCABULARY)).map(Value::from)),
        _ => {
            let nodes: Vec<Value> = nodes.into_iter().map(Value::from).collect();
            Value::from(BTreeMap::from([("@context", Value::from(VOCABULARY)), ("@graph", Value::from(nodes))]))
        }
    }
}

/// The way from the home page to a page, and on to what stands below it. A way with nothing between the two says
/// nothing.
fn breadcrumbs(shared: &Shared, page: &Page, below: Option<(&str, &str)>) -> Option<Node> {
    let site = &shared.site;
    let home = site.homes[page.language.0 as usize];
    let mut way = vec![page];
    while let Some(id) = way.last().and_then(|page| page.section) {
        way.push(site.page(id));
    }
    if way.len() + usize::from(below.is_some()) < 3 {
        return None;
    }
    let home_title = || {
        shared
            .words("home_page", page.language, None, |_| None::<Cow<'_, str>>)
            .unwrap_or_else(|| site.language(page.language).title.clone())
    };
    let steps = way.into_iter().rev().map(|step| {
        let is_home = std::ptr::eq(step, site.page(home));
        let name = if is_home { Cow::Owned(home_title()) } else { Cow::Borrowed(step.title()) };
        (name, Cow::Borrowed(step.route.url.as_str()))
    });
    let last = below.map(|(name, url)| (Cow::Borrowed(name), Cow::Borrowed(url)));
    let items = steps.chain(last).enumerate().map(|(at, (name, url))| {
        let item = Node::new("WebPage").with("@id", site.permalink(&url));
        Value::from(Node::new("ListItem").with("position", at + 1).text("name", &name).with("item", item))
    });
    Some(Node::new("BreadcrumbList").with("itemListElement", items.collect::<Vec<_>>()))
}

/// The way to a page that is no document, as its view says it: a term, a month of an archive.
pub fn of_made(shared: &Shared, view: &Map) -> Value {
    let part = |view: &Map, key: &'static str| view.get(&Key::from(key)).cloned();
    let text = |view: &Map, key| part(view, key).and_then(|value| value.as_str().map(str::to_owned));
    let above = part(view, "breadcrumbs").and_then(|above| above.as_array().map(<[Value]>::to_vec)).unwrap_or_default();
    let is_own = part(view, "id").is_none_or(|id| id.as_str().is_none_or(str::is_empty));
    if above.len() < 2 || !is_own {
        return Value::none();
    }
    let steps = above.iter().filter_map(Value::as_map).chain([view]);
    let steps = steps.filter_map(|step| Some((text(step, "title")?, text(step, "url")?)));
    let items = steps.enumerate().map(|(at, (name, url))| {
        let item = Node::new("WebPage").with("@id", shared.site.permalink(&url));
        Value::from(Node::new("ListItem").with("position", at + 1).text("name", &name).with("item", item))
    });
    graph(vec![Node::new("BreadcrumbList").with("itemListElement", items.collect::<Vec<_>>())])
}

/// The name of a thing on a page, for mentions of it.
fn id_on(shared: &Shared, page: &Page, name: &str) -> String {
    format!("{}#{name}", shared.site.permalink(&page.route.url))
}

/// A date alone stays one.
fn day_or_time(at: Moment, zone: &TimeZone) -> String {
    match at {
        Moment::Date(date) => date.to_string(),
        other => moment(other, zone),
    }
}

/// An address with scheme and host. `url` as the site's pages have it.
fn absolute<'u>(shared: &Shared, page: &Page, url: &'u str) -> Cow<'u, str> {
    let base = &shared.site.config.base_url;
    if url.starts_with("//") {
        let scheme = scheme(&base.origin).unwrap_or("https");
        Cow::Owned(format!("{scheme}:{url}"))
    } else if scheme(url).is_some() {
        Cow::Borrowed(url)
    } else if url.starts_with('/') {
        Cow::Owned(shared.site.permalink(url))
    } else {
        Cow::Owned(format!("{}{url}", shared.site.permalink(&page.route.url)))
    }
}

fn image(shared: &Shared, page: &Page) -> Option<String> {
    page.document.common.image.as_ref()?;
    page.links.image.as_deref().map(|url| absolute(shared, page, url).into_owned())
}

/// What every described page has.
fn described(shared: &Shared, page: &Page, node: Node) -> Node {
    node.text("description", card::description(&page.document)).maybe("image", image(shared, page))
}

/// The names of a page's tags.
fn tags<'s>(shared: &'s Shared, page: &'s Page) -> impl Iterator<Item = &'s str> {
    let site = &shared.site;
    let taxonomy = site.config.taxonomies.iter().position(|taxonomy| taxonomy.name == "tags");
    let known = taxonomy.and_then(|at| Some((page.terms.get(at)?, site.terms.get(page.language.0 as usize)?.get(at)?)));
    known.into_iter().flat_map(|(numbers, terms)| {
        numbers.iter().filter_map(|number| terms.get(*number as usize)).map(|term| term.name.as_str())
    })
}
