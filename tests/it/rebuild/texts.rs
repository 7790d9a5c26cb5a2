//! Of a site of which texts alone change, no more is made anew than follows from them, and it is the same site.

use super::{Random, assert_same, clean_build_at, clock, options, shown};
use handbill::build::Loaded;
use handbill::serve::rebuild::Rebuilder;
use handbill::serve::watch::Changes;
use handbill::site::Clock;
use jiff::ToSpan;
use std::fs;
use std::path::Path;
use std::sync::Arc;

const CONFIG: &str = "title = \"Buses\"\nbase_url = \"https://buses.example/\"\nlanguage = \"en-GB\"\ntimezone = \"Europe/London\"\n\
    [organisation]\nname = \"Buses\"\nindependence = \"[How](@/about.md#part-2)\"\n[languages.cy]\ntitle = \"Bysiau\"\n";

/// Each file with its front matter.
const FILES: &[(&str, &str)] = &[
    ("content/_index.md", ""),
    ("content/about.md", "summary = \"About [us](@/news/one.md#part-1)\"\n"),
    ("content/about.cy.md", ""),
    ("content/news/one.md", "date = 2026-01-01\ntags = [\"fares\"]\n"),
    ("content/news/two.md", "date = 2026-02-01\ntags = [\"fares\"]\nrelated = [\"one.md\"]\n"),
    ("content/news/bundle/index.md", "date = 2026-03-01\n"),
    ("content/groups/leeds.md", "place = \"Leeds\"\nlocation = { lat = 53.8, lon = -1.55 }\n"),
    ("content/events/meeting.md", "start = 2026-12-01T19:00:00\ngroups = [\"leeds\"]\naims = [\"fares\"]\n"),
    ("content/events/meeting.cy.md", "start = 2026-12-01T19:00:00\ngroups = [\"leeds\"]\naims = [\"fares\"]\n"),
    ("content/events/series.md", "start = 2026-10-01T19:00:00\nrepeat = { every = \"week\" }\ngroups = [\"leeds\"]\n"),
    ("content/aims/fares.md", ""),
    ("content/statements/open-letter.md", "signatories = \"names.csv\"\naims = [\"fares\"]\n"),
    ("content/actions/join.md", "ask = \"join\"\nurl = \"https://buses.example/join\"\n"),
    ("content/broken.md", "titel = \"Broken\"\n"),
];

fn front_matter(number: usize) -> String {
    let (file, keys) = FILES[number];
    let title = if file.contains("broken") { String::new() } else { format!("title = \"Title {number}\"\n") };
    format!("+++\n{title}{keys}+++\n")
}

fn text(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..random.below(5) {
        let (file, _) = FILES[random.below(FILES.len())];
        let link = file.strip_prefix("content/").unwrap_or(file);
        let number = random.below(4);
        text.push_str(&match random.below(9) {
            0 | 1 => format!("[there](@/{link})\n\n"),
            2 | 3 => format!("[there](@/{link}#part-{number})\n\n"),
            4 | 5 => format!("## Part {number}\n\n"),
            6 => "![](picture.png) and [a file](/style.css) and [an address](/news/one/)\n\n".to_owned(),
            7 => format!("[here](#part-{number}), and a note[^1].\n\n[^1]: The note.\n\n"),
            _ => format!("Words, {number} of them.\n\n<!-- more -->\n\n{{{{< button url=\"@/{link}\" >}}}}\n\n"),
        });
    }
    text
}

fn write(root: &Path, number: usize, text: &str) -> String {
    let path = root.join(FILES[number].0);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, front_matter(number) + text).unwrap();
    FILES[number].0.to_owned()
}

fn jobs(loaded: &Loaded) -> Arc<Vec<handbill::site::Job>> {
    Arc::clone(&loaded.site().unwrap().jobs)
}

fn begun(root: &Path) -> (Rebuilder, Loaded) {
    fs::write(root.join("handbill.toml"), CONFIG).unwrap();
    for number in 0..FILES.len() {
        write(root, number, "Some words.\n");
    }
    fs::write(root.join("content/statements/names.csv"), "name,consent\nAnn,yes\nBob,yes\n").unwrap();
    fs::create_dir_all(root.join("static")).unwrap();
    fs::write(root.join("static/style.css"), "a {}\n").unwrap();
    let mut rebuilder = Rebuilder::new(root.to_owned(), options());
    let loaded = rebuilder.rebuild(Changes::Everything, clock()).unwrap();
    (rebuilder, loaded)
}

#[test]
fn texts_that_change_leave_the_rest_alone_and_give_the_site_of_a_clean_build() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (mut rebuilder, loaded) = begun(&root);
    let first = jobs(&loaded);
    let mut random = Random(0x5eed_0003);
    let mut now = clock();
    for round in 0..60 {
        let files: Vec<String> = (0..=random.below(3))
            .map(|_| {
                let number = random.below(FILES.len() - 1);
                let text = text(&mut random);
                write(&root, number, &text)
            })
            .collect();
        // Far from the evening of the first event.
        now = Clock { now: now.now + 1.minute(), ..now };
        let loaded = rebuilder.rebuild(Changes::Files(files.clone()), now.clone()).unwrap();
        assert!(Arc::ptr_eq(&jobs(&loaded), &first), "round {round}: {files:?} are texts alone");
        let clean = clean_build_at(&root, now.clone());
        assert_same(&shown(&loaded, &root), &shown(&clean, &root), &format!("round {round}, {files:?}"));
    }
}

#[test]
fn what_is_more_than_text_is_linked_anew() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (mut rebuilder, loaded) = begun(&root);
    let mut before = jobs(&loaded);
    let mut check = |what: &str, file: &str, bytes: &[u8], clock: Clock| {
        let path = root.join(file);
        if bytes.is_empty() {
            fs::remove_file(&path).unwrap();
        } else {
            fs::write(&path, bytes).unwrap();
        }
        let loaded = rebuilder.rebuild(Changes::Files(vec![file.to_owned()]), clock.clone()).unwrap();
        assert!(!Arc::ptr_eq(&jobs(&loaded), &before), "{what}");
        before = jobs(&loaded);
        assert_same(&shown(&loaded, &root), &shown(&clean_build_at(&root, clock), &root), what);
    };
    check("a title", "content/about.md", b"+++\ntitle = \"Else\"\n+++\n", clock());
    check("a list beside it", "content/statements/names.csv", b"name,consent\nAnn,no\nBob,yes\n", clock());
    check("a file beside it", "content/news/picture.png", b"x", clock());
    check("a new page", "content/news/three.md", b"+++\ntitle = \"Three\"\n+++\n", clock());
    check("a page that goes", "content/news/three.md", b"", clock());
    check("no front matter", "content/about.md", b"Only words\n", clock());
    check("still none", "content/about.md", b"Only more words\n", clock());
    check("a draft", "content/about.md", b"+++\ntitle = \"A\"\ndraft = true\n+++\nOne\n", clock());
    check("a draft's text", "content/about.md", b"+++\ntitle = \"A\"\ndraft = true\n+++\nTwo\n", clock());
    check("the configuration", "handbill.toml", CONFIG.replace("Bysiau", "Bws").as_bytes(), clock());
    check("a static file", "static/other.css", b"b {}\n", clock());
    let after_the_meeting = Clock { now: "2026-12-03T00:00:00Z".parse().unwrap(), ..clock() };
    let text = front_matter(3) + "Other words.\n";
    check("a text when an event is over", "content/news/one.md", text.as_bytes(), after_the_meeting);
}
