//! What can be written on the command line.

use crate::content::Kind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXIT_CODES: &str = "Exit codes:\n  0  fine\n  1  mistakes in content, configuration or theme\n  2  wrong usage\n  3  the disk, permissions or another part of the environment\n  4  a list that is cut short, for there is more than one run lists";

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
#[derive(Debug, Clone, Args)]
pub struct Shared {
    /// The site's folder; default: the nearest one, from here upwards, with a handbill.toml
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Say only what is wrong
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Say more: stage times and what was written
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// When to use colours; NO_COLOR is heeded
    #[arg(long, alias = "colour", global = true, value_name = "WHEN", default_value = "auto")]
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
    /// Make a small, complete campaign to begin with
    Init(Init),
    /// Write a content file with its front matter ready to fill
    New(New),
    /// Build the site into its output folder
    Build(Build),
    /// Show the site in a browser while you write it: it follows every change
    Serve(Serve),
    /// Show what there is, by kind
    List(List),
    /// Say what a file or an address is, where it appears, and where not and why
    Explain(Explain),
    /// Write content files from what was kept elsewhere
    Import(Import),
    /// Explain the codes of mistakes
    Codes(Codes),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man(Man),
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
    /// Print a summary as JSON, the mistakes in it
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// How mistakes are shown
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub select: Select,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// The port; default: 8080, or the next that is free
    #[arg(long, value_name = "NUMBER")]
    pub port: Option<u16>,
    /// Let others in your network see it: this computer's address there, or 0.0.0.0 for all that it has
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<String>,
    /// Let the open page follow you: it shows the page that you saved last
    #[arg(long)]
    pub navigate: bool,
    /// Look at the files again and again, where the system does not tell of changes: on disks of other computers
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, Args)]
pub struct Init {
    /// The folder; "." for this one
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The campaign's name; default: made from the folder's name
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// The address that the site will have
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// The site's language, such as en-GB
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// The time zone, such as Europe/London
    #[arg(long, value_name = "ZONE")]
    pub timezone: Option<String>,
    /// Ask nothing
    #[arg(long, short)]
    pub yes: bool,
    /// Write into a folder that has files; none of them is overwritten
    #[arg(long)]
    pub force: bool,
    /// The day from which the dates of the sample are counted [env: SOURCE_DATE_EPOCH]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

#[derive(Debug, Args)]
pub struct New {
    /// What it is
    #[arg(value_name = "KIND", value_parser = super::kinds::parser())]
    pub kind: Kind,
    /// Its title, in quotation marks
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// Its language; default: the site's
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// The folder below content/; default: the kind's own
    #[arg(long, value_name = "FOLDER", conflicts_with = "path")]
    pub section: Option<String>,
    /// The file below content/; default: made from the title. A translation needs its original's path
    #[arg(long, value_name = "FILE")]
    pub path: Option<String>,
    /// When it was published; of an event: when it begins
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// Keep it out of the site for now
    #[arg(long)]
    pub draft: bool,
    /// Make a folder, in which pictures and other files can stand beside the page
    #[arg(long)]
    pub bundle: bool,
    /// The configuration file, relative to the site's folder
    #[arg(long, value_name = "FILE", default_value = "handbill.toml")]
    pub config: String,
    /// Today, such as 2026-12-01 [env: SOURCE_DATE_EPOCH]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    pub select: Select,
    /// Only this kind
    #[arg(value_name = "KIND", value_parser = super::kinds::parser())]
    pub kind: Option<Kind>,
    /// Also what is not published, with the reason
    #[arg(long)]
    pub all: bool,
    /// Only what is in this language; of --occurrences those that its lists show
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// What has no version in a language, or one that is older than its original
    #[arg(long, conflicts_with_all = ["all", "occurrences"])]
    pub missing: bool,
    /// Every time at which an event takes place
    #[arg(long, conflicts_with = "all")]
    pub occurrences: bool,
    /// The first day, or the time from which on; default: now
    #[arg(long, value_name = "DATE", requires = "occurrences")]
    pub from: Option<String>,
    /// The last day, or the time before which; default: as far ahead as the site's lists look
    #[arg(long, value_name = "DATE", requires = "occurrences")]
    pub to: Option<String>,
    /// Only the events of a group, by its file's name
    #[arg(long, value_name = "NAME", requires = "occurrences")]
    pub group: Option<String>,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ListFormat,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    Table,
    Json,
    Csv,
}

#[derive(Debug, Args)]
pub struct Explain {
    #[command(flatten)]
    pub select: Select,
    /// A file of the site, a path such as @/groups/leeds.md, or an address of the site
    #[arg(value_name = "FILE|URL")]
    pub what: String,
    /// Print the answer as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    pub from: ImportFrom,
}

#[derive(Debug, Subcommand)]
pub enum ImportFrom {
    /// Write the events of a calendar (.ics) as content files
    Ics(ImportIcs),
}

#[derive(Debug, Args)]
pub struct ImportIcs {
    /// The calendar's file; "-" reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The folder below content/
    #[arg(long, value_name = "FOLDER", default_value = "events")]
    pub into: String,
    /// Leave out what is over before this day
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Keep them out of the site for now
    #[arg(long)]
    pub draft: bool,
    /// Also private and confidential events, as drafts
    #[arg(long)]
    pub private: bool,
    /// The group that holds them all, by its file's name
    #[arg(long, value_name = "NAME")]
    pub group: Option<String>,
    /// Their language; default: the site's
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Bring files up to date that were imported before and not changed since
    #[arg(long)]
    pub update: bool,
    /// Do all but write
    #[arg(long)]
    pub dry_run: bool,
    /// Print what was done as JSON, the mistakes in it
    #[arg(long)]
    pub json: bool,
    /// The configuration file, relative to the site's folder
    #[arg(long, value_name = "FILE", default_value = "handbill.toml")]
    pub config: String,
    /// The time of the import, such as 2026-12-01T12:00:00Z [env: SOURCE_DATE_EPOCH]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

#[derive(Debug, Args)]
pub struct Codes {
    /// One code, such as HB0101 or unknown-key; default: all of them
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
    /// Print them as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct Man {
    /// Write one page for each command into this folder
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
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
