//! Quotation marks as a language writes them.
//!
//! The parser finds the straight marks that are text (not code, not escaped); which curly mark each becomes is decided
//! here, from the characters on its two sides.

/// The marks of a language: for `"…"`, and for `'…'`.
#[derive(Debug, PartialEq, Eq)]
struct Marks {
    double: [&'static str; 2],
    single: [&'static str; 2],
}

const ENGLISH: Marks = Marks { double: ["“", "”"], single: ["‘", "’"] };
const GERMAN: Marks = Marks { double: ["„", "“"], single: ["‚", "‘"] };
const SWISS: Marks = Marks { double: ["«", "»"], single: ["‹", "›"] };
const FRENCH: Marks = Marks { double: ["«\u{202f}", "\u{202f}»"], single: ["“", "”"] };
const LATIN: Marks = Marks { double: ["«", "»"], single: ["“", "”"] };
const SLAVIC: Marks = Marks { double: ["«", "»"], single: ["„", "“"] };
const POLISH: Marks = Marks { double: ["„", "”"], single: ["«", "»"] };
const HUNGARIAN: Marks = Marks { double: ["„", "”"], single: ["»", "«"] };
const CROATIAN: Marks = Marks { double: ["„", "”"], single: ["‚", "’"] };
const SWEDISH: Marks = Marks { double: ["”", "”"], single: ["’", "’"] };
const NORWEGIAN: Marks = Marks { double: ["«", "»"], single: ["‘", "’"] };
const ARABIC: Marks = Marks { double: ["”", "“"], single: ["’", "‘"] };
const PERSIAN: Marks = Marks { double: ["«", "»"], single: ["‹", "›"] };
const JAPANESE: Marks = Marks { double: ["「", "」"], single: ["『", "』"] };

/// After the Unicode CLDR's `delimiters`, with the everyday choice where the CLDR has none.
fn marks(language: &str) -> &'static Marks {
    match language {
        "de-CH" | "de-LI" | "fr-CH" | "it-CH" | "rm" => return &SWISS,
        "pt-PT" => return &LATIN,
        "zh-TW" | "zh-HK" | "zh-MO" | "zh-Hant" => return &JAPANESE,
        _ => {}
    }
    match language.split('-').next().unwrap_or_default() {
        "de" | "bg" | "cs" | "et" | "is" | "ka" | "lb" | "lt" | "mk" | "sk" | "sl" => &GERMAN,
        "fr" | "br" => &FRENCH,
        "ca" | "el" | "es" | "eu" | "gl" | "hy" | "it" | "lv" | "oc" | "sq" => &LATIN,
        "be" | "ru" | "uk" => &SLAVIC,
        "pl" | "ro" => &POLISH,
        "hu" => &HUNGARIAN,
        "bs" | "hr" | "sr" => &CROATIAN,
        "fi" | "sv" => &SWEDISH,
        "da" | "nb" | "nn" | "no" => &NORWEGIAN,
        "ar" | "he" => &ARABIC,
        "fa" => &PERSIAN,
        "ja" => &JAPANESE,
        _ => &ENGLISH,
    }
}

/// Which marks are open in the block that is being read.
#[derive(Debug)]
pub(super) struct Quotes {
    marks: &'static Marks,
    double_open: bool,
    single_open: bool,
}

impl Quotes {
    pub fn new(language: &str) -> Self {
        Self { marks: marks(language), double_open: false, single_open: false }
    }

    /// A new block: what was left open stays so no longer.
    pub fn reset(&mut self) {
        self.double_open = false;
        self.single_open = false;
    }

    /// The mark for the straight one at byte `at` of `source`.
    pub fn mark(&mut self, source: &str, at: usize) -> &'static str {
        let double = source.as_bytes().get(at) == Some(&b'"');
        let before = source.get(..at).unwrap_or_default();
        let after = source.get(at + 1..).unwrap_or_default();
        // Emphasis marks beside a quotation mark are no text.
        let previous = before.trim_end_matches(['*', '_', '~']).chars().next_back();
        let next = after.trim_start_matches(['*', '_', '~']).chars().next();
        if double { self.double(previous, next) } else { self.single(previous, next, after) }
    }

    fn double(&mut self, previous: Option<char>, next: Option<char>) -> &'static str {
        let opens = begins_word(previous) && next.is_some_and(|c| !c.is_whitespace());
        if self.double_open && (!opens || next.is_none()) {
            self.double_open = false;
            self.marks.double[1]
        } else if opens {
            self.double_open = true;
            self.marks.double[0]
        } else {
            // Inches, or a mark that belongs to nothing.
            "\""
        }
    }

    fn single(&mut self, previous: Option<char>, next: Option<char>, after: &str) -> &'static str {
        const APOSTROPHE: &str = "’";
        let word_before = previous.is_some_and(char::is_alphanumeric);
        let word_after = next.is_some_and(char::is_alphanumeric);
        if word_before && word_after {
            return APOSTROPHE;
        }
        if begins_word(previous) && next.is_some_and(|c| !c.is_whitespace()) {
            let is_elision = is_short_year(after) || (*self.marks == ENGLISH && is_elision(after));
            if !self.single_open && !is_elision && is_closed_later(after) {
                self.single_open = true;
                return self.marks.single[0];
            }
            return APOSTROPHE;
        }
        if self.single_open && previous.is_some_and(|c| !c.is_whitespace()) {
            self.single_open = false;
            return self.marks.single[1];
        }
        APOSTROPHE
    }
}

/// Whether a word may begin after this character.
fn begins_word(previous: Option<char>) -> bool {
    previous.is_none_or(|c| {
        c.is_whitespace()
            || matches!(c, '(' | '[' | '{' | '"' | '\'' | '-' | '–' | '—' | '/' | '>' | '“' | '‘' | '«' | '„')
    })
}

/// The ’90s: two digits, perhaps an s.
fn is_short_year(after: &str) -> bool {
    let mut rest = after.chars();
    let digits = rest.by_ref().take(2).filter(char::is_ascii_digit).count();
    let next = match rest.next() {
        Some('s') => rest.next(),
        other => other,
    };
    digits == 2 && !next.is_some_and(char::is_alphanumeric)
}

/// English words that begin with an apostrophe.
fn is_elision(after: &str) -> bool {
    const ELISIONS: &[&str] = &["cause", "em", "n", "til", "tis", "twas", "twere"];
    let word = &after[..after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())];
    ELISIONS.iter().any(|elision| word.eq_ignore_ascii_case(elision))
}

/// Whether a single mark further on in the block can close one opened here. It looks no further than a long sentence,
/// so that a text full of marks costs no more than its length.
fn is_closed_later(after: &str) -> bool {
    const FURTHEST: usize = 600;
    let bytes = after.as_bytes();
    let mut at = 1;
    while at < bytes.len().min(FURTHEST) {
        match bytes[at] {
            b'\n' if bytes.get(at + 1).is_none_or(|next| matches!(next, b'\n' | b'\r')) => return false,
            b'\'' if !bytes[at - 1].is_ascii_whitespace() => {
                let next = after.get(at + 1..).and_then(|rest| rest.chars().next());
                if !next.is_some_and(char::is_alphanumeric) {
                    return true;
                }
            }
            _ => {}
        }
        at += 1;
    }
    false
}
