//! A tolerant reader of content lines and components, which keeps the place of everything.
//!
//! Calendars in the wild are folded at the wrong places, cut short, and written by hand. What can be read is read, and what
//! is wrong with the rest is told with its place.

mod encoding;
mod line;
mod value;

#[cfg(test)]
mod tests;

pub use encoding::{Decoded, decode};
pub use line::{Parameter, Property};
pub use value::{Duration, Period, Stamp, duration, geo, moment, moment_or_period, pieces, text, texts, utc_offset};

use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};
use line::{Line, Physical};

/// A calendar, an event, a time zone: what stands between BEGIN and END.
#[derive(Debug, Default)]
pub struct Component<'t> {
    /// In capitals, such as `VEVENT`.
    pub name: String,
    /// The value of its BEGIN line.
    pub span: Span,
    pub properties: Vec<Property<'t>>,
    pub components: Vec<Component<'t>>,
}

impl<'t> Component<'t> {
    /// The first property of a name in capitals.
    pub fn get(&self, name: &str) -> Option<&Property<'t>> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// Every property of a name in capitals.
    pub fn all<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c Property<'t>> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// The first property of a name, as plain text; none when it is empty.
    pub fn text(&self, name: &str) -> Option<String> {
        let value = text(&self.get(name)?.value);
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// The components of a kind.
    pub fn of_kind<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c Component<'t>> {
        self.components.iter().filter(move |component| component.name == name)
    }
}

/// Components may stand in one another only so deep; a calendar needs three.
const DEEPEST: usize = 12;

/// Reads the components of a calendar's text. Total: what cannot be read is reported and passed over. A file without any
/// component gives none, which is for the caller to report.
pub fn read<'t>(text: &'t str, file: &FileRef, diagnostics: &mut Vec<Diagnostic>) -> Vec<Component<'t>> {
    let mut reader = Reader { file, diagnostics, outer: Component::default(), open: Vec::new(), too_deep: 0 };
    let mut lines = Physical::new(text).peekable();
    while let Some(first) = lines.next() {
        let mut line = Line::new(text, first);
        while let Some(next) = lines.next_if(|next| next.is_continuation) {
            line.fold(text, next);
        }
        reader.line(line);
    }
    reader.finish()
}

struct Reader<'t, 'd> {
    file: &'d FileRef,
    diagnostics: &'d mut Vec<Diagnostic>,
    /// Holds the outermost components.
    outer: Component<'t>,
    /// Those whose END has not come, outermost first.
    open: Vec<Component<'t>>,
    /// How many are open that stand too deep to be kept.
    too_deep: usize,
}

impl<'t> Reader<'t, '_> {
    fn report(&mut self, message: impl Into<String>, span: Span, help: &str) {
        let problem = Diagnostic::new(&codes::CALENDAR_SYNTAX, message).at(self.file, span);
        self.diagnostics.push(problem.help(help));
    }

    fn line(&mut self, line: Line<'t>) {
        if line.is_blank() {
            return;
        }
        match line.parse() {
            Ok(property) if property.name == "BEGIN" => self.begin(&property),
            Ok(property) if property.name == "END" => self.ends(&property),
            Ok(_) if self.too_deep > 0 => {}
            Ok(property) => match self.open.last_mut() {
                Some(component) => component.properties.push(property),
                None => self.report(
                    format!("`{}` stands outside of every BEGIN and END", property.name),
                    property.span,
                    "the line was passed over",
                ),
            },
            Err(line) => self.stray(line),
        }
    }

    /// A line that is no property. Programs that do not escape line ends write the lines of a description so.
    fn stray(&mut self, line: Line<'t>) {
        let (span, file) = (line.span(), self.file);
        let before = self.open.last_mut().and_then(|component| component.properties.last_mut());
        match before.filter(|property| property.takes_lines() && self.too_deep == 0) {
            Some(property) => {
                property.append_line(line);
                let message = format!("this line goes on with `{}`, but does not begin with a space", property.name);
                let problem = Diagnostic::new(&codes::CALENDAR_SYNTAX, message).at(file, span);
                self.diagnostics.push(problem.help("it was taken for the next line of the text"));
            }
            None => self.report("this is no line of a calendar", span, "the line was passed over"),
        }
    }

    fn begin(&mut self, property: &Property<'t>) {
        if self.open.len() >= DEEPEST || self.too_deep > 0 {
            self.too_deep += 1;
            return;
        }
        let name = property.value.trim().to_ascii_uppercase();
        self.open.push(Component { name, span: property.whole_value(), ..Component::default() });
    }

    /// Templates lose the line end after an END, so that the next BEGIN or END stands on its line.
    fn ends(&mut self, property: &Property<'t>) {
        let written = property.value.trim().to_ascii_uppercase();
        let next = ["BEGIN:", "END:"].iter().filter_map(|next| Some((written.find(next)?, *next))).min();
        let Some((at, next)) = next.filter(|_| self.too_deep == 0) else { return self.end(&written, property.span) };
        let help = "they were read as two; the calendar's own program should write each on a line of its own";
        self.report("two lines stand here on one", property.span, help);
        self.end(&written[..at], property.span);
        let name = written[at + next.len()..].trim().to_owned();
        match next {
            "END:" => self.end(&name, property.span),
            _ => self.open.push(Component { name, span: property.whole_value(), ..Component::default() }),
        }
    }

    fn end(&mut self, name: &str, span: Span) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if !self.open.iter().any(|open| open.name == name) {
            self.report(format!("nothing called {name} is open that could end here"), span, "the line was passed over");
            return;
        }
        while let Some(closed) = self.open.pop() {
            let is_meant = closed.name == name;
            if !is_meant {
                self.report_unclosed(&closed);
            }
            self.keep(closed);
            if is_meant {
                return;
            }
        }
    }

    fn report_unclosed(&mut self, component: &Component<'t>) {
        let help = "what could be read of it was read; the file may have been cut short: export it again";
        self.report(format!("this {} has no END:{}", component.name, component.name), component.span, help);
    }

    fn keep(&mut self, component: Component<'t>) {
        self.open.last_mut().unwrap_or(&mut self.outer).components.push(component);
    }

    fn finish(mut self) -> Vec<Component<'t>> {
        while let Some(open) = self.open.pop() {
            self.report_unclosed(&open);
            self.keep(open);
        }
        self.outer.components
    }
}
