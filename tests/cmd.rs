//! Transcripts of the command line in `tests/cmd/`: what is typed, what comes back, how it ends.
//!
//! After a change that is meant, `TRYCMD=overwrite cargo test --test cmd` writes them anew. Read the difference.
#![allow(clippy::disallowed_methods)]

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The first of June 2026, 09:00 UTC.
const NOW: &str = "1780304400";

#[test]
fn transcripts() {
    trycmd::TestCases::new()
        .env("SOURCE_DATE_EPOCH", NOW)
        .env("NO_COLOR", "")
        .env("HANDBILL_BASE_URL", "")
        .case("tests/cmd/*.trycmd")
        .run();
}

fn handbill(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    command.current_dir(folder).env("SOURCE_DATE_EPOCH", NOW).env_remove("NO_COLOR").env_remove("HANDBILL_BASE_URL");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    handbill(folder).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A folder with a site made by `init`.
fn campaign() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), &["init", "site", "--quiet", "--timezone", "UTC"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let site = folder.path().join("site");
    (folder, site)
}

#[test]
fn a_site_is_found_from_every_folder_in_it() {
    let (_folder, site) = campaign();
    let below = site.join("content/events");
    let made = run(&below, &["new", "event", "Picnic"]);
    assert_eq!(text(&made.stdout), "picnic.md\n");
    assert_eq!(run(&below, &["build", "--quiet"]).status.code(), Some(0));
    assert!(site.join("public/events/picnic/index.html").is_file());
    // A file is asked for as it is called from here, or from the site's folder.
    for asked in ["picnic.md", "./picnic.md", "../events/picnic.md", "content/events/picnic.md", "/events/picnic/"] {
        let told = run(&below, &["explain", asked, "--json"]);
        let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
        assert_eq!((&told["file"], &told["asked"]), (&"content/events/picnic.md".into(), &asked.into()));
    }
    let whole = below.join("picnic.md");
    assert_eq!(run(&below, &["explain", whole.to_str().unwrap()]).status.code(), Some(0));
    assert_eq!(run(&below, &["explain", "picnick.md"]).status.code(), Some(1));
    // Asked for by name, a folder is the site or there is none.
    assert_eq!(run(&below, &["build", "--quiet", "--root", "."]).status.code(), Some(1));
}

#[test]
fn nobody_reading_on_is_no_failure() {
    let (_folder, site) = campaign();
    for arguments in [
        &["list"][..],
        &["list", "--occurrences"],
        &["explain", "/events/"],
        &["codes"],
        &["man"],
        &["build", "--json"],
        &["build", "-v"],
    ] {
        let mut child = handbill(&site).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}: {told}");
        assert!(!told.contains("panicked"), "{arguments:?}: {told}");
        // Neither for what is told on the way.
        let mut child = handbill(&site).args(arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stderr.take());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn what_programs_ask_for_is_json_and_nothing_else() {
    let (_folder, site) = campaign();
    let json = |arguments: &[&str], code: i32| -> serde_json::Value {
        let output = run(&site, arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", text(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let built = json(&["build", "--json", "-v"], 0);
    assert_eq!((&built["published"], &built["removed"]), (&true.into(), &0.into()));
    std::fs::write(site.join("content/faq.md"), "+++\ntitle = \"FAQ\"\nsumary = \"x\"\n+++\n").unwrap();
    let failed = json(&["build", "--json"], 1);
    assert_eq!(failed["published"], false);
    assert_eq!(failed["diagnostics"][0]["file"], "content/faq.md");
    let mistakes = json(&["build", "--format", "json"], 1);
    assert_eq!((&mistakes["errors"], &mistakes["diagnostics"][0]["line"]), (&1.into(), &3.into()));
    let sarif = json(&["build", "--format", "sarif"], 1);
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "HB0101");
    let listed = json(&["list", "--json", "--all", "page"], 1);
    let broken = listed.as_array().unwrap().iter().find(|row| row["file"] == "content/faq.md").unwrap();
    assert_eq!((&broken["status"], &broken["url"]), (&"broken".into(), &serde_json::Value::Null));
}

#[test]
fn a_list_that_is_cut_short_cannot_be_taken_for_the_whole() {
    let (_folder, site) = campaign();
    let minutes = "+++\ntitle = \"M\"\nstart = 2027-01-01T00:00:00\nrrule = \"FREQ=MINUTELY\"\n+++\n";
    std::fs::write(site.join("content/events/m.md"), minutes).unwrap();
    let list = |to: &str| {
        run(&site, &["list", "event", "--occurrences", "--from", "2027-01-01", "--to", to, "--format", "csv"])
    };
    let whole = list("2027-01-01");
    assert_eq!((whole.status.code(), text(&whole.stderr).as_str()), (Some(0), ""));
    let cut = list("2027-12-31");
    assert_eq!(cut.status.code(), Some(4));
    assert_eq!(text(&cut.stdout).lines().count(), 100_001);
    assert!(text(&cut.stderr).starts_with("warning: the list is cut short"), "{}", text(&cut.stderr));
}

#[test]
fn colours_come_only_when_they_are_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let coloured = |arguments: &[&str]| text(&run(folder.path(), arguments).stderr).contains('\u{1b}');
    assert!(!coloured(&["build"]));
    assert!(coloured(&["build", "--color", "always"]));
    assert!(!coloured(&["build", "--color", "never"]));
}

#[test]
fn a_build_that_may_not_write_is_a_failure_of_the_environment() {
    let (_folder, site) = campaign();
    std::fs::create_dir(site.join("public")).unwrap();
    std::fs::write(site.join("public/thesis.txt"), "years of work").unwrap();
    assert_eq!(run(&site, &["build"]).status.code(), Some(3));
    assert_eq!(std::fs::read_to_string(site.join("public/thesis.txt")).unwrap(), "years of work");
    assert_eq!(run(&site, &["build", "--force", "--json", "--quiet"]).status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_site_is_not_written_through() {
    let (folder, site) = campaign();
    let elsewhere = folder.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, site.join("content/leaflets")).unwrap();
    let refused = run(&site, &["new", "page", "Fold", "--section", "leaflets"]);
    assert_eq!(refused.status.code(), Some(3), "{}", text(&refused.stderr));
    assert_eq!(std::fs::read_dir(&elsewhere).unwrap().count(), 0);
}
