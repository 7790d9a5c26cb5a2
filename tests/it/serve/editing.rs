//! An editor saves, and open pages follow.

use super::client::{Reply, Site};

const BROKEN: &str = "+++\ntitle = \"First\n+++\nBroken.\n";

#[test]
fn a_saved_file_is_seen() {
    let site = Site::new("https://example.org/").served();
    let mut tab = site.tab("/news/first/");
    assert_eq!(tab.next_of("problems")["errors"], 0);
    site.replace("content/news/first.md", "Old words", "New words");
    let version = tab.next_of("page")["version"].clone();
    let page = site.get("/news/first/");
    assert!(page.has("New words"));
    assert_eq!(page.attribute("data-handbill-version"), version);
    assert_eq!(page.attribute("data-handbill-source"), "content/news/first.md");
}

#[test]
fn a_saved_table_is_seen_and_so_are_its_mistakes() {
    let site = Site::new("https://example.org/").served();
    site.write("content/groups/groups.csv", "title,body\nLeeds,Old words\nYork,\n");
    site.write("content/groups/_index.md", "+++\ntitle = \"Groups\"\ntables = [\"groups.csv\"]\n+++\n");
    site.wait_for("/groups/leeds/", |page| page.has("Old words"));
    let page = site.get("/groups/leeds/");
    assert_eq!(page.attribute("data-handbill-source"), "content/groups/groups.csv, row 2");
    let mut tab = site.tab("/groups/leeds/");
    site.write("content/groups/groups.csv", "title,body\nLeeds,New words\nHull,\n");
    tab.next_of("page");
    assert!(site.get("/groups/leeds/").has("New words"));
    assert_eq!((site.get("/groups/york/").status, site.get("/groups/hull/").status), (404, 200));
    site.write("content/groups/groups.csv", "title,body,draft\nLeeds,New words,perhaps\nHull,,\n");
    let told = tab.mistakes(1, "content/groups/groups.csv:2:");
    assert!(told.contains("row 2, column C (draft)"), "{told}");
    assert!(site.get("/groups/leeds/").has("New words"));
}

#[test]
fn saved_data_is_seen() {
    let site = Site::new("https://example.org/").served();
    site.write("data/fares.csv", "adult\n2.50\n");
    site.write(
        "templates/page.html",
        "<html><body>{% for row in data(name=\"fares\") %}<p>Fare {{ row.adult }}</p>{% endfor %}</body></html>\n",
    );
    site.wait_for("/about/", |page| page.has("Fare 2.50"));
    site.write("data/fares.csv", "adult\n2.80\n");
    site.wait_for("/about/", |page| page.has("Fare 2.80"));
    let mut tab = site.tab("/about/");
    site.write("data/fares.csv", "adult,adult\n2.80\n");
    tab.mistakes(1, "data/fares.csv:1:");
    site.write("data/fares.csv", "adult\n3.00\n");
    tab.mistakes(0, "");
    assert!(site.get("/about/").has("Fare 3.00"));
}

#[test]
fn only_tabs_whose_page_changed_are_told() {
    let mut site = Site::new("https://example.org/").served();
    let (mut first, mut about) = (site.tab("/news/first/"), site.tab("/about/"));
    site.replace("content/news/first.md", "Old words", "New words");
    first.next_of("page");
    site.stop();
    let heard: Vec<String> = std::iter::from_fn(|| about.next()).map(|(name, _)| name).collect();
    assert_eq!(heard, ["problems"]);
}

#[test]
fn files_that_come_and_go_are_pages_that_come_and_go() {
    let site = Site::new("https://example.org/").served();
    assert_eq!(site.get("/news/third/").status, 404);
    let mut tab = site.tab("/news/third/");
    site.write("content/news/third.md", "+++\ntitle = \"Third\"\ndate = 2026-01-03\n+++\nText.\n");
    tab.next_of("page");
    assert_eq!(site.get("/news/third/").status, 200);
    std::fs::remove_file(site.path("content/news/third.md")).unwrap();
    tab.next_of("page");
    assert_eq!(site.get("/news/third/").status, 404);
}

#[test]
fn the_last_good_page_stays_while_its_file_has_mistakes() {
    let site = Site::new("https://example.org/").served();
    let mut tab = site.tab("/news/first/");
    tab.next_of("problems");
    let text = std::fs::read_to_string(site.path("content/news/first.md")).unwrap();
    site.write("content/news/first.md", BROKEN);
    let told = tab.mistakes(1, "content/news/first.md:2:");
    assert!(told.contains('^') && told.contains("error["), "{told}");
    let page = site.get("/news/first/");
    assert!(page.status == 200 && page.has("Old words"), "{}", page.text());
    // Others can be written meanwhile.
    site.replace("content/about.md", "About us", "About you");
    site.wait_for("/about/", |page| page.has("About you"));
    site.write("content/news/first.md", text.replace("Old", "New"));
    tab.mistakes(0, "");
    assert!(site.get("/news/first/").has("New words"));
}

#[test]
fn a_page_that_was_never_good_appears_when_it_is_mended() {
    let site = Site::new("https://example.org/");
    site.write("content/news/first.md", BROKEN);
    let site = site.served();
    let page = site.get("/news/first/");
    assert_eq!(page.status, 500);
    assert!(page.has("content/news/first.md:2:") && page.has("error["), "{}", page.text());
    let mut tab = site.tab("/news/first/");
    site.write("content/news/first.md", "+++\ntitle = \"First\"\ndate = 2026-01-01\n+++\nMended.\n");
    tab.next_of("page");
    site.wait_for("/news/first/", |page| page.has("Mended."));
}

#[track_caller]
fn check_breaks_and_mends(path: &str, good: &str, broken: &str) {
    let site = Site::new("https://example.org/");
    site.write(path, good);
    let site = site.served();
    let mut tab = site.tab("/about/");
    assert_eq!(tab.next_of("problems")["errors"], 0);
    site.write(path, broken);
    tab.mistakes(1, path);
    let page = site.get("/about/");
    assert!(page.status == 200 && page.has("About us."), "{} {}", page.status, page.text());
    site.write(path, good);
    tab.mistakes(0, "");
    assert!(site.get("/about/").has("About us."));
}

const CONFIG: &str = "title = \"Test\"\nbase_url = \"https://example.org/\"\n";

#[test]
fn broken_templates_themes_and_configurations_keep_the_last_good_page() {
    let page = "<!doctype html><title>x</title>{{ page.title }}{{ page.content | safe }}";
    check_breaks_and_mends("templates/page.html", page, "{% if %}");
    check_breaks_and_mends("templates/page.html", page, "{{ page.nothing.at.all }}");
    check_breaks_and_mends("handbill.toml", CONFIG, "title = ");
    check_breaks_and_mends("handbill.toml", CONFIG, &format!("{CONFIG}theme = \"nowhere\"\n"));
}

#[test]
fn a_site_that_cannot_be_shown_at_all_appears_when_it_is_mended() {
    let site = Site::new("https://example.org/");
    site.write("handbill.toml", "title = ");
    let site = site.served();
    let page = site.get("/about/");
    assert!(page.status == 500 && page.has("handbill.toml:1:") && !page.has("About us"), "{}", page.text());
    assert_eq!(site.get("/_handbill/").status, 200);
    let mut tab = site.tab("/about/");
    site.write("handbill.toml", CONFIG);
    tab.next_of("page");
    site.wait_for("/about/", |page| page.has("About us."));
}

#[test]
fn a_configuration_that_cannot_be_read_is_the_only_mistake() {
    let site = Site::new("https://example.org/");
    let config = format!("{CONFIG}[languages.cy]\ntitle = \"Prawf\"\n");
    site.write("handbill.toml", &config);
    site.write("content/about.cy.md", "+++\ntitle = \"Amdanom\"\n+++\nNi.\n");
    let site = site.served();
    let mut tab = site.tab("/about/");
    assert_eq!(tab.next_of("problems")["errors"], 0);
    site.write("handbill.toml", format!("x\n{config}"));
    let told = tab.mistakes(1, "handbill.toml:1:");
    assert!(!told.contains("about.cy.md"), "{told}");
    site.write("handbill.toml", &config);
    tab.mistakes(0, "");
}

#[test]
fn mistakes_of_pages_that_nobody_has_open_are_told() {
    let site = Site::new("https://example.org/");
    site.write("templates/post.html", "{{ page.title }}");
    let site = site.served();
    let mut tab = site.tab("/about/");
    site.write("templates/post.html", "{{ page.nothing.at.all }}");
    tab.mistakes(1, "templates/post.html");
}

#[test]
fn a_changed_style_sheet_is_swapped() {
    let site = Site::new("https://example.org/");
    site.write("static/own.css", "p { color: red }");
    site.write(
        "templates/page.html",
        "<!doctype html><title>x</title><link rel=\"stylesheet\" href=\"{{ asset(path=\"own.css\") }}\">{{ page.content | safe }}",
    );
    let site = site.served();
    let mut tab = site.tab("/about/");
    tab.next_of("problems");
    site.write("static/own.css", "p { color: green }");
    let (name, data) = tab.next().unwrap();
    assert_eq!(name, "styles", "{data}");
    let href = data["hrefs"][0].as_str().unwrap();
    assert!(site.get("/about/").has(href), "{href}");
    assert!(site.get(href).has("green"));
}

#[test]
fn a_changed_file_is_told_by_its_address() {
    let site = Site::new("https://example.org/").served();
    let mut tab = site.tab("/about/");
    site.get("/notes.txt?v=1");
    site.write("static/notes.txt", "changed words");
    assert_eq!(tab.next_of("files")["paths"], serde_json::json!(["/notes.txt"]));
    assert_eq!(site.get("/notes.txt").text(), "changed words");
}

#[test]
fn a_tab_that_was_away_is_told_what_it_missed() {
    let mut site = Site::new("https://example.org/").served();
    let before: Reply = site.get("/news/first/");
    let (version, seen) = (before.attribute("data-handbill-version"), before.attribute("data-handbill-seen"));
    site.stop();
    site.replace("content/news/first.md", "Old words", "New words");
    let site = site.served();
    site.tab_of("/news/first/", &version, &seen).next_of("page");
    // And nothing when it missed nothing.
    let mut about = site.tab("/about/");
    assert_eq!(about.next().map(|(name, _)| name).as_deref(), Some("problems"));
}

#[test]
fn the_tab_opened_last_follows_the_editor() {
    let site = Site::new("https://example.org/").served_with(|options| options.navigate = true);
    let (mut first, mut last) = (site.tab("/"), site.tab("/about/"));
    first.next_of("problems");
    last.next_of("problems");
    site.replace("content/news/first.md", "Old words", "New words");
    assert_eq!(last.next_of("show")["url"], "/news/first/");
}

#[test]
fn changes_are_found_where_the_system_does_not_tell_of_them() {
    let site = Site::new("https://example.org/").served_with(|options| options.poll = true);
    site.replace("content/news/first.md", "Old words", "New words");
    site.wait_for("/news/first/", |page| page.text().contains("New words"));
}

#[test]
fn what_appears_by_its_date_appears_by_itself() {
    let site = Site::new("https://example.org/");
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(3);
    site.write(
        "content/news/soon.md",
        format!("+++\ntitle = \"Soon\"\npublish_from = {}\n+++\nNow.\n", soon.strftime("%Y-%m-%dT%H:%M:%SZ")),
    );
    let site = site.served_with(|options| {
        options.fixed = false;
        options.build.clock.now = jiff::Timestamp::now();
    });
    assert_eq!(site.get("/news/soon/").status, 404);
    site.wait_for("/news/soon/", |page| page.status == 200);
    assert!(site.told.lock().unwrap().iter().any(|line| line.contains("TimeCame")));
}

#[test]
fn the_page_for_editors_follows_too() {
    let site = Site::new("https://example.org/").served();
    let page = site.get("/_handbill/");
    assert!(page.status == 200 && page.has("content/news/first.md"), "{}", page.text());
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    let mut tab = site.tab("/_handbill/");
    site.replace("content/news/first.md", "title = \"First\"", "title = \"Renamed\"");
    tab.next_of("page");
    assert!(site.get("/_handbill/").has("Renamed"));
    assert_eq!(site.get("/_handbill").header("location"), "/_handbill/");
}
