//! Pages that were written for another generator: each mistake tells the line to write instead.

use crate::support::{check, site};

#[test]
fn keys_of_others_are_answered_with_the_line_to_write() {
    check(
        "=== content/events/a.md
+++
title = \"A\"
date = 2026-12-03T19:00:00
description = \"Come along\" #~ HB0101 ‹description› `description` is called `summary` here … write summary = \"Come along\"
startDate = 2026-12-03T19:00:00 #~ HB0101 ‹startDate› `startDate` is called `start` here … write it as `start = …`
end_time = \"2026-12-03 21:00\" #~ HB0101 … called `end` here … write end = 2026-12-03T21:00:00
location = \"Town \\\"Hall\\\"\" #~ HB0101 ‹location› `location` is called `venue` here … write venue = { name = \"Town \\\"Hall\\\"\" }
categories = [\"talks\"] #~ HB0101 … called `tags` here
price = \"free\" #~ HB0101 … write cost = \"free\"
author = \"Ada\" #~ HB0101 … write organiser = \"Ada\"
featured = true #~ HB0101 … under `[extra]`
+++
",
    );
    check(
        "=== content/news/a.md\n+++\ntitle = \"A\"\ndate = 2026-01-01\nauthor = \"Ada\" #~ HB0101 … write byline = \"Ada\"\nlocation = \"x\" #~ HB0101 … is a key of the kind \"group\"\n+++\n",
    );
}

#[test]
fn the_date_of_an_event_page_is_told_from_its_start() {
    check(
        "=== content/events/a.md\n+++\ntitle = \"A\" #~ HB0104 `start` is missing … `date` tells when the page was published … `start = 2026-12-03T19:00:00`\ndate = 2026-12-03T19:00:00\n+++\n",
    );
    check(
        "=== content/events/a.md\n+++\ntitle = \"A\" #~ HB0104 `start` is missing … start = 2026-12-01T19:00:00, or the date alone\n+++\n",
    );
}

/// What is offered in the place of YAML front matter.
fn offered(path: &str, yaml: &str) -> String {
    let built = site("").file(path, format!("---\n{yaml}\n---\nText\n")).build();
    let reported = built.all_reported();
    let toml = reported.split("look them over:\n").nth(1).unwrap_or_else(|| panic!("{reported}"));
    toml.split("+++").nth(1).unwrap().trim().to_owned()
}

#[test]
fn yaml_is_offered_as_toml() {
    let check = |yaml: &str, expected: &str| assert_eq!(offered("content/events/a.md", yaml), expected);
    check(
        "title: \"Volta por Cima 2024\"\ndate: 2024-06-15\nlocation: 'Bob''s hall'",
        "title = \"Volta por Cima 2024\"\nstart = 2024-06-15  # if this is when it takes place\nvenue = { name = \"Bob's hall\" }",
    );
    check(
        "layout: event\ntitle: Meet: up # new\nstart: 2026-12-03 19:00:00 +0100\nend: 2026-12-03 21:00\ndate: 2026-01-01\ntags: [a, \"b c\"]\ndraft: false\nfeatured: yes",
        "title = \"Meet: up\"\nstart = \"2026-12-03 19:00:00 +0100\"\nend = 2026-12-03T21:00:00\ndate = 2026-01-01\ntags = [\"a\", \"b c\"]\ndraft = false\n[extra]\nfeatured = \"yes\"",
    );
    // What stands on several lines is left for the editor.
    check(
        "name: General Meeting\nevent_data:\n  location: x\ndescription: >\n  Long\nstartTime: 2020-10-01T18:00:00Z",
        "title = \"General Meeting\"\nstart = \"2020-10-01T18:00:00Z\"\n# left out: event_data, description",
    );
    check("title: A\nwhen: next week", "title = \"A\"\nstart = 2026-12-01T19:00:00  # next week");
    assert_eq!(offered("content/about.md", "title: A\ndate: 2026-01-01"), "title = \"A\"\ndate = 2026-01-01");
}

#[test]
fn what_is_offered_can_be_read() {
    let yaml = "title: \"A \\\"b\\\" \\\\ c\"\ndate: 2026-12-03T19:00:00+01:00\nlocation: Hall\nimage: /a.png\nlink: https://example.org/\nweight: 3\nmulti_word-key: [x]\nprice: 5 €";
    let toml = offered("content/events/a.md", yaml);
    let built = site("").file("static/a.png", "x").file("content/events/a.md", format!("+++\n{toml}\n+++\n")).build();
    assert!(
        built
            .reported()
            .iter()
            .all(|problem| !["HB0101", "HB0102", "HB0103", "HB0104", "HB0105"].contains(&problem.code)),
        "{toml}\n{}",
        built.all_reported()
    );
}

#[test]
fn json_front_matter_is_told() {
    check("=== content/a.md\n{ #~ HB0106 ‹{› … in the place of the braces\n  \"title\": \"A\"\n}\n");
}
