//! Renders every page in the background, to find the mistakes of pages that nobody has open.

use super::edition::Edition;
use super::unreadable;
use crate::build::Collected;
use crate::diagnostic::Diagnostic;
use crate::emit::{self, Content};
use crate::site::{Job, Subject};
use crate::source::World;
use rayon::ThreadPool;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// The most pages that are remembered for having had mistakes.
const MOST_REMEMBERED: usize = 256;

/// What a check came to.
#[derive(Debug, Default)]
pub struct Checked {
    pub mistakes: Vec<Diagnostic>,
    /// The outputs that could not be rendered: the first ones.
    pub failing: Vec<String>,
}

/// Renders the jobs with these outputs, or all; none when it was stopped before the end.
pub fn check(
    edition: &Edition,
    world: &dyn World,
    only: Option<&[String]>,
    stopped: &AtomicBool,
    pool: &ThreadPool,
) -> Option<Checked> {
    let jobs = &edition.site().jobs;
    let wanted: Option<Vec<usize>> = only.map(|only| {
        only.iter().filter_map(|path| jobs.binary_search_by(|job| job.output.as_str().cmp(path)).ok()).collect()
    });
    let collected = Collected::new();
    let failing: Mutex<BTreeSet<usize>> = Mutex::default();
    let render = |number: usize, job: &Job| {
        // What hosts are told is made of what all pages need.
        if stopped.load(Ordering::Relaxed) || matches!(job.subject, Subject::Host { .. }) {
            return;
        }
        let mistakes = match emit::render(edition.engine(), job) {
            Ok(Content::File(file)) => unreadable::mistake(world, file).into_iter().collect(),
            Ok(Content::Bytes(_)) => Vec::new(),
            Err(mistakes) => mistakes,
        };
        if !mistakes.is_empty() {
            collected.add(number, mistakes);
            let mut failing = failing.lock().unwrap_or_else(PoisonError::into_inner);
            failing.insert(number);
            if failing.len() > MOST_REMEMBERED {
                failing.pop_last();
            }
        }
    };
    pool.install(|| match &wanted {
        Some(wanted) => wanted.par_iter().for_each(|number| render(*number, &jobs[*number])),
        None => jobs.par_iter().enumerate().for_each(|(number, job)| render(number, job)),
    });
    if stopped.load(Ordering::Relaxed) {
        return None;
    }
    let failing = failing.into_inner().unwrap_or_else(PoisonError::into_inner);
    let failing = failing.into_iter().map(|number| jobs[number].output.as_str().to_owned()).collect();
    Some(Checked { mistakes: collected.finish(), failing })
}
