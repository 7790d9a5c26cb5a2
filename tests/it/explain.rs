//! What `handbill explain` answers: what something is, where it appears, and where not and why.
#![allow(clippy::disallowed_methods)]

use crate::support::{SiteText, site};
use handbill::explain::{Answer, What};

/// A page of the content by its path and the lines of its front matter besides the title.
fn page(path: &str, title: &str, lines: &str) -> String {
    format!("=== content/{path}\n+++\ntitle = \"{title}\"\n{lines}\n+++\nText.\n")
}

fn event(path: &str, title: &str, lines: &str) -> String {
    page(&format!("events/{path}"), title, lines)
}

/// The words of what an answer has, in order.
fn told(answer: &Answer) -> String {
    let places = answer.appears.iter().map(|place| format!("has {}: {}", place.list, place.words));
    let absences =
        answer.absent.iter().map(|absence| format!("lacks {} ({}): {}", absence.list, absence.reason, absence.words));
    let reasons = answer.reasons.iter().map(|reason| format!("{}: {}", reason.reason, reason.words));
    let words = answer.words.iter().cloned();
    words.chain(reasons).chain(places).chain(absences).collect::<Vec<_>>().join("\n")
}

/// The answer names this place, or this absence with its reason.
#[track_caller]
fn says(site: &SiteText, asked: &str, wanted: &[&str]) -> Answer {
    let answer = site.explain(asked);
    let told = told(&answer);
    for line in wanted {
        assert!(told.lines().any(|told| told.contains(line)), "{asked}: no {line:?} among:\n{told}");
    }
    answer
}

#[track_caller]
fn silent(site: &SiteText, asked: &str, unwanted: &[&str]) {
    let told = told(&site.explain(asked));
    for piece in unwanted {
        assert!(!told.contains(piece), "{asked}: {piece:?} in:\n{told}");
    }
}

fn small() -> String {
    [
        page("news/one.md", "One", "date = 2026-01-01\ntags = [\"fares\"]\naliases = [\"/old/one/\"]"),
        page("groups/leeds.md", "Leeds", "region = \"North\"\nlocation = { lat = 53.8, lon = -1.55 }"),
        page("groups/york.md", "York", "location = { lat = 53.96, lon = -1.08 }"),
        event("fair.md", "Fair", "start = 2026-12-01T19:00:00\ngroups = [\"leeds\"]"),
    ]
    .concat()
}

#[test]
fn a_page_is_found_by_each_of_its_names() {
    let site = site(&small()).config("output = \"public\"").base_url("https://example.org/base/");
    for asked in [
        "content/news/one.md",
        "./content/news/one.md",
        "@/news/one.md",
        "@/news/one.md#more",
        "news/one.md",
        "news/one",
        "/news/one/",
        "/news/one",
        "/news/one/index.html",
        "/base/news/one/",
        "news/one/index.html",
        "public/news/one/index.html",
        "https://example.org/base/news/one/",
        "https://example.org/base/news/one?x=1#more",
        "HTTPS://EXAMPLE.ORG/base/news/one/",
        "http://localhost:1111/news/one/",
        "http://127.0.0.1/base/news/one/",
        "//example.org/base/news/one/",
        "one.md",
        "one",
        "One",
        " content/news/one.md ",
    ] {
        let answer = site.explain(asked);
        assert_eq!(answer.file.as_deref(), Some("content/news/one.md"), "{asked}: {}", told(&answer));
        assert_eq!(answer.what, What::Page, "{asked}");
        assert_eq!(answer.permalink.as_deref(), Some("https://example.org/base/news/one/"));
    }
    let home = site.explain("https://example.org/base");
    assert_eq!(home.kind, Some("home"));
    assert_eq!(site.explain("/base/").url.as_deref(), Some("/base/"));
    assert_eq!(site.explain("content/news").kind, Some("section"));
}

#[test]
fn versions_have_addresses_of_their_own() {
    let text = small() + &page("news/one.cy.md", "Un", "date = 2026-01-01");
    let site = site(&text).config("[languages.cy]");
    for asked in ["content/news/one.cy.md", "@/news/one.cy.md", "/cy/news/one/", "cy/news/one/", "Un"] {
        assert_eq!(site.explain(asked).language.as_deref(), Some("cy"), "{asked}");
    }
    for asked in ["@/news/one.en-GB.md", "@/news/one.md", "one"] {
        assert_eq!(site.explain(asked).language.as_deref(), Some("en-GB"), "{asked}");
    }
    let versions = site.explain("@/news/one.md").translations;
    let seen: Vec<(&str, &str, bool)> =
        versions.iter().map(|version| (version.language.as_str(), version.status, version.this)).collect();
    assert_eq!(seen, [("en-GB", "published", true), ("cy", "published", false)]);
    let versions = site.explain("@/groups/leeds.md").translations;
    assert_eq!((versions[1].status, versions[1].file.as_str()), ("missing", "content/groups/leeds.cy.md"));
}

#[test]
fn everything_else_of_the_output_says_what_makes_it() {
    let text = small()
        + "=== static/leaflet.pdf\nx\n=== static/robots.txt\nx\n=== content/news/photo.jpg\nx\n=== themes/default/theme.toml\nname = \"default\"\n=== themes/other/templates/a.html\nx\n=== templates/post.html\n{{ page.title }}\n=== i18n/en.toml\nhome = \"Start\"\n=== data/x.csv\na\n=== notes.txt\nx\n=== content/.x.swp\nx\n";
    let site = site(&text);
    let check = |asked: &str, what: What, words: &str| {
        let answer = site.explain(asked);
        assert_eq!(answer.what, what, "{asked}: {}", told(&answer));
        let told = told(&answer);
        assert!(told.contains(words), "{asked}: no {words:?} in {told}");
    };
    check("/old/one/", What::Redirect, "An earlier address of \"One\", which sends readers on to /news/one/");
    check("/feed.xml", What::Feed, "The feed of the site");
    check("/news/feed.xml", What::Feed, "The feed of \"News\"");
    check("/tags/fares/feed.xml", What::Feed, "The feed of \"fares\"");
    check("/events/feed.xml", What::Feed, "1 coming event");
    check("/sitemap.xml", What::Sitemap, "for search engines");
    check("/robots.txt", What::File, "published as it is");
    check("/404.html", What::NotFound, "where there is nothing");
    check("/tags/", What::List, "all Tags");
    check("/tags/fares/", What::List, "1 page that names \"fares\"");
    check("/events/2026/", What::List, "All events of 2026: 1 date");
    check("/events/2026/12/", What::List, "All events of December 2026: 1 date");
    check("/groups/leeds/events/", What::List, "The events of the group \"Leeds\": 1 coming date");
    check("/events/region/north/", What::List, "The events in the region \"North\"");
    check("/calendar.ics", What::Calendar, "The calendar of all events");
    check("/groups/leeds/calendar.ics", What::Calendar, "The calendar of the events of the group \"Leeds\"");
    check("/events/fair/event.ics", What::Calendar, "The calendar file of the event \"Fair\"");
    check("static/leaflet.pdf", What::File, "published as it is");
    check("/leaflet.pdf", What::File, "published as it is");
    check("content/news/photo.jpg", What::File, "travels with the page");
    check("/handbill.css", What::File, "of the theme, built into Handbill");
    check("handbill.toml", What::Source, "The configuration");
    check("templates/post.html", What::Source, "It renders 1 page");
    check("themes/default/templates/post.html", What::Source, "templates/post.html takes its place");
    check("themes/default/templates/event.html", What::Source, "It renders 1 page");
    check("themes/other/templates/a.html", What::Source, "does not use this theme");
    check("themes/default/theme.toml", What::Source, "What the theme \"default\" says of itself");
    check("i18n/en.toml", What::Source, "The site's own words in the language en");
    check("data/x.csv", What::Source, "load_data");
    check("notes.txt", What::Unused, "does not read");
    check("content/.x.swp", What::Unused, "begins with a dot");
}

#[test]
fn a_list_of_people_is_never_published() {
    let site = site(
        "=== content/statements/founding/index.md\n+++\ntitle = \"Founding\"\nsignatories = \"people.csv\"\n+++\n=== content/statements/founding/people.csv\nname,consent\nAda,true\n",
    );
    let answer = site.explain("content/statements/founding/people.csv");
    assert_eq!(answer.what, What::Source);
    assert!(told(&answer).contains("Those who signed \"Founding\""), "{}", told(&answer));
    let gone = site.explain("/statements/founding/people.csv");
    assert_eq!(gone.what, What::Unknown);
}

#[test]
fn where_there_is_nothing_the_nearest_is_named() {
    let text = small() + &page("news/two.md", "Two", "draft = true\nslug = \"second\"");
    let site = site(&text).config("[languages.cy]");
    let check = |asked: &str, words: &str, nearest: &[&str]| {
        let answer = site.explain(asked);
        assert_eq!(answer.what, What::Unknown, "{asked}");
        assert!(told(&answer).contains(words), "{asked}: {}", told(&answer));
        let seen: Vec<&str> =
            answer.nearest.iter().filter_map(|link| link.url.as_deref().or(link.file.as_deref())).collect();
        assert_eq!(seen, nearest, "{asked}");
    };
    check("/groups/leds/", "A file content/groups/leds.md would make a page there", &["/groups/leeds/"]);
    check("/cy/groups/hull/", "A file content/groups/hull.cy.md would make", &["/cy/groups/"]);
    check("/news/oen/", "Nothing stands at /news/oen/", &["/news/one/"]);
    check("/events/one/", "content/events/one.md", &["/news/one/", "/events/"]);
    check("/tags/fare/", "no page in English (en-GB) has that", &["/tags/fares/"]);
    check("/news/page/7/", "The list at /news/ has 1 page", &[]);
    check("/x.pdf", "A file static/x.pdf would be published there", &[]);
    check("content/news/oen.md", "no file and no address", &["/news/one/"]);
    check("@/groups/lees.md", "no file and no address", &["/groups/leeds/"]);
    check("https://other.example/news/one/", "An address of other.example", &["/news/one/"]);
    check("https://other.example/zzz", "An address of other.example", &[]);
    check("/news/two/", "content/news/two.md would, but it is not published (draft)", &["/news/one/"]);
    check("/events/2031/05/", "No event takes place in May 2031", &["/events/2026/12/"]);
    check("/events/2031/", "No event takes place in 2031", &["/events/2026/"]);
    check("", "There is no file and no address", &[]);
    // Two of one name: which is meant?
    let twice = crate::support::site(&(small() + &page("groups/one.md", "One", "")));
    let answer = twice.explain("one");
    assert!(told(&answer).contains("more than one"), "{}", told(&answer));
    assert_eq!(answer.nearest.len(), 2);
}

#[test]
fn what_is_not_published_is_found_at_the_address_it_would_have() {
    let hidden = |lines: &str| site(&(small() + &page("news/two.md", "Two", lines)));
    let check = |lines: &str, wanted: &[&str]| {
        for asked in ["content/news/two.md", "/news/two/", "two"] {
            let answer = says(&hidden(lines), asked, wanted);
            assert!(!answer.published, "{asked}");
            assert_eq!(answer.url.as_deref(), Some("/news/two/"), "{asked}");
        }
    };
    check(
        "draft = true\ndate = 2026-02-01",
        &["draft: It is a draft: remove the line `draft = true`", "has feed: the feed of \"News\""],
    );
    check(
        "publish_from = 2026-12-01T08:00:00\ndate = 2026-12-01",
        &[
            "embargoed: It is held back until Tuesday 1 December 2026, 08:00 (Europe/London), by `publish_from`",
            "has section: the list of \"News\"",
        ],
    );
    check("embargo = 2026-12-24", &["embargoed: It is held back until Thursday 24 December 2026, by `embargo`"]);
    check("expires = 2026-03-01", &["expired: It expired on Sunday 1 March 2026, by `expires`"]);
    check("draft = true\nexpires = 2026-03-01\npublish_from = 2027-01-01", &["draft: ", "embargoed: ", "expired: "]);
    let changes =
        |lines: &str| hidden(lines).explain("two").changes.iter().map(|change| change.at.clone()).collect::<Vec<_>>();
    assert_eq!(changes("publish_from = 2026-12-01T08:00:00"), ["2026-12-01T08:00:00+00:00"]);
    assert!(changes("publish_from = 2026-12-01T08:00:00\ndraft = true").is_empty());
    // With the option it is shown, and said to be there because of it.
    let shown =
        says(&hidden("draft = true").drafts(), "two", &["draft: It is a draft, shown here because of --drafts"]);
    assert!(shown.published);
    let shown = says(&hidden("publish_from = 2027-01-01").future(), "two", &["shown here because of --future"]);
    assert!(shown.published);
}

#[test]
fn mistakes_are_told_with_their_places_and_do_not_stop_the_answer() {
    let text = small() + &page("news/two.md", "Two", "datte = 2026-01-01");
    let site = site(&text);
    let broken = says(&site, "content/news/two.md", &["broken: It has mistakes"]);
    assert!(!broken.published);
    let mistake = &broken.mistakes[0];
    assert_eq!((mistake.code, mistake.line, mistake.column), ("HB0101", Some(3), Some(1)));
    assert!(mistake.help.as_deref().is_some_and(|help| help.contains("date")));
    // Others are told that nothing is published until then.
    let other = site.explain("content/news/one.md");
    assert_eq!((other.published, other.site_mistakes), (true, 1));
    // A theme that cannot be used, and an event whose times cannot be read.
    let themeless = crate::support::site(&small()).config("theme = \"none\"").explain("content/news/one.md");
    assert_eq!((themeless.published, themeless.template), (true, None));
    let times = crate::support::site(&event("a.md", "A", "start = 2026-12-01T19:00:00\nend = 2026-12-01T18:00:00"));
    let answer = says(&times, "content/events/a.md", &["lacks events (broken): lists of events: its times could not"]);
    assert_eq!(answer.event, None);
}

#[test]
fn a_page_of_news_is_in_lists_feeds_and_terms() {
    let mut text = small();
    for number in 2..=30 {
        text +=
            &page(&format!("news/n{number:02}.md"), &format!("N{number:02}"), &format!("date = 2026-01-{number:02}"));
    }
    text += &page("about.md", "About", "menu = \"main\"\nrelated = [\"@/news/one.md\"]\n");
    text += "=== content/_index.md\n+++\ntitle = \"Home\"\n+++\n[One](news/one.md)\n";
    let site = site(&text);
    let one = says(
        &site,
        "content/news/one.md",
        &[
            "has section: page 2 of 2 of the list of \"News\", /news/page/2/, as number 30 of 30",
            "has term: Tags \"fares\", /tags/fares/, as number 1 of 1",
            "has feed: the feed of \"fares\", /tags/fares/feed.xml, as number 1 of 1",
            "has related: \"see also\" of \"About\", /about/",
            "has sitemap: the sitemap, /sitemap.xml",
            "lacks feed (feed-limit): the feed of the site, /feed.xml: it has the first 20, and this is number 30 of 30",
            "lacks feed (feed-limit): the feed of \"News\", /news/feed.xml",
        ],
    );
    let section = &one.appears[0];
    assert_eq!((section.list, section.number, section.of), ("section", Some(30), Some(30)));
    assert_eq!(section.url.as_deref(), Some("/news/page/2/"));
    assert_eq!(one.linked_from.iter().map(|link| link.title.as_str()).collect::<Vec<_>>(), ["Home"]);
    assert_eq!((one.aliases[0].url.as_str(), one.aliases[0].works), ("/old/one/", true));
    assert_eq!(one.template.map(|template| template.name).as_deref(), Some("post.html"));
    assert_eq!(one.section.and_then(|section| section.url).as_deref(), Some("/news/"));
    says(&site, "/about/", &["has menu: the menu \"main\", as \"About\"", "lacks section (top-level)"]);
    says(&site, "/news/", &["Its list has 30 pages, ordered by date, 20 on each page"]);
    assert_eq!(site.explain("/about/").relates_to[0].page.title, "One");
}

#[test]
fn each_reason_why_a_page_is_not_in_a_list_is_told() {
    let with = |lines: &str| site(&(small() + &page("news/two.md", "Two", lines)));
    let check = |site: SiteText, asked: &str, wanted: &str| {
        says(&site, asked, &[wanted]);
    };
    check(with(""), "two", "lacks feed (no-date): the feed of the site, /feed.xml: it has no `date`");
    check(with(""), "two", "lacks term (no-terms): Tags, /tags/: it has none");
    check(with("noindex = true"), "two", "lacks sitemap (noindex)");
    check(
        with("").file("content/news/_index.md", "+++\ntitle = \"News\"\nfeed = false\n+++\n"),
        "two",
        "lacks feed (no-feed): a feed of \"News\": the section has none",
    );
    check(with("").file("static/sitemap.xml", "x"), "two", "lacks sitemap (replaced)");
    check(site(&small()), "@/groups/leeds.md", "has nearby: the groups nearby of 1 other group");
    check(
        site(&small()),
        "fair",
        "lacks feed (other-kind): the feed of the site, /feed.xml: it has news and statements only",
    );
    check(
        with("").config("[languages.cy]"),
        "two",
        "lacks language (other-language): the lists in Cymraeg (cy): it has no version in that language; content/news/two.cy.md would be it",
    );
    check(
        with("").config("[languages.cy]").file("content/news/two.cy.md", "+++\ntitle = \"Dau\"\ndraft = true\n+++\n"),
        "@/news/two.md",
        "its version content/news/two.cy.md is not published (draft)",
    );
    check(
        site(
            &(small()
                + &page("elsewhere/x.md", "X", "kind = \"post\"")
                + &page("elsewhere/_index.md", "Elsewhere", "")),
        ),
        "@/elsewhere/x.md",
        "lacks section (other-section): the list of \"News\", /news/: it has what lies in content/news/ itself; this page lies in content/elsewhere/, and belongs to the section \"Elsewhere\"",
    );
    check(
        site(&(small() + &page("news/2026/x.md", "X", "") + &page("news/2026/_index.md", "Year", ""))),
        "@/news/2026/x.md",
        "lacks section (other-section): the list of \"News\"",
    );
}

#[test]
fn an_address_that_is_taken_is_told() {
    let twins = site(&(small() + &page("news/two.md", "Two", "slug = \"one\"")));
    let two = says(
        &twins,
        "content/news/two.md",
        &["address-taken: Its address, /news/one/, is taken: the post \"One\" stands there"],
    );
    assert!(!two.published);
    assert_eq!(twins.explain("/news/one/").file.as_deref(), Some("content/news/one.md"));
    let alias = site(&(small() + &page("news/two.md", "Two", "aliases = [\"/news/one/\", \"/free/\", \"../x\"]")));
    let told: Vec<(String, bool, Option<String>)> =
        alias.explain("two").aliases.into_iter().map(|alias| (alias.url, alias.works, alias.words)).collect();
    assert_eq!(told[0], ("/news/one/".to_owned(), false, Some("the post \"One\" stands there".to_owned())));
    assert_eq!(told[1], ("/free/".to_owned(), true, None));
    assert!(!told[2].1 && told[2].2.is_some(), "{told:?}");
}

#[test]
fn actions_groups_and_aims_have_reasons_of_their_own() {
    let action = |lines: &str| {
        let text = page("actions/sign.md", "Sign", &format!("ask = \"sign\"\n{lines}"))
            + &page("aims/fares.md", "Fares", "")
            + &page("aims/fares.cy.md", "Prisiau", "");
        site(&text)
    };
    says(&action(""), "sign", &["lacks actions (not-offered)", "lacks aim (no-aim): the pages of aims: it names none"]);
    let offered = |site: SiteText| site.config("actions = [\"@/actions/sign.md\"]\n[languages.cy]");
    let open = says(
        &offered(action("aims = [\"fares\"]\ndeadline = 2026-12-31")),
        "sign",
        &["has actions: the actions that every page offers", "has aim: the aim \"Fares\", /aims/fares/"],
    );
    assert_eq!(open.changes[0].at, "2027-01-01T00:00:00+00:00");
    let closed = offered(action("deadline = 2026-10-31"));
    says(&closed, "sign", &["lacks actions (closed): the actions that every page offers: its deadline has passed"]);
    // A group without a place on the map, and one that was put into the sea.
    let groups = |lines: &str| site(&(small() + &page("groups/hull.md", "Hull", lines)));
    says(&groups(""), "hull", &["lacks nearby (no-location)"]);
    let words =
        |lines: &str| groups(lines).explain("hull").group.map(|group| group.words.join("\n")).unwrap_or_default();
    let check = |lines: &str, wanted: &str| {
        let words = words(lines);
        assert!(words.contains(wanted), "{lines}: {words}");
    };
    check("", "It has no `location`");
    check("", "No event names it. An event does with groups = [\"hull\"]");
    check("", "It names no region");
    check("", "It has no contact");
    check(
        "location = { lat = 53.74, lon = -0.33 }",
        "It lies at 53.74, -0.33 (latitude, longitude), 55 km from the nearest other group, York",
    );
    check("location = { lat = 0, lon = 0 }", "in the sea");
    check("location = { lat = -0.33, lon = 53.74 }", "the wrong way round");
    check("status = \"paused\"", "shown as paused");
    let leeds = site(&small()).explain("leeds").group.unwrap();
    assert_eq!(
        (leeds.events[0].page.title.as_str(), leeds.events[0].next.as_deref()),
        ("Fair", Some("2026-12-01T19:00:00+00:00"))
    );
}

#[test]
fn hostile_questions_have_answers_too() {
    let site = site(&small()).config("[languages.cy]");
    for asked in [
        "",
        " ",
        "/",
        "//",
        "///",
        "#",
        "?",
        "%",
        "%zz",
        "/%",
        "/%ff%fe",
        "@/",
        "@/../..",
        "../../etc/passwd",
        "/../x",
        "https://",
        "https:///",
        "https://example.org:99999/",
        "http://[::1",
        "content/",
        "content",
        "é",
        "/é/#é",
        "\u{0}",
        "a\u{0}b",
        "\\",
        "C:\\x",
        "#hb-",
        "/events/fair/#hb-",
        "/events/fair/#hb-9999-99-99",
        "/page/",
        "/page/1/",
        "/tags/",
        "/cy",
        "/cy/tags/x/",
        "mailto:x@example.org",
        "javascript:alert(1)",
        "themes/",
        "themes/x",
        "static/",
        "/events/9999/13/",
        "/events/-1/",
        "/events/99999999999999999999/",
        "index.html",
        ".md",
        "x.md",
        "/x/.md",
    ] {
        let answer = site.explain(asked);
        assert!(!answer.words.is_empty(), "{asked:?}");
    }
    site.explain(&"x/".repeat(5000));
    site.explain(&"é".repeat(5000));
}

#[test]
fn other_pages_do_not_speak_of_events() {
    silent(&site(&small()), "content/news/one.md", &["events", "calendar", "past"]);
    silent(&site(&small()), "content/groups/leeds.md", &["feed", "aims"]);
}

#[test]
fn the_manual_names_every_key_and_every_reason() {
    let manual = include_str!("../../docs/content/publishing/command-line.md");
    let mut keys = Vec::new();
    let event = event(
        "fair.md",
        "Fair",
        "start = 2026-12-01T19:00:00\nrepeat = { every = \"week\" }\naliases = [\"/x/\"]\ngroups = [\"leeds\"]\n[[change]]\ndate = 2026-12-08\nstatus = \"cancelled\"",
    );
    let site = site(&(small() + &event)).config("[languages.cy]");
    for asked in ["/events/fair/#hb-2026-12-08", "/groups/leeds/", "/x/", "/news/oen/", "content/news/one.md"] {
        collect_keys(&serde_json::to_value(site.explain(asked)).unwrap(), &mut keys);
    }
    keys.sort();
    keys.dedup();
    assert!(keys.len() > 50, "{keys:?}");
    let missing: Vec<&String> = keys.iter().filter(|key| !manual.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "docs/content/publishing/command-line.md lacks {missing:?}");
    // Reasons are written in the code, as the last text but one of a call or the first of a pair.
    for file in ["lists.rs", "event_lists.rs"] {
        let path = format!("{}/src/explain/{file}", env!("CARGO_MANIFEST_DIR"));
        let code = std::fs::read_to_string(path).unwrap();
        let words = code.split('"').skip(1).step_by(2);
        let reasons =
            words.filter(|word| word.contains('-') && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
        for reason in reasons {
            assert!(manual.contains(&format!("`{reason}`")), "the manual lacks the reason {reason}");
        }
    }
}

fn collect_keys(value: &serde_json::Value, keys: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(entries) => {
            for (key, value) in entries {
                keys.push(key.clone());
                collect_keys(value, keys);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_keys(item, keys)),
        _ => {}
    }
}
