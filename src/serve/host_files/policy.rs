//! What a site's own security headers must allow so that its pages can be seen while they are written: the script that
//! reloads them, and the frame in which editors see them at a phone's width. All else stays as it was written.

/// The header's value as it is sent here; none when it is not sent at all.
pub fn adapted(name: &str, value: &str) -> Option<String> {
    match name {
        "content-security-policy" => {
            let policies: Vec<String> = value.split(',').map(loosened).filter(|policy| !policy.is_empty()).collect();
            (!policies.is_empty()).then(|| policies.join(", "))
        }
        "x-frame-options" => Some("SAMEORIGIN".to_owned()),
        // There is no such thing here, and a browser would remember it.
        "strict-transport-security" => None,
        // What is not published yet is nobody else's, and what a browser keeps of other servers here is not the site's.
        "clear-site-data" => None,
        name if name.starts_with("access-control-") => None,
        _ => Some(value.to_owned()),
    }
}

fn loosened(policy: &str) -> String {
    let mut directives: Vec<(String, Vec<String>)> = policy
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_whitespace().map(str::to_owned);
            Some((words.next()?.to_ascii_lowercase(), words.collect()))
        })
        .filter(|(name, _)| name != "upgrade-insecure-requests")
        .collect();
    for (name, fallback) in
        [("script-src-elem", "script-src"), ("script-src", "default-src"), ("connect-src", "default-src")]
    {
        let of = |wanted: &str| directives.iter().position(|(name, _)| name == wanted);
        match (of(name), of(fallback)) {
            (Some(at), _) => allow_own(&mut directives[at].1),
            (None, Some(at)) if name != "script-src-elem" => {
                let mut sources = directives[at].1.clone();
                allow_own(&mut sources);
                directives.push((name.to_owned(), sources));
            }
            _ => {}
        }
    }
    if let Some((_, ancestors)) = directives.iter_mut().find(|(name, _)| name == "frame-ancestors") {
        allow_own(ancestors);
    }
    let written = directives.into_iter().map(|(name, values)| [vec![name], values].concat().join(" "));
    written.collect::<Vec<_>>().join("; ")
}

fn allow_own(sources: &mut Vec<String>) {
    sources.retain(|source| !source.eq_ignore_ascii_case("'none'"));
    if !sources.iter().any(|source| source == "*" || source.eq_ignore_ascii_case("'self'")) {
        sources.push("'self'".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::adapted;

    #[test]
    fn no_other_site_is_let_in_and_nothing_is_wiped() {
        for name in ["access-control-allow-origin", "access-control-allow-credentials", "clear-site-data"] {
            assert_eq!(adapted(name, "*"), None);
        }
        assert_eq!(adapted("x-robots-tag", "noindex").as_deref(), Some("noindex"));
    }

    #[test]
    fn a_policy_lets_the_preview_work_and_nothing_more() {
        let cases = [
            ("default-src 'self'", "default-src 'self'; script-src 'self'; connect-src 'self'"),
            (
                "default-src 'none'; img-src 'self'; frame-ancestors 'none'; upgrade-insecure-requests",
                "default-src 'none'; img-src 'self'; frame-ancestors 'self'; script-src 'self'; connect-src 'self'",
            ),
            (
                "script-src 'none'; connect-src https://a.example",
                "script-src 'self'; connect-src https://a.example 'self'",
            ),
            ("img-src *", "img-src *"),
            ("upgrade-insecure-requests", ""),
        ];
        for (written, expected) in cases {
            let found = adapted("content-security-policy", written).unwrap_or_default();
            assert_eq!(found, expected, "{written}");
        }
        assert_eq!(adapted("x-frame-options", "DENY").as_deref(), Some("SAMEORIGIN"));
        assert_eq!(adapted("strict-transport-security", "max-age=1"), None);
        assert_eq!(adapted("referrer-policy", "no-referrer").as_deref(), Some("no-referrer"));
    }
}
