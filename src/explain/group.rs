//! A group: what it holds, and whether readers find it on a map.

use super::{Desk, Group, GroupEvent, dates};
use crate::content::{self, GroupStatus};
use crate::site::{GroupLinks, PageId};
use crate::theme::view::zoned;

/// A group that lies farther than this from all others was probably placed by mistake, in kilometres.
const FAR: f64 = 1000.0;

pub fn about(desk: &Desk<'_>, id: PageId, group: &content::Group) -> Group {
    let empty = GroupLinks::default();
    let links = desk.site.groups.get(&id).unwrap_or(&empty);
    let mut words = Vec::new();
    match group.status {
        GroupStatus::Active => {}
        GroupStatus::Forming => words.push("It is shown as forming.".to_owned()),
        GroupStatus::Paused => words.push("It is shown as paused.".to_owned()),
    }
    words.push(location(desk, group, links));
    if group.region.is_none() {
        words.push("It names no region, so no region's list has it or its events.".to_owned());
    }
    if group.contact.is_none() {
        words.push("It has no contact, so readers are not told how to reach it.".to_owned());
    }
    if !links.children.is_empty() {
        let children: Vec<String> =
            links.children.iter().map(|child| desk.site.page(*child).title().to_owned()).collect();
        words.push(format!("Groups that belong to it: {}.", super::listed(&children)));
    }
    if links.events.is_empty() {
        words.push(format!("No event names it. An event does with groups = [\"{}\"].", own_name(desk, id)));
    }
    Group {
        status: group.status.word(),
        place: group.place.clone(),
        region: group.region.clone(),
        lat: group.location.as_ref().map(|location| location.lat.0),
        lon: group.location.as_ref().map(|location| location.lon.0),
        events: events(desk, links),
        words,
    }
}

fn own_name<'d>(desk: &Desk<'d>, id: PageId) -> &'d str {
    desk.site.page(id).document.path.own_name()
}

fn location(desk: &Desk<'_>, group: &content::Group, links: &GroupLinks) -> String {
    let Some(location) = &group.location else {
        return "It has no `location`, so maps and lists of groups nearby leave it out.".to_owned();
    };
    let at = format!("It lies at {}, {} (latitude, longitude)", location.lat.0, location.lon.0);
    if location.lat.0 == 0.0 && location.lon.0 == 0.0 {
        return format!("{at}, which is in the sea: write its own location.");
    }
    match links.nearest.first() {
        Some(near) if near.km > FAR => format!(
            "{at}, {:.0} km from the nearest other group, {}: look whether `lat` and `lon` are the wrong way round.",
            near.km,
            desk.site.page(near.page).title()
        ),
        Some(near) => {
            format!("{at}, {:.0} km from the nearest other group, {}.", near.km, desk.site.page(near.page).title())
        }
        None => format!("{at}. No other group has a location."),
    }
}

/// What is coming, soonest first, and then what is past, latest first.
fn events(desk: &Desk<'_>, links: &GroupLinks) -> Vec<GroupEvent> {
    let now = desk.site.clock.now;
    let mut found = Vec::new();
    for event in &links.events {
        let page = desk.link(*event);
        let Some(times) = desk.site.event_times.get(event) else { continue };
        match times.next(now) {
            Some(next) => {
                let start = if next.all_day { next.start.date().to_string() } else { zoned(&next.start) };
                let key = (false, next.start.timestamp().as_second());
                found.push((key, GroupEvent { page, next: Some(start), words: dates::span(next) }));
            }
            None => {
                let last = times.past(now).next();
                let key = (true, -last.map_or(0, |last| last.start.timestamp().as_second()));
                let words = last.map_or_else(String::new, |last| format!("{}, past", dates::span(last)));
                found.push((key, GroupEvent { page, next: None, words }));
            }
        }
    }
    found.sort_by(|a, b| (a.0, &a.1.page).cmp(&(b.0, &b.1.page)));
    found.into_iter().map(|(_, event)| event).collect()
}
