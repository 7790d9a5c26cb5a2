//! The command line: one file for each command.
//!
//! Exit codes: 0 fine, 1 mistakes in content, 2 usage, 3 environment.
#![allow(clippy::disallowed_methods)]
// These panic when nobody reads on: `report` writes instead.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod args;
mod build;
mod codes;
mod completions;
mod explain;
mod import;
mod init;
mod kinds;
mod list;
mod man;
mod new;
mod new_file;
mod reference;
mod report;
mod serve;
mod session;
mod table;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;

/// The command was called wrongly. The text says how.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Misuse {
    message: String,
    help: Option<String>,
}

impl Misuse {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

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
    /// What was asked for is more than one run gives.
    CutShort,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Mistakes => 1,
            Exit::Usage => 2,
            Exit::Environment => 3,
            Exit::CutShort => 4,
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
        Command::Init(args) => init::run(&cli.shared, args),
        Command::New(args) => new::run(&cli.shared, args),
        Command::Build(args) => build::run(&cli.shared, args),
        Command::Serve(args) => serve::run(&cli.shared, args),
        Command::List(args) => list::run(&cli.shared, args),
        Command::Explain(args) => explain::run(&cli.shared, args),
        Command::Import(args) => import::run(&cli.shared, args),
        Command::Codes(args) => codes::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
        Command::Reference(args) => reference::run(args),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(failure) => {
            report::failure(&failure, &cli.shared);
            if failure.is::<Misuse>() { Exit::Usage.into() } else { Exit::Environment.into() }
        }
    }
}
