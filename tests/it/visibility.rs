//! What is published, when, and what never is.

use crate::support::{check, page, site};

#[test]
fn drafts_show_only_when_asked_for() {
    let draft = site(
        "=== content/news/a.md\n+++\ntitle = \"Secret plan\"\ndate = 2026-01-01\ndraft = true\ntags = [\"hush\"]\n+++\nHush.\n",
    );
    draft.check().nowhere(&["Secret plan", "Hush", "hush"]);
    draft.clone().future().check().nowhere(&["Secret plan"]);
    draft
        .drafts()
        .check()
        .has("news/a/", &["Secret plan"])
        .has("feed.xml", &["Secret plan"])
        .has("sitemap.xml", &["/news/a/"]);
}

#[test]
fn an_embargo_ends_at_its_second() {
    let post = site(
        "=== content/news/a.md\n+++\ntitle = \"Result\"\ndate = 2026-06-01\npublish_from = 2026-06-01T09:00:00\n+++\n",
    );
    // Summer time in the site's zone: nine is eight in UTC.
    let before = post.clone().now("2026-06-01T07:59:59Z").build();
    before.nowhere(&["Result"]);
    assert_eq!(before.site().next_change.map(|at| at.to_string()).as_deref(), Some("2026-06-01T08:00:00Z"));
    let at = post.clone().now("2026-06-01T08:00:00Z").build();
    at.has("news/a/", &["Result"]).has("feed.xml", &["Result"]);
    assert_eq!(at.site().next_change, None);
    post.now("2026-06-01T07:59:59Z").future().build().has("news/a/", &["Result"]);
    let own_word = site("=== content/news/a.md\n+++\ntitle = \"Result\"\nembargo = 2026-06-01T09:00:00Z\n+++\n");
    own_word.clone().now("2026-06-01T08:59:59Z").build().nowhere(&["Result"]);
    own_word.now("2026-06-01T09:00:00Z").build().has("news/a/", &["Result"]);
}

#[test]
fn a_page_expires_at_its_second() {
    let notice = site("=== content/a.md\n+++\ntitle = \"Notice\"\nexpires = 2026-06-01T09:00:00Z\n+++\n");
    let before = notice.clone().now("2026-06-01T08:59:59Z").check();
    before.has("a/", &["Notice"]);
    assert_eq!(before.site().next_change.map(|at| at.to_string()).as_deref(), Some("2026-06-01T09:00:00Z"));
    notice.clone().now("2026-06-01T09:00:00Z").check().nowhere(&["Notice"]);
    notice.now("2026-06-01T09:00:00Z").future().drafts().check().nowhere(&["Notice"]);
}

#[test]
fn a_date_in_the_future_is_no_embargo_and_is_warned_of() {
    let built = check(
        "=== content/news/a.md\n+++\ntitle = \"A\"\ndate = 2027-01-01 #~ HB0408 ‹2027-01-01› … publish_from\n+++\n\
         === content/events/b.md\n+++\ntitle = \"B\"\nstart = 2027-01-01T10:00:00\n+++\n",
    );
    built.has("news/a/", &["A"]).has("events/b/", &["B"]);
}

#[test]
fn files_of_what_is_hidden_stay_at_home() {
    let text = "\
=== content/news/plan/index.md
+++
title = \"Plan\"
draft = true
+++
![map](map.svg)
=== content/news/plan/map.svg
<svg>route</svg>
=== content/news/plan/deeper/photo.txt
deeper
=== content/news/open.md
+++
title = \"Open\"
+++
=== content/vault/_index.md
+++
title = \"Vault\"
draft = true
+++
=== content/vault/list.txt
vault list
=== content/old/index.md
+++
title = \"Old\"
expires = 2020-01-01
+++
=== content/old/old.txt
old file
";
    site(text).check().nowhere(&["route", "deeper", "vault list", "old file", "plan", "vault"]);
    let shown = site(text).drafts().check();
    shown
        .has("news/plan/map.svg", &["route"])
        .has("news/plan/deeper/photo.txt", &["deeper"])
        .has("vault/list.txt", &["vault list"]);
}

#[test]
fn the_file_of_signatories_is_read_and_never_published() {
    for (name, draft) in [
        ("people.csv", false),
        ("./people.csv", false),
        ("./lists/people.csv", false),
        ("lists//people.csv", false),
        ("lists/./people.csv", false),
        ("people.csv", true),
    ] {
        let place = if name.contains("lists") { "lists/people.csv" } else { "people.csv" };
        let built = site(&format!(
            "=== content/statements/s/index.md\n+++\ntitle = \"S\"\nsignatories = \"{name}\"\ndraft = {draft}\n+++\n\
             === content/statements/s/{place}\nname,consent,place\nAnn Hughes,yes,AW1 1AA flat nine\nBob Rees,no,\n\
             === content/statements/other.md\n+++\ntitle = \"Other\"\n+++\n"
        ))
        .build();
        built.nowhere(&["Bob Rees", "people.csv", "name,consent"]);
    }
}

#[test]
fn names_without_consent_and_names_taken_back_are_nowhere() {
    let built = check(
        "=== content/statements/s.md\n+++\ntitle = \"S\"\ndate = 2026-01-01\nsignatories = [\n\
         { name = \"Ann Hughes\", consent = true },\n\
         { name = \"Bob Rees\", role = \"Lamplighter\" }, #~ HB0113 ‹\"Bob Rees\"›\n\
         { name = \"Cai Penri\", consent = true, withdrawn = true, link = \"https://cai.example/\" },\n]\n+++\n",
    );
    built.has("statements/s/", &["Ann Hughes"]).nowhere(&["Bob Rees", "Lamplighter", "Cai Penri", "cai.example"]);
    built.has("statements/s/", &["1 signature"]);
}

#[test]
fn a_private_venue_publishes_its_area_alone() {
    let secrets = ["Cartref", "3 Mill Lane", "AW9 9ZZ", "52.1234", "-3.9876"];
    let venue = "{ name = \"Cartref\", address = \"3 Mill Lane\", postcode = \"AW9 9ZZ\", lat = 52.1234, lon = -3.9876, area = \"Riverside\", private = true }";
    let built = check(&format!(
        "=== content/events/a.md\n+++\ntitle = \"Kitchen meeting\"\ndate = 2026-01-01\nstart = 2026-12-01T19:00:00\nvenue = {venue}\n\
         groups = [\"g\"]\n+++\n\
         === content/events/b.md\n+++\ntitle = \"Series\"\nstart = 2026-12-02T19:00:00\nrepeat = {{ every = \"week\", count = 3 }}\n\
         venue = {{ name = \"Hall\" }}\n[[change]]\ndate = 2026-12-09\nvenue = {venue}\n+++\n\
         === content/groups/g.md\n+++\ntitle = \"Group\"\n+++\n"
    ));
    built.has("events/a/", &["Riverside"]).has("events/b/", &["Riverside", "Hall"]).nowhere(&secrets);
}

#[test]
fn what_a_template_can_reach_of_a_private_venue_is_its_area() {
    let built = site(
        "=== content/events/a.md\n+++\ntitle = \"A\"\nstart = 2026-12-01T19:00:00\n\
         venue = { name = \"Cartref\", address = \"3 Mill Lane\", lat = 52.1234, lon = -3.9876, area = \"Riverside\", private = true }\n+++\n\
         === templates/event.html\n{{ page }} {{ site }} {{ events(when=\"all\") }} {{ pages() }}\n",
    )
    .check();
    built.has("events/a/", &["Riverside"]).nowhere(&["Cartref", "3 Mill Lane", "52.1234", "3.9876"]);
}

#[test]
fn a_broken_page_is_not_published_and_its_neighbours_are_still_checked() {
    check(
        "=== content/a.md\n+++\ntitle = 3 #~ HB0102\n+++\n[x](none.md) #~ HB0401 (none.md)›\n\
         === content/b.md\n+++\ntitle = \"B\"\n+++\n[a](a.md)\n",
    );
    page("content/c.md", "[x](none.md) #~ HB0401\n").check();
}

#[test]
fn who_took_a_name_back_once_has_taken_it_back() {
    check(
        "=== content/statements/s.md\n+++\ntitle = \"S\"\nsignatories = [\n{ name = \"Ann  Hughes\", consent = true }, #~ HB0113 ‹\"Ann  Hughes\"› … withdrawn\n\
         { name = \"ann hughes\", consent = true, withdrawn = true },\n{ name = \"Bob Rees\", consent = true },\n]\n+++\n",
    )
    .has("statements/s/", &["Bob Rees"])
    .nowhere(&["Hughes"]);
}

#[test]
fn a_list_of_signatories_that_nothing_reads_any_more_stays_at_home() {
    check("=== content/statements/s/index.md\n+++\ntitle = \"S\"\n+++\n=== content/statements/s/Signatories-2025.csv\nname,consent\nBob Rees,no\n").nowhere(&["Bob Rees"]);
}

#[test]
fn the_last_day_of_the_calendar_means_never() {
    let built = site(
        "=== content/news/kept.md
+++
title = \"Kept\"
date = 2026-01-01
expires = 9999-12-31
+++
=== content/news/held.md
+++
title = \"Held\"
publish_from = 9999-12-31
+++
=== content/news/twice.md
+++
title = \"Twice\"
publish_from = 2020-01-01
embargo = 2099-01-01
+++
",
    )
    .now("2026-12-01")
    .build();
    built.clean();
    built.has("news/kept/index.html", &["Kept"]).absent(&["news/held/index.html", "news/twice/index.html"]);
}

#[test]
fn copies_of_a_list_of_signatories_stay_at_home() {
    let built = site(
        "=== content/statements/f/index.md
+++
title = \"F\"
signatories = \"people.csv\"
+++
=== content/statements/f/people.csv
name,consent,withdrawn
Ada,yes,
Noel,yes,yes
=== content/statements/f/people-old.csv
name,consent
Noel,yes
=== content/statements/f/people.csv.bak
name,consent
Noel,yes
",
    )
    .build();
    built.clean();
    built.nowhere(&["Noel"]);
}
