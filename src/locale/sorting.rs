//! Order in lists from A to Z.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A key by which names sort as readers expect, whatever their case, accents and punctuation, and numbers by their
/// value. Names of equal keys need a second key.
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut digits = String::new();
    // Latin accents decompose to a letter and marks in one block; marks of other scripts are vowels and stay.
    let letters = text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    for c in letters.flat_map(char::to_lowercase) {
        if let Some(digit) = c.to_digit(10) {
            digits.extend(char::from_digit(digit, 10));
            continue;
        }
        push_number(&mut key, &mut digits);
        match c {
            'ø' => key.push('o'),
            'ł' => key.push('l'),
            'đ' | 'ð' => key.push('d'),
            'ħ' => key.push('h'),
            'ŧ' => key.push('t'),
            'ı' => key.push('i'),
            'æ' => key.push_str("ae"),
            'œ' => key.push_str("oe"),
            'ß' => key.push_str("ss"),
            'þ' => key.push_str("th"),
            '\'' | '’' | '‘' | 'ʻ' => {}
            c if c.is_alphanumeric() || is_combining_mark(c) => key.push(c),
            _ if key.is_empty() || key.ends_with(' ') => {}
            _ => key.push(' '),
        }
    }
    push_number(&mut key, &mut digits);
    key.truncate(key.trim_end().len());
    key
}

/// Longer numbers are greater ones: the count of digits goes first.
fn push_number(key: &mut String, digits: &mut String) {
    if digits.is_empty() {
        return;
    }
    let significant = digits.trim_start_matches('0');
    let length = u32::try_from(significant.len()).unwrap_or(u32::MAX).min(0x3f);
    key.push('0');
    key.extend(char::from_u32(0x30 + length));
    key.push_str(significant);
    digits.clear();
}
