use std::io;
use std::path::{Path, PathBuf};

/// Why an output could not be published. The earlier output stands as it was, but for [`PublishError::AfterSwitch`].
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error("the output folder `{}` is a link to another place", .0.display())]
    TargetIsLink(PathBuf),
    #[error("the output folder `{}` is a file, not a folder", .0.display())]
    TargetIsFile(PathBuf),
    #[error("`{}` cannot be an output folder, since it is or contains `{}`", .target.display(), .holds.display())]
    TargetHolds { target: PathBuf, holds: PathBuf },
    #[error("`{}` cannot be an output folder, since it lies inside `{}`, which the site is made from", .target.display(), .folder.display())]
    TargetInside { target: PathBuf, folder: PathBuf },
    #[error("the output folder `{}` is not empty, and Handbill did not make it", .0.display())]
    NotOurs(PathBuf),
    #[error("Handbill's list of the files in the output folder, `{}`, is damaged or of another version", .0.display())]
    ManifestDamaged(PathBuf),
    #[error("another build is writing to the output folder `{}`", .0.display())]
    Busy(PathBuf),
    #[error("the output folder has files in places that the new output needs: {}", list(.0))]
    InOurPlace(Vec<String>),
    #[error("`{}` lies on another disk than the folder around it", .0.display())]
    OtherDisk(PathBuf),
    #[error("`{}` was changed by another program while the site was being built", .0.display())]
    Changed(PathBuf),
    #[error("`{}` is in the way of the folder in which Handbill prepares the output", .0.display())]
    InTheWay(PathBuf),
    #[error("`{}` was in an earlier output but is not Handbill's, and its place in the output is taken", .0.display())]
    LeftOver(PathBuf),
    #[error("`{}` is not an ordinary file, so it cannot be copied into the output", .0.display())]
    NotAFile(PathBuf),
    #[error("the new output is in its place, but clearing up failed: {0}")]
    AfterSwitch(Box<PublishError>),
    #[error("could not {doing} `{}`: {source}", .path.display())]
    Io { doing: &'static str, path: PathBuf, source: io::Error },
    #[error("Handbill made a mistake of its own: {0}")]
    Internal(String),
}

impl PublishError {
    /// For `map_err`: an error of the system, with what was being done.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, path: path.to_owned(), source }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::TargetIsLink(_) => "give the folder that the link leads to, or remove the link",
            Self::TargetIsFile(_) => "choose another output folder, or move the file away",
            Self::TargetHolds { .. } | Self::TargetInside { .. } => {
                "choose a folder that holds nothing else, such as `public` beside `content`"
            }
            Self::NotOurs(_) => {
                "choose another output folder, or pass `--force` to publish into this one; its other files are kept"
            }
            Self::ManifestDamaged(_) => {
                "delete the output folder, or pass `--force` to publish over what it holds; files that Handbill no \
                 longer knows are kept"
            }
            Self::Busy(_) => "wait until the other build has ended, then build again",
            Self::InOurPlace(_) => {
                "move these files into the site's `static` folder, or delete them, or pass `--force` to replace them"
            }
            Self::OtherDisk(_) => {
                "Handbill switches outputs by renaming, which only works on one disk: choose an output folder inside \
                 the mounted one"
            }
            Self::Changed(_) => "build again",
            Self::InTheWay(_) => "move it away or delete it, then build again",
            Self::LeftOver(_) => "move it where you want it or delete it, then build again; `--force` deletes it",
            Self::NotAFile(_) => "replace it by an ordinary file, or remove it",
            Self::AfterSwitch(error) => error.help(),
            Self::Io { doing, source, .. } => advice(doing, source.kind()),
            Self::Internal(_) => "please report this, with the text of the message",
        }
    }
}

fn advice(doing: &str, kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::PermissionDenied if matches!(doing, "read" | "look at" | "read the folder") => {
            "check that you may read it, and the folders that it lies in"
        }
        io::ErrorKind::PermissionDenied => "check that you may write to this folder and the folder around it",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk, then build again",
        io::ErrorKind::ReadOnlyFilesystem => "choose an output folder on a disk that can be written to",
        io::ErrorKind::NotFound => "check that nothing else deletes files here, then build again",
        io::ErrorKind::InvalidFilename => "choose a shorter or plainer name",
        _ => "check the disk and the folder, then build again",
    }
}

/// The first few of a list of paths.
fn list(paths: &[String]) -> String {
    let shown: Vec<String> = paths.iter().take(5).map(|path| format!("`{path}`")).collect();
    match paths.len().saturating_sub(shown.len()) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::PublishError;
    use std::io;
    use std::path::Path;

    #[test]
    fn what_may_not_be_read_is_not_said_to_be_for_writing() {
        let check = |doing: &'static str, expected: &str| {
            let error = PublishError::io(doing, Path::new("static/a.pdf"))(io::ErrorKind::PermissionDenied.into());
            assert!(error.help().contains(expected), "{doing}: {}", error.help());
        };
        check("read", "you may read");
        check("look at", "you may read");
        check("write", "you may write");
    }
}
