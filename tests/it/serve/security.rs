//! Who is not answered, and what cannot be had.

use super::client::{Reply, Site};
use std::io::{Read, Write};
use std::net::TcpStream;

#[test]
fn only_the_servers_own_names_are_answered() {
    let site = Site::new("https://example.org/").served();
    let port = site.port();
    for host in ["localhost", "127.0.0.1", "[::1]", &format!("localhost:{port}"), &format!("127.0.0.1:{port}")] {
        assert_eq!(site.raw("GET", "/", &[&format!("Host: {host}")]).status, 200, "{host}");
    }
    for host in ["evil.example", "example.org", "localhost.evil.example", "192.0.2.1", "localhost@evil.example", ""] {
        let reply = site.raw("GET", "/about/", &[&format!("Host: {host}")]);
        assert_eq!(reply.status, 403, "{host}");
        assert!(reply.has(&format!("http://127.0.0.1:{port}/")) && !reply.has("About us"), "{}", reply.text());
    }
    assert_eq!(site.raw("GET", "/", &[]).status, 400);
    assert_eq!(site.raw("GET", "/", &["Host: localhost", "Host: evil.example"]).status, 400);
    assert_eq!(site.raw("GET", "http://evil.example/", &["Host: localhost"]).status, 403);
    assert_eq!(site.raw("GET", "http://localhost/", &["Host: localhost"]).status, 200);
}

#[test]
fn pages_of_other_sites_learn_nothing() {
    let site = Site::new("https://example.org/").served();
    for path in ["/_handbill/", "/_handbill/events?page=/", "/_handbill/live.js"] {
        for header in ["Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"] {
            assert_eq!(site.ask("GET", path, &[header]).status, 403, "{path} {header}");
        }
    }
    let own = format!("Origin: http://localhost:{}", site.port());
    assert_eq!(site.ask("GET", "/_handbill/live.js", &[&own]).status, 200);
    assert_eq!(site.ask("GET", "/_handbill/", &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"]).status, 200);
    for path in ["/", "/notes.txt", "/_handbill/", "/_handbill/live.js"] {
        let reply = site.ask("GET", path, &["Origin: https://evil.example"]);
        assert!(!reply.headers.iter().any(|(name, _)| name.starts_with("access-control")), "{path}");
    }
}

#[test]
fn no_path_leaves_the_site() {
    let site = Site::new("https://example.org/");
    site.write("secret.txt", "SECRET");
    site.write("content/.env", "SECRET");
    #[cfg(unix)]
    {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("outside.txt"), "SECRET").unwrap();
        std::os::unix::fs::symlink(outside.path(), site.path("static/link")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", site.path("static/passwd")).unwrap();
    }
    let site = site.served();
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "//secret.txt",
        "/./secret.txt",
        "/secret.txt",
        "/handbill.toml",
        "/content/about.md",
        "/static/notes.txt",
        "/link/outside.txt",
        "/passwd",
        "/notes.txt%00.html",
        "/notes.txt/..%2f..%2fsecret.txt",
        "/_handbill/../secret.txt",
        "/_handbill/..%2fsecret.txt",
        "/_handbill/secret.txt",
        "/news/..;/secret.txt",
        "/etc/passwd",
    ] {
        let reply = site.get(path);
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.status);
        assert!(!reply.has("SECRET") && !reply.has("root:"), "{path}");
    }
    for folder in ["/static/", "/images/", "/_handbill/nothing/"] {
        assert_eq!(site.get(folder).status, 404, "{folder} is not listed");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_becomes_a_link_to_elsewhere_is_not_followed() {
    let site = Site::new("https://example.org/").served();
    assert_eq!(site.get("/notes.txt").text(), "0123456789");
    std::fs::remove_file(site.path("static/notes.txt")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", site.path("static/notes.txt")).unwrap();
    for _ in 0..20 {
        assert!(!site.get("/notes.txt").has("root:"));
    }
}

#[test]
fn nonsense_does_not_end_the_server() {
    let site = Site::new("https://example.org/").served();
    let long = "a".repeat(100_000);
    for request in [
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "\0\0\0\0",
        &format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        &format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n"),
        "GET / HTTP/1.1\r\nHost: localhost\r\nRange: bytes=99999999999999999999-1\r\nConnection: close\r\n\r\n",
        "GET /_handbill/?page=99999999999999999999&kind=event HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /_handbill/?q=%FF%00&kind=%3C HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\nx",
    ] {
        let mut stream = site.connect();
        // It may close while more is being written.
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        if !bytes.is_empty() {
            assert!(Reply::parse(&bytes).status < 500, "{:.60}", request);
        }
    }
    assert_eq!(site.get("/").status, 200);
}

#[test]
fn a_stream_too_many_is_told_when_to_come_again() {
    let site = Site::new("https://example.org/").served();
    let mut tabs: Vec<_> = (0..100).map(|_| site.tab("/about/")).collect();
    for tab in &mut tabs {
        tab.next_of("problems");
    }
    let refused = site.get("/_handbill/events?page=/about/");
    assert_eq!((refused.status, refused.header("retry-after")), (503, "10"), "{}", refused.text());
    assert_eq!(site.get("/about/").status, 200);
    // There is room again once some have gone.
    tabs.clear();
    let port = site.port();
    let began = std::time::Instant::now();
    loop {
        let mut stream = site.connect();
        write!(stream, "GET /_handbill/events?page=/about/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").unwrap();
        let mut start = [0; 12];
        std::io::Read::read_exact(&mut stream, &mut start).unwrap();
        if &start == b"HTTP/1.1 200" {
            break;
        }
        assert!(began.elapsed() < super::client::PATIENCE);
    }
}

#[test]
fn idle_connections_give_way() {
    let site = Site::new("https://example.org/").served();
    let mut idle: Vec<TcpStream> = Vec::new();
    for _ in 0..400 {
        let mut stream = site.connect();
        // Half a request, and then nothing.
        let _ = stream.write_all(b"GET / HT");
        idle.push(stream);
    }
    assert_eq!(site.get("/about/").status, 200);
}
