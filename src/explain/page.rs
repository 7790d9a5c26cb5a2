//! A page that is published: what it is, its versions, what it names and what names it.

use super::{Alias, Answer, Change, Desk, Link, Mistake, Reason, Relation, Template, Version, What};
use super::{capital, count, dates, event, group, lists};
use crate::content::{Details, Document, Kind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit;
use crate::site::{Hidden, LanguageId, PageId, RedirectOrigin, RelatedLink, Subject, TermPlace, default_sort};
use crate::source::LineIndex;
use crate::theme::view::{self, zoned};
use jiff::Timestamp;

pub fn answer(desk: &Desk<'_>, id: PageId, fragment: Option<&str>) -> Answer {
    let site = desk.site;
    let page = site.page(id);
    let subject = site.subject_of(id);
    let mut answer = Answer {
        what: What::Page,
        words: vec![what_it_is(desk, id)],
        kind: Some(view::card::kind_word(page)),
        title: Some(page.title().to_owned()),
        language: Some(site.language(page.language).code.clone()),
        file: Some(page.document.written_in()),
        url: Some(page.route.url.clone()),
        permalink: Some(site.permalink(&page.route.url)),
        output: Some(page.route.output.as_str().to_owned()),
        template: desk.engine.and_then(|engine| emit::template(engine, &subject)).map(|name| template(desk, name)),
        section: page.section.map(|section| desk.link(section)),
        published: true,
        reasons: shown_all_the_same(desk, &page.document),
        mistakes: mistakes_of(desk, &page.document),
        linked_from: page.backlinks.iter().map(|other| desk.link(*other)).collect(),
        relates_to: relations(desk, id),
        aliases: aliases(desk, id),
        translations: translations(desk, &page.document),
        ..Answer::default()
    };
    if let Some(taken) = place_taken(desk, id) {
        answer.published = false;
        answer.reasons.push(taken);
    }
    answer.words.extend(own_list(desk, id));
    (answer.appears, answer.absent) = lists::of_page(desk, id);
    answer.changes = changes(desk, id);
    match &page.document.details {
        Details::Event(details) => answer.event = event::times(desk, id, details, fragment),
        Details::Group(details) => answer.group = Some(group::about(desk, id, details)),
        _ => {}
    }
    let is_date = answer.event.as_ref().is_some_and(|event| event.asked_for.is_some());
    answer.words.extend(fragment.filter(|_| !is_date).and_then(|fragment| place_in_page(desk, id, fragment)));
    answer
}

/// The kind and the title of a document: `the event "Fair"`.
pub fn named(document: &Document) -> String {
    let title = &document.common.title.value;
    let kind = document.details.kind();
    match kind {
        Kind::Section if document.path.folder().is_empty() => "the home page".to_owned(),
        Kind::Section => format!("the page of the section \"{title}\""),
        kind => format!("the {} \"{title}\"", kind.word()),
    }
}

fn what_it_is(desk: &Desk<'_>, id: PageId) -> String {
    let page = desk.site.page(id);
    let several = desk.site.config.languages.len() > 1;
    let language = if several { format!(", in {}", desk.language(page.language)) } else { String::new() };
    let made = if page.synthesised {
        format!(". Handbill makes it by itself, since there is no file {}", page.document.file)
    } else {
        String::new()
    };
    let place = match page.place {
        Some(TermPlace::Taxonomy(_)) => ". It is the text of a list of topics",
        Some(TermPlace::Term { .. }) => ". It is the text of a topic",
        None => "",
    };
    format!("{}{language}{place}{made}.", capital(&named(&page.document)))
}

/// Of a section: what its list has, and in which order.
fn own_list(desk: &Desk<'_>, id: PageId) -> Option<String> {
    let section = desk.site.sections.get(&id).filter(|_| desk.site.page(id).section.is_some())?;
    let sort = section.options.sort.unwrap_or(default_sort(section.kind));
    let reverse = if section.options.reverse.unwrap_or(false) { ", turned round" } else { "" };
    let size = desk.site.section_page_size(id);
    let pages = if size > 0 && section.pages.len() > size { format!(", {size} on each page") } else { String::new() };
    Some(format!("Its list has {}, ordered by {}{reverse}{pages}.", count(section.pages.len(), "page"), sort.word()))
}

/// The file of a template.
pub fn template(desk: &Desk<'_>, name: String) -> Template {
    let file = desk.engine.and_then(|engine| engine.template_file(&name));
    let file = file.filter(|file| desk.world.exists(file)).map(ToString::to_string);
    Template { name, file }
}

/// What stands at a place named behind `#`.
fn place_in_page(desk: &Desk<'_>, id: PageId, fragment: &str) -> Option<String> {
    let page = desk.site.page(id);
    if let Some(heading) = page.document.body.headings.iter().find(|heading| *heading.id == *fragment) {
        return Some(format!("\"#{fragment}\" is its heading \"{}\".", heading.text));
    }
    let date = fragment.strip_prefix("hb-").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if let (Kind::Event, Some(date)) = (page.kind(), date) {
        return Some(format!("None of the dates that its page shows is \"{date}\"."));
    }
    // The theme's own places are not the author's.
    if fragment.starts_with("hb-") || page.document.body.has_anchor(fragment) {
        return None;
    }
    Some(format!("No heading of its text has the name \"#{fragment}\", so browsers show its beginning."))
}

/// A document that would be held back, but for the options of the command.
fn shown_all_the_same(desk: &Desk<'_>, document: &Document) -> Vec<Reason> {
    let (config, clock) = (&desk.site.config, &desk.site.clock);
    let mut reasons = Vec::new();
    if document.common.draft {
        let words = "It is a draft, shown here because of --drafts.".to_owned();
        reasons.push(Reason { reason: "draft", at: None, words });
    }
    let until = document.publish_from().map(|moment| (moment, moment.timestamp(&config.timezone)));
    if let Some((moment, at)) = until.filter(|(_, at)| *at > clock.now) {
        let when = dates::moment(moment, &config.timezone, &config.timezone_name);
        let words = format!("It is held back until {when}, and shown here because of --future.");
        reasons.push(Reason { reason: "embargoed", at: Some(time(desk, at)), words });
    }
    reasons
}

/// Why the page's own address shows something else.
fn place_taken(desk: &Desk<'_>, id: PageId) -> Option<Reason> {
    let route = &desk.site.page(id).route;
    let job = desk.job_at(route.output.as_str());
    if job.is_some_and(|job| job.subject == desk.site.subject_of(id)) {
        return None;
    }
    let other = job.map_or_else(|| "something else".to_owned(), |job| super::made::named(desk, job, None));
    let words = format!("Its address, {}, is taken: {other} stands there. Give one of them another `slug`.", route.url);
    Some(Reason { reason: "address-taken", at: None, words })
}

/// A time as RFC 3339 text in the site's zone.
pub fn time(desk: &Desk<'_>, at: Timestamp) -> String {
    zoned(&at.to_zoned(desk.site.config.timezone.clone()))
}

/// What was noticed in a file.
/// What is wrong in a page's file, or in its row of a table.
pub fn mistakes_of(desk: &Desk<'_>, document: &Document) -> Vec<Mistake> {
    let row = document.row.as_ref().map(|_| document.front_matter);
    let of_row = |problem: &Diagnostic| match (row, problem.span) {
        (Some(row), Some(span)) => row.start <= span.start && span.start <= row.end,
        (Some(_), None) => false,
        (None, _) => true,
    };
    mistakes_where(desk, &document.file, of_row)
}

pub fn mistakes(desk: &Desk<'_>, file: &str) -> Vec<Mistake> {
    mistakes_where(desk, file, |_| true)
}

fn mistakes_where(desk: &Desk<'_>, file: &str, wanted: impl Fn(&Diagnostic) -> bool) -> Vec<Mistake> {
    let text = desk.world.read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let index = LineIndex::new(&text);
    let own = desk.diagnostics.iter().filter(|problem| problem.file.as_deref() == Some(file) && wanted(problem));
    own.map(|problem| {
        let position = problem.span.map(|span| index.position(span.start));
        Mistake {
            code: problem.code.id,
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            line: position.map(|at| at.line),
            column: position.map(|at| at.column),
            message: problem.message.clone(),
            help: problem.help.clone(),
        }
    })
    .collect()
}

/// For each language its version, with where it is or would be.
pub fn translations(desk: &Desk<'_>, document: &Document) -> Vec<Version> {
    let site = desk.site;
    if site.config.languages.len() < 2 {
        return Vec::new();
    }
    let stem = &document.path.stem;
    let hidden = desk.hidden();
    let of_language = |language| {
        let code = &site.language(language).code;
        let published = site.ids().find(|id| {
            let page = site.page(*id);
            page.document.path.stem == *stem && page.language == language && !page.synthesised && !page.is_fallback
        });
        let held_back = hidden.iter().find(|(_, other, _)| other.path.stem == *stem && other.path.language == *code);
        let mut version = Version {
            language: code.clone(),
            name: desk.language_name(language),
            status: "missing",
            title: None,
            file: file_of_version(desk, stem, language),
            url: None,
            this: document.path.language == *code,
        };
        if let Some(page) = published {
            version.status = if site.is_older_than_original(page) { "older" } else { "published" };
            let page = site.page(page);
            version.title = Some(page.title().to_owned());
            version.file = page.document.written_in();
            version.url = Some(page.route.url.clone());
        } else if let Some((reason, document, _)) = held_back {
            version.status = status(*reason);
            version.title = Some(document.common.title.value.clone()).filter(|title| !title.is_empty());
            version.file = document.written_in();
        } else if let Some(copy) = site.ids().find(|id| {
            let page = site.page(*id);
            page.is_fallback && page.language == language && page.document.path.stem == *stem
        }) {
            version.status = "fallback";
            version.url = Some(site.page(copy).route.url.clone());
        }
        version
    };
    site.languages().map(of_language).collect()
}

pub fn status(reason: Hidden) -> &'static str {
    match reason {
        Hidden::Draft => "draft",
        Hidden::Embargoed => "embargoed",
        Hidden::Expired => "expired",
        Hidden::Broken => "broken",
    }
}

/// The file that a page's version in a language has.
pub fn file_of_version(desk: &Desk<'_>, stem: &str, language: LanguageId) -> String {
    crate::site::file_of_version(&desk.site.config, stem, language)
}

/// The pages that it names.
fn relations(desk: &Desk<'_>, id: PageId) -> Vec<Relation> {
    let site = desk.site;
    let page = site.page(id);
    let relation = |relation: &'static str, other: PageId| Relation { relation, page: desk.link(other) };
    let mut found: Vec<Relation> = site.event_groups(id).iter().map(|group| relation("group", *group)).collect();
    found.extend(site.event_aims(id).iter().map(|aim| relation("aim", *aim)));
    let parent = site.groups.get(&id).and_then(|links| links.parent);
    found.extend(parent.map(|parent| relation("parent", parent)));
    found.extend(page.related.iter().map(|related| match related {
        RelatedLink::Page(other) => relation("related", *other),
        RelatedLink::Outside { title, url, .. } => {
            Relation { relation: "related", page: Link { title: title.clone(), url: Some(url.0.clone()), file: None } }
        }
    }));
    found
}

fn aliases(desk: &Desk<'_>, id: PageId) -> Vec<Alias> {
    let site = desk.site;
    let aliases = site.page(id).document.common.aliases.iter().enumerate();
    aliases
        .map(|(number, written)| {
            let wanted = Subject::Redirect { page: id, alias: number as u32 };
            let job = site.jobs.iter().find(|job| job.subject == wanted);
            let path = written.value.trim();
            // Where hosts send readers on, no page is needed.
            let origin = RedirectOrigin::Alias { page: id, alias: number as u32 };
            let told = job.is_none() && site.redirects.iter().any(|redirect| redirect.origin == origin);
            let there = job.is_none().then(|| desk.job_of_url(&with_slash(path))).flatten();
            Alias {
                url: job.map_or_else(|| path.to_owned(), |job| job.url.clone()),
                works: job.is_some() || told,
                words: match (job, there) {
                    _ if told => None,
                    (Some(_), _) => None,
                    (None, Some(other)) => Some(format!("{} stands there", super::made::named(desk, other, None))),
                    (None, None) => Some("nothing can stand there".to_owned()),
                },
            }
        })
        .collect()
}

fn with_slash(path: &str) -> String {
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let path = format!("/{}", path.trim_start_matches('/'));
    if is_file || path.ends_with('/') { path } else { format!("{path}/") }
}

/// What time alone will change about a page, soonest first.
pub fn changes(desk: &Desk<'_>, id: PageId) -> Vec<Change> {
    let site = desk.site;
    let (config, now) = (&site.config, site.clock.now);
    let zone = &config.timezone;
    let document = &site.page(id).document;
    let mut found: Vec<(Timestamp, String)> = Vec::new();
    let when = |at: Timestamp| dates::instant(at, zone, &config.timezone_name);
    if let Some(expires) = document.common.expires {
        let at = expires.timestamp(zone);
        found.push((at, format!("It is taken out of the site from {}, by `expires`.", when(at))));
    }
    match &document.details {
        Details::Event(_) => found.extend(event::changes(desk, id)),
        Details::Action(action) => found.extend(action.deadline.map(|deadline| {
            let at = deadline.end(zone);
            (at, format!("It is shown as closed from {}, by `deadline`.", when(at)))
        })),
        Details::Statement(statement) => {
            let until = statement.sign.as_ref().and_then(|sign| sign.until);
            found.extend(until.map(|until| {
                let at = until.end(zone);
                (at, format!("It can no longer be signed from {}, by `until`.", when(at)))
            }));
        }
        _ => {}
    }
    found.retain(|(at, _)| *at > now);
    found.sort();
    found.into_iter().map(|(at, words)| Change { at: time(desk, at), words }).collect()
}
