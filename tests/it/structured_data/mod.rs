//! What pages tell machines: schema.org's words, in JSON-LD.

mod events;
mod series;

use crate::support::{Built, nodes, site, structured_data, vocabulary};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A campaign with some of everything.
const CAMPAIGN: &str = include_str!("campaign.txt");

/// What its private venues keep to themselves.
const SECRETS: &[&str] =
    &["Secret House", "Secret Lane", "SE9 9CR", "51.234567", "0.765432", "Hidden room", "Hidden Row", "HI7 7DN"];

fn campaign() -> Built {
    site(CAMPAIGN).build()
}

/// What a page says, with one context.
#[track_caller]
fn data(built: &Built, path: &str) -> Value {
    let mut found = structured_data(built.text(path));
    assert_eq!(found.len(), 1, "{path}");
    found.remove(0)
}

/// The one thing of a type that a page describes.
#[track_caller]
fn thing(built: &Built, path: &str, kind: &str) -> Value {
    let data = data(built, path);
    let mut found = nodes(&data).into_iter().filter(|node| node["@type"] == kind);
    let first = found.next().unwrap_or_else(|| panic!("{path} describes no {kind}: {data:#}"));
    Value::Object(first.clone())
}

/// Holds all pages of a site against the vocabulary, and gives the types and properties that they use.
#[track_caller]
fn used(built: &Built) -> (BTreeSet<String>, BTreeSet<String>) {
    let vocabulary = vocabulary();
    let (mut types, mut properties) = (BTreeSet::new(), BTreeSet::new());
    for path in built.pages() {
        for data in structured_data(built.text(path)) {
            let faults = vocabulary.faults(&data);
            assert!(faults.is_empty(), "{path}\n{}\n{data:#}", faults.join("\n"));
            for node in nodes(&data) {
                types.insert(node["@type"].as_str().unwrap().to_owned());
                properties.extend(node.keys().cloned());
            }
        }
    }
    (types, properties)
}

/// Properties of a thing, one by one; null for those that it must not have.
#[track_caller]
fn says(built: &Built, path: &str, kind: &str, wanted: Value) {
    let found = thing(built, path, kind);
    for (property, value) in wanted.as_object().unwrap() {
        assert_eq!(found.get(property).unwrap_or(&Value::Null), value, "{property} of {path}\n{found:#}");
    }
}

/// One event by the lines of its front matter.
fn event(front_matter: &str) -> Built {
    let built = site(&format!("=== content/events/e.md\n+++\ntitle = \"E\"\n{front_matter}\n+++\n")).check();
    used(&built);
    built
}

#[track_caller]
fn event_says(front_matter: &str, wanted: Value) {
    let built = event(front_matter);
    let data = data(&built, "events/e/");
    let kind = data["@graph"][0]["@type"].as_str().unwrap().to_owned();
    says(&built, "events/e/", &kind, wanted);
}

#[test]
fn everything_said_is_in_the_vocabulary() {
    let (types, properties) = used(&campaign());
    let wanted = "Article BreadcrumbList Event EventSeries GeoCoordinates ListItem LocationFeatureSpecification NewsArticle \
                  Offer Organization Person Place PostalAddress Schedule VirtualLocation WebPage WebSite";
    assert_eq!(types.iter().map(String::as_str).collect::<Vec<_>>().join(" "), wanted);
    for property in ["subEvent", "previousStartDate", "repeatCount", "exceptDate", "amenityFeature", "knowsLanguage"] {
        assert!(properties.contains(property), "{property} is never used");
    }
}

/// What the vocabulary has against an event with this beside its name.
#[track_caller]
fn faults(beside: &str) -> String {
    let text = format!(
        r#"{{"@context": "https://schema.org", "@type": "Event", "@id": "https://e.example/#event", "name": "E"{beside}}}"#
    );
    vocabulary().faults(&serde_json::from_str(&text).expect("JSON")).join("\n")
}

#[test]
fn what_is_not_in_the_vocabulary_is_noticed() {
    for good in [
        "",
        r#", "startDate": "2026-12-05", "endDate": "2026-12-05T19:00:00+01:00", "maximumAttendeeCapacity": 80"#,
        r#", "eventStatus": "https://schema.org/EventCancelled", "isAccessibleForFree": true"#,
        r#", "organizer": [{"@type": "NGO", "@id": "https://e.example/#us"}], "performer": {"@id": "https://e.example/#us"}"#,
        r#", "eventSchedule": {"@type": "Schedule", "byDay": ["https://schema.org/Monday", "1TH"], "startTime": "19:00:00", "repeatFrequency": "P1W"}"#,
    ] {
        assert_eq!(faults(good), "", "{good}");
    }
    for (bad, wanted) in [
        (r#", "startDat": "2026-12-05""#, "Event.startDat: is no property of schema.org"),
        (r#", "headline": "E""#, "Event.headline: is a property of CreativeWork"),
        (r#", "subEvents": {"@type": "Event"}"#, "is superseded by subEvent"),
        (r#", "superEvent": {"@type": "EventSerie"}"#, "EventSerie: is no type of schema.org"),
        (r#", "superEvent": {"name": "E"}"#, "is none of Event"),
        (r#", "location": {"@type": "Person"}"#, "Person is none of Place, PostalAddress, Text, VirtualLocation"),
        (r#", "location": {"@type": "Place", "startDate": "2026-12-05"}"#, "Place.startDate: is a property of"),
        (r#", "startDate": "5 December""#, "is none of Date, DateTime"),
        (r#", "startDate": "2026-13-05""#, "is none of Date, DateTime"),
        (r#", "startDate": "2026-12-05T19:00:00""#, "is none of Date, DateTime"),
        (r#", "startDate": "2026-12-05 19:00:00Z""#, "is none of Date, DateTime"),
        (r#", "eventStatus": "https://schema.org/EventCanceled""#, "is none of EventStatusType"),
        (r#", "eventStatus": "https://schema.org/Monday""#, "is none of EventStatusType"),
        (r#", "eventStatus": "EventCancelled""#, "is none of EventStatusType"),
        (r#", "keywords": "https://schema.org/Nothing""#, "is none of DefinedTerm"),
        (r#", "url": "/events/e/""#, "is none of URL"),
        (r#", "url": "https:///events/e/""#, "is none of URL"),
        (r#", "url": "https://e.example/a b""#, "is none of URL"),
        (r#", "organizer": {"@id": "https://e.example/#us"}"#, "is described nowhere on the page"),
        (r#", "organizer": {"@id": "https://e.example/#event"}"#, "Event is none of Organization, Person"),
        (r#", "organizer": {"@id": "us", "@type": "Person"}"#, "is no absolute address"),
        (r#", "isAccessibleForFree": "true""#, "is none of Boolean"),
        (r#", "maximumAttendeeCapacity": "80""#, "is none of Integer"),
        (r#", "maximumAttendeeCapacity": 8.5"#, "is none of Integer"),
        (r#", "duration": "90 minutes""#, "is none of Duration"),
        (r#", "description": """#, "is none of Text"),
        (r#", "description": null"#, "is none of Text"),
        (r#", "keywords": []"#, "is an empty list"),
        (r#", "@graph": []"#, "is no list, or not alone"),
    ] {
        let found = faults(bad);
        assert!(found.contains(wanted), "{bad}\n{found}");
    }
    let without_context = json!({ "@type": "Event" });
    assert_eq!(vocabulary().faults(&without_context), ["@context: is not https://schema.org"]);
}

#[test]
fn the_home_page_tells_who_publishes_the_site() {
    let built = campaign();
    says(
        &built,
        "",
        "Organization",
        json!({
            "@id": "https://example.org/campaign/#organisation",
            "name": "Averley Bus Users",
            "url": "https://example.org/campaign/",
            "logo": "https://example.org/campaign/images/our%20logo.svg",
            "description": "Passengers who want a better timetable.",
            "email": "hello@example.org",
            "sameAs": "https://social.example/@buses",
        }),
    );
    says(
        &built,
        "cy/",
        "WebSite",
        json!({
            "@id": "https://example.org/campaign/cy/#website",
            "name": "Gwell Bysiau",
            "url": "https://example.org/campaign/cy/",
            "inLanguage": "cy",
            "publisher": { "@id": "https://example.org/campaign/#organisation" },
        }),
    );
    // Nothing set up: the site's title is the name.
    let plain = site("=== content/_index.md\n+++\ntitle = \"Home\"\n+++\n").check();
    says(&plain, "", "Organization", json!({ "name": "Test Campaign", "url": "https://example.org/", "logo": null }));
}

#[test]
fn news_and_statements_are_articles_of_the_organisation() {
    let built = campaign();
    says(
        &built,
        "news/first/",
        "NewsArticle",
        json!({
            "headline": "Buses \"until midnight\" agreed",
            "description": "The council agreed.",
            "url": "https://example.org/campaign/news/first/",
            "mainEntityOfPage": "https://example.org/campaign/news/first/",
            "datePublished": "2026-11-01",
            "dateModified": "2026-11-03T10:30:00+00:00",
            "image": "https://example.org/campaign/news/first/bus.jpg",
            "inLanguage": "en-GB",
            "keywords": ["Council", "Timetable"],
            "author": [
                { "@type": "Person", "name": "Ann Example" },
                { "@id": "https://example.org/campaign/#organisation" },
            ],
            "publisher": {
                "@type": "Organization",
                "@id": "https://example.org/campaign/#organisation",
                "name": "Averley Bus Users",
                "url": "https://example.org/campaign/",
                "logo": "https://example.org/campaign/images/our%20logo.svg",
            },
            "isPartOf": {
                "@type": "WebSite",
                "@id": "https://example.org/campaign/#website",
                "name": "Better Buses",
                "url": "https://example.org/campaign/",
            },
        }),
    );
    says(
        &built,
        "news/second/",
        "NewsArticle",
        json!({
            "author": { "@id": "https://example.org/campaign/#organisation" },
            "datePublished": "2026-11-02T08:00:00+00:00",
            "dateModified": "2026-11-02T08:00:00+00:00",
        }),
    );
    says(
        &built,
        "statements/founding/",
        "Article",
        json!({
            "headline": "Founding statement",
            "author": { "@type": "Organization", "name": "The founders" },
        }),
    );
    let statement = data(&built, "statements/founding/").to_string();
    assert!(!statement.contains("Named Person"), "{statement}");
}

#[test]
fn groups_are_organisations_within_the_organisation() {
    let built = campaign();
    says(
        &built,
        "groups/averley/",
        "Organization",
        json!({
            "@id": "https://example.org/campaign/groups/averley/#organisation",
            "name": "Averley group",
            "url": "https://example.org/campaign/groups/averley/",
            "description": "We meet every month.",
            "email": "averley@example.org",
            "telephone": "0113 496 0000",
            "sameAs": "https://forum.example/averley",
            "areaServed": ["AV1", "Nether Averley"],
            "knowsLanguage": ["en", "cy"],
            "location": {
                "@type": "Place",
                "address": { "@type": "PostalAddress", "addressLocality": "Averley", "addressRegion": "North" },
                "geo": { "@type": "GeoCoordinates", "latitude": 53.8, "longitude": -1.55 },
            },
            "parentOrganization": {
                "@type": "Organization",
                "@id": "https://example.org/campaign/groups/north/#organisation",
                "name": "The North",
                "url": "https://example.org/campaign/groups/north/",
            },
        }),
    );
    let north = thing(&built, "groups/north/", "Organization");
    assert_eq!(north["parentOrganization"]["@id"], "https://example.org/campaign/#organisation");
    assert_eq!(north["areaServed"], "North");
}

#[test]
fn pages_below_a_section_tell_the_way_there_and_others_nothing() {
    let built = campaign();
    let way = |path: &str| {
        let found = thing(&built, path, "BreadcrumbList");
        let items = found["itemListElement"].as_array().unwrap().clone();
        let step = |item: &Value| format!("{} {} {}", item["position"], item["name"], item["item"]["@id"]);
        items.iter().map(step).collect::<Vec<_>>()
    };
    assert_eq!(
        way("aims/evenings/"),
        [
            r#"1 "Home" "https://example.org/campaign/""#,
            r#"2 "Aims" "https://example.org/campaign/aims/""#,
            r#"3 "Evening buses" "https://example.org/campaign/aims/evenings/""#,
        ]
    );
    assert_eq!(way("actions/join/").len(), 3);
    assert_eq!(way("tags/timetable/").len(), 3);
    for plain in ["about/", "news/", "events/", "tags/", "404.html"] {
        assert!(structured_data(built.text(plain)).is_empty(), "{plain}");
    }
}

#[test]
fn no_text_gets_out_of_the_script_or_comes_out_changed() {
    let hostile = "</script><!-- <script>\"'\\ \u{2028}\u{2029}&amp; \u{1F68C}";
    let written = r#""</script><!-- <script>\"'\\ \u2028\u2029&amp; \U0001F68C""#;
    let text = r#"
=== handbill.toml
title = HOSTILE
description = HOSTILE
base_url = "https://example.org/"
language = "en-GB"
timezone = "Europe/London"
[organisation]
description = HOSTILE
=== content/_index.md
+++
title = "Home"
+++
=== content/groups/g.md
+++
title = HOSTILE
place = HOSTILE
covers = [HOSTILE]
+++
=== content/news/n.md
+++
title = HOSTILE
date = 2026-11-01
byline = HOSTILE
tags = [HOSTILE]
+++
=== content/statements/s.md
+++
title = HOSTILE
issued_by = HOSTILE
+++
=== content/events/e.md
+++
title = HOSTILE
start = 2026-12-05T19:00:00
organiser = HOSTILE
venue = { name = HOSTILE, address = HOSTILE, postcode = HOSTILE }
rsvp = "https://forms.example/?a=</script>&b=\"'"
repeat = { every = "week", count = 2 }
[[change]]
date = 2026-12-05
title = HOSTILE
venue = { name = HOSTILE, area = HOSTILE, private = true }
+++
"#;
    let built = site(&text.replace("HOSTILE", written)).check();
    used(&built);
    says(&built, "", "WebSite", json!({ "name": hostile, "description": hostile }));
    says(&built, "", "Organization", json!({ "name": hostile, "description": hostile }));
    says(&built, "groups/g/", "Organization", json!({ "name": hostile, "areaServed": hostile }));
    says(&built, "news/n/", "NewsArticle", json!({ "headline": hostile, "keywords": hostile }));
    says(&built, "statements/s/", "Article", json!({ "headline": hostile }));
    says(&built, "events/e/", "EventSeries", json!({ "name": hostile }));
    says(&built, "events/e/", "Offer", json!({ "url": "https://forms.example/?a=</script>&b=\"'" }));
    let event = thing(&built, "events/e/", "EventSeries");
    assert_eq!(event["organizer"]["name"], hostile);
    assert_eq!(event["location"]["name"], hostile);
    assert_eq!(event["location"]["address"]["streetAddress"], hostile);
    assert_eq!(event["location"]["address"]["postalCode"], hostile);
    assert_eq!(event["subEvent"][0]["name"], hostile);
    assert_eq!(event["subEvent"][0]["location"]["address"]["addressLocality"], hostile);
    for path in built.pages() {
        let html = built.text(path);
        let opened = html.matches("<script").count();
        assert_eq!(html.matches("</script").count(), opened, "{path}");
    }
}

#[test]
fn any_theme_can_write_it() {
    let built = site(
        "=== content/news/n.md\n+++\ntitle = \"N\"\n+++\n=== templates/post.html\n{% set data = structured_data(page=page) %}{% if data %}<script type=\"application/ld+json\">{{ data | json_script }}</script>{% endif %}\n",
    )
    .check();
    says(&built, "news/n/", "NewsArticle", json!({ "headline": "N" }));
    let without = site("=== content/news/n.md\n+++\ntitle = \"N\"\n+++\n=== templates/base.html\n{% extends \"default/base.html\" %}\n{% block structured_data %}{% endblock structured_data %}\n").check();
    assert!(structured_data(without.text("news/n/")).is_empty());
}
