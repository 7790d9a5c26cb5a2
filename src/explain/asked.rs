//! What was asked for: a file, a path of the content or of the output, an address.

use super::Desk;
use crate::config::scheme;
use crate::content::{Document, FOLDER};
use crate::output::{decode_path, encode_path};
use crate::site::{FileSource, Hidden, Job, PageId, Route, Subject};
use std::collections::BTreeSet;

/// What was found.
#[derive(Debug)]
pub enum Found<'l> {
    /// A page, and what stood behind `#`.
    Page { id: PageId, fragment: Option<String> },
    /// A document that is not published.
    Hidden { reason: Hidden, document: &'l Document, route: Option<Route> },
    /// Something else of the output, and what stood behind `#`.
    Made { job: &'l Job, fragment: Option<String> },
    /// A file of the site that is neither.
    Source(String),
    /// An address of another host.
    Elsewhere { host: String, path: String },
    /// An address of the site at which nothing stands; below the base path, with a `/` in front.
    NoAddress(String),
    /// Neither a file nor an address.
    Nothing,
}

/// Hosts at which a site is looked at while it is written.
const PREVIEW_HOSTS: &[&str] = &["localhost", "127.0.0.1", "[::1]", "0.0.0.0"];

pub fn find<'l>(desk: &Desk<'l>, asked: &str) -> Found<'l> {
    let asked = asked.trim();
    if asked.is_empty() {
        return Found::Nothing;
    }
    let (plain, fragment) = split_fragment(asked);
    let is_web = |scheme: &str| ["http", "https", "webcal"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
    if scheme(asked).is_some_and(is_web) || asked.starts_with("//") {
        return whole_address(desk, plain, fragment);
    }
    if let Some(path) = asked.strip_prefix("@/") {
        let path = path.split('#').next().unwrap_or(path);
        return content(desk, path, fragment).unwrap_or(Found::Nothing);
    }
    if plain.starts_with('/') {
        return address(desk, plain, fragment);
    }
    let path = asked.trim_start_matches("./");
    let path = if path.contains('\\') { path.replace('\\', "/") } else { path.to_owned() };
    let plain = path.split(['#', '?']).next().unwrap_or(&path);
    file(desk, &path)
        .or_else(|| folder(desk, &path))
        .or_else(|| content(desk, plain, fragment.clone()))
        .or_else(|| output(desk, plain, fragment.clone()))
        .or_else(|| by_name(desk, plain))
        .unwrap_or_else(|| if looks_like_address(plain) { Found::NoAddress(rooted(plain)) } else { Found::Nothing })
}

fn split_fragment(asked: &str) -> (&str, Option<String>) {
    let (rest, fragment) = match asked.split_once('#') {
        Some((rest, fragment)) => (rest, Some(decode_path(fragment).into_owned()).filter(|text| !text.is_empty())),
        None => (asked, None),
    };
    (rest.split('?').next().unwrap_or(rest), fragment)
}

fn rooted(path: &str) -> String {
    format!("/{}", path.trim_start_matches('/'))
}

fn looks_like_address(path: &str) -> bool {
    path.ends_with('/') || path.ends_with(".html")
}

/// A file of the site by its path from the site's root.
pub fn file<'l>(desk: &Desk<'l>, path: &str) -> Option<Found<'l>> {
    let site = desk.site;
    let page = |synthesised: bool| {
        let mut pages =
            site.ids().filter(|id| site.page(*id).synthesised == synthesised && !site.page(*id).is_fallback);
        pages.find(|id| **site.page(*id).document.own_path() == *path).map(|id| Found::Page { id, fragment: None })
    };
    if let Some(page) = page(false) {
        return Some(page);
    }
    if let Some((reason, document, route)) =
        desk.hidden().into_iter().find(|(_, document, _)| **document.own_path() == *path)
    {
        return Some(Found::Hidden { reason, document, route });
    }
    let is_source = |source: &FileSource| match source {
        FileSource::Site(file) => **file == *path,
        FileSource::Theme(_) => false,
    };
    if let Some(number) = site.files.iter().position(|file| is_source(&file.source))
        && let Some(job) = site.jobs.iter().find(|job| job.subject == Subject::File { file: number as u32 })
    {
        return Some(Found::Made { job, fragment: None });
    }
    if desk.world.exists(path) || desk.is_embedded(path) {
        return Some(Found::Source(path.to_owned()));
    }
    page(true)
}

/// A folder of the content means its own page.
fn folder<'l>(desk: &Desk<'l>, path: &str) -> Option<Found<'l>> {
    let path = path.trim_end_matches('/');
    let below = if path == FOLDER { "" } else { path.strip_prefix(FOLDER)?.strip_prefix('/')? };
    of_folder(desk, below)
}

fn of_folder<'l>(desk: &Desk<'l>, below: &str) -> Option<Found<'l>> {
    let stem = |name: &str| if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
    let stems = [stem("_index"), stem("index")];
    let is_meant = |document: &Document| stems.contains(&document.path.stem);
    let site = desk.site;
    if let Some(id) = site.ids().find(|id| is_meant(&site.page(*id).document)) {
        return Some(Found::Page { id, fragment: None });
    }
    let mut hidden = desk.hidden().into_iter();
    hidden.find(|(_, document, _)| is_meant(document)).map(|(reason, document, route)| Found::Hidden {
        reason,
        document,
        route,
    })
}

/// A path below `content/`, as links write it.
fn content<'l>(desk: &Desk<'l>, path: &str, fragment: Option<String>) -> Option<Found<'l>> {
    let path = decode_path(path);
    let path = path.trim_start_matches('/');
    if let Some(mut found) = file(desk, &format!("{FOLDER}/{path}")) {
        if let Found::Page { fragment: at, .. } = &mut found {
            *at = fragment;
        }
        return Some(found);
    }
    if path.ends_with(".md") {
        let id = desk.site.find(path, desk.site.page(desk.site.homes[0]).language)?;
        return Some(Found::Page { id, fragment });
    }
    of_folder(desk, path.trim_end_matches('/')).filter(|_| !path.is_empty() && !path.ends_with(".html"))
}

fn whole_address<'l>(desk: &Desk<'l>, asked: &str, fragment: Option<String>) -> Found<'l> {
    let rest = asked.split_once("//").map_or(asked, |(_, rest)| rest);
    let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name);
    let config = &desk.site.config;
    let path = if path.is_empty() { "/" } else { path };
    // Within the program every language stands below one address.
    let of_language = config.languages.iter().find_map(|language| {
        let address = language.own_address.as_ref().filter(|address| host.eq_ignore_ascii_case(address.host()))?;
        let below = path.strip_prefix(address.path.as_str())?.strip_prefix('/')?;
        Some(format!("{}/{}{below}", config.base_url.path, encode_path(&language.prefix)))
    });
    if let Some(path) = of_language {
        return address(desk, &path, fragment);
    }
    let own = config.base_url.host();
    if host.eq_ignore_ascii_case(own) || PREVIEW_HOSTS.contains(&name) {
        return address(desk, path, fragment);
    }
    Found::Elsewhere { host: host.to_owned(), path: path.to_owned() }
}

/// The path of an address, with the base path or without.
pub fn address<'l>(desk: &Desk<'l>, path: &str, fragment: Option<String>) -> Found<'l> {
    let base = &desk.site.config.base_url.path;
    let below = path.strip_prefix(base.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let with_base = below.filter(|_| !base.is_empty());
    for candidate in with_base.into_iter().chain([path]) {
        if let Some(found) = output(desk, candidate, fragment.clone()) {
            return found;
        }
    }
    Found::NoAddress(rooted(&decode_path(with_base.unwrap_or(path))))
}

/// A path of the output, or of an address below the base path; the output folder's own name may stand before it.
fn output<'l>(desk: &Desk<'l>, path: &str, fragment: Option<String>) -> Option<Found<'l>> {
    let path = decode_path(path);
    let path = path.trim_start_matches('/');
    let folder = format!("{}/", desk.site.config.output.trim_matches('/'));
    let in_folder = path.strip_prefix(folder.as_str());
    [Some(path), in_folder].into_iter().flatten().find_map(|path| {
        let names = match path.trim_end_matches('/') {
            "" => vec!["index.html".to_owned()],
            name if path.ends_with('/') => vec![format!("{name}/index.html")],
            name => vec![name.to_owned(), format!("{name}/index.html")],
        };
        names.iter().find_map(|name| standing_at(desk, name, fragment.clone()))
    })
}

/// What stands at a path of the output, or would.
fn standing_at<'l>(desk: &Desk<'l>, output: &str, fragment: Option<String>) -> Option<Found<'l>> {
    if let Some(job) = desk.job_at(output) {
        return Some(match job.subject {
            Subject::Page { page: id, number: 1 } => Found::Page { id, fragment },
            _ => Found::Made { job, fragment },
        });
    }
    let mut hidden = desk.hidden().into_iter();
    hidden
        .find(|(_, _, route)| route.as_ref().is_some_and(|route| route.output.as_str() == output))
        .map(|(reason, document, route)| Found::Hidden { reason, document, route })
}

/// A page by its title, its file's name or its own name, if there is but one.
fn by_name<'l>(desk: &Desk<'l>, asked: &str) -> Option<Found<'l>> {
    let named = named(desk, asked);
    match named.iter().collect::<Vec<_>>().as_slice() {
        [one] => file(desk, one),
        _ => None,
    }
}

/// The files of the pages with this title, file name or own name. Versions of one page count once, the first.
pub fn named(desk: &Desk<'_>, asked: &str) -> BTreeSet<String> {
    let asked = asked.trim_end_matches('/');
    let is_named = |document: &Document| {
        let name = document.own_path().rsplit('/').next().unwrap_or(document.own_path());
        let title = &document.common.title.value;
        !asked.is_empty()
            && (name == asked || document.path.own_name() == asked || title.to_lowercase() == asked.to_lowercase())
    };
    let site = desk.site;
    let published = site.pages.iter().filter(|page| !page.synthesised && !page.is_fallback).map(|page| &*page.document);
    let hidden = desk.hidden().into_iter().map(|(_, document, _)| document);
    let mut found: Vec<&Document> = published.chain(hidden).filter(|document| is_named(document)).collect();
    found.sort_by_key(|document| (&document.path.stem, desk.language_rank(&document.path.language)));
    found.dedup_by(|a, b| a.path.stem == b.path.stem);
    found.into_iter().map(|document| document.own_path().to_string()).collect()
}
