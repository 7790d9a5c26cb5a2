//! Versions of one page in several languages must not contradict one another: what is private or withdrawn in one is so
//! in all, and an event takes place once.

use super::Page;
use crate::content::{Change, Details, Event, same_name};
use crate::decode::{At, Moment};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// Compares every version with the first, and reports where they differ.
pub fn check(pages: &[Page]) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    // Pages are sorted by stem, so that versions stand together.
    for versions in pages.chunk_by(|a, b| a.document.path.stem == b.document.path.stem) {
        let Some((first, others)) = versions.split_first() else { continue };
        for other in others {
            if let (Details::Event(one), Details::Event(two)) = (&first.document.details, &other.document.details) {
                mistakes.extend(differences(one, two).iter().map(|found| differs(first, other, found)));
            }
        }
        for version in versions {
            let elsewhere = versions.iter().flat_map(|other| &other.document.withdrawn);
            let withdrawn: HashSet<&String> = elsewhere.collect();
            if withdrawn.is_empty() {
                break;
            }
            for signatory in &version.document.signatories {
                if withdrawn.contains(&same_name(&signatory.name.value)) {
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

/// Something that two versions of an event say differently.
struct Difference {
    key: &'static str,
    /// Where each version says it; none where it is not written.
    one: Option<Span>,
    two: Option<Span>,
    /// What each says, where that is a word.
    words: Option<[&'static str; 2]>,
}

/// What two versions of an event say differently.
fn differences(one: &Event, two: &Event) -> Vec<Difference> {
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
    let uids = one.uid.as_ref().zip(two.uid.as_ref());
    let mut found = Vec::new();
    let mut compare = |key, differs: bool, place: &dyn Fn(&Event) -> Option<Span>| {
        if differs {
            found.push(Difference { key, one: place(one), two: place(two), words: None });
        }
    };
    let text = |of: fn(&Event) -> &Option<At<String>>| {
        let written = |event| of(event).as_ref().map(|at| at.value.clone());
        (written(one) != written(two), move |event: &Event| of(event).as_ref().map(|at| at.span))
    };
    let repeats =
        |event: &Event| event.repeat.as_ref().map(|words| words.span).or(event.rrule.as_ref().map(|rule| rule.span));
    compare("start", one.start.value != two.start.value, &|event| Some(event.start.span));
    compare("end", value(&one.end) != value(&two.end), &|event| event.end.as_ref().map(|end| end.span));
    let (differs, place) = text(|event| &event.timezone);
    compare("timezone", differs, &place);
    let (differs, place) = text(|event| &event.duration);
    compare("duration", differs, &place);
    compare("except", excepted(one) != excepted(two), &|event| {
        let words = event.repeat.as_ref().and_then(|words| words.value.except.first());
        event.except.first().or(words).map(|at| at.span)
    });
    compare("also", moments(&one.also) != moments(&two.also), &|event| event.also.first().map(|at| at.span));
    compare("change", changes(one) != changes(two), &|event| event.change.first().map(|change| change.date.span));
    let other_uid = uids.is_some_and(|(one, two)| one.value != two.value);
    compare("uid", other_uid, &|event| event.uid.as_ref().map(|uid| uid.span));
    compare("repeat", rule(one) != rule(two) || limits(one) != limits(two), &repeats);
    if one.status != two.status {
        let words = Some([one.status.word(), two.status.word()]);
        found.push(Difference { key: "status", one: None, two: None, words });
    }
    let private = |event: &Event| event.venue.as_ref().is_some_and(|venue| venue.private);
    if private(one) != private(two) {
        let word = |event| if private(event) { "true" } else { "false" };
        found.push(Difference { key: "venue.private", one: None, two: None, words: Some([word(one), word(two)]) });
    }
    found
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

/// Says which version lacks what the other says, or that both say it differently.
fn differs(first: &Page, other: &Page, found: &Difference) -> Diagnostic {
    let (one, two) = (&first.document, &other.document);
    let key = found.key;
    let (message, help) = match (found.words, found.one, found.two) {
        (Some([first, second]), ..) => (
            format!("`{key}` is {second} here, and {first} in the other language"),
            format!("one event takes place once: write the same `{key}` here and in {}", one.file),
        ),
        (None, Some(_), None) => (
            format!("`{key}` is missing here: the other language has it"),
            format!("one event takes place once: copy the line from {}", one.file),
        ),
        (None, None, Some(_)) => (
            format!("`{key}` is missing in the other language"),
            format!("one event takes place once: copy the line into {}, or remove it here", one.file),
        ),
        _ => (
            format!("`{key}` is not the same as in the other language"),
            format!("one event takes place once: write the same here and in {}", one.file),
        ),
    };
    Diagnostic::new(&codes::VERSIONS_DIFFER, message)
        .at(&two.file, found.two.unwrap_or(two.common.title.span))
        .other(&one.file, found.one.unwrap_or(one.common.title.span), "the other version")
        .help(help)
}
