//! The sample campaign in this repository, built from disk.

use crate::support::{Built, broken_links, structured_data, vocabulary};
use handbill::build::{self, Options, SharedWorld, Stopwatch};
use handbill::config::Overrides;
use handbill::site::Clock;
use handbill::source::DiskWorld;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Builds the site in a folder of this repository at a time when the sample's events lie on both sides.
fn built(folder: &str) -> Built {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let world: SharedWorld = Arc::new(DiskWorld::new(&root).unwrap());
    let clock = Clock { now: "2026-11-23T12:00:00Z".parse().unwrap(), drafts: false, future: false };
    let options = Options { config: "handbill.toml".to_owned(), overrides: Overrides::default(), clock };
    let loaded = build::load(&world, &options, &mut Stopwatch::new()).unwrap();
    let rendered = loaded.engine.as_ref().map(|engine| build::render_all(engine, &*world));
    Built::new(loaded, rendered, BTreeMap::new())
}

#[test]
fn the_sample_builds_without_a_warning_and_every_link_in_it_works() {
    let built = built(".");
    built.clean();
    let broken = broken_links(&built.artifacts, "https://betterbuses.example/");
    assert!(broken.is_empty(), "\n{}", broken.into_iter().collect::<Vec<_>>().join("\n"));
    // What the sample keeps to itself: a host's name, house, postcode and place on the map.
    built.nowhere(&["Rhodri Pennant", "Tŷ'n-y-coed", "AW8 9ZZ", "52.4871", "-3.6294", "signatories.csv"]);
    for kind in ["aims", "statements", "groups", "events", "actions", "news", "tags", "cy"] {
        assert!(built.pages().iter().any(|path| path.starts_with(&format!("{kind}/"))), "no page of {kind}");
    }
}

#[test]
fn the_sample_tells_machines_nothing_that_schema_org_does_not_know() {
    let (built, vocabulary) = (built("."), vocabulary());
    for path in built.pages() {
        for data in structured_data(built.text(path)) {
            let faults = vocabulary.faults(&data);
            assert!(faults.is_empty(), "{path}\n{}\n{data:#}", faults.join("\n"));
        }
    }
}

#[test]
fn the_manual_builds_without_a_warning_and_every_link_in_it_works() {
    let built = built("docs");
    built.clean();
    let base = built.site().config.base_url.absolute(&format!("{}/", built.site().config.base_url.path));
    let broken = broken_links(&built.artifacts, &base);
    assert!(broken.is_empty(), "\n{}", broken.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_sample_asks_no_other_host_for_anything() {
    let built = built(".");
    for (path, bytes) in built.artifacts.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".css")) {
        let text = std::str::from_utf8(bytes).unwrap();
        for fetched in
            ["src=\"http", "src=\"//", "url(http", "url(//", "@import", "rel=\"preconnect\"", "rel=\"dns-prefetch\""]
        {
            assert!(!text.contains(fetched), "{path} has {fetched}");
        }
        for (at, sheet) in text.match_indices("rel=\"stylesheet\" href=\"") {
            let address = &text[at + sheet.len()..];
            assert!(!address.starts_with("http") && !address.starts_with("//"), "{path} has a sheet of another host");
        }
    }
}
