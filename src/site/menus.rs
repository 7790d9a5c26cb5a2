//! Menus: the configuration's entries, and those that pages ask for.

use super::links::{Found, Targets};
use super::{LanguageId, Page, PageId};
use crate::config::{Config, RawMenuItem, Url};
use crate::content::FilePath;
use crate::decode::At;
use crate::diagnostic::{Diagnostic, codes};

/// One link of a menu.
#[derive(Debug, Clone)]
pub struct MenuLink {
    pub name: String,
    pub url: String,
    pub page: Option<PageId>,
    pub external: bool,
    weight: i64,
}

/// For each language, each menu's links: lighter first, then in the order in which they were written.
pub fn build(
    pages: &[Page],
    targets: &Targets,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Vec<(String, Vec<MenuLink>)>> {
    let mut all = Vec::with_capacity(config.languages.len());
    for (number, language) in config.languages.iter().enumerate() {
        let id = LanguageId(number as u8);
        let mut menus: Vec<(String, Vec<MenuLink>)> = Vec::new();
        for (name, items) in &language.menus {
            let links = items.iter().filter_map(|item| menu_link(item, id, pages, targets, config, diagnostics));
            menus.push((name.clone(), links.collect()));
        }
        for (at, page) in pages.iter().enumerate().filter(|(_, page)| page.language == id) {
            for entry in &page.document.common.menu.0 {
                let link = MenuLink {
                    name: entry.title.clone().unwrap_or_else(|| page.title().to_owned()),
                    url: page.route.url.clone(),
                    page: Some(PageId(at as u32)),
                    external: false,
                    weight: entry.weight,
                };
                match menus.iter_mut().find(|(name, _)| *name == entry.menu) {
                    Some((_, links)) => links.push(link),
                    None => menus.push((entry.menu.clone(), vec![link])),
                }
            }
        }
        for (_, links) in &mut menus {
            links.sort_by_key(|link| link.weight);
        }
        all.push(menus);
    }
    // A language that takes over the site's menus repeats their mistakes.
    crate::diagnostic::sort(diagnostics);
    all
}

fn menu_link(
    entry: &At<RawMenuItem>,
    language: LanguageId,
    pages: &[Page],
    targets: &Targets,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<MenuLink> {
    let item = &entry.value;
    if let Some(path) = &item.page {
        let (file, span) = config.locate(path.span);
        let home = pages.iter().find(|page| page.is_home() && page.language == language)?;
        let id = match targets.resolve(&rooted(&path.value), home) {
            Found::Page(id) => id,
            found => {
                diagnostics.push(targets.missing(&path.value, &found, &file, span));
                return None;
            }
        };
        let page = &pages[id.0 as usize];
        return Some(MenuLink {
            name: item.name.clone().unwrap_or_else(|| page.title().to_owned()),
            url: page.route.url.clone(),
            page: Some(id),
            external: false,
            weight: item.weight,
        });
    }
    let Some(written) = &item.url else {
        let (file, span) = config.locate(entry.span);
        diagnostics.push(
            Diagnostic::new(&codes::MISSING_KEY, "a menu entry leads nowhere")
                .at(&file, span)
                .help("give it page = \"@/…\" or url = \"https://…\""),
        );
        return None;
    };
    let (file, span) = config.locate(written.span);
    let Some(url) = Url::parse(&written.value) else {
        diagnostics.push(
            Diagnostic::new(&codes::BAD_VALUE, format!("\"{}\" is not an address that can be used", written.value))
                .at(&file, span)
                .help("write a whole address such as https://example.org/page, or a path such as /groups/"),
        );
        return None;
    };
    let external = url.is_external();
    let url = if url.0.starts_with('/') && !external { format!("{}{}", config.base_url.path, url.0) } else { url.0 };
    Some(MenuLink {
        name: item.name.clone().unwrap_or_else(|| url.clone()),
        url,
        page: None,
        external,
        weight: item.weight,
    })
}

/// Paths in the configuration begin at the content's top, with `@/` or without.
pub fn rooted(path: &str) -> String {
    format!("@/{}", path.trim_start_matches("@/").trim_start_matches('/'))
}

/// Whether a menu's page is the one shown, or a section above it.
pub fn leads_to(menu: &FilePath, shown: &FilePath) -> bool {
    menu == shown
        || menu.language == shown.language
            && menu.is_section()
            && !menu.folder().is_empty()
            && shown.stem.starts_with(&format!("{}/", menu.folder()))
}
