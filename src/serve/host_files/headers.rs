//! `_headers`: headers that a host sends with paths.

use super::pattern;

/// The rules of a `_headers` file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    pattern: String,
    headers: Vec<(String, String)>,
    /// Headers that earlier rules set and this one takes away.
    without: Vec<String>,
}

/// Headers that belong to the connection, which hosts do not let a file change.
const KEPT: &[&str] = &[
    "accept-ranges",
    "age",
    "allow",
    "alt-svc",
    "connection",
    "content-encoding",
    "content-length",
    "content-range",
    "date",
    "keep-alive",
    "server",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

impl Headers {
    /// Reads a file: a path, and below it indented lines `Name: value`. A `#` at a line's beginning makes a comment.
    /// Lines that say nothing are passed over, as hosts do. `host` is the site's own: rules for others are left out.
    pub fn parse(text: &str, host: &str) -> Self {
        let mut rules: Vec<Rule> = Vec::new();
        let mut is_ours = false;
        for line in text.trim_start_matches('\u{feff}').lines() {
            let trimmed = line.trim();
            if trimmed.is_empty() || trimmed.starts_with('#') {
                continue;
            }
            if line.starts_with([' ', '\t']) && !trimmed.starts_with('/') {
                let Some(rule) = rules.last_mut().filter(|_| is_ours) else { continue };
                if let Some(name) = trimmed.strip_prefix('!') {
                    rule.without.push(name.trim().to_ascii_lowercase());
                } else if let Some((name, value)) = trimmed.split_once(':') {
                    let name = name.trim().to_ascii_lowercase();
                    if !KEPT.contains(&name.as_str()) {
                        rule.headers.push((name, value.trim().to_owned()));
                    }
                }
                continue;
            }
            let path = own_path(trimmed, host);
            is_ours = path.is_some();
            rules.extend(path.map(|path| Rule { pattern: path.to_owned(), headers: Vec::new(), without: Vec::new() }));
        }
        Self { rules }
    }

    /// The headers of a path, their names in lower case: those of every rule that matches. What several set is joined by
    /// commas, but for cookies.
    pub fn of(&self, path: &str) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for rule in &self.rules {
            let Some(filled) = pattern::matches(&rule.pattern, path) else { continue };
            found.retain(|(name, _)| !rule.without.contains(name));
            for (name, value) in &rule.headers {
                let value = pattern::fill(value, &filled);
                match found.iter_mut().find(|(known, _)| known == name && known != "set-cookie") {
                    Some((_, known)) => *known = format!("{known}, {value}"),
                    None => found.push((name.clone(), value)),
                }
            }
        }
        found
    }
}

/// The path of a rule; none when it is about another host.
fn own_path<'r>(rule: &'r str, host: &str) -> Option<&'r str> {
    let Some((_, rest)) = rule.split_once("://") else { return rule.starts_with('/').then_some(rule) };
    let (named, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    named.eq_ignore_ascii_case(host).then_some(if path.is_empty() { "/" } else { path })
}

#[cfg(test)]
mod tests {
    use super::Headers;

    #[track_caller]
    fn check(file: &str, path: &str, expected: &str) {
        let found = Headers::parse(file, "example.org").of(path);
        let shown: Vec<String> = found.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        assert_eq!(shown.join("\n"), expected, "{path}");
    }

    const FILE: &str = "# All pages
/*
  X-Frame-Options: DENY
  Referrer-Policy: no-referrer
  Content-Length: 5

/fonts/*
\tAccess-Control-Allow-Origin: *
  Referrer-Policy: origin

/news/:year/
  X-Year: :year

/plain
  ! X-Frame-Options

https://other.example/*
  X-Other: yes
https://EXAMPLE.org/own
  X-Own: yes
";

    #[test]
    fn every_rule_that_matches_counts() {
        check(FILE, "/", "x-frame-options: DENY\nreferrer-policy: no-referrer");
        check(
            FILE,
            "/fonts/a.woff2",
            "x-frame-options: DENY\nreferrer-policy: no-referrer, origin\naccess-control-allow-origin: *",
        );
        check(FILE, "/news/2026/", "x-frame-options: DENY\nreferrer-policy: no-referrer\nx-year: 2026");
        check(FILE, "/plain", "referrer-policy: no-referrer");
        check(FILE, "/own", "x-frame-options: DENY\nreferrer-policy: no-referrer\nx-own: yes");
    }

    #[test]
    fn lines_that_say_nothing_are_passed_over() {
        check("  X-Early: 1\nnonsense\n  X-A: 1\n/a\n  no colon\n\r\n  X-B: 2\r\n", "/a", "x-b: 2");
        check("", "/", "");
        check("\u{feff}/a\n  X-A: 1\n", "/a", "x-a: 1");
        check("/a\n  X-A: b:c\n  Set-Cookie: a\n  Set-Cookie: b\n", "/a", "x-a: b:c\nset-cookie: a\nset-cookie: b");
    }
}
