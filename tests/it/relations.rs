//! What belongs together: aims and what serves them, groups and their events, see also.

use crate::support::{check, site};

const CAMPAIGN: &str = "\
=== content/aims/evenings.md
+++
title = \"Evening buses\"
+++
=== content/groups/leeds.md
+++
title = \"Leeds\"
location = { lat = 53.80, lon = -1.55 }
+++
=== content/groups/york.md
+++
title = \"York\"
location = { lat = 53.96, lon = -1.08 }
parent = \"leeds\"
+++
=== content/groups/hull.md
+++
title = \"Hull\"
location = { lat = 53.74, lon = -0.33 }
+++
=== content/groups/nowhere.md
+++
title = \"Unplaced\"
+++
=== content/events/meet.md
+++
title = \"Meeting\"
start = 2026-12-01T19:00:00
groups = [\"leeds\"]
aims = [\"@/aims/evenings.md\"]
+++
=== content/events/over.md
+++
title = \"Earlier\"
start = 2026-01-01T19:00:00
groups = \"leeds\"
+++
=== content/statements/s.md
+++
title = \"Statement\"
aims = [\"evenings\"]
+++
=== content/actions/join.md
+++
title = \"Join in\"
ask = \"join\"
aims = [\"evenings\"]
+++
";

#[test]
fn an_aim_shows_what_serves_it() {
    check(CAMPAIGN)
        .has("aims/evenings/", &["/events/meet/", "/statements/s/", "/actions/join/"])
        .lacks("aims/evenings/", &["/events/over/"]);
}

#[test]
fn a_group_shows_its_meetings_its_neighbours_and_its_family() {
    let built = check(CAMPAIGN);
    built.has("groups/leeds/", &["/events/meet/", "/groups/york/"]).lacks("groups/leeds/", &["/events/over/"]);
    built.has("groups/york/", &["/groups/leeds/"]).has("events/meet/", &["/groups/leeds/", "/aims/evenings/"]);
    let site = built.site();
    let find = |path: &str| site.find(path, site.language_id("en-GB").unwrap()).unwrap();
    let nearest = &site.groups[&find("@/groups/hull.md")].nearest;
    let named: Vec<&str> = nearest.iter().map(|near| site.page(near.page).title()).collect();
    assert_eq!(named, ["York", "Leeds"]);
    // Great-circle distances between the coordinates above.
    assert!((nearest[0].km - 54.9).abs() < 1.0 && (nearest[1].km - 80.5).abs() < 1.0, "{nearest:?}");
    assert!(site.groups[&find("@/groups/nowhere.md")].nearest.is_empty());
}

#[test]
fn names_that_lead_nowhere_are_reported() {
    let with = |line: &str| {
        format!("{CAMPAIGN}=== content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-01T19:00:00\n{line}\n+++\n")
    };
    check(&with("groups = [\"leed\"] #~ HB0405 ‹\"leed\"› there is no group \"leed\" … did you mean \"leeds\""));
    check(&with("groups = [\"leeds\", \"bath\"] #~ HB0405 ‹\"bath\"› … known are: hull, leeds, nowhere, york"));
    check(&with("groups = [\"@/groups/bath.md\"] #~ HB0401 ‹\"@/groups/bath.md\"›"));
    check(&with("groups = [\"@/aims/evenings.md\"] #~ HB0405 … is not of the kind \"group\""));
    check(&with("aims = \"evening\" #~ HB0405 ‹\"evening\"› … did you mean \"evenings\""));
    check(&format!(
        "{}=== content/groups/quiet.md\n+++\ntitle = \"Q\"\ndraft = true\n+++\n",
        with("groups = \"quiet\" #~ HB0405 … it is a draft")
    ));
    check(
        &format!(
            "{}=== content/groups/north/leeds.md\n+++\ntitle = \"Other Leeds\"\n+++\n",
            with("groups = \"leeds\" #~ HB0405 ‹\"leeds\"› … @/groups/leeds.md, @/groups/north/leeds.md")
        )
        .replace("groups = [\"leeds\"]\naims", "aims")
        .replace("19:00:00\ngroups = \"leeds\"\n+++", "19:00:00\n+++")
        .replace("parent = \"leeds\"\n", ""),
    );
}

#[test]
fn groups_belong_to_no_circle() {
    check("=== content/groups/a.md\n+++\ntitle = \"A\"\nparent = \"a\" #~ HB0103 … itself\n+++\n");
    check(
        "=== content/groups/a.md\n+++\ntitle = \"A\"\nparent = \"b\" #~ HB0103 … itself\n+++\n=== content/groups/b.md\n+++\ntitle = \"B\"\nparent = \"c\" #~ HB0103\n+++\n=== content/groups/c.md\n+++\ntitle = \"C\"\nparent = \"a\" #~ HB0103\n+++\n=== content/groups/d.md\n+++\ntitle = \"D\"\nparent = \"a\"\n+++\n",
    );
}

#[test]
fn see_also_is_what_authors_name_or_shares_most_tags() {
    let built = check(
        "=== content/news/a.md\n+++\ntitle = \"A\"\ntags = [\"x\", \"y\"]\n+++\n=== content/news/b.md\n+++\ntitle = \"Shares one\"\ntags = [\"x\"]\n+++\n\
         === content/news/c.md\n+++\ntitle = \"Shares two\"\ntags = [\"x\", \"y\"]\n+++\n=== content/news/d.md\n+++\ntitle = \"Shares none\"\ntags = [\"z\"]\n+++\n\
         === content/news/e.md\n+++\ntitle = \"E\"\ntags = [\"x\"]\nrelated = [\"d.md\", { title = \"Elsewhere\", url = \"https://example.com/\" }]\n+++\n",
    );
    let site = built.site();
    let related = |path: &str| {
        let page = site.page(site.find(path, site.language_id("en-GB").unwrap()).unwrap());
        format!("{:?}", page.related)
    };
    built.in_order("news/a/", &["Shares two", "Shares one"]);
    assert!(!related("@/news/a.md").contains("Outside") && related("@/news/e.md").contains("Elsewhere"));
    built.has("news/e/", &["Shares none", "https://example.com/", "Elsewhere"]);
    assert!(!built.main("news/e/").contains("Shares two"));
}

#[test]
fn pages_know_who_links_to_them() {
    let built = site(
        "=== content/a.md\n+++\ntitle = \"A\"\n+++\n[b](b.md) [self](a.md) [b again](b.md)\n=== content/b.md\n+++\ntitle = \"B\"\n+++\n\
         === content/c.md\n+++\ntitle = \"C\"\nsummary = \"[b](b.md)\"\n+++\n\
         === templates/page.html\n{% for l in page.backlinks %}{{ l.title }} {{ l.url }};{% endfor %}\n",
    )
    .check();
    assert_eq!(built.text("b/").trim(), "A /a/;C /c/;");
    assert_eq!(built.text("a/").trim(), "");
}

#[test]
fn what_stands_in_a_related_pages_summary_is_text() {
    let built = site(
        "=== content/news/a.md
+++
title = \"A\"
related = [\"b.md\"]
+++
=== content/news/b.md
+++
title = \"B\"
+++
Less is `<b>` more
=== content/aims/late.md
+++
title = \"Late buses\"
+++
=== content/actions/join.md
+++
title = \"Join\"
ask = \"join\"
aims = [\"late\"]
+++
",
    )
    .build();
    built.clean();
    built.has("news/a/index.html", &["Less is &lt;b&gt; more"]);
    built.has("actions/join/index.html", &["<a href=\"/aims/late/\">Late buses</a>"]);
}
