//! Where each page stands: its address and its file in the output.

use super::fallbacks::Languages;
use super::term_pages::TermPlace;
use super::visibility::{Hidden, HiddenFiles, Visible};
use super::{LanguageId, Page, Site, links};
use crate::config::{Config, Language};
use crate::content::Document;
use crate::diagnostic::{Diagnostic, codes};
use crate::output::OutputPath;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// A place in the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The path of its address, from the site's root, with the base path: `/groups/leeds/`.
    pub url: String,
    /// Its file: `groups/leeds/index.html`.
    pub output: OutputPath,
}

impl Route {
    /// The route of a path below the site's root such as `groups/leeds/`, or of a file such as `feed.xml`.
    pub fn new(path: &str, config: &Config) -> Result<Self, crate::output::BadPath> {
        let path = path.trim_start_matches('/');
        let is_folder = path.is_empty() || path.ends_with('/');
        let output = if is_folder { OutputPath::new(&[path, "index.html"].concat())? } else { OutputPath::new(path)? };
        let url = output.url_path_after(&config.base_url.path);
        Ok(Self { url, output })
    }

    /// The path below the site's root, without the base path.
    pub fn below<'r>(&'r self, config: &Config) -> &'r str {
        self.url.strip_prefix(config.base_url.path.as_str()).unwrap_or(&self.url)
    }
}

impl Page {
    /// A page that is not linked yet.
    fn new(visible: Visible, is_fallback: bool, route: Route) -> Self {
        let Visible { document, synthesised, language, stands_in, place } = visible;
        Self {
            kind: document.details.kind(),
            document,
            synthesised,
            language,
            is_fallback,
            stands_in,
            place,
            route,
            section: None,
            translations: Vec::new(),
            previous: None,
            next: None,
            backlinks: Vec::new(),
            related: Vec::new(),
            links: links::PageLinks::default(),
            terms: Vec::new(),
            in_calendars: OnceLock::new(),
        }
    }

    /// A stand-in for a document that has no place in the output, so that its links can be checked.
    pub fn unpublished(document: &Arc<Document>, config: &Config) -> Self {
        let url = format!("{}/", config.base_url.path);
        let route = Route { url, output: OutputPath::index() };
        let language = language_of(document, config);
        let document = Arc::clone(document);
        Self::new(
            Visible { document, synthesised: false, language, stands_in: Languages::default(), place: None },
            false,
            route,
        )
    }
}

impl Site {
    /// The documents that are not published, by file: the reason, and where each would stand if it were. No place where
    /// its path can be none.
    pub fn places_of_hidden(&self) -> Vec<(Hidden, &Document, Option<Route>)> {
        let hidden = self.hidden();
        let mut folders = Folders::new(self.pages.iter().map(|page| (&*page.document, page.language)), &self.config);
        let placed = hidden.iter().map(|(_, document)| (*document, language_of(document, &self.config)));
        folders.learn(placed, &self.config);
        hidden
            .into_iter()
            .map(|(reason, document)| {
                let language = language_of(document, &self.config);
                let path = page_path(document, language, &folders, &self.config);
                (reason, document, Route::new(&path, &self.config).ok())
            })
            .collect()
    }
}

/// The first part of a language's addresses, with a slash at the end: mostly empty for the default language.
pub fn language_prefix(language: LanguageId, config: &Config) -> &str {
    &config.languages[usize::from(language.0)].prefix
}

/// Gives every document its route.
pub fn route(
    documents: Vec<Visible>,
    hidden: &mut HiddenFiles,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Page> {
    let all = || documents.iter().map(|visible| (&*visible.document, visible.language));
    let mut folders = Folders::new(all(), config);
    folders.learn(all(), config);
    let place = |visible: &Visible| {
        let path = match &visible.place {
            Some(place) => term_path(place, visible.language, config),
            None => page_path(&visible.document, visible.language, &folders, config),
        };
        Route::new(&path, config).map_err(|bad| (path, bad))
    };
    let places: Vec<_> = documents.par_iter().map(place).collect();
    let mut pages = Vec::with_capacity(documents.len());
    for (visible, route) in documents.into_iter().zip(places) {
        let (document, language) = (&visible.document, visible.language);
        let is_fallback = language_of(document, config) != language;
        if let Some(slug) = document.common.slug.as_ref().filter(|slug| slug.value.contains(['/', '\\'])) {
            diagnostics.push(
                Diagnostic::new(&codes::BAD_PATH, "a slug is one part of an address, without a slash")
                    .at(&document.file, slug.span)
                    .help(format!("for a whole address write path = \"/{}/\"", slug.value.trim_matches('/'))),
            );
        }
        let route = match route {
            Ok(route) => route,
            Err((path, bad)) => {
                let written = document.common.path.as_ref().or(document.common.slug.as_ref());
                let span = written.map_or(document.front_matter, |written| written.span);
                diagnostics.push(
                    Diagnostic::new(&codes::BAD_PATH, format!("this page cannot stand at \"{path}\": {bad}"))
                        .at(&document.file, span)
                        .help("give it a `slug` of small letters, digits and hyphens"),
                );
                match home_route(document, language, config) {
                    Some(route) => route,
                    None => {
                        hidden.insert(document.own_path().to_string(), (Hidden::Broken, visible.document));
                        continue;
                    }
                }
            }
        };
        pages.push(Page::new(visible, is_fallback, route));
    }
    pages
}

/// The usual place of a home page, which other pages need even when its own is impossible.
fn home_route(document: &Document, language: LanguageId, config: &Config) -> Option<Route> {
    let is_home = document.path.is_section() && document.path.folder().is_empty();
    is_home.then(|| Route::new(language_prefix(language, config), config).ok()).flatten()
}

pub fn language_of(document: &Document, config: &Config) -> LanguageId {
    if config.languages.len() < 2 {
        return LanguageId(0);
    }
    let at = config.languages.iter().position(|language| language.code == document.path.language);
    LanguageId(at.unwrap_or(0) as u8)
}

/// The path of a taxonomy or a term.
fn term_path(place: &TermPlace, language: LanguageId, config: &Config) -> String {
    let prefix = language_prefix(language, config);
    let name = |taxonomy: u32| &config.taxonomies[taxonomy as usize].name;
    match place {
        TermPlace::Taxonomy(taxonomy) => format!("{prefix}{}/", name(*taxonomy)),
        TermPlace::Term { taxonomy, slug } => format!("{prefix}{}/{slug}/", name(*taxonomy)),
    }
}

/// A path that an author wrote, with a slash at its end unless its name is that of a file.
pub fn folder_or_file(path: &str) -> String {
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let slash = if path.is_empty() || path.ends_with('/') || is_file { "" } else { "/" };
    format!("{path}{slash}")
}

/// The path below the site's root; its folder must have been learnt.
fn page_path(document: &Document, language: LanguageId, folders: &Folders, config: &Config) -> String {
    if let Some(path) = &document.common.path {
        // What stands in for a version of another language cannot stand at the original's place, and a language with a
        // host of its own stands there.
        let settings = &config.languages[usize::from(language.0)];
        let at_top = language_of(document, config) == language && settings.own_address.is_none();
        let prefix = if at_top { "" } else { settings.prefix.as_str() };
        return format!("{prefix}{}", folder_or_file(path.value.trim().trim_start_matches('/')));
    }
    if document.path.is_section() {
        return folders.path(document.path.folder(), language).to_owned();
    }
    let (folder, name) = folder_and_name(document);
    let own = match &document.common.slug {
        Some(written) => slug(&written.value, &config.languages[usize::from(language.0)]),
        None => slug(name, &config.languages[usize::from(language.0)]),
    };
    [folders.path(folder, language), &own, "/"].concat()
}

/// The folder in whose path a page stands, and its own name there.
fn folder_and_name(document: &Document) -> (&str, &str) {
    let folder = document.path.folder();
    match (document.path.is_section(), document.path.is_bundle()) {
        (true, _) => (folder, ""),
        (_, true) => folder.rsplit_once('/').unwrap_or(("", folder)),
        _ => (folder, document.path.name()),
    }
}

/// A name that is a slug already stays as it is.
pub fn slug_of(name: &str, language: &Language) -> String {
    slug(name, language).into_owned()
}

fn slug<'n>(name: &'n str, language: &Language) -> Cow<'n, str> {
    let is_slug = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.');
    if !name.is_empty() && name.bytes().all(is_slug) && !name.starts_with('.') && !name.ends_with('.') {
        return Cow::Borrowed(name);
    }
    let slug = language.slug(name);
    // A name without a letter that can be written in ASCII keeps its own.
    Cow::Owned(if slug.is_empty() { name.trim().to_lowercase().replace(['/', '\\', ' '], "-") } else { slug })
}

/// The paths of folders, with the slugs that their own pages give them.
#[derive(Debug, Default)]
struct Folders {
    /// By folder and language: the slug or whole path that the folder's `_index.md` gives.
    own: HashMap<(String, u8), (Option<String>, Option<String>)>,
    /// For each language, the paths of folders.
    known: Vec<HashMap<String, String>>,
}

impl Folders {
    fn new<'d>(documents: impl Iterator<Item = (&'d Document, LanguageId)>, config: &Config) -> Self {
        let mut folders = Self::default();
        for (document, language) in documents {
            if document.path.is_section() {
                let value = |written: &Option<crate::decode::At<String>>| written.as_ref().map(|at| at.value.clone());
                let is_own = language_of(document, config) == language;
                let given = (value(&document.common.slug), value(&document.common.path).filter(|_| is_own));
                folders.own.insert((document.path.folder().to_owned(), language.0), given);
            }
        }
        folders
    }

    /// Works out the paths of the folders in which documents stand.
    fn learn<'d>(&mut self, documents: impl Iterator<Item = (&'d Document, LanguageId)>, config: &Config) {
        let mut last = None;
        for (document, language) in documents {
            // Most stand where the one before stands.
            let place = (folder_and_name(document).0, language);
            if last.replace(place) != Some(place) {
                self.work_out(place.0, place.1, config);
            }
        }
    }

    /// The path of a folder that was learnt, such as `groups/`, with a slash at the end; the language's prefix for the top.
    fn path(&self, folder: &str, language: LanguageId) -> &str {
        let by_folder = self.known.get(usize::from(language.0));
        by_folder.and_then(|known| known.get(folder)).map_or("", String::as_str)
    }

    fn work_out(&mut self, folder: &str, language: LanguageId, config: &Config) -> String {
        let key = (folder.to_owned(), language.0);
        self.known.resize_with(config.languages.len(), HashMap::new);
        if let Some(known) = self.known[usize::from(language.0)].get(folder) {
            return known.clone();
        }
        let (slug, whole) = self.own.get(&key).cloned().unwrap_or_default();
        let path = if let Some(whole) = whole {
            let whole = whole.trim().trim_matches('/').to_owned();
            let language = &config.languages[usize::from(language.0)];
            let top = if language.own_address.is_some() { language.prefix.as_str() } else { "" };
            if whole.is_empty() { top.to_owned() } else { format!("{top}{whole}/") }
        } else if folder.is_empty() {
            language_prefix(language, config).to_owned()
        } else {
            let (parent, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            let own = slug_of(slug.as_deref().unwrap_or(name), &config.languages[usize::from(language.0)]);
            format!("{}{own}/", self.work_out(parent, language, config))
        };
        self.known[usize::from(language.0)].insert(key.0, path.clone());
        path
    }
}
