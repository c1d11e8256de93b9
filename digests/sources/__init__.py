"""A fetched document becomes a feed's entries: the shelf of the kinds we read, and the choice among them."""

from dataclasses import replace

from digests.errors import EmptyFeed, NotAFeed
from digests.model import Document, FeedDocument
from digests.sources.contract import Source
from digests.sources.discover import feeds_on
from digests.sources.json_feed import JsonFeed
from digests.sources.plain import newest
from digests.sources.rss import Rss
from digests.sources.sitemap import NewsSitemap

FEED_LIMIT = 8 * 1024 * 1024  # bytes of a document, once decoded

SOURCES: tuple[Source, ...] = (JsonFeed(), NewsSitemap(), Rss())


def read_feed(document: Document) -> FeedDocument:
    """Return the feed that `document` is, the newest entries first. For the sandbox: the bytes are foreign.

    Raises:
        NotAFeed: it is none; names the feeds that the page leads to.
        EmptyFeed: it has no entry that leads anywhere.
    """
    feed = _read(document)
    if not feed.entries:
        raise EmptyFeed("the feed has no entries")
    return replace(feed, entries=newest(feed.entries))


def _read(document: Document) -> FeedDocument:
    source = next((source for source in SOURCES if source.recognises(document)), None)
    if source is None:
        raise NotAFeed("this is no feed", feeds=feeds_on(document))
    try:
        return source.read(document)
    except NotAFeed as error:
        raise NotAFeed(str(error), feeds=error.feeds or feeds_on(document)) from error
