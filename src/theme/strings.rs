//! A theme's words in each language.

use crate::decode::{Context, Node, Table, Value, parse};
use crate::diagnostic::{Diagnostic, codes};
use crate::locale::{Locale, Numbers, Plural};
use crate::source::FileRef;
use std::collections::BTreeMap;

/// What one key says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Phrase {
    Plain(String),
    /// By CLDR plural category.
    Counted(BTreeMap<String, String>),
}

const CATEGORIES: &[&str] = &["zero", "one", "two", "few", "many", "other"];

/// The words of one language, by key.
#[derive(Debug, Clone, Default)]
pub struct Strings {
    phrases: BTreeMap<String, Phrase>,
}

impl Strings {
    /// Adds the words of a file; those that are there already are replaced.
    pub fn read(&mut self, text: &str, file: &FileRef, diagnostics: &mut Vec<Diagnostic>) {
        let mut cx = Context::new(file, diagnostics);
        let table: Table<'_> = parse(text, 0, &mut cx);
        let language = file.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
        let mut forms = None;
        for (key, node) in &table.entries {
            if let Some(phrase) = phrase(node, &mut cx) {
                if let Phrase::Counted(written) = &phrase {
                    let forms =
                        forms.get_or_insert_with(|| Locale::parse(language).ok().map(|locale| Numbers::new(&locale)));
                    if let Some(numbers) = forms {
                        check_forms(written, numbers, language, node, &mut cx);
                    }
                }
                self.phrases.insert(key.name.as_ref().to_owned(), phrase);
            }
        }
    }

    /// The text of a key, with the plural form that `count` asks for.
    pub fn get(&self, key: &str, count: Option<i64>, numbers: &Numbers) -> Option<&str> {
        match self.phrases.get(key)? {
            Phrase::Plain(text) => Some(text),
            Phrase::Counted(forms) => {
                let count = count.unwrap_or(1);
                // An exact zero may have words of its own in any language.
                let category = match count {
                    0 if forms.contains_key("zero") => "zero",
                    count => plural(numbers, count).as_str(),
                };
                forms.get(category).or_else(|| forms.get("other")).map(String::as_str)
            }
        }
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.phrases.keys().map(String::as_str)
    }
}

/// Reports the forms that a language has and a phrase lacks, and those that it has and no number of the language asks for.
fn check_forms(
    written: &BTreeMap<String, String>,
    numbers: &Numbers,
    language: &str,
    node: &Node<'_>,
    cx: &mut Context<'_>,
) {
    let lacking: Vec<String> = numbers
        .everyday_categories()
        .into_iter()
        .filter(|(category, _)| *category != Plural::Other && !written.contains_key(category.as_str()))
        .map(|(category, numbers)| {
            let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
            let more = if numbers.len() < 4 { "" } else { " …" };
            format!("`{}` (for {}{more})", category.as_str(), numbers.join(", "))
        })
        .collect();
    // What has not even `other` is reported for that.
    if !lacking.is_empty() && written.contains_key("other") {
        let message = format!("the language \"{language}\" has more plural forms: {} missing", is_or_are(&lacking));
        cx.report(&codes::MISSING_PLURAL, node.span, message).help =
            Some(format!("add {}; where the words are those of `other`, write them again", lacking.join(", ")));
    }
    let known = numbers.categories();
    // An exact zero may have words of its own in any language.
    let is_used = |form: &str| form == "zero" || known.iter().any(|category| category.as_str() == form);
    if let Some(unused) = written.keys().find(|form| !is_used(form)) {
        let message = format!("the language \"{language}\" has no plural form `{unused}`: its words are never shown");
        let forms: Vec<&str> = known.iter().map(|category| category.as_str()).collect();
        cx.report(&codes::MISSING_PLURAL, node.span, message).help =
            Some(format!("remove it; the language's forms are {}", forms.join(", ")));
    }
}

fn is_or_are(forms: &[String]) -> String {
    let names: Vec<&str> = forms.iter().map(|form| form.split(' ').next().unwrap_or(form)).collect();
    match names.as_slice() {
        [one] => format!("{one} is"),
        _ => format!("{} are", names.join(", ")),
    }
}

fn plural(numbers: &Numbers, count: i64) -> Plural {
    numbers.plural(count.unsigned_abs())
}

fn phrase(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Phrase> {
    match &node.value {
        Value::String(text) => Some(Phrase::Plain(text.as_ref().to_owned())),
        Value::Table(table) => {
            let mut forms = BTreeMap::new();
            for (key, node) in &table.entries {
                if !CATEGORIES.contains(&key.name.as_ref()) {
                    crate::decode::unknown_key(key, CATEGORIES, cx);
                } else if let Value::String(text) = &node.value {
                    forms.insert(key.name.as_ref().to_owned(), text.as_ref().to_owned());
                } else {
                    cx.report(&codes::WRONG_TYPE, node.span, "expected text");
                }
            }
            if !forms.contains_key("other") {
                cx.report(&codes::MISSING_KEY, node.span, "the form `other` is missing").help =
                    Some("every counted phrase needs `other`, the form for all remaining numbers".to_owned());
            }
            Some(Phrase::Counted(forms))
        }
        _ => {
            cx.report(&codes::WRONG_TYPE, node.span, "expected text, or a table of plural forms");
            None
        }
    }
}

/// Puts values in the place of `{name}`. What has no value stays as it is.
pub fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<std::borrow::Cow<'v, str>>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = from.find('}') else {
            rest = from;
            break;
        };
        match value(&from[1..close]) {
            Some(value) => out.push_str(&value),
            None => out.push_str(&from[..=close]),
        }
        rest = &from[close + 1..];
    }
    out.push_str(rest);
    out
}
