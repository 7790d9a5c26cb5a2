//! Sample values of keys: what an editor changes, in the form that the key takes.

use super::front_matter::Facts;
use crate::cli::new_file::quoted;
use crate::decode::{Field, Shape};
use jiff::ToSpan;

/// How a key is shown.
pub enum Sample {
    /// `key = value`, on a line.
    Value(String),
    /// A table, or one of several, with its keys on lines of their own: key, value, meaning.
    Table { head: String, keys: Vec<(&'static str, String, String)> },
}

/// Values that say more than an empty one of the right type.
const TELLING: &[(&str, &str)] = &[
    ("aliases", "[\"/old/address/\"]"),
    ("capacity", "60"),
    ("cost", "\"Free\""),
    ("count", "10"),
    ("duration", "\"2h\""),
    ("every", "\"month\""),
    ("lat", "51.5"),
    ("links", "[{ name = \"\", url = \"https://example.org/\" }]"),
    ("lon", "-0.12"),
    ("menu", "\"main\""),
    ("on", "\"first thursday\""),
    ("paginate", "20"),
    ("path", "\"/about/history/\""),
    ("related", "[\"@/about.md\"]"),
    ("rrule", "\"FREQ=MONTHLY;BYDAY=1TH\""),
    ("rsvp", "\"https://example.org/come\""),
    ("series", "\"How we counted\""),
    ("signatories", "[{ name = \"\", role = \"\", place = \"\", consent = true }]"),
    ("slug", "\"short-name\""),
    ("tables", "[\"groups.csv\"]"),
    ("weight", "10"),
];

fn telling(name: &str, facts: &Facts) -> Option<String> {
    let own = match name {
        "languages" => format!("[{}]", quoted(&facts.language)),
        "timezone" => quoted(&facts.timezone),
        "template" => quoted(&format!("{}.html", facts.kind.word())),
        "page_template" => quoted("page.html"),
        _ => TELLING.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())?,
    };
    Some(own)
}

fn is_list(field: &Field) -> bool {
    field.shape == Shape::List || field.expects.starts_with("a list")
}

/// What stands for a key in the file.
pub fn of(field: &'static Field, facts: &Facts) -> Sample {
    if telling(field.name, facts).is_some() {
        return Sample::Value(value(field, None, facts));
    }
    match field.fields {
        Some(fields) => {
            let head = if is_list(field) { format!("[[{}]]", field.name) } else { format!("[{}]", field.name) };
            let inner = |key: &'static Field| (key.name, value(key, Some(field.name), facts), key.meaning());
            Sample::Table { head, keys: fields.iter().map(inner).collect() }
        }
        None if field.expects == "any value" => Sample::Table { head: format!("[{}]", field.name), keys: Vec::new() },
        None => Sample::Value(value(field, None, facts)),
    }
}

/// A value that the key takes, as TOML. `table` is the one that the key stands in.
pub fn value(field: &Field, table: Option<&str>, facts: &Facts) -> String {
    if let Some(value) = telling(field.name, facts) {
        return value;
    }
    let single = match field.fields {
        Some(fields) => {
            let inner = |key: &Field| format!("{} = {}", key.name, value(key, Some(field.name), facts));
            let inner: Vec<String> = fields.iter().take(2).map(inner).collect();
            format!("{{ {} }}", inner.join(", "))
        }
        None => of_type(field, table, facts),
    };
    match (is_list(field), single.as_str()) {
        (true, "\"\"" | "[]") => "[]".to_owned(),
        (true, _) => format!("[{single}]"),
        (false, _) => single,
    }
}

fn of_type(field: &Field, table: Option<&str>, facts: &Facts) -> String {
    let expects = field.expects;
    match expects {
        "true or false" => "true".to_owned(),
        "a whole number" => "1".to_owned(),
        "a number" | "a number of degrees" => "0.0".to_owned(),
        "a web address" => quoted("https://example.org/"),
        "an e-mail address" => quoted("name@example.org"),
        _ if expects.starts_with("a date") => date(field.name, table, facts),
        _ if expects.starts_with("one of: ") => {
            quoted(expects.trim_start_matches("one of: ").split(',').next().unwrap_or(""))
        }
        _ if expects.starts_with("a list") || expects.starts_with("one value or a list") => "[]".to_owned(),
        _ => quoted(""),
    }
}

/// What is over comes before today, what is to come after it.
fn date(name: &str, table: Option<&str>, facts: &Facts) -> String {
    match (name, table) {
        ("date" | "start", Some("change")) | ("start", _) => facts.start.clone(),
        ("end", _) => facts.end.clone(),
        ("date" | "updated" | "previous_start", _) => facts.today.to_string(),
        _ => facts.today.checked_add(1.month()).unwrap_or(facts.today).to_string(),
    }
}
