use super::{View, ViewField, fields, links, map, moment, repeat, texts, zoned};
use crate::content::{Access, Details, Event, Online, Rsvp, Status, Venue};
use crate::locale::DateStyle;
use crate::markdown::escape;
use crate::site::{EventTimes, LanguageId, OccurrenceView, PageId, Site};
use crate::theme::engine::Shared;
use jiff::Timestamp;
use jiff::civil::Date;
use tera::Value;

pub const FIELDS: &[ViewField] = fields! {
    "start" "time" "When it begins; for whole days a date. Of a series: the next time, or the last when all is over."
    "end" "time or none" "When it ends; for whole days the last day."
    "all_day" "true or false" "It lasts whole days."
    "timezone" "text" "The IANA zone of its times."
    "status" "text" "scheduled, tentative, cancelled, postponed, rescheduled or moved-online."
    "cancelled" "true or false" "It is cancelled."
    "past" "true or false" "It is over, and will not take place again."
    "recurring" "true or false" "It takes place more than once."
    "attendance" "text" "offline, online or mixed."
    "venue" "table or none" "name, address, postcode, lat, lon, private, area. Of a private venue only private and area are there."
    "next" "occurrence or none" "The next time it takes place."
    "latest" "occurrence or none" "The last time it took place, when nothing is coming."
    "repeat_text" "text or none" "How it repeats, as a sentence. None for what does not repeat, and for rules that nobody would put into words."
    "previous_start" "time or none" "Where it stood before it was rescheduled."
    "online" "table or none" "url, phone."
    "access" "table" "step_free, hearing_loop, captions, sign_language, quiet_space, toilets (true, false or none), notes."
    "groups" "list" "The groups that hold it: title, url."
    "aims" "list" "The aims it serves: title, url."
    "rsvp" "table or none" "url, email, until, open; closes: the moment after which it is too late."
    "capacity" "number or none" "How many people there is room for."
    "cost" "text or none" "What it costs."
    "organiser" "text or none" "Who holds it, when that is not a group."
    "languages" "list of texts" "Languages spoken, as tags."
    "upcoming" "list of occurrences" "What is coming."
    "goes_on" "true or false" "It takes place beyond the dates that are listed."
    "past_occurrences" "list of occurrences" "What is over, latest first."
};

pub const OCCURRENCE_FIELDS: &[ViewField] = fields! {
    "id" "text" "Its name in addresses: its date by the rule, such as 2026-12-03, which stays when it is moved."
    "title" "text" "The event's title, or the occurrence's own."
    "url" "text" "Its own page, its place on the event's page, or the event's page."
    "start" "time" "When it begins; for whole days a date."
    "end" "time or none" "When it ends; for whole days the last day."
    "first_day" "date" "The day on which it begins."
    "last_day" "date" "The last day on which it takes place; a night counts with its evening."
    "previous_start" "time or none" "When it was to begin before it was moved."
    "over" "time" "The moment from which it is past."
    "all_day" "true or false" "It lasts whole days."
    "timezone" "text" "The IANA zone of its times."
    "status" "text" "As of an event."
    "cancelled" "true or false" "It is cancelled."
    "past" "true or false" "It is over."
    "note" "text or none" "A word on its change."
    "attendance" "text" "offline, online or mixed."
    "venue" "table or none" "As of an event."
    "access" "list of texts" "What is known to be there of step_free, hearing_loop, captions, sign_language, quiet_space and toilets."
    "access_unknown" "list of texts" "Those of them of which nothing is known; of what is online alone those that matter there."
    "groups" "list" "title, url."
    "regions" "list of texts" "The regions of its groups."
    "data" "text" "For the start tag of its element: attributes by which the default theme's script hides what is over and filters lists."
    "language" "text" "The language of the event's page."
    "event" "card or none" "The event, where the function `events` gives the occurrence."
};

/// When an occurrence begins and ends, as text: dates for whole days, the last one included.
fn span(occurrence: &OccurrenceView) -> (String, Option<String>) {
    if occurrence.all_day {
        let first = occurrence.start.date();
        let last = occurrence.end.date().yesterday().unwrap_or(first).max(first);
        return (first.to_string(), (last > first).then(|| last.to_string()));
    }
    let end = (occurrence.end > occurrence.start).then(|| zoned(&occurrence.end));
    (zoned(&occurrence.start), end)
}

/// How long an evening may last and still be one day's, though it ends after midnight.
const NIGHT_HOURS: i64 = 12;

/// The last day on which an occurrence takes place; a night counts with its evening.
pub fn last_day(occurrence: &OccurrenceView) -> Date {
    let first = occurrence.start.date();
    let lasts = occurrence.start.timestamp().duration_until(occurrence.end.timestamp());
    if !occurrence.all_day && lasts.as_hours() < NIGHT_HOURS { first } else { occurrence.last_day().max(first) }
}

/// The regions of an event's groups, each once.
fn regions(site: &Site, id: PageId) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for group in site.event_groups(id) {
        if let Details::Group(group) = &site.page(*group).document.details
            && let Some(region) = group.region.as_deref().map(str::trim)
            && !region.is_empty()
            && !found.contains(&region)
        {
            found.push(region);
        }
    }
    found
}

/// When an occurrence was to begin before it was moved, as text.
fn previous_start(occurrence: &OccurrenceView) -> Option<String> {
    let previous = occurrence.previous.as_ref()?;
    Some(if occurrence.all_day { previous.date().to_string() } else { zoned(previous) })
}

/// Whether people meet in a room, online or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attendance {
    Offline,
    Online,
    Mixed,
}

impl Attendance {
    /// How people take part in an event of a status, at a venue or none.
    pub fn of(status: Status, venue: Option<&Venue>, online: Option<&Online>) -> Self {
        match (status, venue, online) {
            (Status::MovedOnline, _, _) | (_, None, Some(_)) => Self::Online,
            (_, Some(_), Some(_)) => Self::Mixed,
            _ => Self::Offline,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Online => "online",
            Self::Mixed => "mixed",
        }
    }
}

/// A venue as it may be published: of a private one only the area.
pub fn venue(venue: Option<&Venue>) -> Option<View> {
    let venue = venue?;
    let shown = |text: &'_ Option<String>| if venue.private { None } else { text.clone() };
    Some(map! {
        "name": shown(&venue.name),
        "address": shown(&venue.address),
        "postcode": shown(&venue.postcode),
        "lat": venue.lat.filter(|_| !venue.private).map(|lat| lat.value.0),
        "lon": venue.lon.filter(|_| !venue.private).map(|lon| lon.value.0),
        "private": venue.private,
        "area": venue.area.as_deref(),
    })
}

/// When an occurrence takes place, in words, its zone named where that is not the site's.
pub fn when(shared: &Shared, language: LanguageId, times: &EventTimes, occurrence: &OccurrenceView) -> String {
    let (start, end) = (&occurrence.start, &occurrence.end);
    let Some(dates) = &shared.tools(language).dates else { return zoned(start) };
    let style = DateStyle::Full;
    if occurrence.all_day {
        let last = end.date().yesterday().unwrap_or(start.date()).max(start.date());
        return dates.date_range(start.date(), last, style);
    }
    let text = match (start.date() == end.date(), end > start) {
        (_, false) => dates.date_time(start.datetime(), style),
        (true, _) => format!("{}, {}", dates.date(start.date(), style), dates.time_range(start.time(), end.time())),
        (false, _) => dates.date_time_range(start.datetime(), end.datetime(), style),
    };
    if times.timezone == shared.site.config.timezone_name {
        text
    } else {
        format!("{text} ({})", times.timezone.replace('_', " "))
    }
}

/// The title of an occurrence: its own, or the event's.
pub fn occurrence_title<'s>(site: &'s Site, event: PageId, occurrence: &OccurrenceView) -> &'s str {
    let page = site.page(event);
    let Details::Event(found) = &page.document.details else { return page.title() };
    let change = occurrence.change.and_then(|change| found.change.get(change));
    change.and_then(|change| change.title.as_deref()).unwrap_or(page.title())
}

/// Where, with whom and how an occurrence takes place, as its view says it.
#[derive(Debug, Clone)]
pub struct Circumstances {
    attendance: Attendance,
    venue: Value,
    access: Value,
    access_unknown: Value,
    groups: Value,
    regions: Value,
    /// Attributes by which lists are filtered.
    data: String,
}

impl Circumstances {
    fn of(shared: &Shared, id: PageId, event: &Event, occurrence: &OccurrenceView) -> Self {
        let (access, access_unknown) = access_of(event, occurrence);
        let words = |found: Vec<&'static str>| Value::from(found.into_iter().map(Value::from).collect::<Vec<_>>());
        let site = &shared.site;
        let attendance = attendance(event, occurrence);
        let regions = regions(site, id);
        let groups: Vec<&str> = site.event_groups(id).iter().map(|group| &*site.page(*group).route.url).collect();
        let mut data = format!("data-attendance=\"{}\"", attendance.word());
        let lists = [
            (" data-access=\"", access.join(" ")),
            (" data-unknown=\"", access_unknown.join(" ")),
            (" data-groups=\"", groups.join(" ")),
            (" data-regions=\"", regions.join("|")),
        ];
        for (name, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
            data.push_str(name);
            escape::attribute(&mut data, list);
            data.push('"');
        }
        Self {
            attendance,
            data,
            venue: Value::from(venue(place(event, occurrence))),
            access: words(access),
            access_unknown: words(access_unknown),
            groups: links(shared, site.event_groups(id)),
            regions: Value::from(regions.into_iter().map(Value::from).collect::<Vec<_>>()),
        }
    }
}

/// One occurrence; `with_card` adds the event itself.
pub fn occurrence(shared: &Shared, id: PageId, index: usize, with_card: bool) -> Value {
    let page = shared.site.page(id);
    let (Details::Event(event), Some(times)) = (&page.document.details, shared.site.event_times.get(&id)) else {
        return Value::none();
    };
    let Some(found) = times.occurrences.get(index) else {
        return Value::none();
    };
    let change = found.change.and_then(|change| event.change.get(change));
    let (start, end) = span(found);
    let status = found.status;
    // What all plain dates of a series have in common is made once.
    let given = || Circumstances::of(shared, id, event, found);
    let usual = (times.recurring && found.change.is_none()).then(|| shared.usual(id).get_or_init(given));
    let Circumstances { attendance, venue, access, access_unknown, groups, regions, data } =
        usual.cloned().unwrap_or_else(given);
    let (first_day, last_day, over) =
        (found.start.date().to_string(), last_day(found).to_string(), found.over().to_string());
    let data = format!("data-ends=\"{over}\" data-day=\"{first_day}\" data-last=\"{last_day}\" {data}");
    Value::from(map! {
        "id": times.occurrence_id(found),
        "title": occurrence_title(&shared.site, id, found),
        "url": shared.site.occurrence_url(id, index),
        "start": start,
        "end": end,
        "first_day": first_day,
        "last_day": last_day,
        "previous_start": previous_start(found),
        "over": over,
        "all_day": found.all_day,
        "timezone": times.timezone.as_str(),
        "status": status.word(),
        "cancelled": status == Status::Cancelled,
        "past": found.is_past(shared.site.clock.now),
        "note": change.and_then(|change| change.note.as_deref()),
        "attendance": attendance.word(),
        "venue": venue,
        "access": access,
        "access_unknown": access_unknown,
        "groups": groups,
        "regions": regions,
        "data": Value::safe_string(&data),
        "language": shared.site.language(page.text_language()).code.as_str(),
        "event": if with_card { shared.card(id) } else { Value::none() },
    })
}

/// What a year's page says of an event that repeats: its first and last date there, and how many there are.
pub fn series_of_year(shared: &Shared, id: PageId, [first, last]: [u32; 2], count: usize) -> Option<Value> {
    let page = shared.site.page(id);
    let times = shared.site.event_times.get(&id)?;
    let (first, last) = (times.occurrences.get(first as usize)?, times.occurrences.get(last as usize)?);
    Some(Value::from(map! {
        "title": page.title(),
        "url": page.route.url.as_str(),
        "language": shared.site.language(page.text_language()).code.as_str(),
        "first": span(first).0,
        "last": span(last).0,
        "all_day": first.all_day,
        "timezone": times.timezone.as_str(),
        "count": count,
    }))
}

/// The way to one date of a series.
pub fn date_link(shared: &Shared, id: PageId, index: usize) -> Option<View> {
    let times = shared.site.event_times.get(&id)?;
    let found = times.occurrences.get(index)?;
    Some(map! {
        "title": occurrence_title(&shared.site, id, found),
        "url": shared.site.occurrence_url(id, index),
        "language": shared.site.language(shared.site.page(id).text_language()).code.as_str(),
        "date": span(found).0,
    })
}

/// The numbers of an event's occurrences that are coming, or that are over, latest first.
fn numbers(times: &EventTimes, now: Timestamp, past: bool) -> Vec<usize> {
    let mut numbers: Vec<usize> =
        (0..times.occurrences.len()).filter(|at| times.occurrences[*at].is_past(now) == past).collect();
    if past {
        numbers.reverse();
    }
    numbers
}

/// What is coming of several events, soonest first.
pub fn upcoming_of(shared: &Shared, events: &[PageId], limit: usize) -> Vec<Value> {
    let now = shared.site.clock.now;
    let mut coming: Vec<(Timestamp, PageId, usize)> = Vec::new();
    for event in events {
        if let Some(times) = shared.site.event_times.get(event) {
            let numbers = numbers(times, now, false).into_iter().take(limit);
            coming.extend(numbers.map(|at| (times.occurrences[at].start.timestamp(), *event, at)));
        }
    }
    coming.sort_unstable();
    coming.into_iter().take(limit).map(|(_, event, at)| occurrence(shared, event, at, true)).collect()
}

/// The first of several events' coming occurrences that takes place as far as is known.
pub fn next_of(shared: &Shared, events: &[PageId]) -> Option<Value> {
    let now = shared.site.clock.now;
    let first = |event: &PageId| {
        let times = shared.site.event_times.get(event)?;
        let at = times.occurrences.iter().position(|found| !found.is_past(now) && found.takes_place())?;
        Some((times.occurrences[at].start.timestamp(), *event, at))
    };
    let (_, event, at) = events.iter().filter_map(first).min()?;
    Some(occurrence(shared, event, at, true))
}

pub fn card(shared: &Shared, id: PageId, event: &Event) -> View {
    let times = shared.site.event_times.get(&id);
    let (next, latest) = next_or_latest(shared, id);
    let shown = times.and_then(|times| times.occurrences.get(next.or(latest)?));
    let (start, end) = shown.map(span).unwrap_or_default();
    let recurring = times.is_some_and(|times| times.recurring);
    let status = if recurring { event.status } else { shown.map_or(event.status, |shown| shown.status) };
    map! {
        "start": start,
        "end": end,
        "all_day": shown.is_some_and(|shown| shown.all_day),
        "timezone": times.map_or(shared.site.config.timezone_name.as_str(), |times| times.timezone.as_str()),
        "status": status.word(),
        "cancelled": status == Status::Cancelled,
        "past": next.is_none(),
        "recurring": recurring,
        "attendance": Attendance::of(status, event.venue.as_ref(), event.online.as_ref()).word(),
        "venue": venue(event.venue.as_ref()),
    }
}

/// The number of the next time that an event takes place; or of its last one, when none is left.
fn next_or_latest(shared: &Shared, id: PageId) -> (Option<usize>, Option<usize>) {
    let Some(times) = shared.site.event_times.get(&id) else { return (None, None) };
    let next = times.next(shared.site.clock.now);
    let next = next.and_then(|next| times.occurrences.iter().position(|found| std::ptr::eq(found, next)));
    (next, times.occurrences.len().checked_sub(1).filter(|_| next.is_none()))
}

/// The time that stands for an event in lists: its next, or its last when none is left.
pub fn standing_for(shared: &Shared, id: PageId) -> Value {
    let (next, latest) = next_or_latest(shared, id);
    next.or(latest).map_or(Value::none(), |at| occurrence(shared, id, at, false))
}

pub fn whole(shared: &Shared, id: PageId, event: &Event) -> View {
    let now = shared.site.clock.now;
    let zone = &shared.site.config.timezone;
    let times = shared.site.event_times.get(&id);
    let zone = times.map_or(zone, |times| times.schedule.zone());
    let listed = |past: bool| -> Vec<Value> {
        let Some(times) = times else { return Vec::new() };
        let shown = numbers(times, now, past).into_iter().filter(|at| times.occurrences[*at].shown);
        shown.map(|at| occurrence(shared, id, at, false)).collect()
    };
    let mut view = card(shared, id, event);
    let (next, latest) = next_or_latest(shared, id);
    let one = |at: Option<usize>| at.map_or(Value::none(), |at| occurrence(shared, id, at, false));
    let more = map! {
        "next": one(next),
        "latest": one(latest),
        "repeat_text": times.and_then(|times| repeat::sentence(shared, shared.site.page(id).language, times)),
        "previous_start": event.previous_start.map(|start| moment(start, zone)),
        "online": event.online.as_ref().map(|found| online(shared, found)),
        "access": access(event.access.as_ref()),
        "groups": links(shared, shared.site.event_groups(id)),
        "aims": links(shared, shared.site.event_aims(id)),
        "rsvp": event.rsvp.as_ref().map(|rsvp| rsvp_view(shared, rsvp, zone)),
        "capacity": event.capacity,
        "cost": event.cost.as_deref(),
        "organiser": event.organiser.as_deref(),
        "languages": texts(&event.languages),
        "upcoming": listed(false),
        "goes_on": times.is_some_and(|times| times.goes_on || times.upcoming(now).any(|coming| !coming.shown)),
        "past_occurrences": listed(true),
    };
    view.extend(more);
    view
}

fn online(shared: &Shared, online: &Online) -> View {
    map! { "url": online.url.as_ref().map(|url| shared.site.address(url)), "phone": online.phone.as_deref() }
}

fn access(access: Option<&Access>) -> View {
    let empty = Access::default();
    let access = access.unwrap_or(&empty);
    map! {
        "step_free": access.step_free,
        "hearing_loop": access.hearing_loop,
        "captions": access.captions,
        "sign_language": access.sign_language,
        "quiet_space": access.quiet_space,
        "toilets": access.toilets,
        "notes": access.notes.as_deref(),
    }
}

/// The kinds of access, by their keys in front matter.
pub const ACCESS: [&str; 6] = ["step_free", "hearing_loop", "captions", "sign_language", "quiet_space", "toilets"];

/// Those of them that do not depend on a room.
const ACCESS_ANYWHERE: [&str; 2] = ["captions", "sign_language"];

/// The place of its own that one date of an event has.
fn own_place<'e>(event: &'e Event, occurrence: &OccurrenceView) -> Option<&'e Venue> {
    event.change.get(occurrence.change?)?.venue.as_ref()
}

/// Where one date of an event takes place.
pub fn place<'e>(event: &'e Event, occurrence: &OccurrenceView) -> Option<&'e Venue> {
    own_place(event, occurrence).or(event.venue.as_ref())
}

pub fn attendance(event: &Event, occurrence: &OccurrenceView) -> Attendance {
    Attendance::of(occurrence.status, place(event, occurrence), event.online.as_ref())
}

/// The kinds of access that are known to be there on one date, and those that matter and of which nothing is known:
/// what is known of the usual room says nothing about another.
pub fn access_of(event: &Event, occurrence: &OccurrenceView) -> (Vec<&'static str>, Vec<&'static str>) {
    let elsewhere = own_place(event, occurrence).is_some();
    let online = attendance(event, occurrence) == Attendance::Online;
    let known = event.access.as_ref().map(|access| {
        [
            access.step_free,
            access.hearing_loop,
            access.captions,
            access.sign_language,
            access.quiet_space,
            access.toilets,
        ]
    });
    let (mut there, mut unknown) = (Vec::new(), Vec::new());
    for (name, known) in ACCESS.into_iter().zip(known.unwrap_or_default()) {
        let anywhere = ACCESS_ANYWHERE.contains(&name);
        match known.filter(|_| anywhere || !elsewhere) {
            Some(true) => there.push(name),
            None if anywhere || !online => unknown.push(name),
            _ => {}
        }
    }
    (there, unknown)
}

fn rsvp_view(shared: &Shared, rsvp: &Rsvp, zone: &jiff::tz::TimeZone) -> View {
    map! {
        "url": rsvp.0.url.as_ref().map(|url| shared.site.address(url)),
        "email": rsvp.0.email.as_ref().map(|email| email.0.as_str()),
        "until": rsvp.0.until.map(|until| moment(until, zone)),
        "closes": rsvp.0.until.map(|until| zoned(&until.end(zone).to_zoned(zone.clone()))),
        "open": rsvp.0.until.is_none_or(|until| until.end(zone) > shared.site.clock.now),
    }
}
