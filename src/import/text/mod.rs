//! Descriptions as Markdown: plain text that reads the same, and HTML of simple elements.

mod address;
mod entities;
mod html;
mod plain;

#[cfg(test)]
mod tests;

pub use address::{find_address, host, is_web_address, unwrapped};
pub use entities::resolved;
pub use html::{from_html, looks_like_html};
pub use plain::from_plain;

/// A text for one line: white space made single spaces, control characters taken away.
pub fn one_line(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() || c == '\u{a0}' { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}
