//! Content from tables: rows that are pages.

use crate::support::{check, site};
use proptest::prelude::*;

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
Leeds,Leeds,actve,53.8,-1.55,, #~ HB0103 ‹actve› … did you mean "active"
York,York,,93,-1.08,, #~ HB0103 ‹93› … between -90 and 90
Hull,Hull,,north,-0.33,, #~ HB1005 ‹north› … is not a number
,Bath,,,,, #~ HB0104 `title` is missing … fill in the column `title`
Rye,Rye,,50.9,,, #~ HB0104 ‹50.9› `lon` is missing … fill in the column `location.lon`
Ely,Ely,,,,ely at example,"See [this](@/groups/nowhere.md)." #~ HB0103 ‹ely at example› #~ HB0401 ‹[this](@/groups/nowhere.md)›
Wells,=A2,,,,, #~ HB1005 ‹=A2› … formula
=B2,Wells,,,,, #~ HB1005 ‹=B2› … formula
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
Titel,Ort,#Notes,Kasse,Location.Lattitude,place,Telefon #~ HB1003 ‹Titel› … did you mean `title` #~ HB1003 ‹Location.Lattitude› … did you mean `location.lat` #~ HB1003 ‹place› … two columns are for `place` #~ HB1003 ‹Telefon› … `contact.phone` #~ HB1003 has no column `title`
Leeds,Leeds,hush,12,,,
York,York,hush,12,,,
"#,
    ));
}

#[test]
fn of_two_columns_for_the_same_the_first_is_read_and_one_mistake_told() {
    check(&with(
        r#"=== content/groups/_index.md
+++
title = "Groups"
tables = ["groups.csv"]
+++
=== content/groups/groups.csv
title,place,Title #~ HB1003 ‹Title› … two columns are for `title`
Leeds,Leeds,
York,York,Other
"#,
    ));
}

/// Cells with every kind of value, and the front matter that says the same.
#[test]
fn keys_with_parts_have_several_columns() {
    check(&with(
        r#"=== content/groups/_index.md
+++
title = "Groups"
tables = ["groups.csv"]
+++
=== content/groups/groups.csv
title,kind,contact,links,extra,links.1.name,links.1.url,links.2.name,links.2.url,start #~ HB1003 ‹contact› … contact.email, contact.phone, contact.form #~ HB1003 ‹links› … links.1.name, links.1.url #~ HB1003 ‹extra› … extra.colour
Leeds,Group,,,,Chat,https://chat.example/,Page,https://page.example/,
York,,,,,,,Page,https://page.example/,
Fair,Event,,,,,,,,2027-01-01
Hull,,,,,,,,,2027-01-01 #~ HB0101 ‹2027-01-01› `start` is a key of the kind "event"; this is "group"
"#,
    ));
}

#[test]
fn a_row_and_a_file_with_the_same_values_give_the_same_pages() {
    let section = |tables: &str| format!("=== content/events/_index.md\n+++\ntitle = \"Events\"\n{tables}+++\n");
    let group = "=== content/groups/leeds.md\n+++\ntitle = \"Leeds\"\n+++\n";
    let file = with(&format!(
        "{}{group}{}",
        section(""),
        r#"=== content/events/fair.md
+++
title = "The “Fair”, again"
summary = "A *fair*: see [Leeds](@/groups/leeds.md)."
date = 2026-01-02
start = 2027-03-14T19:30:00
end = 2027-03-14T21:00:00
tags = ["fares", "evenings"]
groups = ["leeds"]
capacity = 120
aliases = ["/old-fair/"]
weight = -3
toc = true
related = ["@/groups/leeds.md"]
[venue]
name = "Town Hall"
lat = 53.8
lon = -1.55
[access]
step_free = true
hearing_loop = false
[repeat]
every = "month"
on = "second sunday"
count = 3
[image]
src = "https://example.org/fair.jpg"
alt = "A fair"
[extra]
colour = "red"
+++
# Come

See [Leeds](../groups/leeds.md) and "quotes".
"#
    ));
    let row = with(&format!(
        "{}{group}{}",
        section("tables = [\"list.csv\"]\n"),
        "=== content/events/list.csv\n\
         File;Title;Summary;Date;Start;End;Tags;Groups;Capacity;Aliases;Weight;Toc;Related;Venue.Name;Venue.Lat;Venue.Lon;\
         Access.Step free;access.hearing-loop;repeat.every;repeat.on;repeat.count;image.src;image.alt;extra.colour;Body;\n\
         fair.md;The “Fair”, again;A *fair*: see [Leeds](@/groups/leeds.md).;02.01.2026;14/03/2027 19:30;3/14/2027 9:00 PM;\
         fares, evenings;leeds;120,0;/old-fair/;-3;x;@/groups/leeds.md;Town Hall;53,8;-1,55;ja;no;month;second sunday;3;\
         https://example.org/fair.jpg;A fair;red;\"# Come\n\nSee [Leeds](../groups/leeds.md) and \"\"quotes\"\".\";\n\n;;;\n"
    ));
    let (file, row) = (check(&file), check(&row));
    assert_eq!(file.paths(), row.paths());
    assert!(file.paths().len() > 20);
    for path in file.paths() {
        assert_eq!(file.text(path), row.text(path), "{path}");
    }
}

#[test]
fn toml_tables_hold_pages_too() {
    let built = check(&with(
        r#"=== content/groups/_index.md
+++
title = "Groups"
tables = ["north.toml"]
+++
=== content/groups/north.toml
[[group]]
title = "Leeds"
tags = ["fares"]
body = """
Come to the **library**.
"""
[group.location]
lat = 53.8
lon = -1.55

[[group]]
title = "Caerdydd"
file = "cardiff"
language = "cy"

[[group]]
title = "Cardiff"
"#,
    ));
    built.has("groups/leeds/index.html", &["<strong>library</strong>"]);
    built.has("cy/groups/cardiff/index.html", &["Caerdydd", "hreflang=\"en\""]);
    check(&with(
        r#"=== content/groups/_index.md
+++
title = "Groups"
tables = ["north.toml"]
+++
=== content/groups/north.toml
title = "no" #~ HB0101 `title` is no list of pages
[[group]]
titel = "Leeds" #~ HB0101 … did you mean `title`
[[group]]
title = "York"
language = "fr" #~ HB0111 ‹"fr"› … is not set up
[[group]]
title = "Hull"
file = "../hull" #~ HB1006 cannot be the name of a file
[[group]]
title = "Ely"
body = "[no](@/groups/no.md)" #~ HB0401 ‹[no](@/groups/no.md)›
"#,
    ));
}

#[test]
fn rows_are_held_back_and_translated_as_files_are() {
    let built = site(
        &with(
            r#"=== content/news/_index.md
+++
title = "News"
tables = ["posts.csv"]
+++
=== content/news/_index.cy.md
+++
title = "Newyddion"
tables = ["posts.cy.csv"]
+++
=== content/news/posts.csv
title,file,language,draft,publish_from,aliases
One,one,,,,/first/
Un,one,Cymraeg,,,
Draft,draft,,yes,,
Later,later,,,2031-01-01,
Two,two,EN,no,,
=== content/news/posts.cy.csv
title,file
Dau,two
"#,
        )
        .replace("[languages.cy]", "[languages.cy]\nname = \"Cymraeg\""),
    )
    .now("2027-01-01T00:00:00Z")
    .check();
    built.has("news/one/index.html", &["hreflang=\"cy\""]);
    built.has("cy/news/one/index.html", &["Un", "lang=\"cy\""]);
    built.has("cy/news/two/index.html", &["Dau"]);
    built.absent(&["news/draft/index.html", "news/later/index.html", "news/posts.csv", "news/posts.cy.csv"]);
    built.nowhere(&["Later", "Draft"]);
    built.has("first/index.html", &["/news/one/"]);
}

#[test]
fn the_same_page_twice_is_told_with_both_places() {
    check(&with(
        r#"=== content/groups/_index.md
+++
title = "Groups"
tables = ["groups.csv"]
+++
=== content/groups/groups.csv
title,file
Newport,
Newport, #~ HB1007 ‹Newport› two rows are the same page, content/groups/newport.md
Hull,hull #~ HB1007 ‹Hull› this row and a file are the same page
Hull north,
Leeds,a/index #~ HB1006 a folder's own page is a file
!!!, #~ HB1006 ‹!!!› no name for a file can be made
=== content/groups/hull.md
+++
title = "Hull"
+++
=== content/groups/hull-north/index.md
+++
title = "A bundle" #~ HB0406
+++
"#,
    ));
}

#[test]
fn tables_that_are_none_are_told_in_plain_words() {
    check(&with(
        r#"=== content/groups/_index.md
+++
title = "Groups"
tables = [
  "gone.csv", #~ HB0112 ‹"gone.csv"› there is no file
  "groups.xlsx", #~ HB0103 ‹"groups.xlsx"› … is no table
  "empty.csv",
  "twice.csv",
  "twice.csv", #~ HB0103 is named twice
]
+++
=== content/groups/twice.csv
title
One
=== content/groups/other.csv #~ HB1008 … tables = ["other.csv"] into content/groups/_index.md
"Title";Place
One;two
=== content/groups/empty.csv #~ HB1001 this table is empty
"#,
    ));
}

/// A word that can stand in a cell and in front matter.
fn words() -> impl Strategy<Value = String> {
    "[A-Za-zäŵ,;\"'|&<>]{1,6}( [A-Za-z0-9,;\"é]{1,6}){0,3}".prop_filter("no list", |text| !text.starts_with('#'))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever the values are, a row says what the file with the same values says.
    #[test]
    fn rows_and_files_say_the_same(
        title in words(),
        place in words(),
        summary in words(),
        covers in prop::collection::vec("[A-Z]{2}[0-9]{1,2}", 1..4),
        (lat, lon) in (-90.0f64..90.0, -180.0f64..180.0),
        weight in -50i64..50,
        body in prop::collection::vec(words(), 1..4),
        (separator, end) in (prop::sample::select(vec![",", ";", "\t"]), prop::sample::select(vec!["\n", "\r\n"])),
    ) {
        let (lat, lon) = (format!("{lat:.4}"), format!("{lon:.4}"));
        let body = body.join("\n\n");
        let text = |value: &str| toml::Value::String(value.to_owned()).to_string();
        let toml = format!(
            "title = {}\nplace = {}\nsummary = {}\ncovers = {covers:?}\nweight = {weight}\n[location]\nlat = {lat}\nlon = {lon}\n",
            text(&title), text(&place), text(&summary),
        );
        let section = |tables: &str| format!("=== content/groups/_index.md\n+++\ntitle = \"Groups\"\n{tables}+++\n");
        let file = site(&with(&section("")))
            .file("content/groups/a.md", format!("+++\n{toml}+++\n{body}\n"))
            .build();
        let header = ["file", "Title", "place", "summary", "covers", "weight", "location.lat", "location.lon", "body"];
        let cells = ["a", &title, &place, &summary, &covers.join(", "), &weight.to_string(), &lat, &lon, &body];
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        let csv = format!("{}{end}{}{end}", header.join(separator), cells.join(separator));
        let row = site(&with(&section("tables = [\"a.csv\"]\n"))).file("content/groups/a.csv", csv).build();
        prop_assert_eq!(file.all_reported().lines().count(), row.all_reported().lines().count());
        prop_assert_eq!(file.paths(), row.paths());
        for path in file.paths() {
            prop_assert_eq!(file.text(path), row.text(path), "{}", path);
        }
    }

    /// No table whatever panics, and all places of mistakes lie in the file.
    #[test]
    fn no_table_panics(cells in prop::collection::vec(prop::collection::vec("[a-z0-9=#\"',;/.\r\n -]{0,8}", 0..8), 0..6)) {
        let rows: Vec<String> = cells.iter().map(|row| row.join(",")).collect();
        let csv = format!("title,start,location.lat,extra.x,links.1.name,body,tags,draft\n{}", rows.join("\n"));
        let length = csv.len() as u32;
        let built = site(&with("=== content/groups/_index.md\n+++\ntitle = \"Groups\"\ntables = [\"a.csv\"]\n+++\n"))
            .file("content/groups/a.csv", csv)
            .build();
        for problem in built.diagnostics.iter().filter(|problem| problem.file.as_deref() == Some("content/groups/a.csv")) {
            prop_assert!(problem.span.is_none_or(|span| span.end <= length));
        }
    }
}

#[test]
fn explain_tells_of_rows_and_tables() {
    let text = with(
        "=== content/groups/_index.md\n+++\ntitle = \"Groups\"\ntables = [\"groups.csv\"]\n+++\n\
         === content/groups/groups.csv\ntitle,draft\nLeeds,\nYork,yes\n",
    );
    let site = site(&text);
    let page = site.explain("content/groups/leeds.md");
    assert_eq!(page.file.as_deref(), Some("content/groups/groups.csv, row 2"));
    assert!(page.published && page.url.as_deref() == Some("/groups/leeds/"));
    let held_back = site.explain("@/groups/york.md");
    assert_eq!(held_back.file.as_deref(), Some("content/groups/groups.csv, row 3"));
    assert!(!held_back.published);
    let table = site.explain("content/groups/groups.csv");
    assert_eq!(
        table.words[0],
        "A table whose rows are pages: 1 published, 1 not. content/groups/_index.md names it. Ask for one of them by its title or by the file that its row stands for."
    );
}
