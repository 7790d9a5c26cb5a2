//! Pages that stand in for those that cannot be shown.

use super::content_type;
use super::look::Page;
use super::problems;
use super::snippet::escaped;
use crate::diagnostic::Diagnostic;
use crate::source::World;
use std::fmt::Write;

/// The most mistakes that such a page lists.
const MOST_LISTED: usize = 50;

/// In place of a page that has mistakes and was never good.
pub fn mistakes(mistakes: &[Diagnostic], world: &dyn World) -> Page {
    let mut body = String::from(
        "<h1>This page can’t be shown yet</h1>\n<p>It appears here by itself as soon as this is mended:</p>\n",
    );
    let mut sorted: Vec<&Diagnostic> = mistakes.iter().collect();
    sorted.sort_by_key(|problem| problem.severity);
    for problem in sorted.iter().take(MOST_LISTED) {
        let text = problems::as_text(problem, world);
        let _ = writeln!(
            body,
            "<pre class=\"{}\" tabindex=\"0\">{}</pre>",
            problems::word(problem.severity),
            escaped(&text)
        );
    }
    if mistakes.len() > MOST_LISTED {
        let _ = writeln!(body, "<p>And {} more.</p>", mistakes.len() - MOST_LISTED);
    }
    if mistakes.is_empty() {
        body.push_str("<p>The site has not been read yet.</p>\n");
    }
    page(500, "This page can’t be shown yet", &body)
}

/// In place of a site's own page for what is not found.
pub fn not_found(path: &str) -> Page {
    let body = format!("<h1>There is no such page</h1>\n<p>Nothing stands at <code>{}</code>.</p>\n", escaped(path));
    page(404, "There is no such page", &body)
}

/// The words are English whatever the site's language is, and so they are called.
fn page(status: u16, title: &str, body: &str) -> Page {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/_handbill/start.css\">\n</head>\n<body class=\"stand-in\">\n<main>\n{body}\
         <p><a href=\"/_handbill/\">All content and all mistakes</a></p>\n</main>\n</body>\n</html>\n"
    );
    Page::new(status, content_type::HTML, html.into())
}
