//! Earlier addresses: those that pages name themselves, and those of the configuration's table.

use super::links::{self, Found};
use super::routes::folder_or_file;
use super::{PageId, Route, Site, Subject};
use crate::config::{Config, Host};
use crate::diagnostic::{Diagnostic, codes};
use crate::output::decode_path;
use crate::source::{FileRef, Span};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Sends readers on from an earlier address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// A path with the base path, its characters not encoded; it ends with `/` unless it names a file.
    pub from: String,
    /// It counts for everything whose path begins so.
    pub is_prefix: bool,
    /// A path with the base path, or a whole address. `:splat` at its end stands for what follows the prefix.
    pub to: String,
    pub status: u16,
    pub origin: RedirectOrigin,
}

/// Where a redirect is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RedirectOrigin {
    /// Under `aliases` of a page.
    Alias { page: PageId, alias: u32 },
    /// In the configuration's table, by its number there.
    Table { number: u32 },
}

/// The most redirects of Cloudflare Pages: plain ones, and those with a pattern.
const CLOUDFLARE: (usize, usize) = (2000, 100);

/// The most routing rules of a bucket of Amazon S3.
const S3: usize = 50;

/// The path below the site's root at which the page of an earlier address stands.
pub fn path_of(written: &str) -> String {
    folder_or_file(&decode_path(written.trim().trim_start_matches('/')))
}

/// Makes the redirects of those jobs that lead on, and of the table's patterns, and looks whether they arrive. Where every
/// host redirects by itself, the jobs are taken out of the plan.
pub fn settle(site: &mut Site, diagnostics: &mut Vec<Diagnostic>) {
    let table = !site.config.publish.redirects.is_empty();
    let hosts = !site.config.publish.hosts.is_empty();
    if !table && !hosts {
        return;
    }
    let targets = targets(site, diagnostics);
    let decoded = |url: &str| decode_path(url).into_owned();
    let mut redirects = Vec::new();
    for job in site.jobs.iter() {
        match job.subject {
            // They stand on another host.
            Subject::Redirect { page, .. } if has_own_host(site, page) => {}
            Subject::Redirect { page, alias } => redirects.push(Redirect {
                from: decoded(&job.url),
                is_prefix: false,
                to: site.page(page).route.url.clone(),
                status: 301,
                origin: RedirectOrigin::Alias { page, alias },
            }),
            Subject::Moved { redirect: number } => {
                let Some(to) = targets[number as usize].clone() else { continue };
                let status = site.config.publish.redirects[number as usize].status;
                let origin = RedirectOrigin::Table { number };
                redirects.push(Redirect { from: decoded(&job.url), is_prefix: false, to, status, origin });
            }
            _ => {}
        }
    }
    for (number, written) in site.config.publish.redirects.iter().enumerate().filter(|(_, own)| own.is_prefix) {
        let Some(to) = targets[number].clone() else { continue };
        let from = format!("{}{}", decoded(&site.config.base_url.path), decoded(&written.from));
        let origin = RedirectOrigin::Table { number: number as u32 };
        redirects.push(Redirect { from, is_prefix: true, to, status: written.status, origin });
    }
    // What counts for one address comes before what counts for a folder, and a folder before the one it lies in.
    redirects.sort_by(|a, b| {
        let length = |redirect: &Redirect| std::cmp::Reverse(if redirect.is_prefix { redirect.from.len() } else { 0 });
        (a.is_prefix, length(a), &a.from, a.origin).cmp(&(b.is_prefix, length(b), &b.from, b.origin))
    });
    let rules = Rules::new(site, &redirects);
    for redirect in &redirects {
        diagnostics.extend(rules.arrives(redirect));
        diagnostics.extend(rules.missing(redirect));
        diagnostics.extend(rules.hidden(redirect));
    }
    diagnostics.extend(rules.twice());
    diagnostics.extend(rules.too_many());
    // A page that leads nowhere would be one.
    let leads = |subject: &Subject| match subject {
        Subject::Moved { redirect } => targets[*redirect as usize].is_some(),
        _ => true,
    };
    let pages = site.config.publish.needs_redirect_pages();
    let own_hosts: HashSet<PageId> = match site.config.has_own_hosts() {
        true => site.ids().filter(|id| has_own_host(site, *id)).collect(),
        false => HashSet::new(),
    };
    Arc::make_mut(&mut site.jobs).retain(|job| match job.subject {
        Subject::Redirect { page, .. } if own_hosts.contains(&page) => true,
        Subject::Redirect { .. } | Subject::Moved { .. } => pages && leads(&job.subject),
        _ => true,
    });
    site.redirects = Arc::new(redirects);
}

/// Whether a page is in a language with an address of its own: the files for hosts are those of the site's.
fn has_own_host(site: &Site, page: PageId) -> bool {
    site.language(site.page(page).language).own_address.is_some()
}

/// Where each redirect of the table leads; none where it leads to no page.
fn targets(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Vec<Option<String>> {
    let config = &site.config;
    let home = site.page(site.homes[0]);
    let mut of = |redirect: &crate::config::Redirect| {
        let written = redirect.to.value.as_str();
        if written.starts_with("@/") {
            let (path, anchor) = written.split_at(written.find('#').unwrap_or(written.len()));
            return match site.targets.resolve(path, home) {
                Found::Page(id) if has_own_host(site, id) => {
                    Some(format!("{}{anchor}", site.permalink(&site.page(id).route.url)))
                }
                Found::Page(id) => Some(format!("{}{anchor}", site.page(id).route.url)),
                found => {
                    let (file, span) = config.locate(redirect.to.span);
                    diagnostics.push(site.targets.missing(written, &found, &file, span));
                    None
                }
            };
        }
        if !written.starts_with('/') {
            return Some(written.to_owned());
        }
        let (path, rest) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
        Some(format!("{}{}{rest}", config.base_url.path, crate::output::encode_path(&decode_path(path))))
    };
    config.publish.redirects.iter().map(&mut of).collect()
}

/// All redirects, for looking from one to the next.
struct Rules<'s> {
    site: &'s Site,
    all: &'s [Redirect],
    exact: HashMap<&'s str, &'s Redirect>,
}

impl<'s> Rules<'s> {
    fn new(site: &'s Site, all: &'s [Redirect]) -> Self {
        let exact = all.iter().filter(|rule| !rule.is_prefix).map(|rule| (rule.from.as_str(), rule)).collect();
        Self { site, all, exact }
    }

    fn place(&self, redirect: &Redirect) -> (FileRef, Span) {
        place(self.site, redirect.origin)
    }

    /// The path on this site that a redirect leads to, decoded; none when it leads elsewhere.
    fn own_target(&self, redirect: &Redirect) -> Option<String> {
        let origin = &self.site.config.base_url.origin;
        let to = redirect.to.split(['?', '#']).next().unwrap_or_default();
        let path = if to.starts_with('/') {
            to
        } else {
            to.strip_prefix(origin.as_str()).filter(|rest| rest.starts_with('/'))?
        };
        Some(decode_path(path).into_owned())
    }

    /// The redirect that counts for a path. For what follows a pattern, any path stands for all.
    fn of(&self, path: &str) -> Option<&'s Redirect> {
        let slashed = || format!("{path}/");
        self.exact.get(path).copied().or_else(|| self.exact.get(slashed().as_str()).copied()).or_else(|| {
            self.all.iter().find(|rule| rule.is_prefix && (path.starts_with(&rule.from) || slashed() == rule.from))
        })
    }

    fn arrives(&self, redirect: &Redirect) -> Option<Diagnostic> {
        let first = self.of(&self.own_target(redirect)?)?;
        let (file, span) = self.place(redirect);
        let mut seen = HashSet::from([redirect.origin]);
        let mut last = first;
        while seen.insert(last.origin) {
            match self.own_target(last).and_then(|path| self.of(&path)) {
                Some(next) => last = next,
                None => {
                    let message = format!("\"{}\" leads to \"{}\", which leads on", redirect.from, first.from);
                    let help = format!("write where readers end up: \"{}\"", last.to);
                    return Some(Diagnostic::new(&codes::REDIRECT_CHAIN, message).at(&file, span).help(help));
                }
            }
        }
        let message = format!("\"{}\" leads in a circle", redirect.from);
        let help = "let one of the redirects lead to a page, or remove it";
        Some(Diagnostic::new(&codes::REDIRECT_LOOP, message).at(&file, span).help(help))
    }

    /// A path of this site at which nothing stands.
    fn missing(&self, redirect: &Redirect) -> Option<Diagnostic> {
        let path = self.own_target(redirect).filter(|path| !path.ends_with(":splat"))?;
        if !matches!(redirect.origin, RedirectOrigin::Table { .. }) || self.of(&path).is_some() {
            return None;
        }
        let base = decode_path(&self.site.config.base_url.path).into_owned();
        let below = path.strip_prefix(base.as_str()).unwrap_or(&path);
        let (file, span) = self.place_of_target(redirect);
        Some(links::check_rooted(below, &self.site.known())?.at(&file, span))
    }

    fn place_of_target(&self, redirect: &Redirect) -> (FileRef, Span) {
        match redirect.origin {
            RedirectOrigin::Table { number } => {
                self.site.config.locate(self.site.config.publish.redirects[number as usize].to.span)
            }
            RedirectOrigin::Alias { .. } => self.place(redirect),
        }
    }

    /// What some host cannot do.
    fn hidden(&self, redirect: &Redirect) -> Option<Diagnostic> {
        let publish = &self.site.config.publish;
        let (file, span) = self.place(redirect);
        let report = |message: String, help: &str| {
            Some(Diagnostic::new(&codes::REDIRECT_HIDDEN, message).at(&file, span).help(help))
        };
        let below = self.below(redirect);
        if redirect.is_prefix {
            if publish.needs_redirect_pages() {
                let message = format!(
                    "\"{}*\" stands for many addresses, and plain pages cannot stand at all of them",
                    redirect.from
                );
                return report(
                    message,
                    "name the host under `hosts` in [publish], or write one redirect for each address",
                );
            }
            if let Some(page) = below {
                let message =
                    format!("\"{}*\" sends readers away from pages that stand there, such as {page}", redirect.from);
                return report(message, "move the pages, or write one redirect for each address");
            }
        } else if publish.hosts.contains(&Host::S3)
            && let Some(page) = below
        {
            let message =
                format!("Amazon S3 cannot send readers on from \"{}\" alone: {page} stands below it", redirect.from);
            return report(
                message,
                "its rules count for all addresses that begin so, and this one is left out of them",
            );
        } else if publish.needs_redirect_pages() && !redirect.from.ends_with('/') && !is_html(&redirect.from) {
            let message =
                format!("a page that leads on can stand at \"{}\", but hosts would not send it as one", redirect.from);
            let aliases = matches!(redirect.origin, RedirectOrigin::Alias { .. });
            return if aliases { None } else { report(message, "name the host under `hosts` in [publish]") };
        }
        None
    }

    /// A page that stands below the path of a redirect, or at it.
    fn below(&self, redirect: &Redirect) -> Option<&'s str> {
        below(self.site, redirect)
    }

    /// Patterns that are written twice; of plain addresses that is known already.
    fn twice(&self) -> Vec<Diagnostic> {
        let patterns: Vec<&Redirect> = self.all.iter().filter(|rule| rule.is_prefix).collect();
        let twice = patterns.windows(2).filter(|pair| pair[0].from == pair[1].from);
        let report = |pair: &[&Redirect]| {
            let (file, span) = self.place(pair[1]);
            let (first_file, first_span) = self.place(pair[0]);
            Diagnostic::new(&codes::BAD_REDIRECT, format!("\"{}*\" is sent on twice", pair[1].from))
                .at(&file, span)
                .other(&first_file, first_span, "here, too")
                .help("remove one of the two")
        };
        twice.map(report).collect()
    }

    fn too_many(&self) -> Vec<Diagnostic> {
        let hosts = &self.site.config.publish.hosts;
        let patterns = self.all.iter().filter(|rule| rule.is_prefix).count();
        let plain = self.all.len() - patterns;
        // Each of a folder is written with and without its slash.
        let lines = self
            .all
            .iter()
            .filter(|rule| !rule.is_prefix)
            .map(|rule| 1 + usize::from(rule.from.ends_with('/')))
            .sum::<usize>();
        let mut found = Vec::new();
        let mut report = |message: String, help: &str| {
            found.push(Diagnostic::new(&codes::HOST_LIMIT, message).in_file(&self.site.config.file).help(help));
        };
        if hosts.contains(&Host::Cloudflare) && (lines > CLOUDFLARE.0 || patterns > CLOUDFLARE.1) {
            let message = format!(
                "Cloudflare takes {} redirects and {} patterns; here are {lines} and {patterns}",
                CLOUDFLARE.0, CLOUDFLARE.1
            );
            report(message, "use patterns for folders that moved whole, or redirect rules of the account");
        }
        if hosts.contains(&Host::S3) && plain + patterns > S3 {
            let message = format!("a bucket of Amazon S3 takes {S3} rules; here are {}", plain + patterns);
            report(message, "use patterns for folders that moved whole; the rules after the first 50 are left out");
        }
        found
    }
}

/// A page that stands below the path of a redirect, or at it.
pub fn below<'s>(site: &'s Site, redirect: &Redirect) -> Option<&'s str> {
    let base = decode_path(&site.config.base_url.path).into_owned();
    let prefix = redirect.from.strip_prefix(base.as_str()).unwrap_or(&redirect.from).trim_start_matches('/');
    let from = site.jobs.partition_point(|job| job.output.as_str() < prefix);
    let found = site.jobs[from..].iter().take_while(|job| job.output.as_str().starts_with(prefix));
    found
        .filter(|job| !matches!(job.subject, Subject::Redirect { .. } | Subject::Moved { .. }))
        .map(|job| job.url.as_str())
        .next()
}

fn is_html(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".htm")
}

/// The place in a source where a redirect is written.
pub fn place(site: &Site, origin: RedirectOrigin) -> (FileRef, Span) {
    match origin {
        RedirectOrigin::Alias { page, alias } => {
            let document = &site.page(page).document;
            let span = document.common.aliases.get(alias as usize).map_or(Span::default(), |alias| alias.span);
            (document.file.clone(), span)
        }
        RedirectOrigin::Table { number } => site.config.locate(site.config.publish.redirects[number as usize].span),
    }
}

/// The route of the page of a redirect of the table.
pub fn route(redirect: &crate::config::Redirect, config: &Config) -> Result<Route, crate::output::BadPath> {
    Route::new(&path_of(&redirect.from), config)
}
