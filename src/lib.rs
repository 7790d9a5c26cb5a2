//! Handbill turns a folder of Markdown into a campaign's public site.
//!
//! Authored text in, an immutable linked model in the middle, pure renderings out, one atomic publish at the end.
//!
//! # Code map
//!
//! The modules below stand in layer order: a module imports only modules declared above it (a test holds that). Read
//! them top to bottom and you follow the data.
#![forbid(unsafe_code)]

// Reading: files, their text, places in a text. The only reader of the outside world.
pub mod source;
// What an author got wrong, as data: code, place, plain words, help; and its renderers.
pub mod diagnostic;
// Paths of the output, the manifest, and the atomic switch to a new output.
pub mod output;
// Recurrence, time zones, occurrences. Pure; knows no site.
pub mod calendar;
// The iCalendar format: its lines, parts and values.
pub mod ical;
// What depends on a language: dates in words, plurals, text direction, slugs.
pub mod locale;
// From spanned TOML to typed values, every mistake reported with its place.
pub mod decode;
// Tables as spreadsheets write them: cells with their places.
pub mod spreadsheet;
// Data files as values: TOML, JSON, YAML, CSV.
pub mod data;
// Markdown to a body: HTML pieces, headings, links and components with their places.
pub mod markdown;
// `handbill.toml`: as written, then resolved.
pub mod config;
// Documents: front matter, the kinds, the parse of one file.
pub mod content;
// The linked model of the whole site. Immutable once made.
pub mod site;
// Themes: discovery, overrides, the template engine, what templates see and call.
pub mod theme;
// One file for each kind of output.
pub mod emit;
// The pipeline: calls the stages in order.
pub mod build;
// Where something appears and why not: the answers of `handbill explain`.
pub mod explain;
// The manual's reference pages, from the code's own registries.
pub mod reference;
// Events from calendars that others keep, as content files.
pub mod import;
// Seeing the site while it is written: watching, the newest site in memory, HTTP, live reload.
pub mod serve;
// One file for each command.
pub mod cli;
