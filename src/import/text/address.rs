//! Addresses in texts.

use crate::output::decode_path;

/// Whether a text as a whole is an address of the web.
pub fn is_web_address(text: &str) -> bool {
    let rest = strip_scheme(text);
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '[') && !rest.contains(ends))
}

fn strip_scheme(text: &str) -> Option<&str> {
    let at = text.find("://")?;
    let is_web = ["http", "https"].iter().any(|scheme| text[..at].eq_ignore_ascii_case(scheme));
    is_web.then(|| &text[at + 3..])
}

/// What ends an address in a text.
fn ends(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '\\' | '^' | '`' | '{' | '}' | '|')
}

/// The first address of the web in a text, without the punctuation after it: where it begins and ends.
pub fn find(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("://")) {
        let colon = from + at;
        let before = &text[..colon];
        let scheme = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let start = colon - scheme;
        let is_web = ["http", "https"].iter().any(|web| text[start..colon].eq_ignore_ascii_case(web));
        if is_web && text[colon + 3..].starts_with(|c: char| c.is_alphanumeric() || c == '[') {
            let rest = &text[start..];
            let end = rest.find(ends).unwrap_or(rest.len());
            return Some((start, start + trimmed(&rest[..end]).len()));
        }
        from = colon + 3;
    }
    None
}

/// Without the signs at the end that belong to the sentence, and a bracket that was opened before.
fn trimmed(address: &str) -> &str {
    let mut address = address;
    // More brackets than this are no mistake of a sentence.
    for _ in 0..8 {
        let cut = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_', '~']);
        let unbalanced =
            |open: char, close: char| cut.ends_with(close) && cut.matches(close).count() > cut.matches(open).count();
        let cut = match cut.char_indices().next_back() {
            Some((last, ')')) if unbalanced('(', ')') => &cut[..last],
            Some((last, ']')) if unbalanced('[', ']') => &cut[..last],
            _ => cut,
        };
        if cut.len() == address.len() {
            break;
        }
        address = cut;
    }
    address
}

/// The host of an address of the web, in small letters and without `www.`.
pub fn host(address: &str) -> Option<String> {
    let rest = strip_scheme(address.trim())?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = host.split(':').next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    (!host.is_empty()).then_some(host)
}

/// The address that a mail program or a calendar wrapped into one of its own, so as to watch who follows it.
pub fn unwrapped(address: &str) -> String {
    let wrapped = host(address).and_then(|host| {
        let (_, query) = address.split_once('?')?;
        let name = match host.as_str() {
            "google.com" if address.contains("/url?") => "q",
            "l.facebook.com" | "lm.facebook.com" => "u",
            host if host.ends_with(".safelinks.protection.outlook.com") => "url",
            _ => return None,
        };
        let query = query.split('#').next().unwrap_or(query).replace("&amp;", "&");
        let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(decode_path))?;
        is_web_address(&value).then(|| value.into_owned())
    });
    wrapped.unwrap_or_else(|| address.to_owned())
}

/// The first address of the web in a text.
pub fn find_address(text: &str) -> Option<String> {
    find(text).map(|(start, end)| text[start..end].to_owned())
}
