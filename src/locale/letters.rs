//! Greek and Cyrillic in the letters a to z, by the rules that states publish for names.

/// A letter with what stands beside it, all in small letters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    pub before: Option<char>,
    pub letter: char,
    pub after: Option<char>,
}

impl Beside {
    fn begins_word(self) -> bool {
        !self.before.is_some_and(char::is_alphabetic)
    }

    fn ends_word(self) -> bool {
        !self.after.is_some_and(char::is_alphabetic)
    }
}

/// Cyrillic as a language writes it for others: Ukrainian by its resolution of 2010, Bulgarian by its law of 2009,
/// Serbian and Macedonian by their Latin letters, Belarusian by ICAO Doc 9303, and else as Russian is mostly written.
pub(super) fn cyrillic(language: &str, at: Beside) -> Option<&'static str> {
    of_language(language, at).or_else(|| common(at.letter))
}

fn of_language(language: &str, at: Beside) -> Option<&'static str> {
    let first = |at_start: &'static str, otherwise: &'static str| if at.begins_word() { at_start } else { otherwise };
    let letters = match (language, at.letter) {
        // "zg" would else be read as "zh".
        ("uk", 'г') if at.before == Some('з') => "gh",
        ("uk" | "be", 'г') => "h",
        ("uk" | "be", 'ґ') => "g",
        ("uk", 'и') => "y",
        ("uk", 'ї') => first("yi", "i"),
        ("uk", 'є') => first("ye", "ie"),
        ("uk" | "be", 'й') => first("y", "i"),
        ("uk" | "be", 'ю') => first("yu", "iu"),
        ("uk" | "be", 'я') => first("ya", "ia"),
        ("be", 'е') => first("ye", "ie"),
        ("be", 'ё') => first("yo", "io"),
        ("be", 'ў') => "u",
        ("bg", 'щ') => "sht",
        ("bg", 'ъ') => "a",
        ("bg", 'ь') => "y",
        ("bg" | "sr" | "mk" | "bs", 'х') => "h",
        ("bg", 'я') if at.before == Some('и') && at.ends_word() => "a",
        ("sr" | "mk" | "bs", 'ц') => "c",
        ("sr" | "bs", 'ж') => "z",
        ("sr" | "bs", 'ч' | 'ћ') => "c",
        ("sr" | "bs", 'ш') => "s",
        ("sr" | "bs", 'џ') => "dz",
        _ => return None,
    };
    Some(letters)
}

fn common(letter: char) -> Option<&'static str> {
    let letters = match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' => "g",
        'д' => "d",
        'ђ' => "dj",
        'ѓ' => "gj",
        'е' | 'э' | 'є' | 'ѐ' | 'ә' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'з' => "z",
        'ѕ' => "dz",
        'и' | 'і' | 'ї' | 'ѝ' => "i",
        'й' | 'ы' => "y",
        'ј' => "j",
        'к' => "k",
        'қ' => "q",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'њ' => "nj",
        'ң' => "ng",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'ћ' => "c",
        'ќ' => "kj",
        'у' | 'ў' | 'ү' | 'ұ' => "u",
        'ф' => "f",
        'х' => "kh",
        'һ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'џ' => "dzh",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    };
    Some(letters)
}

/// Greek by ELOT 743 (ISO 843), with the letters that stand for one sound read as one. `true` when the letter after it
/// is part of it.
pub(super) fn greek(at: Beside, after_next: Option<char>) -> Option<(&'static str, bool)> {
    let next = at.after.map(without_accent);
    let one = |letters| Some((letters, false));
    let two = |letters| Some((letters, true));
    // "αυ", "ευ" and "ηυ" sound like the consonant that follows.
    let voiced = |with_v, with_f| {
        let is_voiceless = |c: char| "θκξπσςτφχψ".contains(without_accent(c));
        two(if after_next.is_none_or(|c| !c.is_alphabetic() || is_voiceless(c)) { with_f } else { with_v })
    };
    match (without_accent(at.letter), next) {
        // A "υ" that carries the only accent of the two belongs to the pair; an accent on the first parts them.
        ('α', Some('υ')) if at.letter == 'α' => voiced("av", "af"),
        ('ε', Some('υ')) if at.letter == 'ε' => voiced("ev", "ef"),
        ('η', Some('υ')) if at.letter == 'η' => voiced("iv", "if"),
        ('ο', Some('υ')) if at.letter == 'ο' => two("ou"),
        ('μ', Some('π')) if at.begins_word() || !after_next.is_some_and(char::is_alphabetic) => two("b"),
        ('γ', Some('γ')) => two("ng"),
        ('γ', Some('ξ')) => two("nx"),
        ('γ', Some('χ')) => two("nch"),
        ('α', _) => one("a"),
        ('β', _) => one("v"),
        ('γ', _) => one("g"),
        ('δ', _) => one("d"),
        ('ε', _) => one("e"),
        ('ζ', _) => one("z"),
        ('η' | 'ι' | 'ϊ', _) => one("i"),
        ('θ', _) => one("th"),
        ('κ', _) => one("k"),
        ('λ', _) => one("l"),
        ('μ', _) => one("m"),
        ('ν', _) => one("n"),
        ('ξ', _) => one("x"),
        ('ο' | 'ω', _) => one("o"),
        ('π', _) => one("p"),
        ('ρ', _) => one("r"),
        ('σ' | 'ς', _) => one("s"),
        ('τ', _) => one("t"),
        ('υ' | 'ϋ', _) => one("y"),
        ('φ', _) => one("f"),
        ('χ', _) => one("ch"),
        ('ψ', _) => one("ps"),
        _ => None,
    }
}

/// Without the accent of stress; a diaeresis stays, because it parts two vowels.
fn without_accent(letter: char) -> char {
    match letter {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' => 'ι',
        'ό' => 'ο',
        'ύ' => 'υ',
        'ώ' => 'ω',
        'ΐ' => 'ϊ',
        'ΰ' => 'ϋ',
        other => other,
    }
}
