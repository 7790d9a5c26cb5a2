use super::{find_address, from_html, from_plain, looks_like_html, unwrapped};
use crate::markdown;
use proptest::prelude::*;

#[track_caller]
fn plain(text: &str, expected: &str) {
    assert_eq!(from_plain(text, false), expected, "{text:?}");
}

#[track_caller]
fn html(text: &str, expected: &str) {
    assert_eq!(from_html(text), expected, "{text:?}");
}

/// The text of the page that a Markdown text makes, and the mistakes in it.
fn read(markdown: &str) -> (String, usize) {
    let mut found = Vec::new();
    let options = markdown::Options { smart_punctuation: false, ..markdown::Options::default() };
    let body = markdown::parse(markdown, 0, &"a.md".into(), &options, &mut found);
    (body.content.html, found.len())
}

#[test]
fn plain_text_keeps_its_lines_and_paragraphs() {
    plain("", "");
    plain(" \n\n", "");
    plain("One", "One\n");
    plain("One\ntwo\n\n\n three ", "One\\\ntwo\n\nthree\n");
    plain("a\u{a0}b\tc\u{7}", "a b c\n");
}

#[test]
fn signs_that_would_mean_something_are_escaped() {
    plain("2 * 3 * 4, *a*, snake_case, _b_", "2 * 3 * 4, \\*a\\*, snake_case, \\_b\\_\n");
    plain("# one", "\\# one\n");
    plain("#one", "#one\n");
    plain("> one", "\\> one\n");
    plain("+++", "\\+++\n");
    plain("a\n---", "a\\\n\\---\n");
    plain("a\n===", "a\\\n\\===\n");
    plain("2026. It was", "2026\\. It was\n");
    plain("- alone", "\\- alone\n");
    plain("::: note", "\\::: note\n");
    plain("::figure{src=x}", "\\::figure{src=x}\n");
    plain("[a] and [b](c)", "\\[a\\] and \\[b\\](c)\n");
    plain("[a]", "[a]\n");
    plain("<b> & &amp; `x` ~y~ \\z", "\\<b> & \\&amp; \\`x\\` \\~y\\~ \\\\z\n");
    plain("a | b\n--|--", "a | b\\\n\\--|--\n");
}

#[test]
fn lists_and_rules_are_kept() {
    plain("Bring:\n- bags\n- a friend\nThanks", "Bring:\n\n- bags\n- a friend\n\nThanks\n");
    plain("• one", "- one\n");
    plain("* one\n* two", "- one\n- two\n");
    plain("1. one\n2) two\n\n3. three", "1. one\n2. two\n\n3. three\n");
    plain("1. one\n1. two", "1\\. one\\\n1\\. two\n");
    plain("1. one\ntext\n2. two", "1\\. one\\\ntext\\\n2\\. two\n");
    plain("a\n______\nb", "a\n\n---\n\nb\n");
    assert_eq!(from_plain("- alone", true), "- alone\n");
}

#[test]
fn addresses_are_links() {
    plain("See https://example.org/a_b*c.", "See <https://example.org/a_b*c>.\n");
    plain("(https://example.org/a_(b)), www", "(<https://example.org/a_(b)>), www\n");
    plain("Teams<https://example.org/x>", "Teams<https://example.org/x>\n");
    plain("http:// ftp://x", "http:// ftp://x\n");
    assert_eq!(find_address("a HTTPS://Example.org/x?y=1, b").as_deref(), Some("HTTPS://Example.org/x?y=1"));
    assert_eq!(unwrapped("https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa&sa=D"), "https://example.org/a");
    assert_eq!(
        unwrapped("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2F&data=x"),
        "https://example.org/"
    );
    assert_eq!(unwrapped("https://www.google.com/url?q=javascript%3Ax"), "https://www.google.com/url?q=javascript%3Ax");
}

#[test]
fn html_is_told_from_text() {
    for text in ["a<br>b", "<p>x</p>", "<a href=\"x\">y</a>", "x <b>y</b>", "<html-blob>x</html-blob>"] {
        assert!(looks_like_html(text), "{text}");
    }
    for text in ["a < b > c", "Join <https://example.org/a>", "<ada@example.org>", "<3", "x<y>z", "<>"] {
        assert!(!looks_like_html(text), "{text}");
    }
}

#[test]
fn html_becomes_simple_markdown() {
    html("<p>One <b>two</b></p><p>three<br>four</p>", "One **two**\n\nthree\\\nfour\n");
    html("a<br><br>b", "a\n\nb\n");
    html("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c\n");
    html("<ol><li>a<li>b</ol>x", "1. a\n2. b\n\nx\n");
    html("<b>When:</b>Thursday <i> soon </i>!", "**When**:Thursday *soon* !\n");
    html("<a href=\"https://example.org/(a)\">x <b>y</b></a>", "[x **y**](<https://example.org/(a)>)\n");
    html("<a href='https://example.org'>https://example.org/</a>", "<https://example.org>\n");
    html("<a href=\"javascript:alert(1)\">x</a>", "x\n");
    html("<a href=\"mailto:a@example.org\">a@example.org</a>", "<mailto:a@example.org>\n");
    html("caf&eacute; &lt;b&gt; &#8364; &unknown; &nbsp;x", "café \\<b> € \\&unknown; x\n");
    html("<style>p{}</style><script>x</script><title>t</title>y", "y\n");
    html("<!-- x --><!doctype html><p class=\"a>b\">y</p>", "y\n");
    html("<b>a</b>\nb\n\nc", "**a**\\\nb\n\nc\n");
    html("<h2>Head</h2>text<hr><blockquote>said</blockquote>", "**Head**\n\ntext\n\n---\n\n> said\n");
    html("<b><p>a</p><p>b</p></b>", "**a**\n\n**b**\n");
    html("<td>a</td><td>b</td>", "a b\n");
    html("x <y@example.org> z<br>", "x \\<y@example.org> z\n");
    html("<p># a</p><p>- b</p>", "\\# a\n\n\\- b\n");
}

/// Pieces of texts that are full of signs.
const PIECES: &[&str] = &[
    "a",
    "Word",
    " ",
    " ",
    "\n",
    "\n\n",
    "*",
    "**",
    "_",
    "`",
    "```",
    "~~",
    "[",
    "]",
    "](",
    "(",
    ")",
    "[^1]",
    ": ",
    "#",
    "# ",
    ">",
    "- ",
    "+ ",
    "1. ",
    "2. ",
    "---",
    "===",
    "+++",
    "|",
    "::",
    ":::",
    "{",
    "}",
    "<",
    "<b>",
    "</b>",
    "&",
    "&amp;",
    "\\",
    "!",
    "https://example.org/a_b",
    "é",
    "•",
    "\t",
    ".",
    "x:y",
    "::name{a=b}",
    "::: box",
];

proptest! {
    #[test]
    fn plain_text_reads_the_same(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30)) {
        let text = pieces.concat();
        let markdown = from_plain(&text, false);
        let (page, mistakes) = read(&markdown);
        prop_assert_eq!(mistakes, 0, "{:?} became {:?}", text, markdown);
        // Words and signs are those of the text; only marks of lists and lines drawn become what they stand for.
        let shown = page.replace("<br />", " ").replace(['\n'], " ");
        let shown = without_tags(&shown);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        prop_assert_eq!(letters(&shown), letters(&text), "{:?} became {:?} and {:?}", text, markdown, page);
        for tag in ["<em>", "<strong>", "<code>", "<pre>", "<h1", "<h2", "<blockquote>", "<table>", "<del>", "<dl>"] {
            prop_assert!(!page.contains(tag), "{:?} became {:?} and {:?}", text, markdown, page);
        }
    }

    #[test]
    fn html_of_any_kind_makes_a_text_without_mistakes(pieces in prop::collection::vec(prop::sample::select(HTML), 0..40)) {
        let (_, mistakes) = read(&from_html(&pieces.concat()));
        prop_assert_eq!(mistakes, 0);
    }
}

const HTML: &[&str] = &[
    "a",
    " ",
    "\n",
    "<p>",
    "</p>",
    "<br>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<ul>",
    "</ul>",
    "<ol>",
    "<li>",
    "</li>",
    "<a href=\"https://example.org/\">",
    "<a href='x y'>",
    "</a>",
    "<div",
    ">",
    "<",
    "\"",
    "&lt;",
    "&amp;",
    "*",
    "_",
    "[",
    "](",
    "# ",
    "- ",
    "`",
    "<table>",
    "<td>",
    "<hr>",
    "<blockquote>",
    "</blockquote>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "é",
    "::: x",
];

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        rest = tag.split_once('>').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
