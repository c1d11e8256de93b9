"""A JSON Feed becomes entries. jsonfeed.org/version/1.1"""

import json
from collections.abc import Iterable
from typing import Any

from digests.charset import text_of
from digests.errors import NotAFeed
from digests.model import Document, Entry, FeedDocument
from digests.sources.plain import author_of, content_of, date_of, language_of, link_of, summary_of, title_of


class JsonFeed:
    """See `Source`."""

    name = "json_feed"

    def recognises(self, document: Document) -> bool:
        """See `Source`."""
        return document.body[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"{")

    def read(self, document: Document) -> FeedDocument:
        """See `Source`."""
        feed = _parsed(document)
        return FeedDocument(
            title=title_of(feed.get("title")),
            entries=tuple(_entries(feed["items"], base=document.url)),
            language=language_of(feed.get("language")),
            site_url=link_of(feed.get("home_page_url"), base=document.url),
            hub=_hub(feed.get("hubs")),
        )


def _parsed(document: Document) -> dict[str, Any]:
    try:
        feed = json.loads(text_of(document))
    except (ValueError, RecursionError) as error:
        raise NotAFeed("this is no JSON") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NotAFeed("this JSON is no feed")
    return feed


def _entries(items: Iterable[object], *, base: str) -> Iterable[Entry]:
    for item in items:
        if not isinstance(item, dict):
            continue
        guid = title_of(item.get("id")) or None
        url = link_of(item.get("url") or item.get("external_url"), base=base) or link_of(guid, base="")
        if url:
            yield Entry(
                guid=guid,
                url=url,
                title=title_of(item.get("title")),
                published=date_of(item.get("date_published")) or date_of(item.get("date_modified")),
                summary=summary_of(
                    item.get("summary") or item.get("content_text") or item.get("content_html")
                ),
                author=_author(item),
                content=content_of(item.get("content_html"), item.get("content_text")),
            )


def _author(item: dict[str, Any]) -> str | None:
    """Return the names of version 1.1's `authors`, or of 1.0's `author`."""
    authors = item.get("authors")
    people = authors if isinstance(authors, list) else [item.get("author")]
    return author_of(
        ", ".join(str(one["name"]) for one in people if isinstance(one, dict) and one.get("name"))
    )


def _hub(hubs: object) -> str | None:
    hub = hubs[0] if isinstance(hubs, list) and hubs else None
    return link_of(hub.get("url"), base="") if isinstance(hub, dict) else None
