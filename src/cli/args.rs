//! What can be written on the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXIT_CODES: &str = "Exit codes:\n  0  fine\n  1  mistakes in content, configuration or theme\n  2  wrong usage\n  3  the disk, permissions or another part of the environment";

/// Turns a folder of Markdown into a campaign's public site.
#[derive(Debug, Parser)]
#[command(name = "handbill", version, about, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(flatten)]
    pub shared: Shared,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Shared {
    /// The site's folder
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Say only what is wrong
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Say more: stage times and what was written
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site into its output folder
    Build(Build),
    /// Write the manual's reference pages
    #[command(hide = true)]
    Reference(Reference),
}

/// Which site, and what of it.
#[derive(Debug, Clone, Args)]
pub struct Select {
    /// The configuration file, relative to the site's folder
    #[arg(long, value_name = "FILE", default_value = "handbill.toml")]
    pub config: String,
    /// Build for another address than the configured one [env: HANDBILL_BASE_URL]
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Lay handbill.NAME.toml over the configuration
    #[arg(long, value_name = "NAME")]
    pub environment: Option<String>,
    /// Show drafts
    #[arg(long)]
    pub drafts: bool,
    /// Show what is held back until later
    #[arg(long)]
    pub future: bool,
    /// The build's time, such as 2026-12-01T12:00:00Z [env: SOURCE_DATE_EPOCH]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    pub select: Select,
    /// The output folder; default: the configured one
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Do all but write
    #[arg(long)]
    pub dry_run: bool,
    /// Write into a folder that Handbill did not make
    #[arg(long)]
    pub force: bool,
    /// Print a summary as JSON
    #[arg(long)]
    pub json: bool,
    /// How mistakes are shown
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// How mistakes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub's workflows
    Github,
}

#[derive(Debug, Args)]
pub struct Reference {
    /// The folder to write to
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}
