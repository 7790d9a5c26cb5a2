//! The calendars of a file, and their events brought together by UID.

use super::report::LeftOut;
use super::text::one_line;
use super::zones::{Finder, Zone};
use crate::ical::read::{self, Component, Stamp};
use std::collections::HashMap;

/// One VCALENDAR.
pub struct Calendar<'t, 'c> {
    /// Its number in the file.
    pub number: usize,
    pub zones: Vec<&'c Component<'t>>,
    /// The zone in which its owner sees it.
    pub zone: Option<Zone>,
    pub name: Option<String>,
    /// Handbill wrote it.
    pub is_ours: bool,
    /// It takes back what it names (RFC 5546 section 3.2.5).
    pub cancels: bool,
    /// DTSTAMP tells when each event was last revised, not when the calendar was fetched (RFC 5545 section 3.8.7.2).
    pub stamps_revisions: bool,
}

/// All that a file says of one event.
pub struct Entry<'t, 'c> {
    pub calendar: usize,
    pub uid: String,
    /// The event itself, or its series.
    pub master: Option<&'c Component<'t>>,
    /// Single dates that differ, in the file's order.
    pub overrides: Vec<&'c Component<'t>>,
}

/// The calendars of a file. Events that stand in none, which no standard knows, make one of their own.
pub fn calendars<'t, 'c>(
    components: &'c [Component<'t>],
    finder: &Finder,
) -> Vec<(Calendar<'t, 'c>, Vec<&'c Component<'t>>)> {
    let mut found = Vec::new();
    for component in components.iter().filter(|component| component.name == "VCALENDAR") {
        let says = |name: &str, value: &str| component.text(name).is_some_and(|text| text.eq_ignore_ascii_case(value));
        let zone = component.text("X-WR-TIMEZONE").and_then(|name| finder.named(&name));
        let calendar = Calendar {
            number: found.len(),
            zones: component.of_kind("VTIMEZONE").collect(),
            zone,
            name: component.text("NAME").or_else(|| component.text("X-WR-CALNAME")).map(|name| one_line(&name)),
            is_ours: component.text("PRODID").is_some_and(|id| id.starts_with("-//Handbill//")),
            cancels: says("METHOD", "CANCEL"),
            stamps_revisions: component.get("METHOD").is_none() && !is_stamped_at_once(component),
        };
        found.push((calendar, component.components.iter().collect()));
    }
    let bare: Vec<_> = components.iter().filter(|component| component.name == "VEVENT").collect();
    if !bare.is_empty() {
        let zones = components.iter().filter(|component| component.name == "VTIMEZONE").collect();
        let calendar = Calendar {
            number: found.len(),
            zones,
            zone: None,
            name: None,
            is_ours: false,
            cancels: false,
            stamps_revisions: false,
        };
        found.push((calendar, bare));
    }
    found
}

/// Whether all events, and there are several, have one stamp: that of the hour at which the calendar was fetched.
fn is_stamped_at_once(calendar: &Component<'_>) -> bool {
    let mut stamps = calendar.of_kind("VEVENT").map(|event| event.text("DTSTAMP"));
    let first = stamps.next();
    let mut others = stamps.peekable();
    others.peek().is_some() && others.all(|stamp| Some(stamp) == first)
}

/// The events of all calendars by UID, in the order in which the file first names them. Of several versions of one event
/// the latest stays; what is no event is counted.
pub fn entries<'t, 'c>(
    calendars: &[(Calendar<'t, 'c>, Vec<&'c Component<'t>>)],
    left_out: &mut LeftOut,
) -> Vec<Entry<'t, 'c>> {
    let mut entries: Vec<Entry<'t, 'c>> = Vec::new();
    let mut by_uid: HashMap<String, usize> = HashMap::new();
    for (calendar, components) in calendars {
        for component in components {
            match component.name.as_str() {
                "VEVENT" => {}
                "VTODO" => left_out.tasks += 1,
                "VJOURNAL" => left_out.journals += 1,
                "VFREEBUSY" => left_out.free_busy += 1,
                _ => {}
            }
            if component.name != "VEVENT" {
                continue;
            }
            left_out.alarms += component.of_kind("VALARM").count();
            let uid = component.text("UID").map(|uid| one_line(&uid)).filter(|uid| !uid.is_empty());
            let mut uid = uid.unwrap_or_else(|| made_up(component));
            if let Some(known) = by_uid.get(&uid).and_then(|at| entries.get(*at)?.master)
                && is_another(component, known)
            {
                uid = format!("{uid}-{}", start(component));
            }
            let at = *by_uid.entry(uid.clone()).or_insert_with(|| {
                let entry = Entry { calendar: calendar.number, uid, master: None, overrides: Vec::new() };
                entries.push(entry);
                entries.len() - 1
            });
            if let Some(entry) = entries.get_mut(at) {
                entry.add(component, calendar.number, left_out);
            }
        }
    }
    entries
}

impl<'t, 'c> Entry<'t, 'c> {
    fn add(&mut self, component: &'c Component<'t>, calendar: usize, left_out: &mut LeftOut) {
        let Some(of) = component.get("RECURRENCE-ID").map(|id| id.value.trim()) else {
            if let Some(known) = self.master {
                left_out.older += 1;
                if version(component) < version(known) {
                    return;
                }
            }
            self.master = Some(component);
            self.calendar = calendar;
            return;
        };
        let same = |known: &&Component<'t>| known.get("RECURRENCE-ID").is_some_and(|id| id.value.trim() == of);
        match self.overrides.iter().position(same) {
            Some(at) => {
                left_out.older += 1;
                if version(component) >= version(self.overrides[at]) {
                    self.overrides[at] = component;
                }
            }
            None => self.overrides.push(component),
        }
    }
}

/// What tells the later of two versions (RFC 5546 section 2.1.5). A stamp that is but the start once more tells nothing.
fn version(component: &Component<'_>) -> (u32, String, String) {
    let stamp = |name: &str| component.text(name).filter(|stamp| *stamp != start(component)).unwrap_or_default();
    (sequence(component), stamp("DTSTAMP"), stamp("LAST-MODIFIED"))
}

/// Whether two events have one id by mistake: neither is the later version, and they take place at different times.
fn is_another(component: &Component<'_>, known: &Component<'_>) -> bool {
    component.get("RECURRENCE-ID").is_none()
        && version(component) == version(known)
        && start(component) != start(known)
        && [component, known].iter().all(|event| event.get("RRULE").is_none())
}

/// The start as it is written.
fn start(component: &Component<'_>) -> String {
    component.get("DTSTART").map(|start| start.value.trim().to_owned()).unwrap_or_default()
}

pub fn sequence(component: &Component<'_>) -> u32 {
    component.get("SEQUENCE").and_then(|number| number.value.trim().parse().ok()).unwrap_or(0)
}

/// An id for an event that has none: the same each time, as long as its title and start are.
fn made_up(component: &Component<'_>) -> String {
    let part = |name: &str| component.get(name).map(|property| property.value.to_string()).unwrap_or_default();
    let name = format!("handbill:event/{}/{}", start(component), part("SUMMARY"));
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, name.as_bytes()).to_string()
}

/// The moment of a property that must be UTC, such as CREATED; none for those that stand for "unknown".
pub fn utc(component: &Component<'_>, name: &str) -> Option<jiff::Timestamp> {
    let at = match read::moment(&component.get(name)?.value)? {
        Stamp::Utc(at) => at,
        Stamp::Local(at) => jiff::tz::TimeZone::UTC.to_timestamp(at).ok()?,
        Stamp::Date(date) => jiff::tz::TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?,
    };
    // Google writes 1900, others 1970, and Handbill 2000 where they know nothing.
    let is_known = at.as_second() > 86_400 && at.as_second() != 946_684_800;
    is_known.then_some(at)
}
