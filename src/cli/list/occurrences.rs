//! `handbill list --occurrences`: every time at which an event takes place, as the site understands it.

use super::{as_short_time, format};
use crate::cli::args::{List, ListFormat, Shared};
use crate::cli::table::{self, Yields};
use crate::cli::{Misuse, report};
use crate::content::Kind;
use crate::decode::Moment;
use crate::diagnostic::did_you_mean;
use crate::explain::{self, Listed, Location};
use crate::site::{LanguageId, Site};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;

/// The most that one run lists.
const MOST_LISTED: usize = 100_000;

/// From `from` (inclusive) to `to` (exclusive).
#[derive(Debug, Clone, Copy)]
struct Window {
    from: Timestamp,
    to: Timestamp,
}

/// Prints the occurrences, and says whether those are all.
pub fn list(site: &Site, shared: &Shared, args: &List, language: Option<LanguageId>) -> anyhow::Result<bool> {
    if let Some(kind) = args.kind.filter(|kind| *kind != Kind::Event) {
        let message = format!("only events have occurrences, not what is of the kind {}", kind.word());
        return Err(Misuse::new(message).help("`handbill list event --occurrences` lists them").into());
    }
    let window = window(site, args)?;
    let mut events = explain::events(site, language);
    if let Some(name) = &args.group {
        let stem = group(site, name)?;
        events
            .retain(|event| site.event_groups(*event).iter().any(|group| site.page(*group).document.path.stem == stem));
    }
    let (rows, cut) = explain::occurrences(site, &events, window.from, window.to, MOST_LISTED);
    match format(args) {
        ListFormat::Table if rows.is_empty() => {
            if !shared.quiet {
                let zone = &site.config.timezone;
                let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
                let last = window.to.checked_sub(1.second()).unwrap_or(window.to);
                report::say(format_args!("No event takes place from {} to {}.", day(window.from), day(last)));
            }
        }
        ListFormat::Table => report::print(&as_table(site, &rows, report::width()))?,
        ListFormat::Json => report::print(&format!("{}\n", serde_json::to_string_pretty(&rows)?))?,
        ListFormat::Csv => report::print(&as_csv(&rows)?)?,
    }
    if cut {
        let last = rows.last().map(|row| row.start_utc.as_str()).unwrap_or_default();
        report::say(format_args!(
            "warning: the list is cut short: these are the first {MOST_LISTED} dates. Ask for the rest with --from {last}, or for a \
             shorter time with --to."
        ));
    }
    Ok(!cut)
}

fn window(site: &Site, args: &List) -> Result<Window, Misuse> {
    let zone = &site.config.timezone;
    let read = |option: &str, written: &Option<String>| {
        let Some(written) = written else { return Ok(None) };
        Moment::parse(written).map(Some).ok_or_else(|| {
            Misuse::new(format!("{option} \"{written}\" is not a date"))
                .help("write it as 2026-12-01, or with a time: 2026-12-01T19:00")
        })
    };
    let from = read("--from", &args.from)?.map_or(site.clock.now, |moment| moment.timestamp(zone));
    let to = read("--to", &args.to)?.map_or(site.listed_window().1, |moment| moment.end(zone));
    if from < to {
        return Ok(Window { from, to });
    }
    let shown = |written: &Option<String>| written.clone().unwrap_or_default();
    Err(match (&args.from, &args.to) {
        (Some(_), None) => {
            let ahead = site.config.events.horizon_months;
            Misuse::new(format!("--from {} lies beyond the {ahead} months that lists look ahead", shown(&args.from)))
                .help("say with --to up to when")
        }
        (None, _) => Misuse::new(format!("--to {} is past", shown(&args.to))).help("say with --from from when on"),
        (Some(_), Some(_)) => {
            Misuse::new(format!("--from {} is not before --to {}", shown(&args.from), shown(&args.to)))
                .help("write the earlier one after --from")
        }
    })
}

/// The stem of a group by its file's name or path.
fn group(site: &Site, written: &str) -> Result<String, Misuse> {
    let groups = || site.pages.iter().filter(|page| page.kind() == Kind::Group).map(|page| &page.document.path);
    let path = written.trim().trim_start_matches("@/").trim_start_matches("content/").trim_end_matches(".md");
    let found: BTreeSet<&str> = groups()
        .filter(|group| group.stem == path || group.own_name() == path)
        .map(|group| group.stem.as_str())
        .collect();
    match found.iter().collect::<Vec<_>>().as_slice() {
        [one] => Ok((**one).to_owned()),
        [] => {
            let help = match did_you_mean(path, groups().map(|group| group.own_name())) {
                Some(meant) => format!("did you mean {meant}?"),
                None => "`handbill list group` shows which there are".to_owned(),
            };
            Err(Misuse::new(format!("there is no group \"{written}\"")).help(help))
        }
        several => {
            let paths: Vec<String> = several.iter().map(|stem| format!("@/{stem}.md")).collect();
            Err(Misuse::new(format!("more than one group is called \"{written}\""))
                .help(format!("write which one: {}", paths.join(", "))))
        }
    }
}

fn as_table(site: &Site, rows: &[Listed], width: Option<usize>) -> String {
    let zones = rows.iter().any(|row| row.timezone != site.config.timezone_name && !row.all_day);
    let statuses = rows.iter().any(|row| row.status != "scheduled");
    let groups = rows.iter().any(|row| !row.groups.is_empty());
    let mut head = vec!["START", "END"];
    head.extend(zones.then_some("ZONE"));
    let title = head.len();
    head.push("TITLE");
    head.extend(statuses.then_some("STATUS"));
    let group = head.len();
    head.extend(groups.then_some("GROUPS"));
    let place = head.len();
    head.extend(["WHERE", "FILE"]);
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let mut cells = vec![start(row), end(row)];
            cells.extend(zones.then(|| row.timezone.clone()));
            cells.push(row.title.clone());
            cells.extend(statuses.then(|| if row.status == "scheduled" { "" } else { row.status }.to_owned()));
            let titles: Vec<&str> = row.groups.iter().map(|group| group.title.as_str()).collect();
            cells.extend(groups.then(|| titles.join(", ")));
            cells.push(match (&row.venue, row.attendance) {
                (None, "online") => "online".to_owned(),
                (venue, _) => venue.as_ref().map(Location::line).unwrap_or_default(),
            });
            cells.push(row.file.clone());
            cells
        })
        .collect();
    let mut yielding = vec![Yields { column: place, least: 12, keeps_end: false }];
    yielding.extend(groups.then_some(Yields { column: group, least: 12, keeps_end: false }));
    yielding.extend([
        Yields { column: title, least: 20, keeps_end: false },
        Yields { column: place + 1, least: 20, keeps_end: true },
    ]);
    table::render(&head, &cells, width, &yielding)
}

/// `Thu 2026-12-03 19:00`.
fn start(row: &Listed) -> String {
    let date: Option<Date> = row.start.get(..10).and_then(|date| date.parse().ok());
    let day = date.map(|date| date.strftime("%a ").to_string()).unwrap_or_default();
    format!("{day}{}", as_short_time(&row.start))
}

/// The end as people read it beside the start: the clock alone on the same day.
fn end(row: &Listed) -> String {
    let Some(end) = row.end.as_deref() else { return String::new() };
    let same_day = end.get(..10) == row.start.get(..10);
    match (row.all_day, same_day) {
        (true, true) => String::new(),
        (false, true) => end.get(11..16).unwrap_or_default().to_owned(),
        (_, false) => as_short_time(end),
    }
}

fn as_csv(rows: &[Listed]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "event",
        "title",
        "file",
        "url",
        "uid",
        "id",
        "recurrence_id",
        "start",
        "end",
        "start_utc",
        "end_utc",
        "timezone",
        "all_day",
        "status",
        "recurring",
        "changed",
        "attendance",
        "groups",
        "venue",
        "language",
    ])?;
    for row in rows {
        let groups: Vec<&str> = row.groups.iter().map(|group| group.title.as_str()).collect();
        writer.write_record([
            &row.event,
            &row.title,
            &row.file,
            &row.url,
            &row.uid,
            &row.id,
            row.recurrence_id.as_deref().unwrap_or_default(),
            &row.start,
            row.end.as_deref().unwrap_or_default(),
            &row.start_utc,
            row.end_utc.as_deref().unwrap_or_default(),
            &row.timezone,
            &row.all_day.to_string(),
            row.status,
            &row.recurring.to_string(),
            &row.changed.to_string(),
            row.attendance,
            &groups.join("; "),
            &row.venue.as_ref().map(Location::line).unwrap_or_default(),
            &row.language,
        ])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
