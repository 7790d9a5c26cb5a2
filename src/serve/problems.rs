//! What is wrong with the site as it is now, for the panel in the browser, the start page and the terminal.

use crate::diagnostic::{self, Diagnostic, Severity, terminal};
use crate::source::World;
use serde_json::json;

/// The most problems that are shown as on the terminal.
const MOST_SHOWN: usize = 30;

/// The width of their lines, in characters.
const WIDTH: usize = 100;

/// All that is known to be wrong.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    /// In the order in which they are shown.
    pub list: Vec<Diagnostic>,
    /// What the panel shows, as JSON.
    pub panel: String,
}

impl Problems {
    pub fn new(mut list: Vec<Diagnostic>, world: &dyn World) -> Self {
        diagnostic::sort(&mut list);
        let panel = panel(&list, world);
        Self { list, panel }
    }

    pub fn errors(&self) -> usize {
        self.list.iter().filter(|problem| problem.is_error()).count()
    }

    /// With those of one page that are not yet among them.
    pub fn with(&self, own: &[Diagnostic], world: &dyn World) -> String {
        let fresh: Vec<Diagnostic> =
            own.iter().filter(|own| !self.list.iter().any(|known| is_same(known, own))).cloned().collect();
        if fresh.is_empty() { self.panel.clone() } else { panel(&[fresh, self.list.clone()].concat(), world) }
    }
}

/// Whether two problems are the same, though others pages tell of it too, or it has moved by a line.
pub fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    (a.code.id, &a.file, &a.message) == (b.code.id, &b.file, &b.message)
}

/// One problem as the terminal shows it, without colours.
pub fn as_text(problem: &Diagnostic, world: &dyn World) -> String {
    let look = terminal::Look { colour: false, width: WIDTH };
    let fetch = diagnostic::from_world(world);
    terminal::render(std::slice::from_ref(problem), &fetch, look).trim_end().to_owned()
}

fn panel(list: &[Diagnostic], world: &dyn World) -> String {
    let of = |severity| list.iter().filter(|problem| problem.severity == severity).count();
    // Errors first: they are what keeps the site from being published.
    let mut sorted: Vec<&Diagnostic> = list.iter().collect();
    sorted.sort_by_key(|problem| problem.severity);
    let items: Vec<_> = sorted
        .iter()
        .take(MOST_SHOWN)
        .map(|problem| json!({ "severity": word(problem.severity), "text": as_text(problem, world) }))
        .collect();
    json!({
        "errors": of(Severity::Error),
        "warnings": of(Severity::Warning) + of(Severity::Note),
        "more": list.len().saturating_sub(MOST_SHOWN),
        "items": items,
    })
    .to_string()
}

pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
