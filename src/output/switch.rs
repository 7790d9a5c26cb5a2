use super::error::PublishError;
use super::manifest::MANIFEST_NAME;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Puts the output that stands at `ready` in the place of `target`. Tells where the earlier one is now, if there was
/// one.
///
/// Where the system can exchange two folders in one step, readers see the one output or the other at every moment. Where
/// it cannot, the earlier output is first moved to `old`, and for an instant there is none. Nothing is flushed to the
/// disk first: a killed process harms nothing, and after a power cut the next build finds files that were cut short by
/// their size and writes them again.
pub(super) fn switch(ready: &Path, target: &Path, old: &Path) -> Result<Option<PathBuf>, PublishError> {
    let fail = |error| failed(target, error);
    match target.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::rename(ready, target).map_err(fail)?;
            Ok(None)
        }
        Err(error) => Err(fail(error)),
        Ok(data) if data.is_symlink() => Err(PublishError::TargetIsLink(target.to_owned())),
        Ok(_) => match exchange(ready, target) {
            Ok(true) => Ok(Some(ready.to_owned())),
            Ok(false) => in_two_steps(ready, target, old).map(|()| Some(old.to_owned())).map_err(fail),
            Err(error) => Err(fail(error)),
        },
    }
}

/// Two renames, the first of which is taken back if the second fails.
pub(super) fn in_two_steps(ready: &Path, target: &Path, old: &Path) -> io::Result<()> {
    fs::rename(target, old)?;
    fs::rename(ready, target).inspect_err(|_| {
        let _ = fs::rename(old, target);
    })
}

/// Exchanges two folders; false where the system or the file system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        #[allow(unreachable_patterns, reason = "on Linux it is the same number as NOTSUP")]
        Err(Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

fn failed(target: &Path, error: io::Error) -> PublishError {
    match error.kind() {
        io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy => PublishError::OtherDisk(target.to_owned()),
        _ => PublishError::io("switch to the new output in", target)(error),
    }
}

/// Sets the manifest's time to now. Linking a file and removing its earlier place both count as changes of it, so only
/// after them can the manifest say: what has not changed since is as listed here.
pub(super) fn stamp_manifest(target: &Path) -> Result<(), PublishError> {
    let path = target.join(MANIFEST_NAME);
    let fail = || PublishError::io("write", &path);
    let file = File::options().write(true).open(&path).map_err(fail())?;
    set_time_to_now(&file).map_err(fail())
}

/// By the system's own clock for files, which may be coarser than the one that programs see.
#[cfg(unix)]
fn set_time_to_now(file: &File) -> io::Result<()> {
    use rustix::fs::{Timespec, Timestamps, UTIME_NOW, futimens};
    let now = || Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
    Ok(futimens(file, &Timestamps { last_access: now(), last_modification: now() })?)
}

#[cfg(not(unix))]
fn set_time_to_now(file: &File) -> io::Result<()> {
    file.set_modified(std::time::SystemTime::now())
}
