//! Those who signed a statement, as one page names them.

use super::{View, lists, map};
use crate::config::SignatoryOrder;
use crate::content::Signatory;
use crate::site::{NamePart, PageId, SignatoryList};
use crate::theme::engine::Shared;
use tera::Value;

/// A longer list of places leads nobody anywhere.
const MOST_LISTED: usize = 200;

/// Sets what a statement's view says of those who signed; `number` is which of their pages is shown, from 1.
pub fn set(view: &mut View, shared: &Shared, id: PageId, number: u32) {
    let site = &shared.site;
    let all = &site.page(id).document.signatories;
    let Some(list) = site.signatories.get(&id) else {
        for key in ["signatories", "founders", "others", "headings"] {
            view.set(key, Vec::<Value>::new());
        }
        view.set("by_place", false);
        view.set("names", Value::none());
        return;
    };
    let shown = list.on_page(number);
    let founders: Vec<Value> = match number {
        1 => list.founders(all).map(|one| named(shared, one)).collect(),
        _ => Vec::new(),
    };
    let mut everyone = founders.clone();
    let mut others = Vec::new();
    for part in parts(list, &shown) {
        let names: Vec<Value> = list.others_in(part.names.clone(), all).map(|one| named(shared, one)).collect();
        everyone.extend(names.iter().cloned());
        let continued = part.names.start == shown.start && is_continued(list, &part);
        others.push(Value::from(map! {
            "heading": part.heading.as_deref(),
            "id": part_id(list, part.names.start),
            "continued": continued,
            "signatories": names,
        }));
    }
    let total = list.pages();
    let names = (total > 1).then(|| lists::paged(number, total, all.len(), |page| site.signatories_url(id, page)));
    view.set("signatories", everyone);
    view.set("founders", founders);
    view.set("others", others);
    view.set("headings", headings(shared, id, list));
    view.set("by_place", list.by == SignatoryOrder::Place);
    view.set("names", Value::from(names));
}

fn named(shared: &Shared, one: &Signatory) -> Value {
    Value::from(map! {
        "name": one.name.value.as_str(),
        "role": one.role.as_deref(),
        "place": one.place.as_deref(),
        "link": one.link.as_ref().map(|link| shared.site.address(link)),
        "founder": one.founder,
    })
}

/// The names in a range, under their headings.
fn parts(list: &SignatoryList, shown: &std::ops::Range<usize>) -> Vec<NamePart> {
    if shown.is_empty() {
        return Vec::new();
    }
    if !list.has_headings() || list.parts.is_empty() {
        return vec![NamePart { heading: None, names: shown.clone() }];
    }
    let here = |part: &NamePart| {
        let names = part.names.start.max(shown.start)..part.names.end.min(shown.end);
        (!names.is_empty()).then(|| NamePart { heading: part.heading.clone(), names })
    };
    list.parts.iter().filter_map(here).collect()
}

fn is_continued(list: &SignatoryList, shown: &NamePart) -> bool {
    list.parts.iter().any(|part| part.names.contains(&shown.names.start) && part.names.start < shown.names.start)
}

/// The anchor of the part that holds a name.
fn part_id(list: &SignatoryList, name: usize) -> String {
    let number = list.parts.iter().position(|part| part.names.contains(&name)).unwrap_or(0);
    format!("hb-names-{}", number + 1)
}

/// The letters or places of all names, each with where it begins.
fn headings(shared: &Shared, id: PageId, list: &SignatoryList) -> Vec<Value> {
    if !list.has_headings() || list.parts.len() > MOST_LISTED {
        return Vec::new();
    }
    let with_heading = list.parts.iter().enumerate().filter_map(|(at, part)| Some((at, part, part.heading.as_ref()?)));
    with_heading
        .map(|(at, part, heading)| {
            let url = shared.site.signatories_url(id, list.page_of(part.names.start));
            Value::from(map! {
                "heading": heading.as_str(),
                "url": format!("{url}#hb-names-{}", at + 1),
                "count": part.names.len(),
            })
        })
        .collect()
}
