"""What each tick does: read what is due, owe what is due, send what is due."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from digests.collect import Collector

log = structlog.get_logger()


async def read_feeds(collector: Collector, *, now: datetime) -> None:
    """Visit the feeds that are due, and say what came of each."""
    for outcome in await collector.read_feeds(now):
        feed = outcome.feed
        if outcome.error is None:
            log.info("feed read", feed=feed.id, new=outcome.new)
        else:
            log.info("feed failed", feed=feed.id, state=feed.state, error=outcome.error.code)


async def read_pages(collector: Collector, *, now: datetime) -> None:
    """Read the pages that are due, and say which gave no article."""
    for outcome in await collector.read_pages(now):
        if outcome.error is not None:
            log.info("page failed", feed=outcome.page.feed.id, error=outcome.error.code)


async def deliver_due(
    compose: Callable[[str], Awaitable[int]], drain: Callable[[str], Awaitable[int]], *, chat: str
) -> None:
    """Compose everything that is due in a chat, and have it sent while the next is composed.

    `compose` and `drain` each take a chat's name, do a batch of the work, and return how much they did.
    """
    composed = await compose(chat)
    while composed:
        composed, _ = await asyncio.gather(compose(chat), drain(chat))
    await drain(chat)
