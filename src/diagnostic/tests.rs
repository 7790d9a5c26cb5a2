//! What people and programs see of diagnostics.

mod formats;
mod suggestions;
mod terminal;
