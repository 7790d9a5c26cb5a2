//! Data files in templates.

use crate::support::site;

const PAGE: &str = "=== content/_index.md\n+++\ntitle = \"Home\"\n+++\n";

#[test]
fn templates_read_data_by_name() {
    let built = site(&format!(
        r#"{PAGE}=== data/partners.toml
[[partners]]
name = "Riders"
=== data/north/towns.csv
Town;Buses
Leeds;12
=== data/fares.yaml
adult: 2.50
zones: [a, b]
=== data/raw.csv
a,b
c,d
=== templates/index.html
{{% set found = data(name="partners") %}}{{% for p in found.partners %}}<p>{{{{ p.name }}}}</p>{{% endfor %}}
{{% for row in data(name="north/towns") %}}<p>{{{{ row.Town }}}} {{{{ row.Buses }}}}</p>{{% endfor %}}
{{% set fares = data(name="fares") %}}{{% set north = data(name="north") %}}{{% set all = data() %}}<p>{{{{ fares.adult }}}} {{{{ north.towns | length }}}} {{{{ all.fares.zones | join(sep="+") }}}}</p>
{{% for row in data(name="raw", headings=false) %}}<p>{{{{ row[0] }}}}</p>{{% endfor %}}
{{% set found = load_data(path="data/fares.yaml") %}}<i>{{{{ found.adult }}}}</i>
"#
    ))
    .check();
    built
        .has("index.html", &["<p>Riders</p>", "<p>Leeds 12</p>", "<p>2.5 1 a+b</p>", "<p>a</p><p>c</p>", "<i>2.5</i>"]);
    built.absent(&["data/partners.toml", "partners.toml"]);
}

#[test]
fn broken_data_is_told_in_its_file_and_only_where_it_is_asked_for() {
    let broken = "=== data/fares.json\n{\"adult\": 2.5,\n}\n=== data/rows.csv\na,a\n";
    site(&format!("{PAGE}{broken}")).check();
    let built = site(&format!(
        "{PAGE}{}=== templates/index.html\n{{{{ data(name=\"fares\") | json_script }}}}\n",
        broken.replace("\n}\n", "\n} #~ HB1009 ‹}› … trailing comma\n")
    ))
    .check();
    let problem = &built.diagnostics[0];
    assert_eq!(&*problem.others[0].file, "templates/index.html");
    site(&format!("{PAGE}=== data/fares.toml\na = 1\n=== templates/index.html\n{{{{ data(name=\"fare\") }}}} #~ HB0606 … did you mean \"fares\"\n")).check();
    let built = site(&format!(
        "{PAGE}=== data/a.toml\nx = 1\n=== data/a.json\n{{}}\n=== templates/index.html\n{{{{ data(name=\"a\") | json_script }}}}\n"
    ))
    .build();
    built.has_report("HB1010", "two data files are called \"a\"");
    site(&format!(
        "{PAGE}=== data/a.toml\nx = 1\n=== data/a.json\n{{}}\n=== templates/index.html\n{{{{ data(name=\"a.toml\") | json_script }}}}\n"
    ))
    .check();
}
