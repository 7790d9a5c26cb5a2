//! `handbill list --occurrences`: every time at which an event takes place, as the site understands it.

use super::{as_short_time, format};
use crate::cli::args::{List, ListFormat, Shared};
use crate::cli::table::{self, Yields};
use crate::cli::{Misuse, report};
use crate::content::{Change, Details, Kind, Venue};
use crate::decode::Moment;
use crate::diagnostic::did_you_mean;
use crate::explain;
use crate::site::{EventTimes, LanguageId, OccurrenceView, PageId, Site};
use crate::theme::view::event::attendance;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use std::collections::BTreeSet;

/// The most that one run lists.
const MOST_LISTED: usize = 100_000;

/// One occurrence. These names are the ones of the JSON and, but for groups and venue, of the CSV.
#[derive(Debug, Serialize)]
struct Row {
    /// The event's id: its file's path below `content/` without language and ending; the same in all languages.
    event: String,
    /// The occurrence's own title where it has one.
    title: String,
    file: String,
    /// The path of its address.
    url: String,
    /// The event's in calendars.
    uid: String,
    /// The occurrence's name, which stays when it is moved.
    id: String,
    /// Of a series: the local start that the rule gave, as RECURRENCE-ID has it.
    recurrence_id: Option<String>,
    /// RFC 3339 with the local offset; for whole days the first day.
    start: String,
    /// The same of the end; for whole days the last day; none when it is not known.
    end: Option<String>,
    /// In UTC; for whole days the moment in the event's zone at which the first begins.
    start_utc: String,
    /// In UTC; for whole days the moment at which the last is over.
    end_utc: Option<String>,
    timezone: String,
    all_day: bool,
    status: &'static str,
    recurring: bool,
    /// Whether a `[[change]]` applies to it.
    changed: bool,
    attendance: &'static str,
    groups: Vec<Group>,
    venue: Option<Place>,
    language: String,
}

#[derive(Debug, Serialize)]
struct Group {
    id: String,
    title: String,
}

/// Where it takes place; of a private venue only its area.
#[derive(Debug, Serialize)]
struct Place {
    name: Option<String>,
    address: Option<String>,
    postcode: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    area: Option<String>,
    private: bool,
}

/// From `from` (inclusive) to `to` (exclusive).
#[derive(Debug, Clone, Copy)]
struct Window {
    from: Timestamp,
    to: Timestamp,
}

pub fn list(site: &Site, shared: &Shared, args: &List, language: Option<LanguageId>) -> anyhow::Result<()> {
    if let Some(kind) = args.kind.filter(|kind| *kind != Kind::Event) {
        let message = format!("only events have occurrences, not what is of the kind {}", kind.word());
        return Err(Misuse::new(message).help("`handbill list event --occurrences` lists them").into());
    }
    let window = window(site, args)?;
    let mut events = events(site, language);
    if let Some(name) = &args.group {
        let stem = group(site, name)?;
        events.retain(|event| {
            site.event_groups(*event).iter().any(|group| site.page(*group).document.path.stem == stem)
        });
    }
    let (found, cut) = collect(site, &events, window);
    let rows: Vec<Row> = found.iter().filter_map(|(id, occurrence)| row(site, *id, occurrence)).collect();
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
        report::say(format_args!("There are more: these are the first {MOST_LISTED}. Ask for a shorter time."));
    }
    Ok(())
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
    let to = read("--to", &args.to)?.map_or(site.horizon(), |moment| moment.end(zone));
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
        (None, _) => {
            Misuse::new(format!("--to {} is past", shown(&args.to))).help("say with --from from when on")
        }
        (Some(_), Some(_)) => {
            Misuse::new(format!("--from {} is not before --to {}", shown(&args.from), shown(&args.to)))
                .help("write the earlier one after --from")
        }
    })
}

/// The events of a language's lists; without one every event once, in the site's own language where it has it.
fn events(site: &Site, language: Option<LanguageId>) -> Vec<PageId> {
    if let Some(language) = language {
        return site.by_kind[language.0 as usize].get(&Kind::Event).cloned().unwrap_or_default();
    }
    let mut seen = BTreeSet::new();
    // Pages stand by stem and then by language, the site's own first.
    let is_first = |id: &PageId| seen.insert(site.page(*id).document.path.stem.as_str());
    site.ids().filter(|id| site.page(*id).kind() == Kind::Event).filter(is_first).collect()
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

/// What takes place in a window, by start and then by file, and whether there is more than is listed.
fn collect(site: &Site, events: &[PageId], window: Window) -> (Vec<(PageId, OccurrenceView)>, bool) {
    let mut found: Vec<(PageId, OccurrenceView)> = Vec::new();
    let order = |(id, occurrence): &(PageId, OccurrenceView)| {
        (occurrence.start.timestamp(), &*site.page(*id).document.file, occurrence.original)
    };
    let mut to = window.to;
    for id in events {
        let (Details::Event(event), Some(times)) = (&site.page(*id).document.details, site.event_times.get(id)) else {
            continue;
        };
        let own = times.between(event, window.from, to, MOST_LISTED + 1);
        found.extend(own.into_iter().map(|occurrence| (*id, occurrence)));
        if found.len() > 2 * MOST_LISTED {
            found.sort_by(|a, b| order(a).cmp(&order(b)));
            found.truncate(MOST_LISTED + 1);
            // Nothing that begins later can still be among the first.
            let last = found.last().and_then(|(_, last)| last.start.timestamp().checked_add(1.second()).ok());
            to = last.map_or(to, |last| last.min(to));
        }
    }
    found.sort_by(|a, b| order(a).cmp(&order(b)));
    let cut = found.len() > MOST_LISTED;
    found.truncate(MOST_LISTED);
    (found, cut)
}

fn row(site: &Site, id: PageId, occurrence: &OccurrenceView) -> Option<Row> {
    let page = site.page(id);
    let Details::Event(event) = &page.document.details else { return None };
    let times = site.event_times.get(&id)?;
    let change: Option<&Change> = occurrence.change.and_then(|change| event.change.get(change));
    let own_title = change.and_then(|change| change.title.clone());
    let known = explain::occurrence(times, occurrence, event);
    let groups = site.event_groups(id).iter().map(|group| site.page(*group));
    Some(Row {
        event: page.document.path.stem.clone(),
        title: own_title.unwrap_or_else(|| page.title().to_owned()),
        file: page.document.file.to_string(),
        url: url(site, id, times, occurrence),
        uid: site.event_uid(id),
        id: known.id,
        recurrence_id: times.recurring.then(|| original(occurrence)),
        start: known.start,
        end: known.end,
        start_utc: known.start_utc,
        end_utc: known.end_utc,
        timezone: times.timezone.clone(),
        all_day: occurrence.all_day,
        status: known.status,
        recurring: times.recurring,
        changed: known.changed,
        attendance: attendance(event, occurrence.status),
        groups: groups
            .map(|group| Group { id: group.document.path.stem.clone(), title: group.title().to_owned() })
            .collect(),
        venue: change.and_then(|change| change.venue.as_ref()).or(event.venue.as_ref()).map(place),
        language: site.language(page.language).code.clone(),
    })
}

fn original(occurrence: &OccurrenceView) -> String {
    if occurrence.all_day { occurrence.original.date().to_string() } else { occurrence.original.to_string() }
}

/// The occurrence's own address where it has one; those far from now have that of their event.
fn url(site: &Site, id: PageId, times: &EventTimes, occurrence: &OccurrenceView) -> String {
    let kept = times.occurrences.iter().position(|kept| kept.original == occurrence.original);
    match kept {
        Some(at) => site.occurrence_url(id, at),
        None => site.page(id).route.url.clone(),
    }
}

fn place(venue: &Venue) -> Place {
    let shown = |text: &Option<String>| text.clone().filter(|_| !venue.private);
    Place {
        name: shown(&venue.name),
        address: shown(&venue.address),
        postcode: shown(&venue.postcode),
        lat: venue.lat.filter(|_| !venue.private).map(|lat| lat.0),
        lon: venue.lon.filter(|_| !venue.private).map(|lon| lon.0),
        area: venue.area.clone(),
        private: venue.private,
    }
}

impl Place {
    /// In one line.
    fn line(&self) -> String {
        let parts = [&self.name, &self.address, &self.postcode];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        let area = self.area.as_deref().unwrap_or_default();
        match (self.private, parts.is_empty()) {
            (true, _) => format!("{area} (private)").trim_start().to_owned(),
            (false, true) => area.to_owned(),
            (false, false) => parts.join(", "),
        }
    }
}

fn as_table(site: &Site, rows: &[Row], width: Option<usize>) -> String {
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
            let mut cells = vec![as_short_time(&row.start), end(row)];
            cells.extend(zones.then(|| row.timezone.clone()));
            cells.push(row.title.clone());
            cells.extend(statuses.then(|| if row.status == "scheduled" { "" } else { row.status }.to_owned()));
            let titles: Vec<&str> = row.groups.iter().map(|group| group.title.as_str()).collect();
            cells.extend(groups.then(|| titles.join(", ")));
            cells.push(match (&row.venue, row.attendance) {
                (None, "online") => "online".to_owned(),
                (venue, _) => venue.as_ref().map(Place::line).unwrap_or_default(),
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

/// The end as people read it beside the start: the clock alone on the same day.
fn end(row: &Row) -> String {
    let Some(end) = row.end.as_deref() else { return String::new() };
    let same_day = end.get(..10) == row.start.get(..10);
    match (row.all_day, same_day) {
        (true, true) => String::new(),
        (false, true) => end.get(11..16).unwrap_or_default().to_owned(),
        (_, false) => as_short_time(end),
    }
}

fn as_csv(rows: &[Row]) -> anyhow::Result<String> {
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
            &row.venue.as_ref().map(Place::line).unwrap_or_default(),
            &row.language,
        ])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
