//! References by name in front matter: the groups and aims of an event, a group's parent.

use super::links::{Found, Targets, reason_in_words};
use super::visibility::Hidden;
use super::{Page, PageId};
use crate::content::{Details, Kind};
use crate::decode::At;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use rayon::prelude::*;
use std::collections::HashMap;

/// What each page names, resolved.
#[derive(Debug, Default)]
pub struct References {
    pub groups: HashMap<PageId, Vec<PageId>>,
    pub aims: HashMap<PageId, Vec<PageId>>,
    pub parents: HashMap<PageId, PageId>,
}

/// Resolves the references of every page; what names nothing is reported.
pub fn resolve(pages: &[Page], targets: &Targets, diagnostics: &mut Vec<Diagnostic>) -> References {
    let mut references = References::default();
    let names = Names::new(pages);
    let of_page = |(at, page): (usize, &Page)| {
        let (groups, aims, parent): (&[At<String>], &[At<String>], _) = match &page.document.details {
            Details::Event(event) => (&event.groups.0, &event.aims.0, None),
            Details::Group(group) => (&[], &[], group.parent.as_ref()),
            Details::Statement(statement) => (&[], &statement.aims.0, None),
            Details::Action(action) => (&[], &action.aims.0, None),
            _ => return None,
        };
        if groups.is_empty() && aims.is_empty() && parent.is_none() {
            return None;
        }
        let mut mistakes = Vec::new();
        let mut find = |written: &At<String>, kind| names.find(written, kind, page, pages, targets, &mut mistakes);
        let groups: Vec<PageId> = groups.iter().filter_map(|name| find(name, Kind::Group)).collect();
        let aims: Vec<PageId> = aims.iter().filter_map(|name| find(name, Kind::Aim)).collect();
        let parent = parent.and_then(|name| find(name, Kind::Group));
        Some((PageId(at as u32), groups, aims, parent, mistakes))
    };
    let found: Vec<_> = pages.par_iter().enumerate().filter_map(of_page).collect();
    for (id, groups, aims, parent, mistakes) in found {
        diagnostics.extend(mistakes);
        references.groups.extend((!groups.is_empty()).then_some((id, groups)));
        references.aims.extend((!aims.is_empty()).then_some((id, aims)));
        references.parents.extend(parent.map(|parent| (id, parent)));
    }
    report_circles(pages, &references, diagnostics);
    references
}

/// Reports every group that belongs to itself, directly or by way of others.
fn report_circles(pages: &[Page], references: &References, diagnostics: &mut Vec<Diagnostic>) {
    let mut circular: Vec<PageId> = Vec::new();
    for start in references.parents.keys() {
        let mut at = references.parents.get(start);
        for _ in 0..references.parents.len() {
            match at {
                Some(id) if id == start => {
                    circular.push(*id);
                    break;
                }
                Some(id) => at = references.parents.get(id),
                None => break,
            }
        }
    }
    for id in circular {
        let document = &pages[id.0 as usize].document;
        if let Details::Group(group) = &document.details {
            let written = group.parent.as_ref().map_or_else(Default::default, |name| name.span);
            diagnostics.push(
                Diagnostic::new(&codes::BAD_VALUE, "a group cannot belong to itself, or to one that belongs to it")
                    .at(&document.file, written)
                    .help("remove `parent` here, or in one of the groups above"),
            );
        }
    }
}

/// Pages by kind and short name.
struct Names<'p> {
    by_name: HashMap<(Kind, &'p str), Vec<PageId>>,
}

impl<'p> Names<'p> {
    fn new(pages: &'p [Page]) -> Self {
        let mut by_name: HashMap<(Kind, &str), Vec<PageId>> = HashMap::new();
        for (at, page) in pages.iter().enumerate() {
            if matches!(page.kind(), Kind::Group | Kind::Aim) {
                by_name.entry((page.kind(), page.document.path.own_name())).or_default().push(PageId(at as u32));
            }
        }
        Self { by_name }
    }

    fn find(
        &self,
        written: &At<String>,
        kind: Kind,
        page: &Page,
        pages: &[Page],
        targets: &Targets,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<PageId> {
        let name = written.value.trim();
        if name.contains('/') || name.ends_with(".md") {
            let found = targets.resolve(name, page);
            if let Found::Page(id) = found {
                if pages[id.0 as usize].kind() == kind {
                    return Some(id);
                }
                diagnostics.push(
                    Diagnostic::new(
                        &codes::MISSING_REFERENCE,
                        format!("\"{name}\" is not of the kind \"{}\"", kind.word()),
                    )
                    .at(&page.document.file, written.span),
                );
                return None;
            }
            diagnostics.push(targets.missing(name, &found, &page.document.file, written.span));
            return None;
        }
        if let Some(versions) = self.by_name.get(&(kind, name)) {
            if let [only] = versions.as_slice() {
                return Some(*only);
            }
            let own = versions.iter().find(|id| pages[id.0 as usize].language == page.language);
            let mut stems: Vec<&str> =
                versions.iter().map(|id| pages[id.0 as usize].document.path.stem.as_str()).collect();
            stems.sort_unstable();
            stems.dedup();
            if stems.len() > 1 {
                let paths: Vec<String> = stems.iter().map(|stem| format!("@/{stem}.md")).collect();
                diagnostics.push(
                    Diagnostic::new(
                        &codes::MISSING_REFERENCE,
                        format!("more than one {} is called \"{name}\"", kind.word()),
                    )
                    .at(&page.document.file, written.span)
                    .help(format!("write which one: {}", paths.join(", "))),
                );
            }
            return own.or(versions.first()).copied();
        }
        let known = self.by_name.keys().filter(|(known, _)| *known == kind).map(|(_, name)| *name);
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        let hidden = targets.hidden_named(kind, name);
        // What is wrong with that file or row has been told; once it is right, so is its name here.
        if hidden == Some(Hidden::Broken) {
            return None;
        }
        let help = match (hidden, did_you_mean(name, known.iter().copied())) {
            (Some(reason), _) => format!("there is such a file, but {}", reason_in_words(reason)),
            (None, Some(meant)) => format!("did you mean \"{meant}\"?"),
            (None, None) if known.is_empty() => format!("there is no {} yet", kind.word()),
            (None, None) => format!("known are: {}", shortened(&known)),
        };
        diagnostics.push(
            Diagnostic::new(&codes::MISSING_REFERENCE, format!("there is no {} \"{name}\"", kind.word()))
                .at(&page.document.file, written.span)
                .help(help),
        );
        None
    }
}

fn shortened(names: &[&str]) -> String {
    match names {
        names if names.len() <= 12 => names.join(", "),
        names => format!("{} and {} more", names[..12].join(", "), names.len() - 12),
    }
}
