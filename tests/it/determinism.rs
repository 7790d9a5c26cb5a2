//! Equal input gives equal bytes, and mistakes come in one order.

use crate::support::{Built, SiteText, site};

/// A site with something of every kind, in two languages.
fn everything() -> SiteText {
    let mut text = String::from(
        "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\ntimezone = \"Europe/London\"\n[languages.cy]\n[sections.news]\npaginate = 5\n\
         [taxonomies.places]\n=== static/a.txt\na\n=== static/b.txt\nb\n",
    );
    for n in 0..24 {
        let (month, day) = (n % 12 + 1, n % 28 + 1);
        text.push_str(&format!(
            "=== content/news/post-{n}.md\n+++\ntitle = \"Post {}\"\ndate = 2026-{month:02}-{day:02}\ntags = [\"t{}\", \"T{}\", \"u{}\"]\nplaces = [\"p{}\"]\naliases = [\"/old/{n}/\"]\n+++\n[next](post-{}.md)\n\n::events{{limit=2}}\n",
            n % 3, n % 5, n % 5, n % 7, n % 4, (n + 1) % 24
        ));
        text.push_str(&format!(
            "=== content/groups/group-{n}.md\n+++\ntitle = \"Group {}\"\nregion = \"R{}\"\nlocation = {{ lat = {}.5, lon = 1.5 }}\n+++\n",
            n % 4, n % 3, n % 6
        ));
        text.push_str(&format!(
            "=== content/events/event-{n}.md\n+++\ntitle = \"Event {}\"\nstart = 2026-12-{:02}T19:00:00\nrepeat = {{ every = \"week\", count = 4 }}\ngroups = [\"group-{n}\", \"group-{}\"]\naims = \"aim-{}\"\n+++\n",
            n % 3, n % 3 + 1, (n + 3) % 24, n % 4
        ));
        text.push_str(&format!("=== content/aims/aim-{n}.md\n+++\ntitle = \"Aim {}\"\n+++\n", n % 5));
        if n % 2 == 0 {
            text.push_str(&format!("=== content/news/post-{n}.cy.md\n+++\ntitle = \"Neges {}\"\ndate = 2026-01-01\ntags = [\"t{}\"]\n+++\n", n % 3, n % 5));
        }
    }
    site(&text).now("2026-12-31")
}

#[track_caller]
fn assert_same(a: &Built, b: &Built) {
    assert_eq!(a.paths(), b.paths());
    for (path, bytes) in &a.artifacts {
        if bytes != &b.artifacts[path] {
            let (a, b) = (a.text(path), b.text(path));
            let line = a.lines().zip(b.lines()).position(|(a, b)| a != b);
            panic!("{path} differs at line {line:?}:\n{a}\n-----\n{b}");
        }
    }
    assert_eq!(a.all_reported(), b.all_reported());
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

#[test]
fn the_same_site_gives_the_same_bytes_in_any_order_and_on_any_number_of_threads() {
    let site = everything();
    let first = with_threads(1, || site.build());
    first.clean();
    assert!(first.artifacts.len() > 200, "{}", first.artifacts.len());
    assert_same(&first, &with_threads(4, || site.build()));
    assert_same(&first, &with_threads(3, || site.clone().backwards().build()));
}

#[test]
fn every_mistake_of_every_file_is_reported_at_once_and_in_one_order() {
    let site = site(
        "=== handbill.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\nthme = \"x\" #~ HB0101 ‹thme›\n\
         === content/a.md\n+++\ntitle = \"A\"\ntagz = 1 #~ HB0101 ‹tagz›\n+++\n\
         === content/b.md\n+++\ntitle = \"B\"\n+++\n[x](none.md) #~ HB0401\n\n[y](javascript:x) #~ HB0301\n\n::nothing{} #~ HB0608\n\n<script>x</script> #~ HB0305\n\
         === content/c.md\nNo front matter #~ HB0106\n\
         === content/d.md #~ HB0109\n\
         === content/events/e.md\n+++\ntitle = \"E\"\nstart = 2026-12-01T19:00:00\nduration = \"long\" #~ HB0501\ngroups = \"none\" #~ HB0405\n+++\n\
         === content/events/f.md\n+++\ntitle = \"F\" #~ HB0104 `start`\nvenue = { lat = 100 } #~ HB0103\n+++\n\
         === content/groups/g.md\n+++\ntitle = \"G\"\nparent = \"none\" #~ HB0405\nslug = \"b\"\n+++\n\
         === content/groups/b.md\n+++\ntitle = \"GB\"\n+++\n\
         === content/groups/h.md\n+++\ntitle = \"H\" #~ HB0406\naliases = [\"/one/\"]\npath = \"/b/\" #~ HB0406\n+++\n",
    );
    let built = site.build();
    let codes: Vec<&str> = built.reported().iter().map(|reported| reported.code).collect();
    for code in [
        "HB0101", "HB0103", "HB0104", "HB0106", "HB0109", "HB0301", "HB0305", "HB0401", "HB0405", "HB0406", "HB0501",
        "HB0608",
    ] {
        assert!(codes.contains(&code), "{code} is not among\n{}", built.all_reported());
    }
    let shown = built.all_reported();
    for _ in 0..3 {
        assert_eq!(site.build().all_reported(), shown);
    }
    assert_eq!(site.clone().backwards().build().all_reported(), shown);
    let places: Vec<(Option<&str>, u32)> = built
        .diagnostics
        .iter()
        .map(|problem| (problem.file.as_deref(), problem.span.map_or(0, |span| span.start)))
        .collect();
    assert!(places.is_sorted(), "{shown}");
}
