//! `handbill explain`.

mod text;

use super::args::{Explain, Format, Shared};
use super::session::Session;
use super::{Exit, report};
use crate::explain::{self, What};
use std::path::{Component, Path, PathBuf};

/// The widest that text is set, in columns: longer lines are hard to read.
const WIDEST: usize = 100;
/// Where the output is no terminal.
const USUAL_WIDTH: usize = 80;

pub fn run(shared: &Shared, args: &Explain) -> anyhow::Result<Exit> {
    let session = Session::open(shared, &args.select)?;
    let asked = below_root(&args.what, &session.root).unwrap_or_else(|| args.what.clone());
    let explained = explain::explain(&session.world, &session.options, &asked)?;
    let Some(mut answer) = explained.answer else {
        report::diagnostics(&explained.loaded.diagnostics, &*session.world, shared, Format::Text)?;
        return Ok(Exit::Mistakes);
    };
    answer.asked.clone_from(&args.what);
    if args.json {
        report::print(&format!("{}\n", serde_json::to_string_pretty(&answer)?))?;
    } else {
        let width = report::width().unwrap_or(USUAL_WIDTH).min(WIDEST);
        report::print(&text::render(&answer, width))?;
    }
    Ok(if answer.what == What::Unknown { Exit::Mistakes } else { Exit::Fine })
}

/// The path from the site's root of a file or folder that is named from the folder we are in, whether or not it exists;
/// none for what is no path on the disk.
fn below_root(written: &str, root: &Path) -> Option<String> {
    let path = Path::new(written.trim());
    if written.contains("://") || written.starts_with("@/") || written.trim().is_empty() {
        return None;
    }
    if path.is_absolute() {
        // An address of the site begins with a slash, too.
        return relative(&path.canonicalize().ok()?, root);
    }
    let here = std::env::current_dir().ok()?.canonicalize().ok()?;
    let whole = normal(&here.join(path))?;
    if let Ok(real) = whole.canonicalize() {
        // A link is asked for by its own name.
        return relative(&whole, root).or_else(|| relative(&real, root));
    }
    // From a folder below the root, a name without a folder is probably one of that folder.
    let in_content = here.strip_prefix(root).is_ok_and(|below| below.starts_with(crate::content::FOLDER));
    let is_document = path.components().count() == 1 && path.extension().is_some_and(|ending| ending == "md");
    if in_content && is_document { relative(&whole, root) } else { None }
}

/// A path without `.` and `..`; none when it leaves the disk's root.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !normal.pop() {
                    return None;
                }
            }
            part => normal.push(part),
        }
    }
    Some(normal)
}

fn relative(path: &Path, root: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("/"))
}
