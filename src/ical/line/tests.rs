use super::Lines;
use proptest::prelude::*;

#[track_caller]
fn check(write: impl FnOnce(&mut Lines), expected: &str) {
    let mut lines = Lines::new();
    write(&mut lines);
    assert_eq!(lines.as_str(), expected);
}

#[test]
fn text_is_escaped_and_the_colon_is_not() {
    check(|lines| lines.text("SUMMARY", r"a\b; c, d: e"), "SUMMARY:a\\\\b\\; c\\, d: e\r\n");
    check(|lines| lines.line("CATEGORIES").texts(["a,b", "c"]), "CATEGORIES:a\\,b,c\r\n");
}

#[test]
fn nothing_in_a_value_begins_another_property() {
    for end in ["\r\n", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
        let title = format!("One{end}DTSTART:19700101");
        check(|lines| lines.text("SUMMARY", &title), "SUMMARY:One\\nDTSTART:19700101\r\n");
        check(|lines| lines.line("X").param("P", &title).value(1), "X;P=\"One^nDTSTART:19700101\":1\r\n");
        check(|lines| lines.value("RRULE", &title), "RRULE:OneDTSTART:19700101\r\n");
    }
    check(|lines| lines.line("URL").uri("https://a.example/\r\nX:y"), "URL:https://a.example/X:y\r\n");
    check(|lines| lines.line("URL").uri("https://a.example/\u{85}"), "URL:https://a.example/%C2%85\r\n");
    check(|lines| lines.text("SUMMARY", "a\u{0}b\u{b}c\u{1b}d\u{7f}e\u{9b}f\tg"), "SUMMARY:abcdef\tg\r\n");
}

#[test]
fn quotes_and_separators_stay_within_a_parameter() {
    check(
        |lines| lines.line("CONTACT").param("X-A", "say \"hi\"; ^x").text("b"),
        "CONTACT;X-A=\"say ^'hi^'; ^^x\":b\r\n",
    );
    check(|lines| lines.line("DTSTART").param("TZID", "Europe/London").value("1"), "DTSTART;TZID=Europe/London:1\r\n");
}

#[test]
fn addresses_hold_ascii_alone() {
    check(|lines| lines.line("URL").uri("https://a.example/ü b\"<>?a=1,2;3#x"), {
        "URL:https://a.example/%C3%BC%20b%22%3C%3E?a=1,2;3#x\r\n"
    });
}

#[test]
fn lines_are_folded_at_75_octets() {
    check(|lines| lines.text("A", &"x".repeat(73)), &format!("A:{}\r\n", "x".repeat(73)));
    check(|lines| lines.text("A", &"x".repeat(74)), &format!("A:{}\r\n x\r\n", "x".repeat(73)));
    let long = format!("A:{}\r\n {}\r\n {}\r\n", "x".repeat(73), "x".repeat(74), "x".repeat(3));
    check(|lines| lines.text("A", &"x".repeat(150)), &long);
}

#[test]
fn folding_never_cuts_a_character_and_unfolding_gives_the_value_back() {
    for unit in ["é", "€", "𝄞", "a€", "👩‍👩‍👧", "\\;"] {
        for lead in 0..8 {
            let value = format!("{}{}", "a".repeat(lead), unit.repeat(60));
            let mut lines = Lines::new();
            lines.text("SUMMARY", &value);
            let text = lines.as_str();
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
            let escaped = value.replace('\\', "\\\\").replace(';', "\\;");
            assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{escaped}\r\n"));
        }
    }
}

proptest! {
    #[test]
    fn any_text_stays_in_its_own_lines(value in "\\PC*|(?s).{0,200}", param in "(?s).{0,40}") {
        let mut lines = Lines::new();
        lines.line("X").param("P", &param).text(&value);
        lines.line("Y").param("P", &param).uri(&value);
        lines.value("Z", &value);
        let text = lines.as_str();
        prop_assert!(text.ends_with("\r\n") && text.split("\r\n").all(|line| line.len() <= 75));
        let unfolded = text.replace("\r\n ", "");
        let whole: Vec<&str> = unfolded.lines().collect();
        prop_assert_eq!(whole.len(), 3);
        prop_assert!(whole[0].starts_with("X;P=") && whole[1].starts_with("Y;P=") && whole[2].starts_with("Z:"));
        prop_assert!(!unfolded.replace("\r\n", "").contains(|c: char| c.is_control() && c != '\t'));
    }
}
