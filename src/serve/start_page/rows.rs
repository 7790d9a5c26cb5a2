//! The rows of the page for editors: one for each document.

use crate::content::{Document, Kind};
use crate::diagnostic::Diagnostic;
use crate::site::{Hidden, PageId, Site};
use crate::source::Span;
use jiff::Timestamp;
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::HashMap;

/// One document.
#[derive(Debug)]
pub struct Row<'s> {
    pub kind: Kind,
    pub title: &'s str,
    /// Its file; of a row of a table also which row.
    pub file: String,
    /// The path of its address; none while it is not published.
    pub url: Option<&'s str>,
    pub language: &'s str,
    pub document: &'s Document,
    pub status: Status,
    /// When it may appear at the earliest, said of drafts, too.
    pub publish_from: Option<Timestamp>,
    /// When it goes.
    pub expires: Option<Timestamp>,
    /// How many problems its file has.
    pub problems: usize,
    /// The languages that it is not translated into.
    pub missing: Vec<&'s str>,
    order: (Option<usize>, Reverse<Option<Timestamp>>),
}

impl Row<'_> {
    /// Whether the title or the file's name has a text in lower case.
    pub fn is_named(&self, text: &str) -> bool {
        [&*self.file, self.title].iter().any(|name| name.to_lowercase().contains(text))
    }

    /// Whether the summary or the body has a text in lower case.
    pub fn says(&self, text: &str) -> bool {
        let bodies = self.document.summary.as_deref().into_iter().chain([&self.document.body]);
        bodies.into_iter().any(|body| body.plain_text().to_lowercase().contains(text))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Published,
    Draft,
    /// It appears at this time.
    Scheduled(Timestamp),
    Expired,
    Broken,
}

/// The order of the kinds.
pub fn kinds() -> impl Iterator<Item = Kind> {
    Kind::AUTHORED.iter().copied().chain([Kind::Section])
}

/// All documents, by kind; of each kind the newest first, and what has no date by file.
pub fn collect<'s>(site: &'s Site, problems: &[Diagnostic]) -> Vec<Row<'s>> {
    let mut of_file: Problems<'_> = HashMap::new();
    for (file, problem) in problems.iter().filter_map(|problem| Some((problem.file.as_deref()?, problem))) {
        of_file.entry(file).or_default().push(problem.span);
    }
    let published = site.ids().filter(|id| !site.page(*id).synthesised && !site.page(*id).is_fallback).map(|id| {
        let page = site.page(id);
        let mut row = row(site, &page.document, status(site, &page.document), &of_file);
        row.url = Some(&page.route.url);
        row.missing = missing(site, id);
        row
    });
    let hidden = site.hidden().into_iter().map(|(why, document)| {
        let status = match why {
            Hidden::Draft => Status::Draft,
            Hidden::Embargoed => publish_from(site, document).map_or(Status::Draft, Status::Scheduled),
            Hidden::Expired => Status::Expired,
            Hidden::Broken => Status::Broken,
        };
        row(site, document, status, &of_file)
    });
    let mut rows: Vec<Row<'s>> = published.chain(hidden).collect();
    rows.par_sort_by(|a, b| (a.order, &a.file).cmp(&(b.order, &b.file)));
    rows
}

/// Where the problems of each file are.
type Problems<'p> = HashMap<&'p str, Vec<Option<Span>>>;

/// How many of a file's problems are a document's own: of a row those in it.
fn own_problems(document: &Document, places: &[Option<Span>]) -> usize {
    let row = document.front_matter;
    let is_own = |place: &&Option<Span>| {
        document.row.is_none() || place.is_some_and(|at| row.start <= at.start && at.start <= row.end)
    };
    places.iter().filter(is_own).count()
}

fn row<'s>(site: &'s Site, document: &'s Document, status: Status, problems: &Problems<'_>) -> Row<'s> {
    let zone = &site.config.timezone;
    let common = &document.common;
    let rank = kinds().position(|known| known == document.details.kind());
    let date = common.date.as_ref().filter(|_| document.details.kind() != Kind::Event);
    Row {
        kind: document.details.kind(),
        title: &common.title.value,
        file: document.written_in(),
        url: None,
        language: &document.path.language,
        document,
        status,
        publish_from: publish_from(site, document),
        expires: common.expires.as_ref().map(|moment| moment.timestamp(zone)).filter(|at| *at > site.clock.now),
        problems: problems.get(&*document.file).map_or(0, |places| own_problems(document, places)),
        missing: Vec::new(),
        order: (rank, Reverse(date.map(|date| date.value.timestamp(zone)))),
    }
}

fn publish_from(site: &Site, document: &Document) -> Option<Timestamp> {
    document.publish_from().map(|moment| moment.timestamp(&site.config.timezone))
}

/// Of what is shown: with `--drafts` and `--future` more is shown than is published.
fn status(site: &Site, document: &Document) -> Status {
    match publish_from(site, document) {
        _ if document.common.draft => Status::Draft,
        Some(at) if at > site.clock.now => Status::Scheduled(at),
        _ => Status::Published,
    }
}

/// The languages that a page has no version in. Said of its first version only.
fn missing(site: &Site, id: PageId) -> Vec<&str> {
    let page = site.page(id);
    if site.config.languages.len() < 2 || page.translations.iter().any(|other| other < &id) {
        return Vec::new();
    }
    let versions: Vec<&str> = page
        .translations
        .iter()
        .map(|version| site.page(*version).document.path.language.as_str())
        .chain([page.document.path.language.as_str()])
        .collect();
    let codes = site.config.languages.iter().map(|language| language.code.as_str());
    codes.filter(|code| !versions.contains(code)).collect()
}
