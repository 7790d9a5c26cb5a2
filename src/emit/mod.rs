//! One file for each kind of output. [`render`] makes one artifact; no job needs another's result.

mod addresses;
mod feed;
mod ical;
mod own_hosts;
mod page;
mod relative;
mod robots;
mod sitemap;
mod xml;

pub use feed::entries as feed_entries;
pub use page::template;

use crate::diagnostic::Diagnostic;
use crate::site::{FileSource, Job, Subject};
use crate::source::FileRef;
use crate::theme::{Engine, StaticFile};
use std::borrow::Cow;

/// What a job gives.
#[derive(Debug)]
pub enum Content<'s> {
    Bytes(Cow<'s, [u8]>),
    /// A file of the site, copied as it is.
    File(&'s FileRef),
}

/// Renders one job.
///
/// # Errors
/// What is wrong in the page or in the theme, as diagnostics.
pub fn render<'e>(engine: &'e Engine, job: &Job) -> Result<Content<'e>, Vec<Diagnostic>> {
    let mut content = content(engine, job)?;
    let config = &engine.site().config;
    let is_page = job.output.as_str().ends_with(".html") && !matches!(job.subject, Subject::File { .. });
    let mut own = (job.output.as_str(), config.base_url.path.as_str());
    if config.has_own_hosts() && is_page {
        if let Content::Bytes(bytes) = &content
            && let Ok(html) = std::str::from_utf8(bytes)
        {
            content = Content::Bytes(Cow::Owned(own_hosts::localise(html, engine.site(), job).into_bytes()));
        }
        if let Some(language) = own_hosts::host_of(config, own.0) {
            own.0 = own.0.strip_prefix(language.prefix.as_str()).unwrap_or(own.0);
            own.1 = language.own_address.as_ref().map_or("", |address| &address.path);
        }
    }
    // The page for what is not found is served at any address, so its own place says nothing.
    let localise = config.relative_links && !matches!(job.subject, Subject::NotFound { .. } | Subject::File { .. });
    if let Content::Bytes(bytes) = &content
        && localise
        && is_page
        && let Ok(html) = std::str::from_utf8(bytes)
    {
        let relative = relative::localise(html, own.0, own.1);
        return Ok(Content::Bytes(Cow::Owned(relative.into_bytes())));
    }
    Ok(content)
}

fn content<'e>(engine: &'e Engine, job: &Job) -> Result<Content<'e>, Vec<Diagnostic>> {
    let made = |bytes: Vec<u8>| Ok(Content::Bytes(Cow::Owned(bytes)));
    match job.subject {
        Subject::Page { page, number } => made(page::document(engine, page, number)?),
        Subject::Taxonomy { language, taxonomy } => made(page::taxonomy(engine, language, taxonomy)?),
        Subject::Term { language, taxonomy, term, number } => {
            made(page::term(engine, language, taxonomy, term, number)?)
        }
        Subject::Archive { section, period, number } => made(page::archive(engine, section, period, number)?),
        Subject::Occurrence { page, index } => made(page::occurrence(engine, page, index)?),
        Subject::EventList { list } => made(page::event_list(engine, list)?),
        Subject::EventYear { list, year } => made(page::event_year(engine, list, year)?),
        Subject::EventMonth { list, year, month } => made(page::event_month(engine, list, year, month)?),
        Subject::EventFeed { list } => made(feed::of_events(engine, list, &job.url)?),
        Subject::EventCalendar { page } => made(ical::event(engine.site(), page)),
        Subject::ListCalendar { list } => made(ical::list(engine.site(), list)),
        Subject::NotFound { language } => made(page::not_found(engine, language, &job.url)?),
        Subject::Redirect { page, .. } => made(page::redirect(engine, page)?),
        Subject::Front => made(page::redirect(engine, engine.site().homes[0])?),
        Subject::SiteFeed { language } => made(feed::of_site(engine, language, &job.url)?),
        Subject::SectionFeed { page } => made(feed::of_section(engine, page, &job.url)?),
        Subject::TermFeed { language, taxonomy, term } => {
            made(feed::of_term(engine, language, taxonomy, term, &job.url)?)
        }
        Subject::Sitemap { part } => made(sitemap::render(engine.site(), part)),
        Subject::HostSitemap { language } => made(sitemap::of_host(engine.site(), language)),
        Subject::HostRobots { language } => made(robots::of_host(engine.site(), language)),
        Subject::Robots => made(robots::render(engine.site())),
        Subject::File { file } => Ok(file_content(engine, file)),
    }
}

fn file_content(engine: &Engine, file: u32) -> Content<'_> {
    let found = &engine.site().files[file as usize];
    match &found.source {
        FileSource::Site(path) => Content::File(path),
        FileSource::Theme(name) => match engine.theme_file(name) {
            Some(StaticFile::World(path)) => Content::File(path),
            Some(StaticFile::Embedded(bytes)) => Content::Bytes(Cow::Borrowed(bytes)),
            None => Content::Bytes(Cow::Borrowed(&[])),
        },
    }
}
