//! From a heading's text to an id.

use crate::locale::{self, Alphabet};

/// Longer ids help nobody; they are cut between words. In bytes.
const LONGEST: usize = 80;

/// The id of a heading: its text as a slug of its language, cut where it is long; `section` when nothing is left.
pub fn slug(text: &str, language: &str, alphabet: Alphabet) -> String {
    let mut slug = locale::slug_in(text, language, alphabet);
    if slug.len() > LONGEST {
        let longest = slug.floor_char_boundary(LONGEST);
        let cut = slug[..longest].rfind('-').unwrap_or(longest);
        slug.truncate(cut);
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}
