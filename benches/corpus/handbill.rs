//! The corpus as a Handbill site with a theme of its own, as plain as the Hugo site's.

use super::{Corpus, Document, Section, path, put, put_documents};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

const FILES: &[(&str, &str)] = &[
    ("handbill.toml", include_str!("handbill/handbill.toml")),
    ("themes/bench/theme.toml", include_str!("handbill/theme.toml")),
    ("themes/bench/static/style.css", include_str!("style.css")),
    ("themes/bench/templates/base.html", include_str!("handbill/base.html")),
    ("themes/bench/templates/index.html", include_str!("handbill/index.html")),
    ("themes/bench/templates/page.html", include_str!("handbill/page.html")),
    ("themes/bench/templates/section.html", include_str!("handbill/section.html")),
    ("themes/bench/templates/taxonomy.html", include_str!("handbill/taxonomy.html")),
    ("themes/bench/templates/term.html", include_str!("handbill/term.html")),
    ("themes/bench/templates/404.html", include_str!("handbill/404.html")),
    ("themes/bench/templates/partials/navigation.html", include_str!("handbill/partials/navigation.html")),
    ("themes/bench/templates/partials/header.html", include_str!("handbill/partials/header.html")),
    ("themes/bench/templates/partials/card.html", include_str!("handbill/partials/card.html")),
    ("themes/bench/templates/partials/pages.html", include_str!("handbill/partials/pages.html")),
];

/// The kinds' own templates would come from the embedded theme: these say that every kind looks like a page here.
const ALIKE: &[(&str, &str)] = &[
    ("aim", "page"),
    ("statement", "page"),
    ("group", "page"),
    ("event", "page"),
    ("action", "page"),
    ("post", "page"),
    ("aims", "section"),
    ("statements", "section"),
    ("groups", "section"),
    ("events", "section"),
    ("actions", "section"),
    ("news", "section"),
];

pub fn write(corpus: Corpus, folder: &Path) -> io::Result<()> {
    for (name, text) in FILES {
        put(folder, name, text)?;
    }
    for (name, base) in ALIKE {
        let text = format!("{{% extends \"{base}.html\" %}}\n");
        put(folder, &format!("themes/bench/templates/{name}.html"), &text)?;
    }
    put_documents(corpus, folder, front_matter, |section, number| format!("@/{}", path(section, number)))
}

fn front_matter(document: &Document, out: &mut String) {
    match document.section {
        Section::Aims => _ = writeln!(out, "order = {}", document.number),
        Section::Statements => out.push_str("issued_by = \"Better Buses\"\n"),
        Section::Groups => {
            _ = writeln!(out, "place = \"Place {}\"", document.number);
            _ = writeln!(out, "region = \"{}\"", document.region);
            _ = writeln!(out, "location = {{ lat = {}, lon = {} }}", document.latitude, document.longitude);
        }
        Section::Events => {
            _ = writeln!(out, "start = {}", document.start);
            out.push_str("duration = \"2h\"\n");
            if let Some(group) = document.group {
                _ = writeln!(out, "groups = [\"@/{}\"]", path(Section::Groups, group));
            }
        }
    }
}
