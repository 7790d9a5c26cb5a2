//! What something of a site is, where it appears, and where it does not and why: as data, in words an editor
//! understands. The answer reads the same site that a build publishes, so the two cannot disagree.

mod answer;
mod asked;
mod dates;
mod event;
mod event_lists;
mod group;
mod lists;
mod made;
mod missing_date;
mod nearby;
mod occurrences;
mod page;
mod sources;
mod unpublished;

pub use answer::{
    Absence, Alias, Answer, Change, ChangedDate, EventTimes, GivenDate, Group, GroupEvent, Link, Mistake, Occurrence,
    Place, Reason, Relation, Template, Version, What,
};
pub use event::occurrence;
pub use occurrences::{Holder, Listed, Location, events, occurrences};

use crate::build::{self, BuildError, Loaded, Options, SharedWorld, Stopwatch};
use crate::content::Document;
use crate::diagnostic::Diagnostic;
use crate::site::{Hidden, Job, LanguageId, PageId, Route, Site};
use crate::source::World;
use crate::theme::Engine;
use asked::Found;

/// An answer, and the site that it is about.
#[derive(Debug)]
pub struct Explained {
    pub loaded: Loaded,
    /// None when there is no configuration.
    pub answer: Option<Answer>,
}

/// Reads a site and explains a file, a path of the content (`@/…`) or of the output, or an address of it.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn explain(world: &SharedWorld, options: &Options, asked: &str) -> Result<Explained, BuildError> {
    let loaded = build::load(world, options, &mut Stopwatch::new())?;
    let Some(desk) = Desk::new(&loaded, &**world) else {
        return Ok(Explained { loaded, answer: None });
    };
    let mut answer = desk.answer(asked);
    if let Found::Hidden { document, .. } = asked::find(&desk, asked)
        && let Some(options) = unpublished::once_published(&desk, document, options)
    {
        let later = build::load(world, &options, &mut Stopwatch::new())?;
        if let Some(desk) = Desk::new(&later, &**world) {
            unpublished::add_prospects(&desk, document, &mut answer);
        }
    }
    answer.site_mistakes = loaded.diagnostics.iter().filter(|problem| problem.is_error()).count();
    Ok(Explained { loaded, answer: Some(answer) })
}

/// What answers are made from.
#[derive(Clone, Copy)]
struct Desk<'l> {
    site: &'l Site,
    /// None when the theme has mistakes.
    engine: Option<&'l Engine>,
    diagnostics: &'l [Diagnostic],
    world: &'l dyn World,
}

impl<'l> Desk<'l> {
    fn new(loaded: &'l Loaded, world: &'l dyn World) -> Option<Self> {
        let site = loaded.site()?;
        Some(Self { site, engine: loaded.engine.as_ref(), diagnostics: &loaded.diagnostics, world })
    }

    fn answer(&self, asked: &str) -> Answer {
        let mut answer = match asked::find(self, asked) {
            Found::Page { id, fragment } => page::answer(self, id, fragment.as_deref()),
            Found::Hidden { reason, document, route } => unpublished::answer(self, reason, document, route.as_ref()),
            Found::Made { job, fragment } => made::answer(self, job, fragment.as_deref()),
            Found::Source(file) => sources::answer(self, &file),
            Found::Elsewhere { host, path } => nearby::elsewhere(self, &host, &path),
            Found::NoAddress(path) => nearby::no_address(self, &path),
            Found::Nothing => nearby::nothing(self, asked.trim()),
        };
        asked.clone_into(&mut answer.asked);
        answer
    }

    /// The documents that are not published, with the reason and the place that each would have.
    fn hidden(&self) -> Vec<(Hidden, &'l Document, Option<Route>)> {
        self.site.places_of_hidden()
    }

    /// What is written at a path of the output.
    fn job_at(&self, output: &str) -> Option<&'l Job> {
        let jobs = &self.site.jobs;
        jobs.binary_search_by(|job| job.output.as_str().cmp(output)).ok().map(|at| &jobs[at])
    }

    /// The job at an address of the site.
    fn job_of_url(&self, url: &str) -> Option<&'l Job> {
        let below = url.strip_prefix(self.site.config.base_url.path.as_str()).unwrap_or(url);
        let path = crate::output::decode_path(below.trim_start_matches('/'));
        let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.into_owned() };
        self.job_at(&file)
    }

    /// Whether a file belongs to the theme that is built in.
    fn is_embedded(&self, path: &str) -> bool {
        self.engine.is_some_and(|engine| {
            engine.shared().theme.sources.iter().any(|source| *source.file == *path)
                || path.strip_prefix("themes/default/static/").is_some_and(|file| engine.theme_file(file).is_some())
        })
    }

    fn link(&self, id: PageId) -> Link {
        let page = self.site.page(id);
        Link {
            title: page.title().to_owned(),
            url: Some(page.route.url.clone()),
            file: (!page.synthesised).then(|| page.document.written_in()),
        }
    }

    /// The name and the tag of a language: "Cymraeg (cy)".
    fn language(&self, id: LanguageId) -> String {
        let language = self.site.language(id);
        format!("{} ({})", self.language_name(id), language.code)
    }

    /// " in Cymraeg (cy)", where the site has several languages and this one is not `own`.
    fn in_language(&self, id: LanguageId, own: Option<LanguageId>) -> String {
        let told = self.site.config.languages.len() > 1 && own != Some(id);
        if told { format!(" in {}", self.language(id)) } else { String::new() }
    }

    fn language_name(&self, id: LanguageId) -> String {
        let language = self.site.language(id);
        let native = || crate::locale::Locale::parse(&language.code).map(|locale| locale.native_name().to_owned());
        language.name.clone().or_else(|| native().ok()).unwrap_or_else(|| language.code.clone())
    }

    /// A language's place in the configuration.
    fn language_rank(&self, code: &str) -> usize {
        let languages = &self.site.config.languages;
        languages.iter().position(|language| language.code == code).unwrap_or(languages.len())
    }
}

/// A number of things: "1 page", "2 pages".
fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// A text that begins a sentence.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Texts as a list in a sentence: "a, b and c".
fn listed(texts: &[String]) -> String {
    match texts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
