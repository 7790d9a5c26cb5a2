//! The names of data files: `partners` for `data/partners.toml`, `north/towns` for `data/north/towns.csv`.

use super::Format;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::source::{FileRef, Span, World};
use std::collections::BTreeMap;
use std::io;
use unicode_normalization::UnicodeNormalization;

/// The folder of data files.
pub const FOLDER: &str = "data";

/// The data files of a site by their names.
#[derive(Debug, Default)]
pub struct Names {
    files: BTreeMap<String, Vec<FileRef>>,
}

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    File(FileRef, Format),
    /// A folder: its files and folders by their own names.
    Folder(Vec<(String, Asked)>),
}

/// Why a name means nothing, or two things.
#[derive(Debug, Clone)]
pub struct NotThere {
    pub message: String,
    /// Where files are the reason, which.
    pub mistake: Option<Diagnostic>,
}

impl Names {
    /// # Errors
    /// When the folder cannot be listed.
    pub fn list(world: &dyn World) -> io::Result<Self> {
        let mut names = Self::default();
        for entry in world.list(FOLDER)?.files {
            let below = entry.path.strip_prefix(FOLDER).map_or(&*entry.path, |rest| rest.trim_start_matches('/'));
            let is_hidden = below.split('/').any(|part| part.starts_with(['.', '~']));
            let Some((name, ending)) = below.rsplit_once('.').filter(|_| !is_hidden) else { continue };
            if Format::of_ending(ending).is_some_and(|format| format != Format::Text) {
                names.files.entry(plain(name)).or_default().push(entry.path.clone());
            }
        }
        Ok(names)
    }

    /// What a name means; the whole folder without one.
    ///
    /// # Errors
    /// Why it means nothing, or two things.
    pub fn find(&self, name: &str) -> Result<Asked, Box<NotThere>> {
        let name = plain(name.trim().trim_matches('/'));
        if let Some(files) = self.files.get(&name) {
            return self.only(&name, files);
        }
        // The ending says which of two is meant.
        let path = format!("{FOLDER}/{name}");
        if let Some(file) = self.files.values().flatten().find(|file| plain(file) == path) {
            return self.only(&name, std::slice::from_ref(file));
        }
        let mut entries: Vec<(String, Asked)> = Vec::new();
        let prefix = if name.is_empty() { String::new() } else { format!("{name}/") };
        for (known, files) in self.files.range(prefix.clone()..).take_while(|(known, _)| known.starts_with(&prefix)) {
            let below = &known[prefix.len()..];
            let found = match below.split_once('/') {
                None => (below.to_owned(), self.only(known, files)?),
                Some((folder, _)) if entries.iter().any(|(known, _)| known == folder) => continue,
                Some((folder, _)) => (folder.to_owned(), self.find(&format!("{prefix}{folder}"))?),
            };
            entries.push(found);
        }
        if !entries.is_empty() || name.is_empty() {
            return Ok(Asked::Folder(entries));
        }
        let known: Vec<&str> = self.files.keys().map(String::as_str).collect();
        let help = match did_you_mean(&name, known.iter().copied()) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None if known.is_empty() => "the folder data/ has no file that can be read".to_owned(),
            None => format!("there are {}", known.into_iter().take(12).collect::<Vec<_>>().join(", ")),
        };
        Err(Box::new(NotThere { message: format!("there is no data \"{name}\"; {help}"), mistake: None }))
    }

    fn only(&self, name: &str, files: &[FileRef]) -> Result<Asked, Box<NotThere>> {
        let twice = |message: String, first: &FileRef, second: &FileRef| {
            let problem = Diagnostic::new(&codes::DATA_TWICE, message.clone())
                .in_file(second)
                .other(first, Span::default(), "the other file")
                .help("rename one of them, or ask for one of them with its ending");
            Err(Box::new(NotThere { message, mistake: Some(problem) }))
        };
        match files {
            [first, second, ..] => twice(format!("two data files are called \"{name}\""), first, second),
            [file] => {
                let folder = format!("{name}/");
                let below = self.files.range(folder.clone()..).next().filter(|(known, _)| known.starts_with(&folder));
                if let Some(inside) = below.and_then(|(_, files)| files.first()) {
                    return twice(format!("a data file and a folder are called \"{name}\""), file, inside);
                }
                let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
                let format = Format::of_ending(ending).unwrap_or(Format::Text);
                Ok(Asked::File(file.clone(), format))
            }
            [] => Err(Box::new(NotThere { message: format!("there is no data \"{name}\""), mistake: None })),
        }
    }
}

/// Systems differ in how they write letters with accents in names.
fn plain(name: &str) -> String {
    name.nfc().collect()
}
