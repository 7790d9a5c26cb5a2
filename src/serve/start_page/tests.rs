use super::page;
use crate::build::{self, Options, SharedWorld, Stopwatch};
use crate::config::Overrides;
use crate::serve::edition::Edition;
use crate::serve::live::State;
use crate::serve::problems::Problems;
use crate::site::Clock;
use crate::source::MemoryWorld;
use std::sync::Arc;

const FILES: &[(&str, &str)] = &[
    (
        "handbill.toml",
        "title = \"Lido <3\"\nbase_url = \"https://example.org/lido/\"\ntimezone = \"Europe/London\"\n[languages.de]\ntitle = \"Freibad\"\n",
    ),
    (
        "content/news/open.md",
        "+++\ntitle = \"We <b>opened</b>\"\ndate = 2026-01-01\nexpires = 2026-12-24\n+++\nText.\n",
    ),
    (
        "content/news/later.md",
        "+++\ntitle = \"Later\"\npublish_from = 2026-12-01T09:00:00\ndate = 2026-12-01\n+++\nText.\n",
    ),
    (
        "content/news/draft.md",
        "+++\ntitle = \"Unfinished\"\ndraft = true\npublish_from = 2027-02-03T08:00:00\ndate = 2026-01-01\n+++\nText.\n",
    ),
    ("content/news/broken.md", "+++\ntitle = \"Bro\n+++\nText.\n"),
    ("content/about.md", "+++\ntitle = \"About\"\n+++\nText.\n"),
    (
        "content/about.de.md",
        "+++\ntitle = \"Wir\"\nsummary = \"Die Große Runde\"\n+++\nWir *treffen* uns\nam Montag.\n",
    ),
];

fn shown(path: &str) -> String {
    let mut world = MemoryWorld::new();
    for (path, text) in FILES {
        world.insert(*path, text.as_bytes());
    }
    let world: SharedWorld = Arc::new(world);
    let clock = Clock { now: "2026-11-23T12:00:00Z".parse().unwrap(), drafts: false, future: false };
    let options = Options { config: "handbill.toml".to_owned(), overrides: Overrides::default(), clock };
    let mut loaded = build::load(&world, &options, &mut Stopwatch::new()).unwrap();
    let edition = loaded.engine.take().map(|engine| Arc::new(Edition::new(engine)));
    let problems = Arc::new(Problems::new(std::mem::take(&mut loaded.diagnostics), &*world));
    let state = State { number: 1, edition, problems, ..State::default() };
    let page = page(&state, path);
    String::from_utf8(page.bytes.to_vec()).unwrap()
}

#[track_caller]
fn check(path: &str, has: &[&str], lacks: &[&str]) {
    let html = shown(path);
    for piece in has {
        assert!(html.contains(piece), "{path} has no {piece:?}:\n{html}");
    }
    for piece in lacks {
        assert!(!html.contains(piece), "{path} has {piece:?}:\n{html}");
    }
}

#[test]
fn all_content_is_listed_with_its_state() {
    check(
        "/_handbill/",
        &[
            "Lido &lt;3",
            "href=\"/lido/news/open/\">We &lt;b&gt;opened&lt;/b&gt;</a>",
            "published, until 24 December 2026, 00:00",
            "from 1 December 2026, 09:00",
            "Later <b>appears</b>",
            "<b>expires</b>",
            "Unfinished",
            "draft, not before 3 February 2027, 08:00",
            "<span class=\"when\">not before 3 February 2027, 08:00</span> Unfinished",
            "<html lang=\"en\">",
            "lang=\"de\">Wir</a>",
            "not readable",
            "<code>content/news/broken.md</code>",
            "id=\"problems\"",
            "1 mistake",
        ],
        &["<b>opened</b>", "http://", "src=\"https://", "href=\"https://"],
    );
}

#[test]
fn what_is_not_translated_is_said_once() {
    let html = shown("/_handbill/");
    let (_, rest) = html.split_once("id=\"translations\"").unwrap();
    let (section, _) = rest.split_once("</section>").unwrap();
    assert!(section.contains("opened") && section.contains("not in de"), "{section}");
    assert!(!section.contains(">About<") && !section.contains(">Wir<"), "{section}");
}

#[test]
fn a_text_finds_titles_and_files() {
    check("/_handbill/?q=LATER", &["1 page with “LATER”", "content/news/later.md"], &["content/about.md"]);
    check("/_handbill/?q=content%2Fabout", &["2 pages", "content/about.de.md"], &["news/later"]);
    // What it says, in the summary and across markup and lines; what it is called comes first.
    check("/_handbill/?q=gro%C3%9Fe+runde", &["1 page with", "content/about.de.md"], &["content/about.md"]);
    check("/_handbill/?q=treffen+uns", &["1 page with", "content/about.de.md"], &["content/about.md"]);
    let html = shown("/_handbill/?q=text");
    assert!(html.contains("content/news/open.md") && !html.contains("content/about.de.md"), "{html}");
    check("/_handbill/?q=%3Cscript%3E", &["“&lt;script&gt;”", "0 pages"], &["<script>"]);
}

#[test]
fn one_kind_is_shown_in_pages() {
    check("/_handbill/?kind=page", &["<h1>Pages <span class=\"count\">2</span></h1>"], &["news/later"]);
    check("/_handbill/?kind=page&page=99", &["content/about.md"], &[]);
    check("/_handbill/?kind=nothing", &["id=\"post\""], &[]);
}
