//! Where the server listens, and what people on the network type to get there.

use super::host::Names;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs, UdpSocket};

/// The port where none is asked for.
pub const DEFAULT_PORT: u16 = 8080;

/// How many ports after it are tried when it is taken.
const OTHER_PORTS: u16 = 10;

/// Why the server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    #[error("port {0} is taken by another program")]
    Taken(u16),
    #[error("the ports {DEFAULT_PORT} to {last} are all taken by other programs", last = DEFAULT_PORT + OTHER_PORTS)]
    AllTaken,
    #[error("port {0} may only be used by the system's administrator")]
    Forbidden(u16),
    #[error("\"{0}\" is no address of this computer")]
    NoAddress(String),
    #[error("cannot listen on {address}: {error}")]
    Other { address: SocketAddr, error: io::Error },
}

impl BindError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Taken(_) => {
                "stop the other program (perhaps another `handbill serve`), choose another port with --port, or leave --port out: then a free one is found"
            }
            Self::AllTaken => "stop one of them, or choose another port with --port",
            Self::Forbidden(_) => "choose a port above 1023",
            Self::NoAddress(_) => "write an address of this computer, or 0.0.0.0 for all that it has",
            Self::Other { .. } => "choose another address with --host, or another port with --port",
        }
    }
}

/// Sockets that listen, and how the server is called.
#[derive(Debug)]
pub struct Bound {
    pub listeners: Vec<TcpListener>,
    pub port: u16,
    /// What to open on this computer, without a slash at the end.
    pub local: String,
    /// What to open on others in the network; none when they cannot reach it, or not found out.
    pub shared: Option<String>,
    /// Whether others in the network can reach it.
    pub is_shared: bool,
    /// The port that was wanted and taken.
    pub instead_of: Option<u16>,
    pub names: Names,
}

/// Listens on an address or name, for this computer only when none is given; on a port, or a free one from
/// [`DEFAULT_PORT`] on.
///
/// # Errors
/// When the address is not this computer's, or the port is taken.
pub fn bind(host: Option<&str>, port: Option<u16>) -> Result<Bound, BindError> {
    let address = host.map_or(Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)), address)?;
    let (listener, instead_of) = match port {
        Some(port) => (listen(address, port)?, None),
        None => first_free(address)?,
    };
    let port = listener.local_addr().map_or(0, |address| address.port());
    let mut listeners = vec![listener];
    if address == IpAddr::V4(Ipv4Addr::LOCALHOST)
        && let Ok(also) = TcpListener::bind((Ipv6Addr::LOCALHOST, port))
    {
        // Many systems take "localhost" for this one.
        listeners.push(also);
    }
    let is_shared = !address.is_loopback();
    let shown = if address.is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address };
    let others = if address.is_unspecified() { in_network() } else { Some(address) };
    let name = host.filter(|host| host.parse::<IpAddr>().is_err()).map(str::to_owned);
    Ok(Bound {
        listeners,
        port,
        local: format!("http://{}", SocketAddr::new(shown, port)),
        shared: others.filter(|_| is_shared).map(|address| format!("http://{}", SocketAddr::new(address, port))),
        is_shared,
        instead_of,
        names: Names { address: is_shared.then_some(address), name },
    })
}

/// The address of a written one, or of a name.
fn address(host: &str) -> Result<IpAddr, BindError> {
    let written = host.trim().trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = written.parse() {
        return Ok(address);
    }
    let found = (written, 0).to_socket_addrs().ok().and_then(|mut found| found.next());
    found.map(|address| address.ip()).ok_or_else(|| BindError::NoAddress(host.to_owned()))
}

fn first_free(address: IpAddr) -> Result<(TcpListener, Option<u16>), BindError> {
    for port in DEFAULT_PORT..=DEFAULT_PORT + OTHER_PORTS {
        match listen(address, port) {
            Ok(listener) => return Ok((listener, (port != DEFAULT_PORT).then_some(DEFAULT_PORT))),
            Err(BindError::Taken(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(BindError::AllTaken)
}

fn listen(address: IpAddr, port: u16) -> Result<TcpListener, BindError> {
    let address = SocketAddr::new(address, port);
    let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => BindError::Taken(port),
        io::ErrorKind::PermissionDenied => BindError::Forbidden(port),
        io::ErrorKind::AddrNotAvailable => BindError::NoAddress(address.ip().to_string()),
        _ => BindError::Other { address, error },
    })?;
    // A name that leads to another program's page would be worse than another port.
    let is_taken = |error: io::Error| error.kind() == io::ErrorKind::AddrInUse;
    let is_local = address.ip() == IpAddr::V4(Ipv4Addr::LOCALHOST) && port != 0;
    if is_local && TcpListener::bind((Ipv6Addr::LOCALHOST, port)).is_err_and(is_taken) {
        return Err(BindError::Taken(port));
    }
    Ok(listener)
}

/// This computer's address in its network. Nothing is sent: the system is asked which way it would take.
fn in_network() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_unspecified() && !address.is_loopback()).then_some(address)
}
