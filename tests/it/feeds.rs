//! Feeds, the sitemap and robots.txt.

use crate::support::{Built, check, site};
use quick_xml::Reader;
use quick_xml::events::Event;

const NEWS: &str = "\
=== content/news/a.md
+++
title = \"Fares & <fairness>\"
date = 2026-01-01
updated = 2026-01-05T10:00:00
tags = [\"Fares\"]
byline = \"Ann Hughes\"
summary = \"In *short*.\"
+++
Text with [link](b.md).
=== content/news/b.md
+++
title = \"Second\"
date = 2026-02-01
+++
More.
=== content/news/c.md
+++
title = \"Unfinished\"
date = 2026-03-01
draft = true
+++
=== content/statements/s.md
+++
title = \"Statement\"
date = 2025-12-01
+++
=== content/news/undated.md
+++
title = \"Undated\"
+++
";

/// The texts of an element, wherever it stands; entities resolved. Fails on XML that is not well formed.
fn texts(xml: &str, element: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut found, mut open, mut depth) = (Vec::new(), None::<String>, 0);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error} in\n{xml}")) {
            Event::Start(start) => {
                depth += 1;
                if start.name().as_ref() == element {
                    open = Some(String::new());
                }
            }
            Event::Text(text) => {
                if let Some(open) = &mut open {
                    open.push_str(&text);
                }
            }
            Event::GeneralRef(entity) => {
                if let Some(open) = &mut open {
                    let name: &str = &entity;
                    let sign = match name {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        _ => panic!("the entity {name}"),
                    };
                    open.push_str(sign);
                }
            }
            Event::End(end) => {
                depth -= 1;
                if end.name().as_ref() == element {
                    found.extend(open.take());
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{xml}");
    found
}

fn titles(built: &Built, feed: &str) -> Vec<String> {
    texts(built.text(feed), "title").split_off(1)
}

#[test]
fn the_sites_feed_has_news_and_statements_newest_first() {
    let built = check(NEWS);
    assert_eq!(titles(&built, "feed.xml"), ["Second", "Fares & <fairness>", "Statement"]);
    assert_eq!(titles(&built, "news/feed.xml"), ["Second", "Fares & <fairness>"]);
    assert_eq!(titles(&built, "tags/fares/feed.xml"), ["Fares & <fairness>"]);
    let feed = built.text("feed.xml");
    assert_eq!(texts(feed, "updated")[0], "2026-02-01T00:00:00+00:00");
    assert!(texts(feed, "updated").contains(&"2026-01-05T10:00:00+00:00".to_owned()));
    assert_eq!(texts(feed, "published").len(), 3);
    assert!(texts(feed, "name").contains(&"Ann Hughes".to_owned()));
    assert!(texts(feed, "content")[1].contains("<a href=\"https://example.org/news/b/\">link</a>"));
    assert!(texts(feed, "summary").contains(&"In short.".to_owned()), "{feed}");
    built.has("feed.xml", &["rel=\"self\"", "href=\"https://example.org/feed.xml\"", "term=\"Fares\""]);
}

#[test]
fn a_feed_holds_as_much_as_asked() {
    let built = site(NEWS).config("[feeds]\nlimit = 1\ncontent = \"summary\"").check();
    assert_eq!(titles(&built, "feed.xml"), ["Second"]);
    assert!(texts(built.text("feed.xml"), "content").is_empty());
}

#[test]
fn ids_stay_when_title_address_and_host_change() {
    let ids = |text: &str| {
        let built = site(text).build();
        texts(built.text("feed.xml"), "id")
    };
    let config = "=== handbill.toml\ntitle = \"T\"\nsite_id = \"ours\"\nbase_url = \"https://example.org/\"\n";
    let before = ids(&format!("{config}{NEWS}"));
    let after = ids(&format!("{config}{NEWS}")
        .replace("example.org", "other.example/path")
        .replace("title = \"Second\"", "title = \"Third\"\nslug = \"third\"")
        .replace("title = \"T\"", "title = \"New name\""));
    assert_eq!(before, after);
    let mut all = before.clone();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), before.len(), "{before:?}");
    assert!(before.iter().all(|id| id.starts_with("urn:uuid:")), "{before:?}");
    // A preview at another address is the same site.
    let site = site(NEWS);
    assert_eq!(
        texts(site.build().text("feed.xml"), "id"),
        texts(site.clone().base_url("https://preview.example.com/").build().text("feed.xml"), "id")
    );
}

#[test]
fn signs_that_xml_has_no_place_for_are_left_out() {
    let built = check(
        "=== content/news/a.md\n+++\ntitle = \"A\\u0001B\\u000b\"\ndate = 2026-01-01\nbyline = \"C\\u0008D\"\nsummary = \"E\\u001f ]]> F\"\ntags = [\"g\\u0002h\"]\n+++\nText\u{c}\n",
    );
    assert_eq!(titles(&built, "feed.xml"), ["AB"]);
    for path in built.paths().into_iter().filter(|path| path.ends_with(".xml")) {
        texts(built.text(path), "title");
        assert!(!built.text(path).chars().any(|c| c < ' ' && !"\n\r\t".contains(c)), "{path}");
    }
}

#[test]
fn the_sitemap_lists_every_page_once() {
    let built = site(&format!("{NEWS}=== content/hidden-from-search.md\n+++\ntitle = \"H\"\nnoindex = true\naliases = [\"/older/\"]\n+++\n=== content/news/a.cy.md\n+++\ntitle = \"Cymraeg\"\ndate = 2026-01-01\n+++\n")).config("[languages.cy]").check();
    let sitemap = built.text("sitemap.xml");
    let listed = texts(sitemap, "loc");
    let mut unique = listed.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(listed.len(), unique.len());
    for page in built.pages() {
        let address = format!("https://example.org/{}", page.trim_end_matches("index.html"));
        let wanted = !page.starts_with("hidden-from-search") && !page.starts_with("older");
        assert_eq!(listed.contains(&address), wanted, "{address}");
    }
    assert!(texts(sitemap, "lastmod").contains(&"2026-01-05T10:00:00+00:00".to_owned()));
    built
        .has("sitemap.xml", &["hreflang=\"cy\" href=\"https://example.org/cy/news/a/\""])
        .lacks("sitemap.xml", &["404"]);
    built.has("hidden-from-search/", &["noindex"]);
    assert_eq!(built.text("robots.txt"), "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n");
}

#[test]
fn each_language_has_its_feed() {
    let built = site(&format!("{NEWS}=== content/news/a.cy.md\n+++\ntitle = \"Cymraeg\"\ndate = 2026-01-01\n+++\n"))
        .config("[languages.cy]\ntitle = \"Bysiau\"")
        .check();
    assert_eq!(texts(built.text("cy/feed.xml"), "title"), ["Bysiau", "Cymraeg"]);
    assert!(!titles(&built, "feed.xml").contains(&"Cymraeg".to_owned()));
}

const FORMATS: &str = "[feeds]\nformats = [\"rss\", \"json\", \"atom\"]\n";

#[test]
fn feeds_are_written_in_the_forms_that_are_asked_for() {
    let built = site(NEWS).config(FORMATS).check();
    for folder in ["", "news/", "tags/fares/"] {
        for (name, kind) in [("rss.xml", "rss+xml"), ("feed.json", "feed+json"), ("feed.xml", "atom+xml")] {
            let link = format!("type=\"application/{kind}\" title=");
            built.has(folder, &[&link, &format!("href=\"/{folder}{name}\"")]);
            assert!(!built.text(&format!("{folder}{name}")).is_empty());
        }
    }
    let built = site(NEWS).config("[feeds]\nformats = []\n").check();
    built
        .absent(&["feed.xml", "rss.xml", "feed.json", "news/feed.xml"])
        .lacks("", &["rel=\"alternate\" type=\"application"]);
}

#[test]
fn rss_says_what_its_readers_need() {
    let built = site(NEWS).config(FORMATS).config("[organisation]\nname = \"Us\"\n").check();
    let rss = built.text("rss.xml");
    assert_eq!(texts(rss, "title"), ["Test Campaign", "Second", "Fares & <fairness>", "Statement"]);
    assert_eq!(texts(rss, "pubDate")[0], "Sun, 1 Feb 2026 00:00:00 +0000");
    assert_eq!(texts(rss, "link")[1], "https://example.org/news/b/");
    assert_eq!(texts(rss, "dc:creator"), ["Us", "Ann Hughes", "Us"]);
    assert_eq!(texts(rss, "category"), ["Fares"]);
    assert!(texts(rss, "content:encoded")[1].contains("<a href=\"https://example.org/news/b/\">link</a>"), "{rss}");
    assert_eq!(texts(rss, "guid"), texts(built.text("feed.xml"), "id").split_off(1));
    built.has(
        "rss.xml",
        &["rel=\"self\" type=\"application/rss+xml\" href=\"https://example.org/rss.xml\"", "isPermaLink=\"false\""],
    );
}

#[test]
fn json_feed_says_the_same() {
    let built = site(NEWS).config(FORMATS).check();
    let feed: serde_json::Value = serde_json::from_str(built.text("feed.json")).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://example.org/feed.json");
    let items = feed["items"].as_array().unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(items[1]["title"], "Fares & <fairness>");
    assert_eq!(items[1]["url"], "https://example.org/news/a/");
    assert_eq!(items[1]["date_published"], "2026-01-01T00:00:00+00:00");
    assert_eq!(items[1]["date_modified"], "2026-01-05T10:00:00+00:00");
    assert_eq!(items[1]["authors"][0]["name"], "Ann Hughes");
    assert_eq!(items[1]["tags"][0], "Fares");
    assert_eq!(items[1]["summary"], "In short.");
    // In a feed of summaries an item still has a text.
    let built = site(NEWS).config(&format!("{FORMATS}content = \"summary\"\n")).check();
    let feed: serde_json::Value = serde_json::from_str(built.text("feed.json")).unwrap();
    assert_eq!(feed["items"][1]["content_text"], "In short.");
}

#[test]
fn addresses_in_feeds_are_whole_wherever_they_stand() {
    let built = site(
        "=== content/news/a/index.md\n+++\ntitle = \"A\"\ndate = 2026-01-01\nimage = { src = \"p.png\", alt = \"P\" }\n+++\n\
         Text[^1] and [down](#part), ![P](p.png).\n\n## Part {#part}\n\n\
         <a href=\"?x\">q</a> <img src=\"p.png\" alt=\"\" srcset=\"/news/a/p.png 1x, https://x.example/q.png 2x\">\n\n[^1]: Note.\n",
    )
    .file("content/news/a/p.png", "x")
    .config("[feeds]\nformats = [\"atom\", \"rss\", \"json\"]\n[markdown]\nhtml = \"allow\"\n")
    .check();
    let content = texts(built.text("feed.xml"), "content").remove(0);
    assert_eq!(content, texts(built.text("rss.xml"), "content:encoded")[0]);
    let feed: serde_json::Value = serde_json::from_str(built.text("feed.json")).unwrap();
    assert_eq!(feed["items"][0]["content_html"], content.as_str());
    assert_eq!(feed["items"][0]["image"], "https://example.org/news/a/p.png");
    for attribute in ["href", "src", "srcset"] {
        let values: Vec<&str> = content.split(&format!(" {attribute}=\"")).skip(1).collect();
        assert!(!values.is_empty(), "{attribute} in {content}");
        for value in values {
            assert!(value.starts_with("https://"), "{attribute}={value} in {content}");
        }
    }
    assert!(content.contains("href=\"https://example.org/news/a/#part\""), "{content}");
}

#[test]
fn events_and_groups_have_feeds_in_every_form() {
    let built = site(
        "=== content/groups/leeds.md\n+++\ntitle = \"Leeds\"\n+++\n=== content/events/m.md\n+++\ntitle = \"Meeting\"\n\
         start = 2026-12-01T19:00:00\nduration = \"1h\"\ngroups = [\"leeds\"]\n\
         venue = { name = \"Secret house\", address = \"1 Hidden Street\", private = true, area = \"Headingley\" }\n+++\nCome.\n",
    )
    .config(FORMATS)
    .check();
    for folder in ["events/", "groups/leeds/events/"] {
        let feed: serde_json::Value = serde_json::from_str(built.text(&format!("{folder}feed.json"))).unwrap();
        assert_eq!(feed["items"][0]["title"], "Meeting");
        assert_eq!(feed["items"][0]["attachments"][0]["url"], "https://example.org/events/m/event.ics");
        assert!(texts(built.text(&format!("{folder}rss.xml")), "description")[1].contains("Headingley"));
        built.has(&format!("{folder}feed.xml"), &["Headingley"]);
    }
    built.nowhere(&["Hidden Street"]);
}

#[test]
fn what_is_held_back_is_in_no_feed() {
    let built = site(
        "=== content/news/a.md\n+++\ntitle = \"Out\"\ndate = 2026-01-01\n+++\n\
         === content/news/b.md\n+++\ntitle = \"Later words\"\ndate = 2026-01-01\npublish_from = 2027-01-01\n+++\n\
         === content/news/c.md\n+++\ntitle = \"Draft words\"\ndate = 2026-01-01\ndraft = true\n+++\n\
         === content/news/d.md\n+++\ntitle = \"Expired words\"\ndate = 2026-01-01\nexpires = 2026-02-01\n+++\n",
    )
    .config(FORMATS)
    .check();
    built.nowhere(&["Later words", "Draft words", "Expired words"]);
}

#[test]
fn a_sitemap_of_more_than_50000_addresses_is_parted() {
    let tags: String = (0..50_000).map(|number| format!("\"t{number}\",")).collect();
    let world = handbill::source::MemoryWorld::default();
    let mut world = world;
    world.insert(
        "handbill.toml",
        "title = \"T\"\nbase_url = \"https://example.org/sub/\"\n[taxonomies.tags]\nfeed = false\n",
    );
    world.insert("content/a.md", format!("+++\ntitle = \"A\"\ntags = [{tags}]\n+++\n"));
    let world: handbill::build::SharedWorld = std::sync::Arc::new(world);
    let clock = handbill::site::Clock { now: jiff::Timestamp::UNIX_EPOCH, drafts: false, future: false };
    let options = handbill::build::Options {
        config: "handbill.toml".to_owned(),
        overrides: handbill::config::Overrides::default(),
        clock,
    };
    let loaded = handbill::build::load(&world, &options, &mut handbill::build::Stopwatch::new()).unwrap();
    let engine = loaded.engine.unwrap();
    let of = |path: &str| {
        let job = engine.site().jobs.iter().find(|job| job.output.as_str() == path);
        let content = handbill::emit::render(&engine, job.unwrap_or_else(|| panic!("no {path}"))).unwrap();
        let handbill::emit::Content::Bytes(bytes) = content else { panic!("a file") };
        assert!(bytes.len() < 50 << 20);
        texts(std::str::from_utf8(&bytes).unwrap(), "loc")
    };
    assert_eq!(of("sitemap.xml"), ["https://example.org/sub/sitemap-1.xml", "https://example.org/sub/sitemap-2.xml"]);
    let (mut first, second) = (of("sitemap-1.xml"), of("sitemap-2.xml"));
    // The home page, the page, the list of all tags, and the tags.
    assert_eq!((first.len(), second.len()), (50_000, 3));
    first.extend(second);
    first.sort_unstable();
    first.dedup();
    assert_eq!(first.len(), 50_003);
}
