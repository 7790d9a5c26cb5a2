use super::{View, ViewField, cards, fields, map};
use crate::site::{LanguageId, PageId, Site};
use crate::theme::engine::Shared;
use tera::Value;

pub const FIELDS: &[ViewField] = fields! {
    "items" "list of cards" "What stands on this page of the list."
    "number" "number" "Which page of the list it is, from 1."
    "total_pages" "number" "How many pages the list has."
    "total_items" "number" "How many items the list has."
    "first" "text" "The path of the first page."
    "last" "text" "The path of the last page."
    "previous" "text or none" "The path of the page before."
    "next" "text or none" "The path of the page after."
    "pages" "list" "The first and the last page, and those around this one: number, url, current, and gap: whether pages were left out before it."
};

/// How many pages a list names on either side of the one shown.
const PAGES_AROUND: u32 = 4;

/// A page of a list that begins at `url`, `size` items a page (0 for all).
pub fn build(shared: &Shared, ids: &[PageId], url: &str, size: usize, number: u32) -> View {
    let site = &shared.site;
    let total = crate::site::list_pages(ids.len(), size);
    let items = if size == 0 {
        ids
    } else {
        let from = (number as usize - 1).saturating_mul(size).min(ids.len());
        &ids[from..(from + size).min(ids.len())]
    };
    let mut view = paged(number, total, ids.len(), |page| site.list_url(url, page));
    view.set("items", cards(shared, items.iter().copied()));
    view
}

/// The pages of a list that lead on from one of them: a list of thousands of pages does not name them all on each.
fn shown_pages(number: u32, total: u32) -> impl Iterator<Item = u32> {
    let from = number.saturating_sub(PAGES_AROUND).max(1);
    let to = number.saturating_add(PAGES_AROUND).min(total);
    let first = (from > 1).then_some(1);
    let last = (to < total).then_some(total);
    first.into_iter().chain(from..=to).chain(last)
}

/// Which page of several something stands on: `items` things, each page at the address that `url` gives.
pub fn paged(number: u32, total: u32, items: usize, url: impl Fn(u32) -> String) -> View {
    let mut last_shown = 0;
    let pages: Vec<Value> = shown_pages(number, total)
        .map(|page| {
            let gap = page > last_shown + 1;
            last_shown = page;
            Value::from(map! { "number": page, "url": url(page), "current": page == number, "gap": gap })
        })
        .collect();
    map! {
        "number": number,
        "total_pages": total,
        "total_items": items,
        "first": url(1),
        "last": url(total),
        "previous": (number > 1).then(|| url(number - 1)),
        "next": (number < total).then(|| url(number + 1)),
        "pages": pages,
    }
}

pub fn taxonomy(site: &Site, language: LanguageId, taxonomy: u32) -> View {
    let found = &site.config.taxonomies[taxonomy as usize];
    map! {
        "name": found.name.as_str(),
        "title": site.taxonomy_title(language, taxonomy),
        "url": site.taxonomy_url(language, taxonomy),
    }
}

pub fn term(site: &Site, language: LanguageId, taxonomy: u32, term: u32) -> View {
    let found = &site.terms[language.0 as usize][taxonomy as usize][term as usize];
    let url = site.term_url(language, taxonomy, term);
    map! {
        "name": found.name.as_str(),
        "slug": found.slug.as_str(),
        "count": found.pages.len(),
        "feed_url": site.config.taxonomies[taxonomy as usize].feed.then(|| site.feed_beside(&url)).flatten(),
        "url": url,
    }
}

/// All terms of a taxonomy, A to Z.
pub fn terms(site: &Site, language: LanguageId, taxonomy: u32) -> Vec<Value> {
    let found = &site.terms[language.0 as usize][taxonomy as usize];
    let mut numbers: Vec<usize> = (0..found.len()).collect();
    numbers.sort_by_cached_key(|at| (crate::locale::sort_key(&found[*at].name), &found[*at].slug));
    numbers.into_iter().map(|at| Value::from(term(site, language, taxonomy, at as u32))).collect()
}
