//! The examples of the CommonMark specification. Their data and licence are in `tests/data/commonmark`.

use super::{html, read};
use crate::markdown::Options;
use std::collections::BTreeSet;

const EXAMPLES: &str = include_str!("../../../tests/data/commonmark/spec-0.31.2.json");

#[derive(serde::Deserialize)]
struct Example {
    example: u32,
    section: String,
    markdown: String,
    html: String,
}

/// Examples that come out otherwise than the specification has them, each with the reason.
const DEVIATIONS: &[(u32, &str)] = &[];

#[test]
fn the_examples_of_the_specification_come_out_as_it_has_them() {
    let examples: Vec<Example> = serde_json::from_str(EXAMPLES).expect("the examples are JSON");
    assert_eq!(examples.len(), 652);
    let deviating: BTreeSet<u32> = DEVIATIONS.iter().map(|(example, _)| *example).collect();
    let mut report = String::new();
    for example in &examples {
        let (body, _) = read(&example.markdown, &Options::commonmark());
        let rendered = html(&body);
        // `"` needs no escape in text; the specification has one.
        let passes = rendered == example.html.replace("&quot;", "\"") || rendered == example.html;
        if passes == deviating.contains(&example.example) {
            report.push_str(&format!(
                "example {} ({}), passes: {passes}\n{:?}\nexpected {:?}\nrendered {rendered:?}\n\n",
                example.example, example.section, example.markdown, example.html
            ));
        }
    }
    assert!(report.is_empty(), "{report}");
}
