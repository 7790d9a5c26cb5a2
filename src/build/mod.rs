//! The pipeline: calls the stages in order.
//!
//! [`load`] reads and links a site; [`publish`] renders every job of it and switches the output. There is no other mode:
//! whoever needs one page renders one job of the same site.

mod collect;
mod linked;
mod memo;
mod read;
mod stopwatch;

pub use collect::Collected;
pub use memo::Memo;
pub use stopwatch::{StageTimes, Stopwatch};

use crate::config::{Config, Overrides};
use crate::diagnostic::{self, Diagnostic, codes};
use crate::emit::{self, Content, Policy};
use crate::output::{PublishError, PublishOptions, Published, Stage, Surroundings};
use crate::site::{self, Clock, Site};
use crate::source::World;
use crate::theme::Engine;
use linked::Linked;
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A world that the engine can keep and read from any thread.
pub type SharedWorld = Arc<dyn World + Send + Sync>;

/// What a build is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// The configuration's path, relative to the site's root.
    pub config: String,
    pub overrides: Overrides,
    pub clock: Clock,
}

/// Why a build cannot go on: the environment, never the content.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("cannot read {what}: {error}")]
    Read { what: String, error: io::Error },
    #[error(transparent)]
    Publish(#[from] PublishError),
}

impl BuildError {
    fn read(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Read { what: what.into(), error }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<&str> {
        match self {
            Self::Read { .. } => Some("check that the file is there and that you may read it"),
            Self::Publish(error) => Some(error.help()),
        }
    }
}

/// A site that has been read and linked, with everything noticed on the way.
#[derive(Debug)]
pub struct Loaded {
    /// None when the configuration or the theme could not be used.
    pub engine: Option<Engine>,
    /// The linked site, whether or not there is a theme to show it with. None when there is no configuration.
    site: Option<Arc<Site>>,
    /// None when there is no configuration.
    pub config: Option<Arc<Config>>,
    pub diagnostics: Vec<Diagnostic>,
    /// How many content files there are.
    pub documents: usize,
}

impl Loaded {
    pub fn site(&self) -> Option<&Site> {
        self.site.as_deref()
    }

    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Reads and links a site.
///
/// # Errors
/// When a file is there and cannot be read. Mistakes in files are diagnostics.
pub fn load(world: &SharedWorld, options: &Options, watch: &mut Stopwatch) -> Result<Loaded, BuildError> {
    load_with(&**world, world, &mut Memo::none(), options, watch)
}

/// Reads and links a site like [`load`], and makes nothing again that `memo` has from the same sources. What the engine
/// reads later it reads through `later`.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn load_with(
    world: &dyn World,
    later: &SharedWorld,
    memo: &mut Memo,
    options: &Options,
    watch: &mut Stopwatch,
) -> Result<Loaded, BuildError> {
    let mut diagnostics = Vec::new();
    let config = memo.config(world, options, &mut diagnostics)?;
    let Some(config) = config else {
        return Ok(Loaded { engine: None, site: None, config: None, diagnostics, documents: 0 });
    };
    let content = read::content(world, &mut diagnostics)?;
    watch.lap("read");
    let linked = memo.linked();
    let Memo { documents, theme, data, .. } = memo;
    let data = Arc::clone(data);
    let (changed, theme) =
        rayon::join(|| documents.parse(&content.documents, world, &config), || theme.load(world, &config));
    let changed = changed?;
    diagnostics.extend(read::unnamed_tables(&content.tables, documents.files()));
    let (theme, found) = theme?;
    diagnostics.extend(found);
    if config.updated_from_git {
        diagnostics.extend(read::history_gap(world, &config));
    }
    watch.lap("parse");
    let count = documents.count();
    let inputs = site::Inputs {
        config: Arc::clone(&config),
        content_files: content.files,
        static_files: content.static_files,
        theme_files: theme.as_ref().map(|theme| theme.static_files.keys().cloned().collect()).unwrap_or_default(),
        theme_outputs: theme.as_ref().map(|theme| theme.outputs.clone()).unwrap_or_default(),
        clock: Clock {
            drafts: options.clock.drafts || config.publish.drafts,
            future: options.clock.future || config.publish.future,
            ..options.clock.clone()
        },
    };
    let texts = linked.zip(changed).and_then(|(linked, changed)| linked.with_texts(&changed, &inputs));
    let (site, found) = texts.unwrap_or_else(|| site::link(documents.all(), &inputs));
    diagnostics.extend(found);
    diagnostics.extend(documents.mistakes().cloned());
    let site = Arc::new(site);
    memo.keep(Linked::new(inputs, Arc::clone(&site)));
    watch.lap("link");
    let engine = theme.map(|theme| Engine::new(theme, Arc::clone(&site), Arc::clone(later), data));
    watch.lap("theme");
    diagnostic::sort(&mut diagnostics);
    Ok(Loaded { engine, site: Some(site), config: Some(config), diagnostics, documents: count })
}

/// How to publish.
#[derive(Debug, Clone)]
pub struct PublishTo<'p> {
    /// The site's root on disk.
    pub root: &'p Path,
    /// The output folder; none for the configured one.
    pub output: Option<PathBuf>,
    pub options: PublishOptions,
}

/// What a publish came to.
#[derive(Debug)]
pub struct Outcome {
    /// None when mistakes kept the site from being published.
    pub published: Option<Published>,
    /// How many HTML pages were rendered.
    pub pages: usize,
    pub target: PathBuf,
}

/// Told how far rendering has come.
pub type Progress<'p> = &'p (dyn Fn(usize, usize) + Sync);

/// Folders that a site is made from; the output may not lie in them.
const SOURCES: &[&str] = &["content", "themes", "static", "templates", "i18n", "data"];

/// Renders every job of a loaded site and switches the output, unless there are mistakes. What is wrong is added to the
/// site's diagnostics.
///
/// # Errors
/// When the output cannot be written, or may not be.
pub fn publish(
    loaded: &mut Loaded,
    world: &SharedWorld,
    to: &PublishTo<'_>,
    progress: Progress<'_>,
    watch: &mut Stopwatch,
) -> Result<Outcome, BuildError> {
    let configured = loaded.config.as_ref().map_or("public", |config| config.output.as_str());
    let target = to.output.clone().unwrap_or_else(|| to.root.join(configured));
    let Some(engine) = &loaded.engine else {
        return Ok(Outcome { published: None, pages: 0, target });
    };
    let sources: Vec<PathBuf> = SOURCES.iter().map(|folder| to.root.join(folder)).collect();
    let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).collect();
    let around = Surroundings { site: to.root, sources: &sources };
    // Mistakes of the theme and in components show only when pages are rendered: they are looked for all the same.
    let stage = if loaded.diagnostics.iter().any(Diagnostic::is_error) {
        None
    } else {
        Some(Stage::open(&target, &around, to.options)?)
    };
    let jobs = &engine.site().jobs;
    let done = AtomicUsize::new(0);
    let collected = Collected::new();
    let needed = emit::wants_policy(engine).then(|| Mutex::new(Policy::default()));
    let failure = jobs.par_iter().enumerate().find_map_any(|(number, job)| {
        if emit::is_last(job) {
            return None;
        }
        let rendered = emit::render(engine, job);
        if let (Some(needed), Ok(content)) = (&needed, &rendered) {
            note(needed, emit::needs(engine, job, content));
        }
        let result = match rendered {
            Ok(content) => stage.as_ref().map_or(Ok(()), |stage| put(stage, &**world, job, content)),
            Err(mistakes) => {
                collected.add(number, mistakes);
                Ok(())
            }
        };
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len());
        result.err()
    });
    let policy = needed.map(|needed| needed.into_inner().unwrap_or_else(PoisonError::into_inner)).unwrap_or_default();
    let put_last = |job: &site::Job| {
        let content = Content::Bytes(emit::render_last(engine, job, &policy).into());
        stage.as_ref().and_then(|stage| put(stage, &**world, job, content).err())
    };
    let failure = failure.or_else(|| jobs.iter().filter(|job| emit::is_last(job)).find_map(put_last));
    loaded.diagnostics.extend(emit::host::limits(engine.site(), &policy));
    let pages = jobs.iter().filter(|job| job.output.as_str().ends_with(".html")).count();
    loaded.diagnostics.extend(collected.finish());
    diagnostic::sort(&mut loaded.diagnostics);
    watch.lap("render");
    if let Some(error) = failure {
        return Err(error);
    }
    let published = match stage {
        Some(stage) if !loaded.diagnostics.iter().any(Diagnostic::is_error) => Some(stage.finish()?),
        _ => None,
    };
    watch.lap("publish");
    if let Some(published) = &published {
        for kept in &published.kept {
            loaded.diagnostics.push(
                Diagnostic::new(
                    &codes::FOREIGN_FILE,
                    format!("\"{kept}\" in the output is not Handbill's, and was kept"),
                )
                .help("move it into static/ if it belongs to the site, or delete it"),
            );
        }
    }
    Ok(Outcome { published, pages, target })
}

/// Adds what a page needs. Most pages need what others do.
fn note(needed: &Mutex<Policy>, of_page: Option<Policy>) {
    let Some(of_page) = of_page else { return };
    let mut needed = needed.lock().unwrap_or_else(PoisonError::into_inner);
    if !needed.covers(&of_page) {
        needed.merge(of_page);
    }
}

fn put(stage: &Stage, world: &dyn World, job: &site::Job, content: Content<'_>) -> Result<(), BuildError> {
    match content {
        Content::Bytes(bytes) => stage.put(&job.output, &bytes)?,
        Content::File(file) => match world.disk_path(file) {
            Some(path) => stage.copy(&job.output, &path)?,
            None => stage.put(&job.output, &world.read(file).map_err(BuildError::read(&**file))?)?,
        },
    }
    Ok(())
}

/// Renders every job into memory: for tests and for tools that look at a site without writing it. Sorted by path.
pub fn render_all(engine: &Engine, world: &dyn World) -> Result<Vec<(String, Vec<u8>)>, Vec<Diagnostic>> {
    let collected = Collected::new();
    let jobs = &engine.site().jobs;
    let artifacts: Vec<(String, Vec<u8>)> = jobs
        .par_iter()
        .enumerate()
        .filter_map(|(number, job)| match emit::render(engine, job) {
            Ok(Content::Bytes(bytes)) => Some((job.output.as_str().to_owned(), bytes.into_owned())),
            Ok(Content::File(file)) => Some((job.output.as_str().to_owned(), world.read(file).unwrap_or_default())),
            Err(mistakes) => {
                collected.add(number, mistakes);
                None
            }
        })
        .collect();
    let mistakes = collected.finish();
    if mistakes.iter().any(Diagnostic::is_error) { Err(mistakes) } else { Ok(artifacts) }
}
