use super::{Comment, Common, Details, Kind, Signatory, foreign, front_matter, signatories};
use crate::config::{Config, Language, SectionOptions};
use crate::decode::{At, Context, Key, Moment, Node, Record, Table, TableReader, parse as parse_toml};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::markdown::{self, Body};
use crate::source::{FileRef, Span, World};

/// The folder of the content.
pub const FOLDER: &str = "content";

/// What a content file's path says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilePath {
    /// The path below `content/` without language and ending: `groups/leeds`, `groups/_index`,
    /// `statements/founding/index`. Translations of one page share it.
    pub stem: String,
    pub language: String,
}

impl FilePath {
    /// The last part of the stem.
    pub fn name(&self) -> &str {
        self.stem.rsplit('/').next().unwrap_or(&self.stem)
    }

    /// A folder's own page.
    pub fn is_section(&self) -> bool {
        self.stem.strip_suffix("_index").is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
    }

    /// A page whose folder's other files travel with it.
    pub fn is_bundle(&self) -> bool {
        self.stem.ends_with("/index")
    }

    /// The folder that the file lies in, below `content/`; empty at the top.
    pub fn folder(&self) -> &str {
        self.stem.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What names the page: `leeds` for `groups/leeds` and for `groups/leeds/index`.
    pub fn own_name(&self) -> &str {
        let path = if self.is_bundle() || self.is_section() { self.folder() } else { &self.stem };
        path.rsplit('/').next().unwrap_or(path)
    }
}

/// Which row of a table a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The file that it stands for, such as `content/groups/leeds.md`.
    pub stands_for: FileRef,
    /// As a spreadsheet counts, from one; in TOML the number of the entry.
    pub number: u32,
}

/// One content file, as authored, or one row of a table of pages.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file that it is written in: of a row that of the whole table.
    pub file: FileRef,
    pub row: Option<Box<Row>>,
    pub path: FilePath,
    pub common: Common,
    pub details: Details,
    /// The terms of each taxonomy, in the configuration's order of taxonomies.
    pub terms: Vec<Vec<At<String>>>,
    /// Those who signed and may be named.
    pub signatories: Vec<Signatory>,
    /// The names of those who took theirs back, as [`same_name`] writes them.
    pub withdrawn: Vec<String>,
    pub body: Body,
    /// The authored summary, rendered.
    pub summary: Option<Box<Body>>,
    /// The text of each archived comment, rendered.
    pub comments: Vec<Body>,
    /// Where the front matter stands.
    pub front_matter: Span,
    /// The byte of the file at which the text begins: what stands before it says all that is not text.
    pub text_at: u32,
    /// Its front matter could not be read: its mistakes are reported, and nothing more is to be said of it.
    pub broken: bool,
}

impl Document {
    /// The path by which links name it: of a row that of the file it stands for.
    pub fn own_path(&self) -> &FileRef {
        self.row.as_ref().map_or(&self.file, |row| &row.stands_for)
    }

    /// Where it is written, in words: the file, and which row of it.
    pub fn written_in(&self) -> String {
        match &self.row {
            Some(row) => format!("{}, row {}", self.file, row.number),
            None => self.file.to_string(),
        }
    }

    /// The moment until which it is held back.
    pub fn publish_from(&self) -> Option<Moment> {
        match &self.details {
            // Where both are given, the later one holds.
            Details::Post(post) => [self.common.publish_from, post.embargo]
                .into_iter()
                .flatten()
                .max_by_key(|moment| moment.timestamp(&jiff::tz::TimeZone::UTC)),
            _ => self.common.publish_from,
        }
    }

    /// The folder that its file lies in, below `content/`; with languages in folders of their own another one than
    /// [`FilePath::folder`] says.
    pub fn file_folder(&self) -> &str {
        let below = self.file.strip_prefix(FOLDER).map_or(&*self.file, |rest| rest.trim_start_matches('/'));
        below.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The file that a path relative to this file's folder names; none when it leaves the folder.
    pub fn beside(&self, name: &str) -> Option<String> {
        let mut path = self.file.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned());
        for part in name.split('/') {
            match part {
                "" | "." => {}
                ".." => return None,
                part => {
                    path.push('/');
                    path.push_str(part);
                }
            }
        }
        Some(path)
    }
}

/// Parses one content file. Total: a document is always made, and every mistake in it reported.
pub fn parse(
    file: &FileRef,
    bytes: &[u8],
    world: &dyn World,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Document {
    let path = file_path(file, config, diagnostics);
    let mut document = empty_document(file, path);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => {
            diagnostics.push(crate::decode::not_utf8(file, bytes));
            return document;
        }
    };
    let Some(parts) = front_matter::split(text, file, diagnostics) else {
        return document;
    };
    document.front_matter = Span::new(parts.front_matter_at as usize, parts.front_matter_at as usize);
    document.text_at = parts.body_at;
    let known_before = diagnostics.len();
    let mut cx = Context::new(file, diagnostics);
    cx.set_outermost_keys(is_page_key);
    let table = parse_toml(parts.front_matter, parts.front_matter_at, &mut cx);
    let syntax_broken = cx.diagnostics.len() > known_before;
    read_front_matter(&mut document, &table, syntax_broken, config, &mut cx);
    check_replies(&document.common.comments, &mut cx);
    if document.path.stem == "index" && document.common.path.is_none() && document.common.slug.is_none() {
        let message = "this would stand at /index/; the home page is content/_index.md";
        cx.report(&codes::BAD_PATH, document.common.title.span, message).help =
            Some("rename the file to _index.md".to_owned());
    }
    if config.updated_from_git && document.common.updated.is_none() {
        let changed = world.history().and_then(|history| history.changed(file));
        document.common.updated = changed.map(|at| At { value: Moment::Instant(at), span: Span::default() });
    }
    document.broken = diagnostics[known_before..].iter().any(Diagnostic::is_error);
    signatories::keep(&mut document, config, world, diagnostics);
    let options = markdown_options(config, &document.path.language);
    document.body = markdown::parse(parts.body, parts.body_at, file, &options, diagnostics);
    parse_values(&mut document, text, config, diagnostics);
    signatories::check_text(&document, diagnostics);
    document
}

/// Makes a document of a row of a table, whose cells are its front matter. Its body is for the caller to add.
pub(super) fn of_row(
    file: &FileRef,
    path: FilePath,
    (row, at): (Row, Span),
    table: &Table<'_>,
    config: &Config,
    cx: &mut Context<'_>,
) -> Document {
    let mut document = empty_document(file, path);
    document.row = Some(Box::new(row));
    document.front_matter = at;
    let before = cx.diagnostics.len();
    read_front_matter(&mut document, table, false, config, cx);
    check_replies(&document.common.comments, cx);
    document.broken = cx.diagnostics[before..].iter().any(Diagnostic::is_error);
    document
}

/// Whether a page of some kind has this key.
pub(super) fn is_page_key(name: &str) -> bool {
    let kinds = Kind::AUTHORED.iter().chain([&Kind::Section]).flat_map(|kind| kind.keys());
    Common::KEYS.iter().chain(kinds).any(|field| field.name == name)
}

fn empty_document(file: &FileRef, path: FilePath) -> Document {
    Document {
        file: file.clone(),
        row: None,
        path,
        common: Common::default(),
        details: Details::Page,
        terms: Vec::new(),
        signatories: Vec::new(),
        withdrawn: Vec::new(),
        body: Body::default(),
        summary: None,
        comments: Vec::new(),
        front_matter: Span::default(),
        text_at: 0,
        broken: true,
    }
}

/// The stem and language of a path such as `content/groups/leeds.cy.md`.
fn file_path(file: &FileRef, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> FilePath {
    let relative = file.strip_prefix(FOLDER).map_or(&**file, |rest| rest.trim_start_matches('/'));
    let without_ending = relative.strip_suffix(".md").or_else(|| relative.strip_suffix(".MD")).unwrap_or(relative);
    let (language, without_ending) = of_folder(without_ending, config);
    let default = language.code.clone();
    let (folder, name) = without_ending.rsplit_once('/').map_or(("", without_ending), |(folder, name)| (folder, name));
    if let Some((base, suffix)) = name.rsplit_once('.') {
        let stem = if folder.is_empty() { base.to_owned() } else { format!("{folder}/{base}") };
        if let Some(language) = config.language(suffix) {
            return FilePath { stem, language: language.code.clone() };
        }
        if !base.is_empty() && looks_like_language(suffix) {
            let listed: Vec<&str> = config.languages.iter().map(|language| language.code.as_str()).collect();
            diagnostics.push(
                Diagnostic::new(&codes::UNKNOWN_LANGUAGE, format!("the language \"{suffix}\" is not set up"))
                    .in_file(file)
                    .help(format!(
                        "the site's languages are {}; add `[languages.{suffix}]` to {}, or rename the file",
                        listed.join(", "),
                        config.file
                    )),
            );
            return FilePath { stem, language: default };
        }
    }
    FilePath { stem: without_ending.to_owned(), language: default }
}

/// The language whose folder a file lies in, and its path there; the default language for what lies in none.
fn of_folder<'p, 'c>(path: &'p str, config: &'c Config) -> (&'c Language, &'p str) {
    let within = |language: &Language| path.strip_prefix(language.folder.as_deref()?)?.strip_prefix('/');
    // Of a folder in another one's, the inner one holds.
    let found = config.languages.iter().filter_map(|language| Some((language, within(language)?)));
    found.min_by_key(|(_, rest)| rest.len()).unwrap_or((config.default_language(), path))
}

/// Two letters, or two letters and a region: `cy`, `pt-BR`.
fn looks_like_language(suffix: &str) -> bool {
    let (language, region) = suffix.split_once('-').map_or((suffix, None), |(l, r)| (l, Some(r)));
    let letters = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_alphabetic());
    letters(language, 2) && region.is_none_or(|region| letters(region, 2) || letters(region, 4))
}

fn read_front_matter(
    document: &mut Document,
    table: &Table<'_>,
    syntax_broken: bool,
    config: &Config,
    cx: &mut Context<'_>,
) {
    let mut reader = TableReader::new(table, document.front_matter);
    // After a mistake in the syntax, what is missing was probably only not understood.
    let before = cx.diagnostics.len();
    document.common = Common::read(&mut reader, cx);
    let kind = kind_of(document, cx);
    document.details = read_details(kind, &mut reader, cx);
    if kind == Kind::Event {
        explain_missing_start(document, before, cx);
    }
    document.terms = config
        .taxonomies
        .iter()
        .map(|taxonomy| match (taxonomy.name.as_str(), &document.common.series) {
            ("series", Some(series)) => [&series.name].into_iter().chain(&series.others).cloned().collect(),
            ("series", None) => Vec::new(),
            (name, _) => reader.optional::<Vec<At<String>>>(name, cx).unwrap_or_default(),
        })
        .collect();
    if syntax_broken {
        cx.diagnostics.retain({
            let mut index = 0;
            move |problem| {
                index += 1;
                index <= before || problem.code != &codes::MISSING_KEY
            }
        });
    } else if document.common.title.value.trim().is_empty() && document.common.title.span != Span::default() {
        cx.report(&codes::BAD_VALUE, document.common.title.span, "the title is empty");
    }
    report_unknown_keys(reader, kind, config, cx);
}

fn report_unknown_keys(mut reader: TableReader<'_, '_>, kind: Kind, config: &Config, cx: &mut Context<'_>) {
    let fields = Common::KEYS.iter().chain(kind.keys()).map(|field| field.name);
    let known: Vec<&str> = fields.chain(config.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str())).collect();
    for (key, node) in reader.rest() {
        if let Some(ours) = foreign::meant(&key.name, kind).filter(|ours| known.contains(ours)) {
            report_foreign_key(key, node, ours, cx);
            continue;
        }
        let elsewhere = Kind::AUTHORED
            .iter()
            .chain([&Kind::Section])
            .find(|other| other.keys().iter().any(|field| field.name == key.name));
        match elsewhere {
            Some(other) => {
                let message =
                    format!("`{}` is a key of the kind \"{}\"; this is \"{}\"", key.name, other.word(), kind.word());
                let in_table = cx.cells.is_some();
                cx.report(&codes::UNKNOWN_KEY, key.span, message).help = Some(match other.folder() {
                    Some(_) if in_table => {
                        format!("empty this cell, or write {} into a column `kind` of this row", other.word())
                    }
                    Some(folder) => {
                        format!("remove it, move the file to content/{folder}/, or add kind = \"{}\"", other.word())
                    }
                    None => "it belongs into a folder's own page, `_index.md`".to_owned(),
                });
            }
            None => crate::decode::unknown_key(key, &known, cx),
        }
    }
}

/// Reports a key that other generators have, with the line to write here.
fn report_foreign_key(key: &Key<'_>, node: &Node<'_>, ours: &str, cx: &mut Context<'_>) {
    let text = node.value.text();
    let help = match (ours, text) {
        ("start" | "end", None) => format!("write it as `{ours} = …`, with the date and the time in one"),
        _ => format!("write {}", foreign::line(ours, text)),
    };
    cx.take_back_missing(ours);
    let problem = cx.report(&codes::UNKNOWN_KEY, key.span, format!("`{}` is called `{ours}` here", key.name));
    problem.label = "not known".to_owned();
    problem.help = Some(help);
}

/// In other generators `date` is mostly when an event takes place.
fn explain_missing_start(document: &Document, before: usize, cx: &mut Context<'_>) {
    let written = match document.common.date.as_ref().map(|date| date.value) {
        Some(Moment::Date(date)) => date.to_string(),
        Some(Moment::DateTime(at)) => at.to_string(),
        Some(Moment::Instant(at)) => at.to_string(),
        None => "2026-12-01T19:00:00".to_owned(),
    };
    let date = document.common.date.as_ref().map(|date| date.span);
    let mut own = cx.diagnostics.iter_mut().skip(before);
    if let Some(problem) =
        own.find(|problem| problem.code == &codes::MISSING_KEY && problem.message == "`start` is missing")
    {
        problem.help = Some(if date.is_some() {
            format!("`date` tells when the page was published; when the event takes place is `start = {written}`")
        } else {
            format!("add when the event begins: start = {written}, or the date alone for a whole day")
        });
    }
}

/// The authored kind, or the one of the folder.
fn kind_of(document: &Document, cx: &mut Context<'_>) -> Kind {
    if document.path.is_section() {
        if let Some(written) = document.common.kind.as_ref().filter(|written| written.value != Kind::Section.word()) {
            let message = "a folder's own page, `_index.md`, can be of no other kind";
            cx.report(&codes::BAD_VALUE, written.span, message).help = Some("remove this line".to_owned());
        }
        return Kind::Section;
    }
    let top = document.path.stem.split('/').next().unwrap_or("");
    let by_folder = if document.path.stem.contains('/') { Kind::of_folder(top) } else { Kind::Page };
    let Some(written) = &document.common.kind else {
        return by_folder;
    };
    // Spreadsheets begin cells with capitals.
    let lowered = document.row.as_ref().map(|_| written.value.to_lowercase());
    let authored = Kind::from_word(lowered.as_ref().unwrap_or(&written.value)).filter(|kind| *kind != Kind::Section);
    authored.unwrap_or_else(|| {
        let words: Vec<&str> = Kind::AUTHORED.iter().map(|kind| kind.word()).collect();
        crate::decode::unknown_word(&written.value, &words, written.span, cx);
        by_folder
    })
}

fn read_details(kind: Kind, reader: &mut TableReader<'_, '_>, cx: &mut Context<'_>) -> Details {
    match kind {
        Kind::Aim => Details::Aim(Record::read(reader, cx)),
        Kind::Statement => Details::Statement(Box::new(Record::read(reader, cx))),
        Kind::Group => Details::Group(Box::new(Record::read(reader, cx))),
        Kind::Event => Details::Event(Box::new(Record::read(reader, cx))),
        Kind::Action => Details::Action(Box::new(Record::read(reader, cx))),
        Kind::Post => Details::Post(Record::read(reader, cx)),
        Kind::Page => Details::Page,
        Kind::Section => Details::Section(Box::new(SectionOptions::read(reader, cx))),
    }
}

/// A name without what differs between two ways of writing it.
pub fn same_name(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An archived comment answers one of the same page.
fn check_replies(comments: &[Comment], cx: &mut Context<'_>) {
    let ids: Vec<&str> = comments.iter().filter_map(|comment| comment.id.as_deref()).collect();
    for named in comments.iter().filter_map(|comment| comment.reply_to.as_ref()) {
        if !ids.contains(&named.value.as_str()) {
            let message = format!("no comment of this page has the id \"{}\"", named.value);
            cx.report(&codes::MISSING_REFERENCE, named.span, message).help =
                Some(match did_you_mean(&named.value, ids.iter().copied()) {
                    Some(meant) => format!("did you mean \"{meant}\"?"),
                    None => "give the comment that it answers this `id`, or remove `reply_to`".to_owned(),
                });
        }
    }
}

/// Parses the Markdown in the values of the front matter. `text` is the whole file.
pub(super) fn parse_values(document: &mut Document, text: &str, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    if document.common.summary.is_none() && document.common.comments.is_empty() {
        return;
    }
    let options = markdown_options(config, &document.path.language);
    // Values are parsed apart from their quotation marks, so a place in them is the value's own.
    let mut part = |value: &At<String>| {
        let mut found = Vec::new();
        let body = markdown::parse(&value.value, 0, &document.file, &options, &mut found);
        let exact = text.get(value.span.range()).and_then(|written| written.find(value.value.as_str()));
        for mut problem in found {
            problem.span = match (problem.span, exact) {
                (Some(span), Some(at)) => Some(span.shifted(value.span.start + at as u32)),
                _ => Some(value.span),
            };
            diagnostics.push(problem);
        }
        place_holes(body, value.span, exact)
    };
    let summary = document.common.summary.as_ref().map(&mut part).map(Box::new);
    let comments = document.common.comments.iter().map(|comment| part(&comment.text)).collect();
    document.summary = summary;
    document.comments = comments;
}

/// Gives the holes of a value's body their places in the file.
fn place_holes(mut body: Body, value: Span, exact: Option<usize>) -> Body {
    for hole in &mut body.content.holes {
        hole.span = exact.map_or(value, |at| hole.span.shifted(value.start + at as u32));
    }
    body
}

/// How Markdown of a language is read.
pub fn markdown_options<'c>(config: &'c Config, language: &'c str) -> markdown::Options<'c> {
    use crate::config::HtmlMode;
    markdown::Options {
        html: match config.markdown.html {
            HtmlMode::Sanitise => markdown::HtmlPolicy::Sanitise,
            HtmlMode::Allow => markdown::HtmlPolicy::Allow,
            HtmlMode::Forbid => markdown::HtmlPolicy::Forbid,
        },
        smart_punctuation: config.markdown.smart_punctuation.unwrap_or(true),
        heading_anchors: config.markdown.heading_anchors,
        language,
        alphabet: config.language(language).map_or(Default::default(), |language| language.alphabet),
        ..markdown::Options::default()
    }
}
