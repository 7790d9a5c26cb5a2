//! One file for each kind of output. [`render`] makes one artifact; no job needs another's result.

mod addresses;
mod feed;
pub mod host;
mod ical;
mod index;
mod own_hosts;
mod page;
mod policy;
mod relative;
mod robots;
mod sitemap;
mod xml;

pub use feed::entries as feed_entries;
pub use page::template;
pub use policy::Policy;

use crate::diagnostic::Diagnostic;
use crate::site::{self, FileSource, Job, Subject};
use crate::source::FileRef;
use crate::theme::{Engine, StaticFile};
use rayon::prelude::*;
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
        if let Some(host) = site::own_hosts::of(config, own.0) {
            own.0 = own.0.strip_prefix(engine.site().language(host).prefix.as_str()).unwrap_or(own.0);
            own.1 = site::own_hosts::base_path(config, Some(host));
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
        Subject::Signatories { page, number } => made(page::signatories(engine, page, number)?),
        Subject::Archive { section, period, number } => made(page::archive(engine, section, period, number)?),
        Subject::Occurrence { page, index } => made(page::occurrence(engine, page, index)?),
        Subject::EventList { list } => made(page::event_list(engine, list)?),
        Subject::EventYear { list, year } => made(page::event_year(engine, list, year)?),
        Subject::EventMonth { list, year, month } => made(page::event_month(engine, list, year, month)?),
        Subject::EventCalendar { page } => made(ical::event(engine.site(), page)),
        Subject::ListCalendar { list } => made(ical::list(engine.site(), list)),
        Subject::NotFound { language } => made(page::not_found(engine, language, &job.url)?),
        Subject::Redirect { page, .. } => made(page::redirect(engine, page)?),
        Subject::Front => made(page::redirect(engine, engine.site().homes[0])?),
        Subject::Output { output, page } => made(page::output(engine, output, page)?),
        Subject::Moved { redirect } => made(page::moved(engine, redirect)?),
        Subject::SiteFeed { .. }
        | Subject::SectionFeed { .. }
        | Subject::TermFeed { .. }
        | Subject::EventFeed { .. } => made(feed::render(engine, &job.subject, &job.url)?),
        Subject::Sitemap { host, part } => made(sitemap::render(engine.site(), host, part)),
        Subject::Robots { host } => made(robots::render(engine.site(), host)),
        Subject::Host { file, host } => {
            let policy = if file.has_headers() { policy_of_site(engine) } else { Policy::default() };
            made(host::render(engine, file, host, &policy))
        }
        Subject::File { file } => Ok(file_content(engine, file)),
    }
}

/// Whether a job can only be rendered well when it is known what all others gave: it tells hosts what pages need.
pub fn is_last(job: &Job) -> bool {
    matches!(job.subject, Subject::Host { file, .. } if file.has_headers())
}

/// Renders a job of the last kind with what all others need.
pub fn render_last(engine: &Engine, job: &Job, policy: &Policy) -> Vec<u8> {
    match job.subject {
        Subject::Host { file, host } => host::render(engine, file, host, policy),
        _ => Vec::new(),
    }
}

/// Whether it must be known what pages need, since some host is told.
pub fn wants_policy(engine: &Engine) -> bool {
    let publish = &engine.site().config.publish;
    publish.has_headers() && publish.headers.has_policy
}

/// What an artifact needs to be shown; none for one that loads nothing.
pub fn needs(engine: &Engine, job: &Job, content: &Content<'_>) -> Option<Policy> {
    let path = job.output.as_str();
    let (is_page, is_style) = (path.ends_with(".html") || path.ends_with(".htm"), path.ends_with(".css"));
    if !is_page && !is_style {
        return None;
    }
    let bytes = match content {
        Content::Bytes(bytes) => Cow::Borrowed(&**bytes),
        Content::File(file) => Cow::Owned(engine.read(file).ok()?),
    };
    let text = String::from_utf8_lossy(&bytes);
    let own = &engine.site().config.base_url.origin;
    let mut policy = Policy::default();
    if is_page {
        policy.add_html(&text, own)
    } else {
        policy.add_css(&text, own)
    }
    Some(policy)
}

/// What all pages need: renders every one.
fn policy_of_site(engine: &Engine) -> Policy {
    if !wants_policy(engine) {
        return Policy::default();
    }
    let jobs = engine.site().jobs.par_iter().filter(|job| !is_last(job));
    let found = jobs.filter_map(|job| needs(engine, job, &render(engine, job).ok()?));
    found.reduce(Policy::default, |mut all, one| {
        all.merge(one);
        all
    })
}

/// What the style sheets need.
pub fn policy_of_styles(engine: &Engine) -> Policy {
    let mut all = Policy::default();
    for job in engine.site().jobs.iter().filter(|job| job.output.as_str().ends_with(".css")) {
        if let Some(policy) = content(engine, job).ok().and_then(|content| needs(engine, job, &content)) {
            all.merge(policy);
        }
    }
    all
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
