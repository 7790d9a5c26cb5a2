//! Events: one, a series with its coming dates, and one date of a series.

use super::place::{Setting, locations};
use super::{
    Node, absolute, breadcrumbs, day_or_time, described, graph, id_on, image, organisation, schedule, tags, term,
};
use crate::content::{Details, Event, Status};
use crate::decode::Moment;
use crate::site::{EventTimes, OccurrenceView, Page, PageId};
use crate::theme::engine::Shared;
use crate::theme::view::event::{Attendance, occurrence_title};
use crate::theme::view::zoned;
use tera::Value;

/// The coming dates of a series that are told.
const MOST_DATES: usize = 12;

/// Costs that are plainly nothing, in small letters. Anything else an author wrote is words, and no price is guessed
/// from words.
const FREE: &[&str] = &[
    "free",
    "free entry",
    "free admission",
    "free of charge",
    "no charge",
    "am ddim",
    "mynediad am ddim",
    "rhad ac am ddim",
    "kostenlos",
    "kostenfrei",
    "eintritt frei",
    "gratis",
    "gratuit",
    "entrée gratuite",
    "gratuita",
    "gratuito",
    "entrada gratuita",
    "ingresso gratuito",
    "grátis",
];

/// An event as the author wrote it, with its page and times.
struct Told<'s> {
    shared: &'s Shared,
    id: PageId,
    page: &'s Page,
    event: &'s Event,
    times: &'s EventTimes,
}

/// What is said of an event's page; nothing when it has no times.
pub fn whole(shared: &Shared, id: PageId, event: &Event) -> Option<Node> {
    let times = shared.site.event_times.get(&id)?;
    let told = Told { shared, id, page: shared.site.page(id), event, times };
    if times.recurring { told.series() } else { times.occurrences.first().map(|only| told.single(only)) }
}

impl Told<'_> {
    fn event_id(&self) -> String {
        id_on(self.shared, self.page, "event")
    }

    /// How an occurrence takes place.
    fn setting(&self, occurrence: &OccurrenceView) -> Setting<'_> {
        let change = occurrence.change.and_then(|number| self.event.change.get(number));
        let own = change.and_then(|change| change.venue.as_ref());
        let venue = own.or(self.event.venue.as_ref());
        let over = occurrence.is_past(self.shared.site.clock.now);
        Setting {
            venue,
            moved: own.is_some(),
            attendance: Attendance::of(occurrence.status, venue, self.event.online.as_ref()),
            open: !over && occurrence.takes_place(),
        }
    }

    fn title(&self, occurrence: &OccurrenceView) -> &str {
        occurrence_title(&self.shared.site, self.id, occurrence)
    }

    /// What an event has in whichever shape, but for its times.
    fn common(&self, kind: &'static str, status: Status, setting: &Setting<'_>) -> Node {
        let (shared, event) = (self.shared, self.event);
        let page_language = shared.site.language(self.page.language).code.as_str();
        let spoken = event.languages.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty());
        let mut spoken: Vec<&str> = spoken.collect();
        if spoken.is_empty() {
            spoken.push(page_language);
        }
        described(shared, self.page, Node::new(kind))
            .with("eventStatus", status_term(status))
            .with("eventAttendanceMode", mode_term(setting.attendance))
            .all("inLanguage", spoken)
            .maybe("maximumAttendeeCapacity", event.capacity)
            .maybe("isAccessibleForFree", self.is_free().then_some(true))
            .maybe("offers", self.offer(setting.open))
            .all("keywords", tags(shared, self.page))
    }

    fn is_free(&self) -> bool {
        let cost = self.event.cost.as_deref().unwrap_or_default().trim().trim_end_matches(['.', '!']).to_lowercase();
        FREE.contains(&cost.as_str())
    }

    /// The way to say that one comes, as long as there is one.
    fn offer(&self, open: bool) -> Option<Node> {
        let (site, zone) = (&self.shared.site, self.times.schedule.zone());
        let rsvp = &self.event.rsvp.as_ref()?.0;
        let in_time = rsvp.until.is_none_or(|until| until.end(zone) > site.clock.now);
        let url = rsvp.url.as_ref().filter(|_| open && in_time)?;
        let offer = Node::new("Offer").with("url", absolute(self.shared, self.page, &site.address(url)).into_owned());
        Some(
            offer
                .maybe("price", self.is_free().then_some(0))
                .maybe("validThrough", rsvp.until.map(|at| day_or_time(at, zone))),
        )
    }

    fn single(&self, occurrence: &OccurrenceView) -> Node {
        let setting = self.setting(occurrence);
        let node = self.common("Event", occurrence.status, &setting);
        let node = self.at(node, occurrence);
        node.with("@id", self.event_id())
            .text("name", self.title(occurrence))
            .with("url", self.shared.site.permalink(&self.page.route.url))
            .all("location", locations(self.shared, self.page, self.event, &setting))
            .all("organizer", organisation::holders(self.shared, self.id, self.event))
    }

    fn series(&self) -> Option<Node> {
        let (shared, page, event, times) = (self.shared, self.page, self.event, self.times);
        let now = shared.site.clock.now;
        let occurrences = times.occurrences.iter().enumerate();
        let coming = occurrences.filter(|(_, occurrence)| !occurrence.is_past(now)).take(MOST_DATES);
        let coming: Vec<(usize, &OccurrenceView)> = coming.collect();
        let usual = Setting {
            venue: event.venue.as_ref(),
            moved: false,
            attendance: Attendance::of(event.status, event.venue.as_ref(), event.online.as_ref()),
            open: !coming.is_empty() && !matches!(event.status, Status::Cancelled | Status::Postponed),
        };
        let places = locations(shared, page, event, &usual);
        let holders = organisation::holders(shared, self.id, event);
        let named = |at: usize, place: &Node| place.clone().with("@id", self.place_id(at));
        let dates = coming.iter().map(|(index, occurrence)| self.date(*index, occurrence, &usual, &places, &holders));
        let zone = times.schedule.zone();
        let previous = event.previous_start.filter(|_| keeps_previous(event.status));
        // Schema.org would rather see no start beside a Schedule, lest the two differ. Search engines call an event
        // without a start broken, and this is the first of the dates that the Schedule gives.
        let first = times.schedule.first()?;
        let start = if first.all_day { first.start.date().to_string() } else { zoned(&first.start) };
        Some(
            self.common("EventSeries", event.status, &usual)
                .with("@id", self.event_id())
                .text("name", page.title())
                .with("url", shared.site.permalink(&page.route.url))
                .with("startDate", start)
                .maybe("previousStartDate", previous.map(|at| day_or_time(at, zone)))
                .all("location", places.iter().enumerate().map(|(at, place)| named(at, place)))
                .all("eventSchedule", schedule::schedules(times, event))
                .all("subEvent", dates.collect::<Vec<_>>())
                .all("organizer", holders.iter().cloned()),
        )
    }

    fn place_id(&self, number: usize) -> String {
        id_on(self.shared, self.page, if number == 0 { "place" } else { "place-2" })
    }

    /// One coming date of a series: what the series has, it mentions.
    fn date(
        &self,
        index: usize,
        occurrence: &OccurrenceView,
        usual: &Setting<'_>,
        places: &[Node],
        holders: &[Node],
    ) -> Node {
        let setting = self.setting(occurrence);
        let own = || locations(self.shared, self.page, self.event, &setting);
        let as_usual = occurrence.change.is_none() && usual.open && occurrence.status == self.event.status;
        let located: Vec<Node> = if as_usual { places.to_vec() } else { own() };
        let located = located.into_iter().map(|place| match places.iter().position(|usual| *usual == place) {
            Some(at) => Node::mention(&self.place_id(at)),
            None => place,
        });
        let url = self.shared.site.permalink(&self.shared.site.occurrence_url(self.id, index));
        let node = Node::new("Event")
            .with("@id", occurrence_id(&url))
            .text("name", self.title(occurrence))
            .with("url", url)
            .with("eventStatus", status_term(occurrence.status))
            .with("eventAttendanceMode", mode_term(setting.attendance))
            .all("location", located)
            .all("organizer", holders.iter().map(mention))
            .maybe("image", image(self.shared, self.page));
        self.at(node, occurrence)
    }

    /// When an occurrence takes place. Of whole days `endDate` is the last one: a Date of the vocabulary is a whole
    /// day, and consumers show an event until its `endDate` as lasting through that day, unlike iCalendar's DTEND
    /// (RFC 5545 section 3.6.1).
    fn at(&self, node: Node, occurrence: &OccurrenceView) -> Node {
        let previous = self.previous(occurrence).filter(|_| keeps_previous(occurrence.status));
        let node = node.maybe("previousStartDate", previous);
        if occurrence.all_day {
            let first = occurrence.start.date();
            let last = occurrence.end.date().yesterday().unwrap_or(first).max(first);
            return node.with("startDate", first.to_string()).with("endDate", last.to_string());
        }
        let end = (occurrence.end > occurrence.start).then(|| zoned(&occurrence.end));
        node.with("startDate", zoned(&occurrence.start)).maybe("endDate", end)
    }

    /// Where an occurrence stood before it was moved, or the whole event was.
    fn previous(&self, occurrence: &OccurrenceView) -> Option<String> {
        let at = occurrence.previous.as_ref()?;
        let written = self.event.previous_start.filter(|_| occurrence.change.is_none());
        let day = occurrence.all_day || written.is_some_and(Moment::is_date);
        Some(if day { at.date().to_string() } else { zoned(at) })
    }
}

/// What is said of the page of one date of a series.
pub fn occurrence(shared: &Shared, id: PageId, index: usize) -> Value {
    let page = shared.site.page(id);
    let (Details::Event(event), Some(times)) = (&page.document.details, shared.site.event_times.get(&id)) else {
        return Value::none();
    };
    let Some(found) = times.occurrences.get(index) else { return Value::none() };
    let told = Told { shared, id, page, event, times };
    let path = shared.site.occurrence_url(id, index);
    let url = shared.site.permalink(&path);
    let title = told.title(found);
    let series = Node::new("EventSeries")
        .with("@id", told.event_id())
        .text("name", page.title())
        .with("url", shared.site.permalink(&page.route.url));
    let node = told.single(found).with("@id", occurrence_id(&url)).with("url", url).with("superEvent", series);
    graph([Some(node), breadcrumbs(shared, page, Some((title, &path)))].into_iter().flatten().collect())
}

/// What names an occurrence at this address.
fn occurrence_id(url: &str) -> String {
    if url.contains('#') { url.to_owned() } else { format!("{url}#event") }
}

/// The value of the vocabulary's EventAttendanceModeEnumeration.
fn mode_term(attendance: Attendance) -> String {
    term(match attendance {
        Attendance::Offline => "OfflineEventAttendanceMode",
        Attendance::Online => "OnlineEventAttendanceMode",
        Attendance::Mixed => "MixedEventAttendanceMode",
    })
}

/// The value of the vocabulary's EventStatusType. It has no word for what is not yet certain.
fn status_term(status: Status) -> String {
    term(match status {
        Status::Scheduled | Status::Tentative => "EventScheduled",
        Status::Cancelled => "EventCancelled",
        Status::Postponed => "EventPostponed",
        Status::Rescheduled => "EventRescheduled",
        Status::MovedOnline => "EventMovedOnline",
    })
}

/// The earlier start goes "with eventStatus for rescheduled or cancelled events".
fn keeps_previous(status: Status) -> bool {
    matches!(status, Status::Rescheduled | Status::Cancelled)
}

/// A mention of a thing that has a name.
fn mention(node: &Node) -> Node {
    match node.0.get("@id").and_then(Value::as_str) {
        Some(id) => Node::mention(id),
        None => node.clone(),
    }
}
