//! When the output will next differ is said to the second: up to that moment a build gives the same bytes, and at it
//! others.

use crate::support::{Built, SiteText, site};
use jiff::{SignedDuration, Timestamp};

const BEFORE: SignedDuration = SignedDuration::from_secs(1);

fn at(site: &SiteText, now: Timestamp) -> Built {
    let built = site.clone().now(&now.to_string()).build();
    assert!(built.artifacts.len() > 5, "{}", built.all_reported());
    built
}

/// Where the bytes of two builds differ.
fn differences(one: &Built, two: &Built) -> Vec<String> {
    let paths = one.artifacts.keys().chain(two.artifacts.keys());
    let mut differ: Vec<String> =
        paths.filter(|path| one.artifacts.get(*path) != two.artifacts.get(*path)).cloned().collect();
    differ.sort();
    differ.dedup();
    differ
}

/// Follows the changes of a site from a moment on, and returns when they are.
#[track_caller]
fn walk(site: &SiteText, now: &str, most: usize) -> Vec<Timestamp> {
    let now: Timestamp = now.parse().expect("an instant");
    let mut built = at(site, now);
    assert_eq!(differences(&built, &at(site, now)), Vec::<String>::new(), "equal clocks, other bytes");
    let mut changes = Vec::new();
    while let Some(next) = built.site().next_change.filter(|_| changes.len() < most) {
        let just_before = at(site, next - BEFORE);
        assert_eq!(differences(&built, &just_before), Vec::<String>::new(), "already before {next}, after {changes:?}");
        assert_eq!(just_before.site().next_change, Some(next));
        let then = at(site, next);
        assert_ne!(differences(&built, &then), Vec::<String>::new(), "nothing at {next}, after {changes:?}");
        changes.push(next);
        built = then;
    }
    if changes.len() < most {
        // Nothing is announced: nothing may come.
        let last = changes.last().copied().unwrap_or(now);
        for days in [40, 4_000] {
            let later = at(site, last + SignedDuration::from_hours(24 * days));
            assert_eq!(differences(&built, &later), Vec::<String>::new(), "{days} days after the last of {changes:?}");
        }
    }
    changes
}

/// The changes of a site as they should be.
#[track_caller]
fn check(text: &str, now: &str, expected: &[&str]) {
    check_with(&site(text), now, expected);
}

#[track_caller]
fn check_with(site: &SiteText, now: &str, expected: &[&str]) {
    let found: Vec<String> = walk(site, now, expected.len() + 1).iter().map(Timestamp::to_string).collect();
    assert_eq!(found, expected);
}

fn event(lines: &str) -> String {
    format!("=== content/events/e.md\n+++\ntitle = \"E\"\n{lines}\n+++\n")
}

fn page(path: &str, lines: &str) -> String {
    format!("=== content/{path}.md\n+++\ntitle = \"Page\"\n{lines}\n+++\nText\n")
}

#[test]
fn nothing_changes_by_itself() {
    check(&page("news/a", "date = 2026-11-01"), "2026-11-23T12:00:00Z", &[]);
    check(&page("news/a", "date = 2027-11-01"), "2026-11-23T12:00:00Z", &[]);
    check(&page("news/a", "draft = true\npublish_from = 2026-12-01"), "2026-11-23T12:00:00Z", &[]);
}

#[test]
fn pages_appear_and_vanish() {
    let now = "2026-07-01T12:00:00Z";
    let both = page("news/a", "publish_from = 2026-07-10T09:00:00\nexpires = 2026-08-01");
    check(&both, now, &["2026-07-10T08:00:00Z", "2026-07-31T23:00:00Z"]);
    // It would be over before it begins.
    check(&page("news/a", "publish_from = 2026-08-10\nexpires = 2026-08-01"), now, &[]);
    // Shown early, so that only its end is left.
    check_with(&site(&both).future(), now, &["2026-07-31T23:00:00Z"]);
    let draft = page("news/a", "draft = true\nexpires = 2026-08-01");
    check(&draft, now, &[]);
    check_with(&site(&draft).drafts(), now, &["2026-07-31T23:00:00Z"]);
    check(&page("events/_index", "publish_from = 2026-08-10"), now, &["2026-08-09T23:00:00Z"]);
}

#[test]
fn what_readers_are_asked_to_do_ends() {
    let now = "2026-11-23T12:00:00Z";
    check(&page("actions/a", "ask = \"join\"\ndeadline = 2026-12-01"), now, &["2026-12-02T00:00:00Z"]);
    check(&page("actions/a", "ask = \"join\"\ndeadline = 2026-12-01T17:30:00"), now, &["2026-12-01T17:30:00Z"]);
    let sign = "sign = { url = \"https://example.com/\", until = 2026-12-01 }";
    check(&page("statements/a", sign), now, &["2026-12-02T00:00:00Z"]);
}

#[test]
fn events_are_over_and_replies_close() {
    let now = "2026-11-23T12:00:00Z";
    let talk = "start = 2026-12-01T19:00:00\nduration = \"2h\"";
    check(&event(talk), now, &["2026-12-01T21:00:00Z"]);
    check(&event(&format!("{talk}\nstatus = \"cancelled\"")), now, &["2026-12-01T21:00:00Z"]);
    check(&event("start = 2026-12-01T19:00:00"), now, &["2026-12-01T21:00:00Z"]);
    check(&event("start = 2026-12-01"), now, &["2026-12-02T00:00:00Z"]);
    check(&event("start = 2026-12-01\ntimezone = \"America/New_York\""), now, &["2026-12-02T05:00:00Z"]);
    let reply = |until: &str| format!("rsvp = {{ url = \"https://example.com/\", until = {until} }}");
    let over = "2026-12-01T21:00:00Z";
    let with = |until: &str| event(&format!("{talk}\n{}", reply(until)));
    check(&with("2026-11-28"), now, &["2026-11-29T00:00:00Z", over]);
    check(&with("2026-11-28T18:00:00"), now, &["2026-11-28T18:00:00Z", over]);
    check(&with("2026-11-20"), now, &[over]);
    check(&with("2026-12-24"), now, &[over]);
    let zoned = event(&format!("{talk}\ntimezone = \"Asia/Tokyo\"\n{}", reply("2026-11-28")));
    check(&zoned, now, &["2026-11-28T15:00:00Z", "2026-12-01T12:00:00Z"]);
    let off = event(&format!("{talk}\nstatus = \"cancelled\"\n{}", reply("2026-11-28")));
    check(&off, now, &[over]);
    let weekly = event(&format!("{talk}\nrepeat = {{ every = \"week\", count = 2 }}\n{}", reply("2026-12-04")));
    // The last dates of a series stay for ever.
    check(&weekly, now, &[over, "2026-12-05T00:00:00Z", "2026-12-08T21:00:00Z"]);
}

#[test]
fn a_series_comes_into_the_lists_and_leaves_them_at_the_beginning_of_a_month() {
    let short = |lines: &str| site(&event(lines)).config("[events]\nhorizon_months = 2\nhistory_months = 1");
    let check = |lines: &str, now: &str, expected: &[&str]| check_with(&short(lines), now, expected);
    let now = "2026-07-01T12:00:00Z";
    // Its last three dates stay.
    let finished = "start = 2026-04-01T19:00:00\nduration = \"1h\"\nrepeat = { every = \"month\", count = 5 }";
    check(
        finished,
        now,
        &[
            "2026-07-01T19:00:00Z",
            "2026-07-31T23:00:00Z",
            "2026-08-01T19:00:00Z",
            "2026-08-31T23:00:00Z",
            "2026-09-30T23:00:00Z",
        ],
    );
    // Where nothing is coming within two months, the next date is shown all the same.
    let far = "start = 2027-01-15T19:00:00\nduration = \"1h\"\nrepeat = { every = \"year\", count = 2 }";
    let coming = |now: &str| short(far).now(now).build().text("events/e/index.html").contains("15 January 2028");
    assert!(coming("2027-02-01") && coming("2027-11-01"));
    check(
        far,
        now,
        &[
            "2026-11-01T00:00:00Z",
            "2027-01-15T20:00:00Z",
            "2027-03-01T00:00:00Z",
            "2028-01-15T20:00:00Z",
            "2028-03-01T00:00:00Z",
        ],
    );
}

/// Everything that depends on the clock, in two languages.
fn everything() -> String {
    let mut text = String::from(
        "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\nlanguage = \"en-GB\"\ntimezone = \"Europe/London\"\nactions = [\"actions/join\"]\n[languages.cy]\n",
    );
    let mut add = |path: &str, lines: &str| {
        text.push_str(&format!("=== content/{path}.md\n+++\ntitle = \"{path}\"\n{lines}\n+++\nText of {path}\n"));
    };
    add("groups/leeds", "region = \"North\"");
    add("aims/buses", "");
    add("news/old", "date = 2026-01-05\ntags = [\"rail\"]");
    add("news/held", "date = 2026-11-20\npublish_from = 2026-11-25T09:30:00\ntags = [\"rail\"]\nexpires = 2027-02-01");
    add("news/held.cy", "date = 2026-11-20\npublish_from = 2026-11-26\nexpires = 2027-02-01");
    add("news/never", "publish_from = 2026-12-10\nexpires = 2026-12-01");
    add("news/draft", "draft = true\nexpires = 2026-12-03");
    add("actions/join", "ask = \"join\"\ndeadline = 2026-12-31\naims = \"buses\"");
    add("statements/open", "sign = { url = \"https://example.com/\", until = 2026-12-12T12:00:00 }\naims = \"buses\"");
    add(
        "events/once",
        "start = 2026-12-01T19:00:00\nduration = \"90 min\"\ngroups = \"leeds\"\naims = \"buses\"\nrsvp = { url = \"https://example.com/\", until = 2026-11-30 }\ntags = [\"rail\"]",
    );
    add("events/once.cy", "start = 2026-12-01T19:00:00\nduration = \"90 min\"\ngroups = \"leeds\"\naims = \"buses\"");
    add("events/days", "start = 2026-12-05\nend = 2026-12-07\ntimezone = \"America/New_York\"");
    add(
        "events/weekly",
        "start = 2026-10-27T19:00:00\nduration = \"2h\"\nrepeat = { every = \"week\", until = 2026-12-20, except = [2026-12-08] }\ngroups = \"leeds\"\n\
         rsvp = { email = \"a@example.com\", until = 2026-12-18 }\n[[change]]\ndate = 2026-12-01\nstart = 2026-12-02T18:00:00\n[[change]]\ndate = 2026-12-15\nstatus = \"cancelled\"",
    );
    add(
        "events/monthly",
        "start = 2025-01-02\nrepeat = { every = \"month\", on = \"first thursday\" }\naims = \"buses\"",
    );
    add("events/yearly", "start = 2024-02-29T10:00:00\nrepeat = { every = \"year\" }");
    add("events/ended", "start = 2019-03-01T10:00:00\nrepeat = { every = \"day\", count = 30 }");
    add("events/far", "start = 2030-03-01T10:00:00\nrepeat = { every = \"week\", count = 6 }");
    add(
        "events/off",
        "start = 2026-11-29T10:00:00\nstatus = \"cancelled\"\nrsvp = { url = \"https://example.com/\", until = 2026-11-27 }",
    );
    text
}

#[test]
fn the_next_change_of_a_whole_site_is_exact() {
    let nows = ["2026-11-23T12:00:00Z", "2026-12-30T23:30:00Z", "2026-03-29T00:59:59Z"];
    let pages = "[events]\noccurrences = \"pages\"\nmonth_pages = \"all\"\nhorizon_months = 2";
    let few = "[events]\nmonth_pages = \"none\"\nhorizon_months = 1\nhistory_months = 1\ncalendars = false";
    for (settings, now, most) in [("", nows[0], 10), (pages, nows[1], 5), (few, nows[2], 5)] {
        let found = walk(&site(&everything()).config(settings), now, most);
        assert_eq!(found.len(), most, "{settings} from {now}: {found:?}");
        assert!(found.is_sorted(), "{found:?}");
    }
}

#[test]
fn so_is_that_of_a_series_with_more_dates_than_are_listed() {
    for lines in [
        "start = 2026-10-01T00:30:00\nrrule = \"FREQ=HOURLY;INTERVAL=3\"",
        "start = 2026-10-01T00:30:00\nduration = \"5h\"\nrrule = \"FREQ=HOURLY\"",
    ] {
        assert_eq!(walk(&site(&event(lines)), "2026-11-23T12:00:00Z", 2).len(), 2, "{lines}");
    }
}
