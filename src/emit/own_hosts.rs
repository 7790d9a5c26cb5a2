//! Pages of languages that have an address of their own. Within the program every language stands below one address; what
//! is written leads from host to host.

use super::addresses::rewrite;
use crate::config::{Config, Language};
use crate::output::encode_path;
use crate::site::{Job, Site, Subject};
use std::borrow::Cow;

/// The language whose own host a file of the output belongs to.
pub fn host_of<'c>(config: &'c Config, output: &str) -> Option<&'c Language> {
    config.languages.iter().find(|language| language.own_address.is_some() && output.starts_with(&language.prefix))
}

/// The page with every address of the site as it is from the page's host: a path on the same one, whole on another.
/// Files that are published as they are stand on every host.
pub fn localise(html: &str, site: &Site, job: &Job) -> String {
    let config = &site.config;
    let own = host_of(config, job.output.as_str());
    rewrite(html, |value| {
        let below = value.strip_prefix(config.base_url.path.as_str())?.strip_prefix('/')?;
        if below.starts_with('/') {
            return None;
        }
        let target = config.languages.iter().find_map(|language| {
            let rest = below.strip_prefix(&*encode_path(&language.prefix))?;
            language.own_address.as_ref().map(|address| (language, address, rest))
        });
        match (target, own) {
            (None, None) => None,
            (Some((language, address, rest)), Some(own)) if language.code == own.code => {
                Some(Cow::Owned(format!("{}/{rest}", address.path)))
            }
            (None, Some(own)) if is_file(site, below) => {
                let path = own.own_address.as_ref().map_or("", |address| address.path.as_str());
                Some(Cow::Owned(format!("{path}/{below}")))
            }
            _ => Some(Cow::Owned(site.permalink(value))),
        }
    })
}

/// Whether a file that is published as it is stands at a path below the site's root.
fn is_file(site: &Site, below: &str) -> bool {
    let path = below.split(['?', '#']).next().unwrap_or(below);
    let path = crate::output::decode_path(path);
    let found = site.jobs.binary_search_by(|job| job.output.as_str().cmp(&path));
    found.is_ok_and(|at| matches!(site.jobs[at].subject, Subject::File { .. }))
}
