//! The page for editors, as HTML.

use super::rows::{self, Row, Status};
use crate::content::Kind;
use crate::diagnostic::Diagnostic;
use crate::serve::snippet::escaped;
use crate::site::Site;
use jiff::Timestamp;
use serde_json::Value;
use std::fmt::{Display, Write};

/// Writes the page from its top to its end.
pub struct Writer<'s> {
    site: &'s Site,
    problems: &'s [Diagnostic],
    html: String,
}

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" href=\"data:,\">\n\
    <link rel=\"stylesheet\" href=\"/_handbill/start.css\">\n";

/// While the site has never been shown: what is wrong.
pub fn without_site(problems: &[Diagnostic]) -> String {
    let items: String = problems.iter().map(|problem| format!("<li>{}</li>\n", escaped(&problem.message))).collect();
    format!(
        "{HEAD}<title>The site can’t be shown yet</title>\n</head>\n<body class=\"stand-in\">\n<main>\n\
         <h1>The site can’t be shown yet</h1>\n<p>It appears as soon as this is mended:</p>\n<ul>\n{items}</ul>\n\
         </main>\n</body>\n</html>\n"
    )
}

impl<'s> Writer<'s> {
    pub fn new(site: &'s Site, problems: &'s [Diagnostic]) -> Self {
        Self { site, problems, html: String::with_capacity(64 << 10) }
    }

    fn put(&mut self, html: impl Display) {
        let _ = write!(self.html, "{html}");
    }

    /// The head and what stands above all views.
    pub fn head(&mut self, rows: &[Row<'_>], wanted: Option<&str>) {
        let title = escaped(&self.site.config.default_language().title);
        let home = format!("{}/", self.site.config.base_url.path);
        let address = self.site.config.base_url.absolute(&home);
        let published = rows.iter().filter(|row| row.status == Status::Published).count();
        let held = rows.len() - published;
        let errors = self.problems.iter().filter(|problem| problem.is_error()).count();
        let state = match errors {
            0 => "<span class=\"ok\">No mistakes</span>".to_owned(),
            count => format!("<a class=\"bad\" href=\"/_handbill/#problems\">{}</a>", counted(count, "mistake")),
        };
        self.put(format_args!(
            "{HEAD}<title>{title}: all content</title>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n\
             <header class=\"top\">\n<p class=\"site\"><a href=\"/_handbill/\">{title}</a></p>\n\
             <p class=\"facts\">{} published · {held} held back · {state}</p>\n\
             <form role=\"search\" action=\"/_handbill/\"><label for=\"q\" class=\"hidden\">Title, file or text</label>\
             <input id=\"q\" name=\"q\" type=\"search\" placeholder=\"Title, file or text\" value=\"{}\"><button>Find</button></form>\n\
             <p class=\"links\"><a class=\"open\" href=\"{home}\">Open the site</a> <span class=\"address\">published at {}</span></p>\n\
             </header>\n<div class=\"columns\">\n<main id=\"content\" tabindex=\"-1\">\n",
            published,
            escaped(wanted.unwrap_or("")),
            escaped(&address),
            home = escaped(&home),
        ));
    }

    /// The heading of the view of everything.
    pub fn overview(&mut self) {
        self.put("<h1 class=\"hidden\">All content</h1>\n");
    }

    /// What is wrong, as on the terminal.
    pub fn problems(&mut self, panel: &str) {
        let panel: Value = serde_json::from_str(panel).unwrap_or_default();
        let of = |key: &str, thing: &str| match panel[key].as_u64().unwrap_or(0) as usize {
            0 => None,
            count => Some(counted(count, thing)),
        };
        let items = panel["items"].as_array().cloned().unwrap_or_default();
        if items.is_empty() {
            return;
        }
        self.put(format_args!(
            "<section id=\"problems\">\n<h2>To be mended</h2>\n<p class=\"note\">{}. Mistakes keep the site from being published, warnings do not.</p>\n",
            [of("errors", "mistake"), of("warnings", "warning")].into_iter().flatten().collect::<Vec<_>>().join(", "),
        ));
        for item in &items {
            let (severity, text) = (item["severity"].as_str().unwrap_or("note"), item["text"].as_str().unwrap_or(""));
            self.put(format_args!("<pre class=\"{}\" tabindex=\"0\">{}</pre>\n", escaped(severity), escaped(text)));
        }
        match panel["more"].as_u64().unwrap_or(0) {
            0 => {}
            more => self.put(format_args!("<p>And {more} more, which <code>handbill build</code> lists.</p>\n")),
        }
        self.put("</section>\n");
    }

    /// What appears and what goes by itself.
    pub fn coming(&mut self, rows: &[Row<'_>], few: usize, most: usize) {
        let mut changes: Vec<(Timestamp, &str, &Row<'_>)> = Vec::new();
        for row in rows {
            if let Status::Scheduled(at) = row.status {
                changes.push((at, "appears", row));
            }
            let shown = matches!(row.status, Status::Published | Status::Scheduled(_));
            changes.extend(row.expires.filter(|_| shown).map(|at| (at, "expires", row)));
        }
        changes.sort_by_key(|(at, word, row)| (*at, *word, row.file.clone()));
        if changes.is_empty() {
            return;
        }
        let item = |(at, word, row): &(Timestamp, &str, &Row<'_>)| {
            format!("<li><span class=\"when\">{}</span> {} <b>{word}</b></li>\n", self.time(*at), name(row))
        };
        let items = changes.iter().take(most).map(item).collect();
        self.folded("coming", "Coming by itself", items, few, changes.len());
    }

    pub fn drafts(&mut self, rows: &[Row<'_>], few: usize, most: usize) {
        let drafts: Vec<&Row<'_>> = rows.iter().filter(|row| row.status == Status::Draft).collect();
        if drafts.is_empty() {
            return;
        }
        let item = |row: &&Row<'_>| {
            let from = row
                .publish_from
                .map_or(String::new(), |at| format!("<span class=\"when\">not before {}</span> ", self.time(at)));
            format!("<li>{from}{} <code>{}</code></li>\n", name(row), escaped(&row.file))
        };
        let items = drafts.iter().take(most).map(item).collect();
        self.folded("drafts", "Drafts", items, few, drafts.len());
    }

    /// Pages that are not there in every language.
    pub fn untranslated(&mut self, rows: &[Row<'_>], few: usize, most: usize) {
        let missing: Vec<&Row<'_>> = rows.iter().filter(|row| !row.missing.is_empty()).collect();
        if missing.is_empty() {
            return;
        }
        let item = |row: &&Row<'_>| {
            format!("<li>{} <span class=\"note\">not in {}</span></li>\n", name(row), escaped(&row.missing.join(", ")))
        };
        let items = missing.iter().take(most).map(item).collect();
        self.folded("translations", "Not yet translated", items, few, missing.len());
    }

    /// A list with its first items in sight and the others folded away; all would be `count` items.
    fn folded(&mut self, id: &str, heading: &str, items: Vec<String>, few: usize, count: usize) {
        let (first, rest) = items.split_at(items.len().min(few));
        self.put(format_args!(
            "<section id=\"{id}\">\n<h2>{heading}</h2>\n<ul class=\"list\">\n{}</ul>\n",
            first.concat()
        ));
        if !rest.is_empty() {
            let beyond = match count.saturating_sub(items.len()) {
                0 => String::new(),
                beyond => format!("<p class=\"note\">And {beyond} more, which <code>handbill list</code> names.</p>\n"),
            };
            self.put(format_args!(
                "<details><summary>{} more</summary>\n<ul class=\"list\">\n{}</ul>\n{beyond}</details>\n",
                count - first.len(),
                rest.concat()
            ));
        }
        self.put("</section>\n");
    }

    /// All content by kind.
    pub fn all(&mut self, rows: &[Row<'_>], most: usize) {
        for kind in rows::kinds() {
            let of_kind: Vec<&Row<'_>> = rows.iter().filter(|row| row.kind == kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            let word = kind.word();
            self.put(format_args!(
                "<section id=\"{word}\">\n<h2>{} <span class=\"count\">{}</span></h2>\n",
                heading(kind),
                of_kind.len()
            ));
            self.table(&of_kind[..of_kind.len().min(most)]);
            if of_kind.len() > most {
                self.put(format_args!(
                    "<p><a href=\"/_handbill/?kind={word}\">All {}: {}</a></p>\n",
                    heading(kind).to_lowercase(),
                    of_kind.len()
                ));
            }
            self.put("</section>\n");
        }
    }

    /// One kind, in pages.
    pub fn of_kind(&mut self, rows: &[&Row<'_>], number: usize, most: usize) {
        let Some(kind) = rows.first().map(|row| row.kind) else { return };
        let last = rows.len().div_ceil(most);
        let number = number.clamp(1, last);
        self.put(format_args!("<section>\n<h1>{} <span class=\"count\">{}</span></h1>\n", heading(kind), rows.len()));
        let from = (number - 1) * most;
        self.table(&rows[from..rows.len().min(from + most)]);
        if last > 1 {
            self.put("<nav class=\"pages\" aria-label=\"Pages\">\n");
            for page in 1..=last {
                let current = if page == number { " aria-current=\"page\"" } else { "" };
                self.put(format_args!(
                    "<a href=\"/_handbill/?kind={}&amp;page={page}\"{current}>{page}</a>\n",
                    kind.word()
                ));
            }
            self.put("</nav>\n");
        }
        self.put("</section>\n");
    }

    /// What holds a text.
    pub fn found(&mut self, text: &str, rows: &[&Row<'_>], most: usize) {
        self.put(format_args!("<section>\n<h1>{} with “{}”</h1>\n", counted(rows.len(), "page"), escaped(text)));
        if !rows.is_empty() {
            self.table(&rows[..rows.len().min(most)]);
        }
        if rows.len() > most {
            self.put(format_args!("<p class=\"note\">And {} more: look for a longer piece.</p>\n", rows.len() - most));
        }
        self.put("</section>\n");
    }

    fn table(&mut self, rows: &[&Row<'_>]) {
        self.put("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n<thead><tr><th scope=\"col\">Title</th><th scope=\"col\">Status</th><th scope=\"col\">File</th><th scope=\"col\"><span class=\"hidden\">On a phone</span></th></tr></thead>\n<tbody>\n");
        let many_languages = self.site.config.languages.len() > 1;
        for row in rows {
            let language = if many_languages {
                format!(" <span class=\"language\">{}</span>", escaped(row.language))
            } else {
                String::new()
            };
            let status = self.status(row);
            let phone = row.url.map_or(String::new(), |url| {
                let title = escaped(row.title);
                format!(
                    "<a class=\"phone\" target=\"phone\" href=\"{}\" aria-label=\"{title} on a phone\">Phone</a>",
                    escaped(url)
                )
            });
            self.put(format_args!(
                "<tr><td>{}{language}</td><td>{status}</td><td><code>{}</code></td><td>{phone}</td></tr>\n",
                name(row),
                escaped(&row.file),
            ));
        }
        self.put("</tbody>\n</table></div>\n");
    }

    fn status(&self, row: &Row<'_>) -> String {
        let (class, mut text) = match row.status {
            Status::Published => ("published", "published".to_owned()),
            Status::Draft => match row.publish_from {
                Some(at) => ("draft", format!("draft, not before {}", self.time(at))),
                None => ("draft", "draft".to_owned()),
            },
            Status::Scheduled(at) => ("scheduled", format!("from {}", self.time(at))),
            Status::Expired => ("expired", "expired".to_owned()),
            Status::Broken => ("broken", "not readable".to_owned()),
        };
        if let Some(at) = row.expires {
            let _ = write!(text, ", until {}", self.time(at));
        }
        let problems = match row.problems {
            0 => String::new(),
            count => format!(" <span class=\"status broken\">{}</span>", counted(count, "problem")),
        };
        format!("<span class=\"status {class}\">{text}</span>{problems}")
    }

    /// A time in the site's zone.
    fn time(&self, at: Timestamp) -> String {
        at.to_zoned(self.site.config.timezone.clone()).strftime("%-d %B %Y, %H:%M").to_string()
    }

    pub fn finish(mut self) -> String {
        let home = escaped(&format!("{}/", self.site.config.base_url.path));
        self.put(format_args!(
            "</main>\n<aside aria-label=\"On a phone\">\n<div class=\"device\"><iframe name=\"phone\" title=\"The page on a phone\" width=\"360\" height=\"720\" src=\"{home}\"></iframe></div>\n\
             <p class=\"note\">As on a phone, 360 pixels wide.</p>\n</aside>\n</div>\n</body>\n</html>\n"
        ));
        self.html
    }
}

/// The title, as a link where there is a page.
fn name(row: &Row<'_>) -> String {
    let title = if row.title.trim().is_empty() { &row.file } else { row.title };
    let language = match row.language {
        "en" => String::new(),
        other => format!(" lang=\"{}\"", escaped(other)),
    };
    match row.url {
        Some(url) => format!("<a href=\"{}\"{language}>{}</a>", escaped(url), escaped(title)),
        None if language.is_empty() => escaped(title),
        None => format!("<span{language}>{}</span>", escaped(title)),
    }
}

fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Aim => "Aims",
        Kind::Statement => "Statements",
        Kind::Group => "Groups",
        Kind::Event => "Events",
        Kind::Action => "Actions",
        Kind::Post => "News",
        Kind::Page => "Pages",
        Kind::Section => "Sections",
    }
}

fn counted(count: usize, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        count => format!("{count} {thing}s"),
    }
}
