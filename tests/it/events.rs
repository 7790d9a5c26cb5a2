//! Events: when they take place, as readers see it.

use crate::support::{Built, check, site};

/// One event by the lines of its front matter, built at a time; its own template shows what there is to know.
fn event(front_matter: &str, now: &str) -> Built {
    site(&format!("=== content/events/e.md\n+++\ntitle = \"E\"\n{front_matter}\n+++\n{PROBE}")).now(now).check()
}

/// What a template sees of an event, and the list of all.
const PROBE: &str = "
=== templates/event.html
{% set ev = page.event %}
{{ ev.start }} to {{ ev.end or \"-\" }} {{ ev.timezone }} all_day={{ ev.all_day }} status={{ ev.status }} cancelled={{ ev.cancelled }} past={{ ev.past }} attendance={{ ev.attendance }}
{% for o in ev.upcoming %}up {{ o.start }} to {{ o.end or \"-\" }} {{ o.status }} {{ o.title }} {{ o.note or \"\" }};
{% endfor %}{% for o in ev.past_occurrences %}past {{ o.start }};
{% endfor %}{% if ev.next %}next {{ ev.next.start }};{% endif %}
";

#[track_caller]
fn shows(front_matter: &str, now: &str, wanted: &[&str]) {
    event(front_matter, now).has("events/e/", wanted);
}

#[track_caller]
fn reports(front_matter: &str) {
    check(&format!("=== content/events/e.md\n+++\ntitle = \"E\"\n{front_matter}\n+++\n"));
}

fn next_change(front_matter: &str, now: &str) -> Option<String> {
    event(front_matter, now).site().next_change.map(|at| at.to_string())
}

#[test]
fn times_are_local_to_the_site_or_the_events_own_zone() {
    shows(
        "start = 2026-07-01T19:00:00\nduration = \"2h\"",
        "2026-06-01",
        &["2026-07-01T19:00:00+01:00 to 2026-07-01T21:00:00+01:00 Europe/London"],
    );
    shows(
        "start = \"2026-12-01 19:00\"\nend = 2026-12-01T21:30:00",
        "2026-06-01",
        &["2026-12-01T19:00:00+00:00 to 2026-12-01T21:30:00+00:00"],
    );
    shows(
        "start = 2026-07-01T19:00:00\ntimezone = \"Europe/Paris\"",
        "2026-06-01",
        &["2026-07-01T19:00:00+02:00 to - Europe/Paris"],
    );
    shows("start = 2026-07-01T19:00:00Z\ntimezone = \"Europe/Paris\"", "2026-06-01", &["2026-07-01T21:00:00+02:00"]);
    reports(
        "start = 2026-07-01T19:00:00\ntimezone = \"Europe/Pariss\" #~ HB0103 ‹\"Europe/Pariss\"› … did you mean \"Europe/Paris\"",
    );
}

#[test]
fn whole_days_end_on_their_last_day() {
    shows("start = 2026-12-05", "2026-12-01", &["2026-12-05 to -", "all_day=true", "past=false"]);
    shows("start = 2026-12-05\nend = 2026-12-07", "2026-12-01", &["2026-12-05 to 2026-12-07"]);
    shows("start = 2026-12-05\nduration = \"3 days\"", "2026-12-01", &["2026-12-05 to 2026-12-07"]);
    shows("start = 2026-12-05\nend = 2026-12-07", "2026-12-07T23:59:59Z", &["past=false"]);
    shows("start = 2026-12-05\nend = 2026-12-07", "2026-12-08T00:00:00Z", &["past=true"]);
    reports("start = 2026-12-05T10:00:00 #~ HB0501 ‹2026-12-05T10:00:00›\nall_day = true");
}

#[test]
fn an_event_is_past_when_it_is_over() {
    let talk = "start = 2026-12-01T19:00:00\nduration = \"90 min\"";
    shows(talk, "2026-12-01T20:29:59Z", &["past=false", "up 2026-12-01T19:00"]);
    shows(talk, "2026-12-01T20:30:00Z", &["past=true", "past 2026-12-01T19:00"]);
    // Without a stated end it counts as going on for two hours.
    shows("start = 2026-12-01T19:00:00", "2026-12-01T20:59:59Z", &["past=false"]);
    shows("start = 2026-12-01T19:00:00", "2026-12-01T21:00:00Z", &["past=true"]);
    assert_eq!(next_change(talk, "2026-12-01T12:00:00Z").as_deref(), Some("2026-12-01T20:30:00Z"));
    assert_eq!(next_change(talk, "2026-12-01T20:30:00Z"), None);
}

#[test]
fn a_series_keeps_its_local_time_over_a_clock_change() {
    shows(
        "start = 2026-10-20T19:00:00\nduration = \"1h\"\nrepeat = { every = \"week\", count = 3 }",
        "2026-10-01",
        &[
            "up 2026-10-20T19:00:00+01:00",
            "up 2026-10-27T19:00:00+00:00",
            "up 2026-11-03T19:00:00+00:00",
            "next 2026-10-20",
        ],
    );
    shows(
        "start = 2026-12-03T19:00:00\nrrule = \"FREQ=MONTHLY;BYDAY=1TH;COUNT=2\"",
        "2026-12-01",
        &["up 2026-12-03T19:00", "up 2027-01-07T19:00"],
    );
    shows(
        "start = 2026-12-03T19:00:00\nrepeat = { every = \"month\", on = \"first thursday\", until = 2027-03-31, except = [2027-01-07] }",
        "2026-12-01",
        &["up 2026-12-03T19:00:00+00:00 to - scheduled E ;\nup 2027-02-04T19:00"],
    );
}

#[test]
fn a_series_moves_on_by_the_clock() {
    let weekly = "start = 2026-12-01T19:00:00\nduration = \"1h\"\nrepeat = { every = \"week\", count = 3 }";
    shows(weekly, "2026-12-01T19:59:59Z", &["next 2026-12-01", "past=false"]);
    shows(weekly, "2026-12-01T20:00:00Z", &["next 2026-12-08", "past 2026-12-01", "past=false"]);
    shows(weekly, "2026-12-20", &["past=true", "past 2026-12-15T19:00:00+00:00;\npast 2026-12-08"]);
    assert_eq!(next_change(weekly, "2026-12-01T20:00:00Z").as_deref(), Some("2026-12-08T20:00:00Z"));
}

#[test]
fn a_series_comes_into_sight_month_by_month() {
    // It has an end, but one beyond the horizon.
    for repeat in ["{ every = \"month\" }", "{ every = \"month\", until = 2032-01-01 }"] {
        let series = format!("start = 2026-12-15T19:00:00\nrepeat = {repeat}");
        let now = event(&series, "2026-12-20").site().event_times.values().next().unwrap().occurrences.len();
        let later = event(&series, "2027-01-02").site().event_times.values().next().unwrap().occurrences.len();
        assert_eq!(later, now + 1, "{repeat}");
        assert_eq!(next_change(&series, "2026-12-20").as_deref(), Some("2027-01-01T00:00:00Z"), "{repeat}");
    }
}

#[test]
fn single_dates_can_be_cancelled_moved_and_renamed() {
    let series = |changes: &str| {
        format!("start = 2026-12-01T19:00:00\nduration = \"1h\"\nrepeat = {{ every = \"week\", count = 3 }}\n{changes}")
    };
    shows(
        &series("[[change]]\ndate = 2026-12-01\nstatus = \"cancelled\"\nnote = \"Snow\""),
        "2026-11-01",
        &[
            "up 2026-12-01T19:00:00+00:00 to 2026-12-01T20:00:00+00:00 cancelled E Snow",
            "next 2026-12-08",
            "status=scheduled",
        ],
    );
    shows(
        &series("[[change]]\ndate = 2026-12-08T19:00:00\nstart = 2026-12-09T18:00:00\ntitle = \"AGM\""),
        "2026-11-01",
        &["up 2026-12-09T18:00:00+00:00 to 2026-12-09T19:00:00+00:00 rescheduled AGM"],
    );
    shows(
        &series("[[change]]\ndate = 2026-12-08\nend = 2026-12-08T22:00:00"),
        "2026-11-01",
        &["up 2026-12-08T19:00:00+00:00 to 2026-12-08T22:00:00+00:00 scheduled"],
    );
    reports(&series("[[change]]\ndate = 2026-12-02 #~ HB0503 ‹2026-12-02›\nstatus = \"cancelled\""));
    reports(&series("[[change]]\ndate = 2026-12-08\nend = 2026-12-08T18:00:00 #~ HB0501 ‹2026-12-08T18:00:00›"));
    reports(&series(
        "[[change]]\ndate = 2026-12-08\n[[change]]\ndate = 2026-12-08T19:00:00 #~ HB0501 ‹2026-12-08T19:00:00› … twice",
    ));
}

#[test]
fn single_whole_days_can_change_too() {
    let series = |changes: &str| {
        format!("start = 2026-10-17\nduration = \"2 days\"\nrepeat = {{ every = \"week\", count = 3 }}\n{changes}")
    };
    shows(&series(""), "2026-10-01", &["up 2026-10-24 to 2026-10-25"]);
    shows(&series("[[change]]\ndate = 2026-10-17\nend = 2026-10-19"), "2026-10-01", &["up 2026-10-17 to 2026-10-19"]);
    shows(&series("[[change]]\ndate = 2026-10-17\nend = 2026-10-17"), "2026-10-01", &["up 2026-10-17 to -"]);
    // Onto a day of 25 hours.
    shows(&series("[[change]]\ndate = 2026-10-17\nstart = 2026-10-23"), "2026-10-01", &["up 2026-10-23 to 2026-10-24"]);
    shows(&series("[[change]]\ndate = 2026-10-17\nstart = 2026-10-25"), "2026-10-01", &["up 2026-10-25 to 2026-10-26"]);
    reports(&series("[[change]]\ndate = 2026-10-17\nstart = 2026-10-18T10:00:00 #~ HB0501 ‹2026-10-18T10:00:00›"));
}

#[test]
fn a_status_is_told() {
    for (status, word) in [
        ("cancelled", "Cancelled"),
        ("postponed", "Postponed"),
        ("moved-online", "Moved online"),
        ("tentative", "Not yet confirmed"),
        ("rescheduled", "Rescheduled"),
    ] {
        let built = check(&format!(
            "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-01T19:00:00\nstatus = \"{status}\"\n+++\n"
        ));
        built.has("events/e/", &[word]).has("events/", &["/events/e/"]);
    }
    shows("start = 2026-12-01T19:00:00\nstatus = \"cancelled\"", "2026-11-01", &["status=cancelled cancelled=true"]);
    shows(
        "start = 2026-12-01T19:00:00\nvenue = { name = \"Hall\" }\nonline = { url = \"https://meet.example/\" }",
        "2026-11-01",
        &["attendance=mixed"],
    );
    shows(
        "start = 2026-12-01T19:00:00\nonline = { url = \"https://meet.example/\" }",
        "2026-11-01",
        &["attendance=online"],
    );
    shows(
        "start = 2026-12-01T19:00:00\nstatus = \"moved-online\"\nvenue = { name = \"Hall\" }",
        "2026-11-01",
        &["attendance=online"],
    );
}

#[test]
fn mistakes_stand_inside_the_value() {
    reports("start = 2026-12-01T19:00:00\nduration = \"2 fortnights\" #~ HB0501 ‹2 fortnights›");
    reports("start = 2026-12-01T19:00:00\nrepeat = { every = \"fortnigt\" } #~ HB0501 ‹fortnigt›");
    reports("start = 2026-12-01T19:00:00\nrepeat = { every = \"month\", on = \"first thrsday\" } #~ HB0501 ‹thrsday›");
    reports(
        "start = 2026-12-01T19:00:00\nrepeat = { every = \"week\", on = [\"tue\", \"someday\"] } #~ HB0501 ‹someday›",
    );
    reports("start = 2026-12-01T19:00:00\nrrule = \"FREQ=WEEKLY;BYDAY=XX\" #~ HB0501 ‹XX›");
    reports("start = 2026-12-01T19:00:00\nrepeat = { every = \"week\", count = 0 } #~ HB0501 ‹0›");
}

#[test]
fn times_that_do_not_fit_together_are_reported() {
    reports("start = 2026-12-01T19:00:00\nend = 2026-12-01T18:00:00 #~ HB0501 ‹2026-12-01T18:00:00›");
    reports("start = 2026-12-01T19:00:00\nend = 2026-12-01 #~ HB0501 ‹2026-12-01›");
    reports("start = 2026-12-01\nend = 2026-12-01T18:00:00 #~ HB0501 ‹2026-12-01T18:00:00›");
    reports("start = 2026-12-01T19:00:00\nend = 2026-12-01T20:00:00\nduration = \"1h\" #~ HB0501 ‹\"1h\"›");
    reports(
        "start = 2026-12-01T19:00:00\nrepeat = { every = \"week\" }\nrrule = \"FREQ=DAILY\" #~ HB0501 ‹\"FREQ=DAILY\"›",
    );
    reports("start = 2026-03-29T01:30:00 #~ HB0502 ‹2026-03-29T01:30:00› … does not exist");
    reports("start = 2026-10-25T01:30:00 #~ HB0502 … comes twice");
}

#[test]
fn lists_show_what_is_coming_soonest_first_and_what_is_past_latest_first() {
    let text: String = [("a", "2026-12-05"), ("b", "2026-12-01"), ("c", "2026-06-01"), ("d", "2026-08-01")]
        .iter()
        .map(|(name, date)| {
            format!("=== content/events/{name}.md\n+++\ntitle = \"Event {name}\"\nstart = {date}T19:00:00\n+++\n")
        })
        .collect();
    let built = check(&text);
    built.in_order("events/", &["Event b", "Event a", "Event d", "Event c"]);
    built.has("", &["Event b", "Event a"]).lacks("", &["Event c", "Event d"]);
}

#[test]
fn events_without_a_version_in_a_language_are_listed_there_all_the_same() {
    let built = site("=== content/events/e.md\n+++\ntitle = \"Only English\"\nstart = 2026-12-01T19:00:00\n+++\n=== content/events/f.md\n+++\ntitle = \"Both\"\nstart = 2026-12-02T19:00:00\n+++\n=== content/events/f.cy.md\n+++\ntitle = \"Y ddau\"\nstart = 2026-12-02T19:00:00\n+++\n")
        .config("[languages.cy]")
        .check();
    built.in_order("cy/events/", &["Only English", "Y ddau"]).lacks("cy/events/", &["Both"]);
}

#[test]
fn a_series_far_from_now_shows_its_nearest_dates() {
    shows(
        "start = 2031-01-07T19:00:00\nrepeat = { every = \"week\" }",
        "2026-12-01",
        &["next 2031-01-07T19:00:00+00:00", "past=false"],
    );
    shows(
        "start = 2015-01-01T19:00:00\nrepeat = { every = \"day\", until = 2017-12-31 }",
        "2026-12-01",
        &["past=true", "past 2017-12-31T19:00:00+00:00;\npast 2017-12-30"],
    );
}

#[test]
fn exceptions_are_dates_of_the_series() {
    reports(
        "start = 2026-12-01T19:00:00\nrepeat = { every = \"week\", except = [2026-12-08, 2026-12-09] } #~ HB0504 ‹2026-12-09›",
    );
    reports("start = 2026-12-01T19:00:00\nrrule = \"FREQ=WEEKLY\"\nexcept = [2026-12-09] #~ HB0504 ‹2026-12-09›");
}

/// Two languages, and an event in each.
fn two_versions(first: &str, second: &str) -> String {
    format!(
        "=== handbill.toml
title = \"T\"
base_url = \"https://example.org/\"
[languages.de]
=== content/events/e.md
+++
title = \"E\"
{first}
+++
=== content/events/e.de.md
+++
title = \"F\"{second}
+++
"
    )
}

#[test]
fn versions_of_an_event_say_the_same_of_time_status_and_privacy() {
    let start = "start = 2026-12-01T19:00:00";
    let same = format!(" \n{start}");
    check(&two_versions(start, &same));
    check(&two_versions(start, "\nstart = 2026-12-01T20:00:00 #~ HB0505 ‹2026-12-01T20:00:00› `start`"));
    let cancelled = format!("{start}\nstatus = \"cancelled\"");
    check(&two_versions(&cancelled, &format!(" #~ HB0505 ‹\"F\"› `status`\n{start}")));
    let private = format!("{start}\nvenue = {{ address = \"1 Secret Lane\", private = true }}");
    let open = format!(" #~ HB0505 ‹\"F\"› `venue.private`\n{start}\nvenue = {{ address = \"1 Secret Lane\" }}");
    check(&two_versions(&private, &open));
}

#[test]
fn a_start_that_its_own_repetition_does_not_give_is_noted() {
    check(
        "=== content/events/e.md
+++
title = \"E\"
start = 2026-12-02T19:00:00 #~ HB0506 ‹2026-12-02T19:00:00› … 2026-12-03
repeat = { every = \"month\", on = \"first thursday\" }
+++
",
    );
}

#[test]
fn an_event_that_never_takes_place_is_a_mistake() {
    check(
        "=== content/events/e.md
+++
title = \"E\"
start = 2026-12-10T19:00:00
repeat = { every = \"week\", until = 2026-01-01 } #~ HB0501 ‹2026-01-01› … never takes place
+++
",
    );
}
