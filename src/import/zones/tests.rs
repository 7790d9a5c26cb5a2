use super::{Finder, Meant, Period, Zone};
use crate::calendar;
use crate::ical::read;
use jiff::Timestamp;

fn zone(name: &str) -> Zone {
    Zone { name: name.to_owned(), zone: calendar::Zones::new().get(name).unwrap() }
}

/// What a TZID means to a site, with what the calendar describes of it.
fn meant(site: &str, language: &str, tzid: &str, described: &str) -> String {
    let text = format!("BEGIN:VTIMEZONE\nTZID:{tzid}\n{described}END:VTIMEZONE\n");
    let components = read::read(&text, &"a.ics".into(), &mut Vec::new());
    let own: Vec<_> = components.iter().filter(|_| !described.is_empty()).collect();
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let period = Period { from: at("2026-01-01T00:00:00Z"), to: at("2027-01-01T00:00:00Z") };
    match Finder::new(zone(site), language).find(0, &own, tzid, period) {
        Meant::Zone(zone) => zone.name,
        Meant::Like(zone) => format!("like {}", zone.name),
        Meant::Utc => "UTC".to_owned(),
        Meant::Own(observed) => format!("own {}", observed.offset(period.from)),
        Meant::Unknown => "unknown".to_owned(),
    }
}

#[test]
fn zones_are_found_by_every_name_they_have() {
    #[track_caller]
    fn check(tzid: &str, expected: &str) {
        assert_eq!(meant("Europe/London", "en-GB", tzid, ""), expected, "{tzid}");
    }
    check("Europe/Paris", "Europe/Paris");
    check("europe/paris", "Europe/Paris");
    check("\"America/Argentina/Buenos_Aires\"", "America/Argentina/Buenos_Aires");
    check("/mozilla.org/20050126_1/Europe/Paris", "Europe/Paris");
    check("/freeassociation.sourceforge.net/Tzfile/America/Indiana/Knox", "America/Indiana/Knox");
    check("America/New York", "America/New_York");
    check("GMT Standard Time", "Europe/London");
    check("\"W. Europe Standard Time\"", "Europe/Berlin");
    check("India Standard Time", "Asia/Kolkata");
    check("GB", "Europe/London");
    check("Paris", "like Europe/Paris");
    check("(GMT+01.00) Amsterdam / Berlin / Bern", "like Europe/Amsterdam");
    for utc in ["UTC", "Etc/UTC", "GMT", "tzone://Microsoft/Utc"] {
        check(utc, "UTC");
    }
    check("Customized Time Zone", "unknown");
    check("", "unknown");
}

#[test]
fn names_of_many_countries_mean_the_sites_own_zone() {
    assert_eq!(meant("Europe/Amsterdam", "nl", "W. Europe Standard Time", ""), "Europe/Amsterdam");
    assert_eq!(meant("Europe/London", "cs-CZ", "Central Europe Standard Time", ""), "Europe/Prague");
    assert_eq!(meant("Europe/London", "en", "Central Europe Standard Time", ""), "Europe/Budapest");
    // An alias is no other zone.
    assert_eq!(meant("Asia/Kolkata", "en", "Asia/Calcutta", ""), "Asia/Kolkata");
}

const CENTRAL: &str = "BEGIN:STANDARD\nDTSTART:16011028T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n\
    TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010325T020000\n\
    RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nEND:DAYLIGHT\n";

const OWN: &str = "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0137\nTZOFFSETTO:+0137\nEND:STANDARD\n";

#[test]
fn zones_are_found_by_their_offsets() {
    let id = "Customized Time Zone";
    assert_eq!(meant("Europe/London", "en-GB", id, CENTRAL), "like Europe/Berlin");
    assert_eq!(meant("Europe/Madrid", "es", id, CENTRAL), "like Europe/Madrid");
    assert_eq!(meant("Europe/London", "en-GB", "Zeit von Rome", CENTRAL), "like Europe/Rome");
    assert_eq!(meant("Europe/London", "en-GB", id, OWN), "own +01:37");
    // The clocks change an hour early here, as a program has it.
    let astray = CENTRAL
        .replace("T030000", "T020000")
        .replace("T020000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "T010000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3");
    assert_eq!(meant("Europe/London", "en-GB", id, &astray), "like Europe/Berlin");
    assert_eq!(meant("Europe/London", "en-GB", "x", &format!("X-LIC-LOCATION:Asia/Tokyo\n{OWN}")), "Asia/Tokyo");
    // What is written there in vain.
    assert_eq!(meant("Europe/London", "en-GB", id, "BEGIN:STANDARD\nEND:STANDARD\n"), "unknown");
    assert_eq!(
        meant("Europe/London", "en-GB", id, "BEGIN:STANDARD\nDTSTART:x\nTZOFFSETTO:+9999\nEND:STANDARD\n"),
        "unknown"
    );
}
