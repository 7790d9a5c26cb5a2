//! Sections: what they list, in which order, on how many pages.

use crate::support::{Built, check, site};

fn posts(dates: &[(&str, &str)]) -> String {
    dates
        .iter()
        .map(|(name, date)| format!("=== content/news/{name}.md\n+++\ntitle = \"Post {name}\"\ndate = {date}\n+++\n"))
        .collect()
}

/// The titles that a list shows, in their order.
fn titles(built: &Built, page: &str, candidates: &[&str]) -> Vec<String> {
    let main = built.main(page);
    let mut found: Vec<(usize, String)> =
        candidates.iter().filter_map(|title| Some((main.find(&format!(">{title}<"))?, (*title).to_owned()))).collect();
    found.sort();
    found.into_iter().map(|(_, title)| title).collect()
}

#[test]
fn news_is_listed_newest_first_on_as_many_pages_as_it_takes() {
    let dates =
        [("a", "2026-01-01"), ("b", "2026-03-01"), ("c", "2026-02-01"), ("d", "2026-04-01"), ("e", "2026-05-01")];
    let built = site(&posts(&dates)).config("[sections.news]\npaginate = 2").check();
    built.in_order("news/", &["Post e", "Post d"]).lacks("news/", &["Post c"]);
    built.in_order("news/page/2/", &["Post b", "Post c"]).in_order("news/page/3/", &["Post a"]);
    built.absent(&["news/page/4/index.html", "news/page/1/index.html"]);
    built.has("news/", &["href=\"/news/page/2/\""]).has("news/page/2/", &["href=\"/news/page/3/\"", "href=\"/news/\""]);
    built.has("sitemap.xml", &["https://example.org/news/</loc>"]).lacks("sitemap.xml", &["/news/page/2/"]);
    let whole = site(&posts(&dates)).config("[sections.news]\npaginate = 0").check();
    whole.in_order("news/", &["Post e", "Post a"]).absent(&["news/page/2/index.html"]);
}

#[test]
fn any_list_has_pages() {
    let groups: String = (1..=5)
        .map(|n| format!("=== content/groups/g{n}.md\n+++\ntitle = \"Group {n}\"\ntags = [\"x\"]\n+++\n"))
        .collect();
    let built = site(&groups).config("[sections.groups]\npaginate = 2\n[taxonomies.tags]\npaginate = 3").check();
    assert!(built.artifacts.contains_key("groups/page/3/index.html"), "{:?}", built.paths());
    built.has("tags/x/page/2/", &["Group 4", "Group 5"]).absent(&["tags/x/page/3/index.html"]);
    let pages: String =
        (1..=3).map(|n| format!("=== content/notes/n{n}.md\n+++\ntitle = \"Note {n}\"\n+++\n")).collect();
    let built = check(&format!("{pages}=== content/notes/_index.md\n+++\ntitle = \"Notes\"\npaginate = 2\n+++\n"));
    built.has("notes/", &["Note 1", "Note 2"]).has("notes/page/2/", &["Note 3"]);
}

#[test]
fn lists_are_sorted_as_asked_and_ties_by_title_then_file() {
    let text = "\
=== content/docs/one.md
+++
title = \"Zebra\"
weight = 1
date = 2026-01-01
+++
=== content/docs/two.md
+++
title = \"Élan\"
weight = 2
date = 2026-03-01
+++
=== content/docs/three.md
+++
title = \"apple\"
weight = 2
date = 2026-02-01
+++
";
    let all = ["Zebra", "Élan", "apple"];
    let sorted =
        |options: &str| titles(&site(text).config(&format!("[sections.docs]\n{options}")).check(), "docs/", &all);
    assert_eq!(sorted(""), ["Zebra", "apple", "Élan"]);
    assert_eq!(sorted("sort = \"title\""), ["apple", "Élan", "Zebra"]);
    assert_eq!(sorted("sort = \"title\"\nreverse = true"), ["Zebra", "Élan", "apple"]);
    assert_eq!(sorted("sort = \"date\""), ["Élan", "apple", "Zebra"]);
    assert_eq!(sorted("sort = \"date\"\nreverse = true"), ["Zebra", "apple", "Élan"]);
    let own = check(&format!("{text}=== content/docs/_index.md\n+++\ntitle = \"Docs\"\nsort = \"title\"\n+++\n"));
    assert_eq!(titles(&own, "docs/", &all), ["apple", "Élan", "Zebra"]);
}

#[test]
fn aims_come_in_their_order_and_groups_by_name() {
    let built = check(
        "=== content/aims/a.md\n+++\ntitle = \"Second\"\norder = 2\n+++\n=== content/aims/b.md\n+++\ntitle = \"First\"\norder = 1\n+++\n\
         === content/aims/c.md\n+++\ntitle = \"Unnumbered\"\n+++\n\
         === content/groups/z.md\n+++\ntitle = \"Aber\"\n+++\n=== content/groups/a.md\n+++\ntitle = \"Bala\"\n+++\n",
    );
    built.in_order("aims/", &["First", "Second", "Unnumbered"]).in_order("groups/", &["Aber", "Bala"]);
}

#[test]
fn a_post_leads_to_the_older_and_the_newer() {
    let built = check(&posts(&[("a", "2026-01-01"), ("b", "2026-02-01"), ("c", "2026-03-01")]));
    built.in_order("news/b/", &["rel=\"prev\" href=\"/news/a/\"", "rel=\"next\" href=\"/news/c/\""]);
    built.lacks("news/a/", &["rel=\"prev\""]).lacks("news/c/", &["rel=\"next\""]);
}

#[test]
fn folders_without_a_page_of_their_own_are_listed_all_the_same() {
    let built = check(
        "=== content/news/a.md\n+++\ntitle = \"A\"\n+++\n=== content/field-notes/x.md\n+++\ntitle = \"X\"\n+++\n=== content/field-notes/deep/y.md\n+++\ntitle = \"Y\"\n+++\n",
    );
    built.has("", &["Test Campaign"]).has("news/", &["<h1>News</h1>", "/news/a/"]);
    built.has("field-notes/", &["Field notes", "/field-notes/x/", "/field-notes/deep/y/"]);
    // A folder further down is a section only when it says so.
    built.absent(&["field-notes/deep/index.html"]);
}

#[test]
fn a_bundle_at_the_top_is_a_page_and_no_section() {
    let built = check(
        "=== content/about/index.md\n+++\ntitle = \"About\"\n+++\nText ![p](p.svg)\n=== content/about/p.svg\n<svg/>\n",
    );
    built.has("about/", &["Text", "src=\"/about/p.svg\""]);
    assert_eq!(built.pages(), ["about/index.html", "index.html"]);
}

#[test]
fn sections_below_sections_are_listed_and_lead_back() {
    let built = check(
        "=== content/guide/_index.md\n+++\ntitle = \"Guide\"\n+++\n=== content/guide/start/_index.md\n+++\ntitle = \"Start\"\nweight = 2\n+++\n\
         === content/guide/end/_index.md\n+++\ntitle = \"End\"\nweight = 1\n+++\n=== content/guide/start/a.md\n+++\ntitle = \"A\"\n+++\n",
    );
    built.in_order("guide/", &["/guide/end/", "/guide/start/"]).has("guide/start/", &["/guide/start/a/"]);
    built.in_order("guide/start/a/", &["href=\"/guide/\"", "href=\"/guide/start/\"", "<h1"]);
    built.lacks("guide/", &["/guide/start/a/"]);
}

#[test]
fn templates_of_a_section_and_its_pages_can_be_chosen() {
    let built = check(
        "=== content/news/_index.md\n+++\ntitle = \"N\"\ntemplate = \"mine.html\"\npage_template = \"one.html\"\n+++\n\
         === content/news/a.md\n+++\ntitle = \"A\"\n+++\n=== content/news/b.md\n+++\ntitle = \"B\"\ntemplate = \"other.html\"\n+++\n\
         === templates/mine.html\nlist of {{ list.total_items }}\n=== templates/one.html\none {{ page.title }}\n=== templates/other.html\nother\n",
    );
    built.has("news/", &["list of 2"]).has("news/a/", &["one A"]).has("news/b/", &["other"]);
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\ntemplate = \"paeg.html\" #~ HB0607 ‹\"paeg.html\"› … did you mean \"page.html\"\n+++\n",
    );
    let text = "=== content/news/a.md\n+++\ntitle = \"A\"\n+++\n=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n[sections.news]\npage_template = \"pots.html\" #~ HB0607 ‹\"pots.html\"›\n";
    check(text);
}

#[test]
fn options_for_a_section_that_is_not_there_are_reported() {
    check(
        "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n[sections.nwes] #~ HB0405 ‹nwes› … did you mean \"news\"\npaginate = 1\n=== content/news/a.md\n+++\ntitle = \"A\"\n+++\n",
    );
}
