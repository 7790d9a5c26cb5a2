//! The manual's examples are true: its files are built, its fragments are built where they belong, and its commands are
//! understood.
//!
//! A fenced block after a line that ends in the file's name and a colon (`` `content/about.md`: ``) is a whole file. All
//! of the manual's files make up one site, so an example may name what another example shows. Every other block is a
//! fragment, and is tried at the places where its language can stand.
#![allow(clippy::disallowed_methods)]

use clap::Parser;
use handbill::build::{self, Options, SharedWorld, Stopwatch};
use handbill::cli::args::Cli;
use handbill::config::Overrides;
use handbill::diagnostic::terminal::{self, Look};
use handbill::diagnostic::{Diagnostic, from_world};
use handbill::site::Clock;
use handbill::source::MemoryWorld;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

type Files = BTreeMap<String, String>;

const CONFIGURATION: &str = "title = \"Save the Station Lido\"\nbase_url = \"https://lido.example/\"\n\
                             timezone = \"Europe/London\"\n";

/// What examples name in passing and no example shows.
const MENTIONED: &[(&str, &str)] = &[
    ("handbill.toml", CONFIGURATION),
    ("content/about.md", "+++\ntitle = \"Who we are\"\n+++\n\n## Money {#money}\n"),
    ("content/actions/join.md", "+++\ntitle = \"Join us\"\nask = \"join\"\n+++\n"),
    ("content/news/the-key/film.mp4", ""),
    ("content/news/the-key/film.vtt", "WEBVTT\n"),
    ("content/news/the-key/gate.jpg", ""),
    ("content/news/the-key/key.jpg", ""),
    ("content/news/the-key/survey.pdf", ""),
    ("data/opening.csv", "day,opens\nMonday,noon\n"),
    ("static/images/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ("static/our.css", ""),
];

/// What lies in these folders changes nothing for the other files. Whole templates and settings do.
const HARMLESS: &[&str] = &["content/", "data/", "templates/components/", "templates/groups.csv", "themes/"];

/// Fragments of front matter are tried here, with what their kind needs besides.
const FRONT_MATTERS: &[(&str, &str)] = &[
    ("content/news/the-key/index.md", "title = \"The key\"\n"),
    ("content/statements/to-the-council.md", "title = \"To the council\"\n"),
    ("content/groups/harbour.md", "title = \"Harbour\"\n"),
    ("content/events/supper.md", "title = \"Supper\"\nstart = 2027-01-28T14:00:00\n"),
    (
        "content/events/meeting.md",
        "title = \"Meeting\"\nstart = 2027-01-07T19:00:00\nduration = \"1h\"\n\
         repeat = { every = \"month\", on = \"first thursday\" }\n",
    ),
    ("content/events/swim.md", "title = \"Swim\"\nstart = 2027-01-30T07:00:00\nduration = \"1h\"\n"),
    ("content/news/_index.md", "title = \"News\"\n"),
];

/// Fragments of templates are tried as these.
const TEMPLATES: &[&str] = &["page.html", "section.html", "statement.html", "event.html", "group.html"];

/// The one example that is wrong on purpose; another test compares what Handbill says about it.
const SLIPPED: &str = "editing/mistakes.md#slipped";

/// A fenced block of the manual.
struct Block {
    /// The page and the line of the fence.
    place: String,
    language: String,
    text: String,
    /// The file that it is, where a line before it says so.
    file: Option<String>,
    /// The page and the id of the last heading before it.
    heading: String,
}

fn blocks() -> Vec<Block> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content");
    let mut blocks = Vec::new();
    for entry in walkdir::WalkDir::new(&top).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let page = path.strip_prefix(&top).unwrap().to_string_lossy().replace('\\', "/");
        if page.ends_with(".md") && !page.starts_with("reference/") {
            blocks_of(&page, &std::fs::read_to_string(&path).unwrap(), &mut blocks);
        }
    }
    blocks
}

fn blocks_of(page: &str, text: &str, blocks: &mut Vec<Block>) {
    let (mut before, mut heading) = ("", "");
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let inside: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
            blocks.push(Block {
                place: format!("docs/content/{page}:{}", at + 1),
                language: language.to_owned(),
                text: inside.join("\n") + "\n",
                file: before.strip_suffix("`:").and_then(|rest| rest.rsplit_once('`')).map(|(_, file)| file.to_owned()),
                heading: format!("{page}#{heading}"),
            });
        }
        if line.starts_with('#') {
            heading = line.rsplit_once("{#").map_or("", |(_, id)| id.trim_end_matches('}'));
        }
        if !line.is_empty() {
            before = line;
        }
    }
}

/// The site that all of the manual's files make up.
fn whole_site(blocks: &[Block]) -> Files {
    let mut files: Files = MENTIONED.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let shown = blocks.iter().filter_map(|block| Some((block.file.as_ref()?, &block.text)));
    for (file, text) in shown.filter(|(file, _)| HARMLESS.iter().any(|folder| file.starts_with(folder))) {
        files.insert(file.clone(), text.clone());
    }
    files
}

/// Builds a site in memory: everything that is wrong with it, as it is printed.
fn mistakes(files: &Files, environment: Option<&str>) -> String {
    let mut world = MemoryWorld::new();
    for (path, text) in files {
        world.insert(path.as_str(), text.as_str());
    }
    let world: SharedWorld = Arc::new(world);
    let now = "2026-12-01T12:00:00Z".parse().unwrap();
    let overrides = Overrides { environment: environment.map(str::to_owned), base_url: None, one_host: false };
    let options =
        Options { config: "handbill.toml".to_owned(), overrides, clock: Clock { now, drafts: false, future: false } };
    let mut loaded = build::load(&world, &options, &mut Stopwatch::new()).unwrap();
    let mut found: Vec<Diagnostic> = std::mem::take(&mut loaded.diagnostics);
    if let Some(engine) = loaded.engine.as_ref().filter(|_| found.is_empty())
        && let Err(rendering) = build::render_all(engine, &*world)
    {
        found.extend(rendering);
    }
    terminal::render(&found, &from_world(&*world), Look::default())
}

fn with(files: &Files, path: &str, text: &str) -> Files {
    let mut files = files.clone();
    files.insert(path.to_owned(), text.to_owned());
    files
}

fn fail_on(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n\nMend the example, or what it shows.\n", faults.join("\n\n"));
}

#[test]
fn the_files_of_the_manual_make_up_a_site_without_mistakes() {
    let blocks = blocks();
    let site = whole_site(&blocks);
    let found = mistakes(&site, None);
    assert!(found.is_empty(), "\n{found}");
    let content = site.keys().filter(|path| path.starts_with("content/")).count();
    assert!(content >= 10, "the manual's files were not found: {:?}", site.keys());
}

#[test]
fn every_file_of_the_manual_can_take_its_place_in_that_site() {
    let blocks = blocks();
    let site = whole_site(&blocks);
    let mut faults = Vec::new();
    for block in &blocks {
        let Some(file) = &block.file else { continue };
        let mut files = match file.as_str() {
            "handbill.toml" => with(&site, file, &completed(CONFIGURATION, &block.text)),
            _ => with(&site, file, &block.text),
        };
        if block.text.contains("[languages.cy]") {
            files.insert("content/groups/_index.cy.md".to_owned(), "+++\ntitle = \"Grwpiau\"\n+++\n".to_owned());
        }
        let environment = file.strip_prefix("handbill.").and_then(|rest| rest.strip_suffix(".toml"));
        if let Some(theme) = file.strip_suffix("/theme.toml").and_then(|path| path.strip_prefix("themes/")) {
            files.insert("handbill.toml".to_owned(), format!("{CONFIGURATION}theme = \"{theme}\"\n"));
        }
        let found = mistakes(&files, environment);
        if !found.is_empty() {
            faults.push(format!("{}: {file}\n{found}", block.place));
        }
    }
    fail_on(&faults);
}

#[test]
fn every_fragment_of_the_manual_is_right_where_it_belongs() {
    let blocks = blocks();
    let site = whole_site(&blocks);
    let mut faults = Vec::new();
    for block in blocks.iter().filter(|block| block.file.is_none() && block.heading != SLIPPED) {
        let places = match block.language.as_str() {
            "toml" => toml_places(&site, &block.text),
            "markdown" => markdown_places(&site, &block.text),
            "jinja" => template_places(&site, &block.text),
            _ => continue,
        };
        let mut nearest: Option<String> = None;
        for files in places {
            let found = mistakes(&files, None);
            if nearest.as_ref().is_none_or(|nearest| found.len() < nearest.len()) {
                nearest = Some(found);
            }
            if nearest.as_ref().is_some_and(String::is_empty) {
                break;
            }
        }
        if let Some(nearest) = nearest.filter(|nearest| !nearest.is_empty()) {
            faults.push(format!("{}:\n{nearest}", block.place));
        }
    }
    fail_on(&faults);
}

/// A fragment of TOML after the lines of `own` that set other keys.
fn completed(own: &str, fragment: &str) -> String {
    let given: toml::Table = toml::from_str(fragment).unwrap_or_default();
    let is_given = |line: &str| line.split_once(" =").is_some_and(|(key, _)| given.contains_key(key));
    let kept: String = own.split_inclusive('\n').filter(|line| !is_given(line)).collect();
    kept + fragment
}

/// As front matter of a kind, or as a part of the configuration.
fn toml_places(site: &Files, fragment: &str) -> Vec<Files> {
    let front = |own: &str| format!("+++\n{}+++\n", completed(own, fragment));
    let mut places: Vec<Files> = FRONT_MATTERS.iter().map(|(path, own)| with(site, path, &front(own))).collect();
    places.push(with(site, "handbill.toml", &completed(CONFIGURATION, fragment)));
    // Terms of a taxonomy of one's own.
    let declared = with(site, "handbill.toml", &format!("{CONFIGURATION}\n[taxonomies.places]\n"));
    places.push(with(&declared, "content/news/april.md", &front("title = \"April\"\n")));
    places
}

/// As a whole file of some kind, or as the text of a page in a bundle.
fn markdown_places(site: &Files, fragment: &str) -> Vec<Files> {
    if fragment.starts_with("+++") {
        return vec![with(site, "content/swimmers.md", fragment), with(site, "content/actions/swimmers.md", fragment)];
    }
    let page = format!("+++\ntitle = \"The key\"\n+++\n\n{fragment}");
    vec![with(site, "content/news/the-key/index.md", &page)]
}

/// As what a template shows between the frame of the theme, or as a whole template.
fn template_places(site: &Files, fragment: &str) -> Vec<Files> {
    let settings = format!("{CONFIGURATION}[[menus.main]]\nname = \"Groups\"\npage = \"@/groups/_index.md\"\n");
    let site = with(site, "handbill.toml", &settings);
    TEMPLATES
        .iter()
        .map(|name| {
            let block = format!("{{% extends \"base.html\" %}}{{% block content %}}{fragment}{{% endblock content %}}");
            with(&site, &format!("templates/{name}"), &block)
        })
        .collect()
}

#[test]
fn the_message_about_a_slipped_key_is_the_one_that_is_printed() {
    let blocks = blocks();
    let of_slipped: Vec<&Block> = blocks.iter().filter(|block| block.heading == SLIPPED).collect();
    let [wrong, message] = of_slipped[..] else { panic!("{SLIPPED} has {} blocks", of_slipped.len()) };
    let path = "content/events/january-meeting.md";
    let found = mistakes(&with(&Files::new(), "handbill.toml", CONFIGURATION), None);
    assert!(found.is_empty(), "{found}");
    let files = with(
        &with(&Files::new(), "handbill.toml", CONFIGURATION),
        path,
        &format!("+++\n{}+++\n\nThe ramp is on the station side.\n", wrong.text),
    );
    assert_eq!(mistakes(&files, None).trim_end(), message.text.trim_end());
}

#[test]
fn every_command_of_the_manual_is_understood() {
    let mut faults = Vec::new();
    let mut tried = 0;
    for block in blocks().iter().filter(|block| block.language == "sh") {
        for line in block.text.lines() {
            let words = line.split([' ', '=']).collect::<Vec<_>>();
            let Some(first) = words.iter().position(|word| *word == "handbill") else { continue };
            let command = line[line.find("handbill").unwrap_or(0)..].split(" > ").next().unwrap_or("");
            if first > 0 && !line.starts_with("SOURCE_DATE_EPOCH") {
                continue;
            }
            tried += 1;
            if let Err(error) = Cli::try_parse_from(shell_words(command)).map_err(|error| error.to_string())
                && !command.ends_with("--help")
                && !command.ends_with("--version")
            {
                faults.push(format!("{}: {command}\n{error}", block.place));
            }
        }
    }
    assert!(tried > 15, "only {tried} commands were found");
    fail_on(&faults);
}

/// The words of a command, with what stands in double quotation marks as one.
fn shell_words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in command.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
