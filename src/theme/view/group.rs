use super::{View, ViewField, cards, event, fields, map, site, texts};
use crate::content::{Group, Location};
use crate::site::PageId;
use crate::theme::engine::Shared;
use tera::Value;

/// The coming meetings that a group's page is given.
const MOST_MEETINGS: usize = 20;

pub const FIELDS: &[ViewField] = fields! {
    "place" "text or none" "The town, city or village."
    "region" "text or none" "The region."
    "status" "text" "active, forming or paused."
    "location" "table or none" "lat, lon."
    "languages" "list of texts" "Languages spoken, as tags."
    "covers" "list of texts" "Postcode areas and places."
    "contact" "table or none" "email, phone, form."
    "links" "list" "name, url."
    "parent" "table or none" "The group it belongs to: title, url."
    "children" "list of cards" "Groups that belong to it."
    "events" "list of occurrences" "What is coming, soonest first."
    "next" "occurrence or none" "The next time that the group meets as far as is known: neither cancelled nor postponed."
    "nearest" "list" "Groups nearby: title, url, language, km."
};

pub fn location(location: Option<&Location>) -> Option<View> {
    location.map(|location| map! { "lat": location.lat.0, "lon": location.lon.0 })
}

pub fn card(shared: &Shared, group: &Group) -> View {
    let contact = group.contact.as_ref().map(|contact| {
        map! {
            "email": contact.email.as_ref().map(|email| email.0.as_str()),
            "phone": contact.phone.as_deref(),
            "form": contact.form.as_ref().map(|form| shared.site.address(form)),
        }
    });
    map! {
        "place": group.place.as_deref(),
        "region": group.region.as_deref(),
        "status": group.status.word(),
        "location": location(group.location.as_ref()),
        "languages": texts(&group.languages),
        "covers": texts(&group.covers),
        "contact": contact,
        "links": site::named_links(shared, &group.links),
    }
}

pub fn whole(shared: &Shared, id: PageId, group: &Group) -> View {
    let mut view = card(shared, group);
    let empty = crate::site::GroupLinks::default();
    let links = shared.site.groups.get(&id).unwrap_or(&empty);
    let nearest: Vec<Value> = links
        .nearest
        .iter()
        .map(|near| {
            let page = shared.site.page(near.page);
            Value::from(map! {
                "title": page.title(),
                "url": page.route.url.as_str(),
                "language": shared.site.language(page.text_language()).code.as_str(),
                "km": (near.km * 10.0).round() / 10.0,
            })
        })
        .collect();
    view.set("parent", links.parent.map_or(Value::none(), |parent| shared.link(parent)));
    view.set("children", cards(shared, links.children.iter().copied()));
    view.set("events", Value::from(event::upcoming_of(shared, &links.events, MOST_MEETINGS)));
    view.set("next", Value::from(event::next_of(shared, &links.events)));
    view.set("nearest", Value::from(nearest));
    view
}
