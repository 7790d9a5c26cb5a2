//! Slugs: the parts of addresses made from titles.

use super::letters::{Beside, cyrillic, greek};
use unicode_normalization::UnicodeNormalization;

/// The letters that slugs are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alphabet {
    /// a to z and digits: what is written otherwise is transliterated.
    #[default]
    Ascii,
    /// The letters and digits of every script, small where there are capital ones.
    Unicode,
}

/// The slug of a text in the letters of an alphabet.
pub fn slug_in(text: &str, language: &str, alphabet: Alphabet) -> String {
    match alphabet {
        Alphabet::Ascii => slug(text, language),
        Alphabet::Unicode => unicode_slug(text, language),
    }
}

/// Lower-case ASCII letters and digits of a text with single hyphens between its words, by the customs of its language
/// (a BCP 47 tag; only the language itself counts). Empty only for a text without letters and digits.
pub fn slug(text: &str, language: &str) -> String {
    let language = plain(language);
    let mut slug = String::with_capacity(text.len());
    let mut first_unknown = None;
    let mut before = None;
    // Composed first, so that "a" with a separate diaeresis follows the same custom as "ä".
    let mut letters = text.nfc().peekable();
    while let Some(c) = letters.next() {
        let last = before.replace(c);
        if c.is_ascii() {
            push(&mut slug, c);
            continue;
        }
        if ('\u{370}'..'\u{530}').contains(&c) {
            let small = |c: char| c.to_lowercase().next().unwrap_or(c);
            let at = Beside { before: last.map(small), letter: small(c), after: letters.peek().copied().map(small) };
            if let Some(found) = cyrillic(&language, at) {
                slug.push_str(found);
                continue;
            }
            let mut ahead = letters.clone();
            ahead.next();
            if let Some((found, whole)) = greek(at, ahead.next().map(small)) {
                slug.push_str(found);
                if whole {
                    before = letters.next();
                }
                continue;
            }
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

/// Small letters, digits and the signs upon letters of a text, in its own script, with single hyphens between its words.
/// Empty only for a text without letters and digits.
fn unicode_slug(text: &str, language: &str) -> String {
    let language = plain(language);
    let turkic = matches!(language.as_str(), "tr" | "az");
    let mut slug = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            'I' if turkic => slug.push('ı'),
            'İ' => slug.push('i'),
            '\'' | '’' | '‘' | 'ʼ' | 'ʻ' => {}
            c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            // Vowel signs and accents belong to their letters; a joiner shapes them.
            c if is_mark(c) && !slug.is_empty() => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug.nfc().collect()
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

fn plain(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
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
        ("de" | "lb", 'ä' | 'Ä') => "ae",
        ("de" | "lb", 'ö' | 'Ö') => "oe",
        ("de" | "lb", 'ü' | 'Ü') => "ue",
        (_, 'ß' | 'ẞ') => "ss",
        ("da" | "nb" | "nn" | "no", 'å' | 'Å') => "aa",
        ("da" | "nb" | "nn" | "no" | "fo", 'ø' | 'Ø') => "oe",
        ("sv" | "fi", 'å' | 'Å' | 'ä' | 'Ä') => "a",
        ("sv" | "fi", 'ö' | 'Ö') => "o",
        ("sr", 'đ' | 'Đ') => "dj",
        ("ca", '·') => "",
        (_, 'ə' | 'Ə') => "e",
        (_, 'ı' | 'İ') => "i",
        _ => return None,
    };
    Some(letters)
}
