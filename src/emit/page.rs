//! HTML pages, through the theme's templates.

use crate::content::{Details, Kind};
use crate::decode::At;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::site::{LanguageId, PageId, Period, Redirect, RedirectOrigin, Subject};
use crate::source::{FileRef, Span};
use crate::theme::{Engine, Escaping, RenderFailure, view::context};
use tera::Context;

type Rendered = Result<Vec<u8>, Vec<Diagnostic>>;

/// A document's page; for a section a page of its list.
pub fn document(engine: &Engine, id: PageId, number: u32) -> Rendered {
    let template = template_of(engine, id)?;
    let context = context::document(engine, id, number)?;
    let page = engine.site().page(id);
    finish(engine.render(&template, page.language, &context, Some(&page.document.file)))
}

/// The page of one occurrence of a series. A theme without a template for it shows the event's.
pub fn occurrence(engine: &Engine, id: PageId, index: u32) -> Rendered {
    let site = engine.site();
    let document = &site.page(id).document;
    let template = match &document.common.template {
        Some(written) => chosen(engine, written, &document.file, written.span)?,
        None => first_of(engine, &["occurrence.html", "event.html", "page.html"]),
    };
    let context = context::occurrence(engine, id, index as usize)?;
    finish(engine.render(&template, site.page(id).language, &context, Some(&document.file)))
}

/// A further page of the names under a statement. A theme without a template for it shows the statement's.
pub fn signatories(engine: &Engine, id: PageId, number: u32) -> Rendered {
    let page = engine.site().page(id);
    let template = first_of(engine, SIGNATORIES);
    let context = context::signatories(engine, id, number);
    finish(engine.render(&template, page.language, &context, Some(&page.document.file)))
}

/// The templates of pages of names, the best first.
const SIGNATORIES: &[&str] = &["signatories.html", "statement.html", "page.html"];

/// The first page of a list of events.
pub fn event_list(engine: &Engine, list: u32) -> Rendered {
    of_events(engine, "event-list.html", list, &context::event_list(engine, list))
}

/// The events of a year.
pub fn event_year(engine: &Engine, list: u32, year: i16) -> Rendered {
    of_events(engine, "event-year.html", list, &context::event_year(engine, list, year))
}

/// The events of a month.
pub fn event_month(engine: &Engine, list: u32, year: i16, month: i8) -> Rendered {
    of_events(engine, "event-month.html", list, &context::event_month(engine, list, year, month))
}

fn of_events(engine: &Engine, template: &str, list: u32, context: &Context) -> Rendered {
    made(engine, template, engine.site().event_lists.all[list as usize].language, context)
}

pub fn taxonomy(engine: &Engine, language: LanguageId, taxonomy: u32) -> Rendered {
    let template = of_term(engine, engine.site().taxonomy_page(language, taxonomy), "taxonomy.html")?;
    made(engine, &template, language, &context::taxonomy(engine, language, taxonomy)?)
}

pub fn term(engine: &Engine, language: LanguageId, taxonomy: u32, term: u32, number: u32) -> Rendered {
    let page = engine.site().terms[usize::from(language.0)][taxonomy as usize][term as usize].page;
    let template = of_term(engine, page, "term.html")?;
    made(engine, &template, language, &context::term(engine, language, taxonomy, term, number)?)
}

/// The template that the page with the text of a term names, or the usual one.
fn of_term(engine: &Engine, page: Option<PageId>, usual: &str) -> Result<String, Vec<Diagnostic>> {
    let document = page.map(|id| &engine.site().page(id).document);
    let named = document.and_then(|document| Some((document, document.common.template.as_ref()?)));
    match named {
        Some((document, written)) => chosen(engine, written, &document.file, written.span),
        None => Ok(usual.to_owned()),
    }
}

/// A year or a month of a section's archive. A theme without a template for it shows a list of pages.
pub fn archive(engine: &Engine, section: PageId, period: Period, number: u32) -> Rendered {
    let template = first_of(engine, ARCHIVE);
    made(engine, &template, engine.site().page(section).language, &context::archive(engine, section, period, number))
}

const ARCHIVE: &[&str] = &["archive.html", "section.html"];

pub fn not_found(engine: &Engine, language: LanguageId, url: &str) -> Rendered {
    made(engine, "404.html", language, &context::not_found(engine, language, url))
}

/// A page at an earlier address that sends readers on.
pub fn redirect(engine: &Engine, id: PageId) -> Rendered {
    let language = engine.site().page(id).language;
    made(engine, "redirect.html", language, &context::redirect(engine, id))
}

/// A further file that a template makes.
pub fn output(engine: &Engine, number: u32, id: PageId) -> Rendered {
    let site = engine.site();
    let output = &site.outputs[number as usize];
    let template = chosen(engine, &output.template, &output.file, output.template.span)?;
    let context = context::output(engine, output, id)?;
    let bytes = finish(engine.render(&template, site.page(id).language, &context, Some(&output.file)))?;
    let is_json = output.media_type.as_deref().is_some_and(|kind| kind.ends_with("json"))
        || Escaping::of(&output.name) == Escaping::Json;
    if is_json && let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(&bytes) {
        // Each language's file may break at another place: the mistake is one, and the first shows where.
        let message = "what this template makes is no JSON";
        let made = String::from_utf8_lossy(&bytes);
        let line = made.lines().nth(error.line().saturating_sub(1)).unwrap_or_default().trim();
        let shown: String = line.chars().take(SHOWN).collect();
        let place = format!("for {}: {error}, where it says `{shown}`", site.output_url(output, id));
        let file = engine.template_file(&template).unwrap_or(&output.file);
        let help =
            "look for a comma before a closing bracket, and for texts without quotation marks: `| json` adds them";
        let mistake = Diagnostic::new(&codes::OUTPUT_NOT_JSON, message).in_file(file).help(help);
        return Err(vec![mistake.other(&output.file, output.template.span, place)]);
    }
    Ok(bytes)
}

/// How many characters of a broken line are shown.
const SHOWN: usize = 60;

/// A page at an address of the configuration's table that sends readers on.
pub fn moved(engine: &Engine, number: u32) -> Rendered {
    let site = engine.site();
    let is_it = |redirect: &&Redirect| redirect.origin == RedirectOrigin::Table { number };
    let target = site.redirects.iter().find(is_it).map_or("/", |redirect| redirect.to.as_str());
    made(engine, "redirect.html", LanguageId(0), &context::moved(engine, target))
}

fn made(engine: &Engine, template: &str, language: LanguageId, context: &Context) -> Rendered {
    finish(engine.render(template, language, context, None))
}

fn finish(result: Result<Vec<u8>, RenderFailure>) -> Rendered {
    result.map_err(|failure| failure.diagnostics)
}

/// The template that a page of the output is made with; none for what is made without one, and where the one that is
/// named does not exist.
pub fn template(engine: &Engine, subject: &Subject) -> Option<String> {
    let name = match subject {
        Subject::Page { page, .. } => return template_of(engine, *page).ok(),
        Subject::Signatories { .. } => return Some(first_of(engine, SIGNATORIES)),
        Subject::Taxonomy { language, taxonomy } => {
            return of_term(engine, engine.site().taxonomy_page(*language, *taxonomy), "taxonomy.html").ok();
        }
        Subject::Term { language, taxonomy, term, .. } => {
            let page = engine.site().terms[usize::from(language.0)][*taxonomy as usize][*term as usize].page;
            return of_term(engine, page, "term.html").ok();
        }
        Subject::Archive { .. } => return Some(first_of(engine, ARCHIVE)),
        Subject::Occurrence { page, .. } => {
            let own =
                engine.site().page(*page).document.common.template.as_ref().map(|template| template.value.clone());
            return own.or_else(|| Some(first_of(engine, &["occurrence.html", "event.html", "page.html"])));
        }
        Subject::Output { output, .. } => return Some(engine.site().outputs[*output as usize].template.value.clone()),
        Subject::EventList { .. } => "event-list.html",
        Subject::EventYear { .. } => "event-year.html",
        Subject::EventMonth { .. } => "event-month.html",
        Subject::NotFound { .. } => "404.html",
        Subject::Redirect { .. } | Subject::Moved { .. } | Subject::Front => "redirect.html",
        _ => return None,
    };
    Some(name.to_owned())
}

/// The template of a page: its own, its section's for its pages, its kind's, and at last the plain one.
fn template_of(engine: &Engine, id: PageId) -> Result<String, Vec<Diagnostic>> {
    let site = engine.site();
    let page = site.page(id);
    let document = &page.document;
    if let Some(written) = &document.common.template {
        return chosen(engine, written, &document.file, written.span);
    }
    if let Some(section) = site.sections.get(&id) {
        if let Some(written) = &section.options.template {
            let own = matches!(&document.details, Details::Section(own) if own.template.is_some());
            return chosen_for(engine, written, own.then_some(&document.file));
        }
        let by_kind = if page.is_home() { "index.html" } else { list_template(section.kind) };
        return Ok(first_of(engine, &[by_kind, "section.html"]));
    }
    let section = page.section.and_then(|section| site.sections.get(&section).map(|found| (section, found)));
    if let Some((section, found)) = section
        && let Some(written) = &found.options.page_template
    {
        let section = &site.page(section).document;
        let own = matches!(&section.details, Details::Section(own) if own.page_template.is_some());
        return chosen_for(engine, written, own.then_some(&section.file));
    }
    Ok(first_of(engine, &[page_template(page.kind()), "page.html"]))
}

fn list_template(kind: Kind) -> &'static str {
    match kind {
        Kind::Aim => "aims.html",
        Kind::Statement => "statements.html",
        Kind::Group => "groups.html",
        Kind::Event => "events.html",
        Kind::Action => "actions.html",
        Kind::Post => "news.html",
        Kind::Page | Kind::Section => "section.html",
    }
}

fn page_template(kind: Kind) -> &'static str {
    match kind {
        Kind::Aim => "aim.html",
        Kind::Statement => "statement.html",
        Kind::Group => "group.html",
        Kind::Event => "event.html",
        Kind::Action => "action.html",
        Kind::Post => "post.html",
        Kind::Page | Kind::Section => "page.html",
    }
}

fn first_of(engine: &Engine, names: &[&str]) -> String {
    names.iter().find(|name| engine.has_template(name)).unwrap_or(&"page.html").to_string()
}

/// A section's template: written in its own file, or else in the configuration.
fn chosen_for(engine: &Engine, written: &At<String>, own: Option<&FileRef>) -> Result<String, Vec<Diagnostic>> {
    match own {
        Some(file) => chosen(engine, written, file, written.span),
        None => {
            let (file, span) = engine.site().config.locate(written.span);
            chosen(engine, written, &file, span)
        }
    }
}

/// A template that an author names must be there.
fn chosen(engine: &Engine, written: &At<String>, file: &FileRef, span: Span) -> Result<String, Vec<Diagnostic>> {
    if engine.has_template(&written.value) {
        return Ok(written.value.clone());
    }
    let names = engine.template_names();
    let whole = format!("{}.html", written.value);
    let help = match names
        .iter()
        .find(|name| **name == whole)
        .map(String::as_str)
        .or_else(|| did_you_mean(&written.value, names.iter().map(String::as_str)))
    {
        Some(meant) => format!("did you mean \"{meant}\"?"),
        None => "put the template into the site's templates/ folder, or name one of the theme's".to_owned(),
    };
    Err(vec![
        Diagnostic::new(&codes::MISSING_TEMPLATE, format!("there is no template \"{}\"", written.value))
            .at(file, span)
            .help(help),
    ])
}
