//! What the files of one host say: a site as it is seen from that host.

use crate::output::{decode_path, encode_path};
use crate::site::own_hosts::{base_path, of, seen_from};
use crate::site::{LanguageId, Redirect, RedirectOrigin, Site, Subject};

/// One host of a site.
pub struct HostView<'s> {
    pub site: &'s Site,
    /// The language whose own host it is; none for the site's.
    pub host: Option<LanguageId>,
    /// The path below which the pages stand, without a slash at its end.
    pub base: &'s str,
    /// Those of this host, with addresses as they are there.
    pub redirects: Vec<Redirect>,
}

impl<'s> HostView<'s> {
    pub fn new(site: &'s Site, host: Option<LanguageId>) -> Self {
        let base = base_path(&site.config, host);
        Self { site, host, base, redirects: redirects(site, host) }
    }

    /// Scheme and host.
    pub fn origin(&self) -> &'s str {
        let own = self.host.and_then(|language| self.site.language(language).own_address.as_ref());
        &own.unwrap_or(&self.site.config.base_url).origin
    }

    /// The address on this host of a path of the site with the base path.
    pub fn address(&self, url: &str) -> String {
        seen_from(&self.site.config, self.host, url).map_or_else(|| url.to_owned(), |url| url.into_owned())
    }

    /// The page for what is not found, at the top of this host.
    pub fn not_found(&self) -> Option<String> {
        let folder = self.host.map_or("", |language| &self.site.language(language).prefix);
        let is_at_top = |path: &str| path.strip_prefix(folder).is_some_and(|name| !name.contains('/'));
        let mut jobs = self.site.jobs.iter();
        let found =
            jobs.find(|job| matches!(job.subject, Subject::NotFound { .. }) && is_at_top(job.output.as_str()))?;
        Some(self.address(&found.url))
    }
}

fn redirects(site: &Site, host: Option<LanguageId>) -> Vec<Redirect> {
    let config = &site.config;
    if !config.has_own_hosts() {
        return site.redirects.to_vec();
    }
    let below = |path: &str| path.strip_prefix(&*decode_path(&config.base_url.path)).map(str::to_owned);
    let is_here = |redirect: &&Redirect| {
        let path = below(&redirect.from).unwrap_or_default();
        of(config, path.trim_start_matches('/')) == host
    };
    // Earlier addresses of pages on a language's own host are not among the site's.
    let aliases = site.jobs.iter().filter(|_| host.is_some()).filter_map(|job| match job.subject {
        Subject::Redirect { page, alias } => Some(Redirect {
            from: decode_path(&job.url).into_owned(),
            is_prefix: false,
            to: site.page(page).route.url.clone(),
            status: 301,
            origin: RedirectOrigin::Alias { page, alias },
        }),
        _ => None,
    });
    let mut found: Vec<Redirect> = site.redirects.iter().cloned().chain(aliases).filter(|one| is_here(&one)).collect();
    let own = host.map_or(String::new(), |language| config.address_of(site.language(language)));
    for redirect in &mut found {
        let (from, to) = (encode_path(&redirect.from), redirect.to.clone());
        if let Some(from) = seen_from(config, host, &from) {
            redirect.from = decode_path(&from).into_owned();
        }
        if let Some(to) = seen_from(config, host, &to) {
            redirect.to = to.into_owned();
        } else if let Some(path) = to.strip_prefix(&*own).filter(|path| host.is_some() && path.starts_with('/')) {
            // It was made whole to lead to this very host.
            redirect.to = format!("{}{path}", base_path(config, host));
        }
    }
    found.sort_by(|a, b| (a.is_prefix, &a.from).cmp(&(b.is_prefix, &b.from)));
    found.dedup_by(|a, b| (a.is_prefix, &a.from) == (b.is_prefix, &b.from));
    found
}
