//! The catalogue of codes. A code, once published, keeps its meaning.
//!
//! Ranges: HB01xx files and front matter, HB02xx configuration, HB03xx Markdown, HB04xx links and routes, HB05xx
//! events and times, HB06xx themes and templates, HB07xx output.

use super::Severity;

/// One kind of mistake.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable, such as `HB0101`.
    pub id: &'static str,
    /// Short and readable, such as `unknown-key`.
    pub name: &'static str,
    pub severity: Severity,
    /// What it means and what to do, for the manual.
    pub meaning: &'static str,
}

macro_rules! codes {
    ($($id:ident $constant:ident $name:literal $severity:ident $meaning:literal)*) => {
        $(
            #[doc = $meaning]
            pub static $constant: Code = Code {
                id: stringify!($id),
                name: $name,
                severity: Severity::$severity,
                meaning: $meaning,
            };
        )*
        /// Every code, by number.
        pub static ALL: &[&Code] = &[$(&$constant),*];
    };
}

codes! {
    // HB01xx: files and front matter
    HB0101 UNKNOWN_KEY "unknown-key" Error "A key that this table does not have. Free keys of your own go under `[extra]`."
    HB0102 WRONG_TYPE "wrong-type" Error "A value of another type than the key takes, such as a number where text is expected."
    HB0103 BAD_VALUE "bad-value" Error "A value of the right type that the key cannot take."
    HB0104 MISSING_KEY "missing-key" Error "A required key is not there."
    HB0105 TOML_SYNTAX "toml-syntax" Error "The TOML cannot be read at this place."
    HB0106 NO_FRONT_MATTER "no-front-matter" Error "The file does not begin with a `+++` line, so it has no front matter."
    HB0107 UNCLOSED_FRONT_MATTER "unclosed-front-matter" Error "The front matter begins with `+++` but no second `+++` line ends it."
    HB0108 NOT_UTF8 "not-utf-8" Error "The file is not UTF-8 text. Save it again as UTF-8 in your editor."
    HB0109 EMPTY_FILE "empty-file" Error "The file is empty."
    HB0110 SKIPPED_ENTRY "skipped-entry" Warning "A file or link in the folder was passed over."

    // HB03xx: Markdown

    // HB05xx: events and times

    // HB07xx: output
    HB0701 OUTPUT_CLASH "output-clash" Error "Two things would be written to one place of the output, or to places that some disks take for one, such as names that differ in case alone. Give one of them another slug or name."
    HB0702 BAD_OUTPUT_PATH "bad-output-path" Error "A file of the output would have a name that not every computer can store. Give the page another slug, or the file another name."
    HB0703 FOREIGN_FILE "foreign-file" Warning "The output folder has a file that Handbill did not write. It was kept. Files that belong to the site go into the `static` folder."
}
