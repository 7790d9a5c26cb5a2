//! Links relative to the page they stand on, so that a site opens from a disk and below any path of a host.

/// Attributes whose values are addresses.
const ADDRESSES: &[&str] = &["action", "href", "poster", "src"];

/// The page with every address that begins with the site's base path made relative to `output`, the page's own file.
/// An address that ends with `/` gets the name of its file, which a disk does not know of itself.
pub fn localise(html: &str, output: &str, base: &str) -> String {
    let up = "../".repeat(output.matches('/').count());
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some(at) = rest.find("=\"") {
        let (before, from) = rest.split_at(at + 2);
        out.push_str(before);
        let end = from.find('"').unwrap_or(from.len());
        let (value, after) = from.split_at(end);
        let name = before[..at].rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or("");
        let refresh = value.strip_prefix("0; url=").filter(|_| name == "content");
        if name == "srcset" {
            push_candidates(&mut out, value, base, &up);
            rest = after;
            continue;
        }
        match (ADDRESSES.contains(&name).then_some(value).or(refresh)).and_then(|value| own_path(value, base)) {
            Some(path) => {
                if refresh.is_some() {
                    out.push_str("0; url=");
                }
                push_relative(&mut out, path, &up);
            }
            None => out.push_str(value),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The path below the site's root of an address of this site.
fn own_path<'v>(value: &'v str, base: &str) -> Option<&'v str> {
    let path = value.strip_prefix(base)?.strip_prefix('/')?;
    (!path.starts_with('/')).then_some(path)
}

/// Pictures in several sizes: addresses, each with what it is for.
fn push_candidates(out: &mut String, value: &str, base: &str, up: &str) {
    for (at, candidate) in value.split(", ").enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        let candidate = candidate.trim_start();
        let (url, size) = candidate.split_at(candidate.find(' ').unwrap_or(candidate.len()));
        match own_path(url, base) {
            Some(path) => push_relative(out, path, up),
            None => out.push_str(url),
        }
        out.push_str(size);
    }
}

fn push_relative(out: &mut String, path: &str, up: &str) {
    let (path, tail) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    out.push_str(if up.is_empty() { "./" } else { up });
    out.push_str(path);
    if path.is_empty() || path.ends_with('/') {
        out.push_str("index.html");
    }
    out.push_str(tail);
}

#[cfg(test)]
mod tests {
    use super::localise;

    #[test]
    fn own_addresses_become_relative_and_all_others_stay() {
        let cases = [
            (r##"<a href="/groups/leeds/#x">"##, "index.html", "", r##"<a href="./groups/leeds/index.html#x">"##),
            (r##"<a href="/">"##, "groups/leeds/index.html", "", r##"<a href="../../index.html">"##),
            (r##"<link href="/a.css?v=1">"##, "a/index.html", "", r##"<link href="../a.css?v=1">"##),
            (
                r##"<img src="/sub/i.png"><a href="/i.png">"##,
                "a/index.html",
                "/sub",
                r##"<img src="../i.png"><a href="/i.png">"##,
            ),
            (
                r##"<a href="//x.org/"><a href="https://x.org/"><a href="#a">"##,
                "a/index.html",
                "",
                r##"<a href="//x.org/"><a href="https://x.org/"><a href="#a">"##,
            ),
            (
                r##"<meta content="0; url=/b/"><meta content="/b/">"##,
                "a/index.html",
                "",
                r##"<meta content="0; url=../b/index.html"><meta content="/b/">"##,
            ),
            (
                r##"<img srcset="/a.png 1x, https://x.org/b.png 2x, /c.png 3x">"##,
                "a/index.html",
                "",
                r##"<img srcset="../a.png 1x, https://x.org/b.png 2x, ../c.png 3x">"##,
            ),
            ("<p title=\"a\">é =\" x", "index.html", "", "<p title=\"a\">é =\" x"),
        ];
        for (html, output, base, expected) in cases {
            assert_eq!(localise(html, output, base), expected);
        }
    }
}
