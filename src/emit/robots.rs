//! `robots.txt` (RFC 9309).

use crate::site::Site;

pub fn render(site: &Site) -> Vec<u8> {
    let sitemap = site.permalink(&format!("{}/sitemap.xml", site.config.base_url.path));
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes()
}
