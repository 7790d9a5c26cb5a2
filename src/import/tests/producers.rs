//! Calendars in the manner of the programs that write them.

use super::{assert_told, bare, brought};

pub const GOOGLE: &str = "BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Eastmere Bus Users
X-WR-TIMEZONE:Europe/London
BEGIN:VTIMEZONE
TZID:Europe/London
X-LIC-LOCATION:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;TZID=Europe/London:20261203T190000
DTEND;TZID=Europe/London:20261203T210000
RRULE:FREQ=MONTHLY;WKST=SU;UNTIL=20270630T225959Z;BYDAY=1TH
EXDATE;TZID=Europe/London:20270107T190000
DTSTAMP:20261101T101010Z
ORGANIZER;CN=Eastmere Bus Users:mailto:x1@group.calendar.google.com
UID:0first@google.com
CREATED:20260101T120000Z
DESCRIPTION:<b>Come along</b><br>We talk of:<ul><li>fares</li><li>route 4</
 li></ul><a href=\"https://www.google.com/url?q=https://example.org/a&amp;sa=D
 \">More</a>
LAST-MODIFIED:20260301T120000Z
LOCATION:Town Hall\\, High Street\\, Eastmere EA1 1AA\\, UK
SEQUENCE:2
STATUS:CONFIRMED
SUMMARY:Monthly meeting
TRANSP:OPAQUE
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/London:20270204T180000
DTEND;TZID=Europe/London:20270204T200000
DTSTAMP:20261101T101010Z
ORGANIZER;CN=Eastmere Bus Users:mailto:x1@group.calendar.google.com
UID:0first@google.com
RECURRENCE-ID;TZID=Europe/London:20270204T190000
CREATED:20260101T120000Z
DESCRIPTION:<b>Come along</b><br>We talk of:<ul><li>fares</li><li>route 4</
 li></ul><a href=\"https://www.google.com/url?q=https://example.org/a&amp;sa=D
 \">More</a>
LAST-MODIFIED:20260401T120000Z
LOCATION:Library
SEQUENCE:3
STATUS:CONFIRMED
SUMMARY:Monthly meeting
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
";

/// Each file that a calendar becomes, but for its seal.
#[track_caller]
fn check(calendar: &str, told: &[&str], expected: &[&str]) {
    let brought = brought(calendar.as_bytes(), |_| {});
    assert_told(&brought, told);
    let files: Vec<String> = brought.files.iter().map(|file| bare(&file.text)).collect();
    assert_eq!(files, expected);
}

#[test]
fn google() {
    let calendar = GOOGLE.replace('\n', "\r\n");
    check(
        &calendar,
        &[],
        &["title = \"Monthly meeting\"
date = 2026-01-01T12:00:00
updated = 2026-03-01T12:00:00
start = 2026-12-03T19:00:00
end = 2026-12-03T21:00:00
repeat = { every = \"month\", on = \"first thursday\", until = 2027-06-30 }
except = [2027-01-07]
organiser = \"Eastmere Bus Users\"
uid = \"0first@google.com\"
sequence = 2

[venue]
name = \"Town Hall\"
address = \"High Street, Eastmere, UK\"
postcode = \"EA1 1AA\"

[[change]]
date = 2027-02-04
start = 2027-02-04T18:00:00
venue = { name = \"Library\" }

**Come along**\\
We talk of:

- fares
- route 4

[More](https://example.org/a)"],
    );
}

#[test]
fn outlook() {
    // Windows' names for zones, a midnight for each whole day, HTML beside the text, a meeting of Teams.
    check(
        r#"BEGIN:VCALENDAR
METHOD:PUBLISH
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
X-WR-CALNAME:Kalender
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ORGANIZER;CN="Finch, Ada":mailto:ada@example.org
ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Bo:mailto:bo@example.org
DESCRIPTION;LANGUAGE=de-DE:Hello\n\n____________________________\nMicrosoft
  Teams\nhttps://teams.microsoft.com/l/meetup-join/19%3ax?context=y\n
RRULE:FREQ=WEEKLY;UNTIL=20270128T180000Z;INTERVAL=2;BYDAY=TH;WKST=MO
UID:040000008200E00074C5B7101A82E008
SUMMARY;LANGUAGE=de-DE:Round
DTSTART;TZID=W. Europe Standard Time:20261203T190000
DTEND;TZID=W. Europe Standard Time:20261203T200000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20261101T073743Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:0
LOCATION;LANGUAGE=de-DE:Microsoft Teams Meeting
X-MICROSOFT-CDO-ALLDAYEVENT:FALSE
X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/
 19%3ax?context=y
BEGIN:VALARM
DESCRIPTION:REMINDER
TRIGGER;RELATED=START:-PT15M
ACTION:DISPLAY
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Holiday
DTSTART;TZID=W. Europe Standard Time:20261224T000000
DTEND;TZID=W. Europe Standard Time:20261227T000000
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
DESCRIPTION:Closed\n
X-ALT-DESC;FMTTYPE=text/html:<!DOCTYPE HTML><HTML><HEAD><TITLE></TITLE></HEAD
 ><BODY><P DIR=LTR><SPAN LANG="de"><FONT FACE="Calibri">Closed</FONT></SPAN> 
 <B>all week</B></P></BODY></HTML>
END:VEVENT
END:VCALENDAR
"#,
        &[],
        &[
            "title = \"Round\"
start = 2026-12-03T19:00:00
end = 2026-12-03T20:00:00
timezone = \"Europe/Berlin\"
repeat = { every = \"2 weeks\", on = \"thursday\", until = 2027-01-28 }
organiser = \"Finch, Ada\"
uid = \"040000008200E00074C5B7101A82E008\"

[online]
url = \"https://teams.microsoft.com/l/meetup-join/19%3ax?context=y\"

Hello

---

Microsoft Teams\\
<https://teams.microsoft.com/l/meetup-join/19%3ax?context=y>",
            "title = \"Holiday\"
start = 2026-12-24
end = 2026-12-26
timezone = \"Europe/Berlin\"
uid = \"2\"

Closed **all week**",
        ],
    );
}

#[test]
fn apple() {
    check(
        r#"BEGIN:VCALENDAR
CALSCALE:GREGORIAN
PRODID:-//Apple Inc.//macOS 14.0//EN
VERSION:2.0
X-APPLE-CALENDAR-COLOR:#1BADF8
X-WR-CALNAME:Walks
BEGIN:VEVENT
CREATED:20260901T090000Z
DTEND;TZID=Europe/London:20261206T130000
DTSTAMP:20260902T090000Z
DTSTART;TZID=Europe/London:20261206T103000
LAST-MODIFIED:20260902T090000Z
LOCATION:The Bandstand\nPark Road\nEastmere\nEA1 2BB\nEngland
RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=SU;COUNT=6
SEQUENCE:1
SUMMARY:Sunday walk
UID:5B6C7D8E-0000-4000-8000-000000000001
URL;VALUE=URI:https://walks.example.org/sunday
X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="Park Road\nEastmere\nEA1 
 2BB\nEngland";X-APPLE-RADIUS=70;X-TITLE="The Bandstand":geo:52.12,0.34
X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
BEGIN:VALARM
ACTION:NONE
TRIGGER;VALUE=DATE-TIME:19760401T005545Z
END:VALARM
END:VEVENT
END:VCALENDAR
"#,
        &[],
        &["title = \"Sunday walk\"
date = 2026-09-01T10:00:00
updated = 2026-09-02T10:00:00
start = 2026-12-06T10:30:00
end = 2026-12-06T13:00:00
repeat = { every = \"week\", on = \"sunday\", count = 6 }
related = [{ title = \"walks.example.org\", url = \"https://walks.example.org/sunday\" }]
uid = \"5B6C7D8E-0000-4000-8000-000000000001\"
sequence = 1

[venue]
name = \"The Bandstand\"
address = \"Park Road, Eastmere, England\"
postcode = \"EA1 2BB\"
lat = 52.12
lon = 0.34"],
    );
}

#[test]
fn nextcloud() {
    check(
        r#"BEGIN:VCALENDAR
VERSION:2.0
CALSCALE:GREGORIAN
PRODID:-//SabreDAV//SabreDAV//EN
X-WR-CALNAME:Verein
REFRESH-INTERVAL;VALUE=DURATION:PT4H
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
CREATED:20260901T090000Z
DTSTAMP:20260901T090000Z
LAST-MODIFIED:20260901T090000Z
SEQUENCE:2
UID:aaaa-bbbb
DTSTART;TZID=Europe/Berlin:20261203T193000
DTEND;TZID=Europe/Berlin:20261203T213000
STATUS:TENTATIVE
SUMMARY:Plenum
CATEGORIES:Plenum,Öffentlich
LOCATION:BBB
CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=BBB:https://bbb.example.org/
 b/ver-abc
DESCRIPTION;ALTREP="data:text/html,%3Cp%3EThemen%3A%3C%2Fp%3E%3Cul%3E%3Cli%
 3EBus%3C%2Fli%3E%3C%2Ful%3E":Themen:\n- Bus
END:VEVENT
END:VCALENDAR
"#,
        &[],
        &["title = \"Plenum\"
date = 2026-09-01T10:00:00
start = 2026-12-03T19:30:00
end = 2026-12-03T21:30:00
timezone = \"Europe/Berlin\"
status = \"tentative\"
tags = [\"Plenum\", \"Öffentlich\"]
uid = \"aaaa-bbbb\"
sequence = 2

[venue]
name = \"BBB\"

[online]
url = \"https://bbb.example.org/b/ver-abc\"

Themen:

- Bus"],
    );
}

#[test]
fn meetup_facebook_eventbrite() {
    let calendar = |prodid: &str, lines: &str| {
        format!(
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:{prodid}\nMETHOD:PUBLISH\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
        )
    };
    check(
        &calendar(
            "-//Meetup//RemoteApi//EN",
            "DTSTAMP:20261101T080000Z\nDTSTART;TZID=Europe/London:20261210T183000\nDTEND;TZID=Europe/London:20261210T203000\nSTATUS:CONFIRMED\nSUMMARY:Timetables for beginners\nDESCRIPTION:Eastmere Riders\\nThursday 10 December at 18:30\\n\\nBring a *pencil*.\\n\\nhttps://www.meetup.com/riders/events/1/\nCLASS:PUBLIC\nCREATED:20261020T080000Z\nGEO:52.10;0.30\nLOCATION:Mill Café (2 Mill Lane\\, Eastmere\\, United Kingdom)\nURL:https://www.meetup.com/riders/events/1/\nLAST-MODIFIED:20261020T080000Z\nUID:event_1@meetup.com",
        ),
        &[],
        &["title = \"Timetables for beginners\"
date = 2026-10-20T09:00:00
start = 2026-12-10T18:30:00
end = 2026-12-10T20:30:00
related = [{ title = \"meetup.com\", url = \"https://www.meetup.com/riders/events/1/\" }]
uid = \"event_1@meetup.com\"

[venue]
name = \"Mill Café\"
address = \"2 Mill Lane, Eastmere, United Kingdom\"
lat = 52.1
lon = 0.3

Eastmere Riders\\
Thursday 10 December at 18:30

Bring a \\*pencil\\*.

<https://www.meetup.com/riders/events/1/>"],
    );
    check(
        &calendar(
            "-//Facebook//NONSGML Facebook Events V1.0//EN",
            "DTSTAMP:20261101T080000Z\nLAST-MODIFIED:20261101T080000Z\nCREATED:20261020T080000Z\nSEQUENCE:0\nORGANIZER;CN=Eastmere Bus Users:MAILTO:noreply@facebookmail.com\nATTENDEE;CN=Ada;PARTSTAT=ACCEPTED:https://www.facebook.com/ada\nDTSTART:20261212T100000Z\nDTEND:20261212T120000Z\nUID:e1@facebook.com\nSUMMARY:Stall\nLOCATION:Market Square\\, Eastmere\nURL:https://www.facebook.com/events/1/\nDESCRIPTION:Come!\\n\\nhttps://www.facebook.com/events/1/\nCLASS:PUBLIC\nSTATUS:CONFIRMED\nPARTSTAT:ACCEPTED",
        ),
        &[],
        &["title = \"Stall\"
date = 2026-10-20T09:00:00
updated = 2026-11-01T08:00:00
start = 2026-12-12T10:00:00
end = 2026-12-12T12:00:00
organiser = \"Eastmere Bus Users\"
related = [{ title = \"facebook.com\", url = \"https://www.facebook.com/events/1/\" }]
uid = \"e1@facebook.com\"

[venue]
name = \"Market Square\"
address = \"Eastmere\"

Come!

<https://www.facebook.com/events/1/>"],
    );
    check(
        &calendar(
            "-//Eventbrite//Event//EN",
            "DTSTAMP:20261101T080000Z\nUID:123-eb\nDTSTART:20261215T190000Z\nDTEND:20261215T210000Z\nSUMMARY:Dinner\nDESCRIPTION:For details\\, click here: https://www.eventbrite.co.uk/e/123\nLOCATION:Online",
        ),
        &[],
        &["title = \"Dinner\"
start = 2026-12-15T19:00:00
end = 2026-12-15T21:00:00
uid = \"123-eb\"

[online]
url = \"https://www.eventbrite.co.uk/e/123\"

For details, click here: <https://www.eventbrite.co.uk/e/123>"],
    );
}

#[test]
fn mobilizon_and_wordpress() {
    check(
        "BEGIN:VCALENDAR
CALSCALE:GREGORIAN
VERSION:2.0
PRODID:-//Mobilizon//EN
BEGIN:VEVENT
CATEGORIES:bus,MEETING
CLASS:PUBLIC
DESCRIPTION:<p>A talk on <strong>buses</strong>.</p><p><a href=\"https://exa
 mple.org/\">Details</a></p>
DTEND:20261216T200000Z
DTSTAMP:20261101T080000Z
DTSTART:20261216T180000Z
GEO:48.85;2.35
LAST-MODIFIED:20261101T080000Z
LOCATION:12 Rue du Bus\\, 75001\\, Paris\\, France
ORGANIZER:https://mobilizon.example.org/@riders
STATUS:CONFIRMED
SUMMARY:Talk
UID:https://mobilizon.example.org/events/1
URL:https://mobilizon.example.org/events/1
END:VEVENT
END:VCALENDAR
",
        &[],
        &["title = \"Talk\"
date = 2026-11-01T08:00:00
start = 2026-12-16T18:00:00
end = 2026-12-16T20:00:00
tags = [\"bus\", \"MEETING\"]
related = [{ title = \"mobilizon.example.org\", url = \"https://mobilizon.example.org/events/1\" }]
uid = \"https://mobilizon.example.org/events/1\"

[venue]
address = \"12 Rue du Bus, 75001, Paris, France\"
lat = 48.85
lon = 2.35

A talk on **buses**.

[Details](https://example.org/)"],
    );
    check(
        "BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Riders - ECPv6.2//NONSGML v1.0//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Riders
X-ORIGINAL-URL:https://riders.example.org
X-WR-CALDESC:Events for Riders
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:20260329T010000
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261219
DTEND;VALUE=DATE:20261220
DTSTAMP:20261101T080000
CREATED:20261020T080000Z
LAST-MODIFIED:20261021T080000Z
UID:77-1797638400-1797724799@riders.example.org
SUMMARY:Open day &#8211; all welcome
DESCRIPTION:Doors open at ten.
URL:https://riders.example.org/event/open-day/
LOCATION:Depot\\, 1 Station Road\\, Eastmere\\, EA1 3CC\\, United Kingdom
CATEGORIES:Open day
ATTACH;FMTTYPE=image/jpeg:https://riders.example.org/depot.jpg
ORGANIZER;CN=\"Ada%20Finch\":MAILTO:ada@riders.example.org
END:VEVENT
END:VCALENDAR
",
        &[],
        &["title = \"Open day – all welcome\"
date = 2026-10-20T09:00:00
updated = 2026-10-21T09:00:00
start = 2026-12-19
organiser = \"Ada Finch\"
tags = [\"Open day\"]
related = [
    { title = \"riders.example.org\", url = \"https://riders.example.org/event/open-day/\" },
    { title = \"Picture\", url = \"https://riders.example.org/depot.jpg\" },
]
uid = \"77-1797638400-1797724799@riders.example.org\"

[venue]
name = \"Depot\"
address = \"1 Station Road, Eastmere, United Kingdom\"
postcode = \"EA1 3CC\"

Doors open at ten."],
    );
}
