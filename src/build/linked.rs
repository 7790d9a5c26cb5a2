//! The linked site, for as long as nothing but texts changes.

use crate::diagnostic::Diagnostic;
use crate::site::{self, ChangedText, Inputs, Site};
use std::sync::Arc;

/// A site with what it was linked from besides the documents.
#[derive(Debug)]
pub(super) struct Linked {
    inputs: Inputs,
    pub site: Arc<Site>,
}

impl Linked {
    pub fn new(inputs: Inputs, site: Arc<Site>) -> Self {
        Self { inputs, site }
    }

    /// The site anew where nothing has changed but texts; none when more may be different.
    pub fn with_texts(&self, changed: &[ChangedText], inputs: &Inputs) -> Option<(Site, Vec<Diagnostic>)> {
        let Inputs { config, content_files, static_files, theme_files, clock } = inputs;
        let is_alike = Arc::ptr_eq(&self.inputs.config, config)
            && self.inputs.content_files == *content_files
            && self.inputs.static_files == *static_files
            && self.inputs.theme_files == *theme_files;
        if is_alike { site::relink(&self.site, changed, clock.clone()) } else { None }
    }
}
