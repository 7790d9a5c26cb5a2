//! Further files that templates make: of what each is made.

use super::{LanguageId, PageId, Site, default_sort};
use crate::config::{Each, Output, OutputKind};
use crate::content::Kind;

/// Those of the theme, and of the configuration, which takes the place of a theme's that makes the same files.
pub fn together(theme: &[Output], configuration: &[Output]) -> Vec<Output> {
    let is_same = |a: &Output, b: &Output| (a.each, a.kind, &a.name) == (b.each, b.kind, &b.name);
    let kept = theme.iter().filter(|own| !configuration.iter().any(|other| is_same(own, other)));
    kept.chain(configuration).cloned().collect()
}

fn kind_of(kind: OutputKind) -> Kind {
    match kind {
        OutputKind::Aim => Kind::Aim,
        OutputKind::Statement => Kind::Statement,
        OutputKind::Group => Kind::Group,
        OutputKind::Event => Kind::Event,
        OutputKind::Action => Kind::Action,
        OutputKind::Post => Kind::Post,
        OutputKind::Page => Kind::Page,
    }
}

impl Site {
    /// The pages beside which a further file stands.
    pub fn output_pages(&self, output: &Output) -> Vec<PageId> {
        let kind = output.kind.map(kind_of);
        match output.each {
            Each::Site => self.homes.iter().copied().filter(|home| self.page(*home).is_home()).collect(),
            Each::Section => {
                let fits = |id: &PageId| {
                    let section = self.sections.get(id);
                    !self.page(*id).is_home()
                        && section.is_some_and(|section| kind.is_none_or(|kind| section.kind == kind))
                };
                self.ids().filter(fits).collect()
            }
            Each::Page => {
                let fits = |id: &PageId| match kind {
                    Some(kind) => self.page(*id).kind() == kind,
                    None => self.page(*id).kind() != Kind::Section,
                };
                self.ids().filter(fits).collect()
            }
        }
    }

    /// What a further file lists.
    pub fn output_list(&self, output: &Output, page: PageId) -> Vec<PageId> {
        match output.each {
            Each::Site => {
                let LanguageId(language) = self.page(page).language;
                let of = |kind: &Kind| {
                    let mut found = self.by_kind[language as usize].get(kind).cloned().unwrap_or_default();
                    self.order(&mut found, default_sort(*kind), false);
                    found
                };
                match output.kind.map(kind_of) {
                    Some(kind) => of(&kind),
                    None => Kind::AUTHORED.iter().flat_map(of).collect(),
                }
            }
            Each::Section => self.sections.get(&page).map(|section| section.pages.clone()).unwrap_or_default(),
            Each::Page => Vec::new(),
        }
    }

    /// The address of a further file.
    pub fn output_url(&self, output: &Output, page: PageId) -> String {
        let url = &self.page(page).route.url;
        let folder = url.strip_suffix(".html").map_or_else(|| url.clone(), |stem| format!("{stem}/"));
        format!("{folder}{}", crate::output::encode_path(&output.name))
    }
}
