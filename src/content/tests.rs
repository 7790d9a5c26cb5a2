use super::{FilePath, Location, group::Degrees, split};
use crate::source::FileRef;

#[test]
fn a_file_is_parted_at_its_plus_lines() {
    let check = |text: &str, expected: Option<(&str, &str)>| {
        let file: FileRef = "content/a.md".into();
        let mut diagnostics = Vec::new();
        let parts = split(text, &file, &mut diagnostics);
        assert_eq!(parts.map(|parts| (parts.front_matter, parts.body)), expected, "{text:?}");
        assert_eq!(diagnostics.len(), usize::from(expected.is_none()), "{text:?}");
        if let Some(parts) = parts {
            assert_eq!(&text[parts.front_matter_at as usize..][..parts.front_matter.len()], parts.front_matter);
            assert_eq!(&text[parts.body_at as usize..], parts.body);
        }
    };
    check("+++\na = 1\n+++\nText\n", Some(("a = 1\n", "Text\n")));
    check("+++\na = 1\n+++", Some(("a = 1\n", "")));
    check("+++\n+++\n", Some(("", "")));
    check("\u{feff}\n \n+++  \r\na = 1\r\n+++ \r\nText", Some(("a = 1\r\n", "Text")));
    check("+++\n+++\nText\n+++\nMore", Some(("", "Text\n+++\nMore")));
    for text in [
        "",
        "\u{feff}",
        " \n\t\n",
        "Text",
        "+++",
        "+++\na = 1",
        "++++\na\n++++\n",
        "---\na: 1\n---\n",
        " +++\na = 1\n +++\n",
    ] {
        check(text, None);
    }
}

#[test]
fn what_a_path_says() {
    let check = |stem: &str, folder: &str, own_name: &str, section: bool, bundle: bool| {
        let path = FilePath { stem: stem.to_owned(), language: "en".to_owned() };
        assert_eq!((path.folder(), path.own_name()), (folder, own_name), "{stem}");
        assert_eq!((path.is_section(), path.is_bundle()), (section, bundle), "{stem}");
    };
    check("about", "", "about", false, false);
    check("groups/leeds", "groups", "leeds", false, false);
    check("groups/leeds/index", "groups/leeds", "leeds", false, true);
    check("groups/_index", "groups", "groups", true, false);
    check("_index", "", "", true, false);
    check("index", "", "index", false, false);
}

#[test]
fn distances_go_over_the_surface() {
    let at = |lat, lon| Location { lat: Degrees(lat), lon: Degrees(lon) };
    // A quarter of the way round, and from one side of the date line to the other.
    for (from, to, km) in [
        (at(0.0, 0.0), at(0.0, 0.0), 0.0),
        (at(0.0, 0.0), at(0.0, 90.0), 10_007.5),
        (at(90.0, 0.0), at(-90.0, 123.0), 20_015.1),
        (at(0.0, 179.5), at(0.0, -179.5), 111.2),
    ] {
        assert!((from.km_to(&to) - km).abs() < 0.1, "{from:?} {to:?} {}", from.km_to(&to));
    }
}
