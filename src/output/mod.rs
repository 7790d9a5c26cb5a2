//! Paths of the output, the manifest, and the atomic switch to a new output.
//!
//! A build opens a [`Stage`], puts every file into it from as many threads as it likes, and finishes it. Until then the
//! earlier output stands untouched; afterwards the new one stands whole.

#![allow(clippy::disallowed_methods)]

mod carry;
mod clash;
mod earlier;
mod error;
mod manifest;
mod path;
mod place;
mod stage;
mod switch;
mod workshop;
mod write;

#[cfg(test)]
mod tests;

pub use clash::{Clash, clashes};
pub use error::PublishError;
pub use manifest::{FileRecord, Hash, MANIFEST_NAME};
pub use path::{BadPath, OutputPath, decode_path, encode_component, encode_path};
pub use place::Surroundings;
pub use stage::{PublishOptions, Published, Stage};
pub use workshop::STAGE;
