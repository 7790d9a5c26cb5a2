//! What calendars of real groups hold that no standard foresees.

use super::{assert_told, bare, brought, calendar, check, check_told};

#[test]
fn meetings_with_one_id_by_mistake_are_all_written() {
    // Some write the start for the stamp, which then tells no version from another.
    let lesson = |at: &str| {
        format!("BEGIN:VEVENT\nSUMMARY:Lesson\nDTSTAMP:{at}\nDTSTART:{at}\nUID:https://example.org/room\nEND:VEVENT\n")
    };
    let all = calendar(&format!("{}{}", lesson("20261203T190000"), lesson("20261210T190000")));
    let brought = brought(all.as_bytes(), |_| {});
    assert_told(&brought, &[]);
    assert_eq!(brought.left_out.older, 0);
    let starts: Vec<&str> = brought.files.iter().filter_map(|file| file.text.split("start = ").nth(1)).collect();
    assert!(starts[0].starts_with("2026-12-03T19:00:00") && starts[1].starts_with("2026-12-10T19:00:00"), "{starts:?}");
}

#[test]
fn what_is_left_of_a_divided_series_takes_place_no_more() {
    // Google keeps the part before the division, though that ended before it began.
    let told = ["HB0808 ‹FREQ=WEEKLY;UNTIL=20261202T235959Z› this series ends before it begins … left out"];
    check_told("DTSTART;TZID=Europe/London:20261203T190000\nRRULE:FREQ=WEEKLY;UNTIL=20261202T235959Z", "", &told);
    // A date of it that was moved is there all the same.
    let moved = "DTSTART:20261203T190000Z\nRRULE:FREQ=WEEKLY;UNTIL=20261202T235959Z\nEND:VEVENT\nBEGIN:VEVENT\nUID:u\n\
                 SUMMARY:E\nRECURRENCE-ID:20261126T190000Z\nDTSTART:20261127T190000Z";
    let brought = brought(super::event(moved).as_bytes(), |_| {});
    assert_eq!(brought.files.len(), 1);
    assert!(brought.files[0].text.contains("start = 2026-11-27T19:00:00"));
}

#[test]
fn lines_that_ran_together_are_read() {
    // Templates lose the line end between two events.
    let event = |day: u8| format!("BEGIN:VEVENT\nUID:{day}\nSUMMARY:E\nDTSTART:202612{day:02}\nEND:VEVENT");
    let all = format!("BEGIN:VCALENDAR\n{}{}{}END:VCALENDAR\n", event(1), event(2), event(3));
    let brought = brought(all.as_bytes(), |_| {});
    let starts: Vec<String> = brought.files.iter().map(|file| bare(&file.text)).collect();
    assert_eq!(starts.len(), 3, "{:?}", brought.told);
    assert!(starts[1].contains("start = 2026-12-02"));
    let told = "HB0802 ‹END:VEVENTBEGIN:VEVENT› two lines … read as two";
    let end = "HB0802 ‹END:VEVENTEND:VCALENDAR› two lines … read as two";
    assert_told(&brought, &[told, told, end]);
}

#[test]
fn a_template_of_a_calendar_is_no_calendar() {
    let template = "---\nlayout: none\n---\nBEGIN:VCALENDAR\n{% for e in site.events %}\nBEGIN:VEVENT\n\
                    DTSTART:{{ e.date }}\nEND:VEVENT\n{% endfor %}\nEND:VCALENDAR\n";
    let told = "1 HB0801 ‹---› this file is the template of a calendar … import the calendar that the site publishes";
    assert_told(&brought(template.as_bytes(), |_| {}), &[told]);
    assert_told(&brought(b"---\npermalink: /a.ics\n---\n{%- include a.html -%}\n", |_| {}), &[told]);
    let bare = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:{{ start }}\nEND:VEVENT\nEND:VCALENDAR\n";
    assert_told(&brought(bare.as_bytes(), |_| {}), &["3 HB0801 ‹DTSTART:{{ start }}› this file is the template"]);
    // Braces in a text are but that.
    check("DTSTART:20261203\nSUMMARY:E\nDESCRIPTION:{{ a }}", "start = 2026-12-03\n\n{{ a }}");
}

#[test]
fn a_meeting_on_the_web_is_not_a_place() {
    let online = |address: &str| format!("start = 2026-12-03\n\n[online]\nurl = \"{address}\"");
    // Meetup gives the group's own position even then, and its page is the way in.
    let meetup = "DTSTART:20261203\nLOCATION:Online event\nGEO:39.75;-104.98\nURL:https://www.meetup.com/a/events/1/";
    check(meetup, &online("https://www.meetup.com/a/events/1/"));
    check("DTSTART:20261203\nLOCATION:Online\nURL:http://meet.example.org", &online("http://meet.example.org"));
    check("DTSTART:20261203\nLOCATION:Online (Zoom / YouTube)\nURL:https://a.example/", &online("https://a.example/"));
    check("DTSTART:20261203\nLOCATION:En ligne\nURL:https://a.example/", &online("https://a.example/"));
    // Nobody says where: that cannot be made up.
    check_told(
        "DTSTART:20261203\nLOCATION:Online\nGEO:39.75;-104.98",
        "start = 2026-12-03\n\n[venue]\nname = \"Online\"",
        &["HB0805 ‹Online› this event is online, but nothing says where … url = "],
    );
    check("DTSTART:20261203\nLOCATION:Online Café", "start = 2026-12-03\n\n[venue]\nname = \"Online Café\"");
}

#[test]
fn words_of_programs_for_nothing_are_nothing() {
    check("DTSTART:20261203\nLOCATION:None", "start = 2026-12-03");
    check("DTSTART:20261203\nORGANIZER;CN=Meetup Reminder:MAILTO:info@meetup.com", "start = 2026-12-03");
    check("DTSTART:20261203\nLOCATION:null\nDESCRIPTION:None", "start = 2026-12-03");
    check(
        "DTSTART:20261203\nLOCATION:None of your business",
        "start = 2026-12-03\n\n[venue]\nname = \"None of your business\"",
    );
}

#[test]
fn encoded_addresses_are_read() {
    let expected = "start = 2026-12-03\nrelated = [{ title = \"a.example\", url = \"https://a.example/b\" }]";
    check("DTSTART:20261203\nURL:https%3A%2F%2Fa.example%2Fb", expected);
}
