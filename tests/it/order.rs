//! What puts pages in order: texts of terms, archives, series, menus within menus, the way to a page.

use crate::support::{check, site, structured_data};

fn file(path: &str, title: &str, more: &str, body: &str) -> String {
    format!("=== {path}\n+++\ntitle = \"{title}\"\n{more}\n+++\n{body}\n")
}

#[test]
fn terms_and_taxonomies_take_texts_in_every_language() {
    let text = file("content/news/a.md", "A", "date = 2026-01-01\ntags = [\"Transport\", \"Money\"]", "")
        + &file("content/news/a.cy.md", "A cy", "date = 2026-01-01\ntags = [\"Trafnidiaeth\"]", "")
        + &file("content/tags/_index.md", "Topics", "", "What we write *about*. [Buses](transport.md)")
        + &file("content/tags/_index.cy.md", "Pynciau", "", "")
        + &file(
            "content/tags/transport.md",
            "Transport in the valley",
            "summary = \"Every bus.\"\naliases = [\"/buses/\"]",
            "All about buses.",
        )
        + &file("content/tags/transport.cy.md", "Trafnidiaeth", "", "Popeth am fysiau.")
        + &file("content/tags/empty.md", "Nothing yet", "", "Later.");
    let built = site(&text).config("[languages.cy]").check();
    built.has(
        "tags/",
        &["<h1>Topics</h1>", "What we write <em>about</em>", "href=\"/tags/transport/\"", "href=\"/tags/money/\""],
    );
    built.has(
        "tags/transport/",
        &[
            "<h1>Transport in the valley</h1>",
            "Every bus.",
            "All about buses.",
            "href=\"/news/a/\"",
            "hreflang=\"cy\" href=\"https://example.org/cy/tags/trafnidiaeth/\"",
        ],
    );
    built.has(
        "cy/tags/trafnidiaeth/",
        &["Popeth am fysiau", "hreflang=\"en-GB\" href=\"https://example.org/tags/transport/\"", "x-default"],
    );
    built.has("cy/tags/", &["<h1>Pynciau</h1>", "hreflang=\"en-GB\" href=\"https://example.org/tags/\""]);
    built.has("tags/empty/", &["<h1>Nothing yet</h1>", "Later."]).has("buses/", &["url=/tags/transport/"]);
    built.has("sitemap.xml", &["<loc>https://example.org/tags/transport/</loc>"]);
}

#[test]
fn taxonomies_have_titles_in_every_language() {
    let text = file("content/a.md", "A", "tags = [\"x\"]", "") + &file("content/a.cy.md", "A cy", "tags = [\"y\"]", "");
    let built = site(&text)
        .config("[taxonomies.tags]\ntitle = \"Topics\"\n[languages.cy.taxonomies]\ntags = \"Pynciau\"")
        .check();
    built.has("tags/", &["<h1>Topics</h1>", "hreflang=\"cy\" href=\"https://example.org/cy/tags/\""]);
    built.has("cy/tags/", &["<h1>Pynciau</h1>", "hreflang=\"x-default\" href=\"https://example.org/tags/\""]);
    built.has("cy/tags/y/", &["<a href=\"/cy/tags/\">Pynciau</a>"]).lacks("cy/tags/y/", &["x-default"]);
}

#[test]
fn the_way_to_a_term_is_told_to_readers_and_machines() {
    let built = site(&file("content/a.md", "A", "tags = [\"x\"]", "")).check();
    let nodes = serde_json::Value::from(structured_data(built.text("tags/x/"))).to_string();
    for wanted in ["BreadcrumbList", "https://example.org/tags/", "https://example.org/tags/x/", "\"position\":3"] {
        assert!(nodes.contains(wanted), "{wanted} in {nodes}");
    }
    built.in_order("tags/x/", &["class=\"crumbs\"", "href=\"/\"", "href=\"/tags/\""]);
}

#[test]
fn a_section_can_have_pages_by_year_and_month() {
    let post = |day: &str, language: &str| {
        file(&format!("content/news/p{day}{language}.md"), &format!("Post {day}"), &format!("date = {day}"), "")
    };
    let text = ["2025-03-01", "2026-02-28", "2026-11-03", "2026-11-20"].map(|day| post(day, "")).concat()
        + &post("2026-11-03", ".cy")
        + &file("content/news/undated.md", "Undated", "", "");
    let built = site(&text).config("[sections.news]\narchive = \"month\"\n[languages.cy]").check();
    built.in_order("news/2026/", &["<h1>News – 2026</h1>", "Post 2026-11-20", "Post 2026-11-03", "Post 2026-02-28"]);
    built.lacks("news/2026/", &["Post 2025", "Undated"]);
    built.has(
        "news/2026/11/",
        &["News – November 2026", "Post 2026-11-03", "hreflang=\"cy\" href=\"https://example.org/cy/news/2026/11/\""],
    );
    built.in_order(
        "news/2026/11/",
        &["class=\"crumbs\"", "href=\"/news/\"", "href=\"/news/2026/\"", "class=\"archive\"", "href=\"/news/2025/\""],
    );
    built.has("cy/news/2026/11/", &["Tachwedd 2026"]).has("news/", &["href=\"/news/2026/\"", "href=\"/news/2025/\""]);
    built.absent(&["cy/news/2025/index.html", "news/2026/feed.xml", "news/2026/01/index.html"]);
    let years = site(&text).config("[sections.news]\narchive = \"year\"\npaginate = 2\n[languages.cy]").check();
    years.absent(&["news/2026/11/index.html"]).has("news/2026/page/2/", &["Post 2026-02-28"]);
    site(&text)
        .config("[languages.cy]")
        .check()
        .absent(&["news/2026/index.html"])
        .lacks("news/", &["class=\"archive\""]);
    // What an author puts there stays.
    let own = text.clone() + &file("content/news/2026/_index.md", "The year of the bus", "", "Ours.");
    let own = site(&own).config("[sections.news]\narchive = \"month\"\n[languages.cy]").check();
    own.has("news/2026/", &["The year of the bus"]).has("news/2026/11/", &["Post 2026-11-03"]);
}

const PARTS: &str = "=== templates/post.html\n{% set s = page.series %}{% if s %}{{ s.name }} {{ s.part }}/{{ s.total }} \
before={{ s.previous?.title or '-' }} after={{ s.next?.title or '-' }} {% for p in s.parts %}[{{ p.part }} {{ p.title }} {{ p.current }}]{% endfor %}{% else %}alone{% endif %}\n";

#[test]
fn parts_of_a_series_know_one_another() {
    let text = file("content/news/b.md", "B", "date = 2026-02-01\nseries = \"Bus diaries\"", "")
        + &file("content/news/a.md", "A", "date = 2026-01-01\nseries = \"Bus Diaries\"", "")
        + &file("content/news/a.cy.md", "A cy", "date = 2026-01-01\nseries = \"Bus diaries\"", "")
        + &file("content/news/x.md", "X", "", "")
        + &file("content/news/one.md", "One", "date = 2026-05-01\nseries = { name = \"Counted\", part = 1 }", "")
        + &file("content/news/four.md", "Four", "date = 2026-04-01\nseries = { name = \"Counted\", part = 4 }", "")
        + PARTS;
    let built = site(&text).config("[languages.cy]").check();
    built.has("news/a/", &["Bus Diaries 1/2 before=- after=B [1 A true][2 B false]"]);
    built.has("news/b/", &["2/2 before=A after=-"]).has("news/x/", &["alone"]);
    built.has("cy/news/a/", &["1/1"]);
    // A third part is still to come.
    built.has("news/four/", &["Counted 4/4 before=One after=-"]);
    let themed = site(&text.replace(PARTS, "")).config("[languages.cy]").check();
    themed
        .has("news/b/", &["Part 2 of 2 of “Bus Diaries”", "href=\"/news/a/\""])
        .lacks("cy/news/a/", &["class=\"series\""]);
}

#[test]
fn parts_with_one_number_are_reported() {
    check(
        "=== content/news/a.md\n+++\ntitle = \"A\"\nseries = { name = \"S\", part = 2 }\n+++\n\
         === content/news/b.md\n+++\ntitle = \"B\"\nseries = { name = \"S\", part = 2 } #~ HB1206 ‹2› … two parts with the number 2\n+++\n\
         === content/news/c.md\n+++\ntitle = \"C\"\nseries = { name = \"T\", part = 0 } #~ HB1206 ‹0› … numbered from 1\n+++\n",
    );
}

#[test]
fn a_series_that_is_a_taxonomy_too_has_a_page() {
    let text = file("content/news/a.md", "A", "series = [\"S\"]", "")
        + &file("content/news/b.md", "B", "series = [\"S\"]", "")
        + "=== templates/post.html\n{{ page.series.name }} {{ page.series.url }} {{ page.series.total }}\n";
    site(&text).config("[taxonomies.series]").check().has("news/a/", &["S /series/s/ 2"]).has("series/s/", &[]);
}

#[test]
fn menus_nest() {
    let text = file("content/about.md", "About", "", "")
        + &file("content/history.md", "History", "menu = { name = \"main\", parent = \"About us\", weight = 2 }", "")
        + &file("content/people.md", "People", "menu = { name = \"main\", parent = \"History\" }", "");
    let config = "[[menus.main]]\nname = \"About us\"\npage = \"@/about.md\"\nchildren = [{ url = \"https://a.example/\", name = \"Elsewhere\" }]\n\
                  [[menus.main]]\nname = \"More\"\nchildren = [{ page = \"@/about.md\" }]\n";
    let probe = "=== templates/page.html\n{% for m in site.menus.main %}<{{ m.name }} {{ m.url or '-' }} {{ m.active }} {{ m.open }}\
                 {% for c in m.children %}({{ c.name }} {{ c.active }} {{ c.open }}{% for d in c.children %}({{ d.name }} {{ d.active }}){% endfor %}){% endfor %}>{% endfor %}\n";
    let built = site(&(text.clone() + probe)).config(config).check();
    built.has(
        "people/",
        &[
            "<About us /about/ false true(Elsewhere false false)(History false true(People true))>",
            "<More - false false(About false false)>",
        ],
    );
    let themed = site(&text).config(config).check();
    themed.has(
        "people/",
        &["<summary class=\"open\">About us</summary>", "href=\"/history/\"", "<summary>More</summary>"],
    );
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\nmenu = { name = \"main\", parent = \"Abaut\" } #~ HB0405 ‹\"Abaut\"› … did you mean \"About\"\n+++\n\
         === content/b.md\n+++\ntitle = \"About\"\nmenu = \"main\"\n+++\n",
    );
}

#[test]
fn pages_can_name_those_that_link_to_them() {
    let text = file("content/a.md", "A", "", "") + &file("content/b.md", "B", "", "[a](a.md)");
    site(&text)
        .config("[settings]\nshow_backlinks = true")
        .check()
        .has("a/", &["Articles that link here", "href=\"/b/\""]);
}
