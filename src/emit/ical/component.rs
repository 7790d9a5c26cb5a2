//! An event as its components: one, and for a series one more for each occurrence that differs.

use super::times::{Form, Noted, write_moment};
use super::{description, place};
use crate::calendar::{self, End, Length, Schedule, Timing, Until};
use crate::content::{Access, Change, Details, Event, Status};
use crate::decode::Moment;
use crate::ical::{Lines, Utc, Written};
use crate::site::{EventTimes, OccurrenceView, Page, PageId, Site};
use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan, Zoned};
use std::borrow::Cow;

/// DTSTAMP of an event of which nobody said when it was written or changed: older than any change that can be told
/// later, for programs do not go back to an earlier state. The event's own start would not do: it may lie after the
/// day on which the next change is dated.
const NEVER_REVISED: Timestamp = Timestamp::constant(946_684_800, 0);

/// Longer than any occurrence of which only the rule is looked at.
const MARGIN_DAYS: i64 = 2;

/// An event that is being written.
struct Subject<'s> {
    id: PageId,
    page: &'s Page,
    event: &'s Event,
    times: &'s EventTimes,
    form: Form<'s>,
    uid: String,
    description: String,
    created: Option<Timestamp>,
    revised: Option<Timestamp>,
}

/// What one component says of its own.
struct Instance<'s> {
    start: DateTime,
    end: Stop,
    recurrence: Recurrence,
    status: Status,
    change: Option<&'s Change>,
    /// Where it stood before the whole event was moved.
    previous: Option<Moment>,
}

/// What a component stands for.
enum Recurrence {
    Single,
    Series {
        rule: Option<String>,
        except: Vec<DateTime>,
        further: Vec<DateTime>,
    },
    /// The occurrence of a series that was to begin at this local time.
    Of(DateTime),
}

/// How a component says when it ends.
enum Stop {
    /// Nobody said.
    Unstated,
    At(DateTime),
    /// Where the clock shows the time of the end twice.
    Instant(Timestamp),
    /// Whole days of the clock, which are not always 24 hours.
    Days(u32),
}

/// What a calendar has of an event. One that never takes place has nothing.
pub fn write(site: &Site, id: PageId) -> Written {
    let page = site.page(id);
    let (Details::Event(event), Some(times)) = (&page.document.details, site.event_times.get(&id)) else {
        return Written::default();
    };
    let zone = times.schedule.zone();
    let clock = site.clocks.get(zone).filter(|clock| !clock.is_utc());
    let common = &page.document.common;
    let at = |moment: Moment| moment.timestamp(&site.config.timezone);
    let created = common.date.as_ref().map(|date| at(date.value));
    let subject = Subject {
        id,
        page,
        event,
        times,
        form: Form { zone, clock, all_day: times.schedule.all_day() },
        uid: site.event_uid(id),
        description: description::of(site, id),
        created,
        revised: common.updated.as_ref().map(|updated| at(updated.value)).max(created),
    };
    let mut writer = Writer { site, lines: Lines::new(), noted: Noted::default() };
    if times.recurring {
        writer.series(&subject);
    } else if let Some(only) = times.occurrences.first() {
        writer.note(&subject, only);
        let moved = only.previous.as_ref().map(|previous| moment_of(previous, &subject.form));
        let previous = event.previous_start.or(moved);
        writer.component(&subject, &Instance { previous, ..subject.instance(only, Recurrence::Single) });
    }
    let Writer { lines, noted: Noted { span, in_utc }, .. } = writer;
    let mut text = lines.into_text();
    text.shrink_to_fit();
    Written { text, span, in_utc, revised: subject.revised }
}

struct Writer<'s> {
    site: &'s Site,
    lines: Lines,
    noted: Noted,
}

impl<'s> Writer<'s> {
    /// A series: all of it by its rule, and those occurrences that differ.
    fn series(&mut self, subject: &Subject<'s>) {
        let Subject { event, times, form, .. } = subject;
        let schedule = &times.schedule;
        let anchor = schedule.anchor();
        let Some(first) = schedule.occurrence_at(calendar::Moment::DateTime(anchor)) else { return };
        let rule = schedule.rrule().map(|rule| with_month_day(rule, anchor.date()));
        let mut further = further_dates(schedule);
        further.retain(|date| *date != anchor);
        if rule.is_none() {
            // ical.js looks at no DTSTART beside RDATE; whoever does counts it once.
            further.insert(0, anchor);
        }
        self.noted.note(form, earliest(subject, &first, &further), latest(subject, &first, &further));
        let end = match (schedule.timing().length, form.all_day) {
            (Length::Days(days), false) => Stop::Days(days),
            _ => subject.stop(&first.start, &first.end),
        };
        self.component(
            subject,
            &Instance {
                // Its clock time is that of all others, also where its own does not exist on that day.
                start: anchor,
                end,
                recurrence: Recurrence::Series { rule, except: schedule.exception_dates(), further },
                status: event.status,
                change: None,
                previous: event.previous_start,
            },
        );
        for differing in times.differing(event) {
            self.note(subject, &differing);
            let instance = subject.instance(&differing, Recurrence::Of(differing.original));
            self.component(subject, &instance);
        }
    }

    fn note(&mut self, subject: &Subject<'s>, found: &OccurrenceView) {
        self.noted.note(&subject.form, found.start.timestamp(), Some(found.end.timestamp()));
    }

    fn component(&mut self, subject: &Subject<'s>, instance: &Instance<'_>) {
        self.lines.begin("VEVENT");
        self.identity(subject);
        self.when(subject, instance);
        self.what(subject, instance);
        self.people(subject);
        self.details(subject);
        self.lines.end("VEVENT");
    }

    fn identity(&mut self, subject: &Subject<'_>) {
        let lines = &mut self.lines;
        lines.text("UID", &subject.uid);
        lines.value("DTSTAMP", Utc(subject.revised.unwrap_or(NEVER_REVISED)));
        lines.value("SEQUENCE", subject.event.sequence);
        if let Some(created) = subject.created {
            lines.value("CREATED", Utc(created));
        }
        if let Some(revised) = subject.revised {
            lines.value("LAST-MODIFIED", Utc(revised));
        }
    }

    fn when(&mut self, subject: &Subject<'s>, instance: &Instance<'_>) {
        let form = &subject.form;
        let lines = &mut self.lines;
        if let Recurrence::Of(original) = instance.recurrence {
            form.write("RECURRENCE-ID", &[original], lines);
        }
        form.write("DTSTART", &[instance.start], lines);
        match instance.end {
            Stop::Unstated => {}
            Stop::At(end) => form.write("DTEND", &[end], lines),
            // Only what is in no zone must be of one form with DTSTART (RFC 5545 section 3.8.2.2).
            Stop::Instant(end) => lines.value("DTEND", Utc(end)),
            Stop::Days(days) => lines.value("DURATION", format_args!("P{days}D")),
        }
        if let Recurrence::Series { rule, except, further } = &instance.recurrence {
            if let Some(rule) = rule {
                lines.value("RRULE", rule);
            }
            form.write("RDATE", further, lines);
            form.write("EXDATE", except, lines);
        }
        lines.value("STATUS", status_of(instance.status));
        if let Some(word) = lost_in_status(instance.status) {
            lines.value("X-HANDBILL-STATUS", word);
        }
        if let Some(previous) = instance.previous {
            write_moment("X-HANDBILL-PREVIOUS-START", previous, *form, &mut self.noted, lines);
        }
    }

    fn what(&mut self, subject: &Subject<'s>, instance: &Instance<'_>) {
        let Subject { id, page, event, .. } = subject;
        let lines = &mut self.lines;
        let title = instance.change.and_then(|change| change.title.as_deref()).unwrap_or(page.title());
        lines.text("SUMMARY", &in_one_line(title));
        if !subject.description.is_empty() {
            lines.text("DESCRIPTION", &subject.description);
        }
        if let Some(note) = instance.change.and_then(|change| change.note.as_deref()) {
            lines.text("COMMENT", note);
        }
        let venue = instance.change.and_then(|change| change.venue.as_ref()).or(event.venue.as_ref());
        place::write(self.site, *id, venue, event.online.as_ref(), instance.status, lines);
    }

    /// Who holds it, and what it belongs to. There is never an ORGANIZER: it must not stand in what invites nobody
    /// (RFC 5545 section 3.8.4.3), and programs offer to answer it.
    fn people(&mut self, subject: &Subject<'_>) {
        let site = self.site;
        let lines = &mut self.lines;
        if let Some(organiser) = subject.event.organiser.as_deref() {
            lines.text("CONTACT", organiser);
        }
        for group in site.event_groups(subject.id) {
            let page = site.page(*group);
            lines.line("CONTACT").param("X-HANDBILL-GROUP", page.document.path.own_name()).text(page.title());
        }
        let aims = site.event_aims(subject.id);
        if !aims.is_empty() {
            let names = aims.iter().map(|aim| site.page(*aim).document.path.own_name());
            lines.line("X-HANDBILL-AIMS").texts(names);
        }
        let known = &site.terms[subject.page.language.0 as usize];
        for (taxonomy, terms) in subject.page.terms.iter().enumerate().filter(|(_, terms)| !terms.is_empty()) {
            if site.config.taxonomies[taxonomy].name == "tags" {
                lines.line("CATEGORIES").texts(terms.iter().map(|term| known[taxonomy][*term as usize].name.as_str()));
            }
        }
    }

    fn details(&mut self, subject: &Subject<'s>) {
        let Subject { id, page, event, form, .. } = subject;
        let site = self.site;
        let lines = &mut self.lines;
        lines.line("URL").uri(&site.permalink(&page.route.url));
        if let Some(image) = &page.links.image {
            let mut line = lines.line("IMAGE").param("VALUE", "URI").param("DISPLAY", "BADGE");
            let written = page.document.common.image.as_ref();
            let alt = written.map(|written| written.alt.trim()).filter(|alt| !alt.is_empty());
            let credit = written.and_then(|written| written.credit.as_deref());
            for (name, text) in [("X-HANDBILL-ALT", alt), ("X-HANDBILL-CREDIT", credit)] {
                line = match text {
                    Some(text) => line.param(name, text),
                    None => line,
                };
            }
            line.uri(&place::absolute(site, *id, image));
        }
        if let Some(zone) = event.timezone.as_ref().filter(|_| form.all_day) {
            lines.text("X-HANDBILL-TIMEZONE", &zone.value);
        }
        if let Some(access) = &event.access {
            let known: Vec<String> = known_access(access);
            if !known.is_empty() {
                lines.line("X-HANDBILL-ACCESS").texts(known.iter().map(String::as_str));
            }
            if let Some(notes) = &access.notes {
                lines.text("X-HANDBILL-ACCESS-NOTES", notes);
            }
        }
        if let Some(rsvp) = event.rsvp.as_ref().map(|rsvp| &rsvp.0) {
            if let Some(url) = &rsvp.url {
                lines.line("X-HANDBILL-RSVP-URL").uri(&place::whole_address(site, *id, url));
            }
            if let Some(email) = &rsvp.email {
                lines.text("X-HANDBILL-RSVP-EMAIL", &email.0);
            }
            if let Some(until) = rsvp.until {
                write_moment("X-HANDBILL-RSVP-UNTIL", until, *form, &mut self.noted, lines);
            }
        }
        if let Some(cost) = &event.cost {
            lines.text("X-HANDBILL-COST", cost);
        }
        if let Some(capacity) = event.capacity {
            lines.value("X-HANDBILL-CAPACITY", capacity);
        }
        if !event.languages.is_empty() {
            lines.line("X-HANDBILL-LANGUAGES").texts(event.languages.iter().map(String::as_str));
        }
    }
}

impl<'s> Subject<'s> {
    fn instance(&self, found: &OccurrenceView, recurrence: Recurrence) -> Instance<'s> {
        Instance {
            recurrence,
            start: found.start.datetime(),
            end: self.stop(&found.start, &found.end),
            status: found.status,
            change: found.change.and_then(|number| self.event.change.get(number)),
            previous: None,
        }
    }

    fn stop(&self, start: &Zoned, end: &Zoned) -> Stop {
        if end <= start {
            Stop::Unstated
        } else if self.form.all_day || self.form.says(end) {
            Stop::At(end.datetime())
        } else {
            Stop::Instant(end.timestamp())
        }
    }
}

/// A moment of an occurrence in the form of an author's.
fn moment_of(at: &Zoned, form: &Form<'_>) -> Moment {
    if form.all_day { Moment::Date(at.date()) } else { Moment::DateTime(at.datetime()) }
}

/// A title without line breaks: programs show but its first line.
fn in_one_line(title: &str) -> Cow<'_, str> {
    if title.contains(['\r', '\n']) {
        Cow::Owned(title.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(title)
    }
}

/// A rule that says what it takes from DTSTART where that is a day which not every month has: some programs go on to the
/// next month on such a day instead of passing it over (RFC 5545 section 3.3.10).
fn with_month_day(mut rule: String, first: Date) -> String {
    let says_day = ["BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"].iter().any(|part| rule.contains(part));
    let yearly = rule.starts_with("FREQ=YEARLY");
    if first.day() > 28 && (yearly || rule.starts_with("FREQ=MONTHLY")) && !says_day {
        if yearly && !rule.contains("BYMONTH=") {
            rule.push_str(&format!(";BYMONTH={}", first.month()));
        }
        rule.push_str(&format!(";BYMONTHDAY={}", first.day()));
    }
    rule
}

/// The dates beside those of the rule: one that the rule gives too would come twice in some programs.
fn further_dates(schedule: &Schedule) -> Vec<DateTime> {
    let mut further = schedule.further_dates();
    if !further.is_empty() && schedule.timing().repeat.is_some() {
        let by_rule = Schedule::new(Timing { also: Vec::new(), ..schedule.timing().clone() });
        let gives = |date: &DateTime| {
            let given = |rule: &Schedule| rule.occurrence_at(calendar::Moment::DateTime(*date)).is_some();
            by_rule.as_ref().is_ok_and(given)
        };
        further.retain(|date| !gives(date));
    }
    further
}

/// The first instant that a series mentions.
fn earliest(subject: &Subject<'_>, first: &calendar::Occurrence, further: &[DateTime]) -> Timestamp {
    let further = further.first().and_then(|local| calendar::resolve(subject.form.zone, *local));
    let further = further.map_or(Timestamp::MAX, |(at, _)| at.timestamp());
    first.start.timestamp().min(further)
}

/// An instant after the last that a series mentions; none where that would have to be searched for.
fn latest(subject: &Subject<'_>, first: &calendar::Occurrence, further: &[DateTime]) -> Option<Timestamp> {
    let zone = subject.form.zone;
    let instant = |local: DateTime| calendar::resolve(zone, local).map(|(at, _)| at.timestamp());
    let last_of_rule = match subject.times.schedule.timing().repeat.as_ref().map(calendar::Repeat::end) {
        None => Some(first.start.timestamp()),
        Some(End::Until(Until::Utc(at))) => Some(at),
        Some(End::Until(Until::Local(at))) => instant(at),
        Some(End::Until(Until::Date(date))) => instant(date.at(23, 59, 59, 0)),
        Some(End::Never | End::Count(_)) => None,
    };
    let last_further = further.last().and_then(|local| instant(*local));
    let last = last_of_rule?.max(last_further.unwrap_or(Timestamp::MIN));
    let length = first.start.timestamp().duration_until(first.end.timestamp());
    last.checked_add(length).and_then(|end| end.checked_add((24 * MARGIN_DAYS).hours())).ok()
}

/// The nearest of the standard's three (RFC 5545 section 3.8.1.11). What is postponed has no date any more, so nobody
/// should keep the evening free for it.
fn status_of(status: Status) -> &'static str {
    match status {
        Status::Scheduled | Status::Rescheduled | Status::MovedOnline => "CONFIRMED",
        Status::Tentative => "TENTATIVE",
        Status::Cancelled | Status::Postponed => "CANCELLED",
    }
}

/// The author's word where STATUS does not say it.
fn lost_in_status(status: Status) -> Option<&'static str> {
    matches!(status, Status::Rescheduled | Status::MovedOnline | Status::Postponed).then(|| status.word())
}

/// What is known, each with yes or no.
fn known_access(access: &Access) -> Vec<String> {
    let all = [
        ("step_free", access.step_free),
        ("hearing_loop", access.hearing_loop),
        ("captions", access.captions),
        ("sign_language", access.sign_language),
        ("quiet_space", access.quiet_space),
        ("toilets", access.toilets),
    ];
    let known = all.into_iter().filter_map(|(name, known)| Some((name, known?)));
    known.map(|(name, yes)| format!("{name}={}", if yes { "yes" } else { "no" })).collect()
}
