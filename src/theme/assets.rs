//! What templates read while they are rendered: hashes of files, and data. Each file is read once.

use super::layers::StaticFile;
use super::{engine::Shared, view};
use crate::site::FileSource;
use crate::source::World;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use tera::Value;

/// The largest data file that a template may load, in bytes.
const MOST_DATA: usize = 32 << 20;

/// Reads files for templates and remembers what it read.
pub struct Assets {
    world: Arc<dyn World + Send + Sync>,
    hashes: Mutex<BTreeMap<String, Option<String>>>,
    sizes: Mutex<BTreeMap<String, Option<u64>>>,
    data: Mutex<BTreeMap<(String, String), Result<Value, String>>>,
}

impl fmt::Debug for Assets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Assets").finish_non_exhaustive()
    }
}

impl Assets {
    pub fn new(world: Arc<dyn World + Send + Sync>) -> Self {
        Self { world, hashes: Mutex::default(), sizes: Mutex::default(), data: Mutex::default() }
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

    /// The data of a file inside the site's folder: TOML, JSON, CSV (a list of tables) or plain text.
    pub fn data(&self, path: &str, format: Option<&str>) -> Result<Value, String> {
        let path = path.trim_start_matches("./");
        let format = match format {
            Some(format) => format.to_lowercase(),
            None => path.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase()),
        };
        let key = (path.to_owned(), format.clone());
        let mut data = self.data.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = data.get(&key) {
            return known.clone();
        }
        let loaded = self.load(path, &format);
        data.insert(key, loaded.clone());
        loaded
    }

    fn load(&self, path: &str, format: &str) -> Result<Value, String> {
        let outside = path.starts_with('/') || path.contains('\\') || path.split('/').any(|part| part == "..");
        if outside || path.contains("://") {
            return Err(format!("load_data reads only files inside the site's folder, not \"{path}\""));
        }
        let bytes = self.world.read(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => format!("there is no file \"{path}\" in the site's folder"),
            _ => format!("\"{path}\" cannot be read: {error}"),
        })?;
        if bytes.len() > MOST_DATA {
            return Err(format!("\"{path}\" is larger than {} MB", MOST_DATA >> 20));
        }
        let text = String::from_utf8(bytes).map_err(|_| format!("\"{path}\" is not UTF-8 text"))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let broken = |error: &dyn fmt::Display| format!("\"{path}\" cannot be read as {format}: {error}");
        match format {
            "json" => {
                let value: serde_json::Value = serde_json::from_str(text).map_err(|error| broken(&error))?;
                Ok(view::from_json(&value))
            }
            "toml" => {
                let value: toml::Table = toml::from_str(text).map_err(|error| broken(&error))?;
                Ok(from_toml(toml::Value::Table(value)))
            }
            "csv" => csv_rows(text).map_err(|error| broken(&error)),
            "txt" | "md" | "text" => Ok(Value::from(text)),
            other => Err(format!("load_data reads toml, json, csv and txt, not \"{other}\"")),
        }
    }
}

/// TOML as templates see it: dates as text, which the filter `date` reads.
fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(at) => Value::from(at.to_string()),
        toml::Value::Array(items) => Value::from(items.into_iter().map(from_toml).collect::<Vec<_>>()),
        toml::Value::Table(entries) => {
            let entries = entries.into_iter().map(|(key, value)| (key.into(), from_toml(value)));
            Value::from(entries.collect::<tera::Map>())
        }
        other => Value::from_serializable(&other),
    }
}

/// The rows as tables with the first line's names for keys.
fn csv_rows(text: &str) -> Result<Value, csv::Error> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let mut row = tera::Map::new();
        for (column, cell) in columns.iter().zip(record.iter()) {
            row.insert(column.clone().into(), Value::from(cell));
        }
        rows.push(Value::from(row));
    }
    Ok(Value::from(rows))
}
