//! The theme's settings: what a site sets, checked against what the theme declares.

use super::manifest::{Setting, SettingKind};
use crate::config::{Config, Url};
use crate::decode::{At, Free};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::source::{FileRef, Span};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A theme's declared settings, each with the file that declares it.
pub type Declared = BTreeMap<String, (Setting, FileRef)>;

/// Every declared setting with its value: the site's, or the default.
pub fn resolve(declared: &Declared, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Json> {
    let mut values = BTreeMap::new();
    for (name, (setting, file)) in declared {
        let value = match &setting.default {
            Some(default) => {
                check(setting, default, file, default.span, diagnostics);
                default.value.0.clone()
            }
            None => empty(setting.kind),
        };
        values.insert(name.clone(), value);
    }
    for (name, written) in &config.settings.0 {
        let (file, name_span) = config.locate(name.span);
        let Some((setting, _)) = declared.get(&name.value) else {
            let names: Vec<&str> = declared.keys().map(String::as_str).collect();
            let help = match did_you_mean(&name.value, names.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None if names.is_empty() => "this theme has no settings".to_owned(),
                None => format!("its settings are: {}", names.join(", ")),
            };
            diagnostics.push(
                Diagnostic::new(&codes::UNKNOWN_SETTING, format!("the theme has no setting `{}`", name.value))
                    .at(&file, name_span)
                    .help(help),
            );
            continue;
        };
        let (file, span) = config.locate(written.span);
        if check(setting, written, &file, span, diagnostics) {
            values.insert(name.value.clone(), written.value.0.clone());
        }
    }
    values
}

fn empty(kind: SettingKind) -> Json {
    match kind {
        SettingKind::Bool => Json::Bool(false),
        SettingKind::Integer | SettingKind::Float => Json::from(0),
        _ => Json::from(""),
    }
}

/// Whether a value is what the setting takes; what is wrong is reported.
fn check(setting: &Setting, written: &At<Free>, file: &FileRef, span: Span, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let value = &written.value.0;
    let expected = match setting.kind {
        SettingKind::String | SettingKind::Text | SettingKind::Page => value.is_string().then_some(()).ok_or("text"),
        SettingKind::Bool => value.is_boolean().then_some(()).ok_or("true or false"),
        SettingKind::Integer => value.is_i64().then_some(()).ok_or("a whole number"),
        SettingKind::Float => value.is_number().then_some(()).ok_or("a number"),
        SettingKind::Color => value.as_str().is_some_and(is_color).then_some(()).ok_or("a colour such as \"#1f6f54\""),
        SettingKind::Url => {
            let good = value.as_str().is_some_and(|text| text.is_empty() || Url::parse(text).is_some());
            good.then_some(()).ok_or("an address such as \"https://example.org/\"")
        }
        SettingKind::Choice => {
            let good = value.as_str().is_some_and(|text| setting.choices.iter().any(|choice| choice == text));
            good.then_some(()).ok_or("one of the choices")
        }
    };
    let Err(expected) = expected else { return true };
    let mut help = setting.description.clone();
    if setting.kind == SettingKind::Choice {
        help = format!("the choices are: {}", setting.choices.join(", "));
    }
    let problem = Diagnostic::new(&codes::BAD_VALUE, format!("this setting takes {expected}")).at(file, span);
    diagnostics.push(if help.is_empty() { problem } else { problem.help(help) });
    false
}

/// `#rgb`, `#rrggbb`, with or without opacity. Names of colours would do, but cannot be checked for contrast.
fn is_color(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('#') else { return false };
    matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}
