//! Languages with hosts of their own: what is written for each.

use super::plan::{Job, Subject};
use super::{LanguageId, Site};
use crate::config::{Config, Language};
use crate::output::OutputPath;
use std::borrow::Cow;
use std::collections::HashSet;

/// The hosts that a site is written for: its own, which is no language's, and those of languages.
pub fn all(config: &Config) -> impl Iterator<Item = Option<LanguageId>> {
    let own = config.languages.iter().enumerate().filter(|(_, language)| language.own_address.is_some());
    std::iter::once(None).chain(own.map(|(number, _)| Some(LanguageId(number as u8))))
}

/// The language on whose own host a file of the output stands.
pub fn of(config: &Config, output: &str) -> Option<LanguageId> {
    all(config).flatten().find(|id| output.starts_with(&language(config, *id).prefix))
}

fn language(config: &Config, id: LanguageId) -> &Language {
    &config.languages[usize::from(id.0)]
}

/// A path that begins with the base path as it is written on a host: a path where it leads to the same host, a whole
/// address where it leads to another one. None for what is no path of the site.
pub fn seen_from<'p>(config: &Config, host: Option<LanguageId>, path: &'p str) -> Option<Cow<'p, str>> {
    let below = path.strip_prefix(config.base_url.path.as_str())?.strip_prefix('/')?;
    if below.starts_with('/') {
        return None;
    }
    let prefix = |id: &LanguageId| crate::output::encode_path(&language(config, *id).prefix);
    let target = all(config).flatten().find(|id| below.starts_with(&*prefix(id)));
    if target != host {
        return Some(Cow::Owned(config.whole_address(path)));
    }
    Some(match target {
        Some(id) => {
            let rest = &below[prefix(&id).len()..];
            Cow::Owned(format!("{}/{rest}", base_path(config, host)))
        }
        None => Cow::Borrowed(path),
    })
}

/// The path below which a host's pages stand, without a slash at its end.
pub fn base_path(config: &Config, host: Option<LanguageId>) -> &str {
    let own = host.and_then(|id| language(config, id).own_address.as_ref());
    &own.unwrap_or(&config.base_url).path
}

/// Every host has the files that its pages need: pictures, styles. What stands there already gives way to none.
pub fn copies(site: &Site, jobs: &[Job]) -> Vec<Job> {
    let mut made = Vec::new();
    let config = &site.config;
    let hosts: Vec<&str> = config
        .languages
        .iter()
        .filter(|language| language.own_address.is_some())
        .map(|language| language.prefix.as_str())
        .collect();
    let taken: HashSet<String> = jobs.iter().map(|job| job.output.collision_key()).collect();
    for (number, file) in site.files.iter().enumerate() {
        let path = file.output.as_str();
        if hosts.iter().any(|prefix| path.starts_with(prefix)) {
            continue;
        }
        for prefix in &hosts {
            let Ok(output) = OutputPath::new(&format!("{prefix}{path}")) else { continue };
            if !taken.contains(&output.collision_key()) {
                let url = format!("{}{}", config.base_url.path, output.url_path());
                made.push(Job { output, url, subject: Subject::File { file: number as u32 } });
            }
        }
    }
    made
}
