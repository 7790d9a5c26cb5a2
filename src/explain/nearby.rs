//! What there is instead of what was asked for and does not exist.

use super::asked::{self, Found};
use super::{Answer, Desk, Link, What};
use crate::content::{Document, FOLDER};
use crate::diagnostic::did_you_mean;
use crate::site::{Subject, list_pages};
use std::collections::BTreeMap;

/// The most that is offered.
const MOST_NEAREST: usize = 3;

pub fn elsewhere(desk: &Desk<'_>, host: &str, path: &str) -> Answer {
    let own = &desk.site.config.base_url;
    let mut words = vec![format!("An address of {host}. This site's are at {}{}/.", own.origin, own.path)];
    let here = asked::address(desk, if path.is_empty() { "/" } else { path }, None);
    let nearest = match here {
        Found::Page { id, .. } => vec![desk.link(id)],
        Found::Made { job, .. } => {
            vec![Link { title: super::made::named(desk, job, None), url: Some(job.url.clone()), file: None }]
        }
        _ => Vec::new(),
    };
    if !nearest.is_empty() {
        words.push("The same path leads somewhere here, too.".to_owned());
    }
    Answer { what: What::Unknown, words, nearest, ..Answer::default() }
}

pub fn no_address(desk: &Desk<'_>, path: &str) -> Answer {
    let mut words = vec![format!("Nothing stands at {path}.")];
    if let Some((why, nearest)) = super::missing_date::missing_date(desk, path) {
        words.push(why);
        return Answer { what: What::Unknown, words, nearest, ..Answer::default() };
    }
    words.extend(why_nothing(desk, path));
    Answer { what: What::Unknown, words, nearest: nearest(desk, path), ..Answer::default() }
}

pub fn nothing(desk: &Desk<'_>, asked: &str) -> Answer {
    let named = asked::named(desk, asked);
    let (words, nearest) = if named.len() > 1 {
        let found: Vec<Link> = named.iter().filter_map(|file| link_of_file(desk, file)).collect();
        (vec![format!("There is more than one \"{asked}\": say which by its file.")], found)
    } else {
        let words = format!("There is no file and no address \"{asked}\" in this site.");
        (vec![words], nearest(desk, asked))
    };
    Answer { what: What::Unknown, words, nearest, ..Answer::default() }
}

/// What would make an address, as far as its form tells.
fn why_nothing(desk: &Desk<'_>, path: &str) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(lost) = later_page(desk, path) {
        words.push(lost);
    } else if let Some(term) = term(desk, path) {
        words.push(term);
    } else if let Some(month) = month(desk, path) {
        words.push(month);
    } else {
        words.extend(would_make(desk, path));
    }
    words
}

/// A page of a list that has not so many.
fn later_page(desk: &Desk<'_>, path: &str) -> Option<String> {
    let (list, number) = path.trim_end_matches('/').rsplit_once("/page/")?;
    number.parse::<u32>().ok()?;
    let job = desk.job_at(&format!("{}/index.html", list.trim_start_matches('/')))?;
    let site = desk.site;
    let pages = match job.subject {
        Subject::Page { page, .. } => list_pages(site.sections.get(&page)?.pages.len(), site.section_page_size(page)),
        Subject::Term { language, taxonomy, term, .. } => {
            let found = &site.terms[language.0 as usize][taxonomy as usize][term as usize];
            list_pages(found.pages.len(), site.config.taxonomies[taxonomy as usize].paginate as usize)
        }
        _ => return None,
    };
    let has = super::count(pages as usize, "page");
    Some(format!("The list at {}{list}/ has {has}.", site.config.base_url.path))
}

/// A year or month in which no event takes place.
fn month(desk: &Desk<'_>, path: &str) -> Option<String> {
    let site = desk.site;
    let url = format!("{}{path}", site.config.base_url.path);
    let mut dates = site.event_lists.all.iter().filter_map(|list| url.strip_prefix(list.url.as_str()));
    let (year, month) = dates.find_map(|rest| {
        let mut parts = rest.trim_end_matches('/').split('/');
        let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let month: Option<i8> = match parts.next() {
            Some(month) => Some(month.parse().ok().filter(|month| (1..=12).contains(month))?),
            None => None,
        };
        parts.next().is_none().then_some((year, month))
    })?;
    let when = month.map_or_else(|| format!("{year:04}"), |month| super::event_lists::in_words(year, month));
    Some(format!("No event takes place in {when}, as far as its lists look."))
}

/// A term that no page has.
fn term(desk: &Desk<'_>, path: &str) -> Option<String> {
    let site = desk.site;
    let url = format!("{}{path}", site.config.base_url.path);
    for language in site.languages() {
        for (number, taxonomy) in site.config.taxonomies.iter().enumerate() {
            let Some(rest) = url.strip_prefix(&site.taxonomy_url(language, number as u32)) else { continue };
            let slug = rest.trim_end_matches('/').split('/').next().unwrap_or(rest);
            if slug.is_empty() {
                return Some(format!("It would list all {}; no page has any.", taxonomy.title));
            }
            if site.terms[language.0 as usize][number].iter().any(|term| term.slug == slug) {
                return None;
            }
            return Some(format!(
                "It would list the pages with {} = [\"{slug}\"]; no page in {} has that.",
                taxonomy.name,
                desk.language(language)
            ));
        }
    }
    None
}

/// The file that would make a page at a path.
fn would_make(desk: &Desk<'_>, path: &str) -> Option<String> {
    let site = desk.site;
    let trimmed = path.trim_matches('/');
    let name = trimmed.rsplit('/').next()?;
    if name.contains('.') && !name.ends_with(".html") {
        return Some(format!("A file static/{trimmed} would be published there."));
    }
    let trimmed = trimmed.trim_end_matches("index.html").trim_end_matches(".html").trim_end_matches('/');
    let (above, name) = trimmed.rsplit_once('/').unwrap_or(("", trimmed));
    let parent = desk.job_at(&if above.is_empty() { "index.html".to_owned() } else { format!("{above}/index.html") });
    let section = parent.and_then(|job| match job.subject {
        Subject::Page { page, .. } if site.page(page).document.path.is_section() => Some(site.page(page)),
        _ => None,
    });
    let (folder, language) = match section {
        Some(section) => (section.document.path.folder().to_owned(), section.language),
        None => (above.to_owned(), site.page(*site.homes.first()?).language),
    };
    let stem = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let file = super::page::file_of_version(desk, &stem, language);
    match site.pages.iter().find(|page| **page.document.own_path() == *file && !page.synthesised) {
        Some(page) => {
            let key = if page.document.common.path.is_some() { "path" } else { "slug" };
            Some(format!("{file} would, but its `{key}` puts it at {}.", page.route.url))
        }
        None => match desk.hidden().into_iter().find(|(_, document, _)| **document.own_path() == *file) {
            Some((reason, _, _)) => {
                Some(format!("{file} would, but it is not published ({}).", super::page::status(reason)))
            }
            None => Some(format!("A file {file} would make a page there.")),
        },
    }
}

fn link_of_file(desk: &Desk<'_>, file: &str) -> Option<Link> {
    match asked::file(desk, file)? {
        Found::Page { id, .. } => Some(desk.link(id)),
        Found::Hidden { document, .. } => Some(link_of_hidden(document)),
        _ => None,
    }
}

fn link_of_hidden(document: &Document) -> Link {
    Link { title: document.common.title.value.clone(), url: None, file: Some(document.written_in()) }
}

/// What is written most alike: the same last part elsewhere, a like one in the same place, and what is alike as a whole.
fn nearest(desk: &Desk<'_>, asked: &str) -> Vec<Link> {
    let is_file = asked.ends_with(".md") || asked.starts_with(FOLDER);
    let candidates = if is_file { files(desk) } else { addresses(desk) };
    let asked = asked.trim_start_matches("@/");
    let asked = if is_file && !asked.starts_with(FOLDER) { format!("{FOLDER}/{asked}") } else { asked.to_owned() };
    let mut found: Vec<&str> = Vec::new();
    let own = last_part(&asked);
    let same_name = candidates.keys().map(String::as_str).filter(|candidate| last_part(candidate) == own);
    let mut same_name: Vec<&str> = same_name.filter(|_| !own.is_empty()).collect();
    same_name.sort_by_key(|candidate| strsim::damerau_levenshtein(candidate, &asked));
    found.extend(same_name.into_iter().take(MOST_NEAREST));
    let folder =
        |path: &str| path.trim_end_matches('/').rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let beside: Vec<&str> =
        candidates.keys().map(String::as_str).filter(|candidate| folder(candidate) == folder(&asked)).collect();
    if let Some(meant) = did_you_mean(own, beside.iter().map(|candidate| last_part(candidate))) {
        found.extend(beside.iter().filter(|candidate| last_part(candidate) == meant));
    }
    found.extend(did_you_mean(&asked, candidates.keys().map(String::as_str)));
    let mut links: Vec<Link> = Vec::new();
    for path in found {
        if let Some(link) = candidates.get(path).filter(|link| !links.contains(link)) {
            links.push(link.clone());
        }
    }
    links.truncate(MOST_NEAREST);
    links
}

fn last_part(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}

/// Every address below the base path, with what stands there.
fn addresses(desk: &Desk<'_>) -> BTreeMap<String, Link> {
    let base = &desk.site.config.base_url.path;
    let below = |url: &str| url.strip_prefix(base.as_str()).unwrap_or(url).to_owned();
    let mut all: BTreeMap<String, Link> = BTreeMap::new();
    for job in desk.site.jobs.iter() {
        let link = match job.subject {
            // Who asks for an earlier address means the page.
            Subject::Page { page, number: 1 } | Subject::Redirect { page, .. } => desk.link(page),
            Subject::Page { .. } | Subject::Term { number: 2.., .. } => continue,
            _ => Link { title: super::made::named(desk, job, None), url: Some(job.url.clone()), file: None },
        };
        all.insert(below(&job.url), link);
    }
    for (_, document, route) in desk.hidden() {
        if let Some(route) = route {
            all.entry(below(&route.url)).or_insert_with(|| link_of_hidden(document));
        }
    }
    all
}

/// Every content file, with its page.
fn files(desk: &Desk<'_>) -> BTreeMap<String, Link> {
    let site = desk.site;
    let published = site.ids().filter(|id| !site.page(*id).synthesised && !site.page(*id).is_fallback);
    let published = published.map(|id| (site.page(id).document.own_path().to_string(), desk.link(id)));
    let hidden = desk.hidden().into_iter();
    let hidden = hidden.map(|(_, document, _)| (document.own_path().to_string(), link_of_hidden(document)));
    published.chain(hidden).collect()
}
