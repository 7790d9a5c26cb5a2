//! Who may ask. A page of another site, open in the same browser, must not read what is being written: neither by a
//! name of its own that leads to this computer (DNS rebinding) nor by asking across sites.

use std::net::IpAddr;

/// The names under which a server answers.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The address that it listens on; none for one that can only be reached from this computer.
    pub address: Option<IpAddr>,
    /// A name that it was told to listen on.
    pub name: Option<String>,
}

impl Names {
    /// Whether a `Host` header, or the host of an `Origin`, is this server.
    pub fn has(&self, host: &str) -> bool {
        let Some(name) = without_port(host) else { return false };
        if let Some(address) = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            return address.parse().is_ok_and(|address| self.has_address(IpAddr::V6(address)));
        }
        match name.parse() {
            Ok(IpAddr::V4(address)) => self.has_address(IpAddr::V4(address)),
            Ok(IpAddr::V6(_)) => false,
            Err(_) => {
                let same = |own: &str| own.eq_ignore_ascii_case(name);
                same("localhost") || self.name.as_deref().is_some_and(same)
            }
        }
    }

    fn has_address(&self, asked: IpAddr) -> bool {
        let asked = asked.to_canonical();
        match self.address {
            // An address written in digits belongs to no other site: nobody can point it here.
            Some(own) if own.is_unspecified() => !asked.is_unspecified(),
            Some(own) => asked.is_loopback() || own.to_canonical() == asked,
            None => asked.is_loopback(),
        }
    }

    /// Whether an `Origin` header is a page of this server.
    pub fn is_own_origin(&self, origin: &str) -> bool {
        origin.strip_prefix("http://").is_some_and(|host| self.has(host))
    }
}

/// The name of `name:port`; none where there is more than that.
fn without_port(host: &str) -> Option<&str> {
    let host = host.trim();
    let colon = match host.rfind(']') {
        Some(end) => host[end..].find(':').map(|at| end + at),
        None => host.find(':'),
    };
    let (name, port) = colon.map_or((host, ""), |at| (&host[..at], &host[at + 1..]));
    let fits = !name.is_empty() && port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::Names;

    fn check(names: &Names, yes: &[&str], no: &[&str]) {
        for host in yes {
            assert!(names.has(host), "{host}");
        }
        for host in no {
            assert!(!names.has(host), "{host}");
        }
    }

    #[test]
    fn a_server_of_this_computer_answers_to_its_names_only() {
        check(
            &Names::default(),
            &["localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:8080"],
            &[
                "",
                ":8080",
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "evil.localhost.example:8080",
                "localhost:8080:1",
                "localhost:80a",
                "localhost@evil.example",
                "user@localhost",
                "192.168.1.5",
                "0.0.0.0:8080",
                "[::]",
                "[2001:db8::1]",
                "[::1",
                "::1",
                "localhost/",
                "127.0.0.1.evil.example",
                "2130706433",
                "[::ffff:192.168.1.5]",
            ],
        );
    }

    #[test]
    fn a_server_of_the_network_answers_to_its_address() {
        let one = Names { address: "192.168.1.5".parse().ok(), name: None };
        check(&one, &["192.168.1.5:8080", "localhost:8080"], &["192.168.1.6", "evil.example"]);
        let all = Names { address: "0.0.0.0".parse().ok(), name: None };
        check(&all, &["192.168.1.6:1", "[fe80::1]:80", "localhost"], &["evil.example", "0.0.0.0", "[::]"]);
        let named = Names { address: "192.168.1.5".parse().ok(), name: Some("desk.local".to_owned()) };
        check(&named, &["desk.local:8080", "DESK.local"], &["x.desk.local"]);
    }

    #[test]
    fn only_its_own_pages_may_ask_for_what_is_its_own() {
        let names = Names::default();
        assert!(names.is_own_origin("http://localhost:8080"));
        assert!(names.is_own_origin("http://127.0.0.1:8080"));
        for foreign in
            ["null", "", "https://evil.example", "http://evil.example", "file://", "http://localhost.evil.example"]
        {
            assert!(!names.is_own_origin(foreign), "{foreign}");
        }
    }
}
