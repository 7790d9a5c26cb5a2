//! What `handbill explain` says of events: their times as they were understood, and the lists that show them.

use crate::support::{SiteText, site};
use handbill::explain::{Answer, EventTimes};

/// The event `content/events/e.md` with these lines, in a site with a group in a region and an aim.
fn event(lines: &str) -> SiteText {
    site(&format!(
        "=== content/groups/leeds.md\n+++\ntitle = \"Leeds\"\nregion = \"North\"\n+++\n=== content/groups/hull.md\n+++\ntitle = \"Hull\"\n+++\n=== content/aims/fares.md\n+++\ntitle = \"Fares\"\n+++\n=== content/events/e.md\n+++\ntitle = \"E\"\n{lines}\n+++\n"
    ))
}

fn answer(lines: &str) -> Answer {
    event(lines).explain("content/events/e.md")
}

fn times(lines: &str) -> EventTimes {
    answer(lines).event.expect("times")
}

/// The answer has a list with these words, or lacks one for a reason.
#[track_caller]
fn says(answer: &Answer, wanted: &[&str]) {
    let places = answer.appears.iter().map(|place| format!("has {}: {}", place.list, place.words));
    let absences = answer.absent.iter().map(|lack| format!("lacks {} ({}): {}", lack.list, lack.reason, lack.words));
    let told: Vec<String> = places.chain(absences).collect();
    for line in wanted {
        assert!(told.iter().any(|told| told.contains(line)), "no {line:?} among:\n{}", told.join("\n"));
    }
}

#[test]
fn times_are_told_in_their_zone_and_in_utc() {
    let check = |lines: &str, words: &str| {
        let times = times(lines);
        assert_eq!(times.next.iter().map(|next| next.words.as_str()).collect::<Vec<_>>(), [words]);
    };
    check(
        "start = 2027-07-01T19:00:00\nduration = \"2h\"",
        "Thursday 1 July 2027, 19:00 to 21:00 (UTC+01:00; 18:00 to 20:00 UTC)",
    );
    check("start = 2026-12-01T19:00:00", "Tuesday 1 December 2026, 19:00 (UTC+00:00; 19:00 UTC)");
    check(
        "start = 2026-12-01T22:00:00\nend = 2026-12-02T02:00:00\ntimezone = \"America/Halifax\"",
        "Tuesday 1 December 2026, 22:00 to Wednesday 2 December 2026, 02:00 (UTC-04:00; 2 December 02:00 to 06:00 UTC)",
    );
    check("start = 2026-12-05", "Saturday 5 December 2026, the whole day");
    check("start = 2026-12-05\nend = 2026-12-07", "Saturday 5 December 2026 to Monday 7 December 2026, whole days");
    check(
        "start = 2026-12-01T19:00:00\nstatus = \"cancelled\"",
        "Tuesday 1 December 2026, 19:00 (UTC+00:00; 19:00 UTC): cancelled",
    );
    let paris = times("start = 2026-12-01T19:00:00\ntimezone = \"Europe/Paris\"");
    assert_eq!((paris.timezone.as_str(), paris.next[0].start_utc.as_str()), ("Europe/Paris", "2026-12-01T18:00:00Z"));
}

#[test]
fn a_series_tells_its_rule_its_first_and_its_next_dates() {
    let series = times(
        "start = 2026-01-01T19:00:00\nduration = \"1h\"\nrepeat = { every = \"month\", on = \"first thursday\", except = [2027-01-07] }\nalso = [2026-12-24T15:00:00]\n[[change]]\ndate = 2027-02-04\nstart = 2027-02-05T20:00:00\nnote = \"Hall closed\"\n[[change]]\ndate = 2027-03-04\nstatus = \"cancelled\"",
    );
    assert_eq!(series.repeats.as_deref(), Some("every month, on first thursday, without an end"));
    assert_eq!(series.rrule.as_deref(), Some("FREQ=MONTHLY;BYDAY=1TH"));
    assert_eq!(series.first.as_ref().map(|first| first.start.as_str()), Some("2026-01-01T19:00:00+00:00"));
    let next: Vec<(&str, &str)> = series.next.iter().map(|next| (next.id.as_str(), next.status)).collect();
    assert_eq!(
        next,
        [
            ("2026-12-03", "scheduled"),
            ("2026-12-24-1500", "scheduled"),
            ("2027-02-04", "rescheduled"),
            ("2027-03-04", "cancelled"),
            ("2027-04-01", "scheduled"),
        ]
    );
    assert_eq!(series.except[0].words, "Thursday 7 January 2027, 19:00");
    assert_eq!(series.also[0].start, "2026-12-24T15:00:00");
    let changed: Vec<&str> = series.changed.iter().map(|change| change.words.as_str()).collect();
    assert_eq!(
        changed,
        [
            "Thursday 4 February 2027, 19:00: moved to Friday 5 February 2027, 20:00, \"Hall closed\"",
            "Thursday 4 March 2027, 19:00: cancelled",
        ]
    );
    let check = |lines: &str, words: &str| {
        let series = times(&format!("start = 2026-12-01T19:00:00\n{lines}"));
        assert_eq!(series.repeats.as_deref(), Some(words));
    };
    check(
        "repeat = { every = \"2 weeks\", on = [\"tue\", \"thu\"], count = 10 }",
        "every 2 weeks, on tue and thu, 10 times in all",
    );
    check("repeat = { every = \"day\", until = 2027-06-30 }", "every day, until Wednesday 30 June 2027");
    check("rrule = \"FREQ=WEEKLY\"", "by the rule FREQ=WEEKLY, without an end");
}

#[test]
fn a_change_that_names_no_date_is_told_to_do_nothing() {
    let series = times(
        "start = 2026-12-03T19:00:00\nrepeat = { every = \"week\" }\n[[change]]\ndate = 2026-12-04\nstatus = \"cancelled\"",
    );
    assert_eq!(series.changed[0].applies_to, None);
    assert!(series.changed[0].words.contains("does not take place on this date"));
}

#[test]
fn one_date_is_found_by_its_place_on_the_page_or_its_own_page() {
    let weekly = event("start = 2026-12-03T19:00:00\nrepeat = { every = \"week\" }");
    let asked = |site: &SiteText, asked: &str| site.explain(asked).event.and_then(|event| event.asked_for);
    let found = asked(&weekly, "/events/e/#hb-2026-12-10").expect("a date");
    assert_eq!((found.id.as_str(), found.start.as_str()), ("2026-12-10", "2026-12-10T19:00:00+00:00"));
    assert_eq!(asked(&weekly, "/events/e/"), None);
    let none = weekly.explain("/events/e/#hb-2026-12-11");
    assert!(none.words.iter().any(|words| words.contains("None of the dates")), "{:?}", none.words);
    let pages = weekly.config("[events]\noccurrences = \"pages\"");
    let page = pages.explain("/events/e/2026-12-10/");
    assert_eq!(page.output.as_deref(), Some("events/e/2026-12-10/index.html"));
    assert_eq!(page.event.and_then(|event| event.asked_for).map(|found| found.id).as_deref(), Some("2026-12-10"));
}

#[test]
fn dates_that_are_too_old_for_lists_are_told() {
    let weekly = answer("start = 2020-01-02T19:00:00\nrepeat = { every = \"month\", on = \"first thursday\" }");
    says(
        &weekly,
        &[
            "lacks events (older-than-history): lists, for its dates before Saturday 1 November 2025: they look 12 months back",
        ],
    );
    let over = answer(
        "start = 2020-01-02T19:00:00\nrepeat = { every = \"month\", on = \"first thursday\", until = 2021-12-31 }",
    );
    says(
        &over,
        &[
            "lacks events (older-than-history): lists, for its dates before Thursday 7 October 2021: they look 12 months back (`history_months` in handbill.toml), and of what was over before at its last dates",
        ],
    );
}

#[test]
fn the_address_of_a_date_that_there_is_not_names_the_nearest() {
    let series = event("start = 2026-12-03T19:00:00\nrepeat = { every = \"week\", except = [2026-12-24] }");
    let pages = series.config("[events]\noccurrences = \"pages\"");
    let check = |asked: &str, words: &str, nearest: &[&str]| {
        let answer = pages.explain(asked);
        assert!(answer.words.iter().any(|said| said.contains(words)), "{:?}", answer.words);
        assert!(!answer.words.iter().any(|said| said.contains("A file ")), "{:?}", answer.words);
        let found: Vec<&str> = answer.nearest.iter().filter_map(|link| link.url.as_deref()).collect();
        assert_eq!(found, nearest);
    };
    let near = ["/events/e/2026-12-03/", "/events/e/2026-12-10/", "/events/e/2026-12-17/"];
    check("/events/e/2026-12-11/", "does not take place on Friday 11 December 2026.", &near);
    let after = ["/events/e/2026-12-10/", "/events/e/2026-12-17/", "/events/e/2026-12-31/"];
    check("/events/e/2026-12-24/", "one of its exceptions", &after);
    check("https://example.org/events/e/2026-12-10-1900/", "its page for that date is /events/e/2026-12-10/", &near);
    let far = pages.explain("/events/e/2099-12-03/");
    assert!(far.words.iter().any(|said| said.contains("`horizon_months`")), "{:?}", far.words);
    // Where dates stand on the page of the event.
    let anchors = event("start = 2026-12-03T19:00:00\nrepeat = { every = \"week\" }").explain("/events/e/2026-12-10/");
    assert!(
        anchors.words.iter().any(|said| said.contains("no pages of their own: see /events/e/#hb-2026-12-10")),
        "{:?}",
        anchors.words
    );
    let single = event("start = 2026-12-03T19:00:00").explain("/events/e/2026-12-10/");
    assert!(
        single.words.iter().any(|said| said.contains("takes place once, Thursday 3 December 2026")),
        "{:?}",
        single.words
    );
}

#[test]
fn the_lists_months_and_calendars_that_show_an_event_are_told() {
    let single = answer("start = 2027-01-14T19:00:00\ngroups = [\"leeds\"]\naims = [\"fares\"]\ntags = [\"talks\"]");
    says(
        &single,
        &[
            "has events: all events, /events/",
            "has events: the events of the group \"Leeds\", /groups/leeds/events/",
            "has events: the events that serve \"Fares\", /aims/fares/events/",
            "has events: the events in the region \"North\", /events/region/north/",
            "has events: the events with \"talks\", /tags/talks/events/",
            "has month: all events by month, /events/2027/01/",
            "has group: the page of the group \"Leeds\", /groups/leeds/",
            "has aim: the aim \"Fares\", /aims/fares/",
            "has term: Tags \"talks\", /tags/talks/, as number 1 of 1",
            "has feed: the feed of all events, /events/feed.xml, as number 1 of 1",
            "has calendar: its own calendar file, /events/e/event.ics",
            "has calendar: the calendar of all events, /calendar.ics",
            "has calendar: the calendar of the events of the group \"Leeds\", /groups/leeds/calendar.ics",
            "has sitemap: ",
        ],
    );
    assert!(!single.absent.iter().any(|absence| absence.reason == "past"));
    let series = answer("start = 2026-10-15T19:00:00\nrepeat = { every = \"month\", count = 5 }");
    says(
        &series,
        &[
            "has events: all events, /events/: 3 coming dates and 2 past",
            "has month: all events by month, from /events/2026/11/: November 2026, December 2026, January 2027 and February 2027 and 1 other month",
        ],
    );
    // Every address that an answer names is there.
    let built =
        event("start = 2027-01-14T19:00:00\ngroups = [\"leeds\"]\naims = [\"fares\"]\ntags = [\"talks\"]").build();
    for place in single.appears.iter().filter_map(|place| place.url.as_deref()) {
        let file = place.trim_start_matches('/');
        let file = if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file.to_owned() };
        assert!(built.artifacts.contains_key(&file), "{file}");
    }
}

#[test]
fn each_reason_why_an_event_is_not_in_a_list_is_told() {
    let check = |lines: &str, wanted: &[&str]| says(&answer(lines), wanted);
    check(
        "start = 2026-03-01T19:00:00\nduration = \"1h\"\ngroups = [\"leeds\"]",
        &[
            "lacks events (past): lists of what is coming: it is past since Sunday 1 March 2026, 20:00 (Europe/London)",
            "lacks group (past): the page of its group, Leeds: what is coming stands there, and this is past",
            "lacks feed (past): the feeds of events",
            "has events: all events, /events/, as past",
        ],
    );
    check(
        "start = 2026-12-01T19:00:00\nstatus = \"cancelled\"",
        &[
            "lacks events (cancelled): the next event to take place: it is cancelled",
            "has events: all events, /events/",
        ],
    );
    check(
        "start = 2026-12-01T19:00:00\nrepeat = { every = \"week\", count = 2 }\nstatus = \"postponed\"",
        &["lacks events (cancelled): the next event to take place: all its coming dates are postponed"],
    );
    check(
        "start = 2020-01-01T19:00:00\nrrule = \"FREQ=DAILY;BYHOUR=10,12,14,19\"",
        &[
            "lacks events (too-many-dates): lists, for its dates after",
            "they have 750 coming dates of an event at the most",
        ],
    );
    check(
        "start = 2020-01-01T19:00:00\nrepeat = { every = \"week\" }",
        &[
            "lacks events (beyond-horizon): lists, for its dates from Thursday 1 June 2028 on: they look 18 months ahead (`horizon_months` in handbill.toml)",
            "lacks events (older-than-history): lists, for its dates before Saturday 1 November 2025: they look 12 months back (`history_months` in handbill.toml)",
        ],
    );
    check(
        "start = 2026-12-01T19:00:00",
        &[
            "lacks group (no-group): the pages of groups: it names none; `groups = [\"hull\"]` would",
            "lacks aim (no-aim): the pages of aims: it names none",
        ],
    );
    check(
        "start = 2026-12-01T19:00:00\ngroups = [\"leds\"]",
        &["lacks group (no-such-group): the page of a group \"leds\": it names that, and there is none (see below)"],
    );
    // Of a draft, too, what is wrong with it among the others.
    let draft = answer("start = 2026-12-01T19:00:00\ndraft = true\ngroups = [\"leds\"]");
    assert_eq!(draft.mistakes.iter().map(|mistake| mistake.code).collect::<Vec<_>>(), ["HB0405"]);
    // A region has a list as soon as one event is there.
    let region = |lines: &str| {
        event(lines)
            .file("content/events/other.md", "+++\ntitle = \"O\"\nstart = 2026-12-02\ngroups = [\"leeds\"]\n+++\n")
    };
    says(
        &region("start = 2026-12-01T19:00:00\ngroups = [\"hull\"]").explain("e"),
        &["lacks events (no-region): the events of regions: its groups name none"],
    );
    says(
        &region("start = 2026-12-01T19:00:00").explain("e"),
        &["lacks events (no-region): the events of regions: it names no group"],
    );
    let few = event("start = 2026-12-01T19:00:00\ngroups = [\"leeds\"]\ntags = [\"x\"]")
        .config("[events]\nlists = [\"group\"]");
    says(
        &few.explain("e"),
        &["lacks events (lists-off): lists of events by region and term: `lists` in handbill.toml leaves them out"],
    );
    let without = event("start = 2026-12-01T19:00:00").config("[events]\ncalendars = false\nmonth_pages = \"none\"");
    let without = without.explain("e");
    says(&without, &["lacks calendar (calendars-off): calendars: `calendars = false` in handbill.toml makes none"]);
    assert!(!without.appears.iter().any(|place| matches!(place.list, "calendar" | "month")));
}

#[test]
fn a_list_that_is_full_names_the_place_of_an_event_in_it() {
    let mut site = event("start = 2027-02-01T19:00:00\ngroups = [\"leeds\"]");
    for number in 0..60 {
        let path = format!("content/events/x{number}.md");
        site = site.file(
            &path,
            format!("+++\ntitle = \"X\"\nstart = 2026-12-01T{:02}:00:00\ngroups = [\"leeds\"]\n+++\n", number % 24),
        );
    }
    says(
        &site.explain("content/events/e.md"),
        &[
            "lacks events (list-limit): the events of the group \"Leeds\", /groups/leeds/events/: the page has the next 50 dates, and its first is number 61",
            "has year: the events of the group \"Leeds\" by year, /groups/leeds/events/2027/",
            "lacks feed (feed-limit): the feed of all events, /events/feed.xml: it has the first 20, and this is number 61 of 61",
        ],
    );
}

#[test]
fn other_languages_show_an_event_of_the_sites_own() {
    let both = event("start = 2026-12-01T19:00:00").config("[languages.cy]");
    let answer = both.explain("content/events/e.md");
    says(
        &answer,
        &[
            "has events: all events in Cymraeg (cy), /cy/events/",
            "has month: all events in Cymraeg (cy) by month, /cy/events/2026/12/",
        ],
    );
    assert!(!answer.absent.iter().any(|absence| absence.list == "language"));
    let own = both.file("content/events/w.cy.md", "+++\ntitle = \"W\"\nstart = 2026-12-01T19:00:00\n+++\n");
    says(
        &own.explain("W"),
        &[
            "lacks language (other-language): the lists in English (en-GB): only versions in English stand in for a missing one; content/events/w.md would be its own",
        ],
    );
}

#[test]
fn what_time_will_change_is_told() {
    let check = |lines: &str, expected: &[&str]| {
        let answer = answer(lines);
        let told: Vec<&str> = answer.changes.iter().map(|change| change.words.as_str()).collect();
        assert_eq!(told, expected);
    };
    check(
        "start = 2026-12-01T19:00:00\nduration = \"1h\"",
        &["It is shown as past from Tuesday 1 December 2026, 20:00 (Europe/London)."],
    );
    check("start = 2026-12-01T19:00:00", &["It is shown as past from Tuesday 1 December 2026, 21:00 (Europe/London)."]);
    check("start = 2026-03-01T19:00:00", &[]);
    check(
        "start = 2026-12-01T19:00:00\nexpires = 2026-11-30\nrepeat = { every = \"week\" }",
        &[
            "It is taken out of the site from Monday 30 November 2026, 00:00 (Europe/London), by `expires`.",
            "Its next date is shown as past from Tuesday 1 December 2026, 21:00 (Europe/London).",
        ],
    );
}

#[test]
fn of_a_private_venue_only_the_area_is_told() {
    let text = "start = 2026-12-01T19:00:00\n[venue]\nname = \"Ada's kitchen\"\naddress = \"14 Mill Lane\"\npostcode = \"LF1 2AB\"\narea = \"By the bridge\"\nprivate = true";
    let json = serde_json::to_string(&answer(text)).unwrap();
    assert!(json.contains("By the bridge"));
    for secret in ["Ada", "14 Mill", "LF1"] {
        assert!(!json.contains(secret), "{secret}: {json}");
    }
    // Not in a change either.
    let changed = "start = 2026-12-01T19:00:00\nrepeat = { every = \"week\" }\n[[change]]\ndate = 2026-12-08\nvenue = { name = \"Ada's kitchen\", private = true }";
    assert!(!serde_json::to_string(&answer(changed)).unwrap().contains("Ada"));
}

#[test]
fn an_event_under_embargo_is_told_as_it_will_be() {
    let answer = answer("start = 2026-12-20T19:00:00\npublish_from = 2026-12-21");
    assert!(!answer.published);
    assert_eq!(answer.event.as_ref().map(|event| event.state), Some("past"));
    says(&answer, &["lacks events (past): lists of what is coming: it is past since Sunday 20 December 2026, 21:00"]);
}
