use super::{BaseUrl, Url};

#[test]
fn addresses_of_sites() {
    let check = |text: &str, expected: Option<(&str, &str, &str)>| {
        let parsed = BaseUrl::parse(text);
        let parts = parsed.as_ref().map(|url| (url.origin.as_str(), url.path.as_str(), url.host()));
        assert_eq!(parts, expected, "{text}");
    };
    check("https://example.org", Some(("https://example.org", "", "example.org")));
    check(" https://example.org/ ", Some(("https://example.org", "", "example.org")));
    check("http://localhost:8080/", Some(("http://localhost:8080", "", "localhost:8080")));
    check("https://example.org/a/b/", Some(("https://example.org", "/a/b", "example.org")));
    check("https://example.org//a//", Some(("https://example.org", "/a", "example.org")));
    for text in [
        "",
        "example.org",
        "//example.org",
        "ftp://example.org",
        "https://",
        "https:///path",
        "https://:80/",
        "https://example.org/?q",
        "https://example.org/#a",
        "https://example.org/a b",
        "https://user@example.org/",
        "https://example.org/../x",
        "https://example.org/\"><script>",
        "https://example.org\\x",
        "https://exam\u{0}ple.org",
    ] {
        check(text, None);
    }
}

#[test]
fn addresses_that_authors_write() {
    for (text, external) in [
        ("https://example.org/a?b=c#d", true),
        ("HTTP://EXAMPLE.ORG", true),
        ("mailto:a@example.org", true),
        ("tel:+441234", true),
        ("webcal://example.org/x.ics", true),
        ("//example.org/x", true),
        ("/join/", false),
        ("#part", false),
    ] {
        assert_eq!(Url::parse(text).map(|url| url.is_external()), Some(external), "{text}");
    }
    for text in [
        "",
        " ",
        "join/",
        "www.example.org",
        "@/join.md",
        "javascript:alert(1)",
        "JavaScript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
        "a b",
        "java\nscript:x",
        "x\u{0}y",
    ] {
        assert_eq!(Url::parse(text), None, "{text:?}");
    }
}
