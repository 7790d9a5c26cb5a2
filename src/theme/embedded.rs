//! The default theme, carried in the binary.

use include_dir::{Dir, include_dir};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The name by which the embedded theme is asked for, and the prefix of its templates.
pub const NAME: &str = "default";

/// The files below a folder of the embedded theme, sorted: path within the folder, and bytes.
pub fn files(folder: &str) -> Vec<(String, &'static [u8])> {
    let mut found = Vec::new();
    if let Some(folder_entry) = FILES.get_dir(folder) {
        collect(folder_entry, &format!("{folder}/"), &mut found);
    }
    found.sort();
    found
}

/// One file of the embedded theme.
pub fn file(path: &str) -> Option<&'static [u8]> {
    FILES.get_file(path).map(|file| file.contents())
}

fn collect(folder: &Dir<'static>, prefix: &str, found: &mut Vec<(String, &'static [u8])>) {
    for file in folder.files() {
        if let Some(path) = file.path().to_str() {
            let path = path.replace('\\', "/");
            found.push((path.strip_prefix(prefix).unwrap_or(&path).to_owned(), file.contents()));
        }
    }
    for below in folder.dirs() {
        collect(below, prefix, found);
    }
}
