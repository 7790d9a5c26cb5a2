use super::{cell_mistake, column_letters, plain_heading, read, text};
use crate::diagnostic::Diagnostic;
use crate::source::{FileRef, Span};
use proptest::prelude::*;

fn file() -> FileRef {
    "content/groups/groups.csv".into()
}

/// The rows with their numbers, cells between brackets, then the mistakes with what they stand on.
fn shown(text: &str) -> String {
    let mut mistakes: Vec<Diagnostic> = Vec::new();
    let sheet = read(text, &file(), &mut mistakes);
    let rows = (0..sheet.len()).filter_map(|index| sheet.row(index)).map(|row| {
        let cells: String = row.cells.iter().map(|cell| format!("[{}]", cell.text)).collect();
        format!("{}{cells}", row.number)
    });
    let mistakes = mistakes.iter().map(|mistake| {
        let at = mistake.span.unwrap_or_default();
        format!("{} at {}: {}", mistake.code.id, at.start, mistake.message)
    });
    rows.chain(mistakes).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(shown(text), expected, "{text:?}");
}

#[test]
fn tables_of_all_spreadsheets_are_read() {
    check("a,b\n1,2\n", "1[a][b]\n2[1][2]");
    check("a,b\r\n1,2", "1[a][b]\n2[1][2]");
    check("\u{feff}a;b\r\n1,5;2\r\n", "1[a][b]\n2[1,5][2]");
    check("a\tb\n1\t2\n", "1[a][b]\n2[1][2]");
    check("sep=;\na;b\n1;2\n", "2[a][b]\n3[1][2]");
    check("a,b\r1,2\r", "1[a][b]\n2[1][2]");
    check("\"a;b\",c\nx,y\n", "1[a;b][c]\n2[x][y]");
    check("a, \"b, c\" ,d\n", "1[a][b, c][d]");
}

#[test]
fn empty_rows_and_columns_at_the_end_are_none() {
    check("a,b,,,\n1,2,,,\n,,,,\n\n3,,,,\n,,,,\n", "1[a][b]\n2[1][2]\n5[3]");
    check("", "");
    check("\u{feff}", "");
    check(",,,\n\n", "");
    check("a\n\u{a0}\n", "1[a]");
}

#[test]
fn quoted_cells_hold_separators_lines_and_quotation_marks() {
    check("a,b\n\"one\ntwo\",\"say \"\"hi\"\", twice\"\n3,4\n", "1[a][b]\n2[one\ntwo][say \"hi\", twice]\n3[3][4]");
    check("a\n5\" pipe\n", "1[a]\n2[5\" pipe]");
    check("a,b\n\"\",x\n\"\"\"\",y\n", "1[a][b]\n2[][x]\n3[\"][y]");
}

#[test]
fn broken_quotation_marks_spoil_one_row_only() {
    check("a,b\n\"one,2\n3,4\n", "1[a][b]\n2[one,2]\n3[3][4]\nHB1002 at 4: this quotation mark is never closed");
    check(
        "a,b\n\"one\"x,2\n3,4\n",
        "1[a][b]\n2[\"one\"x][2]\n3[3][4]\nHB1002 at 8: this quotation mark ends the cell, but more follows",
    );
}

#[test]
fn places_lead_into_the_file_whatever_is_quoted() {
    let text = "a,b\nx,\" say \"\"hi\"\" to Mair\"\n";
    let sheet = read(text, &file(), &mut Vec::new());
    let cell = &sheet.row(1).unwrap().cells[1];
    let at = cell.text.find("Mair").unwrap();
    let span = cell.places(text).in_file(Span::new(at, at + 4));
    assert_eq!(&text[span.range()], "Mair");
    let at = cell.text.find("hi").unwrap();
    assert_eq!(&text[cell.places(text).in_file(Span::new(at, at + 2)).range()], "hi");
}

#[test]
fn files_that_are_no_text_table_are_told_apart() {
    let why = |bytes: &[u8]| {
        let mut mistakes = Vec::new();
        match text(&file(), bytes, &mut mistakes) {
            Some(text) => format!("read {} bytes", text.len()),
            None => format!("{} {}", mistakes[0].code.id, mistakes[0].message),
        }
    };
    assert_eq!(why(b"a,b"), "read 3 bytes");
    assert_eq!(
        why(b"PK\x03\x04..."),
        "HB1001 this is no text table, but a spreadsheet of Excel, LibreOffice or Numbers, renamed"
    );
    assert!(why(b"  <html><table>").contains("HTML"));
    assert!(why(b"a,b\n1,\x002").contains("zero byte in line 2, column 3"));
    assert!(why(b"a,b\n1,M\xfcnchen\n").contains("line 2, column 4"), "{}", why(b"a,b\n1,M\xfcnchen\n"));
    assert!(why(b"a,b\n1,M\xfcnchen\n").contains("\"München\""));
    assert!(why(b"\xff\xfea\0,\0b\0").contains("UTF-16"));
}

#[test]
fn headings_are_alike_whatever_their_capitals_and_spaces() {
    let pairs = [
        ("Title", "title"),
        (" Step  free ", "step_free"),
        ("Location . Lat", "location.lat"),
        ("publish-from", "publish_from"),
        ("links.1.URL", "links.1.url"),
        ("", ""),
        (".", "."),
    ];
    for (written, plain) in pairs {
        assert_eq!(plain_heading(written), plain, "{written:?}");
    }
    assert_eq!([0, 25, 26, 701, 702].map(column_letters), ["A", "Z", "AA", "ZZ", "AAA"]);
}

#[test]
fn formulas_and_errors_of_spreadsheets_are_known() {
    for text in ["=A1&B2", "=HYPERLINK(\"x\")", "=-1", "#REF!", "#N/A"] {
        assert!(cell_mistake(text).is_some(), "{text}");
    }
    for text in ["", "=", "= equals", "#busfest", "-5", "+44 20", "==heading=="] {
        assert!(cell_mistake(text).is_none(), "{text}");
    }
}

proptest! {
    #[test]
    fn what_a_csv_writer_writes_is_read_back(rows in prop::collection::vec(prop::collection::vec("[a-z\",;\n\r\t ]{0,8}", 2..5), 1..6)) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).flexible(true).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let mut mistakes = Vec::new();
        let sheet = read(&text, &file(), &mut mistakes);
        prop_assert!(mistakes.is_empty());
        let found: Vec<Vec<String>> = (0..sheet.len())
            .map(|index| sheet.row(index).unwrap().cells.iter().map(|cell| cell.text.to_string()).collect())
            .collect();
        let expected: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let mut cells: Vec<String> = row.iter().map(|cell| cell.trim().to_owned()).collect();
                while cells.last().is_some_and(String::is_empty) {
                    cells.pop();
                }
                cells
            })
            .filter(|row: &Vec<String>| !row.is_empty())
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn no_text_panics_the_reader(text in "[a\",;\n\r\t é\u{feff}=]{0,40}") {
        let mut mistakes = Vec::new();
        let sheet = read(&text, &file(), &mut mistakes);
        for index in 0..sheet.len() {
            for cell in sheet.row(index).unwrap().cells {
                prop_assert!(text.get(cell.span.range()).is_some());
            }
        }
    }
}
