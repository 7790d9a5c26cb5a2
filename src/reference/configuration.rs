//! The keys of `handbill.toml`.

use super::Page;
use super::fields::tables;
use super::text::Head;
use crate::config::RawConfig;
use crate::decode::Record;

pub fn page() -> Page {
    let head = Head { title: "Configuration", summary: "The keys of `handbill.toml`.", weight: 2, section: false };
    let body = format!(
        "Only `title` and `base_url` are needed. A complete example is among the [settings of a \
         site](../start/settings.md). Where a heading says `NAME`, the name is yours to choose.\n\n{}",
        tables(RawConfig::KEYS, "", 2)
    );
    Page { path: "configuration.md".to_owned(), text: head.page(&body) }
}
