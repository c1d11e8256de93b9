"""The operator's own list of feeds: added, shown, dropped, and exchanged as OPML."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.app import collecting
from bot.cli.database import opened_database
from bot.cli.files import bytes_of
from bot.errors import CommandFailed
from bot.store.sources import Listing, Source, SqlSources
from config.settings import Settings
from digests.collect import Collector
from digests.errors import DigestsError, NotAFeed, Unreadable
from digests.model import Document, Feed, FeedState
from digests.sources.opml import OPML_LIMIT, Outline, read_opml, write_opml

FAILED = 1


async def add_sources(settings: Settings, urls: Sequence[str], *, topic: str, now: datetime) -> int:
    """Read each feed and list it; return the exit code. One that fails is named on stderr."""
    async with (
        opened_database(settings, make=True) as engine,
        collecting(settings, engine) as collector,
    ):
        found = await asyncio.gather(*(_found(collector, url, now=now) for url in urls))
        feeds = [feed for feed in found if feed is not None]
        await SqlSources(engine).add([_listing(feed, topic) for feed in feeds], now=now)
    for feed in feeds:
        print(f"Listed under {topic}: {feed.title} ({feed.url})")
    return FAILED if len(feeds) < len(found) else 0


async def import_sources(settings: Settings, path: Path, *, topic: str, now: datetime) -> int:
    """List the feeds of an OPML file, each under its folder's name; the bot reads them when it runs."""
    outlines = outlines_of(path)
    listings = [Listing(one.url, title=one.title or one.url, topic=one.topic or topic) for one in outlines]
    async with opened_database(settings, make=True) as engine:
        await SqlSources(engine).add(listings, now=now)
    for listing in listings:
        print(f"Listed under {listing.topic}: {listing.title} ({listing.url})")
    return 0


def outlines_of(path: Path) -> Sequence[Outline]:
    """Return the feeds of an OPML file.

    Raises:
        CommandFailed: it can't be read, or names none.
    """
    body = bytes_of(path)
    if len(body) > OPML_LIMIT:
        raise CommandFailed(f"{path} holds more than {OPML_LIMIT // 1024} KB. Split it.")
    try:
        outlines = read_opml(Document(url=path.name, body=body))
    except Unreadable as error:
        raise CommandFailed(f"{path}: {error}. Export the list of feeds as OPML once more.") from error
    if not outlines:
        raise CommandFailed(f"{path} names no feed. Export the list of feeds as OPML once more.")
    return outlines


async def list_sources(settings: Settings) -> int:
    """Print a line for each source."""
    async with opened_database(settings) as engine:
        sources = await SqlSources(engine).all()
    for source in sources:
        print(_line(source))
    if not sources:
        print("Nothing is listed yet: pullquote sources add https://…", file=sys.stderr)
    return 0


async def remove_source(settings: Settings, url: str) -> int:
    """List a feed no more; whoever follows it keeps it.

    Raises:
        CommandFailed: it is not listed.
    """
    async with opened_database(settings) as engine:
        if not await SqlSources(engine).remove(url):
            raise CommandFailed(f"{url} is not listed. See: pullquote sources list")
    print(f"Listed no more: {url}")
    return 0


async def export_sources(settings: Settings) -> int:
    """Print the list as OPML."""
    async with opened_database(settings) as engine:
        feeds = await SqlSources(engine).feeds()
    sys.stdout.write(write_opml(feeds, title="Pullquote sources"))
    return 0


async def _found(collector: Collector, url: str, *, now: datetime) -> Feed | None:
    address = url if "://" in url else f"https://{url}"
    try:
        return await collector.find_feed(address, now=now)
    except NotAFeed as error:
        offered = ", ".join(error.feeds) or "none"
        print(f"{url}: a page, not a feed; feeds named there: {offered}", file=sys.stderr)
    except DigestsError as error:
        print(f"{url}: {error}", file=sys.stderr)
    return None


def _listing(feed: Feed, topic: str) -> Listing:
    return Listing(feed.url, title=feed.title, topic=topic, language=feed.language)


def _line(source: Source) -> str:
    feed = source.feed
    readers = "1 room" if source.readers == 1 else f"{source.readers} rooms"
    since = f" since {feed.failing_since:%Y-%m-%d}" if feed.failing_since else ""
    state = "" if feed.state is FeedState.OK else f", {feed.state}{since}"
    title = "".join(sign for sign in feed.title if sign.isprintable())
    return f"{feed.url}\t{title}\t{feed.topic}, {readers}{state}"
