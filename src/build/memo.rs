//! What was made of the sources, kept for as long as they stay the same.
//!
//! Nothing here is invalidated by rule: everything that is kept has all that it was made from beside it, as it was read,
//! and is made anew when any of that differs.

use super::linked::Linked;
use super::{BuildError, Options};
use crate::config::Config;
use crate::content::{self, Document};
use crate::diagnostic::Diagnostic;
use crate::site::ChangedText;
use crate::source::{Entry, FileRef, Fingerprint, Observations, RecordingWorld, World};
use crate::theme::{self, Theme};
use rayon::prelude::*;
use std::sync::Arc;

/// The configuration, the theme, the documents and the site that were last made.
#[derive(Debug)]
pub struct Memo {
    config: Option<Kept<Arc<Config>>>,
    pub(super) theme: ThemeMemo,
    pub(super) documents: DocumentsMemo,
    /// None also when the documents are others than those that were linked.
    linked: Option<Linked>,
    keeps: bool,
}

/// Something made from files that were read in the making.
#[derive(Debug)]
struct Kept<T> {
    value: Option<T>,
    mistakes: Vec<Diagnostic>,
    from: Observations,
}

/// The theme, and the configuration that it was loaded for.
#[derive(Debug)]
pub(super) struct ThemeMemo {
    keeps: bool,
    theme: Option<(Arc<Config>, Kept<Arc<Theme>>)>,
}

/// The documents, and the configuration that they were parsed for.
#[derive(Debug)]
pub(super) struct DocumentsMemo {
    keeps: bool,
    config: Option<Arc<Config>>,
    /// Sorted by path.
    parsed: Vec<(FileRef, Arc<Parsed>)>,
}

#[derive(Debug)]
struct Parsed {
    /// None where nothing is kept.
    bytes: Option<Fingerprint>,
    /// Of the front matter with the lines above and below it; none where there is none.
    front_matter: Option<Fingerprint>,
    /// What else was read: lists of signatories.
    beside: Observations,
    document: Arc<Document>,
    mistakes: Vec<Diagnostic>,
}

impl Memo {
    /// For a site that will be loaded again and again from the same root with the same overrides.
    pub fn new() -> Self {
        Self::keeping(true)
    }

    /// For a site that is loaded once.
    pub fn none() -> Self {
        Self::keeping(false)
    }

    fn keeping(keeps: bool) -> Self {
        Self {
            config: None,
            theme: ThemeMemo { keeps, theme: None },
            documents: DocumentsMemo { keeps, config: None, parsed: Vec::new() },
            linked: None,
            keeps,
        }
    }

    /// The configuration, the same one while its files are the same.
    pub(super) fn config(
        &mut self,
        world: &dyn World,
        options: &Options,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Option<Arc<Config>>, BuildError> {
        let kept = match self.config.take().filter(|kept| kept.from.hold_in(world)) {
            Some(kept) => kept,
            None => {
                let recording = RecordingWorld::new(world);
                let mut mistakes = Vec::new();
                let config = crate::config::load(&recording, &options.config, &options.overrides, &mut mistakes)
                    .map_err(BuildError::read(&options.config))?;
                let value = config.map(|mut config| {
                    content::refuse_reserved_taxonomies(&mut config, &mut mistakes);
                    Arc::new(config)
                });
                Kept { value, mistakes, from: recording.finish() }
            }
        };
        diagnostics.extend_from_slice(&kept.mistakes);
        Ok(self.config.insert(kept).value.clone())
    }
}

impl Memo {
    /// The site as it was last linked: forgotten until [`Memo::keep`] is given another.
    pub(super) fn linked(&mut self) -> Option<Linked> {
        self.linked.take()
    }

    pub(super) fn keep(&mut self, linked: Linked) {
        self.linked = self.keeps.then_some(linked);
    }
}

impl Default for Memo {
    fn default() -> Self {
        Self::new()
    }
}

impl ThemeMemo {
    /// The theme, the same one while its files and the configuration are the same.
    pub fn load(
        &mut self,
        world: &dyn World,
        config: &Arc<Config>,
    ) -> Result<(Option<Arc<Theme>>, Vec<Diagnostic>), BuildError> {
        let known =
            self.theme.take().filter(|(for_config, kept)| Arc::ptr_eq(for_config, config) && kept.from.hold_in(world));
        let kept = match known {
            Some((_, kept)) => kept,
            None => {
                let recording = RecordingWorld::new(world);
                let mut mistakes = Vec::new();
                let theme = theme::load(&recording, config, &mut mistakes).map_err(BuildError::read("the theme"))?;
                Kept { value: theme.map(Arc::new), mistakes, from: recording.finish() }
            }
        };
        let result = (kept.value.clone(), kept.mistakes.clone());
        if self.keeps {
            self.theme = Some((Arc::clone(config), kept));
        }
        Ok(result)
    }
}

impl DocumentsMemo {
    /// Reads and parses the documents, in the order of their paths. Gives what has changed since the last time where
    /// that is nothing but texts.
    pub fn parse(
        &mut self,
        entries: &[Entry],
        world: &dyn World,
        config: &Arc<Config>,
    ) -> Result<Option<Vec<ChangedText>>, BuildError> {
        let is_new = !self.config.as_ref().is_some_and(|known| Arc::ptr_eq(known, config));
        if is_new {
            self.parsed.clear();
            self.config = Some(Arc::clone(config));
        }
        let parsed: Result<Vec<_>, BuildError> = entries
            .par_iter()
            .enumerate()
            .map(|(at, entry)| Ok((entry.path.clone(), self.one(at, entry, world, config)?)))
            .collect();
        let before = std::mem::replace(&mut self.parsed, parsed?);
        Ok(if is_new { None } else { changed_texts(&before, &self.parsed) })
    }

    /// The documents, in the order of their paths.
    pub fn all(&self) -> Vec<Arc<Document>> {
        self.parsed.iter().map(|(_, parsed)| Arc::clone(&parsed.document)).collect()
    }

    pub fn count(&self) -> usize {
        self.parsed.len()
    }

    /// What is wrong with the documents.
    pub fn mistakes(&self) -> impl Iterator<Item = &Diagnostic> {
        self.parsed.iter().flat_map(|(_, parsed)| &parsed.mistakes)
    }

    /// What was last made of a file that is listed at a number: mostly it stood there then, too.
    fn known(&self, at: usize, path: &FileRef) -> Option<&Arc<Parsed>> {
        if let Some((_, parsed)) = self.parsed.get(at).filter(|(known, _)| Arc::ptr_eq(known, path)) {
            return Some(parsed);
        }
        let at = self.parsed.binary_search_by(|(known, _)| known.cmp(path)).ok()?;
        Some(&self.parsed[at].1)
    }

    fn one(&self, at: usize, entry: &Entry, world: &dyn World, config: &Config) -> Result<Arc<Parsed>, BuildError> {
        let path = &*entry.path;
        let holds = |parsed: &&Arc<Parsed>, print| parsed.bytes == Some(print) && parsed.beside.hold_in(world);
        let known = self.known(at, &entry.path);
        if let Some(parsed) = known.filter(|parsed| world.unchanged(path).is_some_and(|print| holds(parsed, print))) {
            return Ok(Arc::clone(parsed));
        }
        let bytes = world.read(path).map_err(BuildError::read(path))?;
        let print = self.keeps.then(|| Fingerprint::of(&bytes));
        if let Some(parsed) = known.filter(|parsed| print.is_some_and(|print| holds(parsed, print))) {
            return Ok(Arc::clone(parsed));
        }
        let recording = RecordingWorld::new(world);
        let mut mistakes = Vec::new();
        let document = Arc::new(content::parse(&entry.path, &bytes, &recording, config, &mut mistakes));
        let above_text = bytes.get(..document.text_at as usize).filter(|above| !above.is_empty());
        let front_matter = above_text.filter(|_| self.keeps).map(Fingerprint::of);
        Ok(Arc::new(Parsed { bytes: print, front_matter, beside: recording.finish(), document, mistakes }))
    }
}

/// The documents that differ in their texts alone; none when more than that differs.
fn changed_texts(before: &[(FileRef, Arc<Parsed>)], now: &[(FileRef, Arc<Parsed>)]) -> Option<Vec<ChangedText>> {
    if before.len() != now.len() {
        return None;
    }
    let mut changed = Vec::new();
    for ((path_before, before), (path, now)) in before.iter().zip(now) {
        if path_before != path {
            return None;
        }
        if Arc::ptr_eq(before, now) {
            continue;
        }
        // All of a document but its text is made of these.
        let says_the_same =
            before.front_matter.is_some() && before.front_matter == now.front_matter && before.beside == now.beside;
        if !says_the_same {
            return None;
        }
        changed.push(ChangedText { before: Arc::clone(&before.document), now: Arc::clone(&now.document) });
    }
    Some(changed)
}
