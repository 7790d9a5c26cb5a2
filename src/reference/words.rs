//! The words of the default theme.

use super::Page;
use super::text::{Head, code, plain, table};
use crate::locale::Locale;
use crate::theme::Theme;

pub fn page(theme: &Theme) -> Page {
    let mut rows = Vec::new();
    if let (Some(words), Ok(locale)) = (theme.strings.get("en"), Locale::parse("en")) {
        let numbers = crate::locale::Numbers::new(&locale);
        for key in words.keys() {
            let say = |count| words.get(key, Some(count), &numbers).unwrap_or_default();
            let (one, many) = (say(1), say(5));
            let shown = if one == many { plain(one) } else { format!("{}<br>{}", plain(one), plain(many)) };
            rows.push([code(key), shown]);
        }
    }
    let body = format!(
        "The words of the default theme in English. A site says any of them differently in `i18n/en.toml`, and in \
         another language in that language's file: see [words and languages](../theming/words.md). Two lines are the \
         forms for one and for more. What stands in braces is filled in.\n\n{}",
        table(["Key", "English"], &rows)
    );
    let head = Head {
        title: "Words of the default theme",
        summary: "The keys that `trans` takes, with what they say in English.",
        weight: 9,
        section: false,
    };
    Page { path: "words.md".to_owned(), text: head.page(&body) }
}
