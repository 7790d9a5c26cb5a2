//! The headers that are sent with every page, whatever the host.

use super::super::policy::Policy;
use super::is_set;
use crate::config::Headers;
use crate::site::Site;

const POLICY: &str = "Content-Security-Policy";

/// Names and values, sorted by name. What an own `_headers` file says of all pages is left out: it says it itself.
pub fn all(site: &Site, policy: Option<&Policy>, own_file: Option<&str>) -> Vec<(String, String)> {
    let publish = &site.config.publish;
    let options = &publish.headers;
    let mut found: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, value: String| {
        let value = is_set(options, name).unwrap_or(value);
        if !value.is_empty() {
            found.push((name.to_owned(), value));
        }
    };
    if let Some(policy) = policy.filter(|_| options.has_policy) {
        add(POLICY, policy.header(options));
    }
    add("Cross-Origin-Opener-Policy", "same-origin".to_owned());
    add("Permissions-Policy", "camera=(), geolocation=(), microphone=()".to_owned());
    add("Referrer-Policy", options.referrer_policy.clone());
    let hsts = if options.hsts > 0 { format!("max-age={}", options.hsts) } else { String::new() };
    add("Strict-Transport-Security", hsts);
    add("X-Content-Type-Options", "nosniff".to_owned());
    add("X-Robots-Tag", if publish.noindex { "noindex".to_owned() } else { String::new() });
    for (name, value) in &options.own {
        if !value.is_empty() && !found.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
            found.push((name.clone(), value.clone()));
        }
    }
    let named = own_file.map(of_all_pages).unwrap_or_default();
    found.retain(|(name, _)| !named.iter().any(|own| own.eq_ignore_ascii_case(name)));
    found.sort();
    found
}

/// Whether a policy is sent that is made from the pages.
pub fn sends_policy(options: &Headers, own_file: Option<&str>) -> bool {
    let own = own_file.map(of_all_pages).unwrap_or_default();
    options.has_policy && is_set(options, POLICY).is_none() && !own.iter().any(|name| name.eq_ignore_ascii_case(POLICY))
}

/// The names of the headers that a `_headers` file sets for all pages.
fn of_all_pages(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_all = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '\t']) {
            is_all = trimmed == "/*";
        } else if let Some((name, _)) = trimmed.split_once(':').filter(|_| is_all) {
            found.push(name.trim_start_matches('!').trim().to_owned());
        }
    }
    found
}
