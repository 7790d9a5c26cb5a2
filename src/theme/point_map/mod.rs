//! Maps made of nothing but the points on them: drawn when the site is built, so that no reader's device asks another
//! server for anything.

mod draw;
mod layout;

#[cfg(test)]
mod tests;

pub use draw::svg;
pub use layout::lay_out;

/// A place to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    pub label: String,
}
