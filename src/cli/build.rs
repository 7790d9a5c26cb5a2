//! `handbill build`.

use super::args::{Build, Format, Shared};
use super::session::Session;
use super::{Exit, report};
use crate::build::{self, Loaded, Outcome, PublishTo, Stopwatch};
use crate::diagnostic;
use crate::output::PublishOptions;
use crate::theme::Engine;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};
use std::io::IsTerminal;
use std::path::Path;

pub fn run(shared: &Shared, args: &Build) -> anyhow::Result<Exit> {
    let session = Session::open(shared, &args.select)?;
    let mut watch = Stopwatch::new();
    let mut loaded = build::load(&session.world, &session.options, &mut watch)?;
    let to = PublishTo {
        root: &session.root,
        output: args.output.clone(),
        options: PublishOptions { force: args.force, dry_run: args.dry_run },
    };
    let bar = progress_bar(shared, args);
    let progress = |done: usize, total: usize| {
        if done.is_multiple_of(64) || done == total {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
    };
    let outcome = build::publish(&mut loaded, &session.world, &to, &progress, &mut watch);
    bar.finish_and_clear();
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(failure) => {
            // What was noticed before it failed may well be why.
            report::diagnostics(&loaded.diagnostics, &*session.world, shared, Format::Text)?;
            return Err(failure.into());
        }
    };
    if args.json {
        report::print(&format!("{}\n", summary(&loaded, &outcome, &watch, &session, args)))?;
        if args.format == Format::Text {
            report::diagnostics(&loaded.diagnostics, &*session.world, shared, Format::Text)?;
        }
    } else {
        report::diagnostics(&loaded.diagnostics, &*session.world, shared, args.format)?;
    }
    let exit = if loaded.has_errors() || outcome.published.is_none() {
        if !shared.quiet && args.format == Format::Text {
            let kept = if outcome.target.exists() { "; the site published before is as it was" } else { "" };
            report::say(format_args!("{} Nothing was published{kept}.", report::counted(&loaded.diagnostics)));
        }
        Exit::Mistakes
    } else {
        if !shared.quiet && args.format == Format::Text {
            tell(&loaded, &outcome, &watch, shared, args, &session.root);
        }
        Exit::Fine
    };
    // The process ends here: taking a large site apart piece by piece would only take time.
    std::mem::forget(loaded);
    Ok(exit)
}

fn progress_bar(shared: &Shared, args: &Build) -> ProgressBar {
    let wanted = !shared.quiet && !args.json && std::io::stderr().is_terminal();
    let bar =
        if wanted { ProgressBar::new(0) } else { ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()) };
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} files") {
        bar.set_style(style);
    }
    bar
}

/// How it went, for people.
fn tell(loaded: &Loaded, outcome: &Outcome, watch: &Stopwatch, shared: &Shared, args: &Build, root: &Path) {
    let Some(published) = &outcome.published else { return };
    let place = outcome.target.strip_prefix(root).unwrap_or(&outcome.target).display();
    let verb = if args.dry_run { "Would publish" } else { "Published" };
    report::say(format_args!(
        "{verb} {} as {} to {place} in {}: {} written, {} unchanged, {} removed.",
        report::count(loaded.documents, "document"),
        report::count(outcome.pages, "page"),
        duration(watch.total()),
        published.written.len(),
        published.unchanged,
        published.removed.len(),
    ));
    if shared.verbose > 0 {
        for (stage, time) in watch.stages() {
            report::say(format_args!("  {stage:<8} {}", duration(*time)));
        }
        for path in &published.written {
            report::say(format_args!("  written  {path}"));
        }
        for path in &published.removed {
            report::say(format_args!("  removed  {path}"));
        }
    }
    if let Some(change) = next_change(loaded) {
        report::say(format_args!("The site will next change by itself at {change}: build it again then."));
    }
}

fn duration(time: std::time::Duration) -> String {
    match time.as_millis() {
        millis if millis < 1000 => format!("{millis} ms"),
        millis => format!("{:.1} s", millis as f64 / 1000.0),
    }
}

/// When the output will next differ without a change of content, in the site's zone.
fn next_change(loaded: &Loaded) -> Option<String> {
    let site = loaded.site()?;
    let at = loaded.engine.as_ref().map_or(site.next_change, Engine::next_change)?;
    Some(crate::theme::view::zoned(&at.to_zoned(site.config.timezone.clone())))
}

/// How it went, for programs.
fn summary(loaded: &Loaded, outcome: &Outcome, watch: &Stopwatch, session: &Session, args: &Build) -> Value {
    let stages: serde_json::Map<String, Value> =
        watch.stages().iter().map(|(stage, time)| ((*stage).to_owned(), json!(time.as_secs_f64()))).collect();
    let fetch = diagnostic::from_world(&*session.world);
    let published = outcome.published.as_ref();
    let paths = |list: Option<&Vec<crate::output::OutputPath>>| -> Vec<String> {
        list.map(|list| list.iter().map(ToString::to_string).collect()).unwrap_or_default()
    };
    json!({
        "published": published.is_some() && !args.dry_run,
        "dry_run": args.dry_run,
        "output": outcome.target.display().to_string(),
        "documents": loaded.documents,
        "pages": outcome.pages,
        "artifacts": loaded.site().map_or(0, |site| site.jobs.len()),
        "written": published.map_or(0, |published| published.written.len()),
        "unchanged": published.map_or(0, |published| published.unchanged),
        "removed": published.map_or(0, |published| published.removed.len()),
        "bytes": published.map_or(0, |published| published.bytes),
        "written_paths": paths(published.map(|published| &published.written)),
        "removed_paths": paths(published.map(|published| &published.removed)),
        "stages": stages,
        "next_change": next_change(loaded),
        "diagnostics": diagnostic::json::value(&loaded.diagnostics, &fetch),
    })
}
