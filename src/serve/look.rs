//! What a browser sees at a path, now.

use super::content_type;
use super::edition::{Edition, Made};
use super::error_page;
use super::find::Found;
use super::live::{Live, State};
use super::start_page;
use super::unreadable;
use crate::diagnostic::{Diagnostic, codes};
use crate::site::Hidden;
use crate::source::FileRef;
use hyper::body::Bytes;
use std::sync::Arc;

/// What stands at a path.
#[derive(Debug, Clone)]
pub enum Look {
    Page(Arc<Page>),
    /// A file of the site as it is, and its type.
    File(FileRef, &'static str),
    Elsewhere {
        to: String,
        status: u16,
    },
}

/// A page or a file from memory.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub status: u16,
    pub content_type: &'static str,
    pub bytes: Bytes,
    /// A hash of the bytes.
    pub version: String,
    /// The file that it comes from.
    pub source: Option<FileRef>,
    /// Why it is not the newest: what is wrong with that.
    pub mistakes: Vec<Diagnostic>,
}

impl Page {
    pub fn new(status: u16, content_type: &'static str, bytes: Bytes) -> Self {
        let version = blake3::hash(&bytes).to_hex()[..16].to_owned();
        Self { status, content_type, bytes, version, source: None, mistakes: Vec::new() }
    }

    pub fn is_html(&self) -> bool {
        self.content_type == content_type::HTML
    }
}

impl Live {
    /// What stands at a path of the site; `path` may carry a query.
    pub fn look(&self, state: &State, path: &str) -> Look {
        if path.starts_with(start_page::PATH) {
            return Look::Page(Arc::new(start_page::page(state, path)));
        }
        let path = path.split(['?', '#']).next().unwrap_or("");
        let Some(edition) = &state.edition else {
            return Look::Page(Arc::new(self.nothing_to_show(state, &[])));
        };
        let decoded = super::find::decoded(path).unwrap_or_default();
        let redirect = edition.redirects.of(&decoded);
        let found = edition.find(path);
        match (redirect, found) {
            (Some(rule), found) if rule.force || found == Found::Nothing => match rule.status {
                // The file of another path is the answer: no rule is asked again.
                200 | 404 => match edition.find(&rule.to) {
                    Found::Job(job) => self.job(state, edition, job, rule.status, path),
                    _ => self.missing(state, edition, path),
                },
                status => Look::Elsewhere { to: rule.to, status },
            },
            (_, Found::Job(job)) => self.job(state, edition, job, 200, path),
            (_, Found::Elsewhere(to)) => Look::Elsewhere { to, status: 301 },
            (_, Found::Nothing) => match moved(state, edition, path) {
                // It may move back: no browser is to keep that.
                Some(to) => Look::Elsewhere { to, status: 302 },
                None => self.missing(state, edition, path),
            },
        }
    }

    fn job(&self, state: &State, edition: &Edition, number: usize, status: u16, path: &str) -> Look {
        let job = edition.job(number);
        let content_type = edition.content_type(job);
        let made = match edition.make(number) {
            Made::File(file) => match self.why_unreadable(state, &file) {
                Some(mistakes) => Made::Broken(Arc::new(mistakes)),
                None => Made::File(file),
            },
            made => made,
        };
        let page = match made {
            Made::Bytes(bytes) => Page::new(status, content_type, bytes),
            // A page that somebody made by hand is shown like all others.
            Made::File(file) if content_type == content_type::HTML => match self.world.read(&file) {
                Ok(bytes) if std::str::from_utf8(&bytes).is_ok() => Page::new(status, content_type, bytes.into()),
                _ => return Look::File(file, content_type),
            },
            Made::File(file) => return Look::File(file, content_type),
            Made::Broken(mistakes) => {
                let page = match self.last_good(path) {
                    Some(good) => Page { mistakes: mistakes.to_vec(), ..Page::clone(&good) },
                    None => Page { source: edition.source(job), ..self.nothing_to_show(state, &mistakes) },
                };
                return Look::Page(Arc::new(page));
            }
        };
        let page = Arc::new(Page { source: edition.source(job), ..page });
        if page.is_html() {
            self.remember(path, &page);
        }
        Look::Page(page)
    }

    /// Why a file of the site cannot be sent, where that is not because it is simply gone.
    fn why_unreadable(&self, state: &State, file: &FileRef) -> Option<Vec<Diagnostic>> {
        if let Some(mistake) = unreadable::mistake(&*self.world, file) {
            return Some(vec![mistake]);
        }
        // What is shown is the last good state, and the file belongs to it.
        let is_lost = state.problems.list.iter().any(|problem| problem.code.id == codes::SITE_UNREADABLE.id);
        (is_lost && !self.world.exists(file)).then(|| state.problems.list.clone())
    }

    /// What is shown where nothing stands. A page that is missing because its file has mistakes stays as it was.
    fn missing(&self, state: &State, edition: &Edition, path: &str) -> Look {
        if state.problems.errors() > 0
            && let Some(file) = broken_file(edition, path, self.last_good(path).as_deref())
        {
            let of_file = |problem: &&Diagnostic| problem.file.as_deref() == Some(&*file);
            let mistakes: Vec<Diagnostic> = state.problems.list.iter().filter(of_file).cloned().collect();
            let page = match self.last_good(path) {
                Some(good) => Page { mistakes, ..Page::clone(&good) },
                None => Page { source: Some(file), ..self.nothing_to_show(state, &mistakes) },
            };
            return Look::Page(Arc::new(page));
        }
        let page = edition.not_found(path).map(|number| (number, edition.make(number)));
        let page = match page {
            Some((number, Made::Bytes(bytes))) => {
                Page { source: edition.source(edition.job(number)), ..Page::new(404, content_type::HTML, bytes) }
            }
            Some((number, Made::File(file))) => match self.world.read(&file) {
                Ok(bytes) => Page {
                    source: edition.source(edition.job(number)),
                    ..Page::new(404, content_type::HTML, bytes.into())
                },
                Err(_) => error_page::not_found(path),
            },
            Some((_, Made::Broken(mistakes))) => Page { mistakes: mistakes.to_vec(), ..error_page::not_found(path) },
            None => error_page::not_found(path),
        };
        Look::Page(Arc::new(page))
    }

    /// The page that stands in for one that was never good: what is wrong with it, or with all.
    fn nothing_to_show(&self, state: &State, mistakes: &[Diagnostic]) -> Page {
        let mistakes = if mistakes.is_empty() { &state.problems.list } else { mistakes };
        Page { mistakes: mistakes.to_vec(), ..error_page::mistakes(mistakes, &*self.world) }
    }
}

/// Where a path leads that was one of the site before the path of its base URL changed.
fn moved(state: &State, edition: &Edition, path: &str) -> Option<String> {
    state.former.iter().find_map(|former| {
        let below = path.strip_prefix(former.as_str())?;
        let below = if below.is_empty() { "/" } else { below };
        let now = below.starts_with('/').then(|| format!("{}{below}", edition.base()))?;
        match edition.find(&now) {
            Found::Job(_) => Some(now),
            Found::Elsewhere(to) => Some(to),
            Found::Nothing => None,
        }
    })
}

/// The file with mistakes that would stand at a path if it had none.
fn broken_file(edition: &Edition, path: &str, last: Option<&Page>) -> Option<FileRef> {
    let site = edition.site();
    let last = last.and_then(|page| page.source.as_ref());
    let decoded = super::find::decoded(path)?;
    site.places_of_hidden().into_iter().find_map(|(reason, document, route)| {
        let is_last = last.is_some_and(|last| **last == *document.written_in());
        let is_there = route.is_some_and(|route| crate::output::decode_path(&route.url) == decoded);
        (reason == Hidden::Broken && (is_last || is_there)).then(|| document.file.clone())
    })
}
