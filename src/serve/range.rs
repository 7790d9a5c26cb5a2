//! Parts of a file that a browser asks for, as when somebody moves about in a film (RFC 9110, section 14).

use std::ops::Range;

/// What a request wants of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// All of it: nothing less was asked for, or in a way that may be answered with the whole.
    Whole,
    /// These bytes; never none.
    Part(Range<u64>),
    /// Bytes that it does not have.
    Beyond,
}

/// Reads a `Range` header for a file of `length` bytes. Several ranges in one header are answered with the whole file,
/// as the standard allows.
pub fn wanted(header: Option<&str>, length: u64) -> Wanted {
    let Some(spec) = header.and_then(|header| header.trim().strip_prefix("bytes=")) else { return Wanted::Whole };
    let Some((first, last)) = spec.split_once('-').filter(|_| !spec.contains(',')) else { return Wanted::Whole };
    let (first, last) = (first.trim(), last.trim());
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Some(first), None) if last.is_empty() => first..length,
        (None, Some(count)) if first.is_empty() => length.saturating_sub(count)..length,
        _ => return Wanted::Whole,
    };
    if range.start < range.end { Wanted::Part(range) } else { Wanted::Beyond }
}

fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // A number too large to hold is beyond every file.
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

/// Whether a file with this tag is one of those that `If-None-Match` names (section 13.1.2, compared weakly).
pub fn is_known(if_none_match: Option<&str>, tag: &str) -> bool {
    let Some(known) = if_none_match else { return false };
    let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.trim() == "*" || known.split(',').any(|known| strong(known) == strong(tag))
}

/// Whether a part may be sent: `If-Range` is not there, or names this very state of the file (section 13.1.5). A date
/// never does, for files are told apart by their tags.
pub fn may_be_part(if_range: Option<&str>, tag: &str) -> bool {
    if_range.is_none_or(|known| known.trim() == tag && !tag.starts_with("W/"))
}

#[cfg(test)]
mod tests {
    use super::{Wanted, is_known, may_be_part, wanted};

    #[test]
    fn a_range_gives_the_bytes_that_are_there() {
        let part = |from, to| Wanted::Part(from..to);
        let cases = [
            (None, Wanted::Whole),
            (Some("bytes=0-0"), part(0, 1)),
            (Some("bytes=2-5"), part(2, 6)),
            (Some("bytes=2-"), part(2, 10)),
            (Some("bytes=9-9"), part(9, 10)),
            (Some("bytes=2-500"), part(2, 10)),
            (Some("bytes=-3"), part(7, 10)),
            (Some("bytes=-300"), part(0, 10)),
            (Some("bytes=0-99999999999999999999999999"), part(0, 10)),
            (Some("bytes=10-"), Wanted::Beyond),
            (Some("bytes=10-20"), Wanted::Beyond),
            (Some("bytes=-0"), Wanted::Beyond),
            (Some("bytes=99999999999999999999999999-"), Wanted::Beyond),
            (Some("bytes=5-2"), Wanted::Whole),
            (Some("bytes=-"), Wanted::Whole),
            (Some("bytes=a-b"), Wanted::Whole),
            (Some("bytes=+1-2"), Wanted::Whole),
            (Some("bytes=0-1,4-5"), Wanted::Whole),
            (Some("lines=0-1"), Wanted::Whole),
            (Some(""), Wanted::Whole),
        ];
        for (header, expected) in cases {
            assert_eq!(wanted(header, 10), expected, "{header:?}");
        }
        assert_eq!(wanted(Some("bytes=0-"), 0), Wanted::Beyond);
    }

    #[test]
    fn tags_are_compared_as_the_standard_says() {
        assert!(is_known(Some("\"a\""), "\"a\""));
        assert!(is_known(Some("\"x\", W/\"a\""), "\"a\""));
        assert!(is_known(Some("*"), "\"a\""));
        assert!(!is_known(Some("\"b\""), "\"a\""));
        assert!(!is_known(None, "\"a\""));
        assert!(may_be_part(None, "\"a\""));
        assert!(may_be_part(Some("\"a\""), "\"a\""));
        assert!(!may_be_part(Some("\"b\""), "\"a\""));
        assert!(!may_be_part(Some("Wed, 21 Oct 2015 07:28:00 GMT"), "\"a\""));
    }
}
