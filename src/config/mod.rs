//! The configuration: [`raw`] is `handbill.toml` as written, [`Config`] is it resolved and checked.

mod imprint;
mod languages;
mod outputs;
mod publish;
pub mod raw;
mod statements;
mod tables;
mod url;

pub use imprint::Imprint;
pub use languages::Language;
pub use outputs::{Each, Output, OutputKind, RawOutput, resolve as resolve_outputs};
pub use publish::{Headers, Host, Publish, Redirect, Training, own_domain};
pub use raw::{
    Archive, EventOptions, Fallback, FeedContent, FeedFormat, HtmlMode, Jurisdiction, ListedBy, MarkdownOptions,
    MonthPages, NamedLink, OccurrencePlace, Organisation, Party, PoliticalAd, RawConfig, RawMenuItem, SectionOptions,
    SlugStyle, Sort,
};
pub use statements::{SignatoryOrder, StatementOptions};
pub use tables::{TableOptions, TableSource};
pub use url::{Url, scheme};

use crate::calendar::Zones;
use crate::decode::{At, Context, Free, Key, Named, Node, OneOrMany, Record, TableReader, Value, not_utf8, parse};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span, World};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::io;

/// What the command line says about the configuration.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `handbill.NAME.toml` is laid over the configuration.
    pub environment: Option<String>,
    pub base_url: Option<String>,
    /// All languages stand at the site's own address, whatever addresses of their own they have.
    pub one_host: bool,
}

/// The site's address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BaseUrl {
    /// Scheme and host, without a slash at the end.
    pub origin: String,
    /// The path before the site's own paths: empty, or such as `/campaign`.
    pub path: String,
}

impl BaseUrl {
    /// An `http` or `https` address with a host and no query.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        if rest.contains(['?', '#', ' ', '"', '<', '>', '\\', '@']) || rest.chars().any(char::is_control) {
            return None;
        }
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if host.is_empty() || host.starts_with(':') || path.split('/').any(|part| part == "..") {
            return None;
        }
        let path = path.trim_matches('/');
        let scheme_and_host = &text[..text.len() - rest.len() + host.len()];
        Some(Self {
            origin: scheme_and_host.to_owned(),
            path: if path.is_empty() { String::new() } else { format!("/{path}") },
        })
    }

    pub fn host(&self) -> &str {
        self.origin.rsplit('/').next().unwrap_or("")
    }

    /// The whole address of a path that begins with `/` and already holds the base path.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// A way to group content.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    pub name: String,
    pub title: String,
    pub paginate: u32,
    pub feed: bool,
}

/// How events are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Events {
    /// How many whole months ahead, and back, the dates of a repeating event are listed.
    pub horizon_months: u32,
    pub history_months: u32,
    pub occurrences: OccurrencePlace,
    /// Whose events have lists of their own.
    pub lists: Vec<ListedBy>,
    pub month_pages: MonthPages,
    /// Whether calendar files are written.
    pub calendars: bool,
}

impl Events {
    fn new(raw: &EventOptions) -> Self {
        Self {
            horizon_months: raw.horizon_months.unwrap_or(18).clamp(1, 240),
            history_months: raw.history_months.unwrap_or(12).min(1200),
            occurrences: raw.occurrences,
            lists: match &raw.lists {
                Some(lists) => lists.0.clone(),
                None => vec![ListedBy::Site, ListedBy::Group, ListedBy::Aim, ListedBy::Region, ListedBy::Term],
            },
            month_pages: raw.month_pages,
            calendars: raw.calendars.unwrap_or(true),
        }
    }
}

/// The configuration, resolved.
#[derive(Debug, Clone)]
pub struct Config {
    pub file: FileRef,
    pub base_url: BaseUrl,
    /// The default language comes first.
    pub languages: Vec<Language>,
    /// Whether the default language is named, and is not merely the usual one.
    pub names_language: bool,
    pub timezone: TimeZone,
    pub timezone_name: String,
    pub theme: At<String>,
    pub settings: Named<At<Free>>,
    pub output: String,
    pub site_id: String,
    /// Whether links between pages are relative.
    pub relative_links: bool,
    pub actions: Vec<At<String>>,
    pub taxonomies: Vec<Taxonomy>,
    pub organisation: Option<Organisation>,
    pub imprint: Option<Imprint>,
    pub political_ad: Option<PoliticalAd>,
    pub sections: Named<SectionOptions>,
    pub markdown: MarkdownOptions,
    /// Each once; the first is the one that is linked to where only one is.
    pub feed_formats: Vec<FeedFormat>,
    pub feed_limit: usize,
    pub feed_content: FeedContent,
    pub events: Events,
    pub statements: StatementOptions,
    /// Redirects, headers and files for hosts.
    pub publish: Publish,
    /// Whether `updated` is taken from Git where a page says none.
    pub updated_from_git: bool,
    /// Further files that templates make.
    pub outputs: Vec<Output>,
    pub extra: Free,
    /// Where each file's part of the spans begins: the configuration's own and its overlay's.
    parts: Vec<(u32, FileRef)>,
}

impl Config {
    /// The place of a span in its file: the configuration or its overlay.
    pub fn locate(&self, span: Span) -> (FileRef, Span) {
        let part = self.parts.iter().rev().find(|(offset, _)| *offset <= span.start);
        match part {
            Some((offset, file)) => (file.clone(), Span { start: span.start - offset, end: span.end - offset }),
            None => (self.file.clone(), span),
        }
    }

    pub fn default_language(&self) -> &Language {
        &self.languages[0]
    }

    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code.eq_ignore_ascii_case(code))
    }

    pub fn taxonomy(&self, name: &str) -> Option<&Taxonomy> {
        self.taxonomies.iter().find(|taxonomy| taxonomy.name == name)
    }
}

/// Reads the configuration and what lies over it. None when there is none to read; every mistake is reported.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn load(
    world: &dyn World,
    path: &str,
    overrides: &Overrides,
    diagnostics: &mut Vec<Diagnostic>,
) -> io::Result<Option<Config>> {
    let file: FileRef = path.into();
    let Some(text) = read_text(world, &file, diagnostics)? else {
        let problem = Diagnostic::new(&codes::NO_CONFIGURATION, format!("there is no {path} here"))
            .help("run this in a site's folder, or make a new site with `handbill init NAME`");
        diagnostics.push(problem);
        return Ok(None);
    };
    let mut overlay = None;
    if let Some(name) = &overrides.environment {
        let overlay_path: FileRef = format!("{}.{name}.toml", path.trim_end_matches(".toml")).into();
        match read_text(world, &overlay_path, diagnostics)? {
            Some(text) => overlay = Some((overlay_path, text)),
            None => diagnostics.push(
                Diagnostic::new(
                    &codes::NO_CONFIGURATION,
                    format!("there is no {overlay_path} for --environment {name}"),
                )
                .help("make the file, or leave --environment out"),
            ),
        }
    }
    if !diagnostics.is_empty() {
        return Ok(None);
    }
    Ok(Some(resolve_texts(&file, &text, overlay.as_ref(), overrides, diagnostics)))
}

fn read_text(world: &dyn World, file: &FileRef, diagnostics: &mut Vec<Diagnostic>) -> io::Result<Option<String>> {
    if !world.exists(file) {
        return Ok(None);
    }
    match String::from_utf8(world.read(file)?) {
        Ok(text) => Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
        Err(error) => {
            diagnostics.push(not_utf8(file, error.as_bytes()));
            Ok(Some(String::new()))
        }
    }
}

fn resolve_texts(
    file: &FileRef,
    text: &str,
    overlay: Option<&(FileRef, String)>,
    overrides: &Overrides,
    diagnostics: &mut Vec<Diagnostic>,
) -> Config {
    let mut cx = Context::new(file, diagnostics);
    let mut parts = vec![(0, file.clone())];
    let mut table = parse(text, 0, &mut cx);
    if let Some((overlay_file, overlay_text)) = overlay {
        let offset = text.len() as u32 + 1;
        cx.add_part(offset, overlay_file);
        parts.push((offset, overlay_file.clone()));
        table.overlay(parse(overlay_text, offset, &mut cx));
    }
    let given = overrides.base_url.as_deref();
    if let Some(url) = given.filter(|url| BaseUrl::parse(url).is_none()) {
        cx.diagnostics.push(
            Diagnostic::new(&codes::BAD_VALUE, format!("\"{url}\" is not a web address"))
                .help("it was given by --base-url or HANDBILL_BASE_URL; write it as https://example.org/"),
        );
    }
    if let Some(url) = given.filter(|_| table.get("base_url").is_none()) {
        // What is given in another way is not missing.
        let node = Node { span: Span::default(), value: Value::String(url.to_owned().into()) };
        table.entries.push((Key { name: "base_url".into(), span: Span::default() }, node));
    }
    let mut reader = TableReader::new(&table, Span::default());
    let mut raw = RawConfig::read(&mut reader, &mut cx);
    reader.finish(&[RawConfig::KEYS], &mut cx);
    // Ids come from the configured address: a preview at another one is the same site.
    let own_host = BaseUrl::parse(&raw.base_url.value).map(|url| url.host().to_owned());
    raw.site_id = raw.site_id.take().or(own_host);
    if let Some(base_url) = given.filter(|url| BaseUrl::parse(url).is_some()) {
        base_url.clone_into(&mut raw.base_url.value);
    }
    resolve(raw, file, parts, overrides.one_host || given.is_some(), &mut cx)
}

fn resolve(
    mut raw: RawConfig,
    file: &FileRef,
    parts: Vec<(u32, FileRef)>,
    one_host: bool,
    cx: &mut Context<'_>,
) -> Config {
    let base_url = BaseUrl::parse(&raw.base_url.value).unwrap_or_else(|| {
        if !raw.base_url.value.is_empty() {
            let message = format!("\"{}\" is not a web address", raw.base_url.value);
            cx.report(&codes::BAD_VALUE, raw.base_url.span, message).help =
                Some("write it with its scheme: https://example.org/".to_owned());
        }
        BaseUrl::default()
    });
    let told = |code| cx.diagnostics.iter().any(|problem| problem.code == code);
    if raw.title.trim().is_empty() && !told(&codes::MISSING_KEY) && !told(&codes::TOML_SYNTAX) {
        cx.report(&codes::BAD_VALUE, Span::default(), "the site's title is empty");
    }
    let (timezone, timezone_name) = resolve_timezone(raw.timezone.as_ref(), cx);
    let output = raw.output.take().unwrap_or(At { value: "public".to_owned(), span: Span::default() });
    if output.value.trim().is_empty() {
        cx.report(&codes::BAD_VALUE, output.span, "the output folder has no name");
    }
    for (name, section) in &raw.sections.0 {
        if let Some(table) = section.tables.0.first() {
            let message = "tables of pages are not named in the configuration";
            cx.report(&codes::UNKNOWN_KEY, table.0.file.span, message).help =
                Some(format!("write this line into content/{}/_index.md", name.value));
        }
    }
    let names_language = raw.language.is_some();
    let languages = languages::resolve(&mut raw, one_host, cx);
    let publish = publish::resolve(&mut raw, &base_url, cx);
    let site_id = raw.site_id.take().unwrap_or_else(|| base_url.host().to_owned());
    let taxonomies = resolve_taxonomies(raw.taxonomies, cx);
    for (name, _) in languages.iter().flat_map(|language| &language.taxonomies.0) {
        let known: Vec<&str> = taxonomies.iter().map(|taxonomy| taxonomy.name.as_str()).collect();
        if !known.contains(&name.value.as_str()) {
            let key = Key { name: name.value.as_str().into(), span: name.span };
            crate::decode::unknown_key(&key, &known, cx);
        }
    }
    Config {
        file: file.clone(),
        languages,
        names_language,
        timezone,
        timezone_name,
        theme: raw.theme.unwrap_or(At { value: "default".to_owned(), span: Span::default() }),
        settings: raw.settings,
        output: output.value,
        site_id,
        actions: raw.actions,
        taxonomies,
        imprint: imprint::resolve(raw.imprint.as_ref(), cx),
        political_ad: raw.political_ad,
        organisation: raw.organisation,
        sections: raw.sections,
        feed_formats: feed_formats(raw.feeds.formats),
        feed_limit: raw.feeds.limit.unwrap_or(20) as usize,
        feed_content: raw.feeds.content,
        events: Events::new(&raw.events),
        statements: raw.statements,
        markdown: raw.markdown,
        publish,
        updated_from_git: raw.updated_from_git,
        outputs: outputs::resolve(raw.outputs, cx),
        extra: raw.extra,
        relative_links: raw.relative_links,
        base_url,
        parts,
    }
}

fn feed_formats(written: Option<OneOrMany<FeedFormat>>) -> Vec<FeedFormat> {
    let mut formats = Vec::new();
    for format in written.map_or_else(|| vec![FeedFormat::Atom], |written| written.0) {
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    formats
}

fn resolve_timezone(written: Option<&At<String>>, cx: &mut Context<'_>) -> (TimeZone, String) {
    let Some(written) = written else {
        return (TimeZone::UTC, "UTC".to_owned());
    };
    let zones = TimeZoneDatabase::bundled();
    match zones.get(&written.value) {
        Ok(zone) => (zone, written.value.clone()),
        Err(_) => {
            report_unknown_zone(written, cx);
            (TimeZone::UTC, "UTC".to_owned())
        }
    }
}

/// Reports a time zone that does not exist.
pub fn report_unknown_zone(written: &At<String>, cx: &mut Context<'_>) {
    let help = match Zones::new().nearest(&written.value) {
        Some(meant) => format!("did you mean \"{meant}\"?"),
        None => "write the zone of a city, such as Europe/Paris".to_owned(),
    };
    let message = format!("there is no time zone \"{}\"", written.value);
    cx.report(&codes::BAD_VALUE, written.span, message).help = Some(help);
}

fn resolve_taxonomies(raw: Named<raw::RawTaxonomy>, cx: &mut Context<'_>) -> Vec<Taxonomy> {
    let mut taxonomies: Vec<Taxonomy> = Vec::new();
    for (key, own) in raw.0 {
        if !key.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-') {
            let message = format!("\"{}\" cannot name a taxonomy", key.value);
            cx.report(&codes::BAD_VALUE, key.span, message).help =
                Some("use small letters a-z, digits, - and _".to_owned());
        }
        taxonomies.push(Taxonomy {
            title: own.title.unwrap_or_else(|| capitalised(&key.value)),
            paginate: own.paginate.unwrap_or(20),
            feed: own.feed.unwrap_or(true),
            name: key.value,
        });
    }
    if !taxonomies.iter().any(|taxonomy| taxonomy.name == "tags") {
        taxonomies.push(Taxonomy { name: "tags".to_owned(), title: "Tags".to_owned(), paginate: 20, feed: true });
    }
    taxonomies
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
