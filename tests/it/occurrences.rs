//! What `handbill list --occurrences` lists: every time in a window, as the site understands it.

use crate::support::{SiteText, site};
use handbill::explain::{self, Listed};
use jiff::Timestamp;

fn event(name: &str, lines: &str) -> String {
    format!("=== content/events/{name}.md\n+++\ntitle = \"{}\"\n{lines}\n+++\n", name.to_uppercase())
}

/// What takes place between two instants.
fn between(site: &SiteText, language: Option<&str>, from: &str, to: &str, most: usize) -> (Vec<Listed>, bool) {
    let built = site.build();
    let site = built.site();
    let events = explain::events(site, language.and_then(|tag| site.language_id(tag)));
    let at = |text: &str| -> Timestamp { text.parse().expect("an instant") };
    explain::occurrences(site, &events, at(from), at(to), most)
}

/// The files and starts of what takes place between the beginnings of two days in UTC.
#[track_caller]
fn check(text: &str, from: &str, to: &str, expected: &[&str]) {
    let at = |day: &str| if day.len() == 10 { format!("{day}T00:00:00Z") } else { day.to_owned() };
    let (found, _) = between(&site(text), None, &at(from), &at(to), 1000);
    let shown: Vec<String> =
        found.iter().map(|one| format!("{} {}", one.event.trim_start_matches("events/"), one.start)).collect();
    assert_eq!(shown, expected);
}

#[test]
fn a_series_keeps_its_clock_when_the_clocks_change() {
    let weekly = event("w", "start = 2026-10-20T19:00:00\nduration = \"1h\"\nrepeat = { every = \"week\" }");
    check(
        &weekly,
        "2026-10-19",
        "2026-11-04",
        &["w 2026-10-20T19:00:00+01:00", "w 2026-10-27T19:00:00+00:00", "w 2026-11-03T19:00:00+00:00"],
    );
    let (found, _) = between(&site(&weekly), None, "2026-10-19T00:00:00Z", "2026-11-01T00:00:00Z", 10);
    let utc: Vec<&str> = found.iter().map(|one| one.start_utc.as_str()).collect();
    assert_eq!(utc, ["2026-10-20T18:00:00Z", "2026-10-27T19:00:00Z"]);
    // In the night in which an hour is left out, and in the one in which it comes twice.
    check(
        &event("n", "start = 2027-03-27T01:30:00\nduration = \"1h\"\nrepeat = { every = \"day\", count = 3 }"),
        "2027-03-27",
        "2027-03-30",
        &["n 2027-03-27T01:30:00+00:00", "n 2027-03-28T02:30:00+01:00", "n 2027-03-29T01:30:00+01:00"],
    );
    check(
        &event("n", "start = 2026-10-24T01:30:00\nduration = \"1h\"\nrepeat = { every = \"day\", count = 3 }"),
        "2026-10-23",
        "2026-10-27",
        &["n 2026-10-24T01:30:00+01:00", "n 2026-10-25T01:30:00+01:00", "n 2026-10-26T01:30:00+00:00"],
    );
}

#[test]
fn zones_are_compared_by_instants() {
    let text = event("a", "start = 2026-12-01T19:00:00\ntimezone = \"America/Halifax\"")
        + &event("b", "start = 2026-12-01T22:30:00")
        + &event("c", "start = 2026-12-02T08:00:00\ntimezone = \"Asia/Tokyo\"");
    check(
        &text,
        "2026-12-01",
        "2026-12-03",
        &["b 2026-12-01T22:30:00+00:00", "a 2026-12-01T19:00:00-04:00", "c 2026-12-02T08:00:00+09:00"],
    );
}

#[test]
fn what_overlaps_the_edge_of_a_window_belongs_to_it() {
    let long = event("l", "start = 2026-12-04T18:00:00\nend = 2026-12-06T12:00:00");
    check(&long, "2026-12-05", "2026-12-06", &["l 2026-12-04T18:00:00+00:00"]);
    check(&long, "2026-12-06T11:59:59Z", "2026-12-07", &["l 2026-12-04T18:00:00+00:00"]);
    check(&long, "2026-12-06T12:00:00Z", "2026-12-07", &[]);
    check(&long, "2026-12-01", "2026-12-04T18:00:00Z", &[]);
    let days = event("d", "start = 2026-12-04\nend = 2026-12-06");
    check(&days, "2026-12-06", "2026-12-08", &["d 2026-12-04"]);
    check(&days, "2026-12-07", "2026-12-08", &[]);
    // Without an end it counts at its beginning.
    check(
        &event("p", "start = 2026-12-04T18:00:00"),
        "2026-12-04T18:00:00Z",
        "2026-12-05",
        &["p 2026-12-04T18:00:00+00:00"],
    );
    check(&event("p", "start = 2026-12-04T18:00:00"), "2026-12-04T18:00:01Z", "2026-12-05", &[]);
}

#[test]
fn a_date_that_was_moved_counts_where_it_takes_place_now() {
    let moved = |to: &str| {
        event(
            "m",
            &format!(
                "start = 2026-12-01T19:00:00\nduration = \"1h\"\nrepeat = {{ every = \"week\" }}\n[[change]]\ndate = 2026-12-08\nstart = {to}\ntitle = \"Elsewhere\""
            ),
        )
    };
    // Out of the window, and into it from either side.
    check(&moved("2026-12-20T10:00:00"), "2026-12-07", "2026-12-16", &["m 2026-12-15T19:00:00+00:00"]);
    check(
        &moved("2026-12-20T10:00:00"),
        "2026-12-18",
        "2026-12-23",
        &["m 2026-12-20T10:00:00+00:00", "m 2026-12-22T19:00:00+00:00"],
    );
    check(&moved("2026-11-25T10:00:00"), "2026-11-24", "2026-12-01", &["m 2026-11-25T10:00:00+00:00"]);
    let (found, _) =
        between(&site(&moved("2031-01-01T10:00:00")), None, "2031-01-01T00:00:00Z", "2031-01-02T00:00:00Z", 10);
    let one = &found[0];
    assert_eq!((one.id.as_str(), one.recurrence_id.as_deref()), ("2026-12-08", Some("2026-12-08T19:00:00")));
    assert_eq!((one.status, one.changed, one.title.as_str()), ("rescheduled", true, "Elsewhere"));
    assert_eq!(one.end.as_deref(), Some("2031-01-01T11:00:00+00:00"));
    // A longer end reaches into a window, too.
    let longer = event(
        "l",
        "start = 2026-12-01T19:00:00\nduration = \"1h\"\nrepeat = { every = \"month\" }\n[[change]]\ndate = 2026-12-01\nend = 2026-12-03T12:00:00",
    );
    check(&longer, "2026-12-03", "2026-12-04", &["l 2026-12-01T19:00:00+00:00"]);
}

#[test]
fn what_is_cancelled_is_listed_and_what_is_excepted_is_not() {
    let text = event(
        "s",
        "start = 2026-12-01T19:00:00\nrepeat = { every = \"week\", count = 4, except = [2026-12-15] }\n[[change]]\ndate = 2026-12-08\nstatus = \"cancelled\"",
    ) + &event("c", "start = 2026-12-02T19:00:00\nstatus = \"cancelled\"");
    let (found, _) = between(&site(&text), None, "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z", 100);
    let shown: Vec<(&str, &str)> = found.iter().map(|one| (one.id.as_str(), one.status)).collect();
    assert_eq!(
        shown,
        [
            ("2026-12-01", "scheduled"),
            ("2026-12-02", "cancelled"),
            ("2026-12-08", "cancelled"),
            ("2026-12-22", "scheduled")
        ]
    );
}

#[test]
fn every_key_says_what_it_promises() {
    let text = event(
        "k",
        "start = 2026-12-05\nend = 2026-12-07\ntimezone = \"America/Halifax\"\ngroups = [\"leeds\"]\nuid = \"old-1\"\nrepeat = { every = \"year\" }\nonline = { url = \"https://meet.example.org/\" }\nvenue = { name = \"Hall\", address = \"1 High Street\", area = \"Centre\", private = true }",
    ) + "=== content/groups/leeds.md\n+++\ntitle = \"Leeds group\"\n+++\n";
    let (found, _) = between(&site(&text), None, "2026-12-01T00:00:00Z", "2026-12-31T00:00:00Z", 10);
    let json = serde_json::to_value(&found[0]).unwrap();
    let expected = serde_json::json!({
        "event": "events/k",
        "title": "K",
        "file": "content/events/k.md",
        "url": "/events/k/#hb-2026-12-05",
        "uid": "old-1",
        "id": "2026-12-05",
        "recurrence_id": "2026-12-05",
        "start": "2026-12-05",
        "end": "2026-12-07",
        "start_utc": "2026-12-05T04:00:00Z",
        "end_utc": "2026-12-08T04:00:00Z",
        "timezone": "America/Halifax",
        "all_day": true,
        "status": "scheduled",
        "recurring": true,
        "changed": false,
        "attendance": "mixed",
        "groups": [{ "id": "groups/leeds", "title": "Leeds group" }],
        "venue": {
            "name": null, "address": null, "postcode": null, "lat": null, "lon": null, "area": "Centre", "private": true
        },
        "language": "en-GB",
    });
    assert_eq!(json, expected);
    let (single, _) = between(
        &site(&event("s", "start = 2026-12-05T10:00:00")),
        None,
        "2026-12-01T00:00:00Z",
        "2026-12-31T00:00:00Z",
        10,
    );
    assert_eq!(
        (single[0].end.as_deref(), single[0].recurrence_id.as_deref(), single[0].recurring),
        (None, None, false)
    );
    assert_eq!(single[0].url, "/events/s/");
}

#[test]
fn an_event_in_several_languages_counts_once() {
    let text = event("a", "start = 2026-12-01T10:00:00")
        + &event("a.cy", "start = 2026-12-01T10:00:00")
        + &event("b.cy", "start = 2026-12-02T10:00:00")
        + &event("c", "start = 2026-12-03T10:00:00");
    let site = site(&text).config("[languages.cy]");
    let titles = |language: Option<&str>| -> Vec<String> {
        let (found, _) = between(&site, language, "2026-12-01T00:00:00Z", "2026-12-31T00:00:00Z", 10);
        found.into_iter().map(|one| one.title).collect()
    };
    assert_eq!(titles(None), ["A", "B.CY", "C"]);
    assert_eq!(titles(Some("cy")), ["A.CY", "B.CY", "C"]);
    assert_eq!(titles(Some("en-GB")), ["A", "C"]);
}

#[test]
fn of_a_great_many_the_first_are_listed() {
    let text: String = ["a", "b", "c"]
        .iter()
        .map(|name| event(name, "start = 2020-01-01T09:00:00\nrepeat = { every = \"day\" }"))
        .collect();
    let (found, cut) = between(&site(&text), None, "2026-12-01T00:00:00Z", "9999-12-30T00:00:00Z", 7);
    let shown: Vec<String> = found.iter().map(|one| format!("{} {}", one.title, one.id)).collect();
    assert_eq!(
        shown,
        [
            "A 2026-12-01",
            "B 2026-12-01",
            "C 2026-12-01",
            "A 2026-12-02",
            "B 2026-12-02",
            "C 2026-12-02",
            "A 2026-12-03"
        ]
    );
    assert!(cut);
    let (all, cut) = between(&site(&text), None, "2026-12-01T00:00:00Z", "2026-12-03T00:00:00Z", 6);
    assert_eq!((all.len(), cut), (6, false));
}

#[test]
fn a_window_far_from_now_needs_no_walk_through_all_that_lies_between() {
    // Second by second from the year 2000: only a direct way gets there.
    let text = event("s", "start = 2000-01-01T00:00:00\nrrule = \"FREQ=SECONDLY\"");
    let (found, cut) = between(&site(&text), None, "2300-01-01T00:00:00Z", "2300-01-01T00:00:03Z", 10);
    assert_eq!((found.len(), cut), (3, false));
    assert_eq!(found[0].url, "/events/s/");
}
