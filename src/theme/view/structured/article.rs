//! News and statements.

use super::{Node, day_or_time, described, id_on, organisation, tags};
use crate::content::{Post, Statement};
use crate::decode::{At, Moment};
use crate::site::Page;
use crate::theme::engine::Shared;
use tera::Value;

pub fn post(shared: &Shared, page: &Page, post: &Post) -> Node {
    let authors: Vec<Value> = post
        .byline
        .0
        .iter()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
        .map(|name| match is_publisher(shared, page, name) {
            true => Value::from(organisation::mention(shared)),
            false => Value::from(Node::new("Person").with("name", name)),
        })
        .collect();
    whole(shared, page, "NewsArticle", authors)
}

pub fn statement(shared: &Shared, page: &Page, statement: &Statement) -> Node {
    let issuer = statement.issued_by.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let issuer = issuer.filter(|name| !is_publisher(shared, page, name));
    let author = issuer.map(|name| Value::from(Node::new("Organization").with("name", name)));
    whole(shared, page, "Article", author.into_iter().collect())
}

fn is_publisher(shared: &Shared, page: &Page, name: &str) -> bool {
    organisation::name(shared, page.language).trim() == name
}

/// An article; without an author it is the publisher's.
fn whole(shared: &Shared, page: &Page, kind: &'static str, mut authors: Vec<Value>) -> Node {
    let site = &shared.site;
    let common = &page.document.common;
    let url = site.permalink(&page.route.url);
    let at = |written: &Option<At<Moment>>| {
        written.as_ref().map(|written| day_or_time(written.value, &site.config.timezone))
    };
    if authors.is_empty() {
        authors.push(organisation::mention(shared).into());
    }
    described(shared, page, Node::new(kind))
        .with("@id", id_on(shared, page, "article"))
        .text("headline", page.title())
        .with("url", url.as_str())
        .with("mainEntityOfPage", url)
        .with("inLanguage", site.language(page.text_language()).code.as_str())
        .maybe("datePublished", at(&common.date))
        .maybe("dateModified", at(&common.updated).or_else(|| at(&common.date)))
        .all("author", authors)
        .with("publisher", organisation::publisher(shared, page.language))
        .with("isPartOf", organisation::website_brief(shared, page.language))
        .all("keywords", tags(shared, page))
}
