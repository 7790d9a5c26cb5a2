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

    HB0111 UNKNOWN_LANGUAGE "unknown-language" Error "The file's name ends in a language that the configuration does not list."
    HB0112 MISSING_FILE "missing-file" Error "A file that is named here does not exist."
    HB0113 NO_CONSENT "no-consent" Warning "Someone signed, but no consent to be named is recorded, so the name is not published."

    // HB02xx: configuration
    HB0201 NO_CONFIGURATION "no-configuration" Error "There is no configuration file here."
    HB0202 IMPRINT_PART_MISSING "imprint-part-missing" Error "The imprint lacks a part that its jurisdiction asks for. Without `required = true` this is a warning."

    // HB03xx: Markdown

    // HB04xx: links and routes
    HB0401 MISSING_PAGE "missing-page" Error "A link or reference names a content file that does not exist."
    HB0402 HIDDEN_TARGET "hidden-target" Error "A link or reference names a page that is not published: a draft, one under embargo, or an expired one."
    HB0403 MISSING_ANCHOR "missing-anchor" Error "A link names a heading (`#…`) that its page does not have."
    HB0404 UNKNOWN_ADDRESS "unknown-address" Warning "A link names a path of this site where nothing stands."
    HB0405 MISSING_REFERENCE "missing-reference" Error "A group, aim, action or other page is named that does not exist."
    HB0406 PATH_COLLISION "path-collision" Error "Two things would be written to one path, or to paths that some disks take for one."
    HB0407 BAD_PATH "bad-path" Error "A path that no file can have on every system."
    HB0408 DATE_IN_FUTURE "date-in-future" Warning "The date of publication is in the future, but nothing holds the page back."

    // HB05xx: events and times
    HB0501 BAD_EVENT_TIME "bad-event-time" Error "The times of an event do not fit together, or its repetition cannot be read."
    HB0502 CLOCK_CHANGE "clock-change" Warning "The clocks change on this day: the local time does not exist, or comes twice."
    HB0503 NO_SUCH_OCCURRENCE "no-such-occurrence" Error "A change names a date on which the event does not take place."

    // HB07xx: output
}
