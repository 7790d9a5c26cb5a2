//! `theme.toml`, and the settings of the default theme.

use super::Page;
use super::fields::{choices, tables};
use super::text::{Head, code, documentation, table};
use crate::decode::Record;
use crate::theme::{Setting, SettingKind, Theme, ThemeManifest};

pub fn page(theme: &Theme) -> Page {
    let rows: Vec<[String; 2]> = theme
        .declared
        .iter()
        .map(|(name, (setting, _))| {
            let default = setting.default.as_ref().map(|default| code(&default.value.0.to_string()));
            let default = default.map(|default| format!(" Default: {default}.")).unwrap_or_default();
            let (meaning, takes) = (documentation(&setting.description), takes(setting));
            [code(name), format!("{meaning}<br><small>Takes {takes}.{default}</small>")]
        })
        .collect();
    let body = format!(
        "## The default theme {{#default}}\n\nA site sets these in `handbill.toml`, under `[settings]`.\n\n{}\n\
         ## Keys of `theme.toml` {{#theme-toml}}\n\n{}",
        table(["Setting", "Meaning"], &rows),
        tables(ThemeManifest::KEYS, "", 3)
    );
    let head = Head {
        title: "Theme settings",
        summary: "What a site can set in the default theme, and how a theme of your own declares settings.",
        weight: 10,
        section: false,
    };
    Page { path: "theme-settings.md".to_owned(), text: head.page(&body) }
}

fn takes(setting: &Setting) -> String {
    let words = match setting.kind {
        SettingKind::Choice => return choices(setting.choices.iter().map(String::as_str)),
        SettingKind::String | SettingKind::Text => "text",
        SettingKind::Bool => "true or false",
        SettingKind::Integer => "a whole number",
        SettingKind::Float => "a number",
        SettingKind::Color => "a colour",
        SettingKind::Url => "an address",
        SettingKind::Page => "a content file",
    };
    words.to_owned()
}
