//! What is told of single events.

use super::{SECRETS, campaign, event_says, says, thing};
use crate::support::{nodes, structured_data, vocabulary};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[test]
fn an_event_tells_what_its_page_tells() {
    let built = campaign();
    says(
        &built,
        "events/hall/",
        "Event",
        json!({
            "@id": "https://example.org/campaign/events/hall/#event",
            "name": "Timetable talk",
            "url": "https://example.org/campaign/events/hall/",
            "description": "What the new timetable means.",
            "inLanguage": ["en", "cy"],
            "startDate": "2026-12-01T19:00:00+00:00",
            "endDate": "2026-12-01T21:00:00+00:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "maximumAttendeeCapacity": 80,
            "isAccessibleForFree": true,
            "keywords": "Timetable",
            "offers": { "@type": "Offer", "url": "https://forms.example/talk", "price": 0, "validThrough": "2026-11-30" },
            "location": {
                "@type": "Place",
                "name": "Library",
                "address": { "@type": "PostalAddress", "streetAddress": "1 High Street, Averley", "postalCode": "AV1 1AA" },
                "geo": { "@type": "GeoCoordinates", "latitude": 53.79, "longitude": -1.54 },
                "amenityFeature": [
                    { "@type": "LocationFeatureSpecification", "name": "Step-free access", "value": true },
                    { "@type": "LocationFeatureSpecification", "name": "Hearing loop", "value": false },
                ],
            },
            "organizer": [
                {
                    "@type": "Organization",
                    "@id": "https://example.org/campaign/groups/averley/#organisation",
                    "name": "Averley group",
                    "url": "https://example.org/campaign/groups/averley/",
                },
                {
                    "@type": "Organization",
                    "@id": "https://example.org/campaign/groups/north/#organisation",
                    "name": "The North",
                    "url": "https://example.org/campaign/groups/north/",
                },
                {
                    "@type": "Organization",
                    "@id": "https://example.org/campaign/events/hall/#organiser",
                    "name": "Averley Library",
                },
            ],
        }),
    );
    // No price is read out of words, and whoever publishes the site holds what no one else does.
    says(&built, "events/online/", "Event", json!({ "isAccessibleForFree": null, "offers": null, "endDate": null }));
    assert_eq!(thing(&built, "events/online/", "Event")["organizer"]["name"], "Averley Bus Users");
}

#[test]
fn whole_days_end_with_the_last_one() {
    event_says("start = 2026-12-05", json!({ "startDate": "2026-12-05", "endDate": "2026-12-05" }));
    event_says("start = 2026-12-05\nend = 2026-12-07", json!({ "startDate": "2026-12-05", "endDate": "2026-12-07" }));
    event_says("start = 2026-12-05\nduration = \"3 days\"", json!({ "endDate": "2026-12-07" }));
    // Over the night on which the clocks go back.
    event_says("start = 2026-10-24\nduration = \"2 days\"", json!({ "endDate": "2026-10-25" }));
}

#[test]
fn a_status_is_one_of_the_vocabulary_and_keeps_the_date() {
    let at = "start = 2026-12-05T10:00:00\nstatus";
    for (status, term) in [
        ("scheduled", "EventScheduled"),
        ("tentative", "EventScheduled"),
        ("cancelled", "EventCancelled"),
        ("postponed", "EventPostponed"),
        ("rescheduled", "EventRescheduled"),
        ("moved-online", "EventMovedOnline"),
    ] {
        let wanted = json!({
            "eventStatus": format!("https://schema.org/{term}"),
            "startDate": "2026-12-05T10:00:00+00:00",
            "previousStartDate": null,
        });
        event_says(&format!("{at} = \"{status}\""), wanted);
    }
    let moved = format!("{at} = \"rescheduled\"\nprevious_start");
    event_says(&format!("{moved} = 2026-11-28T11:00:00"), json!({ "previousStartDate": "2026-11-28T11:00:00+00:00" }));
    event_says(&format!("{moved} = 2026-11-28"), json!({ "previousStartDate": "2026-11-28" }));
    event_says(
        &format!("{at} = \"cancelled\"\nprevious_start = 2026-11-28"),
        json!({ "eventStatus": "https://schema.org/EventCancelled", "previousStartDate": "2026-11-28" }),
    );
}

#[test]
fn an_event_takes_place_in_a_room_online_or_both() {
    let mode = |mode: &str| format!("https://schema.org/{mode}EventAttendanceMode");
    let page = "https://example.org/events/e/";
    let virtual_at = |url: &str| json!({ "@type": "VirtualLocation", "url": url });
    let start = "start = 2026-12-05T10:00:00";
    let hall = json!({ "@type": "Place", "name": "Hall" });
    event_says(
        &format!("{start}\nvenue = {{ name = \"Hall\" }}"),
        json!({ "eventAttendanceMode": mode("Offline"), "location": hall }),
    );
    event_says(
        &format!("{start}\nvenue = {{ name = \"Hall\" }}\nonline = {{ url = \"https://meet.example/\" }}"),
        json!({ "eventAttendanceMode": mode("Mixed"), "location": [hall, virtual_at("https://meet.example/")] }),
    );
    event_says(
        &format!("{start}\nonline = {{ url = \"/join/\" }}"),
        json!({ "eventAttendanceMode": mode("Online"), "location": virtual_at("https://example.org/join/") }),
    );
    event_says(&format!("{start}\nonline = {{ phone = \"0113\" }}"), json!({ "location": virtual_at(page) }));
    event_says(
        &format!("{start}\nvenue = {{ name = \"Hall\" }}\nstatus = \"moved-online\""),
        json!({ "eventAttendanceMode": mode("Online"), "location": virtual_at(page) }),
    );
    // Nothing is left to join, or to come to.
    let gone = json!({ "location": virtual_at(page), "offers": null });
    let ways = "online = { url = \"https://meet.example/\" }\nrsvp = \"https://forms.example/\"";
    event_says(&format!("{start}\n{ways}\nstatus = \"cancelled\""), gone.clone());
    event_says(&format!("start = 2026-11-05T10:00:00\n{ways}"), gone);
    event_says(&format!("{start}\n{ways}\nstatus = \"postponed\""), json!({ "offers": null }));
    event_says(
        &format!("{start}\nrsvp = {{ url = \"https://forms.example/\", until = 2026-11-22 }}"),
        json!({ "offers": null }),
    );
    event_says(start, json!({ "eventAttendanceMode": mode("Offline"), "location": null }));
}

#[test]
fn a_private_venue_is_an_area_and_no_more() {
    let built = campaign();
    let area = |name: &str| json!({ "@type": "Place", "name": name, "address": { "@type": "PostalAddress", "addressLocality": name } });
    let mut kitchen = thing(&built, "events/private/", "Event")["location"].clone();
    assert_eq!(kitchen["amenityFeature"]["value"], false);
    kitchen.as_object_mut().unwrap().remove("amenityFeature");
    assert_eq!(kitchen, area("Upper Averley"));
    says(&built, "events/hidden/", "Event", json!({ "location": null }));
    let monthly = thing(&built, "events/monthly/", "EventSeries");
    assert_eq!(monthly["subEvent"][3]["location"], area("Nether Averley"));
    built.nowhere(SECRETS);
}

/// What Google's guide to event results requires and an event lacks.
fn lacks(event: &serde_json::Map<String, Value>, data: &Value) -> Vec<&'static str> {
    let mut lacks: Vec<_> =
        ["name", "startDate"].into_iter().filter(|property| !event.contains_key(*property)).collect();
    let places = match event.get("location") {
        None => return lacks.into_iter().chain(["location"]).collect(),
        Some(Value::Array(places)) => places.clone(),
        Some(place) => vec![place.clone()],
    };
    for place in places {
        let described = |node: &&serde_json::Map<String, Value>| node.get("@id").is_some_and(|id| *id == place["@id"]);
        let whole = place.get("@type").is_none().then(|| nodes(data).into_iter().find(described)).flatten();
        let whole = whole.cloned().map_or(place.clone(), Value::Object);
        match whole["@type"].as_str() {
            Some("VirtualLocation") if whole.get("url").is_none() => lacks.push("location.url"),
            Some("Place") if whole.get("address").is_none() => lacks.push("location.address"),
            _ => {}
        }
    }
    lacks
}

#[test]
fn events_have_what_search_engines_require_where_the_author_gave_it() {
    let built = campaign();
    let vocabulary = vocabulary();
    let mut found = BTreeMap::new();
    for path in built.pages().into_iter().filter(|path| path.starts_with("events/")) {
        for data in structured_data(built.text(path)) {
            for node in
                nodes(&data).into_iter().filter(|node| vocabulary.is_a(node["@type"].as_str().unwrap(), "Event"))
            {
                let lacks = lacks(node, &data);
                if !lacks.is_empty() {
                    found.insert(path.split('/').nth(1).unwrap().to_owned(), lacks.join(" "));
                }
            }
        }
    }
    let found: Vec<String> = found.into_iter().map(|(event, lacks)| format!("{event}: {lacks}")).collect();
    // None of these says at which address it takes place.
    assert_eq!(
        found,
        [
            "both: location.address",
            "day: location",
            "days: location.address",
            "hidden: location",
            "postponed: location",
            "rescheduled: location",
            "tentative: location",
        ]
    );
}
