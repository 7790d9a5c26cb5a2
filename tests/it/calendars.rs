//! Calendar files: what stands in them, and what never does.

use crate::support::{Built, SiteText, site};

/// An event's front matter without its title, and a body.
fn one(front_matter: &str) -> SiteText {
    site(&format!("=== content/events/e.md\n+++\ntitle = \"E\"\n{front_matter}\n+++\n"))
}

/// A calendar with its folded lines made whole again, each ending with a line feed.
fn calendar(built: &Built, path: &str) -> String {
    let text = built.text(path);
    assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "{text:?}");
    text.replace("\r\n ", "").replace("\r\n", "\n")
}

/// The components of the events of a calendar.
fn events(calendar: &str) -> Vec<&str> {
    calendar.split("BEGIN:VEVENT\n").skip(1).map(|rest| rest.split("END:VEVENT\n").next().unwrap_or("")).collect()
}

fn line<'t>(component: &'t str, name: &str) -> Option<&'t str> {
    let is_named = |line: &&str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with([':', ';']));
    component.lines().find(is_named)
}

/// The calendar of one event has these lines and none of the others.
#[track_caller]
fn check(site: &SiteText, wanted: &[&str], unwanted: &[&str]) {
    let calendar = calendar(&site.build(), "events/e/event.ics");
    for line in wanted {
        assert!(calendar.lines().any(|found| found == *line), "no {line:?} in:\n{calendar}");
    }
    for piece in unwanted {
        assert!(!calendar.contains(piece), "{piece:?} in:\n{calendar}");
    }
}

const WEEKLY: &str = "start = 2026-12-01T19:00:00\nduration = \"2h\"\nrepeat = { every = \"week\", count = 5 }";

#[test]
fn a_calendar_says_what_it_is_of() {
    let built = site(
        "=== content/events/_index.md\n+++\ntitle = \"Dates\"\n+++\n
=== content/events/e.md\n+++\ntitle = \"Talk\"\nstart = 2026-12-01T19:00:00\ndate = 2026-11-01\ntags = [\"Night\"]\n+++\n",
    )
    .build();
    let list = calendar(&built, "tags/night/calendar.ics");
    let head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Handbill//Handbill//EN\nCALSCALE:GREGORIAN\nNAME:Night – Test \
                Campaign\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\nX-WR-CALNAME:Night – Test Campaign\nX-PUBLISHED-TTL:PT6H\n\
                X-WR-TIMEZONE:Europe/London\nURL:https://example.org/tags/night/events/\nSOURCE;VALUE=URI:https://\
                example.org/tags/night/calendar.ics\nLAST-MODIFIED:20261101T000000Z\nBEGIN:VTIMEZONE\n";
    assert!(list.starts_with(head), "{list}");
    let whole = calendar(&built, "calendar.ics");
    assert_eq!(line(&whole, "NAME"), Some("NAME:Test Campaign"));
    assert_eq!(line(&whole, "URL"), Some("URL:https://example.org/events/"));
    // Outlook makes a new calendar for a single event that names one.
    let single = calendar(&built, "events/e/event.ics");
    assert_eq!(line(&single, "NAME"), Some("NAME:Talk"));
    assert!(!single.contains("X-WR-") && !single.contains("METHOD") && !whole.contains("METHOD"), "{single}");
}

#[test]
fn times_are_in_their_zone() {
    check(
        &one("start = 2026-07-01T19:00:00\nend = 2026-07-01T20:30:00"),
        {
            &[
                "DTSTART;TZID=Europe/London:20260701T190000",
                "DTEND;TZID=Europe/London:20260701T203000",
                "TZID:Europe/London",
            ]
        },
        &["RRULE:FREQ=WEEKLY"],
    );
    check(
        &one("start = 2026-07-01T19:00:00\ntimezone = \"america/new_york\""),
        &["DTSTART;TZID=America/New_York:20260701T190000", "TZID:America/New_York"],
        &["DTEND", "\nDURATION", "Europe/London"],
    );
    check(
        &one("start = 2026-07-01T19:00:00\nduration = \"1h\"\ntimezone = \"Etc/UTC\""),
        &["DTSTART:20260701T190000Z", "DTEND:20260701T200000Z"],
        &["TZID", "VTIMEZONE"],
    );
    // The clock of the end comes twice that night, and the second time is meant.
    check(
        &one("start = 2026-10-25T00:30:00\nduration = \"2h\""),
        &["DTSTART;TZID=Europe/London:20261025T003000", "DTEND:20261025T013000Z"],
        &[],
    );
    // A single event at a time that the clocks jump over is where it is read to be.
    check(&one("start = 2027-03-28T01:30:00"), &["DTSTART;TZID=Europe/London:20270328T023000"], &[]);
}

#[test]
fn whole_days_are_dates_and_end_before_the_day_after() {
    check(
        &one("start = 2026-12-05\nend = 2026-12-07"),
        &["DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261208"],
        &["VTIMEZONE", "TZID"],
    );
    check(
        &one(
            "start = 2026-12-05\ntimezone = \"Asia/Tokyo\"\nexcept = [2027-01-05]\nalso = [2027-01-06]\nrepeat = { every = \"month\", until = 2027-06-30 }",
        ),
        &[
            "DTSTART;VALUE=DATE:20261205",
            "DTEND;VALUE=DATE:20261206",
            "RRULE:FREQ=MONTHLY;UNTIL=20270630",
            "EXDATE;VALUE=DATE:20270105",
            "RDATE;VALUE=DATE:20270106",
            "X-HANDBILL-TIMEZONE:Asia/Tokyo",
        ],
        &["VTIMEZONE"],
    );
}

#[test]
fn a_series_is_its_rule() {
    check(
        &one(
            "start = 2026-12-01T19:00:00\nduration = \"2h\"\nexcept = [2026-12-08, 2027-01-05T19:00:00]\nalso = [2026-12-09, 2026-12-15]\nrepeat = { every = \"week\", until = 2027-06-30 }",
        ),
        &[
            "DTSTART;TZID=Europe/London:20261201T190000",
            // In UTC, and the whole of the local day.
            "RRULE:FREQ=WEEKLY;UNTIL=20270630T225959Z",
            "EXDATE;TZID=Europe/London:20261208T190000,20270105T190000",
            // Not the one that the rule gives as well.
            "RDATE;TZID=Europe/London:20261209T190000",
        ],
        &["RECURRENCE-ID"],
    );
    // It begins at the first date of its rule, excepted or not.
    check(
        &one(
            "start = 2026-12-01T19:00:00\nexcept = [2026-12-03]\nrepeat = { every = \"week\", on = \"thursday\", count = 3 }",
        ),
        &["DTSTART;TZID=Europe/London:20261203T190000", "EXDATE;TZID=Europe/London:20261203T190000"],
        &[],
    );
    check(
        &one("start = 2026-12-01T19:00:00\nalso = [2026-12-09]"),
        &["DTSTART;TZID=Europe/London:20261201T190000", "RDATE;TZID=Europe/London:20261201T190000,20261209T190000"],
        &["RRULE:FREQ=W"],
    );
    check(
        &one("start = 2026-12-01T19:00:00Z\ntimezone = \"UTC\"\nalso = [2026-12-09]"),
        &["DTSTART:20261201T190000Z", "RDATE:20261201T190000Z,20261209T190000Z"],
        &[],
    );
    // Days are those of the clock, on which the length of the first says nothing.
    check(
        &one("start = 2026-10-02T19:00:00\nduration = \"2 days\"\nrepeat = { every = \"month\" }"),
        &["DURATION:P2D", "RRULE:FREQ=MONTHLY"],
        &["DTEND"],
    );
    check(
        &one("start = 2024-02-29T19:00:00\nrrule = \"FREQ=YEARLY\""),
        &["RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"],
        &[],
    );
}

#[test]
fn an_occurrence_that_differs_is_whole_in_itself() {
    let site = one(&format!(
        "{WEEKLY}\n[venue]\nname = \"Hall\"\nlat = 53.8\nlon = -1.5\n
[[change]]\ndate = 2026-12-08\nstatus = \"cancelled\"\nnote = \"Snow, again\"
[[change]]\ndate = 2026-12-15\nstart = 2026-12-16T18:30:00\ntitle = \"AGM\"\nvenue = {{ name = \"Chapel\" }}"
    ));
    let text = calendar(&site.build(), "events/e/event.ics");
    let events = events(&text);
    let [series, cancelled, moved] = events.as_slice() else { panic!("{text}") };
    for event in [cancelled, moved] {
        assert_eq!(line(event, "UID"), line(series, "UID"));
        assert!(line(event, "RRULE").is_none() && line(event, "URL") == line(series, "URL"), "{event}");
    }
    assert_eq!(line(series, "STATUS"), Some("STATUS:CONFIRMED"));
    assert_eq!(line(cancelled, "RECURRENCE-ID"), Some("RECURRENCE-ID;TZID=Europe/London:20261208T190000"));
    assert_eq!(line(cancelled, "STATUS"), Some("STATUS:CANCELLED"));
    assert_eq!(line(cancelled, "COMMENT"), Some("COMMENT:Snow\\, again"));
    assert_eq!(line(cancelled, "LOCATION"), Some("LOCATION:Hall"));
    assert_eq!(line(moved, "RECURRENCE-ID"), Some("RECURRENCE-ID;TZID=Europe/London:20261215T190000"));
    assert_eq!(line(moved, "DTSTART"), Some("DTSTART;TZID=Europe/London:20261216T183000"));
    assert_eq!(line(moved, "DTEND"), Some("DTEND;TZID=Europe/London:20261216T203000"));
    assert_eq!(line(moved, "SUMMARY"), Some("SUMMARY:AGM"));
    assert_eq!(line(moved, "X-HANDBILL-STATUS"), Some("X-HANDBILL-STATUS:rescheduled"));
    assert_eq!((line(moved, "LOCATION"), line(moved, "GEO")), (Some("LOCATION:Chapel"), None));
}

#[test]
fn an_occurrence_stands_in_the_calendar_however_far_away_it_is() {
    let far = "start = 2010-01-05T19:00:00\nrepeat = { every = \"week\" }\n[[change]]\ndate = 2010-01-12\nstatus = \"cancelled\"\n[[change]]\ndate = 2060-01-06\nstart = 2035-01-01T10:00:00";
    check(
        &one(far),
        &[
            "RECURRENCE-ID;TZID=Europe/London:20100112T190000",
            "RECURRENCE-ID;TZID=Europe/London:20600106T190000",
            "DTSTART;TZID=Europe/London:20350101T100000",
        ],
        &[],
    );
}

#[test]
fn what_is_excepted_is_not_brought_back_by_a_change() {
    let site = one(&format!("{WEEKLY}\nexcept = [2026-12-08]\n[[change]]\ndate = 2026-12-08\ntitle = \"X\""));
    check(&site, &["EXDATE;TZID=Europe/London:20261208T190000"], &["RECURRENCE-ID", "SUMMARY:X"]);
}

#[test]
fn a_change_of_a_single_event_is_the_event() {
    check(
        &one(
            "start = 2026-12-01T19:00:00\n[[change]]\ndate = 2026-12-01\nstart = 2026-12-02T19:00:00\nnote = \"Strike\"",
        ),
        &[
            "DTSTART;TZID=Europe/London:20261202T190000",
            "X-HANDBILL-PREVIOUS-START;TZID=Europe/London:20261201T190000",
            "X-HANDBILL-STATUS:rescheduled",
            "COMMENT:Strike",
        ],
        &["RECURRENCE-ID"],
    );
    check(
        &one("start = 2026-12-05\nstatus = \"rescheduled\"\nprevious_start = 2026-11-05"),
        &["DTSTART;VALUE=DATE:20261205", "X-HANDBILL-PREVIOUS-START;VALUE=DATE:20261105"],
        &[],
    );
}

#[test]
fn every_status_has_its_word() {
    let rows = [
        ("scheduled", "STATUS:CONFIRMED", None),
        ("tentative", "STATUS:TENTATIVE", None),
        ("cancelled", "STATUS:CANCELLED", None),
        ("postponed", "STATUS:CANCELLED", Some("X-HANDBILL-STATUS:postponed")),
        ("rescheduled", "STATUS:CONFIRMED", Some("X-HANDBILL-STATUS:rescheduled")),
        ("moved-online", "STATUS:CONFIRMED", Some("X-HANDBILL-STATUS:moved-online")),
    ];
    for (status, standard, own) in rows {
        let built = one(&format!("start = 2026-12-01T19:00:00\nstatus = \"{status}\"")).build();
        let text = calendar(&built, "events/e/event.ics");
        assert_eq!((line(&text, "STATUS"), line(&text, "X-HANDBILL-STATUS")), (Some(standard), own), "{status}");
    }
}

#[test]
fn revisions_are_told_by_the_content_and_never_by_the_clock() {
    let event = "start = 2026-12-01T19:00:00\nsequence = 3";
    let dated = format!("{event}\ndate = 2026-10-01\nupdated = 2026-11-02T10:00:00+01:00");
    check(
        &one(&dated),
        &["DTSTAMP:20261102T090000Z", "CREATED:20260930T230000Z", "LAST-MODIFIED:20261102T090000Z", "SEQUENCE:3"],
        &[],
    );
    check(&one(event), &["DTSTAMP:20000101T000000Z"], &["CREATED", "LAST-MODIFIED"]);
    let text = |now: &str| {
        let built = one(&format!("{WEEKLY}\n{event}").replacen(event, "date = 2026-10-01", 1)).now(now).build();
        (calendar(&built, "events/e/event.ics"), calendar(&built, "calendar.ics"))
    };
    assert_eq!(text("2026-11-23"), text("2035-02-03"));
}

#[test]
fn the_id_of_an_event_outlives_its_title_its_address_and_the_host() {
    let event = |head: &str| site(&format!("=== content/events/e.md\n+++\n{head}\nstart = 2026-12-01T19:00:00\n+++\n"));
    let config =
        "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://other.example/x/\"\nsite_id = \"example.org\"\n";
    let uid = |built: &Built| {
        let (_, text) = built.artifacts.iter().find(|(path, _)| path.ends_with("event.ics")).expect("a calendar");
        let text = String::from_utf8_lossy(text).into_owned();
        text.lines().find(|line| line.starts_with("UID:")).map(str::to_owned)
    };
    let first = uid(&event("title = \"E\"").build());
    assert!(first.as_ref().is_some_and(|uid| uid.len() == "UID:".len() + 36), "{first:?}");
    assert_eq!(uid(&event("title = \"Another\"\nsequence = 4").build()), first);
    assert_eq!(uid(&event("title = \"E\"\nslug = \"renamed\"").build()), first);
    assert_eq!(uid(&event("title = \"E\"\npath = \"/elsewhere/\"").build()), first);
    assert_eq!(uid(&event("title = \"E\"").base_url("https://preview.example/").build()), first);
    let moved = format!("{config}=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2027-01-01\n+++\n");
    assert_eq!(uid(&site(&moved).build()), first);
    assert_eq!(uid(&event("title = \"E\"\nuid = \"old,1\"").build()).as_deref(), Some("UID:old\\,1"));
}

#[test]
fn an_event_has_one_id_in_all_languages() {
    let built = site(
        "=== handbill.toml
title = \"Buses\"
base_url = \"https://example.org/\"
timezone = \"Europe/London\"
[languages.cy]
title = \"Bysiau\"
=== content/events/e.md\n+++\ntitle = \"Talk\"\nstart = 2026-12-01T19:00:00\n+++\nIn English.
=== content/events/e.cy.md\n+++\ntitle = \"Sgwrs\"\nstart = 2026-12-01T19:00:00\n+++\nYn Gymraeg.
=== content/events/only.md\n+++\ntitle = \"Only\"\nstart = 2026-12-02T19:00:00\n+++\n",
    )
    .build();
    let (english, welsh) = (calendar(&built, "calendar.ics"), calendar(&built, "cy/calendar.ics"));
    let uids = |text: &str| {
        let mut uids: Vec<String> =
            events(text).iter().filter_map(|event| line(event, "UID")).map(str::to_owned).collect();
        uids.sort();
        uids
    };
    assert_eq!((uids(&english), uids(&english).len()), (uids(&welsh), 2));
    assert!(welsh.contains("\nNAME:Bysiau\n") && welsh.contains("\nSUMMARY:Sgwrs\n"), "{welsh}");
    assert!(welsh.contains("\nDESCRIPTION:Yn Gymraeg.\n") && welsh.contains("\nSUMMARY:Only\n"), "{welsh}");
}

#[test]
fn nothing_of_a_private_venue_is_in_any_calendar() {
    let private = "[venue]\nname = \"Jos flat\"\naddress = \"9 Secret Street\"\npostcode = \"XX9 9XX\"\nlat = 51.123456\nlon = 0.654321\narea = \"Riverside\"\nprivate = true";
    let change = "[[change]]\ndate = 2026-12-08\nvenue = { name = \"Sams attic\", address = \"8 Hidden Lane\", lat = 52.5, lon = 1.25, private = true, area = \"Hillside\" }\n[[change]]\ndate = 2026-12-15\nstatus = \"moved-online\"";
    let site = one(&format!("{WEEKLY}\nonline = \"https://meet.example/x\"\ntags = [\"a\"]\n{private}\n{change}")
        .replace("online = \"https://meet.example/x\"", "online = { url = \"https://meet.example/x\" }"));
    let built = site.build();
    let secrets = ["Jos flat", "Secret", "XX9", "51.12", "654321", "Sams", "Hidden", "52.5", "1.25"];
    for path in ["events/e/event.ics", "calendar.ics", "tags/a/calendar.ics"] {
        let text = calendar(&built, path);
        assert!(secrets.iter().all(|secret| !text.contains(secret)) && !text.contains("GEO"), "{text}");
        let found = events(&text);
        assert_eq!(line(found[0], "LOCATION"), Some("LOCATION:Riverside"));
        assert_eq!(line(found[0], "X-HANDBILL-VENUE-PRIVATE"), Some("X-HANDBILL-VENUE-PRIVATE:TRUE"));
        assert_eq!(line(found[1], "LOCATION"), Some("LOCATION:Hillside"));
        assert_eq!(line(found[2], "LOCATION"), Some("LOCATION:https://meet.example/x"));
    }
    check(&one("start = 2026-12-01\nvenue = { name = \"X\", private = true }"), &[], &["LOCATION", "NAME:X"]);
}

#[test]
fn places_are_told_to_people_and_to_maps() {
    check(
        &one(
            "start = 2026-12-01\nvenue = { name = \"Hall\", address = \"1 High Street, Leeds\", postcode = \"LS1 1AA\", lat = 53.8, lon = -1.5491 }",
        ),
        &[
            "LOCATION:Hall\\, 1 High Street\\, Leeds\\, LS1 1AA",
            "GEO:53.800000;-1.549100",
            "X-HANDBILL-VENUE-NAME:Hall",
            "X-HANDBILL-VENUE-ADDRESS:1 High Street\\, Leeds",
        ],
        &["CONFERENCE"],
    );
    check(&one("start = 2026-12-01\nvenue = { name = \"Hall\" }"), &["LOCATION:Hall"], &["X-HANDBILL-VENUE"]);
    check(
        &one(
            "start = 2026-12-01\nonline = { url = \"https://meet.example/ü\", phone = \"+44 (0)113 496 0000, code 12#\" }",
        ),
        &[
            "LOCATION:https://meet.example/%C3%BC",
            "CONFERENCE;VALUE=URI;LABEL=meet.example:https://meet.example/%C3%BC",
            "CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL=\"+44 (0)113 496 0000, code 12#\":tel:+441134960000",
        ],
        &[],
    );
    check(&one("start = 2026-12-01\nonline = { phone = \"ask us\" }"), &["LOCATION:ask us"], &["CONFERENCE"]);
    // Nobody is to go to the hall of a meeting that was moved online.
    check(
        &one("start = 2026-12-01\nstatus = \"moved-online\"\nvenue = { name = \"Hall\", lat = 1.0, lon = 2.0 }\nonline = { url = \"/stream/\" }").file("static/stream/index.html", "x"),
        &["LOCATION:https://example.org/stream/", "X-HANDBILL-VENUE-NAME:Hall", "X-HANDBILL-VENUE-GEO:1.000000;2.000000"],
        &["LOCATION:Hall", "\nGEO"],
    );
}

#[test]
fn who_holds_it_is_a_contact_and_never_an_organiser_to_answer() {
    let site = site(
        "=== content/groups/leeds.md\n+++\ntitle = \"Leeds, the group\"\n[contact]\nemail = \"leeds@example.org\"\n+++\n
=== content/aims/sundays.md\n+++\ntitle = \"Sundays\"\n+++\n
=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-01\norganiser = \"Jo\"\ngroups = [\"leeds\"]\naims = [\"sundays\"]\nrsvp = { email = \"jo@example.org\", until = 2026-11-30 }\n+++\n",
    );
    check(
        &site,
        &[
            "CONTACT:Jo",
            "CONTACT;X-HANDBILL-GROUP=leeds:Leeds\\, the group",
            "X-HANDBILL-AIMS:sundays",
            "X-HANDBILL-RSVP-EMAIL:jo@example.org",
            "X-HANDBILL-RSVP-UNTIL;VALUE=DATE:20261130",
        ],
        &["ORGANIZER", "leeds@example.org"],
    );
}

#[test]
fn what_else_an_event_has_is_kept_for_whoever_takes_it_over() {
    check(
        &one("start = 2026-12-01T10:00:00\ntags = [\"Night buses\", \"fares, too\"]\ncost = \"£5; or free\"\ncapacity = 40\nlanguages = [\"en\", \"cy\"]\naccess = { step_free = true, toilets = false, notes = \"Ring\" }\nrsvp = { url = \"/join/\", until = 2026-11-30T18:00:00 }\nimage = { src = \"/a.png\", alt = \"\" }")
            .file("static/join/index.html", "x")
            .file("static/a.png", "x"),
        &[
            "CATEGORIES:fares\\, too,Night buses",
            "X-HANDBILL-COST:£5\\; or free",
            "X-HANDBILL-CAPACITY:40",
            "X-HANDBILL-LANGUAGES:en,cy",
            "X-HANDBILL-ACCESS:step_free=yes,toilets=no",
            "X-HANDBILL-ACCESS-NOTES:Ring",
            "X-HANDBILL-RSVP-URL:https://example.org/join/",
            "X-HANDBILL-RSVP-UNTIL;TZID=Europe/London:20261130T180000",
            "IMAGE;VALUE=URI;DISPLAY=BADGE:https://example.org/a.png",
            "URL:https://example.org/events/e/",
        ],
        &[],
    );
}

#[test]
fn the_description_is_the_whole_text_with_its_addresses() {
    let text = "See [the group](@/groups/leeds.md), or <https://a.example/x>.\n\n- tea\n- [mail](mailto:a@b.example)\n\n::: callout\nInside [too](/b/).\n:::\n\n::figure{src=\"/a.png\" alt=\"A\"}\n\n[End](/b/).\n";
    let site = site(&format!(
        "=== content/groups/leeds.md\n+++\ntitle = \"Leeds\"\n+++\n
=== content/b.md\n+++\ntitle = \"B\"\n+++\n
=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-01\nsummary = \"Not this.\"\n+++\n{text}"
    ))
    .file("static/a.png", "x")
    .base_url("https://example.org/base/");
    let built = site.build();
    let found = calendar(&built, "events/e/event.ics");
    let expected = "DESCRIPTION:See the group (https://example.org/base/groups/leeds/)\\, or https://a.example/x.\\n\\n- tea\\n- \
                    mail (a@b.example)\\n\\nInside too (https://example.org/base/b/).\\n\\nEnd (https://example.org/base/b/).";
    assert_eq!(line(&found, "DESCRIPTION"), Some(expected), "{}", built.all_reported());
    check(&one("start = 2026-12-01\nsummary = \"Come *along*.\""), &["DESCRIPTION:Come along."], &[]);
    check(&one("start = 2026-12-01"), &[], &["DESCRIPTION"]);
}

#[test]
fn nothing_an_author_writes_begins_a_property() {
    let evil = "x\\r\\nATTENDEE:mailto:v@w.example\\nX-EVIL:1\\u0085X-EVIL:2\\u2028X-EVIL:3\\\"";
    let built = site(&format!(
        "=== content/events/e.md
+++
title = \"{evil}\"
start = 2026-12-01T19:00:00
cost = \"{evil}\"
organiser = \"{evil}\"
uid = \"{evil}\"
tags = [\"{evil}\"]
languages = [\"{evil}\"]
venue = {{ name = \"{evil}\", address = \"{evil}\" }}
online = {{ phone = \"0113 496 0000 {evil}\" }}
access = {{ notes = \"{evil}\" }}
+++
"
    ))
    .build();
    for (path, bytes) in built.artifacts.iter().filter(|(path, _)| path.ends_with(".ics")) {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        for line in text.lines().chain(text.split(['\r', '\n', '\u{85}', '\u{2028}'])) {
            assert!(!line.starts_with("ATTENDEE") && !line.starts_with("X-EVIL"), "{path}:\n{text}");
        }
    }
}

#[test]
fn an_empty_calendar_is_a_calendar_all_the_same() {
    let built = site(
        "=== content/groups/leeds.md\n+++\ntitle = \"Leeds\"\n+++\n
=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-01\n+++\n",
    )
    .build();
    let text = calendar(&built, "groups/leeds/calendar.ics");
    assert!(text.contains("NAME:Leeds – Test Campaign\n") && text.contains("URL:https://example.org/groups/leeds/\n"));
    assert!(text.contains("BEGIN:VTIMEZONE\nTZID:Europe/London\n") && events(&text).is_empty(), "{text}");
}

#[test]
fn one_calendar_tells_of_every_zone_once() {
    let event = |name: &str, zone: &str| {
        format!(
            "=== content/events/{name}.md\n+++\ntitle = \"{name}\"\nstart = 2026-12-01T19:00:00\ntimezone = \"{zone}\"\n+++\n"
        )
    };
    let text = ["Europe/Paris", "Asia/Tokyo", "Europe/Paris", "UTC"]
        .iter()
        .enumerate()
        .map(|(at, zone)| event(&format!("e{at}"), zone))
        .collect::<String>();
    let text = calendar(&site(&text).build(), "calendar.ics");
    let zones: Vec<&str> = text.lines().filter(|line| line.starts_with("TZID:")).collect();
    assert_eq!(zones, ["TZID:Europe/Paris", "TZID:Asia/Tokyo"]);
    // Programs move what is in UTC into the zone that the calendar names.
    assert!(!text.contains("X-WR-TIMEZONE"), "{text}");
}
