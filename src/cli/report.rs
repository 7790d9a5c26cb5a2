//! What commands tell: mistakes, failures, and how it went. Messages go to standard error; standard output is for what
//! was asked for.

use super::args::{Format, Shared, When};
use crate::diagnostic::terminal::Look;
use crate::diagnostic::{self, Diagnostic};
use crate::source::World;
use std::io::IsTerminal;

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

/// Shows mistakes.
pub fn diagnostics(diagnostics: &[Diagnostic], world: &dyn World, shared: &Shared, format: Format) {
    let shown: Vec<Diagnostic> =
        diagnostics.iter().filter(|problem| !shared.quiet || problem.is_error()).cloned().collect();
    let fetch = diagnostic::from_world(world);
    match format {
        Format::Text => {
            if !shown.is_empty() {
                let look = Look { colour: colour(shared), ..Look::default() };
                eprintln!("{}", diagnostic::terminal::render(&shown, &fetch, look).trim_end());
            }
        }
        Format::Json => println!("{}", diagnostic::json::render(&shown, &fetch)),
        Format::Sarif => println!("{}", diagnostic::sarif::render(&shown, &fetch)),
        Format::Github => print!("{}", diagnostic::github::render(&shown, &fetch)),
    }
}

/// Tells what the environment did not allow.
pub fn failure(failure: &anyhow::Error, shared: &Shared) {
    let (bold, red, reset) = if colour(shared) { ("\x1b[1m", "\x1b[31m", "\x1b[0m") } else { ("", "", "") };
    eprintln!("{bold}{red}error{reset}{bold}: {failure}{reset}");
    let mut source = failure.source();
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
    let help = failure.downcast_ref::<crate::build::BuildError>().and_then(crate::build::BuildError::help);
    if let Some(help) = help {
        eprintln!("  help: {help}");
    }
}
