use super::near::{Near, missing};
use super::{Caller, FunctionSpec, language, text};
use crate::content::{Details, Kind, Location};
use crate::site::{OccurrenceRef, OccurrenceView, PageId};
use crate::theme::view::event::{self, Attendance};
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "events",
    args: &[
        ("when", "\"upcoming\" (the default, soonest first), \"past\" (latest first) or \"all\""),
        ("group", "only a group's: its file name, such as \"leeds\", or \"@/groups/leeds.md\""),
        ("aim", "only those that serve an aim, named alike"),
        ("region", "only those of groups in a region"),
        ("near", "only those near a place, or of groups there: the file name of a group, or \"53.8, -1.55\""),
        ("within", "with `near`: how far away at the most, in kilometres; default: 25"),
        ("tag", "only those with a tag"),
        ("attendance", "only those that can be attended \"online\" or \"offline\", in a room; hybrid ones are both"),
        ("access", "only those known to have a kind of access, such as \"step_free\""),
        ("language", "a language tag; default: the page's"),
        ("limit", "how many at the most"),
        ("offset", "how many to pass over"),
        ("reverse", "true turns the order round"),
    ],
    meaning: "The times at which events take place, as occurrences. One event that repeats gives many.",
    example: "{% for o in events(limit=5) %}<a href=\"{{ o.url }}\">{{ o.title }}</a>{% endfor %}",
    open: false,
    call,
};

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let shared = caller.shared;
    let site = &shared.site;
    let now = site.clock.now;
    let language = language(caller, kwargs)?;
    let when = text(kwargs, "when")?.unwrap_or("upcoming");
    let filter = Filter::new(caller, kwargs)?;
    let offset = kwargs.get::<usize>("offset")?.unwrap_or(0);
    let limit = kwargs.get::<usize>("limit")?.unwrap_or(usize::MAX);
    let all = &site.occurrences[language.0 as usize];
    let occurrence = |found: &OccurrenceRef| site.event_times.get(&found.page)?.occurrences.get(found.index as usize);
    let past = |found: &OccurrenceRef| occurrence(found).is_some_and(|found| found.is_past(now));
    let fits = |found: &&OccurrenceRef| occurrence(found).is_some_and(|view| filter.accepts(found.page, view));
    let reverse = kwargs.get::<bool>("reverse")?.unwrap_or(false);
    let forward: Box<dyn Iterator<Item = &OccurrenceRef>> = match (when, reverse) {
        // Nothing that begins ahead is over, and a long event that began before may still go on.
        ("upcoming", false) => Box::new(all.iter().filter(|found| !past(found))),
        ("upcoming", true) => Box::new(all.iter().rev().filter(|found| !past(found))),
        ("past", false) => Box::new(all.iter().rev().filter(|found| past(found))),
        ("past", true) => Box::new(all.iter().filter(|found| past(found))),
        ("all", false) => Box::new(all.iter()),
        ("all", true) => Box::new(all.iter().rev()),
        (other, _) => {
            return Err(Error::message(format!("`when` takes \"upcoming\", \"past\" or \"all\", not \"{other}\"")));
        }
    };
    let found = forward.filter(fits).skip(offset).take(limit);
    Ok(Value::from(
        found.map(|found| event::occurrence(shared, found.page, found.index as usize, true)).collect::<Vec<_>>(),
    ))
}

/// Which events are asked for.
struct Filter<'c> {
    caller: Caller<'c>,
    group: Option<String>,
    aim: Option<String>,
    region: Option<String>,
    tag: Option<String>,
    attendance: Option<String>,
    access: Option<String>,
    near: Option<Near>,
}

impl<'c> Filter<'c> {
    fn new(caller: Caller<'c>, kwargs: &Kwargs) -> TeraResult<Self> {
        let stem = |name: &'static str, kind: Kind| -> TeraResult<Option<String>> {
            let Some(written) = text(kwargs, name)? else { return Ok(None) };
            let id = find_named(caller, written, kind)
                .ok_or_else(|| Error::message(missing(caller, name, written, kind)))?;
            Ok(Some(caller.shared.site.page(id).document.path.stem.clone()))
        };
        Ok(Self {
            caller,
            group: stem("group", Kind::Group)?,
            aim: stem("aim", Kind::Aim)?,
            region: text(kwargs, "region")?.map(str::to_owned),
            tag: text(kwargs, "tag")?.map(str::to_owned),
            attendance: one_of(kwargs, "attendance", &["online", "offline"])?,
            access: one_of(kwargs, "access", &event::ACCESS)?,
            near: Near::new(caller, kwargs)?,
        })
    }

    fn accepts(&self, event: PageId, occurrence: &OccurrenceView) -> bool {
        let site = &self.caller.shared.site;
        let stem = |id: &PageId| site.page(*id).document.path.stem.as_str();
        let groups = site.event_groups(event);
        let in_region = |region: &str| {
            groups.iter().any(|group| match &site.page(*group).document.details {
                Details::Group(group) => group.region.as_deref() == Some(region),
                _ => false,
            })
        };
        self.group.as_deref().is_none_or(|wanted| groups.iter().any(|group| stem(group) == wanted))
            && self.aim.as_deref().is_none_or(|wanted| site.event_aims(event).iter().any(|aim| stem(aim) == wanted))
            && self.region.as_deref().is_none_or(in_region)
            && self.tag.as_deref().is_none_or(|tag| super::pages::has_term(site, event, "tags", tag))
            && self.accepts_details(event, occurrence)
            && self.near.as_ref().is_none_or(|near| self.is_near(near, event, occurrence))
    }

    /// Whether a date takes place near somewhere: by the venue's own coordinates, or else by those of its groups. Of a
    /// private venue nobody shall learn the place by asking from many.
    fn is_near(&self, near: &Near, id: PageId, occurrence: &OccurrenceView) -> bool {
        let site = &self.caller.shared.site;
        let Details::Event(found) = &site.page(id).document.details else { return false };
        let venue = event::place(found, occurrence).filter(|venue| !venue.private);
        let own = venue.and_then(|venue| venue.lat.as_ref().zip(venue.lon.as_ref()));
        if let Some(place) = own.and_then(|(lat, lon)| Location::new(lat.value.0, lon.value.0)) {
            return near.has(&place);
        }
        site.event_groups(id).iter().any(|group| match &site.page(*group).document.details {
            Details::Group(group) => group.location.as_ref().is_some_and(|place| near.has(place)),
            _ => false,
        })
    }
}

impl Filter<'_> {
    fn accepts_details(&self, id: PageId, occurrence: &OccurrenceView) -> bool {
        if self.attendance.is_none() && self.access.is_none() {
            return true;
        }
        let Details::Event(found) = &self.caller.shared.site.page(id).document.details else { return false };
        let attendance = event::attendance(found, occurrence);
        let (access, _) = event::access_of(found, occurrence);
        self.attendance.as_deref().is_none_or(|wanted| attendance.word() == wanted || attendance == Attendance::Mixed)
            && self.access.as_deref().is_none_or(|wanted| access.contains(&wanted))
    }
}

/// An argument that takes one of some words.
fn one_of(kwargs: &Kwargs, name: &'static str, words: &[&str]) -> TeraResult<Option<String>> {
    let Some(written) = text(kwargs, name)? else { return Ok(None) };
    if words.contains(&written) {
        return Ok(Some(written.to_owned()));
    }
    let known: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    Err(Error::message(format!("`{name}` takes {}, not \"{written}\"", known.join(", "))))
}

/// A page of a kind by its file name, or by its path.
pub fn find_named(caller: Caller<'_>, written: &str, kind: Kind) -> Option<PageId> {
    let site = &caller.shared.site;
    if written.contains('/') || written.ends_with(".md") {
        return site.find(written, caller.language).filter(|id| site.page(*id).kind() == kind);
    }
    let own = site.by_kind.get(caller.language.0 as usize)?.get(&kind)?;
    own.iter().copied().find(|id| site.page(*id).document.path.own_name() == written)
}
