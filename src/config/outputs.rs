//! Further files that templates make, as a site or a theme declares them.

use crate::decode::{At, Context, choice, record};
use crate::diagnostic::codes;
use crate::source::{FileRef, Span};

choice! {
    /// What a further file is made of.
    pub enum Each {
        Site "site",
        Section "section",
        Page "page",
    }
}

choice! {
    /// A kind of content.
    pub enum OutputKind {
        Aim "aim",
        Statement "statement",
        Group "group",
        Event "event",
        Action "action",
        Post "post",
        Page "page",
    }
}

record! {
    /// Further files that a template makes.
    pub struct RawOutput {
        /// The template, such as `outputs/events.csv`. Its ending says how texts are written in it.
        template: required At<String>,
        /// The name of each file, such as `events.csv`.
        file: required At<String>,
        /// `site`: one beside the home page of each language; `section`: one beside each section; `page`: one beside each page. Default: `site`.
        each: default Each,
        /// Only of this kind: what the site's file lists, the sections and the pages that have one.
        kind: optional OutputKind,
        /// Its media type, such as `text/csv`, for hosts that would not know it by the file's ending.
        media_type: optional At<String>,
    }
}

/// A further file, and where it is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub template: At<String>,
    /// The name of each file.
    pub name: String,
    pub each: Each,
    pub kind: Option<OutputKind>,
    pub media_type: Option<String>,
    /// Where it is declared: a theme's file, or the configuration's.
    pub file: FileRef,
    pub span: Span,
}

/// Checks what a configuration or a theme declares. The places of mistakes are those of the context.
pub fn resolve(raw: Vec<At<RawOutput>>, cx: &mut Context<'_>) -> Vec<Output> {
    raw.into_iter().filter_map(|raw| one(raw, cx)).collect()
}

fn one(raw: At<RawOutput>, cx: &mut Context<'_>) -> Option<Output> {
    let RawOutput { mut template, file: name, each, kind, media_type } = raw.value;
    // What is missing has been reported.
    if template.span == Span::default() || name.span == Span::default() {
        return None;
    }
    let path = crate::output::OutputPath::new(&name.value);
    if path.is_err() || name.value.contains('/') || name.value == "index.html" {
        cx.report(&codes::BAD_VALUE, name.span, format!("\"{}\" cannot be the name of such a file", name.value)).help =
            Some("write a name without folders, such as events.csv".to_owned());
        return None;
    }
    let media_type = media_type.filter(|written| {
        let token = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
        };
        let known = written.value.split_once('/').is_some_and(|(kind, part)| token(kind) && token(part));
        if !known {
            cx.report(&codes::BAD_VALUE, written.span, format!("\"{}\" is not a media type", written.value)).help =
                Some("media types look like text/csv".to_owned());
        }
        known
    });
    let (file, template_span) = cx.locate(template.span);
    let file = file.clone();
    template.span = template_span;
    let span = cx.locate(raw.span).1;
    Some(Output {
        template,
        name: name.value,
        each,
        kind,
        media_type: media_type.map(|written| written.value),
        file,
        span,
    })
}
