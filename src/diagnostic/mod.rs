//! What an author got wrong, as data.
//!
//! A [`Diagnostic`] is never an `Err`: every stage returns its value together with all the mistakes it saw.

pub mod codes;
pub mod github;
pub mod json;
mod places;
pub mod sarif;
pub mod terminal;

#[cfg(test)]
mod tests;

pub use codes::Code;
pub use places::{Fetch, from_world};

use crate::source::{FileRef, Span};

/// How bad a mistake is. Errors stop the publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Note,
}

/// A place with a word about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    pub file: FileRef,
    pub span: Span,
    pub text: String,
}

/// One mistake: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: &'static Code,
    pub severity: Severity,
    /// One sentence, without a full stop, in an editor's words.
    pub message: String,
    /// The file it is about; none for a mistake of the whole site.
    pub file: Option<FileRef>,
    /// The place in `file`; none when the whole file is meant.
    pub span: Option<Span>,
    /// The word at the caret; may be empty.
    pub label: String,
    /// Other places that matter, such as the first of two that clash.
    pub others: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A mistake with its code's own severity.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            file: None,
            span: None,
            label: String::new(),
            others: Vec::new(),
            help: None,
        }
    }

    pub fn at(mut self, file: &FileRef, span: Span) -> Self {
        self.file = Some(file.clone());
        self.span = Some(span);
        self
    }

    /// About a file as a whole.
    pub fn in_file(mut self, file: &FileRef) -> Self {
        self.file = Some(file.clone());
        self
    }

    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    pub fn other(mut self, file: &FileRef, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label { file: file.clone(), span, text: text.into() });
        self
    }

    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics in the order in which they are shown: by file, then place, then code; without repeats.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (&a.file, a.span, a.code.id, &a.message).cmp(&(&b.file, b.span, b.code.id, &b.message)));
    diagnostics.dedup();
}

/// The candidate that the author probably meant, if one is near enough.
pub fn did_you_mean<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let lowered = written.to_lowercase();
    let limit = (lowered.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lowered, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}
