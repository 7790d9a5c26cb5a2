//! `handbill completions`.

use super::args::{Cli, Completions};
use super::{Exit, report};
use clap::CommandFactory;

pub fn run(args: &Completions) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "handbill", &mut script);
    report::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}
