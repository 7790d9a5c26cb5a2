//! Content from tables: rows that are pages.

use crate::support::{check, site};

const CONFIG: &str = r#"=== handbill.toml
title = "Better Buses"
base_url = "https://buses.example/"
timezone = "Europe/London"
language = "en"
[languages.cy]
"#;

fn with(text: &str) -> String {
    format!("{CONFIG}{text}")
}

#[test]
fn a_row_is_a_page_like_any_other() {
    let built = check(&with(
        r#"=== content/groups/_index.md
+++
title = "Groups"
tables = ["groups.csv"]
+++
=== content/groups/groups.csv
Title,Place,Location.Lat,Location.Lon,Covers,Status,Contact.Email,Tags,Body,File
Leeds,Leeds,53.8,-1.55,"LS1, LS2",Active,leeds@example.org,"fares, evenings","We meet in the **library**.

See [York](york.md).",
York,York,"53,96","-1,08",,forming,,,,york
=== content/groups/hull.md
+++
title = "Hull"
parent = "leeds"
+++
A file beside the table. See [Leeds](@/groups/leeds.md) and [York](york.md).
"#,
    ));
    built.has("groups/leeds/index.html", &["<h1>Leeds</h1>", "<strong>library</strong>", "leeds@example.org"]);
    built.has("groups/hull/index.html", &["href=\"/groups/leeds/\"", "href=\"/groups/york/\""]);
    built.has("tags/fares/index.html", &["/groups/leeds/"]);
    built.has("groups/index.html", &["/groups/leeds/", "/groups/york/", "/groups/hull/"]);
    built.absent(&["groups/groups.csv"]);
}

#[test]
fn semicolons_and_a_byte_order_mark_are_read_as_excel_writes_them() {
    let text = "\u{feff}Title;Place;Location.Lat;Location.Lon;;\r\nBad Ems;Bad Ems;50,33;7,72;;\r\n;;;;;\r\n";
    let built = site(&with("=== content/groups/_index.md\n+++\ntitle = \"Groups\"\ntables = [\"groups.csv\"]\n+++\n"))
        .file("content/groups/groups.csv", text)
        .check();
    built.has("groups/bad-ems/index.html", &["<h1>Bad Ems</h1>"]);
}

#[test]
fn mistakes_stand_in_their_cells() {
    check(&with(
        r#"=== content/groups/_index.md
+++
title = "Groups"
tables = ["groups.csv"]
+++
=== content/groups/groups.csv
title,place,status,location.lat,location.lon,contact.email,body
Leeds,Leeds,actve,53.8,-1.55,, #~ HB0103 ‹actve› … row 2, column C (status) … did you mean "active"
York,York,,93,-1.08,, #~ HB0103 ‹93› … row 3, column D (location.lat)
Hull,Hull,,north,-0.33,, #~ HB1005 ‹north› … is not a number
,Bath,,,,, #~ HB0105 `title` is missing … row 5 … fill in the column `title`
Rye,Rye,,50.9,,, #~ HB0105 `lon` is missing … fill in the column `location.lon`
Ely,Ely,,,,ely at example,"See [this](@/groups/nowhere.md)." #~ HB0103 ‹ely at example› #~ HB0401 ‹[this](@/groups/nowhere.md)›
Wells,=A2,,,,, #~ HB1005 ‹=A2› … formula
Truro,#REF!,,,,, #~ HB1005 ‹#REF!›
Ripon,Ripon,,,,,,,more #~ HB1004 ‹more› … 9 cells … 7 headings
"#,
    ));
}

#[test]
fn headings_are_checked_once() {
    check(&with(
        r#"=== content/groups/_index.md
+++
title = "Groups"
[[tables]]
file = "groups.csv"
columns = { Ort = "place", Stadt = "region" } #~ HB1003 ‹Stadt› … has no heading "Stadt"
ignore = ["Kasse"]
+++
=== content/groups/groups.csv
Titel,Ort,#Notes,Kasse,Location.Lattitude,place,Telefon #~ HB1003 ‹Titel› … did you mean `title` #~ HB1003 ‹Location.Lattitude› … did you mean `location.lat` #~ HB1003 ‹place› … stands twice #~ HB1003 ‹Telefon› … `contact.phone` #~ HB1003 has no column `title`
Leeds,Leeds,hush,12,,,
York,York,hush,12,,,
"#,
    ));
}
