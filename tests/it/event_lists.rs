//! Lists of events: of the site, of groups, aims, regions and tags; years, months, and pages of single dates.

use crate::support::{Built, SiteText, check, site};

/// Two groups in two regions, an aim, and events of theirs; what a list holds is shown by a template of its own.
const SITE: &str = "
=== content/groups/eastmere.md
+++
title = \"Eastmere\"
region = \"The Vale\"
+++
=== content/groups/westford.md
+++
title = \"Westford\"
region = \"Coast\"
+++
=== content/groups/quiet.md
+++
title = \"Quiet\"
region = \"Coast\"
+++
=== content/aims/sundays.md
+++
title = \"Buses on Sundays\"
+++
=== content/events/weekly.md
+++
title = \"Weekly stall\"
start = 2026-05-05T10:00:00
duration = \"2h\"
repeat = { every = \"week\", count = 8 }
groups = [\"eastmere\", \"westford\"]
tags = [\"Stalls\"]
[[change]]
date = 2026-06-09
status = \"cancelled\"
+++
=== content/events/march.md
+++
title = \"The march\"
start = 2026-06-30T18:00:00
end = 2026-07-01T02:00:00
groups = [\"westford\"]
aims = [\"sundays\"]
+++
=== content/events/old.md
+++
title = \"Long ago\"
start = 2019-02-03T18:00:00
+++
=== templates/parts-of-list.html
LIST {{ calendar.scope }} {{ calendar.title }} {{ calendar.url }} ics={{ calendar.calendar_url or \"-\" }} feed={{ calendar.feed_url or \"-\" }}
{% for m in calendar.coming_months %}MONTH {{ m.start }} {{ m.url or \"-\" }} {{ m.count }}
{% for o in m.occurrences %}coming {{ o.start[:10] }} {{ o.title }} {{ o.status }};
{% endfor %}{% endfor %}{% for o in calendar.past %}past {{ o.start[:10] }} {{ o.title }};
{% endfor %}{% for y in calendar.years %}year {{ y.year }} {{ y.url }} {{ y.count }};
{% endfor %}
=== templates/events.html
{% include \"parts-of-list.html\" %}
=== templates/event-list.html
{{ page.title }}|{% include \"parts-of-list.html\" %}
=== templates/event-year.html
{{ page.title }}|{% for m in calendar.months %}{{ m.start }} {{ m.url or \"-\" }} {{ m.count }} {{ m.occurrences | length }};
{% endfor %}{% for s in calendar.series %}{{ s.title }} {{ s.count }};{% endfor %}
previous {{ calendar.previous?.url or \"-\" }} next {{ calendar.next?.url or \"-\" }}
=== templates/event-month.html
{{ page.title }}|{{ calendar.month.count }}|{% for w in calendar.month.weeks %}{% for d in w %}{{ d.date }}{% if not d.inside %}(out){% endif %}{% for o in d.occurrences %}*{{ o.title }}{% endfor %} {% endfor %}
{% endfor %}previous {{ calendar.previous?.url or \"-\" }} next {{ calendar.next?.url or \"-\" }}
";

fn built(config: &str) -> Built {
    text(config).now("2026-06-10").check()
}

fn text(config: &str) -> SiteText {
    site(SITE).config(config)
}

#[test]
fn the_events_section_lists_what_is_coming_by_month_and_what_is_over() {
    built("").has(
        "events/",
        &[
            "LIST all Events /events/ ics=/calendar.ics feed=/events/feed.xml",
            "MONTH 2026-06-01 /events/2026/06/ 3\ncoming 2026-06-16 Weekly stall scheduled;\ncoming 2026-06-23 Weekly stall scheduled;\ncoming 2026-06-30 The march scheduled;",
            "past 2026-06-09 Weekly stall;\npast 2026-06-02 Weekly stall;",
            "past 2019-02-03 Long ago;",
            "year 2019 /events/2019/ 1;\nyear 2026 /events/2026/ 9;",
        ],
    );
}

#[test]
fn groups_aims_regions_and_tags_have_lists_of_their_own() {
    let built = built("");
    built.has(
        "groups/eastmere/events/",
        &["Events: Eastmere|", "LIST group Eastmere", "coming 2026-06-16 Weekly stall"],
    );
    built.lacks("groups/eastmere/events/", &["The march", "year "]);
    built.has("groups/westford/events/", &["ics=/groups/westford/calendar.ics", "Weekly stall", "The march"]);
    built
        .has("aims/sundays/events/", &["LIST aim Buses on Sundays", "The march"])
        .lacks("aims/sundays/events/", &["stall"]);
    built.has("events/region/coast/", &["LIST region Coast", "The march", "Weekly stall"]);
    built.has("events/region/the-vale/", &["LIST region The Vale", "Weekly stall"]);
    built.lacks("events/region/the-vale/", &["The march"]);
    built
        .has("tags/stalls/events/", &["LIST term Stalls", "Weekly stall"])
        .lacks("tags/stalls/events/", &["The march"]);
}

#[test]
fn a_group_without_events_has_a_calendar_to_subscribe_to_and_no_empty_list() {
    built("").has("groups/quiet/calendar.ics", &["BEGIN:VCALENDAR"]).absent(&["groups/quiet/events/index.html"]);
}

#[test]
fn years_and_months_are_pages_with_their_neighbours() {
    let built = built("");
    built.has("events/2026/", &["Events: 2026|2026-05-01 /events/2026/05/ 4 0;", "previous /events/2019/ next -"]);
    built.has("events/2019/02/", &["Events: February 2019|1|", "previous - next /events/2026/05/"]);
    // In Britain the week begins on Monday; a night belongs to both of its days and months.
    built.has("events/2026/06/", &["2026-06-01 2026-06-02*Weekly stall", "2026-06-30*The march 2026-07-01(out)"]);
    built.has("events/2026/07/", &["2026-06-29(out) 2026-06-30(out) 2026-07-01*The march "]);
}

#[test]
fn the_configuration_says_which_lists_and_months_there_are() {
    let none = built("[events]\nmonth_pages = \"none\"\nlists = [\"site\", \"group\"]\ncalendars = false");
    none.absent(&[
        "events/2026/06/index.html",
        "events/region/coast/index.html",
        "tags/stalls/events/index.html",
        "calendar.ics",
    ]);
    // Seven of the eight dates are as the rule gives them; one is cancelled and stands by itself, beside the march.
    none.has("groups/westford/events/", &["ics=- "]).has("events/2026/", &["2026-06-01 - 5 2;", "Weekly stall 7;"]);
    let all = built("[events]\nmonth_pages = \"all\"");
    all.has("groups/westford/events/2026/06/", &["Events: Westford, June 2026|5|"])
        .has("events/region/coast/2026/07/", &["1|"]);
    check(
        "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n[events]\nlists = [\"grup\"] #~ HB0103 ‹\"grup\"› … group\n",
    );
}

#[test]
fn a_page_of_the_site_stands_before_a_page_of_a_list() {
    let text = text("").file("content/events/2026.md", "+++\ntitle = \"Our year\"\nkind = \"page\"\n+++\nOwn words.\n");
    text.now("2026-06-10").check().has("events/2026/", &["Own words."]);
}

#[test]
fn events_of_another_folder_are_listed_where_they_stand() {
    let built = check(
        "=== content/termine/a.md\n+++\ntitle = \"Treffen\"\nkind = \"event\"\nstart = 2026-07-01T19:00:00\n+++\n",
    );
    built.has("termine/2026/07/", &["Treffen"]).absent(&["events/index.html"]);
}

/// A series by the lines of its front matter, with a page for each of its dates.
fn dates(front_matter: &str, now: &str) -> Built {
    let text = format!(
        "=== content/events/e.md\n+++\ntitle = \"E\"\n{front_matter}\n+++\nText.\n=== templates/occurrence.html\n{{% set o = page.occurrence %}}{{{{ page.title }}}}|{{{{ page.permalink }}}}|{{{{ o.id }}}}|{{{{ o.start }}}}|{{{{ o.previous_start or \"-\" }}}}|{{{{ o.status }}}}|{{{{ o.note or \"\" }}}}\n"
    );
    site(&text).config("[events]\noccurrences = \"pages\"").now(now).check()
}

#[test]
fn dates_of_a_series_have_pages_with_names_that_stay_when_they_are_moved() {
    let built = dates(
        "start = 2026-06-04T19:00:00\nrepeat = { every = \"week\", count = 3 }\nalso = [2026-06-20T15:00:00]\n[[change]]\ndate = 2026-06-11\nstart = 2026-06-12T20:00:00\ntitle = \"E, a day later\"\nnote = \"The hall is taken.\"",
        "2026-06-01",
    );
    built.has(
        "events/e/2026-06-04/",
        &["E|https://example.org/events/e/2026-06-04/|2026-06-04|2026-06-04T19:00:00+01:00|-|scheduled|"],
    );
    built.has(
        "events/e/2026-06-11/",
        &["E, a day later|https://example.org/events/e/2026-06-11/|2026-06-11|2026-06-12T20:00:00+01:00|2026-06-11T19:00:00+01:00|rescheduled|The hall is taken."],
    );
    built.has("events/e/2026-06-20-1500/", &["2026-06-20-1500|2026-06-20T15:00:00+01:00"]);
    built.has("events/2026/06/", &["/events/e/2026-06-11/"]).has("sitemap.xml", &["/events/e/2026-06-04/"]);
}

#[test]
fn dates_of_a_series_are_anchors_on_its_page_by_default() {
    let text = "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-06-04T19:00:00\nrepeat = { every = \"week\" }\n+++\n";
    let built = site(text).now("2026-06-10").check();
    built.has("events/", &["href=\"/events/e/#hb-2026-06-18\""]).has("events/e/", &["id=\"hb-2026-06-18\""]);
    built.absent(&["events/e/2026-06-18/index.html"]);
}

#[test]
fn a_date_moved_beyond_what_is_listed_is_shown_and_one_long_gone_is_not() {
    let text = "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2020-06-04T19:00:00\nrepeat = { every = \"year\", until = 2027-01-01 }\n[[change]]\ndate = 2026-06-04\nstart = 2031-01-01T12:00:00\n+++\n=== templates/event.html\n{% for o in page.event.upcoming %}up {{ o.start[:10] }} {% endfor %}{% for o in page.event.past_occurrences %}past {{ o.start[:10] }} {% endfor %}\n";
    let built = site(text).now("2026-06-01").check();
    built.has("events/e/", &["up 2031-01-01 past 2025-06-04 \n"]);
}

#[test]
fn a_series_of_hours_is_cut_and_the_latest_of_it_stays() {
    let text = "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2020-06-04T19:00:00\nduration = \"1h\"\nrrule = \"FREQ=HOURLY\"\n+++\n=== templates/event.html\n{{ page.event.next.start }} {{ page.event.past_occurrences[0].start }} {{ page.event.goes_on }}\n";
    site(text)
        .now("2026-06-01T12:30:00Z")
        .check()
        .has("events/e/", &["2026-06-01T13:00:00+01:00 2026-06-01T12:00:00+01:00 true"]);
}

#[test]
fn a_change_of_an_excepted_date_and_a_time_that_the_clocks_skip_are_reported() {
    check(
        "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-01T19:00:00\nrepeat = { every = \"week\", count = 5 }\nexcept = [2026-12-08]\n[[change]]\ndate = 2026-12-08 #~ HB0503 … excepted\ntitle = \"No\"\n+++\n",
    );
    check(
        "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-03-22T19:00:00\nrepeat = { every = \"week\", count = 5 }\nalso = [2026-03-29T01:15:00] #~ HB0502 ‹2026-03-29T01:15:00›\n[[change]]\ndate = 2026-03-29\nstart = 2026-03-29T01:30:00 #~ HB0502 ‹2026-03-29T01:30:00› … does not exist\n+++\n",
    );
}

#[test]
fn feeds_hold_what_is_coming_soonest_first_with_its_time_and_status() {
    let built = built("");
    built.has(
        "events/feed.xml",
        &[
            "<title>Weekly stall</title>",
            "Tuesday, 16 June 2026, 10:00–12:00",
            "<title>The march</title>",
            "type=\"text/calendar\"",
        ],
    );
    built.lacks("events/feed.xml", &["Long ago"]).lacks("groups/eastmere/events/feed.xml", &["The march"]);
    let off = "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-07-01T19:00:00\nstatus = \"cancelled\"\n[venue]\nname = \"Secret house\"\nprivate = true\narea = \"Old town\"\n+++\n";
    let off = site(off).now("2026-06-10").check();
    off.has("events/feed.xml", &["<title>Cancelled: E</title>", "Old town"]).nowhere(&["Secret house"]);
}

#[test]
fn one_id_for_two_events_is_reported() {
    check(
        "=== content/events/a.md\n+++\ntitle = \"A\"\nstart = 2026-07-01T19:00:00\nuid = \"x@y\"\n+++\n=== content/events/b.md\n+++\ntitle = \"B\"\nstart = 2026-07-01T19:00:00\nuid = \"x@y\" #~ HB0507 ‹\"x@y\"›\n+++\n",
    );
}

#[test]
fn lists_take_events_by_attendance_and_access() {
    let text = "=== content/events/a.md\n+++\ntitle = \"A\"\nstart = 2026-07-01T19:00:00\nvenue = { name = \"Hall\" }\naccess = { step_free = true }\n+++\n=== content/events/b.md\n+++\ntitle = \"B\"\nstart = 2026-07-02T19:00:00\nonline = { url = \"https://meet.example.org/\" }\n+++\n=== templates/index.html\nstep {% for o in events(access=\"step_free\") %}{{ o.title }}{% endfor %} online {% for o in events(attendance=\"online\") %}{{ o.title }}{% endfor %}\n";
    site(text).now("2026-06-10").check().has("", &["step A online B"]);
}

#[test]
fn what_runs_into_another_month_is_announced() {
    let text = "=== content/events/camp.md\n+++\ntitle = \"Camp\"\nstart = 2026-12-30\nend = 2027-02-02\n+++\n";
    let next = |now: &str| site(text).now(now).check().site().next_change.map(|at| at.to_string());
    assert_eq!(next("2026-12-31").as_deref(), Some("2027-01-01T00:00:00Z"));
    assert_eq!(next("2027-01-15").as_deref(), Some("2027-02-01T00:00:00Z"));
    assert_eq!(next("2027-02-01").as_deref(), Some("2027-02-03T00:00:00Z"));
}

#[test]
fn a_section_of_events_may_have_any_name() {
    let text =
        "=== content/termine/a.md\n+++\ntitle = \"Treffen\"\nkind = \"event\"\nstart = 2026-07-01T19:00:00\n+++\n";
    let built = site(text).now("2026-06-10").check();
    built.has("termine/", &["href=\"/termine/2026/07/\""]).has("termine/feed.xml", &["<title>Treffen</title>"]);
}

#[test]
fn an_event_stays_the_same_for_calendars_when_its_file_is_renamed_or_moved() {
    let uid = |path: &str, more: &str| {
        let text = format!("=== content/events/{path}\n+++\ntitle = \"E\"\nstart = 2026-07-01T19:00:00\n{more}\n+++\n");
        let built = site(&text).now("2026-06-10").check();
        let calendar = built.text("calendar.ics");
        calendar.lines().find(|line| line.starts_with("UID:")).unwrap_or_default().trim().to_owned()
    };
    let written = "uid = \"5f2b0c1e\"";
    assert_eq!(uid("a.md", written), "UID:5f2b0c1e");
    assert_eq!(uid("2026/b.md", written), uid("a.md", written));
    // Without one the file's name is the event's; a file that becomes a folder keeps it.
    assert_eq!(uid("a/index.md", ""), uid("a.md", ""));
    assert_ne!(uid("b.md", ""), uid("a.md", ""));
}

#[test]
fn every_feed_tells_the_status_of_an_event() {
    let text = "=== content/events/e.md\n+++\ntitle = \"E\"\ndate = 2026-06-01\nstart = 2026-07-01T19:00:00\nstatus = \"moved-online\"\ntags = [\"a\"]\nvenue = { name = \"Town hall\" }\n+++\n";
    let built = site(text).now("2026-06-10").check();
    for feed in ["feed.xml", "events/feed.xml", "tags/a/feed.xml", "tags/a/events/feed.xml"] {
        built.has(feed, &["<title>Moved online: E</title>"]).lacks(feed, &["Town hall"]);
    }
}

#[test]
fn a_date_that_the_clocks_move_is_noted_and_a_further_date_before_the_series_too() {
    check(
        "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2027-03-21T01:30:00 #~ HB0502 … on 2027-03-28 the clocks go forward\nrepeat = { every = \"week\", count = 3 }\n+++\n",
    );
    check(
        "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2027-01-07T19:00:00\nrepeat = { every = \"week\", count = 3 }\nalso = [2027-01-06T19:00:00] #~ HB0506 ‹2027-01-06T19:00:00› … before the series begins\n+++\n",
    );
}

#[test]
fn the_limit_of_a_series_is_named_where_it_hides_every_date() {
    check(
        "=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2027-01-07T19:00:00\nrepeat = { every = \"week\", until = 2027-01-01 } #~ HB0501 ‹2027-01-01› … never takes place\n+++\n",
    );
}

#[test]
fn archives_can_be_left_out() {
    let built = built("[events]\nlists = []");
    built.absent(&["events/2026/index.html", "events/2026/06/index.html", "groups/westford/events/index.html"]);
    built.has("events/", &["coming 2026-06-16 Weekly stall"]).has("calendar.ics", &["SUMMARY:The march"]);
}
