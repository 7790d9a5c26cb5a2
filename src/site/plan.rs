//! The plan: every path of the output, and what is rendered there.

use super::collisions::{origin, without_collisions};
use super::own_hosts;
use super::redirects::{self, RedirectOrigin};
use super::routes::{Route, language_prefix};
use super::{HostFile, LanguageId, Page, PageId, Period, Scope, SignatoryList, Site, hosts};
use crate::config::FeedFormat;
use crate::content::Kind;
use crate::diagnostic::{Diagnostic, codes};
use crate::output::{OutputPath, decode_path};
use rayon::prelude::*;

/// The most addresses that a sitemap may have (sitemaps.org protocol).
pub const SITEMAP_ADDRESSES: usize = 50_000;

/// One file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub output: OutputPath,
    /// Its address, with the base path.
    pub url: String,
    pub subject: Subject,
}

/// What a job renders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A page; for a section's list also which of its pages, from one.
    Page {
        page: PageId,
        number: u32,
    },
    /// All terms of a taxonomy.
    Taxonomy {
        language: LanguageId,
        taxonomy: u32,
    },
    /// A page of a term's list.
    Term {
        language: LanguageId,
        taxonomy: u32,
        term: u32,
        number: u32,
    },
    /// A further page of the names under a statement, from two.
    Signatories {
        page: PageId,
        number: u32,
    },
    NotFound {
        language: LanguageId,
    },
    /// The top of a site whose default language stands below a path of its own: it leads there.
    Front,
    /// An earlier address of a page.
    Redirect {
        page: PageId,
        /// Which of the page's aliases.
        alias: u32,
    },
    /// A further file that a template makes, by its number, beside a page.
    Output {
        output: u32,
        page: PageId,
    },
    /// A redirect of the configuration's table, by its number there.
    Moved {
        redirect: u32,
    },
    SiteFeed {
        language: LanguageId,
        format: FeedFormat,
    },
    SectionFeed {
        page: PageId,
        format: FeedFormat,
    },
    TermFeed {
        language: LanguageId,
        taxonomy: u32,
        term: u32,
        format: FeedFormat,
    },
    /// A year or a month of a section's archive.
    Archive {
        section: PageId,
        period: Period,
        number: u32,
    },
    /// A page of one occurrence of a series.
    Occurrence {
        page: PageId,
        index: u32,
    },
    /// The events of a group, an aim, a region or a term, by the list's number.
    EventList {
        list: u32,
    },
    EventYear {
        list: u32,
        year: i16,
    },
    EventMonth {
        list: u32,
        year: i16,
        month: i8,
    },
    EventFeed {
        list: u32,
        format: FeedFormat,
    },
    /// The calendar file of an event.
    EventCalendar {
        page: PageId,
    },
    /// The calendar file of a list of events.
    ListCalendar {
        list: u32,
    },
    /// The sitemap of the site's host, or of the own one of a language; with a number one part of a large one, without
    /// the whole or the list of parts.
    Sitemap {
        host: Option<LanguageId>,
        part: Option<u32>,
    },
    Robots {
        host: Option<LanguageId>,
    },
    /// What a host or a convention asks for.
    Host {
        file: HostFile,
        host: Option<LanguageId>,
    },
    /// A file as it is, by its number among the site's files.
    File {
        file: u32,
    },
}

/// Why a text is no path at which an earlier page can have stood.
fn no_path(written: &str) -> Option<&'static str> {
    if written.starts_with("//") || written.starts_with("\\\\") {
        return Some("is the address of another host");
    }
    match written.find(['#', '?']) {
        Some(at) if written[at..].starts_with('#') => Some("names a place in a page, which no host is ever told"),
        Some(_) => Some("asks for something behind a `?`, which a page's address cannot"),
        None => None,
    }
}

impl Site {
    /// How many items one page of a section's list has; 0 for all.
    pub fn section_page_size(&self, section: PageId) -> usize {
        // The home page shows no list of its own accord, and what is past of events has pages by year and month.
        let whole = self.page(section).section.is_none() || self.is_events_section(section);
        let default = if whole { 0 } else { 20 };
        self.sections.get(&section).map_or(0, |section| section.options.paginate.unwrap_or(default) as usize)
    }

    /// Whether a section has a feed.
    pub fn section_has_feed(&self, section: PageId) -> bool {
        self.sections.get(&section).is_some_and(|found| {
            let by_kind = matches!(found.kind, Kind::Post | Kind::Statement | Kind::Event);
            found.options.feed.unwrap_or(by_kind) && self.page(section).section.is_some()
        })
    }

    /// Whether a section's page shows all events of its language.
    pub fn is_events_section(&self, section: PageId) -> bool {
        let list = self.event_list(self.page(section).language, Scope::All);
        list.is_some_and(|(_, list)| list.section == Some(section))
    }

    /// The address of a page of a list that begins at `url`.
    pub fn list_url(&self, url: &str, number: u32) -> String {
        if number <= 1 { url.to_owned() } else { format!("{url}page/{number}/") }
    }

    pub fn taxonomy_url(&self, language: LanguageId, taxonomy: u32) -> String {
        let name = &self.config.taxonomies[taxonomy as usize].name;
        format!("{}/{}{name}/", self.config.base_url.path, language_prefix(language, &self.config))
    }

    pub fn term_url(&self, language: LanguageId, taxonomy: u32, term: u32) -> String {
        let slug = &self.terms[language.0 as usize][taxonomy as usize][term as usize].slug;
        format!("{}{}/", self.taxonomy_url(language, taxonomy), crate::output::encode_path(slug))
    }

    /// The address of the site's feed; none where the site has no feeds.
    pub fn feed_url(&self, language: LanguageId) -> Option<String> {
        self.feed_beside(&format!("{}/{}", self.config.base_url.path, language_prefix(language, &self.config)))
    }

    /// The address of the feed of what stands at `url`, in the form that comes first; none where the site has no feeds.
    pub fn feed_beside(&self, url: &str) -> Option<String> {
        self.config.feed_formats.first().map(|format| format!("{url}{}", format.file()))
    }

    /// How many parts the sitemap of a host has; 1 for a single one.
    pub fn sitemap_parts(&self, host: Option<LanguageId>) -> usize {
        listed(self, &self.jobs, host).count().div_ceil(SITEMAP_ADDRESSES).max(1)
    }

    /// The jobs whose addresses a part of a host's sitemap lists.
    pub fn sitemap_jobs(&self, host: Option<LanguageId>, part: usize) -> impl Iterator<Item = &Job> {
        listed(self, &self.jobs, host).skip(part * SITEMAP_ADDRESSES).take(SITEMAP_ADDRESSES)
    }
}

/// The jobs whose addresses the sitemap of a host lists: those of that host alone (sitemaps.org protocol, "Location").
fn listed<'j>(site: &Site, jobs: &'j [Job], host: Option<LanguageId>) -> impl Iterator<Item = &'j Job> {
    let has_own_hosts = site.config.has_own_hosts();
    let stands_there = move |job: &Job| !has_own_hosts || own_hosts::of(&site.config, job.output.as_str()) == host;
    jobs.iter().filter(move |job| is_address(site, job) && stands_there(job))
}

fn is_address(site: &Site, job: &Job) -> bool {
    match job.subject {
        Subject::Page { page, number } => number == 1 && is_indexed(site, page),
        Subject::Taxonomy { .. } => true,
        Subject::Term { number, .. } => number == 1,
        Subject::Archive { number, section, .. } => number == 1 && is_indexed(site, section),
        Subject::Occurrence { page, .. } => is_indexed(site, page),
        Subject::EventList { .. } => true,
        _ => false,
    }
}

/// What stands in for a version of another language names the original as the one to index.
fn is_indexed(site: &Site, page: PageId) -> bool {
    let page = site.page(page);
    !page.document.common.noindex && !page.is_fallback
}

/// Plans every job, sorted by path. Two that would write one path are reported.
pub fn plan(site: &Site, diagnostics: &mut Vec<Diagnostic>) -> Vec<Job> {
    let mut planner = Planner { site, jobs: Vec::new(), mistakes: Vec::new() };
    planner.pages();
    planner.taxonomies();
    planner.events();
    planner.site_wide();
    planner.files();
    let Planner { jobs, mistakes, .. } = planner;
    diagnostics.extend(mistakes);
    let mut jobs = without_collisions(site, jobs, diagnostics);
    jobs.par_sort_unstable_by(|a, b| a.output.cmp(&b.output));
    let parts = sitemap_parts(site, &jobs);
    if !parts.is_empty() {
        jobs.extend(parts);
        jobs.sort_by(|a, b| a.output.cmp(&b.output));
    }
    jobs
}

/// The parts of sitemaps that are larger than one may be.
fn sitemap_parts(site: &Site, jobs: &[Job]) -> Vec<Job> {
    let mut made = Vec::new();
    for host in own_hosts::all(&site.config) {
        let listed = listed(site, jobs, host).count();
        if listed <= SITEMAP_ADDRESSES {
            continue;
        }
        let folder = host.map_or("", |language| language_prefix(language, &site.config));
        for part in 0..listed.div_ceil(SITEMAP_ADDRESSES) {
            if let Ok(Route { output, url }) = Route::new(&format!("{folder}sitemap-{}.xml", part + 1), &site.config) {
                made.push(Job { output, url, subject: Subject::Sitemap { host, part: Some(part as u32) } });
            }
        }
    }
    made
}

struct Planner<'s> {
    site: &'s Site,
    jobs: Vec<Job>,
    mistakes: Vec<Diagnostic>,
}

impl Planner<'_> {
    /// Adds a job at an address with the base path.
    fn add(&mut self, url: &str, subject: Subject) {
        let below = url.strip_prefix(self.site.config.base_url.path.as_str()).unwrap_or(url);
        // Addresses of terms may hold escapes; output paths hold the characters.
        let path = decode_path(below);
        match Route::new(&path, &self.site.config) {
            Ok(route) => self.jobs.push(Job { output: route.output, url: route.url, subject }),
            // What goes wrong for the page of a term goes wrong for its feed.
            Err(_) if matches!(subject, Subject::TermFeed { .. }) => {}
            Err(bad) => {
                let problem = Diagnostic::new(&codes::BAD_PATH, format!("nothing can stand at \"{path}\": {bad}"))
                    .help("write it with letters and digits, or give it a `slug`");
                let (file, span) = origin(self.site, &subject);
                self.mistakes.push(match file {
                    Some(file) => problem.at(&file, span),
                    None => problem,
                });
            }
        }
    }

    fn pages(&mut self) {
        let site = self.site;
        for id in site.ids() {
            let page = site.page(id);
            if page.place.is_some() {
                // It is shown on the page of its term.
                self.aliases(id, page);
                continue;
            }
            self.jobs.push(Job {
                output: page.route.output.clone(),
                url: page.route.url.clone(),
                subject: Subject::Page { page: id, number: 1 },
            });
            self.archive(id);
            if let Some(section) = site.sections.get(&id) {
                let size = site.section_page_size(id);
                for number in 2..=list_pages(section.pages.len(), size) {
                    self.add(&site.list_url(&page.route.url, number), Subject::Page { page: id, number });
                }
                // The feed of the section of all events is that of the list.
                if site.section_has_feed(id) && !site.is_events_section(id) {
                    for format in site.config.feed_formats.iter().copied() {
                        let subject = Subject::SectionFeed { page: id, format };
                        self.add(&format!("{}{}", page.route.url, format.file()), subject);
                    }
                }
            }
            let names = site.signatories.get(&id).map_or(1, SignatoryList::pages);
            for number in 2..=names {
                self.add(&site.signatories_url(id, number), Subject::Signatories { page: id, number });
            }
            self.aliases(id, page);
        }
    }

    /// The redirects from a page's earlier addresses.
    fn aliases(&mut self, id: PageId, page: &Page) {
        // Earlier addresses lead to the page itself, not to what stands in for its versions.
        let aliases = page.document.common.aliases.iter().enumerate().filter(|_| !page.is_fallback);
        // A language with a host of its own has them there.
        let language = self.site.language(page.language);
        let top = if language.own_address.is_some() { language.prefix.as_str() } else { "" };
        for (number, alias) in aliases {
            if let Some(why) = no_path(&alias.value) {
                self.mistakes.push(
                    Diagnostic::new(&codes::BAD_PATH, format!("\"{}\" {why}", alias.value))
                        .at(&page.document.file, alias.span)
                        .help("write the earlier address as a path of this site, such as /old/page/"),
                );
                continue;
            }
            let path = redirects::path_of(&alias.value);
            match Route::new(&format!("{top}{}", path.trim_start_matches('/')), &self.site.config) {
                Ok(route) => self.jobs.push(Job {
                    output: route.output,
                    url: route.url,
                    subject: Subject::Redirect { page: id, alias: number as u32 },
                }),
                Err(bad) => self.mistakes.push(
                    Diagnostic::new(&codes::BAD_PATH, format!("nothing can stand at \"{}\": {bad}", alias.value))
                        .at(&page.document.file, alias.span)
                        .help("write the earlier address as a path, such as /old/page/"),
                ),
            }
        }
    }

    /// The pages of a section by years and months.
    fn archive(&mut self, id: PageId) {
        let site = self.site;
        let Some(archive) = site.archive(id) else { return };
        let size = site.section_page_size(id);
        for period in archive.periods() {
            let url = site.archive_url(id, period);
            for number in 1..=list_pages(archive.of(period).len(), size) {
                self.add(&site.list_url(&url, number), Subject::Archive { section: id, period, number });
            }
        }
    }

    fn taxonomies(&mut self) {
        let site = self.site;
        for language in site.languages() {
            for (taxonomy, terms) in site.terms[language.0 as usize].iter().enumerate() {
                let settings = &site.config.taxonomies[taxonomy];
                let taxonomy = taxonomy as u32;
                if terms.is_empty() && site.taxonomy_page(language, taxonomy).is_none() {
                    continue;
                }
                self.add(&site.taxonomy_url(language, taxonomy), Subject::Taxonomy { language, taxonomy });
                for (term, found) in terms.iter().enumerate() {
                    let term = term as u32;
                    let url = site.term_url(language, taxonomy, term);
                    for number in 1..=list_pages(found.pages.len(), settings.paginate as usize) {
                        let subject = Subject::Term { language, taxonomy, term, number };
                        self.add(&site.list_url(&url, number), subject);
                    }
                    for format in site.config.feed_formats.iter().copied().filter(|_| settings.feed) {
                        let subject = Subject::TermFeed { language, taxonomy, term, format };
                        self.add(&format!("{url}{}", format.file()), subject);
                    }
                }
            }
        }
    }

    fn events(&mut self) {
        let site = self.site;
        for id in site.ids() {
            let Some(times) = site.event_times.get(&id) else { continue };
            if let Some(url) = site.event_calendar_url(id) {
                self.add(&url, Subject::EventCalendar { page: id });
            }
            if site.has_occurrence_pages(id) {
                for index in 0..times.occurrences.len() {
                    let subject = Subject::Occurrence { page: id, index: index as u32 };
                    self.add(&site.occurrence_url(id, index), subject);
                }
            }
        }
        for (number, found) in site.event_lists.all.iter().enumerate() {
            let list = number as u32;
            if let Some(url) = &found.calendar_url {
                self.add(url, Subject::ListCalendar { list });
            }
            if found.has_page() {
                self.add(&found.url, Subject::EventList { list });
            }
            if found.has_feed() && found.section.is_none_or(|section| site.section_has_feed(section)) {
                for format in site.config.feed_formats.iter().copied() {
                    self.add(&format!("{}{}", found.url, format.file()), Subject::EventFeed { list, format });
                }
            }
            if found.year_pages {
                for year in found.years.keys() {
                    self.add(&found.year_url(*year), Subject::EventYear { list, year: *year });
                }
            }
            if found.month_pages {
                for (year, month) in found.months.keys() {
                    let subject = Subject::EventMonth { list, year: *year, month: *month };
                    self.add(&found.month_url(*year, *month), subject);
                }
            }
        }
    }

    fn site_wide(&mut self) {
        let site = self.site;
        for language in site.languages() {
            let prefix = language_prefix(language, &site.config);
            let base = &site.config.base_url.path;
            for format in site.config.feed_formats.iter().copied() {
                let subject = Subject::SiteFeed { language, format };
                self.add(&format!("{base}/{prefix}{}", format.file()), subject);
            }
            // Hosts look for it at the top, which is the default language's even where its pages stand below a path.
            let place = if language.0 == 0 { "" } else { prefix };
            self.add(&format!("{base}/{place}404.html"), Subject::NotFound { language });
        }
        if !site.config.default_language().prefix.is_empty() {
            self.add(&format!("{}/", site.config.base_url.path), Subject::Front);
        }
        let base = &site.config.base_url.path;
        for host in own_hosts::all(&site.config) {
            let folder = host.map_or("", |language| language_prefix(language, &site.config));
            self.add(&format!("{base}/{folder}sitemap.xml"), Subject::Sitemap { host, part: None });
            self.add(&format!("{base}/{folder}robots.txt"), Subject::Robots { host });
            for file in hosts::wanted(&site.config, host, site.clock.now) {
                self.add(&format!("{base}/{folder}{}", file.path()), Subject::Host { file, host });
            }
        }
        for (number, output) in site.outputs.iter().enumerate() {
            for page in site.output_pages(output) {
                self.add(&site.output_url(output, page), Subject::Output { output: number as u32, page });
            }
        }
        for (number, moved) in site.config.publish.redirects.iter().enumerate().filter(|(_, moved)| !moved.is_prefix) {
            let subject = Subject::Moved { redirect: number as u32 };
            match redirects::route(moved, &site.config) {
                Ok(route) => self.jobs.push(Job { output: route.output, url: route.url, subject }),
                Err(bad) => {
                    let (file, span) = redirects::place(site, RedirectOrigin::Table { number: number as u32 });
                    let problem = Diagnostic::new(
                        &codes::BAD_REDIRECT,
                        format!("nothing can stand at \"{}\": {bad}", moved.from),
                    );
                    self.mistakes
                        .push(problem.at(&file, span).help("write the earlier address as a path, such as /old/page/"));
                }
            }
        }
    }

    fn files(&mut self) {
        for (number, file) in self.site.files.iter().enumerate() {
            let url = format!("{}{}", self.site.config.base_url.path, file.output.url_path());
            self.jobs.push(Job { output: file.output.clone(), url, subject: Subject::File { file: number as u32 } });
        }
        if self.site.config.has_own_hosts() {
            self.jobs.extend(own_hosts::copies(self.site, &self.jobs));
        }
    }
}

/// How many pages a list of so many items has: one at the least.
pub fn list_pages(items: usize, size: usize) -> u32 {
    if size == 0 { 1 } else { items.div_ceil(size).max(1) as u32 }
}
