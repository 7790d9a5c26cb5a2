//! Files for hosts: each says the same things, redirects and headers, in the words of one program.

mod apache;
mod headers;
mod nginx;
mod s3;
mod texts;
mod underscored;
mod view;

use super::policy::Policy;
use crate::config::{Each, FeedFormat, Headers as Options, Host, Output};
use crate::diagnostic::{Diagnostic, codes};
use crate::output::encode_path;
use crate::site::{FileSource, HostFile, LanguageId, Redirect, Site};
use crate::theme::{Engine, StaticFile};
use view::HostView;

/// The longest line of `_headers` that Cloudflare reads.
const LONGEST_LINE: usize = 2000;

/// Makes a file of the site's host or of a language's own. `policy` is what all pages need.
pub fn render(engine: &Engine, file: HostFile, host: Option<LanguageId>, policy: &Policy) -> Vec<u8> {
    let site = engine.site();
    let view = &HostView::new(site, host);
    let own = own_text(engine, file.path());
    let text = match file {
        HostFile::Index => return super::index::render(engine),
        HostFile::Headers => {
            underscored::headers(view, &headers::all(site, Some(policy), own.as_deref()), own.as_deref())
        }
        HostFile::Redirects => underscored::redirects(view, own.as_deref()),
        HostFile::Htaccess => apache::htaccess(view, &headers::all(site, Some(policy), None), own.as_deref()),
        HostFile::NginxMaps => nginx::maps(view),
        HostFile::NginxServer => nginx::server(view, &headers::all(site, Some(policy), None)),
        HostFile::RoutingRules => s3::rules(view),
        HostFile::NoJekyll => String::new(),
        HostFile::Cname => texts::cname(view),
        HostFile::Security => texts::security(site),
        HostFile::Humans => texts::humans(site),
    };
    text.into_bytes()
}

/// The text of `_headers` without the policy, and whether pages are sent one that is made: for who shows pages one by one.
pub fn headers_without_policy(engine: &Engine) -> (String, bool) {
    let site = engine.site();
    let own = own_text(engine, HostFile::Headers.path());
    if !site.config.publish.has_headers() {
        return (own.unwrap_or_default(), false);
    }
    let all = headers::all(site, None, own.as_deref());
    let has_policy = headers::sends_policy(&site.config.publish.headers, own.as_deref());
    (underscored::headers(&HostView::new(site, None), &all, own.as_deref()), has_policy)
}

/// The text of `_redirects` as a host would get it, whatever the host.
pub fn redirects(engine: &Engine) -> String {
    let own = own_text(engine, HostFile::Redirects.path());
    underscored::redirects(&HostView::new(engine.site(), None), own.as_deref())
}

/// What hosts that were chosen do not take.
pub fn limits(site: &Site, policy: &Policy) -> Vec<Diagnostic> {
    let publish = &site.config.publish;
    let length = policy.header(&publish.headers).len();
    if !publish.hosts.contains(&Host::Cloudflare) || !publish.headers.has_policy || length <= LONGEST_LINE {
        return Vec::new();
    }
    let message =
        format!("the Content-Security-Policy has {length} characters; Cloudflare takes {LONGEST_LINE} in a line");
    let help = "put scripts and styles that differ from page to page into files, or set content_security_policy = false \
                in [headers]";
    vec![Diagnostic::new(&codes::HOST_LIMIT, message).in_file(&site.config.file).help(help)]
}

/// The site's own file of a name that stands in `static/`, or the theme's.
fn own_text(engine: &Engine, path: &str) -> Option<String> {
    let found = engine.site().files.iter().find(|file| file.output.as_str() == path)?;
    let bytes = match &found.source {
        FileSource::Site(file) => engine.read(file).ok()?,
        FileSource::Theme(name) => match engine.theme_file(name)? {
            StaticFile::World(file) => engine.read(file).ok()?,
            StaticFile::Embedded(bytes) => bytes.to_vec(),
        },
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The paths that a redirect of one address has: a folder's with its slash and without.
fn paths(redirect: &Redirect) -> Vec<&str> {
    match redirect.from.strip_suffix('/') {
        Some(bare) if !bare.is_empty() && !redirect.is_prefix => vec![&redirect.from, bare],
        _ => vec![&redirect.from],
    }
}

/// A path as an address has it.
fn encoded(path: &str) -> String {
    encode_path(path)
}

/// Where a pattern leads, without the `:splat` at its end, and whether it has one.
fn target(redirect: &Redirect) -> (&str, bool) {
    match redirect.to.strip_suffix(":splat") {
        Some(to) if redirect.is_prefix => (to, true),
        _ => (&redirect.to, false),
    }
}

/// Files whose media types hosts may not know by their endings: the name, the type, and whether it stands at the top of the
/// site alone.
fn media_types(site: &Site) -> Vec<(&str, &str, bool)> {
    let feeds = site.config.feed_formats.iter().filter(|format| **format != FeedFormat::Atom);
    let feeds = feeds.map(|format| (format.file(), format.media_type(), false));
    let at_top = |output: &Output| output.each == Each::Site && site.config.languages.len() == 1;
    let outputs = site.outputs.iter();
    let outputs =
        outputs.filter_map(|output| Some((output.name.as_str(), output.media_type.as_deref()?, at_top(output))));
    feeds.chain(outputs).collect()
}

/// What the configuration says of a header by its name.
fn is_set(options: &Options, name: &str) -> Option<String> {
    options.own.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
}
