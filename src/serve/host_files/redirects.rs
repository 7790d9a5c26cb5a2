//! `_redirects`: where a host sends people who ask for paths.

use super::pattern;
use crate::output::decode_path;

/// The rules of a `_redirects` file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Redirects {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    from: String,
    to: String,
    status: u16,
    force: bool,
}

/// What a rule says of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// A path, or a whole address.
    pub to: String,
    /// 301, 302, 303, 307 or 308: the browser asks anew. 200 and 404: the file of that path is the answer.
    pub status: u16,
    /// Even where the site has a file.
    pub force: bool,
}

impl Redirects {
    /// Reads a file: on each line `from to`, and if need be a status, with a `!` behind it where the rule counts even
    /// though there is a file. Rules with further conditions (a country, a query) depend on the host and are passed over.
    pub fn parse(text: &str) -> Self {
        let lines = text.trim_start_matches('\u{feff}').lines();
        Self { rules: lines.filter_map(rule).collect() }
    }

    /// The first rule for a path.
    pub fn of(&self, path: &str) -> Option<Redirect> {
        self.rules.iter().find_map(|rule| {
            let filled = pattern::matches(&rule.from, path)?;
            let mut to = pattern::fill(&rule.to, &filled);
            // Two slashes would begin the name of a host.
            while to.starts_with("//") {
                to.remove(0);
            }
            Some(Redirect { to, status: rule.status, force: rule.force })
        })
    }
}

fn rule(line: &str) -> Option<Rule> {
    let words = line.split_whitespace();
    let words: Vec<&str> = words.take_while(|word| !word.starts_with('#')).collect();
    let (from, to, status) = match words[..] {
        [from, to] => (from, to, "301"),
        [from, to, status] => (from, to, status),
        _ => return None,
    };
    let (status, force) = status.strip_suffix('!').map_or((status, false), |status| (status, true));
    let status = status.parse().ok().filter(|status| [200, 301, 302, 303, 307, 308, 404].contains(status))?;
    let outside = to.starts_with("https://") || to.starts_with("http://");
    let inside = to.starts_with('/') && !to.starts_with("//");
    let possible = inside || (outside && (300..400).contains(&status));
    // Paths are compared with their characters, however they were written.
    (from.starts_with('/') && possible).then(|| Rule {
        from: decode_path(from).into_owned(),
        to: to.to_owned(),
        status,
        force,
    })
}

#[cfg(test)]
mod tests {
    use super::Redirects;

    #[track_caller]
    fn check(file: &str, path: &str, expected: &str) {
        let found = Redirects::parse(file).of(path);
        let shown =
            found.map(|found| format!("{} {}{}", found.status, found.to, if found.force { " force" } else { "" }));
        assert_eq!(shown.as_deref().unwrap_or("none"), expected, "{path}");
    }

    const FILE: &str = "# earlier addresses
/old          /new
/shop/*       https://shop.example/:splat   302
/app/*        /app/index.html               200
/n/:year/:id  /news/:year-:id/              308!
/old          /never
/here /there 301 Country=de
/evil //evil.example/
/bad /x 999
";

    #[test]
    fn the_first_rule_that_fits_counts() {
        check(FILE, "/old", "301 /new");
        check(FILE, "/old/", "301 /new");
        check(FILE, "/shop/a/b", "302 https://shop.example/a/b");
        check(FILE, "/app/any/thing", "200 /app/index.html");
        check(FILE, "/n/2026/7", "308 /news/2026-7/ force");
        for path in ["/", "/older", "/here", "/evil", "/bad"] {
            check(FILE, path, "none");
        }
    }

    #[test]
    fn a_splat_leads_to_no_other_host() {
        check("/* /:splat", "/a//evil.example", "301 /a//evil.example");
        check("/go/* /:splat", "/go//evil.example/", "301 /evil.example/");
    }
}
