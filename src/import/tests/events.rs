//! Titles, texts, places, people, links.

use super::{assert_told, brought, calendar, check, check_told, event};

const AT: &str = "DTSTART:20261203T190000";
const START: &str = "start = 2026-12-03T19:00:00";

#[track_caller]
fn adds(lines: &str, expected: &str) {
    check(&format!("{AT}\n{lines}"), format!("{START}\n{expected}").trim_end());
}

#[test]
fn dates_of_publication_are_those_that_the_calendar_knows() {
    check(
        &format!("{AT}\nCREATED:20260601T100000Z\nLAST-MODIFIED:20260701T230000Z"),
        &format!("date = 2026-06-01T11:00:00\nupdated = 2026-07-02\n{START}"),
    );
    check(
        &format!("{AT}\nCREATED:20260601T100000Z\nLAST-MODIFIED:20260601T100000Z"),
        &format!("date = 2026-06-01T11:00:00\n{START}"),
    );
    check(&format!("{AT}\nDTSTAMP:20260601T100000Z"), &format!("date = 2026-06-01T11:00:00\n{START}"));
    for unknown in
        ["CREATED:19000101T120000Z", "CREATED:19700101T000000Z", "DTSTAMP:20000101T000000Z", "CREATED:20990101T000000Z"]
    {
        check(&format!("{AT}\n{unknown}"), START);
    }
}

#[test]
fn a_title_is_one_line() {
    let titled = |title: &str| calendar(&format!("BEGIN:VEVENT\nUID:u\nSUMMARY:{title}\n{AT}\nEND:VEVENT"));
    let title = |title: &str| brought(titled(title).as_bytes(), |_| {}).files.remove(0);
    assert_eq!(title(r" A\, \n \\b ").title, "A, \\b");
    assert!(title("\"Q\" \u{1}\\;").text.contains(r#"title = "\"Q\" ;""#));
    let untitled = brought(titled("").as_bytes(), |_| {});
    assert_told(&untitled, &["5 HB0805 ‹SUMMARY:› this event has no title … \"Untitled event\""]);
    assert_eq!(untitled.files[0].file, "content/events/untitled-event.md");
}

#[test]
fn descriptions_are_markdown() {
    adds(r"DESCRIPTION:One\ntwo\n\n- a\n- b", "\nOne\\\ntwo\n\n- a\n- b");
    adds("DESCRIPTION:<p>One <b>two</b></p>", "\nOne **two**");
    adds("DESCRIPTION:plain\nX-ALT-DESC;FMTTYPE=text/html:<p>One <i>two</i></p>", "\nOne *two*");
    adds("DESCRIPTION;ALTREP=\"data:text/html,%3Cb%3Ebold%3C%2Fb%3E\":bold", "\n**bold**");
    adds("DESCRIPTION:plain\nX-ALT-DESC;FMTTYPE=text/html:<style>p{}</style>", "\nplain");
}

#[test]
fn places_are_told_apart_where_their_form_tells_them() {
    adds("LOCATION:Town Hall", "\n[venue]\nname = \"Town Hall\"");
    adds(
        r"LOCATION:Town Hall\, The Headrow\, Leeds LS1 3AD\, UK",
        "\n[venue]\nname = \"Town Hall\"\naddress = \"The Headrow, Leeds, UK\"\npostcode = \"LS1 3AD\"",
    );
    adds(r"LOCATION:Library\n12 Mill Lane\nLeeds", "\n[venue]\nname = \"Library\"\naddress = \"12 Mill Lane, Leeds\"");
    adds(r"LOCATION:12 Mill Lane\, Leeds", "\n[venue]\naddress = \"12 Mill Lane, Leeds\"");
    adds("LOCATION:Town Hall\nGEO:51.5;-0.12", "\n[venue]\nname = \"Town Hall\"\nlat = 51.5\nlon = -0.12");
    adds("GEO:0;0", "");
    adds(
        "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=\"Town Hall\":geo:51.5,-0.12",
        "\n[venue]\nname = \"Town Hall\"\nlat = 51.5\nlon = -0.12",
    );
    check_told(&format!("{AT}\nGEO:95;1"), START, &["HB0803 ‹95;1› … latitude"]);
}

#[test]
fn meetings_on_the_web_are_online() {
    adds("LOCATION:https://zoom.us/j/1?pwd=a", "\n[online]\nurl = \"https://zoom.us/j/1?pwd=a\"");
    adds(r"LOCATION:Zoom: https://zoom.us/j/1", "\n[online]\nurl = \"https://zoom.us/j/1\"");
    adds(
        r"LOCATION:Room 5 (https://meet.jit.si/x)",
        "\n[venue]\nname = \"Room 5\"\n\n[online]\nurl = \"https://meet.jit.si/x\"",
    );
    adds("X-GOOGLE-CONFERENCE:https://meet.google.com/a-b", "\n[online]\nurl = \"https://meet.google.com/a-b\"");
    adds(
        "LOCATION:Microsoft Teams Meeting\nX-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/x",
        "\n[online]\nurl = \"https://teams.microsoft.com/l/x\"",
    );
    adds(
        "CONFERENCE;VALUE=URI:https://bbb.example.org/b/x\nCONFERENCE;FEATURE=PHONE;LABEL=\"0113 1\":tel:+441131",
        "\n[online]\nurl = \"https://bbb.example.org/b/x\"\nphone = \"0113 1\"",
    );
    adds("URL:https://meet.jit.si/x", "\n[online]\nurl = \"https://meet.jit.si/x\"");
    // The house's own page and a map are no meetings.
    adds(
        r"LOCATION:Town Hall https://hall.example.org/ https://goo.gl/maps/x",
        "related = [{ title = \"hall.example.org\", url = \"https://hall.example.org/\" }, { title = \"Map\", url = \"https://goo.gl/maps/x\" }]\n\n[venue]\nname = \"Town Hall\""
            .replace("related = [{ title = \"hall", "related = [\n    { title = \"hall")
            .replace(" }, { ", " },\n    { ")
            .replace("maps/x\" }]", "maps/x\" },\n]")
            .as_str(),
    );
    check_told(
        &format!("{AT}\nCONFERENCE:https://a.example.org/\nCONFERENCE:https://b.example.org/"),
        &format!("{START}\n\n[online]\nurl = \"https://a.example.org/\""),
        &["8 HB0808 ‹https://b.example.org/›"],
    );
}

#[test]
fn people_have_names_and_no_addresses() {
    adds("ORGANIZER;CN=Ada Finch:mailto:ada@example.org", "organiser = \"Ada Finch\"");
    adds("ORGANIZER;CN=ada@example.org:mailto:ada@example.org", "");
    adds("ORGANIZER:mailto:ada@example.org\nATTENDEE;CN=Bo:mailto:bo@example.org", "");
    adds(r"CONTACT:Ada Finch\, ada@example.org\, +44 113 496 0000", "organiser = \"Ada Finch\"");
    let brought = brought(
        event(&format!("{AT}\nORGANIZER;CN=A:mailto:a@b.example\nATTENDEE:mailto:c@d.example")).as_bytes(),
        |_| {},
    );
    assert_eq!(brought.left_out.addresses, 2);
    assert!(!brought.files[0].text.contains('@'), "{}", brought.files[0].text);
}

#[test]
fn links_and_tags_are_kept() {
    adds("CATEGORIES:Night,Bus stops\nCATEGORIES:night", "tags = [\"Night\", \"Bus stops\"]");
    adds(
        "URL:https://www.meetup.com/x/",
        "related = [{ title = \"meetup.com\", url = \"https://www.meetup.com/x/\" }]",
    );
    adds(
        "ATTACH;FMTTYPE=image/png:https://example.org/a\nIMAGE;VALUE=URI:https://example.org/a",
        "related = [{ title = \"Picture\", url = \"https://example.org/a\" }]",
    );
    adds(
        "ATTACH;FILENAME=Agenda.pdf:https://example.org/a.pdf",
        "related = [{ title = \"Agenda.pdf\", url = \"https://example.org/a.pdf\" }]",
    );
    adds("URL:javascript:alert(1)", "");
    check_told(
        &format!("{AT}\nATTACH;ENCODING=BASE64;VALUE=BINARY:aGk="),
        START,
        &["HB0808 … a file goes with this event"],
    );
}

#[test]
fn a_status_is_kept() {
    adds("STATUS:CONFIRMED", "");
    adds("STATUS:tentative", "status = \"tentative\"");
    adds("STATUS:CANCELLED", "status = \"cancelled\"");
    adds("STATUS:CONFIRMED\nX-HANDBILL-STATUS:moved-online", "status = \"moved-online\"");
    check_told(&format!("{AT}\nSTATUS:MAYBE"), START, &["HB0803 ‹MAYBE›"]);
    let taken_back = format!("METHOD:CANCEL\nBEGIN:VEVENT\nUID:u\nSUMMARY:E\n{AT}\nEND:VEVENT");
    assert_eq!(super::only(&calendar(&taken_back)), format!("{START}\nstatus = \"cancelled\""));
}

#[test]
fn what_only_handbill_writes_comes_back() {
    let ours = format!(
        "PRODID:-//Handbill//Handbill//EN\nBEGIN:VEVENT\nUID:u\nSUMMARY:E\n{AT}\nLOCATION:Hall\\, Lane\\, LS1 3AD\n\
         X-HANDBILL-VENUE-NAME:Hall\\, upstairs\nX-HANDBILL-VENUE-ADDRESS:Lane\nX-HANDBILL-VENUE-POSTCODE:LS1 3AD\n\
         X-HANDBILL-COST:Free\nX-HANDBILL-CAPACITY:40\nX-HANDBILL-LANGUAGES:en,cy\nX-HANDBILL-ACCESS:step_free=yes,toilets=no\n\
         X-HANDBILL-ACCESS-NOTES:Ring\\, please\nX-HANDBILL-RSVP-EMAIL:a@example.org\nX-HANDBILL-RSVP-UNTIL;VALUE=DATE:20261201\n\
         X-HANDBILL-PREVIOUS-START:20261202T190000\nURL:https://example.org/events/e/\nCONTACT:Ada\n\
         X-HANDBILL-STATUS:rescheduled\nSEQUENCE:4\nDESCRIPTION:- one\nEND:VEVENT"
    );
    let expected = "start = 2026-12-03T19:00:00\nstatus = \"rescheduled\"\nprevious_start = 2026-12-02T19:00:00\n\
        organiser = \"Ada\"\ncost = \"Free\"\ncapacity = 40\nlanguages = [\"en\", \"cy\"]\nsequence = 4\n\n[venue]\n\
        name = \"Hall, upstairs\"\naddress = \"Lane\"\npostcode = \"LS1 3AD\"\n\n[access]\nstep_free = true\ntoilets = false\n\
        notes = \"Ring, please\"\n\n[rsvp]\nemail = \"a@example.org\"\nuntil = 2026-12-01\n\n- one";
    assert_eq!(super::only(&calendar(&ours)), expected);
    let private = format!(
        "PRODID:-//Handbill//Handbill//EN\nBEGIN:VEVENT\nUID:u\nSUMMARY:E\n{AT}\nLOCATION:North side\n\
         X-HANDBILL-VENUE-PRIVATE:TRUE\nX-HANDBILL-VENUE-AREA:North side\nEND:VEVENT"
    );
    assert_eq!(super::only(&calendar(&private)), format!("{START}\n\n[venue]\narea = \"North side\"\nprivate = true"));
}

#[test]
fn private_events_are_left_out_unless_they_are_wanted() {
    for class in ["PRIVATE", "confidential"] {
        let private = event(&format!("{AT}\nCLASS:{class}"));
        let without = brought(private.as_bytes(), |_| {});
        assert_eq!((without.files.len(), without.left_out.private), (0, 1));
        let with = brought(private.as_bytes(), |options| options.private = true);
        assert!(with.files[0].text.contains("\ndraft = true\n"), "{}", with.files[0].text);
    }
    check(&format!("{AT}\nCLASS:PUBLIC"), START);
}

#[test]
fn other_things_are_counted() {
    let calendar = calendar(&format!(
        "BEGIN:VTODO\nEND:VTODO\nBEGIN:VJOURNAL\nEND:VJOURNAL\nBEGIN:VFREEBUSY\nEND:VFREEBUSY\nBEGIN:VEVENT\nUID:u\nSUMMARY:E\n{AT}\nBEGIN:VALARM\nEND:VALARM\nEND:VEVENT"
    ));
    let told = brought(calendar.as_bytes(), |_| {}).left_out.told();
    assert_eq!(told, ["1 task", "1 journal entry", "1 free/busy time", "1 reminder"]);
}

#[test]
fn what_is_over_can_be_left_out() {
    let from = |lines: &str| {
        let event = event(lines);
        let brought = brought(event.as_bytes(), |options| options.from = Some("2026-12-10T00:00:00Z".parse().unwrap()));
        (brought.files.len(), brought.left_out.over)
    };
    assert_eq!(from("DTSTART:20261209T190000"), (0, 1));
    assert_eq!(from("DTSTART:20261209T190000\nDURATION:P1D"), (1, 0));
    assert_eq!(from("DTSTART:20261201T190000\nRRULE:FREQ=WEEKLY;COUNT=2"), (0, 1));
    assert_eq!(from("DTSTART:20261201T190000\nRRULE:FREQ=WEEKLY"), (1, 0));
}
