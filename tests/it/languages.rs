//! Sites in several languages: where each stands, what it shows of the others, and what it lacks.

use crate::support::{SiteText, check, site};

/// A site in English and Welsh with a template that shows what pages know of their languages.
fn probe(text: &str, languages: &str) -> SiteText {
    site(&format!("{text}\n=== templates/page.html\n{PROBE}\n=== templates/section.html\n{LIST}")).config(languages)
}

const PROBE: &str =
    "lang={{ lang }} text={{ page.language }} fallback={{ page.fallback }} canonical={{ page.canonical or '-' }} \
original={{ page.original?.url or '-' }} newer={{ page.original?.newer or false }}
{% for l in page.languages %}[{{ l.language }} {{ l.leads_to }} {{ l.url }} {{ l.current }}]{% endfor %}
{{ page.content | safe }}";
const LIST: &str = "{% for c in list.items %}<{{ c.language }} {{ c.url }} {{ c.title }}>{% endfor %}";

fn file(path: &str, title: &str, more: &str) -> String {
    format!("=== {path}\n+++\ntitle = \"{title}\"\n{more}\n+++\nText of {title}.\n")
}

#[test]
fn a_language_may_lie_in_a_folder_of_its_own() {
    let text = file("content/guide/a.md", "A", "")
        + &file("content/cymraeg/guide/a.md", "A cy", "[x](b.md)")
            .replace("[x](b.md)\n+++", "+++\n[b](b.md) and [the English](../../guide/a.md) ![](pic.svg)")
        + "=== content/cymraeg/guide/pic.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"
        + &file("content/guide/b.cy.md", "B cy", "");
    let built = probe(&text, "[languages.cy]\nfolder = \"cymraeg\"").check();
    built.has("guide/a/", &["lang=en-GB", "[cy version /cy/guide/a/ false]"]);
    // By folder and by file name, as anyone likes; links lead to the language's own pages first.
    built.has(
        "cy/guide/a/",
        &[
            "lang=cy",
            "href=\"/cy/guide/b/\"",
            "href=\"/guide/a/\"",
            "[en-GB version /guide/a/ false]",
            "src=\"/cy/guide/pic.svg\"",
        ],
    );
    built.absent(&["cymraeg/guide/a/index.html"]);
}

#[test]
fn every_language_can_have_a_path_of_its_own() {
    let text = file("content/a.md", "A", "") + &file("content/a.cy.md", "A cy", "");
    let built = probe(&text, "[languages.en-GB]\npath = \"en\"\n[languages.cy]\npath = \"cymraeg\"").check();
    built.has("en/a/", &["[cy version /cymraeg/a/ false]"]);
    built.has("cymraeg/a/", &["[en-GB version /en/a/ false]"]);
    // Who asks for the site alone is led to the default language.
    built.has("index.html", &["url=/en/"]);
    built.has("404.html", &["href=\"/en/\""]);
    built.absent(&["a/index.html", "cy/a/index.html"]);
}

#[test]
fn places_of_languages_that_contradict_one_another_are_reported() {
    let config = |languages: &str| {
        check(&format!(
            "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\nlanguage = \"en\"\n{languages}\n"
        ));
    };
    config("[languages.cy]\npath = \"x\"\n[languages.de] #~ HB1201 ‹de› … one address\npath = \"X\"");
    config("[languages.cy] #~ HB1201 ‹cy› … one address\npath = \"\"");
    config("[languages.cy]\nfolder = \"x\"\n[languages.de] #~ HB1201 ‹de› … one folder of content\nfolder = \"x/\"");
    config("[languages.cy] #~ HB1201 ‹cy› … the site's own\nbase_url = \"https://example.org/\"");
    config(
        "[languages.cy]\nbase_url = \"https://x.example.org/\"\n[languages.de] #~ HB1201 ‹de› … one address\nbase_url = \"https://X.example.org\"",
    );
    config(
        "[languages.en]\nbase_url = \"https://en.example.org/\" #~ HB1201 ‹\"https://en.example.org/\"› … the default language",
    );
    config("[languages.cy]\npath = \"a b\" #~ HB0103 ‹\"a b\"› … cannot be a folder's path");
    config("[languages.cy]\nfallback = \"lited\" #~ HB0103 ‹\"lited\"› … did you mean \"listed\"");
    config("[languages.ar]\nnumerals = \"arabs\" #~ HB0103 ‹\"arabs\"› … did you mean \"arab\"");
    config("[languages.en_GB] #~ HB0103 ‹en_GB› … did you mean \"en-GB\"");
    config("[languages.cy.taxonomies]\ntag = \"x\" #~ HB0101 ‹tag› … did you mean `tags`");
    config("[languages.cy.fallbacks]\nevent = \"absent\" #~ HB0405 ‹event› … no section");
    config("[languages.cy]\nfolders = \"cy\" #~ HB0101 ‹folders› … did you mean `folder`");
}

#[test]
fn something_must_be_written_in_the_default_language() {
    let german = "[languages.de]\n=== content/a.de.md\n+++\ntitle = \"A\"\n+++\n";
    let config = "=== handbill.toml #~ HB1202 nothing is written in the default language, \"en\" … language = \"de\"\n\
                  title = \"T\"\nbase_url = \"https://example.org/\"\n";
    check(&format!("{config}{german}"));
    let fine = config.split(" #~").next().expect("a header").to_owned()
        + "\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n";
    check(&format!("{fine}language = \"de\"\n[languages.fr]\n=== content/a.md\n+++\ntitle = \"A\"\n+++\n"));
    check(&format!("{fine}{german}=== content/b.md\n+++\ntitle = \"B\"\ndraft = true\n+++\n"));
}

#[test]
fn a_missing_version_is_absent_listed_or_published_as_the_language_says() {
    let text = file("content/guide/_index.md", "Guide", "sort = \"title\"")
        + &file("content/guide/a.md", "A", "")
        + &file("content/guide/b.md", "B", "fallback = \"absent\"")
        + &file("content/guide/c.md", "C", "")
        + &file("content/guide/c.cy.md", "C cy", "")
        + &file("content/notes/n.md", "N", "");
    let absent = probe(&text, "[languages.cy]").check();
    absent.absent(&["cy/guide/a/index.html"]).has("cy/guide/", &["<cy /cy/guide/c/ C cy>"]);
    absent.lacks("cy/guide/", &["<en-GB"]);
    absent.has("guide/a/", &["[cy home /cy/ false]"]);

    let listed = probe(&text, "[languages.cy]\nfallback = \"listed\"").check();
    listed.has("cy/guide/", &["<en-GB /guide/a/ A>", "<cy /cy/guide/c/ C cy>"]).lacks("cy/guide/", &[" B>"]);
    listed.absent(&["cy/guide/a/index.html"]);

    let published =
        probe(&text, "[languages.cy]\nfallback = \"published\"\n[languages.cy.fallbacks]\nnotes = \"absent\"").check();
    published.has("cy/guide/", &["<en-GB /cy/guide/a/ A>", "<cy /cy/guide/c/ C cy>"]).lacks("cy/guide/", &[" B>"]);
    published.has(
        "cy/guide/a/",
        &[
            "lang=cy text=en-GB fallback=true canonical=https://example.org/guide/a/ original=/guide/a/",
            "<div lang=\"en-GB\" dir=\"ltr\"><p>Text of A.</p>",
            "[en-GB version /guide/a/ false][cy fallback /cy/guide/a/ true]",
        ],
    );
    published.has("guide/a/", &["fallback=false canonical=-", "[cy fallback /cy/guide/a/ false]"]);
    published.absent(&["cy/notes/n/index.html", "cy/guide/b/index.html"]);
    // Search engines are led to the original alone.
    published.lacks("sitemap.xml", &["https://example.org/cy/guide/a/"]).has("sitemap.xml", &["/cy/guide/c/"]);
}

#[test]
fn sections_say_what_stands_in_for_their_pages() {
    let text = file("content/guide/_index.md", "Guide", "fallback = \"published\"")
        + &file("content/guide/deep/a.md", "A", "aliases = [\"/old/\"]\npath = \"/whole/a/\"")
        + &file("content/notes/n.md", "N", "");
    let built = probe(&text, "[languages.cy]\n[sections.notes]\nfallback = \"listed\"").check();
    built.has("cy/whole/a/", &["fallback=true"]).has("cy/notes/", &["<en-GB /notes/n/ N>"]);
    built.has("cy/guide/", &[]);
}

#[test]
fn the_default_theme_says_what_is_not_translated_and_what_is_older() {
    let text = file("content/a.md", "A", "updated = 2026-05-02")
        + &file("content/a.cy.md", "A cy", "date = 2026-01-01")
        + &file("content/b.md", "B", "");
    let built = site(&text).config("[languages.cy]\nfallback = \"published\"").check();
    built.has(
        "cy/b/",
        &[
            "version-notice",
            "<h1 lang=\"en-GB\" dir=\"ltr\">B</h1>",
            "rel=\"canonical\" href=\"https://example.org/b/\"",
        ],
    );
    built.lacks("cy/b/", &["<link rel=\"alternate\" hreflang"]).lacks("b/", &["version-notice"]);
    built.has("cy/a/", &["version-notice", "2 Mai 2026"]).lacks("a/", &["version-notice"]);
}

#[test]
fn a_translation_is_older_when_the_original_says_it_changed_later() {
    let newer = |original: &str, version: &str| {
        let text = file("content/a.md", "A", original) + &file("content/a.cy.md", "A cy", version);
        probe(&text, "[languages.cy]").check().text("cy/a/").contains("newer=true")
    };
    for (original, version, expected) in [
        ("updated = 2026-05-02", "date = 2026-01-01", true),
        ("date = 2026-01-01\nupdated = 2026-05-02", "date = 2026-01-01\nupdated = 2026-05-02", false),
        ("date = 2026-01-01\nupdated = 2026-05-02", "date = 2026-06-01", false),
        ("date = 2026-01-01", "date = 2026-01-01", false),
        ("date = 2026-01-02", "date = 2026-01-01", true),
        ("date = 2026-01-01", "", false),
        ("updated = 2026-05-02", "", true),
        ("", "date = 2026-01-01", false),
        // A day is as exact as people are.
        ("updated = 2026-05-02T18:00:00", "updated = 2026-05-02", false),
        ("updated = 2026-05-02T18:00:00", "updated = 2026-05-02T17:00:00", true),
    ] {
        assert_eq!(newer(original, version), expected, "{original} | {version}");
    }
}

#[test]
fn a_language_that_wants_to_be_complete_reports_what_it_lacks() {
    let text = "=== content/a.md
+++
title = \"A\" #~ HB1203 ‹\"A\"› … no version in the language \"cy\" … content/a.cy.md
+++
=== content/b.md
+++
title = \"B\"
fallback = \"absent\"
+++
=== content/c.md
+++
title = \"C\"
updated = 2026-05-02
+++
=== content/c.cy.md
+++
title = \"C cy\"
date = 2026-05-01 #~ HB1204 ‹2026-05-01› … changed after this version, on 2026-05-02 … updated = 2026-05-02
+++
";
    site(text).config("[languages.cy]\ncomplete = true\n[languages.de]").check();
}

#[test]
fn addresses_keep_their_letters_or_write_them_as_the_language_does() {
    let page = |path: &str, title: &str| {
        format!("=== {path}\n+++\ntitle = \"{title}\"\ntags = [\"Größe\"]\n+++\n## Für später\n")
    };
    let ascii = site(&page("content/für.md", "Ü")).config("[languages.de]\n[languages.tr]").check();
    ascii.has("fur/", &["id=\"fur-spater\""]).has("tags/grosse/", &[]);
    let german = site(&(page("content/x.md", "X") + &page("content/für.de.md", "Ü"))).config("[languages.de]").check();
    german.has("de/fuer/", &["id=\"fuer-spaeter\""]).has("de/tags/groesse/", &[]);
    let text = page("content/x.md", "X") + &page("content/für.de.md", "Ü") + &page("content/für.tr.md", "Ü");
    let mixed = site(&text).config("[languages.de]\nslugs = \"unicode\"\n[languages.tr]").check();
    mixed.has("de/für/", &["id=\"für-später\"", "href=\"/de/tags/gr%C3%B6%C3%9Fe/\""]).has("de/tags/größe/", &[]);
    mixed.has("tr/fur/", &["id=\"fur-spater\""]);
}

#[test]
fn numbers_and_dates_have_the_digits_that_the_language_asks_for() {
    let text = "=== content/_index.ar.md\n+++\ntitle = \"x\"\n+++\n=== content/_index.md\n+++\ntitle = \"x\"\n+++\n\
                === templates/index.html\n{{ 12345 | number }} {{ \"2026-12-01\" | date(format=\"long\") }}\n";
    site(text).config("[languages.ar]\nnumerals = \"arab\"").check().has("ar/", &["١٢٬٣٤٥", "٢٠٢٦"]);
    site(text).config("[languages.ar]\nnumerals = \"latn\"").check().has("ar/", &["12,345", "2026"]);
    site(text)
        .config("[languages.en-GB]\nnumerals = \"deva\"\n[languages.ar]")
        .check()
        .has("index.html", &["१२,३४५", "२०२६"]);
}

#[test]
fn a_language_can_have_a_host_of_its_own() {
    let text = file("content/a.md", "A", "").replace("Text of A.", "[Cymraeg](a.cy.md) ![](/pic.svg)")
        + &file("content/a.cy.md", "A cy", "date = 2026-01-01\naliases = [\"/hen/\"]")
            .replace("Text of A cy.", "[adref](_index.cy.md) [English](a.en-GB.md) ![](/pic.svg)")
        + "=== content/_index.cy.md\n+++\ntitle = \"Hafan\"\n+++\n=== static/pic.svg\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";
    let config = "[languages.cy]\nbase_url = \"https://cy.example.org/\"";
    let built = site(&text).config(config).check();
    built.has(
        "a/",
        &[
            "href=\"https://cy.example.org/a/\"",
            "hreflang=\"cy\" href=\"https://cy.example.org/a/\"",
            "hreflang=\"x-default\" href=\"https://example.org/a/\"",
            "src=\"/pic.svg\"",
            "href=\"/handbill.css?",
        ],
    );
    built.has(
        "cy/a/",
        &[
            "href=\"/\">adref",
            "href=\"https://example.org/a/\">English",
            "src=\"/pic.svg\"",
            "href=\"/handbill.css?",
            "rel=\"canonical\" href=\"https://cy.example.org/a/\"",
            "hreflang=\"en-GB\" href=\"https://example.org/a/\"",
        ],
    );
    // Each host has what it needs at its own top.
    built.has("cy/handbill.css", &[]).has("cy/pic.svg", &[]).has("cy/404.html", &["href=\"/\""]);
    built.has("cy/sitemap.xml", &["<loc>https://cy.example.org/a/</loc>", "href=\"https://example.org/a/\""]);
    built.lacks("cy/sitemap.xml", &["<loc>https://example.org"]).lacks("sitemap.xml", &["<loc>https://cy."]);
    built.has("cy/hen/", &["url=/a/"]);
    built.has("cy/robots.txt", &["Sitemap: https://cy.example.org/sitemap.xml"]);
    built.has(
        "cy/feed.xml",
        &["https://cy.example.org/feed.xml", "https://cy.example.org/a/", "https://cy.example.org/\""],
    );
    built.lacks("cy/feed.xml", &["example.org/cy/"]);
    built.has("feed.xml", &["https://example.org/feed.xml"]);
    // A preview has one address.
    let preview = site(&text).config(config).base_url("http://localhost:8080/").check();
    preview.has("a/", &["href=\"/cy/a/\"", "http://localhost:8080/cy/a/"]).absent(&["cy/pic.svg"]);
    let relative = site(&text.replace("=== content/a.md", "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/sub/\"\nlanguage = \"en-GB\"\nrelative_links = true\n[languages.cy]\nbase_url = \"https://cy.example.org/deep/\"\n=== content/a.md")).check();
    relative.has(
        "cy/a/",
        &["href=\"../index.html\">adref", "src=\"../pic.svg\"", "href=\"https://example.org/sub/a/\">English"],
    );
}

#[test]
fn phrases_lacking_a_plural_form_are_reported() {
    let form = |file: &str, phrase: &str| {
        let own = format!("=== content/a.md\n+++\ntitle = \"A\"\n+++\n=== i18n/{file}.toml\n{phrase}\n");
        site(&own).config(&if file == "en" { String::new() } else { format!("[languages.{file}]") }).check();
    };
    form("en", "x = { one = \"a\", other = \"b\" }");
    form("en", "x = { zero = \"no\", one = \"a\", other = \"b\" }");
    form("en", "x = { other = \"b\" } #~ HB1205 ‹{ other = \"b\" }› … `one` is missing … `one` (for 1)");
    form("en", "x = { one = \"a\", few = \"c\", other = \"b\" } #~ HB1205 … no plural form `few`");
    form(
        "pl",
        "x = { one = \"a\", few = \"c\", other = \"b\" } #~ HB1205 … `many` is missing … `many` (for 0, 5, 6, 7 …)",
    );
    form("pl", "x = { one = \"a\", few = \"c\", many = \"m\", other = \"b\" }");
    form(
        "cy",
        "x = { one = \"a\", other = \"b\" } #~ HB1205 … `zero`, `two`, `few`, `many` are missing … `few` (for 3)",
    );
    form(
        "ar",
        "x = { zero = \"0\", one = \"a\", two = \"2\", few = \"c\", other = \"b\" } #~ HB1205 … `many` is missing … (for 11, 12, 13, 14 …)",
    );
    form("ja", "x = { other = \"b\" }");
    form("fr", "x = { one = \"a\", other = \"b\" }");
    form("fr", "x = { one = \"a\", many = \"m\", other = \"b\" }");
}
