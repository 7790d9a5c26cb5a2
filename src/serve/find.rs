//! Which job a request's path means. Requests are held against the plan alone: no path of a request reaches a disk.

use crate::output::{decode_path, encode_path};
use crate::site::Job;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A job, by its number.
    Job(usize),
    /// It stands at this path: a folder's page is asked for without its slash, or the site begins elsewhere.
    Elsewhere(String),
    Nothing,
}

/// Finds the job of a request's path, as written, among jobs sorted by their outputs. `base` is the path before the
/// site's own paths.
pub fn find(jobs: &[Job], base: &str, path: &str) -> Found {
    let Some(decoded) = decoded(path) else { return Found::Nothing };
    let below = match decoded.strip_prefix(&*decode_path(base)) {
        Some(below) if below.starts_with('/') => &below[1..],
        Some("") => return Found::Elsewhere(format!("{base}/")),
        _ if decoded == "/" => return Found::Elsewhere(format!("{base}/")),
        _ => return Found::Nothing,
    };
    let at = |output: &str| jobs.binary_search_by(|job| job.output.as_str().cmp(output)).ok();
    if below.is_empty() || below.ends_with('/') {
        return at(&format!("{below}index.html")).map_or(Found::Nothing, Found::Job);
    }
    if let Some(job) = at(below) {
        return Found::Job(job);
    }
    match at(&format!("{below}/index.html")) {
        Some(_) => Found::Elsewhere(format!("{base}/{}/", encode_path(below))),
        None => Found::Nothing,
    }
}

/// The page for what is not found: the nearest above the path, as hosts that have several choose.
pub fn not_found(jobs: &[Job], base: &str, path: &str) -> Option<usize> {
    let decoded = decoded(path).unwrap_or_default();
    let below = decoded.strip_prefix(&*decode_path(base)).unwrap_or("").trim_start_matches('/');
    let at = |output: &str| jobs.binary_search_by(|job| job.output.as_str().cmp(output)).ok();
    let mut folder = below;
    while let Some((above, _)) = folder.rsplit_once('/') {
        if let Some(job) = at(&format!("{above}/404.html")) {
            return Some(job);
        }
        folder = above;
    }
    at("404.html")
}

/// The characters of a path, composed as those of the output are. None where bytes are no text, or where an encoded
/// slash or a sign that ends names would make two readings of it.
pub fn decoded(path: &str) -> Option<String> {
    let lowered = path.to_ascii_lowercase();
    if !path.starts_with('/') || ["%2f", "%5c", "%00"].iter().any(|code| lowered.contains(code)) {
        return None;
    }
    let decoded = decode_path(path);
    // What could not be read as text comes back as it was.
    if decoded == path && path.contains('%') && !is_plain(path) {
        return None;
    }
    Some(if is_nfc(&decoded) { decoded.into_owned() } else { decoded.nfc().collect() })
}

/// Whether no `%` of a path begins an escape.
fn is_plain(path: &str) -> bool {
    path.split('%')
        .skip(1)
        .all(|after| !after.as_bytes().get(..2).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)))
}

#[cfg(test)]
mod tests {
    use super::{Found, find, not_found};
    use crate::output::OutputPath;
    use crate::site::{Job, Subject};

    fn jobs(paths: &[&str]) -> Vec<Job> {
        let mut jobs: Vec<Job> = paths
            .iter()
            .map(|path| Job {
                output: OutputPath::new(path).unwrap(),
                url: String::new(),
                subject: Subject::Robots { host: None },
            })
            .collect();
        jobs.sort_by(|a, b| a.output.cmp(&b.output));
        jobs
    }

    const SITE: &[&str] = &[
        "index.html",
        "404.html",
        "de/404.html",
        "de/index.html",
        "groups/leeds/index.html",
        "caf\u{e9}/index.html",
        "a b.pdf",
        "100%.txt",
        "feed.xml",
    ];

    fn check(base: &str, path: &str, expected: &str) {
        let jobs = jobs(SITE);
        let found = match find(&jobs, base, path) {
            Found::Job(number) => jobs[number].output.as_str().to_owned(),
            Found::Elsewhere(to) => format!("-> {to}"),
            Found::Nothing => "nothing".to_owned(),
        };
        assert_eq!(found, expected, "{path} below {base:?}");
    }

    #[test]
    fn paths_mean_what_hosts_take_them_for() {
        check("", "/", "index.html");
        check("", "/index.html", "index.html");
        check("", "/groups/leeds/", "groups/leeds/index.html");
        check("", "/groups/leeds/index.html", "groups/leeds/index.html");
        check("", "/groups/leeds", "-> /groups/leeds/");
        check("", "/feed.xml", "feed.xml");
        check("", "/feed.xml/", "nothing");
        check("", "/caf%C3%A9/", "caf\u{e9}/index.html");
        check("", "/caf%c3%a9", "-> /caf%C3%A9/");
        check("", "/cafe%CC%81/", "caf\u{e9}/index.html");
        check("", "/a%20b.pdf", "a b.pdf");
        check("", "/100%25.txt", "100%.txt");
        check("", "/groups/", "nothing");
        check("", "/groups", "nothing");
        check("", "/%67roups/leeds/", "groups/leeds/index.html");
    }

    #[test]
    fn no_path_leaves_the_site_or_has_two_readings() {
        for path in [
            "",
            "groups/leeds/",
            "//",
            "//groups/leeds",
            "/groups//leeds/",
            "/../index.html",
            "/groups/../index.html",
            "/groups/%2e%2e/index.html",
            "/%252e%252e/index.html",
            "/groups%2Fleeds/",
            "/groups%5cleeds/",
            "/groups\\leeds/",
            "/index.html%00",
            "/caf%E9/",
            "/%",
            "/GROUPS/LEEDS/",
        ] {
            check("", path, "nothing");
        }
    }

    #[test]
    fn a_site_below_a_path_is_found_there_only() {
        check("/sub", "/", "-> /sub/");
        check("/sub", "/sub", "-> /sub/");
        check("/sub", "/sub/", "index.html");
        check("/sub", "/sub/groups/leeds", "-> /sub/groups/leeds/");
        check("/sub", "/groups/leeds/", "nothing");
        check("/sub", "/subway/", "nothing");
        check("/caf%C3%A9", "/caf%C3%A9/feed.xml", "feed.xml");
    }

    #[test]
    fn what_is_not_found_has_the_nearest_page_for_it() {
        let jobs = jobs(SITE);
        let name = |base, path| not_found(&jobs, base, path).map(|number| jobs[number].output.as_str().to_owned());
        assert_eq!(name("", "/nothing/").as_deref(), Some("404.html"));
        assert_eq!(name("", "/de/nichts/").as_deref(), Some("de/404.html"));
        assert_eq!(name("/sub", "/sub/de/x/y").as_deref(), Some("de/404.html"));
        assert_eq!(name("/sub", "/elsewhere").as_deref(), Some("404.html"));
        assert_eq!(name("", "/%E9").as_deref(), Some("404.html"));
    }
}
