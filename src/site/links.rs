//! Links in texts: what each leads to, and which lead nowhere.

use super::visibility::{Hidden, HiddenFiles};
use super::{Job, LanguageId, Page, PageId};
use crate::config::{Config, Url, scheme};
use crate::content::{Document, FOLDER, Kind};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::markdown::{AddressRole, Arg, ArgValue, Body, Fragment, HoleKind};
use crate::output::decode_path;
use crate::source::{FileRef, Span};
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// What the holes of a page's texts are filled with: an address for each hole that names a place, in the order of the
/// text, those inside components among them.
#[derive(Debug, Clone, Default)]
pub struct PageLinks {
    pub body: Vec<Box<str>>,
    pub summary: Vec<Box<str>>,
    pub comments: Vec<Vec<Box<str>>>,
    /// The address of the page's own picture.
    pub image: Option<Box<str>>,
    /// Pages that the texts link to, each once, by number.
    pub targets: Vec<PageId>,
    /// What is wrong with the links.
    pub mistakes: Box<[Diagnostic]>,
}

/// What a path of the content leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Page(PageId),
    Hidden(Hidden),
    Nothing,
}

/// Every content file, by its path below `content/`.
#[derive(Debug)]
pub struct Targets {
    by_file: HashMap<Below, PageId>,
    /// The first of the pages of a stem, and how many versions there are: they stand together.
    by_stem: HashMap<Stem, (PageId, u8)>,
    /// The language of each page.
    languages: Vec<LanguageId>,
    hidden: HashMap<String, (Hidden, Arc<Document>)>,
    /// Pages by the path of their address without the base path: made when the first link asks.
    by_url: OnceLock<HashMap<String, PageId>>,
    /// The languages' tags.
    codes: Vec<String>,
}

/// A content file, known by its path below `content/`.
#[derive(Debug)]
struct Below(FileRef);

/// A document, known by its stem.
#[derive(Debug)]
struct Stem(Arc<Document>);

/// The path of a content file below `content/`.
fn below(file: &str) -> &str {
    file.strip_prefix(FOLDER).map_or(file, |rest| rest.trim_start_matches('/'))
}

impl Borrow<str> for Below {
    fn borrow(&self) -> &str {
        below(&self.0)
    }
}

impl Borrow<str> for Stem {
    fn borrow(&self) -> &str {
        &self.0.path.stem
    }
}

impl Hash for Below {
    fn hash<H: Hasher>(&self, state: &mut H) {
        below(&self.0).hash(state);
    }
}

impl Hash for Stem {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.path.stem.hash(state);
    }
}

impl PartialEq for Below {
    fn eq(&self, other: &Self) -> bool {
        below(&self.0) == below(&other.0)
    }
}

impl PartialEq for Stem {
    fn eq(&self, other: &Self) -> bool {
        self.0.path.stem == other.0.path.stem
    }
}

impl Eq for Below {}

impl Eq for Stem {}

impl Targets {
    pub fn new(pages: &[Page], hidden: &HiddenFiles, config: &Config) -> Self {
        let files = || {
            let numbered = pages.iter().enumerate();
            // A file is known as its own page, not as those that stand in for its versions.
            let own = numbered.filter(|(_, page)| !page.is_fallback);
            own.map(|(at, page)| (Below(page.document.own_path().clone()), PageId(at as u32))).collect()
        };
        let stems = || {
            let mut stems = HashMap::with_capacity(pages.len());
            let mut first = 0;
            for versions in pages.chunk_by(|a, b| a.document.path.stem == b.document.path.stem) {
                let count = u8::try_from(versions.len()).unwrap_or(u8::MAX);
                stems.insert(Stem(Arc::clone(&versions[0].document)), (PageId(first), count));
                first += versions.len() as u32;
            }
            stems
        };
        let (by_file, by_stem) = rayon::join(files, stems);
        Self {
            by_file,
            by_stem,
            languages: pages.iter().map(|page| page.language).collect(),
            hidden: hidden.iter().map(|(file, found)| (below(file).to_owned(), found.clone())).collect(),
            by_url: OnceLock::new(),
            codes: config.languages.iter().map(|language| language.code.clone()).collect(),
        }
    }

    /// The page of a stem in a language.
    fn version(&self, stem: &str, language: LanguageId) -> Option<PageId> {
        let (first, count) = self.by_stem.get(stem)?;
        let mut versions = (first.0..first.0 + u32::from(*count)).map(PageId);
        // Two files that differ in nothing but the case of their ending: the last one counts.
        versions.rfind(|id| self.languages.get(id.0 as usize) == Some(&language))
    }

    /// The page of a content path, in the language given where that version exists.
    pub fn find(&self, path: &str, language: LanguageId) -> Option<PageId> {
        let path = path.trim_start_matches("@/").trim_start_matches('/');
        let version = path.strip_suffix(".md").and_then(|stem| self.version(stem, language));
        version.or_else(|| self.by_file.get(path).copied()).or_else(|| self.exact(path))
    }

    /// The version of a page in the language that its path names: `about.en.md` is the default language's, whose file is
    /// `about.md`.
    fn exact(&self, path: &str) -> Option<PageId> {
        let (stem, code) = path.strip_suffix(".md")?.rsplit_once('.')?;
        let language = self.codes.iter().position(|known| known.eq_ignore_ascii_case(code))?;
        self.version(stem, LanguageId(language as u8))
    }

    /// What a path written in a page's front matter or text leads to: `@/groups/leeds.md`, or relative to the page's
    /// own folder. A path without a language leads to the page's own language where that version exists.
    pub fn resolve(&self, written: &str, from: &Page) -> Found {
        let path = content_path(written, from.document.path.folder()).unwrap_or_default();
        if let Some(id) = self.find(&path, from.language) {
            return Found::Page(id);
        }
        // From a language's own folder into another one's.
        let folder = from.document.file_folder();
        if folder != from.document.path.folder()
            && let Some(path) = content_path(written, folder)
            && let Some(id) = self.by_file.get(path.as_str()).copied().or_else(|| self.find(&path, from.language))
        {
            return Found::Page(id);
        }
        match self.hidden.get(&path) {
            Some((reason, _)) => Found::Hidden(*reason),
            None => Found::Nothing,
        }
    }

    /// The documents that are not published, by file.
    pub fn hidden(&self) -> Vec<(Hidden, &Document)> {
        let mut found: Vec<_> = self.hidden.values().map(|(reason, document)| (*reason, &**document)).collect();
        found.sort_by(|(_, a), (_, b)| a.own_path().cmp(b.own_path()));
        found
    }

    /// Why a document with this short name is not published, if there is one.
    pub fn hidden_named(&self, kind: Kind, name: &str) -> Option<Hidden> {
        let mut found: Vec<Hidden> = self
            .hidden
            .values()
            .filter(|(_, document)| document.path.own_name() == name)
            .filter(|(reason, document)| *reason == Hidden::Broken || document.details.kind() == kind)
            .map(|(reason, _)| *reason)
            .collect();
        found.sort_unstable_by_key(|reason| reason_in_words(*reason));
        found.first().copied()
    }

    /// The mistake of a path that leads to no page.
    pub fn missing(&self, written: &str, found: &Found, file: &FileRef, span: Span) -> Diagnostic {
        let problem = match found {
            Found::Hidden(reason) => Diagnostic::new(
                &codes::HIDDEN_TARGET,
                format!("\"{written}\" exists, but {}", reason_in_words(*reason)),
            )
            .help("remove the link until the page is published, or publish the page"),
            _ => {
                let wanted = written.split(['#', '?']).next().unwrap_or(written);
                let own_name = wanted.rsplit('/').next().unwrap_or(wanted);
                let help = self.nearest(own_name).map_or_else(
                    || {
                        "write the path of a file in content/, such as @/groups/leeds.md, or one beside this page"
                            .to_owned()
                    },
                    |near| format!("did you mean \"@/{near}\"?"),
                );
                Diagnostic::new(&codes::MISSING_PAGE, format!("there is no page \"{wanted}\"")).help(help)
            }
        };
        problem.at(file, span)
    }

    /// The file whose name is most like the one written.
    fn nearest(&self, name: &str) -> Option<&str> {
        let mut files: Vec<&str> = self.by_file.keys().map(Borrow::borrow).collect();
        files.sort_unstable();
        let own_name = |file: &&str| file.rsplit('/').next().unwrap_or(file).to_owned();
        if let Some(same) = files.iter().find(|file| own_name(file) == name) {
            return Some(same);
        }
        let names: Vec<String> = files.iter().map(own_name).collect();
        let meant = did_you_mean(name, names.iter().map(String::as_str))?;
        files.iter().find(|file| own_name(file) == meant).copied()
    }
}

/// The rest of a sentence that begins with a page.
pub fn reason_in_words(reason: Hidden) -> &'static str {
    match reason {
        Hidden::Draft => "it is a draft",
        Hidden::Embargoed => "it is not published yet",
        Hidden::Expired => "it has expired",
        Hidden::Broken => "it has mistakes",
    }
}

/// The path below `content/` that a written path means; none when it leaves the content.
pub fn content_path(written: &str, folder: &str) -> Option<String> {
    let (mut parts, rest): (Vec<&str>, &str) = match written.strip_prefix("@/") {
        Some(rest) => (Vec::new(), rest),
        None => (folder.split('/').filter(|part| !part.is_empty()).collect(), written),
    };
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// What links are checked against.
pub struct Known<'s> {
    pub targets: &'s Targets,
    /// Everything that will be written, sorted by path.
    pub jobs: &'s [Job],
    /// Addresses of the content's files, by their paths there.
    pub content_files: &'s HashMap<String, String>,
    pub pages: &'s [Arc<Page>],
    pub config: &'s Config,
}

impl<'s> Known<'s> {
    fn by_url(&self) -> &'s HashMap<String, PageId> {
        self.targets.by_url.get_or_init(|| {
            let numbered = self.pages.iter().enumerate();
            numbered.map(|(at, page)| (page.route.below(self.config).to_owned(), PageId(at as u32))).collect()
        })
    }

    /// Whether something stands at a path below the site's root.
    fn stands_at(&self, path: &str) -> bool {
        let path = path.trim_start_matches('/');
        let is_there = |output: &str| self.jobs.binary_search_by(|job| job.output.as_str().cmp(output)).is_ok();
        let folder = path.trim_end_matches('/');
        let page = if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") };
        (!path.is_empty() && is_there(path)) || is_there(&page)
    }
}

/// Resolves every link of a page's texts.
pub fn resolve(page: &Page, known: &Known<'_>) -> PageLinks {
    let mut resolver = Resolver { page, known, targets: Vec::new(), mistakes: Vec::new() };
    let body = resolver.fill(&page.document.body);
    let summary = page.document.summary.as_ref().map(|summary| resolver.fill(summary)).unwrap_or_default();
    let comments = page.document.comments.iter().map(|comment| resolver.fill(comment)).collect();
    // A source that is missing has been reported.
    let image = page.document.common.image.as_ref().filter(|image| image.src.span != Span::default());
    let image = image.map(|image| resolver.file(&image.src.value, image.src.span));
    let Resolver { mut targets, mistakes, .. } = resolver;
    targets.sort_unstable();
    targets.dedup();
    PageLinks { body, summary, comments, image, targets, mistakes: mistakes.into() }
}

/// The mistake of an address that begins with one slash and leads nowhere.
pub fn check_rooted(address: &str, known: &Known<'_>) -> Option<Diagnostic> {
    let path = address.split(['#', '?']).next().unwrap_or(address);
    if !path.starts_with('/') || path.starts_with("//") || known.stands_at(&decode_path(path)) {
        return None;
    }
    Some(
        Diagnostic::new(&codes::UNKNOWN_ADDRESS, format!("nothing of this site stands at \"{path}\""))
            .help("name the content file, such as @/groups/leeds.md, so that the link is checked"),
    )
}

/// A text that stands in no document, such as one of the configuration, with what its holes are filled with.
#[derive(Debug)]
pub struct LinkedText {
    pub body: Body,
    pub links: Vec<Box<str>>,
}

/// Parses a short text and resolves its links as if it stood on `page`. The places of mistakes are those in the text.
pub fn resolve_text(text: &str, page: &Page, known: &Known<'_>) -> (LinkedText, Vec<Diagnostic>) {
    let options = crate::content::markdown_options(known.config, &page.document.path.language);
    let mut mistakes = Vec::new();
    let body = crate::markdown::parse(text, 0, &page.document.file, &options, &mut mistakes);
    let mut resolver = Resolver { page, known, targets: Vec::new(), mistakes };
    let links = resolver.fill(&body);
    (LinkedText { body, links }, resolver.mistakes)
}

/// Mistakes in the links of documents whose front matter has mistakes: they are not published, but their editors want
/// to know everything at once.
pub fn check_broken(known: &Known<'_>) -> Vec<Diagnostic> {
    let mut broken: Vec<&Arc<Document>> = known
        .targets
        .hidden
        .values()
        .filter(|(reason, _)| *reason == Hidden::Broken)
        .map(|(_, document)| document)
        .collect();
    broken.sort_by(|a, b| a.own_path().cmp(b.own_path()));
    let mistakes = |document| resolve(&Page::unpublished(document, known.config), known).mistakes;
    broken.into_iter().flat_map(mistakes).collect()
}

struct Resolver<'s> {
    page: &'s Page,
    known: &'s Known<'s>,
    targets: Vec<PageId>,
    mistakes: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn fill(&mut self, body: &Body) -> Vec<Box<str>> {
        let mut filled = Vec::new();
        self.fill_fragment(&body.content, &mut filled);
        filled
    }

    fn fill_fragment(&mut self, fragment: &Fragment, filled: &mut Vec<Box<str>>) {
        for hole in &fragment.holes {
            match &hole.kind {
                HoleKind::Link { dest } => filled.push(self.link(dest, hole.span)),
                HoleKind::Source { dest } => filled.push(self.file(dest, hole.span)),
                HoleKind::Image(image) => filled.push(self.file(&image.dest, hole.span)),
                HoleKind::Component(component) => {
                    for arg in component.addresses() {
                        filled.push(self.component_address(arg));
                    }
                    if let Some(body) = &component.body {
                        self.fill_fragment(body, filled);
                    }
                }
                HoleKind::Label(_) | HoleKind::FootnoteReference(_) => {}
            }
        }
    }

    /// The address that an argument of a component means.
    fn component_address(&mut self, arg: &Arg) -> Box<str> {
        let ArgValue::String(dest) = &arg.value else { return Box::default() };
        if dest.is_empty() {
            return Box::default();
        }
        if scheme(dest).is_none() && !dest.starts_with("//") {
            return match arg.role() {
                Some(AddressRole::Link) => self.link(dest, arg.value_span),
                _ => self.file(dest, arg.value_span),
            };
        }
        if Url::parse(dest).is_none() {
            self.mistakes.push(
                Diagnostic::new(&codes::BAD_VALUE, format!("\"{dest}\" is not an address that can be used"))
                    .at(&self.page.document.file, arg.value_span)
                    .help("write a whole address such as https://example.org/page, without spaces"),
            );
        }
        dest.clone()
    }

    /// The address that a link without a scheme means.
    fn link(&mut self, dest: &str, span: Span) -> Box<str> {
        let (path, tail) = dest.split_at(dest.find(['#', '?']).unwrap_or(dest.len()));
        let decoded = decode_path(path);
        if path.is_empty() {
            self.check_anchor(self.page, tail, dest, span);
            return dest.into();
        }
        if path.starts_with('/') {
            return self.rooted(&decoded, path, tail, span);
        }
        let is_page = decoded.ends_with(".md") || decoded.ends_with(".MD");
        if !is_page && !decoded.starts_with("@/") {
            return self.beside(&decoded, path, tail, span);
        }
        match self.known.targets.resolve(&decoded, self.page) {
            Found::Page(id) => {
                let target = &self.known.pages[id.0 as usize];
                self.targets.push(id);
                self.check_anchor(target, tail, dest, span);
                if tail.is_empty() {
                    target.route.url.as_str().into()
                } else {
                    format!("{}{tail}", target.route.url).into()
                }
            }
            // What is wrong with that page has been told; once it is right, so is the link.
            Found::Hidden(Hidden::Broken) => dest.into(),
            found => {
                if let Some(file) = self.content_file(&decoded) {
                    return format!("{file}{tail}").into();
                }
                self.mistakes.push(self.known.targets.missing(&decoded, &found, &self.page.document.file, span));
                dest.into()
            }
        }
    }

    /// A path from the site's root: a page, or a file.
    fn rooted(&mut self, decoded: &str, path: &str, tail: &str, span: Span) -> Box<str> {
        let base = &self.known.config.base_url.path;
        let by_url = self.known.by_url();
        let with_slash = format!("{}/", decoded.trim_end_matches('/'));
        if let Some(id) = by_url.get(decoded).or_else(|| by_url.get(&with_slash)) {
            let target = &self.known.pages[id.0 as usize];
            self.targets.push(*id);
            self.check_anchor(target, tail, decoded, span);
            return format!("{}{tail}", target.route.url).into();
        }
        self.mistakes
            .extend(check_rooted(decoded, self.known).map(|mistake| mistake.at(&self.page.document.file, span)));
        format!("{base}{path}{tail}").into()
    }

    /// A file, or a folder, beside the page.
    fn beside(&mut self, decoded: &str, path: &str, tail: &str, span: Span) -> Box<str> {
        if let Some(file) = self.content_file(decoded) {
            return format!("{file}{tail}").into();
        }
        // An address relative to the page's own: `../leeds/`.
        let own = self.page.route.below(self.known.config);
        let folder = own.trim_start_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(joined) = content_path(decoded, folder) {
            let url = format!("/{joined}/");
            if let Some(id) = self.known.by_url().get(&url) {
                let target = &self.known.pages[id.0 as usize];
                self.targets.push(*id);
                return format!("{}{tail}", target.route.url).into();
            }
        }
        self.mistakes.push(self.no_file(decoded, span));
        path.into()
    }

    /// The address of a file that a picture or the like names.
    fn file(&mut self, dest: &str, span: Span) -> Box<str> {
        if scheme(dest).is_some() || dest.starts_with("//") {
            return dest.into();
        }
        let (path, tail) = dest.split_at(dest.find(['#', '?']).unwrap_or(dest.len()));
        let decoded = decode_path(path);
        if decoded.starts_with('/') {
            if !self.known.stands_at(&decoded) {
                self.mistakes.push(self.no_file(&decoded, span));
            }
            return format!("{}{path}{tail}", self.known.config.base_url.path).into();
        }
        if let Some(file) = self.content_file(&decoded) {
            return format!("{file}{tail}").into();
        }
        self.mistakes.push(self.no_file(&decoded, span));
        dest.into()
    }

    /// The address of a file in the content, if it is published.
    fn content_file(&self, written: &str) -> Option<String> {
        let path = content_path(written, self.page.document.path.folder());
        let known = |path: &str| self.known.content_files.get(path);
        // Versions share their files, which lie in the folder of one of the languages.
        let languages = &self.known.config.languages;
        let own = languages.get(usize::from(self.page.language.0));
        let folders = own.into_iter().chain(languages.first()).filter_map(|language| language.folder.as_deref());
        let in_folders = || folders.filter_map(|folder| known(&format!("{folder}/{}", path.as_ref()?))).next();
        let beside = || known(&content_path(written, self.page.document.file_folder())?);
        let below = in_folders().or_else(|| known(path.as_ref()?)).or_else(beside)?;
        Some(format!("{}{}", self.known.config.base_url.path, crate::output::encode_path(below)))
    }

    fn no_file(&self, written: &str, span: Span) -> Diagnostic {
        if let Some((what, address)) = outside_address(written) {
            return Diagnostic::new(&codes::MISSING_FILE, format!("\"{written}\" is {what} without its beginning"))
                .at(&self.page.document.file, span)
                .help(format!("write {address}"));
        }
        let help = if written.starts_with('/') {
            "a path that begins with / means a file in static/; one beside the page is written without it".to_owned()
        } else {
            "put the file beside the page, or in static/ and write its path with a / in front".to_owned()
        };
        Diagnostic::new(&codes::MISSING_FILE, format!("there is no file \"{written}\""))
            .at(&self.page.document.file, span)
            .help(help)
    }

    fn check_anchor(&mut self, target: &Page, tail: &str, dest: &str, span: Span) {
        let Some((_, fragment)) = tail.split_once('#') else { return };
        let fragment = decode_path(fragment);
        if fragment.is_empty() || &*fragment == "top" || fragment.starts_with(":~:") {
            return;
        }
        if target.document.body.has_anchor(&fragment) {
            return;
        }
        let ids: Vec<&str> = target.document.body.headings.iter().map(|heading| &*heading.id).collect();
        let help = match did_you_mean(&fragment, ids.iter().copied()) {
            Some(meant) => format!("did you mean \"#{meant}\"?"),
            None if ids.is_empty() => "that page has no headings to link to".to_owned(),
            None => {
                format!("its headings are: {}", ids.iter().map(|id| format!("#{id}")).collect::<Vec<_>>().join(", "))
            }
        };
        let mut mistake = Diagnostic::new(
            &codes::MISSING_ANCHOR,
            format!(
                "\"{}\" has no place named \"#{fragment}\"",
                dest.split('#').next().filter(|path| !path.is_empty()).unwrap_or("this page")
            ),
        )
        .at(&self.page.document.file, span)
        .help(help);
        if !Arc::ptr_eq(&target.document, &self.page.document) {
            mistake = match &target.document.row {
                Some(row) => {
                    let title = target.document.common.title.span;
                    mistake.other(&target.document.file, title, format!("the link leads to row {}", row.number))
                }
                None => mistake.other(&target.document.file, Span::default(), "the link leads here"),
            };
        }
        self.mistakes.push(mistake);
    }
}

/// What a web or mail address written without its scheme is, and the whole address.
fn outside_address(written: &str) -> Option<(&'static str, String)> {
    if written.len() > 4 && written.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) {
        return Some(("a web address", format!("https://{written}")));
    }
    let (name, host) = written.split_once('@')?;
    let is_mail = !name.is_empty() && host.contains('.') && !written.contains(['/', ' ']);
    is_mail.then(|| ("a mail address", format!("mailto:{written}")))
}
