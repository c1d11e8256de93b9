"""The feeds that the operator lists: offered to all, and read whether or not somebody follows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.subscriptions import FOLLOW
from digests.model import Feed, FeedState
from digests.store.core import FEED, feed_from
from digests.store.engine import reading, writing


@dataclass(frozen=True, slots=True)
class Source:
    """A feed that the operator lists."""

    feed: Feed
    readers: int  # rooms that follow it


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

    async def add(self, feed: Feed, *, topic: str, now: datetime) -> None:
        """List a feed under `topic`, and have it read from now on."""
        mine = FEED.c.id == feed.id
        asleep = (mine, FEED.c.next_poll_at.is_(None), FEED.c.state != FeedState.GONE)
        async with writing(self._engine) as connection:
            listed = func.coalesce(FEED.c.listed_at, now)
            await connection.execute(update(FEED).where(mine).values(listed_at=listed, topic=topic))
            await connection.execute(update(FEED).where(*asleep).values(next_poll_at=now))

    async def remove(self, url: str) -> bool:
        """List it no more; who follows it keeps it. Return whether it was listed."""
        mine = (FEED.c.url == url, FEED.c.listed_at.is_not(None))
        followed = exists().where(FOLLOW.c.feed_id == FEED.c.id)
        async with writing(self._engine) as connection:
            await connection.execute(update(FEED).where(*mine, ~followed).values(next_poll_at=None))
            removed = await connection.execute(update(FEED).where(*mine).values(listed_at=None, topic=None))
            return bool(removed.rowcount)
