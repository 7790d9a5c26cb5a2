//! How the site is put on hosts: redirects, headers, and files for hosts and for robots, as written and as resolved.

use super::raw::RawConfig;
use super::{BaseUrl, Url};
use crate::decode::{At, Context, Moment, Named, OneOrMany, choice, record};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Span;

choice! {
    /// A host, or the program of a server, that is told what to do by files in the site's folder.
    pub enum Host {
        Netlify "netlify",
        Cloudflare "cloudflare",
        Apache "apache",
        Nginx "nginx",
        S3 "s3",
        GitHub "github",
    }
}

impl Host {
    /// Whether it sends readers on by itself, so that no page is needed at an earlier address.
    pub fn redirects(self) -> bool {
        self != Self::GitHub
    }

    /// Whether it reads the files `_headers` and `_redirects`.
    pub fn reads_underscored(self) -> bool {
        matches!(self, Self::Netlify | Self::Cloudflare)
    }
}

choice! {
    /// Whether robots that collect texts to train language models may read the site.
    pub enum Training {
        Allow "allow",
        Refuse "refuse",
    }
}

record! {
    /// An address from which readers are sent on.
    pub struct RawRedirect {
        /// The earlier address, as a path of this site such as `/old/page/`. A `*` at its end stands for anything.
        from: required At<String>,
        /// Where it leads: a content file such as `@/groups/leeds.md`, a path of this site or a whole address. `:splat` is what the `*` stood for.
        to: required At<String>,
        /// `301` or `308` where it has moved for good, `302` or `307` where only for now. Default: 301.
        status: optional At<u32>,
    }
}

record! {
    /// Where the site is put.
    pub struct PublishOptions {
        /// Whose files are written: `netlify`, `cloudflare`, `apache`, `nginx`, `s3`, `github`. Default: none, which fits any host.
        hosts: optional OneOrMany<Host>,
        /// The site's own domain, for the file CNAME of GitHub Pages. Default: the host of `base_url`.
        domain: optional At<String>,
        /// Keeps the whole site out of search engines, for one that is only being tried. Default: `false`.
        noindex: default bool,
        /// Shows drafts, as `--drafts` does: for a site on trial. Default: `false`.
        drafts: default bool,
        /// Shows what is held back until later, as `--future` does. Default: `false`.
        future: default bool,
        /// Writes `handbill.json`, from which other sites and programs read what this one publishes. Default: `false`.
        index: default bool,
        /// The text of `humans.txt`: who made the site.
        humans: optional String,
    }
}

record! {
    /// The headers that hosts send with every page.
    pub struct HeaderOptions {
        /// The Content-Security-Policy, made from what the pages really hold. Default: `true`.
        content_security_policy: optional bool,
        /// What is allowed besides, by directive: `connect-src = ["https://api.example"]`.
        allow: default Named<OneOrMany<At<String>>>,
        /// Days for which browsers shall come by HTTPS only (Strict-Transport-Security). Default: 0, which sends none.
        hsts_days: optional At<u32>,
        /// The Referrer-Policy. Default: `strict-origin-when-cross-origin`.
        referrer_policy: optional At<String>,
        /// Headers of your own, by name; an empty text leaves out one of Handbill's.
        own: default Named<At<String>>,
    }
}

record! {
    /// `robots.txt`.
    pub struct RobotsOptions {
        /// Paths that no robot shall read, such as `/drafts/`.
        disallow: list At<String>,
        /// `refuse` asks those robots to stay away that collect texts to train language models.
        training: default Training,
        /// Further lines, as they are.
        lines: list At<String>,
    }
}

record! {
    /// `/.well-known/security.txt` (RFC 9116): whom to tell of a weakness of the site.
    pub struct SecurityOptions {
        /// Addresses such as `mailto:security@example.org`, the preferred one first.
        contact: required OneOrMany<Url>,
        /// Until when this holds: less than a year ahead.
        expires: required At<Moment>,
        /// A page that thanks people.
        acknowledgments: optional Url,
        /// What may be tried, and what happens then.
        policy: optional Url,
        /// A key for messages.
        encryption: optional Url,
        /// Tags of languages in which messages are read, such as `en`.
        preferred_languages: optional OneOrMany<String>,
    }
}

/// Everything about hosts, checked.
#[derive(Debug, Clone, Default)]
pub struct Publish {
    /// Each once, sorted.
    pub hosts: Vec<Host>,
    pub redirects: Vec<Redirect>,
    /// The domain for CNAME.
    pub domain: Option<String>,
    pub noindex: bool,
    pub drafts: bool,
    pub future: bool,
    pub index: bool,
    pub humans: Option<String>,
    pub headers: Headers,
    pub robots: RobotsOptions,
    pub security: Option<At<SecurityOptions>>,
}

/// A redirect whose own parts are in order; where it leads is looked at when the site is linked.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// A path below the site's root that begins with `/`; without the `*` of one for a whole folder.
    pub from: String,
    /// It counts for everything that begins with `from`.
    pub is_prefix: bool,
    pub to: At<String>,
    pub status: u16,
    pub span: Span,
}

/// Headers as chosen.
#[derive(Debug, Clone, Default)]
pub struct Headers {
    pub has_policy: bool,
    /// Sources by directive.
    pub allow: Vec<(String, Vec<String>)>,
    /// In seconds; 0 for none.
    pub hsts: u64,
    pub referrer_policy: String,
    /// Names as written, with values; empty for those left out.
    pub own: Vec<(String, String)>,
}

impl Publish {
    /// Whether earlier addresses need pages that lead on: some host, or an unknown one, cannot do it by itself.
    pub fn needs_redirect_pages(&self) -> bool {
        !self.hosts.iter().any(|host| host.redirects()) || self.hosts.contains(&Host::GitHub)
    }

    pub fn for_host(&self, wanted: impl Fn(Host) -> bool) -> bool {
        self.hosts.iter().any(|host| wanted(*host))
    }

    /// Whether any file tells a host which headers to send.
    pub fn has_headers(&self) -> bool {
        self.for_host(|host| host.reads_underscored() || matches!(host, Host::Apache | Host::Nginx))
    }
}

/// Checks what the configuration says of hosts.
pub(super) fn resolve(raw: &mut RawConfig, base_url: &BaseUrl, cx: &mut Context<'_>) -> Publish {
    let options = std::mem::take(&mut raw.publish);
    let mut hosts = options.hosts.map(|hosts| hosts.0).unwrap_or_default();
    hosts.sort_unstable();
    hosts.dedup();
    let robots = std::mem::take(&mut raw.robots);
    check_robots(&robots, cx);
    Publish {
        redirects: std::mem::take(&mut raw.redirects).into_iter().filter_map(|own| redirect(own, cx)).collect(),
        domain: domain(options.domain, &hosts, base_url, cx),
        hosts,
        noindex: options.noindex,
        drafts: options.drafts,
        future: options.future,
        index: options.index,
        humans: options.humans,
        headers: headers(std::mem::take(&mut raw.headers), cx),
        robots,
        security: security(raw.security.take(), cx),
    }
}

fn redirect(raw: At<RawRedirect>, cx: &mut Context<'_>) -> Option<Redirect> {
    let RawRedirect { from, to, status } = raw.value;
    let written = from.value.trim();
    // What is missing has been reported.
    if from.span == Span::default() || to.span == Span::default() {
        return None;
    }
    let bare = written.strip_suffix('*').unwrap_or(written);
    let mistake = if !written.starts_with('/') || written.starts_with("//") {
        Some(("is no path of this site", "write the earlier address as a path that begins with /, such as /old/page/"))
    } else if written.contains(['?', '#']) {
        Some(("has a part that hosts do not look at", "write the path alone, without ? or #"))
    } else if bare.contains(['*', ':']) || (bare.len() < written.len() && !bare.ends_with('/')) {
        let help = "a * can stand at the end alone, after a slash: /old/*; for anything else write one redirect for each \
                    address";
        Some(("is a pattern that not every host can follow", help))
    } else if bare.len() < written.len() && bare == "/" {
        Some(("would send every page away", "write the folder that has moved, such as /old/*"))
    } else if written.chars().any(char::is_control) {
        Some(("has an invisible character in it", "write it again"))
    } else {
        None
    };
    if let Some((what, help)) = mistake {
        cx.report(&codes::BAD_REDIRECT, from.span, format!("\"{written}\" {what}")).help = Some(help.to_owned());
        return None;
    }
    let is_prefix = bare.len() < written.len();
    let status = status.and_then(|status| match status.value {
        301 | 302 | 307 | 308 => Some(status.value as u16),
        other => {
            cx.report(&codes::BAD_REDIRECT, status.span, format!("{other} does not send readers on")).help =
                Some("write 301 or 308 where it has moved for good, 302 or 307 where only for now".to_owned());
            None
        }
    });
    let target = to.value.trim().to_owned();
    let outside = target.starts_with("https://") || target.starts_with("http://");
    let inside = target.starts_with("@/") || (target.starts_with('/') && !target.starts_with("//"));
    let clean = !target.chars().any(|c| c.is_control() || c.is_whitespace() || "\"<>\\^`{|}".contains(c));
    if !(outside || inside) || (!clean && !target.starts_with("@/")) {
        cx.report(&codes::BAD_REDIRECT, to.span, format!("\"{target}\" is nowhere that readers can be sent")).help =
            Some(
                "write a content file such as @/groups/leeds.md, a path such as /groups/leeds/, or a whole address"
                    .to_owned(),
            );
        return None;
    }
    if target.contains(":splat") && (!is_prefix || !target.ends_with(":splat")) {
        cx.report(&codes::BAD_REDIRECT, to.span, "\":splat\" stands for what a * stood for, at the end").help =
            Some("write from = \"/old/*\" and to = \"/new/:splat\"".to_owned());
        return None;
    }
    Some(Redirect {
        from: bare.to_owned(),
        is_prefix,
        to: At { value: target, span: to.span },
        status: status.unwrap_or(301),
        span: from.span,
    })
}

/// Without an address to write to, the file would say nothing.
fn security(raw: Option<At<SecurityOptions>>, cx: &mut Context<'_>) -> Option<At<SecurityOptions>> {
    let raw = raw?;
    // What is missing or wrong has been reported.
    let told = raw.value.expires.span == Span::default();
    if raw.value.contact.0.is_empty() && !told && !cx.diagnostics.iter().any(Diagnostic::is_error) {
        cx.report(&codes::BAD_VALUE, raw.span, "security.txt needs an address under `contact`").help =
            Some("write contact = \"mailto:security@example.org\"".to_owned());
    }
    (!raw.value.contact.0.is_empty() && !told).then_some(raw)
}

/// The domain that CNAME names: GitHub's own needs none, and one with a path cannot be one.
fn domain(written: Option<At<String>>, hosts: &[Host], base_url: &BaseUrl, cx: &mut Context<'_>) -> Option<String> {
    if let Some(written) = written {
        let name = written.value.trim();
        if !is_domain(name) {
            cx.report(&codes::BAD_VALUE, written.span, format!("\"{name}\" is not a domain")).help = Some(
                "write the name alone, such as www.example.org; letters like ü in their form for machines (xn--…)"
                    .to_owned(),
            );
            return None;
        }
        return Some(name.to_owned());
    }
    own_domain(hosts, base_url).map(str::to_owned)
}

/// The domain that an address has on GitHub Pages, where that must be told: a site below a path has that of another one.
pub fn own_domain<'a>(hosts: &[Host], address: &'a BaseUrl) -> Option<&'a str> {
    let host = address.host();
    let own = hosts.contains(&Host::GitHub) && address.path.is_empty() && !host.ends_with(".github.io");
    Some(host).filter(|host| own && is_domain(host))
}

fn is_domain(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    let of_letters = |part: &&str| {
        !part.is_empty() && part.len() < 64 && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    parts.len() > 1
        && parts.iter().all(of_letters)
        && parts.last().is_some_and(|last| !last.as_bytes()[0].is_ascii_digit())
}

const REFERRER_POLICIES: &[&str] = &[
    "no-referrer",
    "no-referrer-when-downgrade",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
];

/// Directives of a policy that take sources.
const DIRECTIVES: &[&str] = &[
    "connect-src",
    "default-src",
    "font-src",
    "form-action",
    "frame-ancestors",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "object-src",
    "script-src",
    "style-src",
    "worker-src",
];

fn headers(raw: HeaderOptions, cx: &mut Context<'_>) -> Headers {
    let referrer = raw.referrer_policy.filter(|policy| {
        let known = policy.value.is_empty() || REFERRER_POLICIES.contains(&policy.value.as_str());
        if !known {
            crate::decode::unknown_word(&policy.value, REFERRER_POLICIES, policy.span, cx);
        }
        known
    });
    let mut allow = Vec::new();
    for (directive, sources) in raw.allow.0 {
        if !DIRECTIVES.contains(&directive.value.as_str()) {
            crate::decode::unknown_word(&directive.value, DIRECTIVES, directive.span, cx);
            continue;
        }
        let mut known = Vec::new();
        for source in sources.0 {
            let text = source.value.trim();
            if text.is_empty() || text.contains([';', ',']) || text.contains(|c: char| !c.is_ascii_graphic()) {
                cx.report(&codes::BAD_VALUE, source.span, format!("\"{text}\" is not a source")).help =
                    Some("write one origin such as https://api.example, or a word such as 'self'".to_owned());
                continue;
            }
            known.push(text.to_owned());
        }
        allow.push((directive.value, known));
    }
    let mut own = Vec::new();
    for (name, value) in raw.own.0 {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        if name.value.is_empty() || !name.value.bytes().all(token) {
            cx.report(&codes::BAD_VALUE, name.span, format!("\"{}\" is not the name of a header", name.value)).help =
                Some("names look like X-Frame-Options".to_owned());
        } else if value.value.chars().any(|c| !(c == ' ' || c.is_ascii_graphic())) {
            cx.report(&codes::BAD_VALUE, value.span, "a header is one line of plain letters and signs").help =
                Some("leave out line breaks and letters with accents".to_owned());
        } else {
            own.push((name.value, value.value.trim().to_owned()));
        }
    }
    let hsts = raw.hsts_days.map_or(0, |days| {
        if days.value > 3650 {
            cx.report(&codes::BAD_VALUE, days.span, "more than ten years").help =
                Some("write days: 365 is a year".to_owned());
        }
        u64::from(days.value.min(3650)) * 86_400
    });
    Headers {
        has_policy: raw.content_security_policy.unwrap_or(true),
        allow,
        hsts,
        referrer_policy: referrer.map_or_else(|| "strict-origin-when-cross-origin".to_owned(), |policy| policy.value),
        own,
    }
}

fn check_robots(robots: &RobotsOptions, cx: &mut Context<'_>) {
    for path in &robots.disallow {
        if !path.value.starts_with('/') || path.value.contains(char::is_whitespace) {
            cx.report(&codes::BAD_VALUE, path.span, format!("\"{}\" is no path of this site", path.value)).help =
                Some("write a path that begins with /, such as /drafts/".to_owned());
        }
    }
    for line in &robots.lines {
        if line.value.contains(['\n', '\r']) {
            cx.report(&codes::BAD_VALUE, line.span, "one line has a line break in it").help =
                Some("write each line as a text of its own".to_owned());
        }
    }
}
