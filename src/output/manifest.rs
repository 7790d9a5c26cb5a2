use super::path::OutputPath;
use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

/// The manifest's place in the output folder.
pub const MANIFEST_NAME: &str = ".handbill";

/// The manifest's first line. The number is the format's version.
const FIRST_LINE: &str = "Handbill 1: the files of this folder that Handbill wrote. Please do not edit.";
/// How the first line of every version begins.
const MARK: &str = "Handbill ";

/// A fingerprint of a file's bytes: the first 128 bits of their BLAKE3 hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 16]);

/// What the manifest says of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileRecord {
    pub hash: Hash,
    /// In bytes.
    pub size: u64,
}

/// The files of an output, by path.
pub(super) type Manifest = BTreeMap<OutputPath, FileRecord>;

/// Why a file is no manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It does not say that it is Handbill's.
    NotOurs,
    /// It is Handbill's, but of another version, cut off, or changed by hand.
    Damaged,
}

impl Hash {
    pub fn of(bytes: &[u8]) -> Self {
        Self::from(blake3::hash(bytes))
    }

    fn parse(digits: &str) -> Option<Self> {
        if digits.len() != 32 || !digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        u128::from_str_radix(digits, 16).ok().map(|number| Self(number.to_be_bytes()))
    }
}

impl From<blake3::Hash> for Hash {
    fn from(whole: blake3::Hash) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&whole.as_bytes()[..16]);
        Self(half)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The manifest's text: equal for equal files.
pub(super) fn write(files: &Manifest) -> String {
    let mut text = String::with_capacity(files.len() * 80 + FIRST_LINE.len() + 1);
    text.push_str(FIRST_LINE);
    text.push('\n');
    for (path, record) in files {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{} {} {path}", record.hash, record.size);
    }
    text
}

/// Reads a manifest's text. Every path is checked again, since anybody can edit the file.
pub(super) fn read(bytes: &[u8]) -> Result<Manifest, Unreadable> {
    if !bytes.starts_with(MARK.as_bytes()) {
        return Err(Unreadable::NotOurs);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Unreadable::Damaged)?;
    let mut lines = text.strip_suffix('\n').ok_or(Unreadable::Damaged)?.split('\n');
    if lines.next() != Some(FIRST_LINE) {
        return Err(Unreadable::Damaged);
    }
    lines.map(|line| record(line).ok_or(Unreadable::Damaged)).collect()
}

fn record(line: &str) -> Option<(OutputPath, FileRecord)> {
    let mut parts = line.splitn(3, ' ');
    let hash = Hash::parse(parts.next()?)?;
    let size = parts.next()?.parse().ok()?;
    let path = OutputPath::new(parts.next()?).ok()?;
    Some((path, FileRecord { hash, size }))
}
