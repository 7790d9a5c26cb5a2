//! The patterns of paths in `_headers` and `_redirects`: `*` for anything, `:name` for one part.

/// What a pattern's holes stood for: names with their texts; that of `*` is `splat`.
pub type Filled = Vec<(String, String)>;

/// Matches a path. A slash at the end makes no difference, and `/*` at the end matches the folder itself.
pub fn matches(pattern: &str, path: &str) -> Option<Filled> {
    let fitting = |pattern: &str, path: &str| {
        let mut filled = Vec::new();
        fits(pattern, path, &mut filled).then_some(filled)
    };
    let short = trimmed(pattern);
    let folder = || {
        let mut filled = fitting(short.strip_suffix("/*")?, trimmed(path))?;
        filled.push(("splat".to_owned(), String::new()));
        Some(filled)
    };
    folder().or_else(|| fitting(pattern, path)).or_else(|| fitting(short, trimmed(path)))
}

fn trimmed(path: &str) -> &str {
    path.strip_suffix('/').unwrap_or(path)
}

/// Walks both texts. At most one `*` is looked for in each way, so it takes no longer than their lengths multiplied.
fn fits(pattern: &str, path: &str, filled: &mut Filled) -> bool {
    let Some(hole) = pattern.find(['*', ':']) else { return pattern == path };
    let (before, from) = pattern.split_at(hole);
    let Some(rest) = path.strip_prefix(before) else { return false };
    if let Some(named) = from.strip_prefix(':') {
        let end = named.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(named.len());
        let (name, after) = named.split_at(end);
        if name.is_empty() || !before.ends_with('/') {
            return rest.strip_prefix(':').is_some_and(|rest| fits(named, rest, filled));
        }
        let (value, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if value.is_empty() {
            return false;
        }
        filled.push((name.to_owned(), value.to_owned()));
        return fits(after, rest, filled);
    }
    let after = &from[1..];
    if !after.contains('*') && !after.contains(':') {
        let Some(splat) = rest.strip_suffix(after) else { return false };
        filled.push(("splat".to_owned(), splat.to_owned()));
        return true;
    }
    // The shortest that lets the next literal follow.
    let literal = &after[..after.find(['*', ':']).unwrap_or(after.len())];
    let Some(at) = rest.find(literal) else { return false };
    filled.push(("splat".to_owned(), rest[..at].to_owned()));
    fits(after, &rest[at..], filled)
}

/// A text with `:name` in it replaced by what the holes stood for.
pub fn fill(text: &str, filled: &Filled) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(':') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let named = &from[1..];
        let end = named.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(named.len());
        match filled.iter().find(|(name, _)| *name == named[..end]) {
            Some((_, value)) => {
                out.push_str(value);
                rest = &named[end..];
            }
            None => {
                out.push(':');
                rest = named;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{fill, matches};

    #[test]
    fn patterns_match_paths() {
        let cases = [
            ("/", "/", Some("")),
            ("/a", "/a", Some("")),
            ("/a", "/a/", Some("")),
            ("/a/", "/a", Some("")),
            ("/a", "/ab", None),
            ("/*", "/", Some("splat=")),
            ("/*", "/a/b", Some("splat=a/b")),
            ("/a/*", "/a/b/c.html", Some("splat=b/c.html")),
            ("/a/*", "/a", Some("splat=")),
            ("/a/*", "/a/b/", Some("splat=b/")),
            ("/a/*", "/ab", None),
            ("/*.css", "/x/site.css", Some("splat=x/site")),
            ("/*.css", "/x/site.csv", None),
            ("/news/:year/:slug", "/news/2026/fair", Some("year=2026,slug=fair")),
            ("/news/:year/:slug", "/news/2026", None),
            ("/news/:year/*", "/news/2026/a/b", Some("year=2026,splat=a/b")),
            ("/a/*/c/:d", "/a/b/c/e", Some("splat=b,d=e")),
            ("/\u{e9}*", "/\u{e9}t\u{e9}", Some("splat=t\u{e9}")),
        ];
        for (pattern, path, expected) in cases {
            let found = matches(pattern, path);
            let shown = found.map(|filled| {
                filled.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(",")
            });
            assert_eq!(shown.as_deref(), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn holes_are_filled_in() {
        let filled = vec![("splat".to_owned(), "b/c".to_owned()), ("year".to_owned(), "2026".to_owned())];
        assert_eq!(fill("/new/:splat", &filled), "/new/b/c");
        assert_eq!(fill("https://x.example/:year/:splat?a=:other", &filled), "https://x.example/2026/b/c?a=:other");
    }
}
