//! What an import tells beside the events: diagnostics, and what was left out.

use crate::diagnostic::{Code, Diagnostic, codes};
use crate::ical::read::Property;
use crate::source::{FileRef, Span};
use serde::Serialize;

/// How much of a calendar was left out, as was to be expected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    pub tasks: usize,
    pub journals: usize,
    pub free_busy: usize,
    pub alarms: usize,
    /// Events that are private or confidential.
    pub private: usize,
    /// Events that are over before the day asked for.
    pub over: usize,
    /// Earlier versions of events that the file has more than once.
    pub older: usize,
    /// Addresses of people: organisers and those who were asked to come.
    pub addresses: usize,
}

impl LeftOut {
    /// What was left out in words, such as "2 tasks"; what was not is not told.
    pub fn told(&self) -> Vec<String> {
        let counts = [
            (self.private, "private event", "private events"),
            (self.over, "event that is over", "events that are over"),
            (self.older, "earlier version of an event", "earlier versions of events"),
            (self.tasks, "task", "tasks"),
            (self.journals, "journal entry", "journal entries"),
            (self.free_busy, "free/busy time", "free/busy times"),
            (self.alarms, "reminder", "reminders"),
            (self.addresses, "e-mail address of a person", "e-mail addresses of people"),
        ];
        let told = |(count, one, several): (usize, &str, &str)| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {several}")),
        };
        counts.into_iter().filter_map(told).collect()
    }
}

/// Where diagnostics of one file go.
pub struct Reporter<'d> {
    pub file: &'d FileRef,
    pub diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reporter<'_> {
    pub fn at(&mut self, code: &'static Code, message: impl Into<String>, span: Span, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, message).at(self.file, span).help(help));
    }

    /// A value that cannot be what it should be.
    pub fn bad_value(&mut self, property: &Property<'_>, what: &str, help: &str) {
        let value = shortened(&property.value);
        let message = format!("the {} \"{value}\" is not {what}", property.name);
        self.at(&codes::CALENDAR_VALUE, message, property.whole_value(), help);
    }

    /// Something that the front matter of an event has no place for.
    pub fn not_carried_over(&mut self, message: impl Into<String>, span: Span, help: impl Into<String>) {
        self.at(&codes::NOT_CARRIED_OVER, message, span, help);
    }
}

/// A value short enough for a message.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
