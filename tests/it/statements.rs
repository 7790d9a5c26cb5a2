//! Statements and those who signed them, by the thousand.

use crate::support::{Built, check, site};
use std::fmt::Write;

fn signed(config: &str, front_matter: &str, csv: &str) -> Built {
    site(&format!(
        "=== content/statements/s/index.md\n+++\ntitle = \"S\"\nsignatories = \"signatories.csv\"\n{front_matter}+++\nText.\n"
    ))
    .config(config)
    .file("content/statements/s/signatories.csv", csv)
    .build()
}

fn people(number: usize) -> String {
    let mut csv = "Name;Role;Place;Consent;Founder;Withdrawn;#Notes\r\n".to_owned();
    for at in 0..number {
        let letter = char::from(b'A' + (at % 26) as u8);
        let place = ["Leeds", "York", "", "Hull"][at % 4];
        let _ = write!(csv, "Person{at:05} {letter}aaa{at:05};;{place};yes;;;secret{at}\r\n");
    }
    csv.push_str("Fay Founder;Chair;Leeds;yes;x;;\r\nWil Drawn;Nurse;York;yes;;yes;\r\nNo Consent;;;no;;;\r\n");
    csv
}

#[test]
fn thousands_of_names_fill_pages_of_their_own() {
    let built = signed("[statements]\nsignatories_page = 100\n", "", &people(1000));
    let reported = built.reported();
    assert_eq!(reported.len(), 1, "{}", built.all_reported());
    assert_eq!(reported[0].code, "HB0113");
    built.has(
        "statements/s/",
        &["1,001", "Fay Founder", "Chair", "Page 1 of 10", "/statements/s/signatories/2/", ">A<"],
    );
    built.in_order("statements/s/", &["Fay Founder", "Aaaa00000", "Aaaa00026", "Baaa00001"]);
    built.has("statements/s/signatories/10/", &["Page 10 of 10", "Zaaa00987", "/statements/s/\""]);
    built.lacks("statements/s/signatories/2/", &["Fay Founder"]);
    built.absent(&["statements/s/signatories/11/index.html", "statements/s/signatories/1/index.html"]);
    built.nowhere(&["Wil Drawn", "No Consent", "secret"]);
    // Everybody is named once.
    let names = |path: &str| built.text(path).matches("<li><b>").count();
    let pages = (2..=10).map(|number| names(&format!("statements/s/signatories/{number}/")));
    assert_eq!(names("statements/s/") + pages.sum::<usize>(), 1001);
    // A letter that goes on says so, and has its anchor once.
    let anchors: usize = (2..=10)
        .map(|number| built.text(&format!("statements/s/signatories/{number}/")).matches("id=\"hb-names-").count())
        .sum();
    assert_eq!(anchors + built.text("statements/s/").matches("id=\"hb-names-").count(), 26);
    built.has("statements/s/signatories/2/", &["(continued)"]);
}

#[test]
fn names_stand_by_place_where_that_is_asked_for() {
    let built = signed("", "signatories_by = \"place\"\nsignatories_page = 0\n", &people(8));
    built.in_order(
        "statements/s/",
        &[
            "Fay Founder",
            ">Hull<",
            "Daaa00003",
            "Haaa00007",
            ">Leeds<",
            "Aaaa00000",
            ">York<",
            "Baaa00001",
            "Without a place",
            "Caaa00002",
        ],
    );
    let built = signed("[statements]\nsignatories_by = \"place\"\n", "signatories_by = \"name\"\n", &people(8));
    built.in_order("statements/s/", &["Aaaa00000", "Baaa00001", "Caaa00002"]).lacks("statements/s/", &["name-heading"]);
}

#[test]
fn names_are_sorted_as_their_language_does() {
    let csv = "name,consent,sort\nAnna Öberg,yes,\nBo Zetterlund,yes,\nCia Olsson,yes,\nJan van der Berg,yes,\"Berg, Jan van der\"\n";
    let text = |language: &str| {
        let config =
            format!("=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://t.example/\"\nlanguage = \"{language}\"\n");
        site(&format!("{config}=== content/statements/s.md\n+++\ntitle = \"S\"\nsignatories = \"s.csv\"\n+++\n"))
            .file("content/statements/s.csv", csv)
            .check()
    };
    text("sv").in_order("statements/s/", &["van der Berg", "Cia Olsson", "Bo Zetterlund", "Anna Öberg"]);
    text("de").in_order("statements/s/", &["van der Berg", "Anna Öberg", "Cia Olsson", "Bo Zetterlund"]);
}

#[test]
fn nobody_is_named_without_consent_where_it_is_asked_for() {
    let csv = "name,place\nAnn Hughes,York\nBob Rees,Hull\n";
    let built = signed("", "", csv);
    assert_eq!(built.reported().len(), 1, "{}", built.all_reported());
    built.has_report("HB0113", "no column `consent`");
    built.nowhere(&["Ann Hughes", "Bob Rees"]);
    let built = signed("", "require_consent = false\n", csv);
    built.clean().has("statements/s/", &["Ann Hughes", "Bob Rees"]);
    let built = signed("[statements]\nrequire_consent = false\n", "", csv);
    built.clean().has("statements/s/", &["Ann Hughes"]);
    // Hundreds are told in one word.
    let mut many = "name,consent\n".to_owned();
    (0..300).for_each(|at| _ = writeln!(many, "Person {at},no"));
    let built = signed("", "", &many);
    assert_eq!(built.reported().len(), 21, "{}", built.all_reported());
    built.has_report("HB0113", "280 more names are left out");
}

#[test]
fn a_text_that_names_who_withdrew_is_told() {
    let people = "signatories = [{ name = \"Wil Drawn\", withdrawn = true }, { name = \"Ann Lee\", consent = true }]";
    check(&format!(
        "=== content/statements/s.md\n+++\ntitle = \"S\" #~ HB0113 ‹\"S\"› the text names someone\n{people}\n+++\nAs Wil\nDrawn said.\n"
    ));
    check(&format!("=== content/statements/s.md\n+++\ntitle = \"S\"\n{people}\n+++\nAs Ann Lee said.\n"));
}

#[test]
fn mistakes_of_a_list_stand_in_their_cells() {
    check(
        "=== content/statements/s.md\n+++\ntitle = \"S\"\nsignatories = \"s.csv\"\n+++\n\
         === content/statements/s.csv\nName,Consent,Link,Founder,Name,mail #~ HB1003 ‹Name› … stands twice #~ HB0101 ‹mail›\n\
         Ann,perhaps,,,, #~ HB0103 ‹perhaps› … neither yes nor no #~ HB0113 ‹Ann›\n\
         Bob,yes,javascript:x,,, #~ HB0103 ‹javascript:x›\n\
         =A3,yes,,,, #~ HB1005 ‹=A3› … formula\n\
         Dee,3 May 2026,,x,,\n",
    );
}
