//! Tags and other terms.

use crate::support::{check, site};

const TAGGED: &str = "\
=== content/news/a.md
+++
title = \"Alpha\"
date = 2026-01-01
tags = [\"Bus fares\", \"Night\"]
+++
=== content/news/b.md
+++
title = \"Beta\"
date = 2026-02-01
tags = [\"bus fares\"]
+++
=== content/news/c.md
+++
title = \"Gamma\"
date = 2026-03-01
tags = [\"Bus fares\"]
+++
";

#[test]
fn terms_have_a_page_each_newest_first_and_one_for_all() {
    let built = check(TAGGED);
    built.in_order("tags/bus-fares/", &["Gamma", "Beta", "Alpha"]).in_order("tags/night/", &["Alpha"]);
    built.in_order("tags/", &["href=\"/tags/bus-fares/\"", "Bus fares", "href=\"/tags/night/\""]);
    // The commonest way of writing it names the term.
    built.lacks("tags/", &[">bus fares"]);
    built.has("news/a/", &["href=\"/tags/bus-fares/\"", "href=\"/tags/night/\""]);
    built.has("tags/bus-fares/feed.xml", &["Alpha", "Beta", "Gamma"]).has("sitemap.xml", &["/tags/night/"]);
}

#[test]
fn a_taxonomy_can_do_without_feeds() {
    site(TAGGED)
        .config("[taxonomies.tags]\ntitle = \"Topics\"\nfeed = false")
        .check()
        .absent(&["tags/night/feed.xml"])
        .has("tags/", &["Topics"])
        .lacks("tags/night/", &["/tags/night/feed.xml"]);
}

#[test]
fn a_page_names_a_term_once() {
    let built = check("=== content/a.md\n+++\ntitle = \"A\"\ntags = [\"x\", \"X\", \" x \", \"\"]\n+++\n");
    assert_eq!(built.main("tags/x/").matches("href=\"/a/\"").count(), 1);
    assert_eq!(built.main("a/").matches("href=\"/tags/x/\"").count(), 1);
}

#[test]
fn terms_belong_to_their_language() {
    let built = site(&format!(
        "{TAGGED}=== content/news/a.cy.md\n+++\ntitle = \"Alffa\"\ndate = 2026-01-01\ntags = [\"Nos\"]\n+++\n"
    ))
    .config("[languages.cy]")
    .check();
    built.has("cy/tags/nos/", &["Alffa"]).absent(&["tags/nos/index.html", "cy/tags/night/index.html"]);
}

#[test]
fn terms_in_other_scripts_have_addresses() {
    let built = check("=== content/a.md\n+++\ntitle = \"A\"\ntags = [\"Ōsaka & co\", \"автобус\", \"C++\"]\n+++\n");
    let terms =
        built.pages().into_iter().filter(|path| path.starts_with("tags/") && path.matches('/').count() == 2).count();
    check("=== content/a.md\n+++\ntitle = \"A\"\ntags = [\"???\"] #~ HB0407 ‹\"???\"› … \"/tags/???/\"\n+++\n");
    assert_eq!(terms, 3, "{:?}", built.paths());
}

#[test]
fn terms_that_would_stand_at_one_address_are_noted_unless_they_are_one_word() {
    check(
        "=== content/a.md
+++
title = \"A\"
tags = [\"C#\", \"Night buses\", \"night-buses\"]
+++
=== content/b.md
+++
title = \"B\"
tags = [\"C++\"] #~ HB0409 ‹\"C++\"› … \"C#\"
+++
",
    );
}
