//! `handbill new`.

mod front_matter;
mod samples;

use super::args::{New, Shared};
use super::{Exit, Misuse, new_file, report, session};
use crate::config::{Config, Overrides};
use crate::content::{FOLDER, Kind};
use crate::decode::Moment;
use crate::locale;
use front_matter::Facts;
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};
use std::path::Path;

/// How far ahead a new event stands, in days, and at which hour, unless a date is given.
const EVENT_AHEAD: (i64, i8) = (14, 19);

pub fn run(shared: &Shared, args: &New) -> anyhow::Result<Exit> {
    let world = session::world(shared, &args.config)?;
    let config_path = session::config_path(&args.config, world.root())?;
    let mut diagnostics = Vec::new();
    let Some(config) = crate::config::load(&world, &config_path, &Overrides::default(), &mut diagnostics)? else {
        report::diagnostics(&diagnostics, &world, shared, super::args::Format::Text)?;
        return Ok(Exit::Mistakes);
    };
    let now = session::now(args.now.as_deref())?;
    let facts = facts(args, &config, now)?;
    let below = file_path(args, &config)?;
    let text = front_matter::write(&facts, &config, below.kind);
    let path = format!("{FOLDER}/{}", below.path);
    if !new_file::write(world.root(), &path, &text)? {
        let message = format!("{path} exists already, and is left as it is");
        return Err(Misuse::new(message).help("give another title, or another file with --path").into());
    }
    report::print(&format!("{}\n", shown(&world.root().join(&path))))?;
    if !shared.quiet {
        report::say("Fill in its front matter, write its text below the second +++ line, then run `handbill build`.");
        if let Some(from) = facts.publish_from {
            report::say(format_args!("It is held back until {from}: see `publish_from`."));
        }
    }
    Ok(Exit::Fine)
}

/// The path as one would write it from here.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
    let below = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
    below.unwrap_or(path).display().to_string()
}

fn facts(args: &New, config: &Config, now: Timestamp) -> Result<Facts, Misuse> {
    let today = config.timezone.to_datetime(now).date();
    let given = match &args.date {
        None => None,
        Some(written) => Some(Moment::parse(written).ok_or_else(|| {
            Misuse::new(format!("--date \"{written}\" is not a date"))
                .help("write it as 2026-12-01, or with a time as 2026-12-01T19:00")
        })?),
    };
    if args.title.trim().is_empty() {
        return Err(Misuse::new("the title is empty"));
    }
    let is_event = args.kind == Kind::Event;
    let start = start(given.filter(|_| is_event), today);
    let is_dated = matches!(args.kind, Kind::Post | Kind::Statement);
    let later = given.filter(|moment| !is_event && moment.timestamp(&config.timezone) > now);
    Ok(Facts {
        kind: args.kind,
        title: args.title.trim().to_owned(),
        today,
        date: given.filter(|_| !is_event).or(is_dated.then_some(Moment::Date(today))).map(written),
        start: written(start),
        end: written(two_hours_after(start)),
        timezone: config.timezone_name.clone(),
        uid: uid(args, config, now),
        language: language(args.language.as_deref(), config)?,
        publish_from: later.map(written),
        draft: args.draft,
    })
}

/// The id for calendars of a new event. A translation has that of the first version.
fn uid(args: &New, config: &Config, now: Timestamp) -> Option<String> {
    let default = &config.default_language().code;
    let translation = args.language.as_ref().is_some_and(|language| !language.eq_ignore_ascii_case(default));
    let wanted = args.kind == Kind::Event && !translation;
    let place = args.path.as_deref().or(args.section.as_deref()).unwrap_or_default();
    wanted.then(|| crate::site::made_uid(&config.site_id, &format!("{now} {place} {}", args.title.trim())))
}

/// When an event begins: at the time given, in the evening of the day given, or some days from now.
fn start(given: Option<Moment>, today: Date) -> Moment {
    let evening = |date: Date| Moment::DateTime(date.at(EVENT_AHEAD.1, 0, 0, 0));
    match given {
        Some(Moment::Date(date)) => evening(date),
        Some(moment) => moment,
        None => evening(today.checked_add(EVENT_AHEAD.0.days()).unwrap_or(today)),
    }
}

fn two_hours_after(moment: Moment) -> Moment {
    match moment {
        Moment::DateTime(local) => Moment::DateTime(local.checked_add(2.hours()).unwrap_or(local)),
        Moment::Instant(instant) => Moment::Instant(instant.checked_add(2.hours()).unwrap_or(instant)),
        Moment::Date(date) => Moment::Date(date),
    }
}

/// A moment as TOML.
fn written(moment: Moment) -> String {
    let time = |time: DateTime| time.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    match moment {
        Moment::Date(date) => date.to_string(),
        Moment::DateTime(local) => time(local),
        Moment::Instant(instant) => format!("{}Z", time(jiff::tz::TimeZone::UTC.to_datetime(instant))),
    }
}

/// Where the file goes.
struct Below {
    /// Below `content/`.
    path: String,
    /// The word for `kind`, where the folder does not say it.
    kind: Option<&'static str>,
}

fn file_path(args: &New, config: &Config) -> Result<Below, Misuse> {
    let language = language(args.language.as_deref(), config)?;
    let own_folder = config.language(&language).and_then(|language| language.folder.as_deref());
    let is_marked = own_folder.is_none() && language != config.default_language().code;
    let suffix = if is_marked { format!(".{language}") } else { String::new() };
    let slug = || locale::slug(&args.title, &language);
    let written = args.path.as_deref().or(args.section.as_deref());
    let place = written.map(clean).transpose()?;
    let (folder, name) = match (place, &args.path) {
        (Some(path), Some(_)) => {
            let path = path.strip_suffix(".md").unwrap_or(&path);
            let path = path.strip_suffix(&suffix).unwrap_or(path);
            match path.rsplit_once('/') {
                Some((folder, name)) => (folder.to_owned(), name.to_owned()),
                None => (String::new(), path.to_owned()),
            }
        }
        (Some(folder), None) => (folder, slug()),
        (None, _) => (args.kind.folder().unwrap_or("").to_owned(), slug()),
    };
    if name.is_empty() {
        let message = format!("no file name can be made from the title \"{}\"", args.title);
        return Err(Misuse::new(message).help("name the file with --path"));
    }
    let stem = match (args.kind, args.bundle) {
        // A section is its folder's own page.
        (Kind::Section, _) if name == "_index" => name,
        (Kind::Section, _) => format!("{name}/_index"),
        (_, true) if name != "index" => format!("{name}/index"),
        _ => name,
    };
    let path = if folder.is_empty() { stem } else { format!("{folder}/{stem}") };
    let by_folder = if path.contains('/') { Kind::of_folder(path.split('/').next().unwrap_or("")) } else { Kind::Page };
    let is_told = args.kind == Kind::Section || by_folder == args.kind;
    let path = match own_folder {
        Some(own) if !path.starts_with(&format!("{own}/")) => format!("{own}/{path}"),
        _ => path,
    };
    Ok(Below { path: format!("{path}{suffix}.md"), kind: (!is_told).then(|| args.kind.word()) })
}

/// A path below `content/` as it is written: with or without that folder, and nowhere else.
pub(super) fn clean(written: &str) -> Result<String, Misuse> {
    let path = written.replace('\\', "/");
    let path = path.trim_start_matches("./").trim_start_matches("@/");
    let path = path.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path);
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if path.starts_with('/') || parts.contains(&"..") || parts.iter().any(|part| part.contains(':')) {
        return Err(Misuse::new(format!("\"{written}\" is not a place below {FOLDER}/"))
            .help("write it from there, such as news/2026"));
    }
    Ok(parts.join("/"))
}

/// The site's own way of writing the language asked for.
pub(super) fn language(asked: Option<&str>, config: &Config) -> Result<String, Misuse> {
    let Some(asked) = asked else {
        return Ok(config.default_language().code.clone());
    };
    config.language(asked).map(|language| language.code.clone()).ok_or_else(|| {
        let known: Vec<&str> = config.languages.iter().map(|language| language.code.as_str()).collect();
        Misuse::new(format!("the language \"{asked}\" is not set up")).help(format!(
            "the site's languages are {}; add `[languages.{asked}]` to {} for another",
            known.join(", "),
            config.file
        ))
    })
}

#[cfg(test)]
mod tests;
