//! Paths of the output that two things would take, or that not every disk can hold together.

use super::redirects::{self, RedirectOrigin};
use super::{Job, Site, Subject};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};
use rayon::prelude::*;
use std::collections::HashMap;

/// Keeps one job for each path. What the site's own files replace gives way silently; any other pair is reported, and
/// so are paths that differ in case alone and a file that stands where a folder is needed.
pub fn without_collisions(site: &Site, jobs: Vec<Job>, diagnostics: &mut Vec<Diagnostic>) -> Vec<Job> {
    let keys: Vec<String> = jobs.par_iter().map(|job| job.output.collision_key()).collect();
    let mut by_key: HashMap<&str, usize> = HashMap::with_capacity(jobs.len());
    let mut kept: Vec<Job> = Vec::with_capacity(jobs.len());
    let mut kept_keys: Vec<&str> = Vec::with_capacity(jobs.len());
    for (job, key) in jobs.into_iter().zip(&keys) {
        match by_key.get(key.as_str()) {
            // What a host reads takes in the site's own file of that name.
            Some(first) if takes_in(&kept[*first].subject, &job.subject) => {}
            Some(first) if gives_way(&kept[*first].subject) && kept[*first].output == job.output => kept[*first] = job,
            Some(first) if gives_way(&job.subject) && kept[*first].output == job.output => {}
            Some(first) => diagnostics.push(collision(site, &kept[*first], &job)),
            None => {
                by_key.insert(key, kept.len());
                kept_keys.push(key);
                kept.push(job);
            }
        }
    }
    // A file stands where a folder is needed.
    let in_the_way = |(job, key): (&Job, &&str)| {
        let mut folder = *key;
        while let Some((above, _)) = folder.rsplit_once('/') {
            if let Some(file) = by_key.get(above) {
                return Some(collision(site, &kept[*file], job));
            }
            folder = above;
        }
        None
    };
    let found: Vec<Diagnostic> = kept.par_iter().zip(&kept_keys).filter_map(in_the_way).collect();
    diagnostics.extend(found);
    kept
}

fn takes_in(first: &Subject, second: &Subject) -> bool {
    matches!((first, second), (Subject::Host { file, .. }, Subject::File { .. }) if file.takes_in_own())
}

fn gives_way(subject: &Subject) -> bool {
    matches!(
        subject,
        Subject::Robots { .. }
            | Subject::Host { .. }
            | Subject::Front
            | Subject::Archive { .. }
            | Subject::NotFound { .. }
            | Subject::Sitemap { .. }
            | Subject::SiteFeed { .. }
            | Subject::EventList { .. }
            | Subject::EventYear { .. }
            | Subject::EventMonth { .. }
            | Subject::EventFeed { .. }
            | Subject::EventCalendar { .. }
            | Subject::ListCalendar { .. }
    )
}

fn collision(site: &Site, first: &Job, second: &Job) -> Diagnostic {
    let same = first.output == second.output;
    let message = if same {
        let (one, two) = (described(site, &first.subject), described(site, &second.subject));
        format!("two things would stand at \"{}\": {one} and {two}", second.url)
    } else {
        format!("\"{}\" and \"{}\" cannot both be written on every disk", first.output.as_str(), second.output.as_str())
    };
    let (first_file, first_span) = origin(site, &first.subject);
    let (second_file, second_span) = origin(site, &second.subject);
    let moved =
        [first, second].iter().any(|job| matches!(job.subject, Subject::Redirect { .. } | Subject::Moved { .. }));
    let help = match moved {
        true => "remove the earlier address: readers can be sent to one place alone, and not from a page that is there",
        false => "give one of them another `slug` or `path`, or rename the file",
    };
    let mut problem =
        Diagnostic::new(&codes::PATH_COLLISION, message).label(described(site, &second.subject)).help(help);
    match (second_file, first_file) {
        (Some(second_file), Some(first_file)) => {
            problem =
                problem.at(&second_file, second_span).other(&first_file, first_span, described(site, &first.subject));
        }
        (Some(file), None) => problem = problem.at(&file, second_span),
        (None, Some(file)) => problem = problem.at(&file, first_span).label(described(site, &first.subject)),
        (None, None) => {}
    }
    problem
}

/// The place in a source that decides a job's path.
pub fn origin(site: &Site, subject: &Subject) -> (Option<FileRef>, Span) {
    match subject {
        Subject::Page { page, .. }
        | Subject::SectionFeed { page, .. }
        | Subject::Signatories { page, .. }
        | Subject::Occurrence { page, .. }
        | Subject::EventCalendar { page } => {
            let document = &site.page(*page).document;
            let written = document.common.path.as_ref().or(document.common.slug.as_ref());
            let span = written.map_or(document.common.title.span, |written| written.span);
            (Some(document.file.clone()), span)
        }
        Subject::Redirect { page, alias } => {
            let document = &site.page(*page).document;
            let span = document.common.aliases.get(*alias as usize).map_or(Span::default(), |alias| alias.span);
            (Some(document.file.clone()), span)
        }
        Subject::Output { output, .. } => {
            let output = &site.outputs[*output as usize];
            (Some(output.file.clone()), output.span)
        }
        Subject::Moved { redirect } => {
            let (file, span) = redirects::place(site, RedirectOrigin::Table { number: *redirect });
            (Some(file), span)
        }
        Subject::Term { language, taxonomy, term, .. } | Subject::TermFeed { language, taxonomy, term, .. } => {
            let found = &site.terms[language.0 as usize][*taxonomy as usize][*term as usize];
            match found.pages.first() {
                Some(page) => {
                    let document = &site.page(*page).document;
                    let written =
                        document.terms[*taxonomy as usize].iter().find(|term| term.value.trim() == found.name);
                    (Some(document.file.clone()), written.map_or(Span::default(), |term| term.span))
                }
                None => (None, Span::default()),
            }
        }
        Subject::File { file } => match &site.files[*file as usize].source {
            super::FileSource::Site(path) => (Some(path.clone()), Span::default()),
            super::FileSource::Theme(_) => (None, Span::default()),
        },
        _ => (None, Span::default()),
    }
}

fn described(site: &Site, subject: &Subject) -> String {
    match subject {
        Subject::Page { number: 1, .. } => "this page".to_owned(),
        Subject::Page { number, .. } => format!("page {number} of this list"),
        Subject::Taxonomy { taxonomy, .. } => {
            format!("the list of all {}", site.config.taxonomies[*taxonomy as usize].name)
        }
        Subject::Term { .. } | Subject::TermFeed { .. } => "the list of this term".to_owned(),
        Subject::Signatories { number, .. } => format!("page {number} of the names under this statement"),
        Subject::NotFound { .. } => "the page for what is not found".to_owned(),
        Subject::Front => "the top of the site".to_owned(),
        Subject::Redirect { .. } => "an earlier address of this page".to_owned(),
        Subject::Output { output, .. } => format!("the further file \"{}\"", site.outputs[*output as usize].name),
        Subject::Moved { .. } => "this redirect".to_owned(),
        Subject::Host { file, .. } => file.path().to_owned(),
        Subject::SiteFeed { .. } | Subject::SectionFeed { .. } | Subject::EventFeed { .. } => "a feed".to_owned(),
        Subject::Archive { period, .. } => match period.month {
            Some(month) => format!("the archive of {}-{month:02}", period.year),
            None => format!("the archive of {}", period.year),
        },
        Subject::Occurrence { .. } => "the page of one date of this event".to_owned(),
        Subject::EventList { .. } => "a list of events".to_owned(),
        Subject::EventYear { year, .. } => format!("the events of {year}"),
        Subject::EventMonth { year, month, .. } => format!("the events of {year}-{month:02}"),
        Subject::EventCalendar { .. } | Subject::ListCalendar { .. } => "a calendar file".to_owned(),
        Subject::Sitemap { .. } => "the sitemap".to_owned(),
        Subject::Robots { .. } => "robots.txt".to_owned(),
        Subject::File { .. } => "this file".to_owned(),
    }
}
