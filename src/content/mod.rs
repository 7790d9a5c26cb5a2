//! Documents: front matter, the kinds, the parse of one file.
//!
//! A [`Document`] holds only what was authored, typed. Everything derived lives in the site.

mod action;
mod aim;
mod any_kind;
mod document;
mod event;
mod foreign;
mod front_matter;
mod group;
mod kind;
mod post;
mod signatories;
mod statement;
mod tables;
mod yaml;

pub use action::{Action, Ask, Mail};
pub use aim::Aim;
pub use any_kind::{Comment, Common, Image, MenuEntries, MenuEntry, Related};
pub use document::{Document, FOLDER, FilePath, Row, markdown_options, parse, same_name};
pub use event::{Access, Change, Event, Online, RepeatWords, Rsvp, Status, Venue};
pub use front_matter::split;
pub use group::{Contact, Group, GroupStatus, Location};
pub use kind::{Details, Kind, refuse_reserved_taxonomies};
pub use post::Post;
pub use statement::{Press, Sign, Signatories, Signatory, Statement};
pub use tables::{looks_like_pages, of_section as pages_of_tables, table_files, without_twins};

#[cfg(test)]
mod tests;
