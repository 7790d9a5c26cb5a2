//! The data that templates ask for: read and parsed when it is first asked for, and kept while its file is the same.

use super::view;
use crate::data::{self, Asked, Format, Names};
use crate::diagnostic::Diagnostic;
use crate::source::{FileRef, Fingerprint, World};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tera::{Map, Value};

/// A file, and how it is read.
type Key = (FileRef, Format);

/// A file's value, or why it has none.
type Parsed = Result<Value, Trouble>;

/// Why data cannot be used: a sentence for the template, and what is wrong in the file.
#[derive(Debug, Clone)]
struct Trouble {
    message: Arc<str>,
    mistakes: Arc<Vec<Diagnostic>>,
}

impl Trouble {
    fn new(message: impl Into<Arc<str>>) -> Self {
        Self { message: message.into(), mistakes: Arc::default() }
    }
}

/// What was made of data files, kept from one state of a site to the next.
#[derive(Debug, Default)]
pub struct DataMemo {
    parsed: Mutex<BTreeMap<Key, (Fingerprint, Parsed)>>,
}

/// The data of one state of a site.
#[derive(Debug)]
pub struct Data {
    memo: Arc<DataMemo>,
    names: OnceLock<Result<Names, String>>,
    /// What was asked for, so that one site never shows two states of a file.
    known: Mutex<BTreeMap<Key, Arc<OnceLock<Parsed>>>>,
    /// What is wrong, by the message that a template got.
    mistakes: Mutex<BTreeMap<String, Arc<Vec<Diagnostic>>>>,
}

impl Data {
    pub fn new(memo: Arc<DataMemo>) -> Self {
        Self { memo, names: OnceLock::new(), known: Mutex::default(), mistakes: Mutex::default() }
    }

    /// The data of a name: of a file, or of a folder as a table.
    ///
    /// # Errors
    /// Why there is none.
    pub fn named(&self, name: &str, headings: bool, world: &dyn World) -> Result<Value, String> {
        let list = || Names::list(world).map_err(|error| format!("the folder data/ cannot be read: {error}"));
        let names = self.names.get_or_init(list).as_ref().map_err(Clone::clone)?;
        match names.find(name) {
            Ok(asked) => self.value(asked, headings, world),
            Err(not_there) => {
                let mistakes: Vec<Diagnostic> = not_there.mistake.into_iter().collect();
                self.remember(&not_there.message, &Arc::new(mistakes));
                Err(not_there.message)
            }
        }
    }

    fn value(&self, asked: Asked, headings: bool, world: &dyn World) -> Result<Value, String> {
        match asked {
            Asked::File(file, Format::Csv { .. }) => self.file(&file, Format::Csv { headings }, world),
            Asked::File(file, format) => self.file(&file, format, world),
            Asked::Folder(entries) => {
                let mut table = Map::with_capacity(entries.len());
                for (name, asked) in entries {
                    table.insert(name.into(), self.value(asked, headings, world)?);
                }
                Ok(Value::from(table))
            }
        }
    }

    /// The data of a file.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn file(&self, file: &FileRef, format: Format, world: &dyn World) -> Result<Value, String> {
        let key = (file.clone(), format);
        let once = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(key.clone()).or_default())
        };
        once.get_or_init(|| self.memo.parsed(&key, world)).clone().map_err(|trouble| {
            self.remember(&trouble.message, &trouble.mistakes);
            trouble.message.to_string()
        })
    }

    fn remember(&self, message: &str, mistakes: &Arc<Vec<Diagnostic>>) {
        if !mistakes.is_empty() {
            let mut known = self.mistakes.lock().unwrap_or_else(PoisonError::into_inner);
            known.entry(message.to_owned()).or_insert_with(|| Arc::clone(mistakes));
        }
    }

    /// What is wrong in data files, where the mistake of a template says that it could not use them.
    pub fn mistakes_behind(&self, problem: &Diagnostic) -> Option<Vec<Diagnostic>> {
        let known = self.mistakes.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, mistakes) = known.iter().find(|(message, _)| problem.message.contains(message.as_str()))?;
        let asked_here = |mistake: &Diagnostic| {
            let mistake = mistake.clone();
            match (&problem.file, problem.span) {
                (Some(file), Some(span)) => mistake.other(file, span, "a template asks for it here"),
                _ => mistake,
            }
        };
        Some(mistakes.iter().map(asked_here).collect())
    }
}

impl DataMemo {
    fn parsed(&self, key: &Key, world: &dyn World) -> Parsed {
        let (file, format) = key;
        let lock = || self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        let known =
            |print: Fingerprint| lock().get(key).filter(|(known, _)| *known == print).map(|(_, value)| value.clone());
        if let Some(value) = world.unchanged(file).and_then(known) {
            return value;
        }
        let bytes = world.read(file).map_err(|error| {
            Trouble::new(match error.kind() {
                std::io::ErrorKind::NotFound => format!("there is no file \"{file}\" in the site's folder"),
                _ => format!("\"{file}\" cannot be read: {error}"),
            })
        })?;
        let print = Fingerprint::of(&bytes);
        if let Some(value) = known(print) {
            return value;
        }
        let value = data::parse(file, &bytes, *format).map(|value| view::from_json(&value)).map_err(|mistakes| {
            Trouble { mistakes: Arc::new(mistakes), ..Trouble::new(format!("the data of \"{file}\" cannot be used")) }
        });
        lock().insert(key.clone(), (print, value.clone()));
        value
    }
}
