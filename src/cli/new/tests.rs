use super::*;
use crate::content;
use crate::diagnostic::Diagnostic;
use crate::source::MemoryWorld;

const CONFIG: &str = "title = \"T\"\nbase_url = \"https://example.org/\"\nlanguage = \"de\"\n[languages.en]\n";

fn config() -> Config {
    let mut world = MemoryWorld::new();
    world.insert("handbill.toml", CONFIG);
    let mut mistakes = Vec::new();
    let config = crate::config::load(&world, "handbill.toml", &Overrides::default(), &mut mistakes).unwrap().unwrap();
    assert_eq!(mistakes, []);
    config
}

fn args(kind: Kind, title: &str) -> New {
    New {
        kind,
        title: title.to_owned(),
        language: None,
        section: None,
        path: None,
        date: None,
        draft: false,
        bundle: false,
        config: "handbill.toml".to_owned(),
        now: None,
    }
}

fn written_file(args: &New) -> (String, String) {
    let config = config();
    let now = "2026-06-01T09:00:00Z".parse().unwrap();
    let below = file_path(args, &config).unwrap();
    let facts = facts(args, &config, now).unwrap();
    (format!("content/{}", below.path), front_matter::write(&facts, &config, below.kind))
}

fn mistakes(path: &str, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    content::parse(&path.into(), text.as_bytes(), &MemoryWorld::new(), &config(), &mut found);
    found
}

#[test]
fn the_file_goes_where_its_kind_lives() {
    let check = |args: New, expected: &str| assert_eq!(written_file(&args).0, expected);
    check(args(Kind::Event, "Große Runde"), "content/events/grosse-runde.md");
    check(args(Kind::Post, "Neu"), "content/news/neu.md");
    check(args(Kind::Page, "Über uns"), "content/ueber-uns.md");
    check(args(Kind::Section, "Material"), "content/material/_index.md");
    check(New { bundle: true, ..args(Kind::Statement, "Aufruf") }, "content/statements/aufruf/index.md");
    check(New { language: Some("EN".to_owned()), ..args(Kind::Group, "York") }, "content/groups/york.en.md");
    check(
        New { section: Some("content/news/2026/".to_owned()), ..args(Kind::Post, "Neu") },
        "content/news/2026/neu.md",
    );
    let translation = New {
        language: Some("en".to_owned()),
        path: Some("content/groups/leipzig.en.md".to_owned()),
        ..args(Kind::Group, "Leipzig")
    };
    check(translation, "content/groups/leipzig.en.md");
}

#[test]
fn the_file_stays_below_the_content() {
    for place in ["../x", "/etc/x", "a/../../x", "C:/x", "content/../x"] {
        let asked = New { path: Some(place.to_owned()), ..args(Kind::Page, "x") };
        assert!(file_path(&asked, &config()).is_err(), "{place}");
    }
}

#[test]
fn a_new_file_of_every_kind_has_no_mistakes_even_with_every_key_in_use() {
    for kind in super::super::kinds::all() {
        let (path, text) = written_file(&args(kind, "A \"new\" \\ thing\u{7}"));
        assert_eq!(mistakes(&path, &text), [], "{text}");
        // Every commented key, and every commented table.
        let is_key =
            |rest: &str| rest.starts_with('[') || rest.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
        let used: Vec<&str> = text
            .lines()
            .map(|line| line.strip_prefix("# ").filter(|rest| is_key(rest)).unwrap_or(line))
            // The same files cannot be there in this test.
            .filter(|line| !line.starts_with("signatories = \"") && !line.starts_with("tables = "))
            .collect();
        let left: Vec<&&str> = used.iter().filter(|line| line.starts_with("# ")).collect();
        assert_eq!(left.len(), 1, "only the word about comments is left: {left:?}");
        let used = used.join("\n").replace("\"\"", "\"x\"");
        assert_eq!(mistakes(&path, &used), [], "{used}");
    }
}

#[test]
fn every_key_of_the_kind_is_in_the_file() {
    use crate::content::Common;
    use crate::decode::Record;
    for kind in super::super::kinds::all() {
        let (_, text) = written_file(&args(kind, "x"));
        for field in kind.keys().iter().chain(Common::KEYS).filter(|field| field.name != "kind") {
            let name = field.name;
            let places = [format!("{name} = "), format!("# {name} = "), format!("# [{name}]"), format!("# [[{name}]]")];
            let count = text.lines().filter(|line| places.iter().any(|place| line.starts_with(place))).count();
            assert!(count >= 1, "{name} in:\n{text}");
        }
    }
}

#[test]
fn a_date_to_come_holds_a_post_back_and_starts_an_event() {
    let later = |kind| New { date: Some("2026-07-02".to_owned()), ..args(kind, "x") };
    let (_, post) = written_file(&later(Kind::Post));
    assert!(post.contains("\ndate = 2026-07-02 ") && post.contains("\npublish_from = 2026-07-02 "), "{post}");
    let (_, page) = written_file(&New { date: Some("2026-05-01".to_owned()), ..args(Kind::Page, "x") });
    assert!(page.contains("\ndate = 2026-05-01 ") && !page.contains("\npublish_from"), "{page}");
    let (_, event) = written_file(&later(Kind::Event));
    assert!(event.contains("\nstart = 2026-07-02T19:00:00 ") && !event.contains("\npublish_from"), "{event}");
    let (_, soon) = written_file(&args(Kind::Event, "x"));
    assert!(soon.contains("\nstart = 2026-06-15T19:00:00 "), "{soon}");
}

#[test]
fn the_kind_is_told_where_the_folder_does_not_tell_it() {
    let elsewhere = New { section: Some("campaign".to_owned()), ..args(Kind::Event, "x") };
    assert!(written_file(&elsewhere).1.contains("\nkind = \"event\""));
    let page_among_news = New { section: Some("news".to_owned()), ..args(Kind::Page, "x") };
    assert!(written_file(&page_among_news).1.contains("\nkind = \"page\""));
    assert!(!written_file(&args(Kind::Event, "x")).1.contains("\nkind"));
}
