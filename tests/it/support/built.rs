//! A built site, for looking at.

use super::Reported;
use handbill::build::Loaded;
use handbill::diagnostic::{self, Diagnostic};
use handbill::site::Site;
use handbill::source::LineIndex;
use std::collections::BTreeMap;
use std::fmt;

/// What a build gave: artifacts and diagnostics. Artifacts are there even when mistakes would keep them from being
/// published, unless a page could not be rendered.
pub struct Built {
    pub loaded: Loaded,
    pub artifacts: BTreeMap<String, Vec<u8>>,
    pub diagnostics: Vec<Diagnostic>,
    files: BTreeMap<String, Vec<u8>>,
}

type Rendered = Result<Vec<(String, Vec<u8>)>, Vec<Diagnostic>>;

impl Built {
    pub fn new(loaded: Loaded, rendered: Option<Rendered>, files: BTreeMap<String, Vec<u8>>) -> Self {
        let mut diagnostics = loaded.diagnostics.clone();
        let artifacts = match rendered {
            Some(Ok(artifacts)) => artifacts.into_iter().collect(),
            Some(Err(mistakes)) => {
                diagnostics.extend(mistakes);
                BTreeMap::new()
            }
            None => BTreeMap::new(),
        };
        diagnostic::sort(&mut diagnostics);
        Self { loaded, artifacts, diagnostics, files }
    }

    pub fn site(&self) -> &Site {
        self.loaded.site().unwrap_or_else(|| panic!("no site:\n{}", self.all_reported()))
    }

    /// The text of an artifact; a path that ends in `/` means its page.
    #[track_caller]
    pub fn text(&self, path: &str) -> &str {
        let path = path.trim_start_matches('/');
        let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        match self.artifacts.get(&path) {
            Some(bytes) => std::str::from_utf8(bytes).expect("UTF-8"),
            None => panic!("no {path} among:\n  {}\n{}", self.paths().join("\n  "), self.all_reported()),
        }
    }

    /// What stands between `<main` and `</main>` of a page.
    #[track_caller]
    pub fn main(&self, path: &str) -> &str {
        let text = self.text(path);
        let main = text.split_once("<main").and_then(|(_, rest)| rest.rsplit_once("</main>"));
        main.map(|(main, _)| main).unwrap_or_else(|| panic!("no <main> in {path}:\n{text}"))
    }

    #[track_caller]
    pub fn has(&self, path: &str, wanted: &[&str]) -> &Self {
        let text = self.text(path);
        for piece in wanted {
            assert!(text.contains(piece), "{path} has no {piece:?}:\n{text}");
        }
        self
    }

    #[track_caller]
    pub fn lacks(&self, path: &str, unwanted: &[&str]) -> &Self {
        let text = self.text(path);
        for piece in unwanted {
            assert!(!text.contains(piece), "{path} has {piece:?}:\n{text}");
        }
        self
    }

    /// The pieces stand in the main part of a page, in this order.
    #[track_caller]
    pub fn in_order(&self, path: &str, wanted: &[&str]) -> &Self {
        let main = self.main(path);
        let mut rest = main;
        for piece in wanted {
            match rest.split_once(piece) {
                Some((_, after)) => rest = after,
                None => panic!("{path} has no {piece:?} in its place among {wanted:?}:\n{main}"),
            }
        }
        self
    }

    /// No artifact holds any of these, in its path or its bytes.
    #[track_caller]
    pub fn nowhere(&self, secrets: &[&str]) -> &Self {
        assert!(!self.artifacts.is_empty(), "nothing was rendered:\n{}", self.all_reported());
        for (path, bytes) in &self.artifacts {
            for secret in secrets {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found && !path.contains(secret), "{path} holds {secret:?}");
            }
        }
        self
    }

    pub fn paths(&self) -> Vec<&str> {
        self.artifacts.keys().map(String::as_str).collect()
    }

    /// Pages of content: HTML but for 404 pages.
    pub fn pages(&self) -> Vec<&str> {
        self.paths().into_iter().filter(|path| path.ends_with("index.html")).collect()
    }

    #[track_caller]
    pub fn absent(&self, paths: &[&str]) -> &Self {
        for path in paths {
            assert!(!self.artifacts.contains_key(*path), "{path} is there");
        }
        self
    }

    /// Nothing was reported.
    #[track_caller]
    pub fn clean(&self) -> &Self {
        assert!(self.diagnostics.is_empty(), "\n{}", self.all_reported());
        self
    }

    /// Something with this code was reported, and its text has this in it.
    #[track_caller]
    pub fn has_report(&self, code: &str, wanted: &str) -> &Self {
        let found = self.reported().iter().any(|reported| reported.code == code && reported.text.contains(wanted));
        assert!(found, "{code} {wanted:?} was not reported:\n{}", self.all_reported());
        self
    }

    pub fn reported(&self) -> Vec<Reported> {
        self.diagnostics.iter().map(|problem| self.reported_as(problem)).collect()
    }

    pub fn all_reported(&self) -> String {
        self.reported().iter().map(|reported| format!("{reported}\n")).collect()
    }

    fn reported_as(&self, problem: &Diagnostic) -> Reported {
        let bytes = problem.file.as_ref().and_then(|file| self.files.get(&**file));
        let text = String::from_utf8_lossy(bytes.map(Vec::as_slice).unwrap_or_default()).into_owned();
        let (line, column, under) = match problem.span {
            None => (0, 0, String::new()),
            Some(span) => {
                let at = LineIndex::new(&text).position(span.start);
                (at.line, at.column, text.get(span.range()).unwrap_or("out of the file").to_owned())
            }
        };
        let caret = if under.is_empty() { String::new() } else { format!("‹{under}› ") };
        let help = problem.help.as_ref().map_or(String::new(), |help| format!(" | {help}"));
        Reported {
            file: problem.file.clone(),
            line,
            column,
            code: problem.code.id,
            text: format!("{caret}{}{help}", problem.message),
        }
    }
}

impl fmt::Display for Reported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.as_deref().unwrap_or("the site");
        write!(f, "{file}:{}:{} {} {}", self.line, self.column, self.code, self.text)
    }
}
