use crate::output::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A site's folder with an output folder `public` in it.
pub(super) struct Site {
    root: PathBuf,
    /// Removes the folder in the end; none where another process does.
    _dir: Option<TempDir>,
}

impl Site {
    pub(super) fn new() -> Self {
        let dir = TempDir::new().unwrap();
        for folder in ["content", "static"] {
            fs::create_dir(dir.path().join(folder)).unwrap();
        }
        Self { root: dir.path().to_owned(), _dir: Some(dir) }
    }

    /// A site that another process has made.
    #[cfg(unix)]
    pub(super) fn at(root: &Path) -> Self {
        Self { root: root.to_owned(), _dir: None }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn public(&self) -> PathBuf {
        self.root.join("public")
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(super) fn open_at(&self, target: &Path, options: PublishOptions) -> Result<Stage, PublishError> {
        let (content, files) = (self.path("content"), self.path("static"));
        let around = Surroundings { site: &self.root, sources: &[&content, &files] };
        Stage::open(target, &around, options)
    }

    pub(super) fn open(&self) -> Result<Stage, PublishError> {
        self.open_at(&self.public(), PublishOptions::default())
    }

    pub(super) fn publish_with(
        &self,
        options: PublishOptions,
        files: &[(&str, &str)],
    ) -> Result<Published, PublishError> {
        let stage = self.open_at(&self.public(), options)?;
        for (path, text) in files {
            stage.put(&OutputPath::new(path).unwrap(), text.as_bytes())?;
        }
        stage.finish()
    }

    pub(super) fn publish(&self, files: &[(&str, &str)]) -> Result<Published, PublishError> {
        self.publish_with(PublishOptions::default(), files)
    }

    /// Everything below the site's folder: files with their text, folders as `/`, links as what they lead to.
    pub(super) fn tree(&self) -> BTreeMap<String, String> {
        let entries = walkdir::WalkDir::new(&self.root).min_depth(1).into_iter().map(Result::unwrap);
        entries
            .map(|entry| {
                let path = entry.path().strip_prefix(&self.root).unwrap().to_str().unwrap().to_owned();
                let kind = entry.file_type();
                let what = if kind.is_dir() {
                    "/".to_owned()
                } else if kind.is_symlink() {
                    format!("-> {}", fs::read_link(entry.path()).unwrap().display())
                } else {
                    fs::read_to_string(entry.path()).unwrap()
                };
                (path, what)
            })
            .collect()
    }

    /// The paths in the output folder, without folders.
    pub(super) fn files(&self) -> Vec<String> {
        let inside = self.tree().into_iter().filter(|(_, what)| what != "/");
        inside.filter_map(|(path, _)| path.strip_prefix("public/").map(str::to_owned)).collect()
    }
}

pub(super) const FORCE: PublishOptions = PublishOptions { force: true, dry_run: false };
pub(super) const DRY: PublishOptions = PublishOptions { force: false, dry_run: true };

fn names(paths: &[OutputPath]) -> Vec<&str> {
    paths.iter().map(OutputPath::as_str).collect()
}

#[cfg(unix)]
fn inode_and_time(path: &Path) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    let data = path.symlink_metadata().unwrap();
    (data.ino(), data.mtime(), data.mtime_nsec())
}

#[test]
fn a_first_build_makes_the_folder_and_leaves_nothing_beside_it() {
    let site = Site::new();
    let published = site.publish(&[("index.html", "home"), ("groups/leeds/index.html", "leeds")]).unwrap();
    assert_eq!(names(&published.written), ["groups/leeds/index.html", "index.html"]);
    assert_eq!((published.unchanged, published.bytes), (0, 9));
    assert_eq!(site.files(), [".handbill", "groups/leeds/index.html", "index.html"]);
    assert_eq!(site.read("public/groups/leeds/index.html"), "leeds");
    assert_eq!(fs::read_dir(site.root()).unwrap().count(), 3);
}

#[test]
fn an_output_deep_in_folders_that_are_not_there_is_made_and_a_failed_build_leaves_none_of_them() {
    let site = Site::new();
    let before = site.tree();
    let target = site.path("a/b/public");
    let stage = site.open_at(&target, PublishOptions::default()).unwrap();
    stage.put(&OutputPath::new("x/y.html").unwrap(), b"y").unwrap();
    drop(stage);
    assert_eq!(site.tree(), before);
    site.open_at(&target, PublishOptions::default()).unwrap().finish().unwrap();
    assert!(target.join(MANIFEST_NAME).is_file());
}

#[test]
fn a_build_that_is_given_up_changes_nothing() {
    let site = Site::new();
    site.publish(&[("a.html", "1"), ("b.html", "1")]).unwrap();
    let before = site.tree();
    let stage = site.open().unwrap();
    stage.put(&OutputPath::new("a.html").unwrap(), b"2").unwrap();
    drop(stage);
    assert_eq!(site.tree(), before);
}

#[test]
#[cfg(unix)]
fn a_second_equal_build_touches_no_file_and_no_folder() {
    let site = Site::new();
    let files = [("index.html", "home"), ("g/leeds/index.html", "leeds"), ("g/leeds/x.txt", "")];
    site.publish(&files).unwrap();
    let stamps = |site: &Site| -> Vec<_> {
        walkdir::WalkDir::new(site.public())
            .sort_by_file_name()
            .into_iter()
            .map(|entry| inode_and_time(entry.unwrap().path()))
            .collect()
    };
    let before = stamps(&site);
    let published = site.publish(&files).unwrap();
    assert_eq!((published.written.len(), published.unchanged, published.removed.len()), (0, 3, 0));
    assert_eq!(stamps(&site), before);
}

#[test]
#[cfg(unix)]
fn files_that_did_not_change_keep_their_inode_and_time() {
    let site = Site::new();
    site.publish(&[("same/index.html", "same"), ("other.html", "1")]).unwrap();
    for round in 2..5 {
        let before = inode_and_time(&site.path("public/same/index.html"));
        let published = site.publish(&[("same/index.html", "same"), ("other.html", &round.to_string())]).unwrap();
        assert_eq!(names(&published.written), ["other.html"]);
        assert_eq!(inode_and_time(&site.path("public/same/index.html")), before);
        assert_eq!(site.read("public/other.html"), round.to_string());
    }
}

#[test]
fn stale_files_go_and_so_do_the_folders_they_leave_empty() {
    let site = Site::new();
    site.publish(&[("old/deep/index.html", "x"), ("keep.html", "k"), ("both/a", "a"), ("both/b", "b")]).unwrap();
    let published = site.publish(&[("keep.html", "k"), ("both/a", "a")]).unwrap();
    assert_eq!(names(&published.removed), ["both/b", "old/deep/index.html"]);
    assert!(published.written.is_empty());
    assert_eq!(site.files(), [".handbill", "both/a", "keep.html"]);
    assert!(!site.path("public/old").exists());
}

#[test]
fn a_file_may_become_a_folder_and_back() {
    let site = Site::new();
    site.publish(&[("a", "file")]).unwrap();
    site.publish(&[("a/b", "in folder")]).unwrap();
    assert_eq!(site.files(), [".handbill", "a/b"]);
    site.publish(&[("a", "file")]).unwrap();
    assert_eq!(site.files(), [".handbill", "a"]);
}

#[test]
fn equal_input_gives_an_equal_tree_whatever_was_there_before() {
    let (one, other) = (Site::new(), Site::new());
    let files = [("index.html", "home"), ("ŵ/index.html", "w"), ("z.txt", "z")];
    one.publish(&files).unwrap();
    other.publish(&[("index.html", "old"), ("stale.html", "stale"), ("z.txt", "z")]).unwrap();
    let mut reversed = files;
    reversed.reverse();
    other.publish(&reversed).unwrap();
    assert_eq!(one.tree(), other.tree());
}

#[test]
fn a_file_changed_by_hand_is_put_right_even_when_size_and_time_were_kept() {
    let site = Site::new();
    let files = [("a.html", "right"), ("b.html", "b")];
    site.publish(&files).unwrap();
    let path = site.path("public/a.html");
    let time = path.metadata().unwrap().modified().unwrap();
    let check = || {
        let published = site.publish(&files).unwrap();
        assert_eq!(names(&published.written), ["a.html"]);
        assert_eq!(site.read("public/a.html"), "right");
    };
    fs::write(&path, "wrong").unwrap();
    check();
    fs::write(&path, "longer than it was").unwrap();
    check();
    fs::remove_file(&path).unwrap();
    check();
    if cfg!(unix) {
        fs::write(&path, "wrong").unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        check();
    }
}

#[test]
fn a_file_touched_but_not_changed_is_not_written_again() {
    let site = Site::new();
    site.publish(&[("a.html", "a")]).unwrap();
    fs::write(site.path("public/a.html"), "a").unwrap();
    assert!(site.publish(&[("a.html", "a")]).unwrap().written.is_empty());
}

#[test]
fn copies_are_files_of_their_own_and_unchanged_ones_are_seen() {
    let site = Site::new();
    let big = "0123456789".repeat(30_000);
    site.write("static/big.bin", &big);
    let copy = |site: &Site| {
        let stage = site.open().unwrap();
        stage.copy(&OutputPath::new("files/big.bin").unwrap(), &site.path("static/big.bin")).unwrap();
        stage.finish().unwrap()
    };
    let first = copy(&site);
    assert_eq!((first.written.len(), first.bytes), (1, 300_000));
    assert_eq!(copy(&site).unchanged, 1);
    assert_eq!(site.read("public/files/big.bin"), big);
    site.write("static/big.bin", &big.replace('7', "8"));
    assert_eq!(copy(&site).written.len(), 1);
    assert_eq!(site.read("static/big.bin"), site.read("public/files/big.bin"));
    let record = copy(&site).manifest.into_values().next().unwrap();
    assert_eq!(record.hash, Hash::of(big.replace('7', "8").as_bytes()));
}

#[test]
#[cfg(unix)]
fn the_output_is_public_and_has_no_links() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new();
    site.write("static/secret.txt", "s");
    fs::set_permissions(site.path("static/secret.txt"), fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink("secret.txt", site.path("static/link.txt")).unwrap();
    let stage = site.open().unwrap();
    stage.copy(&OutputPath::new("f/secret.txt").unwrap(), &site.path("static/secret.txt")).unwrap();
    stage.copy(&OutputPath::new("f/link.txt").unwrap(), &site.path("static/link.txt")).unwrap();
    stage.put(&OutputPath::new("index.html").unwrap(), b"i").unwrap();
    stage.finish().unwrap();
    for entry in walkdir::WalkDir::new(site.public()) {
        let entry = entry.unwrap();
        let wanted = if entry.file_type().is_dir() { 0o755 } else { 0o644 };
        assert!(!entry.path_is_symlink());
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, wanted, "{}", entry.path().display());
    }
    let index = site.path("public/index.html");
    fs::set_permissions(&index, fs::Permissions::from_mode(0o600)).unwrap();
    site.publish(&[("index.html", "i")]).unwrap();
    assert_eq!(index.metadata().unwrap().permissions().mode() & 0o777, 0o644);
}

#[test]
fn a_dry_run_counts_the_same_and_touches_nothing() {
    let site = Site::new();
    site.write("static/s.txt", "s");
    let run = |options| {
        let stage = site.open_at(&site.public(), options).unwrap();
        stage.put(&OutputPath::new("a.html").unwrap(), b"new").unwrap();
        stage.put(&OutputPath::new("b.html").unwrap(), b"b").unwrap();
        stage.copy(&OutputPath::new("s.txt").unwrap(), &site.path("static/s.txt")).unwrap();
        stage.finish().unwrap()
    };
    let before = site.tree();
    let fresh = run(DRY);
    assert_eq!((fresh.written.len(), site.tree()), (3, before));
    site.publish(&[("a.html", "a"), ("b.html", "b"), ("gone.html", "g")]).unwrap();
    site.write("public/mine.txt", "mine");
    let before = site.tree();
    let dry = run(DRY);
    assert_eq!(site.tree(), before);
    assert_eq!(names(&dry.written), ["a.html", "s.txt"]);
    assert_eq!(dry.kept, ["mine.txt"]);
    assert_eq!(run(PublishOptions::default()), dry);
}

#[test]
fn a_path_put_twice_is_an_error_and_changes_nothing() {
    let site = Site::new();
    site.publish(&[("a.html", "a"), ("b/c.html", "c")]).unwrap();
    let before = site.tree();
    for files in [
        [("n.html", "1"), ("n.html", "2")],
        [("a.html", "a"), ("a.html", "a")],
        [("a.html", "a"), ("a.html", "2")],
        [("n", "1"), ("n/m", "2")],
        [("n/m", "2"), ("n", "1")],
    ] {
        let outcome = site.publish(&files);
        assert!(matches!(outcome, Err(PublishError::Internal(_))), "{files:?}: {outcome:?}");
        assert_eq!(site.tree(), before);
    }
    assert!(matches!(site.publish_with(DRY, &[("x", "1"), ("x", "1")]), Err(PublishError::Internal(_))));
}

#[test]
fn many_threads_put_at_once() {
    use rayon::prelude::*;
    let site = Site::new();
    let publish = |generation: u32| {
        let stage = site.open().unwrap();
        (0..400u32).into_par_iter().for_each(|n| {
            let path = OutputPath::new(&format!("s{}/t{}/{n}/index.html", n % 7, n % 31)).unwrap();
            let text = if n % 20 == 0 { format!("{n} {generation}") } else { n.to_string() };
            stage.put(&path, text.as_bytes()).unwrap();
        });
        stage.finish().unwrap()
    };
    assert_eq!(publish(1).written.len(), 400);
    let second = publish(2);
    assert_eq!((second.written.len(), second.unchanged), (20, 380));
    for (path, record) in &second.manifest {
        assert_eq!(Hash::of(&fs::read(site.public().join(path.as_str())).unwrap()), record.hash);
    }
    assert_eq!(site.files().len(), 401);
}
