"""An issue becomes sheets: its feed, its pages, a front page, robots.txt."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from bot.edition.feeds import feed_text, paragraphs_html
from bot.edition.issue import FEED_AT, FEED_TYPE, Issue, light_path
from bot.edition.model import Fault, Outlet, Piece, Sheet

_PAGES = Path(__file__).with_name("pages")
_HTML = "text/html; charset=utf-8"
_ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /login\n"
_RELATED = 3  # links below an article


def printed(issue: Issue) -> Mapping[str, Sheet]:
    """Return the sheets of `issue` by path, the feed first."""
    if issue.outlet.fault is not None:
        return _faulty(issue.outlet, issue.outlet.fault)
    light = issue.pieces if issue.outlet.amp else ()
    return {
        FEED_AT[issue.outlet.feed]: _feed(issue),
        "/": _sheet(issue, "front", {"related": _links(issue.pieces)}),
        "/robots.txt": Sheet("text/plain; charset=utf-8", _ROBOTS.encode()),
        **{piece.path: _page(issue, piece, template=issue.outlet.key) for piece in issue.pieces},
        **{light_path(piece): _page(issue, piece, template="light") for piece in light},
    }


def _faulty(outlet: Outlet, fault: Fault) -> Mapping[str, Sheet]:
    feed_at = FEED_AT[outlet.feed]
    notice = Sheet(_HTML, _filled("notice", {"outlet": escape(outlet.name), "charset": "utf-8"}).encode())
    if fault is Fault.DOWN:
        down = Sheet(_HTML, b"<h1>Internal Server Error</h1>", status=500)
        return {feed_at: down, "/": down, "/robots.txt": down}
    if fault is Fault.NOTICE:
        return {feed_at: notice, "/": notice}
    cut = f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>{escape(outlet.name)}</title><item><ti'
    return {feed_at: Sheet(FEED_TYPE[outlet.feed], cut.encode()), "/": notice}


def _feed(issue: Issue) -> Sheet:
    outlet = issue.outlet
    media_type = f"{FEED_TYPE[outlet.feed]}; charset={outlet.charset}"
    return Sheet(media_type, _encoded(feed_text(issue), outlet), etag=outlet.etag, dribble=outlet.dribble)


def _page(issue: Issue, piece: Piece, *, template: str) -> Sheet:
    at = issue.published(piece)
    values = {
        "title": escape(piece.title),
        "summary": escape(piece.summary),
        "section": piece.topic,
        "author": escape(issue.author(piece)),
        "byline": escape(f"By {issue.author(piece)}"),
        "iso": at.isoformat(),
        "day": f"{at:%d %B %Y, %H:%M}",
        "canonical": issue.page_url(piece),
        "light": issue.light_url(piece),
        "body": _body(piece, issue.outlet),
        "related": _links([other for other in issue.pieces if other is not piece][:_RELATED]),
        "jsonld": _json_ld(issue, piece),
    }
    return _sheet(issue, template, values)


def _sheet(issue: Issue, template: str, values: Mapping[str, str]) -> Sheet:
    common = {
        "outlet": escape(issue.outlet.name),
        "tagline": escape(issue.outlet.tagline),
        "charset": issue.outlet.charset,
        "feed": issue.feed_url,
        "feed_type": FEED_TYPE[issue.outlet.feed],
    }
    text = _filled(template, {**common, **values})
    return Sheet(f"text/html; charset={issue.outlet.charset}", _encoded(text, issue.outlet))


def _body(piece: Piece, outlet: Outlet) -> str:
    lines = paragraphs_html(piece).split("\n")
    if outlet.aside:
        lines.insert(outlet.aside_after, outlet.aside)
    return "\n".join([*lines, outlet.tail])


def _links(pieces: Iterable[Piece]) -> str:
    return "".join(f'<li><a href="{piece.path}">{escape(piece.title)}</a></li>' for piece in pieces)


def _json_ld(issue: Issue, piece: Piece) -> str:
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": piece.title,
        "datePublished": issue.published(piece).isoformat(),
        "author": {"@type": "Person", "name": issue.author(piece)},
        "publisher": {"@type": "Organization", "name": issue.outlet.name},
        "mainEntityOfPage": issue.page_url(piece),
        "isAccessibleForFree": True,
        "articleBody": piece.text,
    }
    return json.dumps(article, ensure_ascii=False).replace("</", "<\\/")  # or it would end the script


def _encoded(text: str, outlet: Outlet) -> bytes:
    return text.encode(outlet.charset, errors="xmlcharrefreplace")


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _template(template).substitute(values)


@cache
def _template(name: str) -> Template:
    return Template((_PAGES / f"{name}.html").read_text(encoding="utf-8"))
