//! What templates read while they are rendered: hashes of files, and data. Each file is read once.

use super::data::{Data, DataMemo};
use super::engine::Shared;
use super::layers::StaticFile;
use crate::data::Format;
use crate::diagnostic::Diagnostic;
use crate::site::FileSource;
use crate::source::World;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use tera::Value;

/// Reads files for templates and remembers what it read.
pub struct Assets {
    world: Arc<dyn World + Send + Sync>,
    hashes: Mutex<BTreeMap<String, Option<String>>>,
    sizes: Mutex<BTreeMap<String, Option<u64>>>,
    data: Data,
}

impl fmt::Debug for Assets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assets").finish_non_exhaustive()
    }
}

impl Assets {
    pub fn new(world: Arc<dyn World + Send + Sync>, data: Arc<DataMemo>) -> Self {
        Self { world, hashes: Mutex::default(), sizes: Mutex::default(), data: Data::new(data) }
    }

    pub fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        self.world.read(path)
    }

    /// A short hash of a published file's content, by its path in the output; None when there is no such file.
    pub fn hash(&self, path: &str, shared: &Shared) -> Option<String> {
        let mut hashes = self.hashes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = hashes.get(path) {
            return known.clone();
        }
        let hash = self.published(path, shared).map(|bytes| blake3::hash(&bytes).to_hex()[..10].to_owned());
        hashes.insert(path.to_owned(), hash.clone());
        hash
    }

    /// How many bytes a published file has, by its path in the output; None when there is no such file.
    pub fn size(&self, path: &str, shared: &Shared) -> Option<u64> {
        let mut sizes = self.sizes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = sizes.get(path) {
            return *known;
        }
        let size = self.published(path, shared).map(|bytes| bytes.len() as u64);
        sizes.insert(path.to_owned(), size);
        size
    }

    /// The bytes of a published file.
    fn published(&self, path: &str, shared: &Shared) -> Option<Vec<u8>> {
        let file = shared.site.files.iter().find(|file| file.output.as_str() == path)?;
        match &file.source {
            FileSource::Site(source) => self.world.read(source).ok(),
            FileSource::Theme(name) => match shared.theme.static_files.get(name)? {
                StaticFile::World(source) => self.world.read(source).ok(),
                StaticFile::Embedded(bytes) => Some(bytes.to_vec()),
            },
        }
    }

    /// The data of a name in the folder of data.
    ///
    /// # Errors
    /// Why there is none.
    pub fn named_data(&self, name: &str, headings: bool) -> Result<Value, String> {
        self.data.named(name, headings, &*self.world)
    }

    /// The data of a file inside the site's folder: TOML, JSON, YAML, CSV (a list of tables) or plain text.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn data(&self, path: &str, format: Option<&str>) -> Result<Value, String> {
        let path = path.trim_start_matches("./");
        let outside = path.starts_with('/') || path.contains('\\') || path.split('/').any(|part| part == "..");
        if outside || path.contains("://") {
            return Err(format!("load_data reads only files inside the site's folder, not \"{path}\""));
        }
        let ending = format.unwrap_or_else(|| path.rsplit_once('.').map_or("", |(_, ending)| ending));
        let format = Format::of_ending(ending)
            .ok_or_else(|| format!("load_data reads toml, json, yaml, csv and txt, not \"{ending}\""))?;
        self.data.file(&path.into(), format, &*self.world)
    }

    /// What is wrong in data files, where the mistake of a template says that it could not use them.
    pub fn mistakes_behind(&self, problem: &Diagnostic) -> Option<Vec<Diagnostic>> {
        self.data.mistakes_behind(problem)
    }
}
