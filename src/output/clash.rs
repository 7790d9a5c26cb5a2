use super::manifest::MANIFEST_NAME;
use super::path::OutputPath;
use std::collections::{HashMap, HashSet};

/// Two paths that cannot both be written on every disk. The numbers are places in the list given to [`clashes`];
/// `first` is the smaller for [`Clash::Same`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clash {
    /// The paths are equal, or differ only in case or in how their characters are composed.
    Same { first: usize, second: usize },
    /// `file` is a file where `inside` needs a folder.
    FileForFolder { file: usize, inside: usize },
}

/// All clashes among the paths of an output, each path against the first one that holds its place.
pub fn clashes<'p>(paths: impl IntoIterator<Item = &'p OutputPath>) -> Vec<Clash> {
    let keys: Vec<String> = paths.into_iter().map(OutputPath::collision_key).collect();
    let mut holders: HashMap<&str, usize> = HashMap::with_capacity(keys.len());
    let mut found = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        match holders.get(key.as_str()) {
            Some(first) => found.push(Clash::Same { first: *first, second: at }),
            None => {
                holders.insert(key, at);
            }
        }
    }
    for (at, key) in keys.iter().enumerate() {
        let in_the_way = folders_of(key).find_map(|folder| holders.get(folder));
        if let Some(file) = in_the_way {
            found.push(Clash::FileForFolder { file: *file, inside: at });
        }
    }
    found.sort_unstable();
    found
}

/// The folders that a path lies in, the outermost first.
pub(super) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The paths of a set of files and of their folders: whether a place is free for another file.
#[derive(Debug)]
pub(super) struct Places<'p> {
    files: HashSet<&'p str>,
    folders: HashSet<&'p str>,
}

/// What a set of files has at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Free,
    /// A file of the set stands there, or would have to be a folder for the place to exist.
    ByFile,
    ByFolder,
}

impl<'p> Places<'p> {
    pub(super) fn of(paths: impl IntoIterator<Item = &'p OutputPath>) -> Self {
        let files: HashSet<&str> = paths.into_iter().map(OutputPath::as_str).chain([MANIFEST_NAME]).collect();
        let folders = files.iter().flat_map(|path| folders_of(path)).collect();
        Self { files, folders }
    }

    /// What holds the place `path`, whose name may be any.
    pub(super) fn at(&self, path: &str) -> Held {
        if self.files.contains(path) || folders_of(path).any(|folder| self.files.contains(folder)) {
            Held::ByFile
        } else if self.folders.contains(path) {
            Held::ByFolder
        } else {
            Held::Free
        }
    }
}
