//! Hundreds of saves of all kinds while tabs are open, through the real watcher and real connections.

use super::client::{PATIENCE, Site};
use crate::rebuild::Storm;
use handbill::build::{self, Loaded, Options, SharedWorld, Stopwatch};
use handbill::config::Overrides;
use handbill::emit::{self, Content};
use handbill::site::Clock;
use handbill::source::DiskWorld;
use std::sync::Arc;
use std::time::{Duration, Instant};

const EDITS: usize = 600;

fn clean_build(site: &Site) -> (Loaded, SharedWorld) {
    let world: SharedWorld = Arc::new(DiskWorld::new(site.root()).unwrap());
    let clock = Clock { now: "2026-11-23T12:00:00Z".parse().unwrap(), drafts: false, future: false };
    let options = Options { config: "handbill.toml".to_owned(), overrides: Overrides::default(), clock };
    (build::load(&world, &options, &mut Stopwatch::new()).unwrap(), world)
}

/// The first file that is not served as a clean build makes it. What cannot be made stays as it last was.
fn difference(site: &Site) -> Option<String> {
    let (loaded, world) = clean_build(site);
    let engine = loaded.engine.as_ref()?;
    let base = &engine.site().config.base_url.path;
    engine.site().jobs.iter().find_map(|job| {
        let built = match emit::render(engine, job).ok()? {
            Content::Bytes(bytes) => bytes.into_owned(),
            Content::File(file) => world.read(file).unwrap(),
        };
        let path = job.output.as_str();
        let served = site.get(&format!("{base}/{}", handbill::output::encode_path(path)));
        (served.status != 200 || served.published() != built).then(|| format!("{path}: {}", served.text()))
    })
}

#[test]
fn a_storm_of_saves_ends_in_the_site_of_a_clean_build() {
    let site = Site::new("https://example.org/");
    let root = site.root().canonicalize().unwrap();
    let mut storm = Storm::new(&root, 0x5eed_0003);
    let site = site.served();
    let mut tabs: Vec<_> = ["/", "/about/", "/news/one/"].iter().map(|path| site.tab(path)).collect();
    for edit in 0..EDITS {
        storm.step();
        if edit % 5 == 0 {
            let path = ["/", "/news/", "/about/", "/nothing/", "/_handbill/", "/style.css"][edit / 5 % 6];
            let status = site.get(path).status;
            assert!([200, 301, 302, 404, 500].contains(&status), "{path}: {status}");
        }
    }
    // A configuration and a theme that work, so that there is a site to look at.
    let _ = std::fs::remove_dir_all(site.path("templates"));
    site.write("handbill.toml", "title = \"Buses\"\nbase_url = \"https://buses.example/\"\n");
    let began = Instant::now();
    while let Some(difference) = difference(&site) {
        assert!(began.elapsed() < PATIENCE, "{difference}");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(clean_build(&site).0.engine.is_some(), "there is nothing to compare");
    for tab in &mut tabs {
        assert!(tab.next().is_some());
    }
}
