//! Template mistakes as diagnostics.

mod advice;
mod open_tags;

pub use advice::called;

use super::layers::TemplateSource;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileRef, Span};
use tera::{Error, ErrorKind, ReportError};

/// A mistake in the syntax of one template.
pub fn syntax(report: &ReportError, source: &TemplateSource) -> Diagnostic {
    let span = Span::from(report.span().range.clone());
    let advice = advice::on(report.message(), Some((source, span)), &[]);
    let message = match advice.span {
        Some(_) => advice.message,
        None => format!("this template cannot be read: {}", lowered(&advice.message)),
    };
    let problem = Diagnostic::new(&codes::TEMPLATE_SYNTAX, message).at(&source.file, advice.span.unwrap_or(span));
    helped(problem, advice.help)
}

/// What keeps templates that can be read from working together: unknown filters, functions, parents, components.
pub fn compilation(error: &Error, sources: &[TemplateSource]) -> Vec<Diagnostic> {
    let text = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => return vec![located(report, sources)],
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("the template \"{parent}\", which this one extends, does not exist");
            let problem = in_template(current, &format!("\"{parent}\""), message, sources);
            return vec![problem.help(advice::template(parent, sources))];
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let message = format!("the template extends itself: {}", inheritance_chain.join(" extends "));
            return vec![in_template(tpl, "extends", message, sources)];
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let message = format!("the template includes itself: {}", include_chain.join(" includes "));
            return vec![in_template(tpl, "include", message, sources)];
        }
        _ => error.to_string(),
    };
    let found: Vec<Diagnostic> = text.split("\n\n").filter_map(|report| from_report_text(report, sources)).collect();
    if found.is_empty() { vec![Diagnostic::new(&codes::TEMPLATE_MISTAKE, lowered(&text))] } else { found }
}

/// A mistake that showed when a template was rendered.
pub fn rendering(error: &Error, sources: &[TemplateSource], page: Option<&FileRef>, template: &str) -> Diagnostic {
    let mut problem = match error.kind() {
        ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => located(report, sources),
        ErrorKind::TemplateNotFound(name) => {
            Diagnostic::new(&codes::MISSING_TEMPLATE, format!("there is no template \"{name}\""))
                .help(advice::template(name, sources))
        }
        _ => {
            let problem = Diagnostic::new(&codes::TEMPLATE_MISTAKE, lowered(&error.to_string()));
            match sources
                .iter()
                .find(|source| source.name == template || source.name.ends_with(&format!("/{template}")))
            {
                Some(source) => problem.in_file(&source.file),
                None => problem,
            }
        }
    };
    problem.code = if problem.code == &codes::MISSING_TEMPLATE { problem.code } else { &codes::TEMPLATE_MISTAKE };
    if let Some(page) = page {
        problem = problem.other(page, Span::default(), "while rendering this page");
    }
    if let Some(cause) = std::error::Error::source(error) {
        let cause = cause.to_string();
        if !problem.message.contains(&cause) {
            problem.message = format!("{}: {cause}", problem.message);
        }
    }
    problem
}

fn located(report: &ReportError, sources: &[TemplateSource]) -> Diagnostic {
    let source = sources.iter().find(|source| source.name == report.filename());
    about(report.message(), source, Span::from(report.span().range.clone()), sources)
}

fn about(message: &str, source: Option<&TemplateSource>, span: Span, sources: &[TemplateSource]) -> Diagnostic {
    let advice = advice::on(message, source.map(|source| (source, span)), sources);
    let problem = Diagnostic::new(&codes::TEMPLATE_MISTAKE, lowered(&advice.message));
    let problem = match source {
        Some(source) => problem.at(&source.file, advice.span.unwrap_or(span)),
        None => problem,
    };
    helped(problem, advice.help)
}

fn helped(mut problem: Diagnostic, help: Option<String>) -> Diagnostic {
    problem.help = help;
    problem
}

fn in_template(name: &str, at: &str, message: String, sources: &[TemplateSource]) -> Diagnostic {
    let problem = Diagnostic::new(&codes::TEMPLATE_MISTAKE, message);
    match sources.iter().find(|source| source.name == name) {
        Some(source) => {
            let start = source.text.find(at).unwrap_or(0);
            let end = if source.text[start..].starts_with(at) { start + at.len() } else { start };
            problem.at(&source.file, Span::new(start, end))
        }
        None => problem,
    }
}

/// The engine joins several reports into one text, each beginning `error: …` and ` --> file:line:column`.
fn from_report_text(report: &str, sources: &[TemplateSource]) -> Option<Diagnostic> {
    let message = report.lines().next()?.strip_prefix("error: ")?;
    let place = report.lines().nth(1)?.trim().strip_prefix("--> ")?;
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let source = sources.iter().find(|source| source.name == name)?;
    let line_start: usize = source.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line_text = source.text.get(line_start..)?.lines().next().unwrap_or("");
    let column_at = line_text.char_indices().nth(column.saturating_sub(1)).map_or(line_text.len(), |(at, _)| at);
    let carets = report.lines().last().map_or(1, |line| line.matches('^').count().max(1));
    let width: usize = line_text[column_at..].chars().take(carets).map(char::len_utf8).sum();
    let start = line_start + column_at;
    Some(about(message, Some(source), Span::new(start, start + width), sources))
}

/// Messages begin with a small letter, names keep theirs.
fn lowered(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut chars = message.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            format!("{}{}", first.to_lowercase(), &message[first.len_utf8()..])
        }
        _ => message.to_owned(),
    }
}
