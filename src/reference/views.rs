//! What templates see.

use super::Page;
use super::text::{Head, code, documentation, table};
use crate::theme::view::VIEWS;
use std::fmt::Write;

pub fn page() -> Page {
    let mut body = "Every template has `site`, `page`, `lang` (the page's language) and `direction` (`ltr` or `rtl`). \
                    List templates have `list` besides. A time is text in the form of RFC 3339; write it with the filter \
                    [`date`](filters.md#date). HTML is safe to put in as it is.\n"
        .to_owned();
    for (name, meaning, fields) in VIEWS {
        let rows: Vec<[String; 2]> = fields
            .iter()
            .map(|field| {
                let (meaning, shape) = (documentation(field.meaning), documentation(field.shape));
                [code(field.name), format!("{meaning}<br><small>{shape}</small>")]
            })
            .collect();
        let _ = write!(
            body,
            "\n## {} {{#{}}}\n\n{}\n\n{}",
            code(name),
            name.replace(' ', "-"),
            documentation(meaning),
            table(["Field", "Meaning"], &rows)
        );
    }
    let head = Head {
        title: "What templates see",
        summary: "The fields of the site, the page, lists and every kind.",
        weight: 6,
        section: false,
    };
    Page { path: "views.md".to_owned(), text: head.page(&body) }
}
