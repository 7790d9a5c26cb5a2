//! One state of the site as it is shown: its pages are rendered when they are asked for, and the latest are remembered.

use super::find::{self, Found};
use super::host_files::{Headers, Redirects};
use crate::build::SharedWorld;
use crate::diagnostic::Diagnostic;
use crate::emit::{self, Content};
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
    pub fn new(engine: Engine, world: &SharedWorld) -> Self {
        let text = |name: &str| text_of(&engine, world, name);
        let headers = text("_headers").map(|text| Headers::parse(&text, engine.site().config.base_url.host()));
        let redirects = text("_redirects").map(|text| Redirects::parse(&text));
        let (headers, redirects) = (headers.unwrap_or_default(), redirects.unwrap_or_default());
        Self { engine, headers, redirects, rendered: Mutex::default() }
    }

    pub fn site(&self) -> &Site {
        self.engine.site()
    }

    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    pub fn job(&self, number: usize) -> &Job {
        &self.site().jobs[number]
    }

    /// What a request's path means.
    pub fn find(&self, path: &str) -> Found {
        find::find(&self.site().jobs, &self.site().config.base_url.path, path)
    }

    /// The page for what is not found.
    pub fn not_found(&self, path: &str) -> Option<usize> {
        find::not_found(&self.site().jobs, &self.site().config.base_url.path, path)
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
            | Subject::SectionFeed { page }
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

/// The text of a file of the output that stands at its top.
fn text_of(engine: &Engine, world: &SharedWorld, name: &str) -> Option<String> {
    let jobs = &engine.site().jobs;
    let job = &jobs[jobs.binary_search_by(|job| job.output.as_str().cmp(name)).ok()?];
    let bytes = match emit::render(engine, job).ok()? {
        Content::File(file) => world.read(file).ok()?,
        Content::Bytes(bytes) => bytes.into_owned(),
    };
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
