//! Actions: what every page offers, and whether it is still open.

use super::links::{Found, Targets};
use super::visibility::Changes;
use super::{Page, PageId, menus};
use crate::config::Config;
use crate::content::{Action, Details, Kind};
use crate::diagnostic::{Diagnostic, codes};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Whether readers can still take an action.
pub fn is_open(action: &Action, now: Timestamp, zone: &TimeZone) -> bool {
    action.deadline.is_none_or(|deadline| deadline.end(zone) > now)
}

/// For each language, the actions that every page offers, in the configuration's order.
pub fn offered(
    targets: &Targets,
    pages: &[Page],
    config: &Config,
    changes: &mut Changes,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Vec<PageId>> {
    for page in pages {
        match &page.document.details {
            Details::Action(action) => {
                if let Some(deadline) = action.deadline {
                    changes.add(deadline.end(&config.timezone));
                }
            }
            Details::Statement(statement) => {
                if let Some(until) = statement.sign.as_ref().and_then(|sign| sign.until) {
                    changes.add(until.end(&config.timezone));
                }
            }
            _ => {}
        }
    }
    let mut all = Vec::with_capacity(config.languages.len());
    for language in 0..config.languages.len() {
        let home = pages.iter().find(|page| page.is_home() && page.language.0 as usize == language);
        let mut offered = Vec::new();
        for written in &config.actions {
            let Some(home) = home else { continue };
            let (file, span) = config.locate(written.span);
            match targets.resolve(&menus::rooted(&written.value), home) {
                Found::Page(id) if pages[id.0 as usize].kind() == Kind::Action => offered.push(id),
                Found::Page(_) => diagnostics.push(
                    Diagnostic::new(&codes::MISSING_REFERENCE, format!("\"{}\" is not an action", written.value))
                        .at(&file, span)
                        .help("name files of content/actions/, or give the page kind = \"action\""),
                ),
                found => diagnostics.push(targets.missing(&written.value, &found, &file, span)),
            }
        }
        all.push(offered);
    }
    crate::diagnostic::sort(diagnostics);
    all
}
