use super::{Diagnostic, Label, Severity};
use crate::source::{FileRef, LineIndex, Position, Span, World};
use std::collections::{HashMap, HashSet};

/// Reads a file that a diagnostic speaks of; none if it cannot be read. Called once for each file.
pub type Fetch<'f> = dyn Fn(&str) -> Option<Vec<u8>> + 'f;

/// The fetcher that every command uses: the files of a site.
pub fn from_world(world: &dyn World) -> impl Fn(&str) -> Option<Vec<u8>> + '_ {
    |path| world.read(path).ok()
}

/// The texts of the files that a list of diagnostics speaks of.
///
/// Of a file that is not UTF-8 only the beginning is kept that is: spans were counted in the bytes as they are, so they
/// fit the original and nothing else.
pub(super) struct Texts(HashMap<FileRef, String>);

/// Where a span begins and ends. The end is the place just after the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) start: Position,
    pub(super) end: Position,
}

impl Texts {
    pub(super) fn of(diagnostics: &[Diagnostic], fetch: &Fetch<'_>) -> Self {
        let own = diagnostics.iter().filter_map(|diagnostic| diagnostic.span.and(diagnostic.file.as_ref()));
        let others = diagnostics.iter().flat_map(|diagnostic| &diagnostic.others).map(|label| &label.file);
        let files: HashSet<&FileRef> = own.chain(others).collect();
        Self(files.into_iter().filter_map(|file| Some((file.clone(), readable(fetch(file)?)))).collect())
    }
}

fn readable(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let end = error.utf8_error().valid_up_to();
        let mut bytes = error.into_bytes();
        bytes.truncate(end);
        String::from_utf8(bytes).unwrap_or_default()
    })
}

/// Places in all files of a list of diagnostics. Each file is indexed once.
pub(super) struct Positions<'t>(HashMap<&'t str, (&'t str, LineIndex<'t>)>);

impl<'t> Positions<'t> {
    pub(super) fn of(texts: &'t Texts) -> Self {
        let index = |(file, text): (&'t FileRef, &'t String)| (&**file, (text.as_str(), LineIndex::new(text)));
        Self(texts.0.iter().map(index).collect())
    }

    /// The text of a file; none if it could not be read.
    pub(super) fn text(&self, file: &str) -> Option<&'t str> {
        self.0.get(file).map(|(text, _)| *text)
    }

    /// The position of a byte; the first of all in a file that could not be read.
    pub(super) fn at(&self, file: &str, byte: usize) -> Position {
        let byte = u32::try_from(byte).unwrap_or(u32::MAX);
        self.0.get(file).map_or(Position { line: 1, column: 1 }, |(_, index)| index.position(byte))
    }

    pub(super) fn extent(&self, file: &str, span: Span) -> Option<Extent> {
        let (_, index) = self.0.get(file)?;
        Some(Extent { start: index.position(span.start), end: index.position(span.end) })
    }

    pub(super) fn of_diagnostic(&self, diagnostic: &Diagnostic) -> Option<Extent> {
        self.extent(diagnostic.file.as_deref()?, diagnostic.span?)
    }

    pub(super) fn of_label(&self, label: &Label) -> Option<Extent> {
        self.extent(&label.file, label.span)
    }
}

/// The word for a severity, in every format but GitHub's.
pub(super) fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
