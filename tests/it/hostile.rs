//! Whatever an author writes, nothing panics and no script is published.

use crate::support::{attributes, page, site};
use proptest::prelude::*;

/// Cases for each property: enough to find a slip, few enough to run with every change.
const CASES: u32 = 20;

/// Pieces from which texts are put together: what means something somewhere, and what means harm.
const PIECES: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "](javascript:alert(1))",
    "[a](java\nscript:x)",
    "<a href='javascript:x'>",
    "\" onload=\"x",
    "'><svg/onload=x>",
    "&#x6a;avascript:x",
    "+++",
    "---",
    "::",
    ":::callout{",
    "::map{points=\"1, 2 a; \"}\n",
    "::map{points=\"",
    ":::gallery\n",
    "::video{title=\"x\" url=\"https://youtu.be/",
    "::share{title=\"",
    "::qr{url=\"",
    "::download{file=\"",
    ":::notice{until=\"",
    "near=\"",
    " within=",
    "\"}\n",
    "}",
    "{{",
    "{%",
    "%}",
    "<!-- more -->",
    "<!--",
    "-->",
    "[^1]",
    "[^1]: x",
    "# ",
    "- ",
    "> ",
    "| a |\n|---|\n",
    "```",
    "~~~",
    "\n",
    "\n\n",
    "\t",
    " ",
    "\r",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "é",
    "漢字",
    "👩‍👩‍👧",
    "@/",
    ".md",
    "#",
    "?",
    "%",
    "%zz",
    "%00",
    "..",
    "/",
    "\\",
    "\"",
    "'",
    "=",
    "[",
    "]",
    "(",
    ")",
    "!",
    "*",
    "_",
    "2026-02-30",
    "9999-12-31T23:59:60",
    "1e999",
    "-9223372036854775808",
    "FREQ=SECONDLY",
    "<![CDATA[",
    "]]>",
    "<style>",
    "<iframe src=//x>",
    "<base href=//x>",
    "<form action=x>",
    "&amp;",
    "&",
    "word",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

/// Keys of every kind, so that values of any type meet every reader.
const KEYS: &[&str] = &[
    "title",
    "kind",
    "summary",
    "date",
    "updated",
    "publish_from",
    "expires",
    "draft",
    "slug",
    "path",
    "aliases",
    "weight",
    "image",
    "menu",
    "related",
    "comments",
    "extra",
    "tags",
    "start",
    "end",
    "duration",
    "all_day",
    "timezone",
    "repeat",
    "rrule",
    "except",
    "also",
    "change",
    "status",
    "venue",
    "groups",
    "aims",
    "rsvp",
    "location",
    "covers",
    "contact",
    "parent",
    "signatories",
    "sign",
    "press",
    "ask",
    "url",
    "deadline",
    "mail",
    "order",
    "short",
    "byline",
    "sort",
    "paginate",
];

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        soup().prop_map(|text| format!("{text:?}")),
        prop::sample::select(vec![
            "true",
            "0",
            "-1",
            "1.5",
            "nan",
            "inf",
            "99999999999999999999",
            "2026-12-01",
            "2026-12-01T19:00:00",
            "0001-01-01",
            "9999-12-31T23:59:59Z",
            "[]",
            "{}",
            "[[]]",
            "[{}]",
            "{ every = \"day\" }",
            "{ every = \"second\", count = 4294967295 }",
            "\"FREQ=YEARLY;INTERVAL=4294967295\"",
            "\"FREQ=DAILY;BYSETPOS=366\"",
            "[{ date = 2026-12-01, start = 9999-12-31 }]",
            "{ lat = 90.0, lon = 180.0 }",
            "\"x.csv\"",
            "\"../../x\"",
            "\"/\"",
            "\"\"",
            "\"con\"",
        ])
        .prop_map(str::to_owned),
    ]
}

fn front_matter() -> impl Strategy<Value = String> {
    prop::collection::btree_map(prop::sample::select(KEYS), value(), 0..6)
        .prop_map(|entries| entries.into_iter().map(|(key, value)| format!("{key} = {value}\n")).collect())
}

/// No rendered page holds what a text could only have smuggled in.
fn assert_harmless(built: &crate::support::Built) {
    for (path, bytes) in built.artifacts.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).expect("UTF-8");
        for script in html.match_indices("<script").map(|(at, _)| &html[at..]) {
            let own = script.starts_with("<script src=\"/handbill.js")
                || script.starts_with("<script type=\"application/ld+json\"");
            assert!(own, "{path}: {}", script.get(..120).unwrap_or(script));
        }
        for name in ["onerror", "onload", "onclick", "onfocus"] {
            assert!(attributes(html, &[name]).is_empty(), "{path} has {name}:\n{html}");
        }
        for address in attributes(html, &["href", "src", "action", "formaction"]) {
            let plain: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            assert!(!plain.to_lowercase().starts_with("javascript:"), "{path} leads to {address}");
        }
        for element in ["<iframe", "<base", "<object", "<embed"] {
            assert!(!html.contains(element), "{path} has {element}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markdown_gives_a_harmless_page(body in soup(), title in soup()) {
        let built = site("").file("content/news/a.md", format!("+++\ntitle = {title:?}\ndate = 2026-01-01\nsummary = {body:?}\ntags = [{title:?}]\n+++\n{body}")).build();
        assert_harmless(&built);
    }

    #[test]
    fn any_front_matter_is_read_or_reported(folder in prop::sample::select(&["events", "groups", "news", "statements", "actions", "aims", "pages"][..]), text in front_matter(), section in front_matter()) {
        let built = site("")
            .file(&format!("content/{folder}/a.md"), format!("+++\n{text}\n+++\nText\n"))
            .file(&format!("content/{folder}/b.md"), format!("+++\ntitle = \"B\"\nstart = 2026-12-01\nask = \"join\"\nextra = {{}}\n{text}\n+++\nText\n"))
            .file(&format!("content/{folder}/_index.md"), format!("+++\ntitle = \"S\"\n{section}\n+++\n"))
            .build();
        assert_harmless(&built);
    }

    #[test]
    fn any_bytes_are_read_or_reported(bytes in prop::collection::vec(any::<u8>(), 0..200), soup in soup()) {
        let built = site("")
            .file("content/a.md", bytes.clone())
            .file("content/b.md", soup.clone())
            .file("content/c.md", [b"+++\n".as_slice(), &bytes, b"\n+++\n", &bytes].concat())
            .file("content/statements/s.md", "+++\ntitle = \"S\"\nsignatories = \"s.csv\"\n+++\n")
            .file("content/statements/s.csv", [b"name,consent\n".as_slice(), soup.as_bytes(), b"\n", &bytes].concat())
            .build();
        assert_harmless(&built);
    }

    #[test]
    fn any_configuration_is_read_or_reported(
        table in prop::sample::select(&["organisation", "menus", "languages", "taxonomies", "sections", "imprint", "markdown", "feeds", "settings"][..]),
        text in front_matter(),
        soup in soup(),
    ) {
        let config = "title = \"T\"\nbase_url = \"https://example.org/\"\n";
        page("content/a.md", "").file("handbill.toml", soup.clone()).build();
        page("content/a.md", "").file("handbill.toml", format!("{config}[{table}]\n{text}\n[{table}.{soup:?}]\n{text}")).build();
    }
}

#[test]
fn a_home_page_without_a_place_is_reported_and_does_not_hide_other_mistakes() {
    for (front_matter, mistakes) in [
        ("path = \"/con/\"", 1),
        ("path = \"/../\"", 1),
        ("draft = true", 0),
        ("slug = \"x\"", 0),
        ("path = \"/elsewhere/\"", 0),
    ] {
        let text = format!(
            "=== content/_index.md\n+++\ntitle = \"Home\"\n{front_matter}\n+++\n=== content/a.cy.md\n+++\ntitle = \"A\"\n+++\n[x](none.md)\n"
        );
        let built = site(&text).config("[languages.cy]").build();
        assert_eq!(built.diagnostics.len(), mistakes + 1, "{}", built.all_reported());
    }
}

#[test]
fn text_nested_without_end_is_cut_off_or_reported() {
    for piece in ["> ", "- ", "[", "![", "*a **b ", "<div>", ":::callout{kind=\"note\" title=\"T\"}\n", "(", "| "] {
        page("content/a.md", &piece.repeat(3000)).build();
    }
    for piece in ["[", "{a=", "a."] {
        page("content/a.md", "")
            .file("content/b.md", format!("+++\ntitle = \"B\"\nextra = {}\n+++\n", piece.repeat(3000)))
            .build();
    }
}
