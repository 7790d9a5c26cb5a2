//! Random rules against what python-dateutil gives for them (`tests/data/recurrence/generate.py`).

use jiff::civil::DateTime;

use super::*;

fn compact(text: &str) -> DateTime {
    DateTime::strptime("%Y%m%dT%H%M%S", text).expect("a compact time")
}

#[test]
fn random_rules_give_the_times_that_dateutil_gives() {
    let data = include_str!("../../../tests/data/recurrence/dateutil.json");
    let rows: Vec<(String, String, String)> = serde_json::from_str(data).expect("rows of three texts");
    assert!(rows.len() >= 400);
    let mut wrong = Vec::new();
    for (start, rule, times) in &rows {
        let expected: Vec<DateTime> = times.split_whitespace().map(compact).collect();
        let made = schedule(with_rule(&compact(start).to_string(), "UTC", rule));
        let found = local_starts(made.occurrences().take(8));
        if found != expected {
            wrong.push(format!("{start} {rule}\n  expected {expected:?}\n  found    {found:?}"));
        }
        // The canonical text is the same rule, and a walk that jumps into the series meets the same times.
        let again = schedule(with_rule(&compact(start).to_string(), "UTC", &made.rrule().unwrap_or_default()));
        assert_eq!(local_starts(again.occurrences().take(8)), found, "{rule}");
        if let (Some(third), Some(last)) = (found.get(2), found.last()) {
            let at = |time: &DateTime| made.zone().to_timestamp(*time).expect("an instant");
            let window = made.occurrences_in(at(third), at(last), 100);
            assert_eq!(local_starts(window.list), found[2..found.len() - 1].to_vec(), "{rule}");
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
