//! What editors are told: each message names their own words and what to write instead.

use crate::support::{check, site};

/// An event whose front matter ends with these lines.
#[track_caller]
fn event(lines: &str) {
    check(&format!("=== content/events/a.md\n+++\ntitle = \"A\"\n{lines}\n+++\n"));
}

#[track_caller]
fn start(written: &str, expected: &str) {
    event(&format!("start = {written} #~ {expected}"));
}

#[test]
fn yes_and_no_are_true_and_false() {
    for (written, meant) in [("yes", "true"), ("no", "false"), ("True", "true"), ("FALSE", "false")] {
        let help = format!("… write {meant}, without quotation marks");
        event(&format!("start = 2026-12-01\ndraft = {written} #~ HB0105 ‹{written}› {help}"));
        event(&format!(
            "start = 2026-12-01\naccess = {{ step_free = \"{written}\" }} #~ HB0102 ‹\"{written}\"› {help}"
        ));
    }
}

#[test]
fn dates_in_other_forms_are_answered_in_the_right_one() {
    start("14/01/2027", "HB0105 ‹14/01/2027› … write the year first: 2027-01-14");
    start("14.01.2027", "HB0105 ‹14.01.2027› … write the year first: 2027-01-14");
    start("\"14/01/2027 19:30\"", "HB0103 … 24-hour clock: 2027-01-14T19:30:00");
    start("20 November 2026", "HB0105 ‹20 November 2026› … write the year first: 2026-11-20");
    start("\"Friday, 20th November 2026 at 7.30 p.m.\"", "HB0103 … 2026-11-20T19:30:00");
    start("\"2027-01-14 7pm\"", "HB0103 … 24-hour clock: 2027-01-14T19:00:00");
    start("19.30", "HB0103 ‹19.30› … time without its day … 2026-12-01T19:30:00");
    start("19:30", "HB0103 ‹19:30› … time without its day … 2026-12-01T19:30:00");
    start("25:30", "HB0105 ‹25:30› … not a time that exists … 24-hour clock … T19:00:00");
    start("\"25:30\"", "HB0103 … not a time that exists … 24-hour clock … T19:00:00");
    start("\"2027-01-14 25:30\"", "HB0103 … a time that does not exist … 2027-01-14T19:00:00");
    start("\"next Tuesday\"", "HB0103 \"next Tuesday\" is not a date … year first");
    start("\"31/02/2027\"", "HB0103 … not a date that exists");
    start("2027-02-31", "HB0105 … not a date that exists");
}

#[test]
fn a_table_is_shown_as_it_is_written() {
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\nimage = \"x.jpg\" #~ HB0102 … several values in braces: image = { src = \"…\", alt = \"…\" }\n+++\n",
    );
    event("start = 2026-12-01\nrepeat = \"every month\" #~ HB0102 … in braces: repeat = { every = \"…\" }");
    event("start = 2026-12-01\nvenue = \"Town hall\" #~ HB0102 … in braces: venue = { name = \"…\", address = \"…\" }");
    event("start = 2026-12-01\nchange = \"x\" #~ HB0102 … in braces: change = [{ date = 2026-12-01 }]");
}

#[test]
fn quotation_marks_inside_a_text_are_explained() {
    let title = |written: &str| check(&format!("=== content/a.md\n+++\ntitle = {written}\n+++\n"));
    title(
        "\"The \"lido\" question\" #~ HB0105 ‹\"The \"lido\" question\"› … a backslash before each … title = \"The \\\"lido\\\" question\"",
    );
    title("'it's ours' #~ HB0105 ‹'it's ours'› … other kind of quotation marks … title = \"it's ours\"");
    title("\"A \"b\" c\" # note #~ HB0105 … title = \"A \\\"b\\\" c\"");
    title("\u{2018}A\u{2019} #~ HB0105 … curly quotation marks");
    title("3.50 #~ HB0102 … put it in quotation marks");
    title("About us #~ HB0105 ‹About us› … title = \"About us\"");
    title("\"One #~ HB0105 ‹\"One› … several lines … three quotation marks … title = \"\"\"…\"\"\"\ntwo\nthree\"");
}

#[test]
fn a_key_of_the_page_below_a_table_is_sent_above_it() {
    event(
        "start = 2026-12-01\n[venue]\nname = \"Hall\"\ncost = \"Free\" #~ HB0101 ‹cost› … key of the page itself: move it above `[venue]`",
    );
    event(
        "start = 2026-12-01\nvenue = { name = \"Hall\", cost = \"Free\" } #~ HB0101 ‹cost› … out of the braces of `venue`",
    );
}

#[test]
fn a_misspelt_key_is_not_missing_too() {
    check("=== content/a.md\n+++\ntitel = \"A\" #~ HB0101 ‹titel› … did you mean `title`\n+++\n");
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\nimage = { scr = \"/x.png\", alt = \"\" } #~ HB0101 ‹scr› … did you mean `src`\n+++\n",
    );
}

#[test]
fn a_list_in_one_text_is_taken_apart() {
    check("=== content/news/a.md\n+++\ntitle = \"A\"\ntags = \"bus, rail\" #~ HB0102 … [\"bus\", \"rail\"]\n+++\n");
}

#[test]
fn a_line_that_is_right_is_not_blamed() {
    let end = |written: &str| check(&format!("=== content/news/a.md\n+++\ntitle = \"A\"\n{written}\n+++\n"));
    end("tags = [\"a\", \"b\"\ndraft = false #~ HB0105 … a list ends with ]");
    end("draft = false\ndraft = false #~ HB0105 … remove or rename one");
    end("date = 2026-01-01\ndate = 2026-01-01 #~ HB0105 … remove or rename one");
    end("image = { src = \"https://example.com/a.png\", alt = \"\" #~ HB0105 … close the braces with }");
}

#[test]
fn an_offset_is_no_time_zone() {
    let zone = |written: &str, expected: &str| {
        check(&format!(
            "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\ntimezone = \"{written}\" #~ HB0103 … {expected}\n"
        ));
    };
    zone("GMT+1", "the zone of a city, such as Europe/Paris");
    zone("UTC+01:00", "the zone of a city, such as Europe/Paris");
    zone("Paris", "did you mean \"Europe/Paris\"");
}

#[test]
fn utf_16_is_called_by_its_name() {
    let text = "+++\ntitle = \"A\"\n+++\nText\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let files = [[b"\xff\xfe", &*little].concat(), [b"\xfe\xff", &*big].concat(), little, big];
    for bytes in files {
        let reported = site("").file("content/a.md", bytes).build().reported();
        assert_eq!((reported.len(), reported[0].code), (1, "HB0108"), "{reported:?}");
        assert!(reported[0].text.contains("it looks like UTF-16"), "{}", reported[0]);
    }
}

#[test]
fn front_matter_that_ended_too_early_is_seen() {
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\n+++\ndraft = true\n\n+++ #~ HB0114 ‹+++› … ended above … remove\nText\n",
    );
    check("=== content/a.md\n+++\ntitle = \"A\"\n+++\n+++ #~ HB0114\nText\n");
    check("=== content/a.md\n+++\ntitle = \"A\"\n+++\nText\n\n+++\n");
}
