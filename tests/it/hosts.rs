//! Redirects, headers, and the other files for hosts.

use crate::support::{check, site};

const PAGES: &str = "\
=== content/groups/leeds.md
+++
title = \"Leeds\"
aliases = [\"/old-leeds/\", \"/leeds.html\"]
+++
=== content/about.md
+++
title = \"About\"
+++
=== handbill.toml
title = \"T\"
base_url = \"https://example.org/\"
";

const HEAD: &str = "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n";

#[test]
fn an_address_that_moved_has_a_page_that_leads_on() {
    let built = site(PAGES)
        .config("[[redirects]]\nfrom = \"/join\"\nto = \"@/groups/leeds.md#contact\"\n")
        .config("[[redirects]]\nfrom = \"/shop/\"\nto = \"https://shop.example/?a=b\"\nstatus = 302\n")
        .build();
    built.clean();
    built.has("join/", &["0; url=/groups/leeds/#contact", "https://example.org/groups/leeds/#contact"]);
    built.has("shop/", &["0; url=https://shop.example/?a=b"]);
    built.has("old-leeds/", &["0; url=/groups/leeds/"]);
}

#[test]
fn each_host_is_told_in_its_own_words() {
    let built = site(PAGES)
        .config("[[redirects]]\nfrom = \"/join\"\nto = \"@/groups/leeds.md\"\nstatus = 302\n")
        .config("[[redirects]]\nfrom = \"/blog/*\"\nto = \"https://blog.example/:splat\"\n")
        .config("[[redirects]]\nfrom = \"/caf\u{e9} (old).html\"\nto = \"/about/\"\n")
        .config("[publish]\nhosts = [\"netlify\", \"apache\", \"nginx\", \"s3\"]\n")
        .build();
    built.clean();
    // No page is needed where hosts do it.
    built.absent(&["join/index.html", "old-leeds/index.html", "leeds.html"]);
    assert_eq!(
        built.text("_redirects"),
        "/caf%C3%A9%20(old).html /about/ 301\n\
         /join/ /groups/leeds/ 302\n/join /groups/leeds/ 302\n\
         /leeds.html /groups/leeds/ 301\n\
         /old-leeds/ /groups/leeds/ 301\n/old-leeds /groups/leeds/ 301\n\
         /blog/* https://blog.example/:splat 301\n"
    );
    built.has(
        ".htaccess",
        &[
            "RewriteRule \"^caf\u{e9} \\(old\\)\\.html$\" \"/about/\" [R=301,L,NE]",
            "RewriteRule \"^join/?$\" \"/groups/leeds/\" [R=302,L,NE]",
            "RewriteCond %{THE_REQUEST} \"^[A-Z]+ /blog/([^?\\s]*)\"",
            "RewriteRule ^ \"https://blog.example/%1\" [R=301,L,NE]",
            "ErrorDocument 404 /404.html",
            "Header always set X-Content-Type-Options \"nosniff\"",
        ],
    );
    built.has(
        "nginx-maps.conf",
        &[
            "map $uri $handbill_moved {",
            "\"/old-leeds\" \"301 /groups/leeds/$is_args$args\";",
            "\"/join\" \"302 /groups/leeds/$is_args$args\";",
            "\"~^/blog/(?<handbill_rest>[^?\\\\s]*)\" \"301 https://blog.example/$handbill_rest$is_args$args\";",
        ],
    );
    built.has(
        "nginx-server.conf",
        &[
            "add_header X-Content-Type-Options \"nosniff\" always;",
            "if ($handbill_moved ~ \"^302 (.*)$\") {\n  return 302 $1;",
        ],
    );
    let rules: serde_json::Value = serde_json::from_str(built.text("s3-routing-rules.json")).unwrap();
    assert_eq!(rules.as_array().unwrap().len(), 5);
    assert_eq!(rules[4]["Condition"]["KeyPrefixEquals"], "join");
    assert_eq!(rules[3]["Redirect"]["ReplaceKeyPrefixWith"], "");
    assert_eq!(rules[3]["Redirect"]["HostName"], "blog.example");
}

#[test]
fn a_site_below_a_path_is_redirected_below_it() {
    let built = site(PAGES)
        .base_url("https://example.org/sub/")
        .config("[[redirects]]\nfrom = \"/join/\"\nto = \"/about/\"\n[publish]\nhosts = [\"cloudflare\", \"apache\"]\n")
        .build();
    built.clean();
    built.has("_redirects", &["/sub/join/ /sub/about/ 301\n"]);
    built.has("_headers", &["/sub/*\n"]);
    built.has(".htaccess", &["RewriteRule \"^join/?$\" \"/sub/about/\""]);
}

#[test]
fn redirects_that_cannot_work_are_reported() {
    let bad = |lines: &str| {
        check(&format!("{HEAD}[[redirects]]\n{lines}=== content/about.md\n+++\ntitle = \"About\"\n+++\n"));
    };
    bad("from = \"\" #~ HB1101 … no path\nto = \"/about/\"\n");
    bad("from = \"/a\"\nto = \"\" #~ HB1101 … nowhere\n");
    bad("from = \"old\" #~ HB1101 ‹\"old\"› … is no path of this site\nto = \"/about/\"\n");
    bad("from = \"/a?b\" #~ HB1101 … without ?\nto = \"/about/\"\n");
    bad("from = \"/*/b\" #~ HB1101 … /old/*\nto = \"/about/\"\n");
    bad("from = \"/*\" #~ HB1101 … every page\nto = \"/about/\"\n");
    bad("from = \"/a\"\nto = \"javascript:alert(1)\" #~ HB1101 … nowhere\n");
    bad("from = \"/a\"\nto = \"//evil.example\" #~ HB1101 … nowhere\n");
    bad("from = \"/a\"\nto = \"/:splat\" #~ HB1101 … \":splat\"\n");
    bad("from = \"/a\"\nto = \"/about/\"\nstatus = 200 #~ HB1101 ‹200› … 301 or 308\n");
    bad("from = \"/a\"\nto = \"/missing/\" #~ HB0404 ‹\"/missing/\"›\n");
    bad("from = \"/a\"\nto = \"@/missing.md\" #~ HB0401 ‹\"@/missing.md\"›\n");
}

#[test]
fn redirects_that_meet_pages_or_one_another_are_reported() {
    let built = site(PAGES)
        .config("[[redirects]]\nfrom = \"/about\"\nto = \"/groups/leeds/\"\n")
        .config("[[redirects]]\nfrom = \"/old-leeds\"\nto = \"/groups/leeds/\"\n")
        .config("[[redirects]]\nfrom = \"/a\"\nto = \"/b\"\n[[redirects]]\nfrom = \"/b\"\nto = \"/about/\"\n")
        .config("[[redirects]]\nfrom = \"/c/\"\nto = \"https://example.org/d\"\n[[redirects]]\nfrom = \"/d/\"\nto = \"/c/#x\"\n")
        .config("[[redirects]]\nfrom = \"/e/*\"\nto = \"/e/f/:splat\"\n[publish]\nhosts = \"netlify\"\n")
        .build();
    let codes: Vec<(&str, u32)> = built.reported().iter().map(|found| (found.code, found.line)).collect();
    assert_eq!(codes.iter().filter(|(code, _)| *code == "HB0406").count(), 2, "{}", built.all_reported());
    assert_eq!(codes.iter().filter(|(code, _)| *code == "HB1102").count(), 3, "{}", built.all_reported());
    assert_eq!(codes.iter().filter(|(code, _)| *code == "HB1103").count(), 1, "{}", built.all_reported());
    assert_eq!(codes.len(), 6, "{}", built.all_reported());
}

#[test]
fn what_a_host_cannot_do_is_said() {
    let pattern = "[[redirects]]\nfrom = \"/groups/*\"\nto = \"https://example.com/:splat\"\n";
    let codes = |text: &str| {
        let built = site(PAGES).config(pattern).config(text).build();
        built.reported().iter().map(|found| format!("{} {}", found.code, found.text)).collect::<Vec<_>>().join("\n")
    };
    let said = codes("");
    assert!(said.contains("HB1104") && said.contains("plain pages cannot"), "{said}");
    let said = codes("[publish]\nhosts = \"nginx\"\n");
    assert!(said.contains("HB1104") && said.contains("/groups/"), "{said}");
    let many: String = (0..51).map(|n| format!("[[redirects]]\nfrom = \"/p{n}/\"\nto = \"/about/\"\n")).collect();
    let built = site(PAGES).config(&many).config("[publish]\nhosts = \"s3\"\n").build();
    assert_eq!(built.reported()[0].code, "HB1106", "{}", built.all_reported());
}

#[test]
fn the_policy_allows_what_pages_hold_and_nothing_else() {
    let built = site(PAGES)
        .file("static/own.css", "a { background: url(https://pics.example/a.png) }")
        .file("static/old.html", "<!doctype html><script>alert(1)</script>")
        .config("[publish]\nhosts = \"netlify\"\n[headers.allow]\nconnect-src = \"https://api.example\"\n")
        .build();
    built.clean();
    let headers = built.text("_headers");
    let policy = headers.lines().find_map(|line| line.strip_prefix("  Content-Security-Policy: ")).unwrap();
    for wanted in [
        "default-src 'self'; ",
        "script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",
        "img-src 'self' https://pics.example",
        "connect-src 'self' https://api.example",
        "object-src 'none'",
    ] {
        assert!(policy.contains(wanted), "{policy} has no {wanted}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("unsafe-eval"), "{policy}");
    assert!(headers.contains("  Referrer-Policy: strict-origin-when-cross-origin\n"), "{headers}");
    assert!(!headers.contains("Strict-Transport-Security"), "{headers}");
}

#[test]
fn headers_can_be_changed_added_and_left_out() {
    let built = site(PAGES)
        .config("[publish]\nhosts = [\"cloudflare\"]\nnoindex = true\n[headers]\ncontent_security_policy = false\nhsts_days = 365\nreferrer_policy = \"no-referrer\"\n")
        .config("own = { X-Own = \"yes\", permissions-policy = \"\" }\n")
        .build();
    built.clean();
    assert_eq!(
        built.text("_headers"),
        "/*\n  Cross-Origin-Opener-Policy: same-origin\n  Referrer-Policy: no-referrer\n  \
         Strict-Transport-Security: max-age=31536000\n  X-Content-Type-Options: nosniff\n  X-Own: yes\n  X-Robots-Tag: noindex\n"
    );
    built.has("about/", &["<meta name=\"robots\" content=\"noindex\">"]);
    assert_eq!(built.text("robots.txt"), "User-agent: *\nDisallow: /\n");
    let bad = |text: &str| check(&format!("{HEAD}{text}"));
    bad("[headers]\nreferrer_policy = \"none\" #~ HB0103\n");
    bad("[headers.allow]\nscript-source = \"x\" #~ HB0103 ‹script-source› … script-src\n");
    bad("[headers.allow]\nscript-src = \"a; b\" #~ HB0103\n");
    bad("[headers.own]\n\"X Y\" = \"x\" #~ HB0103 ‹\"X Y\"›\n");
    bad("[headers.own]\nX-Y = \"a\\nSet-Cookie: b\" #~ HB0103 … one line\n");
    bad("[publish]\nhosts = [\"netlfy\"] #~ HB0103 … did you mean \"netlify\"\n");
}

#[test]
fn own_files_are_taken_in_or_win() {
    let built = site(PAGES)
        .file("static/_headers", "/*\n  Content-Security-Policy: default-src *\n/fonts/*\n  X-Font: 1\n")
        .file("static/_redirects", "/mine /about/\n")
        .file("static/.htaccess", "Options +Includes\n")
        .file("static/CNAME", "own.example\n")
        .file("static/.well-known/security.txt", "Contact: mailto:a@b.example\n")
        .config("[publish]\nhosts = [\"netlify\", \"apache\", \"github\"]\n[security]\ncontact = \"mailto:c@d.example\"\nexpires = 2027-06-01\n")
        .build();
    built.clean();
    let headers = built.text("_headers");
    assert_eq!(headers.matches("Content-Security-Policy").count(), 1, "{headers}");
    assert!(headers.starts_with("/*\n  Cross-") && headers.ends_with("/fonts/*\n  X-Font: 1\n"), "{headers}");
    assert!(built.text("_redirects").starts_with("/mine /about/\n\n/leeds.html "), "{}", built.text("_redirects"));
    assert!(built.text(".htaccess").starts_with("Options +Includes\n\n# Made by Handbill\n"));
    assert_eq!(built.text("CNAME"), "own.example\n");
    assert_eq!(built.text(".well-known/security.txt"), "Contact: mailto:a@b.example\n");
    // GitHub cannot redirect, so there are pages, too.
    built.has("old-leeds/", &["0; url=/groups/leeds/"]);
    assert_eq!(built.text(".nojekyll"), "");
}

#[test]
fn the_domain_is_that_of_the_site() {
    let cname = |base: &str, text: &str| {
        let built = site(PAGES).base_url(base).config(&format!("[publish]\nhosts = \"github\"\n{text}")).build();
        built.clean();
        built.artifacts.get("CNAME").map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    assert_eq!(cname("https://www.example.org/", "").as_deref(), Some("www.example.org\n"));
    assert_eq!(cname("https://name.github.io/", ""), None);
    assert_eq!(cname("https://example.org/sub/", ""), None);
    assert_eq!(cname("http://localhost:8000/", ""), None);
    assert_eq!(cname("https://name.github.io/", "domain = \"a.example\"\n").as_deref(), Some("a.example\n"));
    check(&format!("{HEAD}[publish]\ndomain = \"https://a.example\" #~ HB0103 … name alone\n"));
}

#[test]
fn security_txt_holds_for_less_than_a_year() {
    let with = |expires: &str| {
        site(PAGES)
            .config(&format!(
                "[security]\ncontact = [\"mailto:s@example.org\", \"/contact/\"]\nexpires = {expires}\npreferred_languages = [\"en\", \"cy\"]\npolicy = \"https://example.org/policy\"\n"
            ))
            .build()
    };
    let built = with("2027-06-01T00:00:00Z");
    built.clean();
    assert_eq!(
        built.text(".well-known/security.txt"),
        "Contact: mailto:s@example.org\nContact: https://example.org/contact/\nExpires: 2027-06-01T00:00:00Z\n\
         Policy: https://example.org/policy\nPreferred-Languages: en, cy\n\
         Canonical: https://example.org/.well-known/security.txt\n"
    );
    assert_eq!(built.site().next_change.unwrap().to_string(), "2027-06-01T00:00:00Z");
    for (expires, said) in
        [("2026-11-23T12:00:00Z", "expired"), ("2027-12-01", "more than a year"), ("2026-12-01", "soon")]
    {
        let built = with(expires);
        let reported = built.reported();
        assert!(
            reported.len() == 1 && reported[0].code == "HB1105" && reported[0].text.contains(said),
            "{}",
            built.all_reported()
        );
        assert!(!built.loaded.has_errors());
        assert_eq!(built.artifacts.contains_key(".well-known/security.txt"), said != "expired");
    }
    check(&format!("{HEAD}[security] #~ HB0103 … `contact`\ncontact = []\nexpires = 2027-06-01\n"));
    check(&format!(
        "{HEAD}[security]\ncontact = \"s@example.org\" #~ HB0103 … mailto:s@example.org\nexpires = 2027-06-01\n"
    ));
}

#[test]
fn robots_are_told_what_to_leave_alone() {
    assert_eq!(
        site(PAGES).build().text("robots.txt"),
        "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n"
    );
    let built = site(PAGES)
        .base_url("https://example.org/sub/")
        .config("[robots]\ntraining = \"refuse\"\ndisallow = [\"/members/\"]\nlines = [\"Crawl-delay: 5\"]\n")
        .build();
    built.clean();
    let text = built.text("robots.txt");
    assert!(
        text.contains("User-agent: GPTBot\n")
            && text.contains("\nDisallow: /\n\nUser-agent: *\nDisallow: /sub/members/\nCrawl-delay: 5\n"),
        "{text}"
    );
    check(&format!("{HEAD}[robots]\ndisallow = [\"members\"] #~ HB0103\n"));
    check(&format!("{HEAD}[robots]\nlines = [\"a\\nb\"] #~ HB0103\n"));
}

#[test]
fn who_made_the_site_is_said_to_humans() {
    let built = site(PAGES).config("[publish]\nhumans = \"\"\"\nMade by Nia.\n\"\"\"\n").build();
    built.clean();
    assert_eq!(built.text("humans.txt"), "Made by Nia.\n");
}

#[test]
fn files_of_well_known_are_published_and_other_dot_files_are_not() {
    let built = site(PAGES)
        .file("static/.well-known/assetlinks.json", "[]")
        .file("static/.secret", "x")
        .file("static/.git/config", "x")
        .build();
    built.clean();
    assert_eq!(built.text(".well-known/assetlinks.json"), "[]");
    built.absent(&[".secret", ".git/config"]);
}

#[test]
fn an_environment_changes_what_hosts_are_told() {
    let built = site(PAGES)
        .config("[publish]\nhosts = \"netlify\"\n[headers]\nhsts_days = 30\n")
        .file(
            "handbill.staging.toml",
            "base_url = \"https://staging.example/\"\n[publish]\nnoindex = true\ndrafts = true\n",
        )
        .file("content/news/d.md", "+++\ntitle = \"Draft\"\ndraft = true\n+++\n")
        .environment("staging")
        .build();
    built.clean();
    built.has("_headers", &["X-Robots-Tag: noindex", "max-age=2592000"]);
    built.has("about/", &["content=\"noindex\""]);
    built.has("news/d/", &["Draft"]);
}

#[test]
fn a_site_without_hosts_has_none_of_their_files() {
    let built = site(PAGES).build();
    built.clean();
    built.absent(&[
        "_headers",
        "_redirects",
        ".htaccess",
        "CNAME",
        ".nojekyll",
        "humans.txt",
        ".well-known/security.txt",
    ]);
}
