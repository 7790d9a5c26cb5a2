//! Any event of Handbill's, through its own calendar and back.

use crate::import::{brought, occurrences};
use crate::support::{Built, site};
use handbill::content::Details;
use handbill::site::Site;
use proptest::prelude::*;
use proptest::sample::select;

/// Groups, aims and a picture, which both sites have.
const PLACES: &str = "=== content/groups/leeds.md\n+++\ntitle = \"Leeds; Riders, all\"\nplace = \"Leeds\"\n+++\n\
    === content/groups/york.md\n+++\ntitle = \"York\"\nplace = \"York\"\n+++\n\
    === content/aims/night.md\n+++\ntitle = \"Night buses\"\n+++\n\
    === content/aims/fares.md\n+++\ntitle = \"Fares\"\n+++\n\
    === static/images/fair & square.png\nx\n";

/// When it takes place.
const WHEN: &[&str] = &[
    "start = 2026-12-03T19:00:00",
    "start = 2026-12-03T19:00:00\nend = 2026-12-03T21:30:00",
    "start = 2026-12-03T23:00:00\nduration = \"26h\"",
    "start = 2026-12-03T19:00:00\nduration = \"2 days\"\ntimezone = \"America/New_York\"",
    "start = 2026-12-03",
    "start = 2026-12-03\nend = 2026-12-05\ntimezone = \"Asia/Tokyo\"",
    "start = 2026-12-03T09:30:00\nduration = \"45 min\"\ntimezone = \"UTC\"",
];

/// How it repeats, with what is dropped, added and changed: all begin on 3 December 2026.
const REPEATS: &[&str] = &[
    "",
    "",
    "repeat = { every = \"week\" }",
    "repeat = { every = \"2 weeks\", on = [\"tue\", \"thu\"], count = 9 }",
    "repeat = { every = \"month\", on = \"first thursday\", until = 2027-06-30 }\nexcept = [2027-01-07]",
    "rrule = \"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=3;COUNT=3\"",
    "also = [2026-12-24, 2027-01-14]",
    "repeat = { every = \"week\", count = 8 }\nexcept = [2026-12-24]\nalso = [2026-12-26]",
];

/// Single dates that differ; they need the series of a week.
const CHANGES: &[&str] = &[
    "",
    "[[change]]\ndate = 2026-12-10\nstatus = \"cancelled\"\nnote = \"No key; no meeting, sorry.\"",
    "[[change]]\ndate = 2026-12-10\nstart = 2026-12-11\ntitle = \"A day \\\"late\\\"\"",
    "[[change]]\ndate = 2026-12-17\nvenue = { name = \"Hut\", address = \"1 Mill Lane\" }\nstatus = \"tentative\"",
    "[[change]]\ndate = 2026-12-17\nstatus = \"postponed\"",
    "[[change]]\ndate = 2026-12-17\nvenue = { area = \"North side\", private = true }",
];

/// Lines that each event has or has not.
const LINES: &[&[&str]] = &[
    &[
        "status = \"tentative\"",
        "status = \"cancelled\"",
        "status = \"postponed\"",
        "status = \"rescheduled\"\nprevious_start = 2026-12-01",
        "status = \"moved-online\"",
    ],
    &["date = 2026-06-01", "date = 2026-06-01T10:00:00\nupdated = 2026-07-01"],
    &[
        "venue = { name = \"Hall, upstairs\" }",
        "venue = { name = \"Hall\", address = \"3 Mill Lane; Eastmere\", postcode = \"EA1 1AA\", lat = 52.1, lon = -0.3 }",
        "venue = { address = \"3 Mill Lane\" }",
        "venue = { area = \"North side\", private = true }",
        "venue = { private = true }",
    ],
    &[
        "online = { url = \"https://meet.example.org/a?b=c,d;e\" }",
        "online = { phone = \"0113 496 0000\" }",
        "online = { url = \"https://meet.example.org/a\", phone = \"+44 113 496 0000\" }",
    ],
    &[
        "access = { step_free = true }",
        "access = { toilets = false, captions = true, notes = \"Ring, please; twice\" }",
    ],
    &["groups = [\"leeds\"]", "groups = [\"leeds\", \"york\"]"],
    &["aims = [\"night\", \"fares\"]", "aims = [\"fares\"]"],
    &["organiser = \"Ada Finch, for all\"", "organiser = \"Riders\""],
    &[
        "rsvp = \"https://example.org/come?x=1\"",
        "rsvp = { email = \"come@example.org\", until = 2026-12-01 }",
        "rsvp = { url = \"https://example.org/\", until = 2026-12-01T18:00:00 }",
    ],
    &["cost = \"£5; or free\"", "cost = \"Free\""],
    &["capacity = 40"],
    &["languages = [\"en\", \"cy\"]"],
    &["tags = [\"Night\", \"Bus, and rail\"]"],
    &[
        "image = { src = \"/images/fair & square.png\", alt = \"A \\\"fair\\\": stalls; tea\" }",
        "image = { src = \"/images/fair & square.png\", alt = \"\", credit = \"Jo, 2026\" }",
    ],
    &["uid = \"a:b@elsewhere\"", "sequence = 7"],
];

/// One of a list, or none.
fn maybe(from: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop_oneof![Just(""), select(from)]
}

fn event() -> impl Strategy<Value = String> {
    let lines: Vec<_> = LINES.iter().map(|lines| maybe(lines)).collect();
    (select(WHEN), select(REPEATS), select(CHANGES), lines).prop_map(|(when, repeats, change, lines)| {
        let change = if repeats.contains("\"week\"") { change } else { "" };
        [&[when, repeats][..], &lines, &[change]].concat().join("\n")
    })
}

/// What a site says of each event, beside its times.
fn facts(site: &Site) -> Vec<String> {
    let mut all = Vec::new();
    for id in site.ids() {
        let document = &site.page(id).document;
        let Details::Event(event) = &document.details else { continue };
        let times = &site.event_times[&id];
        let names = |list: &[handbill::decode::At<String>]| {
            let mut names: Vec<String> = list.iter().map(|name| name.value.clone()).collect();
            names.sort();
            names
        };
        let (common, image) = (&document.common, document.common.image.as_ref());
        let moment = |moment: handbill::decode::Moment| moment.timestamp(times.schedule.zone());
        let rsvp = event.rsvp.as_ref().map(|rsvp| (&rsvp.0.url, &rsvp.0.email, rsvp.0.until));
        let image = image.map(|image| (&image.src.value, &image.alt, image.credit.as_deref().unwrap_or_default()));
        all.push(format!(
            "{} {} {:?} {:?} {} {:?} {} {:?} {:?} {:?} {:?} {:?} {rsvp:?} {:?} {:?} {:?} {:?} {} {:?} {image:?}",
            site.event_uid(id),
            common.title.value,
            common.date.map(|date| date.value),
            common.updated.map(|date| date.value),
            times.timezone,
            times.schedule.rrule(),
            event.status.word(),
            event.previous_start.filter(|_| !times.recurring).map(moment),
            event.access.as_ref().map(|access| (
                access.step_free,
                access.toilets,
                access.captions,
                access.notes.clone()
            )),
            event.online.as_ref().map(|online| (online.url.clone(), online.phone.clone())),
            names(&event.groups.0),
            names(&event.aims.0),
            event.capacity,
            event.cost,
            event.organiser,
            event.languages,
            event.sequence,
            document.terms.iter().map(|terms| names(terms)).collect::<Vec<_>>(),
        ));
    }
    all.sort();
    all
}

fn build(text: &str) -> Built {
    let built = site(text).build();
    let errors: Vec<String> =
        built.reported().iter().filter(|problem| problem.code != "HB0509").map(ToString::to_string).collect();
    assert_eq!(errors, [""; 0], "{text}");
    built
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn every_event_comes_back(events in prop::collection::vec(event(), 12)) {
        let pages = events.iter().enumerate().map(|(number, lines)| {
            // What stands in a table comes last.
            let lines = lines.replace("a:b@", &format!("{number}:b@"));
            let (lines, change) = lines.find("[[change]]").map_or((lines.as_str(), ""), |at| lines.split_at(at));
            format!("=== content/events/e{number}.md\n+++\ntitle = \"Event {number}, \\\"so\\\"; \\\\n\"\n{lines}\n{change}\n+++\nCome *along*.\n")
        });
        let first = build(&format!("{PLACES}{}", pages.collect::<String>()));
        let there = brought(first.text("calendar.ics"), build(PLACES).site());
        prop_assert_eq!(&there.told, &[""; 0]);
        let files: String = there.files.iter().map(|file| format!("=== {}\n{}", file.file, file.text)).collect();
        let second = build(&format!("{PLACES}{files}"));
        for told in [facts, occurrences] {
            let (ours, theirs) = (told(first.site()), told(second.site()));
            prop_assert_eq!(ours.len(), theirs.len());
            for (one, other) in ours.iter().zip(&theirs) {
                prop_assert_eq!(one, other);
            }
        }
    }
}

#[test]
fn a_picture_that_is_no_more_is_told() {
    let event = "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-03\nimage = { src = \"/images/fair & square.png\", alt = \"A fair\" }\n+++\n";
    let first = build(&format!("{PLACES}{event}"));
    let elsewhere = brought(first.text("calendar.ics"), site("").build().site());
    assert!(elsewhere.told.iter().any(|told| told.contains("this site no longer has it")), "{:?}", elsewhere.told);
}
