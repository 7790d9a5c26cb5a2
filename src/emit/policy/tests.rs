use super::Policy;
use crate::config::Headers;

#[track_caller]
fn check(html: &str, expected: &[&str]) {
    let mut policy = Policy::default();
    policy.add_html(html, "https://own.example");
    let found: Vec<String> = policy
        .sources
        .iter()
        .flat_map(|(name, sources)| sources.iter().map(move |source| format!("{name} {source}")))
        .collect();
    assert_eq!(found, expected, "{html}");
}

/// Of `alert(1)`, as `openssl dgst -sha256 -binary | base64` gives it.
const ALERT: &str = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";

#[test]
fn scripts_that_run_are_allowed_by_their_text() {
    let script = format!("script-src {ALERT}");
    check("<script>alert(1)</script>", &[&script]);
    check("<SCRIPT type='text/javascript' defer >alert(1)</script >", &[&script]);
    check("<script type=module>alert(1)</script>", &[&script]);
    check("<script type=\"application/ld+json\">alert(1)</script>", &[]);
    check("<script src=\"/a.js\"></script>", &[]);
    check("<script src=\"https://cdn.example/a.js\"></script>", &["script-src https://cdn.example"]);
    check("<!-- <script>alert(1)</script> --><p>", &[]);
    check("<textarea><script>alert(1)</script></textarea><title><script>alert(1)</script></title>", &[]);
    check("<template><script>alert(1)</script></template>", &[&script]);
    check("<a onclick=\"alert(1)\">", &[&format!("script-src-attr {ALERT}")]);
    check("<a ONCLICK=alert(1)>", &[&format!("script-src-attr {ALERT}")]);
    check("<a title=\"x > y\" onclick='alert&#40;1&#x29;'>", &[&format!("script-src-attr {ALERT}")]);
}

#[test]
fn line_ends_are_those_that_browsers_read() {
    let of = |text: &str| {
        let mut policy = Policy::default();
        policy.add_html(&format!("<script>{text}</script>"), "");
        policy
    };
    assert_eq!(of("a\r\nb\rc"), of("a\nb\nc"));
    assert_ne!(of("a"), of("a "));
}

#[test]
fn what_lies_elsewhere_is_allowed_by_its_origin() {
    check("<img src=\"/a.png\"><img src=\"../b.png\"><img src=\"https://own.example/c.png\">", &[]);
    check("<img src=\"https://Pics.example:8443/a.png?x\">", &["img-src https://pics.example:8443"]);
    check("<img src=\"//pics.example/a.png\">", &["img-src https://pics.example"]);
    check("<img src=\"data:image/png;base64,AAAA\">", &["img-src data:"]);
    check(
        "<img srcset=\"https://a.example/1.png 1x, https://b.example/2.png 2x\">",
        &["img-src https://a.example", "img-src https://b.example"],
    );
    check("<iframe src=https://video.example/1></iframe>", &["frame-src https://video.example"]);
    check("<button data-frame=\"https://video.example/1\">", &["frame-src https://video.example"]);
    check("<form action=\"https://letters.example/join\">", &["form-action https://letters.example"]);
    check("<link rel=\"stylesheet\" href=\"https://f.example/x.css\">", &["style-src https://f.example"]);
    check("<link rel=\"alternate\" href=\"https://f.example/x.xml\"><a href=\"https://l.example/\">", &[]);
    check("<img src=\"https://evil.example;script-src *\">", &[]);
    check(
        "<video src=\"https://v.example/a.mp4\" poster=\"https://p.example/a.png\">",
        &["img-src https://p.example", "media-src https://v.example"],
    );
}

#[test]
fn styles_are_allowed_with_what_they_load() {
    check(
        "<p style=\"background: url(https://p.example/a.png)\">",
        &["img-src https://p.example", "style-src-attr 'sha256-o4JqqXIzbkxbizAoWFHgED+29KkYhSQXog1iOHTyg8I='"],
    );
    let mut policy = Policy::default();
    policy.add_css(
        "@import \"https://s.example/a.css\";@font-face{src:url('https://f.example/a.woff2')}\
         a{background:url( \"data:image/svg+xml,<svg fill='url(#a)'>\" )}",
        "",
    );
    assert_eq!(
        policy.header(&Headers::default()),
        "default-src 'self'; base-uri 'self'; font-src 'self' https://f.example; form-action 'self'; \
         frame-ancestors 'self'; img-src 'self' data:; object-src 'none'; style-src 'self' https://s.example"
    );
}

#[test]
fn markup_that_does_not_end_is_read_as_far_as_it_goes() {
    for html in [
        "<",
        "<a",
        "<a ",
        "<a href",
        "<a href=",
        "<a href=\"",
        "<script>",
        "<script",
        "<!--",
        "<a =é",
        "<é",
        "<a\u{a0}=x>",
    ] {
        check(html, &[]);
    }
}

#[test]
fn more_can_be_allowed_and_less() {
    let allow = vec![
        ("connect-src".to_owned(), vec!["https://api.example".to_owned()]),
        ("frame-ancestors".to_owned(), vec!["'none'".to_owned()]),
        ("object-src".to_owned(), vec!["https://o.example".to_owned()]),
    ];
    assert_eq!(
        Policy::default().header(&Headers { allow, ..Headers::default() }),
        "default-src 'self'; base-uri 'self'; connect-src 'self' https://api.example; form-action 'self'; \
         frame-ancestors 'none'; object-src https://o.example"
    );
}
