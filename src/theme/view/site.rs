use super::{View, ViewField, card, cards, fields, from_json, map, texts};
use crate::config::{Imprint, Jurisdiction, NamedLink, Organisation, Party};
use crate::content::{FilePath, Kind};
use crate::site::{LanguageId, MenuLink, PageId, Scope};
use crate::theme::engine::Shared;
use std::borrow::Cow;
use tera::{Map, Value};

pub const FIELDS: &[ViewField] = fields! {
    "title" "text" "The campaign's name."
    "description" "text or none" "One sentence about the campaign."
    "base_url" "text" "The site's whole address, without a slash at the end; of a language with an address of its own, that one."
    "home_url" "text" "The path of the home page in this language."
    "language" "text" "The tag of the page's language."
    "timezone" "text" "The site's time zone."
    "languages" "list" "All languages: code, name, title, url, direction, current."
    "organisation" "table or none" "name, description, logo, email, links (name, url), independence (HTML)."
    "imprint" "table or none" "jurisdiction, and lines: texts ready to be shown."
    "political_ad" "table or none" "sponsor, controller, election, notice_url."
    "menus" "table" "By name, lists of links: name, url (none for an entry that only opens those below), active (leads here, or to a section above), external, children (the entries below, alike), open (one of those below is active)."
    "actions" "list of cards" "The actions offered on every page, those that are still open."
    "settings" "table" "The theme's settings."
    "taxonomies" "list" "Taxonomies that have terms: name, title, url."
    "lists" "table" "By kind, the list of what there is of it in this language: title, url; none where there is none."
    "feed_url" "text or none" "The path of the site's feed, in the form that comes first; none where the site has no feeds."
    "feeds" "list" "The site's feed in each form: url, type, format."
    "calendar_url" "text or none" "The path of the site's calendar."
    "extra" "table" "The configuration's own keys."
    "generator" "text" "Handbill and its version."
    "now" "text" "The build's time."
};

/// The part that is the same for all pages of a language.
pub fn build(shared: &Shared, language: LanguageId) -> Value {
    let site = &shared.site;
    let config = &site.config;
    let own = site.language(language);
    let zone = &config.timezone;
    let open = site.actions[language.0 as usize].iter().copied().filter(|id| is_open(shared, *id));
    let settings: Map =
        shared.theme.settings.iter().map(|(name, value)| (name.clone().into(), from_json(value))).collect();
    let taxonomies: Vec<Value> = (0..config.taxonomies.len())
        .filter(|taxonomy| !site.terms[language.0 as usize][*taxonomy].is_empty())
        .map(|taxonomy| {
            let found = &config.taxonomies[taxonomy];
            Value::from(map! {
                "name": found.name.as_str(),
                "title": site.taxonomy_title(language, taxonomy as u32),
                "url": site.taxonomy_url(language, taxonomy as u32),
            })
        })
        .collect();
    Value::from(map! {
        "title": own.title.as_str(),
        "description": own.description.as_deref(),
        "base_url": config.address_of(own),
        "home_url": site.page(site.homes[language.0 as usize]).route.url.as_str(),
        "language": own.code.as_str(),
        "timezone": config.timezone_name.as_str(),
        "languages": languages(shared, language),
        "organisation": organisation(shared, language),
        "imprint": config.imprint.as_ref().map(|imprint| imprint_view(shared, imprint, language)),
        "political_ad": config.political_ad.as_ref().map(|ad| map! {
            "sponsor": ad.sponsor.as_str(),
            "controller": ad.controller.as_deref(),
            "election": ad.election.as_str(),
            "notice_url": &*site.address(&ad.notice_url),
        }),
        "menus": Map::new(),
        "actions": cards(shared, open),
        "settings": settings,
        "taxonomies": taxonomies,
        "lists": lists(shared, language),
        "feed_url": site.feed_url(language),
        "feeds": super::feeds(shared, site.feed_url(language).as_deref()),
        "calendar_url": site.event_list(language, Scope::All).and_then(|(_, list)| list.calendar_url.as_deref()),
        "extra": extra(&config.extra.0),
        "generator": concat!("Handbill ", env!("CARGO_PKG_VERSION")),
        "now": super::zoned(&site.clock.now.to_zoned(zone.clone())),
    })
}

/// The site as one page sees it: with the menus' active links marked. Most pages of a section share one.
pub fn for_page(shared: &Shared, language: LanguageId, page: Option<PageId>) -> Value {
    let shown = page.map(|id| &shared.site.page(id).document.path);
    let menus = &shared.site.menus[language.0 as usize];
    let active: Vec<bool> =
        menus.iter().flat_map(|(_, links)| MenuLink::all(links)).map(|link| is_active(shared, link, shown)).collect();
    shared.site_view_with(language, active, |active| {
        let mut site = shared.site_view(language).as_map().cloned().unwrap_or_default();
        let mut active = active.iter();
        let mut views = Map::new();
        for (name, links) in menus {
            let links: Vec<Value> = links.iter().map(|link| menu_link(link, &mut active)).collect();
            views.insert(name.clone().into(), Value::from(links));
        }
        site.insert("menus".into(), Value::from(views));
        Value::from(site)
    })
}

/// The section of each kind's own folder.
fn lists(shared: &Shared, language: LanguageId) -> Map {
    let section = |folder: &str| {
        let id = shared.site.find(&format!("{folder}/_index.md"), language)?;
        (shared.site.page(id).language == language).then(|| shared.link(id))
    };
    let kinds = Kind::AUTHORED.iter().filter_map(|kind| Some((kind.word().into(), section(kind.folder()?).into())));
    kinds.collect()
}

fn is_active(shared: &Shared, link: &MenuLink, shown: Option<&FilePath>) -> bool {
    let target = link.page.map(|id| &shared.site.page(id).document.path);
    target.zip(shown).is_some_and(|(target, shown)| crate::site::menu_leads_to(target, shown))
}

/// A link with those below it; `active` says in the same order which of them lead to the page or above it.
fn menu_link<'a>(link: &MenuLink, active: &mut impl Iterator<Item = &'a bool>) -> Value {
    let own = active.next().copied().unwrap_or_default();
    let before: Vec<&bool> = active.by_ref().take(MenuLink::all(&link.children).len()).collect();
    let open = before.iter().any(|active| **active);
    let mut below = before.into_iter();
    let children: Vec<Value> = link.children.iter().map(|link| menu_link_below(link, &mut below)).collect();
    Value::from(map! {
        "name": link.name.as_str(),
        "url": link.url.as_deref(),
        "active": own,
        "open": open,
        "external": link.external,
        "children": children,
    })
}

fn menu_link_below(link: &MenuLink, active: &mut dyn Iterator<Item = &bool>) -> Value {
    menu_link(link, &mut { active })
}

fn is_open(shared: &Shared, id: PageId) -> bool {
    match &shared.site.page(id).document.details {
        crate::content::Details::Action(action) => {
            crate::site::is_open(action, shared.site.clock.now, &shared.site.config.timezone)
        }
        _ => true,
    }
}

fn languages(shared: &Shared, current: LanguageId) -> Vec<Value> {
    let site = &shared.site;
    site.languages()
        .map(|id| {
            let language = site.language(id);
            let locale = &shared.tools(id).locale;
            Value::from(map! {
                "code": language.code.as_str(),
                "name": language.name.as_deref().unwrap_or(locale.native_name()),
                "title": language.title.as_str(),
                "url": site.page(site.homes[id.0 as usize]).route.url.as_str(),
                "direction": locale.direction().as_str(),
                "current": id == current,
            })
        })
        .collect()
}

fn organisation(shared: &Shared, language: LanguageId) -> Value {
    let config = &shared.site.config;
    let own = shared.site.language(language);
    let empty = Organisation::default();
    let organisation = config.organisation.as_ref().unwrap_or(&empty);
    let independence = own.independence.as_ref().map(|written| {
        let (text, _) = shared.site.link_text(&written.value, language);
        Value::safe_string(&card::inline_html(&text.body, &text.links))
    });
    Value::from(map! {
        "name": organisation.name.as_deref().unwrap_or(&own.title),
        "description": organisation.description.as_deref(),
        "logo": logo(shared),
        "email": organisation.email.as_deref(),
        "links": named_links(shared, &organisation.links),
        "independence": independence,
    })
}

/// The path of the organisation's logo.
pub fn logo(shared: &Shared) -> Option<String> {
    let config = &shared.site.config;
    let logo = config.organisation.as_ref()?.logo.as_ref()?;
    Some(format!("{}/{}", config.base_url.path, crate::output::encode_path(logo.value.trim_start_matches('/'))))
}

pub fn named_links(shared: &Shared, links: &[NamedLink]) -> Vec<Value> {
    links
        .iter()
        .map(|link| Value::from(map! { "name": link.name.as_str(), "url": &*shared.site.address(&link.url) }))
        .collect()
}

fn imprint_view(shared: &Shared, imprint: &Imprint, language: LanguageId) -> View {
    map! { "jurisdiction": imprint.jurisdiction.word(), "lines": texts(&imprint_lines(shared, imprint, language)) }
}

/// The imprint as lines of text, in the words of the theme.
pub fn imprint_lines(shared: &Shared, imprint: &Imprint, language: LanguageId) -> Vec<String> {
    let parts = &imprint.parts;
    let say = |key: &str, english: &str, values: &[(&str, &str)]| {
        let value = |name: &str| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| Cow::Owned((*value).to_owned()))
        };
        shared.words(key, language, None, value).unwrap_or_else(|| crate::theme::strings::fill(english, value))
    };
    let text = |value: &Option<String>| value.as_deref().unwrap_or("").trim().to_owned();
    let party =
        |party: &Party| [text(&party.name), text(&party.address)].join(", ").trim_matches([',', ' ']).to_owned();
    let mut lines = Vec::new();
    match imprint.jurisdiction {
        Jurisdiction::None => {}
        Jurisdiction::Uk => {
            let promoter = parts.promoter.as_ref().map(party).unwrap_or_default();
            lines.push(match &parts.on_behalf_of {
                Some(other) => say(
                    "imprint_promoted_on_behalf",
                    "Promoted by {promoter} on behalf of {other}.",
                    &[("promoter", &promoter), ("other", &party(other))],
                ),
                None => say("imprint_promoted", "Promoted by {promoter}.", &[("promoter", &promoter)]),
            });
        }
        Jurisdiction::Us => {
            lines.push(say("imprint_paid_by", "Paid for by {name}.", &[("name", &text(&parts.paid_by))]));
            match (&parts.authorised_by, parts.authorised) {
                (Some(name), _) => lines.push(say("imprint_authorised", "Authorized by {name}.", &[("name", name)])),
                (None, Some(false)) => lines.push(say(
                    "imprint_not_authorised",
                    "Not authorized by any candidate or candidate’s committee.",
                    &[],
                )),
                _ => {}
            }
            let contact = [text(&parts.address), text(&parts.phone), text(&parts.url)];
            lines.extend(contact.into_iter().filter(|line| !line.is_empty()));
        }
        Jurisdiction::De => {
            lines.push([text(&parts.name), text(&parts.address)].join(", "));
            let representative = text(&parts.representative);
            lines.push(say("imprint_represented", "Represented by {name}.", &[("name", &representative)]));
            lines.push(say("imprint_email", "E-mail: {email}", &[("email", &text(&parts.email))]));
            if let Some(responsible) = &parts.responsible {
                lines.push(say(
                    "imprint_responsible",
                    "Responsible for the content: {name}.",
                    &[("name", responsible)],
                ));
            }
        }
    }
    lines.retain(|line| !line.trim().is_empty());
    lines
}

/// Free keys, as a table even when there are none.
pub fn extra(extra: &serde_json::Value) -> Value {
    if extra.is_object() { from_json(extra) } else { Value::from(Map::new()) }
}
