use crate::decode::{Context, Decode, Node};
use crate::diagnostic::codes;

/// An address that an author writes in front matter or configuration. Only schemes that open a page, a message or a
/// call: never one that runs a script.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Url(pub String);

const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms", "webcal", "geo", "xmpp", "matrix", "irc", "ircs"];

impl Url {
    /// Whether the address has a scheme, so that it leads out of the site.
    pub fn is_external(&self) -> bool {
        scheme(&self.0).is_some() || self.0.starts_with("//")
    }

    /// An address with a scheme that is allowed, or a path of this site.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let clean = !text.is_empty() && !text.chars().any(|c| c.is_control() || c == ' ');
        let allowed = match scheme(text) {
            Some(scheme) => SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()),
            // What has no scheme is a path of this site; anything else would lead to a place beside the page.
            None => text.starts_with(['/', '#', '?']),
        };
        (clean && allowed).then(|| Self(text.to_owned()))
    }
}

/// The scheme of an address, if it has one (RFC 3986, section 3.1).
pub fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let mut bytes = scheme.bytes();
    let starts_right = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    (starts_right && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))).then_some(scheme)
}

/// What to write in the place of a text that is no address.
fn help(text: &str) -> String {
    let words = text.split_whitespace().count();
    if text.contains('@') && words == 1 && !text.starts_with("@/") && !text.contains(':') {
        return format!("write mailto:{text}");
    }
    if text.starts_with("@/") {
        return "write the page's address as a path that begins with /, such as /about/".to_owned();
    }
    if scheme(text).is_none() && text.contains('.') && words == 1 {
        return format!("write https://{text}");
    }
    "write a whole address such as https://example.org/page, without spaces, or a path of this site such as /about/"
        .to_owned()
}

impl Decode for Url {
    const EXPECTS: &'static str = "a web address";
    fn decode(node: &Node<'_>, cx: &mut Context<'_>) -> Option<Self> {
        let text = String::decode(node, cx)?;
        let url = Self::parse(&text);
        if url.is_none() {
            let problem =
                cx.report(&codes::BAD_VALUE, node.span, format!("\"{text}\" is not an address that can be used"));
            problem.help = Some(help(text.trim()));
        }
        url
    }
}
