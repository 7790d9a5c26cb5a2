//! An event as it will be written.

use crate::calendar::Moment;
use crate::content::Status;

/// A place, as in the front matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Venue {
    pub name: Option<String>,
    pub address: Option<String>,
    pub postcode: Option<String>,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
    pub area: Option<String>,
    pub private: bool,
}

impl Venue {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Online {
    pub url: Option<String>,
    pub phone: Option<String>,
}

/// What is known of getting in: the words of the front matter, each with whether it is so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    pub known: Vec<(&'static str, bool)>,
    pub notes: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rsvp {
    pub url: Option<String>,
    pub email: Option<String>,
    pub until: Option<Moment>,
}

/// A picture of the site's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its path in the site.
    pub src: String,
    pub alt: String,
    pub credit: Option<String>,
}

/// A "see also".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub title: String,
    pub url: String,
}

/// How long an event lasts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Lasts {
    #[default]
    Unstated,
    /// For whole days the last of them.
    Until(Moment),
    /// In words, such as `1h 30m`.
    For(String),
}

/// How an event repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Repeats {
    #[default]
    Never,
    InWords(InWords),
    /// An RFC 5545 rule.
    ByRule(String),
}

/// A rule in plain words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InWords {
    pub every: String,
    pub on: Vec<String>,
    pub until: Option<Moment>,
    pub count: Option<u32>,
}

/// One occurrence that differs from its series.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub date: Moment,
    pub start: Option<Moment>,
    pub end: Option<Moment>,
    pub title: Option<String>,
    pub status: Option<Status>,
    pub venue: Option<Venue>,
    pub note: Option<String>,
}

impl Change {
    pub fn new(date: Moment) -> Self {
        Self { date, start: None, end: None, title: None, status: None, venue: None, note: None }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::new(self.date)
    }
}

/// An event as it will be written. Times are local, in the event's zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub uid: String,
    pub sequence: u32,
    pub title: String,
    /// When it was published and changed, in the site's zone.
    pub date: Option<Moment>,
    pub updated: Option<Moment>,
    pub draft: bool,
    pub start: Moment,
    pub lasts: Lasts,
    /// None for the site's.
    pub timezone: Option<String>,
    pub repeats: Repeats,
    pub except: Vec<Moment>,
    pub also: Vec<Moment>,
    pub changes: Vec<Change>,
    pub status: Status,
    pub previous_start: Option<Moment>,
    pub venue: Option<Venue>,
    pub access: Option<Access>,
    pub online: Option<Online>,
    pub groups: Vec<String>,
    pub aims: Vec<String>,
    pub rsvp: Option<Rsvp>,
    pub capacity: Option<u32>,
    pub cost: Option<String>,
    pub organiser: Option<String>,
    pub languages: Vec<String>,
    pub tags: Vec<String>,
    pub image: Option<Picture>,
    pub related: Vec<Link>,
    /// Markdown, with a line end.
    pub body: String,
}
