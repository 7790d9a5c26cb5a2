//! Publishing with the real program, on disk.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A site's folder.
struct Folder {
    folder: TempDir,
}

impl Folder {
    fn new() -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap() };
        site.write("handbill.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n");
        for n in 0..12 {
            let text = format!(
                "+++\ntitle = \"Post {n}\"\ndate = 2026-01-{:02}\ntags = [\"t{}\"]\n+++\nFirst text.\n",
                n + 1,
                n % 3
            );
            site.write(&format!("content/news/p{n}.md"), &text);
        }
        site.write("static/notes.txt", "notes");
        site
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        assert!(text.contains(from));
        fs::write(self.path(path), text.replace(from, to)).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
        command
            .current_dir(self.root())
            .args(["build", "--now", "2026-11-23T12:00:00Z", "--color", "never"])
            .args(args);
        for variable in ["HANDBILL_BASE_URL", "SOURCE_DATE_EPOCH", "NO_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    #[track_caller]
    fn build(&self) {
        let output = self.run(&[]);
        assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    }
}

fn shown(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Every file below a folder with its bytes; links and folders by name.
fn tree(top: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(top).min_depth(1).into_iter().map(Result::unwrap);
    let files = entries.map(|entry| {
        let path = entry.path().strip_prefix(top).unwrap().to_str().unwrap().to_owned();
        let bytes = if entry.file_type().is_file() { fs::read(entry.path()).unwrap() } else { Vec::new() };
        (path, bytes)
    });
    files.collect()
}

#[test]
fn five_mistakes_in_five_files_are_told_in_one_run_and_the_site_stays() {
    let site = Folder::new();
    site.build();
    let before = tree(&site.path("public"));
    site.replace("handbill.toml", "title = \"Test\"", "title = \"Test\"\ntimezone = \"Europe/Londn\"");
    site.replace("content/news/p1.md", "date = 2026-01-02", "dat = 2026-01-02");
    site.replace("content/news/p2.md", "First text.", "See [the plan](plan.md).");
    site.write("content/events/e.md", "+++\ntitle = \"E\"\nstart = 2026-12-01T19:00:00\nduration = \"2 ours\"\n+++\n");
    site.write("templates/page.html", "<p>{{ page.titel }}</p>\n");
    site.write("content/about.md", "+++\ntitle = \"About\"\n+++\n");
    let output = site.run(&[]);
    let text = shown(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for (place, caret, help) in [
        ("handbill.toml:2:12", "\"Europe/Londn\"", "did you mean \"Europe/London\"?"),
        ("content/news/p1.md:3:1", "dat", "did you mean `date`?"),
        ("content/news/p2.md:6:5", "plan.md", "write the path of a file"),
        ("content/events/e.md:4:13", "2 ours", "2 hours"),
        ("templates/page.html:1:", "titel", "titel"),
    ] {
        let at = text.find(place).unwrap_or_else(|| panic!("{place} is not in:\n{text}"));
        let block = text[at..].split("\n\n").next().unwrap();
        assert!(
            block.contains(caret) && block.contains('^') && block.contains(help),
            "{place}: {caret}, {help}:\n{block}"
        );
    }
    assert!(text.contains("the site published before is as it was"), "{text}");
    assert_eq!(tree(&site.path("public")), before);
}

#[test]
#[cfg(unix)]
fn a_second_build_writes_nothing_anew() {
    use std::os::unix::fs::MetadataExt;
    let site = Folder::new();
    let files = |site: &Folder| -> BTreeMap<PathBuf, (u64, i64, i64)> {
        let entries = walkdir::WalkDir::new(site.path("public")).into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file() && entry.file_name() != ".handbill-manifest");
        files
            .map(|entry| {
                let about = entry.metadata().unwrap();
                (entry.into_path(), (about.ino(), about.mtime(), about.mtime_nsec()))
            })
            .collect()
    };
    site.build();
    let first = files(&site);
    assert!(first.len() > 20, "{}", first.len());
    site.build();
    let second = files(&site);
    let changed: Vec<_> = first.iter().filter(|(path, about)| second.get(*path) != Some(*about)).collect();
    assert!(changed.is_empty() && first.len() == second.len(), "{changed:?}");
    // One changed text changes its page and what quotes it, no more; what is gone goes.
    site.replace("content/news/p3.md", "First text.", "Second text.");
    fs::remove_file(site.path("static/notes.txt")).unwrap();
    site.build();
    let third = files(&site);
    assert!(!third.contains_key(&site.path("public/notes.txt")));
    assert_ne!(third[&site.path("public/news/p3/index.html")], second[&site.path("public/news/p3/index.html")]);
    assert_eq!(third[&site.path("public/handbill.css")], second[&site.path("public/handbill.css")]);
    assert_eq!(third[&site.path("public/news/p10/index.html")], second[&site.path("public/news/p10/index.html")]);
}

#[test]
#[cfg(unix)]
fn a_killed_build_leaves_the_earlier_site_whole() {
    let site = Folder::new();
    site.build();
    let began = Instant::now();
    let mut generations = 0;
    for attempt in 0u64..24 {
        if began.elapsed() > Duration::from_secs(6) {
            break;
        }
        let now = if attempt % 2 == 0 { "Second text." } else { "First text." };
        for n in 0..12 {
            let path = site.path(&format!("content/news/p{n}.md"));
            let text = fs::read_to_string(&path).unwrap().replace("First text.", now).replace("Second text.", now);
            fs::write(path, text).unwrap();
        }
        let mut child = site.command(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Moments spread over the whole of a build.
        std::thread::sleep(Duration::from_millis(attempt * 13 % 260));
        child.kill().unwrap();
        child.wait().unwrap();
        let texts: Vec<String> =
            (0..12).map(|n| fs::read_to_string(site.path(&format!("public/news/p{n}/index.html"))).unwrap()).collect();
        let second = texts.iter().filter(|text| text.contains("Second text.")).count();
        assert!(second == 0 || second == 12, "a mix: {second} of 12 pages are new");
        assert!(texts.iter().all(|text| text.trim_end().ends_with("</html>")));
        generations += 1;
    }
    assert!(generations >= 5, "{generations}");
    // What the killed builds left behind is cleared away, and nothing of it is published.
    site.build();
    let fresh = Folder::new();
    for n in 0..12 {
        fs::copy(site.path(&format!("content/news/p{n}.md")), fresh.path(&format!("content/news/p{n}.md"))).unwrap();
    }
    fresh.build();
    assert_eq!(tree(&site.path("public")), tree(&fresh.path("public")));
    let beside: Vec<String> =
        fs::read_dir(site.root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let strange: Vec<&String> = beside
        .iter()
        .filter(|name| !["content", "handbill.toml", "public", "static"].contains(&name.as_str()))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn two_folders_with_the_same_site_give_the_same_tree() {
    let (one, other) = (Folder::new(), Folder::new());
    one.build();
    let output = other
        .command(&[])
        .env("RAYON_NUM_THREADS", "1")
        .env("TZ", "Asia/Tokyo")
        .env("LANG", "tr_TR.UTF-8")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", shown(&output));
    assert_eq!(tree(&one.path("public")), tree(&other.path("public")));
    for bytes in tree(&one.path("public")).values() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(one.root().to_str().unwrap()), "the site's folder on this computer is published");
    }
}

#[test]
fn output_folders_that_are_not_handbills_are_refused_untouched() {
    let site = Folder::new();
    site.write("elsewhere/mine.txt", "mine");
    let before = tree(&site.path("elsewhere"));
    let output = site.run(&["--output", "elsewhere"]);
    assert_eq!(output.status.code(), Some(3), "{}", shown(&output));
    assert_eq!(tree(&site.path("elsewhere")), before);
    for place in [".", "content", "static", "content/news", "themes"] {
        let sources = tree(&site.path("content"));
        let output = site.run(&["--output", place, "--force"]);
        assert_eq!(output.status.code(), Some(3), "{place}: {}", shown(&output));
        assert_eq!(tree(&site.path("content")), sources, "{place}");
    }
    let forced = site.run(&["--output", "elsewhere", "--force"]);
    assert_eq!(forced.status.code(), Some(0), "{}", shown(&forced));
    assert_eq!(fs::read_to_string(site.path("elsewhere/mine.txt")).unwrap(), "mine");
    assert!(site.path("elsewhere/index.html").is_file());
}

#[test]
fn a_dry_run_writes_nothing() {
    let site = Folder::new();
    let output = site.run(&["--dry-run", "--json"]);
    assert!(output.status.success(), "{}", shown(&output));
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(summary["artifacts"].as_u64().unwrap() > 20 && summary["stages"].is_object(), "{summary}");
    assert!(!site.path("public").exists());
}

#[test]
fn the_summary_says_when_the_site_next_changes() {
    let site = Folder::new();
    site.write("content/events/e.md", "+++\ntitle = \"E\"\nstart = 2026-12-01T19:00:00\nduration = \"1h\"\n+++\n");
    let output = site.run(&["--json"]);
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["next_change"], "2026-12-01T20:00:00Z", "{summary}");
    assert_eq!(summary["documents"], 13, "{summary}");
    // A notice that ends before.
    let notice = "+++\ntitle = \"N\"\n+++\n:::notice{until=\"2026-11-30\"}\nClosed.\n:::\n";
    site.write("content/notice.md", notice);
    let summary: serde_json::Value = serde_json::from_slice(&site.run(&["--json"]).stdout).unwrap();
    assert_eq!(summary["next_change"], "2026-12-01T00:00:00Z", "{summary}");
}

#[test]
#[cfg(unix)]
fn links_that_leave_the_site_are_not_followed() {
    use std::os::unix::fs::symlink;
    let (site, outside) = (Folder::new(), tempfile::tempdir().unwrap());
    fs::write(outside.path().join("secret.md"), "+++\ntitle = \"Secret\"\n+++\nsecret words").unwrap();
    fs::write(outside.path().join("secret.txt"), "secret words").unwrap();
    symlink(outside.path().join("secret.md"), site.path("content/linked.md")).unwrap();
    symlink(outside.path().join("secret.txt"), site.path("static/linked.txt")).unwrap();
    symlink(outside.path(), site.path("content/folder")).unwrap();
    symlink(outside.path().join("secret.txt"), site.path("content/news/p.csv")).unwrap();
    symlink(site.path("static/notes.txt"), site.path("static/inside.txt")).unwrap();
    symlink(site.path("content"), site.path("content/news/round")).unwrap();
    let output = site.run(&[]);
    let text = shown(&output);
    assert!(output.status.success(), "{text}");
    for name in ["content/linked.md", "static/linked.txt", "content/folder", "content/news/p.csv", "content/news/round"]
    {
        assert!(text.contains(&format!("\"{name}\" is passed over")), "{name} in {text}");
    }
    let published = tree(&site.path("public"));
    assert!(published.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("secret words")));
    assert_eq!(published["inside.txt"], b"notes");
    // A template's data, and a statement's signatories, come from inside too.
    symlink(outside.path().join("secret.txt"), site.path("data.txt")).unwrap();
    site.write("templates/page.html", "{{ load_data(path=\"data.txt\") }}");
    site.write("content/about.md", "+++\ntitle = \"About\"\n+++\n");
    let output = site.run(&[]);
    assert_eq!(output.status.code(), Some(1), "{}", shown(&output));
    assert!(!shown(&output).contains("secret words"));
}

#[test]
#[cfg(unix)]
fn an_output_folder_behind_a_link_out_of_it_is_not_written_through() {
    use std::os::unix::fs::symlink;
    let (site, outside) = (Folder::new(), tempfile::tempdir().unwrap());
    site.build();
    fs::write(outside.path().join("kept.html"), "kept").unwrap();
    fs::remove_dir_all(site.path("public/news")).unwrap();
    symlink(outside.path(), site.path("public/news")).unwrap();
    let refused = site.run(&[]);
    assert_eq!(refused.status.code(), Some(3), "{}", shown(&refused));
    let forced = site.run(&["--force"]);
    assert!(forced.status.success(), "{}", shown(&forced));
    let left: Vec<_> = fs::read_dir(outside.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["kept.html"]);
    assert!(site.path("public/news/p1/index.html").is_file());
    assert!(!site.path("public/news").is_symlink());
}
