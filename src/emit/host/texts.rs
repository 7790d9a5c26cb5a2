//! Small files of plain text.

use super::view::HostView;
use crate::site::{Site, domain};
use std::fmt::Write;

pub fn cname(view: &HostView<'_>) -> String {
    domain(&view.site.config, view.host).map_or(String::new(), |domain| format!("{domain}\n"))
}

/// `security.txt` (RFC 9116).
pub fn security(site: &Site) -> String {
    let Some(security) = &site.config.publish.security else { return String::new() };
    let own = &security.value;
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "{name}: {value}");
    };
    let whole = |url: &crate::config::Url| {
        let address = site.address(url);
        if address.starts_with('/') { site.permalink(&address) } else { address.into_owned() }
    };
    for contact in &own.contact.0 {
        line("Contact", &whole(contact));
    }
    line("Expires", &own.expires.value.timestamp(&site.config.timezone).to_string());
    let pairs = [("Encryption", &own.encryption), ("Acknowledgments", &own.acknowledgments), ("Policy", &own.policy)];
    for (name, url) in pairs {
        if let Some(url) = url {
            line(name, &whole(url));
        }
    }
    if let Some(languages) = &own.preferred_languages {
        line("Preferred-Languages", &languages.0.iter().map(|tag| one_line(tag)).collect::<Vec<_>>().join(", "));
    }
    line("Canonical", &site.permalink(&format!("{}/.well-known/security.txt", site.config.base_url.path)));
    text
}

pub fn humans(site: &Site) -> String {
    site.config.publish.humans.as_ref().map_or(String::new(), |text| format!("{}\n", text.trim_end()))
}

fn one_line(text: &str) -> String {
    text.split(char::is_control).collect()
}
