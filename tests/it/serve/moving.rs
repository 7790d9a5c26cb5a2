//! The path of the base URL changes while the site is served.

use super::client::Site;

#[test]
fn another_path_of_the_base_url_is_told_and_the_old_one_leads_to_it() {
    let site = Site::new("https://example.org/lido/").served();
    assert_eq!(site.get("/lido/about/").status, 200);
    site.write("handbill.toml", "title = \"Test\"\nbase_url = \"https://example.org/pool/\"\n");
    let about = site.wait_for("/lido/about/", |reply| reply.status == 302);
    assert_eq!(about.header("location"), "/pool/about/");
    assert_eq!(site.get("/lido/about").header("location"), "/pool/about/");
    assert_eq!(site.get("/lido/").header("location"), "/pool/");
    assert_eq!(site.get("/lido/nothing/").status, 404);
    let port = site.port();
    site.wait_told(&format!("moved to http://127.0.0.1:{port}/pool/"));
    // To the top, and back below a path.
    site.write("handbill.toml", "title = \"Test\"\nbase_url = \"https://example.org/\"\n");
    let about = site.wait_for("/pool/about/", |reply| reply.status == 302);
    assert_eq!(about.header("location"), "/about/");
    assert_eq!(site.get("/lido/about/").header("location"), "/about/", "the one before leads there, too");
    site.write("handbill.toml", "title = \"Test\"\nbase_url = \"https://example.org/lido/\"\n");
    let about = site.wait_for("/about/", |reply| reply.status == 302);
    assert_eq!(about.header("location"), "/lido/about/");
    assert_eq!(site.get("/lido/about/").status, 200);
}

#[test]
fn open_tabs_follow_to_the_new_path() {
    let site = Site::new("https://example.org/lido/").served();
    let mut tab = site.tab("/lido/about/");
    assert_eq!(tab.next_of("problems")["errors"], 0);
    site.write("handbill.toml", "title = \"Test\"\nbase_url = \"https://example.org/pool/\"\n");
    assert_eq!(tab.next_of("moved")["url"], "/pool/about/");
}

#[test]
fn a_configuration_that_is_mended_tells_where_the_site_is() {
    let site = Site::new("https://example.org/");
    site.write("handbill.toml", "title = ");
    let site = site.served();
    assert_eq!(site.serving().url, format!("http://127.0.0.1:{}/", site.port()));
    let mut tab = site.tab("/");
    site.write("handbill.toml", "title = \"Test\"\nbase_url = \"https://example.org/lido/\"\n");
    assert_eq!(tab.next_of("moved")["url"], "/lido/");
    site.wait_told(&format!("moved to http://127.0.0.1:{}/lido/", site.port()));
}
