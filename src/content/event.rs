use crate::config::Url;
use crate::content::group::{Degrees, Email};
use crate::decode::{At, Context, Decode, Moment, Node, OneOrMany, choice, decode_table, record};

choice! {
    /// Whether an event takes place as planned.
    pub enum Status {
        Scheduled "scheduled",
        Tentative "tentative",
        Cancelled "cancelled",
        Postponed "postponed",
        Rescheduled "rescheduled",
        MovedOnline "moved-online",
    }
}

record! {
    /// Something that takes place at a time.
    pub struct Event {
        /// When it begins, in the event's own zone. A date alone means the whole day.
        start: required At<Moment>,
        /// When it ends. For whole days: the last day.
        end: optional At<Moment>,
        /// How long it lasts, in the place of `end`: `"2h"`, `"90 min"`, `"3 days"`.
        duration: optional At<String>,
        /// `true` says that it lasts whole days, as a start without a time of day does already.
        all_day: optional At<bool>,
        /// The IANA zone of its times. Default: the site's.
        timezone: optional At<String>,
        /// How it repeats, in plain words.
        repeat: optional At<RepeatWords>,
        /// How it repeats, as an RFC 5545 recurrence rule, in the place of `repeat`.
        rrule: optional At<String>,
        /// Dates on which a repeating event does not take place.
        except: list At<Moment>,
        /// Further dates on which it takes place.
        also: list At<Moment>,
        /// Single occurrences that differ.
        change: list Change,
        /// Whether it takes place as planned.
        status: default Status,
        /// Where it stood before it was rescheduled.
        previous_start: optional Moment,
        /// Where it takes place.
        venue: optional Venue,
        /// What those who come should know about getting in and taking part.
        access: optional Access,
        /// How to take part from elsewhere.
        online: optional Online,
        /// The groups that hold it, such as `["leeds"]`.
        groups: default OneOrMany<At<String>>,
        /// The aims it serves.
        aims: default OneOrMany<At<String>>,
        /// Where to say that you are coming: an address, or a table.
        rsvp: optional Rsvp,
        /// How many people there is room for.
        capacity: optional u32,
        /// What it costs, in words: `"Free"`.
        cost: optional String,
        /// Who holds it, when that is not a group.
        organiser: optional String,
        /// The languages spoken, as tags.
        languages: list String,
        /// An id for calendars, when it must be the one of an earlier system.
        uid: optional At<String>,
        /// Counts the revisions, for calendars. Default: 0.
        sequence: default u32,
    }
}

record! {
    /// How an event repeats.
    pub struct RepeatWords {
        /// `day`, `week`, `2 weeks`, `month`, `year` and the like.
        every: required At<String>,
        /// On which days: `"thursday"`, `"first thursday"`, `["tue", "thu"]`, `"15"`.
        on: default OneOrMany<At<String>>,
        /// The last day on which it may take place.
        until: optional At<Moment>,
        /// How many times it takes place.
        count: optional At<u32>,
        /// Dates on which it does not.
        except: list At<Moment>,
    }
}

record! {
    /// One occurrence that differs from its series.
    pub struct Change {
        /// The occurrence: the start it would have had, or its date.
        date: required At<Moment>,
        /// Its own start.
        start: optional At<Moment>,
        /// Its own end.
        end: optional At<Moment>,
        /// Its own title.
        title: optional String,
        /// Its own status.
        status: optional Status,
        /// Its own place.
        venue: optional Venue,
        /// A word on why.
        note: optional String,
    }
}

record! {
    /// Where an event takes place.
    pub struct Venue {
        /// The name of the building or place.
        name: optional String,
        /// Street and town.
        address: optional String,
        /// The postcode.
        postcode: optional String,
        /// Latitude in degrees.
        lat: optional At<Degrees<90>>,
        /// Longitude in degrees.
        lon: optional At<Degrees<180>>,
        /// The part of town, published in the place of the address when the venue is private.
        area: optional String,
        /// The address is told to those who come, and published nowhere.
        private: default bool,
    }
}

record! {
    /// What those who come should know. What is left out is shown as not known.
    pub struct Access {
        /// No steps on the way in.
        step_free: optional bool,
        /// A hearing loop.
        hearing_loop: optional bool,
        /// Captions.
        captions: optional bool,
        /// Interpretation into a sign language.
        sign_language: optional bool,
        /// A quiet room.
        quiet_space: optional bool,
        /// Accessible toilets.
        toilets: optional bool,
        /// Anything else.
        notes: optional String,
    }
}

record! {
    /// How to take part from elsewhere.
    pub struct Online {
        /// The address to join.
        url: optional Url,
        /// A telephone number to dial in.
        phone: optional String,
    }
}

record! {
    /// Where to say that you are coming.
    pub struct RsvpTable {
        /// A form.
        url: optional Url,
        /// An e-mail address.
        email: optional Email,
        /// Until when.
        until: optional Moment,
    }
}

/// Where to say that you are coming.
#[derive(Debug, Clone, Default)]
pub struct Rsvp(pub RsvpTable);

impl Decode for Rsvp {
    const EXPECTS: &'static str = "a web address or a table";
    const FIELDS: Option<&'static [crate::decode::Field]> = RsvpTable::FIELDS;
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        if node.value.text().is_some() {
            let url = Url::decode(node, cx)?;
            return Some(Self(RsvpTable { url: Some(url), ..RsvpTable::default() }));
        }
        decode_table(node, Self::EXPECTS, cx).map(Self)
    }
}
