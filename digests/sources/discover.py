"""A page's address and bytes become the addresses of its feeds."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from digests.charset import text_of
from digests.model import Document
from digests.sources.plain import link_of

_FEED_TYPES = frozenset(
    "application/rss+xml application/atom+xml application/rdf+xml application/feed+json application/json "
    "text/xml application/xml".split()
)
_TAG = re.compile(r"<(?:link|base|a)\b[^<>]{0,2000}>", re.IGNORECASE)
_FEED_LIKE = re.compile(r"(?:^|[/._?=-])(?:rss|atom|feeds?|rdf)(?:[/._?=&-]|$)", re.IGNORECASE)
_WELL_KNOWN = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/feed.json")
_MOST = 10
_LOOKED_AT = 600_000  # signs of a page

_YOUTUBE = "https://www.youtube.com/feeds/videos.xml"


def feeds_on(document: Document) -> tuple[str, ...]:
    """Return the feeds that a page names: `link rel=alternate` first, else links that look like feeds."""
    tags = [_attributes(tag) for tag in _TAG.findall(text_of(document)[:_LOOKED_AT])]
    base = next(
        (urljoin(document.url, href) for name, at in tags if name == "base" and (href := at.get("href"))),
        None,
    )
    declared = _links(tags, base or document.url, is_feed=_is_alternate)
    return declared or _links(tags, base or document.url, is_feed=_looks_like_feed)


def candidates(url: str) -> tuple[str, ...]:
    """Return addresses worth trying for a page's feed, the likeliest first. None of them is certain."""
    known = _of_known_site(url)
    if known:
        return known
    folder = url if url.endswith("/") else url + "/"
    here = (
        [urljoin(folder, path.lstrip("/")) for path in _WELL_KNOWN[:2]]
        if urlsplit(url).path.strip("/")
        else []
    )
    return tuple(dict.fromkeys([*here, *(urljoin(url, path) for path in _WELL_KNOWN)]))


def _attributes(tag: str) -> tuple[str, dict[str, str]]:
    reader = _OneTag()
    reader.feed(tag)
    return reader.found


class _OneTag(HTMLParser):
    """Reads a single tag: fed no more than 2,000 signs, so that none of its known slow paths opens."""

    def __init__(self) -> None:
        super().__init__()
        self.found: tuple[str, dict[str, str]] = ("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = (tag, {name: value or "" for name, value in attrs})


def _is_alternate(name: str, at: dict[str, str]) -> bool:
    rel, kind = at.get("rel", "").lower().split(), at.get("type", "").lower().split(";")[0].strip()
    return name == "link" and ("alternate" in rel or "feed" in rel) and kind in _FEED_TYPES


def _looks_like_feed(name: str, at: dict[str, str]) -> bool:
    return name == "a" and bool(_FEED_LIKE.search(at.get("href", "")))


def _links(tags: Iterable[tuple[str, dict[str, str]]], base: str, *, is_feed: object) -> tuple[str, ...]:
    assert callable(is_feed)
    found = (link_of(at.get("href"), base=base) for name, at in tags if is_feed(name, at))
    return tuple(dict.fromkeys(url for url in found if url))[:_MOST]


def _of_known_site(url: str) -> tuple[str, ...]:
    """Return the feed of a page whose site has a form for it."""
    parts = urlsplit(url)
    host, path = (parts.hostname or "").removeprefix("www.").removeprefix("m."), parts.path.rstrip("/")
    for pattern, feed in _SITES:
        match = re.fullmatch(pattern, f"{host}{path}", re.IGNORECASE)
        if match:
            return (feed.format(*match.groups(), origin=f"{parts.scheme}://{parts.netloc}"),)
    query = re.search(r"(?:^|&)list=([\w-]{10,60})", parts.query)
    if host == "youtube.com" and query:
        return (f"{_YOUTUBE}?playlist_id={query.group(1)}",)
    return ()


_SITES = (  # host and path -> its feed
    (r"youtube\.com/channel/(UC[\w-]{22}).*", _YOUTUBE + "?channel_id={0}"),
    (r"youtube\.com/user/([\w.-]+).*", _YOUTUBE + "?user={0}"),
    (r"(?:old\.|new\.)?reddit\.com/r/([\w+]+).*", "https://www.reddit.com/r/{0}/.rss"),
    (r"(?:old\.|new\.)?reddit\.com/u(?:ser)?/([\w-]+).*", "https://www.reddit.com/user/{0}/.rss"),
    (r"([\w-]+)\.substack\.com.*", "https://{0}.substack.com/feed"),
    (r"medium\.com/(@[\w.-]+)(?:/.*)?", "https://medium.com/feed/{0}"),
    (r"medium\.com/([\w-]+)", "https://medium.com/feed/{0}"),
    (r"([\w-]+)\.medium\.com.*", "https://{0}.medium.com/feed"),
    (r"[\w.-]+/(@\w+)", "{origin}/{0}.rss"),  # Mastodon
    (r"bsky\.app/profile/([\w.:-]+)", "https://bsky.app/profile/{0}/rss"),
    (r"github\.com/([\w.-]+)/([\w.-]+)(?:/releases)?", "https://github.com/{0}/{1}/releases.atom"),
)
