use super::{html, read, reported};
use crate::markdown::{ArgValue, Body, Component, Fragment, HoleKind, Options};

fn components(fragment: &Fragment) -> Vec<&Component> {
    let holes = fragment.holes.iter();
    holes
        .filter_map(|hole| if let HoleKind::Component(component) = &hole.kind { Some(&**component) } else { None })
        .collect()
}

/// The components as an outline: `name(args)[content]`.
fn outline(fragment: &Fragment) -> String {
    let one = |component: &&Component| {
        let args: Vec<_> = component.args.iter().map(|arg| format!("{}={}", arg.name, value(&arg.value))).collect();
        let body = component.body.as_ref().map(|body| {
            let text = body.html.replace('\n', "");
            format!("[{text}{}]", outline(body))
        });
        format!("{}({}){}", component.name, args.join(" "), body.unwrap_or_default())
    };
    components(fragment).iter().map(one).collect::<Vec<_>>().join(" ")
}

fn value(value: &ArgValue) -> String {
    match value {
        ArgValue::String(text) => format!("{text:?}"),
        ArgValue::Integer(number) => number.to_string(),
        ArgValue::Float(number) => format!("{number:?}"),
        ArgValue::Bool(truth) => truth.to_string(),
    }
}

#[track_caller]
fn check(markdown: &str, expected: &str) -> Body {
    let (body, diagnostics) = read(markdown, &Options::default());
    assert_eq!(outline(&body.content), expected);
    assert_eq!(diagnostics, [], "nothing is wrong with this text");
    body
}

#[track_caller]
fn check_reports(markdown: &str, expected: &[(&str, &str)]) {
    let (_, diagnostics) = read(markdown, &Options::default());
    assert_eq!(reported(markdown, &diagnostics), expected);
}

#[test]
fn leaves_with_arguments_of_every_type() {
    check(
        "::map{lat=53.8 zoom=-3 label=\"A \\\"b\\\"\", tall='x' wide=false on}\n",
        "map(lat=53.8 zoom=-3 label=\"A \\\"b\\\"\" tall=\"x\" wide=false on=true)",
    );
    check("::a\n::b-c_2 {}\n\ntext\n::d{}\nmore\n", "a() b-c_2() d()");
    check("::a{t=\"ŵé ?> <b>\"}\r\n\r\nx\r\n", "a(t=\"ŵé ?> <b>\")");
}

#[test]
fn containers_hold_markdown_and_one_another() {
    check(":::note{title=\"x\"}\nSome *text*.\n:::\n", "note(title=\"x\")[<p>Some <em>text</em>.</p>]");
    check("::::a\n:::b\nx\n:::\n::::\n", "a()[b()[<p>x</p>]]");
    check(":::a\n:::b\nx\n:::\ny\n:::\n", "a()[<p>y</p>b()[<p>x</p>]]");
    check("::: a\n::b\n:::::\n", "a()[b()]");
}

#[test]
fn containers_stand_in_lists_and_quotes() {
    let body = check("- item\n\n  :::card\n  inside\n  :::\n\n- next\n", "card()[<p>inside</p>]");
    assert_eq!(html(&body).replace('\n', ""), "<ul><li><p>item</p><p>inside</p></li><li><p>next</p></li></ul>");
    check("> :::card\n> inside\n> :::\n", "card()[<p>inside</p>]");
    check("1. a\n\n   ::map{n=1}\n", "map(n=1)");
}

#[test]
fn a_document_is_one_across_its_components() {
    let body = check(
        "# A\n\n:::note\n# A\n[x][r] y[^n]\n:::\n\n[r]: b.md\n[^n]: Note.\n",
        "note()[<h1 id=\"a-2\">A</h1><p><a href=\"\">x</a> y</p>]",
    );
    assert_eq!(body.headings.len(), 2);
    assert!(html(&body).contains("<li id=\"fn-1\">"));
}

#[test]
fn code_and_prose_are_no_components() {
    for markdown in [
        "```\n::map{x=1}\n:::note\n```\n",
        "    ::map\n",
        "a ::map{} b\n",
        "::before is a selector\n",
        ":: a\n",
        "\\::map\n",
        "<pre>\n::map\n</pre>\n",
    ] {
        let (body, _) = read(markdown, &Options::default());
        assert_eq!(outline(&body.content), "", "{markdown}");
    }
    let (body, _) = read("```\n::map{x=\"ŵ\"}\n\t::b\n```\n", &Options::default());
    assert_eq!(html(&body), "<pre><code>::map{x=\"ŵ\"}\n\t::b\n</code></pre>\n", "code shows what the author wrote");
    let (body, _) = read("> ```\n> ::map\n> ```\n\n- x\n\n      ::b\n", &Options::default());
    assert!(html(&body).contains("<code>::map\n</code>"), "{}", html(&body));
    assert!(html(&body).contains("<code>::b\n</code>"), "{}", html(&body));
    for line in ["::a", "::map{x=\"ŵ\"}", ":::"] {
        // Too far in for a block, so it goes on with the paragraph: nothing of it may be lost.
        let (body, _) = read(&format!("text\n    {line}\n"), &Options::default());
        assert_eq!(html(&body), format!("<p>text\n{line}</p>\n"));
        let (body, _) = read(&format!("![alt\n    {line}\n](b.png)\n"), &Options::default());
        let alt = line.replace('"', "&quot;");
        assert_eq!(html(&body), format!("<p><img src=\"b.png\" alt=\"alt {alt} \" /></p>\n"));
        let (body, _) = read(&format!("`code\n    {line}`\n"), &Options::default());
        assert!(html(&body).contains(line), "{}", html(&body));
    }
    let (body, _) = read("<!--\n::map\n-->\n", &Options::default());
    assert_eq!(outline(&body.content), "", "what is commented out is gone");
}

#[test]
fn faulty_lines_are_reported_at_the_exact_place() {
    for (markdown, expected) in [
        ("::a{b=\"c}\n", &[("component-syntax", "{"), ("component-syntax", "\"")] as &[_]),
        ("::a{b=c}\n", &[("component-syntax", "c")]),
        ("::a{b=1x}\n", &[("component-syntax", "1x")]),
        ("::a{b=99999999999999999999}\n", &[("component-syntax", "99999999999999999999")]),
        ("::a{b=1 b=2}\n", &[("component-syntax", "b")]),
        ("::a{b=1\n", &[("component-syntax", "{")]),
        ("::a{b=}\n", &[("component-syntax", "=")]),
        ("::a{\"x\"}\n", &[("component-syntax", "\"x\"")]),
        ("::a{} tail\n", &[("component-syntax", "tail")]),
        ("::Map{}\n", &[("component-syntax", "Map")]),
        ("::a(b=1)\n", &[("component-syntax", "(b=1)")]),
        (":::a\ntext\n", &[("unclosed-component", ":::a")]),
        ("- :x\n\n  :::a{b=1}\n\nend\n", &[("unclosed-component", ":::a{b=1}")]),
        (":::\n", &[("stray-component-end", ":::")]),
        (":::a\n- b\n\n  ::::\n\n:::\n", &[("stray-component-end", "::::")]),
        ("text\n    ::a\n", &[("component-syntax", "::a")]),
    ] {
        check_reports(markdown, expected);
    }
}

#[test]
fn raw_html_and_containers_close_in_order() {
    let (body, diagnostics) = read(":::a\n<div>\n\nx\n\n:::\n</div>\n", &Options::default());
    assert_eq!(outline(&body.content), "a()[<div><p>x</p></div>]");
    assert_eq!(diagnostics.len(), 2, "{diagnostics:?}");
    check("<div class=\"grid\">\n\n::a\n\n</div>\n", "a()");
}

#[test]
fn components_nest_no_deeper_than_pages_can_show() {
    let markdown = ":::a\n".repeat(40);
    let (body, diagnostics) = read(&markdown, &Options::default());
    assert_eq!(outline(&body.content).matches("a()").count(), 32);
    assert_eq!(diagnostics.iter().filter(|d| d.code.name == "deep-components").count(), 8);
}
