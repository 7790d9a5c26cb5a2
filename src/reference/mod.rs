//! The manual's reference, made from the code's own registries, so that it cannot fall behind.
//!
//! Every page is a pure function of the code. `handbill reference DIR` writes them, and a test compares what is
//! committed with them.

mod command_line;
mod components;
mod configuration;
mod examples;
mod fields;
mod filters;
mod functions;
mod kinds;
mod messages;
mod text;
mod theme_settings;
mod views;
mod words;

use crate::config::{self, Overrides};
use crate::source::MemoryWorld;
use crate::theme::{self, Theme};
use text::Head;

/// One page of the reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Relative to the reference's folder, with `/` between its parts.
    pub path: String,
    /// Front matter and Markdown.
    pub text: String,
}

/// Why the reference cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    #[error("the theme inside the program cannot be used: {0}")]
    Theme(String),
}

/// Every page of the reference, sorted by path. `command` is the command line's own definition.
///
/// # Errors
/// When the embedded theme cannot be loaded.
pub fn pages(command: &clap::Command) -> Result<Vec<Page>, ReferenceError> {
    let theme = default_theme()?;
    let mut pages = vec![
        index(),
        configuration::page(),
        components::page(&theme),
        messages::page(),
        command_line::page(command),
        views::page(),
        functions::page(),
        filters::page(),
        words::page(&theme),
        theme_settings::page(&theme),
    ];
    pages.extend(kinds::pages());
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(pages)
}

fn index() -> Page {
    let head = Head {
        title: "Reference",
        summary: "Every key, function, filter, component, message and option.",
        weight: 50,
        section: true,
    };
    let body = "These pages are made from Handbill itself, so they list exactly what it knows. The guides before them \
                say how the parts are used.\n";
    Page { path: "_index.md".to_owned(), text: head.page(body) }
}

/// The theme that the program carries, with nothing over it.
fn default_theme() -> Result<Theme, ReferenceError> {
    let mut world = MemoryWorld::new();
    world.insert("handbill.toml", examples::CONFIGURATION);
    let mut diagnostics = Vec::new();
    let config = config::load(&world, "handbill.toml", &Overrides::default(), &mut diagnostics)
        .map_err(|error| ReferenceError::Theme(error.to_string()))?;
    let theme = match &config {
        Some(config) => {
            theme::load(&world, config, &mut diagnostics).map_err(|error| ReferenceError::Theme(error.to_string()))?
        }
        None => None,
    };
    theme.ok_or_else(|| {
        let messages: Vec<&str> = diagnostics.iter().map(|problem| problem.message.as_str()).collect();
        ReferenceError::Theme(messages.join("; "))
    })
}

#[cfg(test)]
mod tests;
