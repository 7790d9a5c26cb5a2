//! Plural categories and numbers with a language's digits and separators.

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_plurals::{PluralCategory, PluralRules};

use super::tag::Locale;

/// A CLDR plural category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Plural {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Plural {
    pub const ALL: [Self; 6] = [Self::Zero, Self::One, Self::Two, Self::Few, Self::Many, Self::Other];

    /// CLDR's key, such as `few`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }
}

impl From<PluralCategory> for Plural {
    fn from(category: PluralCategory) -> Self {
        match category {
            PluralCategory::Zero => Self::Zero,
            PluralCategory::One => Self::One,
            PluralCategory::Two => Self::Two,
            PluralCategory::Few => Self::Few,
            PluralCategory::Many => Self::Many,
            PluralCategory::Other => Self::Other,
        }
    }
}

/// Numbers in one language. Make one for each language of a site and share it.
#[derive(Debug)]
pub struct Numbers {
    /// None where CLDR has no data at all, which its root prevents.
    cardinal: Option<PluralRules>,
    ordinal: Option<PluralRules>,
    decimal: Option<DecimalFormatter>,
}

impl Numbers {
    pub fn new(locale: &Locale) -> Self {
        let inner = locale.inner();
        Self {
            cardinal: PluralRules::try_new_cardinal(inner.into()).ok(),
            ordinal: PluralRules::try_new_ordinal(inner.into()).ok(),
            decimal: DecimalFormatter::try_new(inner.into(), Default::default()).ok(),
        }
    }

    /// The category for so many things: "1 event", "2 events".
    pub fn plural(&self, count: u64) -> Plural {
        self.cardinal.as_ref().map_or(Plural::Other, |rules| rules.category_for(count).into())
    }

    /// Every category that numbers of things can have.
    pub fn categories(&self) -> Vec<Plural> {
        let mut found: Vec<Plural> =
            self.cardinal.iter().flat_map(|rules| rules.categories().map(Plural::from)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The categories that whole numbers up to 200 have, each with the first few of its numbers. A form for millions
    /// alone is none that a site would miss.
    pub fn everyday_categories(&self) -> Vec<(Plural, Vec<u64>)> {
        let mut found: Vec<(Plural, Vec<u64>)> = Vec::new();
        for number in 0..=200 {
            let category = self.plural(number);
            match found.iter_mut().find(|(known, _)| *known == category) {
                Some((_, numbers)) if numbers.len() < 4 => numbers.push(number),
                Some(_) => {}
                None => found.push((category, vec![number])),
            }
        }
        found.sort_unstable();
        found
    }

    /// The category for a rank: "1st", "2nd".
    pub fn ordinal(&self, rank: u64) -> Plural {
        self.ordinal.as_ref().map_or(Plural::Other, |rules| rules.category_for(rank).into())
    }

    /// The number with the language's digits and grouping: `12,000`, `12.000`, `12 000`.
    pub fn format(&self, number: i64) -> String {
        match &self.decimal {
            Some(formatter) => formatter.format(&Decimal::from(number)).to_string(),
            None => number.to_string(),
        }
    }

    /// A number of tenths, with one digit after the language's separator where that is not zero: `1.2`, `1,2`, `3`.
    pub fn format_tenths(&self, tenths: i64) -> String {
        if tenths % 10 == 0 {
            return self.format(tenths / 10);
        }
        let mut number = Decimal::from(tenths);
        number.multiply_pow10(-1);
        match &self.decimal {
            Some(formatter) => formatter.format(&number).to_string(),
            None => number.to_string(),
        }
    }
}
