"""Checks the XML of a built site: well-formed, feeds that readers accept, sitemaps within the protocol's limits.

    python3 .ci/feeds.py public https://betterbuses.example/
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOST_URLS = 50_000
MOST_BYTES = 50 * 1024 * 1024


def check_atom(name, tree, faults):
    """What RFC 4287 requires of a feed and its entries (sections 4.1.1 and 4.1.2)."""
    root = tree.getroot()
    for required in ("id", "title", "updated"):
        if root.findtext(ATOM + required) is None:
            faults.append(f"{name}: the feed has no {required}")
    feed_has_author = root.find(ATOM + "author") is not None
    if not any(link.get("rel") == "self" for link in root.iterfind(ATOM + "link")):
        faults.append(f"{name}: the feed does not link to itself")
    ids = set()
    for entry in root.iterfind(ATOM + "entry"):
        identity = entry.findtext(ATOM + "id")
        if identity in ids:
            faults.append(f"{name}: two entries have the id {identity}")
        ids.add(identity)
        for required in ("id", "title", "updated"):
            if entry.findtext(ATOM + required) is None:
                faults.append(f"{name}: the entry {identity} has no {required}")
        if not feed_has_author and entry.find(ATOM + "author") is None:
            faults.append(f"{name}: the entry {identity} has no author")
    parsed = feedparser.parse(etree.tostring(tree))
    if parsed.bozo:
        faults.append(f"{name}: feedparser says {parsed.bozo_exception}")
    if len(parsed.entries) != len(ids):
        faults.append(f"{name}: feedparser sees {len(parsed.entries)} of {len(ids)} entries")
    for entry in parsed.entries:
        if not entry.get("updated_parsed"):
            faults.append(f"{name}: the entry {entry.get('id')} has no date that can be read")


def check_sitemap(name, tree, size, base, faults):
    locations = [element.text.strip() for element in tree.getroot().iter(SITEMAP + "loc")]
    if len(locations) != len(set(locations)):
        faults.append(f"{name}: it names an address twice")
    if len(locations) > MOST_URLS or size > MOST_BYTES:
        faults.append(f"{name}: too large ({len(locations)} addresses, {size} bytes)")
    for location in locations:
        if urlsplit(location)[:2] != urlsplit(base)[:2]:
            faults.append(f"{name}: {location} is not of this site")


def main():
    root, base = Path(sys.argv[1]), sys.argv[2]
    faults, feeds, sitemaps = [], 0, 0
    for path in sorted(root.rglob("*.xml")):
        name = path.relative_to(root).as_posix()
        text = path.read_bytes()
        try:
            tree = etree.ElementTree(etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True)))
        except etree.XMLSyntaxError as error:
            faults.append(f"{name}: not well-formed: {error}")
            continue
        tag = tree.getroot().tag
        if tag == ATOM + "feed":
            feeds += 1
            check_atom(name, tree, faults)
        elif tag in (SITEMAP + "urlset", SITEMAP + "sitemapindex"):
            sitemaps += 1
            check_sitemap(name, tree, len(text), base, faults)
    if not feeds or not sitemaps:
        faults.append(f"{feeds} feeds and {sitemaps} sitemaps: there should be some of each")
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} faults in feeds and sitemaps")
    print(f"{feeds} feeds and {sitemaps} sitemaps in order")


main()
