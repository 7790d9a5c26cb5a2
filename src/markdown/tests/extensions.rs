//! What texts may hold beyond CommonMark, and how it comes out.

use super::{html, read};
use crate::markdown::{HtmlPolicy, Options};

#[track_caller]
fn check(markdown: &str, expected: &str) {
    check_with(markdown, &Options::default(), expected);
}

#[track_caller]
fn check_with(markdown: &str, options: &Options<'_>, expected: &str) {
    let (body, diagnostics) = read(markdown, options);
    assert_eq!(html(&body), expected);
    assert_eq!(diagnostics, [], "nothing is wrong with this text");
}

#[test]
fn tables_scroll_and_their_heads_name_columns() {
    check(
        "| Line | Fare |\n|---|--:|\n| 7 | 2 |\n",
        "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>\n<thead>\n\
         <tr><th scope=\"col\">Line</th><th scope=\"col\" class=\"align-right\">Fare</th></tr>\n</thead>\n<tbody>\n\
         <tr><td>7</td><td class=\"align-right\">2</td></tr>\n</tbody>\n</table></div>\n",
    );
    let (body, _) = read("| a |\n|---|\n", &Options::default());
    assert!(!html(&body).contains("tbody"), "a table of a head alone has no body");
}

#[test]
fn footnotes_are_numbered_by_first_reference_and_lead_back() {
    check(
        "One[^b] two[^a] three[^b].\n\n[^a]: First.\n[^b]: Second.\n\n    Its end.\n",
        "<p>One<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a></sup> \
         two<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\" role=\"doc-noteref\">2</a></sup> \
         three<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\" role=\"doc-noteref\">1</a></sup>.</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"fn-1\">\n<p>Second.</p>\n<p>Its end. \
         <a class=\"footnote-back\" href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">\u{21a9}\u{fe0e}</a> \
         <a class=\"footnote-back\" href=\"#fnref-1-2\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">\u{21a9}\u{fe0e}<sup>2</sup></a></p>\n</li>\n\
         <li id=\"fn-2\">\n<p>First. \
         <a class=\"footnote-back\" href=\"#fnref-2\" role=\"doc-backlink\" aria-label=\"Back to reference 2\">\u{21a9}\u{fe0e}</a></p>\n</li>\n\
         </ol>\n</section>\n",
    );
}

#[test]
fn a_task_is_a_box_with_its_text_as_the_label() {
    check(
        "- [ ] write *to the council*\n  - [x] find the address\n",
        "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled=\"\" /> write <em>to the council</em></label>\n\
         <ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled=\"\" checked=\"\" /> find the address</label></li>\n\
         </ul>\n</li>\n</ul>\n",
    );
    check(
        "- [x] done\n\n- plain\n",
        "<ul>\n<li class=\"task\">\n<p><label><input type=\"checkbox\" disabled=\"\" checked=\"\" /> done</label></p>\n</li>\n\
         <li>\n<p>plain</p>\n</li>\n</ul>\n",
    );
}

#[test]
fn alerts_definition_lists_and_strikethrough() {
    check(
        "> [!WARNING]\n> No buses.\n",
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Warning</p>\n<p>No buses.</p>\n</div>\n",
    );
    check("Fare\n: What a ride costs\n", "<dl>\n<dt>Fare</dt>\n<dd>What a ride costs</dd>\n</dl>\n");
    check("~~old~~ new\n", "<p><del>old</del> new</p>\n");
}

#[test]
fn headings_have_unique_ids_and_the_authors_win() {
    check(
        "# Buses\n\n## Buses\n\n### *Buses*\n\n# !!!\n\n# !!!\n",
        "<h1 id=\"buses\">Buses</h1>\n<h2 id=\"buses-2\">Buses</h2>\n<h3 id=\"buses-3\"><em>Buses</em></h3>\n\
         <h1 id=\"section\">!!!</h1>\n<h1 id=\"section-2\">!!!</h1>\n",
    );
    check("# A\n\n# A 2\n\n# A\n", "<h1 id=\"a\">A</h1>\n<h1 id=\"a-2\">A 2</h1>\n<h1 id=\"a-3\">A</h1>\n");
    check(
        "# Plan\n\n# Other {#plan .big lang=cy data-x=1}\n",
        "<h1 id=\"plan-2\">Plan</h1>\n<h1 id=\"plan\" class=\"big\" lang=\"cy\" data-x=\"1\">Other</h1>\n",
    );
    check("# Plan\n\n<i id=\"plan\">x</i>\n", "<h1 id=\"plan-2\">Plan</h1>\n<p><i id=\"plan\">x</i></p>\n");
    check_with(
        "## Say & do\n",
        &Options { heading_anchors: true, ..Options::default() },
        "<h2 id=\"say-do\">Say &amp; do <a class=\"heading-anchor\" href=\"#say-do\" aria-label=\"Link to this section\">#</a></h2>\n",
    );
}

#[test]
fn punctuation_follows_the_language() {
    let smart = |language, markdown: &str| {
        let (body, _) = read(markdown, &Options { language, ..Options::default() });
        html(&body).trim_end().replace("<p>", "").replace("</p>", "")
    };
    let text = "\"Yes\", she 'said' -- don't... wait---";
    assert_eq!(smart("en-GB", text), "“Yes”, she ‘said’ – don’t… wait—");
    assert_eq!(smart("cy", text), "“Yes”, she ‘said’ – don’t… wait—");
    assert_eq!(smart("de", text), "„Yes“, she ‚said‘ – don’t… wait—");
    assert_eq!(smart("de-CH", text), "«Yes», she ‹said› – don’t… wait—");
    assert_eq!(smart("fr", text), "«\u{202f}Yes\u{202f}», she “said” – don’t… wait—");
    assert_eq!(smart("sv", "\"Ja\""), "”Ja”");
    assert_eq!(smart("pl", "\"Tak\""), "„Tak”");
    // Marks beside emphasis, inside one another, at elisions, and ones that are no quotation.
    assert_eq!(smart("en", "*\"a\"* (\"b\") \"'c' d\""), "<em>“a”</em> (“b”) “‘c’ d”");
    assert_eq!(
        smart("en", "the '90s, rock 'n' roll, 'tis the members' hall"),
        "the ’90s, rock ’n’ roll, ’tis the members’ hall"
    );
    assert_eq!(smart("en", "a 6\" plank, \\\"escaped\\\""), "a 6\" plank, \"escaped\"");
    assert_eq!(smart("en", "`\"code\" -- 'x'`"), "<code>\"code\" -- 'x'</code>");
    let plain = Options { smart_punctuation: false, ..Options::default() };
    check_with("\"a\" -- b\n", &plain, "<p>\"a\" -- b</p>\n");
}

#[test]
fn harmless_html_stays_and_is_closed_where_the_text_around_it_ends() {
    check(
        "<details open><summary>More</summary>\n\nA *b* <kbd>Tab</kbd><br>H<sub>2</sub>O\n\n</details>\n",
        "<details open=\"\"><summary>More</summary>\n<p>A <em>b</em> <kbd>Tab</kbd><br />H<sub>2</sub>O</p>\n</details>\n",
    );
    check("<ul>\n<li>one\n<li>two\n</ul>\n", "<ul>\n<li>one\n</li><li>two\n</li></ul>\n");
    check("<!-- a note\n\nto self -->\n\nText <!-- more words -->here.\n", "<p>Text here.</p>\n");
    check(
        "<a href='https://example.org/?a=1&amp;b=2' title=\"x &quot;y&quot;\">l</a>\n",
        "<p><a href=\"https://example.org/?a=1&amp;b=2\" title=\"x &quot;y&quot;\">l</a></p>\n",
    );
    check("Fish &amp; chips &copy; 1 < 2\n", "<p>Fish &amp; chips © 1 &lt; 2</p>\n");
}

#[test]
fn allowed_html_passes_as_it_stands() {
    let allow = Options { html: HtmlPolicy::Allow, ..Options::default() };
    check_with(
        "<div style=\"color: red\" onclick='x()'>\n\n[a](javascript:b)\n\n<script>\nif (a < b) {}\n</script>\n",
        &allow,
        "<div style=\"color: red\" onclick='x()'>\n<p><a href=\"javascript:b\">a</a></p>\n<script>\nif (a < b) {}\n</script>\n",
    );
}

#[test]
fn links_of_every_form_lead_where_they_say() {
    check(
        "<https://example.org/> <a@example.org> [t](tel:+441) [r] [r][] [x][r]\n\n[r]: ../a.md \"T & t\"\n",
        "<p><a href=\"https://example.org/\">https://example.org/</a> <a href=\"mailto:a@example.org\">a@example.org</a> \
         <a href=\"tel:+441\">t</a> <a href=\"../a.md\" title=\"T &amp; t\">r</a> <a href=\"../a.md\" title=\"T &amp; t\">r</a> \
         <a href=\"../a.md\" title=\"T &amp; t\">x</a></p>\n",
    );
    check(
        "![A \"bus\" *stop*](stop.jpg \"At night\")\n",
        "<p><img src=\"stop.jpg\" alt=\"A “bus” stop\" title=\"At night\" /></p>\n",
    );
}
