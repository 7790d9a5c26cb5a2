//! Parts of a site that meet: tables, languages, hosts of languages, redirects, feeds and the published index.

use crate::support::site;

/// A Welsh and an Arabic group that are rows: the Arabic table lies in the language's own folder.
const ROWS: &str = "=== content/groups/_index.md
+++
title = \"Groups\"
tables = [\"groups.csv\"]
+++
=== content/groups/groups.csv
title,file,language
Lidford,lidford,English
Rhyd,lidford,Cymraeg
=== content/arabic/groups/_index.md
+++
title = \"المجموعات\"
tables = [\"groups.csv\"]
+++
=== content/arabic/groups/groups.csv
title,file
ليدفورد,lidford
";
const LANGUAGES: &str = "[languages.cy]\nname = \"Welsh\"\n[languages.ar]\nfolder = \"arabic\"";

#[test]
fn rows_know_languages_by_their_names_and_folders() {
    let text = format!(
        "{ROWS}=== content/about.md\n+++\ntitle = \"About\"\n+++\n\
         [one](arabic/groups/lidford.md) [two](@/arabic/groups/lidford.md) [three](groups/lidford.cy.md)\n"
    );
    let built = site(&text).config(LANGUAGES).check();
    built.has("cy/groups/lidford/", &["Rhyd"]).has("ar/groups/lidford/", &["ليدفورد"]);
    built
        .has("about/", &["href=\"/ar/groups/lidford/\">one", "href=\"/ar/groups/lidford/\">two", "href=\"/cy/groups/"]);
}

#[test]
fn the_published_index_has_each_version_once_and_no_stand_ins() {
    let text = "=== content/events/e.md\n+++\ntitle = \"Meeting\"\nstart = 2027-01-01T19:00:00\n+++\n\
                === content/news/n.md\n+++\ntitle = \"News\"\n+++\n=== content/news/n.cy.md\n+++\ntitle = \"Newyddion\"\n+++\n";
    let config =
        "[publish]\nindex = true\n[languages.cy]\nfallback = \"published\"\n[languages.de]\nfallback = \"published\"";
    let built = site(text).config(config).check();
    built.has("de/events/e/", &["Meeting"]);
    let index: serde_json::Value = serde_json::from_str(built.text("handbill.json")).unwrap();
    let languages = |key: &str| {
        let items = index[key].as_array().unwrap().iter();
        items.map(|item| item["language"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((languages("events"), languages("news")), (vec!["en-GB".to_owned()], vec!["en-GB".into(), "cy".into()]));
}

#[test]
fn redirects_lead_to_the_host_of_a_language() {
    let text = "=== content/about.md\n+++\ntitle = \"About\"\naliases = [\"/old/\"]\n+++\n\
                === content/about.cy.md\n+++\ntitle = \"Amdanom\"\naliases = [\"/hen/\"]\n+++\n";
    let config = "[[redirects]]\nfrom = \"/k/\"\nto = \"@/about.cy.md\"\n[publish]\nhosts = [\"netlify\"]\n\
                  [languages.cy]\nbase_url = \"https://cy.example.org/\"";
    let built = site(text).config(config).check();
    built.has("_redirects", &["/k/ https://cy.example.org/about/ 301", "/old/ /about/ 301"]);
    built.lacks("_redirects", &["hen", "/cy/"]).has("cy/hen/", &["url=/about/"]).absent(&["old/index.html"]);
}

#[test]
fn the_host_of_a_language_is_told_what_concerns_it() {
    let text = "=== content/about.md\n+++\ntitle = \"About\"\naliases = [\"/old/\"]\n+++\n\
                === content/about.cy.md\n+++\ntitle = \"Amdanom\"\naliases = [\"/hen/\"]\n+++\n\
                === static/_headers\n/*\n  X-Own: yes\n";
    let config = "[[redirects]]\nfrom = \"/cy/k/\"\nto = \"@/about.cy.md\"\n\
                  [[redirects]]\nfrom = \"/cy/e/\"\nto = \"@/about.md\"\n\
                  [publish]\nhosts = [\"netlify\", \"nginx\", \"apache\", \"github\"]\n\
                  [languages.cy]\nbase_url = \"https://cy.example.org/x/\"\n\
                  [languages.de]\nbase_url = \"https://de.example.org/\"";
    let built = site(text).config(config).check();
    built.has(
        "cy/_redirects",
        &["/x/hen/ /x/about/ 301", "/x/k/ /x/about/ 301", "/x/e/ https://example.org/about/ 301"],
    );
    built.lacks("cy/_redirects", &["/old/", "/cy/"]).lacks("_redirects", &["/cy/", "/x/"]);
    built.has("cy/_headers", &["/x/*\n", "Content-Security-Policy", "X-Own: yes"]);
    built.has("cy/nginx-maps.conf", &["\"/x/hen/\" \"301 /x/about/"]);
    built.has("cy/nginx-server.conf", &["error_page 404 /x/404.html;"]);
    built.has("cy/.htaccess", &["ErrorDocument 404 /x/404.html", "RewriteRule \"^hen/?$\" \"/x/about/\""]);
    // Below a path there is no domain of its own to tell of.
    built.has("de/CNAME", &["de.example.org\n"]).absent(&["cy/CNAME"]).has("de/.nojekyll", &[]);
    built.has("de/robots.txt", &["Sitemap: https://de.example.org/sitemap.xml"]);
    let explained = site(text).config(config).explain("https://cy.example.org/x/about/");
    assert_eq!(explained.file.as_deref(), Some("content/about.cy.md"));
}

#[test]
fn a_heading_of_a_table_is_not_nested_without_end() {
    let heading = format!("extra{}", ".a".repeat(100_000));
    let text = format!(
        "=== content/groups/_index.md\n+++\ntitle = \"Groups\"\ntables = [\"g.csv\"]\n+++\n\
         === content/groups/g.csv\ntitle,{heading}\nLidford,x\n"
    );
    site(&text).build().has_report("HB1003", "more than 12 parts");
}
