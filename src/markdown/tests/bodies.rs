//! What a body tells beside its HTML.

use super::{html, read};
use crate::locale::Alphabet;
use crate::markdown::{Body, Extent, HoleKind, Options, TocEntry, fill_as_written, slug, table_of_contents};

fn body(markdown: &str) -> Body {
    let (body, diagnostics) = read(markdown, &Options::default());
    assert_eq!(diagnostics, []);
    body
}

#[test]
fn what_stays_in_the_site_is_left_to_the_site() {
    let body = body(
        "[a](../groups/leeds.md#meetings) [b](@/aims/one.md) [c](/x/) [d](#e) [f](?q) [g]() [h](//example.org/i) \
         [j](https://example.org/) ![k](l.png) ![m](https://example.org/n.png) <a href=\"o.md\">p</a> \
         <img src=q.png alt=\"r &amp; s\" width=3> <video poster=t.jpg src=u.mp4></video>\n",
    );
    let holes: Vec<String> = body
        .content
        .holes
        .iter()
        .map(|hole| match &hole.kind {
            HoleKind::Link { dest } => format!("link {dest}"),
            HoleKind::Source { dest } => format!("source {dest}"),
            HoleKind::Image(image) => format!("image {} ({}) {}", image.dest, image.alt, image.sized),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(
        holes,
        [
            "link ../groups/leeds.md#meetings",
            "link @/aims/one.md",
            "link /x/",
            "link #e",
            "link ?q",
            "link ",
            "image l.png (k) false",
            "image https://example.org/n.png (m) false",
            "link o.md",
            "image q.png (r & s) true",
            "source t.jpg",
            "source u.mp4"
        ]
    );
    let mut page = String::new();
    body.assemble(&mut page, Extent::Whole, &mut |hole, out| match &hole.kind {
        HoleKind::Image(_) => out.push_str(" src=\"I\" width=\"1\""),
        _ => out.push('U'),
    });
    assert!(page.contains("<a href=\"U\">a</a>") && page.contains("<img src=\"I\" width=\"1\" alt=\"k\" />"), "{page}");
    assert!(page.contains("<a href=\"//example.org/i\">") && page.contains("<a href=\"https://example.org/\">"));
    assert!(page.contains("<img src=\"I\" width=\"1\" alt=\"r &amp; s\" width=\"3\" />"));
}

#[test]
fn a_summary_is_whole_and_has_no_footnotes() {
    let body = body("One[^a] [l](m.md).\n\n<!-- more -->\n\nTwo.\n\n[^a]: Note.\n");
    let mut summary = String::new();
    body.assemble(&mut summary, Extent::Summary, &mut fill_as_written);
    assert_eq!(summary, "<p>One <a href=\"m.md\">l</a>.</p>\n");
    assert!(html(&body).contains("Two."));
}

#[test]
fn the_lead_is_the_first_paragraph_of_its_own() {
    let lead = |markdown: &str| String::from(body(markdown).lead);
    assert_eq!(lead("# T\n\n- [x] a\n\n> b\n\nThe *first* `one` & \"so\".\n\nNext.\n"), "The first one & “so”.");
    assert_eq!(lead("![Alone](a.png)\n\nText.\n"), "Text.");
    assert_eq!(lead("> Only a quote.\n"), "Only a quote.");
    assert_eq!(lead("# T\n"), "");
    let long = lead(&"bus, ".repeat(100));
    assert!(long.ends_with("bus…") && long.chars().count() <= 301, "{long}");
    assert_eq!(lead(&"ŵ".repeat(400)).chars().count(), 301);
}

#[test]
fn words_are_counted_as_readers_would() {
    for (markdown, words) in [
        ("", 0),
        ("One two, three – four—five\n", 5),
        ("don't *re*read `a b` \"so\"\n", 5),
        ("# A b\n- c\n- d\n", 4),
        ("```\ncode is no prose\n```\n", 0),
        ("公交车 bus ここ\n", 6),
        ("Dŵr a bara\n", 3),
        (":::note\nin it\n:::\n", 2),
        ("<b>x</b>y <i>z</i>\n", 2),
    ] {
        assert_eq!(body(markdown).words, words, "{markdown:?}");
    }
}

#[test]
fn plain_text_leaves_out_what_is_no_text() {
    let (body, _) = read(
        "# A [b](c.md)\n\nD & `<e>`[^f]\n\n:::note\nG.\n:::\n\n[^f]: H\n",
        &Options { heading_anchors: true, ..Options::default() },
    );
    assert_eq!(body.plain_text(), "A b\nD & <e>\nG.\nH");
}

#[test]
fn anchors_are_all_that_a_link_may_name() {
    let body = body("# One\n\n<p id=\"two\">x</p>\n\nA[^b]\n\n[^b]: C\n");
    let anchors: Vec<_> = body.anchors().collect();
    assert_eq!(anchors, ["one", "fn-1", "fnref-1", "two"]);
    assert!(body.has_anchor("two") && body.has_anchor("one") && !body.has_anchor("three"));
}

#[test]
fn headings_make_a_table_of_contents() {
    fn outline(entries: &[TocEntry<'_>]) -> String {
        let one = |entry: &TocEntry<'_>| format!("{}({})", entry.heading.html(), outline(&entry.children));
        entries.iter().map(one).collect()
    }
    let body = body("## A & *b*\n\n#### [c](d.md)\n\n### `e`\n\n# f\n\n## ![g](h.png)\n\n## i <b id=j>k</b>\n");
    let toc = table_of_contents(&body.headings);
    assert_eq!(outline(&toc), "A &amp; <em>b</em>(c()<code>e</code>())f(()i k())");
}

#[test]
fn slugs_are_spelled_as_the_language_does() {
    for (text, language, expected) in [
        ("Über die Größe", "de", "ueber-die-groesse"),
        ("Über die Größe", "en", "uber-die-grosse"),
        ("Blåbær på Ærø", "da", "blaabaer-paa-aeroe"),
        ("Cymru a'r byd", "cy", "cymru-ar-byd"),
        ("  --A/B!  ", "en", "a-b"),
        ("€?", "en", "eur"),
        ("!?", "en", "section"),
    ] {
        assert_eq!(slug(text, language, Alphabet::Ascii), expected);
    }
    assert!(slug(&"word ".repeat(100), "en", Alphabet::Ascii).len() <= 80);
}
