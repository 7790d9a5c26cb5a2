//! What is published, by the build's clock.

use super::LanguageId;
use super::fallbacks::Languages;
use super::routes::language_of;
use super::term_pages::TermPlace;
use crate::config::Config;
use crate::content::Document;
use crate::decode::Moment;
use crate::diagnostic::{Diagnostic, codes};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// The build's time, and whether what is not yet public is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    pub now: Timestamp,
    pub drafts: bool,
    pub future: bool,
}

/// Why a document is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    Draft,
    /// Its embargo has not ended.
    Embargoed,
    Expired,
    /// Its front matter has mistakes, which are reported.
    Broken,
}

/// A document that is published.
#[derive(Debug)]
pub struct Visible {
    pub document: Arc<Document>,
    pub synthesised: bool,
    /// The language that it is published in: another one than its own where it stands in for a missing version.
    pub language: LanguageId,
    /// The languages whose lists show it for want of a version of their own.
    pub stands_in: Languages,
    /// The taxonomy or term whose text it is.
    pub place: Option<TermPlace>,
}

/// Collects the moments at which the output will differ, and keeps the earliest after the build's time.
#[derive(Debug, Clone)]
pub struct Changes {
    now: Timestamp,
    earliest: Option<Timestamp>,
}

impl Changes {
    pub fn new(clock: &Clock) -> Self {
        Self { now: clock.now, earliest: None }
    }

    pub fn add(&mut self, at: Timestamp) {
        if at > self.now && self.earliest.is_none_or(|earliest| at < earliest) {
            self.earliest = Some(at);
        }
    }

    pub fn earliest(&self) -> Option<Timestamp> {
        self.earliest
    }
}

/// Documents by file, with the reason why each is not published.
pub type HiddenFiles = HashMap<String, (Hidden, Arc<Document>)>;

/// Parts documents into those that are published and those that are not.
pub fn select(
    documents: Vec<Arc<Document>>,
    config: &Config,
    clock: &Clock,
    changes: &mut Changes,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Visible>, HiddenFiles) {
    let look = |document: &Arc<Document>| {
        let (mut own_changes, mut mistakes) = (Changes::new(clock), Vec::new());
        let reason = hidden_by(document, &config.timezone, clock, &mut own_changes);
        if reason.is_none() {
            note_future_date(document, &config.timezone, clock, &mut mistakes);
        }
        (reason, own_changes.earliest(), mistakes)
    };
    let looked: Vec<_> = documents.par_iter().map(look).collect();
    let mut visible = Vec::with_capacity(documents.len());
    let mut hidden = HiddenFiles::new();
    for (document, (reason, change, mistakes)) in documents.into_iter().zip(looked) {
        change.into_iter().for_each(|at| changes.add(at));
        diagnostics.extend(mistakes);
        match reason {
            Some(reason) => _ = hidden.insert(document.own_path().to_string(), (reason, document)),
            None => {
                let language = language_of(&document, config);
                visible.push(Visible {
                    document,
                    synthesised: false,
                    language,
                    stands_in: Languages::default(),
                    place: None,
                });
            }
        }
    }
    (visible, hidden)
}

fn hidden_by(document: &Document, zone: &TimeZone, clock: &Clock, changes: &mut Changes) -> Option<Hidden> {
    if document.broken {
        return Some(Hidden::Broken);
    }
    let common = &document.common;
    if common.draft && !clock.drafts {
        return Some(Hidden::Draft);
    }
    let expires = common.expires.map(|moment| moment.timestamp(zone));
    if expires.is_some_and(|at| at <= clock.now) {
        return Some(Hidden::Expired);
    }
    let embargo = document.publish_from().map(|moment| moment.timestamp(zone));
    if embargo.is_some_and(|at| at > clock.now) && !clock.future {
        // What expires before it is published never appears.
        embargo.into_iter().filter(|at| expires.is_none_or(|expires| *at < expires)).for_each(|at| changes.add(at));
        return Some(Hidden::Embargoed);
    }
    expires.into_iter().for_each(|at| changes.add(at));
    None
}

/// A date of publication in the future is probably meant as an embargo, which it is not.
fn note_future_date(document: &Document, zone: &TimeZone, clock: &Clock, diagnostics: &mut Vec<Diagnostic>) {
    let Some(date) = &document.common.date else { return };
    let at: Timestamp = Moment::timestamp(date.value, zone);
    if at > clock.now && document.common.publish_from.is_none() && !clock.future {
        diagnostics.push(
            Diagnostic::new(
                &codes::DATE_IN_FUTURE,
                "this date is in the future, and the page is published all the same",
            )
            .at(&document.file, date.span)
            .help("to hold the page back until then, use publish_from; the time of an event goes into start"),
        );
    }
}
