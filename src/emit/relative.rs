//! Links relative to the page they stand on, so that a site opens from a disk and below any path of a host.

use super::addresses::rewrite;
use std::borrow::Cow;

/// The page with every address that begins with the site's base path made relative to `output`, the page's own file.
/// An address that ends with `/` gets the name of its file, which a disk does not know of itself.
pub fn localise(html: &str, output: &str, base: &str) -> String {
    let up = "../".repeat(output.matches('/').count());
    rewrite(html, |value| own_path(value, base).map(|path| Cow::Owned(relative(path, &up))))
}

/// The path below the site's root of an address of this site.
fn own_path<'v>(value: &'v str, base: &str) -> Option<&'v str> {
    let path = value.strip_prefix(base)?.strip_prefix('/')?;
    (!path.starts_with('/')).then_some(path)
}

fn relative(path: &str, up: &str) -> String {
    let (path, tail) = path.split_at(path.find(['?', '#']).unwrap_or(path.len()));
    let up = if up.is_empty() { "./" } else { up };
    let file = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
    [up, path, file, tail].concat()
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
