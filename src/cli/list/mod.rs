//! `handbill list`.

mod missing;
mod occurrences;

use super::args::{Format, List, ListFormat, Shared};
use super::session::Session;
use super::table::{self, Yields};
use super::{Exit, Misuse, kinds, report};
use crate::build::{self, Stopwatch};
use crate::calendar::Zones;
use crate::content::{Details, Document, Event, Kind};
use crate::decode::Moment;
use crate::diagnostic::did_you_mean;
use crate::site::{Hidden, LanguageId, Page, PageId, Site, own_hosts};
use crate::theme::view::zoned;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Serialize;
use std::cmp::Reverse;

/// One document. These names are the ones of the JSON and of the CSV.
#[derive(Debug, Serialize)]
struct Row {
    kind: &'static str,
    title: String,
    file: String,
    /// The path of its address; none while it is not published.
    url: Option<String>,
    language: String,
    /// When it was published.
    date: Option<String>,
    /// Of an event: when it next takes place, or last did.
    start: Option<String>,
    status: &'static str,
    /// Of what is under embargo: when it will be published.
    until: Option<String>,
    /// Of an event: its zone, when that is not the site's.
    timezone: Option<String>,
    /// Of an event: whether that next time takes place as planned.
    event_status: Option<&'static str>,
    /// Of an event: whether it takes place more than once.
    recurring: Option<bool>,
    /// Of an event: whether it is over.
    past: Option<bool>,
    #[serde(skip)]
    order: Order,
}

/// Rows stand by kind; events by their start, news and statements newest first, all others by file.
type Order = (usize, Option<Timestamp>, Reverse<Option<Timestamp>>, String);

pub fn run(shared: &Shared, args: &List) -> anyhow::Result<Exit> {
    let session = Session::open(shared, &args.select)?;
    let loaded = build::load(&session.world, &session.options, &mut Stopwatch::new())?;
    report::diagnostics(&loaded.diagnostics, &*session.world, shared, Format::Text)?;
    if let Some(site) = loaded.site() {
        let language = args.language.as_deref().map(|tag| language(site, tag)).transpose()?;
        if args.missing {
            missing::list(site, shared, args, language)?;
        } else if args.occurrences {
            let whole = occurrences::list(site, shared, args, language)?;
            if !whole && !loaded.has_errors() {
                return Ok(Exit::CutShort);
            }
        } else {
            documents(site, shared, args, language)?;
        }
    }
    Ok(if loaded.has_errors() { Exit::Mistakes } else { Exit::Fine })
}

fn format(args: &List) -> ListFormat {
    if args.json { ListFormat::Json } else { args.format }
}

fn language(site: &Site, tag: &str) -> Result<LanguageId, Misuse> {
    site.language_id(tag.trim()).ok_or_else(|| {
        let known: Vec<&str> = site.config.languages.iter().map(|language| language.code.as_str()).collect();
        let help = match did_you_mean(tag, known.iter().copied()) {
            Some(meant) => format!("did you mean {meant}?"),
            None => format!("the site's languages are {}", known.join(", ")),
        };
        Misuse::new(format!("the site has no language \"{tag}\"")).help(help)
    })
}

fn documents(site: &Site, shared: &Shared, args: &List, language: Option<LanguageId>) -> anyhow::Result<()> {
    let code = language.map(|id| site.language(id).code.as_str());
    let is_asked_for = |row: &Row| {
        args.kind.is_none_or(|kind| row.kind == kind.word()) && code.is_none_or(|code| row.language == code)
    };
    let zones = Zones::new();
    let published = site
        .ids()
        .filter(|id| !site.page(*id).synthesised && !site.page(*id).is_fallback)
        .map(|id| published(site, id));
    let mut rows: Vec<Row> = published.filter(is_asked_for).collect();
    let hidden = site.hidden().into_iter().map(|(why, document)| hidden(site, &zones, why, document));
    let mut hidden: Vec<Row> = hidden.filter(is_asked_for).collect();
    if args.all {
        rows.append(&mut hidden);
    }
    rows.sort_by(|a, b| a.order.cmp(&b.order));
    match format(args) {
        ListFormat::Table => {
            if !rows.is_empty() {
                report::print(&as_table(&rows, report::width()))?;
            }
            if !shared.quiet {
                tell_the_rest(args, rows.len(), hidden.len());
            }
        }
        ListFormat::Json => report::print(&format!("{}\n", serde_json::to_string_pretty(&rows)?))?,
        ListFormat::Csv => report::print(&as_csv(&rows)?)?,
    }
    Ok(())
}

/// Says what the table does not show.
fn tell_the_rest(args: &List, shown: usize, hidden: usize) {
    match (shown, hidden, args.kind) {
        (0, 0, _) if args.language.is_some() => report::say("There is nothing of that in this language yet."),
        (0, 0, Some(kind)) => {
            report::say(format_args!("There is no {0} here yet. `handbill new {0} \"Title\"` makes one.", kind.word()))
        }
        (0, 0, None) => report::say("There is nothing here yet. `handbill new page \"Title\"` makes a page."),
        (_, 0, _) => {}
        (0, 1, _) => report::say("There is one, and it is not published: --all shows it."),
        (0, hidden, _) => report::say(format_args!("None of the {hidden} is published: --all shows them.")),
        (_, 1, _) => report::say("1 more is not published: --all shows it."),
        (_, hidden, _) => report::say(format_args!("{hidden} more are not published: --all shows them.")),
    }
}

fn published(site: &Site, id: PageId) -> Row {
    let page: &Page = site.page(id);
    let mut row = unpublished(&page.document, &site.config.timezone, &site.config.timezone);
    // A path says all, but for pages on a language's own host.
    let url = &page.route.url;
    let is_elsewhere = own_hosts::of(&site.config, page.route.output.as_str()).is_some();
    row.url = Some(if is_elsewhere { site.permalink(url) } else { url.clone() });
    row.status = "published";
    if let Some(times) = site.event_times.get(&id) {
        let now = site.clock.now;
        let next = times.next(now);
        row.timezone = Some(times.timezone.clone()).filter(|zone| *zone != site.config.timezone_name);
        row.recurring = Some(times.recurring);
        row.past = Some(next.is_none());
        if let Some(shown) = next.or_else(|| times.past(now).next()) {
            row.start = Some(if shown.all_day { shown.start.date().to_string() } else { zoned(&shown.start) });
            row.event_status = Some(shown.status.word());
            row.order.1 = Some(shown.start.timestamp());
        }
    }
    row
}

fn hidden(site: &Site, zones: &Zones, why: Hidden, document: &Document) -> Row {
    let config = &site.config;
    let event_zone = event_zone(document, zones).unwrap_or_else(|| config.timezone.clone());
    let mut row = unpublished(document, &config.timezone, &event_zone);
    row.status = status(why);
    if why == Hidden::Broken {
        // Its times may be the ones that could not be read.
        (row.date, row.start) = (None, None);
    }
    if why == Hidden::Embargoed {
        row.until = document.publish_from().map(|moment| written(moment, &config.timezone));
    }
    if let Details::Event(event) = &document.details {
        row.timezone = zone_name(event).filter(|zone| *zone != config.timezone_name);
        row.event_status = (why != Hidden::Broken).then(|| event.status.word());
    }
    row
}

fn status(why: Hidden) -> &'static str {
    match why {
        Hidden::Draft => "draft",
        Hidden::Embargoed => "embargoed",
        Hidden::Expired => "expired",
        Hidden::Broken => "broken",
    }
}

fn zone_name(event: &Event) -> Option<String> {
    event.timezone.as_ref().map(|zone| zone.value.clone())
}

/// The zone that an event names.
fn event_zone(document: &Document, zones: &Zones) -> Option<TimeZone> {
    match &document.details {
        Details::Event(event) => zones.get(&zone_name(event)?),
        _ => None,
    }
}

/// What a document says of itself.
fn unpublished(document: &Document, zone: &TimeZone, event_zone: &TimeZone) -> Row {
    let kind = document.details.kind();
    let date = document.common.date.as_ref().map(|date| date.value);
    let start = match &document.details {
        Details::Event(event) => Some(event.start.value),
        _ => None,
    };
    let newest = date.filter(|_| matches!(kind, Kind::Post | Kind::Statement)).map(|date| date.timestamp(zone));
    Row {
        kind: kind.word(),
        title: document.common.title.value.clone(),
        file: document.written_in(),
        url: None,
        language: document.path.language.clone(),
        date: date.map(|date| written(date, zone)),
        start: start.map(|start| written(start, event_zone)),
        status: "",
        until: None,
        timezone: None,
        event_status: None,
        recurring: None,
        past: None,
        order: (
            kinds::rank(kind),
            start.map(|start| start.timestamp(event_zone)),
            Reverse(newest),
            document.own_path().to_string(),
        ),
    }
}

/// A date, or a time as RFC 3339 text.
fn written(moment: Moment, zone: &TimeZone) -> String {
    match moment {
        Moment::Date(date) => date.to_string(),
        other => zoned(&Zoned::new(other.timestamp(zone), zone.clone())),
    }
}

/// What people want to know of a row at a glance; nothing for what is simply there, unless among others it needs a word.
fn state(row: &Row, mixed: bool) -> String {
    let mut words: Vec<String> = Vec::new();
    if row.status != "published" {
        words.push(match &row.until {
            Some(until) => format!("{} until {}", row.status, as_short_time(until)),
            None => row.status.to_owned(),
        });
    }
    words.extend(row.event_status.filter(|status| *status != "scheduled").map(str::to_owned));
    match (row.past, row.recurring) {
        (Some(true), _) => words.push("over".to_owned()),
        (_, Some(true)) => words.push("repeats".to_owned()),
        _ => {}
    }
    if words.is_empty() && mixed { row.status.to_owned() } else { words.join(", ") }
}

fn as_table(rows: &[Row], width: Option<usize>) -> String {
    let languages = rows.iter().any(|row| row.language != rows[0].language);
    let mixed = rows.iter().any(|row| row.status != "published");
    let states: Vec<String> = rows.iter().map(|row| state(row, mixed)).collect();
    let any_state = states.iter().any(|state| !state.is_empty());
    let mut head = vec!["KIND", "TITLE", "WHEN"];
    head.extend(languages.then_some("LANGUAGE"));
    head.extend(any_state.then_some("STATUS"));
    let file = head.len();
    head.extend(["FILE", "URL"]);
    let mut cells: Vec<Vec<String>> = rows
        .iter()
        .zip(states)
        .map(|(row, state)| {
            let when = row.start.as_ref().or(row.date.as_ref()).map(|when| as_short_time(when)).unwrap_or_default();
            let when = match &row.timezone {
                Some(zone) if when.len() > 10 => format!("{when} {zone}"),
                _ => when,
            };
            let mut cells = vec![row.kind.to_owned(), row.title.clone(), when];
            cells.extend(languages.then(|| row.language.clone()));
            cells.extend(any_state.then_some(state));
            cells.push(row.file.clone());
            cells.push(row.url.clone().unwrap_or_default());
            cells
        })
        .collect();
    // The address is the easiest to do without: it follows from the file.
    if width.is_some_and(|width| table::natural_width(&head, &cells) > width) {
        head.pop();
        cells.iter_mut().for_each(|cells| drop(cells.pop()));
    }
    let yielding =
        [Yields { column: 1, least: 20, keeps_end: false }, Yields { column: file, least: 20, keeps_end: true }];
    table::render(&head, &cells, width, &yielding)
}

/// `2026-12-01T19:00:00+00:00` as people read it in a list: `2026-12-01 19:00`.
fn as_short_time(time: &str) -> String {
    let minutes = time.get(..16).unwrap_or(time);
    minutes.replace('T', " ")
}

fn as_csv(rows: &[Row]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "kind",
        "title",
        "file",
        "url",
        "language",
        "date",
        "start",
        "status",
        "until",
        "timezone",
        "event_status",
        "recurring",
        "past",
    ])?;
    for row in rows {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let truth = |value: Option<bool>| value.map(|value| value.to_string()).unwrap_or_default();
        writer.write_record([
            row.kind,
            &row.title,
            &row.file,
            &or_empty(&row.url),
            &row.language,
            &or_empty(&row.date),
            &or_empty(&row.start),
            row.status,
            &or_empty(&row.until),
            &or_empty(&row.timezone),
            row.event_status.unwrap_or_default(),
            &truth(row.recurring),
            &truth(row.past),
        ])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
