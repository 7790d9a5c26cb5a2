use crate::diagnostic::did_you_mean;

#[test]
fn the_nearest_candidate_is_meant_if_it_is_near_enough() {
    let keys = ["title", "time", "date", "description", "expires", "online", "id"];
    let check = |written: &str, expected: Option<&str>| {
        assert_eq!(did_you_mean(written, keys), expected, "{written}");
    };
    check("tiem", Some("time"));
    check("titel", Some("title"));
    check("Title", Some("title"));
    check("TIME", Some("time"));
    check("discription", Some("description"));
    check("expire", Some("expires"));
    check("onlnie", Some("online"));
    check("colour", None);
    check("", None);
    check("x", None);
    check("日本語", None);
}

#[test]
fn the_order_of_the_candidates_makes_no_difference() {
    assert_eq!(did_you_mean("bat", ["cat", "bar"]), did_you_mean("bat", ["bar", "cat"]));
    assert_eq!(did_you_mean("anything", []), None);
}
