//! `handbill list`.

use super::args::{Format, List, ListFormat, Shared};
use super::session::Session;
use super::table::{self, Yields};
use super::{Exit, kinds, report};
use crate::build::{self, Stopwatch};
use crate::content::{Details, Document, Kind};
use crate::decode::Moment;
use crate::site::{Hidden, Page, PageId, Site};
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
        let mut rows = rows(site, args.all);
        rows.retain(|row| args.kind.is_none_or(|kind| row.kind == kind.word()));
        rows.sort_by(|a, b| a.order.cmp(&b.order));
        let format = if args.json { ListFormat::Json } else { args.format };
        match format {
            ListFormat::Table if rows.is_empty() => tell_nothing(shared, args.kind),
            ListFormat::Table => report::print(&as_table(&rows, report::width()))?,
            ListFormat::Json => report::print(&format!("{}\n", serde_json::to_string_pretty(&rows)?))?,
            ListFormat::Csv => report::print(&as_csv(&rows)?)?,
        }
    }
    Ok(if loaded.has_errors() { Exit::Mistakes } else { Exit::Fine })
}

fn tell_nothing(shared: &Shared, kind: Option<Kind>) {
    if shared.quiet {
        return;
    }
    match kind {
        Some(kind) => {
            report::say(format_args!("There is no {0} here yet. `handbill new {0} \"Title\"` makes one.", kind.word()))
        }
        None => report::say("There is nothing here yet. `handbill new page \"Title\"` makes a page."),
    }
}

fn rows(site: &Site, all: bool) -> Vec<Row> {
    let published = site.ids().filter(|id| !site.page(*id).synthesised).map(|id| published(site, id));
    let hidden = site.hidden().into_iter().filter(|_| all).map(|(why, document)| hidden(site, why, document));
    published.chain(hidden).collect()
}

fn published(site: &Site, id: PageId) -> Row {
    let page: &Page = site.page(id);
    let mut row = unpublished(&page.document, &site.config.timezone);
    row.url = Some(page.route.url.clone());
    row.status = "published";
    if let Some(times) = site.event_times.get(&id) {
        let now = site.clock.now;
        let next = times.next(now).or_else(|| times.past(now).next());
        if let Some(next) = next {
            row.start = Some(if next.all_day { next.start.date().to_string() } else { zoned(&next.start) });
            row.order.1 = Some(next.start.timestamp());
        }
    }
    row
}

fn hidden(site: &Site, why: Hidden, document: &Document) -> Row {
    let mut row = unpublished(document, &site.config.timezone);
    row.status = match why {
        Hidden::Draft => "draft",
        Hidden::Embargoed => "embargoed",
        Hidden::Expired => "expired",
        Hidden::Broken => "broken",
    };
    if why == Hidden::Broken {
        // Its times may be the ones that could not be read.
        (row.date, row.start) = (None, None);
    }
    if why == Hidden::Embargoed {
        row.until = document.publish_from().map(|moment| written(moment, &site.config.timezone));
    }
    row
}

/// What a document says of itself.
fn unpublished(document: &Document, zone: &TimeZone) -> Row {
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
        file: document.file.to_string(),
        url: None,
        language: document.path.language.clone(),
        date: date.map(|date| written(date, zone)),
        start: start.map(|start| written(start, zone)),
        status: "",
        until: None,
        order: (
            kinds::rank(kind),
            start.map(|start| start.timestamp(zone)),
            Reverse(newest),
            document.file.to_string(),
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

fn as_table(rows: &[Row], width: Option<usize>) -> String {
    let languages = rows.iter().any(|row| row.language != rows[0].language);
    let status = rows.iter().any(|row| row.status != "published");
    let mut head = vec!["KIND", "TITLE", "WHEN"];
    head.extend(languages.then_some("LANGUAGE"));
    head.extend(status.then_some("STATUS"));
    let file = head.len();
    head.extend(["FILE", "URL"]);
    let mut cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let when = row.start.as_ref().or(row.date.as_ref()).map(|when| short(when)).unwrap_or_default();
            let mut cells = vec![row.kind.to_owned(), row.title.clone(), when];
            cells.extend(languages.then(|| row.language.clone()));
            cells.extend(status.then(|| match &row.until {
                Some(until) => format!("{} until {}", row.status, short(until)),
                None => row.status.to_owned(),
            }));
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
fn short(time: &str) -> String {
    let minutes = time.get(..16).unwrap_or(time);
    minutes.replace('T', " ")
}

fn as_csv(rows: &[Row]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["kind", "title", "file", "url", "language", "date", "start", "status", "until"])?;
    for row in rows {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
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
        ])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
