"""See `bot.ports.Closings`: readers of feeds that are gone, in SQL."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.model import Part, Subscription
from bot.store.notices import GONE, put
from bot.store.subscriptions import FOLLOW, SUBSCRIPTION, subscription_from
from digests.model import Feed, FeedState
from digests.store.engine import reading, writing
from digests.store.rows import FEED, feed_from


class SqlClosings:
    """See `Closings`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def untold(self, chat: str) -> Sequence[tuple[Subscription, Sequence[Feed]]]:
        """See `Closings`. Rooms that rest are told once they go on."""
        gone = select(FOLLOW.c.subscription_id, FEED).join(FEED, FEED.c.id == FOLLOW.c.feed_id)
        gone = gone.where(FEED.c.state == FeedState.GONE).order_by(FOLLOW.c.subscription_id, FEED.c.id)
        rooms = select(SUBSCRIPTION).where(SUBSCRIPTION.c.chat == chat, SUBSCRIPTION.c.paused.is_(None))
        feeds: dict[int, list[Feed]] = defaultdict(list)
        async with reading(self._engine) as connection:
            for row in (await connection.execute(gone)).mappings():
                feeds[row["subscription_id"]].append(feed_from(row))
            if not feeds:
                return ()
            listening = (await connection.execute(rooms.where(SUBSCRIPTION.c.id.in_(list(feeds))))).mappings()
            return [(subscription_from(row), feeds[row["id"]]) for row in listening]

    async def tell(
        self, subscription: Subscription, feeds: Sequence[Feed], parts: Sequence[Part], *, now: datetime
    ) -> bool:
        """See `Closings`."""
        ids = [feed.id for feed in feeds]
        mine = (FOLLOW.c.subscription_id == subscription.id, FOLLOW.c.feed_id.in_(ids))
        async with writing(self._engine) as connection:
            left = await connection.execute(delete(FOLLOW).where(*mine))
            if not left.rowcount:
                return False
            about = f"{GONE} {','.join(map(str, ids))}"
            await put(connection, subscription, parts, about=about, now=now)
        return True
