"""An issue becomes a feed: RSS 2.0, Atom 1.0 or JSON Feed 1.1."""

import json
from email.utils import format_datetime
from html import escape
from typing import Any

from bot.edition.issue import Issue
from bot.edition.model import FeedFormat, Piece

_NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def feed_text(issue: Issue) -> str:
    """Return the outlet's feed in its own format, the newest piece first."""
    write = {FeedFormat.RSS: _rss, FeedFormat.ATOM: _atom, FeedFormat.JSON: _json_feed}
    return write[issue.outlet.feed](issue)


def paragraphs_html(piece: Piece) -> str:
    """Return the text as paragraphs of HTML, without anything around it."""
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in piece.paragraphs)


def _rss(issue: Issue) -> str:
    items = "".join(_rss_item(issue, piece) for piece in issue.pieces)
    return (
        f'<?xml version="1.0" encoding="{issue.outlet.charset}"?>\n<rss version="2.0" {_NAMESPACES}>'
        f"<channel><title>{escape(issue.outlet.name)}</title><link>{issue.base}/</link>"
        f"<description>{escape(issue.outlet.tagline)}</description><language>en</language>\n"
        f"{items}</channel></rss>\n"
    )


def _rss_item(issue: Issue, piece: Piece) -> str:
    creator = f"<dc:creator>{escape(piece.author)}</dc:creator>" if piece.author else ""
    whole = f"<content:encoded>{escape(paragraphs_html(piece))}</content:encoded>"
    return (
        f"<item><title>{escape(piece.title)}</title><link>{escape(issue.link(piece))}</link>"
        f'<guid isPermaLink="false">{escape(issue.guid(piece))}</guid>'
        f"<pubDate>{format_datetime(issue.published(piece))}</pubDate><category>{piece.topic}</category>"
        f"{creator}<description>{escape(piece.summary)}</description>"
        f"{whole if issue.outlet.full else ''}</item>\n"
    )


def _atom(issue: Issue) -> str:
    entries = "".join(_atom_entry(issue, piece) for piece in issue.pieces)
    return (
        f'<?xml version="1.0" encoding="{issue.outlet.charset}"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>{escape(issue.outlet.name)}</title>'
        f"<subtitle>{escape(issue.outlet.tagline)}</subtitle><id>{issue.base}/</id>"
        f'<link rel="self" href="{issue.feed_url}"/><link rel="alternate" href="{issue.base}/"/>'
        f"<updated>{issue.hour.isoformat()}</updated>\n{entries}</feed>\n"
    )


def _atom_entry(issue: Issue, piece: Piece) -> str:
    at = issue.published(piece).isoformat()
    whole = f'<content type="html">{escape(paragraphs_html(piece))}</content>'
    return (
        f"<entry><title>{escape(piece.title)}</title><id>urn:{escape(issue.guid(piece))}</id>"
        f'<link rel="alternate" type="text/html" href="{escape(issue.link(piece))}"/>'
        f"<published>{at}</published><updated>{at}</updated>"
        f"<author><name>{escape(issue.author(piece))}</name></author>"
        f'<category term="{piece.topic}"/><summary>{escape(piece.summary)}</summary>'
        f"{whole if issue.outlet.full else ''}</entry>\n"
    )


def _json_feed(issue: Issue) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": issue.outlet.name,
        "description": issue.outlet.tagline,
        "home_page_url": f"{issue.base}/",
        "feed_url": issue.feed_url,
        "language": "en",
        "items": [_json_item(issue, piece) for piece in issue.pieces],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _json_item(issue: Issue, piece: Piece) -> dict[str, Any]:
    whole = {"content_html": paragraphs_html(piece)}
    return {
        "id": issue.guid(piece),
        "url": issue.link(piece),
        "title": piece.title,
        "summary": piece.summary,
        "date_published": issue.published(piece).isoformat(),
        "authors": [{"name": issue.author(piece)}],
        "tags": [piece.topic],
        **(whole if issue.outlet.full else {"content_text": piece.summary}),
    }
