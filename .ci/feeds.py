"""Checks what a built site tells programs: feeds that readers accept, in each form and by their schemas, sitemaps by their
schema and within the protocol's limits, and JSON and tables that can be read.

    python3 .ci/feeds.py public https://betterbuses.example/
"""

import csv
import json
import sys
from datetime import datetime
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
SCHEMAS = Path(__file__).parent
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


class Addresses(HTMLParser):
    """The addresses in HTML."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src", "poster", "action"):
                self.found.append(value or "")
            elif name == "srcset":
                self.found.extend(part.split()[0] for part in (value or "").split(", "))


def check_content(name, identity, html, faults):
    """What is read elsewhere has whole addresses."""
    for address in Addresses(html or "").found:
        if not urlsplit(address).scheme:
            faults.append(f"{name}: {identity} has the address {address!r}, which is not whole")


def check_rss(name, tree, faults):
    """What RSS 2.0 requires of a channel and its items, and what validators recommend."""
    channel = tree.getroot().find("channel")
    for required in ("title", "link", "description"):
        if not (channel.findtext(required) or "").strip():
            faults.append(f"{name}: the channel has no {required}")
    own = channel.find(ATOM + "link")
    if own is None or own.get("rel") != "self" or not own.get("href", "").endswith(name):
        faults.append(f"{name}: the channel does not say its own address")
    ids = set()
    for item in channel.iterfind("item"):
        identity = item.findtext("guid")
        if identity is None or identity in ids:
            faults.append(f"{name}: an item has no id of its own: {identity}")
        ids.add(identity)
        if item.find("guid").get("isPermaLink") != "false":
            faults.append(f"{name}: the id {identity} is taken for an address")
        if item.findtext("pubDate") is not None and parsedate_to_datetime(item.findtext("pubDate")).tzinfo is None:
            faults.append(f"{name}: {identity} has a date without a zone")
        if item.find("author") is not None:
            faults.append(f"{name}: {identity} has an author, who would need an e-mail address")
        check_content(name, identity, item.findtext(CONTENT + "encoded"), faults)
    parsed = feedparser.parse(etree.tostring(tree))
    if parsed.bozo or parsed.version != "rss20":
        faults.append(f"{name}: feedparser says {parsed.get('bozo_exception')} of {parsed.version!r}")
    if len(parsed.entries) != len(ids):
        faults.append(f"{name}: feedparser sees {len(parsed.entries)} of {len(ids)} items")
    return [entry.id for entry in parsed.entries]


def check_json_feed(name, feed, faults):
    """What JSON Feed 1.1 requires of a feed and its items."""
    if not isinstance(feed.get("title"), str) or not isinstance(feed.get("items"), list):
        faults.append(f"{name}: it has no title or no items")
    if not feed.get("feed_url", "").endswith(name):
        faults.append(f"{name}: it does not say its own address")
    for item in feed["items"]:
        identity = item.get("id")
        if not isinstance(identity, str):
            faults.append(f"{name}: an item has no id")
        if "content_html" not in item and "content_text" not in item:
            faults.append(f"{name}: {identity} has no content")
        for key in ("date_published", "date_modified"):
            if key in item and datetime.fromisoformat(item[key]).tzinfo is None:
                faults.append(f"{name}: {identity} has a date without a zone")
        for key in ("url", "image"):
            if key in item and not urlsplit(item[key]).scheme:
                faults.append(f"{name}: {identity} has an address that is not whole")
        check_content(name, identity, item.get("content_html"), faults)
    return [item.get("id") for item in feed["items"]]


def check_index(name, index, base, faults):
    """What the manual promises of handbill.json."""
    if index.get("handbill") != 1 or index["site"]["url"] != base:
        faults.append(f"{name}: it does not say its format or its site")
    for kind in ("aims", "statements", "groups", "events", "actions", "news"):
        for item in index[kind]:
            for key in ("id", "url", "language", "title"):
                if not item.get(key):
                    faults.append(f"{name}: an item of {kind} has no {key}")
            if not item["url"].startswith(base):
                faults.append(f"{name}: {item['url']} is not of this site")
            for occurrence in item.get("occurrences", []):
                datetime.fromisoformat(occurrence["start"])
                if occurrence.get("venue", {}).get("private") and "address" in occurrence["venue"]:
                    faults.append(f"{name}: {item['id']} tells a private address")


def check_others(root, base, faults):
    """JSON and tables of all kinds. Gives the ids of the JSON feeds, by folder."""
    ids = {}
    for path in sorted(root.rglob("*.json")):
        name = path.relative_to(root).as_posix()
        value = json.loads(path.read_text("utf-8"))
        if isinstance(value, dict) and str(value.get("version", "")).startswith("https://jsonfeed.org/version/1.1"):
            ids[path.parent] = check_json_feed(name, value, faults)
        elif name == "handbill.json":
            check_index(name, value, base, faults)
    for path in sorted(root.rglob("*.csv")):
        name = path.relative_to(root).as_posix()
        widths = {len(row) for row in csv.reader(path.open(encoding="utf-8", newline=""), strict=True)}
        if len(widths) != 1:
            faults.append(f"{name}: its rows have {sorted(widths)} fields")
    return ids


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
    schemas = {name: etree.RelaxNG(etree.parse(SCHEMAS / f"{name}.rng")) for name in ("atom", "sitemap")}
    in_json = check_others(root, base, faults)
    in_forms = {folder: [ids] for folder, ids in in_json.items()}
    for path in sorted(root.rglob("*.xml")):
        name = path.relative_to(root).as_posix()
        text = path.read_bytes()
        try:
            tree = etree.ElementTree(etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True)))
        except etree.XMLSyntaxError as error:
            faults.append(f"{name}: not well-formed: {error}")
            continue
        tag = tree.getroot().tag
        schema = {ATOM + "feed": "atom", SITEMAP + "urlset": "sitemap", SITEMAP + "sitemapindex": "sitemap"}.get(tag)
        if schema and not schemas[schema].validate(tree):
            faults.append(f"{name}: against {schema}.rng: {schemas[schema].error_log.last_error}")
        if tag == ATOM + "feed":
            feeds += 1
            check_atom(name, tree, faults)
            entries = tree.getroot().findall(ATOM + "entry")
            for entry in entries:
                check_content(name, entry.findtext(ATOM + "id"), entry.findtext(ATOM + "content"), faults)
            in_forms.setdefault(path.parent, []).append([entry.findtext(ATOM + "id") for entry in entries])
        elif tag == "rss":
            feeds += 1
            in_forms.setdefault(path.parent, []).append(check_rss(name, tree, faults))
        elif tag in (SITEMAP + "urlset", SITEMAP + "sitemapindex"):
            sitemaps += 1
            check_sitemap(name, tree, len(text), base, faults)
    for folder, forms in in_forms.items():
        if any(ids != forms[0] for ids in forms):
            faults.append(f"{folder.relative_to(root)}: the forms of a feed have different entries")
    if not feeds or not sitemaps:
        faults.append(f"{feeds} feeds and {sitemaps} sitemaps: there should be some of each")
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} faults in feeds and sitemaps")
    print(f"{feeds + len(in_json)} feeds and {sitemaps} sitemaps in order")


main()
