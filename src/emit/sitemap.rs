//! `sitemap.xml` (sitemaps.org protocol 0.9), in parts when it is large.

use super::xml::Xml;
use crate::output::encode_path;
use crate::site::{Job, LanguageId, PageId, Site, Subject};
use crate::theme::view::moment;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A part, the single sitemap, or the list of parts, of one host: a sitemap lists the addresses of no other (sitemaps.org
/// protocol, "Location").
pub fn render(site: &Site, host: Option<LanguageId>, part: Option<u32>) -> Vec<u8> {
    let parts = site.sitemap_parts(host);
    let mut xml = Xml::new();
    if part.is_none() && parts > 1 {
        let folder = host.map_or("", |language| &site.language(language).prefix);
        xml.open("sitemapindex", &[("xmlns", NAMESPACE)]);
        for part in 1..=parts {
            xml.open("sitemap", &[]);
            let url = format!("{}/{}sitemap-{part}.xml", site.config.base_url.path, encode_path(folder));
            xml.text("loc", &[], &site.permalink(&url));
            xml.close("sitemap");
        }
        xml.close("sitemapindex");
        return xml.finish();
    }
    xml.open("urlset", &[("xmlns", NAMESPACE), ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")]);
    for job in site.sitemap_jobs(host, part.unwrap_or(0) as usize) {
        url(&mut xml, site, job);
    }
    xml.close("urlset");
    xml.finish()
}

/// The document that a page of the output shows.
fn document_of(site: &Site, subject: &Subject) -> Option<PageId> {
    match *subject {
        Subject::Page { page, .. } => Some(page),
        Subject::Taxonomy { language, taxonomy } => site.taxonomy_page(language, taxonomy),
        Subject::Term { language, taxonomy, term, .. } => {
            site.terms[usize::from(language.0)][taxonomy as usize][term as usize].page
        }
        _ => None,
    }
}

fn url(xml: &mut Xml, site: &Site, job: &Job) {
    xml.open("url", &[]);
    xml.text("loc", &[], &site.permalink(&job.url));
    if let Some(page) = document_of(site, &job.subject) {
        let page = site.page(page);
        let common = &page.document.common;
        if let Some(date) = common.updated.as_ref().or(common.date.as_ref()) {
            xml.text("lastmod", &[], &moment(date.value, &site.config.timezone));
        }
        for id in &page.translations {
            let version = site.page(*id);
            let href = site.permalink(&version.route.url);
            let language = &site.language(version.language).code;
            xml.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", language), ("href", &href)]);
            if site.for_everyone(&page.translations) == Some(*id) {
                xml.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", "x-default"), ("href", &href)]);
            }
        }
    }
    xml.close("url");
}
