"""See `bot.ports.Readers`: what composing needs to know of many readers, in a few questions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model import Reader
from bot.store.subscriptions import FOLLOW, SHOWN, SUBSCRIPTION, subscription_from
from digests.model import Feed
from digests.store.engine import reading
from digests.store.rows import FEED, feed_from


class SqlReaders:
    """See `Readers`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def __call__(self, subscription_ids: Sequence[int], *, since: datetime) -> Mapping[int, Reader]:
        """See `Readers`."""
        some = select(SUBSCRIPTION).where(SUBSCRIPTION.c.id.in_(subscription_ids))
        async with reading(self._engine) as connection:
            found = map(subscription_from, (await connection.execute(some)).mappings())
            followed = await _followed(connection, subscription_ids)
            shown = await _shown(connection, subscription_ids, since=since)
        return {one.id: Reader(one, tuple(followed[one.id]), shown[one.id]) for one in found}


async def _followed(connection: AsyncConnection, ids: Sequence[int]) -> Mapping[int, list[Feed]]:
    """Return the feeds of each reader in the order in which they were added; a feed of many is one."""
    follows = select(FOLLOW.c.subscription_id, FOLLOW.c.feed_id).where(FOLLOW.c.subscription_id.in_(ids))
    rows = (await connection.execute(follows.order_by(FOLLOW.c.added_at, FOLLOW.c.feed_id))).all()
    mine = select(FEED).where(
        FEED.c.id.in_(select(FOLLOW.c.feed_id).where(FOLLOW.c.subscription_id.in_(ids)))
    )
    feeds = {row["id"]: feed_from(row) for row in (await connection.execute(mine)).mappings()}
    followed: dict[int, list[Feed]] = defaultdict(list)
    for subscription_id, feed_id in rows:
        followed[subscription_id].append(feeds[feed_id])
    return followed


async def _shown(
    connection: AsyncConnection, ids: Sequence[int], *, since: datetime
) -> Mapping[int, dict[int, datetime]]:
    rows = select(SHOWN).where(SHOWN.c.subscription_id.in_(ids), SHOWN.c.shown_at > since)
    shown: dict[int, dict[int, datetime]] = defaultdict(dict)
    for row in (await connection.execute(rows)).mappings():
        shown[row["subscription_id"]][row["story_id"]] = row["shown_at"]
    return shown
