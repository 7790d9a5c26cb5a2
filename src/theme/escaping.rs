//! How texts are written in files that are no pages, by the ending of their template's name.

use std::io::{self, Write};
use tera::Tera;

/// The form of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escaping {
    /// As the engine does by itself: HTML and XML are escaped, plain text is not.
    OfEngine,
    /// Within the quotation marks of a JSON text.
    Json,
    /// As a field of a table (RFC 4180).
    Csv,
}

impl Escaping {
    /// That of a template, by its name.
    pub fn of(template: &str) -> Self {
        let ending = template.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending {
            "json" | "geojson" | "jsonld" | "webmanifest" => Self::Json,
            "csv" => Self::Csv,
            _ => Self::OfEngine,
        }
    }

    /// The engine with texts written so.
    pub fn applied(self, tera: &Tera) -> Tera {
        let mut tera = tera.clone();
        match self {
            Self::OfEngine => {}
            Self::Json => {
                tera.autoescape_on([".json", ".geojson", ".jsonld", ".webmanifest"]);
                tera.set_escape_fn(json);
            }
            Self::Csv => {
                tera.autoescape_on([".csv"]);
                tera.set_escape_fn(csv);
            }
        }
        tera
    }
}

/// A text as it stands between the quotation marks of a JSON text (RFC 8259, section 7).
pub fn json(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let quoted = serde_json::to_string(text)?;
    out.write_all(quoted.get(1..quoted.len() - 1).unwrap_or_default().as_bytes())
}

/// A text as a field of a table: in quotation marks where it needs them. A text that a spreadsheet would take for a formula
/// is kept from being one by an apostrophe.
pub fn csv(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let formula = is_formula(text);
    let quoted = formula || text.contains([',', ';', '"', '\n', '\r', '\t']) || text.trim() != text;
    if !quoted {
        return out.write_all(text.as_bytes());
    }
    write!(out, "\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

fn is_formula(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('=' | '@' | '\t' | '\r') => true,
        // Numbers, also those of telephones, are none.
        Some('+' | '-') => !chars.all(|c| c.is_ascii_digit() || " ().-/,".contains(c)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{csv, json};

    #[test]
    fn fields_stay_fields() {
        let cases = [
            ("plain", "plain"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            (" a", "\" a\""),
            ("=1+1", "\"'=1+1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("+44 113 496 0000", "+44 113 496 0000"),
            ("-1.5", "-1.5"),
            ("-cmd|x", "\"'-cmd|x\""),
        ];
        for (text, expected) in cases {
            let mut out = Vec::new();
            csv(text, &mut out).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    #[test]
    fn texts_stay_texts() {
        let mut out = Vec::new();
        json("a \"b\"\\\n\u{1}é", &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a \\\"b\\\"\\\\\\n\\u0001é");
    }
}
