//! What holds for every text.

use super::{html, read};
use crate::diagnostic::Diagnostic;
use crate::markdown::raw_html::rules;
use crate::markdown::raw_html::tokens::{self, Token};
use crate::markdown::{Body, HtmlPolicy, LINK_SCHEMES, Options};
use proptest::prelude::*;
use std::collections::HashSet;

/// Pieces from which texts full of markup are put together.
const PIECES: &[&str] = &[
    "a",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    "é",
    "\0",
    "x y",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```\n",
    "[",
    "](",
    ")",
    "]",
    "![",
    "][",
    "[^1]",
    "\n[^1]: ",
    "\n[a]: ",
    "# ",
    "{#id onclick=x}",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n",
    "- [ ] ",
    "\n: ",
    "| a |\n|-|\n",
    "\n---\n",
    "\"",
    "'",
    "--",
    "&lt;",
    "&#106;",
    "&Tab;",
    "javascript:",
    "data:",
    "//",
    "http://b.c",
    "\n:::a\n",
    "\n  :::a\n",
    "\n  :::\n",
    "> :::a\n",
    "\n:::\n",
    "\n::::b\n",
    "::c{k=\"v\"}\n",
    "\n::c{",
    "<",
    ">",
    "</",
    "/>",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<div\n",
    "<p>",
    "</p>",
    "<li>",
    "<table><tr><td>",
    "</table>",
    "<a ",
    "href=",
    "<a href='",
    "<img src=",
    " onclick=",
    " id=x",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<svg>",
    "<math>",
    "<noscript>",
    "<textarea>",
    "<title>",
    "<iframe ",
    "srcdoc=",
    "<!--",
    "-->",
    "<!-- more -->",
    "<?",
    "?>",
    "<!",
    "<![CDATA[",
    "]]>",
    "<details><summary>",
    "<pre>",
    "</pre>",
    "<code>",
    "<a@b.c>",
    "<javascript:x>",
    "\\",
];

fn marked_up() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

fn options() -> impl Strategy<Value = Options<'static>> {
    let policy = prop::sample::select(&[HtmlPolicy::Sanitise, HtmlPolicy::Forbid]);
    (policy, any::<bool>(), any::<bool>()).prop_map(|(html, smart_punctuation, heading_anchors)| Options {
        html,
        smart_punctuation,
        heading_anchors,
        ..Options::default()
    })
}

/// Every tag has its partner, in order, and no id is there twice.
fn assert_well_formed(html: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut ids: HashSet<&str> = HashSet::new();
    let mut at = 0;
    while at < html.len() {
        let token = tokens::next(html, at);
        at = token.range().end;
        match token {
            Token::Open(tag) => {
                for attribute in tag.attributes.iter().filter(|attribute| &html[attribute.name.clone()] == "id") {
                    let id = &html[attribute.value.clone().expect("an id has a value")];
                    assert!(ids.insert(id), "{id:?} twice in {html}");
                }
                let name = html[tag.name].to_owned();
                if !rules::is_void(&name) {
                    open.push(name);
                }
            }
            Token::Close(tag) => assert_eq!(open.pop().as_deref(), Some(&html[tag.name]), "{html}"),
            Token::Text(range) => assert!(!html[range.clone()].contains('<'), "{:?} in {html}", &html[range]),
            other => panic!("{other:?} in {html}"),
        }
    }
    assert!(open.is_empty(), "{open:?} left open in {html}");
}

/// Places lie in the text, and holes in the HTML.
fn assert_places(text: &str, body: &Body, diagnostics: &[Diagnostic]) {
    let inside = |span: crate::source::Span| assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    for diagnostic in diagnostics {
        diagnostic.span.iter().copied().for_each(inside);
        diagnostic.others.iter().for_each(|other| inside(other.span));
    }
    let mut last = 0;
    for hole in &body.content.holes {
        inside(hole.span);
        assert!(hole.at >= last && body.content.html.is_char_boundary(hole.at as usize), "{hole:?}");
        last = hole.at;
    }
    body.headings.iter().for_each(|heading| inside(heading.span));
}

/// A sanitiser that parses as a browser does, with our own list of what may stay, and `more` beside it.
fn sanitised(html: &str, more: bool) -> String {
    let own: Vec<&str> = rules::ELEMENTS.iter().map(|(name, _)| *name).chain(["input", "label"]).collect();
    let mut elements: HashSet<&str> = own.iter().copied().collect();
    let mut attributes: HashSet<&str> = rules::GLOBAL_ATTRIBUTES.iter().copied().collect();
    attributes.extend(rules::ELEMENTS.iter().flat_map(|(_, own)| own.iter().copied()));
    attributes.extend(["aria-label", "tabindex", "checked", "disabled"]);
    let mut schemes: HashSet<&str> = LINK_SCHEMES.iter().copied().collect();
    if more {
        elements.extend([
            "script", "style", "iframe", "object", "embed", "form", "svg", "math", "noscript", "template", "textarea",
            "title", "base", "meta", "link", "button", "select",
        ]);
        attributes.extend(["onclick", "onerror", "onload", "style", "srcdoc", "formaction", "action", "data"]);
        schemes.extend(["javascript", "data", "vbscript", "file", "blob"]);
    }
    ammonia::Builder::new()
        .tags(elements)
        .clean_content_tags(HashSet::new())
        .tag_attributes(Default::default())
        .generic_attributes(attributes)
        .generic_attribute_prefixes(HashSet::from(["data-"]))
        .url_schemes(schemes)
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        .clean(html)
        .to_string()
}

#[track_caller]
fn assert_safe(text: &str, options: &Options<'_>) {
    let (body, diagnostics) = read(text, options);
    let html = html(&body);
    assert_places(text, &body, &diagnostics);
    assert_well_formed(&html);
    // A parser like a browser's sees nothing in it that a page may not have.
    assert_eq!(sanitised(&html, false), sanitised(&html, true), "{html}");
}

proptest! {
    #[test]
    fn every_text_gives_a_safe_page(text in any::<String>(), options in options()) {
        assert_safe(&text, &options);
    }

    #[test]
    fn every_markup_gives_a_safe_page(text in marked_up(), options in options()) {
        assert_safe(&text, &options);
    }

    #[test]
    fn trusted_markup_gives_a_page_too(text in marked_up()) {
        let options = Options { html: HtmlPolicy::Allow, ..Options::default() };
        let (body, diagnostics) = read(&text, &options);
        assert_places(&text, &body, &diagnostics);
        html(&body);
        body.plain_text();
    }

    #[test]
    fn summaries_are_well_formed(before in marked_up(), after in marked_up()) {
        let (body, _) = read(&format!("{before}\n\n<!-- more -->\n\n{after}"), &Options::default());
        let mut summary = String::new();
        body.assemble(&mut summary, crate::markdown::Extent::Summary, &mut crate::markdown::fill_as_written);
        assert_well_formed(&summary);
    }
}

#[test]
fn the_lists_of_the_sanitiser_are_sorted() {
    assert!(rules::ELEMENTS.is_sorted());
    assert!(rules::GLOBAL_ATTRIBUTES.is_sorted());
    assert!(rules::ELEMENTS.iter().all(|(_, attributes)| attributes.is_sorted()));
    assert!(rules::ELEMENTS.iter().all(|(name, _)| !rules::is_dropped_with_content(name)));
}

#[test]
fn texts_made_to_exhaust_a_parser_come_out() {
    let many = |piece: &str| piece.repeat(10_000);
    for text in [
        many(">"),
        many("["),
        many("!["),
        many("- "),
        many("*a_ "),
        many("<a x=\""),
        many("<div>\n"),
        many("<i></b>"),
        many(":::a\n"),
        many("[a][b]"),
        many("# a\n"),
        many("'a \"b "),
        many("word "),
        format!("<div {}>", many("a=b ")),
        format!("::a{{{}}}", many("k ")),
    ] {
        assert_safe_without_parser(&text);
    }
}

/// As [`assert_safe`], without the other parser, which does not take such texts well.
fn assert_safe_without_parser(text: &str) {
    let (body, diagnostics) = read(text, &Options::default());
    assert_places(text, &body, &diagnostics);
    assert_well_formed(&html(&body));
}
