use super::{Caller, FunctionSpec, absolute, text};
use crate::diagnostic::did_you_mean;
use crate::output::encode_component;
use crate::theme::view::map;
use tera::{Error, Kwargs, TeraResult, Value};

pub const SPEC: FunctionSpec = FunctionSpec {
    name: "share_links",
    args: &[
        ("url", "the address to pass on, of this site with or without its host"),
        ("title", "the text that goes with it"),
        ("networks", "where to, as words with spaces between them, in the order to show"),
        (
            "mastodon",
            "the Mastodon server to share on, such as \"social.example\"; default: readers are asked for theirs",
        ),
    ],
    meaning: "Plain links that pass a page on: `network`, `name` (none for email and sms, which have words of their own) \
              and `url`. Networks: email, sms, whatsapp, telegram, mastodon, bluesky, facebook, linkedin, reddit, \
              threads, x.",
    example: "{% for s in share_links(url=page.url, title=page.title, networks=\"email mastodon\") %}<a href=\"{{ s.url }}\">{{ s.name or \"Email\" }}</a>{% endfor %}",
    open: false,
    call,
};

/// A place where addresses are passed on: its name, and its address with `{url}`, `{title}` or `{both}` in it.
struct Network {
    word: &'static str,
    name: Option<&'static str>,
    address: &'static str,
}

const fn network(word: &'static str, name: &'static str, address: &'static str) -> Network {
    Network { word, name: Some(name), address }
}

static NETWORKS: &[Network] = &[
    Network { word: "email", name: None, address: "mailto:?subject={title}&body={both}" },
    Network { word: "sms", name: None, address: "sms:?&body={both}" },
    network("whatsapp", "WhatsApp", "https://wa.me/?text={both}"),
    network("telegram", "Telegram", "https://t.me/share/url?url={url}&text={title}"),
    network("mastodon", "Mastodon", "https://share.joinmastodon.org/#text={both}"),
    network("bluesky", "Bluesky", "https://bsky.app/intent/compose?text={both}"),
    network("facebook", "Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    network("linkedin", "LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    network("reddit", "Reddit", "https://www.reddit.com/submit?url={url}&title={title}"),
    network("threads", "Threads", "https://www.threads.net/intent/post?text={both}"),
    network("x", "X", "https://x.com/intent/post?text={title}&url={url}"),
];

fn call(caller: Caller<'_>, kwargs: &Kwargs) -> TeraResult<Value> {
    let url = absolute(caller, kwargs.must_get::<&str>("url")?);
    let title = text(kwargs, "title")?.unwrap_or_default().trim();
    let server = text(kwargs, "mastodon")?.map(server).transpose()?;
    let both = if title.is_empty() { url.to_string() } else { format!("{title}\r\n{url}") };
    let mut links: Vec<Value> = Vec::new();
    let written = text(kwargs, "networks")?.unwrap_or_default();
    let mut seen: Vec<&str> = Vec::new();
    for word in written.split([' ', ',', '\n']).filter(|word| !word.is_empty()) {
        let network = NETWORKS.iter().find(|network| network.word == word).ok_or_else(|| unknown(word))?;
        if seen.contains(&network.word) {
            continue;
        }
        seen.push(network.word);
        let address = match (network.word, &server) {
            ("mastodon", Some(server)) => format!("https://{server}/share?text={{both}}"),
            _ => network.address.to_owned(),
        };
        links.push(Value::from(map! {
            "network": network.word,
            "name": network.name,
            "url": filled(&address, &url, title, &both),
        }));
    }
    Ok(Value::from(links))
}

/// The address with its parts in their places, each encoded.
fn filled(address: &str, url: &str, title: &str, both: &str) -> String {
    let mut out = String::new();
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(&encode_component(match name {
            "url" => url,
            "title" => title,
            _ => both,
        }));
        rest = after;
    }
    out.push_str(rest);
    out
}

fn unknown(word: &str) -> Error {
    let known: Vec<&str> = NETWORKS.iter().map(|network| network.word).collect();
    let told = format!("`networks` knows no \"{word}\"");
    Error::message(match did_you_mean(word, known.iter().copied()) {
        Some(meant) => format!("{told}; did you mean \"{meant}\"?"),
        None => format!("{told}; it takes {}", known.join(", ")),
    })
}

/// The host of a Mastodon server, written with or without its scheme.
fn server(written: &str) -> TeraResult<&str> {
    let host = written.strip_prefix("https://").unwrap_or(written).trim_end_matches('/');
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    if host.contains('.') && host.chars().all(plain) && !host.starts_with(['.', '-']) {
        return Ok(host);
    }
    Err(Error::message(format!("`mastodon` takes the name of a server, such as \"social.example\", not \"{written}\"")))
}
