//! The texts of the pages in their site: the links in them, and the site anew when texts alone have changed.

use super::links::{self, Known, PageLinks};
use super::{Clock, Page, PageId, Site};
use crate::config::RawMenuItem;
use crate::content::Document;
use crate::diagnostic::Diagnostic;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A document whose text has changed, and nothing else of it: neither its file's name nor its front matter.
#[derive(Debug, Clone)]
pub struct ChangedText {
    pub before: Arc<Document>,
    pub now: Arc<Document>,
}

/// Links a site of which nothing but some texts has changed: the same as linking all of it, and much less work. None
/// when more may be different: when a time has come at which something changes by itself, or a text is not published.
pub fn relink(before: &Site, changed: &[ChangedText], clock: Clock) -> Option<(Site, Vec<Diagnostic>)> {
    if !shows_the_same(before, &clock) {
        return None;
    }
    let mut site = Site {
        clock,
        pages: before.pages.clone(),
        jobs: Arc::clone(&before.jobs),
        redirects: Arc::clone(&before.redirects),
        structure: Arc::clone(&before.structure),
        mistakes: Arc::clone(&before.mistakes),
    };
    let mut again: BTreeSet<PageId> = BTreeSet::new();
    for (id, number) in pages_of(&before.pages, changed)? {
        let page = Arc::make_mut(&mut site.pages[id.0 as usize]);
        // Links to places in a text lead nowhere when the places go.
        if !page.document.body.anchors().eq(changed[number].now.body.anchors()) {
            again.extend(&page.backlinks);
        }
        page.document = Arc::clone(&changed[number].now);
        page.in_calendars.take();
        again.insert(id);
    }
    let again: Vec<PageId> = again.into_iter().collect();
    let known = site.known();
    let resolved: Vec<PageLinks> = again.par_iter().map(|id| links::resolve(site.page(*id), &known)).collect();
    for (id, resolved) in again.into_iter().zip(resolved) {
        tell_targets(&mut site.pages, id, &resolved.targets);
        Arc::make_mut(&mut site.pages[id.0 as usize]).links = resolved;
    }
    let mistakes = mistakes(&site);
    Some((site, mistakes))
}

/// Whether nothing changes by itself between the time of a site and another.
fn shows_the_same(site: &Site, clock: &Clock) -> bool {
    let is_alike = *clock == Clock { now: clock.now, ..site.clock.clone() };
    is_alike && site.clock.now <= clock.now && site.next_change.is_none_or(|at| clock.now < at)
}

/// The pages of changed documents, each with the document's number. None when one of these has no page.
fn pages_of(pages: &[Arc<Page>], changed: &[ChangedText]) -> Option<Vec<(PageId, usize)>> {
    let address = |document: &Arc<Document>| Arc::as_ptr(document).addr();
    let mut numbers: Vec<(usize, usize)> =
        changed.iter().enumerate().map(|(number, text)| (address(&text.before), number)).collect();
    numbers.sort_unstable();
    let of_page = |(at, page): (usize, &Arc<Page>)| {
        let found = numbers.binary_search_by_key(&address(&page.document), |(address, _)| *address).ok()?;
        Some((PageId(at as u32), numbers[found].1))
    };
    let found: Vec<(PageId, usize)> = pages.par_iter().enumerate().filter_map(of_page).collect();
    let shown: BTreeSet<usize> = found.iter().map(|(_, number)| *number).collect();
    (shown.len() == changed.len()).then_some(found)
}

/// Tells pages that one links to them now, or no more.
fn tell_targets(pages: &mut [Arc<Page>], from: PageId, now: &[PageId]) {
    let before = pages[from.0 as usize].links.targets.clone();
    for gone in before.iter().filter(|target| **target != from && now.binary_search(target).is_err()) {
        let backlinks = &mut Arc::make_mut(&mut pages[gone.0 as usize]).backlinks;
        backlinks.retain(|page| *page != from);
    }
    for new in now.iter().filter(|target| **target != from && before.binary_search(target).is_err()) {
        let backlinks = &mut Arc::make_mut(&mut pages[new.0 as usize]).backlinks;
        if let Err(at) = backlinks.binary_search(&from) {
            backlinks.insert(at, from);
        }
    }
}

/// Resolves the links of every text, and tells each page which others link to it. Gives all mistakes of the site.
pub(super) fn link_all(site: &mut Site) -> Vec<Diagnostic> {
    let known = site.known();
    let resolved: Vec<PageLinks> = site.pages.par_iter().map(|page| links::resolve(page, &known)).collect();
    let mut backlinks: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
    for (at, resolved) in resolved.iter().enumerate() {
        let from = PageId(at as u32);
        for target in resolved.targets.iter().filter(|target| **target != from) {
            backlinks.entry(*target).or_default().push(from);
        }
    }
    for (page, links) in site.pages.iter_mut().zip(resolved) {
        Arc::make_mut(page).links = links;
    }
    for (id, backlinks) in backlinks {
        Arc::make_mut(&mut site.pages[id.0 as usize]).backlinks = backlinks;
    }
    mistakes(site)
}

/// The mistakes of the structure and of the texts, those of no page among them.
fn mistakes(site: &Site) -> Vec<Diagnostic> {
    let mut mistakes = site.mistakes.to_vec();
    let known = site.known();
    mistakes.extend(links::check_broken(&known));
    mistakes.extend(in_configuration(site, &known));
    mistakes.extend(site.pages.iter().flat_map(|page| page.links.mistakes.iter().cloned()));
    mistakes
}

/// The mistakes in links of the configuration.
fn in_configuration(site: &Site, known: &Known<'_>) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    let menus = site.config.languages.iter().flat_map(|language| &language.menus);
    for item in menus.flat_map(|(_, items)| RawMenuItem::all(items)) {
        if let Some(written) = item.value.url.as_ref().filter(|_| item.value.page.is_none()) {
            let (file, span) = site.config.locate(written.span);
            mistakes.extend(links::check_rooted(&written.value, known).map(|mistake| mistake.at(&file, span)));
        }
    }
    for language in site.languages() {
        if let Some(written) = &site.language(language).independence {
            let (file, span) = site.config.locate(written.span);
            let (_, found) = site.link_text(&written.value, language);
            mistakes.extend(found.into_iter().map(|mistake| mistake.at(&file, span)));
        }
    }
    mistakes
}
