//! The command line: one file for each command.
//!
//! Exit codes: 0 fine, 1 mistakes in content, 2 usage, 3 environment.
#![allow(clippy::disallowed_methods)]

pub mod args;
mod build;
mod reference;
mod report;
mod session;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Fine,
    /// There are mistakes in the content, the configuration or the theme.
    Mistakes,
    /// The command was called wrongly.
    Usage,
    /// The disk, permissions, the network.
    Environment,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Mistakes => 1,
            Exit::Usage => 2,
            Exit::Environment => 3,
        })
    }
}

/// Parses the arguments, runs the command, and tells how it ended.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Fine.into() };
        }
    };
    let result = match &cli.command {
        Command::Build(args) => build::run(&cli.shared, args),
        Command::Reference(args) => reference::run(args),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            report::failure(&failure, &cli.shared);
            Exit::Environment.into()
        }
    }
}
