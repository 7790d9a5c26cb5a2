//! Which file each event gets.

use super::event::Event;
use super::known::Known;
use super::write;
use crate::content::{FOLDER, Kind};
use crate::diagnostic::{Diagnostic, codes};
use crate::locale;
use crate::source::{FileRef, World};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Where files go, and what may be done.
#[derive(Debug, Clone)]
pub struct Settings<'s> {
    /// Below `content/`.
    pub folder: &'s str,
    /// The language of the events, and what their files' names have before `.md` for it.
    pub language: &'s str,
    pub suffix: &'s str,
    /// Files that were imported and not changed since may be written anew.
    pub update: bool,
}

/// What is to be done for one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// A new file.
    Written,
    /// A file that was imported before gets what is new.
    Updated,
    /// The site has the event, and nothing is new.
    Unchanged,
    /// The site has the event; its file is left as it is.
    Kept,
}

/// An event and its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub action: Action,
    pub title: String,
    pub uid: String,
    pub start: String,
    /// Below the site's root.
    pub file: String,
    /// The whole file.
    #[serde(skip)]
    pub text: String,
}

/// The longest name made from a title, in bytes.
const LONGEST_NAME: usize = 60;

/// Names that mean something else in a folder of events, or that no file can have on every system.
const TAKEN: [&str; 8] = ["index", "region", "page", "feed", "con", "prn", "aux", "nul"];

/// Finds each event its file: the one it has in the site, or a new one named after its title.
pub fn place(
    events: &[Event],
    known: &Known,
    world: &dyn World,
    settings: &Settings<'_>,
    calendar: &FileRef,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Outcome> {
    let names: Vec<String> = events.iter().map(|event| name(&event.draft.title, settings.language)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        *counts.entry(name).or_default() += 1;
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let is_told = Kind::of_folder(settings.folder.split('/').next().unwrap_or_default()) == Kind::Event;
    let kind = (!is_told).then(|| Kind::Event.word());
    let mut outcomes = Vec::with_capacity(events.len());
    for (event, name) in events.iter().zip(&names) {
        let draft = &event.draft;
        let outcome = |action, file: String, text| Outcome {
            action,
            title: draft.title.clone(),
            uid: draft.uid.clone(),
            start: write::moment(draft.start),
            file,
            text,
        };
        let present = known
            .events
            .get(&draft.uid)
            .and_then(|found| found.iter().find(|one| one.language == settings.language).or(found.first()));
        if let Some(present) = present {
            let folder =
                present.file.trim_start_matches(FOLDER).trim_start_matches('/').split('/').next().unwrap_or_default();
            let kind = (Kind::of_folder(folder) != Kind::Event).then(|| Kind::Event.word());
            let text = write::file(draft, kind);
            let old =
                world.read(&present.file).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
            let is_same = old.replace("\r\n", "\n") == text;
            let action = match (is_same, settings.update) {
                (true, _) => Action::Unchanged,
                (_, false) => Action::Kept,
                _ if draft.sequence < present.sequence => Action::Kept,
                _ if write::is_untouched(&old) => Action::Updated,
                _ => {
                    let problem = Diagnostic::new(
                        &codes::EVENT_KEPT,
                        format!("\"{}\" is not as {} has it", draft.title, present.file),
                    );
                    let help = "the file was written or changed by hand, so it was left as it is: compare the two, or delete the file and import again";
                    diagnostics.push(problem.at(calendar, event.span).help(help));
                    Action::Kept
                }
            };
            outcomes.push(outcome(action, present.file.clone(), text));
            continue;
        }
        let needs_date = counts.get(name.as_str()).is_some_and(|count| *count > 1) || !is_usable(name);
        let date = match draft.start {
            crate::calendar::Moment::Date(date) => date,
            crate::calendar::Moment::DateTime(at) => at.date(),
        };
        let dated = if name.is_empty() { format!("event-{date}") } else { format!("{name}-{date}") };
        let numbered = (2..).map(|n| format!("{dated}-{n}"));
        let candidates = (!needs_date).then(|| name.clone()).into_iter().chain([dated.clone()]).chain(numbered);
        let stem_of = |name: &str| {
            if settings.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", settings.folder) }
        };
        let is_free = |name: &String| {
            let stem = stem_of(name).to_lowercase();
            !known.stems.contains(&stem) && !taken.contains(&stem)
        };
        // There is always a number that is free.
        let stem = stem_of(&candidates.into_iter().find(is_free).unwrap_or(dated));
        taken.insert(stem.to_lowercase());
        let path = format!("{FOLDER}/{stem}{}.md", settings.suffix);
        outcomes.push(outcome(Action::Written, path, write::file(draft, kind)));
    }
    outcomes
}

/// A title as a file's name, cut after a word.
fn name(title: &str, language: &str) -> String {
    let slug = locale::slug(title, language);
    // Slugs are ASCII.
    let Some(start) = slug.get(..LONGEST_NAME) else { return slug };
    if slug.len() == start.len() {
        return slug;
    }
    let end =
        if slug[LONGEST_NAME..].starts_with('-') { LONGEST_NAME } else { start.rfind('-').unwrap_or(LONGEST_NAME) };
    slug[..end].to_owned()
}

/// Whether a name can stand alone: years and months have their own pages among events.
fn is_usable(name: &str) -> bool {
    let is_device = name.len() == 4 && (name.starts_with("com") || name.starts_with("lpt"));
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    !name.is_empty() && !is_number && !is_device && !TAKEN.contains(&name)
}
