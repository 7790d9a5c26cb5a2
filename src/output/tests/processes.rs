//! Tests that need another process. Each runs itself again, told by an environment variable to be the other one.

use super::publish::Site;
use crate::output::manifest;
use crate::output::*;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const ROOT: &str = "HANDBILL_TEST_SITE";

/// The site's folder, in the other process.
fn told() -> Option<Site> {
    std::env::var_os(ROOT).map(|root| Site::at(Path::new(&root)))
}

/// Starts this very test in another process. `before` is a line of the shell.
fn run_again(test: &str, site: &Site, before: &str) -> Child {
    let name = format!("{}::{test}", module_path!().split_once("::").unwrap().1);
    Command::new("sh")
        .args(["-c", &format!("{before}; exec \"$0\" --exact \"$1\" --nocapture")])
        .arg(std::env::current_exe().unwrap())
        .arg(name)
        .env(ROOT, site.root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

const FILES: u32 = 40;

/// Half of the files say the generation, the other half are always the same.
fn publish_generation(site: &Site, generation: u32) -> Result<Published, PublishError> {
    let stage = site.open()?;
    for n in 0..FILES {
        let text = if n % 2 == 0 { format!("generation {generation}") } else { "always the same".to_owned() };
        stage.put(&OutputPath::new(&format!("folder{}/{n}/index.html", n % 5)).unwrap(), text.as_bytes())?;
    }
    stage.finish()
}

/// The generation of the output, having checked that every file is there and of that generation.
fn check_whole(site: &Site) -> u32 {
    let listed = manifest::read(&fs::read(site.public().join(MANIFEST_NAME)).unwrap()).unwrap();
    assert_eq!(listed.len(), FILES as usize);
    let mut generations = std::collections::BTreeSet::new();
    for (path, record) in &listed {
        let text = site.read(&format!("public/{path}"));
        assert_eq!(Hash::of(text.as_bytes()), record.hash, "{path}");
        generations.extend(text.strip_prefix("generation ").map(str::to_owned));
    }
    assert_eq!(generations.len(), 1, "{generations:?}");
    generations.pop_first().unwrap().parse().unwrap()
}

#[test]
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn a_build_killed_at_any_moment_leaves_one_whole_output() {
    if let Some(site) = told() {
        for generation in check_whole(&site) + 1.. {
            publish_generation(&site, generation).unwrap();
        }
    }
    let site = Site::new();
    publish_generation(&site, 0).unwrap();
    site.write("public/.git/HEAD", "ref: refs/heads/main");
    site.write("public/folder1/notes.txt", "notes");
    let began = Instant::now();
    let mut generation = 0;
    for round in 0..30 {
        let mut child = run_again("a_build_killed_at_any_moment_leaves_one_whole_output", &site, ":");
        let reads = || fs::read(site.public().join(MANIFEST_NAME)).unwrap();
        let first = reads();
        while reads() == first {
            assert!(began.elapsed() < Duration::from_secs(60), "the other process publishes nothing");
        }
        std::thread::sleep(Duration::from_micros(700 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let reached = check_whole(&site);
        assert!(reached > generation);
        generation = reached;
        // The next build clears up, and what was being carried over is back.
        drop(site.open().unwrap());
        assert_eq!(check_whole(&site), generation);
        assert_eq!(site.read("public/.git/HEAD"), "ref: refs/heads/main");
        assert_eq!(site.read("public/folder1/notes.txt"), "notes");
        assert_eq!(fs::read_dir(site.root()).unwrap().count(), 3);
        if began.elapsed() > Duration::from_secs(6) && round >= 5 {
            break;
        }
    }
}

#[test]
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn a_reader_finds_the_site_at_every_moment() {
    let site = Site::new();
    publish_generation(&site, 0).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0;
            while !done.load(Ordering::Relaxed) {
                let text = fs::read_to_string(site.path("public/folder0/0/index.html")).unwrap();
                assert!(text.starts_with("generation "));
                assert_eq!(site.read("public/folder1/1/index.html"), "always the same");
                reads += 1;
            }
            reads
        });
        for generation in 1..25 {
            publish_generation(&site, generation).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0);
    });
}

#[test]
#[cfg(unix)]
fn a_strict_umask_does_not_hide_the_output_from_the_host() {
    use std::os::unix::fs::PermissionsExt;
    if let Some(site) = told() {
        publish_generation(&site, 1).unwrap();
        return;
    }
    let site = Site::new();
    let outcome = run_again("a_strict_umask_does_not_hide_the_output_from_the_host", &site, "umask 077").wait();
    assert!(outcome.unwrap().success());
    check_whole(&site);
    for entry in walkdir::WalkDir::new(site.public()) {
        let entry = entry.unwrap();
        let wanted = if entry.file_type().is_dir() { 0o755 } else { 0o644 };
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, wanted, "{}", entry.path().display());
    }
}
