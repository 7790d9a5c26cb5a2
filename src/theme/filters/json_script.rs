use super::FilterSpec;
use crate::theme::functions::Caller;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FilterSpec = FilterSpec {
    name: "json_script",
    args: &[],
    meaning: "A value as JSON that is safe inside a <script> element, whatever the texts in it hold. Keys whose value is \
              none are left out.",
    example: "<script type=\"application/ld+json\">{{ data | json_script }}</script>",
    remembered: false,
    call,
};

fn call(_: Caller<'_>, value: &Value, _: &Kwargs) -> TeraResult<Value> {
    let mut json = serde_json::to_value(value).map_err(|error| Error::message(error.to_string()))?;
    remove_nulls(&mut json);
    Ok(Value::safe_string(&escaped(&json.to_string())))
}

fn remove_nulls(json: &mut serde_json::Value) {
    match json {
        serde_json::Value::Object(entries) => {
            entries.retain(|_, value| !value.is_null());
            entries.values_mut().for_each(remove_nulls);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(remove_nulls),
        _ => {}
    }
}

/// Escapes what could end the element or begin a comment, and what older scripts take for an end of line.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_text_leaves_the_script_element() {
        let json = serde_json::json!({ "name": "</script><!-- \u{2028} &" }).to_string();
        let escaped = super::escaped(&json);
        assert!(!escaped.contains(['<', '>', '&', '\u{2028}']), "{escaped}");
        let back: serde_json::Value = serde_json::from_str(&escaped).unwrap();
        assert_eq!(back["name"], "</script><!-- \u{2028} &");
    }
}
