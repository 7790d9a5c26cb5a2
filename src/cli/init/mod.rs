//! `handbill init`.

mod answers;
mod template;

use super::args::{Init, Shared};
use super::{Exit, Misuse, new_file, report, session};
use answers::Answers;
use anyhow::Context;
use std::collections::BTreeSet;
use std::path::Path;

/// What may be in a folder that counts as empty.
const OF_NO_ACCOUNT: &[&str] = &[".git", ".hg", ".jj", ".DS_Store"];

/// How many paths are named at the most.
const MOST_LISTED: usize = 8;

pub fn run(shared: &Shared, args: &Init) -> anyhow::Result<Exit> {
    let now = session::now(args.now.as_deref())?;
    refuse_used_folder(args)?;
    let answers = answers::gather(args)?;
    let today = answers.zone()?.to_datetime(now).date();
    let files = template::files(&answers, today);

    let cannot = || format!("cannot make the folder \"{}\"", args.folder.display());
    std::fs::create_dir_all(&args.folder).with_context(cannot)?;
    let root = args.folder.canonicalize().with_context(cannot)?;
    let mut written = 0;
    let mut kept = Vec::new();
    for (path, text) in &files {
        if new_file::write(&root, path, text)? {
            written += 1;
        } else {
            kept.push(path.clone());
        }
    }
    if !shared.quiet {
        tell(&args.folder, &answers, written, &kept);
    }
    Ok(Exit::Fine)
}

/// A folder with files of its own is left alone, unless forced.
fn refuse_used_folder(args: &Init) -> anyhow::Result<()> {
    let folder = &args.folder;
    if folder.symlink_metadata().is_ok() && !folder.is_dir() {
        return Err(Misuse::new(format!("\"{}\" is not a folder", folder.display())).into());
    }
    if args.force || !folder.exists() {
        return Ok(());
    }
    let cannot = || format!("cannot read the folder \"{}\"", folder.display());
    let mut present = BTreeSet::new();
    for entry in std::fs::read_dir(folder).with_context(cannot)? {
        present.insert(entry.with_context(cannot)?.file_name().to_string_lossy().into_owned());
    }
    present.retain(|name| !OF_NO_ACCOUNT.contains(&name.as_str()));
    if present.is_empty() {
        return Ok(());
    }
    let clashing: Vec<String> = template::paths().into_iter().filter(|path| folder.join(path).exists()).collect();
    let named = folder.display();
    let misuse = if clashing.is_empty() {
        Misuse::new(format!("the folder \"{named}\" is not empty"))
            .help("name a new folder, or write beside what is there with --force")
    } else {
        Misuse::new(format!("the folder \"{named}\" has such files already:{}", listed(&clashing)))
            .help("name a new folder, or use --force to write only the files that are missing")
    };
    Err(misuse.into())
}

/// Paths, one on a line; the first of them when there are many.
fn listed(paths: &[String]) -> String {
    let mut text: String = paths.iter().take(MOST_LISTED).map(|path| format!("\n  {path}")).collect();
    if paths.len() > MOST_LISTED {
        text.push_str(&format!("\n  and {} more", paths.len() - MOST_LISTED));
    }
    text
}

fn tell(folder: &Path, answers: &Answers, written: usize, kept: &[String]) {
    report::say(format_args!("Wrote {} into {}.", report::count(written, "file"), folder.display()));
    if !kept.is_empty() {
        report::say(format_args!("Left as they were:{}", listed(kept)));
    }
    if !answers.is_english() {
        report::say(format_args!(
            "Its language is {}, but the sample's texts are English: they are there to be replaced.",
            answers.language
        ));
    }
    report::say("\nNext:");
    if folder != Path::new(".") {
        report::say(format_args!("  cd {}", shell_word(folder)));
    }
    report::say("  handbill serve --open");
    report::say(
        "Then change handbill.toml and the files in content/ into your own: the browser follows. `handbill build` writes the \
         site into public/.",
    );
}

/// A path as it is typed into a shell.
fn shell_word(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || "/._-+~".contains(c));
    if is_plain { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}
