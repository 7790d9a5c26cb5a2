//! A site in twelve languages: everything leads everywhere, and back.

use crate::support::{Built, attributes, broken_links, site};
use std::collections::BTreeMap;

/// The default language first. Two are written from right to left.
const LANGUAGES: [&str; 12] = ["en-GB", "cy", "ar", "he", "pl", "de", "fr", "es", "tr", "el", "uk", "pt-BR"];

/// Pages in every language; in the later ones some are missing.
const STEMS: usize = 50;

fn whole_site(config: &str) -> Built {
    let mut text = String::new();
    for (number, language) in LANGUAGES.iter().enumerate() {
        let suffix = if number == 0 { String::new() } else { format!(".{language}") };
        for stem in 0..STEMS {
            let folder = ["guide", "news", "events", "groups", "statements"][stem % 5];
            let more = match folder {
                "events" => "start = 2026-12-01T19:00:00",
                "groups" => "place = \"Aberwen\"\nregion = \"Wen\"",
                _ => "date = 2026-05-02\ntags = [\"für\", \"Mon\"]",
            };
            text += &format!(
                "=== content/{folder}/p{stem}{suffix}.md\n+++\ntitle = \"{language} {stem}\"\n{more}\n+++\n## Über\n\n[on](p{}.md)\n",
                (stem + 5) % STEMS
            );
        }
    }
    let tables: String = LANGUAGES[1..].iter().map(|language| format!("[languages.{language}]\n")).collect();
    site(&text).config(&tables).config(config).check()
}

/// The alternates that a page names in its head: language and address.
fn alternates(html: &str) -> BTreeMap<String, String> {
    let links = html.split("<link ").skip(1).filter(|link| link.starts_with("rel=\"alternate\" hreflang="));
    let attribute = |link: &str, name: &str| {
        let from = link.split(&format!("{name}=\"")).nth(1).unwrap_or_default();
        from.split('"').next().unwrap_or_default().to_owned()
    };
    let mut found = BTreeMap::new();
    for link in links {
        let before = found.insert(attribute(link, "hreflang"), attribute(link, "href"));
        assert!(before.is_none(), "two alternates of one language: {link}");
    }
    found
}

/// Holds every page's alternates against those of the pages that they name.
fn is_reciprocal(built: &Built) -> usize {
    let own = |html: &str| {
        let link = html.split("<link rel=\"canonical\" href=\"").nth(1)?;
        link.split('"').next().map(str::to_owned)
    };
    // What leads elsewhere, or stands in for a version, names the address of another page as its own.
    let is_itself =
        |html: &&str| !html.contains("http-equiv=\"refresh\"") && !html.contains("class=\"version-notice\"");
    let all = built.pages().into_iter().map(|path| built.text(path)).filter(is_itself);
    let pages: BTreeMap<String, &str> = all.filter_map(|html| Some((own(html)?, html))).collect();
    let mut with_versions = 0;
    for (address, html) in &pages {
        let named = alternates(html);
        if named.is_empty() {
            continue;
        }
        with_versions += 1;
        assert!(named.values().any(|other| other == address), "{address} does not name itself");
        assert!(named.contains_key("x-default"), "{address} has no x-default");
        for other in named.values() {
            let theirs = pages.get(other).unwrap_or_else(|| panic!("{address} names {other}, which is not there"));
            assert_eq!(alternates(theirs), named, "{address} and {other} name others");
        }
    }
    with_versions
}

#[test]
fn six_hundred_pages_in_twelve_languages_name_one_another() {
    let built = whole_site("");
    assert!(built.pages().len() > LANGUAGES.len() * STEMS);
    assert!(is_reciprocal(&built) > LANGUAGES.len() * STEMS);
    assert!(broken_links(&built.artifacts, "https://example.org/").is_empty());
    for (language, direction) in [("ar", "rtl"), ("he", "rtl"), ("el", "ltr"), ("pt-br", "ltr")] {
        let html = built.text(&format!("{language}/guide/p0/"));
        assert!(html.to_lowercase().contains(&format!("<html lang=\"{language}\" dir=\"{direction}\"")), "{language}");
        // The switcher knows them all.
        let switcher = html.split("class=\"languages\"").nth(1).and_then(|rest| rest.split("</nav>").next());
        assert_eq!(attributes(switcher.expect("a switcher"), &["href"]).len(), LANGUAGES.len());
    }
    built.has("de/guide/p0/", &["id=\"ueber\""]).has("tr/guide/p0/", &["id=\"uber\""]);
}

#[test]
fn hosts_paths_and_fallbacks_keep_versions_reciprocal() {
    let built = whole_site(
        "[languages.en-GB]\npath = \"en\"\n[languages.it]\nfallback = \"published\"\n[languages.nl]\nbase_url = \"https://nl.example.org/\"\nfallback = \"published\"\n",
    );
    assert!(is_reciprocal(&built) > LANGUAGES.len() * STEMS);
    built.has("it/guide/p0/", &["rel=\"canonical\" href=\"https://example.org/en/guide/p0/\""]);
    built.has("nl/guide/p0/", &["href=\"https://example.org/cy/guide/p0/\""]);
}
