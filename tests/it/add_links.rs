//! Links that put events into calendars on the web: read back, they say what was written.

use crate::support::{Built, SiteText, site};
use std::collections::BTreeMap;

/// What a template is given: lines of name, a tab and the address.
const PROBE: &str = "=== templates/event.html
{% for l in add_links(page=page) %}{{ l.name }}\t{{ l.url }}
{% endfor %}--
{% for l in page.subscribe_links %}{{ l.name }}\t{{ l.url }}
{% endfor %}--
{% if page.occurrence %}{% for l in add_links(page=page) %}{{ l.name }}\t{{ l.url }}
{% endfor %}{% endif %}
";

fn event(lines: &str) -> SiteText {
    site(&format!("{PROBE}=== content/events/e.md\n+++\ntitle = \"E\"\n{lines}\n+++\n"))
}

/// A link taken apart by the URL standard.
#[derive(Debug)]
struct Link {
    name: String,
    address: String,
    values: BTreeMap<String, String>,
}

impl Link {
    fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }
}

fn hex(byte: u8) -> u8 {
    char::from(byte).to_digit(16).expect("a hexadecimal digit") as u8
}

/// Percent-encoding undone. Nothing but unreserved characters may stand unencoded.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => bytes.push(hex(rest.next().expect("a digit")) << 4 | hex(rest.next().expect("a digit"))),
            byte => {
                assert!(byte.is_ascii_alphanumeric() || b"-._~".contains(&byte), "{} in {text}", char::from(byte));
                bytes.push(byte);
            }
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn read(line: &str) -> Link {
    let (name, url) = line.split_once('\t').expect("a name and an address");
    let url = url.replace("&amp;", "&").replace("&#x2F;", "/").replace("&#x27;", "'");
    let (address, query) = url.split_once('?').unwrap_or((&url, ""));
    let mut values = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').expect("a name and a value");
        assert_eq!(values.insert(name.to_owned(), decoded(value)), None, "{name} twice in {url}");
    }
    Link { name: name.to_owned(), address: address.to_owned(), values }
}

/// The links of one of the parts of a page.
fn links(built: &Built, page: &str, part: usize) -> Vec<Link> {
    let text = built.text(&format!("{page}index.html"));
    let part = text.split("--\n").nth(part).expect("a part");
    part.lines().filter(|line| !line.trim().is_empty()).map(read).collect()
}

fn add_links(lines: &str, now: &str) -> Vec<Link> {
    links(&event(lines).now(now).check(), "events/e/", 0)
}

#[track_caller]
fn values(link: &Link, expected: &[(&str, &str)]) {
    for (name, value) in expected {
        assert_eq!(link.get(name), *value, "{name} of {link:?}");
    }
}

#[test]
fn each_service_is_told_the_same_time() {
    let check = |lines: &str, basic: [&str; 2], extended: [&str; 2]| {
        let found = add_links(lines, "2026-06-01");
        let names: Vec<&str> = found.iter().map(|link| link.name.as_str()).collect();
        assert_eq!(names, ["Google Calendar", "Outlook.com", "Microsoft 365", "Yahoo Calendar"]);
        let [google, live, office, yahoo] = &found[..] else { unreachable!() };
        assert_eq!(google.address, "https://calendar.google.com/calendar/render");
        assert_eq!(live.address, "https://outlook.live.com/calendar/0/deeplink/compose");
        assert_eq!(office.address, "https://outlook.office.com/calendar/0/deeplink/compose");
        assert_eq!(yahoo.address, "https://calendar.yahoo.com/");
        values(
            google,
            &[("action", "TEMPLATE"), ("text", "E"), ("dates", &basic.join("/")), ("recur", ""), ("ctz", "")],
        );
        for outlook in [live, office] {
            let form = [("path", "/calendar/action/compose"), ("rru", "addevent"), ("subject", "E"), ("allday", "")];
            values(outlook, &form);
            values(outlook, &[("startdt", extended[0]), ("enddt", extended[1])]);
        }
        let end = if basic[0] == basic[1] { "" } else { basic[1] };
        values(yahoo, &[("v", "60"), ("TITLE", "E"), ("ST", basic[0]), ("ET", end), ("DUR", "")]);
    };
    // Summer time, winter time, another zone, past midnight, and no end stated.
    check(
        "start = 2026-07-01T19:00:00\nduration = \"2h\"",
        ["20260701T180000Z", "20260701T200000Z"],
        ["2026-07-01T18:00:00Z", "2026-07-01T20:00:00Z"],
    );
    check(
        "start = 2026-12-01T19:00:00\nend = 2026-12-01T21:30:00",
        ["20261201T190000Z", "20261201T213000Z"],
        ["2026-12-01T19:00:00Z", "2026-12-01T21:30:00Z"],
    );
    check(
        "start = 2026-07-01T19:00:00\nduration = \"2h\"\ntimezone = \"America/New_York\"",
        ["20260701T230000Z", "20260702T010000Z"],
        ["2026-07-01T23:00:00Z", "2026-07-02T01:00:00Z"],
    );
    check(
        "start = 2026-10-24T23:00:00\nend = 2026-10-25T03:00:00",
        ["20261024T220000Z", "20261025T030000Z"],
        ["2026-10-24T22:00:00Z", "2026-10-25T03:00:00Z"],
    );
    check(
        "start = 2026-07-01T19:00:00",
        ["20260701T180000Z", "20260701T180000Z"],
        ["2026-07-01T18:00:00Z", "2026-07-01T18:00:00Z"],
    );
}

#[test]
fn whole_days_are_dates_whose_end_is_the_day_after() {
    let check = |lines: &str, google: &str, outlook: [&str; 2], yahoo: [&str; 3]| {
        let found = add_links(lines, "2026-06-01");
        values(&found[0], &[("dates", google), ("ctz", "")]);
        values(&found[1], &[("startdt", outlook[0]), ("enddt", outlook[1]), ("allday", "true")]);
        values(&found[3], &[("ST", yahoo[0]), ("ET", yahoo[1]), ("DUR", yahoo[2])]);
    };
    check("start = 2026-12-05", "20261205/20261206", ["2026-12-05", "2026-12-06"], ["20261205", "", "allday"]);
    check(
        "start = 2026-12-05\nend = 2026-12-07",
        "20261205/20261208",
        ["2026-12-05", "2026-12-08"],
        ["20261205", "20261208", ""],
    );
    // The day on which the clocks go back, in a zone far from UTC.
    check(
        "start = 2026-10-25\ntimezone = \"Pacific/Auckland\"",
        "20261025/20261026",
        ["2026-10-25", "2026-10-26"],
        ["20261025", "", "allday"],
    );
}

#[test]
fn a_series_is_told_by_its_rule_in_local_time() {
    let check = |lines: &str, now: &str, dates: &str, zone: &str, rule: &str| {
        let found = add_links(lines, now);
        values(&found[0], &[("dates", dates), ("ctz", zone), ("recur", rule)]);
        for other in &found[1..] {
            assert_eq!(other.get("recur"), "");
        }
    };
    let monthly = "start = 2026-07-02T19:00:00\nduration = \"2h\"\nrepeat = { every = \"month\", on = \"first thursday\", until = 2027-06-30 }";
    let rule = "RRULE:FREQ=MONTHLY;UNTIL=20270630T225959Z;BYDAY=1TH";
    check(monthly, "2026-06-01", "20260702T190000/20260702T210000", "Europe/London", rule);
    // From the next date on, when the series has begun.
    check(monthly, "2026-12-01", "20261203T190000/20261203T210000", "Europe/London", rule);
    // Every second week stays in step, and a count counts what is left.
    let fortnight = "start = 2026-12-01T19:00:00\nduration = \"1h\"\nrepeat = { every = \"2 weeks\", on = [\"tue\", \"thu\"], count = 10 }\ntimezone = \"Europe/Paris\"";
    let counted = |left: u32| format!("RRULE:FREQ=WEEKLY;COUNT={left};INTERVAL=2;BYDAY=TU,TH");
    check(fortnight, "2026-11-01", "20261201T190000/20261201T200000", "Europe/Paris", &counted(10));
    check(fortnight, "2026-12-02", "20261203T190000/20261203T200000", "Europe/Paris", &counted(9));
    check(fortnight, "2026-12-05", "20261215T190000/20261215T200000", "Europe/Paris", &counted(8));
    let days = "start = 2027-03-08\nrepeat = { every = \"year\" }";
    check(days, "2026-11-01", "20270308/20270309", "Europe/London", "RRULE:FREQ=YEARLY");
    // What no service can be told gives the next date alone.
    let weekly = "start = 2026-12-01T19:00:00\nduration = \"1h\"\nrepeat = { every = \"week\", count = 5 }";
    let alone = "20261201T190000Z/20261201T200000Z";
    check(&format!("{weekly}\nexcept = [2026-12-15]"), "2026-11-01", alone, "", "");
    check(&format!("{weekly}\nalso = [2026-12-16]"), "2026-11-01", alone, "", "");
    check(&format!("{weekly}\n[[change]]\ndate = 2026-12-15\nstatus = \"cancelled\""), "2026-11-01", alone, "", "");
    check("start = 2026-12-01T19:00:00\nduration = \"1h\"\nalso = [2026-12-15]", "2026-11-01", alone, "", "");
    // And what is behind does no harm.
    let rest = "RRULE:FREQ=WEEKLY;COUNT=2";
    let later = "20261222T190000/20261222T200000";
    check(&format!("{weekly}\nexcept = [2026-12-15]"), "2026-12-16", later, "Europe/London", rest);
}

#[test]
fn a_changed_date_is_told_as_it_will_be() {
    let series = "start = 2026-12-01T19:00:00\nduration = \"1h\"\nvenue = { name = \"Hall\" }\nrepeat = { every = \"week\", count = 3 }\n\
                  [[change]]\ndate = 2026-12-01\nstart = 2026-12-02T18:00:00\ntitle = \"Walk\"\nvenue = { name = \"Park\" }";
    let found = add_links(series, "2026-11-01");
    values(
        &found[0],
        &[("text", "Walk"), ("dates", "20261202T180000Z/20261202T190000Z"), ("location", "Park"), ("recur", "")],
    );
    values(
        &add_links(series, "2026-12-03")[0],
        &[("text", "E"), ("location", "Hall"), ("recur", "RRULE:FREQ=WEEKLY;COUNT=2")],
    );
}

#[test]
fn what_does_not_take_place_is_not_added() {
    let once = "start = 2026-12-01T19:00:00\nduration = \"2h\"";
    assert_eq!(add_links(once, "2026-12-01T20:59:59Z").len(), 4);
    assert!(add_links(once, "2026-12-01T21:00:00Z").is_empty());
    for (status, count) in [
        ("cancelled", 0),
        ("postponed", 0),
        ("tentative", 4),
        ("rescheduled", 4),
        ("moved-online", 4),
        ("scheduled", 4),
    ] {
        let found = add_links(&format!("{once}\nstatus = \"{status}\""), "2026-11-01");
        assert_eq!(found.len(), count, "{status}");
    }
    let series = format!("{once}\nrepeat = {{ every = \"week\", count = 2 }}\nstatus = \"cancelled\"");
    assert!(add_links(&series, "2026-11-01").is_empty());
    // The next date that takes place.
    let first_off = format!(
        "{once}\nrepeat = {{ every = \"week\", count = 2 }}\n[[change]]\ndate = 2026-12-01\nstatus = \"cancelled\""
    );
    values(&add_links(&first_off, "2026-11-01")[0], &[("dates", "20261208T190000/20261208T210000")]);
}

#[test]
fn every_sign_comes_back_as_it_was_written() {
    let title = "Fares & fairness: 50% off? #1 + \\\"<b>tea</b>\\\" für 👩‍👧 = ŵyl/ŷd; 100 %41";
    let plain = title.replace("\\\"", "\"");
    let lines = "start = 2026-12-01T19:00:00\nsummary = \"One & two, 2 < 3 > 1.\"\nvenue = { name = \"Tŷ & Hall\", address = \"1 High St, Leeds\", postcode = \"LS1 1AA\" }\n\
         online = { url = \"https://meet.example/?a=1&b=2#c\" }";
    let text = format!("{PROBE}=== content/events/e.md\n+++\ntitle = \"{title}\"\n{lines}\n+++\nText\n");
    let found = links(&site(&text).check(), "events/e/", 0);
    let place = "Tŷ & Hall, 1 High St, Leeds, LS1 1AA";
    let details = "One & two, 2 < 3 > 1.\n\nhttps://meet.example/?a=1&b=2#c\n\nhttps://example.org/events/e/";
    let body = "One &amp; two, 2 &lt; 3 &gt; 1.<br><br>https://meet.example/?a=1&amp;b=2#c<br><br>https://example.org/events/e/";
    values(&found[0], &[("text", &plain), ("location", place), ("details", details)]);
    values(&found[1], &[("subject", &plain), ("location", place), ("body", body)]);
    values(&found[3], &[("TITLE", &plain), ("in_loc", place), ("DESC", details)]);
}

#[test]
fn a_private_address_is_in_no_link() {
    let venue = |area: &str| {
        format!(
            "start = 2026-12-01T19:00:00\nvenue = {{ name = \"SECRET House\", address = \"SECRET Lane\", postcode = \"LS1 SECRET\", lat = 53.8008, lon = -1.5491, private = true{area} }}"
        )
    };
    for (lines, place) in [(venue(", area = \"Headingley\""), "Headingley"), (venue(""), "")] {
        let found = add_links(&lines, "2026-11-01");
        values(&found[0], &[("location", place)]);
        for link in &found {
            let all = format!("{link:?}");
            assert!(!all.contains("SECRET") && !all.contains("53.8") && !all.contains("1.54"), "{all}");
        }
    }
}

#[test]
fn online_events_take_place_at_their_address() {
    let online = "online = { url = \"https://meet.example/x\" }";
    let check = |lines: &str, place: &str, details: &str| {
        let found = add_links(&format!("start = 2026-12-01T19:00:00\n{lines}"), "2026-11-01");
        values(&found[0], &[("location", place), ("details", details)]);
    };
    let (page, meet) = ("https://example.org/events/e/", "https://meet.example/x");
    check(online, meet, page);
    check(&format!("{online}\nvenue = {{ name = \"Hall\" }}"), "Hall", &format!("{meet}\n\n{page}"));
    check(&format!("{online}\nvenue = {{ name = \"Hall\" }}\nstatus = \"moved-online\""), meet, page);
    check("venue = { name = \"Hall\" }\nstatus = \"moved-online\"", "", page);
    check("online = { url = \"/join/\" }", "https://example.org/join/", page);
}

#[test]
fn long_descriptions_are_cut_at_a_word() {
    for word in ["bus ", "ŵyddfa ", "автобус ", "公交"] {
        let summary = word.repeat(2_000);
        let lines = format!("start = 2026-12-01T19:00:00\nsummary = \"{summary}\"");
        let built = event(&lines).now("2026-11-01").check();
        for line in built.text("events/e/index.html").lines().filter(|line| line.contains('\t')) {
            assert!(line.len() < 2_500, "{} bytes: {line}", line.len());
        }
        let found = links(&built, "events/e/", 0);
        let (about, _) = found[0].get("details").split_once("\n\n").expect("the page's address after it");
        let kept = about.strip_suffix('…').expect("a mark of what is left out");
        assert!(summary.starts_with(kept) && kept.ends_with(word.trim()), "{about}");
        assert!(kept.len() > 250, "{about}");
    }
}

#[test]
fn the_page_of_one_date_adds_that_date() {
    let series = event(
        "start = 2026-12-01T19:00:00\nduration = \"1h\"\nrepeat = { every = \"week\", count = 4 }\n[[change]]\ndate = 2026-12-15\nstatus = \"cancelled\"",
    );
    let built = series.config("[events]\noccurrences = \"pages\"").now("2026-12-02").check();
    let found = links(&built, "events/e/2026-12-22/", 2);
    values(&found[0], &[("dates", "20261222T190000Z/20261222T200000Z"), ("recur", "")]);
    // Over, and cancelled.
    assert!(links(&built, "events/e/2026-12-01/", 2).is_empty());
    assert!(links(&built, "events/e/2026-12-15/", 2).is_empty());
}

#[test]
fn calendars_are_subscribed_to_by_their_whole_address() {
    let check = |base: &str, webcal: &str, https: &str| {
        let text = "=== content/groups/leeds.md\n+++\ntitle = \"Leeds & Bradford\"\n+++\n\
             === content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-01T19:00:00\ngroups = \"leeds\"\ntags = [\"rail\"]\n+++\n";
        let mut site = site(&format!("{PROBE}{text}")).base_url(base);
        for template in ["group", "term", "events", "aim"] {
            let probe = PROBE.split_once('\n').expect("a header").1.replace("add_links(page=page)", "[]");
            site = site.file(&format!("templates/{template}.html"), probe);
        }
        let built = site.check();
        for (page, path, name) in [
            ("groups/leeds/", "groups/leeds/calendar.ics", "Test Campaign: Leeds & Bradford"),
            ("events/", "calendar.ics", "Test Campaign: Events"),
            ("tags/rail/", "tags/rail/calendar.ics", "Test Campaign: rail"),
            ("events/e/", "events/e/event.ics", "Test Campaign: E"),
        ] {
            let found = links(&built, page, 1);
            let names: Vec<&str> = found.iter().map(|link| link.name.as_str()).collect();
            assert_eq!(names, ["Webcal", "Google Calendar", "Outlook.com", "Microsoft 365"], "{page}");
            let (webcal, https) = (format!("{webcal}{path}"), format!("{https}{path}"));
            assert_eq!(found[0].address, webcal);
            assert_eq!(found[1].address, "https://calendar.google.com/calendar/render");
            values(&found[1], &[("cid", &webcal)]);
            assert_eq!(found[2].address, "https://outlook.live.com/calendar/0/addfromweb");
            assert_eq!(found[3].address, "https://outlook.office.com/calendar/0/addfromweb");
            for outlook in &found[2..] {
                values(outlook, &[("url", &https), ("name", name)]);
            }
        }
    };
    check("https://example.org/", "webcal://example.org/", "https://example.org/");
    check("http://example.org:8080/a/", "webcal://example.org:8080/a/", "http://example.org:8080/a/");
    // Without calendar files there is nothing to subscribe to.
    let built = event("start = 2026-12-01T19:00:00").config("[events]\ncalendars = false").check();
    assert!(links(&built, "events/e/", 1).is_empty());
    assert_eq!(links(&built, "events/e/", 0).len(), 4);
}
