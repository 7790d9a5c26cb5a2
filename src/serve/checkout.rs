//! Version control at work: while it puts other files in the place of many, none of the states in between is the site.
#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};
use std::time::Duration;

/// A lock that is older is not waited for: something was left behind, or somebody is writing a message.
const LONGEST: Duration = Duration::from_secs(10);

/// Git's working copy that a site lies in.
#[derive(Debug)]
pub struct Checkout {
    lock: Option<PathBuf>,
}

impl Checkout {
    /// The one around a folder, or none.
    pub fn around(folder: &Path) -> Self {
        let git = folder.ancestors().map(|above| above.join(".git")).find(|git| git.exists());
        // A second working copy of one repository has a file that names its folder (gitrepository-layout(5)).
        let folder = git.and_then(|git| match std::fs::read_to_string(&git) {
            Ok(text) => git.parent().map(|above| above.join(text.trim_start_matches("gitdir:").trim())),
            Err(_) => Some(git),
        });
        Self { lock: folder.map(|folder| folder.join("index.lock")) }
    }

    /// Whether files are being put in place just now.
    pub fn is_under_way(&self) -> bool {
        let began = self.lock.as_ref().and_then(|lock| lock.metadata().ok()?.modified().ok());
        began.is_some_and(|began| began.elapsed().is_ok_and(|age| age < LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use super::{Checkout, LONGEST};
    use std::fs::{self, File};
    use std::time::SystemTime;

    #[test]
    fn a_fresh_lock_above_the_site_or_in_the_folder_that_is_named_is_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        fs::create_dir_all(at("one/.git")).unwrap();
        fs::create_dir_all(at("one/site")).unwrap();
        fs::create_dir_all(at("two")).unwrap();
        fs::create_dir_all(at("kept/two")).unwrap();
        fs::write(at("two/.git"), "gitdir: ../kept/two\n").unwrap();
        for (site, lock) in [("one/site", "one/.git/index.lock"), ("two", "kept/two/index.lock")] {
            let checkout = Checkout::around(&at(site));
            assert!(!checkout.is_under_way(), "{site}");
            let file = File::create(at(lock)).unwrap();
            assert!(checkout.is_under_way(), "{site}");
            file.set_modified(SystemTime::now() - 2 * LONGEST).unwrap();
            assert!(!checkout.is_under_way(), "{site}: it was left behind");
        }
    }
}
