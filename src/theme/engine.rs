//! Renders the pages of one linked site with one theme.

use super::assets::Assets;
use super::data::DataMemo;
use super::escaping::Escaping;
use super::layers::{StaticFile, TemplateSource, Theme};
use super::remembered::Remembered;
use super::strings::{self, Strings};
use super::{failure, filters, functions, view};
use crate::diagnostic::Diagnostic;
use crate::locale::{DateFormatter, Locale, Numbers};
use crate::site::{LanguageId, PageId, Site};
use crate::source::{FileRef, World};
use jiff::Timestamp;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tera::{Context, Tera, Value};

/// The most bytes that one page may have: a template that never ends is stopped there.
const MOST_BYTES: usize = 64 << 20;

/// English of no country: `3 December 2026`.
const INTERNATIONAL_ENGLISH: &str = "en-001";

/// What functions and filters work with: the site, and what is made from it once.
#[derive(Debug)]
pub struct Shared {
    pub site: Arc<Site>,
    pub theme: Arc<Theme>,
    pub languages: Vec<LanguageTools>,
    /// What English words need on a site that has no English.
    english: OnceLock<LanguageTools>,
    pub assets: Assets,
    /// The earliest moment after the site's own at which what was rendered becomes another.
    next_change: Mutex<Option<Timestamp>>,
    /// What lists see of each page, made when it is first asked for.
    cards: Vec<OnceLock<Value>>,
    /// How the plain dates of each series take place.
    usual: Vec<OnceLock<view::event::Circumstances>>,
    /// Title and address of each page.
    links: Vec<OnceLock<Value>>,
    site_views: Vec<OnceLock<Value>>,
    /// The same with the menus' links marked, by which of them are active.
    marked_site_views: Mutex<BTreeMap<(LanguageId, Vec<bool>), Value>>,
}

/// What one language needs.
#[derive(Debug)]
pub struct LanguageTools {
    pub locale: Locale,
    pub dates: Option<DateFormatter>,
    pub numbers: Numbers,
    /// What filters answered to pages of this language.
    pub remembered: Remembered,
    /// The languages whose words serve this one, nearest first.
    chain: Vec<String>,
}

/// Why a page could not be rendered.
#[derive(Debug)]
pub struct RenderFailure {
    pub diagnostics: Vec<Diagnostic>,
}

/// A theme and a site, ready to render.
#[derive(Debug)]
pub struct Engine {
    shared: Arc<Shared>,
    /// One for each language: functions answer in the language of the page that calls them.
    tera: Vec<Tera>,
    /// The same for files of JSON and of CSV, made when the first of them is rendered.
    json: Vec<OnceLock<Tera>>,
    csv: Vec<OnceLock<Tera>>,
}

impl Engine {
    /// Joins theme and site; `data` keeps what is made of data files.
    pub fn new(theme: Arc<Theme>, site: Arc<Site>, world: Arc<dyn World + Send + Sync>, data: Arc<DataMemo>) -> Self {
        let languages = site.languages().map(|id| LanguageTools::new(site.language(id).locale(), &site)).collect();
        let shared = Arc::new(Shared {
            cards: site.pages.iter().map(|_| OnceLock::new()).collect(),
            usual: site.pages.iter().map(|_| OnceLock::new()).collect(),
            links: site.pages.iter().map(|_| OnceLock::new()).collect(),
            site_views: site.languages().map(|_| OnceLock::new()).collect(),
            marked_site_views: Mutex::default(),
            next_change: Mutex::default(),
            english: OnceLock::new(),
            assets: Assets::new(world, data),
            languages,
            theme,
            site,
        });
        let tera = shared.site.languages().map(|language| {
            let mut tera = shared.theme.tera.clone();
            functions::register(&mut tera, &shared, language);
            filters::register(&mut tera, &shared, language);
            tera
        });
        let of_languages = || shared.site.languages().map(|_| OnceLock::new()).collect();
        let (json, csv) = (of_languages(), of_languages());
        Self { tera: tera.collect(), json, csv, shared }
    }

    pub fn shared(&self) -> &Shared {
        &self.shared
    }

    pub fn site(&self) -> &Site {
        &self.shared.site
    }

    /// When the output will next differ without a change of content, as far as what has been rendered shows.
    pub fn next_change(&self) -> Option<Timestamp> {
        let noted = *self.shared.next_change.lock().unwrap_or_else(PoisonError::into_inner);
        noted.into_iter().chain(self.shared.site.next_change).min()
    }

    pub fn tera(&self, language: LanguageId) -> &Tera {
        &self.tera[language.0 as usize]
    }

    /// The engine that writes texts as a template's form wants them.
    fn tera_for(&self, template: &str, language: LanguageId) -> &Tera {
        let plain = self.tera(language);
        let escaping = Escaping::of(template);
        match escaping {
            Escaping::OfEngine => plain,
            Escaping::Json => self.json[language.0 as usize].get_or_init(|| escaping.applied(plain)),
            Escaping::Csv => self.csv[language.0 as usize].get_or_init(|| escaping.applied(plain)),
        }
    }

    pub fn has_template(&self, name: &str) -> bool {
        self.shared.theme.tera.contains_template(name)
    }

    /// The file of the template that answers to a name.
    pub fn template_file(&self, name: &str) -> Option<&FileRef> {
        let sources = &self.shared.theme.sources;
        let own = sources.iter().find(|source| source.name == name);
        let of_themes = || sources.iter().filter(|source| source.asked_name() == name);
        // What is built in comes last, wherever it stands.
        let built_in = |source: &&TemplateSource| source.name.starts_with(super::embedded::NAME);
        let found = own.or_else(|| of_themes().find(|source| !built_in(source))).or_else(|| of_themes().next());
        found.map(|source| &source.file)
    }

    /// The names by which templates are asked for, sorted.
    pub fn template_names(&self) -> Vec<String> {
        let sources = self.shared.theme.sources.iter();
        let mut names: Vec<String> = sources.map(|source| source.asked_name().to_owned()).collect();
        names.sort();
        names.dedup();
        names
    }

    /// A file of the theme's `static/`.
    pub fn theme_file(&self, name: &str) -> Option<&StaticFile> {
        self.shared.theme.static_files.get(name)
    }

    /// Reads a file of the site's folder.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        self.shared.assets.read(path)
    }

    /// Renders a template. `page` is the file that is named when something goes wrong.
    pub fn render(
        &self,
        template: &str,
        language: LanguageId,
        context: &Context,
        page: Option<&FileRef>,
    ) -> Result<Vec<u8>, RenderFailure> {
        let mut out = Capped { bytes: Vec::with_capacity(16 << 10), full: false };
        let result = self.tera_for(template, language).render_to(template, context, &mut out);
        result.map_err(|error| {
            let mut problem = failure::rendering(&error, &self.shared.theme.sources, page, template);
            if out.full {
                problem.message = format!("the page grew past {} MB while it was rendered", MOST_BYTES >> 20);
                problem.help = Some("look for a loop in the template that goes round too often".to_owned());
            }
            let behind = self.shared.assets.mistakes_behind(&problem);
            RenderFailure { diagnostics: behind.unwrap_or_else(|| vec![problem]) }
        })?;
        Ok(out.bytes)
    }
}

impl Shared {
    /// Notes a moment at which what is being rendered becomes another.
    pub fn changes_at(&self, moment: Timestamp) {
        if moment > self.site.clock.now {
            let mut noted = self.next_change.lock().unwrap_or_else(PoisonError::into_inner);
            *noted = noted.into_iter().chain([moment]).min();
        }
    }

    /// What lists see of a page.
    pub fn card(&self, id: PageId) -> Value {
        self.cards[id.0 as usize].get_or_init(|| view::card::build(self, id)).clone()
    }

    /// The place for how the plain dates of a series take place.
    pub fn usual(&self, id: PageId) -> &OnceLock<view::event::Circumstances> {
        &self.usual[id.0 as usize]
    }

    /// The title and address of a page.
    pub fn link(&self, id: PageId) -> Value {
        self.links[id.0 as usize].get_or_init(|| view::link(self, id)).clone()
    }

    /// What every template sees of the site, but for what differs from page to page.
    pub fn site_view(&self, language: LanguageId) -> &Value {
        self.site_views[language.0 as usize].get_or_init(|| view::site::build(self, language))
    }

    /// What templates see of the site with those links of the menus marked; made by `make` when it is first asked for.
    pub fn site_view_with(
        &self,
        language: LanguageId,
        active: Vec<bool>,
        make: impl FnOnce(&[bool]) -> Value,
    ) -> Value {
        let mut views = self.marked_site_views.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (language, active);
        if let Some(known) = views.get(&key) {
            return known.clone();
        }
        let made = make(&key.1);
        views.insert(key, made.clone());
        made
    }

    pub fn tools(&self, language: LanguageId) -> &LanguageTools {
        &self.languages[language.0 as usize]
    }

    /// What the words of a plain language (`en`) need: those of `language` itself or of another of the site's, where
    /// these are that language in some region.
    pub fn tools_of(&self, plain: &str, language: LanguageId) -> &LanguageTools {
        let speaks = |tools: &&LanguageTools| tools.locale.language() == plain;
        let own = Some(self.tools(language)).filter(speaks);
        // The default language is the first.
        own.or_else(|| self.languages.iter().find(speaks)).unwrap_or_else(|| {
            self.english.get_or_init(|| {
                LanguageTools::new(Locale::parse(INTERNATIONAL_ENGLISH).unwrap_or_default(), &self.site)
            })
        })
    }

    /// The number of a tag, or the language given.
    pub fn language(&self, tag: Option<&str>, otherwise: LanguageId) -> LanguageId {
        tag.and_then(|tag| self.site.language_id(tag)).unwrap_or(otherwise)
    }

    /// The words of a key in a language, its placeholders filled.
    pub fn words<'v>(
        &self,
        key: &str,
        language: LanguageId,
        count: Option<i64>,
        value: impl Fn(&str) -> Option<Cow<'v, str>>,
    ) -> Option<String> {
        let (found, tools) = self.tools(language).chain.iter().find_map(|code| {
            let strings = self.theme.strings.get(code)?;
            // Plural forms follow the language that the words are in.
            let tools = self.tools_of(code.split('-').next().unwrap_or(code), language);
            Some((strings.get(key, count, &tools.numbers)?, tools))
        })?;
        let number = count.map(|count| tools.numbers.format(count));
        Some(strings::fill(found, |name| match (name, &number) {
            ("count", Some(number)) => Some(Cow::Owned(number.clone())),
            (name, _) => value(name),
        }))
    }

    /// Every key that has words.
    pub fn word_keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = self.theme.strings.values().flat_map(Strings::keys).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

impl LanguageTools {
    fn new(locale: Locale, site: &Site) -> Self {
        let mut chain = Vec::new();
        for code in [locale.tag(), &site.config.default_language().code, "en"] {
            let code = code.to_lowercase();
            let plain = code.split('-').next().unwrap_or(&code).to_owned();
            for code in [code, plain] {
                if !chain.contains(&code) {
                    chain.push(code);
                }
            }
        }
        let dates = DateFormatter::new(&locale).ok();
        Self { dates, numbers: Numbers::new(&locale), locale, remembered: Remembered::default(), chain }
    }

    /// The languages whose words serve this one, nearest first.
    pub fn chain(&self) -> &[String] {
        &self.chain
    }
}

/// Takes what is rendered until there is too much of it.
struct Capped {
    bytes: Vec<u8>,
    full: bool,
}

impl Write for Capped {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + piece.len() > MOST_BYTES {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(piece);
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
