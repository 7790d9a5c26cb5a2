use super::{LONGEST, PlainText};
use proptest::prelude::*;

#[track_caller]
fn check(html: &str, expected: &str) {
    let whole = |link: &str| if link.starts_with('/') { format!("https://a.example{link}") } else { link.to_owned() };
    assert_eq!(PlainText::of(html, &whole), expected);
}

#[test]
fn paragraphs_and_headings_have_an_empty_line_between_them() {
    check("<h2 id=\"a\">When</h2>\n<p>At <em>seven</em>,\nas ever.</p>\n<p>B &amp; C<br>D</p>\n", {
        "When\n\nAt seven, as ever.\n\nB & C\nD"
    });
    check("<p>a</p><hr /><blockquote>\n<p>b</p>\n</blockquote>", "a\n\nb");
}

#[test]
fn items_have_signs() {
    check("<p>Bring:</p>\n<ul>\n<li>tea</li>\n<li>cake</li>\n</ul>\n<p>Go</p>", "Bring:\n\n- tea\n- cake\n\nGo");
    check("<ol start=\"3\">\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>c</li></ol>", "3. a\nb\n4. c");
    check("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n   - b\n- c");
    check("<ul><li class=\"task\"><label><input type=\"checkbox\" disabled=\"\" /> a</label></li></ul>", "- [ ] a");
}

#[test]
fn links_have_their_addresses() {
    check("<p>See <a href=\"/leeds/?a=1&amp;b=2\">Leeds</a>.</p>", "See Leeds (https://a.example/leeds/?a=1&b=2).");
    check("<a href=\"https://b.example/\">b.example</a> <a href=\"#x\">there</a>", "b.example there");
    check("<a href=\"mailto:a@b.example?subject=x\">Write</a>", "Write (a@b.example)");
    check("<a href=\"tel:+441134960000\">+44 113 496 0000</a>", "+44 113 496 0000");
    check("<a href=\"/map\"><img src=\"/map.png\" alt=\"\"></a>", "https://a.example/map");
    check("<a href=\"javascript:alert(1)\">x</a>", "x");
}

#[test]
fn what_is_no_text_is_left_out() {
    check("<p>a<!-- b --><script>c</script><style>d</style> e</p>", "a e");
    check("<h2>a <a class=\"heading-anchor\" href=\"#a\">#</a></h2>", "a");
    check("<p>a<sup class=\"footnote-ref\"><a href=\"#fn\">1</a></sup>.</p>", "a.");
}

#[test]
fn tables_are_lines_with_bars() {
    check(
        "<table>\n<thead>\n<tr><th>Time</th><th>What</th></tr>\n</thead>\n<tbody>\n<tr><td>7</td><td>Tea</td></tr>\n\
         </tbody>\n</table>",
        "Time | What\n7 | Tea",
    );
}

#[test]
fn preformatted_text_keeps_its_lines() {
    check("<pre><code>a\n  b\n</code></pre>\n<p>c</p>", "a\n  b\n\nc");
}

#[test]
fn no_markup_is_too_odd() {
    check("a < b &amp;&lt; &bogus; &#39;&#x1F6B2; &#xD800; <", "a < b &< &bogus; '🚲 &#xD800; <");
    check("<p title=\"a > b\">c</p", "c");
    check("</ul></li><li>x<ul>", "- x");
    check("<A HREF=\"x\">y</A><!-- open", "y");
}

#[test]
fn a_long_text_is_cut_after_a_word() {
    let whole = |link: &str| link.to_owned();
    let text = PlainText::of(&format!("<p>{}</p>", "äbc, ".repeat(1000)), &whole);
    assert!(text.ends_with("äbc, äbc…"), "{text}");
    assert!((LONGEST - 6..=LONGEST).contains(&text.chars().count()), "{}", text.chars().count());
    let one_word = PlainText::of(&"ä".repeat(5000), &whole);
    assert_eq!(one_word.chars().count(), LONGEST);
    let exact = "a".repeat(LONGEST);
    assert_eq!(PlainText::of(&exact, &whole), exact);
}

proptest! {
    #[test]
    fn any_markup_gives_a_text(html in "(?s)([<>&;\"/a-z !-]|<li>|</ul>|<pre>|<a href=\"|&#x20AC;|.){0,300}") {
        let text = PlainText::of(&html, &|link: &str| link.to_owned());
        prop_assert!(text.chars().count() <= LONGEST);
    }
}
