//! What hosts read from a site: `_headers` and `_redirects`.

use super::client::Site;

#[test]
fn headers_are_sent_as_the_site_says() {
    let site = Site::new("https://example.org/");
    site.write(
        "static/_headers",
        "/*\n  Referrer-Policy: no-referrer\n  X-Frame-Options: DENY\n  Cache-Control: max-age=1\n/notes.txt\n  X-Notes: yes\n",
    );
    let site = site.served();
    let page = site.get("/about/");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(page.header("x-frame-options"), "SAMEORIGIN", "the phone's frame still shows it");
    assert_eq!(page.header("cache-control"), "no-cache", "nothing is kept while it is written");
    assert_eq!(page.header("x-notes"), "");
    assert_eq!(site.get("/notes.txt").header("x-notes"), "yes");
    assert_eq!(site.get("/nothing").header("referrer-policy"), "no-referrer");
    assert_eq!(site.get("/_handbill/").header("x-frame-options"), "", "the page for editors is none of the site's");
    site.write("static/_headers", "/*\n  X-New: 1\n");
    let page = site.wait_for("/about/", |page| page.header("x-new") == "1");
    assert_eq!(page.header("referrer-policy"), "");
}

#[test]
fn redirects_lead_where_the_site_says() {
    let site = Site::new("https://example.org/");
    site.write(
        "static/_redirects",
        "/old/* /news/:splat 302\n/app/* /about/ 200\n/about/ /never\n/notes.txt /about/ 301!\n/\u{fc}ber /caf\u{e9}/\n",
    );
    let site = site.served();
    let check = |path: &str, status: u16, to: &str| {
        let reply = site.get(path);
        assert_eq!((reply.status, reply.header("location")), (status, to), "{path}");
        reply
    };
    check("/old/first/?a=b", 302, "/news/first/?a=b");
    check("/old//evil.example/", 302, "/news//evil.example/");
    check("/notes.txt", 301, "/about/");
    check("/%C3%BCber", 301, "/caf%C3%A9/");
    assert!(check("/about/", 200, "").has("About us."), "a file comes first");
    assert!(check("/app/x", 200, "").has("About us."));
}

#[test]
fn what_hosts_are_told_holds_here_too() {
    let site = Site::new("https://example.org/");
    let config = "title = \"T\"\nbase_url = \"https://example.org/\"\n[publish]\nhosts = \"apache\"\n[[redirects]]\n\
                  from = \"/old/*\"\nto = \"/about/\"\nstatus = 302\n[feeds]\nformats = [\"atom\", \"rss\", \"json\"]\n";
    site.write("handbill.toml", config);
    site.write("templates/about.html", "<!doctype html><title>A</title><script>alert(1)</script><p>Own");
    site.write("content/about.md", "+++\ntitle = \"About\"\ntemplate = \"about.html\"\n+++\nAbout us.\n");
    let site = site.served();
    let page = site.get("/about/");
    let policy = page.header("content-security-policy").to_owned();
    assert!(policy.contains("script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    let policy = site.get("/").header("content-security-policy").to_owned();
    assert!(policy.starts_with("default-src 'self'; ") && !policy.contains("bhHHL3"), "{policy}");
    assert!(!site.get("/_handbill/").header("content-security-policy").contains("sha256"));
    let old = site.get("/old/x/y");
    assert_eq!((old.status, old.header("location")), (302, "/about/"));
    for (path, media_type) in [
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/rss.xml", "application/rss+xml"),
        ("/feed.json", "application/feed+json"),
    ] {
        assert_eq!(site.get(path).header("content-type"), media_type, "{path}");
    }
    // The file itself has the whole policy.
    assert!(site.get("/.htaccess").has("bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI="));
    // An own policy takes the place of the one that is made.
    site.write("static/_headers", "/*\n  Content-Security-Policy: img-src *\n");
    let page = site.wait_for("/about/", |page| !page.header("content-security-policy").contains("sha256"));
    assert_eq!(page.header("content-security-policy"), "img-src *");
}
