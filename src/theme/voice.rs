//! One language in which something can be said as a whole: its words, with the names and plural forms that go with
//! them. A sentence made of several words must not mix languages, as single words may.

use super::engine::{LanguageTools, Shared};
use super::strings::{self, Strings};
use crate::site::LanguageId;
use std::borrow::Cow;

/// The words of one language and what they need.
#[derive(Debug, Clone)]
pub struct Voice<'s> {
    /// Those of its region first.
    words: Vec<&'s Strings>,
    pub tools: &'s LanguageTools,
}

impl Voice<'_> {
    /// The words of a key as they are written, in the plural form that goes with a number.
    pub fn words(&self, key: &str, count: Option<u32>) -> Option<&str> {
        self.words.iter().find_map(|words| words.get(key, count.map(i64::from), &self.tools.numbers))
    }

    /// The words of a key, its placeholders filled; `{count}` with the number.
    pub fn say(&self, key: &str, count: Option<u32>, values: &[(&str, &str)]) -> Option<String> {
        let number = count.map(|count| self.tools.numbers.format(count.into()));
        let value = |name: &str| match (name, &number) {
            ("count", Some(number)) => Some(Cow::Borrowed(number.as_str())),
            _ => values.iter().find(|(known, _)| *known == name).map(|(_, value)| Cow::Borrowed(*value)),
        };
        Some(strings::fill(self.words(key, count)?, value))
    }

    /// One of the entries of a key that lists them with `|` between.
    pub fn entry(&self, key: &str, count: usize, at: usize) -> Option<&str> {
        let entries: Vec<&str> = self.words(key, None)?.split('|').map(str::trim).collect();
        entries.get(at).copied().filter(|entry| entries.len() == count && !entry.is_empty())
    }

    /// A list as the key's sample shows it: `{a}, {b} and {c}`.
    pub fn list(&self, key: &str, items: &[String]) -> Option<String> {
        let sample = self.words(key, None)?;
        let (_, rest) = sample.split_once("{a}")?;
        let (between, rest) = rest.split_once("{b}")?;
        let (before_last, _) = rest.split_once("{c}")?;
        let (last, others) = items.split_last()?;
        if others.is_empty() {
            return Some(last.clone());
        }
        Some(format!("{}{before_last}{last}", others.join(between)))
    }
}

impl Shared {
    /// The languages whose words serve a language, nearest first: itself, the site's default, English.
    pub fn voices(&self, language: LanguageId) -> Vec<Voice<'_>> {
        let mut voices: Vec<(&str, Voice<'_>)> = Vec::new();
        for code in self.tools(language).chain() {
            let plain = code.split('-').next().unwrap_or(code);
            let Some(words) = self.theme.strings.get(code) else { continue };
            match voices.iter_mut().find(|(known, _)| *known == plain) {
                Some((_, voice)) => voice.words.push(words),
                None => voices.push((plain, Voice { words: vec![words], tools: self.tools_of(plain, language) })),
            }
        }
        voices.into_iter().map(|(_, voice)| voice).collect()
    }
}
