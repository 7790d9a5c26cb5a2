//! Events from calendars that others keep, as content files.
//!
//! [`read`] makes drafts from a calendar's text: pure, with everything reported that a file has no place for. [`place`]
//! finds each draft its file among those of the site. Writing them is for the command line.

mod calendars;
mod changes;
mod details;
mod draft;
mod event;
mod files;
mod known;
mod whereabouts;
mod report;
mod rule;
mod series;
mod split;
mod text;
mod when;
mod write;
mod zones;

#[cfg(test)]
mod tests;

pub use draft::{Change, Draft, InWords, Lasts, Picture, Repeats, Venue};
pub use event::Event;
pub use files::{Action, Outcome, Settings, place};
pub use known::{Known, KnownEvent};
pub use report::LeftOut;
pub use zones::Zone;

use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::ical::read as ical;
use crate::source::{FileRef, Span};
use jiff::Timestamp;
use std::borrow::Cow;

/// How a calendar is read.
#[derive(Debug, Clone)]
pub struct Options<'o> {
    /// The site's time zone.
    pub zone: Zone,
    /// The language that the events are written in, as the site names it.
    pub language: &'o str,
    pub now: Timestamp,
    /// Events that are over before this moment are left out.
    pub from: Option<Timestamp>,
    /// Private events are wanted too, as drafts.
    pub private: bool,
    /// All are to be drafts.
    pub draft: bool,
    /// The group that holds them all.
    pub group: Option<&'o str>,
    /// What the site has.
    pub known: &'o Known,
}

/// What was found in a calendar.
#[derive(Debug, Default)]
pub struct Imported {
    /// By start, then title and id.
    pub events: Vec<Event>,
    pub left_out: LeftOut,
}

/// The text of a calendar's bytes; what was guessed of its encoding is reported.
pub fn text<'b>(bytes: &'b [u8], file: &FileRef, diagnostics: &mut Vec<Diagnostic>) -> Cow<'b, str> {
    let decoded = ical::decode(bytes);
    if let Some(at) = decoded.guessed_at {
        let rest = decoded.text.get(at..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        let message = "this file is not UTF-8 text; from here on, lines that are not were read as Windows-1252";
        let mut problem = Diagnostic::new(&codes::NOT_UTF8, message).at(file, Span::new(at, at + line.len()));
        problem.severity = Severity::Warning;
        diagnostics.push(
            problem
                .help("look at names with accents; where they are wrong, save the file as UTF-8 and import it again"),
        );
    }
    decoded.text
}

/// Reads the events of a calendar. `calendar` is what [`text`] made of its bytes.
pub fn read(calendar: &str, file: &FileRef, options: &Options<'_>, diagnostics: &mut Vec<Diagnostic>) -> Imported {
    let text = calendar;
    if let Some(at) = template_mark(text) {
        let problem = Diagnostic::new(&codes::NO_CALENDAR, "this file is the template of a calendar, not a calendar");
        diagnostics.push(problem.at(file, at).help(
            "a site makes the calendar from it: import the calendar that the site publishes, from the address at which people subscribe",
        ));
        return Imported::default();
    }
    let before = diagnostics.len();
    let components = ical::read(text, file, diagnostics);
    if !components.iter().any(|component| matches!(component.name.as_str(), "VCALENDAR" | "VEVENT")) {
        // Nothing more is to be said of the lines of something else.
        diagnostics.truncate(before);
        diagnostics.push(no_calendar(text, file));
        return Imported::default();
    }
    let mut zones = when::Zones::new(zones::Finder::new(options.zone.clone(), options.language));
    let calendars = calendars::calendars(&components, &zones.finder);
    let mut imported = Imported::default();
    for entry in calendars::entries(&calendars, &mut imported.left_out) {
        let Some((calendar, _)) = calendars.get(entry.calendar) else { continue };
        let report = report::Reporter { file, diagnostics };
        let mut cx = when::Context { calendar, zones: &mut zones, report };
        let found = event::events(&entry, options, &mut imported.left_out, &mut cx);
        imported.events.extend(found);
    }
    if let Some(from) = options.from {
        let all = imported.events.len();
        imported.events.retain(|event| event.over.is_none_or(|over| over > from));
        imported.left_out.over = all - imported.events.len();
    }
    imported.events.sort_by_cached_key(|event| {
        (write::moment(event.draft.start), event.draft.title.clone(), event.draft.uid.clone())
    });
    imported
}

/// Where a file shows that it is the source from which a site makes a calendar: front matter with template tags after it,
/// a tag at the beginning of a line, or one in the place of a date.
fn template_mark(text: &str) -> Option<Span> {
    let mut from = 0;
    let is_page =
        text.trim_start_matches('\u{feff}').starts_with("---") && (text.contains("{%") || text.contains("{{"));
    for line in text.split_inclusive('\n') {
        let written = line.trim_end();
        let is_date = written.starts_with("DTSTART") && written.contains("{{");
        if is_page || written.starts_with("{%") || is_date {
            return Some(Span::new(from, from + written.len()));
        }
        from += line.len();
    }
    None
}

/// The mistake of a file that is something else.
fn no_calendar(text: &str, file: &FileRef) -> Diagnostic {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let first = start.lines().next().unwrap_or_default();
    let problem = Diagnostic::new(&codes::NO_CALENDAR, "this file holds no calendar");
    let lowered = start.get(..200).unwrap_or(start).to_ascii_lowercase();
    if start.is_empty() {
        return problem.in_file(file).help("it is empty; export the calendar again");
    }
    let at = text.len() - text.trim_start_matches('\u{feff}').trim_start().len();
    let problem = problem.at(file, Span::new(at, at + first.len()));
    if lowered.starts_with("<!doctype html") || lowered.starts_with("<html") {
        return problem.help(
            "it is a web page: the calendar's address may ask for a password; take the address for subscribing, which ends in .ics",
        );
    }
    problem.help("a calendar begins with BEGIN:VCALENDAR; choose \"Export\" or \"iCal\" where it is kept")
}
