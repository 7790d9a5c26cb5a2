use super::{At, Context, Decode, Moment, Named, Table, TableReader, choice, parse, record};
use crate::diagnostic::Diagnostic;
use crate::source::FileRef;

choice! {
    /// A colour.
    pub enum Colour {
        Red "red",
        Green "green",
    }
}

record! {
    /// A test record.
    pub struct Sample {
        /// Its name.
        title: required String,
        colour: default Colour,
        tags: list At<String>,
        when: optional Moment,
        menus: default Named<i64>,
    }
}

fn read(text: &str) -> (Sample, Vec<String>) {
    let file: FileRef = "a.md".into();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut cx = Context::new(&file, &mut diagnostics);
    let table: Table<'_> = parse(text, 0, &mut cx);
    let mut reader = TableReader::new(&table, Default::default());
    let sample = <Sample as super::Record>::read(&mut reader, &mut cx);
    reader.finish(&[<Sample as super::Record>::KEYS], &mut cx);
    let shown = diagnostics.iter().map(|d| {
        let place = d.span.map(|span| &text[span.range()]).unwrap_or("");
        format!("{} `{place}` {} | {}", d.code.id, d.message, d.help.clone().unwrap_or_default())
    });
    (sample, shown.collect())
}

#[test]
fn every_mistake_of_a_table_is_reported_at_its_place() {
    let (sample, mistakes) = read("titel = 'x'\ncolour = 'gren'\ntags = ['a', 3]\nwhen = '2026-02-30'\n");
    assert_eq!(sample.tags.len(), 1);
    assert_eq!((sample.title.as_str(), sample.colour.word(), sample.menus.0.len()), ("", "red", 0));
    assert_eq!(
        mistakes,
        [
            "HB0103 `'gren'` \"gren\" is not one of the choices | did you mean \"green\"? The choices are: red, green",
            "HB0102 `3` expected text, found a whole number | put it in quotation marks: \"3\"",
            "HB0103 `'2026-02-30'` \"2026-02-30\" is not a date that exists | write a day that exists, the year first: 2026-12-01, or with a time: 2026-12-01T19:00:00",
            "HB0101 `titel` there is no key `titel` here | did you mean `title`?",
        ]
    );
}

#[test]
fn syntax_mistakes_do_not_hide_one_another() {
    let (_, mistakes) = read("title = \u{201c}Bus\u{201d}\ncolour = \n");
    assert!(mistakes.len() >= 2, "{mistakes:?}");
    assert!(mistakes[0].contains("curly quotation marks"), "{mistakes:?}");
}

#[test]
fn native_and_quoted_dates_mean_the_same() {
    let pairs = [
        ("2026-12-01", "2026-12-01"),
        ("2026-12-01T19:00:00", "2026-12-01 19:00"),
        ("2026-12-01T19:00:00+02:00", "2026-12-01T17:00Z"),
        ("2026-12-01 07:05:09", "2026-12-01T7:05:09"),
    ];
    for (native, quoted) in pairs {
        let (a, mistakes_a) = read(&format!("title = ''\nwhen = {native}"));
        let (b, mistakes_b) = read(&format!("title = ''\nwhen = '{quoted}'"));
        assert!(mistakes_a.is_empty() && mistakes_b.is_empty(), "{native} {quoted} {mistakes_a:?} {mistakes_b:?}");
        assert!(a.when.is_some());
        assert_eq!(a.when, b.when);
    }
}

#[test]
fn no_text_panics_the_date_reader() {
    for text in ["", "é", "2026-12-0é", "2026-12-01T", "2026-12-01T1é:00", "2026-12-01T99:00", "2026-12-01T10:00+é"]
    {
        assert!(Moment::parse(text).is_none(), "{text}");
    }
}

#[test]
fn an_overlay_replaces_values_and_merges_tables() {
    let file: FileRef = "a".into();
    let mut diagnostics = Vec::new();
    let mut cx = Context::new(&file, &mut diagnostics);
    let mut below = parse("title = 'a'\n[menus]\nx = 1\ny = 2\n", 0, &mut cx);
    below.overlay(parse("title = 'b'\n[menus]\ny = 3\n", 0, &mut cx));
    let menus = Named::<i64>::decode(below.get("menus").unwrap(), &mut cx).unwrap();
    assert_eq!((menus.get("x"), menus.get("y")), (Some(&1), Some(&3)));
    assert_eq!(String::decode(below.get("title").unwrap(), &mut cx).unwrap(), "b");
}
