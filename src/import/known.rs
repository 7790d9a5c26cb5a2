//! What a site has already, as far as an import must know it.

use crate::config::Config;
use crate::content::{Details, Document, Event, Kind};
use crate::locale;
use crate::output::decode_path;
use crate::site::{Site, Subject};
use crate::source::World;
use std::collections::{BTreeMap, BTreeSet};

/// An event of the site.
#[derive(Debug, Clone)]
pub struct KnownEvent {
    /// Its file, below the site's root.
    pub file: String,
    pub language: String,
    pub sequence: u32,
}

/// What a site has already.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Titles of groups by their names.
    pub groups: BTreeMap<String, String>,
    pub aims: BTreeSet<String>,
    /// Tags by their part of an address.
    pub(super) terms: BTreeMap<String, String>,
    /// Events by id, in each language.
    pub events: BTreeMap<String, Vec<KnownEvent>>,
    /// Files and folders of the content, in small letters and without language and ending.
    pub stems: BTreeSet<String>,
    /// Paths of the files that the site publishes as they are, such as `/images/fair.jpg`.
    pub files: BTreeSet<String>,
    /// The site's own address.
    pub(super) own: String,
    pub(super) language: String,
}

impl Known {
    /// What a linked site has, its drafts included.
    pub fn of(site: &Site, world: &dyn World, language: &str) -> Self {
        let config: &Config = &site.config;
        let mut known =
            Self { own: site.permalink(&config.base_url.path), language: language.to_owned(), ..Self::default() };
        for id in site.ids() {
            let document = &site.page(id).document;
            known.add(document);
            if let Details::Event(event) = &document.details {
                known.add_event(site.event_uid(id), document, event);
            }
        }
        for (_, document) in site.hidden() {
            known.add(document);
            if let Details::Event(event) = &document.details
                && let Some(uid) = &event.uid
            {
                known.add_event(uid.value.trim().to_owned(), document, event);
            }
        }
        let files = site.jobs.iter().filter(|job| matches!(job.subject, Subject::File { .. }));
        known.files = files.map(|job| format!("/{}", job.output.as_str())).collect();
        // Files that are no pages keep their names to themselves too.
        for entry in world.list(crate::content::FOLDER).unwrap_or_default().files {
            let below = entry.path.trim_start_matches(crate::content::FOLDER).trim_start_matches('/');
            known.stems.insert(below.to_lowercase());
        }
        known
    }

    fn add(&mut self, document: &Document) {
        let stem = &document.path.stem;
        self.stems.insert(stem.to_lowercase());
        if document.path.is_bundle() || document.path.is_section() {
            self.stems.insert(document.path.folder().to_lowercase());
        }
        let name = document.path.own_name().to_owned();
        match document.details.kind() {
            Kind::Group => {
                self.groups.insert(name, document.common.title.value.clone());
            }
            Kind::Aim => {
                self.aims.insert(name);
            }
            _ => {}
        }
        for term in document.terms.iter().flatten() {
            let slug = locale::slug(&term.value, &document.path.language);
            self.terms.entry(slug).or_insert_with(|| term.value.trim().to_owned());
        }
    }

    fn add_event(&mut self, uid: String, document: &Document, event: &Event) {
        self.events.entry(uid).or_default().push(KnownEvent {
            file: document.file.to_string(),
            language: document.path.language.clone(),
            sequence: event.sequence,
        });
    }

    /// A tag as the site writes it.
    pub fn term(&self, tag: String) -> String {
        self.terms.get(&locale::slug(&tag, &self.language)).cloned().unwrap_or(tag)
    }

    /// The path of a file of the site's own, by its whole address.
    pub fn own_file(&self, address: &str) -> Option<String> {
        let rest = address.strip_prefix(self.own.trim_end_matches('/')).filter(|_| self.is_own(address))?;
        let path = decode_path(rest.split(['?', '#']).next().unwrap_or(rest)).into_owned();
        self.files.contains(&path).then_some(path)
    }

    /// Whether an address is one of the site's own.
    pub fn is_own(&self, address: &str) -> bool {
        let own = self.own.trim_end_matches('/');
        let rest = address.strip_prefix(own).filter(|_| !own.is_empty());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }
}
