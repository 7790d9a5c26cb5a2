//! Links in texts: what each leads to, and which lead nowhere.

use crate::support::{check, page, site};

/// Pages to link to.
const PAGES: &str = "\
=== content/groups/leeds.md
+++
title = \"Leeds\"
+++
# When we meet
=== content/groups/hidden.md
+++
title = \"Hidden\"
draft = true
+++
=== content/news/bundle/index.md
+++
title = \"Bundle\"
+++
=== content/news/bundle/pic one.svg
<svg/>
=== content/news/plain.svg
<svg/>
=== static/images/logo.svg
<svg/>
=== static/notes.pdf
PDF
";

#[track_caller]
fn leads(written: &str, address: &str) {
    let built =
        check(&format!("{PAGES}=== content/news/here.md\n+++\ntitle = \"Here\"\n+++\n[x]({written})\n\n# Own place\n"));
    built.has("news/here/", &[&format!("<a href=\"{address}\">x</a>")]);
}

#[track_caller]
fn shows(written: &str, address: &str) {
    let built = check(&format!("{PAGES}=== content/news/here.md\n+++\ntitle = \"Here\"\n+++\n![x]({written})\n"));
    built.has("news/here/", &[&format!("src=\"{address}\"")]);
}

#[track_caller]
fn reports(body: &str) {
    check(&format!("{PAGES}=== content/news/here.md\n+++\ntitle = \"Here\"\n+++\n{body}\n"));
}

#[test]
fn links_to_content_lead_to_its_address() {
    leads("@/groups/leeds.md", "/groups/leeds/");
    leads("../groups/leeds.md", "/groups/leeds/");
    leads("../groups/leeds.md#when-we-meet", "/groups/leeds/#when-we-meet");
    leads("@/groups/leeds.md?x=1#when-we-meet", "/groups/leeds/?x=1#when-we-meet");
    leads("bundle/index.md", "/news/bundle/");
    leads("./bundle/index.md", "/news/bundle/");
    leads("@/news/_index.md", "/news/");
    leads("@/_index.md", "/");
    leads("#own-place", "#own-place");
    leads("/groups/leeds/", "/groups/leeds/");
    leads("/groups/leeds", "/groups/leeds/");
    leads("../../groups/leeds/", "/groups/leeds/");
    leads("https://example.com/a?b=c", "https://example.com/a?b=c");
    leads("mailto:a@example.org", "mailto:a@example.org");
}

#[test]
fn links_and_images_lead_to_files() {
    leads("plain.svg", "/news/plain.svg");
    leads("bundle/pic%20one.svg", "/news/bundle/pic%20one.svg");
    leads("<bundle/pic one.svg>", "/news/bundle/pic%20one.svg");
    leads("/notes.pdf#page=2", "/notes.pdf#page=2");
    leads("/feed.xml", "/feed.xml");
    shows("plain.svg", "/news/plain.svg");
    shows("/images/logo.svg", "/images/logo.svg");
    shows("@/news/plain.svg", "/news/plain.svg");
    shows("../news/bundle/pic%20one.svg", "/news/bundle/pic%20one.svg");
}

#[test]
fn a_missing_page_or_place_is_reported_with_what_was_probably_meant() {
    reports("[x](../groups/leed.md) #~ HB0401 (../groups/leed.md)› … did you mean \"@/groups/leeds.md\"");
    reports("[x](leeds.md) #~ HB0401 (leeds.md)› … did you mean \"@/groups/leeds.md\"");
    reports(
        "[x](@/groups/leeds.md#when-we-met) #~ HB0403 (@/groups/leeds.md#when-we-met)› … did you mean \"#when-we-meet\"",
    );
    reports("[x](#nowhere) #~ HB0403 (#nowhere)› \"this page\"");
    reports("[x](../../../etc/passwd.md) #~ HB0401");
    reports("[x](/group/leeds/) #~ HB0404 (/group/leeds/)› ");
    reports("[x](/tags/none/) #~ HB0404 (/tags/none/)› ");
    reports("![x](none.png) #~ HB0112 (none.png)› ");
    reports("![x](/none.png) #~ HB0112 (/none.png)›");
    reports("[x](none.pdf) #~ HB0112 (none.pdf)› ");
    reports("[x](www.example.org/a) #~ HB0112 … web address … write https://www.example.org/a");
    reports("[x](foo@example.org) #~ HB0112 … mail address … write mailto:foo@example.org");
}

#[test]
fn a_link_to_what_is_not_published_says_why() {
    reports("[x](@/groups/hidden.md) #~ HB0402 … it is a draft");
    reports(
        "[x](later.md) #~ HB0402 … it is not published yet\n=== content/news/later.md\n+++\ntitle = \"L\"\npublish_from = 2030-01-01\n+++",
    );
    reports(
        "[x](over.md) #~ HB0402 … it has expired\n=== content/news/over.md\n+++\ntitle = \"O\"\nexpires = 2020-01-01\n+++",
    );
    let shown =
        site(&format!("{PAGES}=== content/a.md\n+++\ntitle = \"A\"\n+++\n[x](@/groups/hidden.md)\n")).drafts().check();
    shown.has("a/", &["/groups/hidden/"]);
}

#[test]
fn links_are_checked_wherever_text_stands() {
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\nsummary = \"See [x](none-1.md)\" #~ HB0401 (none-1.md)› \n\
         related = [\"@/none-2.md\"] #~ HB0401 ‹\"@/none-2.md\"›\nimage = { src = \"none-3.png\", alt = \"\" } #~ HB0112 ‹\"none-3.png\"›\n\
         [[comments]]\nauthor = \"B\"\ntext = \"And [y](none-4.md)\" #~ HB0401 (none-4.md)› \n+++\n\
         :::callout{kind=\"note\" title=\"T\"}\n[z](none-5.md) #~ HB0401 (none-5.md)› \n:::\n\n\
         <p><a href=\"none-6.md\">raw</a></p> #~ HB0401 none-6.md \n\n<img src=\"none-7.png\" alt=\"\"> #~ HB0112 none-7.png \n\n\
         Note[^1].\n\n[^1]: See [it](none-8.md). #~ HB0401 (none-8.md)› \n\n| a |\n|---|\n| [b](none-9.md) | #~ HB0401 (none-9.md)› \n\n\
         [ref][ref] #~ HB0401 \"none-10.md\"\n\n[ref]: none-10.md\n",
    );
}

#[test]
fn raw_html_leads_to_content_too() {
    let built = check(&format!(
        "{PAGES}=== content/news/here.md\n+++\ntitle = \"H\"\nsummary = \"[s](../groups/leeds.md)\"\n[[comments]]\nauthor = \"B\"\n\
         text = \"[c](@/groups/leeds.md)\"\n+++\n<a href=\"../groups/leeds.md\">raw</a> <img src=\"plain.svg\" alt=\"p\">\n\n\
         :::callout{{kind=\"note\" title=\"T\"}}\n[in](../groups/leeds.md)\n:::\n\
         === templates/news.html\n{{% for p in list.items %}}{{{{ p.summary }}}}{{% endfor %}}\n"
    ));
    let leeds = "href=\"/groups/leeds/\"";
    built.has(
        "news/here/",
        &[
            &format!("<a {leeds}>raw</a>"),
            "src=\"/news/plain.svg\"",
            &format!("<a {leeds}>in</a>"),
            &format!("<a {leeds}>c</a>"),
        ],
    );
    built.has("news/", &[&format!("<a {leeds}>s</a>")]);
}

#[test]
fn a_link_leads_to_the_version_in_the_readers_language() {
    let built = site(
        "=== content/a.md\n+++\ntitle = \"A\"\n+++\n[b](b.md) [welsh](b.cy.md)\n\
         === content/a.cy.md\n+++\ntitle = \"A cy\"\n+++\n[b](b.md) [c](c.md) [d](@/d.md)\n\
         === content/b.md\n+++\ntitle = \"B\"\n+++\n=== content/b.cy.md\n+++\ntitle = \"B cy\"\n+++\n\
         === content/c.md\n+++\ntitle = \"C\"\n+++\n\
         === content/d.md\n+++\ntitle = \"D\"\ndraft = true\n+++\n=== content/d.cy.md\n+++\ntitle = \"D cy\"\n+++\n",
    )
    .config("[languages.cy]")
    .check();
    built.has("a/", &["<a href=\"/b/\">b</a>", "<a href=\"/cy/b/\">welsh</a>"]);
    built.has("cy/a/", &["<a href=\"/cy/b/\">b</a>", "<a href=\"/c/\">c</a>", "<a href=\"/cy/d/\">d</a>"]);
}

#[test]
fn dangerous_addresses_are_left_out() {
    let built =
        page("content/a.md", "[x](javascript:alert(1)) #~ HB0301\n\n[y](<data:text/html,x>) #~ HB0301\n").check();
    built.lacks("a/", &["javascript:", "data:text"]);
}

#[test]
fn feeds_carry_whole_addresses() {
    let built = check(&format!(
        "{PAGES}=== content/news/here.md\n+++\ntitle = \"H\"\ndate = 2026-01-01\n+++\n[x](../groups/leeds.md) ![p](plain.svg) [own](#part)\n\n# Part\n"
    ));
    built.has(
        "feed.xml",
        &[
            "https://example.org/groups/leeds/",
            "https://example.org/news/plain.svg",
            "https://example.org/news/here/#part",
        ],
    );
}

#[test]
fn texts_outside_documents_lead_to_content_too() {
    let text = |target: &str| {
        format!(
            "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/sub/\"\n[organisation]\n\
             independence = \"Free. [How](@/about.md#{target})\" #~ HB0403 #~ HB0403\n[languages.cy]\n\
             === content/about.md\n+++\ntitle = \"About\"\n+++\n# Money\n=== content/about.cy.md\n+++\ntitle = \"Cy\"\n+++\n# Money\n"
        )
    };
    // Each language's page is named beside it.
    check(&text("mony"));
    let built = check(&text("money").replace(" #~ HB0403", ""));
    built
        .has("about/", &["<a href=\"/sub/about/#money\">How</a>"])
        .has("cy/about/", &["<a href=\"/sub/cy/about/#money\">How</a>"]);
    let built = check(
        "=== content/a.md\n+++\ntitle = \"A\"\n[extra]\nnote = \"[b](@/b.md)\"\n+++\n=== content/b.md\n+++\ntitle = \"B\"\n+++\n\
         === templates/page.html\n{{ page.extra?.note | default(value=\"none\") | markdown(inline=true) }}\n",
    );
    built.has("a/", &["<a href=\"/b/\">b</a>"]);
}

#[test]
fn addresses_in_components_are_links_too() {
    let text = "=== themes/mine/theme.toml
name = \"mine\"
extends = \"default\"
=== handbill.toml
title = \"T\"
base_url = \"https://example.org/sub/\"
theme = \"mine\"
=== content/about.md
+++
title = \"About\"
+++
=== content/news/_index.md
+++
title = \"News\"
+++
::button{href=\"@/about.md\" label=\"A\"}

::button{href=\"/about/\" label=\"B\"}

::figure{src=\"p.svg\" alt=\"C\"}
=== content/news/p.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
";
    let built = site(text).build();
    built.clean();
    let page = built.text("news/index.html");
    assert_eq!(page.matches("href=\"/sub/about/\"").count(), 2, "{page}");
    assert!(page.contains("src=\"/sub/news/p.svg\""), "{page}");
}

#[test]
fn addresses_in_components_that_lead_nowhere_are_reported() {
    check(
        "=== content/a.md
+++
title = \"A\"
+++
::button{href=\"@/b.md\" label=\"B\"} #~ HB0401 ‹\"@/b.md\"›

::figure{src=\"no.png\" alt=\"C\"} #~ HB0112 ‹\"no.png\"›

::button{href=\"javascript:x\" label=\"D\"} #~ HB0103 ‹\"javascript:x\"›
",
    );
}
