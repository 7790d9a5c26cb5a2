//! From a heading's text to an id.

/// A lower-case ASCII id of `text`: words joined by `-`, letters of other scripts spelled in Latin ones, in the way of
/// `language` where that is known (German ä is ae). `section` when nothing is left.
pub fn slug(text: &str, language: &str) -> String {
    // Longer ids help nobody; they are cut between words.
    const LONGEST: usize = 80;
    let mut slug = String::with_capacity(text.len().min(LONGEST));
    for c in text.chars() {
        if c.is_ascii() {
            push(&mut slug, c);
        } else if let Some(spelled) = in_language(c, language).or_else(|| deunicode::deunicode_char(c)) {
            spelled.chars().for_each(|c| push(&mut slug, c));
        }
        if slug.len() > LONGEST {
            let cut = slug[..LONGEST].rfind('-').unwrap_or(LONGEST);
            slug.truncate(cut);
            break;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "section".to_owned() } else { slug }
}

fn push(slug: &mut String, c: char) {
    match c {
        'a'..='z' | '0'..='9' => slug.push(c),
        'A'..='Z' => slug.push(c.to_ascii_lowercase()),
        '\'' => {}
        _ if slug.is_empty() || slug.ends_with('-') => {}
        _ => slug.push('-'),
    }
}

/// How a language spells a letter where its custom is not the general one.
fn in_language(c: char, language: &str) -> Option<&'static str> {
    let primary = language.split('-').next().unwrap_or_default();
    Some(match (primary, c) {
        ("de", 'ä' | 'Ä') => "ae",
        ("de", 'ö' | 'Ö') | ("da" | "nb" | "nn" | "no", 'ø' | 'Ø') => "oe",
        ("de", 'ü' | 'Ü') => "ue",
        ("da" | "nb" | "nn" | "no", 'å' | 'Å') => "aa",
        _ => return None,
    })
}
