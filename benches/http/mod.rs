//! Just enough HTTP to ask for a page.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

/// A port that nobody listens on.
pub fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// The answer of a local server, head and body.
pub fn get(port: u16, path: &str) -> io::Result<String> {
    Ok(String::from_utf8_lossy(&answer(port, path)?).into_owned())
}

/// The body of such an answer.
pub fn body(port: u16, path: &str) -> io::Result<Vec<u8>> {
    let answer = answer(port, path)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.ok_or(io::ErrorKind::InvalidData)?;
    Ok(answer[end + 4..].to_vec())
}

fn answer(port: u16, path: &str) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}
