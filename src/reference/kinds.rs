//! Front matter: the keys of every kind.

use super::Page;
use super::fields::tables;
use super::text::{Head, code, documentation, table};
use crate::content::{Common, Kind};
use crate::decode::Record;

/// A page for what all kinds share, and one for each kind with keys of its own.
pub fn pages() -> Vec<Page> {
    let kinds = || Kind::AUTHORED.iter().copied().chain([Kind::Section]);
    let mut pages = vec![common(kinds())];
    let own = kinds().filter(|kind| !kind.keys().is_empty());
    pages.extend(own.zip(1..).map(|(kind, weight)| of_kind(kind, weight)));
    pages
}

fn common(kinds: impl Iterator<Item = Kind>) -> Page {
    let rows: Vec<[String; 3]> = kinds
        .map(|kind| {
            let word = code(kind.word());
            let name = if kind.keys().is_empty() { word } else { format!("[{word}]({}.md)", kind.word()) };
            let folder = match (kind, kind.folder()) {
                (_, Some(folder)) => code(&format!("content/{folder}/")),
                (Kind::Section, None) => format!("{} of any folder", code("_index.md")),
                (_, None) => "anywhere else".to_owned(),
            };
            [name, folder, documentation(kind.meaning())]
        })
        .collect();
    let body = format!(
        "The folder decides the kind of a file, unless its front matter names one.\n\n{}\n\
         ## Keys of every kind {{#common}}\n\n{}\n\
         Besides, every taxonomy of the configuration is a key that takes a list of terms: `tags = [\"fares\"]`.\n",
        table(["Kind", "Where", "What it is"], &rows),
        tables(Common::KEYS, "", 3),
    );
    let head = Head { title: "Front matter", summary: "The keys of every kind of page.", weight: 1, section: true };
    Page { path: "kinds/_index.md".to_owned(), text: head.page(&body) }
}

fn of_kind(kind: Kind, weight: u32) -> Page {
    let word = kind.word();
    let title = format!("Keys of {} {word}", if word.starts_with(['a', 'e']) { "an" } else { "a" });
    let body = format!("Besides the [keys of every kind](_index.md#common).\n\n{}", tables(kind.keys(), "", 2),);
    let head = Head { title: &title, summary: kind.meaning(), weight, section: false };
    Page { path: format!("kinds/{word}.md"), text: head.page(&body) }
}
