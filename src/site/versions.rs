//! Versions of one page in several languages must not contradict one another: what is private or withdrawn in one is so
//! in all, and an event takes place once.

use super::Page;
use crate::content::{Change, Details, Event, same_name};
use crate::decode::{At, Moment};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use std::collections::HashMap;

/// Compares every version with the first, and reports where they differ.
pub fn check(pages: &[Page]) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    // Pages are sorted by stem, so that versions stand together.
    for versions in pages.chunk_by(|a, b| a.document.path.stem == b.document.path.stem) {
        let Some((first, others)) = versions.split_first() else { continue };
        for other in others {
            if let (Details::Event(one), Details::Event(two)) = (&first.document.details, &other.document.details) {
                mistakes
                    .extend(differences(one, two).into_iter().map(|(what, span)| differs(first, other, what, span)));
            }
        }
        for version in versions {
            let elsewhere = versions.iter().flat_map(|other| &other.document.withdrawn);
            let withdrawn: Vec<&String> = elsewhere.collect();
            for signatory in &version.document.signatories {
                if withdrawn.iter().any(|name| **name == same_name(&signatory.name.value)) {
                    mistakes.push(
                        Diagnostic::new(
                            &codes::VERSIONS_DIFFER,
                            "someone listed here has withdrawn their name in another language's version",
                        )
                        .at(&version.document.file, version.document.common.title.span)
                        .help("take the name out here too, or add withdrawn = true"),
                    );
                }
            }
        }
    }
    mistakes
}

/// What two versions of an event say differently, with the place in the second where it has one.
fn differences(one: &Event, two: &Event) -> Vec<(&'static str, Option<Span>)> {
    let private = |event: &Event| event.venue.as_ref().is_some_and(|venue| venue.private);
    let value = |at: &Option<At<Moment>>| at.as_ref().map(|at| at.value);
    let rule = |event: &Event| {
        let words = event.repeat.as_ref().map(|words| {
            let on: Vec<String> = words.value.on.0.iter().map(|on| on.value.clone()).collect();
            (words.value.every.value.clone(), on)
        });
        (words, event.rrule.as_ref().map(|rule| rule.value.clone()))
    };
    let moments = |list: &[At<Moment>]| -> Vec<Moment> { list.iter().map(|at| at.value).collect() };
    let excepted = |event: &Event| {
        let words = event.repeat.as_ref().map(|words| moments(&words.value.except)).unwrap_or_default();
        (moments(&event.except), words)
    };
    let changes = |event: &Event| -> Vec<_> {
        let facts = |change: &Change| {
            let private = change.venue.as_ref().is_some_and(|venue| venue.private);
            (change.date.value, value(&change.start), value(&change.end), change.status, private)
        };
        event.change.iter().map(facts).collect()
    };
    let limits = |event: &Event| {
        let words = event.repeat.as_ref();
        words.map(|words| (value(&words.value.until), words.value.count.as_ref().map(|count| count.value)))
    };
    let duration = |event: &Event| event.duration.as_ref().map(|duration| duration.value.clone());
    let uids = one.uid.as_ref().zip(two.uid.as_ref());
    let zone = |event: &Event| event.timezone.as_ref().map(|zone| zone.value.clone());
    let found = [
        ("start", one.start.value != two.start.value, Some(two.start.span)),
        ("end", value(&one.end) != value(&two.end), two.end.as_ref().map(|end| end.span)),
        ("timezone", zone(one) != zone(two), two.timezone.as_ref().map(|zone| zone.span)),
        ("duration", duration(one) != duration(two), two.duration.as_ref().map(|duration| duration.span)),
        ("except", excepted(one) != excepted(two), two.except.first().map(|at| at.span)),
        ("also", moments(&one.also) != moments(&two.also), two.also.first().map(|at| at.span)),
        ("change", changes(one) != changes(two), two.change.first().map(|change| change.date.span)),
        ("uid", uids.is_some_and(|(one, two)| one.value != two.value), two.uid.as_ref().map(|uid| uid.span)),
        ("repeat", rule(one) != rule(two) || limits(one) != limits(two), two.repeat.as_ref().map(|words| words.span)),
        ("status", one.status != two.status, None),
        ("venue.private", private(one) != private(two), None),
    ];
    found.into_iter().filter(|(_, differs, _)| *differs).map(|(what, _, span)| (what, span)).collect()
}

/// Reports different events with one id: calendars would take them for one.
pub fn check_uids(pages: &[Page]) -> Vec<Diagnostic> {
    let mut known: HashMap<&str, &Page> = HashMap::new();
    let mut mistakes = Vec::new();
    for page in pages {
        let Some(uid) = super::written_uid(page) else { continue };
        let first = *known.entry(uid.value.trim()).or_insert(page);
        if first.document.path.stem != page.document.path.stem {
            let span = super::written_uid(first).map_or(Span::default(), |uid| uid.span);
            mistakes.push(
                Diagnostic::new(
                    &codes::SAME_UID,
                    "another event has the same `uid`, so that calendars take both for one",
                )
                .at(&page.document.file, uid.span)
                .other(&first.document.file, span, "the other event")
                .help("remove the line from the newer file; an event without a `uid` gets one of its own"),
            );
        }
    }
    mistakes
}

fn differs(first: &Page, other: &Page, what: &str, span: Option<Span>) -> Diagnostic {
    let (one, two) = (&first.document, &other.document);
    Diagnostic::new(&codes::VERSIONS_DIFFER, format!("`{what}` is not the same as in the other language"))
        .at(&two.file, span.unwrap_or(two.common.title.span))
        .other(&one.file, one.common.title.span, "the other version")
        .help("one event takes place once: copy the line, so that both versions say the same")
}
