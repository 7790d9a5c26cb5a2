//! What pages load and run.

use super::Policy;
use std::borrow::Cow;

/// Reads a page: every element with an address, and every script and style that stands in it. What stands in a
/// `<template>` counts, too: a script may put it on the page.
pub fn read(html: &str, own: &str, policy: &mut Policy) {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        let mut attributes = Attributes { rest: &rest[end..] };
        let found: Vec<(Cow<'_, str>, &str)> = attributes.by_ref().collect();
        rest = attributes.rest.strip_prefix('>').unwrap_or(attributes.rest);
        let element = Element { name: &name, attributes: &found };
        element.read(own, policy);
        if matches!(name.as_str(), "script" | "style" | "textarea" | "title" | "xmp" | "noframes") {
            let text = &rest[..end_of(&name, rest)];
            element.read_text(text, own, policy);
            rest = &rest[text.len()..];
        }
    }
}

/// Where the text of an element ends in which no other begins.
fn end_of(name: &str, text: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let after = &text[from + at + 2..];
        let named = after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
        if named && after[name.len()..].starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/') {
            return from + at;
        }
        from += at + 2;
    }
    text.len()
}

struct Element<'h> {
    name: &'h str,
    attributes: &'h [(Cow<'h, str>, &'h str)],
}

impl Element<'_> {
    /// The value of an attribute; the first counts.
    fn value(&self, name: &str) -> Option<Cow<'_, str>> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| decoded(value))
    }

    fn read(&self, own: &str, policy: &mut Policy) {
        for (name, value) in self.attributes {
            match &**name {
                "style" => {
                    let value = decoded(value);
                    policy.add_hash("style-src-attr", &value);
                    super::css::read(&value, own, policy);
                }
                // What a page loads into a frame when somebody asks for it.
                "data-frame" => policy.add_address("frame-src", &decoded(value), own),
                handler if handler.starts_with("on") && handler.len() > 2 => {
                    policy.add_hash("script-src-attr", &decoded(value));
                }
                _ => {}
            }
        }
        let mut address = |attribute: &str, directive: &'static str| {
            if let Some(value) = self.value(attribute) {
                policy.add_address(directive, &value, own);
            }
        };
        match self.name {
            "script" => address("src", "script-src"),
            "link" => {
                if let Some(directive) = self.linked() {
                    address("href", directive);
                }
            }
            "img" | "input" => address("src", "img-src"),
            "image" | "feimage" | "use" => {
                address("href", "img-src");
                address("xlink:href", "img-src");
            }
            "video" => {
                address("src", "media-src");
                address("poster", "img-src");
            }
            "audio" | "track" | "source" => address("src", "media-src"),
            "iframe" | "frame" => address("src", "frame-src"),
            "object" => address("data", "object-src"),
            "embed" => address("src", "object-src"),
            "form" => address("action", "form-action"),
            "button" => address("formaction", "form-action"),
            _ => {}
        }
        if self.name == "input" {
            address("formaction", "form-action");
        }
        if let Some(candidates) = self.value("srcset").or_else(|| self.value("imagesrcset")) {
            for candidate in candidates.split_ascii_whitespace() {
                policy.add_address("img-src", candidate.trim_start_matches(','), own);
            }
        }
    }

    /// What a `<link>` loads, if it does.
    fn linked(&self) -> Option<&'static str> {
        let relation = self.value("rel")?.to_ascii_lowercase();
        let of = |wanted: &str| relation.split_ascii_whitespace().any(|word| word == wanted);
        if of("stylesheet") {
            return Some("style-src");
        }
        if of("icon") || of("apple-touch-icon") || of("mask-icon") {
            return Some("img-src");
        }
        if of("manifest") {
            return Some("manifest-src");
        }
        if of("modulepreload") {
            return Some("script-src");
        }
        if !of("preload") && !of("prefetch") {
            return None;
        }
        Some(match self.value("as").as_deref() {
            Some("style") => "style-src",
            Some("script") => "script-src",
            Some("font") => "font-src",
            Some("image") => "img-src",
            _ => "connect-src",
        })
    }

    fn read_text(&self, text: &str, own: &str, policy: &mut Policy) {
        match self.name {
            "style" => {
                policy.add_hash("style-src", text);
                super::css::read(text, own, policy);
            }
            // One without text is not run.
            "script" if !text.is_empty() && self.value("src").is_none() && self.runs() => {
                policy.add_hash("script-src", text);
            }
            _ => {}
        }
    }

    /// Whether a script's text is run, or tells how others are: data is not held against the policy.
    fn runs(&self) -> bool {
        let kind = self.value("type").unwrap_or_default().trim().to_ascii_lowercase();
        let plain = kind.split(';').next().unwrap_or_default().trim_end();
        matches!(plain, "" | "module" | "importmap" | "speculationrules")
            || plain.ends_with("javascript")
            || plain.ends_with("ecmascript")
    }
}

/// The attributes of a start tag, up to its `>`.
struct Attributes<'h> {
    rest: &'h str,
}

impl<'h> Iterator for Attributes<'h> {
    type Item = (Cow<'h, str>, &'h str);

    fn next(&mut self) -> Option<Self::Item> {
        self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if self.rest.is_empty() || self.rest.starts_with('>') {
            return None;
        }
        // A name may begin with an equals sign, and with nothing else that ends one.
        let first = self.rest.chars().next().map_or(0, char::len_utf8);
        let ends = |c: char| c.is_ascii_whitespace() || c == '>' || c == '/' || c == '=';
        let end = first + self.rest[first..].find(ends).unwrap_or(self.rest.len() - first);
        let (name, after) = self.rest.split_at(end);
        let name = match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(name.to_ascii_lowercase()),
            false => Cow::Borrowed(name),
        };
        self.rest = after;
        let Some(value) = after.trim_start().strip_prefix('=') else { return Some((name, "")) };
        let value = value.trim_start();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let from = &value[1..];
                let end = from.find(quote).unwrap_or(from.len());
                self.rest = from.get(end + 1..).unwrap_or_default();
                &from[..end]
            }
            _ => {
                let end = value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len());
                self.rest = &value[end..];
                &value[..end]
            }
        };
        Some((name, value))
    }
}

/// A value with its character references read: those that are numbers, and those that pages are written with.
fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return value.into();
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let from = &rest[at + 1..];
        let known = from.find(';').and_then(|end| Some((character(&from[..end])?, end)));
        match known {
            Some((character, end)) => {
                out.push(character);
                rest = &from[end + 1..];
            }
            None => {
                out.push('&');
                rest = from;
            }
        }
    }
    out.push_str(rest);
    out.into()
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}')];
    known.iter().find(|(known, _)| *known == name).map(|(_, character)| *character)
}
