"""Stored feeds, entries and articles become how much of a room's sources is still to be read."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.model import Unread
from digests.model import Feed
from digests.store.engine import reading
from digests.store.rows import ARTICLE, CARRIES, ENTRY


class SqlUnread:
    """See `bot.desk.BotDesk`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def __call__(self, feeds: Sequence[Feed], *, now: datetime) -> Unread:
        """Return what is unread of `feeds` as they are now.

        A feed or a page that was tried in vain is not: it may never answer, and nobody should wait for it.
        """
        ids = [feed.id for feed in feeds]
        untried = (ENTRY.c.feed_id.in_(ids), ENTRY.c.read_at <= now, ENTRY.c.attempts == 0)
        loose = select(CARRIES.c.article_id).join(ARTICLE, ARTICLE.c.id == CARRIES.c.article_id)
        in_no_story = loose.where(CARRIES.c.feed_id.in_(ids), ARTICLE.c.story_id.is_(None)).distinct()
        async with reading(self._engine) as connection:
            due = await connection.scalar(select(func.count()).select_from(ENTRY).where(*untried))
            read = await connection.scalar(select(func.count()).select_from(in_no_story.subquery()))
        unvisited = sum(_is_unvisited(feed, now=now) for feed in feeds)
        return Unread(feeds=unvisited, pages=(due or 0) + (read or 0))


def _is_unvisited(feed: Feed, *, now: datetime) -> bool:
    is_due = feed.next_poll_at is not None and feed.next_poll_at <= now
    return is_due and feed.body_hash is None and not feed.failures
