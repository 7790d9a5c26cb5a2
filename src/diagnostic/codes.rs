//! The catalogue of codes. A code, once published, keeps its meaning.
//!
//! Ranges: HB01xx files and front matter, HB02xx configuration, HB03xx Markdown, HB04xx links and routes, HB05xx
//! events and times, HB06xx themes and templates, HB07xx output, HB08xx calendars that are imported, HB09xx the
//! site while it is written, HB10xx tables and data, HB11xx hosts, redirects and feeds, HB12xx languages and order.

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
    HB0113 NO_CONSENT "no-consent" Warning "Someone signed, but no consent to be named is recorded, or it was withdrawn, so the name is not published."
    HB0114 FRONT_MATTER_ENDED "front-matter-ended" Warning "A third line of only `+++`: the front matter ended at the second, and the keys after it became text."

    // HB02xx: configuration
    HB0201 NO_CONFIGURATION "no-configuration" Error "There is no configuration file here."
    HB0202 IMPRINT_PART_MISSING "imprint-part-missing" Error "The imprint lacks a part that its jurisdiction asks for. Without `required = true` this is a warning."

    // HB03xx: Markdown
    HB0301 REFUSED_LINK "refused-link" Error "A link or an image of a kind that a page may not have, such as `javascript:`. It was left out. Write a path inside the site, or an address that begins with `https:`, `mailto:` or `tel:`."
    HB0302 MISSING_DEFINITION "missing-definition" Warning "A link of the form `[text][name]`, but no line `[name]: address` says where it leads."
    HB0303 MISSING_FOOTNOTE "missing-footnote" Warning "A footnote `[^name]` is referred to, but no line `[^name]: text` has it."
    HB0304 UNUSED_FOOTNOTE "unused-footnote" Warning "A footnote to which nothing refers. It is not on the page."
    HB0305 REMOVED_ELEMENT "removed-element" Warning "An element of HTML that a page may not have, such as `<script>`, was removed."
    HB0306 REMOVED_ATTRIBUTE "removed-attribute" Warning "An attribute that a page may not have, such as `onclick` or `style`, was removed."
    HB0307 FORBIDDEN_HTML "forbidden-html" Error "HTML in a text of a site whose configuration forbids it."
    HB0308 UNBALANCED_HTML "unbalanced-html" Warning "An HTML element that is not closed where it began, or an end tag without its start. It was repaired."
    HB0309 DUPLICATE_ID "duplicate-id" Warning "Two places of one text with the same id. Links can lead to the first only."
    HB0310 COMPONENT_SYNTAX "component-syntax" Error "A component's line that cannot be read, such as one with a missing quotation mark or brace."
    HB0311 UNCLOSED_COMPONENT "unclosed-component" Error "A component that begins with `:::` but has no line of colons to end it."
    HB0312 STRAY_COMPONENT_END "stray-component-end" Error "A line of colons that ends no component."
    HB0313 MISPLACED_SUMMARY_END "misplaced-summary-end" Warning "A `<!-- more -->` where a summary cannot end: inside a list, a quote, a component or another element, or a second one."
    HB0314 DEEP_COMPONENTS "deep-components" Error "Components inside one another, deeper than pages can show."

    // HB04xx: links and routes
    HB0401 MISSING_PAGE "missing-page" Error "A link or reference names a content file that does not exist."
    HB0402 HIDDEN_TARGET "hidden-target" Error "A link or reference names a page that is not published: a draft, one under embargo, or an expired one."
    HB0403 MISSING_ANCHOR "missing-anchor" Error "A link names a heading (`#…`) that its page does not have."
    HB0404 UNKNOWN_ADDRESS "unknown-address" Warning "A link names a path of this site where nothing stands."
    HB0405 MISSING_REFERENCE "missing-reference" Error "A group, aim, action or other page is named that does not exist."
    HB0406 PATH_COLLISION "path-collision" Error "Two things would be written to one path, or to paths that some disks take for one."
    HB0407 BAD_PATH "bad-path" Error "A path that no file can have on every system."
    HB0408 DATE_IN_FUTURE "date-in-future" Warning "The date of publication is in the future, but nothing holds the page back."
    HB0409 TERMS_MERGED "terms-merged" Warning "Two different terms of a taxonomy come out as one address, so that they would be listed together."

    // HB05xx: events and times
    HB0501 BAD_EVENT_TIME "bad-event-time" Error "The times of an event do not fit together, or its repetition cannot be read."
    HB0502 CLOCK_CHANGE "clock-change" Warning "The clocks change on this day: the local time does not exist, or comes twice."
    HB0503 NO_SUCH_OCCURRENCE "no-such-occurrence" Error "A change names a date on which the event does not take place."
    HB0504 UNUSED_EXCEPTION "unused-exception" Warning "An exception names a date on which the event would not take place anyway."
    HB0505 VERSIONS_DIFFER "versions-differ" Error "Versions of one page in several languages contradict one another: the times, the status or the privacy of an event, or a name that was withdrawn."
    HB0506 START_OFF_RULE "start-off-rule" Warning "The start of an event that repeats is not one of the dates of its repetition, so the series begins later."
    HB0507 SAME_UID "same-uid" Error "Two events with one `uid`. Calendars would take them for one event."
    HB0508 SKIPPED_DATES "skipped-dates" Note "A series on the 29th, 30th or 31st leaves out the months that have no such day. Write `on = \"last day\"` when the last day of each month is meant; a rule under `rrule` says that it is meant so, and is not noted."
    HB0509 SAME_TIME "same-time" Note "A changed date of a series begins when another one does."

    // HB06xx: themes and templates
    HB0601 MISSING_THEME "missing-theme" Error "The configuration, or another theme, names a theme that is not there."
    HB0602 THEME_LOOP "theme-loop" Error "Themes extend one another in a circle."
    HB0603 THEME_VERSION "theme-version" Error "The theme says that it does not work with this version of Handbill."
    HB0604 UNKNOWN_SETTING "unknown-setting" Error "The theme has no setting of this name."
    HB0605 TEMPLATE_SYNTAX "template-syntax" Error "A template cannot be read."
    HB0606 TEMPLATE_MISTAKE "template-mistake" Error "A template asks for something that is not there, or that cannot be done."
    HB0607 MISSING_TEMPLATE "missing-template" Error "A page or section names a template that no layer of the theme has."
    HB0608 UNKNOWN_COMPONENT "unknown-component" Error "The theme has no component of this name."
    HB0609 COMPONENT_ARGUMENT "component-argument" Error "A component is called without an argument it needs, with one it does not know, or with a value that it cannot take."

    // HB07xx: output
    HB0701 OUTPUT_CLASH "output-clash" Error "Two things would be written to one place of the output, or to places that some disks take for one, such as names that differ in case alone. Give one of them another slug or name."
    HB0702 BAD_OUTPUT_PATH "bad-output-path" Error "A file of the output would have a name that not every computer can store. Give the page another slug, or the file another name."
    HB0703 FOREIGN_FILE "foreign-file" Warning "The output folder has a file that Handbill did not write. It was kept. Files that belong to the site go into the `static` folder."

    // HB08xx: calendars that are imported
    HB0801 NO_CALENDAR "no-calendar" Error "The file holds no calendar. Save it again from the calendar's own export, which gives a file that begins with `BEGIN:VCALENDAR`."
    HB0802 CALENDAR_SYNTAX "calendar-syntax" Warning "A line of the calendar that cannot be read, or a part of it that does not end. The rest was read."
    HB0803 CALENDAR_VALUE "calendar-value" Warning "A value of the calendar that cannot be what it should be, such as a date that does not exist. It was left out."
    HB0804 EVENT_LEFT_OUT "event-left-out" Error "An event of the calendar that cannot become a page, because nothing says when it takes place."
    HB0805 EVENT_GUESSED "event-guessed" Warning "The calendar leaves open what an event needs, such as its title, or contradicts itself. A guess stands in its place: look at the file."
    HB0806 FOREIGN_ZONE "foreign-zone" Warning "A time zone that the calendar names or describes, but that is none of the world's. Another one was taken. Compare the event's times."
    HB0807 SERIES_IN_UTC "series-in-utc" Warning "A series whose times are in UTC, which would move by an hour when the clocks change. It was written in local time."
    HB0808 NOT_CARRIED_OVER "not-carried-over" Warning "The calendar says something of an event that the front matter of an event has no place for."
    HB0809 RULE_NOT_READ "rule-not-read" Warning "A repetition that cannot be read, or that gives no date. The event was written as one that takes place once."
    HB0810 SERIES_DIVIDED "series-divided" Warning "A series that changes from one date on. It was written as two events."
    HB0811 EVENT_KEPT "event-kept" Warning "The calendar has something new of an event, but its file was changed by hand since it was imported, so it was left as it is."

    // HB09xx: the site while it is written
    HB0901 SITE_UNREADABLE "site-unreadable" Error "The site could not be read, for a reason that lies in the computer and not in a file: a disk, a permission. `handbill serve` shows what it read last, and tries again."
    HB0902 FILE_UNREADABLE "file-unreadable" Error "A file that belongs into the site as it is, such as a picture, is there and may not be read. `handbill build` stops at it."

    // HB10xx: tables and data
    HB1001 TABLE_UNREADABLE "table-unreadable" Error "A file that should be a table and cannot be read as one: a spreadsheet that was renamed, a damaged file, one without a heading. Save it as CSV in UTF-8."
    HB1002 TABLE_QUOTES "table-quotes" Error "Quotation marks in a CSV file that do not fit together. A quotation mark inside a quoted cell is written twice."
    HB1003 TABLE_HEADING "table-heading" Error "A heading of a table that is no key of its pages, that stands twice, or that is missing. A column that is not for the site gets a heading that begins with `#`."
    HB1004 TABLE_ROW "table-row" Error "A row of a table that has more cells than the table has headings. A cell that holds the separator needs quotation marks around it."
    HB1005 TABLE_CELL "table-cell" Error "A cell whose value cannot be used: a formula, a mistake of the spreadsheet, a date that can be read in two ways, a word where a number belongs."
    HB1006 TABLE_PAGE_NAME "table-page-name" Error "A row of a table that no page can be made of, because the name of its file is missing or cannot be one."
    HB1007 SAME_PAGE "same-page" Error "Two rows, or a row and a file, are the same page in the same language."
    HB1008 TABLE_NOT_NAMED "table-not-named" Note "A CSV file beside content that looks like a table of pages, but that no `_index.md` names under `tables`. It makes no pages, and is published as a file to download."
    HB1009 DATA_MISTAKE "data-mistake" Error "A file of `data/` that a template asks for cannot be read."
    HB1010 DATA_TWICE "data-twice" Error "Two files of `data/` have the same name but for their endings, so that a template that asks for it could mean either."

    // HB11xx: hosts, redirects and feeds
    HB1101 BAD_REDIRECT "bad-redirect" Error "A redirect that hosts could not follow: an address that is no path of the site, a pattern that only some of them know, or a number that does not send readers on."
    HB1102 REDIRECT_LOOP "redirect-loop" Error "Redirects that lead in a circle, so that readers never arrive."
    HB1103 REDIRECT_CHAIN "redirect-chain" Warning "A redirect that leads to another one. Readers arrive, but later, and search engines follow only so far. Write where they end up."
    HB1104 REDIRECT_HIDDEN "redirect-hidden" Warning "A redirect that counts for less than it says: a host that was chosen, or a plain page, cannot do what it asks for, or pages stand in the folder that it sends away."
    HB1105 SECURITY_EXPIRES "security-expires" Warning "The date until which `security.txt` holds has passed, so that the file is left out, or lies more than a year ahead, against RFC 9116 (section 2.5.5). When it comes near, that is noted."
    HB1106 HOST_LIMIT "host-limit" Warning "More redirects, or a longer line of headers, than a host that was chosen takes."
    HB1107 OUTPUT_NOT_JSON "output-not-json" Error "A template was to make a file of JSON, and what it made is none."
    HB1108 NO_GIT_DATES "no-git-dates" Warning "Git was to tell when pages were last changed, and cannot: the program is missing, the site is in no repository, or the repository was cloned without its history."

    // HB12xx: languages and order
    HB1201 LANGUAGE_PLACE "language-place" Error "Two languages would stand at one address, be written to one folder, or have one folder of content; or the default language is given what only others can have."
    HB1202 DEFAULT_LANGUAGE "default-language" Warning "The configuration does not name a default language, so it is English, and nothing is written in English while there is content in others. Write the `language` that files without a tag in their names are in."
    HB1203 MISSING_TRANSLATION "missing-translation" Warning "A page has no version in a language whose table says `complete = true`. `handbill list --missing` lists them for all languages."
    HB1204 STALE_TRANSLATION "stale-translation" Warning "The original was changed after its translation, by `updated` or `date`, in a language whose table says `complete = true`. Look the translation over and give it the original's `updated`."
    HB1205 MISSING_PLURAL "missing-plural" Warning "A counted phrase of a theme lacks a plural form that its language has. The form `other` stands in for it, which readers take for a mistake."
    HB1206 SERIES_ORDER "series-order" Warning "Two parts of a series have the same number, or a part has one that cannot be."
}
