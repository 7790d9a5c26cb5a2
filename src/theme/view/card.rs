use super::{View, ViewField, event, fields, group, kinds, map, moment};
use crate::config::scheme;
use crate::content::{Details, Document};
use crate::markdown::{Body, Extent, HoleKind, escape};
use crate::site::{Page, PageId};
use crate::theme::engine::Shared;
use std::borrow::Cow;
use tera::{Map, Value};

/// Words that are read in a minute.
const WORDS_A_MINUTE: u32 = 220;

pub const FIELDS: &[ViewField] = fields! {
    "kind" "text" "aim, statement, group, event, action, post, page, section or home."
    "id" "text" "The file's path without language and ending; the same in all languages."
    "title" "text" "The title."
    "url" "text" "The path of its address."
    "permalink" "text" "Its whole address."
    "source" "text or none" "Its file; none for pages made without one."
    "language" "text" "The language of its text."
    "direction" "text" "ltr or rtl."
    "description" "text" "One or two sentences without markup."
    "summary" "HTML or none" "The authored summary."
    "words" "number" "How many words its text has."
    "reading_minutes" "number" "How long it takes to read."
    "date" "time or none" "When it was published."
    "updated" "time or none" "When its text was last changed."
    "expires" "time or none" "When it will be taken down."
    "draft" "true or false" "Shown only because of --drafts."
    "weight" "number" "Its weight in lists."
    "terms" "table" "By taxonomy, its terms: name, slug, url."
    "image" "table or none" "url, permalink, alt, credit."
    "section" "table or none" "The section that lists it: title, url."
    "noindex" "true or false" "Search engines are asked to leave it out."
    "extra" "table" "Its own keys."
    "aim" "table or none" "For aims: order, short."
    "statement" "table or none" "For statements: issued_by, to, count, sign."
    "group" "table or none" "For groups: place, region, status, location, languages, covers, contact, links."
    "event" "table or none" "For events: start, end, all_day, timezone, status, cancelled, past, recurring, attendance, venue. `occurrence_of` gives its next date."
    "action" "table or none" "For actions: ask, url, deadline, goal, open."
    "post" "table or none" "For posts: byline."
};

/// A page as lists see it.
pub fn build(shared: &Shared, id: PageId) -> Value {
    let site = &shared.site;
    let page = site.page(id);
    let document = &page.document;
    let common = &document.common;
    let zone = &site.config.timezone;
    let language = site.language(page.text_language());
    let at = |written: &Option<crate::decode::At<crate::decode::Moment>>| {
        written.as_ref().map(|written| moment(written.value, zone))
    };
    let kinds = Kinds::of(shared, id, page);
    Value::from(map! {
        "kind": kind_word(page),
        "id": document.path.stem.as_str(),
        "title": page.title(),
        "url": page.route.url.as_str(),
        "permalink": site.permalink(&page.route.url),
        "source": (!page.synthesised).then(|| document.written_in()),
        "language": language.code.as_str(),
        "direction": shared.tools(page.text_language()).locale.direction().as_str(),
        "description": description(document).as_ref(),
        "summary": summary(shared, id),
        "words": document.body.words,
        "reading_minutes": document.body.words.div_ceil(WORDS_A_MINUTE).max(1),
        "date": at(&common.date),
        "updated": at(&common.updated),
        "expires": common.expires.map(|expires| moment(expires, zone)),
        "draft": common.draft,
        "weight": common.weight,
        "terms": terms(shared, page),
        "image": image(shared, page),
        "section": page.section.map(|section| shared.link(section)),
        "noindex": common.noindex || shared.site.config.publish.noindex,
        "extra": super::site::extra(&common.extra.0),
        "aim": kinds.aim,
        "statement": kinds.statement,
        "group": kinds.group,
        "event": kinds.event,
        "action": kinds.action,
        "post": kinds.post,
    })
}

/// What the kind of a page is called in templates.
pub fn kind_word(page: &Page) -> &'static str {
    if page.is_home() { "home" } else { page.kind().word() }
}

/// One or two sentences about a page, without markup.
pub fn description(document: &Document) -> Cow<'_, str> {
    match (&document.summary, &document.common.summary) {
        (Some(summary), _) if !summary.lead.is_empty() => Cow::Borrowed(&summary.lead),
        (_, Some(written)) => Cow::Borrowed(&written.value),
        _ => match &document.details {
            Details::Aim(aim) if aim.short.is_some() => Cow::Borrowed(aim.short.as_deref().unwrap_or("")),
            _ => Cow::Borrowed(&document.body.lead),
        },
    }
}

fn summary(shared: &Shared, id: PageId) -> Option<Value> {
    let page = shared.site.page(id);
    let summary = page.document.summary.as_ref()?;
    let html = inline_html(summary, &page.links.summary);
    if !page.is_fallback {
        return Some(Value::safe_string(&html));
    }
    let (code, tools) = (&shared.site.language(page.text_language()).code, shared.tools(page.text_language()));
    let direction = tools.locale.direction().as_str();
    let element = if html.contains("<p>") { "div" } else { "span" };
    Some(Value::safe_string(&format!("<{element} lang=\"{code}\" dir=\"{direction}\">{html}</{element}>")))
}

/// A short text within a line; components do not belong there, so it needs nothing of the page around it.
pub fn inline_html(body: &Body, links: &[Box<str>]) -> String {
    inline(html(body, links).trim()).to_owned()
}

/// A short text with its links.
pub fn html(body: &Body, links: &[Box<str>]) -> String {
    let mut links = links.iter();
    let mut html = String::new();
    body.assemble(&mut html, Extent::Whole, &mut |hole, out| match &hole.kind {
        HoleKind::Link { .. } | HoleKind::Source { .. } => {
            if let Some(link) = links.next() {
                escape::url(out, link);
            }
        }
        HoleKind::Image(_) => {
            if let Some(link) = links.next() {
                out.push_str(" src=\"");
                escape::url(out, link);
                out.push('"');
            }
        }
        _ => {}
    });
    html
}

/// A single paragraph without its own element, so that a template can put it into another.
fn inline(html: &str) -> &str {
    match html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner,
        _ => html,
    }
}

fn terms(shared: &Shared, page: &Page) -> Map {
    let site = &shared.site;
    let mut all = Map::new();
    for (taxonomy, numbers) in page.terms.iter().enumerate() {
        let listed: Vec<Value> = numbers
            .iter()
            .map(|number| {
                let term = &site.terms[page.language.0 as usize][taxonomy][*number as usize];
                Value::from(map! {
                    "name": term.name.as_str(),
                    "slug": term.slug.as_str(),
                    "url": site.term_url(page.language, taxonomy as u32, *number),
                })
            })
            .collect();
        all.insert(site.config.taxonomies[taxonomy].name.clone().into(), Value::from(listed));
    }
    all
}

fn image(shared: &Shared, page: &Page) -> Option<View> {
    let image = page.document.common.image.as_ref()?;
    let url = page.links.image.as_deref()?;
    let permalink =
        if scheme(url).is_some() || url.starts_with("//") { url.to_owned() } else { shared.site.permalink(url) };
    Some(map! {
        "url": url,
        "permalink": permalink,
        "alt": image.alt.as_str(),
        "credit": image.credit.as_deref(),
    })
}

/// The tables of the kinds: one of them is there, the others are none.
struct Kinds {
    aim: Value,
    statement: Value,
    group: Value,
    event: Value,
    action: Value,
    post: Value,
}

impl Kinds {
    fn of(shared: &Shared, id: PageId, page: &Page) -> Self {
        let mut kinds = Self {
            aim: Value::none(),
            statement: Value::none(),
            group: Value::none(),
            event: Value::none(),
            action: Value::none(),
            post: Value::none(),
        };
        match &page.document.details {
            Details::Aim(aim) => kinds.aim = Value::from(kinds::aim_card(aim)),
            Details::Statement(statement) => {
                kinds.statement = Value::from(kinds::statement_card(shared, page, statement))
            }
            Details::Group(group) => kinds.group = Value::from(group::card(shared, group)),
            Details::Event(event) => kinds.event = Value::from(event::card(shared, id, event)),
            Details::Action(action) => kinds.action = Value::from(kinds::action_card(shared, page, action)),
            Details::Post(post) => kinds.post = Value::from(kinds::post_card(post)),
            Details::Page | Details::Section(_) => {}
        }
        kinds
    }
}
