//! What is told of events that repeat.

use super::{CAMPAIGN, SECRETS, campaign, event, event_says, says, thing, used};
use crate::support::site;
use serde_json::{Value, json};

#[test]
fn a_series_tells_its_coming_dates_each_as_it_is() {
    let built = campaign();
    let page = "https://example.org/campaign/events/monthly/";
    says(
        &built,
        "events/monthly/",
        "EventSeries",
        json!({
            "@id": format!("{page}#event"),
            "url": page,
            "startDate": "2026-10-01T19:00:00+01:00",
            "endDate": null,
            "offers": { "@type": "Offer", "url": "https://forms.example/monthly" },
            "location": {
                "@type": "Place",
                "@id": format!("{page}#place"),
                "name": "Library",
                "address": { "@type": "PostalAddress", "streetAddress": "1 High Street" },
            },
        }),
    );
    let series = thing(&built, "events/monthly/", "EventSeries");
    let dates = series["subEvent"].as_array().unwrap();
    assert_eq!(dates.len(), 6);
    let place = json!({ "@id": format!("{page}#place") });
    assert_eq!(
        dates[0],
        json!({
            "@type": "Event",
            "@id": format!("{page}#hb-2026-12-03"),
            "url": format!("{page}#hb-2026-12-03"),
            "name": "Annual meeting",
            "startDate": "2026-12-04T18:00:00+00:00",
            "endDate": "2026-12-04T19:30:00+00:00",
            "previousStartDate": "2026-12-03T19:00:00+00:00",
            "eventStatus": "https://schema.org/EventRescheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": place,
            "organizer": { "@id": "https://example.org/campaign/groups/averley/#organisation" },
        })
    );
    built.has("events/monthly/", &["id=\"hb-2026-12-03\"", "id=\"hb-2027-05-06\""]);
    assert_eq!(dates[1]["eventStatus"], "https://schema.org/EventCancelled");
    assert_eq!(dates[1]["startDate"], "2027-02-04T19:00:00+00:00");
    assert_eq!(dates[2]["eventAttendanceMode"], "https://schema.org/OnlineEventAttendanceMode");
    assert_eq!(dates[2]["location"], json!({ "@type": "VirtualLocation", "url": page }));
    assert_eq!(dates[4]["location"], place);
    assert_eq!(dates[4]["startDate"], "2027-05-06T19:00:00+01:00");
    // At most a dozen, and none when all is over.
    let daily = event("start = 2026-12-01T19:00:00\nrepeat = { every = \"day\" }");
    assert_eq!(thing(&daily, "events/e/", "EventSeries")["subEvent"].as_array().unwrap().len(), 12);
    says(&built, "events/over/", "EventSeries", json!({ "subEvent": null, "startDate": "2026-01-06T19:00:00+00:00" }));
}

#[test]
fn the_page_of_one_date_tells_of_that_date() {
    let text = CAMPAIGN.replace("[languages.cy]", "[events]\noccurrences = \"pages\"\n\n[languages.cy]");
    let built = site(&text).build();
    let (_, properties) = used(&built);
    assert!(properties.contains("superEvent"));
    let page = "https://example.org/campaign/events/monthly/";
    let series =
        json!({ "@type": "EventSeries", "@id": format!("{page}#event"), "name": "Monthly meeting", "url": page });
    says(
        &built,
        "events/monthly/2026-12-03/",
        "Event",
        json!({
            "@id": format!("{page}2026-12-03/#event"),
            "url": format!("{page}2026-12-03/"),
            "name": "Annual meeting",
            "startDate": "2026-12-04T18:00:00+00:00",
            "previousStartDate": "2026-12-03T19:00:00+00:00",
            "eventStatus": "https://schema.org/EventRescheduled",
            "offers": { "@type": "Offer", "url": "https://forms.example/monthly" },
            "superEvent": series,
        }),
    );
    let way = &thing(&built, "events/monthly/2026-12-03/", "BreadcrumbList")["itemListElement"];
    let way: Vec<&Value> = way.as_array().unwrap().iter().map(|item| &item["item"]["@id"]).collect();
    let home = "https://example.org/campaign/";
    assert_eq!(way, [home, &format!("{home}events/"), page, &format!("{page}2026-12-03/")]);
    // The series leads there.
    let dates = &thing(&built, "events/monthly/", "EventSeries")["subEvent"];
    assert_eq!(dates[0]["@id"], format!("{page}2026-12-03/#event"));
    built.nowhere(SECRETS);
}

/// What a series says of how it repeats.
#[track_caller]
fn repeats(front_matter: &str, wanted: Value) {
    event_says(front_matter, json!({ "eventSchedule": wanted }));
}

#[test]
fn a_series_tells_how_it_repeats() {
    let evening = |more: Value| {
        let mut schedule = json!({
            "@type": "Schedule",
            "startDate": "2026-12-01",
            "startTime": "19:00:00",
            "endTime": "20:30:00",
            "duration": "PT1H30M",
            "scheduleTimezone": "Europe/London",
        });
        schedule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        schedule
    };
    let at = |repeat: &str| format!("start = 2026-12-01T19:00:00\nduration = \"90 min\"\n{repeat}");
    let days = |names: &[&str]| names.iter().map(|name| format!("https://schema.org/{name}")).collect::<Vec<_>>();
    repeats(
        &at("repeat = { every = \"2 weeks\", on = [\"tue\", \"thu\"], count = 10 }"),
        evening(json!({ "repeatFrequency": "P2W", "byDay": days(&["Tuesday", "Thursday"]), "repeatCount": 10 })),
    );
    repeats(
        &at("repeat = { every = \"week\" }"),
        evening(json!({ "repeatFrequency": "P1W", "byDay": "https://schema.org/Tuesday" })),
    );
    repeats(
        &at("repeat = { every = \"month\", on = \"first tuesday\", until = 2027-06-30, except = [2027-01-05] }"),
        evening(json!({
            "repeatFrequency": "P1M",
            "byDay": "1TU",
            "endDate": "2027-06-30",
            "exceptDate": "2027-01-05T19:00:00+00:00",
        })),
    );
    repeats(&at("rrule = \"FREQ=MONTHLY\""), evening(json!({ "repeatFrequency": "P1M", "byMonthDay": 1 })));
    repeats(
        &at("rrule = \"FREQ=YEARLY\""),
        evening(json!({ "repeatFrequency": "P1Y", "byMonth": 12, "byMonthDay": 1 })),
    );
    repeats(
        &at("rrule = \"FREQ=DAILY;UNTIL=20261210T183000\""),
        evening(json!({
            "repeatFrequency": "P1D",
            // On the tenth it would begin too late.
            "endDate": "2026-12-09",
        })),
    );
    // What does not take place on its date is no date of the schedule. A count could be read in two ways then.
    repeats(
        &at(
            "repeat = { every = \"week\", count = 5 }\n[[change]]\ndate = 2026-12-08\nstatus = \"cancelled\"\n[[change]]\ndate = 2026-12-15\nstart = 2026-12-16T19:00:00\n[[change]]\ndate = 2026-12-22\ntitle = \"Party\"",
        ),
        evening(json!({
            "repeatFrequency": "P1W",
            "byDay": "https://schema.org/Tuesday",
            "exceptDate": ["2026-12-08T19:00:00+00:00", "2026-12-15T19:00:00+00:00"],
            "endDate": "2026-12-29",
        })),
    );
    // Further dates have schedules of their own.
    repeats(
        &at("also = [2026-12-24T15:00:00]"),
        json!([
            evening(json!({ "endDate": "2026-12-01", "repeatCount": 1 })),
            evening(
                json!({ "startDate": "2026-12-24", "startTime": "15:00:00", "endTime": "16:30:00", "endDate": "2026-12-24", "repeatCount": 1 })
            ),
        ]),
    );
    repeats(
        "start = 2026-12-05\nduration = \"2 days\"\nrepeat = { every = \"week\", except = [2026-12-12] }",
        json!({
            "@type": "Schedule",
            "startDate": "2026-12-05",
            "duration": "P2D",
            "scheduleTimezone": "Europe/London",
            "repeatFrequency": "P1W",
            "byDay": "https://schema.org/Saturday",
            "exceptDate": "2026-12-12",
        }),
    );
    // What the vocabulary cannot say is left to the dates.
    for (start, rule) in [
        ("2026-12-01", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
        ("2026-12-31", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("2026-12-01", "FREQ=YEARLY;BYDAY=48TU"),
        ("2026-12-01", "FREQ=HOURLY;COUNT=3"),
    ] {
        repeats(&format!("start = {start}T19:00:00\nrrule = \"{rule}\""), Value::Null);
    }
}
