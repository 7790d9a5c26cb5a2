//! Front matter ready to fill: what is needed is there, the rest stands in comments, each key with its meaning. All of it
//! comes from the kinds' own keys, so it tells what this version understands.

use super::samples;
use crate::cli::new_file::quoted;
use crate::config::Config;
use crate::content::{Common, Kind};
use crate::decode::{Field, Record};
use jiff::civil::Date;
use unicode_width::UnicodeWidthStr;

/// What is known of a document that is to be written. Moments are TOML.
#[derive(Debug)]
pub struct Facts {
    pub kind: Kind,
    pub title: String,
    pub today: Date,
    /// When it was published, where that is told.
    pub date: Option<String>,
    /// Of an event.
    pub start: String,
    pub end: String,
    pub timezone: String,
    /// The id for calendars, written down so that it stays when the file is renamed.
    pub uid: Option<String>,
    pub language: String,
    /// Until when it is held back.
    pub publish_from: Option<String>,
    pub draft: bool,
}

/// Where comments begin, unless a value is longer: in columns.
const COMMENTS_AT: usize = 40;

/// Common keys that few pages need; they come last.
const RARE: &[&str] = &["slug", "path", "aliases", "weight", "toc", "template", "menu", "noindex"];

/// Common keys that most pages want; they come first.
const FREQUENT: &[&str] = &["summary"];

/// The whole file. `kind` is told where its folder does not tell it.
pub fn write(facts: &Facts, config: &Config, kind: Option<&'static str>) -> String {
    let mut text = "+++\n".to_owned();
    let filled = filled(facts, config, kind);
    for (key, value) in &filled {
        let meaning = field(facts.kind, key).map(Field::meaning).unwrap_or_default();
        // A title explains itself.
        let meaning = if *key == "title" { "" } else { &meaning };
        text.push_str(&line(&format!("{key} = {value}"), meaning));
    }
    text.push_str("\n# What follows is optional: take away the # before a key to use it.\n");
    let is_open = |field: &&Field| !filled.iter().any(|(key, _)| *key == field.name) && field.name != "kind";
    let own: Vec<&'static Field> = facts.kind.keys().iter().filter(is_open).collect();
    let is_own = |field: &Field| own.iter().any(|own| own.name == field.name);
    let common = || Common::KEYS.iter().filter(is_open).filter(|field| !is_own(field));
    let frequent: Vec<&'static Field> = common().filter(|field| FREQUENT.contains(&field.name)).collect();
    let (rare, common): (Vec<_>, Vec<_>) =
        common().filter(|field| !FREQUENT.contains(&field.name)).partition(|field| RARE.contains(&field.name));
    let mut tables = String::new();
    for group in [frequent, own.clone(), common, rare] {
        for field in group {
            match samples::of(field, facts) {
                samples::Sample::Value(value) => {
                    text.push_str(&line(&format!("# {} = {value}", field.name), &field.meaning()));
                }
                samples::Sample::Table { head, keys } => {
                    tables.push('\n');
                    tables.push_str(&line(&format!("# {head}"), &field.meaning()));
                    for (key, value, meaning) in keys {
                        tables.push_str(&line(&format!("# {key} = {value}"), &meaning));
                    }
                }
            }
        }
    }
    for taxonomy in &config.taxonomies {
        let key = format!("# {} = []", taxonomy.name);
        text.push_str(&line(&key, &format!("Its terms in \"{}\", each in quotation marks.", taxonomy.title)));
    }
    text.push_str(&tables);
    text.push_str("+++\n\n");
    text
}

/// The keys that are there from the start, with their values as TOML.
fn filled(facts: &Facts, config: &Config, kind: Option<&'static str>) -> Vec<(&'static str, String)> {
    let mut keys = vec![("title", quoted(&facts.title))];
    keys.extend(kind.map(|kind| ("kind", quoted(kind))));
    keys.extend(facts.draft.then(|| ("draft", "true".to_owned())));
    keys.extend(facts.date.clone().map(|date| ("date", date)));
    keys.extend(facts.publish_from.clone().map(|from| ("publish_from", from)));
    let organisation = config.organisation.as_ref().and_then(|organisation| organisation.name.clone());
    match facts.kind {
        Kind::Event => {
            keys.push(("start", facts.start.clone()));
            keys.push(("duration", quoted("2h")));
            keys.extend(facts.uid.as_ref().map(|uid| ("uid", quoted(uid))));
        }
        Kind::Group => keys.push(("place", quoted(&facts.title))),
        Kind::Statement => {
            let by = organisation.unwrap_or_else(|| config.default_language().title.clone());
            keys.push(("issued_by", quoted(&by)));
        }
        Kind::Post | Kind::Aim | Kind::Action | Kind::Page | Kind::Section => {}
    }
    // Whatever else a kind may come to require.
    for field in facts.kind.keys() {
        let is_required = field.shape == crate::decode::Shape::Required;
        if is_required && !keys.iter().any(|(key, _)| *key == field.name) {
            keys.push((field.name, samples::value(field, None, facts)));
        }
    }
    keys
}

fn field(kind: Kind, name: &str) -> Option<&'static Field> {
    kind.keys().iter().chain(Common::KEYS).find(|field| field.name == name)
}

/// A line with its comment, which stands below those of its neighbours.
fn line(written: &str, meaning: &str) -> String {
    if meaning.is_empty() {
        return format!("{written}\n");
    }
    let space = COMMENTS_AT.saturating_sub(written.width()).max(2);
    format!("{written}{}# {meaning}\n", " ".repeat(space))
}
