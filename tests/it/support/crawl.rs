//! Follows every link of a rendered site.

use std::collections::{BTreeMap, BTreeSet};

/// Links that lead nowhere inside the site, each with the page it stands on. `base` is the site's address with a slash
/// at its end.
pub fn broken_links(artifacts: &BTreeMap<String, Vec<u8>>, base: &str) -> BTreeSet<String> {
    let path_of_base = base.splitn(4, '/').nth(3).map_or("/".to_owned(), |path| format!("/{path}"));
    let ids: BTreeMap<&str, BTreeSet<String>> = artifacts
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), attributes(text(bytes), &["id"]).into_iter().collect()))
        .collect();
    let mut broken = BTreeSet::new();
    for (path, bytes) in artifacts.iter().filter(|(path, _)| path.ends_with(".html")) {
        for link in attributes(text(bytes), &["href", "src", "action", "poster"]) {
            let rooted = match link.strip_prefix(base) {
                Some(rest) => format!("{path_of_base}{rest}"),
                None => link.clone(),
            };
            if is_elsewhere(&rooted) {
                continue;
            }
            let (place, fragment) = rooted.split_once('#').map_or((rooted.as_str(), ""), |(place, id)| (place, id));
            let place = place.split('?').next().unwrap_or("");
            let target = match place.strip_prefix(&path_of_base) {
                _ if place.is_empty() => Some(path.clone()),
                Some(below) => file_of(&decoded(below), artifacts),
                None => beside(path, place).and_then(|below| file_of(&decoded(&below), artifacts)),
            };
            let there = target.is_some_and(|target| {
                fragment.is_empty() || ids.get(target.as_str()).is_some_and(|ids| ids.contains(&*decoded(fragment)))
            });
            if !there {
                broken.insert(format!("{path}: {link}"));
            }
        }
    }
    broken
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("pages are UTF-8")
}

fn is_elsewhere(link: &str) -> bool {
    let scheme = link.split_once(':').is_some_and(|(scheme, _)| scheme.chars().all(|c| c.is_ascii_alphanumeric()));
    scheme || link.starts_with("//")
}

fn file_of(below: &str, artifacts: &BTreeMap<String, Vec<u8>>) -> Option<String> {
    let file = if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below.to_owned() };
    artifacts.contains_key(&file).then_some(file)
}

/// What a relative address means on the page `from`; none when it leaves the site.
fn beside(from: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The values of attributes, as a browser reads them: of elements, not of texts that look like them.
pub fn attributes(html: &str, names: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let mut tag = rest;
        while let Some(c) = tag.chars().next() {
            if c == '>' {
                break;
            }
            let name_length =
                tag.find(|c: char| !(c.is_ascii_alphanumeric() || "-:_".contains(c))).unwrap_or(tag.len());
            let (name, after) = tag.split_at(name_length);
            if let Some(value) = after.strip_prefix("=\"") {
                let (value, after) = value.split_once('"').unwrap_or((value, ""));
                if names.contains(&name) {
                    found.push(unescaped(value));
                }
                tag = after;
            } else if name.is_empty() {
                tag = &tag[c.len_utf8()..];
            } else {
                tag = after;
            }
        }
        let is_raw = ["script", "style"].iter().find(|name| rest.starts_with(**name));
        rest = match is_raw {
            Some(name) => tag.split_once(&format!("</{name}")).map_or("", |(_, after)| after),
            None => tag,
        };
    }
    found
}

fn unescaped(text: &str) -> String {
    let named = [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    named.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match hex.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).expect("addresses are UTF-8")
}
