//! Menus: the configuration's entries, and those that pages ask for.

use super::links::{Found, Targets};
use super::{LanguageId, Page, PageId};
use crate::config::{Config, RawMenuItem, Url};
use crate::content::FilePath;
use crate::decode::At;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};

/// One link of a menu.
#[derive(Debug, Clone)]
pub struct MenuLink {
    pub name: String,
    /// None for an entry that only opens those below it.
    pub url: Option<String>,
    pub page: Option<PageId>,
    pub external: bool,
    /// The entries below it, in order.
    pub children: Vec<MenuLink>,
    weight: i64,
}

impl MenuLink {
    /// Links with all below them, in order.
    pub fn all(links: &[Self]) -> Vec<&Self> {
        let mut found = Vec::with_capacity(links.len());
        for link in links {
            found.push(link);
            found.extend(Self::all(&link.children));
        }
        found
    }

    /// The first link with a text.
    fn named<'l>(links: &'l mut [Self], name: &str) -> Option<&'l mut Self> {
        links
            .iter_mut()
            .find_map(|link| if link.name.trim() == name { Some(link) } else { Self::named(&mut link.children, name) })
    }

    /// Lighter ones first, then in the order in which they were written.
    fn sort(links: &mut [Self]) {
        links.sort_by_key(|link| link.weight);
        links.iter_mut().for_each(|link| Self::sort(&mut link.children));
    }
}

/// The deepest that menus go.
const DEEPEST: usize = 8;

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
        if !language.menus.is_empty() {
            let home = pages.iter().find(|page| page.is_home() && page.language == id);
            for (name, items) in &language.menus {
                let mut maker = Maker { home, pages, targets, config, diagnostics };
                menus.push((name.clone(), maker.links(items, 1)));
            }
        }
        let mut below = Vec::new();
        for (at, page) in pages.iter().enumerate().filter(|(_, page)| page.language == id) {
            for entry in &page.document.common.menu.0 {
                let link = MenuLink {
                    name: entry.title.clone().unwrap_or_else(|| page.title().to_owned()),
                    url: Some(page.route.url.clone()),
                    page: Some(PageId(at as u32)),
                    external: false,
                    children: Vec::new(),
                    weight: entry.weight,
                };
                let menu = match menus.iter().position(|(name, _)| *name == entry.menu) {
                    Some(at) => at,
                    None => {
                        menus.push((entry.menu.clone(), Vec::new()));
                        menus.len() - 1
                    }
                };
                match &entry.parent {
                    Some(parent) => below.push((menu, parent, link, page)),
                    None => menus[menu].1.push(link),
                }
            }
        }
        put_below(&mut menus, below, diagnostics);
        for (_, links) in &mut menus {
            MenuLink::sort(links);
        }
        all.push(menus);
    }
    // A language that takes over the site's menus repeats their mistakes.
    crate::diagnostic::sort(diagnostics);
    all
}

/// Puts the entries that name one above them below it; one may stand below another of them.
fn put_below(
    menus: &mut [(String, Vec<MenuLink>)],
    mut waiting: Vec<(usize, &At<String>, MenuLink, &Page)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    loop {
        let before = waiting.len();
        let mut still = Vec::new();
        for (menu, parent, link, page) in waiting {
            match MenuLink::named(&mut menus[menu].1, parent.value.trim()) {
                Some(above) => above.children.push(link),
                None => still.push((menu, parent, link, page)),
            }
        }
        waiting = still;
        if waiting.len() == before {
            break;
        }
    }
    for (menu, parent, link, page) in waiting {
        let names: Vec<String> = MenuLink::all(&menus[menu].1).iter().map(|link| link.name.clone()).collect();
        let message = format!("the menu \"{}\" has no entry \"{}\"", menus[menu].0, parent.value);
        let help = match did_you_mean(&parent.value, names.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => "write the text of the entry below which this one is to stand".to_owned(),
        };
        diagnostics
            .push(Diagnostic::new(&codes::MISSING_REFERENCE, message).at(&page.document.file, parent.span).help(help));
        menus[menu].1.push(link);
    }
}

struct Maker<'m> {
    home: Option<&'m Page>,
    pages: &'m [Page],
    targets: &'m Targets,
    config: &'m Config,
    diagnostics: &'m mut Vec<Diagnostic>,
}

impl Maker<'_> {
    fn links(&mut self, items: &[At<RawMenuItem>], depth: usize) -> Vec<MenuLink> {
        if depth > DEEPEST {
            return Vec::new();
        }
        let mut links = Vec::with_capacity(items.len());
        for item in items {
            let children = self.links(&item.value.children.0, depth + 1);
            links.extend(self.link(item, children));
        }
        links
    }

    fn link(&mut self, entry: &At<RawMenuItem>, children: Vec<MenuLink>) -> Option<MenuLink> {
        let (item, config) = (&entry.value, self.config);
        if let Some(path) = &item.page {
            let (file, span) = config.locate(path.span);
            let id = match self.targets.resolve(&rooted(&path.value), self.home?) {
                Found::Page(id) => id,
                found => {
                    self.diagnostics.push(self.targets.missing(&path.value, &found, &file, span));
                    return None;
                }
            };
            let page = &self.pages[id.0 as usize];
            return Some(MenuLink {
                name: item.name.clone().unwrap_or_else(|| page.title().to_owned()),
                url: Some(page.route.url.clone()),
                page: Some(id),
                external: false,
                children,
                weight: item.weight,
            });
        }
        let Some(written) = &item.url else {
            if let Some(name) = item.name.clone().filter(|_| !children.is_empty()) {
                let weight = item.weight;
                return Some(MenuLink { name, url: None, page: None, external: false, children, weight });
            }
            let (file, span) = config.locate(entry.span);
            self.diagnostics.push(
                Diagnostic::new(&codes::MISSING_KEY, "a menu entry leads nowhere").at(&file, span).help(
                    "give it page = \"@/…\" or url = \"https://…\"; one with a name and `children` needs neither",
                ),
            );
            return None;
        };
        let (file, span) = config.locate(written.span);
        let Some(url) = Url::parse(&written.value) else {
            self.diagnostics.push(
                Diagnostic::new(&codes::BAD_VALUE, format!("\"{}\" is not an address that can be used", written.value))
                    .at(&file, span)
                    .help("write a whole address such as https://example.org/page, or a path such as /groups/"),
            );
            return None;
        };
        let external = url.is_external();
        let url =
            if url.0.starts_with('/') && !external { format!("{}{}", config.base_url.path, url.0) } else { url.0 };
        Some(MenuLink {
            name: item.name.clone().unwrap_or_else(|| url.clone()),
            url: Some(url),
            page: None,
            external,
            children,
            weight: item.weight,
        })
    }
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
