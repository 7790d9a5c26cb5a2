//! What of raw HTML may stay in a page that is sanitised.

/// Where an attribute's value leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttributeKind {
    Plain,
    /// A page to go to.
    Link,
    /// A file that is loaded with the page.
    Source,
}

/// Elements that may stay, each with the attributes it may have beside those that every element may have. Sorted.
#[rustfmt::skip]
pub(crate) const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["download", "href", "hreflang", "rel", "type"]),
    ("abbr", &[]), ("address", &[]), ("article", &[]), ("aside", &[]),
    ("audio", &["controls", "loop", "muted", "preload", "src"]),
    ("b", &[]), ("bdi", &[]), ("bdo", &[]),
    ("blockquote", &["cite"]),
    ("br", &[]), ("caption", &[]), ("cite", &[]), ("code", &[]),
    ("col", &["span"]), ("colgroup", &["span"]),
    ("data", &["value"]),
    ("dd", &[]), ("del", &["cite", "datetime"]),
    ("details", &["name", "open"]),
    ("dfn", &[]), ("div", &[]), ("dl", &[]), ("dt", &[]), ("em", &[]),
    ("figcaption", &[]), ("figure", &[]), ("footer", &[]),
    ("h1", &[]), ("h2", &[]), ("h3", &[]), ("h4", &[]), ("h5", &[]), ("h6", &[]),
    ("header", &[]), ("hgroup", &[]), ("hr", &[]), ("i", &[]),
    ("img", &["alt", "decoding", "height", "loading", "src", "width"]),
    ("ins", &["cite", "datetime"]),
    ("kbd", &[]), ("li", &["value"]), ("mark", &[]), ("nav", &[]),
    ("ol", &["reversed", "start", "type"]),
    ("p", &[]), ("pre", &[]), ("q", &["cite"]), ("rp", &[]), ("rt", &[]), ("ruby", &[]), ("s", &[]), ("samp", &[]),
    ("section", &[]), ("small", &[]),
    ("source", &["src", "type"]),
    ("span", &[]), ("strong", &[]), ("sub", &[]), ("summary", &[]), ("sup", &[]), ("table", &[]), ("tbody", &[]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("tfoot", &[]),
    ("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    ("thead", &[]), ("time", &["datetime"]), ("tr", &[]),
    ("track", &["default", "kind", "label", "src", "srclang"]),
    ("u", &[]), ("ul", &[]), ("var", &[]),
    ("video", &["controls", "height", "loop", "muted", "playsinline", "poster", "preload", "src", "width"]),
    ("wbr", &[]),
];

/// Attributes that every element may have, beside `aria-…` and `data-…`. Sorted.
pub(crate) const GLOBAL_ATTRIBUTES: &[&str] = &["class", "dir", "hidden", "id", "lang", "role", "title", "translate"];

/// Elements that are removed together with what is in them, since that is no text for readers.
const DROPPED_WITH_CONTENT: &[&str] = &[
    "applet",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];

/// Elements without an end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements whose end tag may be left out.
const END_OPTIONAL: &[&str] =
    &["colgroup", "dd", "dt", "li", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Elements that end an open paragraph when they begin.
const ENDS_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// The attributes of its own that an element may have; none for an element that is removed.
pub(crate) fn element(name: &str) -> Option<&'static [&'static str]> {
    let at = ELEMENTS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    Some(ELEMENTS[at].1)
}

pub(crate) fn is_dropped_with_content(name: &str) -> bool {
    DROPPED_WITH_CONTENT.contains(&name)
}

pub(crate) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

pub(crate) fn is_end_optional(name: &str) -> bool {
    END_OPTIONAL.contains(&name)
}

/// Whether the open element `open` ends when `new` begins (HTML 13.1.2.4).
pub(crate) fn is_ended_by(open: &str, new: &str) -> bool {
    match open {
        "p" => ENDS_PARAGRAPH.contains(&new),
        "li" => new == "li",
        "dt" | "dd" => matches!(new, "dt" | "dd"),
        "rt" | "rp" => matches!(new, "rt" | "rp"),
        "td" | "th" => matches!(new, "td" | "th" | "tr" | "tbody" | "tfoot"),
        "tr" => matches!(new, "tr" | "tbody" | "tfoot"),
        "thead" | "tbody" => matches!(new, "tbody" | "tfoot"),
        "colgroup" => matches!(new, "colgroup" | "thead" | "tbody" | "tfoot" | "tr"),
        _ => false,
    }
}

/// Whether every element may have this attribute.
pub(crate) fn is_global_attribute(name: &str) -> bool {
    GLOBAL_ATTRIBUTES.binary_search(&name).is_ok() || is_prefixed(name)
}

/// `aria-…` and `data-…`.
fn is_prefixed(name: &str) -> bool {
    let own = name.strip_prefix("aria-").or_else(|| name.strip_prefix("data-"));
    own.is_some_and(|own| {
        !own.is_empty() && own.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    })
}

/// What the value of this attribute names.
pub(crate) fn attribute_kind(name: &str) -> AttributeKind {
    match name {
        "href" | "cite" => AttributeKind::Link,
        "src" | "poster" => AttributeKind::Source,
        _ => AttributeKind::Plain,
    }
}
