//! Files of the site's folder that are no pages: what they do for it.

use super::{Answer, Desk, What, count, page};
use crate::content::{Details, Document, FOLDER, Signatories, table_files};
use crate::emit;
use crate::site::Subject;

pub fn answer(desk: &Desk<'_>, file: &str) -> Answer {
    let mut answer = Answer {
        what: What::Source,
        file: Some(file.to_owned()),
        mistakes: page::mistakes(desk, file),
        ..Answer::default()
    };
    let words =
        configuration(desk, file).or_else(|| template(desk, file)).or_else(|| theme(desk, file)).or_else(|| data(file));
    match words {
        Some(words) => answer.words = words,
        None => {
            let (what, words) = content_file(desk, file);
            answer.what = what;
            answer.words = vec![words];
        }
    }
    answer
}

fn configuration(desk: &Desk<'_>, file: &str) -> Option<Vec<String>> {
    let own = &*desk.site.config.file;
    if file == own {
        return Some(vec![
            "The configuration: the site's name, address, languages, menus and what else holds for all pages."
                .to_owned(),
        ]);
    }
    let name = file.strip_prefix(own.trim_end_matches(".toml"))?.strip_prefix('.')?.strip_suffix(".toml")?;
    (!name.contains('/')).then(|| vec![format!("What `--environment {name}` lays over the configuration.")])
}

/// A template, with how many pages it renders.
fn template(desk: &Desk<'_>, file: &str) -> Option<Vec<String>> {
    let (_, name) = file.split_once("templates/")?;
    let folder = &file[..file.len() - name.len()];
    let own = folder == "templates/";
    if !own && !folder.starts_with("themes/") {
        return None;
    }
    let whose = if own { "of the site's own".to_owned() } else { format!("of the theme \"{}\"", theme_name(file)?) };
    let mut words = vec![format!("The template {name} {whose}.")];
    let Some(engine) = desk.engine else { return Some(words) };
    let known = engine.shared().theme.sources.iter().any(|source| *source.file == *file);
    if !known {
        words.push(match own || is_used(desk, file) {
            true => {
                "It is not one that Handbill reads: templates end in .html, .xml, .txt, .json, .csv or .md.".to_owned()
            }
            false => "The site does not use this theme.".to_owned(),
        });
        return Some(words);
    }
    if let Some(first) = engine.template_file(name).filter(|first| ***first != *file) {
        words.push(format!("{first} takes its place."));
        return Some(words);
    }
    let is_rendered = |subject: &Subject| emit::template(engine, subject).as_deref() == Some(name);
    let number = desk.site.jobs.iter().filter(|job| is_rendered(&job.subject)).count();
    words.push(match number {
        0 => "No page is rendered with it directly; other templates may use it.".to_owned(),
        number => format!("It renders {}.", count(number, "page")),
    });
    Some(words)
}

fn theme_name(file: &str) -> Option<&str> {
    file.strip_prefix("themes/")?.split('/').next()
}

/// Whether a file belongs to a theme that the site is made with.
fn is_used(desk: &Desk<'_>, file: &str) -> bool {
    let Some(name) = theme_name(file) else { return false };
    let folder = format!("themes/{name}/");
    name == desk.site.config.theme.value
        || desk.engine.is_some_and(|engine| {
            engine.shared().theme.sources.iter().any(|source| source.file.starts_with(folder.as_str()))
        })
}

fn theme(desk: &Desk<'_>, file: &str) -> Option<Vec<String>> {
    let name = theme_name(file)?;
    let below = file.strip_prefix("themes/")?.strip_prefix(name)?.trim_start_matches('/');
    if !is_used(desk, file) {
        return Some(vec![format!("A file of the theme \"{name}\", which the site does not use.")]);
    }
    let words = match below.split_once('/') {
        None if below == "theme.toml" => format!("What the theme \"{name}\" says of itself, and the settings it has."),
        Some(("i18n", language)) => {
            format!("The words of the theme \"{name}\" in the language {}.", language.trim_end_matches(".toml"))
        }
        Some(("static", path)) => {
            let taken = desk.job_at(path);
            match taken.map(|job| super::made::named(desk, job, None)) {
                Some(other) => format!("A file of the theme \"{name}\". At its address, /{path}, stands {other}."),
                None => format!("A file of the theme \"{name}\"."),
            }
        }
        _ => format!("A file of the theme \"{name}\" that Handbill does not read."),
    };
    Some(vec![words])
}

fn data(file: &str) -> Option<Vec<String>> {
    if let Some(language) = file.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".toml")) {
        let words = format!("The site's own words in the language {language}: they take the place of the theme's.");
        return Some(vec![words]);
    }
    file.strip_prefix("data/").map(|_| vec!["Data that templates read with `data` or `load_data`.".to_owned()])
}

/// A table whose rows are pages.
fn table(desk: &Desk<'_>, file: &str) -> Option<String> {
    let hidden = desk.hidden();
    let published = desk.site.pages.iter().filter(|page| !page.is_fallback).map(|page| &*page.document);
    let not_published = hidden.iter().map(|(_, document, _)| *document);
    let named_by = published
        .clone()
        .chain(not_published.clone())
        .find(|document| table_files(document).any(|table| table == file))?;
    let is_row = |document: &&Document| document.row.is_some() && *document.file == *file;
    let (shown, held_back) = (published.filter(is_row).count(), not_published.filter(is_row).count());
    let rest = match held_back {
        0 => String::new(),
        held_back => format!(", {held_back} not"),
    };
    Some(format!(
        "A table whose rows are pages: {shown} published{rest}. {} names it. Ask for one of them by its title or by the file that its row stands for.",
        named_by.file
    ))
}

/// What lies in the content and is not published, and what lies elsewhere.
fn content_file(desk: &Desk<'_>, file: &str) -> (What, String) {
    let site = desk.site;
    let Some(below) = file.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/')) else {
        let words = if file.starts_with("static/") {
            "A file that is not published: names that begin with a dot or end in ~, .bak and the like are passed over."
        } else {
            "A file that Handbill does not read."
        };
        return (What::Unused, words.to_owned());
    };
    let name = below.rsplit('/').next().unwrap_or(below);
    let hidden = desk.hidden();
    let published = site.pages.iter().map(|page| &*page.document);
    let mut documents = published.chain(hidden.iter().map(|(_, document, _)| *document));
    let names_people = documents.find(|document| match &document.details {
        Details::Statement(statement) => matches!(&statement.signatories, Signatories::File(name)
            if document.beside(&name.value).as_deref() == Some(file)),
        _ => false,
    });
    if let Some(words) = table(desk, file) {
        return (What::Source, words);
    }
    if let Some(statement) = names_people {
        let words = format!(
            "Those who signed \"{}\". The file itself is never published; the page names those who agreed to it.",
            statement.common.title.value
        );
        return (What::Source, words);
    }
    if name.starts_with(['.', '~']) {
        return (What::Unused, "A file that is passed over, since its name begins with a dot or ~.".to_owned());
    }
    let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
    let owner = hidden.iter().find(|(_, document, _)| {
        (document.path.is_bundle() || document.path.is_section())
            && (folder == document.path.folder() || folder.starts_with(&format!("{}/", document.path.folder())))
    });
    let words = match owner {
        Some((reason, document, _)) => {
            format!("It travels with {}, which is not published ({}).", document.file, page::status(*reason))
        }
        None => "It is not published: nothing that is published lies in its folder, or it is a list of people with \
                 their consent, or its name is that of a copy."
            .to_owned(),
    };
    (What::Unused, words)
}
