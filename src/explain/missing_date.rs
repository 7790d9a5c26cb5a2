//! Addresses of dates that an event does not have, or that have no page.

use super::{Desk, Link, dates};
use crate::calendar::Moment;
use crate::config::OccurrencePlace;
use crate::content::Details;
use crate::site::{EventTimes, PageId};
use jiff::civil::{Date, Time};

/// The dates nearest to the one asked for that are told.
const MOST_NEAREST: usize = 3;

/// Why nothing stands at an address that is that of an event with a date after it, and which dates are near.
pub fn missing_date(desk: &Desk<'_>, path: &str) -> Option<(String, Vec<Link>)> {
    let site = desk.site;
    let url = format!("{}{path}", site.config.base_url.path);
    let (id, date, time) = site.ids().find_map(|id| {
        let page = site.page(id);
        let own = page.route.url.as_str();
        let rest = url.strip_prefix(own).filter(|_| own.ends_with('/'))?;
        let (date, time) = date_in(rest.trim_end_matches('/').trim_end_matches("/index.html"))?;
        matches!(page.document.details, Details::Event(_)).then_some((id, date, time))
    })?;
    let times = site.event_times.get(&id)?;
    let title = site.page(id).title();
    if !times.recurring {
        let only = times.occurrences.first()?;
        let words = format!("\"{title}\" takes place once, {}, and has no pages of dates.", dates::span(only));
        return Some((words, vec![desk.link(id)]));
    }
    let asked = time.map_or(Moment::Date(date), |time| Moment::DateTime(date.to_datetime(time)));
    let words = match times.schedule.occurrence_at(asked).filter(|given| !times.schedule.excepts(given.original)) {
        Some(_) => why_no_page(desk, id, times, date),
        None => {
            let excepted = times.schedule.exception_dates().iter().any(|except| except.date() == date);
            let why = if excepted { ": it is one of its exceptions (`except`)" } else { "" };
            format!("\"{title}\" does not take place on {}{why}.", dates::day(date))
        }
    };
    Some((words, nearest(desk, id, times, date)))
}

/// `2026-12-03`, or with the time after it, `2026-12-03-1930`.
fn date_in(name: &str) -> Option<(Date, Option<Time>)> {
    let date: Date = name.get(..10)?.parse().ok()?;
    let rest = name.get(10..)?;
    if rest.is_empty() {
        return Some((date, None));
    }
    let digits = rest.strip_prefix('-').filter(|rest| [4, 6].contains(&rest.len()))?;
    let part = |from: usize| digits.get(from..from + 2).map_or(Ok(0), str::parse::<i8>).ok();
    Time::new(part(0)?, part(2)?, part(4)?, 0).ok().map(|time| (date, Some(time)))
}

/// Why a date that an event has is at no address of its own.
fn why_no_page(desk: &Desk<'_>, id: PageId, times: &EventTimes, date: Date) -> String {
    let (site, config) = (desk.site, &desk.site.config);
    let day = dates::day(date);
    let listed = times.occurrences.iter().position(|found| found.original.date() == date);
    if let Some(at) = listed {
        let url = site.occurrence_url(id, at);
        return if config.events.occurrences == OccurrencePlace::Pages {
            format!("The event does take place on {day}: its page for that date is {url}.")
        } else {
            let file = &config.file;
            format!(
                "The event does take place on {day}, but its dates have no pages of their own: see {url} (`occurrences = \"pages\"` \
                 in {file} makes them)."
            )
        };
    }
    let (from, to) = site.listed_window();
    let zone = &config.timezone;
    let local = |at: jiff::Timestamp| at.to_zoned(zone.clone()).date();
    let (what, months, key) = if date < local(from) {
        ("back", config.events.history_months, "history_months")
    } else if date >= local(to) {
        ("ahead", config.events.horizon_months, "horizon_months")
    } else {
        return format!("The event does take place on {day}, but it has more dates than have pages.");
    };
    let months = super::count(months as usize, "month");
    format!(
        "The event does take place on {day}, but that date has no page: lists look {months} {what} (`{key}` in {}).",
        config.file
    )
}

/// The listed dates of an event that are nearest to a day, in order.
fn nearest(desk: &Desk<'_>, id: PageId, times: &EventTimes, date: Date) -> Vec<Link> {
    let distance = |at: usize| times.occurrences[at].original.date().duration_until(date).abs();
    let mut near: Vec<usize> = (0..times.occurrences.len()).collect();
    near.sort_by_key(|at| distance(*at));
    near.truncate(MOST_NEAREST);
    near.sort_unstable();
    let link = |at: usize| Link {
        title: dates::span(&times.occurrences[at]),
        url: Some(desk.site.occurrence_url(id, at)),
        file: None,
    };
    near.into_iter().map(link).collect()
}
