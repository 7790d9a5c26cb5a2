//! What the default theme shows of events: states, access, days of months, single dates, next meetings.

use crate::support::{Built, attributes, check, site};

/// An event with these lines of front matter, at half past noon on 23 November 2026.
#[track_caller]
fn event(lines: &str) -> Built {
    check(&format!(
        "=== content/events/_index.md\n+++\ntitle = \"Events\"\n+++\n=== content/events/e.md\n+++\ntitle = \"The talk\"\n{lines}\n+++\n"
    ))
}

const START: &str = "start = 2026-12-03T19:00:00\nduration = \"2h\"";

#[track_caller]
fn state(lines: &str, row: &[&str], page: &[&str]) {
    let built = event(&format!("{START}\n{lines}\nvenue = {{ name = \"Town hall\" }}"));
    built.in_order("events/", row).in_order("events/2026/12/", row).in_order("events/e/", page);
}

#[test]
fn each_state_is_said_in_the_link_of_a_row_and_above_the_title() {
    let title = "event-title\">The talk";
    state("status = \"tentative\"", &["Not yet confirmed", title], &["banner-tentative", "Not yet confirmed", "<h1>"]);
    state("status = \"cancelled\"", &["is-off", "Cancelled", title], &["banner-cancelled", "Cancelled", "<h1>"]);
    state(
        "status = \"postponed\"",
        &["is-off", "Postponed", title],
        &["banner-postponed", "Postponed", "There is no new date yet.", "is-off", "<h1>"],
    );
    state(
        "status = \"moved-online\"\nonline = { url = \"https://meet.example/\" }",
        &["Moved online", title],
        &[
            "banner-moved-online",
            "Moved online",
            "https://meet.example/",
            "<h1>",
            "<del>Town hall</del> · Online",
            "<address><del>",
        ],
    );
    state(
        "status = \"rescheduled\"\nprevious_start = 2026-11-26T18:30:00",
        &["New date", title],
        &[
            "banner-rescheduled",
            "New date",
            "<del><time datetime=\"2026-11-26T18:30:00+00:00\">Thursday, 26 November 2026",
            "<h1>",
        ],
    );
    state(
        "status = \"rescheduled\"\nprevious_start = 2026-12-03T18:00:00",
        &["New time", title],
        &["New time", "18:00", "<h1>"],
    );
}

#[test]
fn a_row_shows_where_a_moved_event_stood() {
    let moved = format!("{START}\nstatus = \"rescheduled\"\nprevious_start = 2026-11-26T18:30:00");
    event(&moved)
        .in_order("events/", &["19:00–21:00", "<del class=\"former\">", "formerly ", "Thursday 26 November at 18:30"]);
}

#[test]
fn what_is_not_known_of_access_is_no_yes() {
    let row = |lines: &str| {
        let built = event(&format!("{START}\n{lines}"));
        let attributes = |name: &str| attributes(built.text("events/"), &[name]).join(",");
        (attributes("data-attendance"), attributes("data-access"), attributes("data-unknown"))
    };
    let is = |found: (String, String, String), attendance: &str, access: &str, unknown: &str| {
        assert_eq!(found, (attendance.to_owned(), access.to_owned(), unknown.to_owned()));
    };
    let all = "step_free hearing_loop captions sign_language quiet_space toilets";
    is(row("venue = { name = \"Hall\" }"), "offline", "", all);
    is(
        row("venue = { name = \"Hall\" }\naccess = { step_free = true, captions = false, toilets = true }"),
        "offline",
        "step_free toilets",
        "hearing_loop sign_language quiet_space",
    );
    // What is online alone has no door; of a stair nothing need be known.
    is(row("online = { url = \"https://meet.example/\" }"), "online", "", "captions sign_language");
    // A date in another room than the usual one.
    is(
        row(
            "venue = { name = \"Hall\" }\naccess = { step_free = true, captions = true }\nrepeat = { every = \"week\", count = 1 }\n[[change]]\ndate = 2026-12-03\nvenue = { name = \"Barn\" }",
        ),
        "offline",
        "captions",
        "step_free hearing_loop sign_language quiet_space toilets",
    );
}

#[test]
fn days_with_events_lead_to_their_place_in_the_list() {
    let built = check(
        "=== content/events/_index.md\n+++\ntitle = \"Events\"\n+++\n\
         === content/events/a.md\n+++\ntitle = \"First\"\nstart = 2026-12-03T10:00:00\n+++\n\
         === content/events/b.md\n+++\ntitle = \"Second\"\nstart = 2026-12-03T19:00:00\n+++\n\
         === content/events/c.md\n+++\ntitle = \"Camp\"\nstart = 2026-12-04\nend = 2026-12-06\nall_day = true\n+++\n\
         === content/events/d.md\n+++\ntitle = \"Night\"\nstart = 2026-12-11T22:00:00\nend = 2026-12-12T03:00:00\n+++\n",
    );
    for page in ["events/", "events/2026/12/"] {
        built.has(page, &["id=\"hb-day-2026-12-03\"", "id=\"hb-day-2026-12-04\""]);
        built.has(
            page,
            &["aria-label=\"Events on Friday 4 December\"", "<span class=\"visually-hidden\">Monday</span>"],
        );
        let links = built.main(page).matches("href=\"#hb-day-2026-12-04\"").count();
        assert_eq!(links, 3, "the camp's three days lead to it on {page}");
        built.lacks(page, &["data-day=\"2026-12-12\"><a"]);
    }
    built.in_order("events/", &["22:00–03:00"]).in_order("events/d/", &["Friday, 11 December 2026, ", "22:00–03:00"]);
    built.in_order("events/c/", &["4–6", "December 2026"]);
    // A month's own page names them on each of their days.
    assert_eq!(built.main("events/2026/12/").matches("event-title\">Camp</span>").count(), 4);
    built.has("events/2026/", &["href=\"/events/2026/12/#hb-day-2026-12-03\""]);
}

const SERIES: &str = "
=== content/groups/g.md
+++
title = \"Eastmere\"
+++
=== content/events/_index.md
+++
title = \"Events\"
+++
=== content/events/e.md
+++
title = \"Weekly stall\"
start = 2026-11-10T19:00:00
duration = \"1h\"
repeat = { every = \"week\", count = 6 }
groups = \"g\"
venue = { name = \"Market\" }
[access]
step_free = true
[[change]]
date = 2026-11-24
status = \"cancelled\"
[[change]]
date = 2026-12-08
start = 2026-12-09T18:00:00
venue = { name = \"Barn\" }
note = \"The market is closed.\"
";

#[test]
fn a_cancelled_date_is_said_and_is_not_the_next_one() {
    let built = check(&format!("{SERIES}+++\n"));
    let sooner = &["Cancelled", "Tuesday, 24 November 2026"];
    built.in_order(
        "groups/g/",
        &["Next meeting", sooner[0], sooner[1], "rows-first", "data-day=\"2026-12-01\"", "After that"],
    );
    built.in_order("events/e/", &["<h1>", "Next date", "Tuesday, 1 December 2026", sooner[0], sooner[1]]);
    built.in_order("events/e/", &["id=\"hb-2026-11-24\"", "id=\"hb-2026-12-01\"", "next-mark", "id=\"hb-2026-12-08\""]);
    built.in_order(
        "events/e/",
        &[
            "id=\"hb-2026-12-08\"",
            "Wednesday 9 December",
            "18:00–19:00",
            "New date",
            "Tuesday 8 December at 19:00",
            "Barn",
            "The market is closed.",
        ],
    );
    built.in_order("events/e/", &["Past dates", "id=\"hb-2026-11-17\"", "id=\"hb-2026-11-10\""]);
    built.has("groups/g/", &["href=\"/groups/g/events/\"", "/groups/g/calendar.ics"]);
    let off = SERIES.replace("count = 6", "count = 3");
    check(&format!("{off}+++\n").replace("[[change]]\ndate = 2026-12-08\nstart = 2026-12-09T18:00:00\nvenue = { name = \"Barn\" }\nnote = \"The market is closed.\"\n", ""))
        .in_order("groups/g/", &["Next meeting", "No meeting is planned yet.", "Cancelled"]);
}

#[test]
fn one_date_has_its_own_state_place_and_neighbours() {
    let built = site(&format!("{SERIES}+++\n")).config("[events]\noccurrences = \"pages\"").check();
    built.in_order(
        "events/e/2026-12-08/",
        &[
            "banner-rescheduled",
            "New date",
            "Tuesday, 8 December 2026",
            "Wednesday, 9 December 2026, ",
            "Barn",
            "The market is closed.",
            "href=\"/events/e/\"",
            "nothing is known about access there",
            "href=\"/events/e/2026-12-01/\"",
            "Tuesday, 1 December 2026",
            "href=\"/events/e/2026-12-15/\"",
        ],
    );
    built
        .has("events/e/2026-11-24/", &["banner-cancelled"])
        .lacks("events/e/2026-12-01/", &["banner-cancelled", "Barn"]);
}

#[test]
fn lists_say_whose_events_they_are_and_lead_back() {
    let built = check(
        &format!("{SERIES}tags = [\"Stalls\"]\n+++\n")
            .replace("groups = \"g\"", "groups = \"g\"\ntags = [\"Stalls\"]")
            .replace("tags = [\"Stalls\"]\n+++", "+++"),
    );
    built.in_order(
        "groups/g/events/",
        &["<h1>", "Events", "Eastmere", "</h1>", "href=\"/groups/g/\"", "Back to Eastmere"],
    );
    built.in_order("tags/stalls/events/", &["<h1>", "Stalls", "</h1>", "href=\"/tags/stalls/\"", "Back to Stalls"]);
    built.has("tags/stalls/", &["href=\"/tags/stalls/events/\""]);
    built.in_order(
        "events/2026/12/",
        &["href=\"/events/2026/\"", "<h1>", "December 2026", "rel=\"prev\" href=\"/events/2026/11/\""],
    );
}

#[test]
fn a_list_offers_what_some_of_its_events_have_and_others_lack() {
    let event = |name: &str, lines: &str| {
        format!("=== content/events/{name}.md\n+++\ntitle = \"{name}\"\nstart = 2026-12-03T10:00:00\n{lines}\n+++\n")
    };
    let plain: String = ["a", "b", "c", "d", "e"].iter().map(|name| event(name, "")).collect();
    let section = "=== content/events/_index.md\n+++\ntitle = \"Events\"\n+++\n";
    let some =
        event("f", "online = { url = \"https://meet.example/\" }\naccess = { captions = true, sign_language = false }");
    let built = check(&format!("{section}{plain}{some}"));
    built.has("events/", &["<form class=\"filter\" data-filter hidden", "name=\"online\"", "name=\"captions\""]);
    built.lacks("events/", &["name=\"sign_language\"", "name=\"step_free\"", "name=\"of\""]);
    check(&format!("{section}{plain}{}", event("f", ""))).lacks("events/", &["data-filter "]);
}

#[test]
fn what_goes_on_already_stands_in_the_present_month() {
    let built = event("start = 2026-10-20\nend = 2026-12-02\nall_day = true");
    built.in_order("events/", &["November 2026", "The talk"]).lacks("events/", &["hb-month-2026-10"]);
    let days = built.main("events/").matches("href=\"#hb-day-2026-10-20\"").count();
    assert_eq!(days, 30, "every day of November leads to it");
}

#[test]
fn a_month_has_versions_in_other_languages() {
    let built = site(&format!("{SERIES}+++\n=== content/events/_index.cy.md\n+++\ntitle = \"Digwyddiadau\"\n+++\n"))
        .config("[languages.cy]")
        .check();
    built.has("events/2026/12/", &["hreflang=\"cy\" href=\"https://example.org/cy/events/2026/12/\""]);
    built.has("cy/events/2026/12/", &["hreflang=\"en-GB\" href=\"https://example.org/events/2026/12/\"", "Dydd Llun"]);
}
