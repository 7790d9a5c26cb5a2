//! Languages with hosts of their own: what is written for each.

use super::plan::{Job, SITEMAP_ADDRESSES, Subject, is_address};
use super::{LanguageId, Site};
use crate::output::OutputPath;
use std::collections::HashSet;

impl Site {
    /// The jobs whose addresses the sitemap of a language's own host lists.
    pub fn sitemap_jobs_of_host(&self, language: LanguageId) -> impl Iterator<Item = &Job> {
        let prefix = &self.language(language).prefix;
        let own = self.jobs.iter().filter(move |job| job.output.as_str().starts_with(prefix));
        own.filter(|job| is_address(self, job)).take(SITEMAP_ADDRESSES)
    }
}

/// Whether a job is written for the own host of a language.
pub fn has(site: &Site, job: &Job) -> bool {
    let mut hosts = site.config.languages.iter().filter(|language| language.own_address.is_some());
    hosts.any(|language| job.output.as_str().starts_with(&language.prefix))
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
