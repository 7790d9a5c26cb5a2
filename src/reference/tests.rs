use super::{default_theme, examples, filters, messages, text};
use crate::diagnostic::codes;
use tera::Tera;

#[test]
fn every_example_shows_its_own_mistake() {
    for example in examples::ALL {
        let (found, _) = example.diagnostics();
        let ids: Vec<&str> = found.iter().map(|problem| problem.code.id).collect();
        assert!(ids.contains(&example.code.id), "the example of {} gives {ids:?}", example.code.id);
    }
}

#[test]
fn examples_stand_in_the_order_of_the_codes_and_once_each() {
    let ids: Vec<&str> = examples::ALL.iter().map(|example| example.code.id).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
}

#[test]
fn every_code_belongs_to_a_range_of_the_manual() {
    for code in codes::ALL {
        let ranges = messages::RANGES.iter().filter(|(prefix, ..)| code.id.starts_with(prefix)).count();
        assert_eq!(ranges, 1, "{} belongs to {ranges} ranges", code.id);
    }
}

#[test]
fn the_template_engine_has_every_filter_that_is_listed_for_it() {
    let mut unknown = Vec::new();
    for (name, _) in filters::OF_THE_ENGINE {
        let mut tera = Tera::new();
        if tera.add_raw_template("t", &format!("{{{{ x | {name} }}}}")).is_err() {
            unknown.push(*name);
        }
    }
    assert!(unknown.is_empty(), "unknown to the engine: {unknown:?}");
    assert!(Tera::new().add_raw_template("t", "{{ x | no_such_filter }}").is_err(), "this test cannot fail");
}

#[test]
fn every_component_of_the_default_theme_says_what_it_shows() {
    let theme = default_theme().unwrap_or_else(|error| panic!("{error}"));
    for source in theme.sources.iter().filter(|source| source.file.contains("/components/")) {
        assert!(source.text.starts_with("{# "), "{} begins with no comment for the manual", source.file);
    }
}

#[test]
fn table_cells_hold_any_text() {
    let check = |cell: &str, expected: &str| {
        let table = text::table(["Key"], &[[cell.to_owned()]]);
        assert_eq!(table, format!("| Key |\n| :-- |\n| {expected} |\n"));
    };
    check("a | b", "a \\| b");
    check("`a|b`", "`a\\|b`");
    check("two\n  lines", "two lines");
    check(&text::plain("a*b* [c] <d> --e"), "a\\*b\\* \\[c\\] \\<d\\> -\\-e");
    check(&text::documentation("a --b `--c` <d> `<e>`"), "a -\\-b `--c` \\<d> `<e>`");
    check(&text::code("`"), "`` ` ``");
}

#[test]
fn blocks_of_code_hold_fences() {
    assert_eq!(text::block("markdown", "```\nx\n```"), "````markdown\n```\nx\n```\n````\n");
    assert_eq!(text::block("text", "x\n"), "```text\nx\n```\n");
}
