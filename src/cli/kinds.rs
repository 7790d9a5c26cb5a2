//! How a kind is written on the command line: by its word or by its folder.

use crate::content::Kind;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// The kinds that can be asked for, in the order in which they are listed.
pub fn all() -> impl Iterator<Item = Kind> {
    Kind::AUTHORED.iter().copied().chain([Kind::Section])
}

/// Its place in the order in which kinds are listed.
pub fn rank(kind: Kind) -> usize {
    all().position(|other| other == kind).unwrap_or(usize::MAX)
}

/// Reads a kind; clap says which there are and which was probably meant.
pub fn parser() -> impl TypedValueParser<Value = Kind> {
    let value = |kind: Kind| {
        let meaning = kind.meaning().trim_end_matches('.').to_owned();
        // An alias that is the word itself would be told apart from it.
        let folder = kind.folder().filter(|folder| *folder != kind.word());
        PossibleValue::new(kind.word()).aliases(folder).help(meaning)
    };
    PossibleValuesParser::new(all().map(value)).map(|word| of_word(&word).unwrap_or(Kind::Page))
}

fn of_word(word: &str) -> Option<Kind> {
    Kind::from_word(word).or_else(|| all().find(|kind| kind.folder() == Some(word)))
}
