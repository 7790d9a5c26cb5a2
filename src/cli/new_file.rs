//! Writing a file that is not there yet, inside a folder and nowhere else.

use anyhow::{Context, bail};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Writes a file below `root`, an absolute path whose links are resolved, and makes the folders it needs. False when
/// something of that name is there already: it is left alone.
///
/// # Errors
/// When it cannot be written, or a link would lead out of `root`.
pub fn write(root: &Path, below: &str, text: &str) -> anyhow::Result<bool> {
    let path = root.join(below);
    let cannot = || format!("cannot write \"{below}\"");
    let folder = path.parent().unwrap_or(root);
    let existing = folder.ancestors().find(|folder| folder.exists()).unwrap_or(root);
    if !existing.canonicalize().with_context(cannot)?.starts_with(root) {
        bail!("cannot write \"{below}\": a link on its way leads out of the site's folder");
    }
    std::fs::create_dir_all(folder).with_context(cannot)?;
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).with_context(cannot)?;
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(cannot),
    }
}

/// Puts a text in the place of a file that is there, at once: no reader sees a half of it.
///
/// # Errors
/// When it cannot be written, or the file is a link out of `root`.
pub fn replace(root: &Path, below: &str, text: &str) -> anyhow::Result<()> {
    let cannot = || format!("cannot write \"{below}\"");
    let path = root.join(below).canonicalize().with_context(cannot)?;
    if !path.starts_with(root) {
        bail!("cannot write \"{below}\": it is a link out of the site's folder");
    }
    let mut beside = path.clone().into_os_string();
    beside.push(".new");
    let beside = Path::new(&beside);
    let permissions = std::fs::metadata(&path).with_context(cannot)?.permissions();
    let written = OpenOptions::new().write(true).create_new(true).open(beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.set_permissions(permissions)?;
        std::fs::rename(beside, &path)
    });
    written.inspect_err(|_| drop(std::fs::remove_file(beside))).with_context(cannot)
}

/// A text as a TOML value.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
