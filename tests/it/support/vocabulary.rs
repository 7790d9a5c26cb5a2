//! Holds structured data against schema.org's own definitions.

use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const PREFIX: &str = "https://schema.org/";

/// The terms of schema.org.
pub struct Vocabulary {
    /// Types, enumerations and datatypes with their supertypes.
    types: BTreeMap<&'static str, Vec<&'static str>>,
    /// The domains and ranges of each property.
    properties: BTreeMap<&'static str, (Vec<&'static str>, Vec<&'static str>)>,
    /// The enumerations that each member belongs to.
    members: BTreeMap<&'static str, Vec<&'static str>>,
    /// What took the place of a term.
    superseded: BTreeMap<&'static str, &'static str>,
}

/// Reads the terms of schema.org.
pub fn vocabulary() -> Vocabulary {
    let mut read = Vocabulary {
        types: BTreeMap::new(),
        properties: BTreeMap::new(),
        members: BTreeMap::new(),
        superseded: BTreeMap::new(),
    };
    for line in include_str!("../../data/schema-org/vocabulary.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let mut field = || fields.next().unwrap_or("");
        let list = |field: &'static str| field.split_whitespace().collect::<Vec<_>>();
        let (kind, name) = (field(), field());
        match kind {
            "property" => drop(read.properties.insert(name, (list(field()), list(field())))),
            "member" => drop(read.members.insert(name, list(field()))),
            "type" | "enumeration" | "datatype" => drop(read.types.insert(name, list(field()))),
            _ => panic!("{line}"),
        }
        match field() {
            "" => {}
            successor => drop(read.superseded.insert(name, successor)),
        }
    }
    read
}

/// The structured data of a page, as a browser finds it.
#[track_caller]
pub fn structured_data(html: &str) -> Vec<Value> {
    let begin = "<script type=\"application/ld+json\">";
    let texts = html.split(begin).skip(1).map(|rest| {
        let end = rest.to_ascii_lowercase().find("</script").expect("the element ends");
        &rest[..end]
    });
    let parsed = texts.map(|text| {
        // `<!--` and `<script` change how the element ends (HTML, "script data double escaped state").
        assert!(!text.contains('<'), "{text}");
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
    });
    parsed.collect()
}

/// The things that a text of structured data describes.
pub fn nodes(data: &Value) -> Vec<&Map<String, Value>> {
    fn collect<'v>(value: &'v Value, found: &mut Vec<&'v Map<String, Value>>) {
        match value {
            Value::Object(node) => {
                if node.contains_key("@type") {
                    found.push(node);
                }
                node.values().for_each(|value| collect(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(data, &mut found);
    found
}

impl Vocabulary {
    /// What is wrong with the structured data of one page, each fault with its place.
    pub fn faults(&self, data: &Value) -> Vec<String> {
        let types = nodes(data).into_iter().filter_map(|node| Some((node.get("@id")?.as_str()?, type_of(node))));
        let mut check = Check { vocabulary: self, described: BTreeMap::new(), faults: Vec::new() };
        for (id, kind) in types {
            if check.described.insert(id.to_owned(), kind.to_owned()).is_some_and(|other| other != kind) {
                check.faults.push(format!("{id} is described as two kinds of thing"));
            }
        }
        let Value::Object(top) = data else { return vec!["not an object".to_owned()] };
        if top.get("@context").and_then(Value::as_str) != Some("https://schema.org") {
            check.fault("@context", "is not https://schema.org");
        }
        match top.get("@graph") {
            Some(Value::Array(items)) if top.len() == 2 => {
                for (number, item) in items.iter().enumerate() {
                    match item {
                        Value::Object(node) => check.node(&number.to_string(), node),
                        _ => check.fault(&number.to_string(), "is no node"),
                    }
                }
            }
            Some(_) => check.fault("@graph", "is no list, or not alone"),
            None => check.node("", top),
        }
        check.faults
    }

    /// Whether one type is another or one of its subtypes.
    pub fn is_a(&self, kind: &str, wanted: &str) -> bool {
        kind == wanted || self.types.get(kind).is_some_and(|above| above.iter().any(|above| self.is_a(above, wanted)))
    }

    fn is_datatype(&self, name: &str) -> bool {
        self.is_a(name, "DataType")
    }
}

fn type_of(node: &Map<String, Value>) -> &str {
    node.get("@type").and_then(Value::as_str).unwrap_or("")
}

struct Check<'v> {
    vocabulary: &'v Vocabulary,
    /// The type of each thing that has an id.
    described: BTreeMap<String, String>,
    faults: Vec<String>,
}

impl Check<'_> {
    fn fault(&mut self, at: &str, what: &str) {
        self.faults.push(format!("{at}: {what}"));
    }

    fn node(&mut self, at: &str, node: &Map<String, Value>) {
        let kind = type_of(node);
        let at = &format!("{at}/{kind}");
        if !self.vocabulary.types.contains_key(kind) || self.vocabulary.is_datatype(kind) {
            self.fault(at, "is no type of schema.org");
        }
        if let Some(successor) = self.vocabulary.superseded.get(kind) {
            self.fault(at, &format!("is superseded by {successor}"));
        }
        for (property, value) in node {
            let at = &format!("{at}.{property}");
            match property.as_str() {
                "@type" | "@context" => {}
                "@id" if value.as_str().is_some_and(is_absolute) => {}
                "@id" => self.fault(at, "is no absolute address"),
                _ => self.property(at, kind, property, value),
            }
        }
    }

    fn property(&mut self, at: &str, kind: &str, property: &str, value: &Value) {
        let vocabulary = self.vocabulary;
        let Some((domains, ranges)) = vocabulary.properties.get(property) else {
            return self.fault(at, "is no property of schema.org");
        };
        if let Some(successor) = vocabulary.superseded.get(property) {
            self.fault(at, &format!("is superseded by {successor}"));
        }
        if !domains.iter().any(|domain| vocabulary.is_a(kind, domain)) {
            self.fault(at, &format!("is a property of {}", domains.join(", ")));
        }
        match value {
            Value::Array(items) if items.is_empty() => self.fault(at, "is an empty list"),
            Value::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    self.value(&format!("{at}[{number}]"), ranges, item);
                }
            }
            value => self.value(at, ranges, value),
        }
    }

    fn value(&mut self, at: &str, ranges: &[&str], value: &Value) {
        if let Value::Object(node) = value {
            return self.thing(at, ranges, node);
        }
        let fits = match value {
            Value::String(text) if text.trim().is_empty() => false,
            Value::String(text) => self.text_fits(text, ranges),
            Value::Bool(_) => ranges.contains(&"Boolean"),
            Value::Number(number) => {
                ranges.contains(&"Number") || ranges.contains(&"Integer") && (number.is_i64() || number.is_u64())
            }
            _ => false,
        };
        if !fits {
            self.fault(at, &format!("{value} is none of {}", ranges.join(", ")));
        }
    }

    fn thing(&mut self, at: &str, ranges: &[&str], node: &Map<String, Value>) {
        let mentioned = node.get("@id").filter(|_| node.len() == 1).and_then(Value::as_str);
        let kind = match mentioned {
            Some(id) => match self.described.get(id) {
                Some(kind) => kind.clone(),
                None => return self.fault(at, &format!("{id} is described nowhere on the page")),
            },
            None => type_of(node).to_owned(),
        };
        if !ranges.iter().any(|range| self.vocabulary.is_a(&kind, range)) {
            self.fault(at, &format!("{kind} is none of {}", ranges.join(", ")));
        }
        if mentioned.is_none() {
            self.node(at, node);
        }
    }

    fn text_fits(&self, text: &str, ranges: &[&str]) -> bool {
        if let Some(member) = text.strip_prefix(PREFIX) {
            let of = self.vocabulary.members.get(member).map(Vec::as_slice).unwrap_or_default();
            return of.iter().any(|of| ranges.iter().any(|range| self.vocabulary.is_a(of, range)));
        }
        ranges.iter().any(|range| match *range {
            "Text" => true,
            "URL" => is_absolute(text),
            "Date" => text.len() == 10 && text.parse::<Date>().is_ok(),
            "DateTime" => text.len() >= 20 && text.as_bytes()[10] == b'T' && text.parse::<Timestamp>().is_ok(),
            "Time" => text.len() == 8 && text.parse::<Time>().is_ok(),
            "Duration" => text.starts_with('P') && text.parse::<Span>().is_ok(),
            _ => false,
        })
    }
}

/// Whether an address has a scheme and, for those of the web, a host.
fn is_absolute(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else { return false };
    let clean = !address.chars().any(|c| c.is_whitespace() || c.is_control());
    let web = ["http", "https"].contains(&scheme);
    clean
        && if web {
            rest.strip_prefix("//").is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        } else {
            scheme == "mailto" || scheme == "tel"
        }
}
