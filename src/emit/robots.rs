//! `robots.txt` (RFC 9309).

use crate::site::{LanguageId, Site};

pub fn render(site: &Site) -> Vec<u8> {
    text(&site.permalink(&format!("{}/sitemap.xml", site.config.base_url.path)))
}

/// That of a language's own host.
pub fn of_host(site: &Site, language: LanguageId) -> Vec<u8> {
    let prefix = &site.language(language).prefix;
    text(&site.permalink(&format!("{}/{prefix}sitemap.xml", site.config.base_url.path)))
}

fn text(sitemap: &str) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes()
}
