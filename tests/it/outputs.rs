//! Further files that templates make, and `handbill.json`.

use crate::support::{check, site};
use serde_json::Value;

const GROUPS: &str = "\
=== content/groups/leeds.md
+++
title = \"Leeds, \\\"the\\\" north\"
place = \"Leeds\"
location = { lat = 53.8, lon = -1.55 }
+++
=== content/groups/york.md
+++
title = \"=York\"
place = \"York\"
+++
=== content/events/m.md
+++
title = \"Meeting\"
start = 2026-12-03T19:00:00
duration = \"1h\"
repeat = { every = \"week\", count = 3 }
groups = [\"leeds\"]
venue = { name = \"Secret house\", address = \"1 Hidden Street\", private = true, area = \"Headingley\" }
+++
=== content/news/a.md
+++
title = \"News\"
date = 2026-01-01
byline = \"Ann\"
tags = [\"Fares\"]
+++
First words. [Leeds](@/groups/leeds.md)
=== content/news/b.md
+++
title = \"Draft words\"
draft = true
date = 2026-01-01
+++
=== content/news/c.md
+++
title = \"Not to be found\"
noindex = true
date = 2026-01-01
+++
";

const CSV: &str = "title,place\n{% for group in list.items %}{{ group.title }},{{ group.group.place }}\n{% endfor %}";

#[test]
fn a_template_makes_a_table() {
    let built = site(GROUPS)
        .file("templates/groups.csv", CSV)
        .config("[[outputs]]\ntemplate = \"groups.csv\"\nfile = \"groups.csv\"\nkind = \"group\"\n")
        .check();
    assert_eq!(built.text("groups.csv"), "title,place\n\"Leeds, \"\"the\"\" north\",Leeds\n\"'=York\",York\n");
}

#[test]
fn a_file_stands_beside_each_section_or_page() {
    let built = site(GROUPS)
        .file("templates/list.csv", CSV)
        .file(
            "templates/one.json",
            "{ \"title\": {{ page.title | json }}, \"same\": \"{{ page.title }}\", \"url\": \"{{ page.permalink }}\" }",
        )
        .config("[[outputs]]\ntemplate = \"list.csv\"\nfile = \"all.csv\"\neach = \"section\"\nkind = \"group\"\n")
        .config("[[outputs]]\ntemplate = \"one.json\"\nfile = \"group.json\"\neach = \"page\"\nkind = \"group\"\n")
        .check();
    assert!(built.text("groups/all.csv").contains(",York\n"));
    built.absent(&["news/all.csv", "all.csv", "news/a/group.json"]);
    let group: Value = serde_json::from_str(built.text("groups/leeds/group.json")).unwrap();
    assert_eq!(group["title"], "Leeds, \"the\" north");
    assert_eq!(group["same"], group["title"]);
}

#[test]
fn each_language_has_its_file() {
    let built = site(GROUPS)
        .file("content/_index.md", "+++\ntitle = \"Home\"\n+++\n")
        .file("content/_index.cy.md", "+++\ntitle = \"Cartref\"\n+++\n")
        .file("templates/t.txt", "{{ lang }} {{ page.title }} & {{ list.total_items }}")
        .config("[[outputs]]\ntemplate = \"t.txt\"\nfile = \"t.txt\"\n[languages.cy]\n")
        .check();
    assert!(built.text("t.txt").starts_with("en-GB Home & "), "{}", built.text("t.txt"));
    assert!(built.text("cy/t.txt").starts_with("cy Cartref & "));
}

#[test]
fn a_theme_declares_files_and_a_site_takes_their_place() {
    let theme = site(GROUPS)
        .file(
            "themes/own/theme.toml",
            "name = \"own\"\nextends = \"default\"\n[[outputs]]\ntemplate = \"x.txt\"\nfile = \"x.txt\"\n",
        )
        .file("themes/own/templates/x.txt", "of the theme")
        .file("templates/y.txt", "of the site");
    let config = "title = \"T\"\nbase_url = \"https://example.org/\"\ntheme = \"own\"\n";
    let built = theme.clone().file("handbill.toml", config).check();
    assert_eq!(built.text("x.txt"), "of the theme");
    let own = format!("{config}[[outputs]]\ntemplate = \"y.txt\"\nfile = \"x.txt\"\n");
    assert_eq!(theme.file("handbill.toml", own).check().text("x.txt"), "of the site");
}

#[test]
fn mistakes_in_further_files_are_reported_where_they_are() {
    let head = "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n";
    let bad = |text: &str| check(&format!("{head}[[outputs]]\n{text}"));
    bad("template = \"no.csv\" #~ HB0607 ‹\"no.csv\"›\nfile = \"a.csv\"\n");
    bad("template = \"page.html\"\nfile = \"a/b.csv\" #~ HB0103 ‹\"a/b.csv\"› … without folders\n");
    bad("template = \"page.html\"\nfile = \"index.html\" #~ HB0103\n");
    bad("template = \"page.html\"\nfile = \"a.x\"\nkind = \"groups\" #~ HB0103 … did you mean \"group\"\n");
    bad("template = \"page.html\"\nfile = \"a.x\"\nmedia_type = \"csv\" #~ HB0103 … text/csv\n");
    let built = site(head)
        .file("templates/bad.json", "[{% for group in [1, 2] %}{{ group }},{% endfor %}]")
        .config("[[outputs]]\ntemplate = \"bad.json\"\nfile = \"bad.json\"\n")
        .build();
    assert!(built.all_reported().starts_with("templates/bad.json:0:0 HB1107 "), "{}", built.all_reported());
    let place = &built.diagnostics[0].others[0].text;
    assert_eq!(place, "for /bad.json: expected value at line 1 column 6, where it says `[1,2,]`");
    let built = site(head)
        .file("templates/x.txt", "x")
        .config("[[outputs]]\ntemplate = \"x.txt\"\nfile = \"feed.xml\"\n[[outputs]]\ntemplate = \"x.txt\"\nfile = \"a.txt\"\n")
        .config("[[outputs]]\ntemplate = \"x.txt\"\nfile = \"a.txt\"\n")
        .build();
    assert_eq!(
        built.reported().iter().map(|found| found.code).collect::<Vec<_>>(),
        ["HB0406"],
        "{}",
        built.all_reported()
    );
}

#[test]
fn hosts_are_told_of_media_types_that_they_may_not_know() {
    let built = site(GROUPS)
        .file("templates/g.csv", CSV)
        .config("[publish]\nhosts = [\"netlify\", \"apache\", \"nginx\"]\n[feeds]\nformats = [\"atom\", \"json\"]\n")
        .config("[[outputs]]\ntemplate = \"g.csv\"\nfile = \"g.csv\"\nkind = \"group\"\nmedia_type = \"text/csv\"\n")
        .check();
    built.has(
        "_headers",
        &["\n/g.csv\n  Content-Type: text/csv\n", "\n/*/feed.json\n  Content-Type: application/feed+json\n"],
    );
    built.has(".htaccess", &["<Files \"g.csv\">\n  ForceType text/csv\n"]);
    built.has("nginx-server.conf", &["location ~ \"/g\\\\.csv$\" {", "default_type \"text/csv\";"]);
}

#[test]
fn the_index_says_what_is_published() {
    let built = site(GROUPS).config("[publish]\nindex = true\n").check();
    let index: Value = serde_json::from_str(built.text("handbill.json")).unwrap();
    assert_eq!(index["handbill"], 1);
    assert_eq!(index["site"]["url"], "https://example.org/");
    assert_eq!(index["site"]["languages"][0]["feed"], "https://example.org/feed.xml");
    let titles =
        |list: &str| index[list].as_array().unwrap().iter().map(|item| item["title"].clone()).collect::<Vec<_>>();
    assert_eq!(titles("groups"), ["Leeds, \"the\" north", "=York"]);
    assert_eq!(titles("news"), ["News"]);
    let group = &index["groups"][0];
    assert_eq!((&group["id"], &group["url"]), (&"groups/leeds".into(), &"https://example.org/groups/leeds/".into()));
    assert_eq!(group["location"]["lat"], 53.8);
    assert_eq!(group["calendar"], "https://example.org/groups/leeds/calendar.ics");
    let event = &index["events"][0];
    assert_eq!(event["groups"], serde_json::json!(["groups/leeds"]));
    assert_eq!(event["repeats"], true);
    assert_eq!(event["occurrences"].as_array().unwrap().len(), 3);
    let first = &event["occurrences"][0];
    assert_eq!((&first["start"], &first["status"]), (&"2026-12-03T19:00:00+00:00".into(), &"scheduled".into()));
    assert_eq!(first["venue"], serde_json::json!({ "private": true, "area": "Headingley" }));
    assert_eq!(index["news"][0]["terms"]["tags"][0], "Fares");
    assert_eq!(index["news"][0]["byline"][0], "Ann");
    for list in ["aims", "statements", "actions"] {
        assert_eq!(index[list], serde_json::json!([]));
    }
    built.nowhere(&["Hidden Street", "Draft words"]);
    assert!(!built.text("handbill.json").contains("Not to be found"));
    site(GROUPS).check().absent(&["handbill.json"]);
}

#[test]
fn the_index_names_versions_in_other_languages() {
    let built = site("=== content/aims/a.md\n+++\ntitle = \"Aim\"\norder = 1\n+++\n=== content/aims/a.cy.md\n+++\ntitle = \"Nod\"\n+++\n")
        .config("[publish]\nindex = true\n[languages.cy]\ntitle = \"Bysiau\"\n")
        .build();
    let index: Value = serde_json::from_str(built.text("handbill.json")).unwrap();
    let aims = index["aims"].as_array().unwrap();
    assert_eq!(aims.len(), 2);
    assert_eq!(
        aims[0]["translations"],
        serde_json::json!([{ "language": "cy", "url": "https://example.org/cy/aims/a/" }])
    );
    assert_eq!(aims[1]["language"], "cy");
    assert_eq!(index["site"]["languages"][1]["title"], "Bysiau");
}
