use std::borrow::{Borrow, Cow};
use std::fmt;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// The longest name of a file or folder, in bytes: the limit of the file systems in common use.
const LONGEST_NAME: usize = 255;

/// Folders of version control. They may stand in the output folder, but Handbill never writes into one.
const VERSION_CONTROL: [&str; 6] = [".git", ".hg", ".svn", ".bzr", ".jj", "_darcs"];

/// The path of one file of the output: relative, with `/` between its parts, in Unicode's composed form (NFC), and such
/// that it can be written on Linux, macOS and Windows alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

/// Why a path cannot be one of the output. Its text tells an editor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPath {
    #[error("the path is empty")]
    Empty,
    #[error("it begins with `/`, but a path of the output is relative to the output folder")]
    Absolute,
    #[error("it has an empty part: two `/` in a row, or one at the end")]
    EmptyPart,
    #[error("the part `{0}` is not a name; `.` and `..` are not allowed here")]
    DotPart(String),
    #[error("it contains the character `{0}`, which not every computer allows in a file's name")]
    Character(char),
    #[error("it contains an invisible control character (U+{:04X})", *.0 as u32)]
    Control(char),
    #[error("the name `{0}` is reserved by Windows, so the file could not be copied to every computer")]
    Reserved(String),
    #[error("the name `{0}` ends with a dot or a space, which Windows drops")]
    DotOrSpaceAtEnd(String),
    #[error("the name that begins with `{start}` is {bytes} bytes long; {LONGEST_NAME} are the most")]
    TooLong { start: String, bytes: usize },
    #[error("`{0}` belongs to version control, so Handbill does not write there")]
    VersionControl(String),
    #[error("`{0}` is where Handbill keeps its list of the output's files")]
    Manifest(String),
}

impl OutputPath {
    /// Checks and normalises a path.
    pub fn new(path: &str) -> Result<Self, BadPath> {
        if path.is_empty() {
            return Err(BadPath::Empty);
        }
        if path.starts_with('/') {
            return Err(BadPath::Absolute);
        }
        let composed: Arc<str> = if path.is_ascii() { path.into() } else { path.nfc().collect::<String>().into() };
        for part in composed.split('/') {
            check_part(part)?;
        }
        let is_manifest = match composed.is_ascii() {
            true => composed.eq_ignore_ascii_case(super::MANIFEST_NAME),
            false => fold(&composed) == super::MANIFEST_NAME,
        };
        if is_manifest {
            return Err(BadPath::Manifest(composed.to_string()));
        }
        Ok(Self(composed))
    }

    /// The home page's file.
    pub fn index() -> Self {
        Self("index.html".into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path up to its last `/`; none for a file that stands directly in the output folder.
    pub fn folder(&self) -> Option<&str> {
        self.0.rsplit_once('/').map(|(folder, _)| folder)
    }

    /// What two paths have in common when some file systems take them for one: composed form and folded case.
    ///
    /// That a file is in the way of another path's folder is found by [`super::clashes`].
    pub fn collision_key(&self) -> String {
        fold(&self.0)
    }

    /// The path of the file's address, beginning with `/`, percent-encoded as RFC 3986 section 3.3 has it. The name
    /// `index.html` is left away, since hosts serve it for its folder.
    pub fn url_path(&self) -> String {
        self.url_path_after("")
    }

    /// The same with another path before it, which is taken as it is.
    pub fn url_path_after(&self, base: &str) -> String {
        let shown = match self.0.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &self.0,
        };
        let mut path = String::with_capacity(base.len() + shown.len() + 1);
        path.push_str(base);
        path.push('/');
        encode_path_onto(shown, &mut path);
        path
    }
}

/// A path with what an address may not hold percent-encoded, as RFC 3986 section 3.3 has it.
pub fn encode_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    encode_path_onto(path, &mut url);
    url
}

/// A text as one part of an address, such as a value in a query: every sign that means something is percent-encoded
/// (RFC 3986, section 2.3).
pub fn encode_component(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if is_plain(byte) || byte == b'~' {
            encoded.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

/// Letters, digits and signs that mean nothing anywhere.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

fn encode_path_onto(path: &str, url: &mut String) {
    if path.bytes().all(|byte| byte == b'/' || is_plain(byte)) {
        return url.push_str(path);
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
            url.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}

/// A path with its percent-encoded bytes read; as it is where that gives no UTF-8.
pub fn decode_path(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return path.into();
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        // The parser of numbers would take a sign for a digit.
        let hex = tail.get(..2).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        match hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok())
            .filter(|_| *first == b'%')
        {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).map_or_else(|_| path.into(), Cow::Owned)
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for OutputPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Whether a name is a version control's own folder (or, as for a worktree of Git, its file).
pub(super) fn is_version_control(name: &str) -> bool {
    VERSION_CONTROL.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Unicode's case folding, near enough: upper, then lower case, and composed. Only the dotless `ı` is kept apart from
/// `i`, as folding keeps it, since Turkish words differ by it.
pub(super) fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    let folded = path.nfc().flat_map(|char| {
        let upper = if char == 'ı' { None } else { Some(char.to_uppercase().flat_map(char::to_lowercase)) };
        upper.into_iter().flatten().chain((char == 'ı').then_some('ı'))
    });
    folded.nfc().collect()
}

fn check_part(part: &str) -> Result<(), BadPath> {
    match part {
        "" => return Err(BadPath::EmptyPart),
        "." | ".." => return Err(BadPath::DotPart(part.to_owned())),
        _ => {}
    }
    let unusual = if part.bytes().all(is_plain) { "" } else { part };
    for char in unusual.chars() {
        if char.is_control() {
            return Err(BadPath::Control(char));
        }
        if r#"\<>:"|?*"#.contains(char) {
            return Err(BadPath::Character(char));
        }
    }
    if part.len() > LONGEST_NAME {
        return Err(BadPath::TooLong { start: part.chars().take(24).collect(), bytes: part.len() });
    }
    if part.ends_with(['.', ' ']) {
        return Err(BadPath::DotOrSpaceAtEnd(part.to_owned()));
    }
    if is_windows_reserved(part) {
        return Err(BadPath::Reserved(part.to_owned()));
    }
    if is_version_control(part) {
        return Err(BadPath::VersionControl(part.to_owned()));
    }
    Ok(())
}

/// Names that Windows keeps for devices, whatever follows their first dot.
fn is_windows_reserved(part: &str) -> bool {
    if !part.starts_with(['c', 'C', 'p', 'P', 'a', 'A', 'n', 'N', 'l', 'L']) {
        return false;
    }
    let stem = part.split('.').next().unwrap_or(part).trim_end_matches(' ').to_lowercase();
    if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") {
        return true;
    }
    let Some(port) = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")) else {
        return false;
    };
    let mut chars = port.chars();
    matches!((chars.next(), chars.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}
