//! `theme.toml`: what a theme says of itself.

use crate::config::{Output, RawOutput, resolve_outputs};
use crate::decode::{
    At, Context, Decode, Field, Free, Named, Node, Record, Shape, TableReader, Value, choice, parse, record,
};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};

record! {
    /// What a theme says of itself, in `theme.toml`.
    pub struct ThemeManifest {
        /// The name of its folder.
        name: required String,
        /// Its name for people.
        title: optional String,
        /// One sentence.
        description: optional String,
        /// Its licence, as an SPDX expression.
        license: optional String,
        /// Who made it.
        authors: list String,
        /// Where it is kept.
        homepage: optional crate::config::Url,
        /// The versions of Handbill that it works with.
        handbill: default VersionRange,
        /// The theme whose templates, files and words it builds on. Default: the embedded one.
        extends: optional At<String>,
        /// Further files that its templates make.
        outputs: list At<RawOutput>,
        /// What a site can set, by name.
        settings: default Named<Setting>,
    }
}

record! {
    /// A range of versions, both ends included; a version such as `0.9` means all of 0.9.
    pub struct VersionRange {
        /// The oldest that works.
        min: optional At<String>,
        /// The newest that is known to work.
        max: optional At<String>,
    }
}

choice! {
    /// What a setting takes.
    pub enum SettingKind {
        String "string",
        Text "text",
        Bool "bool",
        Integer "integer",
        Float "float",
        Color "color",
        Choice "choice",
        Url "url",
        Page "page",
    }
}

/// `type` is a word of Rust, so this record is written out.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    pub kind: SettingKind,
    pub default: Option<At<Free>>,
    pub description: String,
    pub choices: Vec<String>,
}

impl Setting {
    const KEYS: &'static [Field] = &[
        Field {
            name: "type",
            shape: Shape::Required,
            expects: SettingKind::EXPECTS,
            doc: &["What it takes."],
            fields: None,
        },
        Field {
            name: "default",
            shape: Shape::Optional,
            expects: Free::EXPECTS,
            doc: &["Its value where a site sets none."],
            fields: None,
        },
        Field {
            name: "description",
            shape: Shape::Optional,
            expects: String::EXPECTS,
            doc: &["What it is for."],
            fields: None,
        },
        Field {
            name: "choices",
            shape: Shape::List,
            expects: String::EXPECTS,
            doc: &["What can be chosen, for the type `choice`."],
            fields: None,
        },
    ];
}

impl Decode for Setting {
    const EXPECTS: &'static str = "a table with `type`, `default` and `description`";
    const FIELDS: Option<&'static [Field]> = Some(Self::KEYS);
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let Value::Table(table) = &node.value else {
            cx.report(&codes::WRONG_TYPE, node.span, format!("expected {}", Self::EXPECTS));
            return None;
        };
        let mut reader = TableReader::new(table, node.span);
        let before = cx.diagnostics.len();
        let kind = reader.required("type", cx);
        let kind_is_known = cx.diagnostics.len() == before;
        let setting = Self {
            kind,
            // Against an unknown type nothing can be held.
            default: reader.optional("default", cx).filter(|_| kind_is_known),
            description: reader.optional("description", cx).unwrap_or_default(),
            choices: reader.optional("choices", cx).unwrap_or_default(),
        };
        reader.finish(&[Self::KEYS], cx);
        Some(setting)
    }
}

/// Reads a `theme.toml`, with the further files that it declares.
pub fn read(text: &str, file: &FileRef, diagnostics: &mut Vec<Diagnostic>) -> (ThemeManifest, Vec<Output>) {
    let mut cx = Context::new(file, diagnostics);
    let table = parse(text, 0, &mut cx);
    let mut reader = TableReader::new(&table, Span::default());
    let mut manifest = ThemeManifest::read(&mut reader, &mut cx);
    let outputs = resolve_outputs(std::mem::take(&mut manifest.outputs), &mut cx);
    reader.finish(&[ThemeManifest::KEYS], &mut cx);
    check_versions(&manifest, &mut cx);
    (manifest, outputs)
}

fn check_versions(manifest: &ThemeManifest, cx: &mut Context<'_>) {
    let own = version_parts(env!("CARGO_PKG_VERSION")).unwrap_or_default();
    let range = &manifest.handbill;
    if let Some(min) = &range.min {
        match version_parts(&min.value) {
            Some(parts) if own[..parts.len().min(own.len())] < parts[..] => {
                let message = format!("this theme needs Handbill {} or later", min.value);
                cx.report(&codes::THEME_VERSION, min.span, message).help =
                    Some(format!("this is Handbill {}: install a newer one", env!("CARGO_PKG_VERSION")));
            }
            Some(_) => {}
            None => bad_version(min, cx),
        }
    }
    if let Some(max) = &range.max {
        match version_parts(&max.value) {
            Some(parts) if own[..parts.len().min(own.len())] > parts[..] => {
                let message = format!("this theme is known to work up to Handbill {}", max.value);
                cx.report(&codes::THEME_VERSION, max.span, message).help = Some(format!(
                    "this is Handbill {}: look for a newer version of the theme, or try it and raise `max`",
                    env!("CARGO_PKG_VERSION")
                ));
            }
            Some(_) => {}
            None => bad_version(max, cx),
        }
    }
}

fn bad_version(written: &At<String>, cx: &mut Context<'_>) {
    let message = format!("\"{}\" is not a version", written.value);
    cx.report(&codes::BAD_VALUE, written.span, message).help = Some("write it as \"0.9\" or \"0.9.2\"".to_owned());
}

/// The numbers of a version, at most three.
fn version_parts(version: &str) -> Option<Vec<u32>> {
    let core = version.split(['-', '+']).next()?;
    let parts: Option<Vec<u32>> = core.split('.').map(|part| part.parse().ok()).collect();
    parts.filter(|parts| (1..=3).contains(&parts.len()))
}
