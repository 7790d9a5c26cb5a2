//! Connections: taken in, kept to a number, and ended. What they ask is answered in [`super::respond`].

use super::body::{Answer, Guard};
use super::host::Names;
use super::live::Live;
use super::reload::{self, Streams, Tab};
use super::respond::{self, Asked, plain};
use super::{content_type, start_page};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// How long a client may take to say what it wants, and to want something more.
const HEADER_TIMEOUT: Duration = Duration::from_secs(20);

/// The most connections at once. Many systems let a program have 1,024 files open, 256 on some.
const MOST_CONNECTIONS: usize = 200;

/// How long connections have to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(1);

/// The script that every page loads.
const SCRIPT: &str = include_str!("live.js");

/// What may run and be loaded on the server's own pages.
const OWN_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What answers requests.
pub struct Server {
    pub live: Arc<Live>,
    pub names: Names,
    /// What to open instead of a wrong name.
    pub address: String,
    streams: Arc<Streams>,
    connections: Arc<Connections>,
    stop: watch::Receiver<bool>,
}

/// The connections that are open, by number, the oldest first.
#[derive(Debug, Default)]
struct Connections {
    open: Mutex<BTreeMap<u64, Connection>>,
}

#[derive(Debug)]
struct Connection {
    /// How many requests are being answered.
    busy: Arc<AtomicUsize>,
    task: AbortHandle,
}

/// Counts a request as being answered for as long as it lives.
#[derive(Debug)]
struct Busy(Arc<AtomicUsize>);

impl Guard for Busy {}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Connections {
    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, Connection>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether there is room for one more; the oldest that wants nothing gives way.
    fn make_room(&self) -> bool {
        let mut open = self.lock();
        if open.len() < MOST_CONNECTIONS {
            return true;
        }
        let idle = open.iter().find(|(_, connection)| connection.busy.load(Ordering::Relaxed) == 0);
        let Some(number) = idle.map(|(number, _)| *number) else { return false };
        if let Some(connection) = open.remove(&number) {
            connection.task.abort();
        }
        true
    }
}

impl Server {
    pub fn new(live: Arc<Live>, names: Names, address: String, stop: watch::Receiver<bool>) -> Arc<Self> {
        Arc::new(Self { live, names, address, streams: Arc::default(), connections: Arc::default(), stop })
    }

    /// Answers until told to stop, and then until what is under way has ended, but not for long.
    pub async fn run(self: Arc<Self>, listeners: Vec<TcpListener>) {
        let accepting = listeners.into_iter().map(|listener| tokio::spawn(Arc::clone(&self).accept(listener)));
        let accepting: Vec<_> = accepting.collect();
        let mut stop = self.stop.clone();
        stopped(&mut stop).await;
        for task in accepting {
            task.abort();
        }
        let ended = async {
            while !self.connections.lock().is_empty() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let _ = tokio::time::timeout(FAREWELL, ended).await;
    }

    async fn accept(self: Arc<Self>, listener: TcpListener) {
        let mut number = 0;
        loop {
            match listener.accept().await {
                Ok((stream, _)) if self.connections.make_room() => {
                    number += 2;
                    // Two sockets may listen: each has numbers of its own.
                    let number = number + u64::from(listener.local_addr().is_ok_and(|address| address.is_ipv6()));
                    self.take(number, stream);
                }
                Ok((stream, _)) => drop(stream),
                // Too many open files, or a client that is gone already: neither is the end.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    fn take(self: &Arc<Self>, number: u64, stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let busy = Arc::new(AtomicUsize::new(0));
        let server = Arc::clone(self);
        let counted = Arc::clone(&busy);
        // The task is entered before it can end and be taken out.
        let mut open = self.connections.lock();
        let task = tokio::spawn(async move {
            server.serve(stream, counted).await;
            server.connections.lock().remove(&number);
        });
        open.insert(number, Connection { busy, task: task.abort_handle() });
    }

    async fn serve(self: &Arc<Self>, stream: TcpStream, busy: Arc<AtomicUsize>) {
        let server = Arc::clone(self);
        let service = service_fn(move |request| {
            let (server, busy) = (Arc::clone(&server), Arc::clone(&busy));
            async move {
                busy.fetch_add(1, Ordering::Relaxed);
                let guard = Busy(busy);
                let answer = server.answer(request).await;
                Ok::<_, Infallible>(answer.map(|body| body.guarded(guard)))
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIMEOUT)
            .max_buf_size(64 << 10)
            .serve_connection(TokioIo::new(stream), service);
        tokio::pin!(connection);
        let mut stop = self.stop.clone();
        tokio::select! {
            _ = connection.as_mut() => {}
            () = stopped(&mut stop) => {
                connection.as_mut().graceful_shutdown();
                let _ = connection.await;
            }
        }
    }

    async fn answer(self: &Arc<Self>, request: Request<Incoming>) -> Response<Answer> {
        if let Some(refusal) = self.refusal(&request) {
            return refusal;
        }
        let path = request.uri().path().to_owned();
        let query = request.uri().query().map(str::to_owned);
        let is_head = *request.method() == Method::HEAD;
        if path == "/_handbill" || path.starts_with(start_page::PATH) {
            let response = self.own(&path, query.unwrap_or_default()).await;
            return if is_head { response.map(|_| Answer::empty()) } else { response };
        }
        let asked = Asked { method: request.method().clone(), path, query, headers: request.headers().clone() };
        let live = Arc::clone(&self.live);
        match tokio::task::spawn_blocking(move || respond::respond(&live, &asked)).await {
            Ok(response) => response,
            Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "Handbill failed to make this page."),
        }
    }

    /// Why a request is not answered.
    fn refusal(&self, request: &Request<Incoming>) -> Option<Response<Answer>> {
        let hosts: Vec<&str> =
            request.headers().get_all(header::HOST).iter().filter_map(|host| host.to_str().ok()).collect();
        let [host] = hosts[..] else {
            return Some(plain(StatusCode::BAD_REQUEST, "The request does not name one host."));
        };
        let whole = request.uri().authority().map(|authority| authority.as_str());
        if let Some(foreign) = [Some(host), whole].into_iter().flatten().find(|host| !self.names.has(host)) {
            let name: String = foreign.chars().filter(|c| c.is_ascii_graphic()).take(100).collect();
            return Some(plain(
                StatusCode::FORBIDDEN,
                &format!(
                    "This is a site that is being written, and it was asked for as \"{name}\", which is not the name of \
                     this server.\nOpen {}/ instead. To show it to others in your network, start it with --host.",
                    self.address
                ),
            ));
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "Pages can only be read here.");
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return Some(response);
        }
        if request.uri().path().starts_with("/_handbill") && self.is_foreign(request) {
            return Some(plain(StatusCode::FORBIDDEN, "Only pages of this server may ask for that."));
        }
        None
    }

    /// Whether a page of another site asks.
    fn is_foreign(&self, request: &Request<Incoming>) -> bool {
        let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
        let foreign_origin = header("origin").is_some_and(|origin| !self.names.is_own_origin(origin));
        let across = header("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site");
        foreign_origin || (across && header("sec-fetch-mode") != Some("navigate"))
    }

    /// The server's own pages, script and events.
    async fn own(self: &Arc<Self>, path: &str, query: String) -> Response<Answer> {
        match path.strip_prefix(start_page::PATH) {
            None => {
                let mut response = plain(StatusCode::MOVED_PERMANENTLY, "Moved.");
                response.headers_mut().insert(header::LOCATION, HeaderValue::from_static(start_page::PATH));
                response
            }
            Some("") => {
                let address = format!("{path}?{query}");
                let asked =
                    Asked { method: Method::GET, path: address, query: None, headers: hyper::HeaderMap::default() };
                let live = Arc::clone(&self.live);
                let made = tokio::task::spawn_blocking(move || respond::respond(&live, &asked)).await;
                let mut response = made
                    .unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "Handbill failed to make this page."));
                let headers = response.headers_mut();
                headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(OWN_POLICY));
                headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
                headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
                response
            }
            Some("live.js") => own_file("live.js", SCRIPT),
            Some("start.css") => own_file("start.css", start_page::STYLE),
            Some("events") => {
                let tab = Tab {
                    path: parameter(&query, "page").unwrap_or_default(),
                    version: parameter(&query, "version").unwrap_or_default(),
                    seen: parameter(&query, "seen").unwrap_or_default(),
                };
                reload::open(&self.live, &self.streams, tab, self.stop.clone()).unwrap_or_else(too_many)
            }
            Some(_) => plain(StatusCode::NOT_FOUND, "There is nothing here."),
        }
    }
}

/// A stream more than the server has.
fn too_many() -> Response<Answer> {
    let mut response =
        plain(StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open. Close some, and this one follows.");
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
    response
}

/// Waits until the server is to stop.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
}

fn own_file(name: &str, text: &'static str) -> Response<Answer> {
    let mut response = Response::new(Answer::whole(Bytes::from_static(text.as_bytes())));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type::of(name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// A parameter of a query, read as forms write it.
pub fn parameter(query: &str, name: &str) -> Option<String> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(crate::output::decode_path(&value.replace('+', " ")).into_owned())
}
