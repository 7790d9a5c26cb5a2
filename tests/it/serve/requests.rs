//! What is answered to requests for the site.

use super::client::Site;
use handbill::build::{self, Options, SharedWorld, Stopwatch};
use handbill::config::Overrides;
use handbill::site::Clock;
use handbill::source::DiskWorld;
use std::sync::Arc;

/// Every file of a build is served with the bytes of the build, but for the script.
#[track_caller]
fn check_all(site: &Site, base: &str) {
    let world: SharedWorld = Arc::new(DiskWorld::new(site.root()).unwrap());
    let clock = Clock { now: "2026-11-23T12:00:00Z".parse().unwrap(), drafts: false, future: false };
    let options = Options { config: "handbill.toml".to_owned(), overrides: Overrides::default(), clock };
    let loaded = build::load(&world, &options, &mut Stopwatch::new()).unwrap();
    let built = build::render_all(loaded.engine.as_ref().unwrap(), &*world).unwrap();
    assert!(built.len() > 10, "{}", built.len());
    for (path, bytes) in built {
        let reply = site.get(&format!("{base}/{}", handbill::output::encode_path(&path)));
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(
            String::from_utf8_lossy(&reply.published()),
            String::from_utf8_lossy(&bytes),
            "{path} is served as it is built"
        );
        assert_eq!(reply.header("content-type").contains("text/html"), path.ends_with(".html"), "{path}");
        assert_eq!(
            reply.body.len() > bytes.len(),
            path.ends_with(".html"),
            "{path}: the script is added to pages only"
        );
    }
    assert!(!site.path("public").exists(), "nothing is written");
}

#[test]
fn every_byte_is_what_a_build_writes() {
    let site = Site::new("https://example.org/");
    site.write("static/by hand.html", "<!doctype html><title>x</title><p>By hand</p>");
    site.write("static/caf\u{e9}/100%.txt", "encoded");
    site.write("static/_headers", "/*\n  X-A: 1\n");
    site.write("content/events/fair.md", "+++\ntitle = \"Fair\"\nstart = 2026-12-01T10:00:00\n+++\nCome.\n");
    site.write(
        "content/news/pictures/index.md",
        "+++\ntitle = \"Pictures\"\ndate = 2026-01-03\ntags = [\"a b\"]\n+++\nx\n",
    );
    site.write("content/news/pictures/a.bin", [0, 159, 146, 150]);
    check_all(&site.served(), "");
}

#[test]
fn a_site_below_a_path_is_served_there() {
    let site = Site::new("https://example.org/sub/").served();
    check_all(&site, "/sub");
    for path in ["/", "/sub"] {
        let reply = site.get(path);
        assert_eq!((reply.status, reply.header("location")), (301, "/sub/"), "{path}");
    }
    assert_eq!(site.get("/news/first/").status, 404);
    assert!(site.serving().url.ends_with("/sub/"), "{}", site.serving().url);
}

#[test]
fn links_relative_to_a_page_lead_on() {
    let site = Site::new("https://example.org/");
    site.replace("handbill.toml", "base_url", "relative_links = true\nbase_url");
    check_all(&site.served(), "");
}

#[test]
fn a_folder_without_its_slash_leads_to_its_page() {
    let site = Site::new("https://example.org/").served();
    let reply = site.get("/news/first?a=1");
    assert_eq!((reply.status, reply.header("location")), (301, "/news/first/?a=1"));
    assert_eq!(site.get("/news/first/index.html").status, 200);
    assert_eq!(site.get("/notes.txt/").status, 404);
    assert_eq!(site.get("/news/first/?v=1").status, 200);
}

#[test]
fn what_is_not_there_has_the_sites_own_page() {
    let site = Site::new("https://example.org/").served();
    let own = site.get("/404.html");
    let reply = site.get("/nothing/here");
    assert_eq!((reply.status, own.status), (404, 200));
    assert_eq!(reply.published(), own.published());
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
}

#[test]
fn only_reading_is_answered() {
    let site = Site::new("https://example.org/").served();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let reply = site.ask(method, "/", &["Content-Length: 0"]);
        assert_eq!((reply.status, reply.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    let (head, get) = (site.ask("HEAD", "/about/", &[]), site.get("/about/"));
    assert_eq!(head.status, 200);
    assert!(head.body.is_empty());
    for name in ["content-length", "content-type", "etag"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    assert_eq!(get.header("content-length"), get.body.len().to_string());
}

#[test]
fn parts_of_files_are_sent() {
    let site = Site::new("https://example.org/");
    let large: Vec<u8> = (0..5_000_000_u32).map(|at| at as u8).collect();
    site.write("static/film.mp4", &large);
    let site = site.served();
    let tag = site.get("/notes.txt").header("etag").to_owned();
    let (own, other) = (format!("If-Range: {tag}"), "If-Range: \"x\"");
    let cases: [(&[&str], u16, &str, &str); 6] = [
        (&["Range: bytes=2-4"], 206, "234", "bytes 2-4/10"),
        (&["Range: bytes=-2"], 206, "89", "bytes 8-9/10"),
        (&["Range: bytes=10-"], 416, "", "bytes */10"),
        (&["Range: bytes=1-2,4-5"], 200, "0123456789", ""),
        (&["Range: bytes=2-4", &own], 206, "234", "bytes 2-4/10"),
        (&["Range: bytes=2-4", other], 200, "0123456789", ""),
    ];
    for (headers, status, body, range) in cases {
        let reply = site.ask("GET", "/notes.txt", headers);
        assert_eq!((reply.status, &*reply.text(), reply.header("content-range")), (status, body, range), "{headers:?}");
    }
    let reply = site.ask("GET", "/film.mp4", &["Range: bytes=4999990-"]);
    assert_eq!((reply.status, reply.body.as_slice()), (206, &large[4_999_990..]));
    assert_eq!(site.get("/film.mp4").body, large);
    assert_eq!(site.ask("HEAD", "/film.mp4", &[]).header("content-length"), "5000000");
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let site = Site::new("https://example.org/").served();
    for path in ["/notes.txt", "/about/"] {
        let reply = site.get(path);
        assert_eq!(reply.header("cache-control"), "no-cache", "{path}");
        let tag = format!("If-None-Match: {}", reply.header("etag"));
        let again = site.ask("GET", path, &[&tag]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
}
