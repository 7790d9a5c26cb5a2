//! What an author is told, and where.

use super::{html, read, reported};
use crate::markdown::{HtmlPolicy, Options};

#[track_caller]
fn check(markdown: &str, expected_html: &str, expected: &[(&str, &str)]) {
    check_with(markdown, HtmlPolicy::Sanitise, expected_html, expected);
}

#[track_caller]
fn check_with(markdown: &str, policy: HtmlPolicy, expected_html: &str, expected: &[(&str, &str)]) {
    let (body, diagnostics) = read(markdown, &Options { html: policy, ..Options::default() });
    assert_eq!(html(&body), expected_html);
    assert_eq!(reported(markdown, &diagnostics), expected);
}

#[test]
fn links_with_refused_schemes_lose_their_destination() {
    for destination in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "javascript&colon;alert(1)",
        "&#1;javascript:alert(1)",
        "java&Tab;script:alert(1)",
        "&#x6A;avascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "made-up:x",
    ] {
        let link = format!("[a]({destination})");
        check(&link, "<p>a</p>\n", &[("refused-link", &link)]);
        let image = format!("![a]({destination})");
        check(&image, "<p>a</p>\n", &[("refused-link", &image)]);
        let tag = format!("<a href=\"{destination}\">");
        let markdown = format!("{tag}a</a>");
        check(&markdown, "<p><a>a</a></p>\n", &[("refused-link", &tag[3..tag.len() - 1])]);
    }
    check("<javascript:x>", "<p>javascript:x</p>\n", &[("refused-link", "<javascript:x>")]);
    check("[a][b]\n\n[b]: javascript:x\n", "<p>a</p>\n", &[("refused-link", "[a][b]")]);
    check("![a](mailto:a@b.org)", "<p>a</p>\n", &[("refused-link", "![a](mailto:a@b.org)")]);
}

#[test]
fn references_without_a_definition() {
    check(
        "[text][nowhere] and [this][] but [sic], [ ], [x] and a[0]\n",
        "<p>[text][nowhere] and [this][] but [sic], [ ], [x] and a[0]</p>\n",
        &[("missing-definition", "[text][nowhere]"), ("missing-definition", "[this]")],
    );
    let (_, diagnostics) = read("A[^x] b\n\n[^y]: Y\n", &Options::default());
    assert_eq!(
        reported("A[^x] b\n\n[^y]: Y\n", &diagnostics),
        [("missing-footnote", "[^x]"), ("unused-footnote", "[^y]")]
    );
}

#[test]
fn removed_elements_and_attributes_are_named_at_their_places() {
    check(
        "A <b onclick=\"x()\" style='y'>b</b> <font color=red>c</font>\n",
        "<p>A <b>b</b> c</p>\n",
        &[
            ("removed-attribute", "onclick=\"x()\""),
            ("removed-attribute", "style='y'"),
            ("removed-element", "<font color=red>"),
        ],
    );
    check("a <script>alert(1)</script> b\n", "<p>a  b</p>\n", &[("removed-element", "<script>")]);
    check("<script>\n\nalert(1)\n</script>\n\nb\n", "<p>b</p>\n", &[("removed-element", "<script>")]);
    check("a <iframe src=x> *b* c\n\nd\n", "<p>a </p>\n<p>d</p>\n", &[("removed-element", "<iframe src=x>")]);
    check(
        "> <div\n> onclick=x\n> class=y>\n> z\n> </div>\n",
        "<blockquote>\n<div class=\"y\">\nz\n</div>\n</blockquote>\n",
        &[("removed-attribute", "onclick=x")],
    );
    check(
        "- a <p><svg>b\n  - c\n",
        "<ul>\n<li>a <p></p>\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n",
        &[("removed-element", "<svg>")],
    );
    // A place ends with a whole character, even where a component's line stands inside a tag.
    let (_, diagnostics) = read("<div\n onclick=\n::c{é\n", &Options::default());
    assert_eq!(
        reported("<div\n onclick=\n::c{é\n", &diagnostics),
        [("unbalanced-html", "<div\n onclick=\n::c{é"), ("removed-attribute", "onclick=\n::c{é")]
    );
    check("# A {onclick=x .y}\n", "<h1 id=\"a\" class=\"y\">A</h1>\n", &[("removed-attribute", "onclick")]);
}

#[test]
fn tags_without_their_partner_are_repaired() {
    check("<div>\n\na\n", "<div>\n<p>a</p>\n</div>", &[("unbalanced-html", "<div>")]);
    check("</div>\n\na\n", "<p>a</p>\n", &[("unbalanced-html", "</div>")]);
    check(
        "- a <b>c\n- d</b>\n",
        "<ul>\n<li>a <b>c</b></li>\n<li>d</li>\n</ul>\n",
        &[("unbalanced-html", "<b>"), ("unbalanced-html", "</b>")],
    );
    check(
        "*a <b>c* d</b>\n",
        "<p><em>a <b>c</b></em> d</p>\n",
        &[("unbalanced-html", "<b>"), ("unbalanced-html", "</b>")],
    );
    check("<b><i>a</b>\n", "<p><b><i>a</i></b></p>\n", &[("unbalanced-html", "<i>")]);
}

#[test]
fn forbidden_html_is_an_error_at_each_tag() {
    check_with(
        "a <b>c</b> <!-- note -->\n\n<div>\nd\n</div>\n",
        HtmlPolicy::Forbid,
        "<p>a c </p>\n\nd\n\n",
        &[("forbidden-html", "<b>"), ("forbidden-html", "<div>")],
    );
}

#[test]
fn ids_that_authors_give_twice() {
    check(
        "# A {#x}\n\n# B {#x}\n\n<i id=x>c</i>\n",
        "<h1 id=\"x\">A</h1>\n<h1 id=\"b\">B</h1>\n<p><i>c</i></p>\n",
        &[("duplicate-id", "x"), ("duplicate-id", "id=x")],
    );
}

#[test]
fn a_summary_cannot_end_inside_something() {
    check(
        "- a\n\n  <!-- more -->\n\n- b\n",
        "<ul>\n<li>\n<p>a</p>\n\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n",
        &[("misplaced-summary-end", " more ")],
    );
    check("a\n\n<!-- more -->\n\nb\n\n<!--more-->\n", "<p>a</p>\n\n<p>b</p>\n\n", &[("misplaced-summary-end", "more")]);
}

#[test]
fn places_are_those_of_the_whole_file() {
    let file: crate::source::FileRef = "a.md".into();
    let mut diagnostics = Vec::new();
    let body = crate::markdown::parse("[a](b.md) <u onclick=x>", 100, &file, &Options::default(), &mut diagnostics);
    assert_eq!(body.content.holes[0].span, crate::source::Span { start: 100, end: 109 });
    assert_eq!(diagnostics[0].span, Some(crate::source::Span { start: 113, end: 122 }));
}
