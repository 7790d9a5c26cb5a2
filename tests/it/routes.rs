//! Addresses: where each page stands, and what cannot stand together.

use crate::support::{check, page, site};

#[track_caller]
fn stands(file: &str, front_matter: &str, output: &str) {
    let built = site(&format!("=== {file}\n+++\ntitle = \"Found here\"\n{front_matter}\n+++\n"))
        .config("[languages.cy]")
        .check();
    built.has(output, &["Found here"]);
}

#[test]
fn a_page_stands_where_its_file_lies() {
    stands("content/about.md", "", "about/index.html");
    stands("content/a/b/c.md", "", "a/b/c/index.html");
    stands("content/news/x/index.md", "", "news/x/index.html");
    stands("content/_index.md", "", "index.html");
    stands("content/news/_index.md", "", "news/index.html");
    stands("content/about.cy.md", "", "cy/about/index.html");
    stands("content/_index.cy.md", "", "cy/index.html");
    stands("content/groups/Tŷ Mawr & Co.md", "", "groups/ty-mawr-co/index.html");
    stands("content/About Us.md", "", "about-us/index.html");
}

#[test]
fn slug_and_path_move_it() {
    stands("content/news/a.md", "slug = \"b\"", "news/b/index.html");
    stands("content/news/a.md", "slug = \"Big News!\"", "news/big-news/index.html");
    stands("content/news/a.md", "path = \"/about/history/\"", "about/history/index.html");
    stands("content/news/a.md", "path = \"about/history\"", "about/history/index.html");
    stands("content/a.md", "path = \"/special.html\"", "special.html");
    stands("content/news/_index.md", "slug = \"updates\"", "updates/index.html");
    let built = check(
        "=== content/news/_index.md\n+++\ntitle = \"N\"\nslug = \"updates\"\n+++\n=== content/news/a.md\n+++\ntitle = \"A\"\n+++\n",
    );
    built.has("updates/a/", &["A"]).absent(&["news/index.html", "news/a/index.html"]);
}

#[test]
fn files_travel_with_a_bundle_that_moves() {
    for (front_matter, page, file) in [
        ("slug = \"b\"", "news/b/", "news/b/p.txt"),
        ("path = \"/x/y/\"", "x/y/", "x/y/p.txt"),
        ("path = \"/x/y.html\"", "x/y.html", "x/p.txt"),
    ] {
        let built = check(&format!(
            "=== content/news/a/index.md\n+++\ntitle = \"A\"\n{front_matter}\n+++\n[p](p.txt)\n=== content/news/a/p.txt\nfile\n"
        ));
        built.has(page, &[&format!("href=\"/{file}\"")]).has(file, &["file"]);
    }
}

#[test]
fn earlier_addresses_send_readers_on() {
    let built = check(
        "=== content/a.md\n+++\ntitle = \"A\"\naliases = [\"/old/\", \"older\", \"/x/page.html\", \"/zwei/ö/\"]\n+++\n",
    );
    for path in ["old/", "older/", "x/page.html", "zwei/ö/"] {
        built.has(path, &["http-equiv=\"refresh\"", "url=/a/", "rel=\"canonical\" href=\"https://example.org/a/\""]);
    }
    built.lacks("sitemap.xml", &["/old/"]);
}

#[test]
fn two_things_at_one_address_are_reported_with_both() {
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\n+++\n=== content/a/index.md\n+++\ntitle = \"B\" #~ HB0406 ‹\"B\"› two things would stand at \"/a/\"\n+++\n",
    );
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\n+++\n=== content/b.md\n+++\ntitle = \"B\"\nslug = \"a\" #~ HB0406 ‹\"a\"›\n+++\n",
    );
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\n+++\n=== content/b.md\n+++\ntitle = \"B\"\naliases = [\"/x/\", \"/a/\"] #~ HB0406 ‹\"/a/\"›\n+++\n",
    );
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\n+++\n=== content/b.md\n+++\ntitle = \"B\"\npath = \"/A/\" #~ HB0406 ‹\"/A/\"› … every disk\n+++\n",
    );
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\n+++\n=== content/b.md\n+++\ntitle = \"B\"\npath = \"/a/index.html/\" #~ HB0406\n+++\n",
    );
    check("=== content/tags.md\n+++\ntitle = \"A\" #~ HB0406 … \"/tags/\"\ntags = [\"x\"]\n+++\n");
    let files = site("=== content/a.md\n+++\ntitle = \"A\"\n+++\n=== static/a/index.html\nx\n").build();
    assert!(files.all_reported().contains("HB0406"), "{}", files.all_reported());
}

#[test]
fn two_files_at_one_address_are_reported() {
    let built = site(
        "=== content/news/a.md\n+++\ntitle = \"A\"\n+++\n=== content/news/pic.svg\none\n=== static/news/pic.svg\ntwo\n",
    )
    .build();
    assert!(built.all_reported().contains("HB0406"), "{}", built.all_reported());
    let cased = site("=== static/pic.svg\none\n=== static/Pic.svg\ntwo\n").build();
    assert!(cased.all_reported().contains("HB0406"), "{}", cased.all_reported());
}

#[test]
fn the_sites_own_files_replace_what_handbill_makes() {
    let built =
        check("=== static/robots.txt\nUser-agent: none\n=== static/404.html\nown\n=== static/handbill.css\nown css\n");
    built.has("robots.txt", &["User-agent: none"]).has("404.html", &["own"]).has("handbill.css", &["own css"]);
}

#[test]
fn names_that_no_disk_takes_are_refused() {
    check("=== content/a.md\n+++\ntitle = \"A\"\npath = \"/con/\" #~ HB0407 ‹\"/con/\"›\n+++\n");
    check("=== content/a.md\n+++\ntitle = \"A\"\npath = \"/../up/\" #~ HB0407\n+++\n");
    check("=== content/a.md\n+++\ntitle = \"A\"\naliases = [\"/a\\u0000b/\"] #~ HB0407\n+++\n");
    let long = "x".repeat(300);
    check(&format!("=== content/a.md\n+++\ntitle = \"A\"\nslug = \"{long}\" #~ HB0407\n+++\n"));
}

#[test]
fn names_in_other_scripts_keep_an_address() {
    for name in ["Київ", "東京", "καλημέρα", "مرحبا"] {
        let built = page(&format!("content/groups/{name}.md"), "").check();
        let found: Vec<&str> = built
            .pages()
            .into_iter()
            .filter(|path| path.starts_with("groups/") && path.matches('/').count() == 2)
            .collect();
        assert_eq!(found.len(), 1, "{name}: {:?}", built.paths());
        let loc = built.text("sitemap.xml");
        assert!(loc.is_ascii(), "{loc}");
    }
}

#[test]
fn translations_name_one_another() {
    let built = site(
        "=== content/a.md\n+++\ntitle = \"A\"\n+++\n=== content/a.cy.md\n+++\ntitle = \"A cy\"\nslug = \"helo\"\n+++\n\
         === content/b.md\n+++\ntitle = \"B\"\n+++\n",
    )
    .config("[languages.cy]")
    .check();
    for page in ["a/", "cy/helo/"] {
        built.has(
            page,
            &[
                "hreflang=\"en-GB\" href=\"https://example.org/a/\"",
                "hreflang=\"cy\" href=\"https://example.org/cy/helo/\"",
                "x-default",
            ],
        );
    }
    built.lacks("b/", &["hreflang=\"cy\" href=\"https://example.org/cy/b/\""]);
}

#[test]
fn relative_links_lead_on_from_every_depth() {
    let built = site(
        "=== handbill.toml
title = \"T\"
base_url = \"https://example.org/sub/\"
relative_links = true
=== content/groups/leeds.md
+++
title = \"Leeds\"
aliases = [\"/old/\"]
+++
[Home](@/_index.md) and [itself](#there)

# There {#there}
=== content/_index.md
+++
title = \"Home\"
+++
[Leeds](@/groups/leeds.md#there)
",
    )
    .build();
    built.clean();
    built.has("groups/leeds/index.html", &["<a href=\"../../index.html\">Home</a>", "<a href=\"#there\">itself</a>"]);
    built.has("index.html", &["<a href=\"./groups/leeds/index.html#there\">Leeds</a>"]);
    built.has("old/index.html", &["url=../groups/leeds/index.html"]);
    built.has("404.html", &["href=\"/sub/"]);
}
