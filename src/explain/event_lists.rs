//! Which lists, months and calendars show an event, and which do not.

use super::lists::Lists;
use super::{Desk, count, dates};
use crate::config::ListedBy;
use crate::content::{Details, Event, Kind};
use crate::decode::At;
use crate::site::{EventList, EventTimes, LanguageId, MOST_OCCURRENCES, OccurrenceRef, PageId, Scope};
use jiff::Timestamp;
use jiff::civil::Date;

/// The months that are named of a series.
const MOST_MONTHS: usize = 4;

pub fn of_event(desk: &Desk<'_>, id: PageId, event: &Event, lists: &mut Lists) {
    let site = desk.site;
    // What could not be understood is a mistake, and stands in no list.
    let Some(times) = site.event_times.get(&id) else {
        lists.lacks("events", "lists of events", None, "broken", "lists of events: its times could not be understood");
        return;
    };
    let language = site.page(id).language;
    let holding = || site.event_lists.all.iter().filter(|list| list.events.contains(&id));
    for list in holding().filter(|list| list.language == language || list.scope == Scope::All) {
        in_list(desk, id, list, lists);
    }
    state(desk, times, lists);
    groups(desk, id, event, lists);
    let has_region = |list: &EventList| list.language == language && matches!(list.scope, Scope::Region(_));
    let any_shown = site.event_lists.all.iter().any(|list| has_region(list) && list.has_page());
    // Of groups that there are not more is told below.
    let understood = event.groups.0.is_empty() || !site.event_groups(id).is_empty();
    if any_shown && understood && !holding().any(has_region) {
        let why = if event.groups.0.is_empty() {
            "it names no group, and regions are those of groups"
        } else {
            "its groups name none (`region = …`)"
        };
        lists.lacks("events", "the events of regions", None, "no-region", format!("the events of regions: {why}"));
    }
    left_out(desk, id, lists);
    calendars(desk, id, lists);
}

/// Lists that the configuration does not ask for.
fn left_out(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let (site, config) = (desk.site, &desk.site.config);
    let has_region = |group: &PageId| {
        let details = &site.page(*group).document.details;
        matches!(details, Details::Group(group) if group.region.as_ref().is_some_and(|region| !region.trim().is_empty()))
    };
    let groups = site.event_groups(id);
    let named = [
        (ListedBy::Group, !groups.is_empty()),
        (ListedBy::Aim, !site.event_aims(id).is_empty()),
        (ListedBy::Region, groups.iter().any(has_region)),
        (ListedBy::Term, site.page(id).terms.iter().any(|terms| !terms.is_empty())),
    ];
    let left_out = |(by, named): &(ListedBy, bool)| *named && !config.events.lists.contains(by);
    let by: Vec<String> = named.iter().filter(|one| left_out(one)).map(|(by, _)| by.word().to_owned()).collect();
    if !by.is_empty() {
        let title = format!("lists of events by {}", super::listed(&by));
        let words = format!("{title}: `lists` in {} leaves them out", config.file);
        lists.lacks("events", &title, None, "lists-off", words);
    }
}

/// Whose events a list has: `the events of the group "Leeds"`. The language is named where the site has several and
/// this is not the one that it is spoken of in.
pub fn named(desk: &Desk<'_>, list: &EventList, own: Option<LanguageId>) -> String {
    let title = &list.title;
    let whose = match list.scope {
        Scope::All => "all events".to_owned(),
        Scope::Group(_) => format!("the events of the group \"{title}\""),
        Scope::Aim(_) => format!("the events that serve \"{title}\""),
        Scope::Region(_) => format!("the events in the region \"{title}\""),
        Scope::Term { .. } => format!("the events with \"{title}\""),
    };
    format!("{whose}{}", desk.in_language(list.language, own))
}

/// How many dates of a list are coming, and how many are past: "3 coming dates and 2 past".
pub fn coming_and_past(coming: usize, past: usize) -> String {
    match (coming, past) {
        (0, 0) => "no dates".to_owned(),
        (coming, 0) => count(coming, "coming date"),
        (0, past) => count(past, "past date"),
        (coming, past) => format!("{} and {past} past", count(coming, "coming date")),
    }
}

pub fn is_past(desk: &Desk<'_>, found: &OccurrenceRef) -> bool {
    let times = desk.site.event_times.get(&found.page);
    let occurrence = times.and_then(|times| times.occurrences.get(found.index as usize));
    occurrence.is_some_and(|occurrence| occurrence.is_past(desk.site.clock.now))
}

/// The pages of one list on which it stands: the first, the years and the months.
fn in_list(desk: &Desk<'_>, id: PageId, list: &EventList, lists: &mut Lists) {
    let (past, coming): (Vec<&OccurrenceRef>, Vec<&OccurrenceRef>) =
        list.occurrences.iter().partition(|found| is_past(desk, found));
    let own = |found: &[&OccurrenceRef]| found.iter().filter(|found| found.page == id).count();
    let name = named(desk, list, Some(desk.site.page(id).language));
    let first_coming = coming.iter().position(|found| found.page == id);
    let first_past = past.iter().rev().position(|found| found.page == id);
    let on_first_page =
        first_coming.is_some_and(|at| at < list.most_coming) || first_past.is_some_and(|at| at < list.most_past);
    if on_first_page {
        let recurring = desk.site.event_times.get(&id).is_some_and(|times| times.recurring);
        let dates = match (recurring, own(&coming)) {
            (true, coming) => format!(": {}", coming_and_past(coming, own(&past))),
            (false, 0) => ", as past".to_owned(),
            (false, _) => String::new(),
        };
        let words = format!("{name}, {}{dates}", list.url);
        lists.has("events", &list.title, Some(&list.url), words);
    } else if let Some(at) = first_coming {
        let words = format!(
            "{name}, {}: the page has the next {} dates, and its first is number {}",
            list.url,
            list.most_coming,
            at + 1
        );
        lists.lacks("events", &list.title, Some(&list.url), "list-limit", words);
    }
    let numbers = |found: &u32| list.occurrences.get(*found as usize).is_some_and(|found| found.page == id);
    if list.year_pages && !on_first_page {
        let year_of = |(year, _): &(i16, i8)| *year;
        let holding = list.months.iter().filter(|(_, found)| found.iter().any(numbers));
        let mut years: Vec<i16> = holding.map(|(month, _)| year_of(month)).collect();
        years.dedup();
        if let Some(year) = years.last() {
            let url = list.year_url(*year);
            let words = format!("{name} by year, {url}");
            lists.has("year", &list.title, Some(&url), words);
        }
    }
    if list.month_pages {
        months(desk, list, &name, numbers, lists);
    }
}

fn months(desk: &Desk<'_>, list: &EventList, name: &str, own: impl Fn(&u32) -> bool, lists: &mut Lists) {
    let holding: Vec<(i16, i8)> =
        list.months.iter().filter(|(_, found)| found.iter().any(&own)).map(|(month, _)| *month).collect();
    let today = desk.site.clock.now.to_zoned(desk.site.config.timezone.clone());
    let this_month = (today.year(), today.month());
    // What is coming first; where nothing is, the last of what was.
    let from = holding.iter().position(|month| *month >= this_month).unwrap_or(holding.len().saturating_sub(1));
    let Some((shown, (year, month))) = holding.get(from..).and_then(|rest| Some((rest, rest.first()?))) else { return };
    let url = list.month_url(*year, *month);
    let words: Vec<String> = shown.iter().take(MOST_MONTHS).map(|(year, month)| in_words(*year, *month)).collect();
    let left = holding.len() - words.len();
    let more = if left > 0 { format!(" and {}", count(left, "other month")) } else { String::new() };
    let words = match holding.len() {
        1 => format!("{name} by month, {url}"),
        _ => format!("{name} by month, from {url}: {}{more}", super::listed(&words)),
    };
    lists.has("month", &list.title, Some(&url), words);
}

/// "December 2026".
pub fn in_words(year: i16, month: i8) -> String {
    Date::new(year, month, 1).map_or_else(|_| format!("{year}-{month}"), |date| date.strftime("%B %Y").to_string())
}

/// Why lists of what is coming lack it, or some of its dates.
fn state(desk: &Desk<'_>, times: &EventTimes, lists: &mut Lists) {
    let (site, config) = (desk.site, &desk.site.config);
    let now = site.clock.now;
    let title = "what is coming";
    let when = |at: Timestamp| dates::instant(at, times.schedule.zone(), &times.timezone);
    match times.next(now) {
        None => {
            let since = times.last_end().map_or_else(String::new, |end| format!(" since {}", when(end)));
            lists.lacks("events", title, None, "past", format!("lists of {title}: it is past{since}"));
        }
        Some(next) if !next.takes_place() => {
            let what = super::event::in_words(next.status);
            let dates = if times.recurring { "all its coming dates are" } else { "it is" };
            let words =
                format!("the next event to take place: {dates} {what}. Lists keep what is {what}, marked as such");
            lists.lacks("events", "the next event", None, "cancelled", words);
        }
        Some(_) => {}
    }
    if !times.recurring {
        return;
    }
    let (from, to) = site.listed_window();
    let day = |at: Timestamp| dates::day(at.to_zoned(config.timezone.clone()).date());
    if let Some(last) = times.last_of_many(to) {
        let words = format!(
            "lists, for its dates after {}: they have {MOST_OCCURRENCES} coming dates of an event at the most",
            day(last.start.timestamp())
        );
        lists.lacks("events", "later dates", None, "too-many-dates", words);
    } else if times.goes_on {
        let months = config.events.horizon_months;
        let words = format!(
            "lists, for its dates from {} on: they look {} ahead (`horizon_months` in {})",
            day(to),
            count(months as usize, "month"),
            config.file
        );
        lists.lacks("events", "later dates", None, "beyond-horizon", words);
    }
    // Of a series that was over before, the last dates are listed all the same.
    let kept = times.occurrences.first().map(|first| first.start.timestamp()).filter(|first| *first < from);
    let since = kept.unwrap_or(from);
    if times.schedule.first().is_some_and(|first| first.end.timestamp() <= since) {
        let months = count(config.events.history_months as usize, "month");
        let last = if kept.is_some() { ", and of what was over before at its last dates" } else { "" };
        let words = format!(
            "lists, for its dates before {}: they look {months} back (`history_months` in {}){last}",
            day(since),
            config.file
        );
        lists.lacks("events", "earlier dates", None, "older-than-history", words);
    }
}

/// The pages of the groups that hold it.
fn groups(desk: &Desk<'_>, id: PageId, event: &Event, lists: &mut Lists) {
    let site = desk.site;
    let page = site.page(id);
    let coming = site.event_times.get(&id).is_some_and(|times| times.next(site.clock.now).is_some());
    let own = site.event_groups(id);
    for group in own.iter().filter(|_| coming).map(|group| site.page(*group)) {
        let words = format!("the page of the group \"{}\", {}", group.title(), group.route.url);
        lists.has("group", group.title(), Some(&group.route.url), words);
    }
    if !own.is_empty() && !coming {
        let titles: Vec<String> = own.iter().map(|group| site.page(*group).title().to_owned()).collect();
        let pages = if own.len() == 1 { "the page of its group" } else { "the pages of its groups" };
        let words = format!("{pages}, {}: what is coming stands there, and this is past", super::listed(&titles));
        lists.lacks("group", pages, None, "past", words);
    }
    let reported = |name: &At<String>| {
        let mut own = desk.diagnostics.iter().filter(|problem| problem.file.as_deref() == Some(&*page.document.file));
        own.any(|problem| problem.is_error() && problem.span == Some(name.span))
    };
    for name in event.groups.0.iter().filter(|name| reported(name)) {
        let words = format!("the page of a group \"{}\": it names that, and there is none (see below)", name.value);
        lists.lacks("group", &name.value, None, "no-such-group", words);
    }
    let any = site.by_kind[page.language.0 as usize].contains_key(&Kind::Group);
    if event.groups.0.is_empty() && any {
        let example = any_group(desk, page.language).unwrap_or_default();
        let words = format!("the pages of groups: it names none; `groups = [\"{example}\"]` would");
        lists.lacks("group", "the pages of groups", None, "no-group", words);
    }
}

fn any_group<'d>(desk: &Desk<'d>, language: LanguageId) -> Option<&'d str> {
    let groups = desk.site.by_kind[language.0 as usize].get(&Kind::Group)?;
    groups.first().map(|group| desk.site.page(*group).document.path.own_name())
}

fn calendars(desk: &Desk<'_>, id: PageId, lists: &mut Lists) {
    let site = desk.site;
    if !site.config.events.calendars {
        let words = format!("calendars: `calendars = false` in {} makes none", site.config.file);
        lists.lacks("calendar", "calendars", None, "calendars-off", words);
        return;
    }
    if let Some(url) = site.event_calendar_url(id) {
        lists.has("calendar", "its own calendar file", Some(&url), format!("its own calendar file, {url}"));
    }
    let language = site.page(id).language;
    let holding = site.event_lists.all.iter().filter(|list| list.language == language && list.events.contains(&id));
    for list in holding {
        if let Some(url) = &list.calendar_url {
            let words = format!("the calendar of {}, {url}", named(desk, list, Some(language)));
            lists.has("calendar", &list.title, Some(url), words);
        }
    }
}

/// The number of an event's dates in a list that lie in a month.
pub fn of_month(list: &EventList, year: i16, month: i8) -> Vec<OccurrenceRef> {
    let numbers = list.months.get(&(year, month)).map(Vec::as_slice).unwrap_or_default();
    numbers.iter().filter_map(|number| list.occurrences.get(*number as usize).copied()).collect()
}
