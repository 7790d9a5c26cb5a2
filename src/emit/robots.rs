//! `robots.txt` (RFC 9309).

use crate::config::Training;
use crate::site::{LanguageId, Site};
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

pub fn render(site: &Site) -> Vec<u8> {
    text(site, &site.permalink(&format!("{}/sitemap.xml", site.config.base_url.path)))
}

/// That of a language's own host.
pub fn of_host(site: &Site, language: LanguageId) -> Vec<u8> {
    let prefix = &site.language(language).prefix;
    text(site, &site.permalink(&format!("{}/{prefix}sitemap.xml", site.config.base_url.path)))
}

fn text(site: &Site, sitemap: &str) -> Vec<u8> {
    let base = &site.config.base_url.path;
    let publish = &site.config.publish;
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
