//! Calendars into content files and back: nothing is lost on the way.

use crate::support::{Built, SiteText, site};
use handbill::content::{Change, Details, Event, Venue};
use handbill::import::{self, Draft, Known, Options, Outcome, Settings, Zone};
use handbill::site::Site;
use handbill::source::{FileRef, MemoryWorld};
use jiff::Timestamp;

const NOW: &str = "2026-11-23T12:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// What an import into a site gives: drafts, files, and what it tells.
pub struct Brought {
    pub drafts: Vec<Draft>,
    pub files: Vec<Outcome>,
    pub told: Vec<String>,
}

pub fn brought(calendar: &str, into: &Site) -> Brought {
    let world = MemoryWorld::new();
    let language = into.config.default_language().code.clone();
    let known = Known::of(into, &world, &language);
    let options = Options {
        zone: Zone { name: into.config.timezone_name.clone(), zone: into.config.timezone.clone() },
        language: &language,
        now: at(NOW),
        from: None,
        private: true,
        draft: false,
        group: None,
        known: &known,
    };
    let file: FileRef = "a.ics".into();
    let mut found = Vec::new();
    let text = import::text(calendar.as_bytes(), &file, &mut found);
    let imported = import::read(&text, &file, &options, &mut found);
    let settings = Settings { folder: "events", language: &language, suffix: "", update: false };
    let files = import::place(&imported.events, &known, &world, &settings, &file, &mut found);
    Brought {
        drafts: imported.events.into_iter().map(|event| event.draft).collect(),
        files,
        told: found.iter().map(|problem| format!("{} {}", problem.code.id, problem.message)).collect(),
    }
}

/// An otherwise empty site with the files that an import gave.
fn with(files: &[Outcome]) -> SiteText {
    files.iter().fold(site(""), |site, outcome| site.file(&outcome.file, outcome.text.as_bytes()))
}

fn empty() -> Built {
    site("").build()
}

/// What readers are told of every occurrence of a site.
pub fn occurrences(site: &Site) -> Vec<String> {
    let (from, to) = (at("2020-01-01T00:00:00Z"), at("2032-01-01T00:00:00Z"));
    let mut all = Vec::new();
    for id in site.ids() {
        let page = site.page(id);
        let (Details::Event(event), Some(times)) = (&page.document.details, site.event_times.get(&id)) else {
            continue;
        };
        for found in times.between(event, from, to, 5_000) {
            let change: Option<&Change> = found.change.and_then(|number| event.change.get(number));
            let title = change.and_then(|change| change.title.as_deref()).unwrap_or(page.title());
            let venue = change.and_then(|change| change.venue.as_ref()).or(event.venue.as_ref());
            let position = venue.and_then(|venue| Some((venue.lat?.value.0, venue.lon?.value.0)));
            let venue = venue.map(|venue| Venue { lat: None, lon: None, ..venue.clone() });
            let note = change.and_then(|change| change.note.as_deref());
            let online = event.online.as_ref().map(|online| (&online.url, &online.phone));
            all.push(format!(
                "{} {} to {} {title} {} {note:?} {venue:?} {position:?} {online:?}",
                site.event_uid(id),
                found.start,
                found.end,
                found.status.word(),
            ));
        }
    }
    all.sort();
    all
}

/// An event of the site's one file.
fn event(built: &Built) -> &Event {
    let site = built.site();
    let events = site.ids().filter_map(|id| match &site.page(id).document.details {
        Details::Event(event) => Some(&**event),
        _ => None,
    });
    events.last().expect("an event")
}

const EVENTS: &str = r#"
=== content/events/meeting.md
+++
title = "Monthly meeting, with tea; and \\cake"
date = 2026-06-01
updated = 2026-07-01T10:00:00
start = 2026-12-03T19:00:00
duration = "1h 30m"
repeat = { every = "month", on = "first thursday", until = 2027-12-31, except = [2027-08-05] }
also = [2027-06-21T18:00:00]
organiser = "Ada Finch"
cost = "Free"
capacity = 40
languages = ["en", "cy"]
tags = ["Night", "Bus, and rail"]
sequence = 3
venue = { name = "Hall, upstairs", address = "3 Mill Lane, Eastmere", postcode = "EA1 1AA", lat = 52.1, lon = 0.3 }
online = { url = "https://meet.example.org/a", phone = "0113 496 0000" }
access = { step_free = true, toilets = false, notes = "Ring, please" }
rsvp = { email = "come@example.org", until = 2026-12-01 }

[[change]]
date = 2027-03-04
start = 2027-03-04T18:00:00
end = 2027-03-04T19:00:00
note = "An hour early, because of the football."

[[change]]
date = 2027-04-01
venue = { name = "Scout Hut" }
title = "In the hut"

[[change]]
date = 2027-05-06
status = "cancelled"

[[change]]
date = 2027-06-03
status = "postponed"
+++
Come *along*. We talk of

- fares
- [route 4](https://example.org/4)

1. First
2. Second
=== content/events/week.md
+++
title = "Bus week"
start = 2026-12-07
end = 2026-12-11
timezone = "Asia/Tokyo"
rrule = "FREQ=YEARLY;BYWEEKNO=50;BYDAY=MO;COUNT=3"
venue = { area = "North side", address = "A secret", private = true }
+++
=== content/events/online.md
+++
title = "Talk"
start = 2026-12-23T18:30:00
timezone = "America/New_York"
status = "moved-online"
venue = { name = "Library" }
online = { url = "https://meet.example.org/talk" }
previous_start = 2026-12-20T18:30:00
+++
=== content/events/walk.md
+++
title = "Walk"
start = 2026-10-24T10:00:00
duration = "2 days"
repeat = { every = "2 weeks", on = ["sat", "sun"], count = 6 }
status = "tentative"
uid = "walk@elsewhere"
+++
=== content/events/utc.md
+++
title = "Radio"
start = 2026-12-05T10:00:00
end = 2026-12-05T11:00:00
timezone = "UTC"
repeat = { every = "week", count = 40 }
+++
=== content/events/long-ago.md
+++
title = "The first bus"
start = 1923-05-01T09:00:00
+++
"#;

#[test]
fn a_sites_calendar_makes_the_same_events_in_another_site() {
    let first = site(EVENTS).build();
    first.clean();
    let brought = brought(first.text("calendar.ics"), empty().site());
    assert_eq!(brought.told, [""; 0]);
    assert_eq!(brought.files.len(), 6);
    let second = with(&brought.files).build();
    second.clean();
    let (ours, theirs) = (occurrences(first.site()), occurrences(second.site()));
    // An address that no output has cannot come back.
    let ours: Vec<String> = ours.into_iter().map(|found| found.replace("Some(\"A secret\")", "None")).collect();
    assert!(ours.len() > 60);
    assert_eq!(ours, theirs);
    // And once more: what came from our own calendar is the same when it comes again.
    let third = self::brought(second.text("calendar.ics"), empty().site());
    assert_eq!(third.drafts, brought.drafts);
}

#[test]
fn every_field_comes_back() {
    let first = site(EVENTS).build();
    let calendar = first.text("events/meeting/event.ics");
    let brought = brought(calendar, empty().site());
    let text = &brought.files[0].text;
    let second = with(&brought.files).build();
    let event = event(&second);
    for line in [
        "title = \"Monthly meeting, with tea; and \\\\cake\"",
        "date = 2026-06-01",
        "updated = 2026-07-01T10:00:00",
        "repeat = { every = \"month\", on = \"first thursday\", until = 2027-12-31 }",
        "except = [2027-08-05]",
        "also = [2027-06-21T18:00:00]",
        "cost = \"Free\"",
        "capacity = 40",
        "languages = [\"en\", \"cy\"]",
        "tags = [\"Bus, and rail\", \"Night\"]",
        "sequence = 3",
        "status = \"postponed\"",
        "until = 2026-12-01",
    ] {
        assert!(text.lines().any(|found| found == line), "no {line} in\n{text}");
    }
    let access = event.access.as_ref().unwrap();
    assert_eq!((access.step_free, access.toilets, access.captions), (Some(true), Some(false), None));
    assert_eq!(event.online.as_ref().unwrap().phone.as_deref(), Some("0113 496 0000"));
    assert_eq!(event.rsvp.as_ref().unwrap().0.email.as_ref().unwrap().0, "come@example.org");
    second.has("events/monthly-meeting-with-tea-and-cake/", &["<li>fares</li>", "<ol>", "https://example.org/4"]);
}

#[test]
fn groups_and_aims_come_back_where_the_site_has_them() {
    let places = "=== content/groups/leeds.md\n+++\ntitle = \"Leeds Riders\"\nplace = \"Leeds\"\n+++\n\
        === content/aims/night.md\n+++\ntitle = \"Night buses\"\n+++\n";
    let talk = "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-03\ngroups = [\"leeds\"]\naims = [\"night\"]\n+++\n";
    let first = site(&format!("{places}{talk}")).build();
    let calendar = first.text("calendar.ics");
    let there = brought(calendar, site(places).build().site());
    assert_eq!(
        (there.drafts[0].groups.as_slice(), there.drafts[0].aims.as_slice()),
        (&["leeds".to_owned()][..], &["night".to_owned()][..])
    );
    assert_eq!(there.told, [""; 0]);
    let elsewhere = brought(calendar, empty().site());
    assert!(elsewhere.drafts[0].groups.is_empty() && elsewhere.drafts[0].aims.is_empty());
    assert_eq!(elsewhere.told.len(), 2, "{:?}", elsewhere.told);
    with(&elsewhere.files).build().clean();
}

#[test]
fn a_sites_own_events_are_known_again() {
    let first = site(EVENTS).build();
    let brought = brought(first.text("calendar.ics"), first.site());
    assert!(brought.files.iter().all(|file| file.action == import::Action::Kept), "{:?}", brought.told);
    let paths: Vec<&str> = brought.files.iter().map(|file| file.file.as_str()).collect();
    assert!(paths.contains(&"content/events/meeting.md") && paths.contains(&"content/events/walk.md"), "{paths:?}");
}

const FOREIGN: &str = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Elsewhere//EN\n\
    BEGIN:VEVENT\nUID:1\nSUMMARY:Rides\\, and more\nDTSTART;TZID=Europe/Paris:20261203T190000\nDTEND;TZID=Europe/Paris:20261203T210000\n\
    RRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL=20270325T180000Z\nEXDATE;TZID=Europe/Paris:20261224T190000\nRDATE;TZID=Europe/Paris:20261222T190000\n\
    LOCATION:Town Hall\\, High Street\\, Eastmere\\, EA1 1AA\nGEO:52.1;0.3\nCATEGORIES:Night\nSTATUS:TENTATIVE\nCREATED:20260601T100000Z\n\
    DESCRIPTION:Bring:\\n- a *pencil*\\n- bags\\n\\nSee https://example.org/a_b.\nEND:VEVENT\n\
    BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;TZID=Europe/Paris:20261210T190000\nDTSTART;TZID=Europe/Paris:20261211T180000\n\
    DTEND;TZID=Europe/Paris:20261211T190000\nSUMMARY:Rides\\, and more\nLOCATION:Library\nSTATUS:TENTATIVE\nCATEGORIES:Night\nCOMMENT:The fair\n\
    DESCRIPTION:Bring:\\n- a *pencil*\\n- bags\\n\\nSee https://example.org/a_b.\nEND:VEVENT\n\
    BEGIN:VEVENT\nUID:2\nSUMMARY:Camp\nDTSTART;VALUE=DATE:20270801\nDTEND;VALUE=DATE:20270804\nSEQUENCE:2\nEND:VEVENT\n\
    BEGIN:VEVENT\nUID:3\nSUMMARY:Call\nDTSTART:20261205T100000Z\nDURATION:PT45M\nLOCATION:https://zoom.us/j/1\nEND:VEVENT\n\
    BEGIN:VEVENT\nUID:4\nSUMMARY:Off\nDTSTART:20261206T100000Z\nSTATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR\n";

#[test]
fn a_calendar_comes_back_from_the_site_as_it_went_in() {
    let first = brought(FOREIGN, empty().site());
    assert_eq!(first.told, [""; 0]);
    let built = with(&first.files).build();
    built.clean();
    for outcome in &first.files {
        let path = outcome.file.replacen("content/", "", 1).replace(".md", "/event.ics");
        let again = brought(built.text(&path), empty().site());
        assert_eq!(again.told, [""; 0]);
        let draft = first.drafts.iter().find(|draft| draft.uid == outcome.uid).unwrap();
        let mut again = again.drafts.into_iter().next().unwrap();
        // Where both are said, an end is as good as a length.
        if again.lasts != draft.lasts {
            again.lasts = draft.lasts.clone();
        }
        assert_eq!(&again, draft);
    }
    let second = with(&brought(built.text("calendar.ics"), empty().site()).files).build();
    assert_eq!(occurrences(second.site()), occurrences(built.site()));
}

#[test]
fn tags_are_written_as_the_site_writes_them() {
    let known =
        site("=== content/news/a.md\n+++\ntitle = \"A\"\ndate = 2026-01-01\ntags = [\"Night buses\"]\n+++\n").build();
    let calendar = FOREIGN.replace("CATEGORIES:Night", "CATEGORIES:NIGHT BUSES");
    let brought = brought(&calendar, known.site());
    assert_eq!(brought.drafts.iter().find(|draft| draft.uid == "1").unwrap().tags, ["Night buses"]);
}
