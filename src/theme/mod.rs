//! Themes: discovery, overrides, the template engine, what templates see and call.
//!
//! A [`Theme`] is loaded once from its layers; an [`Engine`] joins it with a linked site and renders.

mod assets;
mod data;
mod components;
mod embedded;
mod engine;
mod escaping;
mod failure;
mod fill;
pub mod filters;
pub mod functions;
mod layers;
mod manifest;
mod point_map;
mod remembered;
mod settings;
mod strings;
mod voice;
pub mod view;

pub use data::DataMemo;
pub use engine::{Engine, RenderFailure};
pub use escaping::Escaping;
pub use fill::{Addresses, Text};
pub use layers::{StaticFile, Theme, Unreadable, load};
pub use manifest::{Setting, SettingKind, ThemeManifest};
