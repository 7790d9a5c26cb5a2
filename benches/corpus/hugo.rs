//! The corpus as a Hugo site: the same documents, the same pages, no minifying and no highlighting.

use super::{Corpus, Document, Section, path, put, put_documents};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

const FILES: &[(&str, &str)] = &[
    ("hugo.toml", include_str!("hugo/hugo.toml")),
    ("static/style.css", include_str!("style.css")),
    ("layouts/baseof.html", include_str!("hugo/baseof.html")),
    ("layouts/home.html", include_str!("hugo/home.html")),
    ("layouts/home.atom.xml", include_str!("hugo/home.atom.xml")),
    ("layouts/single.html", include_str!("hugo/single.html")),
    ("layouts/list.html", include_str!("hugo/list.html")),
    ("layouts/terms.html", include_str!("hugo/terms.html")),
    ("layouts/404.html", include_str!("hugo/404.html")),
    ("layouts/_partials/navigation.html", include_str!("hugo/_partials/navigation.html")),
    ("layouts/_partials/header.html", include_str!("hugo/_partials/header.html")),
    ("layouts/_partials/card.html", include_str!("hugo/_partials/card.html")),
    ("layouts/_partials/pages.html", include_str!("hugo/_partials/pages.html")),
];

pub fn write(corpus: Corpus, folder: &Path) -> io::Result<()> {
    for (name, text) in FILES {
        put(folder, name, text)?;
    }
    put_documents(corpus, folder, front_matter, |section, number| {
        format!("{{{{< relref \"/{}\" >}}}}", path(section, number))
    })
}

/// Whatever Hugo has no key for goes under `[params]`.
fn front_matter(document: &Document, out: &mut String) {
    out.push_str("[params]\n");
    match document.section {
        Section::Aims => _ = writeln!(out, "order = {}", document.number),
        Section::Statements => out.push_str("issued_by = \"Better Buses\"\n"),
        Section::Groups => {
            _ = writeln!(out, "place = \"Place {}\"", document.number);
            _ = writeln!(out, "region = \"{}\"", document.region);
            _ = writeln!(out, "location = {{ lat = {}, lon = {} }}", document.latitude, document.longitude);
        }
        Section::Events => {
            _ = writeln!(out, "start = {}Z", document.start);
            out.push_str("duration = \"2h\"\n");
            if let Some(group) = document.group {
                _ = writeln!(out, "groups = [\"/{}\"]", path(Section::Groups, group));
            }
        }
    }
}
