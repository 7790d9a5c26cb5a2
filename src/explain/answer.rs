use serde::Serialize;

/// What was asked for, explained. Its fields keep their names and meanings; new ones may come.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Answer {
    /// What was asked for, as it was written.
    pub asked: String,
    pub what: What,
    /// What it is, in sentences.
    pub words: Vec<String>,
    /// Of a page: its kind.
    pub kind: Option<&'static str>,
    pub title: Option<String>,
    /// The tag of its language.
    pub language: Option<String>,
    /// The file that it is made from.
    pub file: Option<String>,
    /// The path of its address; of what is not published, the one it would have.
    pub url: Option<String>,
    /// The whole address.
    pub permalink: Option<String>,
    /// Its file in the output folder.
    pub output: Option<String>,
    /// What it is rendered with.
    pub template: Option<Template>,
    /// The section that lists it.
    pub section: Option<Link>,
    /// Whether a build puts it into the site.
    pub published: bool,
    /// Why it is not published, or why it is shown although it would not be.
    pub reasons: Vec<Reason>,
    /// How many mistakes keep the whole site from being published.
    pub site_mistakes: usize,
    /// Mistakes and warnings in its file.
    pub mistakes: Vec<Mistake>,
    pub event: Option<EventTimes>,
    pub group: Option<Group>,
    /// Where it appears; of what is not published, where it would.
    pub appears: Vec<Place>,
    /// Where a reader may look for it in vain, and why.
    pub absent: Vec<Absence>,
    /// For each language of the site, its version.
    pub translations: Vec<Version>,
    /// What links to it.
    pub linked_from: Vec<Link>,
    /// What it names: groups, aims, see also.
    pub relates_to: Vec<Relation>,
    /// Its earlier addresses.
    pub aliases: Vec<Alias>,
    /// What will change by itself, soonest first.
    pub changes: Vec<Change>,
    /// What it is made from, when that is more than one file; the first of them.
    pub made_from: Vec<Link>,
    /// What is most like what was asked for, when there is no such thing.
    pub nearest: Vec<Link>,
}

/// What something is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A page with a content file of its own, or that of a folder.
    Page,
    /// A page that Handbill makes of many others: a later page of a list, a term, a month.
    List,
    /// An earlier address of a page.
    Redirect,
    Feed,
    Calendar,
    Sitemap,
    Robots,
    /// A file for a host.
    HostFile,
    /// The page that hosts show where there is nothing.
    NotFound,
    /// A file that is published as it is.
    File,
    /// A file that the site is made with: configuration, template, words, data.
    Source,
    /// A file that nothing comes of.
    Unused,
    #[default]
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Template {
    pub name: String,
    /// The file it is in; none when it is built in.
    pub file: Option<String>,
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Link {
    pub title: String,
    pub url: Option<String>,
    pub file: Option<String>,
}

/// Why a page is not published, or why it is shown all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// `draft`, `embargoed`, `expired`, `broken` or `address-taken`.
    pub reason: &'static str,
    /// From when on, or until when.
    pub at: Option<String>,
    pub words: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    pub code: &'static str,
    pub severity: &'static str,
    pub line: Option<u32>,
    pub column: Option<u32>,
    pub message: String,
    pub help: Option<String>,
}

/// A list, feed, calendar or menu in which it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// `section`, `events`, `year`, `month`, `group`, `nearby`, `aim`, `term`, `related`, `menu`, `actions`, `feed`,
    /// `calendar` or `sitemap`; of an [`Absence`] also `language`.
    pub list: &'static str,
    pub title: String,
    pub url: Option<String>,
    /// Which it is there, from 1.
    pub number: Option<usize>,
    /// How many there are.
    pub of: Option<usize>,
    pub words: String,
}

/// Where it does not appear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Absence {
    /// As of a [`Place`].
    pub list: &'static str,
    pub title: String,
    pub url: Option<String>,
    pub reason: &'static str,
    pub words: String,
}

/// A version in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    pub language: String,
    /// The language's own name.
    pub name: String,
    /// `published`, `older` (published, and older than its original), `draft`, `embargoed`, `expired`, `broken`, `missing`, or
    /// `fallback` (missing, and the original stands there in its place).
    pub status: &'static str,
    pub title: Option<String>,
    /// The file; of a missing version, the one that it would have.
    pub file: String,
    pub url: Option<String>,
    /// Whether it is the one that is explained.
    pub this: bool,
}

/// Another page that it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// `group`, `aim`, `parent` or `related`.
    pub relation: &'static str,
    #[serde(flatten)]
    pub page: Link,
}

/// An earlier address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alias {
    pub url: String,
    /// Whether it leads to the page.
    pub works: bool,
    /// Why not.
    pub words: Option<String>,
}

/// Something that time alone will change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub at: String,
    pub words: String,
}

/// When an event takes place, as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct EventTimes {
    /// The IANA name of the zone of its times.
    pub timezone: String,
    pub all_day: bool,
    pub status: &'static str,
    pub recurring: bool,
    /// How it repeats, in words.
    pub repeats: Option<String>,
    /// The same as a rule of RFC 5545.
    pub rrule: Option<String>,
    /// Whether it is `upcoming`, `going-on` or `past`.
    pub state: &'static str,
    /// The first time that the rule gives.
    pub first: Option<Occurrence>,
    /// What is going on or coming; five at the most.
    pub next: Vec<Occurrence>,
    /// Of what is over: the last time.
    pub last: Option<Occurrence>,
    /// Dates of the series on which it does not take place.
    pub except: Vec<GivenDate>,
    /// Further dates.
    pub also: Vec<GivenDate>,
    /// Single dates that differ.
    pub changed: Vec<ChangedDate>,
    /// Where, as it is published.
    pub venue: Option<String>,
    /// The one that was asked for by its own address.
    pub asked_for: Option<Occurrence>,
}

/// One time that an event takes place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Occurrence {
    /// Its name in addresses, which stays when it is moved.
    pub id: String,
    /// RFC 3339 with the local offset; for whole days the date.
    pub start: String,
    /// The same of the end; for whole days the last day; none when it is not known.
    pub end: Option<String>,
    /// RFC 3339 in UTC; for whole days the first moment of the first day in the event's zone.
    pub start_utc: String,
    /// The same of the end; for whole days the moment at which the last day is over.
    pub end_utc: Option<String>,
    pub status: &'static str,
    /// Whether a `[[change]]` applies to it.
    pub changed: bool,
    pub words: String,
}

/// A date of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GivenDate {
    /// The local start that it has or would have; for whole days the date.
    pub start: String,
    pub words: String,
}

/// A `[[change]]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedDate {
    /// As it was written.
    pub date: String,
    /// The local start of the date that it changes; none when it names no date of the series.
    pub applies_to: Option<String>,
    pub words: String,
}

/// A group.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Group {
    pub status: &'static str,
    pub place: Option<String>,
    pub region: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// Its events, those that are coming first.
    pub events: Vec<GroupEvent>,
    pub words: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupEvent {
    #[serde(flatten)]
    pub page: Link,
    /// When it next takes place; none when it is over.
    pub next: Option<String>,
    pub words: String,
}
