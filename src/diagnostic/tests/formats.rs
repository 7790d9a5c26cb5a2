use crate::diagnostic::{Diagnostic, Severity, codes, from_world, github, json, sarif};
use crate::source::{MemoryWorld, Span};
use insta::assert_snapshot;
use serde_json::Value;

/// One diagnostic with everything, one with a file only, one with nothing.
fn sample() -> (Vec<Diagnostic>, MemoryWorld) {
    let mut world = MemoryWorld::new();
    world.insert("content/gŵyl: 1.md", "\u{feff}+++\r\nŵŵ = tiem\r\n");
    world.insert("content/b.md", "time = 1\n");
    let full = Diagnostic::new(&codes::UNKNOWN_KEY, "an event has no key `tiem`")
        .at(&"content/gŵyl: 1.md".into(), Span::new(15, 19))
        .label("not a key")
        .other(&"content/b.md".into(), Span::new(0, 4), "here it is right")
        .help("did you mean `time`?\n100% sure, or: not");
    let file = Diagnostic::new(&codes::SKIPPED_ENTRY, "a link was passed over").in_file(&"content/x,y.md".into());
    let mut note = Diagnostic::new(&codes::EMPTY_FILE, "nothing here");
    note.severity = Severity::Note;
    (vec![full, file, note], world)
}

#[test]
fn json_says_everything_with_the_same_fields_every_time() {
    let (diagnostics, world) = sample();
    assert_snapshot!(json::render(&diagnostics, &from_world(&world)), @r#"
    {
      "version": 1,
      "errors": 1,
      "warnings": 1,
      "diagnostics": [
        {
          "code": "HB0101",
          "name": "unknown-key",
          "severity": "error",
          "message": "an event has no key `tiem`",
          "file": "content/gŵyl: 1.md",
          "line": 2,
          "column": 6,
          "end_line": 2,
          "end_column": 10,
          "label": "not a key",
          "help": "did you mean `time`?\n100% sure, or: not",
          "others": [
            {
              "message": "here it is right",
              "file": "content/b.md",
              "line": 1,
              "column": 1,
              "end_line": 1,
              "end_column": 5
            }
          ]
        },
        {
          "code": "HB0110",
          "name": "skipped-entry",
          "severity": "warning",
          "message": "a link was passed over",
          "file": "content/x,y.md",
          "line": null,
          "column": null,
          "end_line": null,
          "end_column": null,
          "label": null,
          "help": null,
          "others": []
        },
        {
          "code": "HB0109",
          "name": "empty-file",
          "severity": "note",
          "message": "nothing here",
          "file": null,
          "line": null,
          "column": null,
          "end_line": null,
          "end_column": null,
          "label": null,
          "help": null,
          "others": []
        }
      ]
    }
    "#);
}

#[test]
fn json_of_nothing_is_a_document_too() {
    let document: Value = serde_json::from_str(&json::render(&[], &|_| None)).unwrap();
    assert_eq!(document, serde_json::json!({ "version": 1, "errors": 0, "warnings": 0, "diagnostics": [] }));
    assert_eq!(json::value(&[], &|_| None), serde_json::json!([]));
}

#[test]
fn a_place_in_a_file_that_cannot_be_read_has_no_line() {
    let (diagnostics, _) = sample();
    let list = json::value(&diagnostics, &|_| None);
    assert_eq!(list[0]["file"], "content/gŵyl: 1.md");
    assert_eq!(list[0]["line"], Value::Null);
    assert!(github::render(&diagnostics, &|_| None).starts_with("::error file=content/gŵyl%3A 1.md,title="));
}

#[test]
fn github_commands_are_one_line_each_and_escaped() {
    let (diagnostics, world) = sample();
    assert_snapshot!(github::render(&diagnostics, &from_world(&world)), @r#"
    ::error file=content/gŵyl%3A 1.md,line=2,col=6,endLine=2,endColumn=10,title=HB0101 unknown-key::an event has no key `tiem`%0Anot a key%0Adid you mean `time`?%0A100%25 sure, or: not
    ::warning file=content/x%2Cy.md,title=HB0110 skipped-entry::a link was passed over
    ::notice title=HB0109 empty-file::nothing here
    "#);
}

#[test]
fn sarif_has_the_structure_that_the_standard_asks_for() {
    let (diagnostics, world) = sample();
    let log: Value = serde_json::from_str(&sarif::render(&diagnostics, &from_world(&world))).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), codes::ALL.len());
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 3);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
    }
    assert_eq!(rules[0]["name"], "UnknownKey");
    assert_eq!(results[2].get("locations"), None);
    assert_eq!(results[1]["locations"][0]["physicalLocation"].get("region"), None);
    assert_snapshot!(serde_json::to_string_pretty(&results[0]).unwrap(), @r#"
    {
      "ruleId": "HB0101",
      "ruleIndex": 0,
      "level": "error",
      "message": {
        "text": "an event has no key `tiem`\ndid you mean `time`?\n100% sure, or: not"
      },
      "locations": [
        {
          "physicalLocation": {
            "artifactLocation": {
              "uri": "content/g%C5%B5yl%3A%201.md",
              "uriBaseId": "SITE"
            },
            "region": {
              "startLine": 2,
              "startColumn": 6,
              "endLine": 2,
              "endColumn": 10,
              "message": {
                "text": "not a key"
              }
            }
          }
        }
      ],
      "relatedLocations": [
        {
          "physicalLocation": {
            "artifactLocation": {
              "uri": "content/b.md",
              "uriBaseId": "SITE"
            },
            "region": {
              "startLine": 1,
              "startColumn": 1,
              "endLine": 1,
              "endColumn": 5
            }
          },
          "id": 0,
          "message": {
            "text": "here it is right"
          }
        }
      ]
    }
    "#);
}
