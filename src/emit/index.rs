//! `handbill.json`: what a site publishes, for other sites and programs to read. The format is documented in the manual
//! and keeps its meaning: what is added is new keys, and what would break readers raises its number.

use crate::content::{Details, Event, Kind};
use crate::site::{PageId, Site};
use crate::theme::Engine;
use crate::theme::view::{card, event as event_view, moment};
use serde_json::{Map, Value, json};

/// The number of the format.
pub const VERSION: u32 = 1;

type Table = Map<String, Value>;

/// The whole index. What is a draft, held back or asks not to be found is not in it, and of a private venue only the area.
pub fn render(engine: &Engine) -> Vec<u8> {
    let site = engine.site();
    let mut top = Table::new();
    top.insert("handbill".to_owned(), VERSION.into());
    top.insert("generator".to_owned(), concat!("Handbill ", env!("CARGO_PKG_VERSION")).into());
    top.insert("site".to_owned(), about(site));
    let lists = [
        ("aims", Kind::Aim),
        ("statements", Kind::Statement),
        ("groups", Kind::Group),
        ("events", Kind::Event),
        ("actions", Kind::Action),
        ("news", Kind::Post),
    ];
    for (name, kind) in lists {
        // What stands in for a missing version is the original once more.
        let listed = |id: &PageId| {
            let page = site.page(*id);
            page.kind() == kind && !page.is_fallback && !page.document.common.noindex
        };
        let items = site.ids().filter(listed).map(|id| item(engine, id)).collect();
        top.insert(name.to_owned(), Value::Array(items));
    }
    let mut bytes = serde_json::to_vec_pretty(&Value::Object(top)).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn about(site: &Site) -> Value {
    let config = &site.config;
    let languages: Vec<Value> = site
        .languages()
        .map(|id| {
            let language = site.language(id);
            let home = site.page(site.homes[id.0 as usize]);
            filled(json!({
                "code": language.code,
                "title": language.title,
                "description": language.description,
                "url": site.permalink(&home.route.url),
                "feed": site.feed_url(id).map(|url| site.permalink(&url)),
            }))
        })
        .collect();
    let organisation = config.organisation.as_ref().and_then(|organisation| organisation.name.clone());
    filled(json!({
        "id": config.site_id,
        "url": site.permalink(&format!("{}/", config.base_url.path)),
        "title": config.default_language().title,
        "description": config.default_language().description,
        "organisation": organisation,
        "timezone": config.timezone_name,
        "languages": languages,
    }))
}

/// What all kinds have, and what its kind has.
fn item(engine: &Engine, id: PageId) -> Value {
    let site = engine.site();
    let page = site.page(id);
    let common = &page.document.common;
    let zone = &site.config.timezone;
    let known = &site.terms[page.language.0 as usize];
    let tags: Table = site
        .config
        .taxonomies
        .iter()
        .zip(page.terms.iter().zip(known))
        .filter(|(_, (numbers, _))| !numbers.is_empty())
        .map(|(taxonomy, (numbers, terms))| {
            let names = numbers.iter().map(|number| Value::from(terms[*number as usize].name.as_str()));
            (taxonomy.name.clone(), names.collect())
        })
        .collect();
    let translations: Vec<Value> = page
        .translations
        .iter()
        .filter(|other| **other != id)
        .map(|other| {
            let other = site.page(*other);
            json!({ "language": site.language(other.language).code, "url": site.permalink(&other.route.url) })
        })
        .collect();
    let at = |written: &Option<crate::decode::At<crate::decode::Moment>>| {
        written.as_ref().map(|written| moment(written.value, zone))
    };
    let mut item = json!({
        "id": page.document.path.stem,
        "url": site.permalink(&page.route.url),
        "language": site.language(page.language).code,
        "title": page.title(),
        "summary": card::description(&page.document),
        "date": at(&common.date),
        "updated": at(&common.updated),
        "image": page.links.image.as_deref().map(|url| whole(site, url)),
        "terms": tags,
        "translations": translations,
    });
    if let (Value::Object(item), Value::Object(own)) = (&mut item, of_kind(engine, id)) {
        item.extend(own);
    }
    filled(item)
}

fn of_kind(engine: &Engine, id: PageId) -> Value {
    let site = engine.site();
    let page = site.page(id);
    let zone = &site.config.timezone;
    match &page.document.details {
        Details::Aim(aim) => json!({ "order": aim.order, "short": aim.short }),
        Details::Statement(statement) => json!({
            "issued_by": statement.issued_by,
            "to": statement.to,
            "signatories": page.document.signatories.len(),
            "aims": stems(site, site.event_aims(id)),
            "sign": statement.sign.as_ref().map(|sign| filled(json!({
                "url": whole(site, &site.address(&sign.url)),
                "until": sign.until.map(|until| moment(until, zone)),
            }))),
        }),
        Details::Group(group) => json!({
            "place": group.place,
            "region": group.region,
            "status": group.status.word(),
            "location": group.location.as_ref().map(|location| json!({ "lat": location.lat.0, "lon": location.lon.0 })),
            "covers": group.covers,
            "languages": group.languages,
            "parent": site.groups.get(&id).and_then(|links| links.parent).map(|parent| stem(site, parent)),
            "contact": group.contact.as_ref().map(|contact| filled(json!({
                "email": contact.email.as_ref().map(|email| &email.0),
                "phone": contact.phone,
                "form": contact.form.as_ref().map(|form| whole(site, &site.address(form))),
            }))),
            "calendar": site.event_list_of(id).and_then(|list| list.calendar_url.as_deref()).map(|url| site.permalink(url)),
        }),
        Details::Event(event) => of_event(engine, id, event),
        Details::Action(action) => json!({
            "ask": action.ask.value.word(),
            "target": action.url.as_ref().map(|url| whole(site, &site.address(url))),
            "deadline": action.deadline.map(|deadline| moment(deadline, zone)),
            "goal": action.goal,
            "aims": stems(site, site.event_aims(id)),
        }),
        Details::Post(post) => json!({ "byline": post.byline.0 }),
        Details::Page | Details::Section(_) => Value::Null,
    }
}

fn of_event(engine: &Engine, id: PageId, event: &Event) -> Value {
    let site = engine.site();
    let Some(times) = site.event_times.get(&id) else { return Value::Null };
    let pick = |table: &Value, keys: &[&str]| -> Value {
        let found = keys.iter().filter_map(|key| Some(((*key).to_owned(), table.get(key)?.clone())));
        filled(Value::Object(found.collect()))
    };
    let occurrences: Vec<Value> = (0..times.occurrences.len())
        .map(|index| {
            let view = event_view::occurrence(engine.shared(), id, index, false);
            let mut view = serde_json::to_value(&view).unwrap_or_default();
            if let Some(url) = view.get("url").and_then(Value::as_str).map(|url| site.permalink(url)) {
                view["url"] = url.into();
            }
            let mut shown = pick(&view, &["id", "url", "start", "end", "all_day", "status", "attendance", "note"]);
            if view.get("title").and_then(Value::as_str) != Some(site.page(id).title()) {
                shown["title"] = view["title"].clone();
            }
            if let Some(venue) = view.get("venue").filter(|venue| venue.is_object()) {
                shown["venue"] = filled(venue.clone());
            }
            shown
        })
        .collect();
    json!({
        "uid": site.event_uid(id),
        "timezone": times.timezone,
        "status": event.status.word(),
        "repeats": times.recurring,
        "groups": stems(site, site.event_groups(id)),
        "aims": stems(site, site.event_aims(id)),
        "online": event.online.as_ref().and_then(|online| online.url.as_ref()).map(|url| whole(site, &site.address(url))),
        "cost": event.cost,
        "calendar": site.event_calendar_url(id).map(|url| site.permalink(&url)),
        "occurrences": occurrences,
    })
}

fn stem(site: &Site, id: PageId) -> &str {
    &site.page(id).document.path.stem
}

fn stems<'s>(site: &'s Site, ids: &[PageId]) -> Vec<&'s str> {
    ids.iter().map(|id| stem(site, *id)).collect()
}

fn whole(site: &Site, url: &str) -> String {
    if url.starts_with('/') && !url.starts_with("//") { site.permalink(url) } else { url.to_owned() }
}

/// A table without the keys that have no value.
fn filled(value: Value) -> Value {
    let Value::Object(table) = value else { return value };
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(table) => table.is_empty(),
        _ => false,
    };
    Value::Object(table.into_iter().filter(|(_, value)| !is_empty(value)).collect())
}
