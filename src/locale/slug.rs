//! Slugs: the parts of addresses made from titles.

use unicode_normalization::UnicodeNormalization;

/// Lower-case ASCII letters and digits of a text with single hyphens between its words, by the customs of its language
/// (a BCP 47 tag; only the language itself counts). Empty only for a text without letters and digits.
pub fn slug(text: &str, language: &str) -> String {
    let language = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let mut slug = String::with_capacity(text.len());
    let mut first_unknown = None;
    // Composed first, so that "a" with a separate diaeresis follows the same custom as "ä".
    for c in text.nfc() {
        if c.is_ascii() {
            push(&mut slug, c);
            continue;
        }
        match custom(&language, c) {
            Some(letters) => slug.push_str(letters),
            None if matches!(c, '’' | '‘' | 'ʼ' | 'ʻ') => {}
            None => match deunicode::deunicode_char(c) {
                Some(letters) => letters.chars().for_each(|c| push(&mut slug, c)),
                None if c.is_alphanumeric() => first_unknown = first_unknown.or(Some(c)),
                None => push(&mut slug, '-'),
            },
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    match first_unknown {
        // Letters that have no Latin form: their number keeps the address unlike others.
        Some(unknown) if slug.is_empty() => format!("u{:x}", u32::from(unknown)),
        _ => slug,
    }
}

fn push(slug: &mut String, c: char) {
    match c {
        c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
        '\'' => {}
        _ if slug.is_empty() || slug.ends_with('-') => {}
        _ => slug.push('-'),
    }
}

/// Where a language writes a letter in ASCII unlike others do.
fn custom(language: &str, c: char) -> Option<&'static str> {
    let letters = match (language, c) {
        ("de", 'ä' | 'Ä') => "ae",
        ("de", 'ö' | 'Ö') => "oe",
        ("de", 'ü' | 'Ü') => "ue",
        (_, 'ß' | 'ẞ') => "ss",
        ("da" | "nb" | "nn" | "no", 'å' | 'Å') => "aa",
        ("da" | "nb" | "nn" | "no", 'ø' | 'Ø') => "oe",
        ("sv" | "fi", 'å' | 'Å' | 'ä' | 'Ä') => "a",
        ("sv" | "fi", 'ö' | 'Ö') => "o",
        (_, 'ı' | 'İ') => "i",
        _ => return None,
    };
    Some(letters)
}
