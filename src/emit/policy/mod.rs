//! The Content-Security-Policy (level 3) that allows what was emitted, and nothing else.
//!
//! What a page may load and run is taken from the pages themselves: the hash of each inline script and style, and the
//! origin of each picture, frame or form that lies elsewhere. A script that somebody plants in a page later has another
//! hash, and browsers do not run it.

mod css;
mod html;

use crate::config::Headers;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What pages need, by directive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    sources: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Policy {
    /// Adds what a page needs. `own` is the site's origin.
    pub fn add_html(&mut self, html: &str, own: &str) {
        html::read(html, own, self);
    }

    /// Adds what a style sheet needs.
    pub fn add_css(&mut self, css: &str, own: &str) {
        css::read(css, own, self);
    }

    pub fn merge(&mut self, other: Self) {
        for (directive, sources) in other.sources {
            self.sources.entry(directive).or_default().extend(sources);
        }
    }

    /// Whether everything in `other` is in this one.
    pub fn covers(&self, other: &Self) -> bool {
        other.sources.iter().all(|(name, sources)| self.sources.get(name).is_some_and(|own| sources.is_subset(own)))
    }

    fn add(&mut self, directive: &'static str, source: impl Into<String>) {
        self.sources.entry(directive).or_default().insert(source.into());
    }

    /// Allows a script or style by its text, with line ends as browsers read them.
    fn add_hash(&mut self, directive: &'static str, text: &str) {
        let text: Cow<'_, str> = match text.contains('\r') {
            true => text.replace("\r\n", "\n").replace('\r', "\n").into(),
            false => text.into(),
        };
        let digest = BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()));
        self.add(directive, format!("'sha256-{digest}'"));
    }

    /// Allows what lies at an address, which may be one of the site itself.
    fn add_address(&mut self, directive: &'static str, address: &str, own: &str) {
        let address = address.trim();
        let lowered = address.get(..8).unwrap_or(address).to_ascii_lowercase();
        if lowered.starts_with("data:") || lowered.starts_with("blob:") {
            return self.add(directive, &lowered[..5]);
        }
        let whole = match address.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None => address.to_owned(),
        };
        let Some((scheme, rest)) = whole.split_once("://") else { return };
        let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
        if host.is_empty()
            || !host.chars().all(is_plain)
            || !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
        {
            return;
        }
        let origin = format!("{}://{}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
        if !origin.eq_ignore_ascii_case(own) {
            self.add(directive, origin);
        }
    }

    /// The header's value.
    pub fn header(&self, options: &Headers) -> String {
        let mut directives: BTreeMap<&str, Vec<Cow<'_, str>>> = BTreeMap::new();
        directives.insert("base-uri", vec!["'self'".into()]);
        directives.insert("form-action", vec!["'self'".into()]);
        directives.insert("frame-ancestors", vec!["'self'".into()]);
        directives.insert("object-src", vec!["'none'".into()]);
        for (name, sources) in &self.sources {
            // Attributes have no address: what is allowed in them is their text alone.
            let first = if name.ends_with("-attr") { "'unsafe-hashes'" } else { "'self'" };
            let values = directives.entry(name).or_default();
            values.clear();
            values.push(first.into());
            values.extend(sources.iter().map(|source| source.as_str().into()));
        }
        for (name, sources) in &options.allow {
            let values = directives.entry(name).or_insert_with(|| vec!["'self'".into()]);
            if sources.iter().any(|source| source == "'none'") {
                values.clear();
            }
            values.retain(|value| value != "'none'");
            for source in sources {
                if !values.iter().any(|value| value == source) {
                    values.push(source.as_str().into());
                }
            }
        }
        let default = directives.remove("default-src").unwrap_or_else(|| vec!["'self'".into()]);
        let written = std::iter::once(("default-src", default)).chain(directives);
        written.map(|(name, values)| format!("{name} {}", values.join(" "))).collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests;
