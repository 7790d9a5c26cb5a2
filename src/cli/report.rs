//! What commands tell: mistakes, failures, and how it went. Messages go to standard error; standard output is for what
//! was asked for.

use super::args::{Format, Shared, When};
use crate::diagnostic::terminal::Look;
use crate::diagnostic::{self, Diagnostic};
use crate::source::World;
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

/// Writes to standard output. That nobody reads on is no failure: `handbill list | head -1` ends quietly.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}

/// Writes a line to standard error. When that fails there is nobody to tell.
pub fn say(line: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Whether messages have colours.
pub fn colour(shared: &Shared) -> bool {
    match shared.color {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            std::io::stderr().is_terminal() && !unwanted && !dumb
        }
    }
}

/// The width of the terminal that standard output goes to; none when it goes elsewhere.
pub fn width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

/// Shows mistakes.
pub fn diagnostics(
    diagnostics: &[Diagnostic],
    world: &dyn World,
    shared: &Shared,
    format: Format,
) -> anyhow::Result<()> {
    let shown: Vec<Diagnostic> =
        diagnostics.iter().filter(|problem| !shared.quiet || problem.is_error()).cloned().collect();
    let fetch = diagnostic::from_world(world);
    match format {
        Format::Text => {
            if !shown.is_empty() {
                let (shown, more) = shortened(shown);
                let look = Look { colour: colour(shared), ..Look::default() };
                say(diagnostic::terminal::render(&shown, &fetch, look).trim_end());
                say("");
                for (code, count) in more {
                    say(format_args!("… and {count} more of {code}\n"));
                }
            }
            Ok(())
        }
        Format::Json => print(&diagnostic::json::render(&shown, &fetch)),
        Format::Sarif => print(&diagnostic::sarif::render(&shown, &fetch)),
        Format::Github => print(&from_here(&diagnostic::github::render(&shown, &fetch), shared)),
    }
}

/// The most mistakes of one code that are shown to people: who has thousands alike sees them in the first.
const MOST_ALIKE: usize = 50;

/// At most so many of each code, and how many of which are left out.
fn shortened(diagnostics: Vec<Diagnostic>) -> (Vec<Diagnostic>, BTreeMap<&'static str, usize>) {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut shown = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let count = counts.entry(diagnostic.code.id).or_default();
        *count += 1;
        if *count <= MOST_ALIKE {
            shown.push(diagnostic);
        }
    }
    counts.retain(|_, count| *count > MOST_ALIKE);
    counts.values_mut().for_each(|count| *count -= MOST_ALIKE);
    (shown, counts)
}

/// Annotations with their files named from the folder that the command runs in, where the workflow looks for them.
fn from_here(annotations: &str, shared: &Shared) -> String {
    let Some(root) = shared.root.as_deref().filter(|root| root.is_relative() && *root != std::path::Path::new("."))
    else {
        return annotations.to_owned();
    };
    let prefix = root.display().to_string().replace('\\', "/");
    let prefix = format!(" file={}/", prefix.trim_start_matches("./").trim_end_matches('/'));
    annotations.split_inclusive('\n').map(|line| line.replacen(" file=", &prefix, 1)).collect()
}

/// How many mistakes there are, and in how many files: "3 mistakes in 2 files."
pub fn counted(diagnostics: &[Diagnostic]) -> String {
    let errors = || diagnostics.iter().filter(|problem| problem.is_error());
    let files: BTreeSet<&str> = errors().filter_map(|problem| problem.file.as_deref()).collect();
    match files.len() {
        0 => format!("{}.", count(errors().count(), "mistake")),
        files => format!("{} in {}.", count(errors().count(), "mistake"), count(files, "file")),
    }
}

/// A number of things: "1 file", "2 files".
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// Tells what the environment did not allow.
pub fn failure(failure: &anyhow::Error, shared: &Shared) {
    let (bold, red, reset) = if colour(shared) { ("\x1b[1m", "\x1b[31m", "\x1b[0m") } else { ("", "", "") };
    say(format_args!("{bold}{red}error{reset}{bold}: {failure}{reset}"));
    let mut source = failure.source();
    while let Some(cause) = source {
        say(format_args!("  because: {cause}"));
        source = cause.source();
    }
    let of_build = failure.downcast_ref::<crate::build::BuildError>().and_then(crate::build::BuildError::help);
    let of_usage = failure.downcast_ref::<super::Misuse>().and_then(|misuse| misuse.help.as_deref());
    let of_serve = failure.downcast_ref::<crate::serve::ServeError>().and_then(crate::serve::ServeError::help);
    if let Some(help) = of_build.or(of_usage).or(of_serve) {
        say(format_args!("  help: {help}"));
    }
}
