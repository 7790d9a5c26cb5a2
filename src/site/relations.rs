//! What belongs together: translations, groups and their events, aims and what serves them, see also.

use super::links::Targets;
use super::references::References;
use super::{LanguageId, Page, PageId};
use crate::config::{Config, Url};
use crate::content::{Details, Kind, Related};
use crate::diagnostic::Diagnostic;
use rayon::prelude::*;
use std::collections::HashMap;

/// The groups that a group page names as its nearest.
const MOST_NEAREST: usize = 5;
/// The pages that a post without authored ones names as related.
const MOST_RELATED: usize = 3;

/// What belongs to a group.
#[derive(Debug, Default)]
pub struct GroupLinks {
    pub parent: Option<PageId>,
    pub children: Vec<PageId>,
    pub events: Vec<PageId>,
    /// Nearest first.
    pub nearest: Vec<Nearest>,
}

/// A group nearby.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    pub page: PageId,
    pub km: f64,
}

/// A "see also", resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RelatedLink {
    Page(PageId),
    Outside { title: String, url: Url, summary: Option<String> },
}

/// For each language, the pages of each kind that its lists show, in the order of their files.
pub fn by_kind(pages: &[Page], config: &Config) -> Vec<HashMap<Kind, Vec<PageId>>> {
    let of_language = |language: u8| {
        let mut kinds: HashMap<Kind, Vec<PageId>> = HashMap::new();
        for (at, page) in pages.iter().enumerate().filter(|(_, page)| page.place.is_none()) {
            if page.language.0 == language || page.stands_in.has(LanguageId(language)) {
                kinds.entry(page.kind()).or_default().push(PageId(at as u32));
            }
        }
        kinds
    };
    (0..config.languages.len() as u8).map(of_language).collect()
}

/// Tells every page its versions in all languages.
pub fn translate(pages: &mut [Page]) {
    // Pages are sorted by stem, so that versions stand together.
    let mut at = 0;
    while at < pages.len() {
        let stem = &pages[at].document.path.stem;
        let count = pages[at..].iter().take_while(|page| page.document.path.stem == *stem).count();
        if count > 1 {
            // What stands in for a version is none.
            let versions: Vec<PageId> =
                (at..at + count).filter(|at| !pages[*at].is_fallback).map(|at| PageId(at as u32)).collect();
            if versions.len() > 1 {
                let own = pages[at..at + count].iter_mut().filter(|page| !page.is_fallback);
                own.for_each(|page| page.translations.clone_from(&versions));
            }
        }
        at += count;
    }
}

/// What belongs to each group.
pub fn group_links(
    pages: &[Page],
    by_kind: &[HashMap<Kind, Vec<PageId>>],
    references: &References,
) -> HashMap<PageId, GroupLinks> {
    let mut all = HashMap::new();
    for (language, kinds) in by_kind.iter().enumerate() {
        let language = LanguageId(language as u8);
        let groups = kinds.get(&Kind::Group).map(Vec::as_slice).unwrap_or_default();
        let by_stem: HashMap<&str, PageId> =
            groups.iter().map(|id| (pages[id.0 as usize].document.path.stem.as_str(), *id)).collect();
        let version = |id: &PageId| by_stem.get(pages[id.0 as usize].document.path.stem.as_str()).copied();
        let mut links: HashMap<PageId, GroupLinks> = groups.iter().map(|id| (*id, GroupLinks::default())).collect();
        for event in kinds.get(&Kind::Event).map(Vec::as_slice).unwrap_or_default() {
            for group in references.groups.get(event).map(Vec::as_slice).unwrap_or_default() {
                if let Some(links) = version(group).and_then(|group| links.get_mut(&group))
                    && links.events.last() != Some(event)
                {
                    links.events.push(*event);
                }
            }
        }
        for group in groups {
            if let Some(parent) = references.parents.get(group).and_then(version) {
                links.entry(*group).or_default().parent = Some(parent);
                links.entry(parent).or_default().children.push(*group);
            }
        }
        let located: Vec<(PageId, [f64; 3])> =
            groups.iter().filter_map(|id| Some((*id, on_sphere(&pages[id.0 as usize])?))).collect();
        let tree = SphereTree::new(located.clone());
        let found: Vec<(PageId, Vec<Nearest>)> =
            located.par_iter().map(|(id, point)| (*id, tree.nearest(*point, *id, MOST_NEAREST))).collect();
        for (id, nearest) in found {
            links.entry(id).or_default().nearest = nearest;
        }
        all.extend(links.into_iter().filter(|(id, _)| pages[id.0 as usize].language == language));
    }
    all
}

/// A place as a point on the unit sphere.
fn on_sphere(page: &Page) -> Option<[f64; 3]> {
    let Details::Group(group) = &page.document.details else { return None };
    let location = group.location.as_ref()?;
    let (lat, lon) = (location.lat.0.to_radians(), location.lon.0.to_radians());
    Some([lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()])
}

/// Kilometres along the Earth's surface for a straight distance through the unit sphere (mean radius 6371 km).
fn km(chord: f64) -> f64 {
    2.0 * 6371.0 * (chord / 2.0).clamp(0.0, 1.0).asin()
}

/// A k-d tree: the middle point of a slice by one axis, the smaller before it, the larger after.
struct SphereTree {
    points: Vec<(PageId, [f64; 3])>,
}

impl SphereTree {
    fn new(mut points: Vec<(PageId, [f64; 3])>) -> Self {
        fn arrange(points: &mut [(PageId, [f64; 3])], axis: usize) {
            if points.len() < 2 {
                return;
            }
            let middle = points.len() / 2;
            points.select_nth_unstable_by(middle, |a, b| a.1[axis].total_cmp(&b.1[axis]).then(a.0.cmp(&b.0)));
            let (before, after) = points.split_at_mut(middle);
            arrange(before, (axis + 1) % 3);
            arrange(&mut after[1..], (axis + 1) % 3);
        }
        arrange(&mut points, 0);
        Self { points }
    }

    /// The nearest points to `from` other than `own`, nearest first.
    fn nearest(&self, from: [f64; 3], own: PageId, count: usize) -> Vec<Nearest> {
        let mut best: Vec<(f64, PageId)> = Vec::with_capacity(count + 1);
        search(&self.points, 0, from, own, count, &mut best);
        best.into_iter().map(|(squared, page)| Nearest { page, km: km(squared.sqrt()) }).collect()
    }
}

fn search(
    points: &[(PageId, [f64; 3])],
    axis: usize,
    from: [f64; 3],
    own: PageId,
    count: usize,
    best: &mut Vec<(f64, PageId)>,
) {
    if points.is_empty() {
        return;
    }
    let middle = points.len() / 2;
    let (id, point) = points[middle];
    if id != own {
        let squared: f64 = (0..3).map(|axis| (point[axis] - from[axis]).powi(2)).sum();
        let at = best.partition_point(|other| (other.0, other.1) < (squared, id));
        best.insert(at, (squared, id));
        best.truncate(count);
    }
    let gap = from[axis] - point[axis];
    let (near, far) =
        if gap < 0.0 { (&points[..middle], &points[middle + 1..]) } else { (&points[middle + 1..], &points[..middle]) };
    let next = (axis + 1) % 3;
    search(near, next, from, own, count, best);
    if best.len() < count || best.last().is_some_and(|worst| gap * gap <= worst.0) {
        search(far, next, from, own, count, best);
    }
}

/// What serves each aim, by the aim's page.
pub fn served(
    pages: &[Page],
    by_kind: &[HashMap<Kind, Vec<PageId>>],
    references: &References,
) -> HashMap<PageId, Vec<PageId>> {
    let mut served: HashMap<PageId, Vec<PageId>> = HashMap::new();
    for (language, kinds) in by_kind.iter().enumerate() {
        let aims = kinds.get(&Kind::Aim).map(Vec::as_slice).unwrap_or_default();
        let by_stem: HashMap<&str, PageId> = aims
            .iter()
            .filter(|id| pages[id.0 as usize].language.0 as usize == language)
            .map(|id| (pages[id.0 as usize].document.path.stem.as_str(), *id))
            .collect();
        for kind in [Kind::Statement, Kind::Event, Kind::Action] {
            for page in kinds.get(&kind).map(Vec::as_slice).unwrap_or_default() {
                for aim in references.aims.get(page).map(Vec::as_slice).unwrap_or_default() {
                    if let Some(aim) = by_stem.get(pages[aim.0 as usize].document.path.stem.as_str()) {
                        let list = served.entry(*aim).or_default();
                        if !list.contains(page) {
                            list.push(*page);
                        }
                    }
                }
            }
        }
    }
    served
}

/// Resolves what each page names as related; posts that name nothing get those that share most of their terms.
pub fn relate(pages: &[Page], targets: &Targets, diagnostics: &mut Vec<Diagnostic>) -> Vec<Vec<RelatedLink>> {
    let mut by_term: HashMap<(u8, usize, u32), Vec<PageId>> = HashMap::new();
    for (at, page) in pages.iter().enumerate().filter(|(_, page)| page.kind() == Kind::Post) {
        for (taxonomy, terms) in page.terms.iter().enumerate() {
            for term in terms {
                by_term.entry((page.language.0, taxonomy, *term)).or_default().push(PageId(at as u32));
            }
        }
    }
    let mut all = Vec::with_capacity(pages.len());
    for (at, page) in pages.iter().enumerate() {
        let mut related: Vec<RelatedLink> = Vec::new();
        for written in &page.document.common.related {
            match written {
                Related::Outside { title, url, summary } => related.push(RelatedLink::Outside {
                    title: title.clone(),
                    url: url.clone(),
                    summary: summary.clone(),
                }),
                Related::Page(path) => match targets.resolve(path.value.trim(), page) {
                    super::links::Found::Page(id) => related.push(RelatedLink::Page(id)),
                    found => diagnostics.push(targets.missing(&path.value, &found, &page.document.file, path.span)),
                },
            }
        }
        if related.is_empty() && page.kind() == Kind::Post {
            related = by_shared_terms(PageId(at as u32), page, pages, &by_term);
        }
        all.push(related);
    }
    all
}

fn by_shared_terms(
    own: PageId,
    page: &Page,
    pages: &[Page],
    by_term: &HashMap<(u8, usize, u32), Vec<PageId>>,
) -> Vec<RelatedLink> {
    let mut shared: HashMap<PageId, usize> = HashMap::new();
    for (taxonomy, terms) in page.terms.iter().enumerate() {
        for term in terms {
            for other in by_term.get(&(page.language.0, taxonomy, *term)).map(Vec::as_slice).unwrap_or_default() {
                if *other != own {
                    *shared.entry(*other).or_default() += 1;
                }
            }
        }
    }
    let date = |id: PageId| {
        let date = pages[id.0 as usize].document.common.date.as_ref();
        date.map_or(i64::MIN, |date| date.value.timestamp(&jiff::tz::TimeZone::UTC).as_second())
    };
    let mut ranked: Vec<(usize, i64, std::cmp::Reverse<PageId>)> =
        shared.into_iter().map(|(id, count)| (count, date(id), std::cmp::Reverse(id))).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    ranked.into_iter().take(MOST_RELATED).map(|(_, _, id)| RelatedLink::Page(id.0)).collect()
}
