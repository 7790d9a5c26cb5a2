//! Files for hosts and for those who look after them: which there are, and whether they hold.

use super::LanguageId;
use super::visibility::{Changes, Clock};
use crate::config::{Config, Host, own_domain};
use crate::diagnostic::{Diagnostic, Severity, codes};
use jiff::{SignedDuration, Timestamp};

/// A file that is made for a host, or by a convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HostFile {
    /// Of Netlify and Cloudflare.
    Headers,
    Redirects,
    /// Of Apache.
    Htaccess,
    /// Of nginx: what stands outside of a `server`, and what stands in one.
    NginxMaps,
    NginxServer,
    /// Of Amazon S3.
    RoutingRules,
    /// Of GitHub Pages.
    NoJekyll,
    Cname,
    Security,
    Humans,
    /// What the site publishes, for programs.
    Index,
}

impl HostFile {
    /// Its path below the site's root.
    pub fn path(self) -> &'static str {
        match self {
            Self::Headers => "_headers",
            Self::Redirects => "_redirects",
            Self::Htaccess => ".htaccess",
            Self::NginxMaps => "nginx-maps.conf",
            Self::NginxServer => "nginx-server.conf",
            Self::RoutingRules => "s3-routing-rules.json",
            Self::NoJekyll => ".nojekyll",
            Self::Cname => "CNAME",
            Self::Security => ".well-known/security.txt",
            Self::Humans => "humans.txt",
            Self::Index => "handbill.json",
        }
    }

    /// Whether a file of this path in `static/` is taken into it; it takes the place of any other.
    pub fn takes_in_own(self) -> bool {
        matches!(self, Self::Headers | Self::Redirects | Self::Htaccess)
    }

    /// Whether it says which headers are sent, and so depends on what all pages hold.
    pub fn has_headers(self) -> bool {
        matches!(self, Self::Headers | Self::Htaccess | Self::NginxServer)
    }
}

/// The files that a configuration asks for, at a time, on the site's host or the own one of a language.
pub fn wanted(config: &Config, host: Option<LanguageId>, now: Timestamp) -> Vec<HostFile> {
    let publish = &config.publish;
    let mut wanted = Vec::new();
    for host in &publish.hosts {
        wanted.extend_from_slice(match host {
            Host::Netlify | Host::Cloudflare => &[HostFile::Headers, HostFile::Redirects],
            Host::Apache => &[HostFile::Htaccess],
            Host::Nginx => &[HostFile::NginxMaps, HostFile::NginxServer],
            Host::S3 => &[HostFile::RoutingRules],
            Host::GitHub => &[HostFile::NoJekyll],
        });
    }
    if domain(config, host).is_some() {
        wanted.push(HostFile::Cname);
    }
    if publish.security.as_ref().is_some_and(|security| security.value.expires.value.timestamp(&config.timezone) > now)
    {
        wanted.push(HostFile::Security);
    }
    // The site's own tells of all its languages.
    if publish.index && host.is_none() {
        wanted.push(HostFile::Index);
    }
    if publish.humans.is_some() {
        wanted.push(HostFile::Humans);
    }
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// The domain that CNAME names on a host.
pub fn domain(config: &Config, host: Option<LanguageId>) -> Option<&str> {
    match host.and_then(|id| config.languages[usize::from(id.0)].own_address.as_ref()) {
        None => config.publish.domain.as_deref(),
        Some(address) => own_domain(&config.publish.hosts, address),
    }
}

/// How long before its end somebody should renew `security.txt`.
const RENEW: SignedDuration = SignedDuration::from_hours(24 * 30);

/// The longest time that `security.txt` should hold (RFC 9116, section 2.5.5), with a leap day.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 366);

/// Looks whether `security.txt` holds now. When it ends, the output changes.
pub fn check(config: &Config, clock: &Clock, changes: &mut Changes, diagnostics: &mut Vec<Diagnostic>) {
    let Some(security) = &config.publish.security else { return };
    let expires = &security.value.expires;
    let until = expires.value.timestamp(&config.timezone);
    let (file, span) = config.locate(expires.span);
    let report =
        |message: &str, help: &str| Diagnostic::new(&codes::SECURITY_EXPIRES, message).at(&file, span).help(help);
    changes.add(until);
    let left = until.duration_since(clock.now);
    if left <= SignedDuration::ZERO {
        diagnostics.push(report(
            "security.txt has expired, so it is left out",
            "see that its addresses are still right, and write a date within a year",
        ));
    } else if left > LONGEST {
        diagnostics.push(report(
            "security.txt would hold for more than a year",
            "write a date within a year, and renew it then",
        ));
    } else if left < RENEW {
        let mut note = report(
            "security.txt will expire soon",
            "see that its addresses are still right, and write a later date within a year",
        );
        note.severity = Severity::Note;
        diagnostics.push(note);
    }
}
