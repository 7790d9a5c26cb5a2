//! The layers of a theme: the site's own templates, its theme, the themes that it extends, the embedded one.

use super::settings::{self, Declared};
use super::strings::Strings;
use super::{embedded, failure, filters, functions, manifest};
use crate::config::{Config, Output};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::source::{FileRef, World};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use tera::Tera;

/// The most themes that may extend one another.
const MOST_LAYERS: usize = 8;

/// A file or folder of a theme that is there and cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {what}: {error}")]
pub struct Unreadable {
    pub what: String,
    pub error: std::io::Error,
}

type Reading<T> = Result<T, Unreadable>;

fn unreadable(what: &str) -> impl FnOnce(std::io::Error) -> Unreadable {
    move |error| Unreadable { what: what.to_owned(), error }
}

/// A template's text and the file it comes from.
#[derive(Debug, Clone)]
pub struct TemplateSource {
    /// Its name for the engine: `event.html`, or with the theme's name before it.
    pub name: String,
    pub file: FileRef,
    pub text: String,
}

impl TemplateSource {
    /// The name without its theme's.
    pub fn asked_name(&self) -> &str {
        match self.file.split_once("/templates/") {
            Some((_, name)) => name,
            None => &self.name,
        }
    }
}

/// A loaded theme: everything but the site.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its templates, with stand-ins for the functions that need a site.
    pub tera: Tera,
    pub sources: Vec<TemplateSource>,
    /// Files of `static/`, by path: the theme's own file in the world, or the embedded bytes.
    pub static_files: BTreeMap<String, StaticFile>,
    pub settings: BTreeMap<String, Json>,
    /// What each setting takes, for the manual and for editors.
    pub declared: Declared,
    /// By language: the site's words, the theme's, the ones it extends, the embedded.
    pub strings: BTreeMap<String, Strings>,
    /// Further files that it makes.
    pub outputs: Vec<Output>,
}

/// A theme's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaticFile {
    World(FileRef),
    Embedded(&'static [u8]),
}

/// Loads the configured theme with its layers. Every mistake is reported; None when there are mistakes that leave no
/// theme to work with.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn load(
    world: &dyn World,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Theme>, Unreadable> {
    let before = diagnostics.iter().filter(|problem| problem.is_error()).count();
    let mut loader = Loader {
        world,
        diagnostics,
        names: Vec::new(),
        builds_on_embedded: false,
        declared: Declared::new(),
        outputs: Vec::new(),
    };
    loader.find_themes(config)?;
    let static_files = loader.static_files()?;
    let strings = loader.strings()?;
    let sources = loader.templates()?;
    let Loader { names, declared, outputs, .. } = loader;
    let settings = settings::resolve(&declared, config, diagnostics);
    let tera = compile(&sources, &names, diagnostics);
    let failed = diagnostics.iter().filter(|problem| problem.is_error()).count() > before;
    Ok(tera.filter(|_| !failed).map(|tera| Theme { tera, sources, static_files, settings, declared, strings, outputs }))
}

struct Loader<'l> {
    world: &'l dyn World,
    diagnostics: &'l mut Vec<Diagnostic>,
    /// From the configured theme down; the embedded one comes last and is not named.
    names: Vec<String>,
    /// Whether the last theme builds on the embedded one, or says nothing of any: then the embedded templates stand by
    /// themselves, for those pages that the theme has no template for.
    builds_on_embedded: bool,
    declared: Declared,
    outputs: Vec<Output>,
}

impl Loader<'_> {
    /// Follows `extends` from the configured theme down.
    fn find_themes(&mut self, config: &Config) -> Reading<()> {
        let (file, span) = config.locate(config.theme.span);
        let mut next = Some((config.theme.value.clone(), file, span));
        while let Some((name, named_in, named_at)) = next.take() {
            if self.is_embedded(&name) {
                self.builds_on_embedded = true;
                break;
            }
            let path = format!("themes/{name}/theme.toml");
            if name.contains(['/', '\\']) || name.starts_with('.') || !self.world.exists(&path) {
                self.report_missing(&name, &named_in, named_at)?;
                break;
            }
            if self.names.contains(&name) || self.names.len() == MOST_LAYERS {
                let message = format!("the theme \"{name}\" extends itself, by way of others");
                self.diagnostics.push(
                    Diagnostic::new(&codes::THEME_LOOP, message).at(&named_in, named_at).help("remove one `extends`"),
                );
                break;
            }
            let file: FileRef = path.into();
            let Some(text) = self.text(&file)? else { break };
            let (manifest, outputs) = manifest::read(&text, &file, self.diagnostics);
            // A theme's own come before those of the themes that it extends.
            self.outputs = crate::site::outputs_together(&outputs, &self.outputs);
            for (key, setting) in manifest.settings.0 {
                self.declared.entry(key.value).or_insert((setting, file.clone()));
            }
            // A copy of the default theme in the site's folder is the default theme.
            self.builds_on_embedded |= name == embedded::NAME;
            self.names.push(name);
            next = manifest.extends.map(|extends| (extends.value, file, extends.span));
        }
        let file: FileRef = "themes/default/theme.toml".into();
        if let Some(text) = embedded::file("theme.toml").and_then(|bytes| std::str::from_utf8(bytes).ok()) {
            let (manifest, _) = manifest::read(text, &file, self.diagnostics);
            for (key, setting) in manifest.settings.0 {
                self.declared.entry(key.value).or_insert((setting, file.clone()));
            }
        }
        Ok(())
    }

    /// `default` means the embedded theme, unless the site has a folder of that name.
    fn is_embedded(&self, name: &str) -> bool {
        name == embedded::NAME && !self.world.exists(&format!("themes/{name}/theme.toml"))
    }

    fn report_missing(&mut self, name: &str, file: &FileRef, span: crate::source::Span) -> Reading<()> {
        let listing = self.world.list("themes").map_err(unreadable("themes"))?;
        let mut names: Vec<String> = listing
            .files
            .iter()
            .filter_map(|entry| Some(entry.path.strip_prefix("themes/")?.strip_suffix("/theme.toml")?.to_owned()))
            .filter(|name| !name.contains('/'))
            .collect();
        names.push(embedded::NAME.to_owned());
        names.sort();
        names.dedup();
        let help = match did_you_mean(name, names.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => format!("a theme is a folder in themes/ with a theme.toml; there are: {}", names.join(", ")),
        };
        self.diagnostics.push(
            Diagnostic::new(&codes::MISSING_THEME, format!("there is no theme \"{name}\"")).at(file, span).help(help),
        );
        Ok(())
    }

    /// The text of a file; what is not UTF-8 is reported.
    fn text(&mut self, file: &FileRef) -> Reading<Option<String>> {
        let text = String::from_utf8(self.world.read(file).map_err(unreadable(file))?);
        if text.is_err() {
            self.diagnostics.push(
                Diagnostic::new(&codes::NOT_UTF8, "this file is not UTF-8 text")
                    .in_file(file)
                    .help("save it again as UTF-8"),
            );
        }
        Ok(text.ok())
    }

    /// The files below a folder of the site: path within the folder, and the file.
    fn listed(&mut self, folder: &str) -> Reading<Vec<(String, FileRef)>> {
        let listing = self.world.list(folder).map_err(unreadable(folder))?;
        for (path, reason) in listing.skipped {
            self.diagnostics.push(Diagnostic::new(&codes::SKIPPED_ENTRY, format!("{path} is passed over: {reason}")));
        }
        let prefix = format!("{folder}/");
        let files = listing.files.into_iter().filter_map(|entry| {
            let below = entry.path.strip_prefix(&prefix)?.to_owned();
            let hidden = below.split('/').any(|part| part.starts_with('.') || part.ends_with('~'));
            (!hidden).then_some((below, entry.path))
        });
        Ok(files.collect())
    }

    fn static_files(&mut self) -> Reading<BTreeMap<String, StaticFile>> {
        let mut files = BTreeMap::new();
        for (path, bytes) in embedded::files("static") {
            files.insert(path, StaticFile::Embedded(bytes));
        }
        for name in self.names.clone().iter().rev() {
            for (path, file) in self.listed(&format!("themes/{name}/static"))? {
                files.insert(path, StaticFile::World(file));
            }
        }
        Ok(files)
    }

    fn strings(&mut self) -> Reading<BTreeMap<String, Strings>> {
        let mut all: BTreeMap<String, Strings> = BTreeMap::new();
        for (path, bytes) in embedded::files("i18n") {
            if let (Some(language), Ok(text)) = (path.strip_suffix(".toml"), std::str::from_utf8(bytes)) {
                let file: FileRef = format!("themes/default/i18n/{path}").into();
                all.entry(language.to_lowercase()).or_default().read(text, &file, self.diagnostics);
            }
        }
        let mut folders: Vec<String> = self.names.iter().rev().map(|name| format!("themes/{name}/i18n")).collect();
        folders.push("i18n".to_owned());
        for folder in folders {
            for (path, file) in self.listed(&folder)? {
                if let Some(language) = path.strip_suffix(".toml")
                    && let Some(text) = self.text(&file)?
                {
                    all.entry(language.to_lowercase()).or_default().read(&text, &file, self.diagnostics);
                }
            }
        }
        Ok(all)
    }

    fn templates(&mut self) -> Reading<Vec<TemplateSource>> {
        let mut sources = Vec::new();
        let embedded = embedded::files("templates");
        for (path, bytes) in &embedded {
            if let Ok(text) = std::str::from_utf8(bytes) {
                let alone = !self.builds_on_embedded;
                sources.push(TemplateSource {
                    name: format!("{}/{path}", embedded::NAME),
                    file: format!("themes/default/templates/{path}").into(),
                    text: if alone { named_in_full(text, &embedded) } else { text.to_owned() },
                });
            }
        }
        for name in self.names.clone() {
            let prefix = format!("{name}/");
            if name == embedded::NAME {
                // The site's own copy of the default theme takes the embedded one's place, file by file.
                sources.retain(|source| !self.world.exists(&source.file));
            }
            self.add_templates(&format!("themes/{name}/templates"), &prefix, &mut sources)?;
        }
        self.add_templates("templates", "", &mut sources)?;
        Ok(sources)
    }

    fn add_templates(&mut self, folder: &str, prefix: &str, sources: &mut Vec<TemplateSource>) -> Reading<()> {
        for (path, file) in self.listed(folder)? {
            let is_template = [".html", ".xml", ".txt", ".json", ".md", ".csv", ".geojson", ".webmanifest"]
                .iter()
                .any(|ending| path.ends_with(ending));
            if !is_template {
                continue;
            }
            if let Some(text) = self.text(&file)? {
                sources.push(TemplateSource { name: format!("{prefix}{path}"), file, text });
            }
        }
        Ok(())
    }
}

/// The text of an embedded template with the names of others in full, so that it never meets a theme's own `base.html`,
/// which has other blocks.
fn named_in_full(text: &str, embedded: &[(String, &[u8])]) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(quote) = rest.find('"') {
        let (before, from) = rest.split_at(quote + 1);
        out.push_str(before);
        let names_template = before.trim_end_matches('"').trim_end().ends_with("extends")
            || before.trim_end_matches('"').trim_end().ends_with("include");
        let name = from.split('"').next().unwrap_or("");
        if names_template && embedded.iter().any(|(path, _)| path == name) {
            out.push_str(embedded::NAME);
            out.push('/');
        }
        rest = from;
    }
    out.push_str(rest);
    out
}

/// Compiles the templates. The first mistake of each is reported.
fn compile(sources: &[TemplateSource], names: &[String], diagnostics: &mut Vec<Diagnostic>) -> Option<Tera> {
    let mut tera = Tera::new();
    let mut prefixes: Vec<String> = names.iter().map(|name| format!("{name}/")).collect();
    if !names.iter().any(|name| name == embedded::NAME) {
        prefixes.push(format!("{}/", embedded::NAME));
    }
    let _ = tera.set_fallback_prefixes(prefixes);
    functions::register_names(&mut tera);
    filters::register_names(&mut tera);
    let Err(error) = tera.add_raw_templates(sources.iter().map(|source| (&source.name, &source.text))) else {
        return Some(tera);
    };
    // Syntax first, template by template, so that one mistake does not hide another's.
    let syntax: Vec<Diagnostic> = sources
        .iter()
        .filter_map(|source| {
            let error = Tera::new().add_raw_template(&source.name, &source.text).err()?;
            match error.kind() {
                tera::ErrorKind::SyntaxError(report) => Some(failure::syntax(report, source)),
                _ => None,
            }
        })
        .collect();
    diagnostics.extend(if syntax.is_empty() { failure::compilation(&error, sources) } else { syntax });
    None
}
