//! Archives: what a section holds, by the years and months of its dates.

use super::sections::Section;
use super::{LanguageId, Page, PageId, Site};
use crate::config::{Archive, Config};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// What a section holds by time, newest first within each.
#[derive(Debug, Default)]
pub struct Archived {
    pub years: BTreeMap<i16, Vec<PageId>>,
    pub months: BTreeMap<(i16, i8), Vec<PageId>>,
    /// Whether months have pages of their own.
    pub month_pages: bool,
}

/// A year, or a month of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub year: i16,
    pub month: Option<i8>,
}

impl Archived {
    pub fn of(&self, period: Period) -> &[PageId] {
        let found = match period.month {
            Some(month) => self.months.get(&(period.year, month)),
            None => self.years.get(&period.year),
        };
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// The periods that have pages, in order.
    pub fn periods(&self) -> impl Iterator<Item = Period> {
        let years = self.years.keys().map(|year| Period { year: *year, month: None });
        let months = self.months.keys().filter(|_| self.month_pages);
        years.chain(months.map(|(year, month)| Period { year: *year, month: Some(*month) }))
    }
}

/// The archives of the sections that ask for them. What has no date stands in none.
pub fn collect(pages: &[Page], sections: &HashMap<PageId, Section>, config: &Config) -> HashMap<PageId, Archived> {
    let wanted = sections.iter().filter_map(|(id, section)| {
        let archive = section.options.archive.filter(|archive| *archive != Archive::None)?;
        // A page at the address of a file has nothing below it.
        pages[id.0 as usize].route.url.ends_with('/').then_some((*id, section, archive))
    });
    let made = wanted.map(|(id, section, archive)| {
        let mut dated: Vec<(Date, i64, PageId)> = section
            .pages
            .iter()
            .filter_map(|page| {
                let moment = pages[page.0 as usize].document.common.date.as_ref()?.value;
                let at = moment.timestamp(&config.timezone);
                Some((at.to_zoned(config.timezone.clone()).date(), -at.as_second(), *page))
            })
            .collect();
        // Where the times are the same, the order of the section's list holds.
        dated.sort_by_key(|(_, newest_first, _)| *newest_first);
        let mut archived = Archived { month_pages: archive == Archive::Month, ..Archived::default() };
        for (date, _, page) in dated {
            archived.years.entry(date.year()).or_default().push(page);
            archived.months.entry((date.year(), date.month())).or_default().push(page);
        }
        (id, archived)
    });
    made.collect()
}

impl Site {
    /// The address of a period of a section's archive.
    pub fn archive_url(&self, section: PageId, period: Period) -> String {
        let url = &self.page(section).route.url;
        match period.month {
            Some(month) => format!("{url}{:04}/{month:02}/", period.year),
            None => format!("{url}{:04}/", period.year),
        }
    }

    /// The archive of a section.
    pub fn archive(&self, section: PageId) -> Option<&Archived> {
        self.archives.get(&section)
    }

    /// The sections in all languages whose archives have a period, that of `section` among them.
    pub fn archives_with(&self, section: PageId, period: Period) -> Vec<(LanguageId, PageId)> {
        let has = |id: &PageId| self.archive(*id).is_some_and(|archive| !archive.of(period).is_empty());
        self.versions(section).into_iter().filter(has).map(|id| (self.page(id).language, id)).collect()
    }
}
