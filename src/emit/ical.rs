//! Calendar files (RFC 5545).

use crate::site::{PageId, Site};

pub fn event(site: &Site, page: PageId) -> Vec<u8> {
    site.event_uid(page).into_bytes()
}

pub fn list(site: &Site, list: u32) -> Vec<u8> {
    site.event_lists.all[list as usize].title.clone().into_bytes()
}
