//! Language tags (BCP 47).

use super::languages;
use icu_locale_core::extensions::unicode::{Value, key};

/// A language with its script and region, as a site's configuration names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale {
    inner: icu_locale_core::Locale,
    tag: String,
}

/// A tag that names no language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{tag}` is no language tag")]
pub struct LocaleError {
    pub tag: String,
    /// The tag that was probably meant, such as `en-GB` for `en_GB`.
    pub suggestion: Option<String>,
}

/// Which way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

const RIGHT_TO_LEFT_SCRIPTS: [&str; 10] =
    ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Syrc", "Thaa"];

/// Languages that are written from right to left unless a tag names another script.
const RIGHT_TO_LEFT_LANGUAGES: [&str; 24] = [
    "ar", "arc", "arz", "azb", "bal", "ckb", "dv", "fa", "glk", "he", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd",
    "sdh", "skr", "syr", "ug", "ur", "yi", "zdj",
];

/// The numbering systems (CLDR) that numbers and dates can be written in: those with a digit for each of 0 to 9. Sorted.
pub const NUMERALS: &[&str] = &[
    "adlm", "arab", "arabext", "beng", "cakm", "cham", "deva", "fullwide", "gujr", "guru", "hanidec", "java", "khmr",
    "knda", "laoo", "latn", "mlym", "mong", "mtei", "mymr", "nkoo", "olck", "orya", "tamldec", "telu", "thai", "tibt",
    "vaii",
];

impl Default for Locale {
    /// No language in particular.
    fn default() -> Self {
        Self { inner: icu_locale_core::Locale::UNKNOWN, tag: "und".to_owned() }
    }
}

impl Locale {
    /// Reads a tag such as `cy`, `en-GB` or `sr-Latn`; upper and lower case count alike.
    pub fn parse(tag: &str) -> Result<Self, LocaleError> {
        let read = |text: &str| {
            let inner = icu_locale_core::Locale::try_from_str(text).ok()?;
            (!inner.id.language.is_unknown() && !text.contains('_')).then_some(inner)
        };
        match read(tag) {
            Some(inner) => Ok(Self { tag: inner.to_string(), inner }),
            None => {
                let suggestion = read(&tag.trim().replace('_', "-")).map(|inner| inner.to_string());
                Err(LocaleError { tag: tag.to_owned(), suggestion })
            }
        }
    }

    /// The language with the digits of a numbering system; none for one that is not known.
    pub fn with_numerals(mut self, system: &str) -> Option<Self> {
        let value = NUMERALS.contains(&system).then(|| Value::try_from_str(system).ok())??;
        self.inner.extensions.unicode.keywords.set(key!("nu"), value);
        Some(self)
    }

    /// The tag in its canonical form, for `lang` and `hreflang`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The language alone, such as `en`.
    pub fn language(&self) -> &str {
        self.inner.id.language.as_str()
    }

    pub fn direction(&self) -> Direction {
        let right_to_left = match &self.inner.id.script {
            Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script.as_str()),
            None => RIGHT_TO_LEFT_LANGUAGES.contains(&self.language()),
        };
        if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight }
    }

    /// The language's name for itself, for a language switcher; the tag where it is not known.
    pub fn native_name(&self) -> &str {
        let script = self.inner.id.script.as_ref().map(|script| script.as_str());
        languages::find(self.language(), script).map_or(&self.tag, |language| language.native_name)
    }

    /// The form of Open Graph's `og:locale`, such as `en_GB`: with the language's main region where the tag has none.
    pub fn og_locale(&self) -> String {
        let script = self.inner.id.script.as_ref().map(|script| script.as_str());
        let own = self.inner.id.region.as_ref().map(|region| region.as_str());
        match own.or_else(|| languages::find(self.language(), script).map(|language| language.region)) {
            Some(region) => format!("{}_{region}", self.language()),
            None => self.language().to_owned(),
        }
    }

    pub(super) fn inner(&self) -> &icu_locale_core::Locale {
        &self.inner
    }
}
