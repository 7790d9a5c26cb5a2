use super::{View, ViewField, cards, fields, map, moment, signatories};
use crate::content::{Action, Aim, Ask, Details, Kind, Mail, Post, Statement};
use crate::output::encode_path;
use crate::site::{Page, PageId, is_open};
use crate::theme::engine::Shared;
use tera::Value;

pub const AIM_FIELDS: &[ViewField] = fields! {
    "order" "number or none" "Its place among the aims."
    "short" "text or none" "One line."
    "statements" "list of cards" "Statements that name it."
    "events" "list of cards" "Events that name it."
    "actions" "list of cards" "Actions that name it."
};

pub const STATEMENT_FIELDS: &[ViewField] = fields! {
    "issued_by" "text or none" "Who issued it."
    "to" "text or none" "Whom it addresses."
    "count" "number" "How many signed and are named."
    "sign" "table or none" "url, until, open."
    "signatories" "list" "Those named on this page, founders first, then A to Z or by place: name, role, place, link, founder."
    "founders" "list" "The founders among them, as in `signatories`; none on the further pages."
    "others" "list" "Those after the founders, under headings: heading (a letter or a place; none without one), id, continued (whether the heading stood on the page before), signatories."
    "headings" "list" "Where there are several pages, or places: the letters or places of all names: heading, url, count."
    "by_place" "true or false" "Whether the headings are places."
    "names" "table or none" "Of several pages of names which this is, as a list has it: number, total_pages, total_items, first, last, previous, next, pages."
    "press" "table or none" "name, email, phone."
    "aims" "list" "The aims it serves: title, url."
};

pub const ACTION_FIELDS: &[ViewField] = fields! {
    "ask" "text" "join, donate, sign, share, write or volunteer."
    "url" "text" "Where it is done: its own address elsewhere, or the page."
    "external" "true or false" "Whether that address is another's."
    "deadline" "time or none" "Until when."
    "goal" "text or none" "What would be enough."
    "open" "true or false" "Whether it can still be done."
    "share_text" "text or none" "What readers may pass on."
    "mail" "table or none" "to, subject, body, href (a mailto address)."
    "aims" "list" "The aims it serves: title, url."
};

pub const POST_FIELDS: &[ViewField] = fields! {
    "byline" "list of texts" "Who wrote it."
};

pub fn aim_card(aim: &Aim) -> View {
    map! { "order": aim.order, "short": aim.short.as_deref() }
}

pub fn aim(shared: &Shared, id: PageId, aim: &Aim) -> View {
    let served = shared.site.served.get(&id).map(Vec::as_slice).unwrap_or_default();
    let of = |kind: Kind| cards(shared, served.iter().copied().filter(|page| shared.site.page(*page).kind() == kind));
    let mut view = aim_card(aim);
    view.set("statements", of(Kind::Statement));
    view.set("events", of(Kind::Event));
    view.set("actions", of(Kind::Action));
    view
}

pub fn statement_card(shared: &Shared, page: &Page, statement: &Statement) -> View {
    let zone = &shared.site.config.timezone;
    map! {
        "issued_by": statement.issued_by.as_deref(),
        "to": statement.to.as_deref(),
        "count": page.document.signatories.len(),
        "sign": statement.sign.as_ref().map(|sign| map! {
            "url": &*shared.site.address(&sign.url),
            "until": sign.until.map(|until| moment(until, zone)),
            "open": sign.until.is_none_or(|until| until.end(zone) > shared.site.clock.now),
        }),
    }
}

/// A statement; `number` is which of the pages of its signatories is shown, from 1.
pub fn statement(shared: &Shared, id: PageId, page: &Page, statement: &Statement, number: u32) -> View {
    let mut view = statement_card(shared, page, statement);
    view.set("aims", super::links(shared, shared.site.event_aims(id)));
    signatories::set(&mut view, shared, id, number);
    let press = statement.press.as_ref().map(|press| {
        map! {
            "name": press.name.as_deref(),
            "email": press.email.as_ref().map(|email| email.0.as_str()),
            "phone": press.phone.as_deref(),
        }
    });
    view.set("press", Value::from(press));
    view
}

pub fn action_card(shared: &Shared, page: &Page, action: &Action) -> View {
    let zone = &shared.site.config.timezone;
    let url = match &action.url {
        Some(url) => shared.site.address(url).into_owned(),
        None => page.route.url.clone(),
    };
    map! {
        "ask": action.ask.value.word(),
        "url": url,
        "external": action.url.as_ref().is_some_and(crate::config::Url::is_external),
        "deadline": action.deadline.map(|deadline| moment(deadline, zone)),
        "goal": action.goal.as_deref(),
        "open": is_open(action, shared.site.clock.now, zone),
    }
}

pub fn action(shared: &Shared, id: PageId, page: &Page, action: &Action) -> View {
    let mut view = action_card(shared, page, action);
    view.set("aims", super::links(shared, shared.site.event_aims(id)));
    let share = action.share_text.clone().or_else(|| (action.ask.value == Ask::Share).then(|| page.title().to_owned()));
    view.set("share_text", Value::from(share));
    view.set("mail", Value::from(action.mail.as_ref().map(mail)));
    view
}

fn mail(mail: &Mail) -> View {
    map! {
        "to": mail.to.as_str(),
        "subject": mail.subject.as_deref(),
        "body": mail.body.as_deref(),
        "href": mailto(mail),
    }
}

/// The address that opens the letter in a mail program (RFC 6068).
fn mailto(mail: &Mail) -> String {
    // In a query `&`, `+` and `=` part the fields, and lines end as in mail.
    let encoded = |text: &str| {
        let lines = text.trim().replace("\r\n", "\n").replace('\n', "\r\n");
        encode_path(&lines).replace('&', "%26").replace('+', "%2B").replace('=', "%3D").replace('\'', "%27")
    };
    let mut href = format!("mailto:{}", encode_path(mail.to.trim()).replace('&', "%26"));
    let fields = [("subject", &mail.subject), ("body", &mail.body)];
    let given = fields.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    for (at, (name, value)) in given.enumerate() {
        href.push(if at == 0 { '?' } else { '&' });
        href.push_str(name);
        href.push('=');
        href.push_str(&encoded(value));
    }
    href
}

pub fn post_card(post: &Post) -> View {
    map! { "byline": super::texts(&post.byline.0) }
}

/// The table of a page's kind, whole: its key, and what is in it.
pub fn whole(shared: &Shared, id: PageId) -> Option<(&'static str, View)> {
    let page = shared.site.page(id);
    Some(match &page.document.details {
        Details::Aim(found) => ("aim", aim(shared, id, found)),
        Details::Statement(found) => ("statement", statement(shared, id, page, found, 1)),
        Details::Group(found) => ("group", super::group::whole(shared, id, found)),
        Details::Event(found) => ("event", super::event::whole(shared, id, found)),
        Details::Action(found) => ("action", action(shared, id, page, found)),
        Details::Post(found) => ("post", post_card(found)),
        Details::Page | Details::Section(_) => return None,
    })
}
