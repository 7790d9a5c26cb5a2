//! `handbill.toml`: every mistake at its place, and what its values lead to.

use crate::support::{check, page, site};

const HEAD: &str = "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n";

#[track_caller]
fn check_config(text: &str) {
    check(&format!("{HEAD}{text}"));
}

#[test]
fn unknown_keys_are_reported_at_every_depth() {
    check_config("tittle = \"x\" #~ HB0101 ‹tittle› … did you mean `title`\n");
    check_config("[organisation]\nnmae = \"x\" #~ HB0101 ‹nmae› … did you mean `name`\n");
    check_config("[markdown]\nhtlm = \"allow\" #~ HB0101 ‹htlm› … did you mean `html`\n");
    check_config("[sections.news]\npaginat = 3 #~ HB0101 ‹paginat› … did you mean `paginate`\n");
    check_config("[[menus.main]]\nurl = \"/\"\nwieght = 3 #~ HB0101 ‹wieght› … did you mean `weight`\n");
    check_config("[languages.cy]\ntitel = \"x\" #~ HB0101 ‹titel›\n");
    check_config("[taxonomies.tags]\nfeeds = true #~ HB0101 ‹feeds› … did you mean `feed`\n");
}

#[test]
fn wrong_types_say_what_is_expected_and_what_to_write() {
    check_config("output = 3 #~ HB0102 ‹3› expected text, found a whole number … \"3\"\n");
    check_config("[feeds]\nlimit = \"20\" #~ HB0102 ‹\"20\"› … write 20 without quotation marks\n");
    check_config("[markdown]\nsmart_punctuation = \"false\" #~ HB0102 … write false, without\n");
    check_config("actions = \"@/a.md\" #~ HB0102 … [\"@/a.md\"]\n");
    check_config("menus = 1 #~ HB0102 expected a table\n");
}

#[test]
fn impossible_values_are_reported() {
    check(
        "=== handbill.toml\ntitle = \"T\"\nbase_url = \"example.org\" #~ HB0103 ‹\"example.org\"› … https://example.org/\n",
    );
    check("=== handbill.toml\ntitle = \"\" #~ HB0103 title is empty\nbase_url = \"https://example.org/\"\n");
    check_config("timezone = \"Europe/Londn\" #~ HB0103 … did you mean \"Europe/London\"\n");
    check_config("language = \"english!\" #~ HB0103 … not a language tag\n");
    check_config("output = \"\" #~ HB0103 ‹\"\"›\n");
    check_config("[markdown]\nhtml = \"sanitize\" #~ HB0103 … did you mean \"sanitise\"\n");
    check_config("[taxonomies.\"My Tags\"] #~ HB0103 ‹\"My Tags\"›\n");
    check_config("[languages.xx1234567890] #~ HB0103 … not a language tag\n");
    check_config("[feeds]\nlimit = -1 #~ HB0103 ‹-1›\n");
    check_config("[[organisation.links]]\nname = \"x\"\nurl = \"javascript:alert(1)\" #~ HB0103\n");
}

#[test]
fn required_keys_are_asked_for() {
    check("=== handbill.toml\n #~ HB0104 `title` … #~ HB0104 `base_url`");
}

#[test]
fn files_that_cannot_be_read_are_reported() {
    check("=== handbill.toml\ntitle = \"T #~ HB0105 … missing\nbase_url = \"https://example.org/\"\n");
    let built = site("").file("handbill.toml", b"title = \"\xff\"".as_slice()).build();
    assert_eq!(built.reported()[0].code, "HB0108", "{}", built.all_reported());
    check(
        "=== handbill.toml\ntitle = \"T\"\ntitle = \"U\" #~ HB0105 … remove or rename\nbase_url = \"https://example.org/\"\n",
    );
}

#[test]
fn an_overlay_changes_values_and_its_mistakes_stand_in_it() {
    let overlaid = |overlay: &str| {
        site(&format!(
            "=== handbill.toml\ntitle = \"Real\"\nbase_url = \"https://example.org/\"\n[[menus.main]]\nname = \"Home\"\nurl = \"/\"\n\
             === handbill.staging.toml\n{overlay}"
        ))
        .environment("staging")
    };
    overlaid("title = \"Trial\"\nbase_url = \"https://staging.example.org/\"\n")
        .check()
        .has("", &["Trial", "https://staging.example.org/", "Home"])
        .lacks("", &["Real", "https://example.org/"]);
    overlaid(
        "\ntitel = \"x\" #~ HB0101 ‹titel› … did you mean `title`\n[feeds]\nlimit = \"x\" #~ HB0102 ‹\"x\"›\n\
         [[menus.main]]\npage = \"@/none.md\" #~ HB0401 ‹\"@/none.md\"›\n",
    )
    .check();
    overlaid("title = #~ HB0105\n").check();
    let missing = page("content/a.md", "").environment("live").build();
    assert!(missing.all_reported().contains("there is no handbill.live.toml for --environment live"));
}

#[test]
fn the_command_line_can_say_the_address() {
    page("content/a.md", "")
        .base_url("https://preview.example.com/pr-7/")
        .check()
        .has("a/", &["rel=\"canonical\" href=\"https://preview.example.com/pr-7/a/\"", "href=\"/pr-7/handbill.css"]);
    let built = page("content/a.md", "").base_url("preview").build();
    assert!(built.all_reported().contains("\"preview\" is not a web address"), "{}", built.all_reported());
}

const BASED: &str = "\
=== handbill.toml
title = \"T\"
base_url = \"https://example.org/campaign/\"
actions = [\"@/actions/join.md\"]
organisation = { name = \"T\", logo = \"logo.svg\" }
[[menus.main]]
name = \"By page\"
page = \"@/news/first.md\"
[[menus.main]]
name = \"By path\"
url = \"/news/\"
[sections.news]
paginate = 1
=== static/logo.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
=== content/actions/join.md
+++
title = \"Join\"
ask = \"join\"
url = \"/join-here/\"
+++
=== content/join-here.md
+++
title = \"Join here\"
+++
=== content/news/first.md
+++
title = \"First\"
date = 2026-01-01
tags = [\"fares\"]
aliases = [\"/old/\"]
image = { src = \"/logo.svg\", alt = \"\" }
+++
[second](second/index.md) [rooted](/news/second/) [anchor](#here) ![logo](/logo.svg) ![pic](second/pic.svg)

# Here
=== content/news/second/index.md
+++
title = \"Second\"
date = 2026-01-02
+++
![pic](pic.svg)
=== content/news/second/pic.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
=== content/events/meet.md
+++
title = \"Meet\"
start = 2026-12-01T19:00:00
rsvp = \"/join-here/\"
online = { url = \"/join-here/\" }
+++
=== content/groups/g.md
+++
title = \"G\"
contact = { form = \"/join-here/\" }
links = [{ name = \"Join\", url = \"/join-here/\" }]
related = [{ title = \"Join\", url = \"/join-here/\" }]
[[comments]]
author = \"Ann\"
text = \"Hello\"
url = \"/join-here/\"
+++
=== content/statements/s.md
+++
title = \"S\"
sign = { url = \"/join-here/\" }
signatories = [{ name = \"Ann\", link = \"/join-here/\", consent = true }]
+++
";

#[test]
fn an_address_with_a_path_is_in_every_link() {
    let built = check(BASED);
    built.has(
        "news/first/",
        &["href=\"/campaign/news/second/\"", "src=\"/campaign/logo.svg\"", "src=\"/campaign/news/second/pic.svg\""],
    );
    let mut checked = 0;
    for (path, bytes) in &built.artifacts {
        if !path.ends_with(".html") && !path.ends_with(".xml") && !path.ends_with(".txt") {
            continue;
        }
        let text = std::str::from_utf8(bytes).unwrap();
        for attribute in ["href=\"", "src=\"", "content=\"0; url=", "<loc>", "Sitemap: ", "action=\""] {
            for (at, _) in text.match_indices(attribute) {
                let url: String = text[at + attribute.len()..].chars().take_while(|c| !"\"<\n".contains(*c)).collect();
                let ours = url.strip_prefix("https://example.org").unwrap_or(&url);
                if ours.starts_with('/') {
                    assert!(ours.starts_with("/campaign/"), "{path} leads to {url}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 100, "{checked}");
    built.has("old/", &["/campaign/news/first/"]);
    built.has("robots.txt", &["Sitemap: https://example.org/campaign/sitemap.xml"]);
    built.has(
        "feed.xml",
        &["https://example.org/campaign/news/second/pic.svg", "https://example.org/campaign/feed.xml"],
    );
}

#[test]
fn an_imprint_needs_the_parts_that_its_law_asks_for() {
    check_config("imprint = { jurisdiction = \"uk\" } #~ HB0202 … promoter's name #~ HB0202 … postal address\n");
    check_config(
        "imprint = { jurisdiction = \"us\", paid_by = \"A\", authorised = false } #~ HB0202 … address, telephone number or web address\n",
    );
    check_config(
        "imprint = { jurisdiction = \"de\", name = \"A\", address = \"Postfach 1\", representative = \"B\", email = \"a@b.de\" } #~ HB0202 … street address\n",
    );
    let optional = site(&format!("{HEAD}imprint = {{ jurisdiction = \"us\" }}\n")).build();
    let required = site(&format!("{HEAD}imprint = {{ jurisdiction = \"us\", required = true }}\n")).build();
    assert!(optional.diagnostics.iter().all(|problem| !problem.is_error()) && !optional.diagnostics.is_empty());
    assert!(required.diagnostics.iter().all(|problem| problem.is_error()) && !required.diagnostics.is_empty());
    check_config(
        "imprint = { jurisdiction = \"uk\", promoter = { name = \"Ann Hughes\", address = \"1 High Street\" } }\n",
    );
}

#[test]
fn the_imprint_is_on_every_page() {
    let built = site(&format!(
        "{HEAD}imprint = {{ jurisdiction = \"uk\", promoter = {{ name = \"Ann Hughes\", address = \"1 High Street\" }} }}\n\
         === content/news/a.md\n+++\ntitle = \"A\"\ntags = [\"x\"]\n+++\n"
    ))
    .check();
    for path in built.paths().into_iter().filter(|path| path.ends_with(".html")) {
        built.has(path, &["Ann Hughes", "1 High Street"]);
    }
}

#[test]
fn menus_lead_to_pages_in_the_order_of_their_weights() {
    let built = check(
        "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n[languages.cy]\n\
         [[menus.main]]\nname = \"Zwei\"\npage = \"@/b.md\"\nweight = 20\n\
         [[menus.main]]\npage = \"@/a.md\"\nweight = 10\n\
         [[menus.main]]\nname = \"Out\"\nurl = \"https://example.com/\"\nweight = 30\n\
         === content/a.md\n+++\ntitle = \"Eins\"\n+++\n=== content/b.md\n+++\ntitle = \"B\"\n+++\n\
         === content/b.cy.md\n+++\ntitle = \"B cy\"\n+++\n\
         === content/c.md\n+++\ntitle = \"Drei\"\nmenu = { name = \"main\", weight = 15 }\n+++\n",
    );
    let order = |page: &str, wanted: &[&str]| {
        let mut rest = built.text(page).split_once("<main").unwrap().0;
        for piece in wanted {
            rest = rest.split_once(piece).unwrap_or_else(|| panic!("{piece} is not in its place: {rest}")).1;
        }
    };
    order("", &["/a/\"", "Eins", "/c/\"", "Drei", "/b/\"", "Zwei", "https://example.com/"]);
    order("cy/", &["/a/\"", "/cy/b/\""]);
    check_config("[[menus.main]] #~ HB0104 a menu entry leads nowhere\nname = \"x\"\n");
}

#[test]
fn menus_lead_somewhere() {
    check_config("[[menus.main]]\nname = \"x\"\nurl = \"/nowhere/\" #~ HB0404 ‹\"/nowhere/\"›\n");
    check_config(
        "[[menus.main]]\nname = \"x\"\nurl = \"/feed.xml\"\n[[menus.main]]\nname = \"y\"\nurl = \"/a/?b#c\"\n=== content/a.md\n+++\ntitle = \"A\"\n+++\n",
    );
    check_config("[[menus.main]]\nname = \"x\"\nurl = \"javascript:x\" #~ HB0103\n");
}

#[test]
fn languages_are_set_up_once_and_are_not_without_number() {
    check_config("[languages.cy]\n[languages.CY] #~ HB0103 ‹CY› … twice\n");
    let many: String = (0..234u8)
        .map(|n| format!("[languages.q{}{}]\n", char::from(b'a' + n / 26), char::from(b'a' + n % 26)))
        .collect();
    let built = site(&format!("{HEAD}{many}")).build();
    assert!(built.all_reported().contains("at most 100 languages"), "{}", built.all_reported());
}

#[test]
fn actions_of_every_page_are_actions() {
    check_config(
        "actions = [\"@/a.md\"] #~ HB0405 ‹\"@/a.md\"› … is not an action\n=== content/a.md\n+++\ntitle = \"A\"\n+++\n",
    );
    check_config(
        "actions = [\"@/actions/jion.md\"] #~ HB0401 ‹\"@/actions/jion.md\"› … @/actions/join.md\n=== content/actions/join.md\n+++\ntitle = \"J\"\nask = \"join\"\n+++\n",
    );
}

#[test]
fn a_logo_must_be_there() {
    check_config("[organisation]\nlogo = \"images/logo.svg\" #~ HB0112 ‹\"images/logo.svg\"›\n");
}
