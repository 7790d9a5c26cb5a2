//! One state of the site as it is shown: its pages are rendered when they are asked for, and the latest are remembered.

use super::content_type;
use super::find::{self, Found};
use super::host_files::{Headers, Redirects};
use crate::diagnostic::Diagnostic;
use crate::emit::{self, Content, Policy};
use crate::site::{FileSource, Job, Site, Subject};
use crate::source::FileRef;
use crate::theme::{Engine, StaticFile};
use hyper::body::Bytes;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many pages are remembered.
const MOST_REMEMBERED: usize = 64;

/// A linked site with its theme.
pub struct Edition {
    engine: Engine,
    pub headers: Headers,
    pub redirects: Redirects,
    /// What style sheets need; none when no policy is sent that is made from the pages.
    styles: Option<Policy>,
    rendered: Mutex<VecDeque<(usize, Made)>>,
}

/// What a job gave.
#[derive(Debug, Clone)]
pub enum Made {
    Bytes(Bytes),
    /// A file of the site, as it is.
    File(FileRef),
    Broken(Arc<Vec<Diagnostic>>),
}

impl Edition {
    pub fn new(engine: Engine) -> Self {
        // What hosts are told is the same whichever is chosen. The policy depends on all pages, so here each page is sent
        // its own part of it.
        let (headers, has_policy) = emit::host::headers_without_policy(&engine);
        let headers = Headers::parse(&headers, engine.site().config.base_url.host());
        let redirects = Redirects::parse(&emit::host::redirects(&engine));
        let styles = has_policy.then(|| emit::policy_of_styles(&engine));
        Self { engine, headers, redirects, styles, rendered: Mutex::default() }
    }

    /// The policy that hosts would be told to send with a page, as far as this page needs it.
    pub fn policy_of(&self, html: &[u8]) -> Option<String> {
        let mut policy = self.styles.clone()?;
        let config = &self.site().config;
        policy.add_html(&String::from_utf8_lossy(html), &config.base_url.origin);
        Some(policy.header(&config.publish.headers))
    }

    pub fn site(&self) -> &Site {
        self.engine.site()
    }

    /// The path below which it stands, without a slash at the end.
    pub fn base(&self) -> &str {
        &self.site().config.base_url.path
    }

    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    pub fn job(&self, number: usize) -> &Job {
        &self.site().jobs[number]
    }

    /// The media type of a job's file.
    pub fn content_type(&self, job: &Job) -> &'static str {
        let declared = match &job.subject {
            Subject::SiteFeed { format, .. }
            | Subject::SectionFeed { format, .. }
            | Subject::TermFeed { format, .. }
            | Subject::EventFeed { format, .. } => Some(format.media_type()),
            Subject::Output { output, .. } => self.site().outputs[*output as usize].media_type.as_deref(),
            _ => None,
        };
        declared.and_then(content_type::declared).unwrap_or_else(|| content_type::of(job.output.as_str()))
    }

    /// What a request's path means.
    pub fn find(&self, path: &str) -> Found {
        find::find(&self.site().jobs, self.base(), path)
    }

    /// The page for what is not found.
    pub fn not_found(&self, path: &str) -> Option<usize> {
        find::not_found(&self.site().jobs, self.base(), path)
    }

    /// Renders a job as a build does, or remembers what it gave.
    pub fn make(&self, number: usize) -> Made {
        let remembered = || self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, made)) = remembered().iter().find(|(known, _)| *known == number) {
            return made.clone();
        }
        let made = match emit::render(&self.engine, self.job(number)) {
            Ok(Content::File(file)) => return Made::File(file.clone()),
            Ok(Content::Bytes(bytes)) => Made::Bytes(bytes.into_owned().into()),
            Err(mistakes) => Made::Broken(Arc::new(mistakes)),
        };
        let mut remembered = remembered();
        remembered.push_front((number, made.clone()));
        remembered.truncate(MOST_REMEMBERED);
        made
    }

    /// The file that a page of the output comes from; none for what comes from no single one.
    pub fn source(&self, job: &Job) -> Option<FileRef> {
        let site = self.site();
        match job.subject {
            Subject::Page { page, .. }
            | Subject::Occurrence { page, .. }
            | Subject::Signatories { page, .. }
            | Subject::EventCalendar { page }
            | Subject::SectionFeed { page, .. }
            | Subject::Redirect { page, .. } => {
                let page = site.page(page);
                let document = &page.document;
                (!page.synthesised).then(|| match &document.row {
                    Some(_) => document.written_in().into(),
                    None => document.file.clone(),
                })
            }
            Subject::File { file } => match &site.files[file as usize].source {
                FileSource::Site(path) => Some(path.clone()),
                FileSource::Theme(name) => match self.engine.theme_file(name) {
                    Some(StaticFile::World(path)) => Some(path.clone()),
                    _ => None,
                },
            },
            _ => {
                let template = emit::template(&self.engine, &job.subject)?;
                self.engine.template_file(&template).cloned()
            }
        }
    }
}
