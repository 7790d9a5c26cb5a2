//! The name of the file that a row stands for.

use super::Place;
use crate::content::{FOLDER, FilePath};
use crate::locale::{self, Locale};
use crate::source::FileRef;

/// A name made of a title is at most so long, in bytes.
const LONGEST_NAME: usize = 120;

/// A path below the folder of the table, from what an author wrote in the column `file`.
///
/// # Errors
/// Why it cannot be one.
pub fn written(file: &str) -> Result<String, &'static str> {
    let name = file.trim().trim_start_matches("./");
    let name = name.strip_suffix(".md").or_else(|| name.strip_suffix(".MD")).unwrap_or(name);
    for part in name.split('/') {
        match part {
            "" => return Err("a part of the path is empty"),
            "." | ".." => return Err("a row stands in the folder of its table or below it"),
            "index" | "_index" => return Err("a folder's own page is a file, not a row"),
            part if part.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) || part.chars().any(char::is_control) => {
                return Err("it has characters that no file's name can have");
            }
            _ => {}
        }
    }
    Ok(name.to_owned())
}

/// The name that a file of this title would have; none when nothing of it can stand in a name.
pub fn from_title(title: &str, language: &str) -> Option<String> {
    let mut slug = locale::slug(title, language);
    if slug.len() > LONGEST_NAME {
        // Slugs are ASCII. A name ends with a whole word, if it has several.
        let cut = slug.get(..LONGEST_NAME).and_then(|start| start.rfind('-')).unwrap_or(LONGEST_NAME);
        slug.truncate(cut);
    }
    if !slug.is_empty() {
        return Some(slug);
    }
    let name: String = title.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
    (name.chars().any(char::is_alphanumeric) && written(&name).is_ok() && !name.contains('/')).then_some(name)
}

/// The path of a page, and the file that it stands for.
pub fn path(place: &Place<'_>, name: &str, language: &str) -> (FilePath, FileRef) {
    let stem = if place.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", place.folder) };
    // In a language's own folder names need no ending for it.
    let own_folder = place.config.languages.iter().find(|known| known.code == language);
    let own_folder = own_folder.and_then(|language| language.folder.as_deref());
    let lies_in = |folder: &&str| {
        let below = place.file.strip_prefix(FOLDER).and_then(|rest| rest.strip_prefix('/'));
        below.and_then(|rest| rest.strip_prefix(*folder)).is_some_and(|rest| rest.starts_with('/'))
    };
    if let Some(folder) = own_folder.filter(lies_in) {
        let file = format!("{FOLDER}/{folder}/{stem}.md");
        return (FilePath { stem, language: language.to_owned() }, file.into());
    }
    let suffix = match language {
        language if language == place.config.default_language().code => String::new(),
        language => format!(".{language}"),
    };
    let file = format!("{FOLDER}/{stem}{suffix}.md");
    (FilePath { stem, language: language.to_owned() }, file.into())
}

/// The language that a cell names, by its tag or its own name, as the language switcher shows it.
pub fn language<'c>(place: &Place<'c>, written: &str) -> Option<&'c str> {
    let languages = &place.config.languages;
    let lowered = written.trim().to_lowercase();
    let named = languages.iter().find(|language| {
        let native = Locale::parse(&language.code).map(|locale| locale.native_name().to_lowercase());
        language.code.to_lowercase() == lowered
            || language.name.as_ref().is_some_and(|name| name.to_lowercase() == lowered)
            || native.is_ok_and(|name| name == lowered)
    });
    named.map(|language| language.code.as_str())
}
