//! The commands, from the command line's own definition.

use super::Page;
use super::text::{Head, block, code, plain, table};
use clap::{Arg, ArgAction, Command};
use std::fmt::Write;

pub fn page(command: &Command) -> Page {
    let mut command = command.clone();
    command.build();
    let mut body = String::new();
    let _ = write!(
        body,
        "## Options of every command {{#shared}}\n\n{}",
        options(&command, |arg| arg.is_global_set() && !is_made(arg))
    );
    for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help") {
        write_command(&mut body, below, "handbill");
    }
    if let Some(after) = command.get_after_help() {
        let _ = write!(
            body,
            "\n## Exit codes {{#exit-codes}}\n\n{}",
            block("text", after.to_string().trim_start_matches("Exit codes:\n"))
        );
    }
    let head = Head { title: "Command line", summary: "Every command with its options.", weight: 5, section: false };
    Page { path: "command-line.md".to_owned(), text: head.page(&body) }
}

/// A command, or those below it. `above` is what is typed before its name.
fn write_command(out: &mut String, command: &Command, above: &str) {
    let name = format!("{above} {}", command.get_name());
    let mut below = command.get_subcommands().filter(|below| below.get_name() != "help").peekable();
    if below.peek().is_some() {
        below.for_each(|below| write_command(out, below, &name));
        return;
    }
    let id = name.trim_start_matches("handbill ").replace(' ', "-");
    let _ = write!(out, "\n## {} {{#{id}}}\n\n", code(&name));
    if let Some(about) = command.get_long_about().or_else(|| command.get_about()) {
        let _ = write!(out, "{}.\n\n", plain(about.to_string().trim().trim_end_matches('.')));
    }
    let usage = command.clone().render_usage().to_string();
    out.push_str(&block("sh", usage.trim_start_matches("Usage: ")));
    let own = |arg: &Arg| !arg.is_global_set() && !is_made(arg);
    if command.get_arguments().any(own) {
        let _ = write!(out, "\n{}", options(command, own));
    }
}

/// What the parser adds by itself.
fn is_made(arg: &Arg) -> bool {
    arg.is_hide_set() || matches!(arg.get_id().as_str(), "help" | "version")
}

fn options(command: &Command, wanted: impl Fn(&Arg) -> bool) -> String {
    let mut args: Vec<&Arg> = command.get_arguments().filter(|arg| wanted(arg)).collect();
    args.sort_by_key(|arg| !arg.is_positional());
    let rows: Vec<[String; 2]> = args.into_iter().map(|arg| [code(&name(arg)), meaning(arg)]).collect();
    table(["Option", "Meaning"], &rows)
}

/// Such as `--output DIR, -o`.
fn name(arg: &Arg) -> String {
    let takes_value = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    let values = arg.get_value_names().unwrap_or_default();
    let value: String = values.iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" ");
    if arg.is_positional() {
        return if value.is_empty() { arg.get_id().to_string().to_uppercase() } else { value };
    }
    let mut name = arg.get_long().map(|long| format!("--{long}")).unwrap_or_default();
    if takes_value && !value.is_empty() {
        let _ = write!(name, " {value}");
    }
    if let Some(short) = arg.get_short() {
        let comma = if name.is_empty() { "" } else { ", " };
        let _ = write!(name, "{comma}-{short}");
    }
    name
}

fn meaning(arg: &Arg) -> String {
    let help = arg.get_long_help().or_else(|| arg.get_help()).map(ToString::to_string).unwrap_or_default();
    let mut out = plain(help.trim());
    if !out.ends_with('.') {
        out.push('.');
    }
    let takes_value = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    let possible = arg.get_possible_values();
    let words: Vec<String> =
        possible.iter().filter(|value| !value.is_hide_set()).map(|value| code(value.get_name())).collect();
    if takes_value && !words.is_empty() {
        let _ = write!(out, " One of {}.", words.join(", "));
    }
    let defaults: Vec<String> = arg.get_default_values().iter().map(|value| code(&value.to_string_lossy())).collect();
    if takes_value && !defaults.is_empty() {
        let _ = write!(out, " Default: {}.", defaults.join(", "));
    }
    out
}
