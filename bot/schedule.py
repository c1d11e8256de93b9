"""What is due becomes read, and what came of it a line in the log."""

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
