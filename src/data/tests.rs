use super::{Asked, Format, Names, parse};
use crate::source::{FileRef, MemoryWorld};

fn shown(text: &str, ending: &str) -> String {
    let file: FileRef = format!("data/a.{ending}").into();
    match parse(&file, text.as_bytes(), Format::of_ending(ending).unwrap()) {
        Ok(value) => value.to_string(),
        Err(mistakes) => mistakes
            .iter()
            .map(|mistake| {
                let place = mistake.span.and_then(|span| text.get(span.range())).unwrap_or("");
                format!("{} ‹{place}› {}", mistake.code.id, mistake.message)
            })
            .collect::<Vec<_>>()
            .join("; "),
    }
}

#[test]
fn all_formats_give_the_same_values() {
    let expected = r#"{"towns":[{"name":"Leeds","buses":12,"fare":2.5,"night":true,"note":null}]}"#;
    assert_eq!(
        shown(
            "\u{feff}{\"towns\": [{\"name\": \"Leeds\", \"buses\": 12, \"fare\": 2.5, \"night\": true, \"note\": null}]}",
            "json"
        ),
        expected
    );
    assert_eq!(
        shown("towns:\n  - name: Leeds\n    buses: 12\n    fare: 2.5\n    night: true\n    note: ~\n", "yaml"),
        expected
    );
    let toml = "[[towns]]\nname = \"Leeds\"\nbuses = 12\nfare = 2.5\nnight = true\n";
    assert_eq!(shown(toml, "toml"), expected.replace(",\"note\":null", ""));
    assert_eq!(shown("name;buses;\nLeeds;12;\n;;\n", "csv"), r#"[{"name":"Leeds","buses":"12"}]"#);
    assert_eq!(shown("day = 2027-04-03", "toml"), r#"{"day":"2027-04-03"}"#);
}

#[test]
fn yaml_is_read_as_version_1_2() {
    let cases = [
        ("", "{}"),
        ("# nothing\n", "{}"),
        ("country: NO\nyes: no\n", r#"{"country":"NO","yes":"no"}"#),
        (
            "a: 0x1F\nb: 0o17\nc: '12'\nd: !!str 12\ne: 1e3\nf: .5\ng: 1_000\nh: 12:30\ni: 2027-04-03\n",
            r#"{"a":31,"b":15,"c":"12","d":"12","e":1000.0,"f":0.5,"g":"1_000","h":"12:30","i":"2027-04-03"}"#,
        ),
        ("1: one\ntrue: yes\n", r#"{"1":"one","true":"yes"}"#),
        ("a: &x {b: 1}\nc: *x\nd: {<<: *x, b: 2, e: 3}\n", r#"{"a":{"b":1},"c":{"b":1},"d":{"b":2,"e":3}}"#),
        ("a: |\n  one\n  two\nb: >\n  one\n  two\n", r#"{"a":"one\ntwo\n","b":"one two\n"}"#),
        ("- [a, b]\n- {c: d}\n", r#"[["a","b"],{"c":"d"}]"#),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text, "yml"), expected, "{text}");
    }
}

#[test]
fn mistakes_have_their_places() {
    let cases = [
        ("json", "{\"a\": 1,\n \"b\": }", "HB1009 ‹}› this JSON cannot be read: expected value"),
        ("json", "", "HB1009 ‹› this file is empty"),
        ("json", "[1, 2", "HB1009 ‹2› this JSON cannot be read: EOF while parsing a list"),
        ("yaml", "a: 1\na: 2\n", "HB1009 ‹a› the key \"a\" stands twice in this table"),
        ("yaml", "a: 1\n---\nb: 2\n", "more than one document"),
        ("yaml", "a: &x [*x]\n", "HB1009"),
        ("yaml", "a: [1, 2\nb: 3\n", "HB1009"),
        ("toml", "a = 1\nb = \n", "HB1009"),
        ("csv", "a,a\n1,2\n", "HB1009 ‹a› the heading \"a\" stands twice"),
        ("csv", "a,b\n1,2,3\n", "HB1009 ‹3› the column C of this cell has no heading"),
    ];
    for (ending, text, expected) in cases {
        let found = shown(text, ending);
        assert!(found.contains(expected), "{text}: {found}");
    }
}

#[test]
fn files_that_would_fill_the_memory_are_refused() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (this, next) in ('a'..='i').zip('b'..='j') {
        bomb.push_str(&format!("{next}: &{next} [*{this}, *{this}, *{this}, *{this}, *{this}, *{this}, *{this}, *{this}, *{this}, *{this}]\n"));
    }
    assert!(shown(&bomb, "yaml").contains("repeat too many values"));
    assert!(shown(&"[".repeat(5000), "yaml").contains("HB1009"));
    assert!(shown(&"[".repeat(5000), "json").contains("HB1009"));
}

#[test]
fn names_lead_to_files_and_folders() {
    let mut world = MemoryWorld::new();
    for path in [
        "partners.toml",
        "north/towns.csv",
        "north/deep/x y.json",
        "twice.toml",
        "twice.json",
        "notes.txt",
        ".hidden.toml",
        "no-ending",
    ] {
        world.insert(format!("data/{path}"), "");
    }
    let names = Names::list(&world).unwrap();
    let find = |name: &str| match names.find(name) {
        Ok(Asked::File(file, _)) => file.to_string(),
        Ok(Asked::Folder(entries)) => entries.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(" "),
        Err(not_there) => not_there.message,
    };
    let cases = [
        ("partners", "data/partners.toml"),
        ("partners.toml", "data/partners.toml"),
        ("north/towns", "data/north/towns.csv"),
        ("north", "deep towns"),
        ("north/deep/x y", "data/north/deep/x y.json"),
        ("twice", "two data files are called \"twice\""),
        ("twice.json", "data/twice.json"),
        ("", "two data files are called \"twice\""),
        ("partnrs", "there is no data \"partnrs\"; did you mean \"partners\"?"),
        ("../handbill", "there is no data \"../handbill\"; there are north/deep/x y, north/towns, partners, twice"),
    ];
    for (name, expected) in cases {
        assert_eq!(find(name), expected, "{name}");
    }
}
