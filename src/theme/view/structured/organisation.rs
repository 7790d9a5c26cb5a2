//! Who publishes the site, its groups, and who holds an event.

use super::{Node, absolute, described, id_on};
use crate::config::{NamedLink, Url};
use crate::content::{Event, Group};
use crate::site::{LanguageId, Page, PageId};
use crate::theme::engine::Shared;

/// The page at the site's top.
fn front(shared: &Shared) -> &Page {
    shared.site.page(shared.site.homes[0])
}

/// The name of the organisation behind the site, in a language.
pub fn name(shared: &Shared, language: LanguageId) -> &str {
    let own = shared.site.config.organisation.as_ref().and_then(|organisation| organisation.name.as_deref());
    own.unwrap_or(&shared.site.language(language).title)
}

fn site_id(shared: &Shared) -> String {
    id_on(shared, front(shared), "organisation")
}

/// A mention of the organisation where it is described on the same page.
pub fn mention(shared: &Shared) -> Node {
    Node::mention(&site_id(shared))
}

/// The organisation as the publisher of a page or the holder of an event.
pub fn publisher(shared: &Shared, language: LanguageId) -> Node {
    let front = front(shared);
    let logo = crate::theme::view::site::logo(shared);
    Node::new("Organization")
        .with("@id", site_id(shared))
        .text("name", name(shared, language))
        .with("url", shared.site.permalink(&front.route.url))
        .maybe("logo", logo.map(|logo| absolute(shared, front, &logo).into_owned()))
}

/// The organisation, whole.
pub fn site(shared: &Shared, language: LanguageId) -> Node {
    let node = publisher(shared, language);
    let own = shared.site.config.organisation.as_ref();
    let description = own.and_then(|own| own.description.as_deref());
    let description = description.or(shared.site.language(language).description.as_deref());
    let links = own.map(|own| own.links.as_slice()).unwrap_or_default();
    node.maybe_text("description", description)
        .maybe_text("email", own.and_then(|own| own.email.as_deref()))
        .all("sameAs", elsewhere(links))
}

/// The site in one language, as another thing mentions it.
pub fn website_brief(shared: &Shared, language: LanguageId) -> Node {
    let site = &shared.site;
    let home = site.page(site.homes[language.0 as usize]);
    Node::new("WebSite")
        .with("@id", id_on(shared, home, "website"))
        .text("name", &site.language(language).title)
        .with("url", site.permalink(&home.route.url))
}

/// The site in one language, whole.
pub fn website(shared: &Shared, language: LanguageId) -> Node {
    let own = shared.site.language(language);
    website_brief(shared, language)
        .maybe_text("description", own.description.as_deref())
        .with("inLanguage", own.code.as_str())
        .with("publisher", mention(shared))
}

/// Pages on the web that are about the same body.
fn elsewhere(links: &[NamedLink]) -> impl Iterator<Item = &str> {
    let on_the_web = |url: &&Url| ["https://", "http://"].iter().any(|scheme| url.0.starts_with(scheme));
    links.iter().map(|link| &link.url).filter(on_the_web).map(|url| url.0.as_str())
}

/// A group, as another thing mentions it.
fn brief(shared: &Shared, id: PageId) -> Node {
    let page = shared.site.page(id);
    Node::new("Organization")
        .with("@id", id_on(shared, page, "organisation"))
        .text("name", page.title())
        .with("url", shared.site.permalink(&page.route.url))
}

/// A local group, whole.
pub fn group(shared: &Shared, id: PageId, group: &Group) -> Node {
    let page = shared.site.page(id);
    let parent = shared.site.groups.get(&id).and_then(|links| links.parent);
    let contact = group.contact.as_ref();
    let address = Node::new("PostalAddress")
        .maybe_text("addressLocality", group.place.as_deref())
        .maybe_text("addressRegion", group.region.as_deref());
    let geo = group.location.as_ref().map(|at| super::place::coordinates(at.lat.0, at.lon.0));
    let place = Node::new("Place").maybe("address", (!address.is_empty()).then_some(address)).maybe("geo", geo);
    let covered = group.covers.iter().map(String::as_str);
    // What is not said to be covered beyond its own place is at least that place.
    let own = group.covers.is_empty().then_some(group.place.as_deref().or(group.region.as_deref())).flatten();
    described(shared, page, brief(shared, id))
        .maybe_text("email", contact.and_then(|contact| contact.email.as_ref()).map(|email| email.0.as_str()))
        .maybe_text("telephone", contact.and_then(|contact| contact.phone.as_deref()))
        .all("sameAs", elsewhere(&group.links))
        .all("areaServed", covered.chain(own))
        .all("knowsLanguage", group.languages.iter().map(String::as_str))
        .maybe("location", (!place.is_empty()).then_some(place))
        .with(
            "parentOrganization",
            match parent {
                Some(parent) => brief(shared, parent),
                None => publisher(shared, page.language),
            },
        )
}

/// Who holds an event: the groups, and whom the author names beside them; else the organisation itself.
pub fn holders(shared: &Shared, id: PageId, event: &Event) -> Vec<Node> {
    let page = shared.site.page(id);
    let groups = shared.site.event_groups(id).iter().map(|group| brief(shared, *group));
    let named = event.organiser.as_deref().map(str::trim).filter(|name| !name.is_empty());
    // Whether a person or a body, the author does not say; both can be an organiser in the vocabulary, and the common
    // case is a body.
    let named =
        named.map(|name| Node::new("Organization").with("@id", id_on(shared, page, "organiser")).with("name", name));
    let holders: Vec<Node> = groups.chain(named).collect();
    if holders.is_empty() { vec![publisher(shared, page.language)] } else { holders }
}
