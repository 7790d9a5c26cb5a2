//! Links in the site's folder.

use super::Place;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The links below a folder.
pub(super) fn below(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.path_is_symlink()).map(|entry| entry.into_path())
}

/// Where a link leads, when that is in the site's folder and among what is not watched for itself. No site is made from
/// what lies outside its folder.
pub(super) fn unwatched_target(link: &Path, place: &Place) -> Option<PathBuf> {
    let real = link.canonicalize().ok()?;
    (real.starts_with(&place.root) && place.relative(&real).is_none()).then_some(real)
}
