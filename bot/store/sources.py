"""The feeds that the operator lists: offered to all, and read whether or not somebody follows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.store.subscriptions import FOLLOW
from digests.model import Feed, FeedState
from digests.store.engine import reading, writing
from digests.store.rows import FEED, feed_from, insert_new


@dataclass(frozen=True, slots=True)
class Source:
    """A feed that the operator lists."""

    feed: Feed
    readers: int  # rooms that follow it


@dataclass(frozen=True, slots=True)
class Listing:
    """What the operator says of a feed."""

    url: str
    title: str
    topic: str  # under which it is offered
    language: str = "en"


class SqlSources:
    """Each method is one transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def all(self) -> Sequence[Source]:
        """Return them in the order in which they were listed."""
        readers = select(func.count()).where(FOLLOW.c.feed_id == FEED.c.id).scalar_subquery()
        listed = select(FEED, readers.label("readers")).where(FEED.c.listed_at.is_not(None))
        async with reading(self._engine) as connection:
            rows = await connection.execute(listed.order_by(FEED.c.listed_at, FEED.c.id))
            return [Source(feed_from(row), row["readers"]) for row in rows.mappings()]

    async def feeds(self) -> Sequence[Feed]:
        """Return the feeds alone, in the order in which they were listed."""
        return [source.feed for source in await self.all()]

    async def add(self, listings: Sequence[Listing], *, now: datetime) -> None:
        """List feeds, and have them read from now on."""
        async with writing(self._engine) as connection:
            for listing in listings:
                await _list(connection, listing, now=now)

    async def remove(self, url: str) -> bool:
        """List it no more; who follows it keeps it. Return whether it was listed."""
        mine = (FEED.c.url == url, FEED.c.listed_at.is_not(None))
        followed = exists().where(FOLLOW.c.feed_id == FEED.c.id)
        async with writing(self._engine) as connection:
            await connection.execute(update(FEED).where(*mine, ~followed).values(next_poll_at=None))
            removed = await connection.execute(update(FEED).where(*mine).values(listed_at=None, topic=None))
            return bool(removed.rowcount)


async def _list(connection: AsyncConnection, listing: Listing, *, now: datetime) -> None:
    row = {"url": listing.url, "title": listing.title, "language": listing.language, "created_at": now}
    row |= {"state": FeedState.OK, "failures": 0, "moved_times": 0}
    await connection.execute(insert_new(connection, FEED, row, unique=["url"]))
    mine = FEED.c.url == listing.url
    listed = {"listed_at": func.coalesce(FEED.c.listed_at, now), "topic": listing.topic}
    await connection.execute(update(FEED).where(mine).values(listed))
    asleep = (mine, FEED.c.next_poll_at.is_(None), FEED.c.state != FeedState.GONE)
    await connection.execute(update(FEED).where(*asleep).values(next_poll_at=now))
