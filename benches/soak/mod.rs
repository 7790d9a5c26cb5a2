//! Thousands of saves, one after the other, while tabs are open: the memory stays bounded, and what is served at the end
//! is what a clean build writes.
//!
//! Most saves are of documents, in place or by renaming; others make and delete documents, break and mend one, and change
//! the style sheet, a template or the configuration. Each is waited for until it is served, but for one in eight, which the
//! next one overtakes.

use crate::corpus::{Corpus, Document, Random};
use crate::{HANDBILL, LONGEST, POLL, Server, add, http, memory_of};
use std::error::Error;
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

/// The time of the site, for the server and for the build it is held against.
const NOW: &str = "2026-01-01T00:00:00Z";

/// How many tabs listen.
const TABS: usize = 3;

/// The most that the second half may need over the first: a quarter, and this many MiB.
const SLACK: u64 = 32;

/// What a save is seen by.
enum Seen {
    Text(String, String),
    Gone(String),
    Nothing,
}

struct Soak<'s> {
    site: &'s Path,
    documents: Vec<Document>,
    random: Random,
    /// Documents of our own that are there.
    made: Vec<String>,
    /// A document that is broken, with its text from before.
    broken: Option<(PathBuf, String)>,
}

/// Saves `edits` times.
///
/// # Errors
/// When a save is not served, the memory grows on and on, or what is served at the end is not what is built.
pub fn run(corpus: Corpus, site: &Path, edits: usize) -> Result<(), Box<dyn Error>> {
    let port = http::free_port()?;
    let mut command = Command::new(HANDBILL);
    command.args(["serve", "--quiet", "--now", NOW, "--port"]).arg(port.to_string()).arg("--root").arg(site);
    let server = Server(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
    wait(port, &Seen::Text("/".to_owned(), "</html>".to_owned()))?;
    for _ in 0..TABS {
        listen(port)?;
    }
    let random = Random::of(0x50a4, edits);
    let mut soak = Soak { site, documents: corpus.iter().collect(), random, made: Vec::new(), broken: None };
    let begun = Instant::now();
    let mut memory = Vec::new();
    for edit in 0..edits {
        let seen = soak.edit(edit)?;
        if !soak.random.percent(12) {
            wait(port, &seen).map_err(|error| format!("edit {edit}: {error}"))?;
        }
        if edit % (edits / 100).max(1) == 0 {
            memory.extend(memory_of(server.0.id()).map(|(now, _)| now));
        }
        if (edit + 1) % (edits / 10).max(1) == 0 {
            let now = memory.last().map_or("-".to_owned(), u64::to_string);
            println!("  {:>6} saves in {:>5.0} s: {now} MiB", edit + 1, begun.elapsed().as_secs_f64());
        }
    }
    soak.mend()?;
    let last = soak.documents.first().ok_or("no documents")?;
    add(&site.join("content").join(last.path()), "The very last words.")?;
    wait(port, &Seen::Text(address(last), "The very last words.".to_owned()))?;
    let files = compare(port, site)?;
    println!("  {files} files are served as a clean build writes them");
    let (first, second) = memory.split_at(memory.len() / 2);
    let most = |half: &[u64]| half.iter().max().copied().unwrap_or_default();
    println!("  at most {} MiB in the first half, {} MiB in the second", most(first), most(second));
    if most(second) > most(first) + most(first) / 4 + SLACK {
        return Err("the memory grows on and on".into());
    }
    Ok(())
}

fn address(document: &Document) -> String {
    format!("/{}/", document.path().trim_end_matches(".md"))
}

impl Soak<'_> {
    fn edit(&mut self, edit: usize) -> Result<Seen, Box<dyn Error>> {
        let words = format!("Save number {edit} of many.");
        if self.random.percent(50) {
            self.mend()?;
        }
        match self.random.below(100) {
            0..8 => {
                let path = format!("groups/soak-{edit}.md");
                let text = format!("+++\ntitle = \"Made {edit}\"\ndate = 2025-01-01\n+++\n{words}\n");
                fs::write(self.site.join("content").join(&path), text)?;
                self.made.push(path);
                Ok(Seen::Text(format!("/groups/soak-{edit}/"), words))
            }
            8..16 if !self.made.is_empty() => {
                let path = self.made.swap_remove(self.random.below(self.made.len()));
                fs::remove_file(self.site.join("content").join(&path))?;
                Ok(Seen::Gone(format!("/{}/", path.trim_end_matches(".md"))))
            }
            16..20 if self.broken.is_none() => {
                let file = self.file();
                let text = fs::read_to_string(&file)?;
                fs::write(&file, text.replacen("title = ", "title == ", 1))?;
                self.broken = Some((file, text));
                Ok(Seen::Nothing)
            }
            20..24 => {
                let name = "static/soak.css";
                fs::create_dir_all(self.site.join("static"))?;
                fs::write(self.site.join(name), format!("/* {words} */\n"))?;
                Ok(Seen::Text("/soak.css".to_owned(), words))
            }
            24 => {
                fs::create_dir_all(self.site.join("templates"))?;
                fs::write(self.site.join("templates/soak.html"), format!("<p>{words}</p>\n"))?;
                Ok(Seen::Nothing)
            }
            25 => {
                let file = self.site.join("handbill.toml");
                let text = fs::read_to_string(&file)?;
                let lines = text.lines().map(|line| match line.starts_with("title = ") {
                    true => format!("title = \"Campaign {edit}\"\n"),
                    false => format!("{line}\n"),
                });
                fs::write(&file, lines.collect::<String>())?;
                Ok(Seen::Text("/".to_owned(), format!("Campaign {edit}")))
            }
            kind => {
                let at = self.random.below(self.documents.len());
                let document = &self.documents[at];
                let file = self.site.join("content").join(document.path());
                if self.broken.as_ref().is_some_and(|(broken, _)| *broken == file) {
                    return Ok(Seen::Nothing);
                }
                if kind < 60 {
                    add(&file, &words)?;
                } else {
                    let beside = file.with_extension("md~");
                    fs::copy(&file, &beside)?;
                    add(&beside, &words)?;
                    fs::rename(&beside, &file)?;
                }
                Ok(Seen::Text(address(document), words))
            }
        }
    }

    fn file(&mut self) -> PathBuf {
        let at = self.random.below(self.documents.len());
        self.site.join("content").join(self.documents[at].path())
    }

    fn mend(&mut self) -> std::io::Result<()> {
        self.broken.take().map_or(Ok(()), |(file, text)| fs::write(file, text))
    }
}

fn wait(port: u16, seen: &Seen) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    loop {
        let is_there = match seen {
            Seen::Text(path, text) => http::get(port, path).is_ok_and(|page| page.contains(text)),
            Seen::Gone(path) => http::get(port, path).is_ok_and(|page| page.starts_with("HTTP/1.1 404")),
            Seen::Nothing => true,
        };
        if is_there {
            return Ok(());
        }
        if begun.elapsed() > LONGEST {
            return Err("it is not served".into());
        }
        thread::sleep(POLL);
    }
}

/// A tab that hears all that it is told.
fn listen(port: u16) -> std::io::Result<()> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    write!(stream, "GET /_handbill/events?page=/ HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")?;
    thread::spawn(move || {
        let mut heard = [0; 4096];
        while stream.read(&mut heard).is_ok_and(|count| count > 0) {}
    });
    Ok(())
}

/// Holds all that is served against a clean build. How many files that are.
fn compare(port: u16, site: &Path) -> Result<usize, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let output = folder.path().join("built");
    let mut build = Command::new(HANDBILL);
    build.args(["build", "--quiet", "--now", NOW, "--output"]).arg(&output).arg("--root").arg(site);
    if !build.status()?.success() {
        return Err("the site cannot be built".into());
    }
    let mut count = 0;
    for entry in walkdir::WalkDir::new(&output) {
        let entry = entry?;
        let path = entry.path().strip_prefix(&output)?.to_str().ok_or("a name that is no text")?.to_owned();
        // Handbill's own list of what it wrote.
        if !entry.file_type().is_file() || path.starts_with('.') {
            continue;
        }
        let served = without_script(http::body(port, &format!("/{path}"))?);
        if served != fs::read(entry.path())? {
            return Err(format!("{path} is not served as it is built").into());
        }
        count += 1;
    }
    Ok(count)
}

fn without_script(body: Vec<u8>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&body) else { return body };
    let Some((before, rest)) = text.rsplit_once("<script src=\"/_handbill/live.js\"") else { return body };
    let after = rest.split_once("</script>").map_or("", |(_, after)| after);
    format!("{before}{after}").into_bytes()
}
