//! When files were last changed, as Git remembers it. One run of the program `git` tells it of all files.
#![allow(clippy::disallowed_methods)]

use jiff::Timestamp;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// What is known of the changes of a site's files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// When the last commit that changed a file was written, by the file's path in the site's folder.
    changed: HashMap<String, Timestamp>,
    /// Why it is not known of all files.
    pub gap: Option<Gap>,
}

/// Why dates are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The program is not there, or cannot be run.
    NoProgram,
    /// The folder is in no repository, or in one without a commit.
    NoRepository,
    /// Older commits were not fetched, so of many files it is not known which was the last.
    Shallow,
}

impl History {
    /// When a file was last changed.
    pub fn changed(&self, path: &str) -> Option<Timestamp> {
        self.changed.get(path).copied()
    }

    /// Reads the history of the files below a folder of a site.
    pub(super) fn read(root: &Path, folder: &str) -> Self {
        let gap = |gap| Self { changed: HashMap::new(), gap: Some(gap) };
        let shallow = match git(root, ["rev-parse", "--is-shallow-repository"]).output() {
            Err(_) => return gap(Gap::NoProgram),
            Ok(output) if !output.status.success() => return gap(Gap::NoRepository),
            Ok(output) => output.stdout.trim_ascii() == b"true",
        };
        // Each commit: its parents and its time, and the files that it changed. A merge is told by the commits it brings.
        let arguments = [
            "log",
            "--format=format:%x01%at %P",
            "--name-only",
            "-z",
            "--relative",
            "--no-renames",
            "--no-ext-diff",
            "--",
            folder,
        ];
        let Ok(mut child) = git(root, arguments).stdout(Stdio::piped()).spawn() else { return gap(Gap::NoProgram) };
        let changed = child.stdout.take().map(|out| read_log(BufReader::new(out), shallow)).unwrap_or_default();
        match child.wait() {
            Ok(status) if status.success() => Self { changed, gap: shallow.then_some(Gap::Shallow) },
            _ => gap(Gap::NoRepository),
        }
    }
}

/// The program, told to look and do nothing else: to run no other program, to fetch nothing and to ask nobody.
fn git<A: AsRef<OsStr>>(root: &Path, arguments: impl IntoIterator<Item = A>) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(root)
        .args([
            "--no-pager",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "log.showSignature=false",
            "-c",
            "core.quotePath=false",
        ])
        .args(arguments)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Reads what `git log` prints, newest first: the first commit that names a file was its last. In a shallow clone a commit
/// without parents is where the history was cut off: it seems to have made every file that is older.
fn read_log(mut log: impl BufRead, shallow: bool) -> HashMap<String, Timestamp> {
    let mut changed = HashMap::new();
    let mut of_commit = None;
    let mut piece = Vec::new();
    loop {
        piece.clear();
        match log.read_until(0, &mut piece) {
            Ok(0) | Err(_) => return changed,
            Ok(_) => {}
        }
        let mut text = String::from_utf8_lossy(&piece);
        let mut rest = text.to_mut().trim_end_matches('\0');
        // The line of a commit is ended by a line break where files follow, and by a zero where none do.
        while let Some(commit) = rest.trim_start_matches('\n').strip_prefix('\u{1}') {
            let (line, after) = commit.split_once('\n').unwrap_or((commit, ""));
            let (at, parents) = line.split_once(' ').unwrap_or((line, ""));
            let counts = !shallow || !parents.is_empty();
            of_commit = at.parse().ok().and_then(|at| Timestamp::from_second(at).ok()).filter(|_| counts);
            rest = after;
        }
        if let Some(at) = of_commit.filter(|_| !rest.is_empty()) {
            changed.entry(rest.to_owned()).or_insert(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read_log;

    #[test]
    fn the_newest_commit_of_a_file_counts() {
        let log = "\u{1}300 b\ncontent/a.md\0content/x y.md\0\0\u{1}250 a c\0\u{1}200 a\ncontent/a.md\0content/\n.md\0\0\u{1}100 \ncontent/a.md\0content/old.md\0";
        let of = |shallow: bool, path: &str| read_log(log.as_bytes(), shallow).get(path).map(|at| at.as_second());
        assert_eq!(of(false, "content/a.md"), Some(300));
        assert_eq!(of(false, "content/x y.md"), Some(300));
        assert_eq!(of(false, "content/\n.md"), Some(200));
        assert_eq!(of(false, "content/old.md"), Some(100));
        // Where the history was cut off, nobody knows.
        assert_eq!(of(true, "content/old.md"), None);
        assert_eq!(of(true, "content/a.md"), Some(300));
        assert!(read_log("".as_bytes(), false).is_empty());
        assert!(read_log("nonsense\0\u{1}x\nf\0".as_bytes(), false).is_empty());
    }
}
