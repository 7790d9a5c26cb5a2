//! Finds the tag that a template never closes.

use crate::source::Span;

/// A tag without its end.
pub struct OpenTag {
    pub text: String,
    pub span: Span,
    pub help: String,
}

/// The innermost tag that is still open at a template's end.
pub fn innermost(text: &str) -> Option<OpenTag> {
    let mut open: Vec<(&str, Span)> = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..)?.find('{') {
        let start = at + found;
        let from = text.get(start..)?;
        let closing = match from.get(..2) {
            Some("{#") => "#}",
            Some("{{") => "}}",
            Some("{%") => "%}",
            _ => {
                at = start + 1;
                continue;
            }
        };
        let Some(length) = from.find(closing) else {
            let line = from.lines().next().unwrap_or("");
            let opening = from.get(..2).unwrap_or("");
            return Some(OpenTag {
                text: opening.to_owned(),
                span: Span::new(start, start + line.trim_end().len()),
                help: format!("end it with {closing}"),
            });
        };
        at = start + length + 2;
        if closing != "%}" {
            continue;
        }
        let inside = from.get(2..length)?.trim_matches('-').trim();
        let word = inside.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if word == "raw" {
            at += text.get(at..)?.find("endraw").unwrap_or(0);
            continue;
        }
        let opens =
            matches!(word, "if" | "for" | "block" | "filter" | "component") || (word == "set" && !inside.contains('='));
        if opens {
            open.push((word, Span::new(start, at)));
        } else if let Some(ended) = word.strip_prefix("end")
            && let Some(last) = open.iter().rposition(|(word, _)| *word == ended)
        {
            // What was opened after it is not closed, and is the mistake; the engine has not come that far.
            open.remove(last);
        }
    }
    let (word, span) = open.pop()?;
    Some(OpenTag {
        text: text.get(span.range())?.to_owned(),
        span,
        help: format!("write {{% end{word} %}} where it ends"),
    })
}
