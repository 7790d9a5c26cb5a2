//! One event of a calendar, with its dates, as drafts of content files: one, or several where a file can tell only a part.

use super::Options;
use super::calendars::{self, Entry};
use super::changes::{Override, Told, change};
use super::details::{self, Details};
use super::draft::{Change, Draft, Picture};
use super::report::LeftOut;
use super::series::{Plan, Series};
use super::split::divide;
use super::when::{Clock, Context, When, when};
use crate::calendar::{Moment, Schedule};
use crate::diagnostic::codes;
use crate::ical::read::Component;
use crate::source::Span;
use jiff::Timestamp;
use jiff::civil::Time;

/// A draft with the place in the calendar that it comes from.
#[derive(Debug)]
pub struct Event {
    pub draft: Draft,
    pub span: Span,
    /// The moment at which its last occurrence is over; none when it goes on for ever.
    pub over: Option<Timestamp>,
}

/// All that becomes of one entry of a calendar.
pub fn events(
    entry: &Entry<'_, '_>,
    options: &Options<'_>,
    left_out: &mut LeftOut,
    cx: &mut Context<'_>,
) -> Vec<Event> {
    let mut maker = Maker { options, left_out, cx, found: Vec::new() };
    match entry.master {
        Some(master) => maker.series(&entry.uid, master, &entry.overrides),
        None => maker.apart(&entry.uid, &entry.overrides, true),
    }
    maker.found
}

struct Maker<'m, 'r> {
    options: &'m Options<'m>,
    left_out: &'m mut LeftOut,
    cx: &'m mut Context<'r>,
    found: Vec<Event>,
}

impl Maker<'_, '_> {
    /// Whether an event is to be left out because it is not for everyone.
    fn is_hidden(&mut self, event: &Component<'_>) -> bool {
        let hidden = is_private(event) && !self.options.private;
        self.left_out.private += usize::from(hidden);
        hidden
    }

    /// Dates whose series the calendar does not have: each is an event.
    fn apart(&mut self, uid: &str, overrides: &[&Component<'_>], keeps_uid: bool) {
        for (at, component) in overrides.iter().enumerate() {
            let date = component.get("RECURRENCE-ID").map(|id| id.value.trim().to_owned()).unwrap_or_default();
            let uid = if at == 0 && keeps_uid { uid.to_owned() } else { format!("{uid}-{date}") };
            self.series(&uid, component, &[]);
        }
    }

    fn series<'t, 'c>(&mut self, uid: &str, master: &'c Component<'t>, overrides: &[&'c Component<'t>]) {
        if self.is_hidden(master) {
            return;
        }
        let Some((clock, start)) = Clock::of(master, self.cx) else {
            let (message, span) = match master.get("DTSTART") {
                Some(start) => ("the start of this event cannot be read", start.whole_value()),
                None => ("this event has no start", master.span),
            };
            let help = "it was left out; give it a date in the calendar, and export it again";
            self.cx.report.at(&codes::EVENT_LEFT_OUT, message, span, help);
            return;
        };
        let mut plan = Plan::read(master, &clock, self.cx);
        if master.get("RECURRENCE-ID").is_some() {
            // Programs repeat the rule of the series in its single dates.
            plan = Plan::default();
        }
        let mut own = Vec::new();
        for component in overrides {
            if self.is_hidden(component) {
                continue;
            }
            let date = component.get("RECURRENCE-ID").and_then(|id| clock.read(id, &id.value, self.cx));
            match date {
                Some(date) => own.push(Override { component, date }),
                None => self.apart(uid, &[component], false),
            }
        }
        own.sort_by_key(|own| civil(own.date));
        self.parts(uid, master, start, &clock, &mut plan, own);
    }

    /// A series, divided where it changes from one date on.
    fn parts<'t, 'c>(
        &mut self,
        uid: &str,
        master: &'c Component<'t>,
        start: Moment,
        clock: &Clock,
        plan: &mut Plan<'t, 'c>,
        mut overrides: Vec<Override<'t, 'c>>,
    ) {
        let (mut uid, mut master, mut start) = (uid.to_owned(), master, start);
        let mut plan = std::mem::take(plan);
        // Each division takes one of the overrides away.
        for _ in 0..=overrides.len() {
            let time = when(master, start, clock, self.cx);
            let from_here =
                overrides.iter().copied().find(|own| is_from_here_on(own.component) && civil(own.date) > civil(start));
            let tail = from_here.and_then(|at| {
                let begins = at.component.get("DTSTART")?;
                let begins = clock.read(begins, &begins.value, self.cx)?;
                let tail = divide(&mut plan, &mut overrides, at, begins, &time, clock, &mut self.cx.report);
                Some((tail, begins, at))
            });
            match tail {
                Some((Some(tail), begins, _)) => {
                    self.write(&uid, master, time, clock, plan, &overrides);
                    uid = format!("{uid}-{}", tail.suffix);
                    (master, start, plan, overrides) = (tail.component, begins, tail.plan, tail.overrides);
                }
                _ => {
                    self.write(&uid, master, time, clock, plan, &overrides);
                    return;
                }
            }
        }
    }

    /// Adds the draft of a series, and those of the dates that it cannot tell.
    fn write<'t, 'c>(
        &mut self,
        uid: &str,
        master: &'c Component<'t>,
        time: When,
        clock: &Clock,
        plan: Plan<'t, 'c>,
        overrides: &[Override<'t, 'c>],
    ) {
        let is_older = |own: &Override<'_, '_>| calendars::sequence(own.component) < calendars::sequence(master);
        // A date that was changed first and taken away later.
        let is_taken_back = |own: &&Override<'_, '_>| is_older(own) && plan.excepts(own.date);
        self.left_out.older += overrides.iter().filter(is_taken_back).count();
        let overrides: Vec<Override<'_, '_>> = overrides.iter().filter(|own| !is_taken_back(own)).copied().collect();
        if let Some(rule) = plan.is_over_before_it_begins(&time, clock) {
            let message = "this series ends before it begins, so that it never takes place";
            let help = "it was left out; programs leave such a part over when they divide a series";
            self.cx.report.not_carried_over(message, rule.whole_value(), help);
            let others = overrides.iter().map(|own| own.component).filter(|own| !is_cancelled(own));
            self.apart(uid, &others.collect::<Vec<_>>(), false);
            return;
        }
        let changed: Vec<Moment> = overrides.iter().map(|own| own.date).collect();
        let Some(series) = plan.clone().series(time, &changed, clock, &mut self.cx.report) else {
            self.cx.report.not_carried_over(
                "every date of this event is excepted, so that it never takes place",
                master.span,
                "it was left out",
            );
            return;
        };
        let details = Details::read(master, self.cx);
        let mut changes = series.lengths.clone();
        let mut apart = Vec::new();
        for own in &overrides {
            match change(*own, &series, &plan, &details, clock, self.cx) {
                Told::Change(Some(change)) => add(&mut changes, *change),
                Told::Change(None) => {}
                Told::Apart if is_cancelled(own.component) => {}
                // The series had this date before it was shortened.
                Told::Apart if is_older(own) => self.left_out.older += 1,
                Told::Apart => apart.push(own.component),
            }
        }
        let (mut series, left) = self.without_dates_told_apart(series, &plan, &overrides, &apart);
        if left {
            changes.sort_by_key(|change| civil(change.date));
            let over = over(&series.schedule, &changes, clock);
            let draft = self.draft(uid, master, clock, &mut series, details, changes);
            self.found.push(Event { draft, span: master.span, over });
        }
        self.apart(uid, &apart, false);
    }

    /// The series without those of its dates that became events of their own, and whether any is left.
    fn without_dates_told_apart(
        &self,
        mut series: Series,
        plan: &Plan<'_, '_>,
        overrides: &[Override<'_, '_>],
        apart: &[&Component<'_>],
    ) -> (Series, bool) {
        let hourly = plan.rule.as_ref().is_some_and(|(rule, _)| rule.names_hours());
        let is_apart = |own: &&Override<'_, '_>| apart.iter().any(|apart| std::ptr::eq(*apart, own.component));
        for own in overrides.iter().filter(is_apart) {
            if let Some(given) = series.schedule.occurrence_at(own.date) {
                series.except.push(plan.named(given.original, &series.schedule, hourly));
            }
        }
        series.except.sort_by_key(|date| civil(*date));
        series.except.dedup();
        let timing = crate::calendar::Timing { except: series.except.clone(), ..series.schedule.timing().clone() };
        if let Ok(schedule) = Schedule::new(timing) {
            series.schedule = schedule;
        }
        let left = series.schedule.first().is_some();
        (series, left)
    }

    fn draft(
        &mut self,
        uid: &str,
        event: &Component<'_>,
        clock: &Clock,
        series: &mut Series,
        details: Details,
        changes: Vec<Change>,
    ) -> Draft {
        let title = details.title(event, &mut self.cx.report);
        let (date, updated) = self.published(event);
        let (groups, organiser) = self.holders(event);
        let image = self.picture(event);
        let aims = self.known(details::list(event, "X-HANDBILL-AIMS"), "aim", event);
        let tags = details::list(event, "CATEGORIES").into_iter().map(|tag| self.options.known.term(tag)).collect();
        let site = self.cx.zones.finder.site().name.clone();
        let number = |name: &str| event.text(name).and_then(|number| number.parse().ok());
        Draft {
            uid: uid.to_owned(),
            sequence: calendars::sequence(event),
            title,
            date,
            updated,
            draft: self.options.draft || is_private(event),
            start: series.when.start,
            lasts: std::mem::take(&mut series.when.lasts),
            timezone: (clock.zone.name != site).then(|| clock.zone.name.clone()),
            repeats: std::mem::take(&mut series.repeats),
            except: std::mem::take(&mut series.except),
            also: std::mem::take(&mut series.also),
            changes,
            status: details.status.unwrap_or_default(),
            previous_start: details::moment(event, "X-HANDBILL-PREVIOUS-START", clock, self.cx),
            venue: details.venue,
            access: details::access(event),
            online: details.online,
            groups,
            aims,
            rsvp: details::rsvp(event, clock, self.cx),
            capacity: number("X-HANDBILL-CAPACITY"),
            cost: event.text("X-HANDBILL-COST").map(|cost| super::text::one_line(&cost)),
            organiser,
            languages: details::list(event, "X-HANDBILL-LANGUAGES"),
            tags,
            image,
            related: details.links.into_iter().filter(|link| !self.options.known.is_own(&link.url)).collect(),
            body: details.body,
        }
    }

    /// The picture of an event of this very site, which has the file.
    fn picture(&mut self, event: &Component<'_>) -> Option<Picture> {
        let property = event.get("IMAGE")?;
        let address = crate::ical::read::text(&property.value);
        let told = |name: &str| property.parameter(name).map(|text| super::text::one_line(&text));
        if let Some(src) = self.options.known.own_file(address.trim()) {
            let alt = told("X-HANDBILL-ALT").or_else(|| told("LABEL")).unwrap_or_default();
            return Some(Picture { src, alt, credit: told("X-HANDBILL-CREDIT") });
        }
        if self.options.known.is_own(address.trim()) {
            let help = "put the picture into `static/images`, and name it under `image` in the event";
            let message = "a picture goes with this event, and this site no longer has it";
            self.cx.report.not_carried_over(message, property.whole_value(), help);
        }
        None
    }

    /// When it was published and when it was changed, as far as the calendar knows, in the site's zone.
    fn published(&self, event: &Component<'_>) -> (Option<Moment>, Option<Moment>) {
        let zone = &self.cx.zones.finder.site().zone;
        // What has not been yet would hold the page back.
        let known = |name: &str| calendars::utc(event, name).filter(|at| *at <= self.options.now);
        let changed = known("LAST-MODIFIED");
        let stamp = if self.cx.calendar.stamps_revisions { known("DTSTAMP") } else { None };
        let published = known("CREATED").or(stamp).or(changed);
        let changed = changed.filter(|changed| published.is_some_and(|published| *changed > published));
        let local = |at: Timestamp| match zone.to_datetime(at) {
            local if local.time() == Time::midnight() => Moment::Date(local.date()),
            local => Moment::DateTime(local),
        };
        (published.map(local), changed.map(local))
    }

    /// The groups that hold it, and who does otherwise.
    fn holders(&mut self, event: &Component<'_>) -> (Vec<String>, Option<String>) {
        let organiser = details::organiser(event, self.left_out);
        let named: Vec<String> = details::groups(event).map(|(name, _)| name).collect();
        let mut groups = self.known(named, "group", event);
        let mut organiser = organiser;
        if let Some(group) = self.options.group {
            if !groups.iter().any(|known| known == group) {
                groups.push(group.to_owned());
            }
            // A calendar of the group's own names the group, or itself, as the organiser.
            let title = self.options.known.groups.get(group);
            let is_group = |name: &String| {
                let same = |other: &String| other.eq_ignore_ascii_case(name);
                title.is_some_and(same) || self.cx.calendar.name.as_ref().is_some_and(same)
            };
            organiser = organiser.filter(|name| !is_group(name));
        }
        (groups, organiser)
    }

    /// Those names that the site has pages for; others are reported.
    fn known(&mut self, names: Vec<String>, kind: &str, event: &Component<'_>) -> Vec<String> {
        let (known, unknown): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| match kind {
            "group" => self.options.known.groups.contains_key(name),
            _ => self.options.known.aims.contains(name),
        });
        for name in unknown {
            let message = format!("the event is of the {kind} \"{name}\", which this site does not have");
            self.cx.report.not_carried_over(message, event.span, format!("make the {kind}, and name it in the event"));
        }
        known
    }
}

/// Adds a change to those of other dates; where there is one for its date already, both become one.
fn add(changes: &mut Vec<Change>, change: Change) {
    match changes.iter_mut().find(|known| known.date == change.date) {
        Some(known) => *known = change,
        None => changes.push(change),
    }
}

fn civil(at: Moment) -> jiff::civil::DateTime {
    match at {
        Moment::Date(date) => date.at(0, 0, 0, 0),
        Moment::DateTime(at) => at,
    }
}

fn is_private(event: &Component<'_>) -> bool {
    event.text("CLASS").is_some_and(|class| ["PRIVATE", "CONFIDENTIAL"].contains(&class.to_ascii_uppercase().as_str()))
}

fn is_from_here_on(event: &Component<'_>) -> bool {
    event.get("RECURRENCE-ID").is_some_and(|id| id.says("RANGE", "THISANDFUTURE"))
}

fn is_cancelled(event: &Component<'_>) -> bool {
    event.text("STATUS").is_some_and(|status| status.to_ascii_uppercase().starts_with("CANCEL"))
}

/// When the last occurrence is over. None for a series without an end.
fn over(schedule: &Schedule, changes: &[Change], clock: &Clock) -> Option<Timestamp> {
    /// More occurrences than a series with an end has.
    const MOST: usize = 20_000;
    if schedule.is_endless() {
        return None;
    }
    let last = schedule.occurrences().take(MOST).map(|found| found.end.timestamp()).max();
    let moved = changes.iter().flat_map(|change| [change.start, change.end]).flatten();
    let moved = moved.filter_map(|at| clock.instant(civil(at))).max();
    last.max(moved)
}
