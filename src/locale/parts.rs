//! Reading the marked parts of what a formatter writes.

use std::fmt;
use std::ops::Range;

use writeable::{Part, PartsWrite, Writeable};

/// A formatted text that knows where its parts are, such as the month of a date.
#[derive(Debug, Default)]
pub(super) struct Marked {
    pub text: String,
    marks: Vec<(Part, Range<usize>)>,
}

impl Marked {
    pub fn of(formatted: &impl Writeable) -> Self {
        let mut marked = Self::default();
        // A text takes everything; a formatter that lacks data writes a stand-in.
        let _ = formatted.write_to_parts(&mut marked);
        marked
    }

    /// The bytes of the first part of a sort.
    pub fn find(&self, wanted: Part) -> Option<Range<usize>> {
        self.marks.iter().find(|(part, _)| *part == wanted).map(|(_, range)| range.clone())
    }

    /// The text of a part; empty when there is none.
    pub fn part(&self, wanted: Part) -> &str {
        self.find(wanted).and_then(|range| self.text.get(range)).unwrap_or_default()
    }
}

impl fmt::Write for Marked {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.push_str(text);
        Ok(())
    }
}

impl PartsWrite for Marked {
    type SubPartsWrite = Self;

    fn with_part(&mut self, part: Part, mut write: impl FnMut(&mut Self) -> fmt::Result) -> fmt::Result {
        let start = self.text.len();
        write(self)?;
        self.marks.push((part, start..self.text.len()));
        Ok(())
    }
}

/// Whether a text is digits, of whatever script.
pub(super) fn is_numeric(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_numeric)
}
