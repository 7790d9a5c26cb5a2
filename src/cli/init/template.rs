//! The files of a new site. Each is a file in the folder `template` with a few marks in it:
//!
//! - `{{toml title}}`: an answer, as a TOML text;
//! - `{{day -6}}`: the date so many days from today;
//! - `{{saturday 12}}`: the first Saturday so many days from today, or after;
//! - `{{first thursday}}`: the next first Thursday of a month.

use super::answers::Answers;
use crate::calendar::weekday_named;
use crate::cli::new_file::quoted;
use include_dir::{Dir, include_dir};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

static TEMPLATE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/template");

/// The paths of the files, sorted.
pub fn paths() -> Vec<String> {
    let mut found = Vec::new();
    collect(&TEMPLATE, &mut found);
    let mut paths: Vec<String> = found.into_iter().map(|(path, _)| path).collect();
    paths.sort();
    paths
}

/// The files, sorted by path, with their texts.
pub fn files(answers: &Answers, today: Date) -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&TEMPLATE, &mut found);
    let mut files: Vec<(String, String)> =
        found.into_iter().map(|(path, text)| (path, filled(text, answers, today))).collect();
    files.sort();
    files
}

fn collect(folder: &'static Dir<'static>, found: &mut Vec<(String, &'static str)>) {
    for file in folder.files() {
        let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) else { continue };
        // Under its own name it would hold in this repository too.
        let path = if path == "gitignore" { ".gitignore".to_owned() } else { path.replace('\\', "/") };
        found.push((path, text));
    }
    folder.dirs().for_each(|below| collect(below, found));
}

fn filled(text: &str, answers: &Answers, today: Date) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((mark, after)) = after.split_once("}}") else { break };
        result.push_str(before);
        result.push_str(&meant(mark, answers, today).unwrap_or_else(|| format!("{{{{{mark}}}}}")));
        rest = after;
    }
    result.push_str(rest);
    result
}

fn meant(mark: &str, answers: &Answers, today: Date) -> Option<String> {
    let (word, argument) = mark.split_once(' ')?;
    match (word, argument) {
        ("toml", "title") => Some(quoted(&answers.title)),
        ("toml", "base_url") => Some(quoted(&answers.base_url)),
        ("toml", "language") => Some(quoted(&answers.language)),
        ("toml", "timezone") => Some(quoted(&answers.timezone)),
        ("day", days) => Some(today.checked_add(days.parse::<i64>().ok()?.days()).ok()?.to_string()),
        ("first", weekday) => Some(next_first(today, weekday_named(weekday)?)?.to_string()),
        (weekday, days) => {
            let from = today.checked_add(days.parse::<i64>().ok()?.days()).ok()?;
            Some(on_or_after(from, weekday_named(weekday)?)?.to_string())
        }
    }
}

fn on_or_after(date: Date, weekday: Weekday) -> Option<Date> {
    date.yesterday().ok()?.nth_weekday(1, weekday).ok()
}

/// The next first such weekday of a month, tomorrow at the earliest: today's may be over.
fn next_first(today: Date, weekday: Weekday) -> Option<Date> {
    let here = today.nth_weekday_of_month(1, weekday).ok()?;
    if here > today {
        return Some(here);
    }
    today.first_of_month().checked_add(1.month()).ok()?.nth_weekday_of_month(1, weekday).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers() -> Answers {
        Answers {
            title: "Our \"own\" \\ campaign".to_owned(),
            base_url: "https://example.org/".to_owned(),
            language: "en".to_owned(),
            timezone: "UTC".to_owned(),
        }
    }

    #[test]
    fn marks_become_dates_around_today() {
        let check = |today: &str, mark: &str, expected: &str| {
            assert_eq!(filled(mark, &answers(), today.parse().unwrap()), expected, "{mark} on {today}");
        };
        check("2026-06-04", "{{day -6}}T", "2026-05-29T");
        check("2026-06-04", "{{saturday 2}}", "2026-06-06");
        check("2026-06-04", "{{saturday 3}}", "2026-06-13");
        check("2026-06-03", "{{first thursday}}", "2026-06-04");
        check("2026-06-04", "{{first thursday}}", "2026-07-02");
        check("2026-12-31", "{{first thursday}}", "2027-01-07");
    }

    #[test]
    fn every_mark_is_understood_and_every_configuration_can_be_read() {
        let files = files(&answers(), "2026-06-04".parse().unwrap());
        for (path, text) in &files {
            assert!(!text.contains("{{"), "{path}");
        }
        let (_, configuration) = files.iter().find(|(path, _)| path == "handbill.toml").unwrap();
        let table: toml::Table = configuration.parse().unwrap();
        assert_eq!(table["title"].as_str(), Some("Our \"own\" \\ campaign"));
    }
}
