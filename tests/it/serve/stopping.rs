//! Beginning and ending, with the real program.

use super::client::{PATIENCE, Reply, Site};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

fn command(site: &Site, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
    command.current_dir(site.root()).args(["serve", "--color", "never"]).args(args);
    for variable in ["HANDBILL_BASE_URL", "SOURCE_DATE_EPOCH"] {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Ends the program when a test fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts it, and reads what it says until it tells its address.
fn start(site: &Site, args: &[&str]) -> (Running, u16, String, BufReader<std::process::ChildStderr>) {
    let mut child = command(site, args).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    let running = Running(child);
    let mut said = String::new();
    loop {
        let mut line = String::new();
        assert!(lines.read_line(&mut line).unwrap() > 0, "it ended:\n{said}");
        said.push_str(&line);
        if let Some((_, port)) = line.split_once("the site     http://127.0.0.1:") {
            let port = port.split('/').next().unwrap().parse().unwrap();
            return (running, port, said, lines);
        }
    }
}

#[cfg(unix)]
#[test]
fn it_ends_well_when_asked_to_though_pages_are_open() {
    for signal in ["-INT", "-TERM"] {
        let site = Site::new("https://example.org/");
        let (mut running, port, _, mut lines) = start(&site, &["--port", "0"]);
        let mut tab = TcpStream::connect(("127.0.0.1", port)).unwrap();
        write!(tab, "GET /_handbill/events?page=/ HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut some = [0; 64];
        assert!(tab.read(&mut some).unwrap() > 0);
        let began = Instant::now();
        Command::new("kill").args([signal, &running.0.id().to_string()]).status().unwrap();
        let status = running.0.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{signal}");
        assert!(began.elapsed() < PATIENCE, "{signal}");
        let mut rest = String::new();
        lines.read_to_string(&mut rest).unwrap();
        assert!(rest.contains("Stopped."), "{signal}: {rest}");
    }
}

#[test]
fn a_port_that_is_taken_is_told_with_what_to_do() {
    let site = Site::new("https://example.org/");
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let output = command(&site, &["--port", &port]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains(&format!("port {port} is taken")) && said.contains("--port"), "{said}");
}

#[test]
fn a_folder_without_a_site_is_not_served() {
    let site = Site::new("https://example.org/");
    std::fs::remove_file(site.path("handbill.toml")).unwrap();
    let output = command(&site, &["--root", "."]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_server_for_the_network_warns_and_shows_a_code() {
    let site = Site::new("https://example.org/");
    let (running, port, _, lines) = start(&site, &["--port", "0", "--host", "0.0.0.0"]);
    let mut said = String::new();
    for line in lines.lines().map_while(Result::ok) {
        let is_last = line.contains("Ctrl-C");
        said.push_str(&line);
        said.push('\n');
        if is_last {
            break;
        }
    }
    assert!(said.contains("Warning: everybody in your network"), "{said}");
    let is_offline = said.contains("could not be found out");
    assert!(is_offline || (said.contains("for others   http://") && said.contains('\u{2580}')), "{said}");
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n").unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    assert_eq!(Reply::parse(&bytes).status, 403);
    drop(running);
}

#[test]
fn each_change_is_one_line_and_each_mistake_is_told_once() {
    let site = Site::new("https://example.org/");
    let (running, _, _, mut lines) = start(&site, &["--port", "0"]);
    let mut until = |wanted: &str| {
        let mut said = String::new();
        loop {
            let mut line = String::new();
            assert!(lines.read_line(&mut line).unwrap() > 0, "it ended:\n{said}");
            said.push_str(&line);
            if line.contains(wanted) {
                return said;
            }
        }
    };
    until("Ctrl-C");
    site.replace("content/about.md", "About us.", "[Broken](nowhere.md)");
    let said = until("until this is mended");
    assert!(said.contains("content/about.md: ") && said.contains("HB04") && said.contains('^'), "{said}");
    site.replace("content/news/first.md", "Old words", "New words");
    let said = until("content/news/first.md: ");
    assert!(!said.contains("HB04"), "it is told already: {said}");
    site.replace("content/about.md", "[Broken](nowhere.md)", "Mended.");
    until("All is mended.");
    drop(running);
}
