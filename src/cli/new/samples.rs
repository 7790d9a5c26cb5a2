//! Sample values of keys: what an editor changes, in the form that the key takes.

use super::front_matter::Facts;
use crate::decode::Field;
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
    ("capacity", "60"),
    ("cost", "\"Free\""),
    ("duration", "\"2h\""),
    ("every", "\"month\""),
    ("lat", "51.5"),
    ("languages", "[\"en\"]"),
    ("lon", "-0.12"),
    ("menu", "\"main\""),
    ("on", "\"first thursday\""),
    ("path", "\"/about/history/\""),
    ("aliases", "[\"/old/address/\"]"),
    ("rrule", "\"FREQ=MONTHLY;BYDAY=1TH\""),
    ("rsvp", "\"https://example.org/come\""),
    ("signatories", "[{ name = \"\", role = \"\", place = \"\", consent = true }]"),
    ("slug", "\"short-name\""),
    ("template", "\"page.html\""),
    ("page_template", "\"page.html\""),
    ("timezone", "\"Europe/London\""),
    ("uid", "\"\""),
    ("links", "[{ name = \"\", url = \"https://example.org/\" }]"),
];

/// Keys with tables of their own that are written as lists of tables.
fn is_list(field: &Field) -> bool {
    field.expects.starts_with("a list")
}

/// What stands for a key in the file.
pub fn of(field: &Field, facts: &Facts) -> Sample {
    if telling(field.name).is_some() {
        return Sample::Value(value(field, facts));
    }
    match field.fields {
        Some(fields) => {
            let head = if is_list(field) { format!("[[{}]]", field.name) } else { format!("[{}]", field.name) };
            let keys = fields.iter().map(|field| (field.name, value(field, facts), field.meaning())).collect();
            Sample::Table { head, keys }
        }
        None if field.expects == "any value" => Sample::Table { head: format!("[{}]", field.name), keys: Vec::new() },
        None => Sample::Value(value(field, facts)),
    }
}

fn telling(name: &str) -> Option<&'static str> {
    TELLING.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
}

/// A value that the key takes, as TOML.
pub fn value(field: &Field, facts: &Facts) -> String {
    if let Some(value) = telling(field.name) {
        return value.to_owned();
    }
    if let Some(fields) = field.fields {
        let inner: Vec<String> =
            fields.iter().take(2).map(|field| format!("{} = {}", field.name, value(field, facts))).collect();
        let table = format!("{{ {} }}", inner.join(", "));
        return if is_list(field) { format!("[{table}]") } else { table };
    }
    let expects = field.expects;
    match expects {
        "true or false" => "true".to_owned(),
        "a whole number" => "1".to_owned(),
        "a number" | "a number of degrees" => "0.0".to_owned(),
        "a web address" => "\"https://example.org/\"".to_owned(),
        "an e-mail address" => "\"name@example.org\"".to_owned(),
        _ if expects.starts_with("a date") => date(field.name, facts),
        _ if expects.starts_with("one of: ") => {
            let first = expects.trim_start_matches("one of: ").split(',').next().unwrap_or("");
            format!("\"{first}\"")
        }
        _ if expects.starts_with("a list") || expects.starts_with("one value or a list") => "[]".to_owned(),
        _ => "\"\"".to_owned(),
    }
}

/// What is over comes before today, what is to come after it.
fn date(name: &str, facts: &Facts) -> String {
    match name {
        "start" | "end" if facts.kind == crate::content::Kind::Event => facts.start.clone(),
        "date" | "updated" | "previous_start" => facts.today.to_string(),
        _ => facts.today.checked_add(1.month()).unwrap_or(facts.today).to_string(),
    }
}
