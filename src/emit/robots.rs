//! `robots.txt` (RFC 9309).

use crate::config::Training;
use crate::output::encode_path;
use crate::site::{LanguageId, Site, own_hosts};
use std::fmt::Write;

/// Robots that collect texts to train language models, by the names that their makers publish.
const TRAINING: &[&str] = &[
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "ImagesiftBot",
    "Meta-ExternalAgent",
    "omgili",
    "PanguBot",
    "Timpibot",
];

/// That of one host.
pub fn render(site: &Site, host: Option<LanguageId>) -> Vec<u8> {
    let config = &site.config;
    let folder = host.map_or("", |language| &site.language(language).prefix);
    let sitemap = site.permalink(&format!("{}/{}sitemap.xml", config.base_url.path, encode_path(folder)));
    let base = own_hosts::base_path(config, host);
    let publish = &config.publish;
    let mut text = String::new();
    if publish.noindex {
        text.push_str("User-agent: *\nDisallow: /\n");
        return text.into_bytes();
    }
    let robots = &publish.robots;
    if robots.training == Training::Refuse {
        for name in TRAINING {
            let _ = writeln!(text, "User-agent: {name}");
        }
        text.push_str("Disallow: /\n\n");
    }
    text.push_str("User-agent: *\n");
    if robots.disallow.is_empty() {
        text.push_str("Allow: /\n");
    }
    for path in &robots.disallow {
        let _ = writeln!(text, "Disallow: {base}{}", path.value);
    }
    for line in &robots.lines {
        let _ = writeln!(text, "{}", line.value);
    }
    let _ = write!(text, "\nSitemap: {sitemap}\n");
    text.into_bytes()
}
