//! Those who signed a statement, in the order in which they are named, and the pages that they fill.

use super::{Page, PageId, Site, plan::list_pages};
use crate::config::{Config, SignatoryOrder};
use crate::content::{Details, Signatory, same_name};
use crate::locale::{Collation, Locale};
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::Range;

/// How many names stand on one page where nothing says otherwise.
const DEFAULT_PAGE: u32 = 200;

/// With more headings than these none is of help.
const MOST_HEADINGS: usize = 80;

/// Those who signed one statement.
#[derive(Debug)]
pub struct SignatoryList {
    /// Numbers of the document's signatories: founders first, then in the order asked for.
    order: Vec<u32>,
    pub founders: usize,
    /// How many names a page has, after the founders'; 0 for all.
    pub page_size: usize,
    pub by: SignatoryOrder,
    /// Parts of the names after the founders': by letter or by place.
    pub parts: Vec<NamePart>,
}

/// Names under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePart {
    /// A letter or a place; none for those who name no place.
    pub heading: Option<String>,
    /// Among the names after the founders'.
    pub names: Range<usize>,
}

impl SignatoryList {
    /// How many names stand after the founders'.
    fn others(&self) -> usize {
        self.order.len() - self.founders
    }

    /// How many pages there are; the first is the statement's own.
    pub fn pages(&self) -> u32 {
        list_pages(self.others(), self.page_size)
    }

    /// Which of the names after the founders' stand on a page, counted from one.
    pub fn on_page(&self, number: u32) -> Range<usize> {
        if self.page_size == 0 {
            return 0..self.others();
        }
        let from = (number.max(1) as usize - 1).saturating_mul(self.page_size).min(self.others());
        from..(from + self.page_size).min(self.others())
    }

    /// The page on which a name after the founders' stands.
    pub fn page_of(&self, name: usize) -> u32 {
        name.checked_div(self.page_size).map_or(1, |page| page as u32 + 1)
    }

    pub fn founders<'d>(&self, all: &'d [Signatory]) -> impl Iterator<Item = &'d Signatory> {
        self.order.iter().take(self.founders).filter_map(|number| all.get(*number as usize))
    }

    /// The names after the founders' in a range.
    pub fn others_in<'d>(&self, range: Range<usize>, all: &'d [Signatory]) -> impl Iterator<Item = &'d Signatory> {
        let numbers = self.order.get(self.founders..).and_then(|others| others.get(range)).unwrap_or_default();
        numbers.iter().filter_map(|number| all.get(*number as usize))
    }

    /// Whether letters or places stand above the names: places always, letters where one page does not hold all.
    pub fn has_headings(&self) -> bool {
        self.by == SignatoryOrder::Place || self.pages() > 1
    }
}

impl Site {
    /// The address of a page of a statement's signatories; the first is the statement's own.
    pub fn signatories_url(&self, statement: PageId, number: u32) -> String {
        let url = &self.page(statement).route.url;
        if number <= 1 { url.clone() } else { format!("{url}signatories/{number}/") }
    }
}

/// Puts the signatories of every statement in order.
pub fn arrange(pages: &[Page], config: &Config) -> HashMap<PageId, SignatoryList> {
    let signed = |page: &Page| !page.document.signatories.is_empty();
    let numbered = pages.par_iter().enumerate().filter(|(_, page)| signed(page));
    numbered.map(|(at, page)| (PageId(at as u32), arranged(page, config))).collect()
}

fn arranged(page: &Page, config: &Config) -> SignatoryList {
    let signatories = &page.document.signatories;
    let own = match &page.document.details {
        Details::Statement(statement) => Some(statement),
        _ => None,
    };
    let by = own.and_then(|own| own.signatories_by).unwrap_or(config.statements.signatories_by);
    let page_size = own.and_then(|own| own.signatories_page).or(config.statements.signatories_page);
    let collation = Collation::new(&Locale::parse(&page.document.path.language).unwrap_or_default());
    let place =
        |one: &Signatory| one.place.as_deref().map(str::trim).filter(|place| !place.is_empty()).map(str::to_owned);
    let mut order: Vec<u32> = (0..signatories.len() as u32).collect();
    order.sort_by_cached_key(|number| {
        let one = &signatories[*number as usize];
        let sorted = one.sort.as_deref().unwrap_or_else(|| collation.sorted_part(&one.name.value));
        // Those without a place stand last.
        let place = (by == SignatoryOrder::Place && !one.founder)
            .then(|| place(one).map_or((true, Vec::new()), |place| (false, collation.key(&place))));
        (!one.founder, place, collation.key(sorted), collation.key(&one.name.value), *number)
    });
    let founders = signatories.iter().filter(|one| one.founder).count();
    let heading = |number: &u32| {
        let one = &signatories[*number as usize];
        match by {
            SignatoryOrder::Place => place(one),
            SignatoryOrder::Name => {
                let sorted = one.sort.as_deref().unwrap_or_else(|| collation.sorted_part(&one.name.value));
                Some(collation.initial(sorted))
            }
        }
    };
    let parts = parted(&order[founders..], heading);
    // Only an address that is a folder can have pages below it.
    let has_folder = page.route.url.ends_with('/');
    let page_size = if has_folder { page_size.unwrap_or(DEFAULT_PAGE) as usize } else { 0 };
    let parts = if by == SignatoryOrder::Name && parts.len() > MOST_HEADINGS { Vec::new() } else { parts };
    SignatoryList { order, founders, page_size, by, parts }
}

/// Names of one heading after another.
fn parted(order: &[u32], heading: impl Fn(&u32) -> Option<String>) -> Vec<NamePart> {
    let mut parts: Vec<NamePart> = Vec::new();
    for (at, number) in order.iter().enumerate() {
        let heading = heading(number);
        match parts.last_mut() {
            Some(last) if last.heading.as_deref().map(same_name) == heading.as_deref().map(same_name) => {
                last.names.end = at + 1;
            }
            _ => parts.push(NamePart { heading, names: at..at + 1 }),
        }
    }
    parts
}
