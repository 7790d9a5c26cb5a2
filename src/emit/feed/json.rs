//! JSON Feed 1.1.

use super::{Entry, Feed, rfc3339};
use crate::site::Site;
use serde_json::{Map, Value, json};

pub fn write(site: &Site, feed: &Feed) -> Vec<u8> {
    let mut top = Map::new();
    let mut set = |key: &str, value: Value| {
        top.insert(key.to_owned(), value);
    };
    set("version", "https://jsonfeed.org/version/1.1".into());
    set("title", feed.title.as_str().into());
    set("home_page_url", feed.page_url.as_str().into());
    set("feed_url", feed.url.as_str().into());
    if !feed.description.is_empty() {
        set("description", feed.description.as_str().into());
    }
    set("language", feed.language.as_str().into());
    set("authors", json!([{ "name": feed.author }]));
    set("items", feed.entries.iter().map(|entry| item(site, entry)).collect());
    let mut bytes = serde_json::to_vec_pretty(&Value::Object(top)).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn item(site: &Site, entry: &Entry) -> Value {
    let mut item = Map::new();
    let mut set = |key: &str, value: Value| {
        item.insert(key.to_owned(), value);
    };
    set("id", entry.id.as_str().into());
    set("url", entry.url.as_str().into());
    set("title", entry.title.as_str().into());
    // One of the two must be there.
    match &entry.content {
        Some(content) => set("content_html", content.as_str().into()),
        None => set("content_text", entry.summary.as_str().into()),
    }
    if !entry.summary.is_empty() {
        set("summary", entry.summary.as_str().into());
    }
    if let Some(image) = &entry.image {
        set("image", image.as_str().into());
    }
    if let Some(published) = entry.published {
        set("date_published", rfc3339(site, published).into());
    }
    set("date_modified", rfc3339(site, entry.updated).into());
    if !entry.authors.is_empty() {
        set("authors", entry.authors.iter().map(|name| json!({ "name": name })).collect());
    }
    if !entry.terms.is_empty() {
        set("tags", entry.terms.iter().map(String::as_str).collect());
    }
    set("language", entry.language.as_str().into());
    if let Some(calendar) = &entry.calendar {
        set("attachments", json!([{ "url": calendar, "mime_type": "text/calendar" }]));
    }
    Value::Object(item)
}
