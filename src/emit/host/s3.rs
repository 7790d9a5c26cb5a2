//! Routing rules of a website in a bucket of Amazon S3.

use super::target;
use super::view::HostView;
use crate::site::{Redirect, stands_below};
use serde_json::{Map, Value, json};

/// The most rules of a bucket.
const MOST: usize = 50;

/// The rules, longest address first: each counts for all addresses that begin so, so one below which a page stands has
/// none.
pub fn rules(view: &HostView<'_>) -> String {
    let usable = |redirect: &&Redirect| redirect.is_prefix || stands_below(view.site, redirect).is_none();
    let mut redirects: Vec<&Redirect> = view.redirects.iter().filter(usable).collect();
    redirects.sort_by(|a, b| b.from.len().cmp(&a.from.len()).then_with(|| a.from.cmp(&b.from)));
    let rules: Vec<Value> = redirects.into_iter().take(MOST).map(|redirect| rule(view, redirect)).collect();
    let mut text = serde_json::to_string_pretty(&Value::from(rules)).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(view: &HostView<'_>, redirect: &Redirect) -> Value {
    let (to, splat) = target(redirect);
    let (origin, path) = match to.strip_prefix('/') {
        Some(path) => (view.origin(), path),
        None => {
            let end = to.find("://").and_then(|at| Some(at + 3 + to[at + 3..].find('/')?)).unwrap_or(to.len());
            (&to[..end], to[end..].trim_start_matches('/'))
        }
    };
    let (scheme, host) = origin.split_once("://").unwrap_or(("https", origin));
    let key = if splat { "ReplaceKeyPrefixWith" } else { "ReplaceKeyWith" };
    let mut leads = Map::new();
    leads.insert("Protocol".to_owned(), scheme.into());
    leads.insert("HostName".to_owned(), host.into());
    leads.insert(key.to_owned(), path.into());
    leads.insert("HttpRedirectCode".to_owned(), redirect.status.to_string().into());
    let from = redirect.from.trim_start_matches('/');
    let from = if redirect.is_prefix { from } else { from.trim_end_matches('/') };
    json!({ "Condition": { "KeyPrefixEquals": from }, "Redirect": leads })
}
