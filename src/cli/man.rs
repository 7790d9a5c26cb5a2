//! `handbill man`.

use super::args::{Cli, Man};
use super::{Exit, report};
use anyhow::Context;
use clap::{Command, CommandFactory};
use std::path::Path;

pub fn run(args: &Man) -> anyhow::Result<Exit> {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &args.output else {
        report::print(&page(&command)?.1)?;
        return Ok(Exit::Fine);
    };
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder \"{}\"", folder.display()))?;
    let mut written = write(&command, folder)?;
    for below in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        written.push_str(&write(below, folder)?);
        for lower in below.get_subcommands() {
            written.push_str(&write(lower, folder)?);
        }
    }
    report::print(&written)?;
    Ok(Exit::Fine)
}

/// The name and the text of a command's page.
fn page(command: &Command) -> anyhow::Result<(String, String)> {
    let man = clap_mangen::Man::new(command.clone());
    let mut text = Vec::new();
    man.render(&mut text).context("cannot make the manual page")?;
    Ok((man.get_filename(), String::from_utf8_lossy(&text).into_owned()))
}

/// Writes a command's page and returns its path as a line.
fn write(command: &Command, folder: &Path) -> anyhow::Result<String> {
    let (name, text) = page(command)?;
    let path = folder.join(name);
    std::fs::write(&path, text).with_context(|| format!("cannot write \"{}\"", path.display()))?;
    Ok(format!("{}\n", path.display()))
}
