use super::{
    Component, Duration, Stamp, decode, duration, geo, moment, moment_or_period, pieces, read, text, utc_offset,
};
use crate::diagnostic::Diagnostic;
use crate::source::{FileRef, LineIndex};
use proptest::prelude::*;

fn parsed(calendar: &str) -> (Vec<Component<'_>>, Vec<Diagnostic>) {
    let file: FileRef = "a.ics".into();
    let mut found = Vec::new();
    let components = read(calendar, &file, &mut found);
    (components, found)
}

/// The components in short: `NAME{PROPERTY;PARAM=a|b:value,…}`.
fn shown(components: &[Component<'_>]) -> String {
    let property = |property: &super::Property<'_>| {
        let parameters = property.parameters.iter().map(|one| format!(";{}={}", one.name, one.values.join("|")));
        format!("{}{}:{}", property.name, parameters.collect::<String>(), property.value)
    };
    let one = |component: &Component<'_>| {
        let properties = component.properties.iter().map(property).collect::<Vec<_>>().join(",");
        format!("{}{{{properties}{}}}", component.name, shown(&component.components))
    };
    components.iter().map(one).collect()
}

#[track_caller]
fn check(calendar: &str, expected: &str) {
    let (components, found) = parsed(calendar);
    assert_eq!(shown(&components), expected);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn lines_of_every_kind_are_unfolded() {
    let expected = "V{A:one two,B:x}";
    check("BEGIN:V\r\nA:one\r\n  two\r\nB:x\r\nEND:V\r\n", expected);
    check("BEGIN:V\nA:one\n\t two\nB:x\nEND:V", expected);
    check("\u{feff}begin:v\r\nA:o\r\n n\r\n e \r\n two\r\n\r\nB:x\r\nEnd:v\r\n\r\n", expected);
    // Empty lines may stand between a line and what goes on from it.
    check("BEGIN:V\n\nA:one\r\r\n\r\n  two\nB:x\nEND:V", expected);
    check(&decode(b"BEGIN:V\rA:one\r  two\rB:x\rEND:V\r").text, expected);
}

#[test]
fn names_parameters_and_values_are_told_apart() {
    check("BEGIN:V\na;x=1,2;Y=\"p;q:r\",s:v:w;z\nEND:V", "V{A;X=1|2;Y=p;q:r|s:v:w;z}");
    check("BEGIN:V\nA;X=^nb^'^^c^d:v\nEND:V", "V{A;X=\nb\"^c^d:v}");
    check("BEGIN:V\nA;X:v\nB;:w\nC:\nEND:V", "V{A;X=:v,B:w,C:}");
    check("BEGIN:V\nitem1.A:v\nEND:V", "V{A:v}");
    check(
        "BEGIN:V\nDTSTART;TZID=(GMT+01:00) Paris, Rome:20260101T100000\nEND:V",
        "V{DTSTART;TZID=(GMT+01:00) Paris, Rome:20260101T100000}",
    );
}

/// Each line that ends with ` #~ text` is reported, with the text under the caret.
#[track_caller]
fn reports(calendar: &str) {
    let mut marked: Vec<(u32, &str)> = Vec::new();
    let mut plain = String::new();
    for (at, line) in calendar.lines().enumerate() {
        let (line, mark) = line.split_once(" #~ ").map_or((line, None), |(line, mark)| (line, Some(mark)));
        marked.extend(mark.map(|mark| (at as u32 + 1, mark)));
        plain.push_str(line);
        plain.push('\n');
    }
    let (_, found) = parsed(&plain);
    let index = LineIndex::new(&plain);
    let mut told: Vec<(u32, &str)> = found
        .iter()
        .map(|problem| {
            let span = problem.span.unwrap();
            (index.position(span.start).line, &plain[span.range()])
        })
        .collect();
    told.sort_unstable();
    assert_eq!(told, marked, "{found:?}");
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    reports("x:y #~ x:y\nBEGIN:V\n!! #~ !!\nA:b\nEND:V");
    reports("BEGIN:V #~ V\nBEGIN:W #~ W\nA:b");
    reports("BEGIN:V\nBEGIN:W #~ W\nA:b\nEND:V");
    reports("BEGIN:V\nEND:X #~ END:X\nEND:V");
    reports("BEGIN:V\nDESCRIPTION:a\nb c #~ b c\nEND:V");
}

#[test]
fn lines_that_were_not_folded_go_on_with_the_text() {
    let (components, _) = parsed("BEGIN:V\nDESCRIPTION:a\nSee: b\nhttps://example.org/x\nWhat, now?\nEND:V");
    assert_eq!(shown(&components), "V{DESCRIPTION:a,SEE: b}");
    let (components, _) = parsed("BEGIN:V\nDESCRIPTION:a\nhttps://example.org/x\nWhat, now?\nEND:V");
    assert_eq!(shown(&components), "V{DESCRIPTION:a\\nhttps://example.org/x\\nWhat, now?}");
}

#[test]
fn components_inside_one_another_have_a_limit() {
    let deep = "BEGIN:V\n".repeat(100_000) + "A:b\n" + &"END:V\n".repeat(100_000);
    let (components, found) = parsed(&deep);
    assert_eq!((components.len(), found.len()), (1, 0));
}

#[test]
fn a_part_of_a_value_has_its_place_in_the_file() {
    let calendar = "BEGIN:V\r\nRRULE;X=\"é\":FREQ=WEEKLY;BY\r\n DAY=TH,X\r\n X;COUNT=3\r\nEND:V\r\n";
    let (components, _) = parsed(calendar);
    let property = &components[0].properties[0];
    let place = |piece: &str| {
        let at = property.value.find(piece).unwrap();
        &calendar[property.place(at..at + piece.len()).range()]
    };
    assert_eq!(place("FREQ"), "FREQ");
    assert_eq!(place("BYDAY"), "BY\r\n DAY");
    assert_eq!(place("TH"), "TH");
    assert_eq!(place("XX"), "X\r\n X");
    assert_eq!(place("COUNT=3"), "COUNT=3");
    assert_eq!(&calendar[property.span.range()], calendar[9..calendar.len() - 9].to_owned());

    // A line that should have been folded, and was folded itself.
    let calendar = "BEGIN:V\r\nDESCRIPTION:one\r\ntwo, th\r\n ree, four\r\nEND:V\r\n";
    let (components, _) = parsed(calendar);
    let property = &components[0].properties[0];
    let place = |piece: &str| {
        let at = property.value.find(piece).unwrap();
        &calendar[property.place(at..at + piece.len()).range()]
    };
    assert_eq!((place("two"), place("three"), place("four")), ("two", "th\r\n ree", "four"));
}

#[test]
fn other_encodings_are_read() {
    #[track_caller]
    fn check(bytes: &[u8], expected: &str, is_guessed: bool) {
        let decoded = decode(bytes);
        assert_eq!((&*decoded.text, decoded.guessed_at.is_some()), (expected, is_guessed));
    }
    check("A:\u{e9}\n".as_bytes(), "A:é\n", false);
    check(b"A:caf\xe9 \x96 \x80\nB:x\n", "A:café – €\nB:x\n", true);
    // A fold between the bytes of one character.
    check(b"A:caf\xc3\r\n \xa9!\r\nB:x\r\n", "A:café\r\n !\r\nB:x\r\n", false);
    check(b"A:x\n y\xe2\n \x82\xac\n z\n", "A:x\n y€\n \n z\n", false);
    // One broken byte among whole characters.
    check(b"A:\xc3\xa9\xff\n", "A:é\u{fffd}\n", true);
    check(b"A:x\xc3", "A:xÃ", true);
    let utf16: Vec<u8> = "\u{feff}BEGIN:é\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&utf16, "\u{feff}BEGIN:é\r\n", false);
    let utf16: Vec<u8> = "BEGIN:é".encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(&utf16, "BEGIN:é", false);
}

#[test]
fn texts_are_unescaped() {
    assert_eq!(text(r"a\, b\; c\\n\nd\N\: C:\\x \q\"), "a, b; c\\n\nd\n: C:\\x \\q\\");
    let parts: Vec<&str> = pieces(r"a\,b,,c\\,d", ',').into_iter().map(|(piece, _)| piece).collect();
    assert_eq!(parts, [r"a\,b", "", r"c\\", "d"]);
}

#[test]
fn times_are_read_as_programs_write_them() {
    #[track_caller]
    fn check(written: &str, expected: &str) {
        let shown = match moment(written) {
            None => "none".to_owned(),
            Some(Stamp::Date(date)) => date.to_string(),
            Some(Stamp::Local(at)) => at.to_string(),
            Some(Stamp::Utc(at)) => at.to_string(),
        };
        assert_eq!(shown, expected, "{written}");
    }
    check("20261203", "2026-12-03");
    check("20261203T190000", "2026-12-03T19:00:00");
    check(" 20261203t190000z ", "2026-12-03T19:00:00Z");
    check("2026-12-03T19:00:00+01:00", "2026-12-03T18:00:00Z");
    check("2026-12-03", "2026-12-03");
    check("20261203T1900", "2026-12-03T19:00:00");
    check("20161231T235960Z", "2016-12-31T23:59:59Z");
    check("20261203T240000", "2026-12-04T00:00:00");
    check("18881203T100000", "1888-12-03T10:00:00");
    for wrong in
        ["", "2026", "20261303", "20260229", "00000101", "20261203T", "20261203T99", "20261203T190000X", "٢٠٢٦١٢٠٣"]
    {
        check(wrong, "none");
    }
    let lasts = |written: &str| duration(written).map(|Duration { days, seconds }| (days, seconds));
    assert_eq!(lasts("PT1H30M"), Some((0, 5_400)));
    assert_eq!(lasts("P1W2DT3S"), Some((9, 3)));
    assert_eq!(lasts("+P0D"), Some((0, 0)));
    for wrong in ["", "P", "1H", "-PT1H", "PT1", "P1H", "PT1D", "P999999999999999999W", "PT1é"] {
        assert!(lasts(wrong).is_none_or(|lasts| lasts == (0, 0)), "{wrong}");
    }
    assert!(moment_or_period("20260101T100000Z/PT1H").is_some_and(|(_, end)| end.is_some()));
    assert!(moment_or_period("20260101T100000Z/soon").is_none());
    assert_eq!(utc_offset("-0530").map(|offset| offset.seconds()), Some(-19_800));
    assert_eq!(utc_offset("+99:99"), None);
    assert_eq!(
        (geo("51.5;-0.1"), geo("51.5\\,-0.1"), geo("0;0"), geo("91;0"), geo("a;b")),
        (Some((51.5, -0.1)), Some((51.5, -0.1)), None, None, None)
    );
}

/// Pieces from which calendars full of mistakes are put together.
const PIECES: &[&str] = &[
    "BEGIN:",
    "END:",
    "VCALENDAR",
    "VEVENT",
    "\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    "\n ",
    ":",
    ";",
    "=",
    ",",
    "\"",
    "\\",
    "\\n",
    "^",
    "DTSTART",
    "RRULE",
    "TZID",
    "DESCRIPTION",
    "20261203T190000Z",
    "é",
    "€",
    "\u{feff}",
    "\0",
    "http://",
    ".",
    "x",
];

proptest! {
    #[test]
    fn every_text_is_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let calendar = pieces.concat();
        let (components, found) = parsed(&calendar);
        let mut all: Vec<&Component<'_>> = components.iter().collect();
        while let Some(component) = all.pop() {
            all.extend(&component.components);
            for property in &component.properties {
                // Each place is one of the file.
                for (at, _) in property.value.char_indices() {
                    prop_assert!(calendar.get(property.place(at..property.value.len()).range()).is_some());
                }
                prop_assert!(calendar.get(property.span.range()).is_some());
            }
        }
        for problem in found {
            prop_assert!(calendar.get(problem.span.unwrap().range()).is_some());
        }
    }

    #[test]
    fn all_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let decoded = decode(&bytes);
        parsed(&decoded.text);
        prop_assert!(decoded.guessed_at.is_none_or(|at| decoded.text.is_char_boundary(at)));
    }

    #[test]
    fn folds_anywhere_change_nothing(text in "[a-zé€😀]{1,40}", at in prop::collection::vec(0usize..120, 0..4)) {
        let mut bytes = format!("BEGIN:V\r\nA:{text}\r\nEND:V\r\n").into_bytes();
        let length = text.len();
        let mut places: Vec<usize> = at.into_iter().map(|at| 11 + at % length).collect();
        places.sort_unstable();
        places.dedup();
        for place in places.into_iter().rev() {
            bytes.splice(place..place, *b"\r\n ");
        }
        let decoded = decode(&bytes);
        let (components, _) = parsed(&decoded.text);
        // A character of four bytes cut twice is more than any program does.
        if decoded.guessed_at.is_none() {
            prop_assert_eq!(shown(&components), format!("V{{A:{text}}}"));
        }
    }

    #[test]
    fn values_of_any_text_are_read(value in any::<String>()) {
        let _ = (moment(&value), moment_or_period(&value), duration(&value), utc_offset(&value), geo(&value), text(&value));
    }
}
