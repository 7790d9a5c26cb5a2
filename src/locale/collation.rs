//! Order in long lists of names, as each language has it: the collation of the Unicode CLDR.

use super::Locale;
use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use std::cmp::Ordering;

/// The order of one language.
#[derive(Debug)]
pub struct Collation {
    whole: Option<CollatorBorrowed<'static>>,
    /// Letters alone: without accents that make no letter of its own, and capitals.
    letters: Option<CollatorBorrowed<'static>>,
    family_first: bool,
}

/// Languages whose speakers write the family name first, or sort by the first name.
const FAMILY_FIRST: &[&str] = &["hu", "is", "ja", "km", "ko", "vi", "zh", "mn", "ta"];

/// What follows a family name and is no part of it.
const AFTER_NAMES: &[&str] = &["jr", "sr", "jnr", "snr", "junior", "senior", "ii", "iii", "iv"];

/// Sorts above every letter.
const LAST: char = '\u{ffff}';

impl Collation {
    pub fn new(locale: &Locale) -> Self {
        let collator = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            // Hyphens and apostrophes in names make no difference but between names that are alike.
            options.alternate_handling = Some(AlternateHandling::Shifted);
            let mut preferences = CollatorPreferences::from(locale.inner());
            preferences.numeric_ordering = Some(CollationNumericOrdering::True);
            Collator::try_new(preferences, options).ok()
        };
        Self {
            whole: collator(Strength::Quaternary),
            letters: collator(Strength::Primary),
            family_first: FAMILY_FIRST.contains(&locale.language()),
        }
    }

    /// A key by whose bytes texts stand in order. Equal keys need a second one.
    pub fn key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        match &self.whole {
            Some(collator) => {
                let Ok(()) = collator.write_sort_key_to(text, &mut key);
            }
            None => key.extend(super::sort_key(text).bytes()),
        }
        key
    }

    /// The part of a person's name by which it is sorted: mostly the family name.
    pub fn sorted_part<'n>(&self, name: &'n str) -> &'n str {
        let name = name.trim();
        // Either honours follow the comma, or the family name stood before it.
        let before = name.split_once(',').map_or(name, |(before, _)| before.trim());
        if self.family_first || (before.len() < name.len() && !before.contains(' ')) {
            return name;
        }
        let is_after = |word: &&str| AFTER_NAMES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
        before.split_whitespace().rfind(|word| !is_after(word)).unwrap_or(before)
    }

    /// The letter of the alphabet that a text begins with, as the language counts them: "Ll" in Welsh. `#` for what is no
    /// letter.
    pub fn initial(&self, text: &str) -> String {
        let mut letters = text.chars().skip_while(|c| !c.is_alphanumeric());
        let Some(first) = letters.next().filter(|c| c.is_alphabetic()) else { return "#".to_owned() };
        let Some(collator) = &self.letters else { return first.to_uppercase().collect() };
        if let Some(second) = letters.next().filter(char::is_ascii_lowercase) {
            let pair: String = [first.to_lowercase().next().unwrap_or(first), second].iter().collect();
            let alone: String = pair.chars().take(1).collect();
            let is_letter = collator.compare(&pair, &format!("{alone}{LAST}")) == Ordering::Greater
                || collator.compare(&pair, &alone) == Ordering::Less;
            if is_letter && first.is_ascii() {
                return first.to_uppercase().chain([second]).collect();
            }
        }
        let plain: Option<char> = unicode_normalization::UnicodeNormalization::nfd(std::iter::once(first)).next();
        let plain = plain.filter(|plain| collator.compare(&plain.to_string(), &first.to_string()) == Ordering::Equal);
        plain.unwrap_or(first).to_uppercase().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(tag: &str, names: &[&str]) -> Vec<String> {
        let collation = Collation::new(&Locale::parse(tag).unwrap());
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        names.sort_by_cached_key(|name| (collation.key(collation.sorted_part(name)), collation.key(name)));
        names
    }

    #[test]
    fn names_stand_as_each_language_sorts_them() {
        let cases: [(&str, &[&str]); 7] = [
            ("de", &["Anna Öfner", "Bert Ofner", "Cem Olms", "Dora Zöll"]),
            ("sv", &["Anna Olsson", "Bo Zetterlund", "Cia Åberg", "Dan Öberg"]),
            ("cy", &["Ann Lewis", "Bob Lynn", "Cai Llewelyn", "Dee Morgan"]),
            ("es", &["Ana Nuñez", "Bea Nuz", "Cid Ñandú"]),
            ("en", &["Pat O'Brien", "Jo Oakley", "Al de Souza"]),
            ("en", &["Martin King Jr.", "Ann Lee, MBE", "Moss, Declan"]),
            ("hu", &["Kovács Béla", "Nagy Anna"]),
        ];
        let expected: [&[&str]; 7] = [
            &["Anna Öfner", "Bert Ofner", "Cem Olms", "Dora Zöll"],
            &["Anna Olsson", "Bo Zetterlund", "Cia Åberg", "Dan Öberg"],
            &["Ann Lewis", "Bob Lynn", "Cai Llewelyn", "Dee Morgan"],
            &["Ana Nuñez", "Bea Nuz", "Cid Ñandú"],
            &["Jo Oakley", "Pat O'Brien", "Al de Souza"],
            &["Martin King Jr.", "Ann Lee, MBE", "Moss, Declan"],
            &["Kovács Béla", "Nagy Anna"],
        ];
        for ((tag, names), expected) in cases.into_iter().zip(expected) {
            let mut backwards = names.to_vec();
            backwards.reverse();
            let found = sorted(tag, &backwards);
            if tag == "de" {
                // Ö and o are one letter: the accent decides between names that are else alike.
                assert_eq!(found, ["Bert Ofner", "Anna Öfner", "Cem Olms", "Dora Zöll"]);
            } else {
                assert_eq!(found, expected, "{tag}");
            }
        }
    }

    #[test]
    fn names_stand_under_the_letters_of_their_alphabet() {
        let cases = [
            ("en", "Öberg", "O"),
            ("sv", "Öberg", "Ö"),
            ("cy", "Llewelyn", "Ll"),
            ("cy", "Lewis", "L"),
            ("cy", "Thomas", "Th"),
            ("en", "Llewelyn", "L"),
            ("cs", "Chalupa", "Ch"),
            ("el", "Αγγελος", "Α"),
            ("en", "3rd Scouts", "#"),
            ("en", "", "#"),
            ("en", "'t Hooft", "T"),
            ("pl", "Łoś", "Ł"),
        ];
        for (tag, name, letter) in cases {
            let collation = Collation::new(&Locale::parse(tag).unwrap());
            assert_eq!(collation.initial(name), letter, "{tag} {name}");
        }
    }
}
