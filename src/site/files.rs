//! Files that are published as they are: those of bundles, of `static/` and of the theme.

use super::Page;
use super::visibility::HiddenFiles;
use crate::config::Config;
use crate::content::{Details, Document, FOLDER, Signatories, table_files};
use crate::diagnostic::{Diagnostic, codes};
use crate::output::OutputPath;
use crate::source::{Entry, FileRef, Span};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Where a published file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileSource {
    /// A file of the site, by its path in the world.
    Site(FileRef),
    /// A file of the theme, by its path in the theme's `static/`.
    Theme(String),
}

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicFile {
    pub source: FileSource,
    pub output: OutputPath,
}

/// All published files.
#[derive(Debug, Default)]
pub struct Files {
    pub list: Vec<PublicFile>,
    /// The path below the site's root, with a `/` before it, of each file in the content, by its path there.
    pub by_content_path: HashMap<String, String>,
}

/// Collects the files. A file of the site takes the place of the theme's with the same path.
pub fn collect(
    content_files: &[Entry],
    static_files: &[Entry],
    theme_files: &[String],
    pages: &[Page],
    hidden: &HiddenFiles,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Files {
    let mut outputs: BTreeMap<String, FileSource> = BTreeMap::new();
    let mut files = Files::default();
    for file in theme_files {
        outputs.insert(file.clone(), FileSource::Theme(file.clone()));
    }
    for entry in static_files {
        let below = entry.path.strip_prefix("static/").unwrap_or(&entry.path);
        if !is_hidden(below) {
            outputs.insert(below.to_owned(), FileSource::Site(entry.path.clone()));
        }
    }
    let owners = Owners::new(pages, hidden, config);
    for entry in content_files {
        let below = entry.path.strip_prefix(FOLDER).map_or(&*entry.path, |rest| rest.trim_start_matches('/'));
        if is_hidden(below) || names_people(below) || owners.private.contains(&*entry.path) {
            continue;
        }
        if let Some(url) = owners.place(below) {
            files.by_content_path.insert(below.to_owned(), format!("/{url}"));
            if let Some(FileSource::Site(other)) = outputs.get(&url) {
                diagnostics.push(two_files(&url, other, &entry.path));
                continue;
            }
            outputs.insert(url, FileSource::Site(entry.path.clone()));
        }
    }
    for (path, source) in outputs {
        match OutputPath::new(&path) {
            Ok(output) => files.list.push(PublicFile { source, output }),
            Err(bad) => {
                let file: FileRef = match &source {
                    FileSource::Site(file) => file.clone(),
                    FileSource::Theme(file) => file.as_str().into(),
                };
                diagnostics.push(
                    Diagnostic::new(&codes::BAD_PATH, format!("this file cannot be published: {bad}"))
                        .in_file(&file)
                        .help("rename the file"),
                );
            }
        }
    }
    files
}

fn two_files(url: &str, first: &FileRef, second: &FileRef) -> Diagnostic {
    Diagnostic::new(&codes::PATH_COLLISION, format!("two files would stand at \"/{url}\""))
        .in_file(second)
        .other(first, Span::default(), "the other file")
        .help("rename one of them")
}

/// The organisation's logo must be a published file.
pub fn check_logo(files: &Files, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let Some(logo) = config.organisation.as_ref().and_then(|organisation| organisation.logo.as_ref()) else { return };
    let path = logo.value.trim_start_matches('/');
    if !files.list.iter().any(|file| file.output.as_str() == path) {
        let (file, span) = config.locate(logo.span);
        diagnostics.push(
            Diagnostic::new(&codes::MISSING_FILE, format!("there is no file \"static/{path}\""))
                .at(&file, span)
                .help("put the logo into static/ and write its path below that folder"),
        );
    }
}

/// Editors' and systems' own files.
fn is_hidden(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let well_known = path.starts_with(".well-known/") || matches!(path, ".nojekyll" | ".htaccess" | ".domains");
    (path.split('/').any(|part| part.starts_with('.')) && !well_known)
        || name.ends_with('~')
        || [".bak", ".old", ".orig", ".rej", ".swp", ".tmp"].iter().any(|ending| name.ends_with(ending))
        || matches!(name, "Thumbs.db" | "desktop.ini")
}

/// A list of signatories by its name, even when no statement reads it any more: it tells political opinions.
fn names_people(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    name.starts_with("signator") && (name.ends_with(".csv") || name.ends_with(".tsv"))
}

/// Which bundle a file travels with.
struct Owners {
    /// The published place of each bundle, by its folder; none when no version of it is published.
    bundles: HashMap<String, String>,
    /// Files that hold names of people, and are read, not published.
    private: HashSet<String>,
    /// Folders of the content that hold a published page.
    published_folders: HashSet<String>,
    /// Bundles and sections of which no version is published: their files are not either.
    hidden_folders: HashSet<String>,
    /// The folders of languages, and where in the output these stand.
    languages: Vec<(String, String)>,
}

impl Owners {
    fn new(pages: &[Page], hidden: &HiddenFiles, config: &Config) -> Self {
        let mut owners = Self {
            bundles: HashMap::new(),
            private: HashSet::new(),
            published_folders: HashSet::new(),
            hidden_folders: HashSet::new(),
            languages: Vec::new(),
        };
        let folders = config.languages.iter().filter_map(|language| Some((language.folder.clone()?, &language.prefix)));
        owners.languages = folders.map(|(folder, prefix)| (folder, prefix.clone())).collect();
        for (_, document) in hidden.values() {
            owners.private.extend(signatories_file(document));
            owners.private.extend(table_files(document));
            if document.path.is_bundle() || document.path.is_section() {
                owners.hidden_folders.insert(document.file_folder().to_owned());
            }
        }
        let mut last = "";
        for page in pages {
            let path = &page.document.path;
            if path.is_bundle() || path.is_section() {
                let place = page.route.output.folder().map_or(String::new(), |folder| format!("{folder}/"));
                // Versions share the files of the first.
                owners.bundles.entry(page.document.file_folder().to_owned()).or_insert(place);
            }
            // Most pages stand beside the one before.
            let folder = page.document.file_folder();
            if folder != last || owners.published_folders.is_empty() {
                owners.published_folders.insert(folder.to_owned());
                last = folder;
            }
            owners.private.extend(signatories_file(&page.document));
            owners.private.extend(table_files(&page.document));
        }
        owners
    }

    /// The path in the output; none when nothing published stands in its folder or in one above.
    fn place(&self, file: &str) -> Option<String> {
        let (mut folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let mut below = name.to_owned();
        loop {
            if let Some(place) = self.bundles.get(folder) {
                return Some(format!("{place}{below}"));
            }
            if self.hidden_folders.contains(folder) {
                return None;
            }
            if self.published_folders.contains(folder) {
                let whole = if folder.is_empty() { below } else { format!("{folder}/{below}") };
                let mut languages = self.languages.iter();
                let moved = languages.find_map(|(folder, prefix)| {
                    let rest = whole.strip_prefix(folder.as_str())?.strip_prefix('/')?;
                    Some(format!("{prefix}{rest}"))
                });
                return Some(moved.unwrap_or(whole));
            }
            let (above, own) = folder.rsplit_once('/').unwrap_or(("", folder));
            if folder.is_empty() {
                return None;
            }
            below = format!("{own}/{below}");
            folder = above;
        }
    }
}

/// The file that names a statement's signatories.
fn signatories_file(document: &Document) -> Option<String> {
    let Details::Statement(statement) = &document.details else { return None };
    let Signatories::File(name) = &statement.signatories else { return None };
    document.beside(&name.value)
}
