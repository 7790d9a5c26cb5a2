//! `handbill import ics`.

use crate::build::{self, SharedWorld, Stopwatch};
use crate::cli::args::{Format, ImportIcs, Select, Shared};
use crate::cli::report::count;
use crate::cli::session::Session;
use crate::cli::{Exit, Misuse, new, new_file, report};
use crate::config::Config;
use crate::decode::Moment;
use crate::diagnostic::{self, Diagnostic, did_you_mean};
use crate::import::{self, Action, Imported, Known, Options, Outcome, Settings, Zone};
use crate::source::{FileRef, Listing, World};
use anyhow::Context;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// How standard input is called where its lines are shown.
const STANDARD_INPUT: &str = "standard input";

pub fn run(shared: &Shared, args: &ImportIcs) -> anyhow::Result<Exit> {
    let select = Select {
        config: args.config.clone(),
        base_url: None,
        environment: None,
        // All that the site has counts, published or not.
        drafts: true,
        future: true,
        now: args.now.clone(),
    };
    let session = Session::open(shared, &select)?;
    let loaded = build::load(&session.world, &session.options, &mut Stopwatch::new())?;
    let (Some(site), Some(config)) = (loaded.site(), &loaded.config) else {
        report::diagnostics(&loaded.diagnostics, &*session.world, shared, Format::Text)?;
        return Ok(Exit::Mistakes);
    };
    let language = new::language(args.language.as_deref(), config)?;
    let known = Known::of(site, &*session.world, &language);
    let options = options(args, config, &language, &known, session.options.clock.now)?;
    let folder = new::clean(&args.into)?;
    let (file, bytes) = bytes(&args.file)?;
    let mut diagnostics = Vec::new();
    let text = import::text(&bytes, &file, &mut diagnostics);
    let imported = import::read(&text, &file, &options, &mut diagnostics);
    let suffix = if language == config.default_language().code { String::new() } else { format!(".{language}") };
    let settings = Settings { folder: &folder, language: &language, suffix: &suffix, update: args.update };
    let outcomes = import::place(&imported.events, &known, &*session.world, &settings, &file, &mut diagnostics);
    let outcomes = if args.dry_run { outcomes } else { write(outcomes, &session.root)? };
    diagnostic::sort(&mut diagnostics);
    let world = Beside { world: &session.world, file: &file, text: &text };
    let told = Told { args, imported: &imported, outcomes: &outcomes, diagnostics: &diagnostics };
    if args.json {
        report::print(&told.json(&world)?)?;
    } else {
        report::diagnostics(&diagnostics, &world, shared, Format::Text)?;
        told.text(shared, &session.root)?;
    }
    Ok(if diagnostics.iter().any(Diagnostic::is_error) { Exit::Mistakes } else { Exit::Fine })
}

fn options<'o>(
    args: &'o ImportIcs,
    config: &Config,
    language: &'o str,
    known: &'o Known,
    now: jiff::Timestamp,
) -> Result<Options<'o>, Misuse> {
    let from = match &args.from {
        None => None,
        Some(written) => Some(Moment::parse(written).ok_or_else(|| {
            Misuse::new(format!("--from \"{written}\" is not a date")).help("write it as 2026-12-01")
        })?),
    };
    if let Some(group) = args.group.as_deref().filter(|group| !known.groups.contains_key(*group)) {
        let names = known.groups.keys().map(String::as_str);
        let help = match did_you_mean(group, names) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => "write the name of its file in content/groups, without .md".to_owned(),
        };
        return Err(Misuse::new(format!("there is no group \"{group}\"")).help(help));
    }
    Ok(Options {
        zone: Zone { name: config.timezone_name.clone(), zone: config.timezone.clone() },
        language,
        now,
        from: from.map(|from| from.timestamp(&config.timezone)),
        private: args.private,
        draft: args.draft,
        group: args.group.as_deref(),
        known,
    })
}

/// The calendar, and how it is called.
fn bytes(path: &Path) -> anyhow::Result<(FileRef, Vec<u8>)> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
        return Ok((STANDARD_INPUT.into(), bytes));
    }
    let name = path.display().to_string();
    let bytes = std::fs::read(path).with_context(|| format!("cannot read \"{name}\""))?;
    Ok((name.into(), bytes))
}

/// Writes the files. One that came to be there in the meantime is kept.
fn write(outcomes: Vec<Outcome>, root: &Path) -> anyhow::Result<Vec<Outcome>> {
    let mut done = Vec::with_capacity(outcomes.len());
    for mut outcome in outcomes {
        match outcome.action {
            Action::Written if !new_file::write(root, &outcome.file, &outcome.text)? => outcome.action = Action::Kept,
            Action::Updated => new_file::replace(root, &outcome.file, &outcome.text)?,
            _ => {}
        }
        done.push(outcome);
    }
    Ok(done)
}

/// The site's files and the calendar, whose lines are shown where something is wrong with them.
struct Beside<'w> {
    world: &'w SharedWorld,
    file: &'w FileRef,
    text: &'w str,
}

impl World for Beside<'_> {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == &**self.file { Ok(self.text.as_bytes().to_vec()) } else { self.world.read(path) }
    }

    fn list(&self, folder: &str) -> io::Result<Listing> {
        self.world.list(folder)
    }

    fn disk_path(&self, path: &str) -> Option<PathBuf> {
        self.world.disk_path(path)
    }

    fn exists(&self, path: &str) -> bool {
        path == &**self.file || self.world.exists(path)
    }
}

/// What there is to tell.
struct Told<'t> {
    args: &'t ImportIcs,
    imported: &'t Imported,
    outcomes: &'t [Outcome],
    diagnostics: &'t [Diagnostic],
}

impl Told<'_> {
    fn json(&self, world: &dyn World) -> anyhow::Result<String> {
        let value = serde_json::json!({
            "version": 1,
            "dry_run": self.args.dry_run,
            "events": self.outcomes,
            "left_out": self.imported.left_out,
            "diagnostics": diagnostic::json::value(self.diagnostics, &diagnostic::from_world(world)),
        });
        Ok(format!("{}\n", serde_json::to_string_pretty(&value)?))
    }

    fn number(&self, action: Action) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.action == action).count()
    }

    /// The files on standard output, and how it went.
    fn text(&self, shared: &Shared, root: &Path) -> anyhow::Result<()> {
        let changed = |outcome: &&Outcome| matches!(outcome.action, Action::Written | Action::Updated);
        let lines = self.outcomes.iter().filter(changed).map(|outcome| new::shown(&root.join(&outcome.file)) + "\n");
        report::print(&lines.collect::<String>())?;
        if shared.quiet {
            return Ok(());
        }
        let will = self.args.dry_run;
        let (written, updated, kept) =
            (self.number(Action::Written), self.number(Action::Updated), self.number(Action::Kept));
        let unchanged = self.number(Action::Unchanged);
        let wrote = if will { "Would write" } else { "Wrote" };
        let renewed = if will { "Would update" } else { "Updated" };
        let failed = self.diagnostics.iter().any(Diagnostic::is_error);
        if written > 0 || self.outcomes.is_empty() && !failed {
            report::say(format_args!("{wrote} {}.", count(written, "event")));
        }
        if updated > 0 {
            report::say(format_args!("{renewed} {}.", count(updated, "event")));
        }
        if unchanged > 0 {
            report::say(format_args!("{} had nothing new.", count(unchanged, "event")));
        }
        if kept > 0 {
            let how = if self.args.update {
                ""
            } else {
                " Import again with --update to bring files up to date that nobody changed."
            };
            report::say(format_args!("Kept {} as the site has them.{how}", count(kept, "event")));
        }
        let left_out = self.imported.left_out.told();
        if !left_out.is_empty() {
            report::say(format_args!("Left out: {}.", left_out.join(", ")));
        }
        if written > 0 && !will {
            report::say("Look at the new files, then run `handbill build`.");
        }
        Ok(())
    }
}
