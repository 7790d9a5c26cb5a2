"""Checks that every internal link of a built site leads somewhere, without the program that built it.

    python3 .ci/links.py public https://betterbuses.example/

Reads every HTML, CSS and XML file of the tree. A link to the site's own address counts as internal. A target is a file
of the tree or a folder with an index.html in it; a fragment must be an id in the target page.
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

LINKS = {"href", "src", "action", "poster", "data", "formaction", "cite"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links = []
        self.ids = set()
        self.base = None

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if value is None:
                continue
            if name == "id" or (tag == "a" and name == "name"):
                self.ids.add(value)
            elif tag == "base" and name == "href":
                self.base = value
            elif name in LINKS:
                self.links.append((self.getpos()[0], value.strip()))
            elif name in ("srcset", "imagesrcset"):
                for candidate in value.split(","):
                    if candidate.split():
                        self.links.append((self.getpos()[0], candidate.split()[0]))
            elif name == "content" and re.match(r"https?://", value):
                self.links.append((self.getpos()[0], value))
            elif name == "content" and dict(attributes).get("http-equiv", "").lower() == "refresh":
                target = re.search(r"url\s*=\s*['\"]?([^'\"]+)", value, re.IGNORECASE)
                if target:
                    self.links.append((self.getpos()[0], target.group(1)))

    handle_startendtag = handle_starttag


def line_of(text, at):
    return text.count("\n", 0, at) + 1


def main():
    root = Path(sys.argv[1]).resolve()
    base = sys.argv[2].rstrip("/") + "/"
    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    if not any(name.endswith(".html") for name in files):
        sys.exit(f"there is no page in {root}")
    pages, links = {}, []
    for name in sorted(files):
        suffix = Path(name).suffix
        if suffix not in (".html", ".css", ".xml"):
            continue
        text = (root / name).read_text(encoding="utf-8")
        if suffix == ".html":
            page = Page()
            page.feed(text)
            pages[name] = page.ids
            start = urljoin(base + name, page.base or "")
            links += [(name, line, start, link) for line, link in page.links]
        elif suffix == ".css":
            for found in re.finditer(r"url\(\s*['\"]?([^'\")]+)", text):
                links.append((name, line_of(text, found.start()), base + name, found.group(1)))
        else:
            for found in re.finditer(r"<loc>([^<]+)</loc>|\s(?:href|src)=\"([^\"]+)\"", text):
                link = (found.group(1) or found.group(2)).replace("&amp;", "&").strip()
                links.append((name, line_of(text, found.start()), base + name, link))

    faults, inside = [], 0
    own = urlsplit(base)
    for name, line, start, link in links:
        target = urlsplit(urljoin(start, link))
        if target.scheme not in ("http", "https") or target.netloc != own.netloc:
            continue
        path = unquote(target.path)
        if not path.startswith(own.path):
            if target.path == own.path.rstrip("/"):
                path = own.path
            else:
                faults.append(f"{name}:{line}: {link} lies outside the site's path {own.path}")
                continue
        inside += 1
        file = path[len(own.path):]
        if file == "" or file.endswith("/"):
            file += "index.html"
        elif file not in files and f"{file}/index.html" in files:
            faults.append(f"{name}:{line}: {link} lacks its / at the end")
            continue
        if file not in files:
            faults.append(f"{name}:{line}: {link} leads nowhere")
        elif target.fragment and not target.fragment.startswith(":~:") and file in pages:
            if unquote(target.fragment) not in pages[file]:
                faults.append(f"{name}:{line}: {link}: {file} has no such id")
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} of {inside} internal links lead nowhere")
    print(f"{inside} internal links in {len(pages)} pages, all lead somewhere")


main()
