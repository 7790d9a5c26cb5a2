//! Content files: what is read, and what is reported.

use crate::support::{check, page, site};

#[test]
fn a_page_comes_out_with_its_title_and_text() {
    let built = check("=== content/about.md\n+++\ntitle = \"About us\"\n+++\nWe are *local*.\n");
    built.has("about/", &["<h1", "About us", "We are <em>local</em>."]);
}

#[test]
fn byte_order_marks_and_windows_line_ends_do_no_harm() {
    let built = site("").file("content/a.md", "\u{feff}+++\r\ntitle = \"A\"\r\n+++\r\nOne\r\n\r\nTwo\r\n").check();
    built.has("a/", &["<p>One</p>", "<p>Two</p>"]);
    let broken = site("").file("content/a.md", "\u{feff}+++\r\ntitle = \"A\"\r\ntagz = 1\r\n+++\r\n").build();
    let reported = &broken.reported()[0];
    assert_eq!((reported.line, reported.column), (3, 1), "{reported}");
    assert!(reported.text.starts_with("‹tagz›"), "{reported}");
}

#[test]
fn files_that_cannot_be_read_as_documents_are_reported() {
    check("=== content/empty.md #~ HB0109");
    check("=== content/plain.md\nJust text. #~ HB0106 ‹Just text.› … title =\n");
    check("=== content/yaml.md\n--- #~ HB0106 ‹---› … title = \"A\"\ntitle: A\n---\nText\n");
    check("=== content/yaml.md\n--- #~ HB0106 ‹---› … replace both --- with +++\n- A\n---\nText\n");
    check("=== content/open.md\n+++ #~ HB0107 ‹+++› … second line with only +++\ntitle = \"A\"\n\nText\n");
    check("=== content/more.md\n+++toml #~ HB0106 ‹+++toml› … holds only +++\ntitle = \"A\"\n+++\n");
    let built = site("").file("content/latin.md", b"+++\ntitle = \"Caf\xe9\"\n+++\n".as_slice()).build();
    let reported = built.reported();
    assert_eq!((reported.len(), reported[0].code), (1, "HB0108"), "{reported:?}");
    assert!(reported[0].text.contains("line 2, column 13"), "{}", reported[0]);
}

#[test]
fn plus_signs_inside_the_text_end_nothing() {
    page("content/a.md", "Before\n\n+++\n\nAfter\n").check().has("a/", &["Before", "+++", "After"]);
}

#[test]
fn dates_are_native_or_quoted_and_must_exist() {
    for date in ["2026-03-01", "\"2026-03-01\"", "2026-03-01T00:00:00Z", "\"2026-03-01 00:00\""] {
        let text = format!("=== content/news/a.md\n+++\ntitle = \"A\"\ndate = {date}\n+++\n");
        check(&text).has("news/a/", &["1 March 2026"]);
    }
    check(
        "=== content/news/a.md\n+++\ntitle = \"A\"\ndate = \"2026-02-30\" #~ HB0103 ‹\"2026-02-30\"› … not a date that exists\n\
         updated = \"1 March 2026\" #~ HB0103 … year first\npublish_from = 7 #~ HB0102 ‹7› expected a date\n+++\n",
    );
    check(
        "=== content/news/a.md\n+++\ntitle = \"A\"\ndate = 2026-02-30 #~ HB0105 ‹2026-02-30› … a day that exists\n+++\n",
    );
}

#[test]
fn each_kind_asks_for_its_own_keys() {
    check("=== content/a.md\n+++\nweight = 1 #~ HB0104 `title` is missing\n+++\n");
    check("=== content/events/a.md\n+++\ntitle = \"A\" #~ HB0104 `start` is missing\n+++\n");
    check("=== content/actions/a.md\n+++\ntitle = \"A\" #~ HB0104 `ask` is missing\n+++\n");
    check("=== content/a.md\n+++\ntitle = \" \" #~ HB0103 the title is empty\n+++\n");
    for kind in ["aims", "statements", "groups", "news"] {
        check(&format!("=== content/{kind}/a.md\n+++\ntitle = \"A\"\n+++\n"));
    }
}

#[test]
fn a_key_of_another_kind_says_whose_it_is() {
    check(
        "=== content/news/a.md\n+++\ntitle = \"A\"\n\
         start = 2026-12-01 #~ HB0101 ‹start› `start` is a key of the kind \"event\"; this is \"post\" … content/events/\n+++\n",
    );
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\npaginate = 3 #~ HB0101 ‹paginate› … _index.md\n+++\n\
         === content/b.md\n+++\ntitle = \"B\"\nown = 3 #~ HB0101 … [extra]\n+++\n",
    );
}

#[test]
fn a_kind_can_be_chosen_and_must_be_one() {
    let built = check(
        "=== content/about/founded.md\n+++\ntitle = \"Founding\"\nkind = \"event\"\nstart = 2026-12-01T19:00:00\n+++\n",
    );
    built.has("about/founded/", &["1 December 2026"]);
    check("=== content/a.md\n+++\ntitle = \"A\"\nkind = \"evnt\" #~ HB0103 ‹\"evnt\"› … did you mean \"event\"\n+++\n");
}

#[test]
fn the_home_page_and_sections_have_their_own_file_name() {
    check("=== content/index.md\n+++\ntitle = \"Home\" #~ HB0407 … rename the file to _index.md\n+++\n");
    check("=== content/x/_index.md\n+++\ntitle = \"X\"\nkind = \"event\" #~ HB0103 ‹\"event\"›\n+++\n");
    check("=== content/x/_index.md\n+++\ntitle = \"X\"\nkind = \"section\"\n+++\n");
}

#[test]
fn mistakes_inside_tables_and_lists_stand_at_their_place() {
    check(
        "=== content/groups/a.md\n+++\ntitle = \"A\"\nstatus = \"activ\" #~ HB0103 ‹\"activ\"› … did you mean \"active\"\n\
         location = { lat = 91.0, lon = \"x\" } #~ HB0103 ‹91.0› … degrees #~ HB0102 ‹\"x\"› expected a number\n\
         contact = { email = \"nobody\", tel = \"1\" } #~ HB0103 ‹\"nobody\"› #~ HB0101 ‹tel›\n\
         covers = \"LS1\" #~ HB0102 ‹\"LS1\"› … square brackets\n+++\n",
    );
    check(
        "=== content/a.md\n+++\ntitle = \"A\"\nimage = { src = \"https://example.com/x.png\" } #~ HB0104 `alt` is missing\n\
         related = [{ title = \"B\", url = \"javascript:alert(1)\" }] #~ HB0103 ‹\"javascript:alert(1)\"›\n+++\n",
    );
}

#[test]
fn taxonomies_are_declared() {
    let text =
        "=== content/news/a.md\n+++\ntitle = \"A\"\ntags = [\"fares\"]\nplaces = [\"Leeds\"] #~ HB0101 ‹places›\n+++\n";
    check(text);
    let built =
        site(&text.replace(" #~ HB0101 ‹places›", "")).config("[taxonomies.places]\ntitle = \"Places\"").check();
    built.has("places/leeds/", &["Leeds", "/news/a/"]).has("tags/fares/", &["/news/a/"]);
}

#[test]
fn a_language_in_a_file_name_must_be_set_up() {
    check(
        "=== content/a.cy.md #~ HB0111 the language \"cy\" is not set up … [languages.cy]\n+++\ntitle = \"A\"\n+++\n",
    );
    let built = site("=== content/a.cy.md\n+++\ntitle = \"Helo\"\n+++\n").config("[languages.cy]").check();
    built.has("cy/a/", &["Helo", "lang=\"cy\""]);
    // A name with a dot is no language.
    check("=== content/version-2.0.md\n+++\ntitle = \"Two\"\n+++\n").has("version-2.0/", &["Two"]);
}

#[test]
fn signatories_are_read_from_a_file_with_any_separator() {
    for separator in [",", ";", "\t"] {
        let csv = "name,role,consent,founder,withdrawn\nAnn Hughes,Driver,yes,,\nBob Rees,Nurse,no,,\nCai Penri,,2026-01-02,x,\nDee Lloyd,,yes,,yes\n"
            .replace(',', separator);
        let built = site("=== content/statements/s/index.md\n+++\ntitle = \"S\"\nsignatories = \"people.csv\"\n+++\n")
            .file("content/statements/s/people.csv", csv)
            .build();
        let reported = built.reported();
        assert_eq!(reported.len(), 1, "{}", built.all_reported());
        assert_eq!((reported[0].code, reported[0].line), ("HB0113", 3));
        built.in_order("statements/s/", &["Cai Penri", "Ann Hughes", "Driver"]).nowhere(&["Bob Rees", "Dee Lloyd"]);
    }
    check("=== content/statements/s.md\n+++\ntitle = \"S\"\nsignatories = \"no.csv\" #~ HB0112 ‹\"no.csv\"›\n+++\n");
    check(
        "=== content/statements/s.md\n+++\ntitle = \"S\"\nsignatories = \"s.csv\"\n+++\n\
         === content/statements/s.csv\nname,rolle,consent #~ HB0101 … did you mean `role`\n\
         Ann,x,perhaps #~ HB0103 … neither yes nor no #~ HB0113\nBob,a,yes,more #~ HB0103 … 4 cells\n",
    );
}

#[test]
fn an_answer_to_a_comment_names_one_that_is_there() {
    check(
        "=== content/news/a.md\n+++\ntitle = \"A\"\n[[comments]]\nauthor = \"Ann\"\nid = \"c1\"\ntext = \"One\"\n\
         [[comments]]\nauthor = \"Bob\"\ntext = \"Two\"\nreply_to = \"c2\" #~ HB0405 ‹\"c2\"› … did you mean \"c1\"\n+++\n",
    );
}
