//! Answers to requests for the site's pages and files.
#![allow(clippy::disallowed_methods)]

use super::body::Answer;
use super::content_type;
use super::edition::Edition;
use super::host_files::adapted;
use super::live::{Live, State, stamp};
use super::look::{Look, Page};
use super::range::{self, Wanted};
use super::snippet::{self, About};
use super::start_page;
use crate::output::encode_path;
use crate::source::FileRef;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Response, StatusCode};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// The largest file that is read into memory at once; larger ones are sent in pieces.
const MOST_IN_MEMORY: u64 = 4 << 20;

/// The size of such a piece.
const PIECE: u64 = 128 << 10;

/// What a request says.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: Method,
    /// As written, without its query.
    pub path: String,
    pub query: Option<String>,
    pub headers: HeaderMap,
}

impl Asked {
    pub fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// What will be sent.
enum Content {
    Bytes(Bytes),
    File { place: PathBuf, length: u64 },
}

impl Content {
    fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File { length, .. } => *length,
        }
    }
}

/// The answer to a request for something of the site. Reads and renders, so it may take its time.
pub fn respond(live: &Live, asked: &Asked) -> Response<Answer> {
    let state = live.state();
    let mut response = match live.look(&state, &asked.path) {
        Look::Page(page) => {
            let mut response = of_page(live, &state, &page, asked);
            let policy = state
                .edition
                .as_ref()
                .filter(|_| page.is_html() && !asked.path.starts_with(start_page::PATH))
                .and_then(|edition| edition.policy_of(&page.bytes));
            if let Some(policy) = policy.and_then(|policy| adapted("content-security-policy", &policy)) {
                set(&mut response, header::CONTENT_SECURITY_POLICY, &policy);
            }
            response
        }
        Look::File(file, content_type) => of_file(live, &state, &file, content_type, asked),
        Look::Elsewhere { to, status } => return elsewhere(&to, status, asked),
    };
    // The page for editors is none of the site's.
    if let Some(edition) = state.edition.as_ref().filter(|_| !asked.path.starts_with(start_page::PATH)) {
        add_own_headers(edition, asked, response.headers_mut());
    }
    response
}

fn of_page(live: &Live, state: &State, page: &Page, asked: &Asked) -> Response<Answer> {
    if page.status >= 400 && is_part_of_page(asked) {
        // When the file appears, the page that wants it is told.
        live.note_file(&asked.path, None);
    }
    let bytes = if page.is_html() { with_script(live, state, page) } else { page.bytes.clone() };
    let tag = tag_of(&bytes);
    answer(Content::Bytes(bytes), page.content_type, &tag, page.status, asked)
}

/// The page with the script that keeps it up to date.
fn with_script(live: &Live, state: &State, page: &Page) -> Bytes {
    let seen = live.seen(state);
    let about = About { version: &page.version, seen: &seen, source: page.source.as_deref() };
    let element = snippet::element(about);
    let place = snippet::place(&page.bytes);
    [&page.bytes[..place], element.as_bytes(), &page.bytes[place..]].concat().into()
}

fn is_part_of_page(asked: &Asked) -> bool {
    let wanted = asked.headers.get("sec-fetch-dest").and_then(|value| value.to_str().ok());
    wanted.is_some_and(|wanted| !matches!(wanted, "document" | "iframe" | "frame" | "empty"))
}

fn of_file(live: &Live, state: &State, file: &FileRef, content_type: &'static str, asked: &Asked) -> Response<Answer> {
    let place = live.world.disk_path(file);
    let found = place.as_deref().and_then(stamp);
    live.note_file(&asked.path, found);
    let large = place.zip(found).filter(|(_, (length, _))| *length > MOST_IN_MEMORY);
    let (content, tag) = match large {
        Some((place, (length, changed))) => {
            let changed = changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
            (Content::File { place, length }, format!("\"{length:x}-{:x}\"", changed.as_nanos()))
        }
        None => match live.world.read(file) {
            Ok(bytes) => {
                let bytes = Bytes::from(bytes);
                let tag = tag_of(&bytes);
                (Content::Bytes(bytes), tag)
            }
            Err(_) => {
                let page = state.edition.as_ref().map(|_| super::error_page::not_found(&asked.path));
                return of_page(live, state, &page.unwrap_or_default(), asked);
            }
        },
    };
    answer(content, content_type, &tag, 200, asked)
}

fn tag_of(bytes: &[u8]) -> String {
    format!("\"{}\"", &blake3::hash(bytes).to_hex()[..24])
}

fn answer(content: Content, content_type: &'static str, tag: &str, status: u16, asked: &Asked) -> Response<Answer> {
    let length = content.length();
    let mut response = Response::new(Answer::empty());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    // Browsers ask each time, and are told if nothing changed.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut part = 0..length;
    if status == 200 {
        response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        if range::is_known(asked.header(header::IF_NONE_MATCH), tag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        let may_be_part = asked.method == Method::GET && range::may_be_part(asked.header(header::IF_RANGE), tag);
        let wanted = asked.header(header::RANGE).filter(|_| may_be_part);
        match range::wanted(wanted, length) {
            Wanted::Whole => {}
            Wanted::Part(range) => {
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                set(&mut response, header::CONTENT_RANGE, &format!("bytes {}-{}/{length}", range.start, range.end - 1));
                part = range;
            }
            Wanted::Beyond => {
                *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
                set(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
                part = 0..0;
            }
        }
    }
    set(&mut response, header::CONTENT_LENGTH, &(part.end - part.start).to_string());
    if asked.method != Method::HEAD && part.start < part.end {
        *response.body_mut() = body(content, part);
    }
    response
}

fn set(response: &mut Response<Answer>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn body(content: Content, part: Range<u64>) -> Answer {
    match content {
        Content::Bytes(bytes) => Answer::whole(bytes.slice(part.start as usize..part.end as usize)),
        Content::File { place, .. } => {
            let (sender, body) = Answer::pieces(Some(part.end - part.start));
            tokio::spawn(async move {
                let mut at = part.start;
                let mut file: Option<Arc<File>> = None;
                while at < part.end {
                    let (place, known, length) = (place.clone(), file.take(), PIECE.min(part.end - at));
                    let read = tokio::task::spawn_blocking(move || read_piece(&place, known, at, length)).await;
                    let piece = match read {
                        Ok(Ok((opened, piece))) => {
                            file = Some(opened);
                            at += piece.len() as u64;
                            Ok(piece)
                        }
                        Ok(Err(error)) => Err(error),
                        Err(_) => Err(io::ErrorKind::Other.into()),
                    };
                    let ended = piece.is_err();
                    if sender.send(piece).await.is_err() || ended {
                        break;
                    }
                }
            });
            body
        }
    }
}

fn read_piece(place: &PathBuf, file: Option<Arc<File>>, at: u64, length: u64) -> io::Result<(Arc<File>, Bytes)> {
    let file = file.map_or_else(|| File::open(place).map(Arc::new), Ok)?;
    let mut bytes = vec![0; length as usize];
    let mut reader = &*file;
    reader.seek(SeekFrom::Start(at))?;
    reader.read_exact(&mut bytes)?;
    Ok((file, bytes.into()))
}

/// Sends a browser to another place.
fn elsewhere(to: &str, status: u16, asked: &Asked) -> Response<Answer> {
    let query = asked.query.as_ref().filter(|_| !to.contains('?')).map(|query| format!("?{query}"));
    let to = in_ascii(&format!("{to}{}", query.unwrap_or_default()));
    let mut response = Response::new(Answer::empty());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::FOUND);
    // Browsers keep what has moved for good, and tomorrow something may stand there.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    set(&mut response, header::LOCATION, &to);
    set(&mut response, header::CONTENT_LENGTH, "0");
    response
}

/// An address as a header can hold it.
fn in_ascii(address: &str) -> String {
    let parts = address.chars().map(|c| if c.is_ascii_graphic() { c.to_string() } else { encode_path(&c.to_string()) });
    parts.collect()
}

/// The headers that the site's `_headers` file sets for a path. How long something may be kept is left out: here it is
/// not kept.
fn add_own_headers(edition: &Edition, asked: &Asked, headers: &mut HeaderMap) {
    let Some(path) = super::find::decoded(&asked.path) else { return };
    for (name, value) in edition.headers.of(&path) {
        let Some(value) = adapted(&name, &value) else { continue };
        let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_bytes(value.as_bytes()))
        else {
            continue;
        };
        if [header::CACHE_CONTROL, header::ETAG, header::EXPIRES, header::LOCATION].contains(&name) {
            continue;
        }
        if name == header::SET_COOKIE {
            headers.append(name, value);
        } else {
            headers.insert(name, value);
        }
    }
}

/// Plain words, with a status.
pub fn plain(status: StatusCode, text: &str) -> Response<Answer> {
    let mut response = Response::new(Answer::whole(Bytes::from(format!("{text}\n"))));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type::of("x.txt")));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
