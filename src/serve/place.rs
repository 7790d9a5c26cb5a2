//! Where the site stands: the server's addresses, and the path of the configured `base_url`, which may change while the
//! site is served.

use std::sync::Arc;

/// The addresses, and the paths below which the site stands and stood.
#[derive(Debug)]
pub struct Place {
    /// Without a slash at the end.
    local: String,
    shared: Option<String>,
    /// Without a slash at the end. Empty at first: there the site is looked for while nothing is known of it.
    base: String,
    /// The latest first.
    former: Arc<Vec<String>>,
}

impl Place {
    pub fn new(local: String, shared: Option<String>) -> Self {
        Self { local, shared, base: String::new(), former: Arc::default() }
    }

    /// Notes where the site stands first.
    pub fn begins(&mut self, base: &str) {
        base.clone_into(&mut self.base);
    }

    /// Notes where the site stands now. Whether that is another path than before.
    pub fn moves(&mut self, base: &str) -> bool {
        if self.base == base {
            return false;
        }
        let before = std::mem::replace(&mut self.base, base.to_owned());
        let former = Arc::make_mut(&mut self.former);
        former.retain(|known| *known != before && known != base);
        former.insert(0, before);
        true
    }

    /// The paths below which it stood.
    pub fn former(&self) -> Arc<Vec<String>> {
        Arc::clone(&self.former)
    }

    /// The first page's address for this computer.
    pub fn url(&self) -> String {
        format!("{}{}/", self.local, self.base)
    }

    /// The same for others in the network.
    pub fn shared(&self) -> Option<String> {
        self.shared.as_ref().map(|address| format!("{address}{}/", self.base))
    }
}
