use super::{View, ViewField, event, fields, map};
use crate::locale::NameLength;
use crate::site::{EventList, OccurrenceRef, OccurrenceView, PageId, Scope};
use crate::theme::engine::{LanguageTools, Shared};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::{BTreeMap, HashMap, HashSet};
use tera::Value;

pub const FIELDS: &[ViewField] = fields! {
    "scope" "text" "Whose events these are: all, group, aim, region or term."
    "title" "text" "The name of the group, aim, region or term; of all events the title of their section."
    "url" "text" "The path of the list's first page."
    "owner" "table or none" "The page of the group, aim or term: title, url."
    "calendar_url" "text or none" "The path of the calendar file."
    "feed_url" "text or none" "The path of the feed."
    "total" "number" "How many occurrences are listed in all, on this page and on others."
    "coming" "list of occurrences" "On the first page: what is coming, soonest first."
    "coming_months" "list of months" "The same by month; what goes on already stands in the present one."
    "more" "number" "On the first page: how many coming occurrences it leaves out."
    "past" "list of occurrences" "On the first page: what is over, latest first."
    "more_past" "number" "On the first page: how many past occurrences it leaves out."
    "regions" "list" "On the first page of all events: the lists of regions: title, url, count."
    "years" "list" "The years that have a page: year, start, url, count, current."
    "year" "number or none" "On the page of a year or month: which year."
    "months" "list of months" "On the page of a year: its months. A month with a page of its own has no occurrences here; in others the dates of series are left to `series`, but for those that differ from it."
    "series" "list" "On the page of a year: what repeats, in the order of its first date there: title, url, language, first and last (times), all_day, timezone, count."
    "month" "month or none" "On the page of a month: that month."
    "previous" "table or none" "On the page of a year or month: the one before it in which anything stands: start, url."
    "next" "table or none" "On the page of a year or month: the one after it: start, url."
};

pub const MONTH_FIELDS: &[ViewField] = fields! {
    "start" "date" "Its first day."
    "url" "text or none" "The path of its page."
    "count" "number" "How many occurrences touch it."
    "occurrences" "list of occurrences" "What takes place in it."
    "row_ids" "list" "For each of the occurrences the id of its row: hb-day-2026-12-03 for the first of a day on the page, none for the others."
    "days" "list" "The days on which anything takes place: date, count, off (all of it is cancelled or postponed), listed (the first day of the one that stands first in a list by days). `month_table` makes a table of them."
    "weekdays" "list" "On the page of a month: the seven days in the order of the language: name, short, narrow."
    "weeks" "list" "On the page of a month: its weeks, each a list of seven days in the order of the language: as `days`, with number, inside (it belongs to this month) and occurrences."
};

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::All => "all",
        Scope::Group(_) => "group",
        Scope::Aim(_) => "aim",
        Scope::Region(_) => "region",
        Scope::Term { .. } => "term",
    }
}

/// The page that a list belongs to.
fn owner(shared: &Shared, list: &EventList) -> Value {
    match (list.owner, list.scope) {
        (Some(owner), _) => shared.link(owner),
        (None, Scope::Term { taxonomy, term }) => Value::from(map! {
            "title": list.title.as_str(),
            "url": shared.site.term_url(list.language, taxonomy, term),
            "language": shared.site.language(list.language).code.as_str(),
        }),
        _ => Value::none(),
    }
}

/// What is the same on all pages of a list.
fn base(shared: &Shared, list: &EventList, current: Option<i16>) -> View {
    let years: Vec<Value> = if list.year_pages {
        let year = |(year, count): (&i16, &usize)| {
            Value::from(map! {
                "year": *year,
                "start": format!("{year:04}-01-01"),
                "url": list.year_url(*year),
                "count": *count,
                "current": current == Some(*year),
            })
        };
        list.years.iter().map(year).collect()
    } else {
        Vec::new()
    };
    let has_feed = list.has_feed() && list.section.is_none_or(|section| shared.site.section_has_feed(section));
    map! {
        "scope": scope(list.scope),
        "title": list.title.as_str(),
        "url": list.url.as_str(),
        "owner": owner(shared, list),
        "calendar_url": list.calendar_url.as_deref(),
        "feed_url": has_feed.then(|| shared.site.feed_beside(&list.url)).flatten(),
        "total": list.occurrences.len(),
        "years": years,
    }
}

/// The occurrences of a list, each made once.
struct Listed<'l> {
    shared: &'l Shared,
    list: &'l EventList,
    made: BTreeMap<u32, Value>,
    /// The days whose first row has been named.
    anchored: HashSet<Date>,
}

impl<'l> Listed<'l> {
    fn new(shared: &'l Shared, list: &'l EventList) -> Self {
        Self { shared, list, made: BTreeMap::new(), anchored: HashSet::new() }
    }

    fn found(&self, number: u32) -> (&'l OccurrenceRef, Option<&'l OccurrenceView>) {
        let found = &self.list.occurrences[number as usize];
        let times = self.shared.site.event_times.get(&found.page);
        (found, times.and_then(|times| times.occurrences.get(found.index as usize)))
    }

    fn is_past(&self, number: u32) -> bool {
        self.found(number).1.is_some_and(|occurrence| occurrence.is_past(self.shared.site.clock.now))
    }

    /// Whether it is a date of a series, as its rule gives it.
    fn is_plain_date(&self, number: u32) -> bool {
        let (found, occurrence) = self.found(number);
        let recurring = self.shared.site.event_times.get(&found.page).is_some_and(|times| times.recurring);
        recurring && occurrence.is_some_and(|occurrence| occurrence.change.is_none())
    }

    fn view(&mut self, number: u32) -> Value {
        let (found, _) = self.found(number);
        let shared = self.shared;
        let made = self.made.entry(number);
        made.or_insert_with(|| event::occurrence(shared, found.page, found.index as usize, false)).clone()
    }

    fn views(&mut self, numbers: &[u32]) -> Vec<Value> {
        numbers.iter().map(|number| self.view(*number)).collect()
    }

    /// A month with the occurrences that its list has, and the days of all that touches it.
    fn month(&mut self, (year, month): (i16, i8), listed: &[u32], touching: &[u32]) -> View {
        let list = self.list;
        let days = self.by_day(first_of(year, month), touching);
        map! {
            "start": first_of(year, month).to_string(),
            "url": list.month_pages.then(|| list.month_url(year, month)),
            "count": listed.len(),
            "occurrences": self.views(listed),
            "row_ids": self.row_ids(listed),
            "days": days.iter().map(|(date, found)| Value::from(day(*date, found))).collect::<Vec<_>>(),
            "weekdays": Vec::<Value>::new(),
            "weeks": Vec::<Value>::new(),
        }
    }

    /// The places in the page of rows: the first of each day is where tables lead.
    fn row_ids(&mut self, listed: &[u32]) -> Vec<Value> {
        let row_id = |number: &u32| {
            let day = self.found(*number).1.map(|occurrence| occurrence.start.date())?;
            self.anchored.insert(day).then(|| format!("hb-day-{day}"))
        };
        listed.iter().map(row_id).map(Value::from).collect()
    }

    /// What of `numbers` touches each day of a month.
    fn by_day(&self, first: Date, numbers: &[u32]) -> BTreeMap<Date, Vec<(u32, &'l OccurrenceView)>> {
        let mut by_day: BTreeMap<Date, Vec<(u32, &OccurrenceView)>> = BTreeMap::new();
        let last = first.last_of_month();
        for number in numbers {
            let Some(occurrence) = self.found(*number).1 else { continue };
            let from = occurrence.start.date();
            // A night that began in the month before stands in this one by its last hours alone.
            let to = if from < first { occurrence.last_day() } else { event::last_day(occurrence) };
            let days = std::iter::successors(Some(from.max(first)), |day| day.tomorrow().ok());
            for day in days.take_while(|day| *day <= to.min(last)) {
                by_day.entry(day).or_default().push((*number, occurrence));
            }
        }
        by_day
    }

    /// The weeks of a month with those of `numbers` that touch it.
    fn weeks(&mut self, first: Date, numbers: &[u32]) -> Vec<Value> {
        let by_day = self.by_day(first, numbers);
        let begins = self.shared.tools(self.list.language).locale.first_weekday();
        let mut whole = |date: Date| {
            let found = by_day.get(&date).map(Vec::as_slice).unwrap_or_default();
            let numbers: Vec<u32> = found.iter().map(|(number, _)| *number).collect();
            let mut view = day(date, found);
            view.set("number", date.day());
            view.set("inside", date.month() == first.month());
            view.set("occurrences", self.views(&numbers));
            Value::from(view)
        };
        weeks_of(first, begins).map(|week| Value::from(week.map(&mut whole).to_vec())).collect()
    }
}

/// A day with what touches it.
fn day(date: Date, found: &[(u32, &OccurrenceView)]) -> View {
    let starts_here = |(_, occurrence): &&(u32, &OccurrenceView)| occurrence.start.date() == date;
    let first = found.iter().find(starts_here).or(found.first());
    map! {
        "date": date.to_string(),
        "count": found.len(),
        "off": !found.is_empty() && !found.iter().any(|(_, occurrence)| occurrence.takes_place()),
        "listed": first.map(|(_, occurrence)| occurrence.start.date().to_string()),
    }
}

fn weekdays(tools: &LanguageTools) -> Vec<Value> {
    let Some(dates) = &tools.dates else { return Vec::new() };
    let names = |day| {
        Value::from(map! {
            "name": dates.weekday(day, NameLength::Long),
            "short": dates.weekday(day, NameLength::Short),
            "narrow": dates.weekday(day, NameLength::Narrow),
        })
    };
    tools.locale.week().into_iter().map(names).collect()
}

fn first_of(year: i16, month: i8) -> Date {
    Date::new(year, month, 1).unwrap_or(Date::MIN)
}

/// The weeks that a month touches, each with its seven days. Calendars end with the year 9999: what would lie beyond
/// is left out with its week.
pub fn weeks_of(first: Date, begins: Weekday) -> impl Iterator<Item = [Date; 7]> {
    let back = begins.until(first.weekday());
    let start = first.checked_sub(i64::from(back).days()).unwrap_or(first);
    let last = first.last_of_month();
    let week_of = |start: Date| {
        let mut week = [start; 7];
        for (days, place) in week.iter_mut().enumerate() {
            *place = start.checked_add((days as i64).days()).ok()?;
        }
        Some(week)
    };
    std::iter::successors(week_of(start), move |week| week_of(week[6].tomorrow().ok()?))
        .take_while(move |week| week[0] <= last)
}

/// The lists of regions beside that of all events.
fn regions(shared: &Shared, list: &EventList) -> Vec<Value> {
    if list.scope != Scope::All {
        return Vec::new();
    }
    let beside = shared.site.event_lists.all.iter().filter(|other| other.language == list.language);
    let regions = beside.filter(|other| matches!(other.scope, Scope::Region(_)) && other.has_page());
    let link = |region: &EventList| {
        Value::from(map! {
            "title": region.title.as_str(),
            "url": region.url.as_str(),
            "count": region.occurrences.len(),
        })
    };
    regions.map(link).collect()
}

/// The first page of a list.
pub fn first_page(shared: &Shared, list: &EventList) -> Value {
    let mut listed = Listed::new(shared, list);
    let all: Vec<u32> = (0..list.occurrences.len() as u32).collect();
    let (past, coming): (Vec<u32>, Vec<u32>) = all.into_iter().partition(|number| listed.is_past(*number));
    let shown = &coming[..coming.len().min(list.most_coming)];
    let over: Vec<u32> = past.iter().rev().copied().take(list.most_past).collect();
    let today = shared.site.config.timezone.to_datetime(shared.site.clock.now).date();
    let mut by_month: BTreeMap<(i16, i8), Vec<u32>> = BTreeMap::new();
    for number in shown {
        if let Some(occurrence) = listed.found(*number).1 {
            let date = occurrence.start.date().max(today);
            by_month.entry((date.year(), date.month())).or_default().push(*number);
        }
    }
    let months: Vec<Value> = by_month
        .iter()
        .map(|((year, month), numbers)| Value::from(listed.month((*year, *month), numbers, shown)))
        .collect();
    let mut view = base(shared, list, None);
    view.extend(map! {
        "coming": listed.views(shown),
        "coming_months": months,
        "more": coming.len() - shown.len(),
        "more_past": past.len() - over.len(),
        "past": listed.views(&over),
        "regions": regions(shared, list),
        "year": Value::none(),
        "months": Vec::<Value>::new(),
        "series": Vec::<Value>::new(),
        "month": Value::none(),
        "previous": Value::none(),
        "next": Value::none(),
    });
    Value::from(view)
}

/// The page of a year.
pub fn year_page(shared: &Shared, list: &EventList, year: i16) -> Value {
    let mut listed = Listed::new(shared, list);
    let mut series = SeriesOfYear::default();
    let mut months: Vec<Value> = Vec::new();
    for ((_, month), numbers) in list.months.range((year, 1)..=(year, 12)) {
        let (dates, single): (Vec<u32>, Vec<u32>) = numbers.iter().partition(|number| listed.is_plain_date(**number));
        for number in dates {
            series.add(listed.found(number).0, number);
        }
        let month = (year, *month);
        let mut view =
            if list.month_pages { listed.month(month, &[], numbers) } else { listed.month(month, &single, &single) };
        view.set("count", numbers.len());
        months.push(Value::from(view));
    }
    let link = |year: &i16| map! { "start": format!("{year:04}-01-01"), "url": list.year_url(*year) };
    let mut view = base(shared, list, Some(year));
    view.extend(made(year, months, Value::none()));
    view.set("series", series.views(shared));
    view.set("previous", list.years.range(..year).next_back().map(|(year, _)| link(year)));
    view.set("next", list.years.range(year + 1..).next().map(|(year, _)| link(year)));
    Value::from(view)
}

/// What repeats within a year: an archive of every date of a weekly meeting would hide all else.
#[derive(Default)]
struct SeriesOfYear {
    /// For each event the numbers of its first and last occurrence and how many there are.
    found: HashMap<PageId, (u32, u32, usize)>,
    first: Vec<(u32, PageId)>,
}

impl SeriesOfYear {
    fn add(&mut self, occurrence: &OccurrenceRef, number: u32) {
        let (first, last, count) = self.found.entry(occurrence.page).or_insert_with(|| {
            self.first.push((number, occurrence.page));
            (occurrence.index, occurrence.index, 0)
        });
        // One that lasts from one month into the next comes twice.
        if *count == 0 || *last != occurrence.index {
            *count += 1;
        }
        *last = occurrence.index;
        *first = (*first).min(occurrence.index);
    }

    fn views(mut self, shared: &Shared) -> Vec<Value> {
        self.first.sort_unstable();
        let found = self.first.iter().filter_map(|(_, id)| Some((*id, self.found.get(id)?)));
        found
            .filter_map(|(id, (first, last, count))| event::series_of_year(shared, id, [*first, *last], *count))
            .collect()
    }
}

/// The page of a month.
pub fn month_page(shared: &Shared, list: &EventList, year: i16, month: i8) -> Value {
    let numbers = list.months.get(&(year, month)).map(Vec::as_slice).unwrap_or_default();
    let mut listed = Listed::new(shared, list);
    let mut shown = listed.month((year, month), numbers, numbers);
    shown.set("weekdays", weekdays(shared.tools(list.language)));
    shown.set("weeks", listed.weeks(first_of(year, month), numbers));
    let link = |(year, month): &(i16, i8)| {
        map! { "start": format!("{year:04}-{month:02}-01"), "url": list.month_url(*year, *month) }
    };
    let mut view = base(shared, list, Some(year));
    view.extend(made(year, Vec::new(), Value::from(shown)));
    view.set("previous", list.months.range(..(year, month)).next_back().map(|(at, _)| link(at)));
    view.set("next", list.months.range((year, month + 1)..).next().map(|(at, _)| link(at)));
    Value::from(view)
}

/// What pages of a year or month have in the place of the first page's lists.
fn made(year: i16, months: Vec<Value>, month: Value) -> View {
    map! {
        "coming": Vec::<Value>::new(),
        "coming_months": Vec::<Value>::new(),
        "more": 0,
        "past": Vec::<Value>::new(),
        "regions": Vec::<Value>::new(),
        "more_past": 0,
        "year": year,
        "months": months,
        "series": Vec::<Value>::new(),
        "month": month,
        "previous": Value::none(),
        "next": Value::none(),
    }
}

/// The list that a section's page shows.
pub fn of_section(shared: &Shared, section: PageId) -> Option<Value> {
    let language = shared.site.page(section).language;
    let (_, list) = shared.site.event_list(language, Scope::All)?;
    (list.section == Some(section)).then(|| first_page(shared, list))
}
