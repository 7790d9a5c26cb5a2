//! From a heading's text to an id.

use crate::locale;

/// Longer ids help nobody; they are cut between words. In bytes.
const LONGEST: usize = 80;

/// The id of a heading: its text as a slug of its language, cut where it is long; `section` when nothing is left.
pub fn slug(text: &str, language: &str) -> String {
    let mut slug = locale::slug(text, language);
    if slug.len() > LONGEST {
        let cut = slug[..LONGEST].rfind('-').unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}
