//! Pages of languages that have an address of their own. Within the program every language stands below one address; what
//! is written leads from host to host.

use super::addresses::rewrite;
use crate::site::own_hosts::{base_path, of, seen_from};
use crate::site::{Job, Site, Subject};
use std::borrow::Cow;

/// The page with every address of the site as it is from the page's host: a path on the same one, whole on another.
/// Files that are published as they are stand on every host.
pub fn localise(html: &str, site: &Site, job: &Job) -> String {
    let config = &site.config;
    let host = of(config, job.output.as_str());
    rewrite(html, |value| {
        let seen = seen_from(config, host, value)?;
        let below = value.strip_prefix(config.base_url.path.as_str())?.strip_prefix('/')?;
        if host.is_some() && of(config, below).is_none() && is_file(site, below) {
            return Some(Cow::Owned(format!("{}/{below}", base_path(config, host))));
        }
        matches!(seen, Cow::Owned(_)).then_some(seen)
    })
}

/// Whether a file that is published as it is stands at a path below the site's root.
fn is_file(site: &Site, below: &str) -> bool {
    let path = below.split(['?', '#']).next().unwrap_or(below);
    let path = crate::output::decode_path(path);
    let found = site.jobs.binary_search_by(|job| job.output.as_str().cmp(&path));
    found.is_ok_and(|at| matches!(site.jobs[at].subject, Subject::File { .. }))
}
