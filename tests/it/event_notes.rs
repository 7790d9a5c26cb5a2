//! What is right by itself in an event, and perhaps not what its editor meant.

use crate::support::{check, site};

/// An event whose front matter ends with these lines.
#[track_caller]
fn event(lines: &str) {
    check(&format!("=== content/events/a.md\n+++\ntitle = \"A\"\n{lines}\n+++\n"));
}

#[test]
fn months_without_the_day_of_a_series_are_named() {
    event(
        "start = 2027-01-31T19:00:00 #~ HB0508 ‹2027-01-31T19:00:00› … no 31st of February, April, June, September and November … on = \"last day\" … rrule = \"FREQ=MONTHLY;BYMONTHDAY=31\"\n\
         repeat = { every = \"month\" }",
    );
    event(
        "start = 2027-01-30T19:00:00 #~ HB0508 … no 30th of February: the event does not\nrepeat = { every = \"month\" }",
    );
    event(
        "start = 2027-01-15T19:00:00 #~ HB0506\nrepeat = { every = \"month\", on = \"29\" } #~ HB0508 ‹\"29\"› … no 29th of February, but for leap years",
    );
    event(
        "start = 2027-01-31 #~ HB0508 ‹2027-01-31› … no 31st of September and November\nrepeat = { every = \"2 months\" }",
    );
    event(
        "start = 2028-02-29 #~ HB0508 … no 29th of February, but for leap years … on = \"last day of february\" … rrule = \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29\"\n\
         repeat = { every = \"year\" }",
    );
}

#[test]
fn series_that_leave_no_month_out_are_not_noted() {
    event("start = 2027-01-28T19:00:00\nrepeat = { every = \"month\" }");
    event("start = 2027-01-31T19:00:00\nrepeat = { every = \"month\", on = \"last day\" }");
    event("start = 2027-01-31T19:00:00\nrepeat = { every = \"year\" }");
    event("start = 2027-01-31T19:00:00\nrepeat = { every = \"week\" }");
    event("start = 2028-02-29\nrepeat = { every = \"4 years\", until = 2040-12-31 }");
    event("start = 2027-07-31T19:00:00\nrepeat = { every = \"month\", count = 2 }");
    event("start = 2027-01-30T19:00:00\nrepeat = { every = \"month\", on = \"last saturday\" }");
    event("start = 2027-01-31T19:00:00\nrepeat = { every = \"month\", on = [\"15\", \"31\"] }");
    // Who writes a rule knows it.
    event("start = 2027-01-31T19:00:00\nrrule = \"FREQ=MONTHLY;BYMONTHDAY=31\"");
}

#[test]
fn dates_that_a_change_puts_on_one_another_are_noted() {
    let weekly = "start = 2026-12-03T19:00:00\nrepeat = { every = \"week\" }\n[[change]]\ndate = 2026-12-03\n";
    event(&format!(
        "{weekly}start = 2026-12-10T19:00:00 #~ HB0509 ‹2026-12-10T19:00:00› the date of 2026-12-10 begins at this time, too"
    ));
    event(&format!("{weekly}start = 2026-12-10T18:00:00"));
    // The other one was moved or cancelled itself.
    let other = |lines: &str| format!("{weekly}start = 2026-12-10T19:00:00\n[[change]]\ndate = 2026-12-10\n{lines}");
    event(&other("start = 2026-12-11T19:00:00"));
    event(&other("status = \"cancelled\""));
    event(&other("note = \"x\"").replacen("10T19:00:00\n", "10T19:00:00 #~ HB0509\n", 1));
    event(&format!(
        "{weekly}start = 2026-12-05T19:00:00\n[[change]]\ndate = 2026-12-10\nstart = 2026-12-05T19:00:00 #~ HB0509 … the date of 2026-12-03 begins"
    ));
}

#[test]
fn half_a_position_is_none() {
    let venue = |lines: &str| event(&format!("start = 2026-12-01\n[venue]\nname = \"Hall\"\n{lines}"));
    venue("lat = 53.8 #~ HB0103 ‹53.8› `lat` says nothing without `lon` … lat = 53.8, lon = -1.55");
    venue("lon = -1.55 #~ HB0103 ‹-1.55› `lon` says nothing without `lat`");
    venue("lat = 53.8\nlon = -1.55");
    venue("lat = nan #~ HB0103 ‹nan› `NaN` is no number … such as 53.8\nlon = 0.0");
    venue("lat = 53.8\nlon = -inf #~ HB0103 ‹-inf› `-inf` is no number");
    venue("lat = 90.5 #~ HB0103 ‹90.5› 90.5 is not between -90 and 90 degrees\nlon = 0.0");
    venue("lat = 53.8\nlon = 181 #~ HB0103 ‹181› 181 is not between -180 and 180 degrees");
}

#[test]
fn an_event_of_no_whole_days_needs_a_time() {
    event(
        "start = 2026-12-01 #~ HB0501 ‹2026-12-01› … needs the time at which it begins … start = 2026-12-01T19:00:00, or leave all_day out\nall_day = false",
    );
    event("start = 2026-12-01T19:00:00 #~ HB0501 … without a time of day\nall_day = true");
    event("start = 2026-12-01\nall_day = true");
    event("start = 2026-12-01T19:00:00\nall_day = false");
}

#[test]
fn versions_that_differ_are_told_which_lacks_what() {
    let versions = |one: &str, two: &str| {
        let config = "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\nlanguage = \"en-GB\"\ntimezone = \"Europe/London\"\n[languages.cy]\n";
        let event = |file: &str, lines: &str| format!("=== content/events/{file}\n+++\ntitle = \"A\"{lines}\n+++\n");
        check(&format!("{config}{}{}", event("a.md", one), event("a.cy.md", two)));
    };
    let start = "\nstart = 2026-12-01T19:00:00";
    let end = "\nend = 2026-12-01T21:00:00";
    versions(
        &format!("{start}{end}"),
        &format!(
            " #~ HB0505 ‹\"A\"› `end` is missing here: the other language has it … copy the line from content/events/a.md{start}"
        ),
    );
    versions(
        start,
        &format!(
            "{start}{end} #~ HB0505 ‹2026-12-01T21:00:00› `end` is missing in the other language … copy the line into content/events/a.md, or remove it here"
        ),
    );
    versions(
        &format!("{start}\nstatus = \"cancelled\""),
        &format!(
            " #~ HB0505 `status` is scheduled here, and cancelled in the other language … write the same `status` here{start}"
        ),
    );
}

#[test]
fn a_page_says_when_it_is_too_late_to_reply() {
    let text = "=== content/events/a.md\n+++\ntitle = \"A\"\nstart = 2026-12-01T19:00:00\nrsvp = { email = \"a@example.org\", until = 2026-11-30 }\n+++\n";
    let open = site(text).now("2026-11-23T12:00:00Z").build();
    open.clean().has(
        "events/a/index.html",
        &["<p data-when-over=\"2026-12-01T00:00:00+00:00\" hidden>", "<div data-before=\"2026-12-01T00:00:00+00:00\">"],
    );
    // A deadline with a time says it.
    let timed = site(&text.replace("2026-11-30", "2026-11-30T17:00:00")).now("2026-11-23T12:00:00Z").build();
    timed.has("events/a/index.html", &["30 November 2026 at 17:00<", "data-before=\"2026-11-30T17:00:00+00:00\""]);
    open.has("events/a/index.html", &["30 November 2026<"]);
    let closed = site(text).now("2026-12-01T12:00:00Z").build();
    closed.clean().lacks("events/a/index.html", &["mailto:", "data-when-over=\"2026-12-01T00:00:00+00:00\""]);
}

#[test]
fn american_pages_put_the_month_before_the_day() {
    let built = |language: &str| {
        let text = format!(
            "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\nlanguage = \"{language}\"\ntimezone = \"America/New_York\"\n\
             === content/events/_index.md\n+++\ntitle = \"Events\"\n+++\n\
             === content/events/a.md\n+++\ntitle = \"A\"\nstart = 2027-03-04T19:00:00\nduration = \"2h\"\n+++\n"
        );
        let built = site(&text).now("2026-11-23T12:00:00Z").build();
        built.clean();
        built
    };
    let block = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let list = |language: &str| block(built(language).text("events/index.html"));
    let american = list("en-US");
    assert!(
        american.contains(
            "\"day-week\">Thu</span> <span class=\"day-month\">Mar</span> <span class=\"day-number\">4</span>"
        ),
        "{american}"
    );
    assert!(american.contains(">7:00–9:00 PM<"), "{american}");
    let british = list("en-GB");
    assert!(
        british.contains(
            "\"day-week\">Thu</span> <span class=\"day-number\">4</span> <span class=\"day-month\">Mar</span>"
        )
    );
    assert!(british.contains(">19:00–21:00<"));
}

#[test]
fn the_address_of_a_private_venue_is_in_no_file() {
    let secret = "name = \"ZQ-House\", address = \"ZQ-Street 12\", postcode = \"ZQ1 9ZZ\", lat = 53.123456, lon = -1.654321, private = true";
    let event = |name: &str, lines: &str| {
        ["", ".cy"].map(|language| {
            format!("=== content/events/{name}{language}.md\n+++\ntitle = \"{name}\"\ndate = 2026-11-01\n{lines}\n+++\nText\n")
        })
    };
    let weekly = "start = 2026-12-03T19:00:00\nrepeat = { every = \"week\", count = 6 }";
    let events = [
        event(
            "single",
            &format!("start = 2026-12-05T19:00:00\ngroups = [\"leeds\"]\nvenue = {{ {secret}, area = \"Northside\" }}"),
        ),
        event("no-area", &format!("start = 2026-12-06T19:00:00\nvenue = {{ {secret} }}")),
        event(
            "moved",
            &format!(
                "start = 2026-12-07T19:00:00\nstatus = \"moved-online\"\nvenue = {{ {secret} }}\nonline = {{ phone = \"0113 496 0000\" }}"
            ),
        ),
        event(
            "open",
            &format!(
                "{weekly}\nvenue = {{ name = \"Hall\" }}\n[[change]]\ndate = 2026-12-10\nvenue = {{ {secret}, area = \"Northside\" }}"
            ),
        ),
        event(
            "private",
            &format!(
                "{weekly}\nvenue = {{ {secret}, area = \"Northside\" }}\n[[change]]\ndate = 2026-12-10\nstatus = \"moved-online\"\n[[change]]\ndate = 2026-12-17\nvenue = {{ name = \"Hall\" }}"
            ),
        ),
    ];
    for places in ["pages", "anchors"] {
        let text = format!(
            "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\nlanguage = \"en-GB\"\ntimezone = \"Europe/London\"\n\
             [languages.cy]\n[events]\noccurrences = \"{places}\"\n=== content/groups/leeds.md\n+++\ntitle = \"Leeds\"\nplace = \"Leeds\"\n+++\n{}",
            events.concat().concat()
        );
        let site = site(&text).now("2026-11-23T12:00:00Z");
        let built = site.build();
        let secrets = ["ZQ-House", "ZQ-Street", "ZQ1", "9ZZ", "53.12", "1.654"];
        built.clean().has("calendar.ics", &["Northside"]).nowhere(&secrets);
        for asked in [
            "/events/single/",
            "/events/private/",
            "/events/open/",
            "/calendar.ics",
            "/groups/leeds/",
            "/events/open/2026-12-10/",
        ] {
            let told = serde_json::to_string(&site.explain(asked)).unwrap();
            assert!(!secrets.iter().any(|secret| told.contains(secret)), "{asked}: {told}");
        }
    }
}
