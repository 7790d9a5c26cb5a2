//! From a save to the page in the browser: `cargo bench --bench serve -- --documents 10000 --against hugo`.
//!
//! For each size the corpus is made in a fresh folder and the server started on it. Then a document is changed `--edits`
//! times, each time another one, and its page asked for over HTTP every two milliseconds until what was written is in it:
//! the watcher's delay, reading, linking and rendering are all in the figure. `--in-process` measures the making of the
//! site alone, without watcher and HTTP, stage by stage.
#![allow(clippy::disallowed_methods)]

mod corpus;
mod http;

use clap::Parser;
use corpus::Corpus;
use handbill::build::{Options as BuildOptions, Stopwatch};
use handbill::config::Overrides;
use handbill::serve::rebuild::Rebuilder;
use handbill::serve::watch::Changes;
use handbill::site::{Clock, Subject};
use std::error::Error;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const HANDBILL: &str = env!("CARGO_BIN_EXE_handbill");

/// How often a page is asked for.
const POLL: Duration = Duration::from_millis(2);

/// The longest that a start or a change may take.
const LONGEST: Duration = Duration::from_secs(300);

/// Edits documents of a made-up campaign and says how soon they are served.
#[derive(Debug, Parser)]
#[command(name = "cargo bench --bench serve --")]
struct Options {
    /// How many documents; several sizes with commas between
    #[arg(long, value_delimiter = ',', default_value = "1000,10000")]
    documents: Vec<usize>,
    /// Another server to measure: hugo, or hugo=PATH of the program itself
    #[arg(long, value_name = "hugo[=PATH]")]
    against: Option<String>,
    /// How many saves
    #[arg(long, default_value_t = 30)]
    edits: usize,
    /// Measure the making of the site in this process, without watcher and HTTP
    #[arg(long)]
    in_process: bool,
    /// Use a network's events, with the default theme
    #[arg(long)]
    events: bool,
    /// Change titles instead of adding to texts: more has to be made anew
    #[arg(long)]
    titles: bool,
    /// What `cargo bench` passes to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let rival = match options.against.as_deref() {
        None => None,
        Some("hugo") => Some(PathBuf::from("hugo")),
        Some(text) => Some(text.strip_prefix("hugo=").ok_or("--against knows hugo only")?.into()),
    };
    for documents in &options.documents {
        let folder = tempfile::Builder::new().prefix("handbill-bench-").tempdir()?;
        let site = folder.path().join("handbill");
        let corpus = Corpus::new(*documents);
        if options.events {
            corpus.write_events(&site)?
        } else {
            corpus.write_handbill(&site)?
        }
        println!("\n{documents} documents");
        if options.in_process {
            in_process(corpus, &site, &options)?;
            continue;
        }
        println!("  {:<24}{:>9}{:>11}{:>9}{:>9}{:>11}", "", "ready s", "median ms", "p95 ms", "most ms", "MiB");
        let port = http::free_port()?;
        let mut command = Command::new(HANDBILL);
        command.arg("serve").arg("--root").arg(&site).arg("--port").arg(port.to_string());
        over_http("Handbill", command, port, corpus, &site, &options)?;
        if let Some(hugo) = &rival {
            let site = folder.path().join("hugo");
            corpus.write_hugo(&site)?;
            for (name, flag) in [("Hugo, fast render", None), ("Hugo, full render", Some("--disableFastRender"))] {
                let port = http::free_port()?;
                let mut command = Command::new(hugo);
                command.arg("server").arg("--source").arg(&site).args(["--bind", "127.0.0.1", "--port"]);
                command.arg(port.to_string()).args(flag).env("HUGO_CACHEDIR", folder.path().join("hugo-cache"));
                over_http(name, command, port, corpus, &site, &options)?;
            }
        }
    }
    Ok(())
}

/// The files to change below `content/`, far from one another, again from the start when there are no more.
fn edited(corpus: Corpus, options: &Options) -> impl Iterator<Item = String> {
    let files: Vec<String> = match options.events {
        true => corpus.event_files().collect(),
        false => corpus.iter().map(|document| document.path()).collect(),
    };
    (0..options.edits).map(move |edit| files[edit * 7_919 % files.len()].clone())
}

/// Writes words into a document, as an editor would: into a new paragraph, or into its title.
fn write(file: &Path, words: &str, options: &Options) -> std::io::Result<()> {
    if options.titles {
        let text = std::fs::read_to_string(file)?;
        let lines = text.lines().map(|line| match line.strip_prefix("title = ").or(line.strip_prefix("title: ")) {
            Some(_) => format!("{}{words}\"", &line[..=line.find('"').unwrap_or(line.len() - 1)]),
            None => line.to_owned(),
        });
        return std::fs::write(file, lines.collect::<Vec<_>>().join("\n") + "\n");
    }
    OpenOptions::new().append(true).open(file)?.write_all(format!("\n{words}\n").as_bytes())
}

/// A server that is stopped when it is no longer needed.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

fn over_http(
    name: &str,
    mut command: Command,
    port: u16,
    corpus: Corpus,
    site: &Path,
    options: &Options,
) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let mut server = Server(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
    let wait = |path: &str, text: &str, server: &mut Server| -> Result<Duration, Box<dyn Error>> {
        let begun = Instant::now();
        while !http::get(port, path).is_ok_and(|page| page.contains(text)) {
            if begun.elapsed() > LONGEST || server.0.try_wait()?.is_some() {
                return Err(format!("{name} did not serve {path}").into());
            }
            thread::sleep(POLL);
        }
        Ok(begun.elapsed())
    };
    wait("/", "</html>", &mut server)?;
    let ready = begun.elapsed();
    // What the server does in the background after its start is not the saves'.
    thread::sleep(Duration::from_secs(3));
    let mut times = Vec::new();
    for (edit, document) in edited(corpus, options).enumerate() {
        let text = format!("Edit number {edit} while {name} serves.");
        write(&site.join("content").join(&document), &text, options)?;
        let page = format!("/{}/", document.trim_end_matches(".md"));
        times.push(wait(&page, &text, &mut server)?);
        thread::sleep(Duration::from_millis(if edit < 200 { 200 } else { 0 }));
    }
    let memory = memory_of(server.0.id()).map_or("-".to_owned(), |(now, most)| format!("{now}-{most}"));
    let [median, late, most] = spread(times);
    println!("  {name:<24}{:>9.2}{median:>11.1}{late:>9.1}{most:>9.1}{memory:>11}", ready.as_secs_f64());
    Ok(())
}

/// Median, 95th percentile and the longest, in milliseconds.
fn spread(mut times: Vec<Duration>) -> [f64; 3] {
    times.sort();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
    [at(50), at(95), times.last()].map(|time| time.map_or(f64::NAN, |time| time.as_secs_f64() * 1e3))
}

/// The memory that a process has resident now, and the most that it ever had, in MiB. None where the system does not tell.
fn memory_of(process: u32) -> Option<(u64, u64)> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
    };
    Some((of("VmRSS:")?, of("VmHWM:")?))
}

fn in_process(corpus: Corpus, site: &Path, options: &Options) -> Result<(), Box<dyn Error>> {
    let clock = Clock { now: "2026-01-01T00:00:00Z".parse()?, drafts: false, future: false };
    let build = BuildOptions { config: "handbill.toml".into(), overrides: Overrides::default(), clock: clock.clone() };
    let mut rebuilder = Rebuilder::new(site.to_owned(), build);
    let mut watch = Stopwatch::new();
    let mut loaded = rebuilder.rebuild_timed(Changes::Everything, clock.clone(), &mut watch)?;
    println!("  first: {}", shown(watch.stages()));
    if loaded.has_errors() {
        return Err(format!("the corpus has mistakes: {:?}", loaded.diagnostics).into());
    }
    let mut times = Vec::new();
    let mut stages: Vec<(&str, Vec<Duration>)> = Vec::new();
    let before = memory_of(std::process::id());
    for (edit, document) in edited(corpus, options).enumerate() {
        let text = format!("Edit number {edit}.");
        let file = format!("content/{document}");
        write(&site.join(&file), &text, options)?;
        let mut watch = Stopwatch::new();
        let begun = Instant::now();
        let old = std::mem::replace(
            &mut loaded,
            rebuilder.rebuild_timed(Changes::Files(vec![file.clone()]), clock.clone(), &mut watch)?,
        );
        let engine = loaded.engine.as_ref().ok_or("the corpus has mistakes")?;
        let shows = |subject: &Subject| match subject {
            Subject::Page { page, number: 1 } => *engine.site().page(*page).document.file == *file,
            _ => false,
        };
        let job = engine.site().jobs.iter().find(|job| shows(&job.subject)).ok_or("the page is not there")?;
        let page = match handbill::emit::render(engine, job).map_err(|mistakes| format!("{mistakes:?}"))? {
            handbill::emit::Content::Bytes(bytes) => bytes,
            handbill::emit::Content::File(_) => return Err("the page is a file".into()),
        };
        watch.lap("render one");
        times.push(begun.elapsed());
        if !String::from_utf8_lossy(&page).contains(&text) {
            return Err("the page did not change".into());
        }
        drop(old);
        watch.lap("drop the old");
        for (at, (stage, time)) in watch.stages().iter().enumerate() {
            if stages.len() == at {
                stages.push((stage, Vec::new()));
            }
            stages[at].1.push(*time);
        }
    }
    let medians: Vec<(&str, Duration)> =
        stages.into_iter().map(|(stage, times)| (stage, Duration::from_secs_f64(spread(times)[0] / 1e3))).collect();
    let [median, late, most] = spread(times);
    println!("  {} saves: median {median:.1} ms, p95 {late:.1} ms, most {most:.1} ms", options.edits);
    println!("  medians: {}", shown(&medians));
    if let (Some((before, _)), Some((after, most))) = (before, memory_of(std::process::id())) {
        println!("  memory: {before} MiB after the start, {after} MiB at the end, {most} MiB at most");
    }
    Ok(())
}

fn shown(stages: &[(&str, Duration)]) -> String {
    let each = stages.iter().map(|(stage, time)| format!("{stage} {:.1} ms", time.as_secs_f64() * 1e3));
    each.collect::<Vec<_>>().join(", ")
}
