//! Themes: layers, settings, and mistakes in templates.

use crate::support::{check, page, site};

#[test]
fn a_site_overrides_one_template_or_one_block() {
    let text = "=== content/a.md\n+++\ntitle = \"A\"\n+++\nBody.\n";
    check(&format!("{text}=== templates/page.html\nmine: {{{{ page.title }}}}\n"))
        .has("a/", &["mine: A"])
        .has("", &["<!doctype html>"]);
    let built = check(&format!(
        "{text}=== templates/page.html\n{{% extends \"default/page.html\" %}}\n{{% block content %}}[before]{{{{ super() }}}}[after]{{% endblock %}}\n"
    ));
    built.in_order("a/", &["[before]", "Body.", "[after]"]).has("a/", &["<!doctype html>"]);
    check(&format!("{text}=== templates/parts/footer.html\nown footer\n")).has("a/", &["own footer", "Body."]);
}

const OWN: &str = "\
=== handbill.toml
title = \"T\"
base_url = \"https://example.org/\"
theme = \"mine\"
[settings]
shape = \"round\"
=== themes/mine/theme.toml
name = \"mine\"
[settings.shape]
type = \"choice\"
default = \"square\"
choices = [\"square\", \"round\"]
description = \"Of corners.\"
[settings.size]
type = \"integer\"
default = 3
=== themes/mine/templates/page.html
{{ site.settings.shape }} {{ site.settings.size }} {{ trans(key=\"greeting\", name=\"Ann\") }} {{ trans(key=\"skip_to_content\") }}
=== themes/mine/i18n/en.toml
greeting = \"Hello, {name}\"
=== themes/mine/static/own.css
body {}
=== content/a.md
+++
title = \"A\"
+++
";

#[test]
fn a_theme_brings_templates_files_words_and_settings() {
    let built = check(OWN);
    built
        .has("a/", &["round 3 Hello, Ann", "Skip to the content"])
        .has("own.css", &["body {}"])
        .has("", &["<!doctype html>"]);
    check(&format!("{OWN}=== i18n/en.toml\ngreeting = \"Welcome, {{name}}\"\n")).has("a/", &["Welcome, Ann"]);
    check(&OWN.replace("mine/theme.toml\nname = \"mine\"", "mine/theme.toml\nname = \"mine\"\nextends = \"base\"")
        .replace("=== content/a.md", "=== themes/base/theme.toml\nname = \"base\"\n=== themes/base/templates/index.html\nfrom the base\n=== content/a.md"))
        .has("", &["from the base"]);
}

#[test]
fn settings_are_checked_against_the_theme() {
    check(&OWN.replace("shape = \"round\"", "shape = \"oval\" #~ HB0103 ‹\"oval\"› … square, round"));
    check(&OWN.replace("shape = \"round\"", "shap = \"round\" #~ HB0604 ‹shap› … did you mean `shape`"));
    check(&OWN.replace("shape = \"round\"", "size = \"3\" #~ HB0103 … a whole number"));
    check(&OWN.replace("shape = \"round\"", "accent = \"green\" #~ HB0103 ‹\"green\"› … a colour"));
    check(&OWN.replace("default = 3", "default = \"x\" #~ HB0103 … a whole number"));
    check(&OWN.replace("type = \"integer\"", "type = \"number\" #~ HB0103 … integer"));
}

#[test]
fn a_theme_that_is_not_there_or_does_not_fit_is_reported() {
    check(
        &OWN.replace("theme = \"mine\"", "theme = \"mien\" #~ HB0601 ‹\"mien\"› … did you mean \"mine\"")
            .replace("shape = \"round\"\n", ""),
    );
    for range in ["min = \"0.9\"", "max = \"0.0.9\""] {
        let own = format!("name = \"mine\"\nhandbill = {{ {range} }} #~ HB0603");
        check(&OWN.replacen("name = \"mine\"", &own, 1));
    }
    check(&OWN.replacen("name = \"mine\"", "name = \"mine\"\nhandbill = { min = \"0.1\", max = \"0.1\" }", 1));
    check(&OWN.replacen(
        "name = \"mine\"",
        "name = \"mine\"\nhandbill = { min = \"new\" } #~ HB0103 … not a version",
        1,
    ));
    check(&OWN.replacen("name = \"mine\"", "name = \"mine\"\nextends = \"mine\" #~ HB0602", 1));
    check(&OWN.replacen("name = \"mine\"", "name = \"mine\"\nextends = \"none\" #~ HB0601 ‹\"none\"›", 1));
}

#[track_caller]
fn template_reports(template: &str) {
    check(&format!("=== content/a.md\n+++\ntitle = \"A\"\n+++\n=== templates/page.html\n{template}\n"));
}

#[test]
fn a_template_mistake_names_template_line_and_page() {
    template_reports("one\n{{ page.titel }} #~ HB0606 … titel");
    template_reports("{{ nothing }} #~ HB0606 … nothing");
    template_reports("{% if page.title %} #~ HB0605\n");
    template_reports("one\n{{ page.title | shout }} #~ HB0606 … shout");
    template_reports("{{ trans(key=\"no_such_key\") }} #~ HB0606 … no_such_key");
    template_reports("{{ pages(sectoin=\"news\") | length }} #~ HB0606 … sectoin");
    template_reports("{{ page.date | date }} #~ HB0606 … date");
    template_reports("{{ range(end=1000000000) | length }} #~ HB0606 … 10000");
    template_reports("{% include \"none.html\" %} #~ HB0606 … none.html");
    let built = page("content/a.md", "").file("templates/page.html", "{{ page.titel }}").build();
    let problem = &built.diagnostics[0];
    assert_eq!(problem.file.as_deref(), Some("templates/page.html"));
    let about: Vec<String> = problem.others.iter().map(|label| format!("{} {}", label.file, label.text)).collect();
    assert!(about.join(" ").contains("content/a.md"), "{problem:?}");
}

#[test]
fn a_template_mistake_says_what_to_write_instead() {
    for (template, advice) in [
        ("{{ page.title | uper }}", "no filter `uper` … did you mean `upper`"),
        ("{{ page.date | dat }}", "no filter `dat` … did you mean `date`"),
        ("{{ page.title | date(fromat=\"long\") }}", "no argument `fromat` … did you mean `format`"),
        ("{{ pages(sectoin=\"news\") | length }}", "no argument `sectoin` … did you mean `section`"),
        ("{{ evnts() | length }}", "no function `evnts` … did you mean `events`"),
        ("{% if page.title is strin %}{% endif %}", "no test `strin` … did you mean `string`"),
        ("{{<figur src=\"a\" />}}", "no component `figur` … did you mean `figure`"),
        ("{% include \"parts/foter.html\" %}", "did you mean `parts/footer.html`"),
        ("{% extends \"bas.html\" %}", "did you mean `base.html`"),
        ("{{ page.titel }}", "no field `titel` … did you mean `title`"),
        ("{{ page.picture }}", "no field `picture` … guard it: {% if page.picture %}{{ page.picture }}{% endif %}"),
        ("{{ page.picture.src }}", "{% if page.picture %}{{ page.picture.src }}{% endif %}"),
        ("{{ pge }}", "no variable `pge` … did you mean `page`"),
        ("{{ \"About us\" | date }}", "cannot read \"About us\" as a date"),
        ("{{ page.title | number }}", "takes a number, not text"),
    ] {
        template_reports(&format!("{template} #~ HB0606 … {advice}"));
    }
    template_reports(
        "{% for a in pages() %} #~ HB0605 `{% for a in pages() %}` is not closed … {% endfor %}\n{% if a %}x{% endif %}\n",
    );
}

#[test]
fn data_is_loaded_from_inside_the_site_only() {
    let with = |call: &str| {
        format!(
            "=== content/a.md\n+++\ntitle = \"A\"\n+++\n=== data/t.toml\nname = \"toml\"\n=== data/j.json\n{{\"name\": \"json\"}}\n=== data/c.csv\nname,n\ncsv,1\n=== templates/page.html\n{call}\n"
        )
    };
    check(&with("{% set t = load_data(path=\"data/t.toml\") %}{% set j = load_data(path=\"data/j.json\") %}{{ t.name }} {{ j.name }} {% set rows = load_data(path=\"data/c.csv\") %}{{ rows[0].name }}")).has("a/", &["toml json csv"]);
    for path in [
        "../secret.toml",
        "/etc/passwd",
        "data/../../x.json",
        "https://example.com/x.json",
        "data/none.json",
        "data\\\\t.toml",
    ] {
        check(&with(&format!("{{{{ load_data(path=\"{path}\") }}}} #~ HB0606 … load_data")).replace(
            "data/none.json\") }} #~ HB0606 … load_data",
            "data/none.json\") }} #~ HB0606 … there is no file",
        ));
    }
}

#[test]
fn functions_answer_with_the_site() {
    let built = check(
        "=== content/news/a.md\n+++\ntitle = \"A\"\ndate = 2026-01-01\ntags = [\"x\"]\n+++\n=== content/news/b.md\n+++\ntitle = \"B\"\ndate = 2026-02-01\n+++\n\
         === content/groups/g.md\n+++\ntitle = \"G\"\nregion = \"North\"\n+++\n=== content/groups/h.md\n+++\ntitle = \"H\"\nregion = \"South\"\n+++\n\
         === content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-01T19:00:00\ngroups = \"g\"\n+++\n=== content/p.md\n+++\ntitle = \"P\"\n+++\n\
         === templates/page.html\n{% for p in pages(kind=\"post\", limit=1) %}[post {{ p.title }}]{% endfor %}\
         {% for p in pages(taxonomy=\"tags\", term=\"x\") %}[tagged {{ p.title }}]{% endfor %}\
         {% for g in groups(region=\"North\") %}[group {{ g.title }}]{% endfor %}\
         {% for o in events(group=\"g\") %}[event {{ o.title }} {{ o.start }}]{% endfor %}\
         {% set a = get_page(path=\"@/news/a.md\") %}[{{ a.title }}][{{ url(path=\"@/news/a.md\") }}][{{ asset(path=\"handbill.css\") }}]\
         {% for t in terms(taxonomy=\"tags\") %}[term {{ t.name }}]{% endfor %}\n",
    );
    built
        .has(
            "p/",
            &[
                "[post B]",
                "[tagged A]",
                "[group G]",
                "[event E 2026-12-01T19:00:00+00:00]",
                "[A][/news/a/][/handbill.css?v=",
                "[term x]",
            ],
        )
        .lacks("p/", &["[group H]", "[post A]"]);
}

#[track_caller]
fn component_reports(body: &str) {
    page("content/a.md", &format!("{body}\n")).check();
}

#[test]
fn calls_of_components_are_checked_where_they_stand() {
    component_reports(
        "::buton{href=\"https://example.com/\" label=\"Go\"} #~ HB0608 ‹buton› … did you mean \"button\"",
    );
    component_reports("::button{href=\"https://example.com/\"} #~ HB0609 … needs `label`");
    component_reports("::button{href=\"https://example.com/\" label=\"Go\" colour=\"red\"} #~ HB0609 ‹colour›");
    component_reports("::events{limit=\"three\"} #~ HB0609 … takes a whole number, not text");
    component_reports(":::callout{kind=\"note\" title=\"T\"} #~ HB0311\nText");
    let built = page("content/a.md", "::button{href=\"https://example.com/\" label=\"Go <there>\"}\n\n:::callout{kind=\"note\" title=\"Mind\"}\nThe *gap*.\n:::\n").check();
    built.has("a/", &["https://example.com/", "Go &lt;there&gt;", "Mind", "The <em>gap</em>."]);
    let own = site("=== content/a.md\n+++\ntitle = \"A\"\n+++\n::badge{n=3}\n=== templates/components/badge.html\n{% component badge(n: integer, @page) %}<b>{{ n }} of {{ page.title }}</b>{% endcomponent badge %}\n").check();
    own.has("a/", &["<b>3 of A</b>"]);
}
