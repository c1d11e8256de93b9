"""What an outlet wrote becomes its sheets: pages, a feed, a front page, robots.txt."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from bot.edition.model import Fault, FeedFormat, Outlet, Piece, Sheet

_PAGES = Path(__file__).with_name("pages")
_FEED_AT = {FeedFormat.RSS: "/rss.xml", FeedFormat.ATOM: "/atom.xml", FeedFormat.JSON: "/feed.json"}
_FEED_TYPE = {
    FeedFormat.RSS: "application/rss+xml",
    FeedFormat.ATOM: "application/atom+xml",
    FeedFormat.JSON: "application/feed+json",
}
_ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /login\n"
_RELATED = 3  # links below an article
_NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def printed(outlet: Outlet, pieces: Sequence[Piece], *, base: str, hour: datetime) -> Mapping[str, Sheet]:
    """Return the sheets of `outlet` by path, the feed first; `pieces` the newest first."""
    if outlet.fault is not None:
        return _faulty(outlet, outlet.fault)
    edition = _Print(outlet, pieces, base=base, hour=hour)
    return {
        _FEED_AT[outlet.feed]: edition.feed(),
        "/": edition.front(),
        "/robots.txt": Sheet("text/plain; charset=utf-8", _ROBOTS.encode()),
        **{piece.path: edition.page(piece, outlet.key) for piece in pieces},
        **{_light(piece): edition.page(piece, "light") for piece in pieces if outlet.amp},
    }


def _faulty(outlet: Outlet, fault: Fault) -> Mapping[str, Sheet]:
    feed_at, html = _FEED_AT[outlet.feed], "text/html; charset=utf-8"
    notice = _filled("notice", {"outlet": outlet.name, "charset": "utf-8"}).encode()
    if fault is Fault.DOWN:
        down = Sheet(html, b"<h1>Internal Server Error</h1>", status=500)
        return {feed_at: down, "/": down, "/robots.txt": down}
    if fault is Fault.NOTICE:
        return {feed_at: Sheet(html, notice), "/": Sheet(html, notice)}
    cut = f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>{outlet.name}</title><item><ti'
    return {feed_at: Sheet(_FEED_TYPE[outlet.feed], cut.encode()), "/": Sheet(html, notice)}


class _Print:
    """One outlet at one hour and address."""

    def __init__(self, outlet: Outlet, pieces: Sequence[Piece], *, base: str, hour: datetime) -> None:
        self._outlet, self._pieces, self._base, self._hour = outlet, pieces, base, hour
        self._feed_url = base + _FEED_AT[outlet.feed]

    def feed(self) -> Sheet:
        write = {FeedFormat.RSS: self._rss, FeedFormat.ATOM: self._atom, FeedFormat.JSON: self._json_feed}
        media_type = f"{_FEED_TYPE[self._outlet.feed]}; charset={self._outlet.charset}"
        text = write[self._outlet.feed]()
        return Sheet(media_type, self._bytes(text), etag=self._outlet.etag, dribble=self._outlet.dribble)

    def front(self) -> Sheet:
        return self._html("front", {"related": _links(self._pieces)})

    def page(self, piece: Piece, template: str) -> Sheet:
        related = [other for other in self._pieces if other is not piece][:_RELATED]
        values = {
            "title": escape(piece.title),
            "summary": escape(piece.summary),
            "section": piece.topic,
            "author": escape(piece.author or self._outlet.name),
            "byline": escape(f"By {piece.author or self._outlet.name}"),
            "iso": self._published(piece).isoformat(),
            "day": f"{self._published(piece):%d %B %Y, %H:%M}",
            "canonical": self._base + piece.path,
            "light": self._base + _light(piece),
            "body": _body(piece, self._outlet),
            "related": _links(related),
            "jsonld": self._json_ld(piece),
        }
        return self._html(template, values)

    def _html(self, template: str, values: Mapping[str, str]) -> Sheet:
        common = {
            "outlet": escape(self._outlet.name),
            "tagline": escape(self._outlet.tagline),
            "charset": self._outlet.charset,
            "feed": self._feed_url,
            "feed_type": _FEED_TYPE[self._outlet.feed],
        }
        text = _filled(template, {**common, **values})
        return Sheet(f"text/html; charset={self._outlet.charset}", self._bytes(text))

    def _bytes(self, text: str) -> bytes:
        return text.encode(self._outlet.charset, errors="xmlcharrefreplace")

    def _published(self, piece: Piece) -> datetime:
        return self._hour - timedelta(minutes=piece.minutes)

    def _link(self, piece: Piece) -> str:
        path = _light(piece) if self._outlet.amp else piece.path
        return self._base + path + ("?utm_source=feed&utm_medium=rss" if self._outlet.tracked else "")

    def _rss(self) -> str:
        items = "".join(
            f"<item><title>{escape(piece.title)}</title><link>{escape(self._link(piece))}</link>"
            f'<guid isPermaLink="false">{escape(self._guid(piece))}</guid>'
            f"<pubDate>{format_datetime(self._published(piece))}</pubDate><category>{piece.topic}</category>"
            f"{_creator(piece)}<description>{escape(piece.summary)}</description>{self._encoded(piece)}</item>\n"
            for piece in self._pieces
        )
        return (
            f'<?xml version="1.0" encoding="{self._outlet.charset}"?>\n<rss version="2.0" {_NAMESPACES}>'
            f"<channel><title>{escape(self._outlet.name)}</title><link>{self._base}/</link>"
            f"<description>{escape(self._outlet.tagline)}</description><language>en</language>\n"
            f"{items}</channel></rss>\n"
        )

    def _encoded(self, piece: Piece) -> str:
        whole = f"<content:encoded>{escape(_paragraphs(piece))}</content:encoded>"
        return whole if self._outlet.full else ""

    def _guid(self, piece: Piece) -> str:
        return f"{self._outlet.key}:{piece.path}"

    def _atom(self) -> str:
        entries = "".join(
            f"<entry><title>{escape(piece.title)}</title><id>urn:{escape(self._guid(piece))}</id>"
            f'<link rel="alternate" type="text/html" href="{escape(self._link(piece))}"/>'
            f"<published>{self._published(piece).isoformat()}</published>"
            f"<updated>{self._published(piece).isoformat()}</updated>"
            f"<author><name>{escape(piece.author or self._outlet.name)}</name></author>"
            f'<category term="{piece.topic}"/><summary>{escape(piece.summary)}</summary>'
            f"{self._atom_content(piece)}</entry>\n"
            for piece in self._pieces
        )
        return (
            f'<?xml version="1.0" encoding="{self._outlet.charset}"?>\n'
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
            f"<title>{escape(self._outlet.name)}</title><subtitle>{escape(self._outlet.tagline)}</subtitle><id>{self._base}/</id>"
            f'<link rel="self" href="{self._feed_url}"/><link rel="alternate" href="{self._base}/"/>'
            f"<updated>{self._hour.isoformat()}</updated>\n{entries}</feed>\n"
        )

    def _atom_content(self, piece: Piece) -> str:
        return f'<content type="html">{escape(_paragraphs(piece))}</content>' if self._outlet.full else ""

    def _json_feed(self) -> str:
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self._outlet.name,
            "description": self._outlet.tagline,
            "home_page_url": f"{self._base}/",
            "feed_url": self._feed_url,
            "language": "en",
            "items": [self._json_item(piece) for piece in self._pieces],
        }
        return json.dumps(feed, ensure_ascii=False, indent=1)

    def _json_item(self, piece: Piece) -> dict[str, Any]:
        whole = {"content_html": _paragraphs(piece)} if self._outlet.full else {"content_text": piece.summary}
        return {
            "id": self._guid(piece),
            "url": self._link(piece),
            "title": piece.title,
            "summary": piece.summary,
            "date_published": self._published(piece).isoformat(),
            "authors": [{"name": piece.author or self._outlet.name}],
            "tags": [piece.topic],
            **whole,
        }

    def _json_ld(self, piece: Piece) -> str:
        article = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": piece.title,
            "datePublished": self._published(piece).isoformat(),
            "author": {"@type": "Person", "name": piece.author or self._outlet.name},
            "publisher": {"@type": "Organization", "name": self._outlet.name},
            "mainEntityOfPage": self._base + piece.path,
            "isAccessibleForFree": True,
            "articleBody": piece.text,
        }
        return json.dumps(article, ensure_ascii=False).replace("</", "<\\/")


def _light(piece: Piece) -> str:
    return f"/amp{piece.path}"


def _body(piece: Piece, outlet: Outlet) -> str:
    lines = [f"<p>{escape(text, quote=False)}</p>" for text in piece.paragraphs]
    if outlet.aside:
        lines.insert(outlet.aside_after, outlet.aside)
    return "\n".join([*lines, outlet.tail])


def _paragraphs(piece: Piece) -> str:
    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in piece.paragraphs)


def _links(pieces: Iterable[Piece]) -> str:
    return "".join(f'<li><a href="{piece.path}">{escape(piece.title)}</a></li>' for piece in pieces)


def _creator(piece: Piece) -> str:
    return f"<dc:creator>{escape(piece.author)}</dc:creator>" if piece.author else ""


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _template(template).substitute(values)


@cache
def _template(name: str) -> Template:
    return Template((_PAGES / f"{name}.html").read_text(encoding="utf-8"))
